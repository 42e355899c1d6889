"""A list with what its columns are, and how its cells are written: several names in one, what stands aside, what is
left empty."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from citydiplomacy.graph.language.text import ascii_digits, fold

from ..cells.asides import YEAR, brackets, parted, taken_aside, timed
from ..cells.concept_words import status_within
from ..cells.known_places import is_city
from ..cells.spells import is_time
from ..cells.state_codes import state_names
from ..layout.cell_kinds import all_cells, cells_of, is_country
from ..list_words.cell_words import is_unknown
from ..list_words.headers import meaning, words_of
from ..tables.mapping import aside_of, cell_of


@dataclass(slots=True)
class ListPart:
    """A list, a sheet, or the nodes or edges of a network."""

    settings: dict[str, object]
    """Keys of its tables in the mapping that are the same for all of them."""
    header: tuple[str, ...]
    rows: list[Sequence[str]]
    found: dict[str, str]
    """The columns that were recognised, by what they are."""
    title: str = ""
    """What stands above its header."""
    doubts: list[str] = field(default_factory=list)
    """Of the settings those that are guessed."""

    def cells(self, what: str) -> list[str]:
        """The cells of what was recognised."""
        return cells_of(self.rows, self.header.index(self.found[what])) if what in self.found else []

    def where(self, column: str, words: Sequence[str]) -> ListPart:
        """The same, of which only the rows with some words are read; all, without a column or words."""
        settings = {**self.settings, "where": {column: list(words)}} if column and words else dict(self.settings)
        return replace(self, settings=settings, found=dict(self.found))

    def names(self, words: Collection[str]) -> bool:
        """Whether one of some words stands in the names of its columns."""
        return any(fold(word) in words for name in self.header for word in words_of(name))

    def index(self, what: str) -> int:
        """Where the column of what was recognised stands."""
        return self.header.index(self.found[what])


def across(settings: Mapping[str, object]) -> Iterator[str]:
    """The columns of a matrix that the settings of its tables name, and those that are made of them."""
    found = settings.get("across")
    for name, columns in found.items() if isinstance(found, dict) else ():
        yield from (*columns, name, cell_of(name))


def finished(part: ListPart) -> ListPart:
    """A part whose cells have been looked at: how they are written, and whether they hold several names."""
    _take_apart(part)
    _set_aside(part)
    if not part.found.keys() & {"parties", "partner city", "network"} and pairs(part.cells("city")):
        part.found["parties"] = part.found.pop("city")
    return with_cells(part)


def _set_aside(part: ListPart) -> None:
    """Statuses and years in brackets after names, `Pula (former)`, make a column of their own."""
    for what in ("partner city", "city"):
        cells = part.cells(what)
        said = [told for cell in cells if (told := brackets(cell)[1] or timed(cell)[1])]
        statuses = {status_within(told)[0] for told in said} - {""}
        years = [told for told in said if any(map(is_time, re.split(r"[,;،؛]\s*", told)))]
        dated = bool(years) or sum(bool(timed(cell)[1]) for cell in cells) * 3 > len(cells)
        if not statuses and not dated:
            continue
        words = [*sorted(statuses), *([YEAR] if dated else [])]
        column, at = part.found[what], part.index(what)
        part.settings["aside"] = {column: words}
        part.doubts.append("aside")
        taken = [taken_aside(row[at], words) for row in part.rows]
        part.rows = [
            [*row[:at], name, *row[at + 1 :], told] for row, (name, told) in zip(part.rows, taken, strict=True)
        ]
        part.header = (*part.header, aside_of(column))
        if dated:
            part.found.setdefault("start", part.header[-1])
        if statuses:
            part.found.setdefault("status", part.header[-1])
        if statuses != {told for told in said if status_within(told)[1]}:
            part.found.setdefault("note", part.header[-1])
        return


def _take_apart(part: ListPart) -> None:
    """Several partners or networks in a cell make several rows."""
    for what in ("partner city", "partner wikidata", "network"):
        sign = between(part.cells(what))
        if sign:
            at = part.index(what)
            part.settings["each"] = {part.header[at]: sign}
            part.doubts.append("each")
            told = part.found.get("partner country", "")
            if told and "country" not in part.found and not getattr(meaning(told), "side", 0):
                part.found["country"] = part.found.pop("partner country")  # one country is not that of several partners
            part.rows = [
                [*row[:at], each.strip(), *row[at + 1 :]]
                for row in part.rows
                for each in (list(filter(str.strip, parted(row[at], sign))) or [""])
            ]
            return


def between(cells: Sequence[str]) -> str:
    """What stands between several names in a cell, if many cells have several; countries after names are none."""
    for sign in (";", "|", "\n", "؛", " / ", "،", ","):
        several = [parted(cell, sign) for cell in cells if sign in cell.strip(f"{sign} ")]
        names = [part.strip() for parts in several for part in parts]
        if any(name[:1] == "(" for name in names) or (sign == "\n" and len(several) < len(cells) / 3):
            continue
        if sign not in ",،" and len(several) > len(cells) / 10:
            return sign
        if (
            sign in ",،"
            and len(several) > len(cells) / 3
            and not any(is_country(brackets(parts[-1].strip())[0]) for parts in several)
        ):
            return sign
    return ""


_PAIRED = (
    " - ",
    " – ",
    " — ",
    " ↔ ",
    " <-> ",
    " / ",
    "–",
    "—",
    "↔",
    " & ",
    " and ",
    " und ",
    " et ",
    " y ",
    " و ",
    "-",
)
"""What may stand between two cities that a cell ties."""


def pairs(cells: Sequence[str]) -> str:
    """What stands between the two cities of each cell, most of which are known; empty if cells are no such pairs."""
    for sign in _PAIRED:
        halves = [[half.strip() for half in parted(cell, sign)] for cell in cells]
        if all_cells(halves, lambda half: len(half) == 2 and all(half)):
            each = [half for told in halves for half in told]
            if all_cells(each, is_city, 0.6) and not all_cells([told[-1] for told in halves], is_country, 0.3):
                return sign
    return ""


def written_twice(part: ListPart) -> dict[str, dict[str, list[str]]]:
    """By its column the states that are written by their name and by their code, `Ohio` and `OH`; they are read as one
    from here on."""
    columns = [part.index(what) for what in ("region", "partner region") if what in part.found]
    cells = sorted({row[at].strip() for at in columns for row in part.rows})
    names = {fold(cell): cell for cell in cells}
    found: dict[str, dict[str, list[str]]] = {}
    for at in columns:
        for code in sorted({row[at].strip() for row in part.rows}):
            told = [names[name] for name in state_names(code) if name in names]
            if len(told) == 1:
                found.setdefault(part.header[at], {}).setdefault(told[0], []).append(code)
                part.rows = [
                    [*row[:at], told[0], *row[at + 1 :]] if row[at].strip() == code else row for row in part.rows
                ]
    return found


def filled(part: ListPart) -> list[str]:
    """The columns of a city that are empty where the row above tells of the same one, as OpenRefine writes records."""
    for what in ("country", "region"):  # it heads the cities of each
        if "city" in part.found and what in part.found and part.index(what) < part.index("city") and part.rows:
            at, city = part.index(what), part.index("city")
            told = [row[at].strip() for row in part.rows if row[city].strip()]
            named = list(filter(None, told))
            if told and told[0] and len(named) == len(set(named)) < len(told):
                return [part.found[what]]
    others = [what for what in ("partner city", "partner wikidata", "network") if what in part.found]
    first = next((what for what in ("city", "wikidata") if what in part.found), "")
    if not others or not first or not part.rows or not part.rows[0][part.index(first)].strip():
        return []
    mine = [what for what in ("city", "wikidata", "country", "region", "latitude", "longitude") if what in part.found]
    indexes = [part.index(what) for what in mine]
    below = [
        row
        for row in part.rows
        if not row[indexes[0]].strip() and any(row[part.index(what)].strip() for what in others)
    ]
    named = [row[indexes[0]].strip() for row in part.rows if row[indexes[0]].strip()]
    empty = not any(row[at].strip() for row in below for at in indexes)
    # A list that repeats its cities, or lacks one here and there, is not written so.
    often = len(set(named)) == len(named) and len(below) * 4 >= len(part.rows)
    return [part.header[at] for at in indexes] if below and empty and often else []


def with_cells(part: ListPart) -> ListPart:
    """Add what the cells say of how they are written: words for unknown, decimals, thousands."""
    if words := sorted(filter(is_unknown, {cell.strip() for row in part.rows for cell in row})):
        part.settings["na"] = words
    places = [*part.cells("latitude"), *part.cells("longitude")]
    if all_cells(places, lambda cell: "," in cell, 0.5):
        part.settings["decimal"] = ","
    numbers = [ascii_digits(cell) for cell in part.cells("population")]
    for sign in (",", ".", " ", "\u00a0", "\u202f", "'", "’", "٬"):
        if sign != part.settings.get("decimal") and any(
            re.fullmatch(rf"\d{{1,3}}({re.escape(sign)}\d{{3}})+", number) for number in numbers
        ):
            part.settings["thousands"] = sign
            if sign == "." and any("." in cell for cell in places):
                del part.settings["thousands"], part.found["population"]  # a point is both
            elif sign == ".":
                part.settings["decimal"] = ","
    return part
