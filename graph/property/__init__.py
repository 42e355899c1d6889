"""The property graph: the projection, its declared model, Cypher and the embedded engine."""
