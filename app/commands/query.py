"""The command that asks: saved questions and free ones, in SPARQL or Cypher, here or on a server."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.limited import ROWS, SECONDS

from ..data_package import suffix_of
from ..engines import Asked, Engine, Place
from ..errors import InputError, UsageError
from ..naming import Named, ids_of
from ..options import (
    DEFAULT_STORE,
    AtLeastOption,
    AtOption,
    DataOption,
    ExcelOption,
    FormatOption,
    IdsOption,
    LangOption,
    LimitOption,
    SecondsOption,
    StorePath,
)
from ..output import DATA_FORMATS, Format, Lang, rows, say

if TYPE_CHECKING:
    from citydiplomacy.graph.rdf.endpoint import Endpoint
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.library.in_cypher import CypherEngine
    from citydiplomacy.queries.library.question import Question
    from citydiplomacy.queries.library.questions import Answer

    from ..face.tables import Table


def query(
    question: Annotated[
        str, typer.Argument(help="A saved question, a file with SPARQL or Cypher, or - for standard input (SPARQL).")
    ] = "",
    values: Annotated[
        list[str] | None, typer.Argument(help="Parameters as name=value; names of cities in either language.")
    ] = None,
    cypher: Annotated[str, typer.Option(help="A question of your own in Cypher.", show_default=False)] = "",
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter",
            "-p",
            help="A parameter as name=value. In Cypher of your own digits are a number; name:text=2012 is a text, "
            "name:json=[1,2] any value.",
            show_default=False,
        ),
    ] = None,
    engine: Annotated[
        Engine | None,
        typer.Option(help="Who answers; neo4j is named by NEO4J_URI.", show_default="store; embedded for Cypher"),
    ] = None,
    database: Annotated[
        str, typer.Option("--database", "-d", help="Database on the Neo4j server.", show_default="the user's")
    ] = "",
    endpoint: Annotated[str, typer.Option(help="Ask this SPARQL 1.1 endpoint instead.", show_default=False)] = "",
    seconds: SecondsOption = SECONDS,
    limit: LimitOption = ROWS,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    at_least: AtLeastOption = "",
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    out: DataOption = None,
    ids: IdsOption = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Ask a saved question, or one of your own in SPARQL or Cypher. Questions only read.

    An endpoint and a Neo4j server are asked instead of a store: none is needed here, and names are looked up there.

    Example: citydip query sister-cities city=Mashhad
    """
    from citydiplomacy.queries.library import catalogue

    if cypher and question and "=" in question:
        values, question = [question, *(values or [])], ""
    if bool(cypher) == bool(question):
        raise UsageError("one question is wanted.", hint="A saved question, a file, - or --cypher 'MATCH ...'.")
    given = _parameters([*(values or []), *(parameter or [])])
    saved = bool(question) and question != "-" and question in catalogue.names()
    text, of_cypher = ("", False) if saved else (cypher, True) if cypher else (_read(question), _is_cypher(question))
    if out is not None:
        suffix_of(out)
        if not saved and not text.lstrip().startswith(("#+", "//+")):
            raise UsageError("--output takes saved questions, whose columns are declared.")
    place = Place(engine, store, at, at_least, endpoint, database, seconds, lang)
    place.check(of_cypher)
    default = Engine.EMBEDDED if of_cypher else Engine.STORE
    if saved or text.lstrip().startswith(("#+", "//+")):
        if saved:
            asked = catalogue.question(question)
        else:
            asked = catalogue.read(Path(question)) if question != "-" else catalogue.parse(text, "-", "-")
        with place.opened(default) as opened:
            _saved(opened, asked, given, form, lang, own=not saved, ids=ids, out=out)
    elif of_cypher:
        if engine is Engine.STORE:
            raise UsageError("the store is asked in SPARQL.", hint="For Cypher: --engine embedded or neo4j.")
        typed = _typed(given)
        with place.opened(default) as opened:
            _free_cypher(opened, text, typed, limit, form, lang)
    else:
        if given:
            raise UsageError("a query without a header takes no parameters.", hint="Declare them in lines of '#+ '.")
        if engine not in (None, Engine.STORE):
            raise UsageError(f"{engine} is asked in Cypher.", hint="Leave out --engine, or ask with --cypher.")
        with place.opened(default) as opened:
            _free_sparql(opened, text, limit, form, lang)


def _is_cypher(question: str) -> bool:
    return question.endswith(".cypher")


def _read(question: str) -> str:
    """The text of a free question, from its file or from standard input."""
    path = Path(question)
    if question != "-" and not path.is_file():
        from citydiplomacy.queries.library import catalogue

        catalogue.question(question)  # says that there is none, and what comes near
    try:
        return sys.stdin.read() if question == "-" else path.read_text(encoding="utf-8")
    except OSError as error:
        name = "standard input" if question == "-" else question
        raise InputError(f"it cannot be read: {error.strerror}", file=name) from None
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8: byte {error.start + 1}", file=question, hint="Save it as UTF-8.") from None


def _parameters(values: Sequence[str]) -> dict[str, str]:
    given = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals:
            raise UsageError(f"{value!r} is not a parameter.", hint="Write name=value, for example city=Mashhad.")
        given[name] = text
    return given


