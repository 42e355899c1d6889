"""Facts that persons enter one by one, each in a collection of the person's own."""
