"""Sources told again under the ids by which their things are known, as they were read, and with their matches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from citydiplomacy.graph.model.records import Match, Source
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.store import readings
from citydiplomacy.graph.store.manifest import SourceEntry
from citydiplomacy.graph.store.reader import Store

from .decisions import BY_PERSONS, Decision, decisions, ids_told, matches, told
from .identity import renamed
from .match_records import resolution_of


def decide(store: Store, decided: list[Decision]) -> list[SourceRecords]:
    """What a store is to be told when persons decided anew: the sources that change by it, and the decisions."""
    made = [match for _, match in matches(store)]
    new_ids = ids_told(made, decided)
    changed = list(retold(store, ids_told(made, decisions(store)), new_ids, ()))
    there = {record.id for one in changed for record in one.records} | in_store(store, decided, new_ids, ())
    return [*changed, *told(decided, new_ids, there)]


def retold(
    store: Store, before: Mapping[str, str], after: Mapping[str, str], without: Iterable[str]
) -> Iterator[SourceRecords]:
    """The sources of a store that change when ids are told otherwise; `without` are collections to leave out."""
    changed = {one for one in before.keys() | after.keys() if before.get(one, one) != after.get(one, one)}
    affected = {source_id for one in changed for source_id in store.naming(before.get(one, one))}
    for source_id in sorted(affected):
        entry = store.manifest.sources[source_id]
        source = store.get(source_id, source_id)
        assert isinstance(source, Source)
        if entry.collection not in without and not source_id.startswith(BY_PERSONS):
            yield told_under(SourceRecords(source, (), alone=True), as_read(store, source_id, entry), after)


def in_store(store: Store, decided: Iterable[Decision], new_ids: Mapping[str, str], without: Iterable[str]) -> set[str]:
    """Ids that decisions are about and that a store tells, also when some of its collections are left out."""
    return {
        name
        for decision in decided
        for name in (new_ids.get(one, one) for one in decision.pair)
        if any(store.manifest.sources[source_id].collection not in without for source_id in store.claims(name))
    }


def as_read(store: Store, source_id: str, entry: SourceEntry) -> list[Record]:
    """What a source of a store says, as it was read."""
    if entry.reading:
        return readings.read(store.folder, entry.reading)
    return sorted(
        (record for record in store.records(None, source_id) if record.id != source_id), key=lambda record: record.id
    )


def told_under(told: SourceRecords, records: Iterable[Record], new_ids: Mapping[str, str]) -> SourceRecords:
    """A source with its records, as they were read, under new ids; what it covers takes them too.

    Among the records may be the source itself, as it was read.
    """
    several = {record.id: record for record in records}
    own = several.pop(told.source.id, told.source)
    read = list(several.values())
    if not new_ids:
        return replace(told, records=read, as_read=None)
    (source,), new = renamed([own], new_ids), renamed(read, new_ids)
    assert isinstance(source, Source)
    kept = sorted([*read, own], key=lambda record: record.id) if source != own else read
    return replace(told, source=source, records=new, as_read=kept if source != own or new != read else None)


def with_matches(
    resolved: list[SourceRecords], loaded: list[SourceRecords], made: Iterable[Match], new_ids: Mapping[str, str]
) -> list[SourceRecords]:
    """Matches as sources of the collections whose records they are about, after these."""
    collection_of: dict[str, str] = {}
    for one in loaded:
        for record in one.records:
            collection_of.setdefault(record.id, one.source.collection or one.source.id)
            name = new_ids.get(record.id)
            if name:
                collection_of.setdefault(name, one.source.collection or one.source.id)
    by_collection: dict[str, list[Match]] = defaultdict(list)
    for one_match in made:
        # Of two that were known already, the load speaks of one at least.
        of_one = collection_of.get(one_match.one)
        by_collection[of_one or collection_of[one_match.other]].append(one_match)
    sources = {one.source.id: one.source for one in loaded}
    for collection, several in sorted(by_collection.items()):
        source = resolution_of(collection, sources.get(collection))
        there = next((one for one in resolved if one.source.id == source.id), None)
        records: list[Record] = sorted(several, key=lambda match: match.id)
        if there:  # what was loaded is an export, with matches of its own
            resolved.remove(there)
            source = there.source
            records = sorted({record.id: record for record in (*there.records, *records)}.values(), key=lambda r: r.id)
        resolved.append(told_under(SourceRecords(source, ()), records, new_ids))
    return resolved
