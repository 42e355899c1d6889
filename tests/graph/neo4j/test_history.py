"""Any history of edits, pulls, pushes and builds: at its end store and server tell the same, and nobody's edit was lost
without having been told.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from citydiplomacy.errors import StoreError
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.neo4j.status import status
from citydiplomacy.graph.neo4j_exchange.plan import PushOptions, PushReport
from citydiplomacy.graph.neo4j_exchange.pull import pull
from citydiplomacy.graph.neo4j_exchange.pulled import pulled
from citydiplomacy.graph.neo4j_exchange.push import push
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store

from ...neo4j_server.server import empty
from ..conftest import IRAN, LAHORE, MASHHAD, METROPOLIS, SEOUL, member, sister, source, told, year
from .content import assert_holds, of_others

if TYPE_CHECKING:
    from neo4j import Driver

CITIES = ("mashhad", "lahore", "seoul")
LAHORE_TIE, SEOUL_TIE = "agreement/sister-city/lahore--mashhad", "agreement/sister-city/mashhad--seoul"
OPTIONS = st.sampled_from([PushOptions(), PushOptions(), PushOptions(whole=True), PushOptions(overwrite=True)])
NAMES = ("Meshhed", "لاهور کهن", "Seoul City")
Edit = tuple[str, str]
"""A thing, and its property."""


def world(began: int) -> list[SourceRecords]:
    """Two sources, of which one moves."""
    return [
        told(
            source("official", "official", year(2020)),
            *(MASHHAD, LAHORE, SEOUL, IRAN, METROPOLIS),
            sister("mashhad", "lahore", start=year(began), status="status/active"),
            member("mashhad", "metropolis", "board-member", status="status/active"),
        ),
        told(source("press", "press", year(2022)), LAHORE, SEOUL, sister("mashhad", "seoul", status="status/planned")),
    ]


class History(RuleBasedStateMachine):
    """Two people at a server and whoever has the store."""

    driver: Driver

    def __init__(self) -> None:
        super().__init__()
        empty(self.driver)
        self.began = 2006
        self.folder = Path(tempfile.mkdtemp()) / "store"
        self.edits: dict[Edit, Any] = {}
        """What people wrote, and nobody else has changed since."""
        self.told: set[str] = set()
        """Things of which a pull or a push told anything since somebody last touched them."""
        self.visits = 0
        writer.build(self.folder, world(self.began))
        self.push(PushOptions())

    def ask(self, cypher: str, **values: Any) -> list[Any]:
        """The first column of an answer."""
        return [record[0] for record in self.driver.execute_query(cypher, values).records]  # type: ignore[arg-type]

    def now(self) -> dict[Edit, Any]:
        """What is on the server of what people wrote."""
        found = {}
        for thing, name in self.edits:
            of = f"MATCH (n {{id: $id}}) RETURN n.{name} UNION MATCH ()-[n {{id: $id}}]->() RETURN n.{name}"
            found[thing, name] = next(iter(self.ask(of, id=thing)), None)
        return found

    def write(self, thing: str, name: str, value: str) -> None:
        """Somebody writes a property."""
        self.told.discard(thing)
        self.edits[thing, name] = value
        for of in ("(n:_CityDip {id: $id})", "(:_CityDip)-[n {id: $id}]->(:_CityDip)"):
            self.ask(f"MATCH {of} SET n.{name} = $value", id=thing, value=value)

    @rule(city=st.sampled_from(CITIES), name=st.sampled_from(NAMES), language=st.sampled_from(["ar", "en"]))
    def renames(self, city: str, name: str, language: str) -> None:
        self.write(f"city/{city}", f"label_{language}", name)

    @rule(status=st.sampled_from(["ended", "signed"]))
    def changes_a_status(self, status: str) -> None:
        self.write(LAHORE_TIE, "status", status)

    @rule(name=st.sampled_from(["rasht", "yazd"]), other=st.sampled_from(CITIES))
    def makes_a_city_with_a_tie(self, name: str, other: str) -> None:
        thing = f"city/{name}"
        if not self.ask("MATCH (n {id: $id}) RETURN 1", id=thing):
            self.told.discard(thing)
            made = "MATCH (b:City {id: $other}) CREATE (:City {id: $id, label_en: $label})-[:FRIENDS_WITH]->(b)"
            self.ask(made, id=thing, label=name.title(), other=f"city/{other}")
            self.edits[thing, "label_en"] = name.title()

    @rule()
    def deletes_a_tie(self) -> None:
        self.told.discard(SEOUL_TIE)
        self.ask("MATCH ()-[r {id: $id}]->() DELETE r", id=SEOUL_TIE)

    @rule(city=st.sampled_from(CITIES))
    def others_work_there_too(self, city: str) -> None:
        self.visits += 1
        self.ask("MATCH (c:City {id: $id}) CREATE (:Person {name: 'Ali'})-[:VISITED]->(c)", id=f"city/{city}")

    @rule(options=OPTIONS)
    def a_source_moves_and_is_pushed(self, options: PushOptions) -> None:
        self.began += 1
        writer.load(self.folder, [world(self.began)[0]])
        self.push(options)

    @rule()
    def builds_anew(self) -> None:
        with Store.open_folder(self.folder) as store:
            carried = list(pulled(store))
        writer.build(self.folder, [*world(self.began), *carried])

    @rule(who=st.sampled_from(["Maryam", "Ali"]))
    def pulls(self, who: str) -> None:
        with Store.open_folder(self.folder) as store:
            report = pull(store, self.driver, who=who)
        for thing in (*report.made, *report.changed, *report.withdrawn, *(one.thing for one in report.deleted)):
            self.told.add(thing.id)
        self.told.update(report.also_changed)
        self.told.update(refusal.thing for refusal in report.refused)
        if report.sources:
            writer.load(self.folder, report.sources)

    @rule(options=OPTIONS)
    def pushes(self, options: PushOptions) -> None:
        self.push(options)

    def push(self, options: PushOptions) -> PushReport | None:
        """Push, and look at what people lost by it."""
        before = {edit: value for edit, value in self.now().items() if value == self.edits[edit]}
        with Store.open_folder(self.folder) as store:
            try:
                report = push(store, self.driver, options=options)
            except StoreError as error:
                assert "server" in error.message  # noqa: PT017 - refused is told, and nothing is lost
                assert {edit: value for edit, value in self.now().items() if edit in before} == before
                return None
        self.told |= {thing.id for thing in (*report.reset, *report.restored)}
        if options.overwrite:
            self.told |= set(report.edited)
        after = self.now()
        for edit, value in before.items():
            if after[edit] != value:
                assert edit[0] in self.told, f"{edit} was {value}, is {after[edit]}, and nobody was told"
                del self.edits[edit]
        return report

    @invariant()
    def what_is_of_others_stays(self) -> None:
        assert len([one for one in of_others(self.driver) if one[1] == "VISITED"]) == self.visits

    def teardown(self) -> None:
        """A day ends: one pulls, one pushes and puts back what is left."""
        self.pulls("Maryam")
        assert self.push(PushOptions(reset=True)) is not None
        assert_holds(self.driver, self.folder)
        found = status(self.driver)
        assert (found.changed.total(), found.deleted.total()) == (0, 0)


def test_some_histories_that_lost_something_once(neo4j: Driver) -> None:
    class Here(History):
        driver = neo4j

    both = Here()
    both.changes_a_status("ended")
    both.a_source_moves_and_is_pushed(PushOptions())
    both.pulls("Ali")
    both.a_source_moves_and_is_pushed(PushOptions(overwrite=True))
    both.teardown()
    built = Here()
    built.makes_a_city_with_a_tie("rasht", "seoul")
    built.renames("lahore", "Lahawr", "en")
    built.pulls("Maryam")
    built.renames("lahore", "Lâhore", "en")
    built.builds_anew()
    built.pushes(PushOptions())
    built.deletes_a_tie()
    built.pulls("Ali")
    built.pushes(PushOptions(whole=True))
    built.teardown()


def test_any_history_ends_well_and_loses_nothing_in_silence(neo4j: Driver) -> None:
    class Here(History):
        driver = neo4j

    few = settings(
        max_examples=12,
        stateful_step_count=12,
        phases=[Phase.generate],  # to make a history shorter takes longer than to read it
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Here, settings=few)  # type: ignore[no-untyped-call]
