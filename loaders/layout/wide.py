"""Lists that have columns for each partner: `Sister city 1`, `Country 1`, `Sister city 2`, `Country 2`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..list_words.column_names import SECOND
from ..list_words.headers import meaning
from .cell_kinds import cells_of

_TOLD = frozenset(["country", "region", "start", "end", "status", "kind", "note"])


def partners_beside(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, dict[str, str]]:
    """The columns of partners that are numbered, two at least; by each those of the same number that tell of it, by
    what they are."""
    stems: dict[str, list[str]] = {}
    for name in header:
        if found := re.fullmatch(r"(.*\D)[\s_.]*[(]?\d+[)]?", name.strip()):
            stems.setdefault(found[1].rstrip(" _.("), []).append(name)
    for stem, names in stems.items():
        told = meaning(stem)
        if len(names) > 1 and told and (told.what, told.side) == ("city", SECOND):
            return {name: _beside(header, name) for name in names if cells_of(rows, header.index(name))}
    return {}


def _beside(header: Sequence[str], partner: str) -> dict[str, str]:
    number = re.findall(r"\d+", partner)[-1]
    found = {}
    for name in header:
        bare, times = re.subn(rf"(?<!\d)[(]?{number}[)]?(?!\d)", " ", name)
        told = meaning(bare.strip()) if times and name != partner else None
        if told and told.what in _TOLD:
            found[told.what] = name
    return found
