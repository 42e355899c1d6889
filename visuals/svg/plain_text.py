"""Text made safe to draw: one line, nothing unseen, nothing that turns the direction of what follows."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Marks that embed, override or isolate directions: one of them in a label would reach past the label's own end.
_DIRECTIONS: Final = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


WHOLE = "\u00a0"
"""A space at which no line breaks: it is kept."""


def clean(text: object) -> str:
    """Text on one line, without control characters and without marks that turn the direction of what follows."""
    kept = (
        " " if char.isspace() and char != WHOLE else char
        for char in str(text)
        if ord(char) not in _DIRECTIONS and (char.isspace() or unicodedata.category(char) not in {"Cc", "Cs", "Cn"})
    )
    return re.sub(r" +", " ", "".join(kept)).strip()


def clean_within(text: str) -> str:
    """The same of words within a line: a space at either end stays."""
    kept = clean(text)
    return f"{' ' if text[:1].isspace() else ''}{kept}{' ' if text[-1:].isspace() and kept else ''}"
