"""Figures from data: what is in a picture, where it stands, how it looks."""
