"""How a list lies in its file: its header, lines above it, sums below, what heads its rows, whether it is a matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress

from citydiplomacy.graph.language.text import fold

from .. import bounds
from ..cells.concept_words import STATUSES
from ..cells.footnotes import footnotes, without_footnotes
from ..cells.known_places import is_city
from ..cells.markup import without_markup
from ..formats.delimited import Row, told_apart
from ..layout.cell_kinds import SAMPLE, cells_of
from ..layout.crossed import crossed, is_mark, is_no_mark, read_across
from ..layout.headed import below_heads, headed
from ..layout.lines import TOP, begins, double_header, further_headers, is_header, no_rows, width_of
from ..layout.listed import heads_of_others, is_listed
from ..list_words.cell_words import DITTO, names_school, tie_of
from ..tables.mapping import cell_of, head_of
from ..tables.row_reading import repeated
from .lists import ListPart, filled, finished, with_cells, written_twice
from .recognition import recognize


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
    header, body = _below_header(settings, listed, place)
    title = " ".join(cell for _, row in listed[:place] for cell in dict.fromkeys(map(str.strip, row)) if cell)
    names = told_apart([name.strip() for name in header])
    whole = [list(row) + [""] * (len(names) - len(row)) for _, row in body if any(map(str.strip, row))]
    written, cells = _without_marks(settings, doubts, whole)
    beside = [""] * len(cells)
    if found := headed(cells):
        at, heads = found
        settings["heads"] = {names[at]: heads}
        doubts.append("heads")
        cells, beside = below_heads(cells, at, heads)
        written, _ = below_heads(written, at, heads)
    unless = no_rows(names, cells, written)
    others = heads_of_others(names, cells) if "sheet" in settings and is_listed(names) else []
    if others is None:
        return ListPart(settings, names, cells, {}, title, doubts)
    if others:
        unless[names[0]] = [*others, *unless.get(names[0], ())]
    if unless:
        settings["unless"] = unless
        out = {(names.index(name), cell) for name, words in unless.items() for cell in words}
        kept = [not any(row[at].strip() == cell for at, cell in out) for row in cells]
        cells, beside = list(compress(cells, kept)), list(compress(beside, kept))
    if found:
        names = (*names, head_of(names[found[0]]))
        cells = [[*row, head] for row, head in zip(cells, beside, strict=True)]
    if matrix := crossed(names, cells):
        return _of_matrix(ListPart(settings, names, cells, {}, title, [*doubts, "across"]), *matrix)
    part = ListPart(settings, names, cells, recognize(names, cells[:SAMPLE]), title, doubts)
    if found and part.found.get("country", names[found[0]]) == names[found[0]]:
        part.found["country"] = names[-1]
    if schools := _schools(part):
        settings["unless"] = {
            name: [*unless.get(name, ()), *schools.get(name, ())] for name in dict.fromkeys((*unless, *schools))
        }
    if twice := written_twice(part):
        settings["same"] = twice
        doubts.append("same")
    if fill := filled(part):
        settings["fill"] = fill
        doubts.append("fill")
    return finished(part)


def _schools(part: ListPart) -> dict[str, list[str]]:
    """By its column the names of schools and the like that stand among cities: a tie of one is none between cities.
    Rows with one are left out from here on."""
    found: dict[str, list[str]] = {}
    for what in ("city", "partner city"):
        cells = set(part.cells(what))
        names = sorted(cell for cell in cells if names_school(cell) and not is_city(cell))
        if names and len(names) * 2 < len(cells):
            at = part.index(what)
            found[part.found[what]] = names
            part.rows = [row for row in part.rows if row[at].strip() not in names]
    return found


def _below_header(settings: dict[str, object], listed: list[Row], place: int) -> tuple[Sequence[str], list[Row]]:
    """The names of the columns, those that stand at a place or made ones, and the rows below."""
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
    return header, body


def _without_marks(
    settings: dict[str, object], doubts: list[str], cells: list[list[str]]
) -> tuple[list[Sequence[str]], list[Sequence[str]]]:
    """Rows without markup and with the cells for which marks stand that repeat them; and these without marks of
    footnotes too."""
    written: list[Sequence[str]] = list(cells)
    if any(without_markup(cell) != cell for row in cells for cell in row):
        settings["markup"] = True
        written = [list(map(without_markup, row)) for row in cells]
    if same := sorted({cell.strip() for row in written[1:] for cell in row} & DITTO):
        settings["ditto"] = same
        doubts.append("ditto")
        told: Sequence[str] = ()
        for at, row in enumerate(written):
            written[at] = told = list(repeated(row, told, same))
    marks = {mark for row in written for cell in row for mark in footnotes(cell)}
    if marks and not any(fold(mark) in STATUSES for mark in marks):
        settings["footnotes"] = True
        return written, [list(map(without_footnotes, row)) for row in written]
    return written, list(written)


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
    part = with_cells(part)
    known = part.settings.get("na", ())
    part.settings["na"] = sorted({*none, *(known if isinstance(known, list) else ())})
    return part
