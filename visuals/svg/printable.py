"""A text in the letters that print has: those of the shipped font, and of the one that Typst brings for the rest.

A PDF that is to be listened to may hold no letter without a glyph, and Typst refuses to write one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from .text_width import FONTS, advances

_UNDRAWN = frozenset("\u2060\u2066\u2067\u2068\u2069")
"""What no font has to draw: a joiner of words, and the isolates of directions."""
_BARRED = frozenset("\0\ufeff\ufffe")
"""What the text of such a PDF must not have (ISO 14289-1, 7.21.7)."""
LACKING = "\ufffd"
"""What stands for a letter that has no nearest one."""


_ONE_GLYPH = frozenset({"ه\u0654"})
"""Letters with marks that the shipped font draws as one, beside those that Unicode has as one."""
_PICTURE = re.compile(r":\w+:")
"""How anyascii names a picture, such as a smiling face: nobody wrote that, and no letter is near to it."""


def printable(text: str, *, drawn: bool = False) -> str:
    """The text with each letter that neither font has by its nearest, as n for one with a bar above, or as LACKING.

    drawn: in a figure, whose texts are of one font, for Typst loses letters where it mixes two; and a mark that is a
    glyph of its own would there be without a letter in the text of the paper.
    """
    return "".join(near for _, near in _pairs(text, drawn))


def lacking(texts: Iterable[str], *, drawn: bool = False) -> set[str]:
    """The letters and marks of texts that `printable` replaces."""
    pairs = (pair for text in texts for pair in _pairs(text, drawn))
    return {letter for cluster, near in pairs if near != cluster for letter in cluster if letter not in near}


def _pairs(text: str, drawn: bool) -> Iterator[tuple[str, str]]:
    """Each letter with its marks, of which one font must have all, and what is printed for it."""
    if all(letter in _shipped() and not (drawn and _is_mark(letter)) for letter in text):
        yield text, text
        return
    cluster = ""
    for letter in unicodedata.normalize("NFC", text):
        if cluster and not _is_mark(letter):
            yield cluster, _nearest(cluster, drawn)
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster, _nearest(cluster, drawn)


def _nearest(cluster: str, drawn: bool) -> str:
    """The cluster as it is, in compatible form (W for a wide one), without its marks, or in Latin letters."""
    if _is_printed(cluster, drawn):
        return cluster
    from anyascii import anyascii

    compatible = unicodedata.normalize("NFKC", cluster)
    bare = _without_marks(compatible)
    for near in (compatible, bare, _without_marks(unicodedata.normalize("NFKD", cluster))):
        if near and _is_printed(near, drawn):
            return near
    unseen = all(_is_mark(letter) or unicodedata.category(letter) == "Cf" for letter in cluster)
    latin = anyascii(bare)
    return LACKING if _PICTURE.search(latin) else latin or ("" if unseen else LACKING)


def _is_printed(cluster: str, drawn: bool) -> bool:
    if drawn and cluster not in _ONE_GLYPH and any(map(_is_mark, cluster)):
        return False
    fonts = (_shipped(),) if drawn else (_shipped(), _brought())
    return any(all(letter in font for letter in cluster) for font in fonts)


def _without_marks(text: str) -> str:
    return "".join(letter for letter in text if not _is_mark(letter))


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")


@cache
def _shipped() -> frozenset[str]:
    return frozenset(advances(bold=False)) - _BARRED | _UNDRAWN


@cache
def _brought() -> frozenset[str]:
    """Those that docs/printed_letters.py found in Typst's font."""
    ranges = json.loads((FONTS / "typst-letters.json").read_text(encoding="utf-8"))["letters"]
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1)) | _UNDRAWN
