"""Every question that is told in both languages has the same rows in SPARQL and in Cypher, embedded and on Neo4j.

Asked of the small world, of the shipped data, and of that with the network of 2016. The engines differ in silence
(walks and trails, nulls, what `sum` of nothing is, and faults of their own), so rows are compared whole and in order,
and the comparison itself is held against texts that are wrong in these ways.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, Query

from citydiplomacy.graph.neo4j_exchange.push import push
from citydiplomacy.graph.neo4j_questions.footing import Copies
from citydiplomacy.graph.neo4j_questions.only_ours import COPIES as COPIED
from citydiplomacy.graph.neo4j_questions.only_ours import only_ours
from citydiplomacy.graph.neo4j_questions.typed import guarded
from citydiplomacy.graph.property.cypher import CypherResult
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders import files
from citydiplomacy.queries.library import catalogue, in_cypher
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.library.questions import Answer, run

from ...conftest import ROOT
from ...neo4j_server.server import Login, empty

BOTH = [name for name in catalogue.names("cypher") if "sparql" in catalogue.question(name).languages]
FEW = pytest.mark.parametrize("world", ["small", "shipped"], indirect=True)
"""Not the network: its cities have no more than ties. In the order of the fixture, or each is set up again."""
SECONDS = 120
"""That a question may take on a machine that is busy with other tests."""
SIZES = {"limit": [20, 3], "steps": [1, 2, 3], "today": ["2014-01-01", "2026-06-30"]}
"""Values that mean the same in every world."""


OTHERS = """
MATCH (ours:_CityDip) WHERE NOT ours:Claim WITH ours ORDER BY ours.id LIMIT 4000
CREATE (theirs) SET theirs = properties(ours), theirs._digest = null, theirs.label = 'theirs', theirs.score = 'much'
WITH ours, theirs, labels(ours)[0] AS label
CALL (theirs, label) { WITH theirs, label WHERE label = 'City' SET theirs:City }
CALL (theirs, label) { WITH theirs, label WHERE label = 'Concept' SET theirs:Concept }
CALL (theirs, label) { WITH theirs, label WHERE label = 'Organization' SET theirs:Organization }
CALL (theirs, label) { WITH theirs, label WHERE label = 'Need' SET theirs:Need }
CALL (theirs, label) { WITH theirs, label WHERE label = 'Country' SET theirs:Country }
WITH collect([ours, theirs]) AS pairs
UNWIND range(0, size(pairs) - 2) AS place
WITH pairs[place][0] AS a, pairs[place + 1][0] AS b, pairs[place][1] AS c
CREATE (a)-[:TWINNED_WITH {stands: true, since: 7, status: 'active', grade: 'high'}]->(b)
CREATE (b)-[:MEMBER_OF {stands: true, role: 3}]->(c), (c)-[:IN_COUNTRY]->(a), (a)-[:ABOUT]->(c), (c)-[:BROADER]->(b)
"""
"""What others have: copies of ours with other names, and ties of our types between these and ours, badly typed."""
COPIES = """
MATCH (a:_CityDip)-[r]->(b:_CityDip) WHERE r._digest IS NOT NULL AND NOT a:Claim
WITH a, r, b ORDER BY r._digest LIMIT 2000
CREATE (a)-[copy:$(type(r))]->(b) SET copy = properties(r)
"""
"""Ties of ours once more, marks and all: of a small world each."""


@dataclass(frozen=True)
class World:
    """A store and what to ask it: values for each parameter, of which all combinations are asked."""

    name: str
    store: Store
    values: dict[str, list[object]]

    def cases(self, name: str) -> Iterator[dict[str, object]]:
        """All that a question is asked."""
        asked = catalogue.question(name).by_name
        given = {"lang": ["en", "fa"], **SIZES, **self.values}
        for values in product(*(given[each] for each in asked)):
            yield dict(zip(asked, values, strict=True))


SMALL: dict[str, list[object]] = {
    "city": ["ayla", "bosra", "dura", "edessa", "nameless"],
    "other": ["bosra", "cana"],
    "need": ["fairs", "water", "uncoded"],
    "organization": ["net", "ring", "fund"],
    "other_organization": ["fund", "net"],
    "status": ["active", "planned", "ended"],
    "date": ["1995-01-01", "2012-06-01", "2020-06-01"],
}
SHIPPED: dict[str, list[object]] = {
    "city": ["mashhad", "tehran", "isfahan", "santiago-de-los-caballeros"],
    "other": ["tehran", "istanbul"],
    "need": ["econ-01", "econ-03", "comm-01", "soc-01"],
    "organization": ["metropolis", "uclg"],
    "other_organization": ["wego", "uclg"],
    "status": ["active", "signed", "planned", "proposed"],
    "date": ["2014-01-01", "2020-06-30"],
}
NETWORK = SHIPPED | {"city": ["q85", "q1538", "mashhad"], "other": ["q1490"], "need": ["econ-01"], "status": ["active"]}


@pytest.fixture(scope="module", params=["small", "shipped", "network"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world after the other."""
    if request.param == "small":
        yield World("small", request.getfixturevalue("store"), SMALL)
    elif request.param == "shipped":
        folder = tmp_path_factory.mktemp("shipped") / "store"
        shutil.copytree(request.getfixturevalue("shipped"), folder)
        with Store.open_folder(folder) as store:
            yield World("shipped", store, SHIPPED)
    else:
        folder = tmp_path_factory.mktemp("network")
        network = _network(folder, request.getfixturevalue("shared"))
        writer.build(
            folder / "store", (told for path in [*files.shipped(world=False), network] for told in files.load(path))
        )
        with Store.open_folder(folder / "store") as store:
            yield World("network", store, NETWORK)


