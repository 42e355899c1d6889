"""Roles that exclude one another in a body count once, and each says when it was last told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from citydiplomacy.graph.model.records import City, Membership, Organization
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.library.questions import run

from ..conftest import source, told


def on(day: str) -> Date:
    """A day."""
    return Date(day, dt.date.fromisoformat(day), dt.date.fromisoformat(day))


def place(body: str, role: str, start: str = "", attested: str = "", status: str = "active") -> Membership:
    """A city's role in a body."""
    return Membership(
        id=f"membership/{body}/a/{role}",
        member="city/a",
        organization=f"organization/{body}",
        role=f"role/{role}",
        status=f"status/{status}",
        start=on(start) if start else None,
        attested=on(attested) if attested else None,
    )


RECORDS: list[Record] = [
    City(id="city/a"),
    *(Organization(id=f"organization/{body}") for body in ("league", "union", "club", "lodge")),
    # The last told office counts, not the highest; a member list that is younger takes no office away.
    place("league", "president", start="2010-05-01"),
    place("league", "vice-president", start="2010-05-01", attested="2013-02-01"),
    place("league", "member", attested="2025-01-01"),
    # Of two without a date the higher; one that does not stand takes no other's place.
    place("union", "board-member"),
    place("union", "chair"),
    place("union", "president", attested="2020-01-01", status="ended"),
    # What excludes nothing counts beside.
    place("club", "member", start="2001-01-01"),
    place("club", "founder", start="2001-01-01"),
    place("club", "steering-committee"),
    place("lodge", "observer", status="unverified"),
]
COUNTS = {
    ("league", "vice-president"): "yes",
    ("league", "president"): "no",
    ("league", "member"): "no",
    ("union", "chair"): "yes",
    ("union", "board-member"): "no",
    ("union", "president"): "no",
    ("club", "member"): "yes",
    ("club", "founder"): "yes",
    ("club", "steering-committee"): "yes",
    ("lodge", "observer"): "unknown",
}


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of one city and its roles."""
    folder: Path = tmp_path_factory.mktemp("offices") / "store"
    writer.build(folder, [told(source("a", "press"), RECORDS)])
    with Store.open_folder(folder) as opened:
        yield opened


@pytest.fixture(scope="module", params=["sparql", "cypher"])
def engine(request: pytest.FixtureRequest, offices: Store) -> Iterator[Store | CypherEngine]:
    """Whom to ask."""
    if request.param == "sparql":
        yield offices
        return
    with EmbeddedGraph.open(offices) as graph:
        yield CypherEngine.embedded(graph)


def test_one_of_them_counts(engine: Store | CypherEngine) -> None:
    found = run(engine, "memberships", {"city": "city/a"}).records()
    assert {(row["organization"][13:], row["role"][5:]): row["counts"] for row in found} == COUNTS
    told_last = {(row["organization"][13:], row["role"][5:]): row["last_seen"] for row in found}
    assert told_last["league", "president"] == "2010-05-01"
    assert told_last["league", "vice-president"] == "2013-02-01"
    assert told_last["union", "chair"] is None


def test_roles_by_grade_are_those_that_count(engine: Store | CypherEngine) -> None:
    found = run(engine, "roles-by-grade", {"city": "city/a"}).records()
    counted = {row["role"][5:]: (row["number"], row["last_seen_from"], row["last_seen_to"]) for row in found}
    assert counted == {
        "vice-president": (1, "2013", "2013"),
        "chair": (1, None, None),
        "steering-committee": (1, None, None),
        "founder": (1, "2001", "2001"),
        "member": (1, "2001", "2001"),
    }


def test_rungs_rise_with_the_grade() -> None:
    rungs = sorted((role.rung, role.grade or 0) for role in schemes()["role"].values() if role.rung is not None)
    assert [rung for rung, _ in rungs] == list(range(1, len(rungs) + 1))
    assert [grade for _, grade in rungs] == sorted(grade for _, grade in rungs)
