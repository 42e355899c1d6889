"""Marks of footnotes, which a list that was pasted from a page brings along."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RAISED = re.compile(r"(?<=[^\s⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉ⁾⁽])(?<!\bm)(?<!km)[⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉ⁾⁽]+(?=\s*$|[,;])|(?<=\d)[*†‡§¶]+(?=\s*$)")
"""Raised figures and letters at the end of a word; of `km²` they are none. Signs after figures."""
_MARK = re.compile(r"(?:(?<=\S)\s*|^\s*)\[(?![^\]\d]*\d{4}(?!\d))([^\[\]]{1,17})\]")
"""A year in brackets is none: `Munich [1960]`."""


def without_footnotes(cell: str) -> str:
    """A cell without its marks of footnotes.

    >>> without_footnotes("2006[1]"), without_footnotes("Karachi [note 2], Pakistan[a][b]")
    ('2006', 'Karachi, Pakistan')
    >>> without_footnotes("2006¹"), without_footnotes("Konya²"), without_footnotes("12 km²")
    ('2006', 'Konya', '12 km²')
    >>> without_footnotes("Munich [1960]")
    'Munich [1960]'
    """
    return _RAISED.sub("", _MARK.sub("", cell)) if _may_have(cell) else cell


def _may_have(cell: str) -> bool:
    return not cell.isascii() or "[" in cell or "*" in cell


def footnotes(cell: str) -> Iterator[str]:
    """What stands in the brackets of a cell, and what is raised in it."""
    if _may_have(cell):
        yield from (*_MARK.findall(cell), *_RAISED.findall(cell))
