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
        (
            "MATCH p = shortestPath((a)-[r:X*]-(b)) WHERE a.x OR b.x RETURN p",
            "MATCH p = shortestPath((a:_CityDip)-[r:X*]-(b:_CityDip)) WHERE all(_one IN r WHERE _one._citydip) AND "
            "(a.x OR b.x) RETURN p",
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
        (
            "MATCH ()-[:X*0..1]-() RETURN 1",
            "MATCH (:_CityDip)-[_tie4:X*0..1 {_citydip: true}]-(:_CityDip) "
            "WHERE all(_one IN _tie4 WHERE NOT elementId(_one) IN $citydip_copies) RETURN 1",
        ),
        (
            "MATCH (a)-[r*]-(b), (b)<-[*2]-(c) WHERE a.x STARTS WITH 'y' OR b.x // or\n MATCH (c) RETURN 1",
            "MATCH (a:_CityDip)-[r* {_citydip: true}]-(b:_CityDip), (b:_CityDip)<-[_tie19*2 {_citydip: true}]-"
            "(c:_CityDip) WHERE all(_one IN r WHERE NOT elementId(_one) IN $citydip_copies) AND "
            "all(_one IN _tie19 WHERE NOT elementId(_one) IN $citydip_copies) AND (a.x STARTS WITH 'y' OR b.x) // or\n "
            "MATCH (c:_CityDip) RETURN 1",
        ),
        (
            "RETURN COUNT { ()-[:X*]->() } AS n, EXISTS { MATCH p = shortestPath(()-[:X*]->()) } AS e",
            "RETURN COUNT { (:_CityDip)-[_tie6:X* {_citydip: true}]->(:_CityDip) "
            "WHERE all(_one IN _tie6 WHERE NOT elementId(_one) IN $citydip_copies) } AS n, EXISTS { MATCH p = "
            "shortestPath((:_CityDip)-[_tie29:X*]->(:_CityDip)) "
            "WHERE all(_one IN _tie29 WHERE _one._citydip AND NOT elementId(_one) IN $citydip_copies) } AS e",
        ),
        (
            "RETURN COUNT { (a)-[:X*]->() WHERE a.x OR a.y } AS n",
            "RETURN COUNT { (a:_CityDip)-[_tie7:X* {_citydip: true}]->(:_CityDip) "
            "WHERE all(_one IN _tie7 WHERE NOT elementId(_one) IN $citydip_copies) AND (a.x OR a.y) } AS n",
        ),
        # A condition, which two make no truer than one, has no place for it.
        (
            "MATCH (a) WHERE NOT (a)-[:X]-() RETURN 1",
            "MATCH (a:_CityDip) WHERE NOT (a:_CityDip)-[:X {_citydip: true}]-(:_CityDip) RETURN 1",
        ),
    ],
)
def test_patterns_leave_out_copies(text: str, asked: str) -> None:
    assert only_ours(text, copies=True) == asked
    check_read_only(asked)
