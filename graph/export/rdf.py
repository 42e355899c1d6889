"""A store as RDF files: Turtle and JSON-LD of the merged view or of one source, N-Quads of everything; sorted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any

import pyoxigraph as ox

from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import BASE, PREFIXES, RDF

from ..model.schema import REGISTRY
from ..rdf.context import context
from ..rdf.triples import compact
from ..store.reader import Store
from . import jsonld
from .external_sort import sorted_lines

Subject = tuple[str, list[tuple[str, Any]]]
"""An id, and the (predicate IRI, object term) pairs of it."""


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
        lines = [f"    {_predicate(predicate)} {_object(term)}" for predicate, term in pairs]
        out.write(f"\n<{BASE}{subject}>\n" + " ;\n".join(lines) + " .\n")
    return number


def write_jsonld(store: Store, out: IO[str], source: str | None = None) -> int:
    """The merged view, or what one source says, as JSON-LD with its context in it. Returns the number of nodes."""
    terms = json.dumps(context()["@context"], ensure_ascii=False, sort_keys=True)
    out.write(f'{{"@context": {terms},\n"@graph": [')
    number = 0
    for subject, pairs in _subjects(store, source):
        out.write((",\n" if number else "\n") + jsonld.node(subject, pairs))
        number += 1
    out.write("\n]}\n")
    return number


def _subjects(store: Store, source: str | None) -> Iterator[Subject]:
    """Subjects of ours with their sorted pairs, types first; the ontology's own subjects are left to its files."""
    concepts = {concept for scheme in schemes().values() for concept in scheme}
    ids = {record_id for schema in REGISTRY.values() for record_id in store.ids(schema.cls, source)}
    for record_id in sorted(ids - concepts):
        pairs = store.pairs(record_id, source)
        yield record_id, sorted(pairs, key=lambda pair: (pair[0] != RDF.type, pair[0], str(pair[1])))


@lru_cache(maxsize=1024)
def _predicate(iri: str) -> str:
    return "a" if iri == RDF.type else _prefixed(iri)


def _object(term: Any) -> str:
    return _prefixed(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _prefixed(iri: str) -> str:
    """A prefixed name where Turtle allows it without escapes, else the IRI in angle brackets."""
    short = compact(iri)
    return short if short != iri and _LOCAL.fullmatch(short.partition(":")[2]) else f"<{iri}>"


_LOCAL = re.compile(r"\w+")
