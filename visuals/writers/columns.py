"""How wide the columns of a table are on paper, and how large its letters: no table is wider than its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from citydiplomacy.graph.model.values import Date
from citydiplomacy.queries.wording.phrases import Mark, Phrase
from citydiplomacy.queries.wording.speech import Speech

from ..svg.plain_text import WHOLE
from ..svg.text_width import text_width

SIZES = ((6, 7.8, 118.0), (9, 7.0, 131.0), (11, 6.2, 148.0), (10**6, 5.6, 164.0))
"""Of a table with at most so many columns, if their words have room: the size of its letters in points, and how many a
line of the page has."""
EDGES = 2.0
"""Letters that would stand on the edges of a cell."""
LETTER = 0.537
"""How wide a letter of those is, in sizes of the letters: 174 mm of 118 letters of 7.8 points."""
STEPS = 30
"""Halvings after which a width is exact."""
ROW_LETTERS = 1500
"""Letters of a row from which on it may go on at the next page."""
FEW_ROWS, FEW_LETTERS = 8, 1500
"""Rows and letters of a table that is kept on one page, with its title."""
UNBROKEN = re.compile(r"[^\W\d_]{30}")
"""So many letters without a space, as no language has: a line may end after them."""
_WITHIN_DAY = re.compile(r"(?<!\d{3})(?<=\d) (?=\D)|(?<=\D) (?=\d{4}\b)|(?<=\d{4}) (?=م\b)")


def cell(value: Any, say: Speech) -> str:
    """A value of a table as it is printed: no line ends within a day or a month."""
    text = say.shown(value)
    if isinstance(value, Date):
        return _whole(text)
    parts = text.parts if isinstance(text, Phrase) else (text,)
    return Phrase(
        *(
            replace(part, text=_whole(part.text)) if isinstance(part, Mark) and isinstance(part.value, Date) else part
            for part in parts
        )
    )


def _whole(day: str) -> str:
    return _WITHIN_DAY.sub(WHOLE, day)


def whole(texts: Sequence[Sequence[str]]) -> bool:
    """Whether a table of such rows, titles first, is kept on one page."""
    return len(texts) - 1 <= FEW_ROWS and sum(map(len, chain(*texts[1:]))) <= FEW_LETTERS


def fitted(texts: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """Of rows, titles first: the size of their letters in points, and the widths of their columns in letters.

    Each column has room for its longest word, none has more than its longest text needs, and between the two it is the
    wider the more it has to tell: the sum over all cells of the square of their lines is least.
    """
    columns = list(zip(*texts, strict=True))
    least = [_longest_word(column) + EDGES for column in columns]
    whole = [max(map(len, column), default=0) + EDGES for column in columns]
    told = [sum(len(text) ** 2 for text in column) ** (1 / 3) for column in columns]
    fitting = [each[1:] for each in SIZES if len(columns) <= each[0] and sum(least) <= each[2]]
    size, letters = fitting[0] if fitting else SIZES[-1][1:]
    low, high = 0.0, float(letters)
    for _ in range(STEPS):  # how wide a column is for what it tells, by halves
        middle = (low + high) / 2
        wide = sum(_between(middle * each, *ends) for each, *ends in zip(told, least, whole, strict=True))
        low, high = (middle, high) if wide < letters else (low, middle)
    return size, [round(_between(low * each, *ends), 2) for each, *ends in zip(told, least, whole, strict=True)]


def _longest_word(texts: Sequence[str]) -> float:
    """How wide the widest word of a column is in letters, were it bold as a title is."""
    words = {word for text in texts for word in re.split(r"[ \n\u200b]", UNBROKEN.sub("\\g<0>\u200b", text))} or {""}
    most = max(map(len, words))
    near = (word for word in words if 2 * len(word) >= most)  # the others are narrower
    return max(most, 1, *(text_width(word, 1 / LETTER, bold=True) for word in near))


def _between(value: float, least: float, most: float) -> float:
    return max(least, min(value, most))
