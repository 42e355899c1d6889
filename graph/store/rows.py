"""Rows of a query as plain text, for the parts of the library that ask on their own behalf."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from citydiplomacy.ontology.terms import BASE

if TYPE_CHECKING:
    from ..rdf.endpoint import Endpoint
    from .reader import Store


def select(store: Store | Endpoint, sparql: str) -> list[tuple[str | None, ...]]:
    """The rows of a SELECT: ids without their base, literals without type or language, None where unbound."""
    return list(stream(store, sparql))


def stream(store: Store | Endpoint, sparql: str) -> Iterator[tuple[str | None, ...]]:
    """The same one by one, for what would be much to hold at once."""
    solutions = store.query(sparql)
    assert isinstance(solutions, ox.QuerySolutions)
    for row in solutions:
        yield tuple([None if term is None else term.value.removeprefix(BASE) for term in row])


def told_pairs(store: Store | Endpoint, predicate: str) -> list[tuple[str, str]]:
    """(Id, value) of all that is told with a predicate. Many rows are joined sooner from these than by the engine."""
    return [
        (str(id_), str(value)) for id_, value in select(store, f"SELECT ?id ?value WHERE {{ ?id {predicate} ?value }}")
    ]


def told_values(store: Store | Endpoint, predicate: str) -> dict[str, str]:
    """Id -> value, of a predicate with one value."""
    return dict(told_pairs(store, predicate))