def _network(folder: Path, shared: Path) -> Path:
    """The mapping of the network of 2016, with the place of its files."""
    mapping = (ROOT / "benchmarks" / "wikidata-2016" / "source.toml").read_text(encoding="utf-8")
    (folder / "wikidata-2016").mkdir()
    place = mapping.replace("../../../shared/world", str(shared.resolve() / "world"))
    (folder / "wikidata-2016" / "source.toml").write_text(place, encoding="utf-8")
    return folder / "wikidata-2016"


@pytest.fixture(scope="module")
def embedded(world: World) -> Iterator[CypherEngine]:
    """The world in the embedded engine."""
    with EmbeddedGraph.open(world.store) as graph:
        yield CypherEngine.embedded(graph, SECONDS)


@pytest.fixture(scope="module")
def server(world: World, neo4j_server: Login) -> Iterator[CypherEngine]:
    """The world on a Neo4j server that holds data of others in the same words."""
    with neo4j_server.driver() as driver:
        empty(driver)
        driver.execute_query("CREATE (:City:Concept:Organization:Need:Country {id: 'theirs'})")  # they were there first
        push(world.store, driver)
        driver.execute_query(OTHERS)
        driver.execute_query(COPIES)
        yield CypherEngine.neo4j(driver, timeout=SECONDS)
        empty(driver)


def differences(
    world: World, graph: CypherEngine, name: str, cases: Iterable[dict[str, object]] | None = None
) -> Iterator[str]:
    """Where an answer in Cypher is not the one in SPARQL: the values asked, and the first row that differs."""
    for values in world.cases(name) if cases is None else cases:
        right, told = run(world.store, name, values), run(graph, name, values)
        if right != told:
            yield f"{name} {values}: {_first(right, told)}"


def _first(right: Answer, told: Answer) -> str:
    for number, (one, other) in enumerate(zip(right.rows, told.rows, strict=False)):
        if one != other:
            return f"row {number}: {one} in SPARQL, {other} in Cypher"
    return f"{len(right.rows)} rows in SPARQL, {len(told.rows)} in Cypher"


# --- parity -----------------------------------------------------------------------------------------------------------


def test_enough_questions_are_told_in_both_languages() -> None:
    assert len(BOTH) >= 40


@pytest.mark.parametrize("name", BOTH)
def test_embedded_the_answer_is_the_same(world: World, embedded: CypherEngine, name: str) -> None:
    assert not list(differences(world, embedded, name))


@pytest.mark.parametrize("name", BOTH)
def test_on_a_neo4j_server_the_answer_is_the_same(world: World, server: CypherEngine, name: str) -> None:
    assert not list(differences(world, server, name))


@FEW
def test_every_question_has_rows(world: World) -> None:
    """Two empty answers are equal and show nothing."""
    assert [name for name in BOTH if not any(run(world.store, name, values).rows for values in world.cases(name))] == []


@pytest.mark.parametrize("name", BOTH)
@FEW
def test_embedded_the_answer_is_the_same_for_anything(world: World, embedded: CypherEngine, name: str) -> None:
    """The engine's faults depend on the data, so that well-known cities do not show all of them."""
    by_folder: dict[str, list[object]] = {}
    for record in world.store.records():
        by_folder.setdefault(record.id.partition("/")[0], []).append(record.id)
    chance = random.Random(name)
    asked = catalogue.question(name).by_name
    cases = [
        {
            each: chance.choice(by_folder.get(asked[each].type, values))
            for each, values in ({"lang": ["en", "fa"], **SIZES, **world.values}).items()
            if each in asked
        }
        for _ in range(12)
    ]
    assert not list(differences(world, embedded, name, cases))


LARGEST = {"city": "city/q90", "other": "city/q1490", "lang": "en", "limit": 20, "steps": 3}
"""Paris and Tokyo, which have many ties, in countries of many cities."""


def reads(driver: Driver, text: str, values: Mapping[str, object]) -> int:
    """How much a question reads, by the server's own count: hits on the database."""
    with driver.session(default_access_mode="READ") as session:
        result = session.run(Query(f"PROFILE {text}", timeout=SECONDS), values)  # type: ignore[arg-type]
        list(result)  # of rows that nobody fetched, the server cannot always tell what they took
        steps = [result.consume().profile or {}]
    for step in steps:
        steps += step.get("children", [])
    return sum(step.get("args", {}).get("DbHits", 0) for step in steps)


