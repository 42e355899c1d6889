"""What a list of members proves: whole, it checks that a city is absent; whole for a country, only for cities there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.graph.model.records import City, Need, Organization, Roster, Theme
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.library.questions import run
from citydiplomacy.queries.recommendation.report import recommend

from ..conftest import ACTIVE, PLACES, both, link, member, source, told, twin, year

NATIONAL, WORLD, LIKELY, LATER = (f"organization/{name}" for name in ("national", "world", "likely", "later"))
BODIES = (NATIONAL, WORLD, LIKELY, LATER)
WHOLE = Roster(id="roster/x", organization=WORLD, coverage="coverage/whole", date=year(2020))
HOME, ABROAD, NOWHERE, PEER = (f"city/{name}" for name in ("home", "abroad", "nowhere", "peer"))
MEMBERS = [member(PEER, body, status=ACTIVE) for body in BODIES]
RECORDS: list[Record] = [
    *(Organization(id=body, labels=both(body, body)) for body in BODIES),
    City(id=HOME, labels=both("Home", "خانه"), country="country/aa"),
    City(id=ABROAD, labels=both("Abroad", "بیرون"), country="country/bb"),
    City(id=NOWHERE, labels=both("Nowhere", "ناکجا")),
    City(id=PEER, labels=both("Peer", "همتا"), country="country/aa"),
    *MEMBERS,
    *(twin(PEER, city, status=ACTIVE) for city in (HOME, ABROAD, NOWHERE)),
    WHOLE,
    replace(WHOLE, id="roster/national", organization=NATIONAL, country="country/aa"),
    replace(WHOLE, id="roster/likely", organization=LIKELY, coverage="coverage/likely-whole"),
    replace(WHOLE, id="roster/later/world", organization=LATER, date=year(2010)),
    replace(WHOLE, id="roster/later/aa", organization=LATER, country="country/aa", date=year(2024)),
    *(Need(id=f"need/{city[5:]}", axis="axis/economy", city=city) for city in (HOME, ABROAD, NOWHERE)),
]
LINKS: list[Record] = [
    Theme(id="theme/water", labels=both("Water", "آب")),
    *(link(body, "addresses", "theme/water") for body in BODIES),
    link(WORLD, "offers", "service/training"),
    *(link(f"need/{city[5:]}", "about", "theme/water") for city in (HOME, ABROAD, NOWHERE)),
]
NO_AT_HOME = {NATIONAL: "no", WORLD: "no", LIKELY: "unknown", LATER: "no"}
NO_ELSEWHERE = NO_AT_HOME | {NATIONAL: "unknown"}
EXPECTED = pytest.mark.parametrize(
    ("city", "expected", "latest"),
    [(HOME, NO_AT_HOME, "2024"), (ABROAD, NO_ELSEWHERE, "2010"), (NOWHERE, NO_ELSEWHERE, "2010")],
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("rosters") / "store"
    writer.build(folder, [told(source("atlas", "dataset"), [*PLACES, *RECORDS, *LINKS])])
    with Store.open_folder(folder) as opened:
        yield opened


@pytest.fixture(params=["SPARQL", "Cypher"])
def engine(store: Store, request: pytest.FixtureRequest) -> Iterator[Store | CypherEngine]:
    if request.param == "SPARQL":
        yield store
    else:
        with EmbeddedGraph.open(store) as graph:
            yield CypherEngine.embedded(graph)


def answers(engine: Store | CypherEngine, question: str, column: str, **values: Any) -> dict[str, Any]:
    return {
        row["organization"]: row[column]
        for row in run(engine, question, values).records()
        if row["organization"] in BODIES
    }


@EXPECTED
def test_a_list_of_one_country_checks_its_cities_alone(
    engine: Store | CypherEngine, city: str, expected: dict[str, str], latest: str
) -> None:
    assert answers(engine, "networks-missing", "member", city=city, other=PEER) == expected
    assert answers(engine, "networks-compared", "city_member", city=city, other=PEER) == expected
    assert answers(engine, "networks-compared", "other_member", city=PEER, other=city) == expected
    assert answers(engine, "peer-networks", "member", city=city) == expected
    if isinstance(engine, Store):
        assert answers(engine, "organizations-for-need", "member", need=f"need/{city[5:]}") == expected
    assert answers(engine, "paths-from-need", "member", need=f"need/{city[5:]}") == expected
    dates = {body: None if answer == "unknown" else "2020" for body, answer in expected.items()} | {LATER: latest}
    assert answers(engine, "networks-missing", "roster", city=city, other=PEER) == dates
    assert answers(engine, "networks-compared", "city_list", city=city, other=PEER) == dates
    assert answers(engine, "networks-compared", "other_list", city=PEER, other=city) == dates


@EXPECTED
def test_advice_says_the_same(store: Store, city: str, expected: dict[str, str], latest: str) -> None:
    rows = {row["organization"]: row for row in recommend(store, city).section("networks").records()}
    assert {body: {None: "unknown", False: "no"}[rows[body]["member"]] for body in BODIES} == expected
    assert rows[LATER]["roster"] == f"without it, {latest}"


def test_lists_are_told_with_their_country(store: Store) -> None:
    rows = {row["roster"]: (row["coverage_name"], row["country_name"]) for row in run(store, "rosters").records()}
    assert rows["roster/x"] == ("whole", None)
    assert rows["roster/national"] == ("whole", "Aland")
    assert rows["roster/likely"] == ("likely whole", None)
