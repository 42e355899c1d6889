"""The text of a proposed mapping: TOML, with comments in the language of who reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum

ASK = "  # ? "
"""Before what a line says more than the list does."""


class Doubt(Enum):
    """What a list does not say itself, in both languages."""

    TOP = (
        "Proposed from the columns that were recognised. Look at the lines with # ? and mend them.",
        "پیشنهاد از روی ستون‌هایی که شناخته شد. سطرهایی را که # ? دارند ببینید و درست کنید.",
    )
    KIND_OF_SOURCE = (
        "what kind of source: official, statistics, press, scholarly ...",
        "گونهٔ منبع: official، statistics، press، scholarly ...",
    )
    TITLE = ("a title", "عنوان")
    CALENDAR = ("the years look like Solar Hijri", "سال‌ها به هجری خورشیدی می‌ماند")
    ENCODING = ("guessed", "حدسی است")
    ORDER = (
        'days or months first? write dates = "d/m/y" or "m/d/y" in place of the pattern',
        'روز پیش از ماه است یا پس از آن؟ به جای pattern بنویسید dates = "d/m/y" یا "m/d/y"',
    )
    SERIAL = (
        "numbers of days, as spreadsheet programs count them?",
        "شمار روزها، چنان‌که برنامه‌های صفحه‌گسترده می‌شمارند؟",
    )
    SPELL = ("from and until in one cell", "از و تا در یک خانه")
    ASIDE = ("what stands in brackets and is no part of a name", "آنچه در پرانتز است و بخشی از نام نیست")
    HEADS = ("these head the rows below them", "اینها بالای ردیف‌های خود نوشته شده‌اند")
    ACROSS = ("a matrix: what its columns are called", "یک جدول متقاطع: نام ستون‌های آن")
    LANGUAGE = ("the language of the names", "زبان نام‌ها")
    COUNTRY = (
        'what is not known as a country: write it as ir = ["..."], or leave it unknown',
        'آنچه به نام کشور شناخته نیست: ir = ["..."] بنویسید، یا ناشناخته بگذارید',
    )
    WHICH = (
        "a name that others have too: which country is meant? Congo and Korea are two each",
        "نامی که جاهای دیگر هم دارند: کدام کشور؟ کنگو و کره هر یک دوتاست",
    )
    WHOSE = ("of which of the two cities?", "از کدام یک از دو شهر؟")
    TIE = (
        "what the ties are: sister-city, friendship, memorandum, cooperation",
        "پیوندها چیست: sister-city، friendship، memorandum، cooperation",
    )
    WORDS = ("what their words mean", "معنای واژه‌های آنان")
    OWN_CITY = (
        'the id of the city whose list this is, such as "city/mashhad"',
        'شناسهٔ شهری که این فهرست از آن اوست، مانند "city/mashhad"',
    )
    OWN_NETWORK = (
        'the id of the network whose members these are, such as "organization/metropolis"',
        'شناسهٔ شبکه‌ای که اینان اعضای آن‌اند، مانند "organization/metropolis"',
    )
    FLIGHT = ("direct flights, of which the list seems to tell", "پروازهای مستقیم، که فهرست گویا از آنها می‌گوید")
    SENDER = (
        'the id of the country whose missions these are, such as "country/ir"',
        'شناسهٔ کشوری که این نمایندگی‌ها از آن اوست، مانند "country/ir"',
    )
    NETWORK = ("the id by which the network is known", "شناسه‌ای که شبکه با آن شناخته است")
    ROLE = ("in which role", "با کدام نقش")
    MEASURE = ("what the numbers are, and of when", "عددها چیست و از کِی")
    SAME = ("one that is written in two ways", "یک نام که دو جور نوشته شده")
    DITTO = ("these stand for the cell above", "اینها یعنی همان خانهٔ بالایی")
    FILLED = ("empty cells are those of the row above", "خانهٔ خالی همان خانهٔ بالایی است")
    SEVERAL = ("several in one cell", "چند چیز در یک خانه")
    NAMES = ("a name with its country, taken apart", "نامی با کشورش، از هم جدا شده")
    PLACES = ("places, or points of a picture?", "جا روی زمین، یا نقطه‌ای در تصویر؟")
    SPELLS = ("of several times the last", "از چند دوره آخری")
    BODIES = ("what these are", "اینها چیست")
    GARBLED = ("read in a wrong encoding when the list was made?", "هنگام ساختن فهرست با کدگذاری نادرست خوانده شده؟")
    UNSAVED = ("formulas without a saved result", "فرمول‌هایی که نتیجه‌شان ذخیره نشده است")
    HIDDEN = (
        "Hidden in the workbook, and read like the rest:",
        "در کارپوشه پنهان است، و مانند بقیه خوانده می‌شود:",
    )
    UNREAD = ("Not read, with an example of each:", "خوانده نمی‌شود، با نمونه‌ای از هر یک:")
    COLUMN = ("column", "ستون")
    KEY = ("key", "کلید")
    FILE = ("file", "پرونده")
    SHEET = ("sheet", "برگه")
    ROWS = ("rows", "ردیف‌ها")
    EMPTY = ("empty", "خالی")
    LINES_ABOVE = ("lines above the header", "سطرهای بالای سرستون")
    SAYS = ("says", "می‌گوید")


class MappingText:
    """Lines of a mapping."""

    def __init__(self, lang: str) -> None:
        self._at = ("en", "fa").index(lang)
        self.lines: list[str] = []

    def told(self, doubt: Doubt) -> str:
        """A comment in the language."""
        return str(doubt.value[self._at])

    def add(self, key: str, value: str, doubt: Doubt | None = None) -> None:
        """A line `key = value`; value as TOML."""
        self.lines.append(f"{key} = {value}" + (f"{ASK}{self.told(doubt)}" if doubt else ""))

    def begin(self, section: str) -> None:
        """A section, after an empty line."""
        self.lines += ["", section]

    def comment(self, text: str) -> None:
        """A line of its own."""
        self.lines.append(f"# {text}")

    def __str__(self) -> str:
        return "\n".join(self.lines) + "\n"


def quoted(text: str) -> str:
    """A string as TOML writes it, which is as JSON does but for one letter."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def written(value: object) -> str:
    """A text, number, list or table as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case list() | tuple():
            return f"[{', '.join(map(written, value))}]"
        case dict():
            return table(value)
    return quoted(str(value))


def table(values: Mapping[str, object]) -> str:
    """A table in one line."""
    inside = ", ".join(f"{name(each)} = {written(value)}" for each, value in values.items())
    return f"{{ {inside} }}" if inside else "{}"


def name(text: str) -> str:
    """A key: bare if it can be."""
    plain = text.isascii() and bool(text) and all(letter.isalnum() or letter in "-_" for letter in text)
    return text if plain else quoted(text)
