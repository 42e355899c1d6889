"""What stands in brackets after a name and is no part of it: `Pula (former)`, `Pécs (1989)`; `Halle (Saale)` is one."""

from __future__ import annotations

import re
from collections.abc import Collection

from citydiplomacy.graph.language.text import ascii_digits

YEAR = "{year}"
"""In the place of a word: whatever has a year in it."""

_LAST = re.compile(r"(.*\S)\s*[\[(]([^\[\]()]+)[\])]", re.DOTALL)
_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def brackets(cell: str) -> tuple[str, str]:
    """A cell without the brackets at its end, and what stands in them; empty if there are none."""
    found = _LAST.fullmatch(cell.strip())
    return (found[1], found[2].strip()) if found else (cell, "")


def taken_aside(cell: str, words: Collection[str]) -> tuple[str, str]:
    """A cell without the brackets at its end that begin with one of some words, and what stands in these.

    >>> taken_aside("Pula (former)", ["former", YEAR]), taken_aside("Halle (Saale) (1989)", ["former", YEAR])
    (('Pula', 'former'), ('Halle (Saale)', '1989'))
    """
    told: list[str] = []
    while True:
        name, said = brackets(cell)
        plain = said.casefold()
        if not said or not (
            any(plain.startswith(word.casefold()) for word in words)
            or (YEAR in words and _FOUR.search(ascii_digits(said)))
        ):
            return cell, ", ".join(told)
        cell, told = name, [said, *told]
