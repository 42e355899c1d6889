"""What lists are written with, in many languages: names of columns, and the words of their cells."""
