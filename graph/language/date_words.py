"""Dates in words: Gregorian in English, Solar Hijri in Persian."""

from __future__ import annotations

import datetime as dt
import re
from itertools import takewhile

from ..model.values import Date
from .calendars import (
    ENGLISH_MONTHS,
    OPEN,
    PERSIAN_GREGORIAN_MONTHS,
    SEASONS,
    SOLAR_MONTHS,
    SolarDay,
    solar,
    solar_length,
)
from .text import persian_digits

_BETWEEN = ("between", "بین")


def format_date(date: Date, lang: str) -> str:
    """A date in words: Gregorian in English, and in Persian Solar Hijri wherever the date is one to the day.

    A Gregorian year or month straddles two Solar Hijri ones: in Persian it stays Gregorian, marked «م».

    >>> solar = parse_date("1392 SH")
    >>> format_date(solar, "en"), format_date(solar, "fa"), format_date(parse_date("2014"), "fa")
    ('between 21 March 2013 and 20 March 2014', '۱۳۹۲', '۲۰۱۴ م')
    """
    first, slash, last = date.edtf.partition("/")
    if lang == "fa":
        return persian_digits(_persian(first, last) if slash else _persian_point(first))
    if not slash:
        return _english_point(first)
    if first in OPEN:
        before = re.fullmatch(r"(\d{4})-12-31", last)
        return f"before {int(before[1]) + 1:04}" if before else f"until {_english_point(last)}"
    if last in OPEN:
        return f"since {_english_point(first)}"
    return "between {} and {}".format(*_once(_english_point(first), _english_point(last)))


def is_between(date: Date, lang: str) -> bool:
    """Whether a date is told as the stretch between two others."""
    return format_date(date, lang).startswith(_BETWEEN)


def bounded(word: str, date: Date, lang: str) -> str:
    """A beginning or an end, after the word for it (`since`, `until`), whatever the words of the date themselves are.

    >>> [bounded("until", parse_date(told), "en") for told in ("2004", "/1979-02-11", "2013/2014")]
    ['until 2004', 'until 11 February 1979', 'until some time between 2013 and 2014']
    """
    shown = format_date(date, lang)
    if date.earliest and date.latest and not is_between(date, lang):
        return f"{word} {shown}"
    return shown if shown.startswith(f"{word} ") else f"{word} { {'en': 'some time', 'fa': 'زمانی'}[lang] } {shown}"


def at_date(date: Date, lang: str) -> str:
    """A date as the time at which something was.

    >>> at_date(parse_date("2014"), "en"), at_date(parse_date("2010 to 2014"), "en"), at_date(parse_date("2014"), "fa")
    ('at 2014', 'at some time between 2010 and 2014', 'در ۲۰۱۴ م')
    """
    shown = format_date(date, lang)
    if date.earliest is None or date.latest is None:
        return shown
    if is_between(date, lang):
        return f"{ {'en': 'at some time', 'fa': 'زمانی'}[lang] } {shown}"
    return f"{ {'en': 'at', 'fa': 'در'}[lang] } {shown}"


def _fields(edtf: str) -> tuple[str, int, int, str]:
    """Year, month and day (0 where unsaid) and the sign of one EDTF date."""
    sign = edtf[-1] if edtf[-1] in "~?%" else ""
    year, month, day = (*edtf.removesuffix(sign).replace("-XX", "").split("-"), "0", "0")[:3]
    return year, int(month), int(day), sign


def _english_point(edtf: str) -> str:
    year, month, day, sign = _fields(edtf)
    text = f"{year[:3]}0s" if re.fullmatch(r"\d{3}X", year) else year
    if month:
        text = f"{SEASONS[month][0] if month in SEASONS else ENGLISH_MONTHS[month - 1]} {text}"
    if day:
        text = f"{day} {text}"
    return ("about " if sign in ("~", "%") else "") + text + ("?" if sign in ("?", "%") else "")


def _persian_point(edtf: str) -> str:
    year, month, day, sign = _fields(edtf)
    text, mark = (f"دههٔ {year[:3]}0" if re.fullmatch(r"\d{3}X", year) else year), " م"
    exact = _as_solar(edtf.removesuffix(sign)) if day else None
    if exact:
        text, mark = f"{exact.day} {SOLAR_MONTHS[exact.month - 1]} {exact.year}", ""
    elif month:
        named = SEASONS[month][1] if month in SEASONS else PERSIAN_GREGORIAN_MONTHS[month - 1]
        text = f"{named}{'ٔ' if named.endswith('ه') else ''} {text}"
        text = f"{day} {text}" if day else text
    return ("حدود " if sign in ("~", "%") else "") + text + ("؟" if sign in ("?", "%") else "") + mark


def _persian(first: str, last: str) -> str:
    """An interval in Persian, said as whole years, halves or months of Solar Hijri where it is just that."""
    start, end = _as_solar(first), _as_solar(last)
    starts_year = start is not None and (start.month, start.day) == (1, 1)
    ends_year = end is not None and end.month == 12 and end.day == solar_length(end.year, 12)
    if first in OPEN:
        before = re.fullmatch(r"(\d{4})-12-31", last)
        if before:
            return f"پیش از {int(before[1]) + 1:04} م"
        return f"تا پایان {end.year}" if end and ends_year else f"تا {_persian_point(last)}"
    if last in OPEN:
        return f"از {start.year}" if start and starts_year else f"از {_persian_point(first)}"
    if start and end and start.day == 1 and end.day == solar_length(end.year, end.month):
        if starts_year and ends_year:
            if start.year % 10 == 0 and end.year == start.year + 9:
                return f"دههٔ {start.year}"
            return f"{start.year}" if start.year == end.year else f"بین {start.year} و {end.year}"
        months = [f"{SOLAR_MONTHS[day.month - 1]} {day.year}" for day in (start, end)]
        if start.year == end.year and (start.month, end.month) in _HALVES:
            return f"{_HALVES[start.month, end.month]} {start.year}"
        return months[0] if months[0] == months[1] else "بین {} و {}".format(*_once(*months))
    return "بین {} و {}".format(*_once(_persian_point(first), _persian_point(last)))


def _once(first: str, last: str) -> tuple[str, str]:
    """Two dates of one form, the first without the month, year or mark that it has in common with the last.

    >>> _once("19 November 2008", "20 November 2008"), _once("21 March 2013", "20 March 2014")
    (('19', '20 November 2008'), ('21 March 2013', '20 March 2014'))
    """
    words, others = first.split(), last.split()
    if len(words) == len(others):
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(reversed(words[1:]), reversed(others[1:]), strict=True))
        words = words[: len(words) - len(list(alike))]
    if words[0] in ("about", "حدود") and len(words) < len(others) - 1:
        return first, last
    return " ".join(words).removesuffix("ٔ"), last


_HALVES = {(1, 6): "نیمهٔ اول", (7, 12): "نیمهٔ دوم"}


def _as_solar(edtf: str) -> SolarDay | None:
    """The Solar Hijri day of a date that is a plain Gregorian day within the years that are read as such."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) or not "1883-03-21" <= edtf < "2122-03-21":
        return None
    return solar(dt.date.fromisoformat(edtf))
