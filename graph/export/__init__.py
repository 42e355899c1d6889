"""The files that are written from a store."""
