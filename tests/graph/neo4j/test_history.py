"""Any history of edits, pulls, pushes and builds: at its end store and server tell the same, and nobody's edit was lost
without having been told.

After each push all that the server holds is compared with the store's projection: what differs must be what the push
told. After each pull all that people have touched since the last one must have been told, unless the store knows it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from citydiplomacy.errors import Interrupted, StoreError
from citydiplomacy.graph.model.records import Organization
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.neo4j import marks, push_lock, statements
from citydiplomacy.graph.neo4j.status import status
from citydiplomacy.graph.neo4j_exchange import push as pushing
from citydiplomacy.graph.neo4j_exchange.plan import PushOptions, PushReport
from citydiplomacy.graph.neo4j_exchange.pull import pull
from citydiplomacy.graph.neo4j_exchange.pulled import pulled
from citydiplomacy.graph.neo4j_exchange.push import push
from citydiplomacy.graph.neo4j_exchange.report import PullReport
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store

from ..conftest import IRAN, LAHORE, MASHHAD, METROPOLIS, SEOUL, member, sister, source, told, year
from . import named_things
from .content import assert_holds, of_others

if TYPE_CHECKING:
    from neo4j import Driver

LAHORE_TIE, SEOUL_TIE = "agreement/sister-city/lahore--mashhad", "agreement/sister-city/mashhad--seoul"
SEAT = "membership/metropolis/mashhad/board-member"
MOVED_SEAT = "membership/uclg/mashhad/board-member"
MOVED_SEAT_DRAWN = "(city/mashhad)-[:MEMBER_OF]->(organization/uclg)"
UCLG = Organization(id="organization/uclg", labels=(Text("UCLG", "en"),))


class Edit(NamedTuple):
    """What somebody does on the server: what it touches, and the Cypher, which may find nothing to do."""

    things: tuple[str, ...]
    cypher: str
    values: dict[str, Any]
    written: tuple[str, str] | None = None
    """A thing and its property that tells `$value` then."""


def _write(thing: str, name: str, value: object) -> Edit:
    of = "(n:_CityDip {id: $id})" if thing.startswith("city/") else "(:_CityDip)-[n {id: $id}]->(:_CityDip)"
    return Edit((thing,), f"MATCH {of} SET n.{name} = $value", {"id": thing, "value": value}, (thing, name))


def _make(name: str, other: str) -> Edit:
    city = f"city/{name}"
    made = "MATCH (b:City {id: $other}) CREATE (:City {id: $id, label_en: $value})-[:FRIENDS_WITH]->(b)"
    only = f"OPTIONAL MATCH (a {{id: $id}}) WITH a WHERE a IS NULL {made}"
    return Edit((city,), only, {"id": city, "other": f"city/{other}", "value": name.title()}, (city, "label_en"))


COPY = (
    "MATCH (a)-[r:%s {id: $id}]->(b) WHERE r._digest IS NOT NULL MATCH (o:_CityDip {id: $other}) "
    "CREATE (a)-[q:%s]->(o) SET q = properties(r)"
)
MOVED = Edit((SEAT,), COPY % ("MEMBER_OF", "MEMBER_OF") + " DELETE r", {"id": SEAT, "other": "organization/uclg"})
DOUBLED = Edit((LAHORE_TIE,), COPY % ("TWINNED_WITH", "TWINNED_WITH"), {"id": LAHORE_TIE, "other": "city/mashhad"})
ROUND = "MATCH (a:_CityDip)-[r:TWINNED_WITH {id: $id}]->(b:_CityDip) CREATE (b)-[q:TWINNED_WITH]->(a)"
SWAPPED = Edit((), f"{ROUND} SET q = properties(r) DELETE r", {"id": LAHORE_TIE})
REDRAWN = Edit((SEOUL_TIE,), f"{ROUND} DELETE r", {"id": SEOUL_TIE})
CITIES = st.sampled_from(["mashhad", "lahore", "seoul"])
NAMES = st.sampled_from(["Meshhed", "لاهور کهن", "Seoul City", ""])
EDITS = st.one_of(
    st.builds(
        lambda city, lang, name: _write(f"city/{city}", f"label_{lang}", name),
        CITIES,
        st.sampled_from(["ar", "en"]),
        NAMES,
    ),
    st.builds(
        lambda tie, to: _write(tie, "status", to),
        st.sampled_from([LAHORE_TIE, SEOUL_TIE, SEAT]),
        st.sampled_from(["ended", "signed", "active"]),
    ),
    st.builds(
        lambda tie, to: _write(tie, "until", to),
        st.sampled_from([LAHORE_TIE, SEAT]),
        st.sampled_from(["2021", "spring"]),
    ),
    st.builds(lambda city, to: _write(f"city/{city}", "latitude", to), CITIES, st.sampled_from([36.5, "north"])),
    st.builds(_make, st.sampled_from(["rasht", "yazd"]), CITIES),
    st.builds(
        lambda city: Edit((f"city/{city}",), "MATCH (n:_CityDip {id: $id}) REMOVE n.label_ar", {"id": f"city/{city}"}),
        CITIES,
    ),
    st.builds(
        lambda city: Edit((f"city/{city}",), "MATCH (n:City:_CityDip {id: $id}) REMOVE n:City", {"id": f"city/{city}"}),
        CITIES,
    ),
    st.builds(
        lambda city: Edit((f"city/{city}",), "MATCH (n:_CityDip {id: $id}) REMOVE n:_CityDip", {"id": f"city/{city}"}),
        CITIES,
    ),
    st.builds(
        lambda city: Edit((f"city/{city}",), "MATCH (n:_CityDip {id: $id}) REMOVE n._digest", {"id": f"city/{city}"}),
        CITIES,
    ),
    st.builds(
        lambda tie: Edit((tie,), "MATCH (:_CityDip)-[r {id: $id}]->(:_CityDip) DELETE r", {"id": tie}),
        st.sampled_from([LAHORE_TIE, SEOUL_TIE, SEAT]),
    ),
    st.builds(
        lambda city: Edit((f"city/{city}",), "MATCH (n:_CityDip {id: $id}) DETACH DELETE n", {"id": f"city/{city}"}),
        st.sampled_from(["seoul", "rasht"]),
    ),
    st.just(
        Edit(
            ("(city/mashhad)-[:IN_COUNTRY]->(country/ir)",),
            "MATCH (:City {id: 'city/mashhad'})-[r:IN_COUNTRY]->() DELETE r",
            {},
        )
    ),
    st.builds(
        lambda city: Edit((f"city/{city}",), "MATCH (n:_CityDip {id: $id}) SET n:Organization", {"id": f"city/{city}"}),
        CITIES,
    ),
    st.sampled_from([MOVED, DOUBLED, SWAPPED, REDRAWN]),
)


class Cut(NamedTuple):
    """Where a push is cut off: before so many of its lots, small ones, and how."""

    before: int
    killed: bool
    """Without giving back its turn, as when its process or the server is killed; else interrupted by a person."""

    @contextmanager
    def __call__(self) -> Iterator[None]:
        left = iter(range(self.before))

        def send(*sent: Any) -> list[str]:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return statements.send(*sent)

        with pytest.MonkeyPatch.context() as patch:
            for module in (statements, marks):
                patch.setattr(module, "BATCH", 2)
            patch.setattr(pushing, "send", send)
            if self.killed:
                patch.setattr(push_lock.Turn, "__exit__", lambda *_: None)
            yield


CUTS = st.one_of(st.none(), st.builds(Cut, st.integers(0, 5), st.booleans()))
OPTIONS = st.sampled_from(
    [PushOptions(), PushOptions(), PushOptions(whole=True), PushOptions(overwrite=True), PushOptions(reset=True)]
)


def world(began: int) -> list[SourceRecords]:
    """Two sources, of which one moves: it tells all otherwise then that people work on."""
    called = Text(f"As of {began}", "fr")
    return [
        told(
            source("official", "official", year(2020)),
            *(replace(city, aliases=(called,)) for city in (MASHHAD, LAHORE, SEOUL)),
            *(IRAN, METROPOLIS, UCLG),
            sister("mashhad", "lahore", start=year(began), status="status/active"),
            member("mashhad", "metropolis", "board-member", start=year(began), status="status/active"),
        ),
        told(source("press", "press", year(2022)), LAHORE, SEOUL, sister("mashhad", "seoul", status="status/planned")),
    ]


class History:
    """Two people at a server and whoever has the store."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.driver.execute_query("MATCH (n) DETACH DELETE n")  # what was defined stays, as it would be made again
        self.began = 2006
        self.folder = Path(tempfile.mkdtemp()) / "store"
        self.edits: dict[tuple[str, str], Any] = {}
        """What people wrote, and nobody else has changed since."""
        self.told: set[str] = set()
        """Things of which a pull or a push told anything since somebody last touched them."""
        self.touched: set[str] = set()
        """Things that somebody has touched since the last pull."""
        self.seen: dict[str, Any] = {}
        """What the server told at the last pull or push."""
        self.visits = 0
        self.owed: set[str] = set()
        """Things that a push has overwritten or put back that was cut off: the next one tells them."""
        writer.build(self.folder, world(self.began))
        self.push(PushOptions())

    def now(self) -> dict[tuple[str, str], Any]:
        """What is on the server of what people wrote."""
        found = {}
        for thing, name in self.edits:
            of = f"MATCH (n {{id: $id}}) RETURN n.{name} UNION MATCH ()-[n {{id: $id}}]->() RETURN n.{name}"
            found[thing, name] = [row[0] for row in self.driver.execute_query(of, id=thing).records]  # type: ignore[arg-type]
        return found

    def works(self, edits: list[Edit]) -> None:
        for edit in edits:
            done = self.driver.execute_query(edit.cypher, edit.values).summary  # type: ignore[arg-type]
            if done.counters.contains_updates:
                self.told.difference_update(edit.things)
                self.owed.difference_update(edit.things)
                self.touched.update(edit.things)
                if edit.written is not None:
                    self.edits[edit.written] = edit.values["value"]

    def others_work_there_too(self, city: str) -> None:
        made = "MATCH (c:City {id: $id}) CREATE (:Person {name: 'Ali'})-[:VISITED]->(c) SET c.mayor = 'Ali'"
        if self.driver.execute_query(made, id=f"city/{city}").summary.counters.nodes_created:
            self.visits += 1

    def a_source_moves_and_is_pushed(self, options: PushOptions, build: bool = False, cut: Cut | None = None) -> None:
        self.began += 1
        if build:
            with Store.open_folder(self.folder) as store:
                carried = list(pulled(store))
            writer.build(self.folder, [*world(self.began), *carried])
        else:
            writer.load(self.folder, [world(self.began)[0]])
        self.pushes(options, cut)

    def pulls(self, who: str) -> None:
        now = named_things.of_server(self.driver)
        with Store.open_folder(self.folder) as store:
            report = pull(store, self.driver, who=who)
        mentioned = everything_in(report) | {*report.taking}
        for thing in self.touched:
            assert thing in mentioned or now.get(thing) == self.seen.get(thing), f"a pull told nothing of {thing}"
        self.told |= mentioned
        self.touched.clear()
        self.seen = now
        if report.sources:
            writer.load(self.folder, report.sources)
        with Store.open_folder(self.folder) as store:
            assert not pull(store, self.driver, who=who).sources, "a second pull brings the same again"

    def pushes(self, options: PushOptions, cut: Cut | None = None) -> None:
        if cut is None:
            self.push(options)
            return
        before = {edit: value for edit, value in self.now().items() if self.edits[edit] in value}
        there = named_things.of_server(self.driver)
        missing = self.seen.keys() - there.keys()
        with cut(), suppress(Interrupted):
            self.push(options)
            return  # it was refused, or had done all before
        after = self.now()
        gone = [edit for edit in before if self.edits[edit] not in after[edit]]
        lost = {thing for thing, _ in gone} - self.told
        untold = lost - {thing.partition(" (")[0] for thing in status(self.driver).taking}
        assert not untold, f"a push that was cut off overwrote {untold}, and nobody can know"
        for edit in gone:
            del self.edits[edit]
        now = named_things.of_server(self.driver)
        self.owed |= lost | (missing & now.keys())
        sent = {thing for thing in there.keys() | now.keys() if there.get(thing) != now.get(thing)}
        self.seen = {thing: said for thing, said in self.seen.items() if thing not in sent or thing in now}
        self.seen |= {thing: now[thing] for thing in sent & now.keys()}

    def push(self, options: PushOptions) -> PushReport | None:
        """Push, and look at what people lost by it, and at all that the server holds."""
        before = {edit: value for edit, value in self.now().items() if self.edits[edit] in value}
        missing = self.seen.keys() - named_things.of_server(self.driver).keys()
        with Store.open_folder(self.folder) as store:
            try:
                report = push(store, self.driver, options=options)
            except StoreError as error:
                assert "server" in error.message  # noqa: PT017 - refused is told, and nothing is lost
                assert {edit: value for edit, value in self.now().items() if edit in before} == before
                return None
        self.told |= {thing.id for thing in (*report.reset, *report.restored)} | {*report.copied, *report.doubles}
        if options.overwrite or options.reset:
            self.told |= set(report.edited)
        after = self.now()
        for edit, value in before.items():
            if self.edits[edit] not in after[edit]:
                assert edit[0] in self.told, f"{edit} was {value}, is {after[edit]}, and nobody was told"
                del self.edits[edit]
        self.seen = named_things.of_server(self.driver)
        untold = self.owed - {thing.partition(" (")[0] for thing in report.taken} - {one.id for one in report.restored}
        assert not untold, f"a push that was cut off overwrote or put back {untold}, and the next told nobody"
        self.owed.clear()
        self.told |= {thing.partition(" (")[0] for thing in report.taken}
        untold = (missing & self.seen.keys()) - {thing.id for thing in report.restored}
        assert not untold, f"somebody had deleted {untold}, it is there again, and nobody was told"
        wanted = named_things.of_store(self.folder)
        left = {thing.id for thing in (*report.left, *report.deleted)}
        differs = {thing for thing in wanted.keys() | self.seen if wanted.get(thing) != self.seen.get(thing)}
        assert differs <= left, f"a push told nothing of {differs - left}"
        return report

    def what_is_of_others_stays(self) -> None:
        assert len([one for one in of_others(self.driver) if one[1] == "VISITED"]) <= self.visits

    def ends(self) -> None:
        """A day ends: one pulls, one pushes and puts back what is left."""
        self.pulls("Maryam")
        assert self.push(PushOptions(reset=True)) is not None
        self.driver.execute_query("MATCH (n:_CityDip) REMOVE n.mayor")
        assert_holds(self.driver, self.folder)
        found = status(self.driver)
        assert (found.changed.total(), found.deleted.total()) == (0, 0)


