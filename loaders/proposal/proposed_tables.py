"""The tables of a proposed mapping, written from what was recognised in a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from citydiplomacy.graph.language.text import fold

from ..list_words.cell_words import MISSIONS
from ..list_words.column_names import FIRST, SECOND
from ..list_words.headers import meaning
from .cell_kinds import cells_of
from .life import begin, by_ours, date, kind, life
from .lists import ListPart
from .members import marked, memberships, networks, of_column, organizations
from .sides import Side, countries
from .writing import Doubt, MappingText, quoted, table


def tables(part: ListPart, source: str, text: MappingText) -> bool:
    """Write the tables of a list of cities, members, ties, missions or bodies. Returns whether it is any of these."""
    found = part.found
    one, other = Side(part, FIRST, source), Side(part, SECOND, source)
    if {"acronym", "founded"} & found.keys() and not other.there and _is_of_bodies(part):
        organizations(part, text)
        return True
    if "network" in found and not one.there:
        organizations(part, text)
        return True
    if not one.there:
        return False
    if "mission" in found and "sender" not in found and len(set(part.cells("country"))) > 1 and not other.there:
        found["sender"] = found.pop("country")
    if "sender" in found:
        _missions(part, one, text)
        return True
    items = one.has_items and (other.has_items or not other.there)
    _cities(part, one, items, text)
    if wide := _wide(part):
        for name in wide:
            partner = replace(part, found={**found, "partner city": name}, settings={**part.settings, "asks": [name]})
            _cities(partner, Side(partner, SECOND, source), False, text)
            _agreements(partner, [Side(partner, FIRST, source), Side(partner, SECOND, source)], False, text)
    elif other.there:
        _cities(part, other, items, text)
        _agreements(part, [one, other], items, text)
    elif _is_own_list(part) and not marked(part):
        _agreements(part, [one], items, text)
    if "network" in found:
        networks(part, text)
        memberships(part, one, items, text)
    elif columns := marked(part):
        for column in columns:
            of_column(part, one, items, column, text)
    elif "joined" in found:
        memberships(part, one, items, text)
    for side in (one, other):
        populations(part, side, items, text)
    return True


def _cities(part: ListPart, side: Side, items: bool, text: MappingText) -> None:
    """The cities of a side, and the states or provinces that they lie in."""
    if side.name("region"):
        begin(part, "regions", text)
        side.write_regions(text)
    begin(part, "cities", text)
    side.write(text, items=items)


def _wide(part: ListPart) -> list[str]:
    """The columns of partners, where each has one of its own: `Sister city 1`, `Sister city 2`."""
    stems: dict[str, list[str]] = {}
    for name in part.header:
        if found := re.fullmatch(r"(.*\D)[\s_.]*[(]?\d+[)]?", name.strip()):
            stems.setdefault(found[1].rstrip(" _.("), []).append(name)
    for stem, names in stems.items():
        told = meaning(stem)
        if len(names) > 1 and told and (told.what, told.side) == ("city", SECOND) and "city" in part.found:
            return [name for name in names if cells_of(part.rows, part.header.index(name))]
    return []


def _is_of_bodies(part: ListPart) -> bool:
    """Whether a list with short names or founding years is one of bodies: nothing in it says that they are cities."""
    name = meaning(part.found.get("city", ""))
    return "network" in part.found or bool(name and name.plain)


def _is_own_list(part: ListPart) -> bool:
    """Whether a list of cities is one of the ties of a city that it does not name: with a beginning, an end, a kind."""
    found = part.found.keys()
    alone = not found & {"network", "joined", "population", "founded"}
    name = meaning(part.found.get("city", ""))
    partners = bool(name and name.side == SECOND)
    return partners or (alone and bool(found & {"start", "end", "kind", "status"}))


def _agreements(part: ListPart, sides: Sequence[Side], items: bool, text: MappingText) -> None:
    """The agreements between the cities of two sides, or of one with the city whose list it is."""
    begin(part, "agreements", text)
    if items and len(sides) > 1:
        columns = [side.name("wikidata") for side in sides]
        text.add("columns.parties", table({"columns": columns, "pattern": r"[Qq]\d+", "slug": True}))
    else:
        text.lines += ["columns.parties = [", *(f"  {side.id(items=items)}," for side in sides), "]"]
    if len(sides) == 1:
        text.add("constants.parties", quoted(""), Doubt.OWN_CITY)
    life(part, text)
    kind(part, text)


def _missions(part: ListPart, host: Side, text: MappingText) -> None:
    """Missions of countries in cities. A place beside them is that of the mission, not of the city."""
    items = host.has_items
    for axis in ("latitude", "longitude", "coordinates", "population"):
        part.found.pop(axis, None)
    _cities(part, host, items, text)
    begin(part, "missions", text)
    more, unsure = countries(part.cells("sender"))
    text.add("columns.sender", table({"column": part.found["sender"], **more, "country": True}), unsure)
    text.add("columns.host", host.id(items=items))
    what = next((each for each in ("mission", "kind", "detail") if each in part.found), "")
    if what:
        words = sorted(set(part.cells(what)))
        ours = by_ours(words, lambda word: MISSIONS.get(fold(word), ""))
        text.add("columns.kind", table({"column": part.found[what], "map": ours}), Doubt.WORDS if "" in ours else None)
    else:
        text.add("constants.kind", quoted("consulate"), Doubt.TIE)
    life(part, text)
    text.add("constants.locators", quoted("row {row}"))


def populations(part: ListPart, side: Side, items: bool, text: MappingText) -> None:
    if not side.name("population"):
        return
    begin(part, "observations", text)
    text.add("columns.area", side.id(items=items))
    text.add("columns.value", quoted(side.name("population")))
    if "start" in part.found and not _tied(part):
        date(text, "period", part.found["start"], part.cells("start"))
    text.add("constants", table({"measure": "population", "locators": "row {row}"}), Doubt.MEASURE)


def _tied(part: ListPart) -> bool:
    return bool(part.found.keys() & {"partner city", "partner wikidata", "network", "joined"})
