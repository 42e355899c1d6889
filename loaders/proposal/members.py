"""Tables of networks and other bodies, and of their members."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from citydiplomacy.graph.language.text import ascii_digits, fold
from citydiplomacy.graph.model.ids import slug

from ..cells.concept_words import KINDS, ROLES, STATUSES, role_of
from ..cells.known_places import is_body, is_city
from ..layout.cell_kinds import all_cells, cells_of, is_item
from ..layout.crossed import is_mark, is_no_mark, is_year
from ..list_words.headers import meaning
from .life import begin, by_ours, date, life
from .lists import ListPart, across
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


def marked(part: ListPart) -> dict[str, list[str]]:
    """The columns of a matrix, a network or a kind of ties each, and which of their cells say that there is one: marks,
    or since when. At least two make a matrix, or one of a body that is known."""
    known = {*part.found.values(), *across(part.settings)}
    found: dict[str, list[str]] = {}
    for at, name in enumerate(part.header):
        told, what = cells_of(part.rows, at), meaning(name)
        if not told or name in known or is_year(name) or (what and fold(name) not in KINDS):
            continue
        if is_city(name) and not is_body(_body(name)):
            continue  # no network is called by a city alone
        said = [cell for cell in told if not is_no_mark(cell)]
        # Years may be of anything, unless they stand under the name of a body that is known.
        dates = is_body(_body(name))
        if said and all(is_mark(cell) or (dates and _is_date(cell)) for cell in said):
            found[name] = sorted(set(said))
    return found if len(found) > 1 or any(is_body(_body(name)) for name in found) else {}


_MEMBER_OF = re.compile(
    r"(?:is )?member(?:ship)? (?:of|in)|mitglied(?:schaft)? (?:bei|in|im|von)|membre d[eu]|عضو(?:یت)?(?: در)?",
    re.IGNORECASE,
)


def _body(column: str) -> str:
    """The name of a body as a column has it: `Member of Metropolis`."""
    return _MEMBER_OF.sub("", column).strip() or column


_YEAR = re.compile(r"(?:1[2-9]|20)\d\d(?:-\d\d-\d\d)?")


def _is_date(cell: str) -> bool:
    return bool(_YEAR.fullmatch(ascii_digits(cell)))


def of_column(part: ListPart, one: Side, items: bool, column: str, cells: list[str], text: MappingText) -> None:
    """The members of the network that a column of a matrix names."""
    part = part.where(column, cells)
    name = _body(column)
    begin(part, "organizations", text)
    text.add("columns.id", table({"column": column, "map": {slug(name): cells}}), Doubt.NETWORK)
    text.add("columns.label_und", table({"column": column, "map": {name: cells}}), Doubt.LANGUAGE)
    text.add("constants.kind", quoted("city-network"))
    begin(part, "memberships", text)
    text.add("columns.member", one.id(items=items))
    text.add("constants.organization", quoted(slug(name)))
    if all(map(_is_date, cells)):
        date(text, "start", column, cells)
    elif any(map(_is_date, cells)):  # marks and dates
        text.add("columns.start", table({"column": column, "pattern": f"^({_YEAR.pattern})?"}))
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


def marked_years(part: ListPart) -> list[str]:
    """The columns called by years whose cells are marks, the last year first; of one alone nobody knows."""
    known = {*part.found.values(), *across(part.settings)}
    found = []
    for at, name in enumerate(part.header):
        told = [cell for cell in cells_of(part.rows, at) if not is_no_mark(cell)]
        if name not in known and is_year(name) and told and all(map(_tells_member, told)):
            found.append(name)
    return sorted(found, reverse=True) if len(found) > 1 else []


def _tells_member(cell: str) -> bool:
    """Whether a cell below a year is a mark, or the role that a city had then."""
    return is_mark(cell) or fold(cell) in ROLES


def by_years(part: ListPart, one: Side, items: bool, years: Sequence[str], text: MappingText) -> None:
    """Members of which a list says in which years they were: the last of these is when that was seen."""
    after: dict[str, list[str]] = {}
    for year in years:
        cells = sorted({row[part.header.index(year)].strip() for row in part.rows})
        marks = [cell for cell in cells if _tells_member(cell)]
        begin(replace(part, settings={**part.settings, "where": {year: marks, **after}}), "memberships", text)
        text.add("columns.member", one.id(items=items))
        text.add("constants.organization", quoted(""), Doubt.OWN_NETWORK)
        text.add("constants.attested", quoted(year))
        if all(map(is_mark, marks)):
            text.add("constants.role", quoted("member"), Doubt.ROLE)
        else:
            ours = by_ours(marks, role_of)
            text.add("columns.role", table({"column": year, "map": ours, "default": "member"}), Doubt.ROLE)
        text.add("constants.locators", quoted("row {row}"))
        after[year] = [cell for cell in cells if not _tells_member(cell)]


def memberships(part: ListPart, one: Side | None, items: bool, text: MappingText) -> None:
    """The members of networks. one: None for those of a city that the list does not name."""
    if "mark" in part.found:
        marks = sorted(set(filter(is_mark, part.cells("mark"))))
        part = part.where(part.found["mark"], marks)
    begin(part, "memberships", text)
    if one:
        text.add("columns.member", one.id(items=items))
    else:
        text.add("constants.member", quoted(""), Doubt.OWN_CITY)
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
    ours = by_ours(words, role_of)
    text.add("columns.role", table({"column": column, "map": ours, "default": "member"}), Doubt.ROLE)
    text.add("columns.detail", quoted(column))
    over = by_ours(
        [word for word in words if fold(word) in STATUSES and fold(word) not in ("active",)],
        lambda word: STATUSES[fold(word)],
    )
    if over and "status" not in part.found:
        text.add("columns.status", table({"column": column, "map": over, "else": ""}))