def everything_in(report: PullReport) -> set[str]:
    """The ids of all things that a pull told anything of."""
    things = [*report.made, *(one.thing for one in report.changed), *report.withdrawn]
    things += [thing for one in report.deleted for thing in (one.thing, *one.hung)]
    things += [*report.copied, *report.redrawn]
    things += [thing for several in report.lost_on.values() for thing in several]
    told = {thing.id for thing in things} | {refusal.thing for refusal in report.refused} | {*report.also_changed}
    return told | {SEAT} if told & {MOVED_SEAT, MOVED_SEAT_DRAWN} else told


def test_some_histories_that_lost_something_once(neo4j: Driver) -> None:
    both = History(neo4j)
    both.works([_write(LAHORE_TIE, "status", "ended")])
    both.a_source_moves_and_is_pushed(PushOptions())
    both.pulls("Ali")
    both.a_source_moves_and_is_pushed(PushOptions(overwrite=True))
    both.ends()
    built = History(neo4j)
    built.works([_make("rasht", "seoul"), _write("city/lahore", "label_en", "Lahawr")])
    built.pulls("Maryam")
    built.works([_write("city/lahore", "label_en", "Lâhore")])
    built.a_source_moves_and_is_pushed(PushOptions(), build=True)
    built.works([Edit((SEOUL_TIE,), "MATCH ()-[r {id: $id}]->() DELETE r", {"id": SEOUL_TIE})])
    built.pulls("Ali")
    built.pushes(PushOptions(whole=True))
    built.ends()


