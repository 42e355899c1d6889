"""What cells look like: numbers, dates, places, items, countries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from citydiplomacy.graph.language.text import ascii_digits

from ..cells.cells import ERRORS, CellError, UnknownWord
from ..cells.coordinates import coordinates
from ..cells.countries import country_id
from ..cells.spells import is_whole_date
from ..list_words.cell_words import is_unknown

T = TypeVar("T")

_NUMBER = re.compile(r"[+-]?\d+(?:[.,٫]\d+)?")
_ITEM = re.compile(r"[Qq]\d+|https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/Q\d+")
SAMPLE = 200
"""Rows that are looked at."""


def cells_of(rows: Iterable[Sequence[str]], index: int) -> list[str]:
    """The cells of a column that say anything."""
    told = (cell for row in rows if index < len(row) and (cell := row[index].strip()))
    return [cell for cell in told if cell not in ERRORS and not is_unknown(cell)]


def all_cells(cells: Sequence[T], is_one: Callable[[T], bool], most: float = 0.9) -> bool:
    """Whether nearly all cells, and at least one, are of a kind."""
    return bool(cells) and sum(map(is_one, cells)) >= most * len(cells)


def is_rule(cells: Sequence[str]) -> bool:
    """Whether a row is the rule below the header of a table in text: `| --- | :---: |`."""
    return any(map(str.strip, cells)) and all(re.fullmatch(r"[-:=\s]*", cell) for cell in cells)


def is_item(cell: str) -> bool:
    """Whether a cell is a Wikidata item, or the address of one."""
    return bool(_ITEM.fullmatch(cell))


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with a point or a comma before decimals."""
    return bool(_NUMBER.fullmatch(ascii_digits(cell)))


def is_country(cell: str) -> bool:
    """Whether a cell is the name or the code of a country."""
    try:
        return bool(country_id(cell))
    except UnknownWord:
        return False


def is_place(cell: str) -> bool:
    """Whether a pair of coordinates stands in a cell. Whole numbers alone may be anything: years, thousands."""
    try:
        return max(map(abs, coordinates(cell))) <= 180 and bool(re.search("[.٫;°(]", cell))
    except CellError:
        return False


def is_dated(cell: str) -> bool:
    """Whether a cell of a column that is called as one of dates can be one."""
    return is_date(cell) or is_serial(cell)


def is_date(cell: str) -> bool:
    """Whether a cell is a date that is read, in either calendar, or holds a year."""
    return is_whole_date(cell) or bool(re.search(r"(?<!\d)(1[0-9]|20)\d\d(?!\d)", ascii_digits(cell)))


def is_serial(cell: str) -> bool:
    """Whether a cell may be a day as spreadsheet programs count them, from 1919 to 2063: it is no year."""
    return cell.isascii() and cell.isdigit() and 7_000 <= int(cell) < 60_000


def _within(limit: int) -> Callable[[str], bool]:
    return lambda cell: is_number(cell) and abs(float(ascii_digits(cell).replace(",", ".").replace("٫", "."))) <= limit


_KINDS: dict[str, tuple[Callable[[str], bool], float]] = {
    "latitude": (_within(180), 0.5),
    "longitude": (_within(180), 0.5),
    "coordinates": (is_place, 0.5),
    "start": (is_dated, 0.5),
    "joined": (is_dated, 0.5),
    "end": (is_dated, 0.5),
    "attested": (is_dated, 0.5),
    "founded": (is_date, 0.5),
    "wikidata": (is_item, 0.5),
    "geonames": (str.isdigit, 0.5),
    "country": (is_country, 0.3),
    "sender": (is_country, 0.3),
    "city": (lambda cell: not is_number(cell), 0.5),
    "population": (lambda cell: bool(re.search(r"\d", cell)), 0.5),
}


def fits(what: str, cells: Sequence[str]) -> bool:
    """Whether the cells of a column can be what its name says; one without any cells can be all."""
    if what not in _KINDS or not cells:
        return bool(what)
    is_one, most = _KINDS[what]
    return all_cells(cells, is_one, most)
