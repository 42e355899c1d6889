"""From years, months and days of a calendar to the EDTF dates that they are."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from .calendars import (
    GREGORIAN,
    SEASONS,
    SOLAR,
    SOLAR_MONTHS_LATIN,
    SOLAR_YEARS,
    from_solar,
    solar_length,
)


class EdtfEnds(NamedTuple):
    """The first and the last EDTF date of a stretch; the same date twice if one says it all."""

    first: str
    last: str


def calendar_of(year: int, calendar: str, mark: str | None) -> str:
    """The calendar of a year."""
    if mark == GREGORIAN or (mark is None and calendar == SOLAR and year >= SOLAR_YEARS.stop):
        return GREGORIAN
    if SOLAR in (mark, calendar):
        if year not in SOLAR_YEARS:
            raise ValueError(f"{year} is not a Solar Hijri year from {SOLAR_YEARS[0]} to {SOLAR_YEARS[-1]}")
        return SOLAR
    if year in SOLAR_YEARS[:-1]:
        raise ValueError(f"{year} may be Gregorian or Solar Hijri: write '{year} SH' or '{year} AD'")
    return GREGORIAN


def point(year: int, month: int | None, day: int | None, calendar: str) -> tuple[str, str]:
    """The first and the last EDTF date of a year, month or day: a Gregorian one is its own."""
    if calendar == SOLAR:
        last_month = month or 12
        return _solar(year, month or 1, day or 1), _solar(year, last_month, day or solar_length(year, last_month))
    if month in SEASONS and day is None:
        return f"{year:04}-{month}", f"{year:04}-{month}"
    text = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"no such day or month: {text}") from None
    return text, text


def _solar(year: int, month: int, day: int) -> str:
    """A Solar Hijri day as a Gregorian one."""
    if not 1 <= month <= 12:
        raise ValueError(f"no such month in Solar Hijri: {month}")
    if not 1 <= day <= (length := solar_length(year, month)):
        raise ValueError(
            f"no such day in Solar Hijri: {SOLAR_MONTHS_LATIN[month - 1].title()} {year} has {length} days"
        )
    return from_solar(year, month, day).isoformat()


def months(year: int, start: int, end: int, calendar: str, mark: str | None) -> tuple[str, str]:
    """The first and the last EDTF date of some months of a year."""
    which = calendar_of(year, calendar, mark)
    return point(year, start, None, which)[0], point(year, end, None, which)[1]


def years(start: int, end: int, calendar: str, mark: str | None) -> tuple[str, str]:
    """The first and the last EDTF date of some years."""
    which = calendar_of(start, calendar, mark)
    return point(start, None, None, which)[0], point(end, None, None, which)[1]


def signed(first: str, last: str, sign: str, length: int) -> EdtfEnds:
    """A stretch marked as approximate or uncertain, each end cut to the precision that it can still claim."""
    return EdtfEnds(first[:length] + sign, last[:length] + sign) if sign else EdtfEnds(first, last)


def unspecified(bare: str, sign: str, calendar: str, mark: str | None) -> EdtfEnds:
    """A date with X for digits that are not known. Raises ValueError for one that Solar Hijri cannot have."""
    year = int(bare[:4].replace("x", "0"))
    which = calendar_of(year, calendar, mark)
    if which == GREGORIAN:
        return EdtfEnds(bare.upper() + sign, bare.upper() + sign)
    if bare[2] == "x" or len(bare) > 4:
        raise ValueError(f"{bare.upper()!r} cannot be read in Solar Hijri: give the year")
    return signed(*years(year, year + 9, calendar, mark), sign, 4)


def shifted(day: dt.date, days: int) -> str:
    """So many days later. Raises ValueError beyond the years 1 to 9999."""
    try:
        return (day + dt.timedelta(days)).isoformat()
    except OverflowError:
        raise ValueError("a date outside the years 1 to 9999") from None
