"""Where in its sources each thing of an entry stands, and what they dispute: the lines that every form prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from citydiplomacy.queries.wording.speech import Speech

from ..document.blocks import Entry
from ..document.words import DocumentWords

MOST_ROWS = 40
"""On paper, rows and lines of an entry."""
MOST_SHOWN = 200
"""Rows of a table on a page and on paper, and on a page the rows and lines of an entry. Beyond them a sentence says how
many there are and which forms hold all."""


class Line(NamedTuple):
    """What is told at one place of one source, or disputed in one property: `source` is its number, 0 for a dispute."""

    source: int
    text: str


def lines(entry: Entry, lang: str) -> tuple[Line, ...]:
    """The lines of an entry: things that stand at the same place together."""
    places: dict[tuple[int, str], dict[str, None]] = {}
    disputes: dict[str, dict[str, None]] = {}
    say, words = Speech(lang), DocumentWords.of(lang)
    for told in entry.told:
        if told.locators:
            places.setdefault((told.source, _joined(told.locators, say)), {})[told.thing] = None
        for each in told.disputed:
            disputes.setdefault(each, {})[told.thing] = None
    return (
        *(Line(source, f"{place}: {_joined(things, say)}") for (source, place), things in sorted(places.items())),
        *(Line(0, f"{words.disputed} {name}: {_joined(things, say)}") for name, things in disputes.items()),
    )


def shown(line: Line, say: Speech) -> str:
    """A line as text, after the number of its source."""
    return f"[{say.number(line.source)}] {line.text}" if line.source else line.text


def more(rows: Sequence[object], most: int, say: Speech) -> str:
    """What is said where only so many of all rows or lines are shown; empty if all are."""
    if len(rows) <= most:
        return ""
    return say(
        "These are the first {most} of {all} rows; all stand in this document as Excel or JSON.",
        "این‌ها {most} سطر نخست از {all} سطر است؛ همهٔ سطرها در همین سند به صورت Excel یا JSON آمده است.",
        most=most,
        all=len(rows),
    )


def first(entries: Iterable[int], seen: set[int]) -> list[int]:
    """Those entries that no mark before has named, to which their way back leads; they are then `seen`."""
    new = [number for number in entries if number not in seen]
    seen.update(new)
    return new


def _joined(texts: Iterable[str], say: Speech) -> str:
    return say(", ", "، ").join(texts)
