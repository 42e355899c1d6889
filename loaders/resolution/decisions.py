"""What persons decided of ids, and the id under which everything is told.

Three things say that two ids mean one: a number elsewhere that both bear, a sure match, a person. The first two lead
from an id as it was read to a known one, as matches that stand with the collection that was read. A person's decisions
are a source for each person. Nothing else is kept: the id of everything follows from these, and so a decision taken
back leaves things as they were.
"""

from __future__ import annotations

import getpass
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.ids import slug
from citydiplomacy.graph.model.records import Match, Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store.reader import Store

from .groups import JoinedGroups

SAME, DIFFERENT, UNSURE = "match-verdict/same", "match-verdict/different", "match-verdict/unsure"
BY_PERSONS = "source/decisions-"
"""How the ids of sources of decisions begin."""
BY_RESOLUTION = "source/resolution-"
"""How the ids of sources of matches begin that were made when loading."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Decision:
    """A match that a person judged, and the source that it stands in."""

    source: Source
    match: Match

    @property
    def pair(self) -> Pair:
        """Its two ids, sorted."""
        return pair(self.match)

    @property
    def who(self) -> str:
        """The person's name."""
        return next(iter(self.source.creators), self.source.id.removeprefix(BY_PERSONS))


def pair(match: Match) -> Pair:
    """The two ids of a match, sorted."""
    one, other = sorted((match.one, match.other))
    return one, other


def source_of(who: str) -> Source:
    """The source of a person's decisions."""
    return Source(
        id=BY_PERSONS + slug(who),
        kind="evidence-kind/coding",
        labels=(Text(f"Decisions of {who} on what is the same", "en"), Text(f"داوری‌های {who} دربارهٔ همسانی", "fa")),
        creators=(who,),
    )


def user() -> str:
    """The name of who runs the command."""
    return getpass.getuser()


def decisions(store: Store) -> list[Decision]:
    """The decisions that a store holds, in the order of their sources and ids."""
    found = []
    for source_id in sorted(store.manifest.sources):
        if source_id.startswith(BY_PERSONS):
            source = store.get(source_id, source_id)
            assert isinstance(source, Source)
            found += [Decision(source, match) for match in store.records(Match, source_id)]
    return found


def matches(store: Store) -> list[tuple[str, Match]]:
    """The matches that were made when loading, each with its collection, in the order of their sources and ids."""
    return [
        (entry.collection, match)
        for source_id, entry in sorted(store.manifest.sources.items())
        if source_id.startswith(BY_RESOLUTION)
        for match in store.records(Match, source_id)
    ]


def told(decided: Iterable[Decision], new_ids: Mapping[str, str], is_there: Collection[str]) -> Iterator[SourceRecords]:
    """Decisions as sources. is_there: ids of the graph, as they are told; a decision may name what is not loaded."""
    by_source: dict[str, list[Decision]] = defaultdict(list)
    for decision in decided:
        by_source[decision.source.id].append(decision)
    for _, several in sorted(by_source.items()):
        records = []
        for decision in sorted(several, key=lambda one: one.match.id):
            concerns = {new_ids.get(one, one) for one in decision.pair}
            records.append(replace(decision.match, concerns=tuple(sorted(concerns & set(is_there)))))
        yield SourceRecords(several[0].source, records)


def ids_told(made: Iterable[Match], decided: Iterable[Decision]) -> dict[str, str]:
    """Under which id each id is told that is not told under its own.

    Decisions count before matches that were made when loading, and of these the surest first; a match is left out that
    would bring two ids together that a person holds different. Of ids that are the same the one stands that another was
    found to be, not the other way round. Raises UsageError for decisions that contradict each other, naming them.
    """
    decided = list(decided)
    groups = _Apart()
    targets = set()
    for decision in decided:
        if decision.match.verdict == SAME:
            groups.join(*decision.pair)
            targets.add(decision.match.other)
    for decision in decided:
        if decision.match.verdict == DIFFERENT:
            if groups.are_one(*decision.pair):
                _refuse(decision, decided)
            groups.part(*decision.pair)
    sources = {decision.match.one for decision in decided if decision.match.verdict == SAME}
    surest_first = sorted(made, key=lambda match: (-(match.weight if match.weight is not None else 0), match.id))
    for match in surest_first:
        if match.verdict == SAME and groups.join(match.one, match.other):
            sources.add(match.one)
    found = {}
    for members in sorted(sorted(group) for group in groups.groups.several()):
        last = [one for one in members if one not in sources] or members
        name = min(last, key=lambda one: (one not in targets, one))
        found.update({one: name for one in members if one != name})
    return found


class _Apart:
    """Groups of ids, some of which must stay apart."""

    def __init__(self) -> None:
        self.groups: JoinedGroups[str] = JoinedGroups()
        self._apart: dict[str, set[str]] = defaultdict(set)

    def are_one(self, one: str, other: str) -> bool:
        return self.groups.of(one) is self.groups.of(other)

    def join(self, one: str, other: str) -> bool:
        """Make two ids one; False if they must stay apart."""
        small, large = sorted((self.groups.of(one), self.groups.of(other)), key=len)
        if small is not large and any(
            self.groups.of(far) is large for member in small for far in self._apart.get(member, ())
        ):
            return False
        self.groups.join(one, other)
        return True

    def part(self, one: str, other: str) -> None:
        """Keep two ids apart from now on."""
        self._apart[one].add(other)
        self._apart[other].add(one)


def _refuse(different: Decision, decided: Iterable[Decision]) -> None:
    """Name the decisions that lead from one id to the other that it is said to differ from."""
    import networkx as nx

    same: nx.Graph[str] = nx.Graph()
    for decision in decided:
        if decision.match.verdict == SAME:
            same.add_edge(*decision.pair, who=decision.who)
    path = nx.shortest_path(same, *different.pair)
    steps = [f"{a} same as {b} ({same.edges[a, b]['who']})" for a, b in pairwise(path)]
    raise UsageError(
        f"decisions that contradict each other: {', '.join(steps)}, but {' different from '.join(different.pair)} "
        f"({different.who})",
        hint="Take one of them back: citydip resolve undo ID ID",
    )
