"""How people write: folded text, dates of two calendars, their words."""
