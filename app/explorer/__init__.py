"""The explorer: the graph as pages, served or written as a folder of files, and the same as data."""
