"""The command that asks: saved questions and free ones, in SPARQL or Cypher, here or on a server."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.limited import ROWS, SECONDS

from ..answers.free import show_cypher, show_sparql
from ..answers.saved import show_saved
from ..engines import Destination, Engine
from ..errors import InputError, UsageError
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
from ..output import Format, Lang

MOST_BYTES = 16 << 20
"""Of a free question: a list of a million ids."""


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
    with_others: Annotated[
        bool, typer.Option("--with-others", help="Ask a Neo4j server also over what others have put there.")
    ] = False,
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
    from citydiplomacy.queries.library import catalogue, parameters

    if cypher and question and "=" in question:
        values, question = [question, *(values or [])], ""
    if bool(cypher) == bool(question):
        raise UsageError("one question is wanted.", hint="A saved question, a file, - or --cypher 'MATCH ...'.")
    given = parameters.given([*(values or []), *(parameter or [])])
    saved = bool(question) and question != "-" and question in catalogue.names()
    text, of_cypher = ("", False) if saved else (cypher, True) if cypher else (_read(question), _is_cypher(question))
    if out is not None:
        from .. import data_package

        data_package.check(out)
        if not saved and not text.lstrip().startswith(("#+", "//+")):
            raise UsageError("--output takes saved questions, whose columns are declared.")
    place = Destination(engine, store, at, at_least, endpoint, database, seconds, lang, with_others)
    place.check(of_cypher)
    if out is not None and place.is_server:
        raise UsageError("--output takes the answers of a store, which knows their sources.")
    default = Engine.EMBEDDED if of_cypher else Engine.STORE
    if saved or text.lstrip().startswith(("#+", "//+")):
        if saved:
            asked = catalogue.question(question)
        else:
            asked = catalogue.read(Path(question)) if question != "-" else catalogue.parse(text, "-", "-")
        with place.opened(default) as opened:
            show_saved(opened, asked, given, form, lang, own=not saved, ids=ids, out=out)
    elif of_cypher:
        if engine is Engine.STORE:
            raise UsageError("the store is asked in SPARQL.", hint="For Cypher: --engine embedded or neo4j.")
        typed = _typed(given)
        with place.opened(default) as opened:
            show_cypher(opened, text, typed, limit, form, lang)
    else:
        if given:
            raise UsageError("a query without a header takes no parameters.", hint="Declare them in lines of '#+ '.")
        if engine not in (None, Engine.STORE):
            raise UsageError(f"{engine} is asked in Cypher.", hint="Leave out --engine, or ask with --cypher.")
        with place.opened(default) as opened:
            show_sparql(opened, text, limit, form, lang)


def _is_cypher(question: str) -> bool:
    return question.endswith(".cypher")


def _read(question: str) -> str:
    """The text of a free question, from its file or from standard input."""
    path = Path(question)
    if question != "-" and not path.is_file():
        from citydiplomacy.queries.library import catalogue

        catalogue.question(question)  # says that there is none, and what comes near
    name = "standard input" if question == "-" else question
    try:
        with nullcontext(sys.stdin.buffer) if question == "-" else path.open("rb") as file:
            read = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}", file=name) from None
    if len(read) > MOST_BYTES:
        raise InputError(f"a question of more than {MOST_BYTES >> 20} MB", file=name, hint="Ask for less at once.")
    try:
        return read.decode()
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8: byte {error.start + 1}", file=name, hint="Save it as UTF-8.") from None


def _typed(given: Mapping[str, str]) -> dict[str, Any]:
    """Parameters of a free question in Cypher: digits are a number; `name:text` and `name:json` say what is meant.

    >>> _typed({"year": "2012", "since:text": "2012", "ids:json": '["city/mashhad"]', "name": "Mashhad"})
    {'year': 2012, 'since': '2012', 'ids': ['city/mashhad'], 'name': 'Mashhad'}
    """
    values: dict[str, Any] = {}
    for named, text in given.items():
        name, _, suffix = named.rpartition(":")
        if suffix in ("json", "text") and name in {*values, *given}:
            raise UsageError(f"{name} is given twice.", hint="Give it once.")
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
