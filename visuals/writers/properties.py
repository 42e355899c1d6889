"""What office files say of themselves."""

from __future__ import annotations

from ..svg.plain_text import clean

LONGEST_PROPERTY = 255
"""Letters that a property of an office file can have."""


def as_property(text: str) -> str:
    """A text as a property of an office file: one line, and cut where it is longer than one can be."""
    kept = clean(text)
    return kept if len(kept) <= LONGEST_PROPERTY else f"{kept[: LONGEST_PROPERTY - 1]}…"
