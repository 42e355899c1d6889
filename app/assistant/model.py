"""The model in short, for who writes SPARQL or Cypher: read from the declaration of the record classes."""

from __future__ import annotations

from typing import Any

from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import PREFIXES


def model() -> dict[str, Any]:
    """Prefixes; classes with their properties in SPARQL and in Cypher; the concepts of each scheme."""
    entries = list(REGISTRY.values())
    return {
        "prefixes": dict(PREFIXES),
        "classes": {
            entry.name: {
                "description": entry.description,
                "sparql": [_short(type_) for type_ in entry.types],
                "cypher": f"[:{entry.edge}]" if entry.edge else f"(:{entry.name})",
                "properties": {prop.name: _short(prop.predicate) for prop in entry.own},
            }
            for entry in entries
        },
        "properties_of_all": {prop.name: _short(prop.predicate) for prop in entries[0].common},
        "concepts": {scheme: [each.partition("/")[2] for each in concepts] for scheme, concepts in schemes().items()},
        "notes": [
            "An id as IRI is id: and the id, its slashes escaped: id:city\\/mashhad, id:role\\/member.",
            "SPARQL: the default graph is the merged view; what a source says is in GRAPH ?source, the source's IRI.",
            "SPARQL: cd:standing true says that a tie stands, false that it does not; without it that is unknown.",
            "Cypher: nodes have id, label_en, label_fa; relationships id, stands, status, since, until, sources.",
        ],
    }


def _short(iri: str) -> str:
    for name, prefix in PREFIXES.items():
        if iri.startswith(prefix):
            return f"{name}:{iri.removeprefix(prefix)}"
    return iri
