"""Lists whose items stand in lines of their own, each after a bullet or a number, below a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

BULLETED = "•"
"""In the place of a delimiter."""
ABOVE, HEADING, ITEM = "above", "heading", "item"
"""The columns of such a list; in a page what heads a heading is one too."""
HEADINGS = (ABOVE, HEADING)

_MARKED = re.compile(r"\s*(?:[-*+•·‣▪◦●○■□►➢➤✓–—]|\(?\d{1,3}[.)])\s+(\S.*)")
END = re.compile(r"\s*[;,،؛]$|(?<=[^\W\d_]{2})\.$|(?<=[\d)])\.$")
"""What closes an item and is no part of it."""
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LEAST = 2
"""Items of a list."""


def items(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The items of a text: line, counted from 1, the line that stands last above it and is none, and the item. Where no
    line has a bullet or a number before it, those with a year are items."""
    marked = _marked(lines)
    heading = ""
    for number, line in enumerate(lines, 1):
        plain = line.strip()
        found = _MARKED.fullmatch(plain)
        if found or (not marked and _YEAR.search(plain)):
            yield number, heading, END.sub("", found[1] if found else plain)
        elif plain:
            heading = plain.lstrip("#").strip().rstrip(":：")


def _marked(lines: Sequence[str]) -> bool:
    return any(_MARKED.fullmatch(line.strip()) for line in lines)


def is_list(lines: Sequence[str]) -> bool:
    """Whether a text holds several items after bullets or numbers."""
    return sum(bool(_MARKED.fullmatch(line.strip())) for line in lines) >= _LEAST


def is_bulleted(lines: Sequence[str], *, plain: bool) -> bool:
    """Whether a text is nothing but such a list: more than a third of its lines that say anything are items, the others
    head them, and none has signs as they stand between cells.

    plain: items may have neither bullets nor numbers, if nearly all lines have a year and the first is no header.
    """
    told = [line for line in lines if line.strip()]
    found = [item for *_, item in items(told)]
    if any(sign in item for item in found for sign in ("\t", "|", ";", "  ")) or len(found) < _LEAST:
        return False
    if _marked(told):
        return len(found) * 3 > len(told)
    return plain and len(found) == len(told)


def bulleted_rows(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The items of a list as rows below a header: what heads them, if anything does, and the item."""
    found = list(items(lines))
    headed = any(heading for _, heading, _ in found)
    yield 1, [HEADING, ITEM] if headed else [ITEM]
    for number, heading, item in found:
        yield number, [heading, item] if headed else [item]
