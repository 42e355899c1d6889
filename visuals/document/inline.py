"""A text as the pieces that a writer sets: words, numbers with what they rest on, and what runs the other way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from citydiplomacy.queries.wording.phrases import Mark, Phrase

from ..svg.plain_text import clean, clean_within


class LinePiece(NamedTuple):
    """A piece of a line: its text, the entries that it rests on, and whether it is set apart, by its own direction."""

    text: str
    entries: tuple[int, ...] = ()
    direction: str = ""
    """`ltr` or `rtl` where it must not turn its neighbours round; empty for words of the language."""
    id: str = ""
    """Of a name: the record that it names."""


# Left to right: Latin words and numbers, and what stands between two of them, as in 2012-05-04, city/mashhad, (UCLG).
_ARABIC = r"\u0590-\u08ff\ufb1d-\ufefc"
_LTR = re.compile(rf"[(\[]?[A-Za-zÀ-ɏ0-9@#](?:[^{_ARABIC}«»،؛؟\n]*[A-Za-zÀ-ɏ0-9%)\]/])?")
_RTL = re.compile(rf"[{_ARABIC}](?:[{_ARABIC}\u200c\s«»().-]*[{_ARABIC}])?")


def pieces(text: str, lang: str, numbers: Callable[[Mark], tuple[int, ...]] = lambda _: ()) -> Iterator[LinePiece]:
    """The pieces of a text in a language. numbers: the entries that a mark rests on."""
    parts = text.parts if isinstance(text, Phrase) else (text,)
    for part in parts:
        if isinstance(part, Mark):
            named = part.value if isinstance(part.value, str) else ""
            yield LinePiece(clean(part.text), numbers(part), _direction(part.text, lang), named)
        else:
            yield from _split(str(part), lang)


FIRST_STRONG, END = "\u2068", "\u2069"
"""Isolates for text that has no marks of its own."""


def isolated(text: str, lang: str) -> str:
    """A text for files that know no directions: what runs the other way stands in isolates, unless it is all."""
    told = list(pieces(clean_within(text), lang))
    return "".join(apart(piece, lang) for piece in told) if len(told) > 1 else clean_within(text)


def apart(piece: LinePiece, lang: str, text: str = "") -> str:
    """The text of a piece, or what is written for it, in an isolate if it runs against its line."""
    against = piece.direction == ("ltr" if lang == "fa" else "rtl")
    return f"{FIRST_STRONG}{text or piece.text}{END}" if against else text or piece.text


def direction(text: str, lang: str) -> str:
    """The direction of a text that stands alone: that of the language, unless it has Latin letters and none of it."""
    return "ltr" if lang != "fa" or (re.search(r"[A-Za-zÀ-ɏ]", text) and not _RTL.search(text)) else "rtl"


def _split(text: str, lang: str) -> Iterator[LinePiece]:
    foreign, direction = (_LTR, "ltr") if lang == "fa" else (_RTL, "rtl")
    last = 0
    for found in foreign.finditer(text):
        if found.start() > last:
            yield LinePiece(text[last : found.start()])
        yield LinePiece(found.group(), (), direction)
        last = found.end()
    if last < len(text):
        yield LinePiece(text[last:])


def _direction(text: str, lang: str) -> str:
    """The direction of a name or number: that of its first letter."""
    for letter in text:
        if re.match(r"[A-Za-zÀ-ɏ0-9]", letter):
            return "ltr"
        if re.match(r"[\u0590-\u08ff]", letter):
            return "rtl"
    return "rtl" if lang == "fa" else "ltr"
