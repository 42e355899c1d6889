"""The founding study, read from its text."""
