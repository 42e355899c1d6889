"""What a source says it covers, and what it tells, are held against each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from citydiplomacy.graph.covered import disagreements
from citydiplomacy.graph.model.records import City, Country, Roster
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.validation import validate

from .conftest import METROPOLIS, member, sister, source, told, year

Build = Callable[[list[SourceRecords]], Path]
PLACES: list[Record] = [
    Country(id="country/ir"),
    *(City(id=f"city/{letter}", country="country/ir" if letter in "ab" else None) for letter in "abcde"),
    METROPOLIS,
]


def found(build: Build, *records: Record, covers: tuple[str, ...] = ("country/ir",)) -> list[tuple[str, ...]]:
    one = replace(source("press", "press"), collects=("tie-kind/agreement", "tie-kind/membership"), covers=covers)
    with Store.open_folder(build([told(one, *PLACES, *records)])) as store:
        assert {finding.severity for finding in validate(store)} <= {"WARN"}
        return [tuple(each[1:]) for each in disagreements(store)]


def test_ties_of_covered_cities_are_as_they_should_be(build: Build) -> None:
    assert found(build, sister("a", "c"), sister("a", "b"), member("b", "metropolis")) == []


def test_ties_of_other_cities_are_counted(build: Build) -> None:
    told_of_others = [sister("c", "d"), sister("a", "c"), member("c", "metropolis"), member("d", "metropolis")]
    assert found(build, *told_of_others) == [
        ("covers", "1 agreement of 2 of no city that it covers", sister("c", "d").id),
        (
            "covers",
            "2 memberships of 2 of no city that it covers",
            f"{member('c', 'metropolis').id}, {member('d', 'metropolis').id}",
        ),
    ]
    assert found(build, *told_of_others, covers=("city/c", "city/d")) == []


def roster(**fields: object) -> Roster:
    known = {"id": "roster/x", "organization": METROPOLIS.id, "coverage": "coverage/whole", **fields}
    return Roster(**known)  # type: ignore[arg-type]


def test_a_whole_list_has_as_many_members_as_it_says(build: Build) -> None:
    members = [member("a", "metropolis"), member("b", "metropolis")]
    assert found(build, *members, roster(listed=2, total=2)) == []
    assert found(build, *members, roster(listed=1)) == [("listed", "a whole list of 1 member, and 2 are told", "2")]
    assert found(build, *members, roster(listed=3)) == [
        ("listed", "a whole list of 3 members, and 2 are told: the others count as checked no", "2")
    ]
    assert found(build, *members, roster(listed=2, total=9)) == [("total", "a whole list of 2 members of 9", "9")]
    assert found(build, *members, roster(listed=9, coverage="coverage/part")) == []


def test_two_whole_lists_of_one_date_that_differ_are_told(build: Build) -> None:
    def lists(one: str, date: int, *letters: str) -> SourceRecords:
        members = [member(letter, "metropolis") for letter in letters]
        return told(source(one, "press"), *PLACES, roster(id=f"roster/{one}", date=year(date)), *members)

    def differing(*sources: SourceRecords) -> list[tuple[str, ...]]:
        with Store.open_folder(build(list(sources))) as store:
            return [tuple(each) for each in disagreements(store)]

    a_and_b = lists("x", 2020, "a", "b")
    assert differing(a_and_b, lists("y", 2021, "a", "c")) == []
    assert differing(a_and_b, lists("y", 2020, "a", "b")) == []
    apart = "1 member that roster/{0} (source/{0}), a whole list of the same date, does not name"
    assert differing(a_and_b, lists("y", 2020, "a", "c")) == [
        ("roster/x in source/x", "organization", apart.format("y"), "city/b"),
        ("roster/y in source/y", "organization", apart.format("x"), "city/c"),
    ]


def test_a_member_that_left_is_no_member_too_many_and_none_that_is_missing(build: Build) -> None:
    left = member("b", "metropolis", status="status/ended")
    assert found(build, member("a", "metropolis"), left, roster(listed=1)) == []
    assert found(build, left, roster(listed=1)) == []


def test_a_list_of_one_country_is_counted_there(build: Build) -> None:
    members = [member(letter, "metropolis") for letter in "ac"]
    assert found(build, *members, roster(listed=1, country="country/ir"), covers=("city/a", "city/c")) == []
