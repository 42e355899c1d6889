"""The TOML beside tables: what source they are, how many rows to expect, and how files with foreign columns are read.

docs/tables.md describes every key. A key that is not known is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from citydiplomacy.graph.language.calendars import GREGORIAN, SOLAR
from citydiplomacy.graph.model.records import ACTORS
from citydiplomacy.graph.model.schema import REGISTRY, RecordClass, by_table

from ..cells.cells import unknown
from ..formats.delimited import Extent
from .column_map import ColumnMap, column_maps, meant
from .toml import TomlSection, line_of, read_toml


@dataclass(frozen=True, slots=True)
class TableMap:
    """How one file (or sheet of a workbook) with foreign columns is read as records of one class."""

    file: str
    record: RecordClass
    columns: Mapping[str, tuple[ColumnMap, ...]]
    """By our column; where it has many values there may be several."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Cells that are the same in every row; `{row}` in them is the line number."""
    sheet: str = ""
    """Of a workbook, the first if not named; `nodes` or `edges` of a network."""
    header: tuple[str, ...] | None = None
    """Names of the columns of a file that has no header line."""
    delimiter: str = ""
    encoding: str = "utf-8"
    quote: str = '"'
    na: frozenset[str] = frozenset()
    """Cells that mean: unknown."""
    decimal: str = "."
    thousands: str = ""
    """What stands between thousands."""
    where: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Only the rows whose cells are among these, by foreign column."""
    mirrored: bool = False
    """Every tie should stand twice, once each way."""
    unless: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """No row with one of these cells, by foreign column: sums, footers."""
    each: Mapping[str, str] = field(default_factory=dict)
    """What stands between several values of a foreign column: the row is read once with each of them."""
    aside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """How brackets at the end of a foreign column begin that become a column of their own."""
    heads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By foreign column the cells that, alone in their row, head the rows below: they become a column of their own."""
    across: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The columns of a matrix, by what the names of these are: the row is read once with each whose cell says
    anything."""
    fill: tuple[str, ...] = ()
    """Foreign columns that take the cells of the row above where all of them are empty."""
    asks: tuple[str, ...] = ()
    """Foreign columns of which at least one says something in a row that is read: what a list asks for."""
    skip: int = 0
    """Lines above the header."""
    until: int = 0
    """The last line of the table, where another stands below it."""
    same: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """How cells of a foreign column are read that are written in several ways: the one by the others."""
    ditto: tuple[str, ...] = ()
    """Cells that stand for the one above, as `"` and `idem`."""
    footnotes: bool = False
    """Whether marks of footnotes, `2006[1]`, are left out of all cells."""
    markup: bool = False
    """Whether what pages are written with, `[[Lahore]]`, is left out of all cells."""
    section: str = "tables[1]"
    """Its place in the TOML file."""

    @property
    def extent(self) -> Extent:
        """Which rows of the file are read."""
        return Extent(self.skip, self.until, frozenset().union(*self.unless.values(), *self.heads.values()))

    @property
    def added(self) -> list[str]:
        """The columns that it makes, after those of the file, in the order in which rows have them."""
        pairs = [column for name in self.across for column in (name, cell_of(name))]
        return [*map(aside_of, self.aside), *map(head_of, self.heads), *pairs]


def aside_of(column: str) -> str:
    """What the column is called that takes what stands aside in another."""
    return f"{column} (aside)"


def head_of(column: str) -> str:
    """What the column is called that takes what heads the rows of another."""
    return f"{column} (head)"


def cell_of(name: str) -> str:
    """What the column is called that takes the cells of a matrix."""
    return f"{name} (cell)"


@dataclass(frozen=True, slots=True)
class Description:
    """What a TOML file says."""

    file: Path
    source: dict[str, str]
    """Cells of the source's own row in a table of sources; empty if the file has no [source]."""
    calendar: str
    expected: dict[str, int]
    """Rows by table name."""
    tables: tuple[TableMap, ...]
    text: str

    def line(self, section: str, key: str) -> int | None:
        """The line of a key of a section, None if it cannot be told."""
        return line_of(self.text, section, key)


