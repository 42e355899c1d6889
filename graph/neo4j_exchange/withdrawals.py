"""What earlier pulls told, and is withdrawn since it is no longer so on the server, whoever pulled it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..model.schema import Record, RecordClass
from ..model.sources import SourceRecords
from ..neo4j.push_lock import State
from ..neo4j.unproject import Unreadable, is_derived, joined, property_of, read
from ..property.values import claim_id, says
from ..store.reader import Store
from .pulled import located, made, merged_as, tells_nothing, withdrawn
from .server_edits import ServerEdits


class Withdrawals:
    """The sources of pulls, as they are to stand."""

    def __init__(self, store: Store, before: Iterable[SourceRecords]) -> None:
        self._store = store
        self.before = {one.source.id: one for one in before}
        self.kept = {name: {record.id: record for record in one.records} for name, one in self.before.items()}
        self.things: set[str] = set()
        """Ids of the records of which something is withdrawn."""

    def sources_of(self, thing: str) -> list[str]:
        """The pulls that tell a thing."""
        return sorted(name for name, one in self.before.items() if any(record.id == thing for record in one.records))

    def merged(self, thing: str, known: Record | None) -> Record | None:
        """What the store says of a thing without what is withdrawn; `known` is with it."""
        return merged_as(self._store, thing, self.kept) if thing in self.things else known

    def set_back(self, state: State, found: ServerEdits) -> None:
        """Withdraw what pulls from this database told, was not pushed since, and is no longer so there.

        What is missing after a push of another store, or one that was cut off, may have been taken by that.
        """
        unpushed = {
            source_id
            for source_id in self.before
            if state.sources.get(source_id) != self._store.manifest.sources[source_id].digest
        }
        held = found.held_ids
        by_pushes = not state.complete or bool(state.sources.keys() - self._store.manifest.sources.keys())
        for source_id in unpushed:
            there = made([self.before[source_id]])
            for thing, one in there.items():
                pushed = found.held.said.get(claim_id(source_id, thing))
                kept = self.kept[source_id].get(thing)
                if kept is None or one.database != found.database or pushed == says(kept):
                    continue  # of another server, or told there: what others say may stand in its place
                if one.element and thing not in held and not (by_pushes or found.has_made(kept, there)):
                    self.withdraw(thing, source_id)
                elif not one.element and (now := found.unedited.get(thing)) is not None:
                    self._compare(thing, source_id, now)

    def seen(self, where: Mapping[str, str], left: Collection[str]) -> None:
        """Let each pull that tells a thing that somebody made know what that says now, since all of it is brought.

        Else what it said at an earlier pull would be in the way of each push. where: locators by id. left: ids of the
        things of which something is not brought.
        """
        for source_id, kept in self.kept.items():
            for thing, one in made([self.before[source_id]]).items():
                if thing in kept and thing not in left and where.get(thing, "").startswith(located(one.element)):
                    kept[thing] = replace(kept[thing], locators=(where[thing],))

    def _compare(self, thing: str, source_id: str, now: Mapping[str, Any]) -> None:
        """Withdraw what a source says of a thing, and the thing as it was pushed does not."""
        record = self.kept[source_id][thing]
        schema = record.schema
        said: defaultdict[str, Any] = defaultdict(tuple)
        for called, value in now.items():
            if not is_derived(schema, called):
                try:
                    name, values = read(schema, called, value, record)
                except Unreadable:
                    continue
                said[name] = joined(schema.by_name[name], said[name], values) if name in said else values
        for prop in schema.properties:
            if not prop.required and prop.name not in ("locators", "notes", "cited") and prop.edge is None:
                record = withdrawn(record, prop, said.get(prop.name))
        self._keep(thing, source_id, record)

    def unsay(self, thing: str, schema: RecordClass, called: str, now: Any, known: Record | None) -> bool:
        """Withdraw what pulls told of a property, and is not what is there now. Whether anything was."""
        try:
            value = read(schema, called, now, known)[1] if now is not None else None
        except Unreadable:
            return False
        name, language = property_of(schema, called)
        before = len(self.things)
        for source_id in self.sources_of(thing):
            record = self.kept[source_id].get(thing)
            if record is not None and name:
                self._keep(thing, source_id, withdrawn(record, schema.by_name[name], value, language))
        return len(self.things) > before

    def withdraw(self, thing: str, source_id: str) -> None:
        """Withdraw all that a source tells of a thing."""
        if self.kept[source_id].pop(thing, None) is not None:
            self.things.add(thing)

    def unlink(self, thing: str, source_id: str, name: str, other: str) -> None:
        """Withdraw that a source refers from a thing to another by a property."""
        record = self.kept[source_id].get(thing)
        if record is not None:
            said = getattr(record, name)
            now = tuple(one for one in said if one != other) if isinstance(said, tuple) else None
            self._keep(thing, source_id, withdrawn(record, record.schema.by_name[name], now))

    def _keep(self, thing: str, source_id: str, record: Record) -> None:
        """Let a source of a pull say this of a thing; nothing if it says no more than it must of what others tell."""
        if record == self.kept[source_id].get(thing):
            return
        self.things.add(thing)
        others = self._store.claims(thing).keys() - {source_id}
        if others and tells_nothing(record):
            del self.kept[source_id][thing]
        else:
            self.kept[source_id][thing] = record
