"""How the cells of foreign columns become those of one of ours: the steps that a mapping declares."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from citydiplomacy.graph.language.text import ascii_digits
from citydiplomacy.graph.model.ids import slug
from citydiplomacy.graph.model.schema import RecordClass

from ..cells.cells import ERROR, ERRORS, UNSAVED, CellError, UnknownWord, UnsavedFormula
from ..cells.coordinates import AXES, coordinates
from ..cells.countries import country_id
from ..cells.spells import ENDS, spell
from .columns import ColumnMeaning, column
from .patterns import Pattern
from .toml import TomlSection

IN_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
"""A date whose year stands last."""
ORDERS = ("d/m/y", "m/d/y")
SERIAL = "serial"
"""Dates are days counted as spreadsheet programs do."""
FIRST_SERIAL, LAST_SERIAL = 61, 109_574
"""From March 1900, before which programs count differently, to the end of 2199."""
_EPOCH = dt.date(1899, 12, 30)
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
    end: int | None = None
    """Take it for a stretch of time, and of it the beginning (0) or the end (1); a date alone is a beginning."""
    country: bool = False
    """Take it for a country's name or ISO code; one that is not known is an error."""
    axis: int | None = None
    """Take it for a pair of coordinates, and of them the latitude (0) or the longitude (1)."""
    slug: bool = False
    """Make an id of it: lower case, words joined by hyphens."""
    prefix: str = ""
    join: str | None = None
    """What is put between the cells of several columns, to make one of them if the first says anything; without it each
    is a value, or the first that says anything is, where the property has only one."""
    dates: str = ""
    """In which order days, months and years stand: `d/m/y` or `m/d/y`; or that they are numbers of days: `serial`."""
    default: str = ""
    """Our cell where theirs tells nothing."""

    def values(self, cell: str) -> list[str]:
        """The values of a cell, as they would stand in a table of ours. Raises CellError."""
        return [value for part in self._parts(cell) if (value := self._value(part))]

    def _parts(self, cell: str) -> Iterable[str]:
        return filter(None, map(str.strip, cell.split(self.split))) if self.split else (cell,)

    def _value(self, part: str) -> str:
        if part == UNSAVED:
            raise UnsavedFormula
        if part in ERRORS and part not in (self.map or ()):
            raise CellError(ERROR, expected="a value, or in the mapping: na, or a map with this word")
        if self.pattern is not None:
            part = self.pattern.taken(part)
        if self.map is not None:
            part = self._translated(part)
        if self.end is not None:
            part = (spell(part) or (part, ""))[self.end]
        if self.dates:
            part = _year_first(part, self.dates)
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


def _year_first(cell: str, order: str) -> str:
    """A date in figures, or as the number of days since the last of 1899 but one, as ISO 8601 writes it; any other cell
    as it is.

    >>> _year_first("25/6/1989", "d/m/y"), _year_first("11-30-1993", "m/d/y"), _year_first("1972", "d/m/y")
    ('1989-06-25', '1993-11-30', '1972')
    >>> _year_first("38718", "serial")
    '2006-01-01'
    """
    if order == SERIAL:
        number = ascii_digits(cell.strip())
        counted = number.isdigit() and FIRST_SERIAL <= int(number) <= LAST_SERIAL
        return (_EPOCH + dt.timedelta(int(number))).isoformat() if counted else cell
    if not (found := IN_FIGURES.fullmatch(ascii_digits(cell.strip()))):
        return cell
    day, month = found.group(1, 2) if order == ORDERS[0] else found.group(2, 1)
    return f"{found[3]}-{int(month):02}-{int(day):02}"


def column_maps(columns: TomlSection, name: str, entry: RecordClass) -> tuple[ColumnMap, ...]:
    """How one of our columns is read: by one map or, where it has many values, by one for each of them."""
    meaning = meant(columns, name, entry)
    found = columns.values[name]
    if isinstance(found, str):
        return (ColumnMap((columns.take(name, str),)),)
    if not isinstance(found, list):
        return (_column_map(columns.section(name), columns, meaning),)
    if not meaning.many or not found:
        raise columns.error(name, f"{name} has only one value", expected="one { column = ... }")
    return tuple(_column_map(section, columns, meaning) for section in columns.sections(name))


def _column_map(section: TomlSection, columns: TomlSection, meaning: ColumnMeaning) -> ColumnMap:
    name = section.name.rpartition(".")[2].partition("[")[0]
    one, several = section.take("column", str, None), section.take("columns", list, None)
    if (one is None) == (several is None) or several == []:
        raise columns.error(name, "neither `column` nor `columns`, or both", expected='such as { column = "name" }')
    pattern = section.take("pattern", str, None)
    try:
        compiled = Pattern(pattern) if pattern is not None else None
    except CellError as error:
        section.values["pattern"] = pattern
        raise section.wrong("pattern", error) from None
    result = ColumnMap(
        (one,) if one is not None else tuple(str(each) for each in several),
        section.take("split", str, ""),
        compiled,
        _translations(section),
        section.take("else", str, None),
        _one_of(section, "spell", name, ENDS, "a stretch of time has a start and an end"),
        section.take("country", bool, False),
        _one_of(section, "coordinates", name, AXES, "only a latitude or a longitude is one of a pair of coordinates"),
        section.take("slug", bool, False),
        section.take("prefix", str, ""),
        section.take("join", str, None),
        _order(section),
        section.take("default", str, ""),
    )
    section.finish()
    if not meaning.many and result.split:
        raise columns.error(name, f"{name} has only one value: `split` does not fit")
    if meaning.tupled and result.default:
        raise columns.error(name, f"{name} can have several values: write them in [constants] in place of `default`")
    return result


def _order(section: TomlSection) -> str:
    """In which order the parts of dates stand, empty if it is not said."""
    order: str = section.take("dates", str, "")
    if order not in ("", *ORDERS, SERIAL):
        section.values["dates"] = order
        raise section.error("dates", "no order of days, months and years", expected=" or ".join((*ORDERS, SERIAL)))
    return order


def _translations(section: TomlSection) -> dict[str, str] | None:
    """Our words by theirs, of `map = { ours = ["theirs", "theirs too"] }`."""
    words = section.take("map", dict, None)
    if words is None:
        return None
    found: dict[str, str] = {}
    for ours, theirs in words.items():
        if not isinstance(theirs, list):
            section.values["map"] = f"{ours} = {theirs!r}"
            raise section.error("map", "not a list of their words", expected='`ours = ["theirs", "theirs too"]`')
        for word in map(str, theirs):
            if found.setdefault(word, ours) != ours:
                section.values["map"] = word
                raise section.error("map", "a word of theirs that stands for two of ours")
    return found


def meant(section: TomlSection, name: str, entry: RecordClass) -> ColumnMeaning:
    """What one of our columns means, named in a section. Raises InputError for one that means nothing."""
    try:
        return column(entry, name)
    except CellError as error:
        raise section.wrong(name, error) from None


def _one_of(section: TomlSection, key: str, name: str, names: Sequence[str], why: str) -> int | None:
    """Which of the two that a cell of theirs holds our column is, if the key says that it holds two."""
    if key in section.values and name not in names:
        raise section.error(key, why)
    return names.index(name) if section.take(key, bool, False) else None
