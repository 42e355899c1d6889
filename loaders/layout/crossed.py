"""Matrices of cities: their names stand before the rows and over the columns, and a cell says what ties the two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from citydiplomacy.graph.language.text import ascii_digits, fold

from ..cells.concept_words import KINDS
from ..cells.known_places import is_body, is_city
from ..cells.spells import is_whole_date
from ..list_words.cell_words import MARKS, NO_MARKS, SUMS
from ..list_words.headers import meaning
from .cell_kinds import cells_of, is_number

_YEAR = re.compile(r"(?:1[2-9]|20)\d\d")


def crossed(names: Sequence[str], cells: Sequence[Sequence[str]]) -> tuple[int, list[str]] | None:
    """The column of the names before the rows, and the columns that other names, or the same, stand over; None of a
    list that is no matrix of cities.

    It is one where most of its columns of marks and dates are called as its rows, or as cities that are known.
    """
    matrix = [at for at, name in enumerate(names) if at and _may_be_crossed(name, cells_of(cells, at))]
    if len(matrix) < 2:
        return None
    for at in range(min(matrix)):
        before = {fold(row[at]) for row in cells} - {""}
        same = sum(fold(names[each]) in before for each in matrix)
        known = sum(is_city(names[each]) and not is_body(names[each]) for each in matrix)
        if all(map(is_number, cells_of(cells, at))) or not (same > 1 or known > 1):
            continue
        if same * 2 >= len(matrix) or known * 2 > len(matrix):
            return at, [names[each] for each in matrix]
    return None


def _may_be_crossed(name: str, cells: Sequence[str]) -> bool:
    """Whether a column can be one of a matrix: it is called as no column of a list, and its cells are marks, dates or
    words for kinds of ties; it may be empty."""
    if not fold(name) or fold(name) in SUMS or is_year(name) or re.fullmatch(r"column\d+", name):
        return False
    if (found := meaning(name)) and not (found.what == "city" and is_city(name)):
        return False
    return all(is_no_mark(cell) or is_mark(cell) or is_whole_date(cell) or fold(cell) in KINDS for cell in cells)


def is_year(name: str) -> bool:
    """Whether a column is called by a year."""
    return bool(_YEAR.fullmatch(ascii_digits(name)))


def is_mark(cell: str) -> bool:
    """Whether a cell of a matrix says no more than that there is something."""
    return cell.casefold() in MARKS


def is_no_mark(cell: str) -> bool:
    """Whether a cell of a matrix says that there is nothing."""
    return fold(cell) in NO_MARKS or cell.casefold() in NO_MARKS


def read_across(
    cells: Sequence[Sequence[str]], names: Sequence[str], columns: Sequence[str], none: Sequence[str]
) -> list[list[str]]:
    """The rows of a matrix, each once with every column whose cell says anything, with the name of that column and the
    cell at its end. none: cells that say nothing."""
    places = [names.index(column) for column in columns]
    return [
        [*row, names[at], row[at].strip()]
        for row in cells
        for at in places
        if row[at].strip() and row[at].strip() not in none and fold(names[at]) not in map(fold, row)
    ]
