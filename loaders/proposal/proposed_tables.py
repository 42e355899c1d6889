"""The tables of a proposed mapping, written from what was recognised in a list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from citydiplomacy.graph.language.text import fold

from ..cells.concept_words import KINDS, MISSIONS
from ..cells.known_places import is_city
from ..formats.bulleted import ITEM
from ..layout.cell_kinds import all_cells, cells_of
from ..layout.inside import inside
from ..layout.told_sides import lying, unread_cities
from ..layout.wide import partners_beside
from ..list_words.cell_words import BODIES, tie_of
from ..list_words.column_names import FIRST, MEMBERS, SECOND, TWINS
from ..list_words.headers import meaning
from ..list_words.other_words import EVENTS, FLIGHTS, HOSTS
from .life import begin, by_ours, kind, life
from .lists import ListPart, between, pairs
from .members import by_years, marked, marked_years, memberships, networks, of_column, organizations
from .recognition import key
from .sides import Side, countries, populations
from .writing import Doubt, MappingText, quoted, table


def tables(part: ListPart, source: str, text: MappingText) -> bool:
    """Write the tables of a list of cities, members, ties, missions or bodies. Returns whether it is any of these."""
    if "parties" in part.found and "city" not in part.found and _several_parties(part, source, text):
        return True
    part = _without_bodies(part)
    wide = partners_beside(part.header, part.rows) if "city" in part.found else {}
    beside = {column for each in wide.values() for column in each.values()}
    found = part.found = {what: column for what, column in part.found.items() if column not in beside}
    one, other = Side(part, FIRST, source), Side(part, SECOND, source)
    if "network" in found and not one.there and found.keys() & {"joined", "role"}:
        networks(part, text)
        memberships(part, None, False, text)
        return True
    bodies = {"acronym", "founded"} & found.keys() and not other.there and _is_of_bodies(part)
    if bodies or ("network" in found and not one.there):
        organizations(part, text)
        return True
    if not one.there or not _are_cities(part):
        return False
    if "sender" in found or ("mission" in found and not other.there):
        _missions(part, one, text)
        return True
    items = one.has_items and (other.has_items or not other.there)
    marks, years = marked(part), marked_years(part)
    _cities(part, one, items, text)
    if wide:
        _wide(part, wide, text, source)
    elif other.there:
        tied = _with_partners(part)
        one, other = Side(tied, FIRST, source), Side(tied, SECOND, source)
        _cities(tied, other, items, text)
        if part.names(FLIGHTS) and not part.names(TWINS):
            _routes(tied, one, other, items, text)
        else:
            _agreements(tied, [one, other], items, text)
    elif number := _partner_numbers(part):
        own = table({"column": found["id"], "slug": True, "prefix": f"{source}-"})
        theirs = table({"column": number, "slug": True, "prefix": f"{source}-"})
        _agreements(part, [replace(one, own_id=own), replace(one, own_id=theirs)], False, text)
    elif _is_own_list(part) and not marks and not years:
        _agreements(part, [one], items, text)
    if "network" in found:
        networks(part, text)
        memberships(part, one, items, text)
    elif marks:
        for column, words in marks.items():
            if kind_of := KINDS.get(fold(column)):
                _agreements(part.where(column, words), [one], items, text, kind_of)
            else:
                of_column(part, one, items, column, words, text)
    elif years and not other.there:
        by_years(part, one, items, years, text)
    elif "joined" in found or (_is_of_members(part) and not other.there):
        memberships(part, one, items, text)
    for side in (one, other):
        populations(part, side, items, text)
    return True


_TELLING = frozenset(
    [
        "country",
        "region",
        "latitude",
        "longitude",
        "coordinates",
        "population",
        "wikidata",
        "geonames",
        "network",
        "joined",
        "role",
        "mark",
        "sender",
        "mission",
        "body",
    ]
)
"""What only a list of cities tells of what it calls by a name alone; a side of a tie does too."""


def _are_cities(part: ListPart) -> bool:
    """Whether what stands under `Name` or `Title` are cities: the list tells more of them, or some are known."""
    name = meaning(part.found.get("city", ""))
    if name is None or not name.plain or fold(part.found["city"]) in MEMBERS:
        return True
    told = part.found.keys()
    if (
        told & _TELLING
        or any(what.startswith("partner ") for what in told)
        or marked(part)
        or partners_beside(part.header, part.rows)
    ):
        return True
    if part.found["city"] == ITEM and "kind" in part.found:
        return True  # what heads them says what ties them
    cells = part.cells("city")
    apart = inside(cells)
    names = [apart.parts(cell)[0] if apart else re.sub(r"\s*[,(].*", "", cell) for cell in cells]
    known = 0 if part.found["city"] == ITEM and apart and "start" in told else 0.2
    return all_cells(names, is_city, known) and any(map(is_city, names))


def _several_parties(part: ListPart, source: str, text: MappingText) -> bool:
    """Agreements of which all parties stand in one cell. Returns whether a list is one of these."""
    column, at = part.found["parties"], part.index("parties")
    if not (sign := between(part.cells("parties")) or pairs(part.cells("parties"))):
        return False
    names: list[Sequence[str]] = [
        [*row[:at], name.strip(), *row[at + 1 :]] for row in part.rows for name in row[at].split(sign)
    ]
    begin(part, "cities", text)
    text.add("each", table({column: sign}), Doubt.SEVERAL)
    Side(replace(part, rows=names, found={"city": column}), FIRST, source).write(text, items=False)
    begin(part, "agreements", text)
    text.add("columns.parties", table({"column": column, "split": sign, "slug": True, "prefix": f"{source}-"}))
    life(part, text)
    kind(part, text)
    return True


def _without_bodies(part: ListPart) -> ListPart:
    """Of a list of cities and of associations, by what it says that they are: the cities."""
    words = set(map(str.strip, (row[part.index("body")] for row in part.rows))) if "body" in part.found else set()
    cities = sorted(word for word in words if BODIES.get(fold(word)) != "organization")
    if len(cities) in (0, len(words)):
        return part
    at = part.index("body")
    return replace(part.where(part.found["body"], cities), rows=[row for row in part.rows if row[at].strip() in cities])


def _with_partners(part: ListPart) -> ListPart:
    """Of cities that have a list of their partners each, in a cell or as objects, which is empty in some: those that
    have any."""
    column = part.found.get("partner city", part.found.get("partner wikidata", ""))
    within = column.rpartition(".")[0]
    lists = part.settings.get("each")
    names = [column] if isinstance(lists, dict) and column in lists else []
    names = names or [name for name in part.header if within and name.startswith(f"{within}.")]
    told = [part.header.index(name) for name in names]
    if part.found.get("city") in names or all(any(row[at].strip() for at in told) for row in part.rows):
        return part
    return replace(part, settings={**part.settings, "asks": names})


def _partner_numbers(part: ListPart) -> str:
    """The column of the partner of each city, by the number that the list has for it; empty if there is none."""
    if not {"id", "partner id"} <= part.found.keys():
        return ""
    return part.found["partner id"] if set(part.cells("partner id")) <= set(part.cells("id")) else ""


def _cities(part: ListPart, side: Side, items: bool, text: MappingText) -> None:
    """The cities of a side, and the states or provinces that they lie in."""
    if side.name("region"):
        begin(part, "regions", text)
        side.write_regions(text)
    if side.side == FIRST:  # before each row of a matrix stands a city, whatever its cells say
        part = replace(part, settings={key: value for key, value in part.settings.items() if key != "across"})
    begin(part, "cities", text)
    side.write(text, items=items)


def _wide(part: ListPart, wide: Mapping[str, Mapping[str, str]], text: MappingText, source: str) -> None:
    """The partners of a list that has columns for each."""
    partners = [cell for name in wide for cell in cells_of(part.rows, part.header.index(name))]
    for name, beside in wide.items():
        told = {**part.found, "partner city": name, **{key(what, SECOND): column for what, column in beside.items()}}
        partner = replace(part, found=told, settings={**part.settings, "asks": [name]})
        side = Side(partner, SECOND, source, like=partners)
        _cities(partner, side, False, text)
        _agreements(partner, [Side(partner, FIRST, source), side], False, text)


def _is_of_bodies(part: ListPart) -> bool:
    """Whether a list with short names or founding years is one of bodies: nothing in it says that they are cities."""
    name = meaning(part.found.get("city", ""))
    return "network" in part.found or bool(name and name.plain)


def _is_own_list(part: ListPart) -> bool:
    """Whether a list of cities is one of the ties of a city that it does not name: with a beginning, an end, a kind."""
    found = part.found.keys()
    alone = (
        not unread_cities(part.header, part.rows, part.found.values())
        and not found & {"network", "joined", "population", "founded"}
        and not _is_of_members(part)
    )
    name = meaning(part.found.get("city", ""))
    partners = bool(name and name.side == SECOND)
    if "partner region" in found or (part.names(EVENTS) and not part.names(TWINS)):
        return False
    return partners or (alone and bool(found & {"start", "end", "kind", "status"} or tie_of(part.title)))


def _is_of_members(part: ListPart) -> bool:
    """Whether a list of cities is one of the members of a network that it does not name: its column says so, or it
    tells what kind of members they are."""
    return fold(part.found.get("city", "")) in MEMBERS or bool(part.found.keys() & {"role", "mark"})


def _routes(part: ListPart, origin: Side, destination: Side, items: bool, text: MappingText) -> None:
    """Direct flights from the cities of one side to those of the other."""
    begin(part, "routes", text)
    text.add("columns.origin", origin.id(items=items), Doubt.FLIGHT)
    text.add("columns.destination", destination.id(items=items))
    life(part, text)
    text.add("constants.locators", quoted("row {row}"))


def _agreements(part: ListPart, sides: Sequence[Side], items: bool, text: MappingText, told: str = "") -> None:
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
    kind(part, text, told)


def _missions(part: ListPart, host: Side, text: MappingText) -> None:
    """Missions of countries in cities. A place beside them is that of the mission, not of the city."""
    items = host.has_items
    if "sender" not in part.found and _tells_of_senders(part):
        part.found["sender"] = part.found.pop("country")
    for axis in ("latitude", "longitude", "coordinates", "population"):
        part.found.pop(axis, None)
    _cities(part, host, items, text)
    begin(part, "missions", text)
    if "sender" in part.found:
        more, unsure = countries(part.cells("sender"))
        text.add("columns.sender", table({"column": part.found["sender"], **more, "country": True}), unsure)
    else:
        text.add("constants.sender", quoted(""), Doubt.SENDER)
    text.add("columns.host", host.id(items=items))
    what = next((each for each in ("mission", "kind", "detail") if each in part.found), "")
    if what:
        words = sorted(set(part.cells(what)))
        ours = by_ours(words, lambda word: MISSIONS.get(fold(word), ""))
        text.add("columns.kind", table({"column": part.found[what], "map": ours}), Doubt.WORDS if "" in ours else None)
    else:
        text.add("constants.kind", quoted("consulate"), Doubt.TIE)
    if "founded" in part.found:
        part.found.setdefault("start", part.found["founded"])
    life(part, text)
    text.add("constants.locators", quoted("row {row}"))


def _tells_of_senders(part: ListPart) -> bool:
    """Whether the country of a list of missions sends them: it is none of its cities, as far as these are known."""
    if "country" not in part.found or part.names(HOSTS):
        return False
    there, elsewhere = lying(
        part.rows, part.index("city" if "city" in part.found else "wikidata"), part.index("country")
    )
    return len(set(part.cells("country"))) > 1 and elsewhere >= there
