"""What files say of themselves."""

from __future__ import annotations

from citydiplomacy.queries.wording.speech import Speech

from ..document.blocks import Document
from ..document.words import DocumentWords
from ..svg.plain_text import clean

LONGEST_PROPERTY = 255
"""Letters that a property of an office file can have."""


def revision(document: Document) -> str:
    """Of which revision of the data a document tells, in its language."""
    return f"{DocumentWords.of(document.lang).revision} {Speech(document.lang).number(document.revision)}"


def as_property(text: str) -> str:
    """A text as a property of an office file: one line, and cut where it is longer than one can be."""
    kept = clean(text)
    return kept if len(kept) <= LONGEST_PROPERTY else f"{kept[: LONGEST_PROPERTY - 1]}…"
