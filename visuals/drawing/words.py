"""The words of the pictures in English and Persian, their days, and text made safe to draw."""

from __future__ import annotations

import datetime as dt
from typing import Final

from citydiplomacy.graph.language.calendars import SOLAR_MONTHS, solar
from citydiplomacy.graph.language.text import persian_digits
from citydiplomacy.queries.wording.speech import Speech

from ..svg.plain_text import clean

WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "kinds": "Actors and things",
        "tie_kinds": "Ties",
        "lines": "Status of a tie",
        "standing": "in force",
        "planned": "proposed or planned",
        "ended": "dormant or ended",
        "unverified": "not known whether in force",
        "size": "The larger a mark, the more ties of it are known here; each kind by its own scale.",
        "search": "Find by name",
        "none": "Nothing found",
        "facts": "Facts",
        "sources": "Sources",
        "neighbours": "neighbours: {n}",
        "since": "began",
        "whole": "Whole picture",
        "close": "Close",
        "hint": "Point to a mark to see its ties; click to keep it.",
        "script": "This picture needs JavaScript; it fetches nothing from the network.",
    },
    "fa": {
        "kinds": "کنشگران و چیزها",
        "tie_kinds": "پیوندها",
        "lines": "وضعیت پیوند",
        "standing": "برقرار",
        "planned": "پیشنهادی یا در برنامه",
        "ended": "راکد یا پایان\u200cیافته",
        "unverified": "برقراری نامعلوم",
        "size": "هرچه نشانه بزرگ\u200cتر، پیوندهای شناسایی‌شدهٔ آن در اینجا بیشتر؛ هر گونه با مقیاس خود.",
        "search": "یافتن با نام",
        "none": "چیزی یافت نشد",
        "facts": "دانسته\u200cها",
        "sources": "منبع‌ها",
        "neighbours": "شمار طرف\u200cها: {n}",
        "since": "آغاز:",
        "whole": "همهٔ تصویر",
        "close": "بستن",
        "hint": "نشانگر را روی یک نشانه ببرید تا پیوندهایش دیده شود؛ با کلیک می\u200cماند.",
        "script": "این تصویر به جاوااسکریپت نیاز دارد؛ چیزی از شبکه نمی\u200cگیرد.",
    },
}
"""Interface words by language."""

MONTHS_EN: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def words(lang: str) -> dict[str, str]:
    """The interface words of a language: Persian for `fa`, else English."""
    return WORDS.get(lang, WORDS["en"])


def local_digits(text: str, lang: str) -> str:
    """The text with Persian digits if the language is Persian."""
    return persian_digits(text) if lang == "fa" else text


def day(date: dt.date, lang: str) -> str:
    """A day as people write it: Gregorian in English, Solar Hijri in Persian."""
    if lang != "fa":
        return f"{date.day} {MONTHS_EN[date.month - 1]} {date.year}"
    year, month, day_ = solar(date)
    return local_digits(f"{day_} {SOLAR_MONTHS[month - 1]} {year}", lang)


def summary(nodes: int, ties: int, lang: str, *, caption: str = "", date: dt.date | None = None) -> list[str]:
    """The parts of a picture's caption: the caller's words, the counts, the day."""
    say = Speech(lang)
    parts = [
        clean(caption),
        say(say.plural(nodes, "node"), f"{say.number(nodes)} گره"),
        say(say.plural(ties, "tie"), f"{say.number(ties)} پیوند"),
    ]
    return [part for part in (*parts, day(date, lang) if date else "") if part]
