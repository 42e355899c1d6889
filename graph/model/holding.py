"""When a tie holds: the one rule, as tables that `validity` asks of records, and that questions take into their text.

Each table is read from the top: the first line whose clauses are all true tells the answer. A clause is a fact, how it
compares, and another fact or a word. Facts are the first and the last day that `start`, `end` and `attested` can mean,
`first` and `last` of the span that is asked about, `today`, what the status tells, and the answers of tables above. A
comparison with what is not known is not true.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

from citydiplomacy.ontology.schemes import schemes


class Held(StrEnum):
    """Three values: no is known, and unknown is never no."""

    YES = "yes"
    UNKNOWN = "unknown"
    NO = "no"


class Clause(NamedTuple):
    """A comparison of two facts: `end.latest < first`, `status is down`, `end is missing`."""

    fact: str
    how: str
    other: str


class Verdict(NamedTuple):
    """An answer, and when it is that: if all of its clauses are true."""

    answer: Held
    when: tuple[Clause, ...]


UNDER_WAY: Final = ("status/proposed", "status/planned", "status/negotiated")
"""Statuses of ties that are only meant, and hold at no date."""


def _table(*lines: str) -> tuple[Verdict, ...]:
    """A table from lines such as `yes if end is missing and status is down`, and one answer for all else."""
    found = []
    for line in lines:
        answer, _, when = line.partition(" if ")
        clauses = (Clause(*clause.split()) for clause in when.split(" and ") if clause)
        found.append(Verdict(Held(answer), tuple(clauses)))
    return tuple(found)


# By today all has begun that is told, but for what begins later.
BEGUN: Final = _table(
    "yes if start.latest <= last",
    "no if start.earliest > last",
    "yes if attested.latest <= last",
    "yes if last >= today",
    "unknown",
)
# The end tells; without one, a tie goes on until a source says that it does not. A source that calls it ended or
# dormant tells by when it was (`attested`, or today), and not since when. One that saw it standing in the span or later
# tells that an end which may have come had not.
OVER: Final = _table(
    "yes if status is down and first >= today",
    "yes if end.latest < first",
    "no if end.earliest >= first",
    "yes if status is down and end is missing and attested.latest < first",
    "unknown if status is down",
    "no if end is missing",
    "no if first < today and attested.earliest >= first",
    "unknown",
)
HOLDS: Final = _table(
    "no if status is meant",
    "no if begun is no",
    "no if over is yes",
    "unknown if status is open",
    "unknown if begun is unknown",
    "unknown if over is unknown",
    "yes",
)
COMPARES: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": operator.eq,
}
MISSING: Final = "missing"


def answer(table: tuple[Verdict, ...], facts: Mapping[str, object]) -> Held:
    """What a table tells of facts by name; None is a fact that is not known."""
    return next(line.answer for line in table if all(_is_true(clause, facts) for clause in line.when))


def _is_true(clause: Clause, facts: Mapping[str, object]) -> bool:
    fact, other = facts[clause.fact], facts.get(clause.other, clause.other)
    if other == MISSING:
        return fact is None
    return fact is not None and other is not None and COMPARES[clause.how](fact, other)


def told_by(status: str | None) -> str:
    """What a status tells: that a tie is only `meant`, that it is `down`, or `up`; `open` where it tells neither."""
    if status is None:
        return "up"
    if status in UNDER_WAY:
        return "meant"
    concept = schemes()["status"].get(status)
    return "open" if concept is None or concept.stands is None else "up" if concept.stands else "down"
