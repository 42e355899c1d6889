"""What stands on each page: blocks of a document, forms, and tables as data."""
