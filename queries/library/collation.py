"""Rows in the order of the names in them: query languages sort by code points, people by their alphabet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from citydiplomacy.graph.language.text import alphabetical

if TYPE_CHECKING:
    from .cells import Row
    from .question import Question

_ORDER = re.compile(r"\bORDER BY\s+(?P<keys>[^#/]*)\s*(?:LIMIT\b.*)?\Z", re.IGNORECASE | re.DOTALL)
_KEY = re.compile(r"\?(\w+)|(?:DESC|ASC)\(\?(\w+)\)|(\w+)(?: (?:DESC|ASC))?,?")


def by_names(asked: Question, rows: list[Row]) -> list[Row]:
    """The rows of an answer, those that differ only in a name and what comes after it in the order of its alphabet.

    That is: where the question's ORDER BY has a column `x_name` behind columns alone, rows that are equal in these.
    """
    places = _places(asked.text, tuple(column.name for column in asked.columns))
    return _sorted(rows, places[:-1], places[-1]) if places else rows


@cache
def _places(text: str, columns: tuple[str, ...]) -> tuple[int, ...]:
    """The places of the columns that a query orders by, up to the first that holds names; empty if none does."""
    found = _ORDER.search(text)
    places = {name: index for index, name in enumerate(columns)}
    before: list[int] = []
    for key in found["keys"].split() if found else ():
        match = _KEY.fullmatch(key)
        name = next(filter(None, match.groups()), "") if match else ""
        if name not in places:
            break
        before.append(places[name])
        if name.endswith("_name"):
            return tuple(before)
    return ()


def _sorted(rows: list[Row], before: Sequence[int], name: int) -> list[Row]:
    groups: dict[Row, int] = {}
    keyed = [
        (
            groups.setdefault(tuple([row[index] for index in before]), len(groups)),
            alphabetical(str(row[name] or "")),
            row,
        )
        for row in rows
    ]
    return [row for _, _, row in sorted(keyed, key=lambda each: each[:2])]
