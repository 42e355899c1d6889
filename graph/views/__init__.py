"""Stores of the same form that show less of a revision: as it was at a date, as far as it is told strongly, or
some of its records alone."""
