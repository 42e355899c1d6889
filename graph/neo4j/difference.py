"""What a server holds of ours, and how that differs from what it should hold.

A node of ours carries the label `CityDip` beside its own, a relationship of ours runs between two such nodes, and each
carries `_digest`, that of its properties as they were pushed. What lacks it is somebody else's, whatever its label.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from citydiplomacy.errors import StoreError

from ..property.projection import Node, PropertyGraph, Relationship, node_label
from .server import DIGEST, MARK

if TYPE_CHECKING:
    import neo4j

T = TypeVar("T")

KEPT = "CityDipKept"
"""On a node that no source tells any more and that a relationship of somebody else hangs on."""
BATCH = 10_000
"""Rows that are sent at once."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TIES_BETWEEN_OURS = f"""
UNWIND $rows AS row
MATCH (:{MARK} {{id: row.start}})-[r:%s]->(:{MARK} {{id: row.end}})
WHERE r.{DIGEST} IS NOT NULL AND coalesce(r.id, '') = row.id """


class Key(NamedTuple):
    """What makes a relationship the same: its type, the ids of its ends, and its own id ("" if it has none)."""

    type: str
    start: str
    end: str
    id: str

    @property
    def row(self) -> dict[str, Any]:
        """As a parameter."""
        return {"start": self.start, "end": self.end, "id": self.id}


def key(tie: Relationship) -> Key:
    """The key of a relationship of the projection."""
    return Key(tie.type, tie.start[1], tie.end[1], str(tie.properties.get("id", "")))


def digest(properties: Mapping[str, Any]) -> int:
    """A digest of properties, as a 64-bit integer: the same for what a server gives back unchanged."""
    told = repr(sorted(properties.items())).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big", signed=True)


def name(label: str) -> str:
    """A label or type as it may stand in Cypher: ours are plain words, and nothing else is pasted into a query."""
    if not _NAME.fullmatch(label):
        raise ValueError(f"not a label or relationship type: {label!r}")
    return label


def label_of(node_id: str) -> str:
    """The label of a node of ours, told from its id."""
    return "Claim" if node_id.startswith("claim/") else node_label(node_id)


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """Rows in lists of at most BATCH."""
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def by_type(keys: Iterable[Key]) -> dict[str, list[Key]]:
    """Keys by relationship type, sorted by it."""
    found: defaultdict[str, list[Key]] = defaultdict(list)
    for one in sorted(keys):
        found[one.type].append(one)
    return found


def ties_between_ours(type_: str) -> str:
    """Cypher that finds the relationships `r` of ours, of one type, whose keys are the parameter `rows`."""
    return _TIES_BETWEEN_OURS % name(type_)


@dataclass
class OnServer:
    """What a server holds of ours, all or in part: the digest that each thing was pushed with."""

    nodes: dict[str, int | None] = field(default_factory=dict)
    """By id; None where the label is not the one it was pushed with, so that it is pushed again."""
    relationships: dict[Key, int] = field(default_factory=dict)

    @staticmethod
    def whole(transaction: neo4j.ManagedTransaction) -> OnServer:
        """All of it. Raises StoreError for a node that carries our mark and is not ours."""
        held = OnServer()
        held._add_nodes(transaction.run(f"MATCH (n:{MARK}) RETURN n.id, labels(n), n.{DIGEST}"))
        held._add_ties(transaction.run(f"MATCH (a:{MARK})-[r]->(b:{MARK}) {_TIE}"))
        return held

    @staticmethod
    def part(transaction: neo4j.ManagedTransaction, nodes: Collection[str], ties: Collection[str]) -> OnServer:
        """Nodes by their ids, what they refer to, and ties by their ids."""
        held = OnServer()
        for ids in batches(sorted(nodes)):
            these = f"UNWIND $ids AS id MATCH (a:{MARK} {{id: id}})"
            held._add_nodes(transaction.run(f"{these} WITH a AS n RETURN n.id, labels(n), n.{DIGEST}", ids=ids))
            held._add_ties(transaction.run(f"{these} MATCH (a)-[r]->(b:{MARK}) WHERE r.id IS NULL {_TIE}", ids=ids))
        if ties:
            held._add_ties(
                transaction.run(f"MATCH (a:{MARK})-[r]->(b:{MARK}) WHERE r.id IN $ids {_TIE}", ids=sorted(ties))
            )
        return held

    def _add_nodes(self, found: neo4j.Result) -> None:
        for node_id, labels, pushed in found.values():
            if pushed is None or node_id is None:
                raise StoreError(
                    f"a node on the server carries the label {MARK} and was not made by a push: {node_id}",
                    hint=f"Take the label from it: MATCH (n:{MARK}) WHERE n.{DIGEST} IS NULL OR n.id IS NULL "
                    f"REMOVE n:{MARK}",
                )
            self.nodes[node_id] = pushed if label_of(node_id) in labels and KEPT not in labels else None

    def _add_ties(self, found: neo4j.Result) -> None:
        for type_, start, end, tie_id, pushed in found.values():
            self.relationships[Key(type_, start, end, tie_id or "")] = pushed


_TIE = f"WITH a, r, b WHERE r.{DIGEST} IS NOT NULL RETURN type(r), a.id, b.id, r.id, r.{DIGEST}"


class Count(NamedTuple):
    """How many nodes of a label, or relationships of a type, a push adds, changes and removes."""

    kind: str
    """`node` or `relationship`."""
    name: str
    new: int
    changed: int
    gone: int


@dataclass
class GraphChange:
    """What a push has to do; each node and relationship with its digest."""

    new_nodes: list[tuple[Node, int]] = field(default_factory=list)
    changed_nodes: list[tuple[Node, int]] = field(default_factory=list)
    gone_nodes: list[str] = field(default_factory=list)
    new_ties: list[tuple[Relationship, int]] = field(default_factory=list)
    changed_ties: list[tuple[Relationship, int]] = field(default_factory=list)
    gone_ties: list[Key] = field(default_factory=list)

    @staticmethod
    def between(graph: PropertyGraph, held: OnServer) -> GraphChange:
        """What makes of what is held what the projection says."""
        found = GraphChange()
        gone_nodes, gone_ties = dict(held.nodes), dict(held.relationships)
        for node in graph.nodes:
            told = digest(node.properties)
            if node.id not in gone_nodes:
                found.new_nodes.append((node, told))
            elif gone_nodes.pop(node.id) != told:
                found.changed_nodes.append((node, told))
        for tie in graph.relationships:
            told, known = digest(tie.properties), key(tie)
            if known not in gone_ties:
                found.new_ties.append((tie, told))
            elif gone_ties.pop(known) != told:
                found.changed_ties.append((tie, told))
        found.gone_nodes, found.gone_ties = sorted(gone_nodes), sorted(gone_ties)
        return found

    def __len__(self) -> int:
        return sum(map(len, vars(self).values()))

    def counts(self) -> list[Count]:
        """By label and type."""
        found: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        for column, nodes in enumerate((self.new_nodes, self.changed_nodes)):
            for node, _ in nodes:
                found["node", node.label][column] += 1
        for node_id in self.gone_nodes:
            found["node", label_of(node_id)][2] += 1
        for column, ties in enumerate((self.new_ties, self.changed_ties)):
            for tie, _ in ties:
                found["relationship", tie.type][column] += 1
        for gone in self.gone_ties:
            found["relationship", gone.type][2] += 1
        return [Count(*what, *numbers) for what, numbers in sorted(found.items())]

    def edited(self, transaction: neo4j.ManagedTransaction) -> list[str]:
        """Ids of what this would change or remove, and somebody has changed on the server since it was pushed."""
        found = set()
        for ids in batches([node.id for node, _ in self.changed_nodes] + self.gone_nodes):
            cypher = f"UNWIND $ids AS id MATCH (n:{MARK} {{id: id}}) RETURN id, properties(n)"
            found |= {
                node_id for node_id, properties in transaction.run(cypher, ids=ids).values() if _edited(properties)
            }
        for type_, keys in by_type([key(tie) for tie, _ in self.changed_ties] + self.gone_ties).items():
            for some in batches(keys):
                rows = [one.row for one in some]
                told = transaction.run(f"{ties_between_ours(type_)} RETURN row.start, row.id, properties(r)", rows=rows)
                found |= {tie_id or start for start, tie_id, properties in told.values() if _edited(properties)}
        return sorted(found)


def _edited(properties: dict[str, Any]) -> bool:
    pushed = properties.pop(DIGEST)
    return bool(pushed != digest(properties))
