"""Which lists of a page or a text are of cities, and which are links, news and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cells.known_places import is_city
from ..formats.bulleted import HEADINGS, ITEM
from ..list_words.cell_words import tie_of
from .cell_kinds import all_cells, is_country
from .inside import is_named

_PARTS = re.compile(r"[,،;:()\[\]–—|/]|\s-\s|\d+")
_LONGEST = 5
"""Words of a name."""
_MOST, _SOME = 0.5, 0.2
"""Of the items of a list, as many as are places at least: of any, and of one below a city, a country or a kind of
ties."""


def heads_of_others(names: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str] | None:
    """What heads the lists whose items are no cities, as far as these are known, and have no countries; None if no
    list of a page is of cities.

    names: of the columns, the last of which has the items, and the first what heads them, if anything does.
    """
    lists: dict[str, list[Sequence[str]]] = {}
    for row in cells:
        lists.setdefault(row[0].strip() if len(names) > 1 else "", []).append(row)
    alike: dict[str, list[str]] = {}  # lists that a country heads each are of one kind
    for head in lists:
        alike.setdefault(_head_of(head), []).append(head)
    others = []
    for heads in alike.values():
        rows = [row for head in heads for row in lists[head]]
        headed = any(_head_of(cell.strip()) in _TELLING for cell in rows[0][:-1])
        if not all_cells([row[-1] for row in rows], _is_place, _SOME if headed else _MOST):
            others += heads
    return None if len(others) == len(lists) else others


_TELLING = ("city", "country", "kind")


def _head_of(head: str) -> str:
    """What a heading is; itself if it is neither a city nor a country nor a kind of ties."""
    for what, is_one in zip(_TELLING, (is_city, is_country, tie_of), strict=True):
        if is_one(head):
            return what
    return head


def is_listed(names: Sequence[str]) -> bool:
    """Whether columns are those of lists in lines."""
    return tuple(names[-1:]) == (ITEM,) and all(name in HEADINGS for name in names[:-1])


def _is_place(item: str) -> bool:
    """Whether an item begins with a name, and this or another is a city that is known, or a country stands after it."""
    parts = [part for each in _PARTS.split(item) if (part := each.strip())]
    if not parts or len(parts[0].split()) > _LONGEST:
        return False
    return any(map(is_city, parts)) or any(map(is_named, parts[1:]))
