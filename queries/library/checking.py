"""Holding the text of a question, in SPARQL or in Cypher, against what its header declares."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NoReturn

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.property import cypher
from citydiplomacy.graph.rdf.sparql import Token, check_read_only, tokens

from .question import Question, is_parameter


def check_sparql(asked: Question, lines: Mapping[str, int]) -> None:
    """Hold the query against its header. lines: where the header declares `$parameter` and `?column`."""

    def refuse(message: str, line: int | None, **more: str) -> NoReturn:
        raise InputError(message, file=asked.file, line=line, **more)

    try:
        check_read_only(asked.text, ())
    except UsageError as error:
        refuse(error.message, None, hint=error.hint)
    query = [token for token in tokens(asked.text) if token.kind != "comment" and not token.text.isspace()]
    words = [token.text.upper() if token.kind == "word" else "" for token in query]
    form = next((word for word in words if word in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}), "nothing")
    if form != "SELECT":
        refuse("a question must be a SELECT", None, value=form)

    used = {token.text[1:]: token.line for token in reversed(query) if is_parameter(token)}
    for parameter in used.keys() - asked.by_name.keys():
        refuse("this parameter is not declared in the header", used[parameter], value=f"${parameter}")
    for parameter in asked.by_name.keys() - used.keys():
        refuse("this parameter is declared and never used", lines[f"${parameter}"], value=f"${parameter}")
    for token in query:
        if token.kind == "variable" and token.text[0] == "?" and token.text[1:] in asked.by_name:
            refuse("a variable has the name of a parameter", token.line, value=token.text)

    start = words.index("SELECT")
    projected = _projection(query[start + 1 :])
    declared = [column.name for column in asked.projected]
    if asked.joining is not None and (
        asked.joining not in asked.by_name or len(declared) == len(asked.columns) or "organization" not in declared
    ):
        refuse("joining wants a parameter, and the columns organization and may_join", lines["joining"])
    for variable in projected:
        if variable not in declared:
            refuse("this column is projected and not declared", query[start].line, value=f"?{variable}")
    for column in declared:
        if column not in projected:
            refuse("this column is declared and not projected", lines[f"?{column}"], value=f"?{column}")
    if projected != declared:
        refuse("columns are declared in another order than projected", lines["columns"], expected=", ".join(projected))

    last_brace = max((position for position, token in enumerate(query) if token.text == "}"), default=0)
    if "ORDER" not in words[last_brace:]:
        refuse("the outermost SELECT has no ORDER BY, so that its rows come in any order", query[start].line)
    if ("GRAPH" in words) != (asked.view == "sources"):
        refuse("the view is 'sources' just where the query uses GRAPH", lines["view"], value=asked.view)


def _projection(rest: list[Token]) -> list[str]:
    """The names of the variables that a SELECT projects; `rest` is what follows the word. `*` projects none."""
    found: list[str] = []
    depth = 0
    for position, token in enumerate(rest):
        if token.text == "{" or (depth == 0 and token.text.upper() == "WHERE"):
            break
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (depth == 0 or (depth == 1 and rest[position - 1].text.upper() == "AS")):
            found.append(token.text[1:])
    return found


def check_cypher(asked: Question, told: str, file: str, lines: Mapping[str, int]) -> None:
    """Hold a text against the parameters and columns of a question. lines: where they are declared, if in this file.

    Raises InputError with file and line.
    """

    def refuse(message: str, line: int | None, **more: str) -> NoReturn:
        raise InputError(message, file=file, line=line, **more)

    try:
        cypher.check_read_only(told)
    except UsageError as error:
        refuse(error.message, None, hint=error.hint)
    query = [token for token in cypher.tokens(told) if token.kind != "comment" and not token.text.isspace()]
    used = cypher.parameters(told)
    for name in used:
        if name not in asked.by_name:
            line = next(token.line for token in query if token.text == f"${name}")
            refuse("this parameter is not declared in the header", line, value=f"${name}")
    for name in asked.by_name:
        if name not in used:
            refuse("this parameter is declared and never used", lines.get(f"${name}"), value=f"${name}")
    words = [token.text.upper() if token.kind == "word" else "" for token in query]
    if "RETURN" not in words:
        refuse("a question must RETURN its columns", None)
    start = len(words) - 1 - words[::-1].index("RETURN")
    end = start + words[start:].index("ORDER") if "ORDER" in words[start:] else len(words)
    if end == len(words):
        refuse("RETURN has no ORDER BY, so that its rows come in any order", query[start].line)
    returned = _columns(query[start + 1 : end])
    declared = [column.name for column in asked.columns]
    if returned != declared:
        refuse(
            "the columns returned are not those declared",
            query[start].line,
            value=", ".join(returned),
            expected=", ".join(declared),
        )


def _columns(returned: list[cypher.CypherToken]) -> list[str]:
    """The names after AS, outside of brackets and of CASE ... END."""
    found: list[str] = []
    depth = 0
    for before, token in pairwise(returned):
        depth += (before.text in "([{") - (before.text in ")]}")
        if depth == 0 and before.text.upper() == "AS":
            found.append(token.text.strip("`"))
    return found
