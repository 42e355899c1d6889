"""How a list lies in its file: its delimiter, its header, lines above it, sums below, cells left empty."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from citydiplomacy.graph.language.text import ascii_digits, fold

from .. import bounds
from ..cells.asides import YEAR, brackets, taken_aside
from ..cells.concept_words import STATUSES, status_of
from ..cells.footnotes import footnotes, without_footnotes
from ..cells.markup import without_markup
from ..cells.spells import spell
from ..cells.state_codes import state_names
from ..formats.delimited import Row, told_apart
from ..layout.cell_kinds import SAMPLE, all_cells, cells_of, is_country, is_whole_date
from ..layout.crossed import crossed, is_mark, is_no_mark, read_across
from ..layout.headed import headed, with_heads
from ..layout.lines import TOP, begins, double_header, further_headers, is_header, no_rows, width_of
from ..list_words.cell_words import DITTO, is_unknown, tie_of
from ..list_words.headers import meaning, words_of
from ..tables.mapping import aside_of, cell_of, head_of
from ..tables.row_reading import repeated
from .recognition import recognize


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


def sections(settings: dict[str, object], rows: Iterator[Row], doubts: list[str], file: str) -> list[ListPart]:
    """The lists that stand below one another in a file or sheet, most often one.

    settings: of a file that may hold several they begin with its name.
    """
    listed = list(rows)
    begins = further_headers(listed)
    if not begins:
        alone = {key: value for key, value in settings.items() if key != "file"}
        return [laid_out(alone, iter(listed), doubts, file)]
    found = []
    for start, end in zip([0, *begins], [*begins, len(listed)], strict=True):
        own = {**settings, "until": listed[end - 1][0]} if end < len(listed) else dict(settings)
        found.append(laid_out(own, iter(listed[start:end]), list(doubts), file))
    return found


def laid_out(settings: dict[str, object], rows: Iterator[Row], doubts: list[str], file: str) -> ListPart:
    """Rows of a file or sheet as a list: where its header is, and what of the rest is none of its rows."""
    listed = list(rows)
    if (most := max((len(cells) for _, cells in listed[:TOP]), default=0)) > bounds.COLUMNS:
        raise bounds.beyond("columns", bounds.COLUMNS, file=file, value=most)
    width = width_of(listed)
    place = next((at for at, (_, cells) in enumerate(listed[:TOP]) if begins(cells, width)), 0)
    header: Sequence[str] = ()
    if listed and is_header(listed, place):
        line, header = listed[place]
        skip, body = line - 1, listed[place + 1 :]
        if double := double_header(header, body):
            settings["header"], skip = list(double), body[0][0]
            header, body = double, body[1:]
    elif listed:
        skip, body = listed[place][0] - 1, listed[place:]
        header = [f"column{n}" for n in range(1, max(len(cells) for _, cells in body[:TOP]) + 1)]
        settings["header"] = list(header)
    else:
        skip, body = 0, []
    if skip:
        settings["skip"] = skip
    title = " ".join(cell for _, row in listed[:place] for cell in dict.fromkeys(map(str.strip, row)) if cell)
    names = told_apart([name.strip() for name in header])
    cells = [list(row) + [""] * (len(names) - len(row)) for _, row in body if any(map(str.strip, row))]
    if any(without_markup(cell) != cell for row in cells for cell in row):
        settings["markup"] = True
        cells = [list(map(without_markup, row)) for row in cells]
    if same := sorted({cell.strip() for row in cells[1:] for cell in row} & DITTO):
        settings["ditto"] = same
        doubts.append("ditto")
        told: Sequence[str] = ()
        for at, row in enumerate(cells):
            cells[at] = told = list(repeated(row, told, same))
    written = cells
    marks = {mark for row in cells for cell in row for mark in footnotes(cell)}
    if marks and not any(fold(mark) in STATUSES for mark in marks):
        settings["footnotes"] = True
        cells = [list(map(without_footnotes, row)) for row in cells]
    if found := headed(cells):
        place, heads = found
        settings["heads"] = {names[place]: heads}
        doubts.append("heads")
        names = (*names, head_of(names[place]))
        cells, written = with_heads(cells, place, heads), with_heads(written, place, heads)
    if unless := no_rows(names, cells, written):
        settings["unless"] = unless
        out = {(names.index(name), cell) for name, words in unless.items() for cell in words}
        cells = [row for row in cells if not any(row[at].strip() == cell for at, cell in out)]
    if matrix := crossed(names, cells):
        return _of_matrix(ListPart(settings, names, cells, {}, title, [*doubts, "across"]), *matrix)
    part = ListPart(settings, names, list(cells), recognize(names, cells[:SAMPLE]), title, doubts)
    if "heads" in settings:
        part.found.setdefault("country", names[-1])
    if twice := _written_twice(part):
        settings["same"] = twice
        doubts.append("same")
    if fill := _filled(part):
        settings["fill"] = fill
        doubts.append("fill")
    return finished(part)


def _of_matrix(part: ListPart, place: int, columns: Sequence[str]) -> ListPart:
    """A matrix of cities as the list that it is read as: a row for each cell that says anything."""
    names = list(part.header)
    other = told_apart([*names, "Partner"])[-1]
    said = {cell for name in columns for cell in cells_of(part.rows, names.index(name))}
    none = sorted(filter(is_no_mark, {row[names.index(name)].strip() for row in part.rows for name in columns}))
    part.found = {what: name for what, name in recognize(names, part.rows[:SAMPLE]).items() if name not in columns}
    part.found |= {"city": names[place], "partner city": other}
    part.rows = list(read_across(part.rows, names, columns, none))
    part.header = (*names, other, cell_of(other))
    part.settings["across"] = {other: list(columns)}
    told = [cell for cell in said if not is_mark(cell) and not is_no_mark(cell)]
    if told:
        part.found["kind" if any(tie_of(cell) for cell in told) else "start"] = cell_of(other)
    part = _with_cells(part)
    known = part.settings.get("na", ())
    part.settings["na"] = sorted({*none, *(known if isinstance(known, list) else ())})
    return part


def finished(part: ListPart) -> ListPart:
    """A part whose cells have been looked at: how they are written, and whether they hold several names."""
    _take_apart(part)
    _set_aside(part)
    return _with_cells(part)


def _set_aside(part: ListPart) -> None:
    """Statuses and years in brackets after names, `Pula (former)`, make a column of their own."""
    for what in ("partner city", "city"):
        said = [told for cell in part.cells(what) if (told := brackets(cell)[1])]
        statuses = {status_of(told)[0] for told in said} - {""}
        dated = [told for told in said if is_whole_date(told) or spell(told)]
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
        if statuses != {told for told in said if status_of(told)[1]}:
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
                for each in (list(filter(str.strip, row[at].split(sign))) or [""])
            ]
            return


def between(cells: Sequence[str]) -> str:
    """What stands between several names in a cell, if many cells have several; countries after names are none."""
    for sign in (";", "|", "\n", "؛", " / ", "،", ","):
        several = [cell.split(sign) for cell in cells if sign in cell.strip(f"{sign} ")]
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


def _written_twice(part: ListPart) -> dict[str, dict[str, list[str]]]:
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


def _filled(part: ListPart) -> list[str]:
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


def _with_cells(part: ListPart) -> ListPart:
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
