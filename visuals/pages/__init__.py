"""Pages to look through, written as one file each."""
