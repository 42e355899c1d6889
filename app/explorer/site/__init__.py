"""The explorer as a folder of files: which pages it has, how they are written, and its search without a server."""
