"""The vocabulary: classes, properties and concept schemes as Turtle, and the same terms as Python names."""
