"""The saved questions in Cypher: a `NAME.cypher` beside most `NAME.rq`, and some questions that SPARQL cannot tell.

The first line of a twin is `//+ twin: NAME`: parameters and columns are those of that question. A question in Cypher
alone has a whole header (see catalogue.py) of lines that begin with `//+ `. Parameters are parameters of Cypher: an id
as `city/mashhad`, a day as YYYY-MM-DD. `NAME.neo4j.cypher` or `NAME.embedded.cypher` stands in for `NAME.cypher` on one
engine, where there is no text that both answer rightly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.fields import Frozen, frozen
from citydiplomacy.graph.limited import MOST_ROWS, SECONDS
from citydiplomacy.graph.limited.deadline import Deadline

from .cells import Misfit, Row, fitted
from .insertions import inserted
from .parameters import REFERENCES

if TYPE_CHECKING:
    from neo4j import Driver

    from citydiplomacy.graph.neo4j_questions.typed import AskedAbout, WrongValues
    from citydiplomacy.graph.property.cypher import CypherResult
    from citydiplomacy.graph.property.embedded import EmbeddedGraph

    from .question import Question

Ask: TypeAlias = "Callable[[str, Mapping[str, Any]], CypherResult]"
"""Asks a text with its parameters."""

ENGINES = ("embedded", "neo4j")
LANGUAGES = ("en", "fa")
"""Languages of names in the texts of the questions; a property graph has no other for all of its nodes."""


@frozen
class CypherEngine(Frozen):
    """A property graph that can be asked: by which engine, and how (a text and its parameters)."""

    engine: str
    ask: Ask
    ask_all: Ask | None = None
    """Of a server with data of others: how to ask over these too."""
    wrong: Callable[[str, AskedAbout | None], WrongValues] | None = None
    """Of a server: the values of a wrong type among what a text reads, for an answer about these (None: about all)."""

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
        from citydiplomacy.graph.neo4j.asking import run
        from citydiplomacy.graph.neo4j_questions.footing import Copies
        from citydiplomacy.graph.neo4j_questions.only_ours import COPIES, only_ours
        from citydiplomacy.graph.neo4j_questions.typed import guarded, wrong_values

        def ask(text: str, values: Mapping[str, Any]) -> CypherResult:
            return run(driver, text, values, database=database, timeout=timeout, limit=MOST_ROWS)

        def ask_all(text: str, values: Mapping[str, Any]) -> CypherResult:
            return ask(guarded(text), values)

        copies = Copies(driver, database)

        def ask_ours(text: str, values: Mapping[str, Any]) -> CypherResult:
            elements = copies.elements()
            asked = guarded(only_ours(text, copies=bool(elements)))
            return ask(asked, {**values, COPIES: elements} if f"${COPIES}" in asked else values)

        def wrong(text: str, about: AskedAbout | None) -> WrongValues:
            return wrong_values(ask, text, about, ours=not with_others)

        if with_others:
            return CypherEngine("neo4j", ask_all, None, wrong)
        return CypherEngine("neo4j", ask_ours, ask_all, wrong)

    def left_out(self, asked: Question, given: Mapping[str, object]) -> tuple[int, int]:
        """How many rows a question has less, and how many more, since it is not asked over data of others."""
        if self.ask_all is None:
            return 0, 0
        told, values = text(asked, self.engine), asked.values(given)
        ours = Counter(map(repr, self.ask(told, values).rows))
        every = Counter(map(repr, self.ask_all(told, values).rows))
        return (every - ours).total(), (ours - every).total()

    def answer(self, asked: Question, given: Mapping[str, object]) -> tuple[list[Row], tuple[Misfit, ...]]:
        """The rows of an answer, and what in them is not what the header declares. Raises what `questions.run` raises.

        Of a server such a value is shown as it is; of a store's own graph it is an error.
        """
        told, file = _told(asked, self.engine)
        values = asked.values(given)
        for each in asked.parameters:
            if each.type == "lang" and values[each.name] not in LANGUAGES:
                raise UsageError(
                    f"{each.name}: {values[each.name]!r}: in Cypher, names are in {' or '.join(LANGUAGES)}.",
                    hint="For other languages ask in SPARQL.",
                )
            if each.type in REFERENCES:
                self._check_known(each.name, str(values[each.name]))
        if self.wrong is None:
            answer = self.ask(told, values)
        else:
            try:
                answer = self.ask(told, values)
            except UsageError as error:
                raise InputError(error.message, file=file, hint=self._suspect(told) or error.hint) from None
        rows, misfits = fitted(asked, answer.rows)
        if misfits and self.wrong is None:
            raise InputError(f"an answer is not what the header declares: {misfits[0].reason}", file=file)
        return rows, misfits

    def _suspect(self, told: str) -> str:
        """A value of a wrong type that may be why a text cannot be answered."""
        wrong = self.wrong(told, None).told if self.wrong else []
        return f"Of a wrong type on the server: {wrong[0].name} of {wrong[0].record}." if wrong else ""

    def _check_known(self, name: str, node: str) -> None:
        """Refuse an id that the graph does not have: a wrong name must not look like an empty answer."""
        from citydiplomacy.graph.property.projection import node_label

        if not self.ask(f"MATCH (n:{node_label(node)} {{id: $id}}) RETURN n.id AS found", {"id": node}).rows:
            raise UsageError(f"{name}: the graph has no {node}.", hint="Ids look like city/mashhad.")


def text(asked: Question, engine: str) -> str:
    """What to ask an engine. Raises UsageError for a question that is not told in Cypher."""
    return _told(asked, engine)[0]


def _told(asked: Question, engine: str) -> tuple[str, str]:
    """What to ask an engine, and the file where it stands."""
    if "cypher" not in asked.languages:
        raise UsageError(f"{asked.name} is told in SPARQL only.", hint="Ask it of the store.")
    from .catalogue import SHIPPED

    if asked.languages == ("cypher",) and not asked.file.startswith(str(SHIPPED["cypher"])):
        return asked.text, asked.file
    return _shipped(asked.name, engine)


@cache
def _shipped(name: str, engine: str) -> tuple[str, str]:
    """The text of a shipped question for an engine, held against the question's header, and its file."""
    from . import checking, header  # few answers wait for what reads texts
    from .catalogue import SHIPPED, question

    asked = question(name)
    file = SHIPPED["cypher"] / f"{name}.{engine}.cypher"
    if not file.is_file():
        file = SHIPPED["cypher"] / f"{name}.cypher"
    if str(file) == asked.file:
        return asked.text, asked.file
    told = inserted(file.read_text(encoding="utf-8"), str(file))
    twin = header.twin(told, str(file))
    if twin != name:
        raise InputError("the header names another twin", file=str(file), line=1, expected=f"//+ twin: {name}")
    checking.check_cypher(asked, told, str(file), {})
    return told, str(file)
