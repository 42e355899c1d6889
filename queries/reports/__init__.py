"""Reports on cities: profile, comparison, gaps, difference between two days."""
