"""What we must know of a Cypher text before any engine runs it, and what an answer looks like.

Dangers and parameters are found on tokens, never by searching the text: `CREATE` in a comment, a string, a quoted name,
a property or a label is no clause.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

from citydiplomacy.errors import UsageError

_CLOSED = {
    "/": ("comment", r"/\*.*?\*/"),
    "'": ("string", r"'(?:[^'\\]|\\.)*+'"),
    '"': ("string", r'"(?:[^"\\]|\\.)*+"'),
    "`": ("quoted", r"(?:`[^`]*`)+"),
}
"""What must be closed, by how it begins."""


@cache
def _token(unclosed: str) -> re.Pattern[str]:
    """What a token is, where some of what must be closed is closed nowhere in the rest of the text."""
    closed = "".join(
        f"| (?P<{kind}{number}>{form})"
        for number, (begin, (kind, form)) in enumerate(_CLOSED.items())
        if begin not in unclosed
    )
    return re.compile(
        rf"""
          (?P<comment>//[^\n\r]*)
        {closed}
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
    "db.index.fulltext.queryNodes",
}
"""What a question may CALL: procedures that tell what is in the graph."""


class CypherResult(NamedTuple):
    """Rows of an answer. Nodes, relationships and paths are dicts: see `plain` of the engine that answered."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool
    """Whether there were more rows than the limit."""


class CypherToken(NamedTuple):
    """A piece of a Cypher text: its kind (comment, string, quoted, parameter, number, word, other), text and line."""

    kind: str
    text: str
    line: int


def tokens(cypher: str) -> Iterator[CypherToken]:
    """All tokens in order; joined they are the text again. Takes time in proportion to the text, whatever it is."""
    line, position, unclosed = 1, 0, ""
    while position < len(cypher):
        for match in _token(unclosed).finditer(cypher, position):
            text, kind = match.group(), (match.lastgroup or "other").rstrip("0123")
            yield CypherToken(kind, text, line)
            line += text.count("\n")
            position = match.end()
            begins = text in _CLOSED and (text != "/" or cypher.startswith("*", position))
            if kind == "other" and begins and text not in unclosed:
                unclosed += text  # or each one like it would be looked for to the end of the text
                break


def check_read_only(cypher: str) -> None:
    """Refuse what writes, reaches files, the network or other code, or is more than one statement.

    Raises UsageError with the line. An engine that opens the graph read-only does not make this needless: reading and
    writing files is reading to it.
    """
    try:
        cypher.encode()
    except UnicodeEncodeError as error:
        line = cypher.count("\n", 0, error.start) + 1
        raise UsageError(f"line {line}: the query holds bytes that are no text.", hint="Write it as UTF-8.") from None
    _check_tokens(cypher)
    decoded = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), cypher)
    if decoded != cypher:  # Neo4j decodes \u0043 before it looks at the text, so that `\u0043REATE` is a clause there
        _check_tokens(decoded)


def _check_tokens(cypher: str) -> None:
    nothing = CypherToken("other", "", 0)
    found = significant(cypher)
    if not found:
        raise UsageError("the query is empty.", hint="Write MATCH ... RETURN ...")
    for position, (before, token, after) in enumerate(
        zip([nothing, *found], found, [*found[1:], nothing], strict=False)
    ):
        if token.text == ";" and after is not nothing:
            raise UsageError(f"line {token.line}: a second statement; ask one question at a time.")
        if token.kind == "number":
            _check_number(before, token, after)
        if token.kind == "word" and not _is_name(before, after):
            _check_word(token)
            if token.text.upper() == "CALL":
                _check_call(token, found, position + 1)


def significant(cypher: str) -> list[CypherToken]:
    """All tokens but comments and space."""
    return [token for token in tokens(cypher) if token.kind != "comment" and not token.text.isspace()]


_AFTER_NAMES = frozenset(".,)]}=<>+/%^:")


def _is_name(before: CypherToken, after: CypherToken) -> bool:
    """Whether a word names a property, a label, a key or a variable, where it cannot be the beginning of a clause."""
    return before.text in (".", ":") or before.text.upper() == "AS" or after.text in _AFTER_NAMES


def _check_word(token: CypherToken) -> None:
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


def _check_call(token: CypherToken, found: Sequence[CypherToken], position: int) -> None:
    """Refuse a procedure that is not known: its name begins at a position."""
    parts = takewhile(
        lambda part: part.kind in ("word", "quoted") or part.text == ".",
        (found[index] for index in range(position, len(found))),
    )
    called = "".join(part.text for part in parts)
    if called and called.lower() not in {name.lower() for name in PROCEDURES}:
        raise UsageError(
            f"line {token.line}: CALL {called[:100]}: a question calls only what tells of the graph.",
            hint="Allowed: " + ", ".join(sorted(PROCEDURES)) + ".",
        )


_MOST = 1 << 63
"""Whole numbers of Cypher are from -2**63 to 2**63 - 1, in each engine."""


def _check_number(before: CypherToken, token: CypherToken, after: CypherToken) -> None:
    exponent = after.kind == "word" and after.text[0] in "eE"
    digits = token.text.lstrip("0")
    most = _MOST if before.text == "-" else _MOST - 1
    if "." not in digits and not exponent and (len(digits) > 19 or int(digits or "0") > most):
        raise UsageError(
            f"line {token.line}: {token.text[:40]} is beyond the whole numbers of Cypher (64 bits).",
            hint="Write it with a decimal point, as a text, or smaller.",
        )


def parameters(cypher: str) -> list[str]:
    """Names of the parameters of a text, in order, each once.

    >>> parameters("MATCH (c {id: $city}) WHERE c.id <> $other AND c.label <> '$no' RETURN $city")
    ['city', 'other']
    """
    found = (_parameter(token) for token in tokens(cypher) if token.kind == "parameter")
    return list(dict.fromkeys(found))


def _parameter(token: CypherToken) -> str:
    name = token.text[1:]
    return name[1:-1].replace("``", "`") if name.startswith("`") else name


def check_parameters(cypher: str, given: Mapping[str, Any]) -> None:
    """Raise UsageError if a parameter is missing or one too many is given, which engines take in silence, or if a value
    is none of Cypher.
    """
    wanted = dict.fromkeys(parameters(cypher))
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
    for name, value in given.items():
        _check_value(name, value)


def _check_value(name: str, value: Any) -> None:
    """Refuse what no engine takes, before it fails on it in words of its own."""
    match value:
        case int() if not -_MOST <= value < _MOST:
            raise UsageError(
                f"{name}: a number beyond the whole numbers of Cypher (64 bits).",
                hint="Give it as a text, with a decimal point, or smaller.",
            )
        case str():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise UsageError(f"{name}: it holds bytes that are no text.", hint="Write it as UTF-8.") from None
        case Mapping():
            if not all(isinstance(key, str) for key in value):
                raise UsageError(f"{name}: a map with keys that are no texts.", hint="Make texts of them.")
            for one in (*value.keys(), *value.values()):
                _check_value(name, one)
        case list() | tuple():
            for one in value:
                _check_value(name, one)
        case None | int() | float() | dt.date():
            pass
        case _:
            raise UsageError(
                f"{name}: {type(value).__name__} is no kind of value in Cypher.",
                hint="Give a text, a number, a truth value, a date, or a list or map of these.",
            )


def inline(cypher: str, terms: Mapping[str, str]) -> str:
    """Put texts in the place of parameters; the others are left as they are.

    >>> inline("RETURN $a, '$a', $b", {"a": "[]"})
    "RETURN [], '$a', $b"
    """
    return "".join(
        terms.get(_parameter(token), token.text) if token.kind == "parameter" else token.text
        for token in tokens(cypher)
    )
