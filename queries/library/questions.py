"""Asking a saved question: parameters in, rows of Python values out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeAlias

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.fields import Frozen, frozen
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.rdf import triples
from citydiplomacy.graph.store.once import once
from citydiplomacy.ontology.terms import BASE, EDTF, PREFIXES, XSD

from . import catalogue
from .cells import Misfit, Value
from .collation import by_names
from .in_cypher import CypherEngine
from .parameters import REFERENCES
from .question import MAY_JOIN, Column, Question

if TYPE_CHECKING:
    from citydiplomacy.graph.rdf.endpoint import Endpoint
    from citydiplomacy.graph.store.reader import Store


@frozen
class Answer(Frozen):
    """The answer to a question: its rows in the order of the query, names in alphabetical order; a value a column."""

    question: Question
    rows: list[tuple[Value, ...]]
    misfits: tuple[Misfit, ...] = ()
    """Of a server, on which people write what they like: cells that are not what their columns declare."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of each row."""
        return self.question.columns

    def records(self) -> list[dict[str, Value]]:
        """The rows by column name."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


JOINING = "may-join"
Asked: TypeAlias = "Store | Endpoint | CypherEngine"
"""Whom a question can be asked: the first two in SPARQL, a property graph in Cypher."""


def run(store: Asked, question: Question | str, values: Mapping[str, object] | None = None) -> Answer:
    """Ask a question (one of `catalogue.read`, or the name of a shipped one); shortest paths are walked in a store.

    Raises UsageError for parameters that are wrong or name a record that the store does not have and for a question
    that is not told in the language, InputError if an answer is not what the question's header declares.
    """
    asked = catalogue.question(question) if isinstance(question, str) else question
    if isinstance(store, CypherEngine):
        told, misfits = store.answer(asked, values or {})
        return Answer(asked, by_names(asked, told), misfits)
    terms = asked.terms(values or {})
    if "sparql" not in asked.languages:
        return Answer(asked, by_names(asked, _walked(store, asked, terms, values or {})))
    _check_known(store, asked, terms)
    results: Any = store.query(asked.fill(terms))  # a question is a SELECT: solutions
    converters = [_CONVERTERS[column.type] for column in asked.projected]
    try:
        rows = [
            tuple(
                [
                    convert(term) if term is not None else _NOTHING.get(convert)
                    for convert, term in zip(converters, solution, strict=True)
                ]
            )
            for solution in results
        ]
    except (ValueError, InvalidOperation) as error:
        raise InputError(f"an answer is not what the header declares: {error}", file=asked.file) from None
    if asked.joining is not None:
        rows = _with_joining(store, asked, terms[asked.joining], rows)
    answer = Answer(asked, by_names(asked, rows))
    if asked.name == JOINING:
        once(store, _joining)[terms["city"]] = {row["organization"]: row[MAY_JOIN] for row in answer.records()}
    return answer


def _walked(
    store: Store | Endpoint, asked: Question, terms: Mapping[str, str], values: Mapping[str, object]
) -> list[tuple[Value, ...]]:
    """The rows of a question that has no SPARQL, by a walk through a store."""
    from citydiplomacy.graph.store.reader import Store

    from . import walked

    if asked.name != walked.PATH or not isinstance(store, Store):
        raise UsageError(f"{asked.name} is told in Cypher only.", hint="Ask it of a store, or of a property graph.")
    _check_known(store, asked, terms)
    given = asked.values(values)
    return walked.shortest_path(store, *(str(given[name]) for name in ("city", "other", "lang")))


def _with_joining(
    store: Store | Endpoint, asked: Question, of: str, rows: list[tuple[Value, ...]]
) -> list[tuple[Value, ...]]:
    """The rows of a question with the column `may_join`: whether the city of a record may join each organisation."""
    found: Any = store.query(f"SELECT ?city {{ {of} cd:needOf ?city }}")
    city = next((_id(solution["city"]) for solution in found), None)
    may: dict[Value, Value] = {}
    if city:
        told, term = once(store, _joining), triples.node(city)
        if term not in told:
            rules = run(store, JOINING, {"city": city}).records()
            told = {**told, term: {row["organization"]: row[MAY_JOIN] for row in rules}}
        may = told[term]
    names = [column.name for column in asked.projected]
    place = [column.name for column in asked.columns].index(MAY_JOIN)
    organization = names.index("organization")
    return [(*row[:place], may.get(row[organization], "unknown"), *row[place:]) for row in rows]


def _joining(_: Store | Endpoint) -> dict[str, dict[Value, Value]]:
    """What `may-join` told of each city, by its term: the reports ask it beside."""
    return {}


def denominator(store: Asked, question: Question | str, values: Mapping[str, object]) -> int | None:
    """Of how many the rows of an answer are some; None for a question without a denominator."""
    asked = catalogue.question(question) if isinstance(question, str) else question
    if asked.denominator is None:
        return None
    of = catalogue.question(asked.denominator)
    ((number,),) = run(store, of, {name: value for name, value in values.items() if name in of.by_name}).rows
    return number if isinstance(number, int) else None


def _check_known(store: Store | Endpoint, asked: Question, terms: Mapping[str, str]) -> None:
    """Refuse ids that the store does not have: a wrong name must not look like an empty answer."""
    records = {each.name: terms[each.name] for each in asked.parameters if each.type in REFERENCES}
    if not records or _known(store, records.values()):
        return
    for name, term in records.items():
        if not _known(store, [term]):
            raise UsageError(
                f"{name}: the store has no {term[1 + len(BASE) : -1]}.", hint="Ids look like city/mashhad."
            )


def _known(store: Store | Endpoint, terms: Iterable[str]) -> bool:
    """Whether all records are there: a look into the index of a store, a question to an endpoint."""
    from citydiplomacy.graph.store.reader import Store

    if isinstance(store, Store):
        return all(store.has(term[1 + len(BASE) : -1]) for term in terms)
    patterns = " . ".join(f"{term} ?p{number} ?o{number}" for number, term in enumerate(terms))
    return bool(store.query(f"ASK {{ {patterns} }}"))


def _short(term: Any) -> str:
    value: str = term.value
    for name, prefix in _TERM_PREFIXES:
        if value.startswith(prefix):
            return f"{name}:{value[len(prefix) :]}"
    return triples.record_id(value) or value


def _id(term: Any) -> str:
    value: str = term.value
    if value.startswith(BASE) and "#" not in value:
        return value[len(BASE) :]
    return _short(term)


def _text(term: Any) -> str:
    value: str = term.value
    return value


def _list(term: Any) -> tuple[str, ...]:
    return tuple(sorted(filter(None, term.value.split("\n"))))


def _ids(term: Any) -> tuple[str, ...]:
    return tuple([item.removeprefix(BASE) for item in _list(term)])


def _integer(term: Any) -> int:
    return int(term.value)


def _decimal(term: Any) -> Decimal:
    return Decimal(term.value)


def _value(term: Any) -> Value:
    """A value of whatever property, by its datatype: a number, a date, or a text."""
    read: Callable[[str], Value] = _OF_DATATYPE.get(term.datatype.value, str)
    return read(term.value)


def _boolean3(term: Any) -> str:
    if term.value not in {"yes", "no", "unknown"}:
        raise ValueError(f"{term.value!r} is not yes, no or unknown")
    return _text(term)


_TERM_PREFIXES = [(name, prefix) for name, prefix in PREFIXES.items() if prefix != BASE]
_OF_DATATYPE: dict[str, Callable[[str], Value]] = {XSD.integer: Decimal, XSD.decimal: Decimal, EDTF: from_edtf}
_NOTHING: dict[Callable[[Any], Value], Value] = {_ids: (), _list: ()}
_CONVERTERS: dict[str, Callable[[Any], Value]] = {
    "id": _id,
    "ids": _ids,
    "text": _text,
    "texts": _list,
    "integer": _integer,
    "decimal": _decimal,
    "date": _text,
    "boolean3": _boolean3,
    "iri": _text,
    "class": _text,
    "statements": _list,
    "value": _value,
}
