"""The sides of ties whose columns are told apart by words that nobody knows: `Northern city` and `Southern city`."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..cells.known_places import is_city, lies_in
from ..list_words.column_names import FIRST, SECOND
from ..list_words.headers import Meaning, may_be_partner, meaning, names_city, partly, tells_other_city
from .cell_kinds import all_cells, cells_of, fits, is_country, is_date


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


def without_coarser(
    columns: Sequence[tuple[int, str, Meaning]], rows: Sequence[Sequence[str]]
) -> list[tuple[int, str, Meaning]]:
    """Columns without that of two of cities of no side whose names come again beside others: a district of places."""
    cities = [at for at, _, found in columns if found == Meaning("city")]
    if len(cities) != 2:
        return list(columns)
    pairs = {tuple(row[at].strip() for at in cities) for row in rows if max(cities) < len(row)}
    names = [len({pair[which] for pair in pairs}) for which in (0, 1)]
    if len(pairs) not in names or names[0] == names[1]:
        return list(columns)
    coarser = cities[1 - names.index(len(pairs))]
    return [each for each in columns if each[0] != coarser]


def unread_cities(header: Sequence[str], rows: Sequence[Sequence[str]], read: Collection[str]) -> list[str]:
    """The columns that are not read, but may well be of cities: a word of their names says so, or their cells do."""
    return [
        name
        for at, name in enumerate(header)
        if name not in read
        and not tells_other_city(name)
        and fits("city", told := cells_of(rows, at))
        and told
        and (names_city(name) or all_cells(told, is_city, 0.5))
        and not all_cells(told, lambda cell: is_country(cell) or is_date(cell) or "://" in cell, 0.5)
    ]


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


def lying(rows: Sequence[Sequence[str]], city: int, country: int) -> tuple[int, int]:
    """How many different cities of a column are known to lie in the countries of another, and how many elsewhere."""
    pairs = {(row[city].strip(), row[country].strip()) for row in rows if max(city, country) < len(row)}
    lying = [lies_in(*pair) for pair in pairs if all(pair)]
    return lying.count(True), lying.count(False)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether words are the same but for their endings: `польский`, `польская`."""
    return len(one) == len(other) and all(
        any(word[: max(4, len(word) - 2)] == like[: max(4, len(word) - 2)] for like in other) for word in one
    )
