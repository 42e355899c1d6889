"""Reading one cell: dates, numbers, places, countries, and what is wrong with it."""
