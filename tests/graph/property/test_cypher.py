"""What is told of a Cypher text before it is run."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.property.cypher import (
    REACHES_OUT,
    WRITES,
    check_parameters,
    check_read_only,
    parameters,
    tokens,
)


@given(st.text(alphabet="abRETURNSET'\"`\\/*$ .:;{}()\n\r1شu0043‌"))
def test_tokens_are_the_text(cypher: str) -> None:
    assert "".join(token.text for token in tokens(cypher)) == cypher


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:City {id: 'city/x'})",
        "MATCH (n) set n.a = 1",
        "MATCH (n) DETACH DELETE n",
        "MERGE (n:City {id: 1})",
        "MATCH (n) REMOVE n:City",
        "DROP TABLE City",
        "ALTER TABLE City ADD x STRING",
        "LOAD FROM '/etc/passwd' RETURN *",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "COPY (MATCH (n) RETURN n.id) TO '/tmp/out.csv'",
        "EXPORT DATABASE '/tmp/out'",
        "INSTALL json",
        "LOAD EXTENSION json",
        "ATTACH '/tmp/other' AS other (dbtype lbug)",
        "CHECKPOINT",
        "BEGIN TRANSACTION",
        "CALL threads = 1",
        "CALL current_setting('threads') RETURN *",
        "CALL apoc.load.json('http://example.org') YIELD value RETURN value",
        "CALL `apoc`.load.json('http://example.org') YIELD value RETURN value",
        "MATCH (n) CALL { WITH n CREATE (m) } RETURN n",
        "MATCH (n) CALL (n) { RETURN 1 } IN TRANSACTIONS RETURN n",
        "MATCH (n) FOREACH (x IN [1] | SET n.a = x)",
        "RETURN 'a' /* ' */ CREATE (n)",
        "RETURN 1 // \n CREATE (n)",
        "RETURN 1 // \r CREATE (n)",
        "RETURN 'a\\'' CREATE (n) //'",
        "RETURN `a``b` CREATE (n) //`",
        "RETURN 1.CREATE (n)",
        "RETURN 1 AS x CREATE (n)",
        "\\u0043REATE (n)",
        "RETURN '\\u0027 CREATE (n) //'",
        "RETURN 1; RETURN 2",
        "",
        " // nothing\n",
    ],
)
def test_refuses_what_does_more_than_read(cypher: str) -> None:
    with pytest.raises(UsageError):
        check_read_only(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n:City) RETURN n.id;",
        "MATCH (n) WHERE n.set = 'CREATE' AND n.label = \"don't DELETE\" RETURN n // SET n.a = 1",
        "MATCH (n:Load)-[r:SET]->() RETURN n.copy AS create",
        "MATCH (n {delete: 1}) RETURN `CREATE`, {merge: n.id} /* DROP\n TABLE */",
        "UNWIND ['a'] AS comment RETURN comment.size, comment, 1",
        "MATCH (n)-[*1..3]->(m) RETURN n LIMIT 3",
        "MATCH (n) CALL { WITH n RETURN 1 AS x } RETURN x",
        "CALL show_tables() RETURN name",
        "CALL db.labels() YIELD label RETURN label",
        "RETURN 'مشهد CREATE', $create, $`drop table`",
        "RETURN offset, created, loaded",
    ],
)
def test_lets_pass_what_reads(cypher: str) -> None:
    check_read_only(cypher)


@given(st.sampled_from(sorted(WRITES | REACHES_OUT)), st.sampled_from([str.lower, str.title, str.upper]))
def test_words_of_any_case_and_line_are_found(word: str, case: object) -> None:
    assert callable(case)
    with pytest.raises(UsageError, match="line 3"):
        check_read_only(f"MATCH (n) // {word}\nWHERE n.x = '{word}'\n{case(word)} n")


def test_parameters_missing_and_too_many_are_named() -> None:
    asked = "MATCH (c {id: $city})--(d {id: $`the other`}) // $comment\nWHERE c.label <> '$text' RETURN $city"
    assert parameters(asked) == ["city", "the other"]
    check_parameters(asked, {"city": 1, "the other": 2})
    with pytest.raises(UsageError, match=r"missing parameter: the other; unknown parameters: x, y\.") as raised:
        check_parameters(asked, {"city": 1, "x": 2, "y": 3})
    assert "city, the other" in raised.value.hint


OLD = re.compile(
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
"""The tokens in one expression, which takes the square of the time where something is never closed."""


@given(
    st.lists(st.sampled_from(["'", '"', "`", "/*", "*/", "//", "\n", "\\", "$", "a", "1.", "CREATE", " "])).map("".join)
)
def test_tokens_are_those_of_the_one_expression(cypher: str) -> None:
    assert [(token.kind, token.text) for token in tokens(cypher)] == [
        (match.lastgroup, match.group()) for match in OLD.finditer(cypher)
    ]


LONG = """
from citydiplomacy.errors import UsageError
from citydiplomacy.graph.property.cypher import check_read_only
from citydiplomacy.graph.property.traps import cautions, refuse_traps
for unit, times in UNITS:
    for check in (check_read_only, refuse_traps, cautions):
        try:
            check(f"RETURN [{unit * times}'")
        except UsageError:
            pass
"""


def test_a_long_text_is_checked_and_not_pored_over() -> None:
    """The square of so many tokens is many minutes; the limit is no measure, but an end for a test that fails."""
    units = [("'city/mashhad', ", 120_000), ("\\' ", 100_000), ("/*/ ", 100_000), ("CALL show_tables() ", 10_000)]
    units += [("$` ", 10_000), ("-[ ", 10_000), ("(n)--(n),", 10_000), ("(", 10_000)]
    subprocess.run([sys.executable, "-c", LONG.replace("UNITS", repr(units))], check=True, timeout=60)
