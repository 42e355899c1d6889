"""How wide the columns of a table are on paper, and how large its letters: no table is wider than its page."""

from __future__ import annotations

from collections.abc import Sequence

SIZES = ((7, 7.8, 118.0), (10, 6.6, 139.0), (10**6, 5.6, 164.0))
"""Of a table with at most so many columns: the size of its letters in points, and how many a line of the page has."""
EDGES = 2.0
"""Letters that would stand on the edges of a cell."""
LONG = 60
"""Letters of a line in a cell that is not too long to read."""


def fitted(texts: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """Of rows, titles first: the size of their letters in points, and the widths of their columns in letters.

    Each has room for its longest word, and the rest of the line goes to who has more.
    """
    columns = list(zip(*texts, strict=True))
    size, letters = next((size, letters) for most_columns, size, letters in SIZES if len(columns) <= most_columns)
    words = [max((len(word) for text in column for word in text.split()), default=1) + EDGES for column in columns]
    whole = [min(max(map(len, column), default=0), LONG) + EDGES for column in columns]
    more = [max(wanted - word, 0) for wanted, word in zip(whole, words, strict=True)]
    spare = max(letters - sum(words), 0)
    share = min(spare / sum(more), 1) if any(more) else 0
    return size, [round(word + each * share, 2) for word, each in zip(words, more, strict=True)]