@pytest.mark.parametrize("name", catalogue.names("cypher"))
@pytest.mark.parametrize("world", ["network"], indirect=True)
@pytest.mark.usefixtures("world", "server")
def test_on_a_neo4j_server_our_marks_mislead_no_plan(neo4j_server: Login, name: str) -> None:
    """Not by time, which is the machine's: a plan that walks everything reads a thousand times as much."""
    asked = catalogue.question(name)
    given = {each: LARGEST.get(each, values[0]) for each, values in (SIZES | NETWORK).items()} | LARGEST
    told, values = in_cypher.text(asked, "neo4j"), asked.values({each: given[each] for each in asked.by_name})
    with neo4j_server.driver() as driver:
        over_all = reads(driver, guarded(told), values)
        ours = reads(driver, guarded(only_ours(told, copies=True)), {**values, COPIED: Copies(driver, None).elements()})
    assert ours < 6 * over_all + 20_000


# --- the test of the test ---------------------------------------------------------------------------------------------


def changed(graph: CypherEngine, old: str, new: str) -> CypherEngine:
    """A graph that is asked a changed text."""

    def ask(text: str, values: Mapping[str, Any]) -> CypherResult:
        if "RETURN n.id AS found" in text:  # whether the graph knows a record
            return graph.ask(text, values)
        assert old in text
        return graph.ask(text.replace(old, new), values)

    return CypherEngine(graph.engine, ask)


SISTERS, NAME = "-[t:TWINNED_WITH]-(p)", "WHEN 'fa' THEN coalesce(p.label_fa, p.label)"
FORMS = "UNWIND ['relationship', 'node']"
WRONG: dict[str, tuple[str, str, tuple[str, str]]] = {
    "walks that come back": ("small", "neighbourhood", ("reached <> c.id AND ", "")),
    "a partner of partners that is the city": ("small", "partners-of-partners", ("p.id <> c.id\n  AND ", "")),
    "symmetric ties in one direction": ("small", "sister-cities", (SISTERS, SISTERS.replace("]-(", "]->("))),
    "symmetric ties twice": ("shipped", "triangles", ("x.id < y.id", "x.id <> y.id")),
    "a relationship and its node counted": ("shipped", "agreement-count", ("DISTINCT ", "")),
    "agreements of many left out": ("shipped", "agreements", (FORMS, "UNWIND ['relationship']")),
    "rows without a country lost": ("small", "city-place", ("OPTIONAL MATCH (c)", "MATCH (c)")),
    "rows without testimony lost": ("small", "barriers", ("OPTIONAL MATCH (t)", "MATCH (t)")),
    "nulls last": ("shipped", "activities", ("coalesce(a.since_from, date('0001-01-01'))", "a.since_from")),
    "unknown as no": ("small", "networks-missing", ("'unknown'", "'no'")),
    "nothing as null": ("small", "needs-hindered", ("count(DISTINCT b.id)", "sum(CASE WHEN b.id = '' THEN 1 END)")),
    "Persian lost": ("small", "sister-cities", (NAME, "WHEN 'fa' THEN p.label")),
    "no name but the Persian one": ("small", "sister-cities", (NAME, "WHEN 'fa' THEN p.label_fa")),
    "ties that do not stand": ("small", "sister-city-count", ("WHERE t.stands\n", "")),
    "ties without a status": ("small", "common-partners", ("AND t.stands", "AND t.status IS NOT NULL AND t.stands")),
    "another order": ("shipped", "cities-by-ties", ("ORDER BY partners DESC, city", "ORDER BY city")),
    "a share that is rounded": ("shipped", "needs-above-half", ("100 * x.score", "(100 * x.score + 15)")),
    "a list that is cut": ("small", "memberships", ("m.sources AS", "[m.id] AS")),
}
"""What is wrong -> the world that shows it, the question, and what of its text becomes what."""


EMBEDDED_ALONE = {
    # The engine loses rows where a filtered undirected relationship is followed by a further hop from a node of any
    # label (Ladybug 0.22). If this is not seen any more, the engine may be right, and docs/cypher.md may say so.
    "a filter before a further hop": (
        "shipped",
        "partners-of-partners",
        ("-(b:City)\nWHERE t.stands\nWITH DISTINCT c, b\nMATCH (b)", "-(b)\nWHERE t.stands\nMATCH (b)"),
    ),
}


def unseen(world: World, graph: CypherEngine, faults: Mapping[str, tuple[str, str, tuple[str, str]]]) -> list[str]:
    """Faults of this world that the comparison does not see."""
    return [
        fault
        for fault, (where, name, change) in faults.items()
        if where == world.name and not any(differences(world, changed(graph, *change), name))
    ]


@FEW
def test_embedded_a_wrong_text_is_seen(world: World, embedded: CypherEngine) -> None:
    assert unseen(world, embedded, WRONG | EMBEDDED_ALONE) == []


@FEW
def test_on_a_neo4j_server_a_wrong_text_is_seen(world: World, server: CypherEngine) -> None:
    assert unseen(world, server, WRONG) == []
