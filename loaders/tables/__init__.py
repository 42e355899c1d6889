"""Tables: CSV, workbooks and network files, in our own form or through a mapping; and writing them."""
