"""What must be true of a record, and what `citydip validate` finds in a store."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.merged import hierarchies
from citydiplomacy.graph.model.checks import circle, cycles, problems
from citydiplomacy.graph.model.records import (
    Agreement,
    Assessment,
    Country,
    Link,
    Mission,
    Observation,
    Organization,
    Roster,
    Route,
    Theme,
)
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.rdf.graph_names import ONTOLOGY_GRAPH
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.validation import validate
from citydiplomacy.ontology.terms import CD, RDFS

from ..conftest import LAHORE, MASHHAD, METROPOLIS, SEOUL, member, sister, source, told

GOOD: dict[str, Record] = {
    "city": MASHHAD,
    "country": Country(id="country/ir", code="IR"),
    "source": source("a", "press"),
    "tie": sister("mashhad", "lahore", status="status/active"),
    "membership": member("mashhad", "metropolis"),
    "flight": Route(id="route/a--b", origin="city/a", destination="city/b"),
    "score": Assessment(id="assessment/p/n", need="need/n", study="study/p", score=30, panel_size=30),
    "figure": Observation(
        id="observation/x", area="city/a", measure="measure/area", value=Decimal(3), upper=Decimal(3)
    ),
    "link": Link(id="link/x", subject="barrier/b", relation="hinders", object="need/n"),
    "roster": Roster(id="roster/x", organization="organization/x", coverage="coverage/whole", listed=40, total=40),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_records_have_no_problems(name: str) -> None:
    assert list(problems(GOOD[name])) == []


BACKWARDS: dict[str, object] = {"start": parse_date("2014"), "end": parse_date("2013-12")}
BAD: dict[str, tuple[str, dict[str, object], str, str]] = {
    "beyond the pole": ("city", {"latitude": Decimal("90.1")}, "latitude", "out of range"),
    "beyond the date line": ("city", {"longitude": Decimal(-181)}, "longitude", "out of range"),
    "two names in one language": ("city", {"labels": (Text("A", "en"), Text("B", "en"))}, "labels", "(en)"),
    "a city for a country": ("city", {"country": "city/iran"}, "country", "wrong kind"),
    "one party": ("tie", {"parties": ("city/mashhad",)}, "parties", "too few values"),
    "a tie with itself": ("tie", {"parties": ("city/mashhad", "city/mashhad")}, "parties", "one value twice"),
    "no party": ("tie", {"parties": ()}, "parties", "is missing"),
    "an unknown kind": ("tie", {"kind": "agreement-kind/brotherhood"}, "kind", "not in the scheme"),
    "an unknown status": ("tie", {"status": "status/maybe"}, "status", "not in the scheme"),
    "a need as a party": ("tie", {"parties": ("city/a", "need/b")}, "parties", "wrong kind"),
    "a member of itself": ("membership", {"member": "organization/metropolis"}, "member", "does not fit"),
    "no role": ("membership", {"role": None}, "role", "is missing"),
    "a flight to where it starts": ("flight", {"destination": "city/a"}, "destination", "does not fit"),
    "a score above the panel": ("score", {"score": 31}, "score", "does not fit"),
    "a score below nothing": ("score", {"score": -1}, "score", "out of range"),
    "an upper bound below": ("figure", {"upper": Decimal("2.9")}, "upper", "does not fit"),
    "a link to itself": ("link", {"object": "barrier/b"}, "object", "does not fit"),
    "an unknown relation": ("link", {"relation": "prevents"}, "relation", "no known relation"),
    "fewer members than none": ("roster", {"total": -1, "listed": None}, "total", "out of range"),
    "a figure below nothing": ("figure", {"value": Decimal(-5)}, "value", "out of range"),
    "no number": ("figure", {"value": Decimal("NaN")}, "value", "not a number"),
    "a number without an end": ("figure", {"upper": Decimal("Infinity")}, "upper", "not a number"),
    "a place nowhere": ("city", {"latitude": Decimal("NaN")}, "latitude", "not a number"),
    "half a thing of a counting unit": ("figure", {"unit": "unit/count", "value": Decimal("2.5")}, "value", "whole"),
    "half a person where no unit is told": (
        "figure",
        {"measure": "measure/population", "unit": None, "value": Decimal("2.5")},
        "value",
        "whole",
    ),
    "half a person of an upper bound": (
        "figure",
        {"measure": "measure/population", "unit": None, "upper": Decimal("10.5")},
        "upper",
        "whole",
    ),
    "a reliability of nine": ("source", {"reliability": 9}, "reliability", "out of range"),
    "a reliability of nought": ("source", {"reliability": 0}, "reliability", "out of range"),
    "a rank before the first": ("score", {"rank": 0}, "rank", "out of range"),
    "a code of three letters": ("country", {"code": "IRN"}, "code", "its form"),
    "a code in small letters": ("country", {"code": "ir"}, "code", "its form"),
    "an end before the start": (
        "tie",
        {"start": parse_date("2014"), "end": parse_date("2013-12")},
        "end",
        "does not fit",
    ),
    "a flight that ends before it starts": (
        "flight",
        {"start": parse_date("2014"), "end": parse_date("2013")},
        "end",
        "does not fit",
    ),
    "a term that ends before it begins": ("membership", BACKWARDS, "end", "does not fit"),
    "kinds of ties of no city": ("source", {"collects": ("tie-kind/agreement",)}, "collects", "says nothing alone"),
    "cities of which nothing is collected": ("source", {"covers": ("city/a",)}, "covers", "says nothing alone"),
    "more listed than there are": ("roster", {"listed": 41}, "listed", "does not fit"),
}


@pytest.mark.parametrize("why", BAD)
def test_each_problem_is_told_once_and_with_its_place(why: str) -> None:
    name, change, prop, words = BAD[why]
    (problem,) = problems(replace(GOOD[name], **change))  # type: ignore[arg-type]
    assert (problem.record, problem.property) == (GOOD[name].id, prop)
    assert words in problem.message
    assert problem.expected


def test_circles() -> None:
    def theme(name: str, broader: str | None = None) -> Theme:
        return Theme(id=f"theme/{name}", broader=f"theme/{broader}" if broader else None)

    def body(name: str, *parents: str) -> Organization:
        return Organization(id=f"organization/{name}", parents=tuple(f"organization/{one}" for one in parents))

    assert cycles([theme("a", "b"), theme("b", "c"), theme("c"), body("x", "y", "z"), body("y", "z")]) == []
    assert cycles([theme("a", "b"), theme("b", "c"), theme("c", "a")]) == [("theme/a", "theme/b", "theme/c")]
    assert cycles([body("x", "y"), body("y", "z", "x"), body("q", "q")]) == [
        ("organization/x", "organization/y"),
        ("organization/q",),
    ]


Build = Callable[[list[SourceRecords]], Path]


def test_validate_finds_what_a_writer_without_checks_let_through(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hierarchies, "refuse_circles", lambda *_: None)
    """A store can be written by the library too, which leaves the checks to the loaders."""
    body = replace(METROPOLIS, parents=("organization/part",))
    part = Organization(id="organization/part", parents=("organization/metropolis",))
    bad_tie = Agreement(id="agreement/x", kind="agreement-kind/friendship", parties=("city/mashhad",))
    far = replace(LAHORE, latitude=Decimal(97))
    folder = build(
        [
            told(source("a", "press"), replace(MASHHAD, country=None), SEOUL, far, bad_tie, body),
            told(source("b", "blog"), part),
        ]
    )
    with Store.open_folder(folder) as store:
        found = {(each.severity, each.record, each.property) for each in validate(store)}
        assert found == {
            ("ERROR", "agreement/x in source/a", "parties"),
            ("ERROR", "city/lahore in source/a", "latitude"),
            ("ERROR", "organization/metropolis", "parents"),
        }
        by_shapes = validate(store, shacl=True)[3:]
        assert any("agreement/x" in each.record for each in by_shapes)
        assert any("city/lahore" in each.record for each in by_shapes)
        for lang, persian in (("en", False), ("fa", True)):
            said = [each.message for each in validate(store, shacl=True, lang=lang)[3:]]
            assert [bool(re.search("[آ-ی]", message)) for message in said] == [persian] * len(said)


def test_a_reliability_that_outranks_all_others_is_found(build: Build) -> None:
    loud = replace(source("loud", "blog"), reliability=9)
    with Store.open_folder(build([told(loud, replace(MASHHAD, country=None))])) as store:
        (finding,) = validate(store)
        assert finding[:3] == ("ERROR", "source/loud in source/loud", "reliability")
        assert finding.value == "9"


def test_the_ontology_of_the_store_is_checked(world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    with Store.open_folder(folder) as store:
        database = ox.Store(str(folder / store.manifest.generation))
    graph = ox.NamedNode(ONTOLOGY_GRAPH)
    (label,) = [
        quad
        for quad in database.quads_for_pattern(ox.NamedNode(CD.Agreement), ox.NamedNode(RDFS.label), None, graph)
        if isinstance(quad.object, ox.Literal) and quad.object.language == "fa"
    ]
    database.remove(label)
    database.flush()
    del database
    with Store.open_folder(folder) as store:
        assert validate(store) == [("ERROR", "ontology#Agreement", "missing-label", "no label in fa", "")]


def test_a_mission_of_the_hosts_own_country_is_warned_of(build: Build, world: list[SourceRecords]) -> None:
    own, foreign = (
        Mission(id=f"mission/{name}", kind="mission-kind/consulate", sender=f"country/{name}", host="city/mashhad")
        for name in ("ir", "kr")
    )
    korea = Country(id="country/kr", code="KR", labels=(Text("Korea", "en"), Text("کره", "fa")))
    with Store.open_folder(build([*world, told(source("a", "press"), own, foreign, korea)])) as store:
        (finding,) = validate(store)
    assert (finding.severity, finding.record, finding.value) == ("WARN", own.id, "country/ir")


def test_the_small_world_is_valid(world: list[SourceRecords], build: Build) -> None:
    with Store.open_folder(build(world)) as store:
        assert validate(store, shacl=True) == []


def test_the_shipped_data_are_valid_and_tell_more_than_they_set_out_to(shipped: Path) -> None:
    with Store.open_folder(shipped) as store:
        assert {(found.severity, found.property) for found in validate(store)} == {("WARN", "covers")}


ABOVE = [("a", "b"), ("b", "a")]


def themes(*above: tuple[str, str]) -> list[SourceRecords]:
    """A source a theme, which says what is above it."""
    return [
        told(source(lower, "press"), Theme(id=f"theme/{lower}", broader=f"theme/{upper}", labels=(Text(lower, "en"),)))
        for lower, upper in above
    ]


def test_circles_between_sources_are_found_in_the_merged_view(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hierarchies, "refuse_circles", lambda *_: None)  # as a store of before has it
    with Store.open_folder(build(themes(*ABOVE))) as store:
        (finding,) = validate(store)
        assert (finding.property, finding.value) == ("broader", "theme/a > theme/b > theme/a")


def test_a_circle_that_two_sources_make_together_is_refused_with_both_named(build: Build) -> None:
    words = r"theme/a < theme/b \(source/a\); theme/b < theme/a \(source/b\)"
    with pytest.raises(InputError, match=words):
        build(themes(*ABOVE))
    upper = told(source("b", "press"), Theme(id="theme/b", labels=(Text("b", "en"),)))
    folder = build([upper, *themes(("a", "b"))])
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(InputError, match=words):
        writer.load(folder, themes(("b", "a")))
    assert (folder / "manifest.json").read_bytes() == before


def test_an_old_circle_keeps_no_other_source_from_loading(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(hierarchies, "refuse_circles", lambda *_: None)
        folder = build(themes(*ABOVE))
    assert writer.load(folder, [told(source("other", "press"), LAHORE)]).revision == 2
    writer.load(folder, [told(source("b", "press"), Theme(id="theme/b", labels=(Text("b", "en"),)))])
    with Store.open_folder(folder) as store:
        assert validate(store) == []


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3)))
def test_a_circle_is_a_way_along_the_hierarchy_and_there_is_none_in_a_tree(above: dict[str, list[str]]) -> None:
    way = circle(above)
    if way:
        assert way[0] == way[-1] == min(way)
        assert all(upper in above[lower] for lower, upper in pairwise(way))
    else:
        graph: nx.DiGraph[str] = nx.DiGraph((lower, upper) for lower, several in above.items() for upper in several)
        assert nx.is_directed_acyclic_graph(graph)