def _typed(given: Mapping[str, str]) -> dict[str, Any]:
    """Parameters of a free question in Cypher: digits are a number; `name:text` and `name:json` say what is meant.

    >>> _typed({"year": "2012", "since:text": "2012", "ids:json": '["city/mashhad"]', "name": "Mashhad"})
    {'year': 2012, 'since': '2012', 'ids': ['city/mashhad'], 'name': 'Mashhad'}
    """
    values: dict[str, Any] = {}
    for named, text in given.items():
        name, _, suffix = named.rpartition(":")
        if suffix == "json" and name:
            try:
                values[name] = json.loads(text, parse_constant=_no_number)
            except ValueError as error:
                raise UsageError(
                    f"{name}: {text[:100]!r} is not JSON ({error}).", hint="Text stands in quotes."
                ) from None
        elif suffix == "text" and name:
            values[name] = text
        else:
            values[named] = _number(named, text) if text.isascii() and text.removeprefix("-").isdigit() else text
    return values


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is none")


def _number(name: str, text: str) -> int:
    if len(text) > 20:  # beyond what any engine takes; and Python reads no more than 4,300
        raise UsageError(f"{name}: a number of {counted(len(text), 'digit')}.", hint=f"As a text: -p {name}:text=...")
    return int(text)


def _saved(
    opened: Asked,
    asked: Question,
    given: Mapping[str, str],
    form: Format,
    lang: Lang,
    *,
    own: bool,
    ids: bool,
    out: Path | None,
) -> None:
    """Ask a question with a header, shipped or the user's own: names become ids, labels come in the chosen language."""
    from citydiplomacy.queries.library import questions

    from ..face.asking import table_of

    answerer = opened.answerer
    values = ids_of(opened.names, asked, given, lang)
    if own and opened.store and answerer is opened.store:
        from citydiplomacy.queries.library import limited  # and with it what starts processes

        answer = limited.run(opened.store.folder, asked, values, opened.deadline)
    else:
        answer = questions.run(answerer, asked, values)
    for record, column, value in () if opened.store else _no_dates(answer):  # a store holds none
        say(f"Not a date, shown as it is: {column} of {record}: {value!r}")
    table = table_of(answer, lang, opened.store)
    if out is not None:
        _pass_on(opened.store, out, lang, table, answer, values)
        return
    if form not in DATA_FORMATS:
        say(f"{table.title}: {_share(answerer, asked, values, len(table), lang)}")
    shown = table if form in DATA_FORMATS else table.for_people(ids=ids, names=_named(opened.store, lang))
    rows(shown.names, shown.titles, shown.rows, form, lang)
    if opened.store:
        from citydiplomacy.queries.standing import coverage
        from citydiplomacy.queries.wording.speech import Speech

        for sentence in coverage.notes(Speech(lang.value), opened.store, answer, values):
            say(sentence)


def _no_dates(answer: Answer) -> Iterator[tuple[str, str, str]]:
    """Texts in columns of dates that are none, as a server can hold them: what the row is about, column and value."""
    from citydiplomacy.graph.language.dates import from_edtf

    columns = answer.question.columns
    about = next((place for place, column in enumerate(columns) if column.type == "id"), 0)
    dates = [(place, column.name) for place, column in enumerate(columns) if column.type == "date"]
    for row in answer.rows:
        for place, name in dates:
            if value := row[place]:
                try:
                    from_edtf(str(value))
                except ValueError:
                    yield str(row[about]), name, str(value)


def _pass_on(
    store: Store | None, out: Path, lang: Lang, table: Table, answer: Answer, values: Mapping[str, object]
) -> None:
    """Write an answer with all that a reader needs to use and cite it."""
    from citydiplomacy.queries.standing import coverage
    from citydiplomacy.queries.wording.speech import Speech

    from ..data_package import Package, Part

    if store is None:
        raise UsageError("--output takes the answers of a store, which knows their sources.")
    asked = answer.question
    share = f"{table.title}: {_share(store, asked, values, len(table), lang)}"
    notes = coverage.notes(Speech(lang.value), store, answer, values)
    question = {"question": asked.name, "parameters": {key: str(value) for key, value in sorted(values.items())}}
    part = Part(asked.name, table.title, table, table.types)
    told = Package(store, lang, table.title, question, (part,), (share,), notes).write(out)
    say(f"{out}: {counted(len(table), 'row')}, {counted(told, 'source')}.")


def _named(store: Store | None, lang: Lang) -> Named | None:
    return Named(store, lang) if store else None


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


def _free_sparql(opened: Asked, text: str, limit: int, form: Format, lang: Lang) -> None:
    from citydiplomacy.graph.limited.store import LimitedStore, answer_of

    if opened.endpoint:
        answer = answer_of(opened.endpoint.query(text), limit)
    else:
        assert opened.store is not None
        with LimitedStore(opened.store.folder) as limited:
            answer = limited.query(text, seconds=opened.deadline, limit=limit)
    rows(answer.columns, answer.columns, answer.rows, form, lang)
    _told_cut(answer.truncated, limit)


def _free_cypher(opened: Asked, text: str, values: Mapping[str, Any], limit: int, form: Format, lang: Lang) -> None:
    if opened.driver:
        from citydiplomacy.graph.neo4j import server

        timeout, database = opened.deadline, opened.database
        answer = server.run(opened.driver, text, values, database=database, timeout=timeout, limit=limit, tell=say)
    else:
        from citydiplomacy.graph.property.traps import cautions

        assert opened.graph is not None
        answer = opened.graph.run(text, values, timeout=opened.deadline, limit=limit)
        for caution in cautions(text):
            say(f"Careful: {caution}")
    rows(answer.columns, answer.columns, answer.rows, form, lang)
    _told_cut(answer.truncated, limit)


def _told_cut(truncated: bool, limit: int) -> None:
    if truncated:
        say(f"Only the first {counted(limit, 'row')}; for more: --limit.")
