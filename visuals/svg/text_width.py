"""How wide a text is drawn in the shipped font, before anybody draws it."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent.parent / "fonts"
_UNKNOWN = 700
"""Thousandths of the size for a letter that the font lacks, which another font will draw."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line, in the unit of `size`: not less than drawn, for letters join narrower than they stand."""
    known = advances(bold)
    return sum(_advance(letter, known) for letter in text) * size / 1000


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """A text in lines no wider than `width`, broken between words, and within a word only if it is wider alone."""
    lines: list[str] = []
    for word in [piece for whole in text.split() for piece in _pieces(whole, size, width, bold)]:
        if lines and text_width(f"{lines[-1]} {word}", size, bold=bold) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _pieces(word: str, size: float, width: float, bold: bool) -> list[str]:
    """A word, cut only where it is wider than a line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _advance(letter: str, known: dict[str, int]) -> int:
    if letter in known:
        return known[letter]
    return 0 if unicodedata.category(letter) in {"Mn", "Me", "Cf", "Cc"} else _UNKNOWN


@cache
def advances(bold: bool) -> dict[str, int]:
    """How far each letter of the shipped font moves on, in thousandths of its size."""
    name = f"Vazirmatn-{'Bold' if bold else 'Regular'}.advances.json"
    read: dict[str, int] = json.loads((FONTS / name).read_text(encoding="utf-8"))
    return read
