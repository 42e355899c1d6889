"""Questions as Python users and the command ask them: names in, a table with titles in a language out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pyoxigraph as ox

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.limited import MOST_ROWS
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.rdf import triples
from citydiplomacy.ontology.terms import XSD
from citydiplomacy.queries.library import catalogue, questions

from ..errors import UsageError
from ..opening import held_cells
from .tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from citydiplomacy.graph.store.reader import Results, Store
    from citydiplomacy.queries.library.question import Question
    from citydiplomacy.queries.understanding.understand import Understanding

    from ..output import Lang


R = TypeVar("R", bound=Record)


def several(names: str | Iterable[str]) -> list[str]:
    """Names, of which one may stand alone."""
    return [names] if isinstance(names, str) else list(names)


def text(words: str) -> str:
    """What is asked in words. Raises UsageError for what is no text."""
    if not isinstance(words, str):
        raise UsageError(f"{words!r} is no text.", hint="A question is a text.")
    return words


def record_class(cls: type[R]) -> type[R]:
    """A class of records. Raises UsageError for what is none."""
    if not isinstance(cls, type) or not issubclass(cls, Record):
        raise UsageError(f"{cls!r} is no class of records.", hint="They stand in citydiplomacy.records: records.City.")
    return cls


def teller(store: Store, source: str | None) -> str | None:
    """The id of a source of the store, if one is named. Raises UsageError for one that the store does not have."""
    if source is not None and source not in store.manifest.sources:
        raise UsageError(f"no source {source!r}.", hint="See the ids with: citydip sources")
    return source


def at_most(number: int) -> int:
    """How many are wanted. Raises UsageError for none."""
    if number < 1:
        raise UsageError(f"{number} is no number of rows to show.", hint="1 or more.")
    return number


def table_of(answer: questions.Answer, lang: Lang, at: Store | None = None) -> Table:
    """An answer with titles in a language.

    at: the store; if it is a view at a date, a column `held` tells of each tie whether it held then.
    """
    asked = answer.question
    columns = [(each.name, each.title[lang.value], each.type) for each in asked.columns]
    rows: list[tuple[Any, ...]] = list(answer.rows)
    if at is not None and (held := held_cells(at, answer, lang)):
        title, cells = held
        columns.append(("held", title, "boolean3"))
        rows = [(*row, cell) for row, cell in zip(rows, cells, strict=True)]
    names, titles, types = zip(*columns, strict=True)
    return Table(names, titles, tuple(rows), asked.title[lang.value], types, lang.value)


def narrowed_table(store: Store, meant: Understanding, lang: Lang) -> tuple[Table, list[str]]:
    """The answer to a saved question that was understood from plain words, narrowed as they say; and sentences on what
    is not known of it.
    """
    from citydiplomacy.queries.standing import coverage
    from citydiplomacy.queries.understanding.narrowing import narrow
    from citydiplomacy.queries.wording.speech import Speech

    say = Speech(lang.value)
    asked = catalogue.question(meant.asked)
    of_lang = {each.name: lang.value for each in asked.parameters if each.type == "lang"}
    values = {**meant.values, **of_lang}
    most = _most(asked, meant) if meant.narrowed else None
    answer = questions.run(store, asked, {**values, "limit": MOST_ROWS} if most else values)  # narrowed, then cut
    own = [value for value in meant.values.values() if isinstance(value, str)]
    kept = narrow(store, answer, meant.narrowed, own)
    notes = list(map(str, coverage.notes(say, store, answer, values)))
    if meant.narrowed and not kept.answer.rows:
        from citydiplomacy.queries.understanding.nothing import of_nothing

        told = () if coverage.untold(store, answer, values) else notes
        notes = [of_nothing(say, store, asked, own, meant.narrowed), *told]
    if kept.undated:
        notes.append(
            say(
                "Left out, since no source tells when they began: {rows}.",
                "کنار گذاشته شد، چون هیچ منبعی آغازشان را نمی‌گوید: {rows} ردیف.",
                rows=counted(kept.undated, "row") if lang.value == "en" else kept.undated,
            )
        )
    if kept.unplaced:
        notes.append(
            say(
                "Last of all, since no source tells when they began: {rows}.",
                "پس از همه آمد، چون هیچ منبعی آغازشان را نمی‌گوید: {rows} ردیف.",
                rows=counted(kept.unplaced, "row") if lang.value == "en" else kept.unplaced,
            )
        )
    return table_of(replace(kept.answer, rows=kept.answer.rows[:most]), lang, store), notes


def _most(asked: Question, meant: Understanding) -> int | None:
    """How many rows a question gives at most, where it bounds them."""
    limits = [meant.values.get("limit", each.default) for each in asked.parameters if each.name == "limit"]
    return int(str(limits[0])) if limits else None


def solutions(results: Results) -> Table:
    """The results of a question in SPARQL as Python values.

    SELECT has its variables as columns, ASK the one column `answer` with a bool, CONSTRUCT and DESCRIBE `subject`,
    `predicate` and `object`. An IRI of ours is an id, others a prefixed name or the IRI; numbers, truth values and days
    are what they are in Python; None is unbound. The language of a text is not told: ask for LANG(?text).
    """
    if isinstance(results, ox.QueryBoolean):
        return Table(("answer",), ("answer",), ((bool(results),),))
    names: tuple[str, ...]
    rows: Iterable[Iterable[Any]]
    if isinstance(results, ox.QuerySolutions):
        names, rows = tuple(variable.value for variable in results.variables), results
    else:
        names, rows = ("subject", "predicate", "object"), ((t.subject, t.predicate, t.object) for t in results)
    return Table(names, names, tuple(tuple(map(_plain, row)) for row in rows))


def _plain(term: Any) -> Any:
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return triples.short(term)
    try:
        return _LITERALS.get(term.datatype.value, str)(term.value)
    except (ValueError, InvalidOperation, KeyError):  # "abc"^^xsd:integer is RDF too
        return term.value


_LITERALS: dict[str, Callable[[str], Any]] = {
    XSD.integer: int,
    XSD.decimal: Decimal,
    XSD.double: float,
    XSD.float: float,
    XSD.boolean: {"true": True, "1": True, "false": False, "0": False}.__getitem__,
    XSD.date: dt.date.fromisoformat,
}


def question_of(question: str | Path) -> Question:
    """A saved question by its name, or one of the user's own by its file."""
    return catalogue.read(question) if isinstance(question, Path) else catalogue.question(text(question))
