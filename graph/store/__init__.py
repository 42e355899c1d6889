"""The folder on disk: its reader, its writer, and what is derived from it and kept."""
