"""Pushing to a real server: it holds what the store says, only differences are sent, nobody else's data is touched."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from neo4j.exceptions import ConstraintError

from citydiplomacy.errors import Interrupted, StoreError
from citydiplomacy.graph.model.records import Agreement, City, Link, Organization, Theme
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.neo4j import marks, push_lock, statements
from citydiplomacy.graph.neo4j.import_files import COMMAND, write_neo4j_csv
from citydiplomacy.graph.neo4j.marks import digest, name
from citydiplomacy.graph.neo4j.on_server import OnServer
from citydiplomacy.graph.neo4j.status import status
from citydiplomacy.graph.neo4j_exchange.plan import PushOptions, PushReport
from citydiplomacy.graph.neo4j_exchange.pull import pull
from citydiplomacy.graph.neo4j_exchange.push import push
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.terms import BASE

from ...conftest import copied
from ...neo4j_server.server import Login, Neo4jServer, admin
from ..conftest import IRAN, LAHORE, MASHHAD, SEOUL, SISTER, member, sister, source, told, year
from .content import assert_holds, bookmark, of_others, of_server, of_store

if TYPE_CHECKING:
    from neo4j import Driver

Build = Callable[[list[SourceRecords]], Path]
PROCESS = Path(__file__).with_name("push_process.py")


def pushed(folder: Path, driver: Driver, *, dry_run: bool = False, replace: bool = True, **options: bool) -> PushReport:
    """Push a store folder, also one that lacks sources which the server holds."""
    with Store.open_folder(folder) as store:
        return push(store, driver, options=PushOptions(replace=replace, **options), dry_run=dry_run)


def cities(number: int) -> list[SourceRecords]:
    """A source of many cities in a ring of ties."""
    ring = [City(id=f"city/c{n:05}", labels=(Text(f"C{n}", "en"),)) for n in range(number)]
    ties = [sister(f"c{n:05}", f"c{(n + 1) % number:05}") for n in range(number)]
    return [told(source("ring", "dataset"), *ring, *ties)]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pushes that were killed count as dead soon."""
    monkeypatch.setattr(push_lock, "SILENCE", 1.0)


# --- what is there afterwards -----------------------------------------------------------------------------------------


def test_server_holds_the_projection(neo4j: Driver, shipped: Path) -> None:
    report = pushed(shipped, neo4j)
    assert_holds(neo4j, shipped)
    nodes, ties = of_store(shipped)
    assert sum(count.new for count in report.counts) == nodes.total() + ties.total()
    assert all(not count.changed and not count.gone for count in report.counts)


