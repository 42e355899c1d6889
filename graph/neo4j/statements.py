"""A difference as Cypher: statements with rows, in transactions of a bounded size.

New things are sent as rows without names: it takes two thirds of the time of a map a row, on both sides of the line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from citydiplomacy.errors import StoreError

from ..language.plurals import counted
from ..property.values import Properties
from .definitions import LABELS
from .difference import GraphChange
from .marks import BATCH, DIGEST, KEPT, MARK, OURS, REVISION, batches, by_type, digest, key, name, tie_digest
from .on_server import label_of
from .unproject import ties_between_ours

if TYPE_CHECKING:
    import neo4j

T = TypeVar("T")

PUT_BACK = "Put them back with: citydip neo4j push --whole"
"""What to do when things are missing on the server."""


class CypherStatement(NamedTuple):
    """Cypher, and the rows of its parameter `rows`. It returns a number of rows, or ids of nodes that were kept."""

    cypher: str
    rows: list[Any]
    all: bool
    """Whether each row must find its place; what is gone may be gone already."""


def transactions(difference: GraphChange) -> Iterator[list[CypherStatement]]:
    """The work in lots of at most BATCH rows; what is gone first, nodes before the relationships between them."""
    lot: list[CypherStatement] = []
    size = 0
    for cypher, rows, every in _work(difference):
        for batch in batches(rows):
            if lot and size + len(batch) > BATCH:
                yield lot
                lot, size = [], 0
            lot.append(CypherStatement(cypher, batch, every))
            size += len(batch)
    if lot:
        yield lot


def ahead(lots: Iterator[list[CypherStatement]]) -> Iterator[list[CypherStatement]]:
    """The same lots, each made while the server has the one before."""
    with ThreadPoolExecutor(1) as worker:
        coming = worker.submit(next, lots, None)
        while lot := coming.result():
            coming = worker.submit(next, lots, None)
            yield lot


def send(transaction: neo4j.ManagedTransaction, statements: list[CypherStatement], revision: int) -> list[str]:
    """Run statements; returns the ids of the nodes that were kept for the sake of others. revision: of the store.

    Raises StoreError if a thing is missing that the server said to hold.
    """
    kept: list[str] = []
    for statement in statements:
        (answer,) = transaction.run(statement.cypher, rows=statement.rows, revision=revision).single(strict=True)
        if isinstance(answer, list):
            kept += answer
        elif statement.all and answer != len(statement.rows):
            missing = len(statement.rows) - answer
            raise StoreError(
                f"missing on the server: {counted(missing, 'thing')} that an earlier push made.",
                hint=PUT_BACK,
            )
    return kept


Work = Iterator[tuple[str, Iterable[Any], bool]]


def _work(difference: GraphChange) -> Work:
    copied = "UNWIND $rows AS element MATCH ()-[r]->() WHERE elementId(r) = element"
    unmarked = f"{copied} REMOVE r.{DIGEST}, r.{OURS}, r.{REVISION} RETURN count(*)"
    yield unmarked, [one.element for one in difference.copies], False
    yield f"{copied} DELETE r RETURN count(*)", [one.element for one in difference.doubles], False
    every_mark = ", ".join(f"n.{mark}, r.{mark}" for mark in (DIGEST, OURS, REVISION))
    without = "UNWIND $rows AS element MATCH (n) WHERE elementId(n) = element OPTIONAL MATCH (n)-[r]-()"
    freed = f"{without} REMOVE n:{MARK}, n:{KEPT}, {every_mark} RETURN count(*)"
    yield freed, [one.element for one in difference.nameless], False
    labelled = f"UNWIND $rows AS element MATCH (n) WHERE elementId(n) = element SET n:{MARK} RETURN count(*)"
    yield labelled, difference.labelled, True
    for label, ids in _grouped((label_of(one), one) for one in sorted(difference.mislabelled)):
        others = ":".join(name(each) for each in LABELS if each != label)
        yield f"UNWIND $rows AS id MATCH (n:{MARK} {{id: id}}) REMOVE n:{others} RETURN count(*)", ids, True
    for type_, keys in by_type(difference.gone_ties).items():
        yield f"{ties_between_ours(type_)} DELETE r RETURN count(*)", (one.row for one in keys), False
    for label, ids in _grouped((label_of(one), one) for one in difference.gone_nodes):
        yield from _gone(label, ids)
    adopted = [
        {
            "element": one.element,
            "properties": {**one.foreign, **one.node.properties, DIGEST: digest(one.node.properties)},
        }
        for one in difference.adopted_nodes
    ]
    found = "UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row.element"
    yield f"{found} SET n:{MARK}, n = row.properties, n.{REVISION} = $revision RETURN count(*)", adopted, True
    drawn = "UNWIND $rows AS element MATCH ()-[r]->() WHERE elementId(r) = element"
    yield f"{drawn} DELETE r RETURN count(*)", [*difference.replaced_ties], False
    for type_, keys in by_type(difference.drawn).items():
        ends = f"UNWIND $rows AS row MATCH (:{MARK} {{id: row.start}})-[r:{name(type_)}]->(:{MARK} {{id: row.end}})"
        bare = f"{ends} WHERE r.{DIGEST} IS NULL AND size(keys(r)) = 0 DELETE r RETURN count(*)"
        yield bare, (one.row for one in keys), False
    for label, new in _grouped((node.label, node) for node in difference.new_nodes):
        columns, values = _table([node.properties for node in new], f"{DIGEST}: row[0], {REVISION}: $revision", 1)
        rows = ([digest(node.properties), *row] for node, row in zip(new, values, strict=True))
        yield f"UNWIND $rows AS row CREATE (n:{MARK}:{name(label)} {columns}) RETURN count(*)", rows, True
    foreign = difference.foreign
    for label, nodes in _grouped(
        (node.label, {**foreign.get(node.id, {}), **node.properties, DIGEST: told})
        for node, told in difference.changed_nodes
    ):
        found = f"UNWIND $rows AS row MATCH (n:{MARK} {{id: row.id}})"
        yield (
            f"{found} REMOVE n:{KEPT} SET n = row, n:{name(label)}, n.{REVISION} = $revision RETURN count(*)",
            nodes,
            True,
        )
    for type_, drawn_now in _grouped((tie.type, tie) for tie in difference.new_ties):
        marks = f"{DIGEST}: row[2], {OURS}: true, {REVISION}: $revision"
        columns, values = _table([tie.properties for tie in drawn_now], marks, 3)
        rows = (
            [tie.start[1], tie.end[1], tie_digest(key(tie), tie.properties), *row]
            for tie, row in zip(drawn_now, values, strict=True)
        )
        ends = f"MATCH (a:{MARK} {{id: row[0]}}) MATCH (b:{MARK} {{id: row[1]}})"
        yield f"UNWIND $rows AS row {ends} CREATE (a)-[:{name(type_)} {columns}]->(b) RETURN count(*)", rows, True
    for type_, ties in _grouped((tie.type, (tie, told)) for tie, told in difference.changed_ties):
        maps = (
            key(tie).row | {"properties": {**foreign.get(key(tie), {}), **tie.properties, DIGEST: told}}
            for tie, told in ties
        )
        put = f"SET r = row.properties, r.{OURS} = true, r.{REVISION} = $revision"
        yield f"{ties_between_ours(type_)} {put} RETURN count(*)", maps, True


def _gone(label: str, ids: list[str]) -> Work:
    """Remove nodes of ours and our relationships of them, and keep those that somebody else's hang on."""
    ours = f"UNWIND $rows AS id MATCH (n:{MARK} {{id: id}})"
    others = f"EXISTS {{ (n)-[r]-() WHERE r.{DIGEST} IS NULL }}"
    yield f"{ours} WHERE {others} SET n:{KEPT} REMOVE n:{name(label)} RETURN collect(n.id)", ids, False
    yield f"{ours} MATCH (n)-[r]-() WHERE r.{DIGEST} IS NOT NULL DELETE r RETURN count(*)", ids, False
    yield f"{ours} WHERE NOT n:{KEPT} OR NOT EXISTS {{ (n)--() }} DELETE n RETURN count(*)", ids, False


def _table(several: list[Properties], marks: str, first: int) -> tuple[str, Iterator[list[Any]]]:
    """A map in Cypher that reads properties from a row by place, from the first on; and the values of each row.

    marks: what stands in the map before them.
    """
    columns = sorted({called for properties in several for called in properties})
    read = [f"{name(called)}: row[{place}]" for place, called in enumerate(columns, first)]
    return f"{{{', '.join([marks, *read])}}}", (
        [properties.get(called) for called in columns] for properties in several
    )


def _grouped(pairs: Iterable[tuple[str, T]]) -> list[tuple[str, list[T]]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for label, row in pairs:
        found[label].append(row)
    return sorted(found.items(), key=lambda item: item[0])
