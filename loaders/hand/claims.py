"""A person's own collection: the sources that the person names, and what each of them tells.

It is read as a folder of tables would be, with what is new as one row more: the same checks, the same ids, the same
records. What is told under other ids by now is told again as it was entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.export.tables import row
from citydiplomacy.graph.language.calendars import GREGORIAN
from citydiplomacy.graph.model.ids import slug
from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.model.schema import Record, RecordClass
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store.manifest import SourceEntry
from citydiplomacy.graph.store.reader import Store

from ..formats.delimited import OpenTable, Row
from ..resolution.decisions import BY_RESOLUTION
from ..resolution.resolve import Resolution
from ..resolution.retelling import as_read
from ..tables.folder import read_inputs
from ..tables.inputs import Input, OwnCells
from ..tables.mapping import Description

BY_HAND = "source/by-hand-"
"""How the ids of persons' own collections begin."""
FACT, SOURCE = "fact", "source"
"""Which of the two rows of an entry an error is about: its `file`."""
LONG = 80
"""Letters of a title from which on an id is made of its beginning and a digest."""

Cells = Mapping[str, str]
"""A row of a table, by column."""
Held = dict[str, tuple[Source, list[Record]]]
"""The sources of a collection by id, each with what it tells."""


@dataclass(frozen=True)
class EnteredFact:
    """A fact as it is entered: a row of the table of its class, and a row of `sources` that describes who says so."""

    record: RecordClass
    cells: Cells
    source: Cells


def collection_of(who: str) -> Source:
    """The source that a person's collection goes by. Raises UsageError for a name without letters."""
    who = " ".join(who.split())
    if not slug(who):
        raise UsageError("nobody enters this: there is no name.", hint="Say who: --who NAME")
    return Source(
        id=BY_HAND + slug(who),
        kind="evidence-kind/coding",
        labels=(Text(f"Entered by hand by {who}", "en"), Text(f"واردشده با دست: {who}", "fa")),
        creators=(who,),
    )


def named(title: str) -> str:
    """What an id is made of where a thing is named by a title; empty for one without letters."""
    told = slug(title)
    return f"{told[:LONG].strip('-')}-{sha256(title.encode()).hexdigest()[:8]}" if len(told) > LONG else told


def held(store: Store, collection: Source) -> Held:
    """What a collection holds, as it was entered. Raises UsageError where it is that of a person of another name."""
    found: Held = {}
    for name, entry in sorted(store.manifest.sources.items()):
        if entry.collection != collection.id or name.startswith(BY_RESOLUTION):
            continue
        found[name] = _as_entered(store, name, entry)
    there = found.get(collection.id)
    if there and there[0].creators != collection.creators:
        who, other = collection.creators[0], " ".join(there[0].creators)
        raise UsageError(f"the names {who!r} and {other!r} are too much alike.", hint="Use one of them.")
    return found


def read(collection: Source, entry: EnteredFact) -> Record:
    """The record that an entry tells by itself. Raises InputError; its `file` says which of the two rows is wrong."""
    told = {one.source.id: list(one.records) for one in _read(collection, {}, _rows(entry))}
    return told[entry.source["id"]][0]


def added(collection: Source, there: Held, entry: EnteredFact) -> list[SourceRecords]:
    """A collection with one entry more. Raises InputError, also for what its source tells otherwise already."""
    return _read(collection, there, _rows(entry))


def withdrawn(collection: Source, there: Held, source: str, record: str) -> list[SourceRecords]:
    """A collection without what a source of it tells of a record; a source that then tells nothing goes too.

    Raises UsageError where it tells nothing of it.
    """
    if source not in there or not any(each.id == record for each in there[source][1]):
        raise UsageError("that fact is not there, or no longer.")
    left = {
        name: (one, [each for each in told if name != source or each.id != record])
        for name, (one, told) in there.items()
    }
    return _read(collection, {name: told for name, told in left.items() if told[1]}, [])


def settled(store: Store, loaded: list[SourceRecords]) -> list[SourceRecords]:
    """What a store is to be told, with things under the ids by which they are known, as any load."""
    return list(Resolution(store).settle([loaded]))


def entered(store: Store) -> Iterator[SourceRecords]:
    """The sources of all persons' collections in a store, as they were entered, with the matches made for them."""
    for name, entry in sorted(store.manifest.sources.items()):
        if entry.collection.startswith(BY_HAND):
            yield SourceRecords(*_as_entered(store, name, entry))


def _as_entered(store: Store, name: str, entry: SourceEntry) -> tuple[Source, list[Record]]:
    """A source, and what it tells, under the ids with which it was entered."""
    records = {record.id: record for record in as_read(store, name, entry)}
    source = records.pop(name, None) or store.get(name, name)
    assert isinstance(source, Source)
    return source, list(records.values())


def _rows(entry: EnteredFact) -> list[Input]:
    fact = {**entry.cells, "source": entry.source["id"]}
    return [_input(SOURCE, Source.schema, [entry.source]), _input(FACT, entry.record, [fact])]


def _read(collection: Source, there: Held, new: Sequence[Input]) -> list[SourceRecords]:
    """A collection as its loader reads it."""
    own, _ = there.get(collection.id, (collection, ()))
    rows: dict[RecordClass, list[Cells]] = {}
    for name, (source, records) in there.items():
        if name != own.id:
            rows.setdefault(Source.schema, []).append(row(source))
        for record in records:
            beside = {} if name == own.id else {"source": name}
            rows.setdefault(record.schema, []).append({**row(record), **beside})
    inputs = [*(_input(entry.table, entry, several) for entry, several in rows.items()), *new]
    description = Description(Path(own.id), {}, GREGORIAN, {}, (), "")
    return read_inputs(description, OwnCells(own.id, row(own), lambda _: None), inputs)


def _input(name: str, entry: RecordClass, rows: Iterable[Cells]) -> Input:
    rows = list(rows)
    header = tuple(dict.fromkeys(column for each in rows for column in each))
    lines: list[Row] = [(number, [each.get(column, "") for column in header]) for number, each in enumerate(rows, 2)]
    return Input(name, entry, None, partial(_opened, name, header, lines))


def _opened(name: str, header: tuple[str, ...], lines: list[Row], _: object) -> OpenTable:
    return OpenTable(name, header, 1, iter(lines))
