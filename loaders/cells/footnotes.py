"""Marks of footnotes, which a list that was pasted from a page brings along."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile(r"(?:(?<=\S)\s*|^\s*(?!\[[^\]\d]*\d{4}))\[([^\[\]]{1,17})\]")


def without_footnotes(cell: str) -> str:
    """A cell without its marks of footnotes.

    >>> without_footnotes("2006[1]"), without_footnotes("Karachi [note 2], Pakistan[a][b]")
    ('2006', 'Karachi, Pakistan')
    """
    return _MARK.sub("", cell) if "[" in cell else cell


def footnotes(cell: str) -> Iterator[str]:
    """What stands in the brackets of a cell."""
    yield from _MARK.findall(cell)
