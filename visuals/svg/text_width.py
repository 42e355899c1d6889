"""How wide a text is drawn in the shipped font, before anybody draws it."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from itertools import zip_longest
from pathlib import Path

FONTS = Path(__file__).parent.parent / "fonts"
_MARKS = frozenset(chr(code) for code in range(0x610, 0x8FF) if unicodedata.category(chr(code)) == "Mn")
"""What stands over or under a letter, and does not part it from the next."""
_UNKNOWN = 700
"""Thousandths of the size for a letter that the font lacks, which another font will draw."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line, in the unit of `size`, with letters as they join; لا is drawn a little narrower."""
    known, forms = advances(bold), joined(bold)
    width, reached = 0, False
    letters = [letter for letter in text if letter not in _MARKS] if forms.keys() & set(text) else text
    for letter, after in zip_longest(letters, letters[1:], fillvalue=""):
        form = forms.get(letter)
        reaches = form is not None and len(form) > 1 and after in forms
        place = 2 * reaches + reached  # 0 alone, 1 final, 2 initial, 3 medial
        width += form[place - 1] if form and place else _advance(letter, known)
        reached = reaches
    return width * size / 1000


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
def joined(bold: bool) -> dict[str, list[int]]:
    """The same of letters that join: as the last of a word, and if they join what follows, the first and the middle."""
    read: dict[str, list[int]] = json.loads(_file("joined", bold).read_text(encoding="utf-8"))
    return read


@cache
def advances(bold: bool) -> dict[str, int]:
    """How far each letter of the shipped font moves on, in thousandths of its size."""
    read: dict[str, int] = json.loads(_file("advances", bold).read_text(encoding="utf-8"))
    return read


def _file(told: str, bold: bool) -> Path:
    return FONTS / f"Vazirmatn-{'Bold' if bold else 'Regular'}.{told}.json"
