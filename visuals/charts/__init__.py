"""Charts: what a report tells in numbers, as figures that stay true when they are cut out."""
