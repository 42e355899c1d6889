"""Numbers before nouns in English; Persian keeps the singular after a number and needs no such help."""

from __future__ import annotations

from decimal import Decimal


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun, the plural being the singular and an `s` where nothing else is given.

    >>> counted(0, "source"), counted(1, "source"), counted(1200, "city", "cities")
    ('0 sources', '1 source', '1,200 cities')
    """
    return f"{number:,} {noun(number, one, many)}"


def noun(number: float | Decimal, one: str, many: str = "") -> str:
    """The noun alone."""
    return one if number == 1 else many or f"{one}s"
