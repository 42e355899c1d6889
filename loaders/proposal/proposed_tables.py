"""The tables of a proposed mapping, written from what was recognised in a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.text import ascii_digits, fold

from ..cells.coordinates import AXES
from .recognition import all_cells, cells_of, is_country

WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"
ITEM = "pattern = '[Qq]\\d+', slug = true"
ASK = "  # ?"
"""Ends a line that says more than the list does."""

ROLES = {
    "associate": "associate, associated, associated member, associate member, indirect member, عضو وابسته, assoziiert",
    "observer": "observer, ناظر, Beobachter, observateur",
    "founder": "founder, founding member, بنیان‌گذار, مؤسس, Gründungsmitglied, membre fondateur",
    "board-member": "board, board member, عضو هیئت مدیره, Vorstand",
    "president": "president, رئیس, Präsident, président",
    "vice-president": "vice president, نایب رئیس, Vizepräsident, vice-président",
    "member": "member, full member, active, عضو, عضو اصلی, Mitglied, Vollmitglied, membre",
}
_ROLE = {fold(word): role for role, words in ROLES.items() for word in words.split(", ")}


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a list, or the nodes or edges of a network."""

    settings: dict[str, object]
    """Keys of its tables in the mapping that are the same for all of them."""
    header: tuple[str, ...]
    rows: list[Sequence[str]]
    found: dict[str, str]
    """The columns that were recognised, by what they are."""
    sheet: str = ""
    """Of a network: nodes or edges."""

    def cells(self, what: str) -> list[str]:
        """The cells of what was recognised."""
        return cells_of(self.rows, self.header.index(self.found[what])) if what in self.found else []


def defaults(part: Part) -> Iterator[str]:
    """The section that says once how the file is written."""
    yield from ("", "[defaults]")
    yield from (f"{key} = {_written(value)}{ASK * (key == 'encoding')}" for key, value in part.settings.items())


def tables(part: Part, name: str) -> Iterator[str]:
    """The tables of a list of cities, of members or of twins."""
    found = part.found
    if not found.keys() & {"city", "wikidata"}:
        raise InputError(
            "no column is recognised as a city",
            file=str(part.settings["file"]),
            value=", ".join(part.header),
            expected="a header that names one: city, Stadt, ville, شهر; or Wikidata items",
        )
    yield from cities(part, name, "city", "wikidata")
    if found.keys() & {"partner", "partner wikidata"}:
        yield from cities(part, name, "partner", "partner wikidata")
        yield from ties(part, name)
    if "network" in found:
        yield from _memberships(part, name)
    yield from populations(part, name)


def _begin(part: Part, record: str) -> Iterator[str]:
    yield from ("", "[[tables]]", f"record = {quoted(record)}")
    if part.sheet:
        yield f"sheet = {quoted(part.sheet)}"


def _has_items(part: Part) -> bool:
    """Whether every city has its Wikidata item, so that ids can be made of them."""
    twins = part.found.keys() & {"partner", "partner wikidata"}
    return {"wikidata", *(["partner wikidata"] if twins else [])} <= part.found.keys()


def _id(part: Part, name: str, city: str, item: str) -> str:
    """How the id of a city is made: of its Wikidata item, or of its name and country, marked as this list's own.

    Of twins only the name is taken, since a list tells the country of one of them at most.
    """
    found = part.found
    if _has_items(part):
        return f"{{ column = {quoted(found[item])}, {ITEM} }}"
    own = f"slug = true, prefix = {quoted(f'{name}-')}"
    if "id" in found or "partner" in found or "country" not in found:
        return f"{{ column = {quoted(found.get('id', found[city]))}, {own} }}"
    return f'{{ columns = {_written([found[city], found["country"]])}, join = " ", {own} }}'


