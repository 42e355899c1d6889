"""Advice: cities and networks to turn to, what speaks for and against each."""
