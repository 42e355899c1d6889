"""What a Neo4j server holds: ours, of which revision, whether it is whole and as it was pushed; and how much else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .definitions import LABELS
from .marks import BATCH, MARK
from .on_server import OnServer
from .push_lock import State, is_quiet, read_state, thing_of, when_and_thing
from .server import explained
from .unproject import edge_types, tie_types

if TYPE_CHECKING:
    import neo4j


@dataclass
class Status:
    """What is there."""

    state: State | None
    """What the last push said of itself; None if there was none."""
    held: Counter[str] = field(default_factory=Counter)
    """Ours, by label and type."""
    changed: Counter[str] = field(default_factory=Counter)
    """Ours that somebody has changed since they were pushed."""
    deleted: Counter[str] = field(default_factory=Counter)
    """Pushed, and not there any more."""
    added: Counter[str] = field(default_factory=Counter)
    """Not pushed, and of a label or type of ours."""
    copied: list[str] = field(default_factory=list)
    """Relationships that somebody has copied with our marks, each once a copy."""
    nameless: list[str] = field(default_factory=list)
    """Nodes with our label and no id."""
    taking: list[str] = field(default_factory=list)
    """What a push that has not ended was to overwrite or to take away of what people made or changed."""
    taken: list[tuple[str, str]] = field(default_factory=list)
    """What pushes took so: when, to the minute in UTC, and what; the last thing last."""
    kept: int = 0
    """Nodes that no source tells any more, kept for relationships of others."""
    other_nodes: int = 0
    other_relationships: int = 0

    @property
    def nodes(self) -> Counter[str]:
        """Our nodes by label."""
        return Counter({name: number for name, number in self.held.items() if name in LABELS})

    @property
    def relationships(self) -> Counter[str]:
        """Our relationships by type."""
        return Counter({name: number for name, number in self.held.items() if name not in LABELS})


def status(driver: neo4j.Driver, database: str | None = None) -> Status:
    """Look at a server. Raises StoreError if it does not answer.

    Everything is read, unless nobody has written since the last push: that told what there is.
    """
    with explained(), driver.session(database=database, default_access_mode="READ", fetch_size=BATCH) as session:
        state = read_state(session)
        quiet = is_quiet(session, state)
        return session.execute_read(_look, state, quiet)


def _look(transaction: neo4j.ManagedTransaction, state: State | None, quiet: bool) -> Status:
    found = Status(state)
    if state is not None:
        found.taking = sorted(map(thing_of, state.taking))
        found.taken = when_and_thing(state.taken)
    pushed, unlabelled = Counter(state.held if state else {}), Counter[str]()
    if quiet:
        found.held = pushed
        found.kept = _count(transaction, f"MATCH (n:{MARK}) RETURN count(n)") - found.nodes.total()
    else:
        there = OnServer.whole(transaction)
        found.held, found.kept = there.counts, len(there.kept)
        found.changed = there.counted(there.edited)
        found.deleted = pushed - found.held
        found.nameless = [str(one) for one in there.nameless]
        found.copied = sorted(copy.tie.told for copy in there.copies)
        unlabelled = there.counted(there.unlabelled)
    nodes = _count(transaction, "MATCH (n) RETURN count(n)") - _count(
        transaction, "MATCH (n:CityDipState) RETURN count(n)"
    )
    found.other_nodes = nodes - found.nodes.total() - found.kept
    ties = _count(transaction, "MATCH ()-[r]->() RETURN count(r)")
    found.other_relationships = ties - found.relationships.total()
    if found.other_nodes or found.other_relationships:
        found.added = _in_our_words(transaction) - (found.held - unlabelled)
    return found


def _in_our_words(transaction: neo4j.ManagedTransaction) -> Counter[str]:
    """How many things of each label and type of ours there are, whosoever."""
    patterns = {label: f"(n:{label})" for label in LABELS}
    patterns |= {type_: f"()-[n:{type_}]->()" for type_ in sorted({*edge_types(), *tie_types()})}
    # The server keeps these numbers; asked one by one, going there and back takes most of the time.
    each = (f"MATCH {pattern} RETURN '{name}' AS name, count(n) AS number" for name, pattern in patterns.items())
    return Counter(dict(transaction.run(" UNION ALL ".join(each)).values()))


def _count(transaction: neo4j.ManagedTransaction, cypher: str) -> int:
    number: int = transaction.run(cypher).single(strict=True)[0]
    return number
