"""A store as RDF files: Turtle and JSON-LD of the merged view or of one source, N-Quads of everything; sorted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

import pyoxigraph as ox

from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import BASE, PREFIXES

from ..model.schema import REGISTRY
from ..rdf.context import context
from ..store.reader import Store
from .external_sort import sorted_lines

Subject = tuple[str, list[tuple[str, Any]]]

NODES = 1_000
"""Nodes of JSON-LD that are made at once: enough for rdflib's speed, and some 20 MB."""


def write_nquads(store: Store, out: IO[str], source: str | None = None) -> int:
    """Every quad (or those of one source), one a line, in the order of the alphabet. Returns how many."""
    number = 0
    for line in sorted_lines(f"{quad} .\n" for quad in store.quads(source)):
        out.write(line)
        number += 1
    return number


def write_turtle(store: Store, out: IO[str], source: str | None = None) -> int:
    """The merged view, or what one source says, as Turtle that a person can read. Returns the number of subjects."""
    for name, iri in PREFIXES.items():
        out.write(f"@prefix {name}: <{iri}> .\n")
    number = 0
    for subject, pairs in _subjects(store, source):
        number += 1
        lines = [f"    {_short(predicate)} {_turtle(term)}" for predicate, term in pairs]
        out.write(f"\n<{subject}>\n" + " ;\n".join(lines) + " .\n")
    return number


def write_jsonld(store: Store, out: IO[str], source: str | None = None) -> int:
    """The merged view, or what one source says, as JSON-LD with its context in it. Returns the number of nodes."""
    out.write(f'{{\n "@context": {_indented(context()["@context"], 1)},\n "@graph": [')
    number = 0
    subjects = _subjects(store, source)
    while part := list(islice(subjects, NODES)):
        for node in _nodes(part):
            out.write(("," if number else "") + "\n  " + _indented(node, 2))
            number += 1
    out.write(("\n ]" if number else "]") + "\n}\n")
    return number


def _indented(value: Any, depth: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).replace("\n", "\n" + " " * depth)


def _nodes(subjects: list[Subject]) -> list[dict[str, Any]]:
    """Subjects as nodes of JSON-LD, in their order."""
    import rdflib

    graph = rdflib.Graph()
    data = "".join(f"<{subject}> <{name}> {term} .\n" for subject, pairs in subjects for name, term in pairs)
    graph.parse(data=data, format="nt")
    compact = json.loads(graph.serialize(format="json-ld", context=context()["@context"]))
    del compact["@context"]
    nodes = compact.get("@graph", [compact])  # one node stands alone
    return sorted(nodes, key=lambda node: str(node.get("id") or node.get("@id")))


def _subjects(store: Store, source: str | None) -> Iterator[Subject]:
    """Subjects of ours with their sorted pairs, types first; the ontology's own subjects are left to its files."""
    concepts = {concept for scheme in schemes().values() for concept in scheme}
    ids = {record_id for schema in REGISTRY.values() for record_id in store.ids(schema.cls, source)}
    for record_id in sorted(ids - concepts):
        pairs = store.pairs(record_id, source)
        yield BASE + record_id, sorted(pairs, key=lambda pair: (pair[0] != _TYPE, pair[0], str(pair[1])))


_TYPE = PREFIXES["rdf"] + "type"


def _short(predicate: str) -> str:
    if predicate == _TYPE:
        return "a"
    for name, iri in PREFIXES.items():
        if predicate.startswith(iri) and iri != BASE:
            local = predicate[len(iri) :]
            if local.replace("_", "").isalnum():
                return f"{name}:{local}"
    return f"<{predicate}>"


def _turtle(term: Any) -> str:
    if isinstance(term, ox.NamedNode):
        return _short_node(term.value)
    return str(term)


def _short_node(iri: str) -> str:
    short = _short(iri)
    return "rdf:type" if short == "a" else short
