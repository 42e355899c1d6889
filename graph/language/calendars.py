"""The Gregorian and the Solar Hijri calendar: their months and seasons by name, and how long months are."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache
from typing import NamedTuple

GREGORIAN, SOLAR = "gregorian", "solar-hijri"
SOLAR_YEARS = range(1262, 1501)
"""Years that are read as Solar Hijri: 1883 to 2122. Those before 1500 are ambiguous unless marked."""

ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS_OF_OTHERS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik - grudzień",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października - grudnia",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
)
"""German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Turkish, Polish and Russian in two cases, Arabic of the
Nile and of the Levant. A month that another language calls another is none: listopad is November and October."""
PERSIAN_GREGORIAN_MONTHS = (
    "ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر",
)  # fmt: skip
SOLAR_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
SOLAR_MONTHS_LATIN = (
    "farvardin", "ordibehesht", "khordad", "tir", "mordad", "shahrivar", "mehr", "aban", "azar", "dey", "bahman",
    "esfand",
)  # fmt: skip
SEASONS = {
    21: ("spring", "بهار", "frühling", "frühjahr", "printemps"),
    22: ("summer", "تابستان", "sommer", "été"),
    23: ("autumn", "پاییز", "fall", "خزان", "herbst", "automne"),
    24: ("winter", "زمستان", "hiver"),
}

OPEN = ("", "..")
"""Ends of an interval: EDTF tells an unknown one from one that is not there."""

_PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?([~?%]?)")
"""A year, month or day, or about that."""
_DOUBT = {"": 0, "~": 1, "?": 1, "%": 2}
"""How many years each side an approximate or uncertain date reaches, a month also as many months, a day as many days:
as the edtf library pads them."""


class SolarDay(NamedTuple):
    """A day in Solar Hijri."""

    year: int
    month: int
    day: int


def solar(day: dt.date) -> SolarDay:
    """The Solar Hijri day of a Gregorian one, by the cycle of 33 years with 8 leap years (Borkowski 1996,
    Earth, Moon and Planets 74, 223-230): as the persiantools library tells it from 1568 to 2122.

    (The library brings time zones, which take a tenth of a start.)
    """
    year = day.year - 621
    year -= day.toordinal() < _new_year(year)
    number = day.toordinal() - _new_year(year)
    month, rest = divmod(number, 31) if number < 186 else divmod(number - 6, 30)
    return SolarDay(year, month + 1, rest + 1)


def from_solar(year: int, month: int, day: int) -> dt.date:
    """The Gregorian day of a Solar Hijri one, which must exist, of `SOLAR_YEARS`."""
    return dt.date.fromordinal(_new_year(year) + 30 * (month - 1) + min(month - 1, 6) + day - 1)


def solar_length(year: int, month: int) -> int:
    """The days of a Solar Hijri month. Raises ValueError if there is no such month."""
    if not 1 <= month <= 12:
        raise ValueError(f"no such month in Solar Hijri: {month}")
    return 31 if month <= 6 else 30 if month < 12 else _new_year(year + 1) - _new_year(year) - 336


def _new_year(year: int) -> int:
    """The ordinal of the first day of a Solar Hijri year."""
    return 226_895 + 365 * (year - 1) + (8 * year + 21) // 33


@lru_cache(maxsize=65536)
def days(edtf: str) -> tuple[dt.date, dt.date]:
    """The first and the last day that one EDTF date can mean."""
    # The library takes a tenth of a second to import and milliseconds a date, so it is asked only where there is
    # something to know: the tests hold plain dates, also approximate and uncertain ones, equal to its answers.
    plain = _PLAIN.fullmatch(edtf)
    if plain is None or not int(plain[1]):
        return _by_library(edtf)
    year, month, day, doubt = int(plain[1]), int(plain[2] or 0), int(plain[3] or 0), _DOUBT[plain[4]]
    first = dt.date(year, month or 1, day or 1)
    last = first if day else dt.date(year, month or 12, monthrange(year, month or 12)[1])
    padding = (doubt, doubt * bool(month), doubt * bool(day))
    try:
        return _moved(first, -1, *padding), _moved(last, 1, *padding)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{edtf!r} is not a date that can be read ({error})") from None


def _moved(day: dt.date, sign: int, years: int, months: int, days: int) -> dt.date:
    """A day so many years and months, and then so many days, earlier or later; of a shorter month its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + sign * (years * 12 + months), 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) + dt.timedelta(sign * days)


def _by_library(edtf: str) -> tuple[dt.date, dt.date]:
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        date = parse_edtf(edtf)
        lower, upper = date.lower_fuzzy(), date.upper_fuzzy()
        return dt.date(*lower[:3]), dt.date(*upper[:3])
    except (EDTFParseException, ValueError, OverflowError) as error:
        raise ValueError(f"{edtf!r} is not a date that can be read ({error})") from None
