"""Text made safe to show: one line, nothing unseen, nothing that turns the direction of what follows; safe links."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

# Marks that embed, override or isolate directions: one of them in a label would reach past the label's own end.
_DIRECTIONS: Final = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


WHOLE = "\u00a0"
"""A space at which no line breaks: it is kept."""
BOUND = "\u200c"
"""What parts letters of a Persian word without a space: it is kept too."""


def clean(text: object) -> str:
    """Text on one line, without control characters and without marks that turn the direction of what follows."""
    told = str(text)
    if told.replace(BOUND, "").isprintable():  # most are: nothing unseen is in them, and no space but the plain one
        return re.sub(r"  +", " ", told).strip()
    kept = (
        " " if char.isspace() and char != WHOLE else char
        for char in told
        if ord(char) not in _DIRECTIONS and (char.isspace() or unicodedata.category(char) not in {"Cc", "Cs", "Cn"})
    )
    return re.sub(r" +", " ", "".join(kept)).strip()


def clean_within(text: str) -> str:
    """The same of words within a line: a space at either end stays."""
    kept = clean(text)
    return f"{' ' if text[:1].isspace() else ''}{kept}{' ' if text[-1:].isspace() and kept else ''}"


def safe_link(address: str | None) -> str:
    """An address if it may become a link, to a page or a mailbox and to nothing that runs; else empty."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return ""
    links = parts.scheme == "mailto" or (parts.scheme in ("http", "https") and bool(parts.netloc))
    return address if address and links else ""
