"""The Gregorian and the Solar Hijri calendar: their months and seasons by name, and how long months are."""

from __future__ import annotations

from persiantools.jdatetime import JalaliDate

GREGORIAN, SOLAR = "gregorian", "solar-hijri"
SOLAR_YEARS = range(1262, 1501)
"""Years that are read as Solar Hijri: 1883 to 2122. Those before 1500 are ambiguous unless marked."""

ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
GERMAN_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
FRENCH_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
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
    21: ("spring", "بهار"),
    22: ("summer", "تابستان"),
    23: ("autumn", "fall", "پاییز", "خزان"),
    24: ("winter", "زمستان"),
}

OPEN = ("", "..")
"""Ends of an interval: EDTF tells an unknown one from one that is not there."""


def solar_length(year: int, month: int) -> int:
    """The days of a Solar Hijri month. Raises ValueError if there is no such month."""
    if not 1 <= month <= 12:
        raise ValueError(f"no such month in Solar Hijri: {month}")
    return JalaliDate.days_in_month(month, year)
