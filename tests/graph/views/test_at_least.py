"""A store as far as it is told strongly: by so many voices, or by a source as reliable as a kind of evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.merged.strength import strength
from citydiplomacy.graph.model.records import Agreement, City, Link, Membership, Source
from citydiplomacy.graph.model.sources import SourceRecords, reliability
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store import scan, writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.views.at_date import StoreAt
from citydiplomacy.graph.views.at_least import StoreAtLeast
from citydiplomacy.ontology.schemes import schemes

from ...conftest import copied
from ..conftest import LAHORE, MASHHAD, METROPOLIS, SEOUL, member, sister, source, told

Build = Callable[[list[SourceRecords]], Path]
PLACES = (replace(MASHHAD, country=None), LAHORE, SEOUL, METROPOLIS)
LAHORES, SEOULS = sister("mashhad", "lahore"), sister("mashhad", "seoul")
MEMBER = member("mashhad", "metropolis")
JUDGED = Link(id="link/1", subject=SEOULS.id, relation="agreesWith", object=LAHORES.id)
UPON = Link(id="link/2", subject="city/lahore", relation="agreesWith", object="link/1")
TWINS = "SELECT ?one ?other { ?one cd:twinnedWith ?other }"


@pytest.fixture
def folder(build: Build) -> Path:
    """Lahore is told by a newspaper and an encyclopedia, Seoul by two states of one dataset, the membership by one."""
    return build(
        [
            told(source("places", "official"), *PLACES),
            told(source("press", "press"), LAHORES),
            told(source("work", "dataset")),
            told(replace(source("first", "dataset"), origin="source/work"), SEOULS, JUDGED, UPON),
            told(replace(source("second", "dataset"), origin="source/work"), SEOULS, MEMBER),
            told(source("pedia", "encyclopedia"), LAHORES),
        ]
    )


def ties(store: Store) -> set[str]:
    return {tie for cls in (Agreement, Membership) for tie in store.ids(cls)}


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("press", {LAHORES.id}),
        ("مطبوعات", {LAHORES.id}),
        ("2", {LAHORES.id}),
        ("۲", {LAHORES.id}),
        ("3", set()),
        ("official", set()),
        ("dataset", {LAHORES.id, SEOULS.id, MEMBER.id}),
        ("1", {LAHORES.id, SEOULS.id, MEMBER.id}),
    ],
)
def test_ties_that_reach_it_stay_and_nothing_speaks_of_the_others(folder: Path, asked: str, kept: set[str]) -> None:
    with Store.open_folder(folder) as store, StoreAtLeast.of(store, strength(asked)) as view:
        assert ties(view) == kept
        assert view.counts == (len(kept), 3 - len(kept))
        assert view.ids(City) == store.ids(City)
        assert view.ids(Link) == (store.ids(Link) if SEOULS.id in kept else [])
        assert view.manifest.counts.get("Agreement", 0) == len(view.ids(Agreement))
        assert set(view.claims(SEOULS.id)) == {"source/first", "source/second"}, "what sources say stays"
        rows = view.query(TWINS)
        assert isinstance(rows, ox.QuerySolutions)
        pairs = {frozenset(str(getattr(term, "value", "")).rpartition("/")[2] for term in row) for row in rows}
        assert pairs == {
            frozenset(tie.removeprefix("agreement/sister-city/").split("--")) for tie in kept - {MEMBER.id}
        }
        with EmbeddedGraph.open(view) as graph:
            found = graph.run("MATCH (:City)-[t:TWINNED_WITH]-(:City) RETURN DISTINCT t.id AS id ORDER BY id").rows
        assert [row[0] for row in found] == sorted(kept - {MEMBER.id})


def test_a_view_is_made_once_and_anew_when_the_store_changes(folder: Path) -> None:
    with Store.open_folder(folder) as store:
        first = StoreAtLeast.of(store, strength("2")).folder
        assert StoreAtLeast.of(store, strength("2")).folder == first
    writer.load(folder, [told(source("blog", "blog"), SEOULS)])
    with Store.open_folder(folder) as store, StoreAtLeast.of(store, strength("2")) as view:
        assert ties(view) == {LAHORES.id, SEOULS.id}


def test_the_view_at_a_date_is_of_what_reaches_it(folder: Path) -> None:
    with Store.open_folder(folder) as store, StoreAtLeast.of(store, strength("press")) as view:
        at = StoreAt.of(view, parse_date("2014"))
        assert ties(at) == {LAHORES.id}
        assert at.strength == strength("press")


def test_an_unknown_word_is_refused_with_all_that_is_possible() -> None:
    for text in ("newspaper", "", "0", "-1", "2.5", "press|2"):
        with pytest.raises(UsageError, match="no kind of evidence and no number of voices") as refused:
            strength(text)
        for kind in schemes()["evidence-kind"]:
            assert kind.removeprefix("evidence-kind/") in str(refused.value)


@pytest.mark.parametrize("asked", ["official", "press", "2", "3"])
def test_the_shipped_ties_are_those_that_the_rule_lets_through(shipped: Path, tmp_path: Path, asked: str) -> None:
    rule = strength(asked)
    with Store.open_folder(copied(shipped, tmp_path / "store")) as store, StoreAtLeast.of(store, rule) as view:
        voices, sources = scan.voices(store), scan.support(store)
        reliable = {each.id: reliability(each) for each in store.records(Source)}
        strong = {tie for tie in ties(store) if rule.reached(voices[tie], (reliable[one] for one in sources[tie]))}
        assert ties(view) == strong
        assert 0 < len(strong) < len(ties(store))
