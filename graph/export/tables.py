"""A store as folders of tables, one a collection, which the tables loader reads again without loss."""

from __future__ import annotations

import csv
import heapq
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import tomli_w

from ..language.dates import marked
from ..model.ids import folder_name
from ..model.records import Source
from ..model.schema import REGISTRY, Kind, Property, Record, RecordClass
from ..model.table_cells import SINGULAR, join_values
from ..model.values import Date, Text
from ..rdf.triples import plain
from ..store.reader import Store

Row = dict[str, str]


def write_tables(store: Store, folder: Path) -> dict[str, int]:
    """Write `folder/<collection>/` for every collection. Returns rows by file, relative to the folder.

    The id of a collection names one folder, whatever it holds: `un/2020` is `un%2F2020`.
    """
    collections: dict[str, list[str]] = defaultdict(list)
    for source, entry in sorted(store.manifest.sources.items()):
        collections[entry.collection].append(source)
    written = {}
    for collection, sources in collections.items():
        place = folder / folder_name(collection)
        place.mkdir()
        own = store.get(collection, collection)
        assert isinstance(own, Source)
        (place / "source.toml").write_bytes(tomli_w.dumps({"source": _description(own)}).encode())
        for schema in REGISTRY.values():
            path = place / f"{schema.table}.csv"
            told = {source: store.records(schema.cls, source) for source in sources}
            if number := _write(path, schema, (row(record) | extra for record, extra in rows(told, collection))):
                written[str(path.relative_to(folder))] = number
    return written


def rows(told: Mapping[str, Iterable[Record]], collection: str) -> Iterator[tuple[Record, Row]]:
    """What a collection tells of a class, by id, then by source: a record, and the cell that names its source if that
    is not the collection's own.

    told: what each source tells of the class, in the order of the ids.
    """

    def of(source: str) -> Iterator[tuple[Record, Row]]:
        for record in told[source]:
            if record.id != collection:
                named = source not in {collection, record.id}
                yield record, ({"source": source.removeprefix("source/")} if named else {})

    return heapq.merge(*map(of, told), key=lambda one: (one[0].id, one[1].get("source", "")))


def _write(path: Path, schema: RecordClass, rows: Iterable[Row]) -> int:
    """Write a table, if there are rows. Returns how many.

    The rows wait in a file: which columns they fill is known at the end.
    """
    used: set[str] = set()
    number = 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as waiting:
        for row in rows:
            used.update(row)
            waiting.write(json.dumps(row) + "\n")
            number += 1
        if not number:
            return 0
        header = [
            "id",
            *(name for name in columns(schema, used) if name in used),
            *(["source"] if "source" in used else []),
        ]
        waiting.seek(0)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(map(json.loads, waiting))
    return number


def columns(entry: RecordClass, used: Iterable[str]) -> Iterator[str]:
    """The columns of a class's properties, in order; of texts those of the languages that are used."""
    for prop in entry.properties:
        if prop.kind is Kind.TEXT:
            stem = SINGULAR.get(prop.name, prop.name)
            yield from sorted(name for name in used if name.rpartition("_")[0] == stem)
        else:
            yield prop.name
            if prop.kind is Kind.DATE:
                yield f"{prop.name}_original"


def row(record: Record) -> Row:
    """A record as the cells of a table of its class, by column."""
    cells = {"id": record.id}
    for prop in record.schema.properties:
        value = getattr(record, prop.name)
        if value is not None and value != () and not (prop.name == "collection" and record.schema.name == "Source"):
            cells.update(_cells(prop, value))
    return cells


def _cells(prop: Property, value: Any) -> Iterator[tuple[str, str]]:
    match prop.kind:
        case Kind.TEXT:
            texts: dict[str, list[str]] = defaultdict(list)
            for text in value:
                texts[text.lang].append(text.value)
            for lang, several in texts.items():
                name = f"{SINGULAR.get(prop.name, prop.name)}_{lang}"
                yield name, join_values(several) if prop.many else several[0]
        case Kind.DATE:
            yield prop.name, marked(value.edtf)
            if value.original:
                yield f"{prop.name}_original", value.original
        case _:
            yield prop.name, join_values(map(_text, value)) if prop.many else _text(value)


def _text(value: Any) -> str:
    return plain(value) if hasattr(value, "as_tuple") else str(value)


def _description(source: Source) -> dict[str, Any]:
    """The keys that describe a source in its `source.toml`."""
    said: dict[str, Any] = {"id": source.id.removeprefix("source/")}
    for prop in source.schema.properties:
        value = getattr(source, prop.name)
        if value is None or value == () or prop.name == "collection":
            continue
        name = "title" if prop.name == "labels" else SINGULAR.get(prop.name, prop.name)
        match value:
            case Date():
                said[prop.name] = marked(value.edtf)
                if value.original:
                    said[f"{prop.name}_original"] = value.original
            case (Text(), *_):
                for lang in sorted({text.lang for text in value}):
                    texts = [text.value for text in value if text.lang == lang]
                    said[f"{name}_{lang}"] = texts if prop.many else texts[0]
            case tuple():
                said[prop.name] = list(value)
            case _:
                said[prop.name] = value.partition("/")[2] if prop.kind is Kind.CONCEPT else value
    return said
