"""Pushing the property graph to a Neo4j server: only what differs, nothing that is somebody else's.

What a cut-off push leaves behind is neither the old graph nor the new one; the state node says so (see turn.py), and
the next push compares everything and completes it. After a complete push, the next one looks only at the records of the
sources that have changed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from citydiplomacy.errors import Interrupted, StoreError

from ..language.plurals import counted
from ..model import records, schema
from ..property import projection
from ..property.projection import PropertyGraph, project
from ..store import subset
from ..store.reader import Store
from . import import_files
from .difference import BATCH, KEPT, Count, GraphChange, OnServer, name
from .push_lock import State, Turn, read_state
from .server import DIGEST, MARK, explained
from .statements import send, transactions

if TYPE_CHECKING:
    import neo4j

Progress = Callable[[int, int], None]
"""Called with the number of nodes and relationships sent so far, and of all; with two zeros while another push runs."""

LABELS = (*schema.REGISTRY, "Concept", "Claim")


@dataclass
class PushReport:
    """What a push did, or would do."""

    revision: int
    counts: list[Count] = field(default_factory=list)
    """Labels and types with anything new, changed or gone."""
    kept: list[str] = field(default_factory=list)
    """Nodes that no source tells any more, and that stay because somebody else's relationships hang on them."""
    edited: list[str] = field(default_factory=list)
    """What was changed on the server since the last push, and is overwritten by this one."""
    lost: Counter[str] = field(default_factory=Counter)
    """What the projection could not carry."""

    @property
    def changed(self) -> bool:
        """Whether there is a difference."""
        return bool(self.counts)


