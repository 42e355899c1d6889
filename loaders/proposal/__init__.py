"""Proposing the mapping of a table that nobody has described."""
