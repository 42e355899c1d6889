"""The server of the Model Context Protocol on standard input and output: its tools ask the graph and change nothing.

It needs the extra `mcp`: to import this module without it is an ImportError.
"""

from __future__ import annotations

import functools
import os
import sys
import threading
from collections.abc import Callable
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from .. import words
from ..data_package import version
from ..errors import CityDiplomacyError, InputError
from ..output import Lang
from .asking import Graph
from .model import model as model_of

AT_ONCE = 2
"""Questions that are asked at once; others wait."""
ROWS = 100
"""Rows of a table, if a question does not say how many."""
INSTRUCTIONS = """\
A knowledge graph of city diplomacy: twin towns and other agreements, memberships of city networks, missions, flights,
needs and barriers, every claim with its source. Ids look like city/mashhad; names in English or Persian do as well, and
`search` finds them. Begin with `ask` for plain words, or with `questions` and `saved`. Each answer has `sources` (who
says so) and `not_known` (what is not known): pass both on. An empty value is unknown, never no."""

Language = Annotated[Literal["en", "fa"], Field(description="Language of names and sentences: English or Persian.")]
At = Annotated[str, Field(description="As it was at a date: 2010, 2010-05, '1392 SH'; empty for now.")]
Limit = Annotated[int, Field(description="Rows of a table at most.", ge=1)]
City = Annotated[str, Field(description="A city: its name in English or Persian, its id or Wikidata item.")]


def serve(graph: Graph) -> None:
    """Answer until standard input ends. Raises InputError if that cannot be read, OSError if nothing can be written."""
    try:
        os.read(sys.stdin.fileno(), 0)
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}", file="standard input") from None
    try:
        made(graph).run("stdio")
    except* OSError as failed:
        raise _first(failed) from None


def _first(failed: BaseExceptionGroup[OSError]) -> OSError:
    """The first of the errors that ended the tasks of the server."""
    first = failed.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


def made(graph: Graph) -> MCPServer[Any]:
    """The server with its tools."""
    server: MCPServer[Any] = MCPServer(
        "citydiplomacy", instructions=INSTRUCTIONS, version=version(), log_level="WARNING"
    )
    turn = threading.BoundedSemaphore(AT_ONCE)

    def tool(function: Callable[..., dict[str, Any]]) -> None:
        @functools.wraps(function)
        def asked(*args: Any, **given: Any) -> dict[str, Any]:
            with turn:
                try:
                    return function(*args, **given)
                except CityDiplomacyError as error:
                    persian = given.get("lang") == Lang.FA.value
                    raise ToolError(error.told(words.persian if persian else str)) from None

        server.add_tool(asked, annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))

    def search(text: str, lang: Language = "en", limit: Limit = 10) -> dict[str, Any]:
        """Find cities, organisations, needs, sources, questions and reports by any of their names, also misspelt."""
        return graph.search(text, Lang(lang), limit)

    def show(name: str, lang: Language = "en", at: At = "") -> dict[str, Any]:
        """Tell all that is told of one thing (name or id): each value, whether it stands, and which sources say it."""
        return graph.show(name, Lang(lang), at)

    def ask(text: str, lang: Language = "en", limit: Limit = ROWS) -> dict[str, Any]:
        """Answer plain words by rules, as "sister cities of Mashhad in Pakistan"; it says what was understood."""
        return graph.plain(text, Lang(lang), limit)

    def questions(lang: Language = "en") -> dict[str, Any]:
        """List the saved questions with what they mean and their parameters."""
        return graph.questions(Lang(lang))

    def saved(
        question: Annotated[str, Field(description="The name of a saved question.")],
        values: Annotated[
            dict[str, Any] | None, Field(description="Its parameters by name; names of records do for ids.")
        ] = None,
        lang: Language = "en",
        at: At = "",
        limit: Limit = ROWS,
    ) -> dict[str, Any]:
        """Ask a saved question, such as `sister-cities` with {"city": "Mashhad"}."""
        return graph.saved(question, values or {}, Lang(lang), at, limit)

    def compare(
        one: City,
        other: City,
        more: Annotated[list[str] | None, Field(description="Up to three more, each compared with the first.")] = None,
        lang: Language = "en",
        at: At = "",
        limit: Limit = ROWS,
    ) -> dict[str, Any]:
        """Compare cities: ties, networks, what only one has, what each needs, and how well all this is known."""
        return graph.compared([one, other, *(more or ())], Lang(lang), at, limit)

    def gaps(city: City, lang: Language = "en", at: At = "", limit: Limit = ROWS) -> dict[str, Any]:
        """Tell what a city needs and no tie of it addresses, who could, what hinders, and what is not known."""
        return graph.gaps(city, Lang(lang), at, limit)

    def sparql(query: str, limit: Limit = ROWS) -> dict[str, Any]:
        """Ask in SPARQL, for reading: the default graph is the merged view, each source's claims are a named graph."""
        return graph.sparql(query, limit)

    def cypher(
        query: str,
        parameters: Annotated[dict[str, Any] | None, Field(description="Values of $parameters.")] = None,
        limit: Limit = ROWS,
    ) -> dict[str, Any]:
        """Ask the property graph in Cypher, for reading; `model` tells its labels and relationship types."""
        return graph.cypher(query, parameters or {}, limit)

    def model() -> dict[str, Any]:
        """Tell what SPARQL and Cypher can ask for: prefixes, classes with their properties, concepts."""
        return model_of()

    for function in (search, show, ask, questions, saved, compare, gaps, sparql, cypher, model):
        tool(function)
    return server
