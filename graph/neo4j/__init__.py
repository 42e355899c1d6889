"""The property graph on a Neo4j server."""
