"""Names of places and of bodies, taken apart and compared."""
