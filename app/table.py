"""Tables of text, for a terminal or for Markdown; Persian half-spaces and wide letters count as they are drawn."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from .errors import visible

WIDEST = 60
"""Letters in a line of a cell; longer cells go on in the next line."""
LONGEST_WORD = 200
"""Letters of a word that are kept in one line, such as an address that one may want to copy."""

_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def width(text: str) -> int:
    """How many places a text takes on a terminal: marks and half-spaces none, wide letters two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(letter) in {"Mn", "Me", "Cf"} else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def plain(titles: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """Columns under their titles, numbers to the right; `right` tells which columns those are."""
    head, *broken = [[_lines(cell) for cell in row] for row in (titles, *rows)]
    widths = [max(width(line) for row in (head, *broken) for line in row[column]) for column in range(len(titles))]
    lines = [*_side_by_side(head), ["-" * wide for wide in widths]]
    for row in broken:
        lines += _side_by_side(row)
    return "\n".join("  ".join(map(_aligned, line, widths, right)).rstrip() for line in lines)


def markdown(titles: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """A table of GitHub's Markdown; what would end a cell or begin a tag is escaped."""
    rule = ["---:" if number else "---" for number in right]
    escaped = [[_escaped(cell) for cell in row] for row in (titles, *rows)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (escaped[0], rule, *escaped[1:]))


def _side_by_side(row: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """The lines of cells that have several."""
    for number in range(max(map(len, row), default=0)):
        yield [cell[number] if number < len(cell) else "" for cell in row]


def _lines(cell: str) -> list[str]:
    cell = _LONG_WORD.sub(r"\g<0> ", visible(cell))
    return [
        line
        for part in cell.split("\n")
        for line in textwrap.wrap(part, WIDEST, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def _aligned(text: str, wide: int, right: bool) -> str:
    space = " " * (wide - width(text))
    return space + text if right else text + space


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
