"""Reports on cities: comparison, gaps, difference between two days."""
