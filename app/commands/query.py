"""The command that asks: saved questions and free ones, in SPARQL or Cypher, here or on a server."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citydiplomacy.graph.language.plurals import counted

from ..errors import InputError, UsageError
from ..naming import ids_of
from ..opening import open_store
from ..options import DEFAULT_STORE, AtOption, FormatOption, LangOption, StorePath
from ..output import DATA_FORMATS, Format, Lang, not_carried, print_table, rows, say

if TYPE_CHECKING:
    from citydiplomacy.graph.property.cypher import CypherResult
    from citydiplomacy.graph.rdf.endpoint import Endpoint
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.library.in_cypher import CypherEngine
    from citydiplomacy.queries.library.question import Question


class Engine(StrEnum):
    """Who answers."""

    STORE = "store"
    EMBEDDED = "embedded"
    NEO4J = "neo4j"


def query(
    question: Annotated[
        str, typer.Argument(help="A saved question, a file with SPARQL or Cypher, or - for standard input (SPARQL).")
    ] = "",
    values: Annotated[
        list[str] | None, typer.Argument(help="Parameters as name=value; names of cities in either language.")
    ] = None,
    cypher: Annotated[str, typer.Option(help="A question of your own in Cypher.", show_default=False)] = "",
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="A parameter as name=value.", show_default=False)
    ] = None,
    engine: Annotated[
        Engine | None,
        typer.Option(help="Who answers; neo4j is named by NEO4J_URI.", show_default="store; embedded for Cypher"),
    ] = None,
    database: Annotated[
        str, typer.Option("--database", "-d", help="Database on the Neo4j server.", show_default="the user's")
    ] = "",
    endpoint: Annotated[str, typer.Option(help="Ask this SPARQL 1.1 endpoint instead.", show_default=False)] = "",
    seconds: Annotated[float, typer.Option(help="Stop a free question after so many seconds.")] = 30,
    limit: Annotated[int, typer.Option(help="Show at most so many rows of a free question.")] = 10_000,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    form: FormatOption = Format.TABLE,
    lang: LangOption = Lang.EN,
) -> None:
    """Ask a saved question, or one of your own in SPARQL or Cypher. Questions only read.

    Example: citydip query sister-cities city=Mashhad
    """
    from citydiplomacy.queries.library import catalogue

    if cypher and question and "=" in question:
        values, question = [question, *(values or [])], ""
    if bool(cypher) == bool(question):
        raise UsageError("one question is wanted.", hint="A saved question, a file, - or --cypher 'MATCH ...'.")
    if at and (endpoint or engine is Engine.NEO4J):
        raise UsageError("--at asks a store, not a server.", hint="Leave out --engine neo4j and --endpoint.")
    given = _parameters([*(values or []), *(parameter or [])])
    with open_store(store, at, lang) as opened:
        if question and question != "-" and question in catalogue.names():
            with _answerer(opened, engine or Engine.STORE, database, endpoint, seconds) as answerer:
                _saved(opened, answerer, catalogue.question(question), given, form, lang)
            return
        text, of_cypher = (cypher, True) if cypher else (_read(question), question.endswith(".cypher"))
        if text.lstrip().startswith(("#+", "//+")):
            asked = catalogue.read(Path(question)) if question != "-" else catalogue.parse(text, "-", "-")
            default = Engine.EMBEDDED if of_cypher else Engine.STORE
            with _answerer(opened, engine or default, database, endpoint, seconds) as answerer:
                _saved(opened, answerer, asked, given, form, lang)
        elif of_cypher:
            _free_cypher(opened, engine or Engine.EMBEDDED, database, text, given, seconds, limit, form, lang)
        else:
            if given:
                raise UsageError(
                    "a query without a header takes no parameters.", hint="Declare them in lines of '#+ '."
                )
            _free_sparql(opened, endpoint, text, seconds, limit, form, lang)


def _read(question: str) -> str:
    """The text of a free question, from its file or from standard input."""
    path = Path(question)
    if question != "-" and not path.is_file():
        from citydiplomacy.queries.library import catalogue

        catalogue.question(question)  # says that there is none, and what comes near
    try:
        return sys.stdin.read() if question == "-" else path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8: byte {error.start + 1}", file=question, hint="Save it as UTF-8.") from None


@contextmanager
def _answerer(
    store: Store, engine: Engine, database: str, endpoint: str, seconds: float
) -> Iterator[Store | Endpoint | CypherEngine]:
    """Who answers a saved question."""
    if endpoint:
        from citydiplomacy.graph.rdf.endpoint import Endpoint

        yield Endpoint(endpoint)
    elif engine is Engine.STORE:
        yield store
    elif engine is Engine.EMBEDDED:
        from citydiplomacy.graph.property.embedded import EmbeddedGraph
        from citydiplomacy.queries.library.in_cypher import CypherEngine

        with EmbeddedGraph.open(store, not_carried) as graph:
            yield CypherEngine.embedded(graph, seconds)
    else:
        from citydiplomacy.graph.neo4j.server import Login, connect
        from citydiplomacy.queries.library.in_cypher import CypherEngine

        with connect(Login.of(), database or None) as driver:
            yield CypherEngine.neo4j(driver, database or None, seconds)


def _parameters(values: Sequence[str]) -> dict[str, str]:
    given = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals:
            raise UsageError(f"{value!r} is not a parameter.", hint="Write name=value, for example city=Mashhad.")
        given[name] = text
    return given


def _saved(
    store: Store,
    answerer: Store | Endpoint | CypherEngine,
    asked: Question,
    given: Mapping[str, str],
    form: Format,
    lang: Lang,
) -> None:
    """Ask a question; names become ids, and labels come in the chosen language."""
    from ..face.asking import ask

    values = ids_of(store, asked, given, lang)
    table = ask(answerer, asked, values, lang, store)
    if form not in DATA_FORMATS:
        say(f"{table.title}: {_share(answerer, asked, values, len(table), lang)}")
    print_table(table, form, lang)


def _share(
    answerer: Store | Endpoint | CypherEngine, asked: Question, values: Mapping[str, object], number: int, lang: Lang
) -> str:
    """How many rows there are, and of how many where the question has a denominator."""
    from citydiplomacy.queries.library import questions as asking
    from citydiplomacy.queries.wording.speech import Speech

    whole, speech = asking.denominator(answerer, asked, values), Speech(lang.value)
    shown = speech.number(number)
    if not whole:
        return shown
    of, percent = speech.number(whole), speech.percent(number, whole)
    return speech(f"{shown} of {of} ({percent})", f"{shown} از {of} ({percent})")


def _free_sparql(store: Store, endpoint: str, text: str, seconds: float, limit: int, form: Format, lang: Lang) -> None:
    from citydiplomacy.graph.limited.store import LimitedStore, answer_of

    if endpoint:
        from citydiplomacy.graph.rdf.endpoint import Endpoint

        answer = answer_of(Endpoint(endpoint).query(text), limit)
    else:
        with LimitedStore(store.folder) as limited:
            answer = limited.query(text, seconds=seconds, limit=limit)
    rows(answer.columns, answer.columns, answer.rows, form, lang)
    _told_cut(answer.truncated, limit)


def _free_cypher(
    store: Store,
    engine: Engine,
    database: str,
    text: str,
    given: Mapping[str, str],
    seconds: float,
    limit: int,
    form: Format,
    lang: Lang,
) -> None:
    values = {name: int(value) if value.isascii() and value.isdigit() else value for name, value in given.items()}
    answer: CypherResult
    if engine is Engine.NEO4J:
        from citydiplomacy.graph.neo4j import server

        with server.connect(server.Login.of(), database or None) as driver:
            answer = server.run(driver, text, values, database=database or None, timeout=seconds, limit=limit, tell=say)
    elif engine is Engine.EMBEDDED:
        from citydiplomacy.graph.property.embedded import LOSES_ROWS, EmbeddedGraph, may_lose_rows

        if may_lose_rows(text):
            say(f"Careful: {LOSES_ROWS}")
        with EmbeddedGraph.open(store, not_carried) as graph:
            answer = graph.run(text, values, timeout=seconds, limit=limit)
    else:
        raise UsageError("the store is asked in SPARQL.", hint="For Cypher: --engine embedded or neo4j.")
    rows(answer.columns, answer.columns, answer.rows, form, lang)
    _told_cut(answer.truncated, limit)


def _told_cut(truncated: bool, limit: int) -> None:
    if truncated:
        say(f"Only the first {counted(limit, 'row')}; for more: --limit.")