@pytest.mark.usefixtures("_quick")
def test_a_tie_whose_node_a_cut_off_push_put_back_is_told_as_missing(neo4j: Driver) -> None:
    day = History(neo4j)
    tie = Edit((SEOUL_TIE,), "MATCH (:_CityDip)-[r {id: $id}]->(:_CityDip) DELETE r", {"id": SEOUL_TIE})
    day.works([_write(LAHORE_TIE, "until", "spring"), tie])
    day.pushes(PushOptions(reset=True), Cut(3, killed=False))
    city = {"id": "city/seoul"}
    day.works([Edit(("city/seoul",), "MATCH (n:_CityDip {id: $id}) DETACH DELETE n", city), _make("rasht", "mashhad")])
    day.pushes(PushOptions(whole=True), Cut(1, killed=False))
    day.works([Edit(("city/seoul",), "MATCH (n:City:_CityDip {id: $id}) REMOVE n:City", city), MOVED])
    day.pulls("Maryam")
    day.ends()


def test_a_tie_that_was_copied_in_its_place_is_told_each_time(neo4j: Driver) -> None:
    day = History(neo4j)
    day.works([_write(LAHORE_TIE, "until", "spring")])
    day.pushes(PushOptions(reset=True))
    day.works([DOUBLED])
    day.pulls("Ali")
    day.works([DOUBLED])
    day.pulls("Ali")
    day.ends()


