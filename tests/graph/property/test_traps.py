"""What the embedded engine would answer otherwise than Cypher says: refused, or told, and nothing else."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.property.traps import FROM_ONE, LOST_ROWS, SUMS, WALKS, cautions, refuse_traps
from citydiplomacy.queries.library.catalogue import SHIPPED


@pytest.mark.parametrize(
    "value",
    [
        "size((n)--())",
        "(n)--()",
        "count((n)-->())",
        "string((n)--())",
        "CAST((n)--() AS STRING)",
        "collect((n)<-[:TWINNED_WITH]-())",
        "[(n)--()]",
        "{a: (n)--()}",
        "coalesce((n)--(), 1)",
        "(n)--() = true",
        "(n)-[:TWINNED_WITH]-() AND true",
        "((n)--())",
        "exists((n)--())",
        "COUNT { (n)--() }",
        "size((n:City {id: 'a'})--(:City)-[t:T*1..2]->(`b`))",
    ],
)
def test_a_path_as_a_value_is_refused_and_the_right_words_named(value: str) -> None:
    for asked in (f"MATCH (n:City)\nRETURN {value} AS x", f"MATCH (n:City {{id:\n{value}}}) RETURN n"):
        with pytest.raises(UsageError, match="line 2: a path") as raised:
            refuse_traps(asked)
        assert "COUNT { MATCH" in raised.value.hint


@pytest.mark.parametrize(
    "asked",
    [
        "MATCH (n:City) WHERE (n)--() RETURN n",
        "MATCH (n:City) WHERE NOT ((n)--() OR (n)-->(:Country)) AND n.x RETURN n",
        "MATCH (n WHERE (n)--()) RETURN n",
        "MATCH (n) RETURN CASE WHEN (n)--() THEN 1 ELSE 2 END AS x",
        "MATCH (n) RETURN COUNT { MATCH (n)--(m) WHERE (m)--() } AS x",
        "MATCH (n) WHERE EXISTS { MATCH (n)-[:T]-(m)--(o) } RETURN n",
        "RETURN (1)-(2), (1) - -(2), (n.a)-(n.b), (n.a) - -(n.b)",
        "RETURN 'size((n)--())' /* size((n)--()) */ // labels(n)",
        "MATCH (a)--(b), (c {id: 1})<-[r]-(d) OPTIONAL MATCH (d)-->() RETURN n.labels, size(a.sources)",
        "MATCH p = (a)--(b) WITH p MATCH (c)--(d) RETURN p",
        "RETURN substring('abc', 1, 2), substring(n.a, n.b - 0, 0)",
    ],
)
def test_what_is_meant_passes(asked: str) -> None:
    refuse_traps(asked)


def test_labels_and_the_letter_before_the_first_are_refused() -> None:
    with pytest.raises(UsageError, match=r"line 1: labels\(n\)") as raised:
        refuse_traps("MATCH (n) RETURN labels(n)[0] AS x")
    assert "label(n)" in raised.value.hint
    with pytest.raises(UsageError, match="line 1: substring counts from 1"):
        refuse_traps("RETURN SubString(coalesce(n.a, 'b'), 0, 3) AS x")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("MATCH (c)-[t:T]-(b)-[u:U]-(p) WHERE t.stands RETURN p.id", [LOST_ROWS]),
        ("MATCH (c {id: 'x'})-[:T]-(b)-[:U]->(p) RETURN p.id", [LOST_ROWS]),
        ("MATCH (c)-[t:T]-(b) WHERE t.stands WITH DISTINCT c, b MATCH (b)-[:T]-(p) RETURN p.id", []),
        ("MATCH (c)-[t:T]->(b)-[u:U]->(p) WHERE t.stands RETURN p.id", []),
        ("MATCH (c)-[t:T]-(b) WHERE c.id = '(a)-[x]-(b)-[y]-(c)' RETURN b.id", []),
        ("MATCH (a)-[:T]-(b)-[:T]-(c) RETURN a", [WALKS]),
        ("MATCH (a)-[:T|U]->(b)<-[:U]-(c) RETURN a", [WALKS]),
        ("MATCH (a)-->(b)<-[:U]-(c) RETURN a", [WALKS]),
        ("MATCH (a)-[:T]->(b), (c)-[:T]->(d) RETURN a", [WALKS]),
        ("MATCH (a)-[:T*1..3]->(b) RETURN a", [WALKS]),
        ("MATCH (a)-[:T* TRAIL 1..3]-(b) RETURN a", []),
        ("MATCH (a)-[:T* ALL SHORTEST 1..3]-(b) RETURN a", []),
        ("MATCH (a)-[:T]->(b)-[:T]->(c) RETURN a", []),
        ("MATCH (a)-[:T]-(b) MATCH (c)-[:T]-(d) RETURN a", []),
        ("MATCH (a) RETURN a.sources[1]", [FROM_ONE]),
        ("MATCH (a) RETURN substring(a.label, 1, 2)", [FROM_ONE]),
        ("MATCH (a) WHERE a.id IN ['x'] RETURN [1, 2]", []),
        ("MATCH (a) RETURN sum(a.x)", [SUMS]),
        ("MATCH (a) RETURN coalesce(sum(a.x), 0)", []),
    ],
)
def test_another_reading_of_the_same_words_is_told(asked: str, told: list[str]) -> None:
    assert cautions(asked) == told


@pytest.mark.parametrize("path", sorted(SHIPPED["cypher"].glob("*.cypher")), ids=lambda path: path.name)
def test_the_saved_questions_fall_into_no_trap(path: Path) -> None:
    if not path.name.endswith(".neo4j.cypher"):
        refuse_traps(path.read_text(encoding="utf-8"))
        assert LOST_ROWS not in cautions(path.read_text(encoding="utf-8"))


PIECES = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "-",
    "<",
    ">",
    "MATCH",
    "WHERE",
    "RETURN",
    "size",
    "n",
    ":",
    ",",
    "*",
    "'x'",
    "|",
]


@given(st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_text_is_looked_at_without_failing(asked: str) -> None:
    with contextlib.suppress(UsageError):
        refuse_traps(asked)
    cautions(asked)
