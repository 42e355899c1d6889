"""Rows that head those below them: the name of a country above its cities."""

from __future__ import annotations

from collections.abc import Sequence

from citydiplomacy.graph.language.text import fold

from ..cells.footnotes import without_footnotes
from ..cells.known_places import is_city, lies_in
from ..list_words.cell_words import CONTINENTS
from .cell_kinds import is_country, is_rule
from .inside import is_named


def headed(cells: Sequence[Sequence[str]]) -> tuple[int, list[str]] | None:
    """The column in which names of countries stand alone in their rows and head those below, and these names; None if
    the first row has no such head, or if no head is sure to be no city.

    A name that is a city's too, `Luxembourg`, may be either: in a list of one column nothing is told then, in others
    if most cities below such names are known to lie elsewhere. In a list of one column that goes for all heads.
    """
    heads: list[str] = []
    place: int | None = None
    lies: list[bool | None] = []
    alone = all(len(told) < 2 for told in map(_told, cells))
    below = True
    for row in cells:
        told = _told(row)
        if is_rule(row) or (len(told) == 1 and fold(told[0]) in CONTINENTS):
            continue
        if len(told) == 1 and is_named(told[0]) and (not alone or not is_city(told[0])):
            at = next(at for at, cell in enumerate(row) if cell.strip())
            if (place is not None and at != place) or not below:
                return None
            place, below = at, False
            heads.append(told[0])
        elif told:
            if place is None or (alone and is_country(told[0])):
                return None
            below = True
            if alone or is_city(heads[-1]):
                lies.append(lies_in(row[place].strip(), heads[-1]))
    if place is None or not below or all(map(is_city, heads)) or lies.count(False) > lies.count(True):
        return None
    return place, sorted(set(heads))


def below_heads(
    cells: Sequence[Sequence[str]], place: int, heads: Sequence[str]
) -> tuple[list[Sequence[str]], list[str]]:
    """The rows of such a list without its heads, and the head of each."""
    head, rows, found = "", [], []
    for row in cells:
        name = without_footnotes(row[place]).strip()
        if name in heads and len(_told(row)) == 1:
            head = name
        else:
            rows.append(row)
            found.append(head)
    return rows, found


def _told(row: Sequence[str]) -> list[str]:
    """The different cells of a row that say anything."""
    return list(dict.fromkeys(told for cell in row if (told := cell.strip())))
