"""A stretch of time in one cell, as lists write how long a tie stood: `1972–present`, `1998–2004`, `since 1992`."""

from __future__ import annotations

import re

from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.language.text import ascii_digits

ENDS = ("start", "end")

_SIGNED = (
    r"(?:est(?:ablished|\.)?|signed|twinned|formed|concluded|founded|gegr(?:ündet|\.)|unterzeichnet|signé|créé|firmado|"
    r"firmato|assinado|imzalandı|podpisan[aeoy]|подписан[ао]?|امضا(?:\s?شده)?|تأسیس|تاسیس)"
    r"(?:\s+(?:in|on|im|am|en|le|nel|em|w|в|در))?"
)
_FROM = (
    rf"(?:(?:{_SIGNED}|since|from|fra|från|seit|ab|von|depuis|dès|de|desde|dal|od|sinds|с|از(?:\s+سال)?|منذ|من)\s+|"
    r"od\s?)"
)
_UP_TO = r"(?:till|until|bis|jusqu['’](?:à|en)|hasta|fino\s+al|do|tot|до|تا|حتى)"
_TO = rf"(?:{_UP_TO}|to|à|a|al|по|إلى)"
_NOW = (
    r"(?:(?:the\s+)?(?:present|now|today|date)(?:\s+day)?|current|ongoing|heute|dato|jetzt|aujourd['’]hui|"
    r"(?:à\s+)?ce\s+jour|présent|(?:la\s+)?actualidad|(?:el\s+)?presente|oggi|hoje|heden|nu|dziś|dzisiaj|teraz|"
    r"настоящее\s+время|н\.?\s?в\.?|bugün|günümüz|(?:به\s+)?(?:ا?کنون|حال|امروز)|حال\s+حاضر|الآن|اليوم|今|現在|现在|至今|[?؟])"
)
_ON = r"(?:onwards?|on|to\s+date|bis\s+heute|à\s+ce\s+jour|به\s+بعد|تا\s*کنون|至今|より)"
_DASH = r"\s*[–—−‒]\s*|\s+-\s+"
_YEAR = r"(?<!\d)\d{4}(?!\d)"
_DATE = rf"[^–—−‒]*?{_YEAR}[^–—−‒]*?"
"""One date, whatever its form, with the four figures of a year in it."""
_OPEN = re.compile(rf"{_FROM}?({_DATE})(?:(?:{_DASH}|-|\s+{_TO}\s+){_NOW}|\s*[-–—−‒]|\s*{_ON})", re.IGNORECASE)
_CLOSED = re.compile(
    rf"{_FROM}?({_DATE})(?:{_DASH}|(?<=\d{{4}})-(?=\d{{4}}(?!\d)|\d\d?\.)|\s+{_TO}\s+)({_DATE})", re.IGNORECASE
)
_SHORT = re.compile(r"(\d\d)(\d\d)\s*[-–—−‒]\s*(\d\d)(?!\d)")
_SINCE = re.compile(rf"{_FROM}({_DATE})", re.IGNORECASE)
ENDED = (
    r"(?:(?:was\s+)?(?:ended|ends|terminated|dissolved|cancelled|canceled|discontinued|expired|withdrawn|lapsed)|beendet|"
    r"aufgelöst|gekündigt|ausgelaufen|terminée?|résiliée?|dissoute?|rompue?|finalizad[oa]|terminad[oa]|disuelt[oa]|"
    r"terminat[oa]|cessat[oa]|decadut[oa]|scadut[oa]|sona\s+erdi|encerrad[oa]|zakończon[aeyo]|прекращен[оа]?|پایان(?:\s?یافته)?|خاتمه|لغو)"
)
"""Words before the date of an end."""
_IN = r"(?:(?:in|on|im|am|en|le|el|nel|em|w|в|در)\s+)?(?:سال\s+)?"
_THEN = re.compile(rf"{_FROM}?({_DATE})\s*[,;،؛/(]?\s*{ENDED}:?\s+{_IN}({_DATE})\)?", re.IGNORECASE)
_UNTIL = re.compile(rf"(?:{_UP_TO}\s+|{ENDED}\s+{_IN}|[?؟]?\s*[-–—−‒]\s*)({_DATE})", re.IGNORECASE)
_MONTHS = 41
"""Two figures up to this one may be a month, or a season of EDTF: 2001-21 is the spring of 2001."""
_LONGEST = 80
"""Letters of a cell that is looked at: a longer one is a text."""


def spell(cell: str) -> tuple[str, str] | None:
    """The words for the beginning and for the end of a stretch of time, either of which may be empty; None for a cell
    that tells no more than a date.

    >>> spell("since 1998, ended 2010"), spell("۱۳۷۷، پایان در ۱۳۸۹")
    (('1998', '2010'), ('۱۳۷۷', '۱۳۸۹'))
    >>> spell("1972–present"), spell("از ۱۳۷۱ تاکنون"), spell("1998–2004"), spell("12.03.1998"), spell("until 2010")
    (('1972', ''), ('۱۳۷۱', ''), ('1998', '2004'), None, ('', '2010'))
    """
    text = cell.strip()
    if len(text) > _LONGEST:
        return None
    plain = ascii_digits(text).replace("\u200c", " ")
    if found := _SHORT.fullmatch(plain):
        first, last = found.span(3)
        if int(found[3]) > max(int(found[2]) + 1, _MONTHS):
            return text[:4], text[:2] + text[first:last]
        return None
    if found := _OPEN.fullmatch(plain):
        return _of(found, 1, text), ""
    if found := _CLOSED.fullmatch(plain):
        return _of(found, 1, text), _of(found, 2, text)
    if found := _THEN.fullmatch(plain):
        return _of(found, 1, text), _of(found, 2, text)
    if found := _SINCE.fullmatch(plain):
        return _of(found, 1, text), ""
    if found := _UNTIL.fullmatch(plain):
        return "", _of(found, 1, text)
    return None


def _of(found: re.Match[str], group: int, text: str) -> str:
    """A group as it is written: the digits that were matched are those of ASCII, letter for letter."""
    return text[slice(*found.span(group))].strip()


def is_whole_date(cell: str) -> bool:
    """Whether a cell is a date that is read, in either calendar."""
    for calendar in ("gregorian", "solar-hijri"):
        try:
            parse_date(cell, calendar=calendar)
            return True
        except ValueError:
            continue
    return False


def is_time(cell: str) -> bool:
    """Whether a cell is a date or a stretch of time, and holds no other words.

    >>> is_time("2007–2022"), is_time("York 1990–2000"), is_time("(Russia) 2007-2022")
    (True, False, False)
    """
    if is_whole_date(cell):
        return True
    told = [day for day in spell(cell) or () if day]
    return bool(told) and all(day[0].isdigit() or is_whole_date(day) for day in told)
