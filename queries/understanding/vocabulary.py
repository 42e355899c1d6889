"""The words that plain questions are made of: vocabulary.toml, the ontology's concepts, the library's titles."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, TypeAlias

from citydiplomacy.ontology.schemes import schemes

from ..library import catalogue
from ..library.parameters import CONCEPT, REFERENCES
from ..library.question import Question
from ..measures.influence import MEASURES
from ..wording.sections import MOST_CITIES
from .words import Word, forms, joined, words

Kind: TypeAlias = Literal["word", "concept", "ignored", "negation", "when", "record", "date", "number", "form"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A parameter of a question or report."""

    type: str
    required: bool = True
    several: int = 0
    """It takes so many values at most, those that others of its type leave; 0 for one."""


Parameters: TypeAlias = Mapping[str, Wanted]
DAY, NUMBER = "date", "integer"
"""Types of parameters that are no records or concepts."""
CENTRALITY = "centrality"
"""The scheme that measures of influence stand in here."""
REPORTS: Mapping[str, Parameters] = {
    "show": {"record": Wanted("record")},
    "compare": {
        "city": Wanted("city"),
        "other": Wanted("city"),
        "more": Wanted("city", required=False, several=MOST_CITIES - 2),
    },
    "gaps": {"city": Wanted("city")},
    "recommend": {"city": Wanted("city")},
    "co-members": {"city": Wanted("city", required=False)},
    "influence": {
        "cities": Wanted("city", required=False, several=MOST_CITIES),
        "measure": Wanted(f"{CONCEPT}{CENTRALITY}", required=False),
    },
}
"""What can be asked beside the library, and of whom."""
_ITSELF, _TITLE = "=", "?"
"""Begin the meaning of a word of a title that has no other, and of a title as a whole."""
_THEN = ">"
"""Stands in wordings whose parts must stand in their order."""
_SCHEMES = (
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
        return any(part.meanings or part.slot in _SCHEMES for part in self.parts)


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
                yield meant or frozenset({f"{_ITSELF}{listed[place].stem}"})
            place += length


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, with what the library's titles add."""
    told = tomllib.loads((files(__package__) / "vocabulary.toml").read_text(encoding="utf-8"))
    pairs, cut = [*_told(told), *_concepts()], cache(words)
    listed: dict[str, dict[Reading, None]] = {}
    for phrase, reading in pairs:
        listed.setdefault(joined(cut(phrase)), {})[reading] = None
    listed.pop("", None)
    longest = max(len(cut(phrase)) for phrase, _ in pairs)
    bare = Vocabulary({key: tuple(readings) for key, readings in listed.items()}, frozenset(), longest, ())
    asked = catalogue.questions()
    titled = [
        Wording(question.name, tuple(map(Part, bare.in_titles(title))))
        for question in asked
        for title in question.title.values()
        if question.name not in told["titles"]["too_short"]
    ]
    for part in (part for wording in titled for part in wording.parts):
        for own in (meaning for meaning in part.meanings if meaning.startswith(_ITSELF)):
            listed.setdefault(own.removeprefix(_ITSELF), {})[Reading("word", own)] = None
    titled = [wording for wording in titled if wording.parts]
    for question in asked:  # a title as it stands means its question, whatever its words
        whole = f"{_TITLE}{question.name}"
        titled.append(Wording(question.name, (Part(frozenset({whole})),)))
        for title in question.title.values():
            listed.setdefault(joined(cut(title)), {})[Reading("word", whole)] = None
            longest = max(longest, len(cut(title)))
    written = [
        Wording(name, tuple(_part(each) for each in wording.split() if each != _THEN), _THEN in wording.split())
        for name, wordings in told["asks"].items()
        for wording in wordings
    ]
    order = {name: place for place, name in enumerate(told["asks"])}
    titled.sort(key=lambda wording: order.get(wording.asked, len(order)))
    known = frozenset(
        word.stem
        for phrase, reading in pairs
        if reading.kind in ("word", "concept", "form")
        for word in cut(phrase)
        if len(word.stem) >= 4
    )
    return Vocabulary({key: tuple(readings) for key, readings in listed.items()}, known, longest, (*written, *titled))


def _part(told: str) -> Part:
    return Part(frozenset(), told.strip("{}")) if told[0] == "{" else Part(frozenset({told}))


@cache
def parameters(asked: str) -> Parameters:
    """The parameters of a question or report, but for the language."""
    if asked in REPORTS:
        return REPORTS[asked]
    own = catalogue.question(asked).parameters
    return {each.name: Wanted(each.type, each.required) for each in own if each.type != "lang"}


def folders(type_: str) -> tuple[str, ...]:
    """The folders of the records that a parameter of a type can be; empty if it is no record."""
    return REFERENCES.get(type_, ())


@cache
def shown(asked: str) -> frozenset[str]:
    """The meanings that an answer shows anyhow: those in the titles of its columns, when, and how many."""
    question = question_of(asked)
    if question is None:
        return frozenset()
    titles = [title for column in question.columns for title in column.title.values()]
    when = {"when"} if any(column.type == DAY for column in question.columns) else set()
    when |= {"evidence"} if any(column.name == "sources" for column in question.columns) else set()
    meant = {meaning for title in titles for part in vocabulary().in_titles(title) for meaning in part}
    return frozenset({"count", *when, *meant})


def question_of(asked: str) -> Question | None:
    """The saved question of a name; None for a report."""
    return None if asked in REPORTS else catalogue.question(asked)


def _told(told: Mapping[str, Any]) -> Iterator[tuple[str, Reading]]:
    """(Piece, reading) of the file."""
    for kind, table in (("ignored", told["ignored"]), ("negation", told["negations"])):
        yield from ((phrase, Reading(kind, True)) for phrase in _both(table))  # type: ignore[arg-type]
    for number, table in told["numbers"].items():
        yield from ((phrase, Reading("number", int(number))) for phrase in _both(table))
    for when, table in told["dates"].items():
        yield from ((phrase, Reading("when", when)) for phrase in _both(table))
    kinds: Mapping[Kind, str] = {"word": "means", "form": "forms"}
    for kind, part in kinds.items():
        for meaning, table in told[part].items():
            yield from ((phrase, Reading(kind, meaning)) for phrase in _both(table))
    for code, table in told["people"].items():
        yield from ((phrase, Reading("record", (f"country/{code}",))) for phrase in _both(table))
    for concept, table in told["concepts"].items():
        yield from ((phrase, Reading("concept", concept)) for phrase in _both(table))


def _concepts() -> Iterator[tuple[str, Reading]]:
    """(Label, reading) of the ontology's concepts and of the measures of influence."""
    for scheme in _SCHEMES:
        for concept in schemes()[scheme].values():
            yield from ((label, Reading("concept", concept.id)) for label in concept.labels.values())
    for measure in MEASURES.values():
        for label in (measure.name, measure.title_en, measure.title_fa):
            yield label, Reading("concept", f"{CENTRALITY}/{measure.name}")


def _both(table: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for phrases in table.values():
        yield from phrases
