"""Lists whose items stand in lines of their own, each after a bullet or a number, below a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

BULLETED = "•"
"""In the place of a delimiter."""
HEADING, ITEM = "heading", "item"
"""The columns of such a list."""

_MARKED = re.compile(r"\s*(?:[-*+•·‣▪◦●○■□►➢➤✓–—]|\(?\d{1,3}[.)])\s+(\S.*)")
_END = re.compile(r"\s*[;,،؛]$|(?<=[^\W\d_]{2})\.$|(?<=[\d)])\.$")
"""What closes an item and is no part of it."""
_LEAST = 2
"""Items of a list."""


def items(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The items of a text: line, counted from 1, the line without a bullet that stands last above it, and the item."""
    heading = ""
    for number, line in enumerate(lines, 1):
        if found := _MARKED.fullmatch(line.rstrip()):
            yield number, heading, _END.sub("", found[1])
        elif line.strip():
            heading = line.strip().lstrip("#").strip().rstrip(":：")


def is_list(lines: Sequence[str]) -> bool:
    """Whether a text holds several items."""
    return sum(bool(_MARKED.fullmatch(line.rstrip())) for line in lines) >= _LEAST


def is_bulleted(lines: Sequence[str]) -> bool:
    """Whether a text is nothing but such a list: more than half of its lines that say anything are items, and none has
    signs as they stand between cells."""
    told = sum(bool(line.strip()) for line in lines)
    found = [item for *_, item in items(lines)]
    return is_list(lines) and len(found) * 2 > told and not any(sign in item for item in found for sign in "\t|;")


def bulleted_rows(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The items of a list as rows below a header: what heads them, if anything does, and the item."""
    found = list(items(lines))
    headed = any(heading for _, heading, _ in found)
    yield 1, [HEADING, ITEM] if headed else [ITEM]
    for number, heading, item in found:
        yield number, [heading, item] if headed else [item]
