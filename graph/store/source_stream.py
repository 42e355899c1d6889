"""Sources as streams of N-Quads: what a store is built from, and how it tells whether a source has changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import IO, Any, NamedTuple, Self

import pyoxigraph as ox

from citydiplomacy.errors import InputError
from citydiplomacy.ontology.schemes import turtle_files

from ..merged.view import view_quads
from ..model.schema import Kind, Record, RecordClass
from ..model.sources import Place, SourceRecords
from ..rdf import triples
from ..rdf.graph_names import ONTOLOGY_GRAPH
from . import readings
from .manifest import SourceEntry

Progress = Callable[[str, int], None]
"""Called with a source's id and the number of its records done so far."""


class Mention(NamedTuple):
    """Who refers to something: the record, and how it is told where its source says so."""

    record: str
    place: Callable[[str], Place | None] = lambda _: None


class Feed:
    """Reads sources once and yields their N-Quads, the view as on a day; afterwards knows what it saw.

    entries: digest and counts of each source. shared: by ids that several sources tell, what others than the first say,
    whose view alone is made. counts: merged records by class. known: all ids, and who told each first. references: id
    referred to -> who refers to it first.
    readings: packed sources as they were read, by digest. places: of each source, where it refers to an id first.
    """

    def __init__(self, day: dt.date, progress: Progress | None = None) -> None:
        self._day = day
        self.entries: dict[str, SourceEntry] = {}
        self.shared: dict[str, list[tuple[str, Record]]] = {}
        self.counts: Counter[str] = Counter()
        self.known: dict[str, str] = {}
        self.references: dict[str, Mention] = {}
        self.readings: dict[str, bytes] = {}
        self.places: dict[str, Callable[[str], Place | None]] = {}
        self._progress = progress

    def source(self, told: SourceRecords) -> Iterator[tuple[str, bytes, bytes]]:
        """Each record of one source: its id, its N-Quads, and those of its merged view if nobody told it before."""
        source_id = told.source.id
        if source_id in self.entries:
            raise InputError(
                f"two sources have the id {source_id}", hint="Give one of them another id; an id names one graph."
            )
        self.places[source_id] = told.places
        graph = triples.node(source_id)
        digest = hashlib.sha256()
        records = quads = 0
        for record in _with_source(told):
            fragments, source_only = triples.predicate_objects(record)
            own = triples.quads(record.id, fragments + source_only, graph).encode()
            digest.update(own)
            quads += len(fragments) + len(source_only)
            records += 1
            self._note(record, told)
            first = self.known[record.id] == source_id
            yield record.id, own, self._view(record, fragments, source_id) if first else b""
            if self._progress and records % 1000 == 0:
                self._progress(source_id, records)
        if self._progress:
            self._progress(source_id, records)
        reading = ""
        if told.as_read is not None:
            reading, packed = readings.pack(told.as_read)
            self.readings[reading] = packed
        collection = told.source.collection or source_id
        self.entries[source_id] = SourceEntry(digest.hexdigest(), records, quads, collection, reading)

    def _view(self, record: Record, fragments: list[str], source_id: str) -> bytes:
        return view_quads(record, fragments, (source_id,), 1, (), self._day).encode()

    def _note(self, record: Record, told: SourceRecords) -> None:
        source_id = told.source.id
        first = self.known.setdefault(record.id, source_id)
        if first == source_id:
            self.counts[record.schema.name] += 1
        else:
            self.shared.setdefault(record.id, []).append((source_id, record))
        for read in _reference_readers(record.schema):
            for reference in read(record):
                if reference not in self.references:
                    self.references[reference] = Mention(record.id, told.places)


def _with_source(told: SourceRecords) -> Iterator[Record]:
    yield told.source
    yield from told.records


@cache
def _reference_readers(schema: RecordClass) -> list[Callable[[Record], Iterable[str]]]:
    def reader(name: str, many: bool) -> Callable[[Record], Iterable[str]]:
        def several(record: Any) -> Iterable[str]:
            return getattr(record, name)  # type: ignore[no-any-return]

        def one(record: Any) -> Iterable[str]:
            value = getattr(record, name)
            return () if value is None else (value,)

        return several if many else one

    return [reader(prop.name, prop.many) for prop in schema.properties if prop.kind in (Kind.REFERENCE, Kind.CONCEPT)]


class Waiting:
    """Views of records, in a file without a name until all sources have been read: only then is it known which of them
    others tell too.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this
        self._ids: list[str] = []
        self._lengths = array("L")

    def add(self, record_id: str, view: bytes) -> None:
        """Put a view behind the others."""
        self._file.write(view)
        self._ids.append(record_id)
        self._lengths.append(len(view))

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """All, in the order in which they came."""
        self._file.seek(0)
        for record_id, length in zip(self._ids, self._lengths, strict=True):
            yield record_id, self._file.read(length)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


@cache
def ontology() -> tuple[bytes, str, frozenset[str]]:
    """The ontology as N-Quads, in its own graph and in the default graph; its digest; and the ids of its concepts."""
    lines: set[str] = set()
    ids = set()
    for file in turtle_files():
        for triple in ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE):
            text = f"{triple.subject} {triple.predicate} {triple.object}"
            lines |= {f"{text} .\n", f"{text} <{ONTOLOGY_GRAPH}> .\n"}
            if isinstance(triple.subject, ox.NamedNode) and (found := triples.record_id(triple.subject.value)):
                ids.add(found)
    data = "".join(sorted(lines)).encode()
    return data, hashlib.sha256(data).hexdigest(), frozenset(ids)
