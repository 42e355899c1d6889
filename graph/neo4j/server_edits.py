"""What is on a Neo4j server and was not pushed so: the work of analysts, or of whoever else uses our words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.schema import REGISTRY
from .on_server import Key, OnServer, name
from .server import DIGEST
from .unproject import edge_types, tie_types

if TYPE_CHECKING:
    import neo4j


class Tie(NamedTuple):
    """A relationship, its ends told by their ids."""

    type: str
    start: str
    end: str
    properties: dict[str, Any]
    pushed: int
    """The digest of what was pushed; 0 for one that was not."""


@dataclass
class ServerEdits:
    """What is on the server and was not pushed so."""

    edited_nodes: dict[str, tuple[dict[str, Any], int]] = field(default_factory=dict)
    """Id -> the properties now, and the digest of those that were pushed."""
    edited_ties: list[Tie] = field(default_factory=list)
    new_nodes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    new_ties: list[Tie] = field(default_factory=list)
    foreign: Counter[str] = field(default_factory=Counter)
    """Properties that our records do not have, as `mayor of City`, and on how many things of ours they are."""


def look(transaction: neo4j.ManagedTransaction) -> ServerEdits:
    """Look through the whole graph for it."""
    held = OnServer.whole(transaction)
    found = ServerEdits(foreign=held.counted_properties())
    for thing, properties in held.edited.items():
        if isinstance(thing, Key):
            pushed = held.ties[thing].pushed
            found.edited_ties.append(Tie(thing.type, thing.start, thing.end, properties, pushed))
        else:
            found.edited_nodes[thing] = properties, held.nodes[thing].pushed
    for label in REGISTRY:
        for (properties,) in transaction.run(
            f"MATCH (n:{name(label)}) WHERE n.{DIGEST} IS NULL RETURN properties(n) ORDER BY n.id"
        ).values():
            if str(properties.get("id", "")).startswith(f"{REGISTRY[label].folder}/"):
                found.new_nodes.append((label, properties))
    for tie_type in sorted(edge_types() | tie_types().keys()):
        for type_, start, end, properties in transaction.run(
            f"MATCH (a)-[r:{name(tie_type)}]->(b) WHERE r.{DIGEST} IS NULL AND a.id IS NOT NULL AND b.id IS NOT NULL "
            "RETURN type(r), a.id, b.id, properties(r) ORDER BY a.id, b.id"
        ).values():
            found.new_ties.append(Tie(type_, start, end, properties, 0))
    return found
