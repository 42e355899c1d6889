"""What a number or a name in a sentence is taken from, so that a reader, or a program, can look it up again.

There are five kinds: the answer to a saved question, a measure of a network, a number that a rule of ours sets, what is
reckoned from others of these, and the label of a record. Each says itself as JSON (`as_json`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

from citydiplomacy.graph.fields import Frozen, frozen
from citydiplomacy.graph.model.values import Date

Number: TypeAlias = int | float | Decimal


class Evidence(Protocol):
    """What a number or a name is taken from."""

    def as_json(self) -> dict[str, Any]:
        """Itself, for programs."""


class Take(StrEnum):
    """What is taken of the rows of an answer."""

    ROWS = "rows"
    """Their number."""
    DISTINCT = "distinct"
    """The number of different values of a column; where it is empty it does not count."""
    SUM = "sum"
    """The sum of a column, each value as a part of another column if one is named (`per`)."""
    VALUE = "value"
    """The value of a column in the one row that is left."""
    VALUES = "values"
    """The different values of a column: what another question is asked with, or another answer is kept to."""


@frozen
class AnswerRows(Frozen):
    """Rows of the answer to a saved question, and what is taken of them."""

    question: str
    """Its name in queries/library."""
    parameters: Mapping[str, str | AnswerRows]
    """Without the language. An answer: asked once for each of its values, which stands in every row beside it."""
    where: tuple[tuple[str, bool, tuple[Any, ...] | AnswerRows], ...] = ()
    """Column, whether it must be one of some values or none of them, and these: as they are, or those of an answer."""
    first_of: str = ""
    """Of the rows that share this column only the first counts."""
    take: Take = Take.ROWS
    column: str = ""
    per: str = ""

    def as_json(self) -> dict[str, Any]:
        """The question, its parameters, which of its rows, and what of them."""

        def plain(value: object) -> object:
            if isinstance(value, AnswerRows):
                return value.as_json()
            if isinstance(value, tuple):
                return [plain(one) for one in value]
            return float(value) if isinstance(value, Decimal) else value

        told = {
            "question": self.question,
            "parameters": {name: plain(value) for name, value in self.parameters.items()},
            "where": {column: plain(values) for column, is_one, values in self.where if is_one},
            "except": {column: plain(values) for column, is_one, values in self.where if not is_one},
            "first_of": self.first_of,
            "take": self.take.value,
            "column": self.column,
            "per": self.per,
        }
        return {key: value for key, value in told.items() if value or key == "parameters"}


@frozen
class MeasureValue(Frozen):
    """A measure, which no question can ask for: of a city in a network, or of what is recommended to it."""

    measure: str
    """One of `measures.influence.MEASURES`, or of docs/recommend.md."""
    of: tuple[str, ...]
    """The city, and what it is measured with, by id."""
    network: str = ""
    """One of `standing.networks.NETWORKS`."""
    take: str = "value"
    """The `value`, the `rank` that it gives, or the `size` of what is ranked; or how many cities of the network are
    `uncollected`, and have no rank."""
    scope: str = ""
    """Of a rank: one of `standing.peer_groups.SCOPES`."""
    group: str = ""
    """Of a rank: in which group of the scope."""
    counted: tuple[str, ...] = ()
    """Of a number of things: these, by id, where they are few enough to be listed."""

    def as_json(self) -> dict[str, Any]:
        """All that is not empty."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in vars(self).items() if value}


@frozen
class SetByRule(Frozen):
    """A number or a name that a rule or a scheme of ours sets, not the data."""

    rule: str
    value: Number | str

    def as_json(self) -> dict[str, Any]:
        """Which, and what it sets."""
        return {"rule": self.rule, "value": self.value}


@frozen
class Label(Frozen):
    """The name of a record or concept."""

    record: str

    def as_json(self) -> dict[str, Any]:
        """Its id."""
        return {"record": self.record}


class How(StrEnum):
    """How a number is reckoned from two others."""

    SUM = "sum"
    DIFFERENCE = "difference"
    SHARE = "share"
    """The first of the second in percent, rounded, a half upwards."""


@frozen
class Reckoned(Frozen):
    """A number that is reckoned from two others."""

    how: How
    of: tuple[Evidence, Evidence]

    def as_json(self) -> dict[str, Any]:
        """How, and from what."""
        return {"reckoned": self.how.value, "of": [each.as_json() for each in self.of]}


@frozen
class Figure(Frozen):
    """A number that knows what it is taken from."""

    value: Number
    evidence: Evidence

    def __bool__(self) -> bool:
        return bool(self.value)

    def __add__(self, other: Figure) -> Figure:
        return Figure(_sum(self.value, other.value), Reckoned(How.SUM, (self.evidence, other.evidence)))

    def __sub__(self, other: Figure) -> Figure:
        return Figure(_sum(self.value, -other.value), Reckoned(How.DIFFERENCE, (self.evidence, other.evidence)))

    def beyond(self, named: int) -> Figure:
        """How many more than those that are told by name."""
        return self - Figure(named, SetByRule("told by name", named))


MOST_COUNTED = 200
"""Things that are listed beside their number."""


def counted(measure: str, of: tuple[str, ...], things: Collection[str]) -> Figure:
    """How many things, by id, a measure counts for a city, and for what else it is measured with."""
    listed = tuple(sorted(things)) if len(things) <= MOST_COUNTED else ()
    return Figure(len(things), MeasureValue(measure, of, counted=listed))


@frozen
class Named(Frozen):
    """A name that knows whose it is."""

    name: str
    id: str
    evidence: Evidence


@frozen
class When(Frozen):
    """A date that knows what it is taken from."""

    date: Date
    evidence: Evidence


def _sum(one: Number, other: Number) -> Number:
    return one + other if isinstance(one, int) and isinstance(other, int) else Decimal(one) + Decimal(other)