def test_a_tie_that_was_moved_is_missed_also_when_its_source_has_moved(neo4j: Driver) -> None:
    day = History(neo4j)
    day.works([_write("city/mashhad", "latitude", "north"), MOVED, _write(SEAT, "until", "2021")])
    day.pulls("Ali")
    day.works([MOVED])
    day.a_source_moves_and_is_pushed(PushOptions())
    day.a_source_moves_and_is_pushed(PushOptions(reset=True))
    day.ends()


def test_a_node_that_lost_our_label_is_put_back_where_ids_are_held_apart(neo4j: Driver) -> None:
    day = History(neo4j)
    freed = Edit((MASHHAD.id,), "MATCH (n:_CityDip {id: $id}) REMOVE n:_CityDip", {"id": MASHHAD.id})
    day.works([_write(LAHORE_TIE, "status", "ended"), freed])
    day.pushes(PushOptions())
    day.pushes(PushOptions(whole=True))
    day.a_source_moves_and_is_pushed(PushOptions())
    day.pulls("Ali")
    day.ends()


def test_a_tie_that_was_copied_at_a_node_without_our_label_is_told(neo4j: Driver) -> None:
    day = History(neo4j)
    freed = Edit((LAHORE.id,), "MATCH (n:_CityDip {id: $id}) REMOVE n:_CityDip", {"id": LAHORE.id})
    day.works([freed, DOUBLED])
    day.pulls("Ali")
    day.pushes(PushOptions())
    day.works([DOUBLED])
    day.pulls("Maryam")
    day.ends()


