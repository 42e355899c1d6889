"""Paths that SPARQL has no length of, walked step by step over the merged view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from citydiplomacy.graph.rdf import triples
from citydiplomacy.ontology.terms import CD

from .cells import Value

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store

PATH = "shortest-path"
"""The question that is walked in a store; in Cypher it is told as a query."""
MOST_STEPS = 10
"""As in the query."""


def shortest_path(store: Store, start: str, end: str, lang: str) -> list[tuple[Value, ...]]:
    """All cities on a shortest path of standing sister-city ties between two, ids, by step from 0; no row if there is
    none of ten steps or fewer, or they are one. Names in a language. The same rows as in Cypher.

    Breadth first from one end; then back from the other, over neighbours that are a step nearer.
    """
    steps, rim = {start: 0}, [start]
    while rim and end not in steps and steps[rim[0]] < MOST_STEPS:
        found = {other for one in rim for other in _twins(store, one)} - steps.keys()
        steps |= dict.fromkeys(found, steps[rim[0]] + 1)
        rim = sorted(found)
    on_path = {end} if end in steps and start != end else set[str]()
    last = on_path
    while last and start not in on_path:
        last = {other for one in last for other in _twins(store, one) if steps.get(other) == steps[one] - 1}
        on_path |= last
    rows: list[tuple[Value, ...]] = [(steps[one], one, *_named(store, one, lang)) for one in on_path]
    return sorted(rows, key=lambda row: (row[0], row[1]))


def _twins(store: Store, record_id: str) -> Iterable[str]:
    return [triples.short(term) for _, term in store.pairs(record_id, predicate=CD.twinnedWith)]


def _named(store: Store, record_id: str, lang: str) -> tuple[str, str | None]:
    record = store.get(record_id)
    country = store.get(store.country(record_id) or "") if record else None
    return record.label(lang) if record else record_id, country.label(lang) if country else None
