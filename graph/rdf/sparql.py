"""What we must know of a SPARQL text before an engine runs it: its tokens.

Parameters are bound and dangers found on tokens, never by searching the text: `SERVICE` in a comment, a string or a
prefixed name is not a keyword.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from citydiplomacy.errors import UsageError

_TOKEN = r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<string>'{3}(?:[^\\']|\\.|'{1,2}(?!'))*'{3}|"{3}(?:[^\\"]|\\.|"{1,2}(?!"))*"{3}
                |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<prefixed>[^\W\d_][\w.-]*:[\w:.%\\-]*|:[\w:.%\\-]+|_:[\w.-]+)
    | (?P<word>@?[^\W\d]\w*)
    | (?P<other>\s+|.)
    """


class Token(NamedTuple):
    """A piece of a SPARQL text: its kind (comment, string, iri, variable, prefixed, word, other), text and line."""

    kind: str
    text: str
    line: int


def tokens(sparql: str) -> Iterator[Token]:
    """All tokens in order; joined they are the text again."""
    line = 1
    pattern = re.compile(_TOKEN, re.VERBOSE | re.DOTALL)  # not at the start: a saved question is read already
    for match in pattern.finditer(sparql):
        text = match.group()
        yield Token(match.lastgroup or "other", text, line)
        line += text.count("\n")


_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"))


_DANGEROUS = _UPDATES | {"SERVICE", "FROM"}


def check_read_only(sparql: str, graphs: Callable[[], Collection[str]] = tuple) -> None:
    """Refuse what writes, or reaches outside the store.

    graphs: tells the IRIs of the named graphs that FROM may name. Raises UsageError with the line.
    """
    if _DANGEROUS.isdisjoint(re.split(r"[^A-Z]+", sparql.upper())):
        return  # what no text holds, no token is; most questions end here
    significant = [token for token in tokens(sparql) if token.kind != "comment" and not token.text.isspace()]
    for position, token in enumerate(significant):
        if token.kind != "word":
            continue
        word = token.text.upper()
        if word in _UPDATES:
            raise UsageError(
                f"line {token.line}: {word} writes; a question only reads.",
                hint="Write SELECT, ASK, CONSTRUCT or DESCRIBE; to change the store, load a source.",
            )
        if word == "SERVICE":
            raise UsageError(
                f"line {token.line}: SERVICE asks another server; questions reach no network.",
                hint="Load the other data as a source, then ask the store.",
            )
        if word == "FROM":
            rest = significant[position + 1 : position + 3]
            named = next((item.text[1:-1] for item in rest if item.kind == "iri"), None)
            if named is None or named not in graphs():
                what = f"<{named}>" if named else "a graph by a prefixed name"
                raise UsageError(
                    f"line {token.line}: FROM {what}: the store has no such graph, and none is fetched.",
                    hint="Use GRAPH ?source { ... }, or FROM with the IRI of a source.",
                )
