"""Dates as people write them, in the Gregorian and the Solar Hijri calendar, read as EDTF intervals.

A year of Solar Hijri is read only where something says so: a mark (`1392 SH`, «۱۳۹۲ ه‍.ش»), a Solar Hijri month, Persian
words or digits, or the calendar of the source. A bare year that could be of either calendar is an error, never a guess.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..model.values import Date
from .calendars import GREGORIAN, OPEN, SOLAR, SOLAR_YEARS, days

_PLAIN = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?[~?%]?")


@lru_cache(maxsize=65536)
def parse_date(text: str, *, calendar: str = GREGORIAN) -> Date:
    """Read a date of any precision, a stretch of time or an open interval, in English, Persian or EDTF.

    calendar: how years that nothing marks are read, `gregorian` or `solar-hijri` (there, years after 1500 are Gregorian
    all the same: as Solar Hijri they lie a century ahead).
    The words are kept in `original`, without the mark `SH`; it is empty where the text is its own EDTF.
    Approximate and uncertain dates (`2004~`, `2004?`) reach as far as the edtf library pads them: a year each side.

    Raises ValueError with the reason.

    >>> parse_date("1392 SH").edtf, parse_date("۱۸ دی ۱۳۹۴").edtf, parse_date("before 1979").edtf
    ('2013-03-21/2014-03-20', '2016-01-08', '/1978-12-31')
    """
    if calendar not in (GREGORIAN, SOLAR):
        raise ValueError(f"unknown calendar {calendar!r}: gregorian or solar-hijri")
    from .written_dates import ends  # patterns, which take their time

    written = text.strip()
    first, last = ends(written, calendar)
    earliest = None if first in OPEN else days(first)[0]
    latest = None if last in OPEN else days(last)[1]
    if earliest and latest and earliest > latest:
        raise ValueError(f"{written!r} ends before it begins")
    edtf = first if first == last else f"{first}/{last}"
    original = re.sub(r"\s*\bSH$|\s*\bAD\b", "", written)
    return Date(edtf, earliest, latest, "" if original == edtf else original)


def from_edtf(edtf: str) -> Date:
    """A date from EDTF, where years are Gregorian whatever their number. Raises ValueError for any other words.

    >>> from_edtf("1400").latest
    datetime.date(1400, 12, 31)
    """
    if plain := _plain(edtf):
        return plain
    date = parse_date(marked(edtf))
    if date.edtf != edtf:
        raise ValueError(f"{edtf!r} is not EDTF")
    return Date(edtf, date.earliest, date.latest)


def told_date(edtf: str | None) -> Date | None:
    """The date in a cell of an answer, which is EDTF; None where none is told. Raises ValueError for other words."""
    return from_edtf(edtf) if edtf else None


def _plain(edtf: str) -> Date | None:
    """A date whose ends are years, months or days, or about these, as almost all are: what reading its words would
    give, without their patterns. None for any other.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        last = first
    elif first == last:
        return None
    told = [end for end in (first, last) if end not in OPEN]
    if not told or not all(map(_PLAIN.fullmatch, told)):
        return None
    try:
        earliest = None if first in OPEN else days(first)[0]
        latest = None if last in OPEN else days(last)[1]
    except ValueError:
        return None
    return None if earliest and latest and earliest > latest else Date(edtf, earliest, latest)


def marked(edtf: str) -> str:
    """An EDTF date as a cell that is read as Gregorian: years that could be Solar Hijri are marked.

    >>> marked("1394-10"), marked("2014")
    ('1394-10 AD', '2014')
    """
    ends = [end.replace("X", "0")[:4] for end in edtf.split("/")]
    doubtful = any(end.isdigit() and int(end) in SOLAR_YEARS[:-1] for end in ends)
    return "/".join(f"{end} AD" if end not in OPEN else end for end in edtf.split("/")) if doubtful else edtf
