"""What questions to a Neo4j server need: names, the text that asks over what was pushed, on what an answer stands."""
