"""Values as Wikidata writes them, in answers and in dumps: items, times, places, quantities."""

from __future__ import annotations

import re
from decimal import Decimal

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.values import Date

from ..cells.cells import CellError, number
from ..cells.coordinates import POINT

ENTITY = "http://www.wikidata.org/entity/"
"""What an item's number stands behind in its IRI."""

_ITEM = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]{0,11})")
_TIME = re.compile(r"([+-]?)([0-9]{4,16})-([0-9]{2})-([0-9]{2})(?:T[0-9:]{8}Z?)?")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]{1,2})?", re.IGNORECASE)
_JULIAN = "Q1985786"
_DECADE, _YEAR, _MONTH, _DAY = 8, 9, 10, 11


def item(text: str) -> str:
    """The number of an item, `Q121157`, from it or from its address. Raises CellError for anything else.

    >>> item("http://www.wikidata.org/entity/Q121157")
    'Q121157'
    """
    found = _ITEM.fullmatch(text)
    if not found:
        raise CellError("not an item of Wikidata", expected=f"an item such as {ENTITY}Q121157")
    return found[1]


def time(text: str, precision: int | None = None, calendar: str = "") -> Date | None:
    """A time of Wikidata as far as its precision reaches: a day (11), month (10), year (9) or decade (8).

    precision: None where nobody says; then the first of January stands for its year, as the query service writes years.
    calendar: IRI of the calendar model.

    Returns None for what is less precise than a decade, lies outside of the years 1 to 9999, or is a month or day of
    the Julian calendar. Raises CellError for what is no time.

    >>> time("+2006-05-00T00:00:00Z", 10).edtf, time("1990-01-01T00:00:00Z", 8).edtf
    ('2006-05', '199X')
    """
    found = _TIME.fullmatch(text)
    if not found:
        raise CellError("not a time", expected="a time such as 2006-05-01T00:00:00Z")
    sign, year, month, day = found[1], int(found[2]), found[3], found[4]
    if precision is None:
        precision = _YEAR if month in ("00", "01") and day in ("00", "01") else _DAY
    if sign == "-" or not 1 <= year <= 9999 or precision < _DECADE:
        return None
    if calendar.endswith(_JULIAN) and precision > _YEAR:
        return None
    edtf = f"{year:04}"
    if precision == _DECADE:
        edtf = f"{edtf[:3]}X"
    elif precision >= _MONTH:
        edtf = f"{edtf}-{month}" if precision == _MONTH else f"{edtf}-{month}-{day}"
    try:
        return from_edtf(edtf)
    except ValueError as error:
        raise CellError(f"not a time: {error}", expected="a time such as 2006-05-01T00:00:00Z") from None


def point(text: str) -> tuple[Decimal, Decimal]:
    """Latitude and longitude, degrees, of well-known text: `Point(59.6 36.3)`, longitude first. Raises CellError."""
    found = POINT.fullmatch(text.strip())
    if not found or not _NUMBER.fullmatch(found[1]) or not _NUMBER.fullmatch(found[2]):
        raise CellError("not a place", expected="a place such as Point(59.6 36.3)")
    if text.lstrip().startswith("<"):
        raise CellError("a place on another globe than the earth", expected="a place on the earth")
    return place(Decimal(found[2]), Decimal(found[1]))


def place(latitude: Decimal, longitude: Decimal) -> tuple[Decimal, Decimal]:
    """The same latitude and longitude, degrees, to seven places. Raises CellError for what is no place on the earth."""
    if not (latitude.is_finite() and longitude.is_finite() and abs(latitude) <= 90 and abs(longitude) <= 180):
        swapped = 90 < abs(latitude) <= 180 and abs(longitude) <= 90
        raise CellError(
            f"coordinates out of range{'; swapped?' if swapped else ''}",
            expected="a latitude from -90 to 90, a longitude from -180 to 180",
            hint="The longitude stands first in Point(59.6 36.3)." if swapped else "",
        )
    return round(latitude, 7).normalize(), round(longitude, 7).normalize()


def people(text: str) -> Decimal:
    """A number of people: whole, not negative. Raises CellError."""
    found = number(text.strip())
    if found < 0 or found != found.to_integral_value():
        raise CellError("not a number of people", expected="a whole number of 0 or more")
    return found.to_integral_value()