def test_a_node_that_lost_all_its_labels_is_put_back(neo4j: Driver) -> None:
    day = History(neo4j)
    unlabelled = Edit((LAHORE.id,), "MATCH (n:City {id: $id}) REMOVE n:City REMOVE n:_CityDip", {"id": LAHORE.id})
    day.works([unlabelled])
    day.pulls("Ali")
    day.pushes(PushOptions())
    day.a_source_moves_and_is_pushed(PushOptions(reset=True))
    day.ends()


PULLS = st.builds(lambda who: lambda day: day.pulls(who), st.sampled_from(["Maryam", "Ali"]))
PUSHES = st.builds(lambda options, cut: lambda day: day.pushes(options, cut), OPTIONS, CUTS)
MOVES = st.builds(
    lambda options, build, cut: lambda day: day.a_source_moves_and_is_pushed(options, build, cut),
    OPTIONS,
    st.booleans(),
    CUTS,
)
VISITS = st.builds(lambda city: lambda day: day.others_work_there_too(city), CITIES)
HOURS = st.tuples(
    st.lists(EDITS, min_size=1, max_size=3), st.one_of(MOVES, PULLS, PUSHES), st.one_of(st.none(), VISITS)
)
"""Somebody edits, something is done with the store, and perhaps others come by."""


SEARCHED = int(os.environ.get("HISTORIES", "0"))
"""How many histories are made up, others at each run; else there are a few, the same at each."""


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pushes that were killed count as dead soon."""
    monkeypatch.setattr(push_lock, "SILENCE", 0.2)
    monkeypatch.setattr(push_lock, "LOOK", 0.05)


@pytest.mark.usefixtures("_quick")
@settings(
    max_examples=SEARCHED or 8,
    derandomize=not SEARCHED,
    phases=[Phase.generate],  # to make a history shorter takes longer than to read it
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(hours=st.tuples(HOURS, HOURS, HOURS, HOURS, HOURS))
def test_any_history_ends_well_and_loses_nothing_in_silence(neo4j: Driver, hours: tuple[Any, ...]) -> None:
    day = History(neo4j)
    for edits, act, visit in hours:
        day.works(edits)
        if visit is not None:
            visit(day)
        act(day)
        day.what_is_of_others_stays()
    day.ends()
