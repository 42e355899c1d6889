"""The saved questions in Cypher: a `NAME.cypher` beside most `NAME.rq`, and some questions that SPARQL cannot tell.

The first line of a twin is `//+ twin: NAME`: parameters and columns are those of that question. A question in Cypher
alone has a whole header (see catalogue.py) of lines that begin with `//+ `. Parameters are parameters of Cypher: an id
as `city/mashhad`, a day as YYYY-MM-DD. `NAME.neo4j.cypher` or `NAME.embedded.cypher` stands in for `NAME.cypher` on one
engine, where there is no text that both answer rightly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.limited import MOST_ROWS, SECONDS
from citydiplomacy.graph.limited.deadline import Deadline
from citydiplomacy.graph.property.cypher import CypherResult

from . import checking
from .parameters import REFERENCES

if TYPE_CHECKING:
    from neo4j import Driver

    from citydiplomacy.graph.property.embedded import EmbeddedGraph

    from .question import Question

Ask: TypeAlias = Callable[[str, Mapping[str, Any]], CypherResult]
"""Asks a text with its parameters."""
Value: TypeAlias = str | int | Decimal | tuple[str, ...] | None
"""A cell. Ids are short (`city/mashhad`, or `schema:startDate` for a term of a vocabulary), dates are EDTF, a boolean3
is `yes`, `no` (checked) or `unknown`, `ids` and `texts` are sorted tuples; None is unknown."""

ENGINES = ("embedded", "neo4j")
LANGUAGES = ("en", "fa")
"""Languages of names in the texts of the questions; a property graph has no other for all of its nodes."""


@dataclass(frozen=True)
class CypherEngine:
    """A property graph that can be asked: by which engine, and how (a text and its parameters)."""

    engine: str
    ask: Ask
    ask_all: Ask | None = None
    """Of a server with data of others: how to ask over these too."""

    @staticmethod
    def embedded(graph: EmbeddedGraph, timeout: float | Deadline = SECONDS) -> CypherEngine:
        """The embedded engine; a question that takes longer than `timeout` seconds is stopped."""
        return CypherEngine("embedded", lambda text, values: graph.run(text, values, timeout=timeout, limit=MOST_ROWS))

    @staticmethod
    def neo4j(
        driver: Driver, database: str | None = None, timeout: float | Deadline = SECONDS, *, with_others: bool = False
    ) -> CypherEngine:
        """A Neo4j server; a question that takes longer than `timeout` seconds is stopped.

        It is asked over what was pushed, and nothing else that is there. with_others: over all.
        """
        from citydiplomacy.graph.neo4j.server import run
        from citydiplomacy.graph.neo4j_questions.only_ours import only_ours

        def ask(text: str, values: Mapping[str, Any]) -> CypherResult:
            return run(driver, text, values, database=database, timeout=timeout, limit=MOST_ROWS)

        if with_others:
            return CypherEngine("neo4j", ask)
        return CypherEngine("neo4j", lambda text, values: ask(only_ours(text), values), ask)

    def left_out(self, asked: Question, given: Mapping[str, object]) -> tuple[int, int]:
        """How many rows a question has less, and how many more, since it is not asked over data of others."""
        if self.ask_all is None:
            return 0, 0
        told, values = text(asked, self.engine), asked.values(given)
        ours = Counter(map(repr, self.ask(told, values).rows))
        every = Counter(map(repr, self.ask_all(told, values).rows))
        return (every - ours).total(), (ours - every).total()

    def answer(self, asked: Question, given: Mapping[str, object]) -> list[tuple[Value, ...]]:
        """The rows of an answer. Raises what `questions.run` raises."""
        told = text(asked, self.engine)
        values = asked.values(given)
        for each in asked.parameters:
            if each.type == "lang" and values[each.name] not in LANGUAGES:
                raise UsageError(
                    f"{each.name}: {values[each.name]!r}: in Cypher, names are in {' or '.join(LANGUAGES)}.",
                    hint="For other languages ask in SPARQL.",
                )
            if each.type in REFERENCES:
                self._check_known(each.name, str(values[each.name]))
        converters = [_CONVERTERS[column.type] for column in asked.columns]
        try:
            return [
                tuple([convert(value) for convert, value in zip(converters, row, strict=True)])
                for row in self.ask(told, values).rows
            ]
        except (TypeError, ValueError, ArithmeticError) as error:
            raise InputError(f"an answer is not what the header declares: {error}", file=asked.file) from None

    def _check_known(self, name: str, node: str) -> None:
        """Refuse an id that the graph does not have: a wrong name must not look like an empty answer."""
        from citydiplomacy.graph.property.projection import node_label

        if not self.ask(f"MATCH (n:{node_label(node)} {{id: $id}}) RETURN n.id AS found", {"id": node}).rows:
            raise UsageError(f"{name}: the graph has no {node}.", hint="Ids look like city/mashhad.")


def text(asked: Question, engine: str) -> str:
    """What to ask an engine. Raises UsageError for a question that is not told in Cypher."""
    if "cypher" not in asked.languages:
        raise UsageError(f"{asked.name} is told in SPARQL only.", hint="Ask it of the store.")
    from .catalogue import SHIPPED

    if asked.languages == ("cypher",) and not asked.file.startswith(str(SHIPPED["cypher"])):
        return asked.text
    return _shipped(asked.name, engine)


@cache
def _shipped(name: str, engine: str) -> str:
    """The text of a shipped question for an engine, held against the question's header."""
    from . import header
    from .catalogue import SHIPPED, question

    asked = question(name)
    file = SHIPPED["cypher"] / f"{name}.{engine}.cypher"
    if not file.is_file():
        file = SHIPPED["cypher"] / f"{name}.cypher"
    if str(file) == asked.file:
        return asked.text
    told = file.read_text(encoding="utf-8")
    twin = header.twin(told, str(file))
    if twin != name:
        raise InputError("the header names another twin", file=str(file), line=1, expected=f"//+ twin: {name}")
    checking.check_cypher(asked, told, str(file), {})
    return told


# --- values -----------------------------------------------------------------------------------------------------------


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(sorted(filter(None, value or ())))


def _integer(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or int(value) != value):
        raise TypeError(f"{value!r} is no whole number")
    return None if value is None else int(value)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(repr(value).removesuffix(".0"))


def _boolean3(value: Any) -> str | None:
    if value not in {"yes", "no", "unknown"}:
        raise ValueError(f"{value!r} is not yes, no or unknown")
    return _text(value)


_CONVERTERS: dict[str, Callable[[Any], Value]] = {
    "id": _text,
    "ids": _texts,
    "text": _text,
    "texts": _texts,
    "integer": _integer,
    "decimal": _decimal,
    "date": _text,
    "boolean3": _boolean3,
    "iri": _text,
    "class": _text,
    "statements": _texts,
}
