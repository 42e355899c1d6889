"""How the cells of one column are read: by what the column means, and by how a file writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from citydiplomacy.graph.language.calendars import GREGORIAN
from citydiplomacy.graph.model.schema import RecordClass
from citydiplomacy.graph.model.table_cells import split_values

from ..cells.cells import CACHED, Cache, Reader, plain, reader, record_id
from .column_map import ColumnMap
from .columns import ColumnMeaning


@dataclass(frozen=True, slots=True)
class Writing:
    """How the cells of a column are written."""

    calendar: str = GREGORIAN
    decimal: str = "."
    thousands: str = ""
    na: frozenset[str] = frozenset()
    source: ColumnMap | None = None
    """For a foreign column: the steps to our cells."""


def quick_reader(meaning: ColumnMeaning, entry: RecordClass, how: Writing) -> Reader:
    """A whole cell's reader that knows which cells mean nothing, and remembers cells where that pays."""
    read = cell_reader(meaning, entry, how)
    if how.na:
        known, nothing = read, (() if meaning.tupled else None)
        read = lambda cell: nothing if cell in how.na else known(cell)  # noqa: E731
    if meaning.prop is not None and meaning.prop.kind in CACHED:
        return Cache(read).__getitem__
    return read


def _reader(meaning: ColumnMeaning, entry: RecordClass, how: Writing) -> Reader:
    """The reader of one value."""
    if meaning.prop is not None:
        return reader(
            meaning.prop, lang=meaning.lang, calendar=how.calendar, decimal=how.decimal, thousands=how.thousands
        )
    if meaning.field in ("id", "source"):
        folder = entry.folder if meaning.field == "id" else "source"
        return lambda cell: record_id(cell, (folder,))
    return plain


def cell_reader(meaning: ColumnMeaning, entry: RecordClass, how: Writing) -> Reader:
    """A whole cell's reader: a tuple for a field of many values or of texts, else one value (None for unknown)."""
    one, source = _reader(meaning, entry, how), how.source
    if meaning.tupled:
        if source is not None:
            parts = source.values
        elif meaning.many:
            parts = split_values
        else:
            return lambda cell: (one(cell),)
        return lambda cell: tuple([one(part) for part in parts(cell)])
    if source is None:
        return one

    def single(cell: str) -> Any:
        found = source.values(cell)
        return one(found[0]) if found else None

    return single


def read_cell(meaning: ColumnMeaning, entry: RecordClass, cell: str) -> Any:
    """One cell outside of any table, such as a value of a TOML file. Raises CellError."""
    return cell_reader(meaning, entry, Writing())(cell)
