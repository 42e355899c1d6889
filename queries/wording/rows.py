"""Rows of an answer that know their question: what is counted in them says of what it was counted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeAlias

from citydiplomacy.graph.language.dates import told_date
from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store

from ..library import catalogue
from ..library.questions import run
from .evidence import AnswerRows, Figure, Named, Number, Take, When

LAST = 500
"""Answers of a store that are kept; a dossier of five cities needs some 300."""

Row: TypeAlias = Mapping[str, Any]
"""A row of an answer by column name."""

Wanted: TypeAlias = object | Collection[object]
"""A value of a column, or several of which it is one."""


class Values(tuple[Any, ...]):
    """Different values of a column, and the answer that they are of."""

    answer: AnswerRows

    def __new__(cls, values: Iterable[Any], answer: AnswerRows) -> Values:
        """The values, in order."""
        made = super().__new__(cls, values)
        made.answer = answer
        return made


class Rows(tuple[Row, ...]):
    """Some or all rows of an answer, in its order."""

    answer: AnswerRows
    """What they are of; it takes nothing yet."""

    def __new__(cls, rows: Iterable[Row], answer: AnswerRows) -> Rows:
        """The rows, in order."""
        made = super().__new__(cls, rows)
        made.answer = answer
        return made

    def where(self, **columns: Wanted) -> Rows:
        """Those whose columns hold a value, or one of several."""
        return self._kept(True, columns)

    def without(self, **columns: Wanted) -> Rows:
        """Those whose columns do not."""
        return self._kept(False, columns)

    def first_of(self, column: str) -> Rows:
        """The first row of each value of a column: a need scored by two panels is one need."""
        first: dict[Any, Row] = {}
        for row in self:
            first.setdefault(row[column], row)
        return Rows(first.values(), replace(self.answer, first_of=column))

    def each(self, column: str) -> dict[Any, Rows]:
        """The rows of each value of a column, in the order in which it first comes."""
        found: dict[Any, list[Row]] = {}
        for row in self:
            found.setdefault(row[column], []).append(row)
        where = self.answer.where
        return {
            value: Rows(rows, replace(self.answer, where=(*where, (column, True, (value,)))))
            for value, rows in found.items()
        }

    def ordered(self, key: Callable[[Row], Any], *, reverse: bool = False) -> Rows:
        """The same in another order."""
        return Rows(sorted(self, key=key, reverse=reverse), self.answer)

    def number(self) -> Figure:
        """How many."""
        return self._figure(len(self), take=Take.ROWS)

    def distinct(self, column: str) -> Figure:
        """How many different values a column has."""
        return self._figure(len({row[column] for row in self} - {None}), take=Take.DISTINCT, column=column)

    def sum(self, column: str, per: str = "") -> Figure:
        """The sum of a column, each value as a part of another if one is named; where it is empty it is nothing."""
        told = (row for row in self if row[column] is not None)
        parts = (Decimal(row[column]) / row[per] if per else row[column] for row in told)
        return self._figure(sum(parts), take=Take.SUM, column=column, per=per)

    def value(self, column: str) -> Figure:
        """The number in a column of the one row that there is."""
        (row,) = self
        return self._figure(row[column], take=Take.VALUE, column=column)

    def date(self, column: str) -> When | None:
        """The date in a column of the one row that there is; None where it is not told."""
        (row,) = self
        told = told_date(row[column])
        return When(told, replace(self.answer, take=Take.VALUE, column=column)) if told else None

    def values(self, column: str) -> Values:
        """The different values of a column."""
        told = dict.fromkeys(row[column] for row in self if row[column] is not None)
        return Values(told, replace(self.answer, take=Take.VALUES, column=column))

    def names(self, column: str) -> tuple[Named, ...]:
        """The different things of a column `x`, each by its first name in `x_name`."""
        return tuple(rows.name(column) for value, rows in self.each(column).items() if value is not None)

    def name(self, column: str) -> Named:
        """The name of what stands in the first row."""
        id_, name = self[0][column], f"{column}_name"
        of_it = self.where(**{column: id_}).first_of(column)
        return Named(of_it[0][name], id_, replace(of_it.answer, take=Take.VALUE, column=name))

    def _kept(self, is_one: bool, columns: Mapping[str, Wanted]) -> Rows:
        rows: Iterable[Row] = self
        told = []
        for column, wanted in columns.items():
            values = tuple(wanted) if isinstance(wanted, Collection) and not isinstance(wanted, str) else (wanted,)
            among = frozenset(values)
            rows = [row for row in rows if (row[column] in among) is is_one]
            told.append((column, is_one, wanted.answer if isinstance(wanted, Values) else values))
        return Rows(rows, replace(self.answer, where=(*self.answer.where, *told)))

    def _figure(self, value: Number, **taken: Any) -> Figure:
        return Figure(value, replace(self.answer, **taken))


def ask(store: Store, question: str, lang: str, **values: str) -> Rows:
    """The rows of a saved question, named; the language goes to those that have names to give."""
    return Rows(_asked(store, question, lang, values), AnswerRows(question, values))


def ask_each(store: Store, question: str, lang: str, **values: Values) -> Rows:
    """The rows of a question that is asked once for each of some values, each row with the value beside it."""
    ((name, several),) = values.items()
    rows = ({name: value, **row} for value in several for row in _asked(store, question, lang, {name: value}))
    return Rows(rows, AnswerRows(question, {name: several.answer}))


def _asked(store: Store, question: str, lang: str, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of a question; of the last answers of a store none is asked for twice, as several reports need them."""
    in_words = {"lang": lang} if "lang" in catalogue.question(question).by_name else {}
    asked = {**values, **in_words}
    last = once(store, _last_answers)
    key = (question, *sorted(asked.items()))
    answer = last.get(key)
    if answer is None:
        if len(last) >= LAST:
            last.clear()
        answer = last[key] = run(store, question, asked).records()
    return answer


def _last_answers(_: Store) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    return {}


def asked_again(store: Store, answer: AnswerRows, lang: str) -> Rows:
    """All rows of the answer that something was taken of, whatever was taken: asked anew."""
    several = {name: value for name, value in answer.parameters.items() if isinstance(value, AnswerRows)}
    plain = {name: value for name, value in answer.parameters.items() if isinstance(value, str)}
    if not several:
        return ask(store, answer.question, lang, **plain)
    ((name, values),) = several.items()
    kept = _again(asked_again(store, values, lang), values, store, lang)
    return ask_each(store, answer.question, lang, **{name: kept.values(values.column)})


def _again(rows: Rows, answer: AnswerRows, store: Store, lang: str) -> Rows:
    """Those rows that an answer is kept to."""
    for column, is_one, wanted in answer.where:
        values = (
            _again(asked_again(store, wanted, lang), wanted, store, lang).values(wanted.column)
            if isinstance(wanted, AnswerRows)
            else wanted
        )
        rows = rows.where(**{column: values}) if is_one else rows.without(**{column: values})
    return rows.first_of(answer.first_of) if answer.first_of else rows
