"""How records stand in RDF: triples, names of graphs, shapes and context, the text of SPARQL, endpoints."""
