"""What the columns of a list are, told from their names, their cells, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from citydiplomacy.graph.language.text import fold

from ..cells.asides import brackets
from ..cells.concept_words import KINDS, MISSIONS, ROLES, STATUSES, status_of
from ..cells.countries import is_doubtful
from ..cells.known_places import is_city, lies_in
from ..cells.spells import is_time, is_whole_date, spell
from ..formats.bulleted import HEADINGS, ITEM
from ..layout.cell_kinds import (
    all_cells,
    cells_of,
    fits,
    is_country,
    is_date,
    is_item,
    is_number,
    is_place,
)
from ..layout.crossed import is_mark
from ..layout.inside import inside
from ..layout.told_sides import lying, told_sides, unread_cities, without_coarser
from ..list_words.cell_words import BODIES, CONTINENTS, MARKS, MEMBERSHIPS, NO_MARKS, tie_of
from ..list_words.column_names import FIRST, MEMBERS, SECOND, TWINS, UNTIL
from ..list_words.headers import (
    SIDED,
    Meaning,
    meaning,
    names_city,
    tells_other_city,
    tells_renewal,
    words_of,
)

_PICTURE = frozenset({"size", "r", "g", "b", "color", "colour", "degree", "weight", "modularityclass", "vizsize"})
"""Columns of a network that was drawn: its x and y are places of the picture."""


def key(what: str, side: int) -> str:
    """How a column is called among those that were found."""
    return f"partner {what}" if side == SECOND and what in SIDED else what


def recognize(header: Sequence[str], rows: Sequence[Sequence[str]], *, network: bool = False) -> dict[str, str]:
    """What is in which column: the name of a column by what it is (`key`). network: x and y are no places."""
    drawn = network or bool(_PICTURE & {fold(name) for name in header})
    columns: list[tuple[int, str, Meaning]] = []
    for index, name in enumerate(header):
        found = _meant(name, cells_of(rows, index), drawn=drawn)
        if found:
            columns.append((index, name, found))
    columns += told_sides(header, rows, columns)
    if any(name in HEADINGS and found.what == "city" for _, name, found in columns):  # its items are the partners
        columns = [(at, name, Meaning("city", SECOND) if name == ITEM else found) for at, name, found in columns]
    columns = _sided(_unnamed(header, rows, sorted(without_coarser(columns, rows))), rows)
    taken: dict[str, str] = {}
    for _, name, found in sorted(columns, key=lambda each: each[2].plain):
        taken.setdefault(key(found.what, found.side), name)
    if not taken.keys() & {"partner city", "partner wikidata", "partner region"}:  # of partners, and of nobody else
        for what in ("country", "region"):
            if what not in taken and f"partner {what}" in taken:
                taken[what] = taken.pop(f"partner {what}")
    if "parties" in taken and meaning(taken.get("city", "")) == Meaning("city", plain=True):
        del taken["city"]  # who signed for them
    if not taken.keys() & {"city", "wikidata"} and "partner city" in taken:
        before = header[: header.index(taken["partner city"])]
        words = [name for name in _words(before, rows, set(taken.values())) if not tells_other_city(name)]
        names = [name for name in words if _are_cities(header, rows, name)]
        if names:  # whatever it is called
            taken["city"] = names[0]
        else:  # whose list it is, it does not say
            taken = {what.removeprefix("partner "): name for what, name in taken.items()}
            if words and taken.get("region") in before:
                del taken["region"]  # of which city it is, nothing tells
    if "city" not in taken and taken.keys() & {"wikidata", "geonames", "latitude", "coordinates"}:
        taken.update(("city", name) for name in _words(header, rows, set(taken.values()))[:1])
    _check_countries(header, rows, taken)
    return taken


def _are_cities(header: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> bool:
    return all_cells(cells_of(rows, header.index(name)), is_city, 0.5)


def _check_countries(header: Sequence[str], rows: Sequence[Sequence[str]], taken: dict[str, str]) -> None:
    """Take a country from cities that are known to lie elsewhere where a column may be whose it is: that of the other
    side, which has none, or one of words that nothing tells of. It is given to the first whose cities lie there."""
    for city, other in (("city", "partner city"), ("partner city", "city")):
        country, others_country = (what.replace("city", "country") for what in (city, other))
        if not {city, country} <= taken.keys() or taken.keys() & {others_country, "mission"}:
            continue
        at = header.index(taken[country])
        there, elsewhere = lying(rows, header.index(taken[city]), at)
        others = [taken[other]] if other in taken else _words(header, rows, set(taken.values()))
        if not others or elsewhere < 2 or elsewhere <= 4 * there:
            if there <= elsewhere and at and header[at - 1] in unread_cities(header, rows, taken.values()):
                del taken[country]  # it may be of what stands before it
            continue
        told = taken.pop(country)
        for name in others:
            there, elsewhere = lying(rows, header.index(name), at)
            if there > elsewhere:
                taken[other], taken[others_country] = name, told
                break


def _meant(name: str, cells: Sequence[str], *, drawn: bool) -> Meaning | None:
    """What a column is, by its name and then by its cells."""
    found = meaning(name)
    if (found and drawn and fold(name) in ("x", "y")) or tells_renewal(name):
        return None
    if found is None:
        for what, is_one in (("item", is_item), ("coordinates", is_place)):
            if all_cells(cells, is_one):
                return Meaning(what)
        if all_cells(cells, lambda cell: bool(spell(brackets(cell)[0])), 0.5) and all_cells(
            cells, lambda cell: is_time(brackets(cell)[0])
        ):
            return Meaning("start")
        tells = tie_of if name in HEADINGS else lambda cell: KINDS.get(fold(cell), "")
        if all_cells(cells, lambda cell: bool(tells(cell)), 0.5):
            return Meaning("kind")
        if name in HEADINGS and all_cells(cells, is_city, 0.5):
            return Meaning("city", FIRST)
        return Meaning("country") if _names_countries(cells) else None
    what = found.what
    if what == "country" and names_city(name) and not fits(what, cells) and inside(cells):
        what = "city"  # with its country
    if what in ("city", "role") and all_cells(cells, lambda cell: cell.casefold() in MARKS | NO_MARKS):
        # It names a kind of ties or a body, and its cells are marks; or it says who is a member.
        return Meaning("mark") if what == "role" or fold(name) in MEMBERS else None
    if what == "city" and all_cells(cells, is_item):
        what = "wikidata"
    elif what == "city" and found.side and all_cells(cells, lambda cell: is_whole_date(cell) or bool(spell(cell)), 0.5):
        said = set(map(fold, words_of(name)))  # `Twinned in`
        what = "start" if found.side == FIRST or said & TWINS else "end" if said & UNTIL else ""
    elif what == "city" and all_cells(cells, lambda cell: "://" in cell, 0.5):
        what = "address"
    elif what in ("region", "status", "role", "kind"):
        what = _by_words(what, cells)
    return Meaning(what, found.side, found.plain) if fits(what, cells) else None


def _names_countries(cells: Sequence[str]) -> bool:
    """Whether cells are countries though their column does not say so. Two or three letters may be a province, a state
    or a language."""
    return all_cells(cells, is_country) and all_cells(cells, lambda cell: len(cell) > 3, 0.5)


def _by_words(what: str, cells: Sequence[str]) -> str:
    """What a column of words is, of which the name leaves it open."""
    if what == "region" and _names_countries(cells) and not all(map(is_doubtful, cells)):
        return "country"
    if what == "region" and all_cells(cells, lambda cell: fold(cell) in CONTINENTS, 0.5):
        return ""  # parts of the world are no provinces of a country
    stated = any(fold(cell) in STATUSES for cell in cells) or all_cells(
        cells, lambda cell: bool(status_of(cell)[1]), 0.5
    )
    if what == "region" and stated:
        return "status"  # Estado and Zustand are a state of either kind
    if what == "role" and all_cells(cells, lambda cell: fold(cell) in BODIES, 0.5):
        return "body"
    for other, words in (("status", STATUSES), ("role", ROLES)):
        if what != "kind" and all_cells(cells, lambda cell, known=words: fold(cell) in known):  # type: ignore[misc]
            return other
    if what == "status":
        known = [sum(bool(status_of(cell)[1]) for cell in cells), sum(fold(cell) in ROLES for cell in cells)]
        return "role" if known[1] > known[0] else "status" if known[0] else "detail"
    if what == "kind":
        if all_cells(cells, lambda cell: fold(cell) in ("directed", "undirected"), 1):
            return ""  # how Gephi draws an edge
        for other, words in (("mission", MISSIONS), ("body", BODIES)):
            if all_cells(cells, lambda cell, known=words: fold(cell) in known, 0.5):  # type: ignore[misc]
                return other
        if all_cells(cells, lambda cell: fold(cell) in ROLES) and any(
            ROLES[fold(cell)] != "member" for cell in cells if fold(cell) in ROLES
        ):
            return "role"
        return "kind" if any(fold(cell) in KINDS or fold(cell) in MEMBERSHIPS for cell in cells) else "detail"
    return what


def _unnamed(
    header: Sequence[str], rows: Sequence[Sequence[str]], columns: list[tuple[int, str, Meaning]]
) -> list[tuple[int, str, Meaning]]:
    """The columns of a list without a header, as its cells tell: two sides, if each has names before its country."""
    countries = [index for index, _, found in columns if found.what == "country"]
    words = [header.index(name) for name in _words(header, rows, {header[index] for index in countries})]
    if not all(re.fullmatch(r"column\d+", name) for name in header):
        return columns
    cities = [header.index(name) for name in _words(header, rows, set()) if _are_cities(header, rows, name)]
    if not countries and len(cities) == 2:
        told = [(at, header[at], Meaning("city", side)) for side, at in zip((FIRST, SECOND), cities, strict=True)]
        return [*told, *_date_of(header, rows, cities)]
    if len(countries) == 1 and countries[0] - 1 in words:
        at = countries[0] - 1
        if all_cells(cells_of(rows, at), is_city, 0.3):
            told = [(at, header[at], Meaning("city")), (at + 1, header[at + 1], Meaning("country"))]
            return [*told, *_date_of(header, rows, [at, at + 1])]
    if len(countries) != 2:
        return columns
    if any(index - 1 not in words for index in countries):
        return columns
    told = []
    for side, index in zip((FIRST, SECOND), countries, strict=True):
        told += [
            (index - 1, header[index - 1], Meaning("city", side)),
            (index, header[index], Meaning("country", side)),
        ]
    return [*told, *_date_of(header, rows, [at for at, *_ in told])]


def _date_of(
    header: Sequence[str], rows: Sequence[Sequence[str]], known: Sequence[int]
) -> list[tuple[int, str, Meaning]]:
    """The first column of dates among those that are not known."""
    rest = [index for index in range(len(header)) if index not in known]
    dates = [index for index in rest if all_cells(cells_of(rows, index), is_date)]
    return [(index, header[index], Meaning("start")) for index in dates[:1]]


def _sided(columns: list[tuple[int, str, Meaning]], rows: Sequence[Sequence[str]]) -> list[tuple[int, str, Meaning]]:
    """Columns with the side of which each tells: by their names, by a name that stands twice, else by their place."""
    twice = {re.sub(r" \(2\)$", "", name) for _, name, _ in columns if name.endswith(" (2)")}
    told: list[tuple[int, str, Meaning]] = []
    for index, name, found in columns:
        side = found.side
        if found.what in SIDED and not side and re.sub(r" \(2\)$", "", name) in twice:
            side = SECOND if name.endswith(" (2)") else FIRST
        if not re.search(r" \((?:[3-9]|\d\d+)\)$", name):
            told.append((index, name, Meaning(found.what, side, found.plain)))
    items = [each for each in told if each[2].what == "item"]
    named = any(found.what == "wikidata" for *_, found in told)
    ends = [(index, found.side or FIRST) for index, _, found in told if found.what in ("city", "wikidata")]
    if items and not named:
        told[told.index(items[0])] = (*items[0][:2], Meaning("wikidata", FIRST))
        if len(items) == 2 and len(told) == 2 and re.fullmatch(r"column\d+", items[1][1]):
            told[told.index(items[1])] = (*items[1][:2], Meaning("wikidata", SECOND))
    seconds = [index for index, side in ends if side == SECOND]
    # The partner may be a state or a province.
    seconds = seconds or [index for index, _, found in told if (found.what, found.side) == ("region", SECOND)]
    if not seconds:
        return told
    first = next((index for index, side in ends if side == FIRST), 0)
    sided = {(found.what, found.side) for _, _, found in told}
    placed = []
    for index, name, found in told:
        if found.what in SIDED and not found.side:
            side = FIRST
            free = (found.what, FIRST) not in sided and (found.what, SECOND) not in sided
            if found.what in ("country", "region") and free and index > max(seconds):
                side = FIRST if _is_of_first(rows, first, min(seconds), index) else SECOND
            elif (found.what, FIRST) in sided:
                side = SECOND if (found.what, SECOND) not in sided else 0
            placed.append((index, name, Meaning(found.what, side, found.plain)))
        else:
            placed.append((index, name, found))
    return [each for each in placed if each[2].side or each[2].what not in SIDED]


def _is_of_first(rows: Sequence[Sequence[str]], first: int, second: int, index: int) -> bool:
    """Whether a column that stands after both sides tells of the first one: most cities of it that are known lie there;
    else cities that come again, two at least, have each the same cell there, though not all have one."""
    beside: dict[str, str] = {}
    again = set()
    known = 0
    for row in rows:
        if max(first, second, index) < len(row) and (city := row[first].strip()) and (told := row[index].strip()):
            known += bool(lies_in(city, told)) - bool(lies_in(row[second].strip(), told))
            if city in beside:
                again.add(city)
            if beside.setdefault(city, told) != told:
                return False
    return known > 0 or (known == 0 and len(again) > 1 and len(set(beside.values())) > 1)


def _words(header: Sequence[str], rows: Sequence[Sequence[str]], known: set[str]) -> list[str]:
    """The columns of words that have not been recognised: of a list that has cities, the first likely names them."""
    return [
        name
        for index, name in enumerate(header)
        if name not in known
        and all_cells(
            cells_of(rows, index),
            lambda cell: not is_number(cell) and not is_item(cell) and "://" not in cell and not is_mark(cell),
        )
    ]
