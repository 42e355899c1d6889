"""What goes to a Neo4j server and comes back from it: pushes and pulls."""