def push(
    store: Store,
    driver: neo4j.Driver,
    database: str | None = None,
    *,
    dry_run: bool = False,
    whole: bool = False,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> PushReport:
    """Make a server hold the property graph of a store.

    database: None is the user's own. dry_run: only tell the difference. whole: compare everything, also where the
    server says that it holds this already; puts back what was deleted there. overwrite: also what was changed on the
    server since the last push. Raises StoreError if that is not allowed and something was, if the server goes away, and
    if it cannot be written to.
    """
    wanted = state_of(store)
    with explained(), driver.session(database=database, fetch_size=BATCH) as session:
        before = read_state(session)
        if before and before.same_as(wanted) and not whole:
            return PushReport(before.revision)
        if dry_run:
            plan = _Plan.of(store, wanted, None if whole else before, session)
            difference, edited = session.execute_read(plan.compare)
            return PushReport(wanted.revision, difference.counts(), [], edited, plan.graph.lost)
        if before is None:
            _define(session, "CREATE CONSTRAINT IF NOT EXISTS FOR (s:CityDipState) REQUIRE s.id IS UNIQUE")
        while True:
            plan = _Plan.of(store, wanted, None if whole else before, session)
            with Turn(session, lambda: progress(0, 0) if progress else None) as turn:
                if plan.nodes is not None and not turn.state.same_as(before):
                    before = turn.state  # another push has ended since we looked
                    continue
                return _push(plan, turn, session, overwrite=overwrite, progress=progress)


def state_of(store: Store) -> State:
    """What a server says that holds a store."""
    program = hashlib.sha256(store.manifest.ontology.encode())
    for module in (projection, schema, records):
        program.update(Path(module.__file__ or "").read_bytes())
    sources = {source: entry.digest for source, entry in store.manifest.sources.items()}
    return State(program.hexdigest(), sources, store.manifest.revision, store.manifest.days, complete=True)


@dataclass
class _Plan:
    """The projection, or that part of it that may differ from what the server holds."""

    wanted: State
    graph: PropertyGraph
    nodes: set[str] | None
    """Ids of the nodes that this is about; None for all."""
    ties: set[str]

    @staticmethod
    def of(store: Store, wanted: State, before: State | None, session: neo4j.Session) -> _Plan:
        """All, unless the server holds the same projection of other sources, whole, made for the same days."""
        if before is None or not (before.complete and before.compatible(wanted)):
            return _Plan(wanted, project(store), None, set())
        changed = {source for source, _ in before.sources.items() ^ wanted.sources.items()}
        now = subset.told_by(store, changed & wanted.sources.keys())
        ids = subset.closed(store, now | session.execute_read(_told_before, sorted(changed)))
        graph = project(subset.part(store, ids))
        graph.nodes = [node for node in graph.nodes if node.label != "Concept"]
        graph.relationships = [tie for tie in graph.relationships if tie.start[0] != "Concept"]
        claims = {f"claim/{source.partition('/')[2]}/{one}" for source in changed for one in ids}
        nodes = ids | claims | {node.id for node in graph.nodes}
        return _Plan(wanted, graph, nodes, {one for one in ids if subset.is_relationship(one)})

    def compare(self, transaction: neo4j.ManagedTransaction) -> tuple[GraphChange, list[str]]:
        """The difference to what the server holds, and what of that was changed there since the last push."""
        if self.nodes is None:
            held = OnServer.whole(transaction)
        else:
            kept = {node_id for (node_id,) in transaction.run(f"MATCH (n:{KEPT}) RETURN n.id").values()}
            held = OnServer.part(transaction, self.nodes | kept, self.ties)
        difference = GraphChange.between(self.graph, held)
        return difference, difference.edited(transaction)


def _told_before(transaction: neo4j.ManagedTransaction, sources: list[str]) -> set[str]:
    """What the server says that sources told, and the ties which that referred to."""
    claimed = f"""
        UNWIND $sources AS source
        MATCH (:{MARK}:Source {{id: source}})<-[said:STATED_BY]-(claim:{MARK}) WHERE said.{DIGEST} IS NOT NULL
        RETURN DISTINCT claim.about"""
    ids = {one for (one,) in transaction.run(claimed, sources=sources).values()} | set(sources)
    referred = f"""
        UNWIND $ids AS id
        MATCH (:{MARK} {{id: id}})-[r]->(other:{MARK}) WHERE r.{DIGEST} IS NOT NULL RETURN DISTINCT other.id
        UNION
        MATCH (one:{MARK})-[r]->(other:{MARK}) WHERE r.id IN $ids AND r.{DIGEST} IS NOT NULL
        UNWIND [one.id, other.id] AS id
        RETURN DISTINCT id AS `other.id`"""
    near = {one for (one,) in transaction.run(referred, ids=sorted(ids)).values()}
    return ids | {one for one in near if one and subset.is_relationship(one)}


def _push(plan: _Plan, turn: Turn, session: neo4j.Session, *, overwrite: bool, progress: Progress | None) -> PushReport:
    if plan.nodes is None:
        import_files.finish(turn)
    difference, edited = turn.transaction(plan.compare)
    if edited and not overwrite:
        shown = ", ".join(edited[:5]) + (" ..." if len(edited) > 5 else "")
        raise StoreError(
            f"changed on the server: {counted(len(edited), 'thing')} that this push would change or remove: {shown}",
            hint="Bring them into the store with: citydip neo4j pull. Then push with --overwrite.",
        )
    if plan.nodes is None:
        _schema(session)
    report = PushReport(plan.wanted.revision, difference.counts(), [], edited, plan.graph.lost)
    if not len(difference):
        turn.complete(plan.wanted)
        return report
    done, every = 0, len(difference)
    with _in_the_middle():
        turn.begin()
        for lot in transactions(difference):
            report.kept += turn.transaction(lambda tx, these=lot: send(tx, these))  # type: ignore[misc]
            done += sum(len(statement.rows) for statement in lot)
            if progress:
                progress(done, every)
        turn.complete(plan.wanted)
    return report


@contextmanager
def _in_the_middle() -> Iterator[None]:
    """Say of a push that ends here that it left the server's graph neither old nor new, and how to complete it."""
    try:
        with explained(hint="The server's graph is not whole. Complete it with: citydip neo4j push"):
            yield
    except KeyboardInterrupt:
        raise Interrupted(
            "interrupted; the server's graph is not whole.", hint="Complete it with: citydip neo4j push"
        ) from None


def _schema(session: neo4j.Session) -> None:
    """One node an id, among ours; and an index for those who look by label and id. Nothing that binds others."""
    asked = [label for label in LABELS if label != "Claim"]  # nobody looks for claims by their ids, and they are many
    indexes = [f"CREATE INDEX IF NOT EXISTS FOR (n:{name(label)}) ON (n.id)" for label in asked]
    _define(session, f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{MARK}) REQUIRE n.id IS UNIQUE", *indexes)
    session.run("CALL db.awaitIndexes(300)").consume()


def _define(session: neo4j.Session, *statements: str) -> None:
    """In a transaction that is tried again: two pushes that begin at once can be in each other's way here."""

    def work(transaction: neo4j.ManagedTransaction) -> None:
        for statement in statements:
            transaction.run(statement).consume()

    session.execute_write(work)
