"""Which records of different sources are the same thing, by what they say of themselves elsewhere.

A city that carries the Wikidata item or GeoNames number of a city that is known already takes its id, and so do all
references to it: the source that spoke first named it. Nothing is guessed from names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from citydiplomacy.graph.ids import derive
from citydiplomacy.graph.records import Record
from citydiplomacy.graph.schema import Kind
from citydiplomacy.graph.sources import SourceRecords


class Identities:
    """The ids of things known, by their addresses elsewhere."""

    def __init__(self, matches: Iterable[tuple[str, str]] = ()) -> None:
        self._ids: dict[str, str | None] = {}
        for address, record_id in matches:
            self._know(address, record_id)

    def unify(self, loaded: list[SourceRecords]) -> list[SourceRecords]:
        """The same sources, with things that are known already under the ids by which they are known."""
        new_ids = self._new_ids(loaded)
        unified = [_renamed(told, new_ids) for told in loaded] if new_ids else loaded
        for told in unified:
            for record in told.records:
                for address in getattr(record, "exact_match", ()):
                    self._know(address, record.id)
        return unified

    def _know(self, address: str, record_id: str) -> None:
        """Remember an address; one that two records claim tells nothing."""
        address = _canonical(address)
        if self._ids.setdefault(address, record_id) != record_id:
            self._ids[address] = None

    def _new_ids(self, loaded: list[SourceRecords]) -> dict[str, str]:
        present = {record.id for told in loaded for record in told.records}
        found: dict[str, set[str]] = {}
        for told in loaded:
            for record in told.records:
                for address in getattr(record, "exact_match", ()):
                    known = self._ids.get(_canonical(address))
                    if known and known != record.id and known.partition("/")[0] == record.id.partition("/")[0]:
                        found.setdefault(record.id, set()).add(known)
        return {
            old: next(iter(several)) for old, several in found.items() if len(several) == 1 and not several & present
        }


def _canonical(address: str) -> str:
    """An address without what differs between ways of writing it: Wikidata's own has no `s`, pages stand at /wiki/."""
    return re.sub(r"^https?://www\.wikidata\.org/(?:entity|wiki)/", "http://www.wikidata.org/entity/", address)


def _renamed(told: SourceRecords, new_ids: Mapping[str, str]) -> SourceRecords:
    records = sorted((_record(record, new_ids) for record in told.records), key=lambda record: record.id)
    return SourceRecords(told.source, records)


def _record(record: Record, new_ids: Mapping[str, str]) -> Record:
    changes: dict[str, Any] = {}
    for prop in record.schema.properties:
        if prop.kind is not Kind.REFERENCE:
            continue
        value = getattr(record, prop.name)
        if isinstance(value, str):
            if value in new_ids:
                changes[prop.name] = new_ids[value]
        elif value and not new_ids.keys().isdisjoint(value):
            changes[prop.name] = tuple(sorted(new_ids.get(one, one) for one in value))
    if record.id in new_ids:
        changes["id"] = new_ids[record.id]
    if not changes:
        return record
    renamed = replace(record, **changes)
    new_id = _derived(renamed)
    return replace(renamed, id=new_id) if new_id and record.id == _derived(record) else renamed


def _derived(record: Record) -> str | None:
    values = {prop.name: getattr(record, prop.name) for prop in record.schema.properties}
    return derive(record.schema.name, {name: value for name, value in values.items() if value not in (None, ())})
