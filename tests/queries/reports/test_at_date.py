"""Saved questions at a date: they agree with `valid-at`, which asks the store as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from citydiplomacy.face import influence
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model.records import Agreement, Membership
from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.views.at_date import StoreAt
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.library.parameters import REFERENCES, Parameter
from citydiplomacy.queries.library.questions import run
from citydiplomacy.queries.recommendation.report import recommend
from citydiplomacy.queries.reports.comparison import compare
from citydiplomacy.queries.reports.gaps import gaps

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
            expected = {row["tie"]: row["valid"] for row in rows}
            found = {
                str(row[column]): view.held(str(row[column])).value
                for question, column in TIES.items()
                for row in run(view, question, {"city": city}).records()
            }
            assert found == {tie: expected[tie] for tie in found}, city
            assert {expected[tie] for tie in expected.keys() - found.keys()} <= {"no"}, "those that began later"


def test_the_embedded_engine_answers_at_a_date_as_the_store_does(store: Store) -> None:
    with StoreAt.of(store, parse_date("2015")) as view, EmbeddedGraph.open(view) as graph:
        for question in ("sister-cities", "memberships", "tie-balance", "countries-reached"):
            values = {"city": "city/tehran", "lang": "fa"}
            answer = run(CypherEngine.embedded(graph, 60), question, values)
            assert sorted(map(repr, answer.rows)) == sorted(map(repr, run(view, question, values).rows))


def test_that_none_is_known_to_have_stood_is_no_number(world: Path) -> None:
    with Store.open_folder(world) as opened, StoreAt.of(opened, parse_date("2013")) as then:
        told = compare(then, "city/tabriz", "city/hamburg").headlines
    assert any("set out to collect the sister cities of both Tabriz and Hamburg" in each for each in told)
    assert not any("tells of 0" in each for each in told)


def test_a_comparison_at_a_date_does_not_take_unknown_for_none(store: Store) -> None:
    with StoreAt.of(store, parse_date("2001")) as view:
        report = compare(view, "city/mashhad", "city/tehran")
    values = {row["dimension"]: (row["value_a"], row["value_b"]) for row in report.section("dimensions").records()}
    assert "missions" not in values, "none is known to stand, and none is known not to"
    assert values["sister-cities"] == (None, 2)
    text = " ".join(report.headlines)
    assert "With ties as of 2001: " in text
    assert "no standing membership of tehran is known in these data" in text.lower()


# --- today with a date is today ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def today(store: Store) -> Iterator[StoreAt]:
    with StoreAt.of(store, parse_date(str(store.day))) as view:
        yield view


GIVEN = {
    "city": "city/mashhad",
    "other": "city/tehran",
    "actor": "city/mashhad",
    "record": "city/mashhad",
    "source": "source/cities-iran",
    "organization": "organization/uclg",
    "other_organization": "organization/metropolis",
    "need": "need/comm-01",
    "date": "2026-11-01",
}


@pytest.mark.parametrize("question", sorted(catalogue.names()))
def test_a_question_of_today_is_answered_alike_with_a_date_and_without(
    store: Store, today: StoreAt, question: str
) -> None:
    asked = catalogue.question(question)
    if "sparql" not in asked.languages:
        pytest.skip("asked in Cypher alone, of the graph that is made of these statements")
    given = {each.name: _value(store, each) for each in asked.parameters if each.required}
    answer = run(store, question, given)
    assert run(today, question, given).rows == answer.rows


def _value(store: Store, parameter: Parameter) -> str:
    """A value of a parameter that the store has."""
    if parameter.type in REFERENCES and parameter.type not in ("actor", "record"):
        known = GIVEN.get(parameter.name, "")
        return known if store.has(known) else next(iter(sorted(store.ids(_CLASSES[parameter.type]))))
    return GIVEN[parameter.name]


_CLASSES = {entry.folder: entry.cls for entry in REGISTRY.values()}


def _clauses(sentences: Iterable[str]) -> list[str]:
    """What sentences say, of which a date leaves room for fewer in one."""
    return [clause.lower() for each in sentences for clause in re.split("; |؛ ", each.removesuffix("."))]


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_reports_of_today_have_the_same_rows_with_a_date_and_without(store: Store, today: StoreAt, lang: str) -> None:
    for city, other in (("city/mashhad", "city/tehran"), ("city/isfahan", "city/paris")):
        for report in (
            lambda shown, a=city, b=other: compare(shown, a, b, lang),
            lambda shown, a=city: gaps(shown, a, lang),
            lambda shown, a=city: recommend(shown, a, lang),
        ):
            one, dated = report(store), report(today)
            assert [section.rows for section in dated.sections] == [section.rows for section in one.sections]
            said = dated.headlines[0].split(": ", 1)[0]
            assert _clauses(line.removeprefix(f"{said}: ") for line in dated.headlines) == _clauses(one.headlines)


@pytest.mark.parametrize("network", ["agreements", "memberships"])
def test_influence_of_today_is_the_same_with_a_date_and_without(store: Store, today: StoreAt, network: str) -> None:
    one, dated = (influence.ranking(shown, network, None, "en") for shown in (store, today))
    assert [section.rows for section in dated.sections] == [section.rows for section in one.sections]
