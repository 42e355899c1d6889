"""Coordinates in one cell, as lists write them: a pair of numbers, well-known text, degrees and minutes."""

from __future__ import annotations

import re
from decimal import Decimal

from citydiplomacy.graph.language.text import ascii_digits

from .cells import CellError

AXES = ("latitude", "longitude")

POINT = re.compile(r"(?:<[^>]*>\s*)?POINT\s*\(\s*(\S+)\s+(\S+)\s*\)", re.IGNORECASE)
"""A place as well-known text, longitude first. One on another globe names it before."""

_POINTS = r"([+-]?[0-9]+(?:\.[0-9]+)?)"
_COMMAS = r"([+-]?[0-9]+(?:,[0-9]+)?)"
_PAIRS = (
    re.compile(rf"\(?{_POINTS}(?:\s*[,;]\s+|\s*;|\s+){_POINTS}\)?"),
    re.compile(r"\(?([+-]?[0-9]+\.[0-9]+),([+-]?[0-9]+\.[0-9]+)\)?"),  # 50,94 may be one number
    re.compile(rf"\(?{_COMMAS}(?:\s*;\s*|,?\s+){_COMMAS}\)?"),
)
_DEGREES = re.compile(
    r"([0-9]+(?:\.[0-9]+)?)\s*°\s*(?:([0-9]+(?:\.[0-9]+)?)\s*['′’]\s*)?(?:([0-9]+(?:\.[0-9]+)?)\s*(?:[\"″”]|''|′′)\s*)?"
    r"(N|S|E|W|شمالی|جنوبی|شرقی|غربی)"
)
_SIDES = {
    **dict.fromkeys(("N", "شمالی"), (0, 1)),
    **dict.fromkeys(("S", "جنوبی"), (0, -1)),
    **dict.fromkeys(("E", "شرقی"), (1, 1)),
    **dict.fromkeys(("W", "غربی"), (1, -1)),
}
"""By a letter: which of AXES it is of, and its sign."""


def coordinates(cell: str) -> tuple[Decimal, Decimal]:
    """Latitude and longitude, degrees. Of numbers without letters the latitude stands first.

    Of several writings with a slash between them, as Wikipedia shows, the last is read. Raises CellError for anything
    else; that they are within range is not looked at.

    >>> coordinates("36.3, 59.6") == coordinates("POINT(59.6 36.3)") == coordinates("36°18′N 59°36′E")
    True
    """
    text = (
        ascii_digits(cell.rpartition(" / ")[2])
        .strip("\ufeff ")
        .replace("\u2212", "-")
        .replace("٫", ".")
        .replace("،", ",")
    )
    if (found := POINT.fullmatch(text)) and not text.startswith("<"):
        text = f"{found[2]} {found[1]}"
    for pair in _PAIRS:
        if found := pair.fullmatch(text):
            return Decimal(found[1].replace(",", ".")), Decimal(found[2].replace(",", "."))
    told = {_SIDES[part[4]][0]: _degrees(part) for part in _DEGREES.finditer(text)}
    if len(told) != len(AXES) or re.sub(r"[\s,;]", "", _DEGREES.sub("", text)):
        raise CellError("not a pair of coordinates", expected="such as 36.3, 59.6 or 36°18′N 59°36′E")
    return told[0], told[1]


def _degrees(part: re.Match[str]) -> Decimal:
    degrees, minutes, seconds = (Decimal(number or 0) for number in part.groups()[:3])
    return round(_SIDES[part[4]][1] * (degrees + minutes / 60 + seconds / 3600), 6).normalize()
