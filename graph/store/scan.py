"""The whole merged view at once, or all that a source tells: a pass a predicate is faster than a look-up a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from citydiplomacy.ontology.terms import BASE, CD, PROV, RDF

from ..model.schema import REGISTRY, Kind, Merge, Property, Record, by_folder
from ..rdf import triples

if TYPE_CHECKING:
    from .reader import Store

Details = dict[tuple[str, str], dict[str, list[str]]]
"""(Source id, record id) -> what stays with the source: locators, notes, whom it cites; by property."""


def records(store: Store) -> Iterator[Record]:
    """All records of the merged view, in the order of their ids."""
    subjects = [subject.value for (subject,) in _rows(store, f"SELECT ?s {{ ?s <{CD.support}> ?n }}")]
    return _read(store, subjects, "{{ ?s <{}> ?o }}", _properties(merged=True))


def told(store: Store, source: str) -> Iterator[Record]:
    """All records as one source (its id) tells them, in the order of their ids; as `Store.records` of all classes."""
    graph = f"{{{{ GRAPH {triples.node(source)} {{{{ ?s <{{}}> ?o }}}} }}}}"
    subjects = [
        subject.value
        for subject, kind in _rows(store, "SELECT ?s ?o " + graph.format(RDF.type))
        if (schema := by_folder(subject.value.removeprefix(BASE))) and schema.types[0] == kind.value
    ]
    return _read(store, subjects, graph, _properties(merged=True) | _properties(merged=False))


def _read(store: Store, subjects: Iterable[str], pattern: str, properties: set[Property]) -> Iterator[Record]:
    """The records of subjects, by a pass a predicate, which a pattern is given."""
    found: dict[str, triples.Terms] = {subject: {} for subject in subjects}
    for predicate in sorted({name for prop in properties for name in _predicates(prop)}):
        for subject, term in _rows(store, "SELECT ?s ?o " + pattern.format(predicate)):
            if (terms := found.get(subject.value)) is not None:  # what else has a name are concepts
                terms.setdefault(predicate, []).append(term)
    for subject in sorted(found):
        record = triples.read_terms(subject.removeprefix(BASE), found[subject])
        if record is not None:
            yield record


def support(store: Store) -> dict[str, list[str]]:
    """The sources of each record, sorted."""
    found: dict[str, list[str]] = {}
    for subject, source in _rows(store, f"SELECT ?s ?o {{ ?s <{PROV.hadPrimarySource}> ?o }}"):
        found.setdefault(subject.value.removeprefix(BASE), []).append(source.value.removeprefix(BASE))
    for sources in found.values():
        sources.sort()
    return found


def voices(store: Store) -> dict[str, int]:
    """How many voices tell each record."""
    return {
        subject.value.removeprefix(BASE): int(number.value)
        for subject, number in _rows(store, f"SELECT ?s ?o {{ ?s <{CD.support}> ?o }}")
    }


def voice(store: Store) -> dict[str, str]:
    """Whose voice each source is."""
    return {
        source.value.removeprefix(BASE): whose.value.removeprefix(BASE)
        for source, whose in _rows(store, f"SELECT ?s ?o {{ ?s <{CD.voice}> ?o }}")
    }


def disputed(store: Store) -> dict[str, list[str]]:
    """The names of the disputed properties of each record that has any."""
    found: dict[str, list[str]] = {}
    for subject, predicate in _rows(store, f"SELECT ?s ?o {{ ?s <{CD.disputed}> ?o }}"):
        record_id = subject.value.removeprefix(BASE)
        schema = by_folder(record_id)
        assert schema is not None
        name = next(prop.name for prop in schema.properties if prop.predicate == predicate.value)
        found.setdefault(record_id, []).append(name)
    return found


def standing(store: Store) -> dict[str, bool]:
    """Which ties stand, and which do not; those of which that is unknown are left out."""
    rows = _rows(store, f"SELECT ?s ?o {{ ?s <{CD.standing}> ?o }}")
    return {subject.value.removeprefix(BASE): term.value == "true" for subject, term in rows}


def details(store: Store) -> Details:
    """What stays with each source, for all records."""
    found: Details = {}
    for prop in sorted(_properties(merged=False), key=lambda prop: prop.name):
        rows = _rows(store, f"SELECT ?g ?s ?o {{ GRAPH ?g {{ ?s <{prop.predicate}> ?o }} }}")
        for graph, subject, term in sorted(rows, key=lambda row: (row[2].value, getattr(row[2], "language", "") or "")):
            key = graph.value.removeprefix(BASE), subject.value.removeprefix(BASE)
            found.setdefault(key, {}).setdefault(prop.name, []).append(term.value)
    return found


def _rows(store: Store, sparql: str) -> Iterator[Any]:
    solutions = store.query(sparql)
    assert isinstance(solutions, ox.QuerySolutions)
    return iter(solutions)


def _properties(*, merged: bool) -> set[Property]:
    properties = {prop for schema in REGISTRY.values() for prop in schema.properties}
    return {prop for prop in properties if (prop.merge is not Merge.SOURCE) is merged}


def _predicates(prop: Property) -> list[str]:
    if prop.kind is not Kind.DATE:
        return [prop.predicate]
    return [prop.predicate, *(triples.companion(prop.predicate, part) for part in triples.COMPANIONS)]
