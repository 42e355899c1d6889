"""What a push has to do: the projection of a store, or that part of it that may differ, against what a server holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from citydiplomacy.errors import StoreError

from ..neo4j.definitions import NotHeldApart
from ..neo4j.difference import Count, GraphChange, Thing
from ..neo4j.last_push import Before
from ..neo4j.marks import DIGEST, KEPT, MARK, Key, trace_of
from ..neo4j.on_server import OnServer
from ..neo4j.push_lock import UNSENT, State, thing_of
from ..property.projection import PropertyGraph, project
from ..property.values import claim_id
from ..store.reader import Store
from ..views import subset
from .adoption import adopt, stand_aside
from .pull import untaken
from .pulled import BY_PULL, pulled
from .takings import taken, takings

if TYPE_CHECKING:
    import neo4j


@dataclass(frozen=True, slots=True)
class PushOptions:
    """What a push is allowed to do, and how closely it looks."""

    whole: bool = False
    """Compare everything, also where nobody has written since the last push; put back what was deleted."""
    overwrite: bool = False
    """Also what was changed on the server since the last push, where it is in the way."""
    reset: bool = False
    """Put back all that was changed or deleted on the server, and take away what was copied there with our marks."""
    replace: bool = False
    """Also take away what sources tell that this store does not hold."""


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
    reset: list[Thing] = field(default_factory=list)
    """What somebody had changed, and is as the store has it again."""
    restored: list[Thing] = field(default_factory=list)
    """What somebody had deleted, and is there again."""
    taken: list[str] = field(default_factory=list)
    """What somebody had made or changed, and a push took that was cut off before this one."""
    left: list[Thing] = field(default_factory=list)
    """What somebody has changed, and stays so: this push had nothing to say about it."""
    deleted: list[Thing] = field(default_factory=list)
    """What somebody has deleted, and stays so."""
    copied: list[str] = field(default_factory=list)
    """Relationships that somebody had copied: the copies are taken for theirs."""
    doubles: list[str] = field(default_factory=list)
    """Relationships that somebody had copied: the copies are taken away."""
    nameless: list[str] = field(default_factory=list)
    """Nodes with our label and no id: they are taken for somebody else's."""
    taken_away: list[str] = field(default_factory=list)
    """Sources that the server holds and this store does not."""
    not_apart: list[NotHeldApart] = field(default_factory=list)
    """Labels whose ids are not held apart, for the sake of others."""
    lost: Counter[str] = field(default_factory=Counter)
    """What the projection could not carry."""

    @property
    def changed(self) -> bool:
        """Whether there is a difference."""
        return bool(self.counts)


