"""Text that knows its parts: words, and marks, each of which is a number, name or date and what it is taken from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeAlias

from citydiplomacy.graph.fields import Frozen, frozen
from citydiplomacy.graph.model.values import Date

from .evidence import Evidence, Number

LONGEST_NAME = 200
"""Letters of a name that sentences tell whole."""


def in_brief(name: str) -> str:
    """A name as sentences and titles tell it: of one that is longer than any name the beginning, with a sign that more
    stands in the data.

    >>> in_brief("Mashhad"), len(in_brief("m" * 10_000))
    ('Mashhad', 41)
    """
    return name if len(name) <= LONGEST_NAME else f"{name[:40]}…"


@frozen
class Mark(Frozen):
    """A number, a name or a date in a text."""

    text: str
    value: Number | str | Date
    """The number, the id of what is named, or the date."""
    evidence: Evidence

    def as_json(self) -> dict[str, Any]:
        """For programs: the text, the number (`value`), id or date (EDTF), and what it is taken from."""
        match self.value:
            case str():
                told: dict[str, Any] = {"id": self.value}
            case Date():
                told = {"date": self.value.edtf}
            case Decimal():
                told = {"value": float(self.value)}
            case _:
                told = {"value": self.value}
        return {"text": self.text, **told, "from": self.evidence.as_json()}


Part: TypeAlias = str | Mark


class Phrase(str):
    """A text, which is its parts together; what is put together of phrases keeps their parts."""

    parts: tuple[Part, ...]

    def __new__(cls, *parts: Part) -> Phrase:
        """Of words, marks and phrases."""
        flat = tuple(_flat(parts))
        made = super().__new__(cls, "".join(part.text if isinstance(part, Mark) else part for part in flat))
        made.parts = flat
        return made

    def __add__(self, other: str) -> Phrase:
        return Phrase(self, other)

    def __radd__(self, other: str) -> Phrase:
        return Phrase(other, self)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The numbers and names, in order."""
        return tuple(part for part in self.parts if isinstance(part, Mark))

    def joined(self, texts: Iterable[str]) -> Phrase:
        """Texts with this one between them, as `join` puts them."""
        parts = [part for text in texts for part in (self, text)]
        return Phrase(*parts[1:])

    def begun(self) -> Phrase:
        """With a capital at its beginning."""
        if not self.parts:
            return self
        first, *rest = self.parts
        if isinstance(first, Mark):
            return Phrase(replace(first, text=first.text[:1].upper() + first.text[1:]), *rest)
        return Phrase(first[:1].upper() + first[1:], *rest)

    def as_json(self) -> list[str | dict[str, Any]]:
        """Its parts for programs, in order: words as text, marks as objects."""
        return [part.as_json() if isinstance(part, Mark) else part for part in self.parts]


def _flat(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts without phrases among them, no words beside words, and nothing empty."""
    words = ""
    for part in parts:
        for one in part.parts if isinstance(part, Phrase) else (part,):
            if isinstance(one, Mark):
                if words:
                    yield words
                words = ""
                yield one
            else:
                words += one
    if words:
        yield words
