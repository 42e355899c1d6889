"""The pages that change the store: decisions on what is the same, and facts by hand."""