@dataclass
class Plan:
    """The projection, or that part of it that may differ from what the server holds."""

    store: Store
    wanted: State
    before: State | None
    options: PushOptions
    graph: PropertyGraph
    nodes: set[str] | None = None
    """Ids of the nodes that this is about; None for all."""
    ties: set[str] = field(default_factory=set)

    @staticmethod
    def of(
        store: Store, wanted: State, before: State | None, session: neo4j.Session, options: PushOptions, *, part: bool
    ) -> Plan:
        """All; or, if asked for, a part where the server holds the same projection of other sources, whole, made for
        the same days.
        """
        if not part or before is None or not (before.complete and before.compatible(wanted)):
            return Plan(store, wanted, before, options, project(store))
        changed = {source for source, _ in before.sources.items() ^ wanted.sources.items()}
        now = subset.told_by(store, changed & wanted.sources.keys())
        ids = subset.closed(store, now | session.execute_read(_told_before, sorted(changed)))
        graph = project(subset.part(store, ids))
        graph.nodes = [node for node in graph.nodes if node.label != "Concept"]
        graph.relationships = [tie for tie in graph.relationships if tie.start[0] != "Concept"]
        claims = {claim_id(source, one) for source in changed for one in ids}
        nodes = ids | claims | {node.id for node in graph.nodes}
        return Plan(store, wanted, before, options, graph, nodes, {one for one in ids if subset.is_relationship(one)})

    def compare(self, transaction: neo4j.ManagedTransaction) -> GraphChange:
        """The difference to what the server holds."""
        if self.nodes is None:
            held = OnServer.whole(transaction)
        else:
            kept = {node_id for (node_id,) in transaction.run(f"MATCH (n:{KEPT}) RETURN n.id").values()}
            held = OnServer.part(transaction, self.nodes | kept, self.ties)
        restore, reset = self.options.whole or self.options.reset, self.options.reset
        pushed = None
        if self._known is not None and self.nodes is None:
            new = {name for name, _ in self.wanted.sources.items() - self._known.sources.items()}
            pulls = {source for source in new if source.startswith(BY_PULL)}
            pushed = Before.of(self._known, self.wanted)._replace(decided=pulls)
        difference = GraphChange.between(self.graph, held, pushed, restore=restore, reset=reset)
        gone = adopt(transaction, self.store, difference)
        before = self.before
        if before is not None and before.complete and not before.sources.keys() - self.wanted.sources.keys():
            difference.in_the_way += self._deleted(gone, held, difference)
        stand_aside(transaction, difference)
        for thing in difference.unreadable():
            raise StoreError(
                f"somebody has written a value on the server that cannot be read, and so not be kept: on {thing}",
                hint="A day before the year 1 or after 9999 is none that Python knows. Change it there, or remove it.",
            )
        if difference.in_the_way:
            made_since = [one for one in difference.in_the_way if one not in held.edited]
            changed = [one for one in difference.in_the_way if one in held.edited]
            still = untaken(self.store, held, changed)
            changed = [one for one in changed if (one.told if isinstance(one, Key) else one) in still]
            difference.in_the_way = [*made_since, *changed]
        difference.taking = takings(held, difference)
        difference.taken = taken(self.before.taking if self.before else (), held, difference)
        return difference

    def _deleted(self, gone: set[str], held: OnServer, difference: GraphChange) -> Iterator[str]:
        """Of what pulls took and is no longer there, what no push has sent since: somebody has deleted it."""
        known = {thing.id for thing in difference.restored}
        for one in pulled(self.store):
            for thing in sorted(gone & {record.id for record in one.records} - known):
                if claim_id(one.source.id, thing) not in held.nodes:
                    yield thing

    @property
    def _known(self) -> State | None:
        """What was told of the last push, if what is missing of it can be told from what is new."""
        return self.before if self.before is not None and self.before.is_known else None

    def on_the_way(self, difference: GraphChange) -> State:
        """What the server is to say until all is sent: what was there before and stays, and what this is about."""
        before = self.before or State()
        sources = dict.fromkeys(self.wanted.sources, UNSENT) | before.sources
        taking = (*difference.taken, *difference.taking)
        if self._known is None:
            return State(sources=sources, held=before.held, taking=taking)
        touched = before.touched or frozenset()
        gone = {trace_of(one): one for one in difference.gone}
        missed = {thing.trace for thing in (*difference.deleted, *difference.restored)}
        stays = Counter(before.held) - OnServer().counted(one for trace, one in gone.items() if trace not in touched)
        absent = (before.absent | missed) - gone.keys()
        return State(
            sources=sources,
            held=stays,
            absent=absent,
            touched=(touched | gone.keys() | {*difference.made()}) - absent,
            taking=taking,
        )

    def ended(self, difference: GraphChange) -> State:
        """What the server is to say when all is sent."""
        return replace(self.wanted, held=self._held(difference))

    def _held(self, difference: GraphChange) -> Counter[str]:
        """How many nodes of each label and relationships of each type there are to be."""
        if self.nodes is None:
            found = Counter(node.label for node in self.graph.nodes)
            found.update(tie.type for tie in self.graph.relationships)
            return found
        found = Counter(self.before.held if self.before else {})
        found.update({count.name: count.new - count.gone for count in difference.counts()})
        return found

    def report(self, difference: GraphChange, taken_away: Sequence[str] = ()) -> PushReport:
        """What there is to do."""
        return PushReport(
            self.wanted.revision,
            difference.counts(),
            edited=sorted(one.told if isinstance(one, Key) else one for one in difference.in_the_way),
            reset=difference.reset,
            restored=difference.restored,
            taken=sorted(map(thing_of, difference.taken)),
            left=difference.left,
            deleted=difference.deleted,
            copied=sorted(one.tie.told for one in difference.copies),
            nameless=[str(one) for one in difference.nameless],
            doubles=sorted(one.tie.told for one in difference.doubles),
            taken_away=list(taken_away),
            lost=self.graph.lost,
        )


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
