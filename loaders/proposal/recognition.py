"""What the columns of a list are, told from their names in English, Persian, German and French and from their cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence

from citydiplomacy.graph.language.text import ascii_digits, fold

from ..cells.cells import ERRORS, CellError, UnknownWord
from ..cells.coordinates import coordinates
from ..cells.countries import country_id

NAMES = {
    "city": "city, town, municipality, commune, name, label, local government, full name, city name, source, item, "
    "شهر, نام شهر, نام, شهرداری, Stadt, Ort, Gemeinde, Kommune, Ville, Nom, Municipalité",
    "partner": "partner, twin, twin town, twin city, sister city, sister town, partner city, other, target, "
    "خواهرشهر, خواهرخوانده, شهر خواهرخوانده, شهر دیگر, Partnerstadt, "
    "Partner, Ville jumelée, Ville partenaire, Jumelage",
    "country": "country, country code, country name, state, iso, iso2, کشور, نام کشور, Land, Staat, Pays",
    "latitude": "latitude, lat, y, عرض جغرافیایی, Breite, Breitengrad, geographische Breite",
    "longitude": "longitude, lon, lng, long, x, طول جغرافیایی, Länge, Längengrad, geographische Länge",
    "coordinates": "coordinates, coordinate, coords, geo, مختصات, مختصات جغرافیایی, Koordinaten, coordonnées",
    "population": "population, pop, inhabitants, جمعیت, Einwohner, Einwohnerzahl, Bevölkerung, habitants",
    "network": "network, network name, organization, organisation, association, شبکه, سازمان, نهاد, "
    "Netzwerk, Verband, Organisation, réseau",
    "role": "role, status, membership, membership type, نقش, سمت, وضعیت, نوع عضویت, Rolle, Mitgliedschaft, "
    "rôle, statut",
    "year": "year, since, start, joined, year of joining, date, سال, سال عضویت, از سال, تاریخ, Jahr, seit, Beitritt, "
    "année, depuis",
    "wikidata": "wikidata, qid, wikidata id, wikidata item, ویکی‌داده",
    "partner wikidata": "partner wikidata, twin wikidata, other wikidata",
    "geonames": "geonames, geoname id, geonames id",
    "kind": "kind, agreement, type of agreement",
}
"""By what a column is: the names that it goes by."""

_BY_NAME = {fold(name): what for what, names in reversed(NAMES.items()) for name in names.split(", ")}

UNKNOWN = frozenset(
    {"NA", "N/A", "n/a", "na", "#N/A", "nan", "null", "NULL", "None", "-", "–", "—", "?", "نامعلوم", "نامشخص"}
)
"""Cells that usually mean: unknown."""

_NUMBER = re.compile(r"[+-]?\d+(?:[.,٫]\d+)?")
_ITEM = re.compile(r"[Qq]\d+|https?://www\.wikidata\.org/(?:wiki|entity)/Q\d+")
SAMPLE = 200
"""Rows that are looked at."""


def delimiter_of(text: str) -> str:
    """What stands between the cells of a file: the sign that makes the most columns, as many in every row."""

    def columns(sign: str) -> tuple[bool, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        return len(set(widths)) == 1, min(widths, default=0)

    lines = text.splitlines()[:SAMPLE]
    return max(",;\t|", key=columns)


def is_header(cells: Sequence[str]) -> bool:
    """Whether a first row names columns: no cell of it is a number, a place or a Wikidata item, and none is empty."""
    kinds = is_number, is_place, is_item
    return all(cell.strip() and not any(is_one(cell.strip()) for is_one in kinds) for cell in cells)


def recognize(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """What is in which column: the name of a column by what it is, one of NAMES."""
    found: dict[str, str] = {}
    for index, name in enumerate(header):
        cells = cells_of(rows, index)
        what = _BY_NAME.get(fold(name), "")
        if what in ("city", "partner", "") and all_cells(cells, is_item):
            what = "partner wikidata" if what == "partner" or "wikidata" in found else "wikidata"
        elif not what and all_cells(cells, is_country):
            what = "country"
        elif not what and all_cells(cells, is_place):
            what = "coordinates"
        if _fits(what, cells):
            found.setdefault(what, name)
    if "city" not in found and found.keys() & {"wikidata", "geonames", "latitude", "coordinates"}:
        found.update(("city", name) for name in _words(header, rows, set(found.values()))[:1])
    return found


def _words(header: Sequence[str], rows: Sequence[Sequence[str]], known: set[str]) -> list[str]:
    """The columns of words that have not been recognised: of a list that has cities, the first likely names them."""
    return [
        name
        for index, name in enumerate(header)
        if name not in known
        and all_cells(cells_of(rows, index), lambda cell: not is_number(cell) and not is_item(cell))
    ]


def cells_of(rows: Iterable[Sequence[str]], index: int) -> list[str]:
    """The cells of a column that say anything."""
    return [cell for row in rows if index < len(row) and (cell := row[index].strip()) and cell not in UNKNOWN | ERRORS]


def all_cells(cells: Sequence[str], is_one: Callable[[str], bool], most: float = 0.9) -> bool:
    """Whether nearly all cells, and at least one, are of a kind."""
    return bool(cells) and sum(map(is_one, cells)) >= most * len(cells)


def is_item(cell: str) -> bool:
    """Whether a cell is a Wikidata item, or the address of one."""
    return bool(_ITEM.fullmatch(cell))


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with a point or a comma before decimals."""
    return bool(_NUMBER.fullmatch(ascii_digits(cell)))


def is_country(cell: str) -> bool:
    """Whether a cell is the name or the code of a country."""
    try:
        return bool(country_id(cell))
    except UnknownWord:
        return False


def is_place(cell: str) -> bool:
    """Whether a pair of coordinates stands in a cell. Whole numbers alone may be anything: years, thousands."""
    try:
        return max(map(abs, coordinates(cell))) <= 180 and bool(re.search("[.٫;°(]", cell))
    except CellError:
        return False


def is_year(cell: str) -> bool:
    """Whether a year stands in a cell."""
    return bool(re.search(r"(?<!\d)(1[0-9]|20)\d\d(?!\d)", ascii_digits(cell)))


def _within(limit: int) -> Callable[[str], bool]:
    return lambda cell: is_number(cell) and abs(float(ascii_digits(cell).replace(",", ".").replace("٫", "."))) <= limit


_KINDS: dict[str, Callable[[str], bool]] = {
    "latitude": _within(180),
    "longitude": _within(180),
    "coordinates": is_place,
    "year": is_year,
    "wikidata": is_item,
    "partner wikidata": is_item,
    "geonames": str.isdigit,
}


def _fits(what: str, cells: Sequence[str]) -> bool:
    """Whether the cells of a column can be what its name says."""
    return bool(what) and (what not in _KINDS or not cells or all_cells(cells, _KINDS[what], 0.5))
