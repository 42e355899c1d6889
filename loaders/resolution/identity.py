"""Records under the ids by which things are known: which ids are declared to be known ones, and the renaming itself.

A city that carries the Wikidata item or GeoNames number of a city that is known already takes its id, and so do all
references to it: the source that spoke first named it. What follows from names and places is in resolution.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from citydiplomacy.errors import InputError
from citydiplomacy.graph.merged.rule import Claim, merge
from citydiplomacy.graph.model.ids import derive
from citydiplomacy.graph.model.schema import Kind, Merge, Record

from .profiles import canonical


class Identities:
    """The ids of things known, by their addresses elsewhere."""

    def __init__(self, known: Iterable[Record] = ()) -> None:
        self._ids: dict[str, str | None] = {}
        for record in known:
            self.know(record)

    def know(self, record: Record) -> None:
        """Remember a record's addresses; one that two records claim tells nothing."""
        for address in getattr(record, "exact_match", ()):
            if self._ids.setdefault(canonical(address), record.id) != record.id:
                self._ids[canonical(address)] = None

    def declared(self, records: Iterable[Record]) -> dict[str, tuple[str, str]]:
        """Ids of records that bear an address of something known: id -> (known id, address).

        Left out are those that bear addresses of several, and of something that is told beside them.
        """
        records = list(records)
        present = {record.id for record in records}
        found: dict[str, dict[str, str]] = {}
        for record in records:
            for address in getattr(record, "exact_match", ()):
                known = self._ids.get(canonical(address))
                if known and known != record.id and known.partition("/")[0] == record.id.partition("/")[0]:
                    found.setdefault(record.id, {}).setdefault(known, address)
        return {
            old: next(iter(several.items()))
            for old, several in found.items()
            if len(several) == 1 and present.isdisjoint(several)
        }


def renamed(records: Iterable[Record], new_ids: Mapping[str, str]) -> list[Record]:
    """Records of one source with things under their new ids, and so the ties that name them; sorted by id.

    Records that come to have one id are merged: what most of them say stands. Raises InputError if a tie would come to
    have the same party twice.
    """
    found = sorted((_record(record, new_ids) for record in records), key=lambda record: record.id)
    return [_one(list(several)) for _, several in groupby(found, key=lambda record: record.id)]


def _one(records: list[Record]) -> Record:
    if len(records) == 1:
        return records[0]
    told = [(f"{number:06}", record) for number, record in enumerate(records)]
    merged = merge([Claim(each, each, 1, None, record) for each, record in told]).record
    kept: dict[str, Any] = {
        prop.name: tuple(sorted({value for record in records for value in getattr(record, prop.name)}))
        for prop in merged.schema.properties
        if prop.merge is Merge.SOURCE
    }
    return replace(merged, **kept)


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
            changes[prop.name] = tuple(sorted({new_ids.get(one, one) for one in value}))
    if record.id in new_ids:
        changes["id"] = new_ids[record.id]
    if not changes:
        return record
    new = replace(record, **changes)
    ends = record.schema.ends_of(record)
    if len(set(record.schema.ends_of(new))) < 2 <= len(set(ends)):
        raise InputError(
            f"{' and '.join(ends)} have a tie with each other ({record.id}), so they are not the same",
            hint="If the tie is wrong, take it out of its source first.",
        )
    new_id = _derived(new)
    return replace(new, id=new_id) if new_id and record.id == _derived(record) else new


def _derived(record: Record) -> str | None:
    values = {prop.name: getattr(record, prop.name) for prop in record.schema.properties}
    return derive(record.schema.name, {name: value for name, value in values.items() if value not in (None, ())})
