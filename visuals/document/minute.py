"""The sentences of the first page, for who has one minute."""

from __future__ import annotations

from collections.abc import Iterator

from citydiplomacy.queries.city.city_headlines import member, sister_cities
from citydiplomacy.queries.wording.evidence import AnswerRows, Evidence, MeasureValue, Reckoned
from citydiplomacy.queries.wording.phrases import Phrase

from .subject import Subject

MINUTE = 5
"""Sentences for who has one minute."""


def minute(about: Subject) -> list[Phrase]:
    """The sentences that are told first: ties, networks, rank, needs, and whom to turn to."""
    told: list[Phrase] = []
    comparison = [headline for report in about.comparisons for headline in report.headlines]
    for wanted in ("sister-cities-by-place", "memberships", "degree"):
        told += [each for each in comparison if _rests_on(each, wanted)][: len(about.cities)]
    told = list(dict.fromkeys(told)) if len(about.comparisons) == 1 else list(_alone(about))
    last = [report.headlines[0] for report in (about.gaps[0], about.advice[0]) if report.headlines]
    return [*told[: MINUTE - len(last)], *last]


def _alone(about: Subject) -> Iterator[Phrase]:
    """What is known of the ties of the first city, and who says so."""
    say, gaps = about.say, about.gaps[0]
    for clause in (*sister_cities(say, gaps.city), *member(say, gaps.city, gaps.rosters)):
        yield say.sentence(clause)


def _rests_on(text: Phrase, wanted: str) -> bool:
    def named(evidence: Evidence) -> Iterator[str]:
        match evidence:
            case AnswerRows():
                yield evidence.question
            case MeasureValue():
                yield evidence.measure
            case Reckoned():
                for part in evidence.of:
                    yield from named(part)

    return any(name == wanted for mark in text.marks for name in named(mark.evidence))
