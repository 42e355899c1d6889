"""Rows of a query as plain text, for the parts of the library that ask on their own behalf."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from citydiplomacy.ontology.terms import BASE

if TYPE_CHECKING:
    from .endpoint import Endpoint
    from .store import Store


def select(store: Store | Endpoint, sparql: str) -> list[tuple[str | None, ...]]:
    """The rows of a SELECT: ids without their base, literals without type or language, None where unbound."""
    solutions = store.query(sparql)
    assert isinstance(solutions, ox.QuerySolutions)
    names = solutions.variables
    return [
        tuple([None if term is None else term.value.removeprefix(BASE) for term in (row[name] for name in names)])
        for row in solutions
    ]