def test_second_push_sends_no_write(neo4j: Driver, world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    pushed(folder, neo4j)
    before = bookmark(neo4j)
    assert not pushed(folder, neo4j).changed
    assert not pushed(folder, neo4j, dry_run=True).changed
    assert bookmark(neo4j) == before
    assert not pushed(folder, neo4j, whole=True).changed


def test_dry_run_tells_and_writes_nothing(neo4j: Driver, world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    before = bookmark(neo4j)
    would = pushed(folder, neo4j, dry_run=True)
    assert bookmark(neo4j) == before
    assert status(neo4j).state is None
    assert pushed(folder, neo4j).counts == would.counts


def test_one_changed_source_sends_only_what_changed(neo4j: Driver, world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    pushed(folder, neo4j)
    writer.load(folder, [told(source("blog", "blog"), sister("mashhad", "seoul", status="status/active"))])
    would = pushed(folder, neo4j, dry_run=True)
    report = pushed(folder, neo4j)
    assert report.counts == would.counts
    # The tie, and the claim of the blog.
    assert [tuple(count) for count in report.counts] == [
        ("node", "Claim", 0, 1, 0),
        ("relationship", "TWINNED_WITH", 0, 1, 0),
    ]
    assert_holds(neo4j, folder)


def test_a_push_on_a_later_day_sends_the_ties_that_ended_since(neo4j: Driver, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    tie = sister("mashhad", "lahore", end=year(2020), status="status/active")
    writer.build(folder, [told(source("press", "press"), MASHHAD, IRAN, LAHORE, tie)], day=dt.date(2019, 1, 1))
    with Store.open_folder(folder, day=dt.date(2019, 12, 31)) as store:
        push(store, neo4j)
        assert not push(store, neo4j).changed
    assert neo4j.execute_query("MATCH ()-[t:TWINNED_WITH]->() RETURN t.stands").records[0][0] is True
    report = pushed(folder, neo4j)
    assert [tuple(count) for count in report.counts] == [("relationship", "TWINNED_WITH", 0, 1, 0)]
    assert neo4j.execute_query("MATCH ()-[t:TWINNED_WITH]->() RETURN t.stands").records[0][0] is False
    assert_holds(neo4j, folder)
    assert not pushed(folder, neo4j).changed


def test_what_no_source_tells_any_more_goes(neo4j: Driver, world: list[SourceRecords], build: Build) -> None:
    official, press, blog = world
    extra = told(source("extra", "web-page"), replace(MASHHAD, aliases=()), City(id="city/qom"))
    folder = build([official, press, blog, extra])
    pushed(folder, neo4j)
    writer.load(folder, [told(source("extra", "web-page"), replace(MASHHAD, aliases=()))])
    report = pushed(folder, neo4j)
    assert ("node", "City", 0, 0, 1) in report.counts
    assert_holds(neo4j, folder)  # Mashhad is still told by another source


def variants(choose: random.Random) -> list[SourceRecords]:
    """The sources of a small world as a day finds them: some gone, others changed."""
    agreement = sister("mashhad", "lahore", start=year(choose.choice([2006, 2007])))
    official = told(
        source("official", choose.choice(["official", "blog"])),
        MASHHAD,
        LAHORE,
        SEOUL,
        City(id="city/qom", labels=(Text(choose.choice(["Qom", "Ghom"]), "en"),)),
        agreement,
        Theme(id="theme/water", labels=(Text("Water", "en"),)),
        *choose.sample([member("mashhad", "net", role) for role in ("member", "observer")], choose.randint(0, 2)),
    )
    mashhad = replace(MASHHAD, country=None)
    official = SourceRecords(
        official.source, [mashhad if record.id == MASHHAD.id else record for record in official.records]
    )
    about = Link(id="link/about/1", subject=agreement.id, relation="about", object="theme/water")
    further = Link(id="link/addresses/1", subject=about.id, relation="addresses", object="theme/water")
    three = ("city/lahore", "city/mashhad", "city/seoul")
    many = Agreement(
        id="agreement/sister-city/three",
        kind=SISTER,
        parties=three[: choose.randint(2, 3)],
    )
    judged = [about, further][: choose.randint(0, 2)]
    optional = [
        told(source("judge", "coding"), *judged),
        told(source("many", "press"), many),
        told(source("press", "press"), replace(agreement, start=year(2012), locators=(str(choose.random()),))),
    ]
    return [official, net(), *choose.sample(optional, choose.randint(0, 3))]


def net() -> SourceRecords:
    """A source of one organisation."""
    return told(source("net", "official"), Organization(id="organization/net", labels=(Text("Net", "en"),)))


@pytest.mark.parametrize("seed", range(6))
def test_any_history_of_pushes_ends_at_the_projection(neo4j: Driver, build: Build, seed: int) -> None:
    choose = random.Random(seed)
    for _ in range(6):
        folder = build(variants(choose))
        pushed(folder, neo4j)
        assert_holds(neo4j, folder)


def test_values_of_all_kinds_arrive_as_they_are(neo4j: Driver, build: Build) -> None:
    odd = "`a` \"b\" 'c' \\d\n\r\te {f} $g %h مشهد‌ها 🕌 \u2028"
    city = City(id="city/شهر-ی", labels=(Text(odd, "fa"),), aliases=(Text(odd, "en"), Text("", "en"), Text("1", "en")))
    folder = build([told(source("odd", "blog"), city)])
    pushed(folder, neo4j)
    assert_holds(neo4j, folder)
    with neo4j.session() as session:
        assert session.run("MATCH (c:City) RETURN c.label_fa").single(strict=True)[0] == odd


def test_only_plain_words_stand_in_queries() -> None:
    assert name("TWINNED_WITH") == "TWINNED_WITH"
    for label in ("", "City`", "a b", "شهر", "City) DETACH DELETE (n", "1a", "A\n"):
        with pytest.raises(ValueError, match="not a label"):
            name(label)


def test_digest_tells_types_apart() -> None:
    assert len({digest({"a": value}) for value in (1, 1.0, True, "1", ["1"], [])}) == 6
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


# --- others -----------------------------------------------------------------------------------------------------------

THEIRS = """
CREATE (m:City {id: 'city/mashhad', name: 'theirs'}), (l:City {id: 'city/lahore'}), (:City {id: 'city/mashhad'})
CREATE (m)-[:TWINNED_WITH {id: 'agreement/sister-city/lahore--mashhad', since: 'long'}]->(l)
CREATE (:Source {id: 'source/official'}), (:`Odd ``label```)-[:`ODD ``TYPE```]->(m)
"""


def test_nodes_of_others_with_our_ids_stay_untouched(neo4j: Driver, world: list[SourceRecords], build: Build) -> None:
    with neo4j.session() as session:
        session.run(THEIRS).consume()
    before = of_others(neo4j)
    pushed(build(world), neo4j)
    folder = build([told(source("other", "blog"), SEOUL)])
    pushed(folder, neo4j)
    assert_holds(neo4j, folder)
    assert of_others(neo4j) == before
    found = status(neo4j)
    assert (found.other_nodes, found.other_relationships) == (5, 2)


def test_what_is_defined_is_named(neo4j: Driver, world: list[SourceRecords], build: Build) -> None:
    pushed(build(world), neo4j)
    asked = "SHOW INDEXES YIELD name, type, labelsOrTypes WHERE type <> 'LOOKUP' RETURN name, labelsOrTypes"
    named = {record["name"]: record["labelsOrTypes"] for record in neo4j.execute_query(asked).records}
    assert named.pop("citydip_id") == ["_CityDip"]
    assert named.pop("citydip_state") == ["CityDipState"]
    assert named.pop("citydip_names") == ["_CityDip"]
    assert named["citydip_City"] == ["City"]
    assert all(name == f"citydip_{labels[0]}" for name, labels in named.items())


UNIQUE = "SHOW CONSTRAINTS YIELD name, labelsOrTypes RETURN labelsOrTypes[0] AS label, name ORDER BY label"


def test_others_may_still_write_what_they_like(neo4j: Driver, world: list[SourceRecords], build: Build) -> None:
    neo4j.execute_query("CREATE (:City {id: 'x'})")
    neo4j.execute_query("CREATE CONSTRAINT theirs FOR (n:Need) REQUIRE n.id IS UNIQUE")
    report = pushed(build(world), neo4j)
    assert [tuple(one) for one in report.not_apart] == [("City", ""), ("Need", "theirs")]
    unique = {record["label"]: record["name"] for record in neo4j.execute_query(UNIQUE).records}
    assert "City" not in unique
    assert (unique["Need"], unique["Country"]) == ("theirs", "citydip_Country")
    with neo4j.session() as session:  # no constraint of ours is in their way
        session.run(THEIRS.partition("CREATE (:Source")[0]).consume()
        session.run("MATCH (n:City) WHERE n._digest IS NULL DETACH DELETE n").consume()
    assert [one.label for one in pushed(build(world), neo4j, whole=True).not_apart] == ["Need"]


def test_an_id_is_there_once(neo4j: Driver, world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    pushed(folder, neo4j)
    with neo4j.session() as session, pytest.raises(ConstraintError):
        session.run("CREATE (:City {id: 'city/mashhad'})").consume()
    with neo4j.session() as session:
        session.run("CREATE (:City {id: 'city/qom', label_en: 'Qum', mayor: 'x'})").consume()
    qom = City(id="city/qom", labels=(Text("Qom", "en"),))
    folder = build([*world, told(source("more", "press"), qom)])
    with pytest.raises(StoreError, match="city/qom"):
        pushed(folder, neo4j)
    with neo4j.session() as session:
        assert session.run("MATCH (c:City {id: 'city/qom'}) RETURN c.label_en").value() == ["Qum"]
    assert pushed(folder, neo4j, overwrite=True).edited == ["city/qom"]
    with neo4j.session() as session:
        assert session.run("MATCH (c:City {id: 'city/qom'}) RETURN c.label_en + c.mayor").value() == ["Qomx"]


def test_each_thing_knows_the_revision_that_sent_it(neo4j: Driver, world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    pushed(folder, neo4j)
    writer.load(folder, [told(source("more", "press"), replace(LAHORE, aliases=(Text("Lavore", "en"),)))])
    pushed(folder, neo4j)
    asked = "MATCH (n:City) RETURN n.id AS id, n.revision AS revision ORDER BY id"
    assert [record.values() for record in neo4j.execute_query(asked).records] == [
        ["city/lahore", 2],
        ["city/mashhad", 1],
        ["city/seoul", 1],
    ]
    asked = "MATCH ()-[r]->() RETURN r.revision AS revision, count(*) AS number ORDER BY revision"
    assert [record[0] for record in neo4j.execute_query(asked).records] == [1, 2]
    asked = "MATCH ()-[r]-() WHERE r.since_from > date('2000-01-01') RETURN DISTINCT r.iri"
    assert [record[0] for record in neo4j.execute_query(asked).records] == [
        f"{BASE}agreement/sister-city/lahore--mashhad"
    ]


def test_relationships_of_others_between_our_nodes_stay(
    neo4j: Driver, world: list[SourceRecords], build: Build
) -> None:
    pushed(build(world), neo4j)
    with neo4j.session() as session:
        session.run(
            "MATCH (m:_CityDip {id: 'city/mashhad'}), (l:_CityDip {id: 'city/lahore'}) "
            "MATCH (s:_CityDip {id: 'city/seoul'}) "
            "CREATE (l)-[:TWINNED_WITH {id: $tie}]->(m), (m)-[:VISITED]->(s)",
            tie="agreement/sister-city/lahore--mashhad",
        ).consume()
    before = of_others(neo4j)
    official, press, _ = world
    fewer = [record for record in official.records if not isinstance(record, Agreement)]
    folder = build([SourceRecords(official.source, fewer), told(press.source, replace(LAHORE, aliases=()))])
    pushed(folder, neo4j)
    assert_holds(neo4j, folder)
    assert of_others(neo4j) == before


def test_a_gone_node_with_a_relationship_of_others_is_kept_apart(
    neo4j: Driver, world: list[SourceRecords], build: Build
) -> None:
    extra = told(source("extra", "blog"), City(id="city/qom", labels=(Text("Qom", "en"),)), sister("qom", "seoul"))
    pushed(build([*world, extra]), neo4j)
    with neo4j.session() as session:
        session.run("MATCH (q:_CityDip {id: 'city/qom'}) CREATE (:Person {name: 'Ali'})-[:LIVES_IN]->(q)").consume()
    folder = build(world)
    assert pushed(folder, neo4j).kept == ["city/qom"]
    with neo4j.session() as session:
        kept = session.run("MATCH (:Person)-[:LIVES_IN]->(q) RETURN labels(q), q.label_en, COUNT {(q)--()}").values()
        assert [(sorted(labels), *rest) for labels, *rest in kept] == [(["_CityDip", "_CityDipKept"], "Qom", 1)]
        assert session.run("MATCH (c:City {id: 'city/qom'}) RETURN c").values() == []
    assert status(neo4j).kept == 1
    # Told again, it is a city again; and when nothing hangs on it, it goes.
    again = build([*world, extra])
    pushed(again, neo4j)
    assert_holds(neo4j, again)
    pushed(folder := build(world), neo4j)
    with neo4j.session() as session:
        session.run("MATCH (p:Person) DETACH DELETE p").consume()
    writer.load(folder, [told(source("late", "blog"), SEOUL)])
    pushed(folder, neo4j)
    assert_holds(neo4j, folder)


def test_a_node_that_only_wears_our_mark_is_told_and_left(
    neo4j: Driver, world: list[SourceRecords], build: Build
) -> None:
    neo4j.execute_query("CREATE (:City:_CityDip {id: 'city/mashhad'})")
    with pytest.raises(StoreError, match=r"1 thing .*city/mashhad"):
        pushed(build(world), neo4j)
    neo4j.execute_query("MATCH (c:City) SET c.id = 7")
    folder = build(world)
    report = pushed(folder, neo4j)
    assert [one.partition(" (")[0] for one in report.nameless] == ["City"]
    assert_holds(neo4j, folder)
    assert [row["labels(n)"] for row in neo4j.execute_query("MATCH (n {id: 7}) RETURN labels(n)").records] == [["City"]]


def test_what_was_deleted_is_known_also_by_a_newer_program(
    neo4j: Driver, world: list[SourceRecords], build: Build
) -> None:
    """A newer program makes more of what sources tell; what people deleted before is not put back unasked."""
    folder = build(world)
    pushed(folder, neo4j)
    mashhad = "MATCH (n:City {id: 'city/mashhad'})-[r:IN_COUNTRY|TWINNED_WITH|MEMBER_OF]-() "
    neo4j.execute_query("MATCH (n) WHERE n.id IN ['city/seoul', 'source/blog'] DETACH DELETE n")
    neo4j.execute_query(f"{mashhad} DELETE r")
    held = "[one IN s.held WHERE NOT one STARTS WITH 'MEMBER']"
    neo4j.execute_query(f"MATCH (s:CityDipState) SET s.projection = 'older', s.held = {held}")
    report = pushed(folder, neo4j)
    assert {thing.id for thing in report.deleted} >= {
        "city/seoul",
        "source/blog",
        "(city/mashhad)-[:IN_COUNTRY]->(country/ir)",
        "agreement/sister-city/lahore--mashhad",
    }
    assert not report.restored
    assert [(count.name, count.new) for count in report.counts] == [("MEMBER_OF", 2)], "the older did not make these"
    assert not neo4j.execute_query("MATCH (n:City {id: 'city/seoul'}) RETURN n").records
    again = pushed(folder, neo4j, reset=True)
    assert {thing.id for thing in again.restored} == {thing.id for thing in report.deleted}
    assert_holds(neo4j, folder)


def test_changes_on_the_server_are_not_overwritten_unasked(
    neo4j: Driver, world: list[SourceRecords], build: Build
) -> None:
    folder = build(world)
    pushed(folder, neo4j)
    with neo4j.session() as session:
        session.run(
            "MATCH (:_CityDip {id: 'city/lahore'})-[r:TWINNED_WITH]-() SET r.since = '1999' "
            "WITH count(*) AS n MATCH (s:_CityDip {id: 'city/seoul'}) SET s.mayor = 'x'"
        ).consume()
    before = of_server(neo4j)
    writer.load(folder, [told(source("press", "press", year(2024)), LAHORE)])  # Supports the tie no more.
    with pytest.raises(StoreError, match=r"1 thing .*agreement/sister-city/lahore--mashhad"):
        pushed(folder, neo4j)
    assert of_server(neo4j) == before
    assert pushed(folder, neo4j, dry_run=True).edited == ["agreement/sister-city/lahore--mashhad"]
    pushed(folder, neo4j, overwrite=True)
    with neo4j.session() as session:  # What this push had nothing to say about is as the analyst left it.
        assert session.run("MATCH (s:_CityDip {id: 'city/seoul'}) RETURN s.mayor").single(strict=True)[0] == "x"
        assert session.run("MATCH ()-[r:TWINNED_WITH {since: '1999'}]->() RETURN r").values() == []


def test_what_was_deleted_on_the_server_is_put_back_when_asked(
    neo4j: Driver, world: list[SourceRecords], build: Build
) -> None:
    folder = build(world)
    pushed(folder, neo4j)
    with neo4j.session() as session:
        session.run("MATCH (n:_CityDip {id: 'city/mashhad'}) DETACH DELETE n").consume()
    writer.load(folder, [told(source("late", "blog"), City(id="city/qom"))])
    report = pushed(folder, neo4j)
    assert "city/mashhad (Mashhad)" in map(str, report.deleted)
    assert sum(status(neo4j).deleted.values()) == len(report.deleted)
    writer.load(folder, [told(source("late", "blog"), sister("qom", "mashhad"), City(id="city/qom"))])
    before = of_server(neo4j)
    with pytest.raises(StoreError, match="missing on the server, and needed by what is new: city/mashhad") as caught:
        pushed(folder, neo4j)
    assert "--whole" in caught.value.hint
    assert of_server(neo4j) == before
    assert pushed(folder, neo4j, whole=True).restored == report.deleted
    assert_holds(neo4j, folder)


def test_what_was_changed_is_seen_and_put_back(neo4j: Driver, world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    pushed(folder, neo4j)
    assert not status(neo4j).changed
    with neo4j.session() as session:
        session.run(
            "MATCH (s:_CityDip {id: 'city/seoul'}) SET s.label_en = 'Soul', s.mayor = 'x' "
            "WITH s MATCH ()-[r:TWINNED_WITH {id: 'agreement/sister-city/lahore--mashhad'}]->() SET r.status = 'ended' "
            "WITH s MATCH ()-[r:MEMBER_OF {role: 'member'}]->() DELETE r "
            "CREATE (:City {id: 'city/new'})"
        ).consume()
    found = status(neo4j)
    assert found.changed == {"City": 1, "TWINNED_WITH": 1}
    assert found.deleted == {"MEMBER_OF": 1}
    assert found.added == {"City": 1}
    for options in ({}, {"overwrite": True}):
        report = pushed(folder, neo4j, **options)
        assert [str(thing) for thing in report.left] == ["city/seoul (Seoul)", "agreement/sister-city/lahore--mashhad"]
        assert len(report.deleted) == 1
        assert not report.changed
    would = pushed(folder, neo4j, dry_run=True, reset=True)
    report = pushed(folder, neo4j, reset=True)
    assert (would.reset, would.restored) == (report.reset, report.restored)
    assert [thing.id for thing in report.reset] == ["city/seoul", "agreement/sister-city/lahore--mashhad"]
    assert len(report.restored) == 1
    found = status(neo4j)
    assert not found.changed
    assert not found.deleted
    assert not pushed(folder, neo4j).left
    with neo4j.session() as session:
        mayor = session.run("MATCH (s:_CityDip {id: 'city/seoul'}) RETURN s.mayor, s.label_en").values()
        session.run("MATCH (s:_CityDip) REMOVE s.mayor").consume()
    assert mayor == [["x", "Seoul"]]  # a property that no record has is somebody else's
    assert_holds(neo4j, folder)


def test_what_others_write_is_looked_for_only_where_somebody_wrote(
    neo4j: Driver, world: list[SourceRecords], build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build(world)
    pushed(folder, neo4j)
    with monkeypatch.context() as patched:
        patched.setattr(OnServer, "whole", lambda _: pytest.fail("all was read"))
        assert not pushed(folder, neo4j).changed
        nodes, ties = of_server(neo4j)
        assert status(neo4j).held.total() == nodes.total() + ties.total()
        writer.load(folder, [told(source("blog", "blog"), sister("mashhad", "seoul", status="status/active"))])
        assert pushed(folder, neo4j).changed
        assert not pushed(folder, neo4j).changed
    with neo4j.session() as session:
        session.run("MATCH (s:_CityDip {id: 'city/seoul'}) SET s.label_en = 'Soul'").consume()
    assert [thing.id for thing in pushed(folder, neo4j).left] == ["city/seoul"]


def test_another_stores_graph_needs_a_word(neo4j: Driver, world: list[SourceRecords], build: Build) -> None:
    pushed(build(world), neo4j)
    before = of_server(neo4j)
    other = build([told(source("other", "blog"), SEOUL)])
    assert pushed(other, neo4j, dry_run=True, replace=False).taken_away == [
        "source/blog", "source/official", "source/press",
    ]  # fmt: skip
    with pytest.raises(StoreError, match=r"3 sources tell .*source/blog, source/official") as caught:
        pushed(other, neo4j, replace=False)
    assert "--replace" in caught.value.hint
    assert of_server(neo4j) == before
    pushed(other, neo4j, replace=True)
    assert_holds(neo4j, other)


# --- two at once, and cut off -----------------------------------------------------------------------------------------


KILLED = pytest.mark.parametrize("at", [500, *(50 * n for n in range(1, int(os.environ.get("KILLS", "1"))))])
"""After how many rows a push or a server is killed: in the middle of the relationships, and at as many other places as
KILLS says."""


def start(folder: Path, login: Login, *options: str) -> subprocess.Popen[str]:
    """A push in a process of its own, with the options of `push_process.py`."""
    return subprocess.Popen(
        [sys.executable, str(PROCESS), str(folder), *options],
        env={**os.environ, **login.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_pushes_at_once(neo4j: Driver, neo4j_server: Login, tmp_path: Path) -> None:
    folders = []
    for number in (300, 200):
        folders.append(tmp_path / str(number))
        writer.build(folders[-1], cities(number))
    processes = [start(folder, neo4j_server, "100") for folder in (*folders, folders[0])]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    last = next(folder for folder in folders if of_store(folder) == of_server(neo4j))
    assert_holds(neo4j, last)


@pytest.mark.usefixtures("quick")
def test_a_push_that_lost_its_turn_writes_nothing_more(neo4j: Driver, build: Build) -> None:
    pushed(build([told(source("first", "blog"), SEOUL)]), neo4j)
    folder = build(cities(50))
    with neo4j.session() as session, push_lock.Turn(session) as sleeper:
        pushed(folder, neo4j)  # Waits, sees no sign of life, and goes on.
        with pytest.raises(StoreError, match="took over"):
            sleeper.transaction(lambda tx: tx.run("MATCH (n:_CityDip) DETACH DELETE n").consume())
    assert_holds(neo4j, folder)


@pytest.mark.usefixtures("quick")
@KILLED
def test_a_killed_push_is_completed_by_another(neo4j: Driver, neo4j_server: Login, tmp_path: Path, at: int) -> None:
    writer.build(tmp_path / "store", [told(source("first", "blog"), SEOUL)])
    pushed(tmp_path / "store", neo4j)
    writer.build(tmp_path / "store", cities(400))
    process = start(tmp_path / "store", neo4j_server, "50")
    assert process.stdout is not None
    for line in process.stdout:
        if int(line.split()[1]) >= at:
            break
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    state = status(neo4j).state
    assert state is not None
    assert not state.complete
    pushed(tmp_path / "store", neo4j)
    assert_holds(neo4j, tmp_path / "store")


def test_an_interrupted_push_says_that_the_graph_is_not_whole(neo4j: Driver, build: Build) -> None:
    folder = build(cities(20))

    def interrupt(*_: int) -> None:
        raise KeyboardInterrupt

    with Store.open_folder(folder) as store, pytest.raises(Interrupted, match="not whole") as caught:
        push(store, neo4j, progress=interrupt)
    assert caught.value.exit_code == 130
    assert "citydip neo4j push" in caught.value.hint
    found = status(neo4j)
    assert found.state is not None
    assert not found.state.complete
    pushed(folder, neo4j)
    assert_holds(neo4j, folder)


def cut_off(folder: Path, driver: Driver, after: int, **options: bool) -> None:
    """A push that sends no more than so many lots."""
    left = iter(range(after - 1))

    def stop(*_: int) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    with Store.open_folder(folder) as store, pytest.raises(Interrupted):
        push(store, driver, options=PushOptions(**options), progress=stop)


@pytest.fixture
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pushes send few rows at once."""
    for module in (statements, marks):
        monkeypatch.setattr(module, "BATCH", 8)


def delete(driver: Driver, *things: str) -> None:
    """What people delete, nodes with all that hangs on them."""
    driver.execute_query("MATCH (n:_CityDip) WHERE n.id IN $ids DETACH DELETE n", ids=things)
    driver.execute_query("MATCH ()-[r]->() WHERE r.id IN $ids DELETE r", ids=things)


RING = "agreement/sister-city/"
WHOLLY, BEFORE, SINCE = (
    "city/c00003",
    (f"{RING}c00010--c00011", "city/c00020"),
    (f"{RING}c00030--c00031", "city/c00025"),
)


@pytest.mark.usefixtures("small_lots")
@pytest.mark.parametrize("whole", [False, True])
def test_a_push_that_was_cut_off_undoes_no_deletion_in_silence(neo4j: Driver, tmp_path: Path, whole: bool) -> None:
    """Whenever it is cut off, and deleted before or since: all is told, kept and put back as if it had never begun."""
    (ring,) = cities(40)
    more = [City(id=f"city/m{n}", labels=(Text(f"M{n}", "en"),)) for n in range(12)]
    ties = [sister(f"m{n}", f"c{n + 12:05}") for n in range(5)]
    changed = [replace(one, labels=(Text("Other", "en"),)) for one in ring.records if WHOLLY < one.id < "city/c00010"]
    moved = told(ring.source, *ring.records, City(id="city/newcomer"))
    ended: list[tuple[set[str], set[str]]] = []
    contents = []
    for after in (0, 1, 5, 11):
        neo4j.execute_query("MATCH (n) DETACH DELETE n")
        folder = tmp_path / str(after)
        writer.build(folder, [ring])
        pushed(folder, neo4j)
        delete(neo4j, WHOLLY)
        with Store.open_folder(folder) as store:
            assert WHOLLY in {one.thing.id for one in pull(store, neo4j, who="Ali").deleted}
        delete(neo4j, *BEFORE)
        writer.load(folder, [told(source("more", "blog"), *more, *ties, *changed), moved])
        if after:
            cut_off(folder, neo4j, after)
        delete(neo4j, *SINCE)
        with Store.open_folder(folder) as store:
            assert {WHOLLY, *BEFORE, *SINCE} <= {
                thing.id for one in pull(store, neo4j, who="Ali").deleted for thing in (one.thing, *one.hung)
            }
        report = pushed(folder, neo4j, whole=whole)
        ended.append(({str(one) for one in report.deleted}, {str(one) for one in report.restored}))
        contents.append(of_server(neo4j))
        again = pushed(folder, neo4j)
        assert {str(one) for one in again.deleted} == ended[-1][0]
        assert not again.restored
    assert {WHOLLY, *BEFORE, *SINCE} <= {one.split(" ")[0] for one in ended[0][1 if whole else 0]}
    assert all(one == ended[0] for one in ended)
    assert all(one == contents[0] for one in contents)


@pytest.mark.usefixtures("small_lots")
def test_what_a_push_put_back_that_was_cut_off_is_told_by_the_next(neo4j: Driver, tmp_path: Path) -> None:
    writer.build(tmp_path / "store", cities(40))
    pushed(tmp_path / "store", neo4j)
    delete(neo4j, WHOLLY, *BEFORE, *SINCE)
    cut_off(tmp_path / "store", neo4j, 1, whole=True)
    report = pushed(tmp_path / "store", neo4j)
    there = {node_id for (node_id,) in neo4j.execute_query("MATCH (n:City) RETURN n.id").records}
    told_of = {one.id for one in report.restored}
    assert {WHOLLY, "city/c00020", "city/c00025"} & there <= told_of
    assert {WHOLLY, *BEFORE, *SINCE} <= told_of | {one.id for one in report.deleted}
    assert told_of, "it had put back something"


@pytest.mark.usefixtures("small_lots")
@pytest.mark.parametrize("option", ["overwrite", "reset"])
def test_what_a_push_overwrote_that_was_cut_off_is_told_by_the_next(neo4j: Driver, tmp_path: Path, option: str) -> None:
    """Wherever it is cut off: who looks before the next push knows what it was about, and that tells what it took."""
    (ring,) = cities(12)
    people = {f"city/c{n:05}": f"Changed {n}" for n in range(12)}
    doubled = [f"{RING}c00003--c00004"]
    copy = "MATCH (a)-[r {id: $id}]->(b) CREATE (a)-[q:TWINNED_WITH]->(b) SET q = properties(r)"
    gone, *rest = (replace(one, aliases=(Text("Moved", "fr"),)) for one in ring.records if one.id in people)
    moved = told(ring.source, *rest, *(one for one in ring.records if one.id not in people and "c00000" not in one.id))
    folder = tmp_path / "store"
    took = set()
    for after in (1, 2, 4):
        neo4j.execute_query("MATCH (n) DETACH DELETE n")
        writer.build(folder, [ring])
        pushed(folder, neo4j)
        for thing, called in people.items():
            neo4j.execute_query("MATCH (n:_CityDip {id: $id}) SET n.label_en = $name", id=thing, name=called)
        neo4j.execute_query(copy, id=doubled[0])
        writer.build(folder, [moved])
        cut_off(folder, neo4j, after, **{option: True})
        there = dict(row.values() for row in neo4j.execute_query("MATCH (n:City) RETURN n.id, n.label_en").records)
        lost = {one for one in people if there.get(one) != people[one]}
        if neo4j.execute_query("MATCH ()-[r {id: $id}]->() RETURN r", id=doubled[0]).records[1:] == []:
            lost.update(doubled if option == "reset" else [])
        found = status(neo4j)
        assert {one.split(" ")[0] for one in found.taking} == {*people, *(doubled if option == "reset" else [])}
        assert not found.taken
        with Store.open_folder(folder) as store:
            assert pull(store, neo4j, who="Ali").taking == found.taking
        report = pushed(folder, neo4j, dry_run=True)
        assert {one.split(" ")[0] for one in report.taken} == lost
        assert set(report.edited) == people.keys() - lost
        report = pushed(folder, neo4j, overwrite=True)
        assert {one.split(" ")[0] for one in report.taken} == lost
        assert {thing.split(" ")[0] for _, thing in status(neo4j).taken} == people.keys() | lost
        assert not pushed(folder, neo4j).taken
        took.add(len(lost))
    assert gone.id in lost
    assert len(took) == 3, "it was cut off at several places"


@pytest.mark.usefixtures("small_lots")
@pytest.mark.parametrize("first", [True, False])
def test_what_a_push_sent_that_was_cut_off_is_not_taken_away_unasked(
    neo4j: Driver, tmp_path: Path, first: bool
) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    extra = told(source("extra", "blog"), *(City(id=f"city/x{n}") for n in range(20)))
    writer.build(other, cities(10))
    writer.build(mine, [*cities(10), extra])
    if not first:
        pushed(other, neo4j)
    cut_off(mine, neo4j, 4)
    before = of_server(neo4j)
    with pytest.raises(StoreError, match="source/extra") as caught:
        pushed(other, neo4j, replace=False)
    assert "--replace" in caught.value.hint
    assert of_server(neo4j) == before
    assert pushed(other, neo4j, dry_run=True, replace=False).taken_away == ["source/extra"]
    with Store.open_folder(mine) as store:
        assert not pull(store, neo4j, who="Ali").sources
    pushed(other, neo4j)
    assert_holds(neo4j, other)
    pushed(mine, neo4j, replace=False)
    assert_holds(neo4j, mine)


@pytest.mark.usefixtures("quick")
@KILLED
def test_a_push_survives_a_server_that_was_killed(neo4j_killable: Neo4jServer, tmp_path: Path, at: int) -> None:
    writer.build(tmp_path / "store", cities(400))
    process = start(tmp_path / "store", neo4j_killable, "50", "1")
    assert process.stdout is not None
    for line in process.stdout:
        if int(line.split()[1]) >= at:
            neo4j_killable.kill()
            break
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 3
    assert len(errors.strip().splitlines()) == 2, errors  # one sentence and a hint
    assert "The server's graph is not whole. Complete it with: citydip neo4j push" in errors
    assert neo4j_killable.password not in errors
    neo4j_killable.start()
    with neo4j_killable.driver() as driver:
        pushed(tmp_path / "store", driver)
        assert_holds(driver, tmp_path / "store")


# --- the bulk path ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("neo4j_jars")
def test_bulk_import_makes_what_a_push_makes(tmp_path: Path, shipped: Path) -> None:
    folder, csv, home = tmp_path / "store", tmp_path / "csv", tmp_path / "home"
    copied(shipped, folder)
    odd = City(id="city/zz", labels=(Text('a "b", \\c\nd', "en"),), aliases=(Text(";|,", "en"), Text('"', "en")))
    writer.load(folder, [told(source("odd", "blog"), odd, City(id="city/zzz"))])
    with Store.open_folder(folder) as store:
        csv.mkdir()
        rows, _ = write_neo4j_csv(store, csv)
    nodes, ties = of_store(folder)
    assert sum(rows.values()) == nodes.total() + ties.total()
    admin(home, COMMAND, csv)
    with Neo4jServer(home) as server, server.driver() as driver:
        found = status(driver)
        assert (found.nodes.total(), found.relationships.total()) == (nodes.total(), ties.total())
        assert not pushed(folder, driver).changed  # It only adds what the importer cannot make.
        assert_holds(driver, folder)