def cities(part: Part, name: str, city: str, item: str) -> Iterator[str]:
    found = part.found
    yield from _begin(part, "cities")
    yield f"columns.id = {_id(part, name, city, item)}"
    if city in found:
        persian = all_cells(part.cells(city), lambda cell: bool(re.search("[\u0600-\u06ff]", cell)), 0.5)
        yield f"columns.label_{'fa' if persian else 'und'} = {quoted(found[city])}{ASK}"
    if item in found:
        item_of = f"column = {quoted(found[item])}, pattern = 'Q\\d+'"
        yield f"columns.exact_match = {{ {item_of}, prefix = {quoted(WIKIDATA)} }}"
    if city != "city":
        return
    if "geonames" in found and item not in found:
        address = f'map = {{}}, else = "{{word}}/", prefix = {quoted(GEONAMES)}'
        yield f"columns.exact_match = {{ column = {quoted(found['geonames'])}, {address} }}"
    if "country" in found:
        yield from _country(part)
    for axis in AXES:
        if axis in found:
            yield f"columns.{axis} = {quoted(found[axis])}"
        elif "coordinates" in found:
            yield f"columns.{axis} = {{ column = {quoted(found['coordinates'])}, coordinates = true }}{ASK}"


def _country(part: Part) -> Iterator[str]:
    strange = sorted({cell for cell in part.cells("country") if not is_country(cell)})
    column = f"column = {quoted(part.found['country'])}"
    if strange:
        column += f', map = {{ "" = {_written(strange)} }}, else = "{{word}}"'
    ask = ASK if strange or "partner" in part.found else ""
    yield f"columns.country = {{ {column}, country = true }}{ask}"


def ties(part: Part, name: str) -> Iterator[str]:
    """The agreements between the cities of two columns."""
    found, items = part.found, _has_items(part)
    yield from _begin(part, "agreements")
    ends = ("wikidata", "partner wikidata") if items else ("city", "partner")
    how = ITEM if items else f"slug = true, prefix = {quoted(f'{name}-')}"
    yield f"columns.parties = {{ columns = {_written([found[end] for end in ends])}, {how} }}"
    yield from _year(part)
    if "kind" in found:
        yield f"columns.kind = {quoted(found['kind'])}"
        yield 'constants.locators = "row {row}"'
    else:
        yield f'constants = {{ kind = "sister-city", locators = "row {{row}}" }}{ASK}'


def _memberships(part: Part, name: str) -> Iterator[str]:
    network = quoted(part.found["network"])
    yield from _begin(part, "organizations")
    yield f"columns.id = {{ column = {network}, slug = true }}{ASK}"
    yield f"columns.label_und = {network}{ASK}"
    yield 'constants.kind = "city-network"'
    yield from _begin(part, "memberships")
    yield f"columns.member = {_id(part, name, 'city', 'wikidata')}"
    yield f"columns.organization = {{ column = {network}, slug = true }}"
    yield from _year(part)
    if "role" in part.found:
        yield from _roles(part)
    else:
        yield f'constants.role = "member"{ASK}'
    yield 'constants.locators = "row {row}"'


def _roles(part: Part) -> Iterator[str]:
    column = quoted(part.found["role"])
    words: dict[str, list[str]] = {}
    for word in sorted(set(part.cells("role"))):
        words.setdefault(_ROLE.get(fold(word), "member"), []).append(word)
    table = ", ".join(f"{role} = {_written(theirs)}" for role, theirs in words.items())
    yield f'columns.role = {{ column = {column}, map = {{ {table} }}, default = "member" }}{ASK}'
    yield f"columns.detail = {column}"


def _year(part: Part) -> Iterator[str]:
    if "year" not in part.found:
        return
    column = quoted(part.found["year"])
    whole = all_cells(part.cells("year"), lambda cell: bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", ascii_digits(cell))), 1)
    yield "columns.start = " + (column if whole else f"{{ column = {column}, pattern = '\\d{{4}}' }}{ASK}")


def populations(part: Part, name: str) -> Iterator[str]:
    if "population" not in part.found:
        return
    yield from _begin(part, "observations")
    yield f"columns.area = {_id(part, name, 'city', 'wikidata')}"
    yield f"columns.value = {quoted(part.found['population'])}"
    yield f'constants = {{ measure = "population", locators = "row {{row}}" }}{ASK}'


def quoted(text: str) -> str:
    """A string as TOML writes it, which is as JSON does but for one letter."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _written(value: object) -> str:
    return f"[{', '.join(map(quoted, value))}]" if isinstance(value, list) else quoted(str(value))
