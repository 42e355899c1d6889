"""What is known of a city, and what is not, and the sentences on it that every report may take."""
