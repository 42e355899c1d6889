"""Saved questions at a date: they agree with `valid-at`, which asks the store as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model.records import Agreement, Membership
from citydiplomacy.graph.model.validity import UNDER_WAY
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.views.at_date import StoreAt
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.library.questions import run
from citydiplomacy.queries.reports.comparison import compare

from ...conftest import copied

DAYS = ["1978-01-01", "2001-01-01", "2010-06-01", "2014-04-12", "2016-09-15", "2024-06-01", "2030-01-01"]
TIES = {"sister-cities": "agreement", "agreements": "agreement", "memberships": "membership"}


@pytest.fixture(scope="module")
def desk(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the shipped data to write below."""
    return copied(shipped, tmp_path_factory.mktemp("at") / "store")


@pytest.fixture(scope="module")
def store(desk: Path) -> Iterator[Store]:
    with Store.open_folder(desk) as opened:
        yield opened


def cities(store: Store) -> list[str]:
    """Every third city that has a tie, and the two that the study compares."""
    tied = {party for tie in store.records(Agreement) for party in tie.parties}
    tied |= {tie.member or "" for tie in store.records(Membership)}
    found = sorted(one for one in tied if one.startswith("city/"))
    return ["city/mashhad", "city/tehran", *found[::3]]


@pytest.mark.parametrize("day", DAYS)
def test_the_ties_of_a_city_are_those_that_valid_at_tells(store: Store, day: str) -> None:
    with StoreAt.of(store, parse_date(day)) as view:
        for city in cities(store):
            rows = run(store, "valid-at", {"city": city, "date": day}).records()
            expected = {row["tie"]: row["valid"] for row in rows if row["valid"] != "no"}
            found = {
                str(row[column]): view.held(str(row[column])).value
                for question, column in TIES.items()
                for row in run(view, question, {"city": city}).records()
                if row["status"] not in UNDER_WAY
            }
            assert found == expected, city


def test_the_embedded_engine_answers_at_a_date_as_the_store_does(store: Store) -> None:
    with StoreAt.of(store, parse_date("2015")) as view, EmbeddedGraph.open(view) as graph:
        for question in ("sister-cities", "memberships", "tie-balance", "countries-reached"):
            values = {"city": "city/tehran", "lang": "fa"}
            answer = run(CypherEngine.embedded(graph, 60), question, values)
            assert sorted(map(repr, answer.rows)) == sorted(map(repr, run(view, question, values).rows))


def test_a_comparison_at_a_date_does_not_take_unknown_for_none(store: Store) -> None:
    with StoreAt.of(store, parse_date("2010")) as view:
        report = compare(view, "city/mashhad", "city/tehran")
    values = {row["dimension"]: (row["value_a"], row["value_b"]) for row in report.section("dimensions").records()}
    assert "missions" not in values, "none is known to stand, and none is known not to"
    assert values["sister-cities"][0] == 1
    text = " ".join(report.headlines)
    assert "As of 2010: " in text
    assert "o standing membership of Tehran is known" in text
