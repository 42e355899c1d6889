"""Saved questions: their headers, checks, parameters, and asking them."""
