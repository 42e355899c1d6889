"""The vocabulary made: of vocabulary.toml, the ontology's concepts and the library's titles."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from citydiplomacy.ontology.schemes import schemes

from ..library import catalogue
from ..measures.influence import MEASURES
from .wordings import CENTRALITY, ITSELF, SCHEMES, Kind, Part, Reading, Vocabulary, Wording
from .words import joined, words

_TITLE = "?"
"""Begins the meaning of a title as a whole."""
_THEN = ">"
"""Stands in wordings whose parts must stand in their order."""


def made(data: bytes) -> Vocabulary:
    """The vocabulary of a file, with what the library's titles add."""
    told = tomllib.loads(data.decode("utf-8"))
    pairs, cut = [*_told(told), *_concepts()], cache(words)
    listed: dict[str, dict[Reading, None]] = {}
    for phrase, reading in pairs:
        listed.setdefault(joined(cut(phrase)), {})[reading] = None
    listed.pop("", None)
    longest = max(len(cut(phrase)) for phrase, _ in pairs)
    bare = Vocabulary({key: tuple(readings) for key, readings in listed.items()}, frozenset(), longest, (), {})
    asked = catalogue.questions()
    titled = [
        Wording(question.name, tuple(map(Part, bare.in_titles(title))))
        for question in asked
        for title in question.title.values()
        if question.name not in told["titles"]["too_short"]
    ]
    for part in (part for wording in titled for part in wording.parts):
        for own in (meaning for meaning in part.meanings if meaning.startswith(ITSELF)):
            listed.setdefault(own.removeprefix(ITSELF), {})[Reading("word", own)] = None
    titled = [wording for wording in titled if wording.parts]
    for question in asked:  # a title as it stands means its question, whatever its words
        meant = f"{_TITLE}{question.name}"
        titled.append(Wording(question.name, (Part(frozenset({meant})),)))
        for title in question.title.values():
            listed.setdefault(joined(cut(title)), {})[Reading("word", meant)] = None
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
    whole = Vocabulary(
        {key: tuple(readings) for key, readings in listed.items()}, known, longest, (*written, *titled), {}
    )
    shown = {
        question.name: frozenset(
            meaning
            for column in question.columns
            for title in column.title.values()
            for part in whole.in_titles(title)
            for meaning in part
        )
        for question in asked
    }
    return replace(whole, shown=shown)


def _part(told: str) -> Part:
    return Part(frozenset(), told.strip("{}")) if told[0] == "{" else Part(frozenset({told}))


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
    for scheme in SCHEMES:
        for concept in schemes()[scheme].values():
            yield from ((label, Reading("concept", concept.id)) for label in concept.labels.values())
    for measure in MEASURES.values():
        for label in (measure.name, measure.title_en, measure.title_fa):
            yield label, Reading("concept", f"{CENTRALITY}/{measure.name}")


def _both(table: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for phrases in table.values():
        yield from phrases
