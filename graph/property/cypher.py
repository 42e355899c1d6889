"""What we must know of a Cypher text before any engine runs it, and what an answer looks like.

Dangers and parameters are found on tokens, never by searching the text: `CREATE` in a comment, a string, a quoted name,
a property or a label is no clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any, NamedTuple

from citydiplomacy.errors import UsageError

_TOKEN = re.compile(
    r"""
      (?P<comment>//[^\n\r]*|/\*.*?\*/)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<quoted>(?:`[^`]*`)+)
    | (?P<parameter>\$(?:\w+|(?:`[^`]*`)+))
    | (?P<number>\d+(?:\.(?!\.)\d*)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<other>\.\.|\s+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\u+([0-9A-Fa-f]{4})")

WRITES = {
    "ALTER",
    "ANALYZE",
    "BEGIN",
    "CHECKPOINT",
    "COMMENT",
    "COMMIT",
    "CREATE",
    "DELETE",
    "DETACH",
    "DROP",
    "FOREACH",
    "IMPORT",
    "INSERT",
    "MERGE",
    "REMOVE",
    "RENAME",
    "ROLLBACK",
    "SET",
    "TRANSACTION",
    "TRANSACTIONS",
    "UPDATE",
}
"""Words that begin what writes, or meddles with transactions."""
REACHES_OUT = {"ATTACH", "COPY", "EXPORT", "EXTENSION", "INSTALL", "LOAD", "UNINSTALL", "USE"}
"""Words that begin what reads or writes files, fetches, or loads code."""
PROCEDURES = {
    "show_tables",
    "table_info",
    "db.labels",
    "db.relationshipTypes",
    "db.propertyKeys",
    "db.schema.visualization",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
}
"""What a question may CALL: procedures that tell what is in the graph."""


class CypherResult(NamedTuple):
    """Rows of an answer. Nodes, relationships and paths are dicts: see `plain` of the engine that answered."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool
    """Whether there were more rows than the limit."""


class Token(NamedTuple):
    """A piece of a Cypher text: its kind (comment, string, quoted, parameter, number, word, other), text and line."""

    kind: str
    text: str
    line: int


def tokens(cypher: str) -> Iterator[Token]:
    """All tokens in order; joined they are the text again."""
    line = 1
    for match in _TOKEN.finditer(cypher):
        text = match.group()
        yield Token(match.lastgroup or "other", text, line)
        line += text.count("\n")


def check_read_only(cypher: str) -> None:
    """Refuse what writes, reaches files, the network or other code, or is more than one statement.

    Raises UsageError with the line. An engine that opens the graph read-only does not make this needless: reading and
    writing files is reading to it.
    """
    _check_tokens(cypher)
    decoded = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), cypher)
    if decoded != cypher:  # Neo4j decodes \u0043 before it looks at the text, so that `\u0043REATE` is a clause there
        _check_tokens(decoded)


def _check_tokens(cypher: str) -> None:
    nothing = Token("other", "", 0)
    significant = [token for token in tokens(cypher) if token.kind != "comment" and not token.text.isspace()]
    if not significant:
        raise UsageError("the query is empty.", hint="Write MATCH ... RETURN ...")
    for position, token in enumerate(significant):
        before = significant[position - 1] if position else nothing
        following = significant[position + 1 :]
        if token.text == ";" and following:
            raise UsageError(f"line {token.line}: a second statement; ask one question at a time.")
        if token.kind == "word" and not _is_name(before, following[0] if following else nothing):
            _check_word(token, following)


_AFTER_NAMES = frozenset(".,)]}=<>+/%^:")


def _is_name(before: Token, after: Token) -> bool:
    """Whether a word names a property, a label, a key or a variable, where it cannot be the beginning of a clause."""
    return before.text in (".", ":") or before.text.upper() == "AS" or after.text in _AFTER_NAMES


def _check_word(token: Token, following: list[Token]) -> None:
    word = token.text.upper()
    if word in WRITES:
        raise UsageError(
            f"line {token.line}: {word} writes; a question only reads.",
            hint="To change the store, load a source. A name that is a word of Cypher stands in `backticks`.",
        )
    if word in REACHES_OUT:
        raise UsageError(
            f"line {token.line}: {word} reaches outside the graph; a question reads nothing else.",
            hint="Load other data as a source, then ask. A name that is a word of Cypher stands in `backticks`.",
        )
    if word == "CALL":
        called = "".join(
            part.text for part in takewhile(lambda part: part.kind in ("word", "quoted") or part.text == ".", following)
        )
        if called and called.lower() not in {name.lower() for name in PROCEDURES}:
            raise UsageError(
                f"line {token.line}: CALL {called}: a question calls only what tells of the graph.",
                hint="Allowed: " + ", ".join(sorted(PROCEDURES)) + ".",
            )


def parameters(cypher: str) -> list[str]:
    """Names of the parameters of a text, in order, each once.

    >>> parameters("MATCH (c {id: $city}) WHERE c.id <> $other AND c.label <> '$no' RETURN $city")
    ['city', 'other']
    """
    found = (_parameter(token) for token in tokens(cypher) if token.kind == "parameter")
    return list(dict.fromkeys(found))


def _parameter(token: Token) -> str:
    name = token.text[1:]
    return name[1:-1].replace("``", "`") if name.startswith("`") else name


def check_parameters(cypher: str, given: Mapping[str, Any]) -> None:
    """Raise UsageError if a parameter is missing or one too many is given: engines take both in silence."""
    wanted = parameters(cypher)
    missing = [name for name in wanted if name not in given]
    needless = [name for name in given if name not in wanted]
    told = [
        f"{what} {'parameters' if len(names) > 1 else 'parameter'}: {', '.join(names)}"
        for what, names in (("missing", missing), ("unknown", needless))
        if names
    ]
    if told:
        takes = f"The query takes {', '.join(wanted)}." if wanted else "The query takes no parameters."
        raise UsageError("; ".join(told) + ".", hint=takes)


def inline(cypher: str, terms: Mapping[str, str]) -> str:
    """Put texts in the place of parameters; the others are left as they are.

    >>> inline("RETURN $a, '$a', $b", {"a": "[]"})
    "RETURN [], '$a', $b"
    """
    return "".join(
        terms.get(_parameter(token), token.text) if token.kind == "parameter" else token.text
        for token in tokens(cypher)
    )
