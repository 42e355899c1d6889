"""How values stand in the cells of a table, for who writes tables and for who reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable

SINGULAR = {"labels": "label", "aliases": "alias", "notes": "note"}
"""How a column names one value of a property of texts: `label_en`."""


def split_values(cell: str) -> list[str]:
    r"""The values of a cell with `|` between them; `\|` is a bar and `\\` a backslash. The inverse of `join_values`.

    >>> split_values(r"page 3 | table 2|a\|b")
    ['page 3', 'table 2', 'a|b']
    """
    if "|" not in cell and "\\" not in cell:
        return [cell]
    parts = [""]
    for token in _TOKENS.findall(cell):
        if token == "|":
            parts.append("")
        else:
            parts[-1] += token[1] if token in ("\\|", "\\\\") else token
    return [part for part in map(str.strip, parts) if part]


_TOKENS = re.compile(r"\\[\\|]|[|\\]|[^\\|]+")


def join_values(values: Iterable[str]) -> str:
    r"""Several values as one cell, `|` between them."""
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)
