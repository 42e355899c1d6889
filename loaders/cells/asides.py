"""What stands beside a name and is no part of it: `Pula (former)`, `Pécs (1989)`, `Lahore, 1998`; `Halle (Saale)` is
one."""

from __future__ import annotations

import re
from collections.abc import Collection

from citydiplomacy.graph.language.text import ascii_digits

from .concept_words import status_of
from .spells import is_time

YEAR = "{year}"
"""In the place of a word: whatever has a year in it."""

_LAST = re.compile(r"(.*\S)\s*[\[(]([^\[\]()]+)[\])]", re.DOTALL)
_WITHIN = re.compile(r"\s*[\[(]([^\[\]()]+)[\])]")
_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_BETWEEN = re.compile(r"\s*[,،;؛:]\s*|\s+[-–—−‒]\s*|\s*[–—−‒]\s+|\s+")
_BEFORE = re.compile(r"\s*[:：]\s+|\s+[-–—−‒]\s+|\s*[–—]\s+")
_OPENED = re.compile(r"[\[(][^\[\]()]*$")
_LONGEST = 120
"""Letters of a cell that is looked at: a longer one is a text."""


def brackets(cell: str) -> tuple[str, str]:
    """A cell without the brackets at its end, and what stands in them; empty if there are none."""
    found = _LAST.fullmatch(cell.strip())
    return (found[1], found[2].strip()) if found else (cell, "")


def parted(cell: str, sign: str) -> list[str]:
    """A cell taken apart at a sign, but for where it stands in brackets.

    >>> parted("Munich [1960], Albany [1992, suspended]", ",")
    ['Munich [1960]', ' Albany [1992, suspended]']
    """
    parts = [""]
    for part in cell.split(sign):
        before = parts[-1]
        if before and _OPENED.search(before):
            parts[-1] = f"{before}{sign}{part}"
        else:
            parts.append(part)
    return parts[1:]


def timed(cell: str) -> tuple[str, str]:
    """A cell without the time that stands after a name, before it or in brackets, and the time, with a status that
    stands after it; empty if there is none.

    >>> timed("Lahore (Pakistan), since 1998"), timed("Kyoto – Japan – 1958"), timed("Halle")
    (('Lahore (Pakistan)', 'since 1998'), ('Kyoto – Japan', '1958'), ('Halle', ''))
    >>> timed("1998: Graz (Austria)"), timed("Lyon (1959), France")
    (('Graz (Austria)', '1998'), ('Lyon, France', '1959'))
    >>> timed("Lyon (France) — 1975, suspended")
    ('Lyon (France)', '1975, suspended')
    """
    if len(cell) > _LONGEST or not _FOUR.search(ascii_digits(cell)):
        return cell, ""
    for found in _BETWEEN.finditer(cell, 1):
        first, *more = re.split(r"[,;،؛]\s*", cell[found.end() :])
        if is_time(cell[found.end() :]) or (more and is_time(first) and all(status_of(each)[1] for each in more)):
            return cell[: found.start()], cell[found.end() :]
    for found in _BEFORE.finditer(cell):
        if is_time(cell[: found.start()]):
            return cell[found.end() :], cell[: found.start()]
    for found in _WITHIN.finditer(cell):
        if is_time(found[1]):
            return cell[: found.start()] + cell[found.end() :], found[1]
    return cell, ""


def taken_aside(cell: str, words: Collection[str]) -> tuple[str, str]:
    """A cell without the brackets at its end that begin with one of some words, and what stands in these; with YEAR a
    time beside the name too.

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
            name, said = timed(cell) if YEAR in words else (cell, "")
            return name, ", ".join(filter(None, [said, *told]))
        cell, told = name, [said, *told]
