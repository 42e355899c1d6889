"""Tables of networks and other bodies, and of their members."""

from __future__ import annotations

from dataclasses import replace

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.ids import slug

from ..list_words.cell_words import MARKS, NO_MARKS, ROLES, STATUSES
from ..list_words.headers import meaning
from .cell_kinds import all_cells, cells_of, is_item
from .life import begin, by_ours, date, life
from .lists import ListPart
from .sides import WIKIDATA, Side, countries
from .writing import Doubt, MappingText, quoted, table


def networks(part: ListPart, text: MappingText) -> None:
    network = part.found["network"]
    begin(part, "organizations", text)
    text.add("columns.id", _network(part), Doubt.NETWORK)
    if label := next((name for name in part.header if name.lower() == f"{network}Label".lower()), ""):
        text.add("columns.label_und", quoted(label), Doubt.LANGUAGE)
    elif not _has_items(part):
        text.add("columns.label_und", quoted(network), Doubt.LANGUAGE)
    if _has_items(part):
        item = {"column": network, "pattern": r"[Qq]\d+", "prefix": WIKIDATA}
        text.add("columns.exact_match", table(item))
    text.add("constants.kind", quoted("city-network"))


def _has_items(part: ListPart) -> bool:
    return all_cells(part.cells("network"), is_item)


def _network(part: ListPart) -> str:
    """How the id of a network is made: of its Wikidata item, or of its name."""
    item = {"pattern": r"[Qq]\d+"} if _has_items(part) else {}
    return table({"column": part.found["network"], **item, "slug": True})


def marked(part: ListPart) -> list[str]:
    """The columns of a matrix, a network each, whose cells are marks of its members; at least two make one."""
    known = set(part.found.values())
    others = [name for name in part.header if name not in known and meaning(name) is None]
    cells = {name: cells_of(part.rows, part.header.index(name)) for name in others}
    found = [
        name
        for name, told in cells.items()
        if told and all(fold(cell) in NO_MARKS or cell.casefold() in MARKS | NO_MARKS for cell in told)
    ]
    return found if len(found) > 1 else []


def of_column(part: ListPart, one: Side, items: bool, column: str, text: MappingText) -> None:
    """The members of the network that a column of a matrix names."""
    marks = sorted({cell for cell in cells_of(part.rows, part.header.index(column)) if cell.casefold() in MARKS})
    if not marks:
        return
    part = replace(part, settings={**part.settings, "where": {column: marks}}, found=dict(part.found))
    begin(part, "organizations", text)
    text.add("columns.id", table({"column": column, "map": {slug(column): marks}}), Doubt.NETWORK)
    text.add("columns.label_und", table({"column": column, "map": {column: marks}}), Doubt.LANGUAGE)
    text.add("constants.kind", quoted("city-network"))
    begin(part, "memberships", text)
    text.add("columns.member", one.id(items=items))
    text.add("constants.organization", quoted(slug(column)))
    text.add("constants.role", quoted("member"), Doubt.ROLE)
    text.add("constants.locators", quoted("row {row}"))


def organizations(part: ListPart, text: MappingText) -> None:
    """A list of bodies."""
    found = part.found
    label = found.get("network") or found["city"]
    begin(part, "organizations", text)
    text.add("columns.id", table({"column": label, "slug": True}), Doubt.NETWORK)
    text.add("columns.label_und", quoted(label), Doubt.LANGUAGE)
    if "acronym" in found:
        text.add("columns.acronym", quoted(found["acronym"]))
    if "founded" in found:
        date(text, "founded", found["founded"], part.cells("founded"))
    if "country" in found:
        more, unsure = countries(part.cells("country"))
        seat = table({"column": found["country"], **more, "country": True})
        text.add("columns.seat_country", seat, unsure or Doubt.COUNTRY)
    if "homepage" in found:
        text.add(
            "columns.homepage",
            table({"column": found["homepage"], "pattern": r"^(?:https?://)?(\S+)", "prefix": "http://"}),
        )
    text.add("constants.kind", quoted("city-network"), Doubt.BODIES)
    text.add("constants.locators", quoted("row {row}"))


def memberships(part: ListPart, one: Side, items: bool, text: MappingText) -> None:
    begin(part, "memberships", text)
    text.add("columns.member", one.id(items=items))
    if "network" in part.found:
        text.add("columns.organization", _network(part))
    else:
        text.add("constants.organization", quoted(""), Doubt.OWN_NETWORK)
    life(part, text, "joined")
    if "role" in part.found:
        _roles(part, text)
    else:
        text.add("constants.role", quoted("member"), Doubt.ROLE)
    text.add("constants.locators", quoted("row {row}"))


def _roles(part: ListPart, text: MappingText) -> None:
    """Roles by their words, and of former members that their membership ended."""
    column, words = part.found["role"], sorted(set(part.cells("role")))
    ours = by_ours(words, lambda word: ROLES.get(fold(word), "member"))
    text.add("columns.role", table({"column": column, "map": ours, "default": "member"}), Doubt.ROLE)
    text.add("columns.detail", quoted(column))
    over = by_ours(
        [word for word in words if fold(word) in STATUSES and fold(word) not in ("active",)],
        lambda word: STATUSES[fold(word)],
    )
    if over and "status" not in part.found:
        text.add("columns.status", table({"column": column, "map": over, "else": ""}))
