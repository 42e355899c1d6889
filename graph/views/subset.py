"""The store as far as some of its records go: what a change touches is projected without the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

import pyoxigraph as ox

from citydiplomacy.ontology.terms import BASE

from ..model.schema import by_folder
from ..rdf.triples import node
from ..store.reader import Store

LOT = 1000
"""Ids a query."""


def is_relationship(record_id: str) -> bool:
    """Whether a record is mostly a relationship of the property graph: a node too, or only, if something refers to it
    or it has more ends than two."""
    schema = by_folder(record_id)
    return schema is not None and bool(schema.ends)


def closed(store: Store, ids: Collection[str]) -> set[str]:
    """Records, with those that must be projected together with them: ties they refer to, and what refers to a tie."""
    found = set(ids)
    fresh = found
    while fresh:
        near = {other for other in _objects(store, fresh) if is_relationship(other)}
        near |= referring(store, {one for one in fresh | near if is_relationship(one)})
        fresh = near - found
        found |= fresh
    return found


def part(store: Store, ids: Collection[str], *, claims: bool = True) -> Store:
    """A store in memory with some records of another: in the merged view and, with claims, as each source tells it."""
    database = ox.Store()
    for values in lots(ids):
        for text, graph in (
            (f"SELECT ?s ?p ?o {{ VALUES ?s {{ {values} }} ?s ?p ?o }}", False),
            (f"SELECT ?s ?p ?o ?g {{ VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}", True),
        )[: 2 if claims else 1]:
            rows = store.query(text)
            assert isinstance(rows, ox.QuerySolutions)
            database.extend(
                ox.Quad(row["s"], row["p"], row["o"], row["g"] if graph else ox.DefaultGraph()) for row in rows
            )
    return Store(store.folder, store.manifest, database, day=store.day)


def told_by(store: Store, sources: Iterable[str]) -> set[str]:
    """Ids of the records that some sources tell."""
    return {
        found.removeprefix(BASE)
        for source in sources
        for found in {str(getattr(quad.subject, "value", "")) for quad in store.quads(source)}
        if found.startswith(BASE)
    }


def _objects(store: Store, ids: Collection[str]) -> set[str]:
    return _asked(store, ids, "SELECT DISTINCT ?other {{ VALUES ?one {{ {} }} ?one ?p ?other FILTER(isIRI(?other)) }}")


def referring(store: Store, ids: Collection[str]) -> set[str]:
    """Ids of the records that refer to some, in the merged view."""
    return _asked(store, ids, "SELECT DISTINCT ?other {{ VALUES ?one {{ {} }} ?other ?p ?one }}")


def _asked(store: Store, ids: Collection[str], text: str) -> set[str]:
    found = set()
    for values in lots(ids):
        rows = store.query(text.format(values))
        assert isinstance(rows, ox.QuerySolutions)
        found |= {
            iri.removeprefix(BASE) for row in rows if (iri := str(getattr(row["other"], "value", ""))).startswith(BASE)
        }
    return found


def lots(ids: Collection[str]) -> Iterable[str]:
    """Ids as what `VALUES` takes, a lot of them at a time."""
    rest = iter(sorted(ids))
    while lot := list(islice(rest, LOT)):
        yield " ".join(map(node, lot))