def read_description(path: Path, data: bytes | None = None) -> Description:
    """Read a TOML file. Raises InputError for what is wrong in it, with the line where that can be told.

    data: what stands in it, where it is none of its own.
    """
    top = read_toml(path, data)
    source = top.section("source")
    calendar = source.take("calendar", str, GREGORIAN)
    if calendar not in (GREGORIAN, SOLAR):
        raise source.error("calendar", "unknown calendar", expected=f"{GREGORIAN} or {SOLAR}")
    expected = top.section("expected")
    for name in expected.values:
        if by_table(name) is None:
            raise expected.wrong(name, unknown("table", name, tables()))
    defaults = top.section("defaults").values
    description = Description(
        path,
        {key: source.cell(key) for key in source.values},
        calendar,
        {name: expected.take(name, int, 0) for name in list(expected.values)},
        # What is tied comes before what ties it, so that a tie is refused with the row of its city.
        tuple(sorted((_table(each, defaults) for each in top.sections("tables")), key=_ties)),
        top.text,
    )
    top.finish()
    return description


def _ties(table: TableMap) -> bool:
    return table.record.name not in ACTORS


def tables() -> list[str]:
    """The names of all tables: one a record class."""
    return [entry.table for entry in REGISTRY.values()]


def _table(section: TomlSection, defaults: Mapping[str, Any]) -> TableMap:
    section.values = {**defaults, **section.values}
    file, name = section.take("file", str), section.take("record", str)
    entry = by_table(name) or REGISTRY.get(name)
    if entry is None:
        section.values["record"] = name
        raise section.wrong("record", unknown("table", name, tables()))
    if "\0" in file:
        section.values["file"] = file
        raise section.error("file", "not a path", expected="the name of a file")
    encoding = section.take("encoding", str, "utf-8")
    try:
        "a".encode(encoding)
    except (LookupError, ValueError):  # also for a name that holds a NUL, and for the encoding `undefined`
        section.values["encoding"] = encoding
        raise section.error("encoding", "unknown encoding", expected="utf-8, cp1256 or another") from None
    columns, constants = section.section("columns"), section.section("constants")
    for name in constants.values:
        meaning = meant(constants, name, entry)
        if name in columns.values and not meaning.many:
            raise constants.error(name, "both a column and a constant")
    header = section.take("header", list, None)
    where, unless, each = section.section("where"), section.section("unless"), section.section("each")
    aside, heads, across = section.section("aside"), section.section("heads"), section.section("across")
    same = section.section("same")
    mirrored = section.take("mirrored", bool, False)
    if mirrored and len(entry.ends) != 1:
        section.values["mirrored"] = mirrored
        raise section.error("mirrored", "only agreements stand once each way")
    result = TableMap(
        file,
        entry,
        {name: column_maps(columns, name, entry) for name in list(columns.values)},
        {name: constants.cell(name) for name in list(constants.values)},
        section.take("sheet", str, ""),
        tuple(str(name) for name in header) if header is not None else None,
        section.letter("delimiter", ""),
        encoding,
        section.letter("quote", '"'),
        frozenset(str(word) for word in section.take("na", list, [])),
        section.letter("decimal", ".") or ".",
        section.letter("thousands", ""),
        {name: frozenset(_words(where, name)) for name in list(where.values)},
        mirrored,
        {name: frozenset(_words(unless, name)) for name in list(unless.values)},
        {name: _separator(each, name) for name in list(each.values)},
        {name: tuple(_words(aside, name)) for name in list(aside.values)},
        {name: frozenset(_words(heads, name)) for name in list(heads.values)},
        {name: tuple(_words(across, name)) for name in list(across.values)},
        tuple(str(name) for name in section.take("fill", list, [])),
        tuple(str(name) for name in section.take("asks", list, [])),
        section.take("skip", int, 0),
        section.take("until", int, 0),
        {name: _ways(same.section(name)) for name in list(same.values)},
        tuple(_words(section, "ditto")) if "ditto" in section.values else (),
        section.take("footnotes", bool, False),
        section.take("markup", bool, False),
        section.name,
    )
    section.finish()
    return result


def _words(section: TomlSection, key: str) -> list[str]:
    """A list of words, or one."""
    if isinstance(section.values[key], str):
        return [section.take(key, str)]
    return [str(word) for word in section.take(key, list)]


def _ways(section: TomlSection) -> dict[str, str]:
    """One way of writing by the others, of `Ohio = ["OH"]`."""
    ways = {other: one for one in list(section.values) for other in _words(section, one)}
    section.finish()
    return ways


def _separator(section: TomlSection, key: str) -> str:
    """What stands between several values of a cell: one sign or more."""
    found: str = section.take(key, str)
    if not found:
        section.values[key] = found
        raise section.error(key, "nothing to take cells apart at", expected='a sign such as ";"')
    return found
