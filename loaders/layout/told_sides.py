"""The sides of ties whose columns are told apart by words that nobody knows: `Northern city` and `Southern city`."""

from __future__ import annotations

from collections.abc import Sequence

from ..list_words.column_names import FIRST, SECOND
from ..list_words.headers import Meaning, may_be_partner, meaning, partly
from .cell_kinds import all_cells, cells_of, fits, is_country


def told_sides(
    header: Sequence[str], rows: Sequence[Sequence[str]], known: Sequence[tuple[int, str, Meaning]]
) -> list[tuple[int, str, Meaning]]:
    """The columns of cities, countries and regions whose names have words that nobody knows, with the side they are of.

    Two columns of cities are the two sides, if no other is known; one is the first side of partners that stand after
    it. What has the words of one of them is of its side. known: the columns that are recognised by their names.
    """
    partners = _partners(header, rows, known)
    known = [*known, *partners]
    taken = {at for at, *_ in known}
    maybe = [(at, *told) for at, name in enumerate(header) if at not in taken and (told := partly(name))]
    cities = [
        (at, said)
        for at, what, said in maybe
        if what == "city" and fits("city", cells := cells_of(rows, at)) and not all_cells(cells, is_country, 0.5)
    ]
    others = [(at, found.side) for at, _, found in known if found.what in ("city", "wikidata")]
    if len(cities) == 2 and not others:
        sides = [(*cities[0], FIRST), (*cities[1], SECOND)]
    elif len(cities) == 1 and [side for _, side in others] == [SECOND] and cities[0][0] < others[0][0]:
        sides = [(*cities[0], FIRST)]
    else:
        return partners
    found = [*partners, *((at, header[at], Meaning("city", side)) for at, _, side in sides)]
    for at, what, said in maybe:
        side = next((side for _, words, side in sides if _alike(words, said)), 0)
        if side and what != "city" and fits(what, cells_of(rows, at)):
            found.append((at, header[at], Meaning(what, side)))
    return found


def _partners(
    header: Sequence[str], rows: Sequence[Sequence[str]], known: Sequence[tuple[int, str, Meaning]]
) -> list[tuple[int, str, Meaning]]:
    """The first column that may be of partners, if none is known."""
    if any(found.side == SECOND and found.what in ("city", "wikidata") for *_, found in known):
        return []
    taken = {at for at, *_ in known}
    for at, name in enumerate(header):
        if at not in taken and not meaning(name) and may_be_partner(name) and fits("city", cells_of(rows, at)):
            return [(at, name, Meaning("city", SECOND))]
    return []


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether words are the same but for their endings: `польский`, `польская`."""
    return len(one) == len(other) and all(
        any(word[: max(4, len(word) - 2)] == like[: max(4, len(word) - 2)] for like in other) for word in one
    )
