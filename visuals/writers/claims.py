"""Where in its sources each thing of an entry stands, and what they dispute: the lines that every form prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from citydiplomacy.queries.wording.speech import Speech

from ..document.blocks import Entry
from ..document.words import DocumentWords

MOST_ROWS = 40
"""On paper, rows and lines of an entry; the rest is counted, and the question is named."""


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


def more(told: Sequence[object], say: Speech, words: DocumentWords) -> str:
    """How many rows or lines are not printed; empty if all are."""
    rest = len(told) - MOST_ROWS
    return f"{say.number(rest)} {words.more_rows}" if rest > 0 else ""


def first(entries: Iterable[int], seen: set[int]) -> list[int]:
    """Those entries that no mark before has named, to which their way back leads; they are then `seen`."""
    new = [number for number in entries if number not in seen]
    seen.update(new)
    return new


def _joined(texts: Iterable[str], say: Speech) -> str:
    return say(", ", "، ").join(texts)
