"""The TOML beside tables: what source they are, how many rows to expect, and how files with foreign columns are read.

docs/tables.md describes every key. A key that is not known is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from citydiplomacy.graph.language.calendars import GREGORIAN, SOLAR
from citydiplomacy.graph.model.ids import slug
from citydiplomacy.graph.model.schema import REGISTRY, RecordClass, by_table

from ..cells.cells import ERROR, ERRORS, CellError, UnknownWord, unknown
from ..cells.coordinates import AXES, coordinates
from ..cells.countries import country_id
from .columns import Column, column
from .patterns import Pattern
from .toml import Section, line_of, read_toml

WORD = "{word}"
"""In what other words become: the word itself."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How the cells of one or more foreign columns become the values of one of ours, step by step as declared."""

    columns: tuple[str, ...]
    split: str = ""
    """What stands between several values of a cell."""
    pattern: Pattern | None = None
    """What to take of each: the first group, or else all that matches."""
    map: Mapping[str, str] | None = None
    """Our words for theirs."""
    others: str | None = None
    """What a word becomes that is not in the map (`{word}` in it is the word itself); without it that is an error."""
    country: bool = False
    """Take it for a country's name or ISO code; one that is not known is an error."""
    axis: int | None = None
    """Take it for a pair of coordinates, and of them the latitude (0) or the longitude (1)."""
    slug: bool = False
    """Make an id of it: lower case, words joined by hyphens."""
    prefix: str = ""
    join: str | None = None
    """What is put between the cells of several columns, to make one of them; without it each is a value, or the first
    that says anything is, where the property has only one."""
    default: str = ""
    """Our cell where theirs tells nothing."""

    def values(self, cell: str) -> list[str]:
        """The values of a cell, as they would stand in a table of ours. Raises CellError."""
        return [value for part in self._parts(cell) if (value := self._value(part))]

    def _parts(self, cell: str) -> Iterable[str]:
        return filter(None, map(str.strip, cell.split(self.split))) if self.split else (cell,)

    def _value(self, part: str) -> str:
        if part in ERRORS and part not in (self.map or ()):
            raise CellError(ERROR, expected="a value, or in the mapping: na, or a map with this word")
        if self.pattern is not None:
            part = self.pattern.taken(part)
        if self.map is not None:
            part = self._translated(part)
        if self.country and part:
            part = country_id(part)
        if self.axis is not None and part:
            part = format(coordinates(part)[self.axis], "f")
        if self.slug:
            part = slug(part)
        return self.prefix + part if part else ""

    def _translated(self, word: str) -> str:
        assert self.map is not None
        if word in self.map:
            return self.map[word]
        if self.others is None:
            raise UnknownWord("unknown word; the mapping has no value for it", word, self.map.keys())
        return self.others.replace(WORD, word)


@dataclass(frozen=True, slots=True)
class TableMap:
    """How one file (or sheet of a workbook) with foreign columns is read as records of one class."""

    file: str
    record: RecordClass
    columns: Mapping[str, ColumnMap]
    """By our column."""
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
    section: str = "tables[1]"
    """Its place in the TOML file."""


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


def read_description(path: Path) -> Description:
    """Read a TOML file. Raises InputError for what is wrong in it, with the line where that can be told."""
    top = read_toml(path)
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
        tuple(_table(section, defaults) for section in top.sections("tables")),
        top.text,
    )
    top.finish()
    return description


def tables() -> list[str]:
    """The names of all tables: one a record class."""
    return [entry.table for entry in REGISTRY.values()]


def _table(section: Section, defaults: Mapping[str, Any]) -> TableMap:
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
        meaning = _meaning(constants, name, entry)
        if name in columns.values and not meaning.many:
            raise constants.error(name, "both a column and a constant")
    header = section.take("header", list, None)
    where = section.section("where")
    mirrored = section.take("mirrored", bool, False)
    if mirrored and len(entry.ends) != 1:
        section.values["mirrored"] = mirrored
        raise section.error("mirrored", "only agreements stand once each way")
    result = TableMap(
        file,
        entry,
        {name: _column(columns, name, entry) for name in list(columns.values)},
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
        section.name,
    )
    section.finish()
    return result


def _translations(words: Mapping[str, Any]) -> dict[str, str]:
    """Our words by theirs, of `theirs = "ours"` and of `ours = ["theirs", "theirs"]`."""
    found: dict[str, str] = {}
    for one, other in words.items():
        found.update(dict.fromkeys(map(str, other), one) if isinstance(other, list) else {one: str(other)})
    return found


def _words(section: Section, key: str) -> list[str]:
    """A list of words, or one."""
    if isinstance(section.values[key], str):
        return [section.take(key, str)]
    return [str(word) for word in section.take(key, list)]


def _meaning(section: Section, name: str, entry: RecordClass) -> Column:
    try:
        return column(entry, name)
    except CellError as error:
        raise section.wrong(name, error) from None


def _axis(section: Section, name: str) -> int | None:
    """Which of a pair of coordinates our column is, if theirs holds pairs."""
    if "coordinates" in section.values and name not in AXES:
        raise section.error("coordinates", "only a latitude or a longitude is one of a pair of coordinates")
    return AXES.index(name) if section.take("coordinates", bool, False) else None


def _column(columns: Section, name: str, entry: RecordClass) -> ColumnMap:
    meaning = _meaning(columns, name, entry)
    if isinstance(columns.values[name], str):
        return ColumnMap((columns.take(name, str),))
    section = columns.section(name)
    one, several = section.take("column", str, None), section.take("columns", list, None)
    if (one is None) == (several is None) or several == []:
        raise columns.error(name, "neither `column` nor `columns`, or both", expected='such as { column = "name" }')
    pattern = section.take("pattern", str, None)
    words = section.take("map", dict, None)
    try:
        compiled = Pattern(pattern) if pattern is not None else None
    except CellError as error:
        section.values["pattern"] = pattern
        raise section.wrong("pattern", error) from None
    result = ColumnMap(
        (one,) if one is not None else tuple(str(each) for each in several),
        section.take("split", str, ""),
        compiled,
        _translations(words) if words is not None else None,
        section.take("else", str, None),
        section.take("country", bool, False),
        _axis(section, name),
        section.take("slug", bool, False),
        section.take("prefix", str, ""),
        section.take("join", str, None),
        section.take("default", str, ""),
    )
    section.finish()
    if not meaning.many and result.split:
        raise columns.error(name, f"{name} has only one value: `split` does not fit")
    if meaning.tupled and result.default:
        raise columns.error(name, f"{name} can have several values: write them in [constants] in place of `default`")
    return result
