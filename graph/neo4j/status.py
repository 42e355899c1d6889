"""What a Neo4j server holds: ours, of which revision, whether it is whole; and how much else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .difference import KEPT
from .push import LABELS
from .push_lock import State, read_state
from .server import DIGEST, MARK, explained

if TYPE_CHECKING:
    import neo4j


@dataclass
class Status:
    """What is there."""

    state: State | None
    """What the last push said of itself; None if there was none."""
    nodes: Counter[str] = field(default_factory=Counter)
    """Ours, by label."""
    relationships: Counter[str] = field(default_factory=Counter)
    """Ours, by type."""
    kept: int = 0
    """Nodes that no source tells any more, kept for relationships of others."""
    other_nodes: int = 0
    other_relationships: int = 0


def status(driver: neo4j.Driver, database: str | None = None) -> Status:
    """Look at a server. Raises StoreError if it does not answer."""
    with explained(), driver.session(database=database, default_access_mode="READ") as session:
        return session.execute_read(_look, read_state(session))


def _look(transaction: neo4j.ManagedTransaction, state: State | None) -> Status:
    found = Status(state)
    for labels, number in transaction.run(
        f"MATCH (n:{MARK}) WHERE n.{DIGEST} IS NOT NULL RETURN labels(n), count(*)"
    ).values():
        if KEPT in labels:
            found.kept += number
        else:
            found.nodes[next((label for label in LABELS if label in labels), MARK)] += number
    ties = f"MATCH (:{MARK})-[r]->(:{MARK}) WHERE r.{DIGEST} IS NOT NULL RETURN type(r), count(*)"
    found.relationships.update(dict(transaction.run(ties).values()))
    every = transaction.run("MATCH (n) WHERE NOT n:CityDipState RETURN count(n)").single(strict=True)[0]
    found.other_nodes = every - found.nodes.total() - found.kept
    every = transaction.run("MATCH ()-[r]->() RETURN count(r)").single(strict=True)[0]
    found.other_relationships = every - found.relationships.total()
    return found
