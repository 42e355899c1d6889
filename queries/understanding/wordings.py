"""What words can mean and which ways there are to ask: the form in which the vocabulary is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from .words import Word, forms, words

Kind: TypeAlias = Literal["word", "concept", "ignored", "negation", "when", "record", "date", "number", "form"]
CENTRALITY = "centrality"
"""The scheme that measures of influence stand in here."""
ITSELF = "="
"""Begins the meaning of a word of a title that has no other."""
SCHEMES = (
    "role", "status", "agreement-kind", "mission-kind", "activity-kind", "organization-kind", "service", "measure",
    "axis", "barrier-category", "dimension", "world-region",
)  # fmt: skip
"""Schemes whose concepts rows can be narrowed to."""


class Reading(NamedTuple):
    """What a word or phrase can mean."""

    kind: Kind
    value: Any


class Part(NamedTuple):
    """What must be there: a word of one of some meanings, or what fills a slot."""

    meanings: frozenset[str]
    slot: str = ""
    """The name of a parameter; or of a class or scheme, of which anything may stand there."""


@dataclass(frozen=True)
class Wording:
    """A way to ask: its parts in the order in which they would stand."""

    asked: str
    parts: tuple[Part, ...]
    ordered: bool = False
    """Whether they must stand in that order."""

    @property
    def says_something(self) -> bool:
        """Whether there are words or concepts in it, and not names alone."""
        return any(part.meanings or part.slot in SCHEMES for part in self.parts)


@dataclass(frozen=True)
class Vocabulary:
    """All that words can mean, and all ways to ask."""

    readings: Mapping[str, tuple[Reading, ...]]
    """Words without endings, joined -> what they can mean."""
    known: frozenset[str]
    """Single words without endings, for typing errors."""
    longest: int
    """Words of the longest phrase."""
    wordings: tuple[Wording, ...]
    """In the order in which they are preferred."""
    shown: Mapping[str, frozenset[str]]
    """Question -> the meanings in the titles of its columns."""

    def of(self, span: Sequence[Word]) -> tuple[Reading, ...]:
        """What a phrase can mean."""
        return next((self.readings[form] for form in forms(span) if form in self.readings), ())

    def in_titles(self, title: str) -> Iterator[frozenset[str]]:
        """The meanings in a title, phrase by phrase; words without one stand for themselves."""
        listed = words(title)
        place = 0
        while place < len(listed):
            for length in range(min(self.longest, len(listed) - place), 0, -1):
                readings = self.of(listed[place : place + length])
                if readings or length == 1:
                    break
            carries = not any(reading.kind == "ignored" for reading in readings)
            meant = frozenset(reading.value for reading in readings if carries and reading.kind == "word")
            if meant or not readings:
                yield meant or frozenset({f"{ITSELF}{listed[place].stem}"})
            place += length

    def kept(self) -> tuple[Any, ...]:
        """All of it as plain values, which `of_kept` takes."""
        return (
            {key: tuple(map(tuple, readings)) for key, readings in self.readings.items()},
            tuple(sorted(self.known)),
            self.longest,
            tuple(
                (each.asked, tuple((tuple(sorted(part.meanings)), part.slot) for part in each.parts), each.ordered)
                for each in self.wordings
            ),
            {asked: tuple(sorted(meanings)) for asked, meanings in self.shown.items()},
        )

    @classmethod
    def of_kept(cls, kept: tuple[Any, ...]) -> Vocabulary:
        """The vocabulary from what `kept` made of it."""
        readings, known, longest, wordings, shown = kept
        return cls(
            {key: tuple(Reading(*each) for each in told) for key, told in readings.items()},
            frozenset(known),
            longest,
            tuple(
                Wording(asked, tuple(Part(frozenset(meanings), slot) for meanings, slot in parts), ordered)
                for asked, parts, ordered in wordings
            ),
            {asked: frozenset(meanings) for asked, meanings in shown.items()},
        )
