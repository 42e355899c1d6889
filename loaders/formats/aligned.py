"""Texts whose cells stand below one another, with blanks between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

ALIGNED = " "
"""In the place of a delimiter."""

_GAP = re.compile(r"(?<=\S)(?: {2,}|\t+)(?=\S)")
_LEAST = 3
"""Lines of a table."""


def columns(lines: Sequence[str]) -> list[int]:
    """Where the columns of a table begin, the first at 0: below two blanks or more that stand in all lines that have
    such a gap. One at most if the lines are no table: too few of them, or most without a gap."""
    told = [line.rstrip() for line in lines if line.strip()]
    tabled = [line for line in told if _GAP.search(line)]
    if len(tabled) < _LEAST or len(tabled) * 5 < len(told) * 4 or any("\t" in line for line in tabled):
        return [0]
    width = max(map(len, tabled))
    blank = [all(line[at : at + 1] in ("", " ") for line in tabled) for at in range(width)]
    return [0, *(at for at in range(2, width) if not blank[at] and blank[at - 1] and blank[at - 2])]


def cells(line: str, begins: Sequence[int]) -> list[str]:
    """The cells of a line; one without any gap is a title, and stands in the first."""
    if not _GAP.search(line):
        return [line.strip(), *[""] * (len(begins) - 1)]
    return [line[begin:end].strip() for begin, end in zip(begins, [*begins[1:], None], strict=True)]


def aligned_rows(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of such a text that hold anything: line, counted from 1, and cells."""
    begins = columns(lines)
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, cells(line.expandtabs(), begins)
