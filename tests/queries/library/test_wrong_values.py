"""Whoever may write to a server writes what they like: no value of any type breaks a question, and each is told."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

import pytest
from neo4j.spatial import CartesianPoint
from neo4j.time import Duration

from citydiplomacy.answers.saved import show_saved
from citydiplomacy.engines import Asked, Server
from citydiplomacy.face.asking import table_of
from citydiplomacy.graph.limited.deadline import Deadline
from citydiplomacy.graph.neo4j.status import status
from citydiplomacy.graph.neo4j_exchange.plan import PushOptions
from citydiplomacy.graph.neo4j_exchange.pull import pull
from citydiplomacy.graph.neo4j_exchange.push import push
from citydiplomacy.graph.neo4j_exchange.wanted import state_of
from citydiplomacy.graph.neo4j_questions.footing import Footing
from citydiplomacy.graph.neo4j_questions.server_names import ServerNames
from citydiplomacy.graph.property.declared import declared
from citydiplomacy.output import Format, Lang, rows
from citydiplomacy.queries.library import catalogue, in_cypher
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.library.questions import run

from ...neo4j_server.server import Login, empty

if TYPE_CHECKING:
    from neo4j import Driver

    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.wording.tables import Table

SECONDS = 60
FIRST: dict[str, str] = {
    "city": "ayla",
    "other": "bosra",
    "need": "fairs",
    "organization": "net",
    "other_organization": "fund",
    "status": "active",
    "date": "2012-06-01",
}
WRONG: dict[str, Any] = {
    "text": "spring 2012",
    "number": 7,
    "greatest": 2**63 - 1,
    "zero": 0,
    "nan": float("nan"),
    "infinity": float("-inf"),
    "truth": True,
    "texts": ["x", ""],
    "numbers": [1, 2],
    "point": CartesianPoint((1.0, 2.0)),
    "day": dt.date(2012, 3, 1),
    "moment": dt.datetime(2012, 3, 1, 12, tzinfo=dt.UTC),
    "duration": Duration(months=1),
    "bytes": b"\x00\xff",
    "long": "x" * 30_000,
    "control": "a\x1b[2J\nb\rc\x00",
    "turned": "\u202eabc\u2066def",
}
KEEP = {"id", "_digest", "_citydip", "revision"}


@pytest.fixture(scope="module")
def driver(store: Store, neo4j_server: Login) -> Iterator[Driver]:
    """A server with the small world."""
    with neo4j_server.driver() as opened:
        empty(opened)
        push(store, opened)
        yield opened
        empty(opened)


@pytest.fixture(scope="module")
def unchanged(driver: Driver, store: Store) -> CypherEngine:
    """The server as a push leaves it, for tests that only read, one after the other."""
    push(store, driver, options=PushOptions(reset=True))
    return CypherEngine.neo4j(driver, timeout=SECONDS)


def put(driver: Driver, value: Any, of: Collection[str] = ()) -> None:
    """A value into every property of everything of ours, or of some labels and types."""
    model = declared()
    with driver.session() as session:
        for pattern, several in (("(n:%s)", model.nodes), ("()-[n:%s]->()", model.relationships)):
            for called, types in several.items():
                if called in (of or several):
                    values = dict.fromkeys(types.keys() - KEEP, value)
                    session.run(f"MATCH {pattern % called} SET n += $values", values=values).consume()


def batched(names: list[str], size: int) -> Iterator[list[str]]:
    """Names in lists of at most so many."""
    yield from (names[first : first + size] for first in range(0, len(names), size))


def printed(shown: Table) -> str:
    """A table as it reaches the terminal."""
    out = io.StringIO()
    with redirect_stdout(out):
        rows(shown.names, shown.titles, shown.rows, Format.TABLE, Lang.FA)
    return out.getvalue().replace("\n", "").replace("\u200c", "")


def values_of(name: str) -> dict[str, str]:
    """What a question is asked."""
    return {
        each: value
        for each, value in (FIRST | {"lang": "fa", "limit": "3", "steps": "3"}).items()
        if each in catalogue.question(name).by_name
    }


def asked(driver: Driver, store: Store) -> Asked:
    """The server as the command finds it."""
    deadline = Deadline(10 * SECONDS)
    server = Server(driver, None, Footing.of(driver, None), state_of(store), with_others=False)
    return Asked(deadline, ServerNames(driver, None, deadline), server=server)


@pytest.mark.parametrize("kind", WRONG)
def test_no_value_breaks_a_question(driver: Driver, store: Store, kind: str) -> None:
    put(driver, WRONG[kind])
    there = asked(driver, store)
    assert there.names.named("nobody") == []
    assert there.names.matched("https://example.org/x") == []
    for name in catalogue.names("cypher"):
        answer = run(there.answerer, name, values_of(name))
        shown = table_of(answer, Lang.FA).for_people()
        assert printed(shown).isprintable()
    assert status(driver).changed
    found = pull(store, driver, who="Ali")
    assert found.refused or found.sources
    assert all(len(reason) < 600 for _, reason in found.refused)
    push(store, driver, options=PushOptions(reset=True))
    assert not status(driver).changed


@pytest.mark.parametrize("name", ["sister-cities", "needs", "statistics"])
@pytest.mark.parametrize("kind", ["long", "control", "turned"])
def test_no_value_steers_the_terminal(driver: Driver, store: Store, name: str, kind: str) -> None:
    put(driver, WRONG[kind])
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        question = catalogue.question(name)
        show_saved(
            asked(driver, store), question, values_of(name), Format.TABLE, Lang.EN, own=False, ids=False, out=None
        )
    told = err.getvalue()
    assert "shown as it is" in told
    for letter in "\x1b\r\x00\u202e\u2066":
        assert letter not in out.getvalue() + told
    assert all(len(line) < 600 for line in told.splitlines())
    push(store, driver, options=PushOptions(reset=True))


@pytest.mark.parametrize("name", catalogue.names("cypher"))
def test_nothing_that_was_pushed_is_wrong(unchanged: CypherEngine, name: str) -> None:
    assert unchanged.wrong is not None
    assert unchanged.wrong(in_cypher.text(catalogue.question(name), "neo4j"), None) == ([], 0)


def test_each_property_that_a_question_reads_is_looked_at(driver: Driver, store: Store) -> None:
    """Walks the declaration: a value of no type that we have, in each property of each label and type that there is."""
    push(store, driver, options=PushOptions(reset=True))
    engine = CypherEngine.neo4j(driver, timeout=SECONDS)
    assert engine.wrong is not None
    model = declared()
    there = {**status(driver).nodes, **status(driver).relationships}
    everything: Mapping[str, Mapping[str, type]] = {**model.nodes, **model.relationships}
    for label, types in everything.items():
        if not there.get(label) or label == "Claim":
            continue
        put(driver, Duration(days=1), [label])
        pattern = f"(n:{label})" if label in model.nodes else f"()-[n:{label}]->()"
        for names in batched(sorted(types.keys() - KEEP), 10):
            columns = ", ".join(f"n.{name} AS {name}" for name in names)
            found, others = engine.wrong(f"MATCH {pattern} RETURN {columns}", None)
            assert not others
            assert {each.name for each in found if each.record == found[0].record} == {*names}, label
            assert {each.value for each in found} == {"P1D"}
        put(driver, None, [label])
    push(store, driver, options=PushOptions(reset=True))


def test_a_wrong_value_is_shown_and_told_with_its_record(driver: Driver, store: Store, capsys: Any) -> None:
    push(store, driver, options=PushOptions(reset=True))
    driver.execute_query("MATCH (a:Assessment)-[:SCORES]->(:Need {id: 'need/fairs'}) SET a.score = 'much'")
    there, question = asked(driver, store), catalogue.question("needs")
    show_saved(there, question, values_of("needs"), Format.TABLE, Lang.EN, own=False, ids=True, out=None)
    out, err = capsys.readouterr()
    assert "much" in out
    assert "Not of its type, shown as it is: score of need/fairs: 'much'" in err
    question = catalogue.question("needs-by-dimension")
    show_saved(there, question, values_of(question.name), Format.TABLE, Lang.EN, own=False, ids=True, out=None)
    err = capsys.readouterr().err
    assert "Not of its type on the server, and not reckoned with: score of assessment/" in err
    push(store, driver, options=PushOptions(reset=True))


def test_wrong_values_of_others_than_the_answer_tells_of_are_counted(driver: Driver, store: Store, capsys: Any) -> None:
    push(store, driver, options=PushOptions(reset=True))
    of_ayla = "MATCH (:City {id: 'city/ayla'})-[t:TWINNED_WITH]-() RETURN collect(t.id)"
    every = "MATCH ()-[t:TWINNED_WITH]->() SET t.stands = 'perhaps' RETURN collect(t.id)"
    near, ties = (driver.execute_query(text).records[0][0] for text in (of_ayla, every))  # type: ignore[arg-type]
    assert len(ties) > len(near) > 0
    there, question = asked(driver, store), catalogue.question("neighbourhood")
    show_saved(there, question, values_of(question.name), Format.TABLE, Lang.EN, own=False, ids=True, out=None)
    told = [line for line in capsys.readouterr().err.splitlines() if "rong type" in line or "of its type" in line]
    told_of = "Not of its type on the server, and not reckoned with: stands of {}: 'perhaps'"
    assert sorted(told[:-1]) == sorted(map(told_of.format, near))
    assert told[-1].endswith(f"on what this answer does not tell of: {len(ties) - len(near)} values.")
    push(store, driver, options=PushOptions(reset=True))
