"""What was pushed and is missing on a server: withdrawn where pulls alone told it, else a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from citydiplomacy.errors import UsageError

from ..model.schema import Tie, by_folder
from ..model.validity import ENDED
from ..neo4j.difference import GraphChange, Thing, with_their_nodes
from ..neo4j.last_push import Before
from ..neo4j.on_server import OnServer, label_of
from ..neo4j.push_lock import State
from ..neo4j.unproject import Unreadable, edge_property, read
from ..property.projection import project
from ..store.reader import Store
from .gathered import GatheredValues
from .report import Deletion, PullReport, named
from .wanted import state_of
from .withdrawals import Withdrawals


def missing(store: Store, held: OnServer, state: State) -> list[Thing]:
    """What a server lacks of what was pushed to it from a store."""
    if not state.is_known or (state.complete and not Counter(state.held) - held.unedited):
        return []
    change = GraphChange.between(project(store), held, Before.of(state, state_of(store)))
    made = {*change.made()}  # with a node that was put back its ties are to come back, and are missing until then
    return [*change.deleted, *(thing for thing in change.restored if thing.trace in made)]


class Deletions:
    """Decides what becomes of what is missing."""

    def __init__(
        self, store: Store, pulls: Withdrawals, gathered: GatheredValues, drawn: Collection[str], lang: str
    ) -> None:
        """drawn: ids of ties that stand on the server, and that no push made."""
        self._store, self._pulls, self._gathered, self._drawn, self._lang = store, pulls, gathered, drawn, lang

    def tell(self, things: Collection[Thing], ended: Mapping[str, str], report: PullReport) -> None:
        """Withdraw it, tell that it ended, or ask. ended: ids of ties, each with the date of its end, or "".

        Raises UsageError for one that is not missing, and for a date that is none.
        """
        for unknown in sorted(ended.keys() - {thing.id for thing in things}):
            raise UsageError(
                f"{unknown} was not deleted on the server.", hint="What was is told by: citydip neo4j pull"
            )
        for thing, hung in with_their_nodes(things):
            asked = [one for one in (thing, *hung) if not self._is_settled(one, ended)]
            anew = [one for one in asked if one.id in self._drawn]
            report.redrawn += [named(one.id, self._lang, self._gathered.known) for one in anew]
            asked = [one for one in asked if one not in anew]
            if thing in asked:
                report.deleted.append(self._question(thing, asked[1:]))
            else:
                report.deleted += [self._question(one, ()) for one in asked if self._stands(one, thing)]

    def _question(self, thing: Thing, hung: Collection[Thing]) -> Deletion:
        name = named(thing.id, self._lang, self._gathered.known)
        is_tie = isinstance(self._gathered.known(thing.id), Tie)
        return Deletion(name, tuple(self._told_by(thing)), is_tie, tuple(hung))

    def _stands(self, thing: Thing, node: Thing) -> bool:
        """Whether a relationship is told for itself, though its node is withdrawn with all that refers to it."""
        return node.id not in self._pulls.things or self._gathered.known(thing.id) is not None

    def _is_settled(self, thing: Thing, ended: Mapping[str, str]) -> bool:
        """Withdraw what pulls alone told, and tell of what has ended that it did; whether it was either."""
        told_by = self._told_by(thing)
        record = self._gathered.known(thing.id)
        if told_by and {*told_by} <= self._pulls.before.keys():
            for source_id in told_by:
                if record is None:
                    self._pulls.unlink(thing.ends[0], source_id, self._property(thing), thing.ends[1])
                else:
                    self._pulls.withdraw(thing.id, source_id)
            return True
        if thing.id not in ended:
            return False
        assert record is not None
        told: dict[str, Any] = {"status": ENDED}
        if ended[thing.id]:
            try:
                name, told_end = read(record.schema, "until", ended[thing.id], record)
            except Unreadable as error:
                raise UsageError(f"{thing.id}: {error}", hint="Write: --ended ID or --ended ID=DATE") from None
            told[name] = told_end
        self._gathered.tell(thing.id, record.schema, told)
        return True

    def _told_by(self, thing: Thing) -> list[str]:
        """The sources that tell a thing: of a relationship without an id those of the node that it starts from."""
        if self._gathered.known(thing.id) is not None:
            return sorted(self._store.claims(thing.id))
        name = self._property(thing)
        if not name:
            return []
        values = {source: getattr(told, name) for source, told in self._store.claims(thing.ends[0]).items()}
        other = thing.ends[1]
        return sorted(
            one for one, said in values.items() if said == other or (isinstance(said, tuple) and other in said)
        )

    def _property(self, thing: Thing) -> str:
        """The property that a relationship without an id stands for; "" for none of a record."""
        start = by_folder(thing.ends[0]) if thing.ends else None
        prop = edge_property(thing.type, start, label_of(thing.ends[1])) if start else None
        return prop.name if prop else ""
