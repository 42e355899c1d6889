"""Questions over what was pushed: the text that asks so, and that nothing of others comes into an answer."""

from __future__ import annotations

import pytest

from citydiplomacy.graph.neo4j_questions.only_ours import only_ours
from citydiplomacy.graph.property.cypher import check_read_only


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("MATCH (n) RETURN n", "MATCH (n:_CityDip) RETURN n"),
        ("MATCH () RETURN 1", "MATCH (:_CityDip) RETURN 1"),
        ("MATCH (n:A) RETURN n", "MATCH (n:(A)&_CityDip) RETURN n"),
        ("MATCH (n:A|B {x: 1}) RETURN n", "MATCH (n:(A|B)&_CityDip {x: 1}) RETURN n"),
        ("MATCH (n:A:B WHERE n.x) RETURN n", "MATCH (n:A:B:_CityDip WHERE n.x) RETURN n"),
        ("MATCH (a)--(b) RETURN a", "MATCH (a:_CityDip)-[{_citydip: true}]-(b:_CityDip) RETURN a"),
        ("MATCH (a)<--(b) RETURN a", "MATCH (a:_CityDip)<-[{_citydip: true}]-(b:_CityDip) RETURN a"),
        ("MATCH (a)-->(b) RETURN a", "MATCH (a:_CityDip)-[{_citydip: true}]->(b:_CityDip) RETURN a"),
        ("MATCH (a)-[r:X*0..2]-(b) RETURN a", "MATCH (a:_CityDip)-[r:X*0..2 {_citydip: true}]-(b:_CityDip) RETURN a"),
        ("MATCH (a)-[{x: 1}]-(b) RETURN a", "MATCH (a:_CityDip)-[{_citydip: true, x: 1}]-(b:_CityDip) RETURN a"),
        (
            "MATCH (a)-[r:X WHERE r.y]-(b) RETURN a",
            "MATCH (a:_CityDip)-[r:X {_citydip: true} WHERE r.y]-(b:_CityDip) RETURN a",
        ),
        (
            "MATCH (a) WHERE NOT (a)-[:X]->(:B) RETURN a",
            "MATCH (a:_CityDip) WHERE NOT (a:_CityDip)-[:X {_citydip: true}]->(:(B)&_CityDip) RETURN a",
        ),
        (
            "MATCH (a) RETURN COUNT { (a)--() } AS n",
            "MATCH (a:_CityDip) RETURN COUNT { (a:_CityDip)-[{_citydip: true}]-(:_CityDip) } AS n",
        ),
        ("UNWIND [(1), (2)] AS a RETURN count(a), (a) - (a), a.x * (a)", ""),
        ("RETURN '(n)--(m)' AS t, [1, 2][0] // MATCH (n)", ""),
        ("MATCH /* (a) */ (`a b`:`C D`) RETURN 1", "MATCH /* (a) */ (`a b`:(`C D`)&_CityDip) RETURN 1"),
    ],
)
def test_patterns_ask_for_ours(text: str, asked: str) -> None:
    assert only_ours(text) == (asked or text)
    check_read_only(only_ours(text))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "MATCH (a)-[r:X]-(b)--() RETURN a",
            "MATCH (a:_CityDip)-[r:X {_citydip: true} WHERE NOT elementId(r) IN $citydip_copies]-(b:_CityDip)"
            "-[_tie14 {_citydip: true} WHERE NOT elementId(_tie14) IN $citydip_copies]-(:_CityDip) RETURN a",
        ),
        (
            "MATCH ()-[:X {y: 1} WHERE true OR false]-() RETURN 1",
            "MATCH (:_CityDip)-[_tie4:X {_citydip: true, y: 1} WHERE (true OR false) "
            "AND NOT elementId(_tie4) IN $citydip_copies]-(:_CityDip) RETURN 1",
        ),
        (
            "MATCH ()-[r WHERE r.y]-() RETURN 1",
            "MATCH (:_CityDip)-[r {_citydip: true} WHERE (r.y) AND NOT elementId(r) IN $citydip_copies]-(:_CityDip) "
            "RETURN 1",
        ),
        # No place for it: a pattern of variable length, and a condition, which two make no truer than one.
        ("MATCH ()-[:X*0..1]-() RETURN 1", "MATCH (:_CityDip)-[:X*0..1 {_citydip: true}]-(:_CityDip) RETURN 1"),
        (
            "MATCH (a) WHERE NOT (a)-[:X]-() RETURN 1",
            "MATCH (a:_CityDip) WHERE NOT (a:_CityDip)-[:X {_citydip: true}]-(:_CityDip) RETURN 1",
        ),
    ],
)
def test_patterns_leave_out_copies(text: str, asked: str) -> None:
    assert only_ours(text, copies=True) == asked
    check_read_only(asked)
