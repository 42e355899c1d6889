"""Pulling from a real server: what analysts did there comes back as a source, checked, and only that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from citydiplomacy.errors import StoreError, UsageError
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model.records import Agreement, City, Membership
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.neo4j.on_server import OnServer
from citydiplomacy.graph.neo4j.status import status
from citydiplomacy.graph.neo4j_exchange.plan import PushOptions, PushReport
from citydiplomacy.graph.neo4j_exchange.pull import pull
from citydiplomacy.graph.neo4j_exchange.push import push
from citydiplomacy.graph.neo4j_exchange.report import PullReport
from citydiplomacy.graph.property.projection import project
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library.in_cypher import CypherEngine

from ..conftest import IRAN, LAHORE, MASHHAD, SEOUL, sister, source, told, year
from .content import assert_holds, of_others

if TYPE_CHECKING:
    from neo4j import Driver

LAHORE_TIE = "agreement/sister-city/lahore--mashhad"
TODAY = dt.date(2026, 10, 1)


@pytest.fixture
def folder(neo4j: Driver, world: list[SourceRecords], build: Callable[[list[SourceRecords]], Path]) -> Path:
    """A store that was pushed."""
    made = build(world)
    with Store.open_folder(made) as store:
        push(store, neo4j)
    return made


def done(driver: Driver, *queries: str) -> None:
    """What an analyst does; `mashhad`, `lahore` and `seoul` are our nodes."""
    ours = (
        "MATCH (mashhad:_CityDip {id: 'city/mashhad'}), (lahore:_CityDip {id: 'city/lahore'}), "
        "(seoul:_CityDip {id: 'city/seoul'}), (metropolis:_CityDip {id: 'organization/metropolis'}) "
    )
    with driver.session() as session:
        for query in queries:
            session.run(ours + query).consume()  # type: ignore[arg-type]


def pulled(folder: Path, driver: Driver, who: str = "Maryam R.") -> PullReport:
    """Pull from the server."""
    with Store.open_folder(folder) as store:
        return pull(store, driver, who=who, when=TODAY)


def frozen_ties(driver: Driver) -> list[Any]:
    """Which way round sister cities are drawn."""
    return driver.execute_query("MATCH (a)-[r:TWINNED_WITH]->(b) RETURN a.id, b.id ORDER BY a.id, b.id").records


def records(report: PullReport) -> dict[str, Record]:
    """What a pull brings, but for where on the server it stands."""
    assert report.told is not None
    return {record.id: replace(record, locators=()) for record in report.told.records}


def test_nothing_was_done(neo4j: Driver, folder: Path) -> None:
    assert pulled(folder, neo4j) == PullReport()


def test_changed_things_tell_only_what_was_changed(neo4j: Driver, folder: Path) -> None:
    done(
        neo4j,
        "SET mashhad.label_fa = 'مشهدِ `نو`', mashhad.latitude = 36.3, mashhad.aliases = mashhad.aliases + 'Mešhed'",
        "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) SET r.until = '2020', r.note = ['Seen \"there\".']",
        "MATCH (mashhad)-[r:MEMBER_OF {role: 'member'}]->() SET r.since = date('2004-02-01')",
    )
    report = pulled(folder, neo4j)
    assert not report.refused
    assert not report.also_changed
    assert records(report) == {
        "city/mashhad": City(
            id="city/mashhad",
            labels=(Text("مشهدِ `نو`", "fa"),),
            latitude=Decimal("36.3"),
            aliases=(Text("Mešhed", "und"),),
        ),
        LAHORE_TIE: Agreement(
            id=LAHORE_TIE,
            kind="agreement-kind/sister-city",
            parties=("city/lahore", "city/mashhad"),
            end=year(2020),
            notes=(Text('Seen "there".', "und"),),
        ),
        "membership/metropolis/mashhad": Membership(
            id="membership/metropolis/mashhad",
            member="city/mashhad",
            organization="organization/metropolis",
            role="role/member",
            start=parse_date("2004-02-01"),
        ),
    }


def test_a_date_in_words_of_a_source_is_told_by_the_server_in_edtf(
    neo4j: Driver, build: Callable[[list[SourceRecords]], Path]
) -> None:
    """A node without our mark: its ties are drawn anew as far as anybody can see, and tell nothing that is new."""
    tie = sister("mashhad", "lahore", start=parse_date("1399 SH"), end=parse_date("spring 2022"))
    folder = build([told(source("press", "press", year(2022)), IRAN, MASHHAD, LAHORE, tie)])
    with Store.open_folder(folder) as store:
        push(store, neo4j)
    neo4j.execute_query("MATCH (n:_CityDip {id: 'city/mashhad'}) REMOVE n:_CityDip")
    assert pulled(folder, neo4j).sources == []
    neo4j.execute_query("MATCH ()-[r:TWINNED_WITH]-() SET r.since = '2019'")
    assert records(pulled(folder, neo4j))[LAHORE_TIE].start == year(2019)  # type: ignore[attr-defined]


def test_a_year_that_somebody_wrote_as_a_number_is_that_year(neo4j: Driver, folder: Path) -> None:
    done(
        neo4j,
        "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) SET r.until = 2020",
        "MATCH (mashhad)-[r:MEMBER_OF {role: 'member'}]->() SET r.since = 1392",
    )
    report = pulled(folder, neo4j)
    tie = records(report)[LAHORE_TIE]
    assert isinstance(tie, Agreement)
    assert tie.end == year(2020)
    assert [(one.thing, "Gregorian or Solar Hijri" in one.reason) for one in report.refused] == [
        ("membership/metropolis/mashhad", True)
    ]


def test_a_tie_is_told_with_the_names_that_its_ends_have_anywhere(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "SET mashhad.latitude = 36.3, mashhad.label_de = 'Mesched'")
    done(neo4j, "CREATE (seoul)-[:HAS_MEMORANDUM_WITH {since: '2011'}]->(mashhad)")
    report = pulled(folder, neo4j)
    assert [str(thing) for thing in report.made] == ["agreement/memorandum/mashhad--seoul (Mashhad – Seoul)"]


def test_new_things_and_ties(neo4j: Driver, folder: Path) -> None:
    done(
        neo4j,
        "CREATE (:City {id: 'city/qom', label_en: 'Qom', label_fa: 'قم'})",
        "MATCH (q:City {id: 'city/qom'}) CREATE (q)-[:TWINNED_WITH {since: '1990'}]->(seoul)",
        "MATCH (q:City {id: 'city/qom'}), (i:_CityDip {id: 'country/ir'}) CREATE (q)-[:IN_COUNTRY]->(i)",
        "CREATE (seoul)-[:MEMBER_OF {role: 'observer', status: 'active'}]->(metropolis)",
        "CREATE (metropolis)-[:SEATED_IN]->(seoul)",
        "CREATE (:City {id: 'city/nobody', label: 'Nobody'})",
    )
    report = pulled(folder, neo4j)
    assert not report.refused
    found = records(report)
    assert found["city/qom"] == City(id="city/qom", labels=(Text("Qom", "en"), Text("قم", "fa")), country="country/ir")
    assert found["city/nobody"].labels == (Text("Nobody", "und"),)
    tie = found["agreement/sister-city/qom--seoul"]
    assert isinstance(tie, Agreement)
    assert tie.parties == ("city/qom", "city/seoul")
    assert tie.start == year(1990)
    member = found["membership/metropolis/seoul/observer"]
    assert isinstance(member, Membership)
    assert (member.role, member.status) == ("role/observer", "status/active")
    assert found["organization/metropolis"].seat == "city/seoul"  # type: ignore[attr-defined]
    assert len(found) == 5


def test_the_source_says_who_and_when(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "SET seoul.label_fa = 'سئول'")
    told_by = pulled(folder, neo4j).told
    assert told_by is not None
    assert (told_by.source.id, told_by.source.kind) == ("source/neo4j-maryam-r", "evidence-kind/correction")
    assert told_by.source.creators == ("Maryam R.",)
    assert told_by.source.retrieved is not None
    assert told_by.source.retrieved.edtf == "2026-10-01"


def test_there_and_back(neo4j: Driver, folder: Path) -> None:
    """Pulled, loaded and pushed again: both hold the change, and a second pull has nothing more to bring."""
    done(neo4j, "SET seoul.label_fa = 'سئول'", "CREATE (lahore)-[:HAS_MEMORANDUM_WITH {since: '2011'}]->(seoul)")
    report = pulled(folder, neo4j)
    assert report.told is not None
    writer.load(folder, [report.told])
    assert pulled(folder, neo4j) == PullReport()
    with Store.open_folder(folder) as store:
        push(store, neo4j)
        seoul = store.get("city/seoul")
        assert seoul is not None
        assert seoul.label("fa") == "سئول"
        assert set(store.claims("city/seoul")) == {"source/official", "source/neo4j-maryam-r"}
    assert_holds(neo4j, folder)
    assert pulled(folder, neo4j) == PullReport()
    # What an earlier pull brought stays when a later one brings more.
    done(neo4j, "SET seoul.label_en = 'Soul'")
    assert set(records(pulled(folder, neo4j))) == {"city/seoul", "agreement/memorandum/lahore--seoul"}
    seoul = records(pulled(folder, neo4j))["city/seoul"]
    assert seoul.labels == (Text("Soul", "en"), Text("سئول", "fa"))


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("CREATE (seoul)-[:MEMBER_OF]->(metropolis)", "role is missing"),
        ("CREATE (seoul)-[:MEMBER_OF {role: 'king'}]->(metropolis)", "scheme role"),
        ("CREATE (seoul)-[:MEMBER_OF {role: ['member']}]->(metropolis)", "is not a concept"),
        ("CREATE (seoul)-[:TWINNED_WITH {since: 'long ago'}]->(lahore)", "no date"),
        ("CREATE (seoul)-[:TWINNED_WITH]->(seoul)", "2 or more different ones"),
        ("CREATE (seoul)-[:TWINNED_WITH]->(:City {id: 'Town 7'})", "Town 7"),
        ("CREATE (seoul)-[:TWINNED_WITH {id: 'city/x'}]->(lahore)", "begins with agreement/"),
        ("CREATE (seoul)-[:IN_COUNTRY]->(lahore)", "no such relationship"),
        ("SET seoul.latitude = 'north'", "is not a number"),
        ("SET seoul.latitude = 136", "out of range"),
        ("SET seoul.exact_match = ['no `iri` \"']", "not an IRI"),
        ("CREATE (:City {id: 'city/a b`c\"', label_en: 'X'})", "is not an id"),
    ],
)
def test_what_the_checks_refuse_is_told_and_left(neo4j: Driver, folder: Path, query: str, reason: str) -> None:
    done(neo4j, query)
    report = pulled(folder, neo4j)
    assert any(reason in f"{thing}: {why}" for thing, why in report.refused), report
    assert report.told is None


def test_one_refusal_does_not_stop_the_rest(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "SET seoul.latitude = 136", "SET lahore.latitude = 31.5")
    report = pulled(folder, neo4j)
    assert list(records(report)) == ["city/lahore"]
    assert [thing for thing, _ in report.refused] == ["city/seoul"]


def test_what_records_cannot_carry_is_counted(neo4j: Driver, folder: Path) -> None:
    done(
        neo4j,
        "SET seoul.agreed_by = 9",
        "SET lahore.`maire ``élu``` = 'x'",
        "REMOVE mashhad.label_fa",
        "MATCH (mashhad)-[r:IN_COUNTRY]->() SET r.since = '1900'",
        "MATCH (c:Claim {about: 'city/seoul'}) SET c.says = ['nothing']",
    )
    report = pulled(folder, neo4j)
    assert report.told is None
    assert sum(report.lost.values()) == 5


def test_a_change_on_both_sides_is_pointed_out(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "SET mashhad.latitude = 36.5", "SET seoul.latitude = 37.5")
    writer.load(folder, [told(source("blog", "blog"), City(id="city/seoul", labels=(Text("سئول", "fa"),)))])
    report = pulled(folder, neo4j)
    assert report.also_changed == ["city/seoul"]
    assert set(records(report)) == {"city/mashhad", "city/seoul"}


MOVE = (
    "MATCH (mashhad)-[r:MEMBER_OF {role: 'member'}]->() "
    "CREATE (mashhad)-[q:MEMBER_OF]->(:Organization {id: 'organization/uclg', label_en: 'UCLG'}) "
    "SET q = properties(r) DELETE r"
)
MEMBERSHIP = "membership/metropolis/mashhad"


def test_a_tie_that_was_moved_is_a_new_one_and_a_deletion(neo4j: Driver, folder: Path) -> None:
    done(neo4j, MOVE)
    report = brought(folder, neo4j)
    assert [thing.id for thing in report.made] == ["membership/uclg/mashhad", "organization/uclg"]
    assert [one.thing.id for one in report.deleted] == [MEMBERSHIP]
    assert [thing.id for thing in pushed(folder, neo4j).deleted] == [MEMBERSHIP]
    assert [thing.id for thing in pushed(folder, neo4j, reset=True).restored] == [MEMBERSHIP]
    assert_holds(neo4j, folder)


def test_a_tie_that_was_moved_is_not_lost_to_a_push(neo4j: Driver, folder: Path) -> None:
    done(
        neo4j,
        "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) CREATE (lahore)-[q:TWINNED_WITH]->(seoul) "
        "SET q = properties(r), q.note = ['Seen there.'] DELETE r",
    )
    with pytest.raises(StoreError, match=f"1 thing .*{LAHORE_TIE}"):
        pushed(folder, neo4j)
    report = brought(folder, neo4j)
    assert [thing.id for thing in report.made] == ["agreement/sister-city/lahore--seoul"]
    assert [thing.id for thing in pushed(folder, neo4j).deleted] == [LAHORE_TIE]
    pushed(folder, neo4j, reset=True)
    assert_holds(neo4j, folder)


def test_a_place_that_was_moved_is_told(neo4j: Driver, folder: Path) -> None:
    done(
        neo4j,
        "MATCH (mashhad)-[r:IN_COUNTRY]->() CREATE (k:Country {id: 'country/tm', label_en: 'Turkmenistan'}) "
        "CREATE (mashhad)-[q:IN_COUNTRY]->(k) SET q = properties(r) DELETE r",
    )
    report = pulled(folder, neo4j)
    assert [one.thing.id for one in report.deleted] == ["(city/mashhad)-[:IN_COUNTRY]->(country/ir)"]
    assert [one.sources for one in report.deleted] == [("source/official",)]
    assert records(report)["city/mashhad"].country == "country/tm"  # type: ignore[attr-defined]


def test_a_copy_is_somebody_elses(neo4j: Driver, folder: Path) -> None:
    done(
        neo4j,
        "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) WITH r, startNode(r) AS a, endNode(r) AS b "
        "CREATE (a)-[q:TWINNED_WITH]->(b) SET q = properties(r), q.until = '2020'",
    )
    assert records(pulled(folder, neo4j))[LAHORE_TIE].end == year(2020)  # type: ignore[attr-defined]
    # Also where the source has changed, so that the tie is sent.
    writer.load(folder, [told(source("blog", "blog"), SEOUL, sister("lahore", "mashhad", start=year(2007)))])
    report = pushed(folder, neo4j)
    assert report.copied == [LAHORE_TIE]
    found = neo4j.execute_query("MATCH ()-[r:TWINNED_WITH {until: '2020'}]->() RETURN r._digest, r._citydip").records
    assert [row.values() for row in found] == [[None, None]]
    assert_holds(neo4j, folder)


DOUBLE = (
    "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) WITH r, startNode(r) AS a, endNode(r) AS b LIMIT 1 "
    "CREATE (a)-[q:TWINNED_WITH]->(b) SET q = properties(r)"
)
"""A second tie in the place of ours, with all that it has: it tells nothing that ours does not."""


def test_a_tie_that_stands_twice_is_told_by_all_and_taken_away(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) SET r.until = 'spring'")
    pushed(folder, neo4j, reset=True)
    done(neo4j, DOUBLE)
    report = pulled(folder, neo4j, "Ali")
    assert [thing.id for thing in report.copied] == [LAHORE_TIE]
    assert not report.sources
    done(neo4j, DOUBLE)
    report = pulled(folder, neo4j, "Ali")
    assert [thing.id for thing in report.copied] == [LAHORE_TIE] * 2
    assert status(neo4j).copied == [LAHORE_TIE] * 2
    assert CypherEngine.neo4j(neo4j).ask("MATCH ()-[t:TWINNED_WITH]->() RETURN count(t)", {}).rows == [(2,)]
    with Store.open_folder(folder) as store:
        assert push(store, neo4j, options=PushOptions(reset=True), dry_run=True).doubles == [LAHORE_TIE] * 2
    report = pushed(folder, neo4j, reset=True)
    assert (report.doubles, report.copied) == ([LAHORE_TIE] * 2, [])
    assert_holds(neo4j, folder)
    assert of_others(neo4j) == []
    assert status(neo4j).copied == []


def test_a_tie_that_stands_twice_does_not_come_back_by_a_pull(neo4j: Driver, folder: Path) -> None:
    """Somebody has copied a tie in place, and no source tells it any more: nobody claims it by that."""
    done(neo4j, DOUBLE)
    writer.build(folder, [told(source("official", "official", year(2020)), IRAN, MASHHAD, LAHORE)])
    report = pulled(folder, neo4j)
    assert [thing.id for thing in report.copied] == [LAHORE_TIE]
    assert not report.sources


def test_what_lost_its_label_or_a_mark_is_told_and_put_back(neo4j: Driver, folder: Path) -> None:
    done(
        neo4j,
        "REMOVE seoul:City, lahore._digest SET lahore.latitude = 31.5",
        "MATCH (mashhad)-[r:MEMBER_OF {role: 'member'}]->() SET r._citydip = 'no'",
        "CREATE (:City:_CityDip {id: 'city/qom', label_en: 'Qom'})",
        "SET mashhad.revision = 'of last year'",
    )
    report = pulled(folder, neo4j)
    marks = [thing.id for what, things in report.lost_on.items() if "mark" in what for thing in things]
    assert sorted(marks) == ["city/lahore", "city/mashhad", "city/qom", "city/seoul", MEMBERSHIP]
    assert [thing.id for thing in report.made] == ["city/qom"]
    assert [str(one.thing.id) for one in report.changed] == ["city/lahore"]
    assert pushed(folder, neo4j, reset=True).reset
    assert_holds(neo4j, folder)


def test_a_label_of_ours_on_a_node_of_another_class_is_told_and_put_back(neo4j: Driver, folder: Path) -> None:
    """It would be counted in answers as what it is not; a label that is no class of ours is somebody else's."""
    done(neo4j, "SET mashhad:Organization, lahore:Favourite")
    found = status(neo4j)
    assert (found.changed, found.deleted) == ({"City": 1}, {})
    assert pulled(folder, neo4j).lost == {"another label of ours on a City": 1}
    assert [thing.id for thing in pushed(folder, neo4j).left] == ["city/mashhad"]
    assert [thing.id for thing in pushed(folder, neo4j, reset=True).reset] == ["city/mashhad"]
    labels = "MATCH (n:City) WHERE n.id IN ['city/mashhad', 'city/lahore'] RETURN labels(n) ORDER BY n.id"
    assert [{*row[0]} for row in neo4j.execute_query(labels).records] == [
        {"City", "_CityDip", "Favourite"},
        {"City", "_CityDip"},
    ]


def test_a_node_that_lost_its_digest_alone_is_told_and_in_no_pushs_way(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "REMOVE lahore._digest")
    report = pushed(folder, neo4j, whole=True)
    assert ([str(thing.id) for thing in report.left], report.edited) == (["city/lahore"], [])
    done(neo4j, "SET lahore.latitude = 31.5")
    with pytest.raises(StoreError, match=r"changed on the server: 1 thing .* city/lahore"):
        pushed(folder, neo4j, whole=True)
    assert [thing.id for thing in pushed(folder, neo4j, reset=True).reset] == ["city/lahore"]
    assert_holds(neo4j, folder)


def test_a_value_that_cannot_be_read_holds_up_no_other(neo4j: Driver, folder: Path) -> None:
    done(
        neo4j,
        "SET mashhad.label_ar = 'مشهد المقدسة', mashhad.latitude = 'north', mashhad.longitude = 361",
        "CREATE (:City {id: 'city/qom', label_en: 'Qom', latitude: 'north'})",
    )
    report = pulled(folder, neo4j)
    assert [one.says for one in report.changed] == [["label: مشهد المقدسة (ar)"]]
    assert sorted(one.thing for one in report.refused) == ["city/mashhad", "city/mashhad", "city/qom"]
    assert not report.made


def test_a_node_that_a_pull_took_lacks_nothing_that_only_a_push_makes(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "CREATE (:City {id: 'city/qom', label_en: 'Qom'})")
    writer.load(folder, pulled(folder, neo4j).sources)
    assert pulled(folder, neo4j) == PullReport()


def test_a_node_that_lost_our_label_is_still_ours(neo4j: Driver, folder: Path) -> None:
    """It is told as changed, not as deleted with all that hangs on it; and others' constraints hinder no way back."""
    done(neo4j, "REMOVE mashhad:_CityDip SET mashhad.label_ar = 'مشهد المقدسة'")
    found = status(neo4j)
    assert (found.changed, found.deleted.total(), found.other_nodes) == ({"City": 1}, 0, 0)
    report = pulled(folder, neo4j)
    assert not report.deleted
    assert [one.says for one in report.changed] == [["label: مشهد المقدسة (ar)"]]
    assert [thing.id for what, things in report.lost_on.items() if "mark" in what for thing in things] == [MASHHAD.id]
    for whole in (False, True):
        left = pushed(folder, neo4j, whole=whole)
        assert ([thing.id for thing in left.left], left.deleted, left.restored) == ([MASHHAD.id], [], [])
    qom = City(id="city/qom", labels=(Text("Qom", "en"),), country=IRAN.id)
    writer.load(folder, [told(source("more", "press", year(2022)), sister("mashhad", "qom"), qom)])
    with pytest.raises(StoreError, match="without our label on the server, and needed by what is new: city/mashhad"):
        pushed(folder, neo4j)
    back = pushed(folder, neo4j, reset=True)
    assert ([thing.id for thing in back.reset], back.restored) == ([MASHHAD.id], [])
    assert_holds(neo4j, folder)


def test_a_node_that_lost_all_our_marks_is_put_back_and_nothing_stands_twice(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "REMOVE mashhad:_CityDip, mashhad._digest")
    assert [one.thing.id for one in pulled(folder, neo4j).deleted] == [MASHHAD.id]
    assert pushed(folder, neo4j, reset=True).restored
    assert_holds(neo4j, folder)
    assert not status(neo4j).copied


def test_an_id_that_was_taken_away_is_told_and_the_rest_is_pulled(neo4j: Driver, folder: Path) -> None:
    done(
        neo4j,
        "SET mashhad.label_ar = 'مشهد المقدسة' REMOVE lahore.id "
        "CREATE (:City:_CityDip {capital: true}), (:City:_CityDip {name: 'Qom'})",
    )
    report = pulled(folder, neo4j)
    assert {one.thing.partition(" (")[0]: one.reason for one in report.refused} == {
        "City 'Lahore'": "its id was taken away on the server; it was city/lahore",
        "City": "it has our label and no id",
    }
    assert [one.name for one in report.proposed] == ["Qom"]
    assert [str(one.thing) for one in report.changed] == ["city/mashhad (Mashhad)"]
    assert [one.thing.id for one in report.deleted] == ["city/lahore"]
    assert len(report.deleted[0].hung) == 3
    assert len(status(neo4j).nameless) == 3
    assert len(pushed(folder, neo4j, overwrite=True).nameless) == 3
    assert status(neo4j).nameless == []
    pushed(folder, neo4j, reset=True)
    assert_holds(neo4j, folder)


def test_an_id_that_was_changed_is_told_as_such(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "SET mashhad.id = 'city/meshhed'")
    report = pulled(folder, neo4j)
    assert [tuple(one) for one in report.refused] == [
        ("city/meshhed", "its id was changed on the server; it was city/mashhad")
    ]
    assert [one.thing.id for one in report.deleted] == ["city/mashhad"]
    assert report.told is None
    pushed(folder, neo4j, reset=True)
    assert_holds(neo4j, folder)


ANEW = "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) WITH r, mashhad, lahore, properties(r) AS told DELETE r "


def test_a_tie_between_equals_has_no_direction(neo4j: Driver, folder: Path, world: list[SourceRecords]) -> None:
    before = frozen_ties(neo4j)
    done(neo4j, ANEW + "CREATE (mashhad)-[q:TWINNED_WITH]->(lahore) SET q = told")
    assert frozen_ties(neo4j) != before, "it was drawn the other way round"
    found = status(neo4j)
    assert not found.changed
    assert not found.deleted
    report = pulled(folder, neo4j)
    assert report == PullReport()
    assert not pushed(folder, neo4j).left
    official, *others = world
    records_now = [one for one in official.records if one.id != LAHORE_TIE]
    ended = sister("mashhad", "lahore", start=year(2006), status="status/ended", locators=("page 3",))
    writer.build(folder, [told(official.source, *records_now, ended), *others])
    report = pushed(folder, neo4j)
    assert [(one.name, one.new, one.changed, one.gone) for one in report.counts if one.name == "TWINNED_WITH"] == [
        ("TWINNED_WITH", 0, 1, 0)
    ]
    done(neo4j, "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) CREATE (lahore)-[q:TWINNED_WITH]->(mashhad) SET q = r")
    assert status(neo4j).copied == [LAHORE_TIE], "the other way round it is a copy as well"
    with neo4j.session() as session:
        assert len(session.execute_read(OnServer.copied)) == 1
    pushed(folder, neo4j, reset=True)
    assert not status(neo4j).copied


def test_a_tie_that_was_drawn_anew_is_not_missing(neo4j: Driver, folder: Path) -> None:
    done(neo4j, ANEW + "CREATE (mashhad)-[:TWINNED_WITH {since: '1999'}]->(lahore)")
    report = pulled(folder, neo4j)
    assert [change.says for change in report.changed] == [["since: 1999"]]
    assert not report.deleted
    assert [one.id for one in report.redrawn] == [LAHORE_TIE]
    writer.load(folder, report.sources)
    assert [thing.id for thing in pushed(folder, neo4j).restored] == [LAHORE_TIE]
    assert_holds(neo4j, folder)
    done(neo4j, "MATCH (seoul)-[r:TWINNED_WITH]-(mashhad) DELETE r CREATE (seoul)-[:TWINNED_WITH]->(mashhad)")
    report = pulled(folder, neo4j)
    assert not report.sources
    assert not report.deleted
    assert [one.id for one in report.redrawn] == ["agreement/sister-city/mashhad--seoul"]
    pushed(folder, neo4j, reset=True)
    assert not pulled(folder, neo4j).redrawn


def test_the_type_of_a_tie_tells_its_kind(neo4j: Driver, folder: Path) -> None:
    """As who changes the type of a relationship copies all that it had, its kind too."""
    done(neo4j, ANEW + "CREATE (lahore)-[q:FRIENDS_WITH]->(mashhad) SET q = told")
    report = pulled(folder, neo4j)
    assert [one.id for one in report.made] == ["agreement/friendship/lahore--mashhad"]
    assert [one.thing.id for one in report.deleted] == [LAHORE_TIE]
    assert report.lost == {"kind of FRIENDS_WITH, which the type tells otherwise": 1}
    tie = records(report)["agreement/friendship/lahore--mashhad"]
    assert (tie.kind, tie.status) == ("agreement-kind/friendship", "status/active")  # type: ignore[attr-defined]


def test_an_empty_text_tells_nothing(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "SET mashhad.label_en = '', seoul.label_fa = ' ', mashhad.aliases = mashhad.aliases + ['']")
    done(neo4j, "CREATE (:City {id: 'city/rasht', label_en: 'Rasht', label_fa: ''})")
    report = pulled(folder, neo4j)
    assert [one.id for one in report.made] == ["city/rasht"]
    assert not report.changed
    assert not report.refused
    assert report.lost == {
        "label_en of City taken away: a source cannot unsay another": 1,
        "label_fa of City, which is an empty text": 2,
    }
    assert records(report)["city/rasht"].labels == (Text("Rasht", "en"),)


def test_what_others_wrote_is_told_in_a_line(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "SET seoul.label_en = 'Seoul\\nMade there: city/none', seoul.`may\nor` = 1")
    done(neo4j, "CREATE (:City {id: 'city/long', label_en: '" + "L" * 9000 + "'})")
    report = pulled(folder, neo4j)
    lines = [says for change in report.changed for says in change.says]
    lines += [*map(str, report.made), *report.lost, *(f"{thing}: {why}" for thing, why in report.refused)]
    assert "label: Seoul Made there: city/none (en)" in lines
    assert "may or of City, which has no such property" in lines
    assert all("\n" not in line and len(line) < 300 for line in lines)


def test_a_second_node_with_an_id_is_told_and_left(neo4j: Driver, folder: Path) -> None:
    """Which of two nodes with one id told last would else change with each pull."""
    neo4j.execute_query("DROP CONSTRAINT citydip_City")
    done(neo4j, "CREATE (:City {id: 'city/rasht', label_en: 'Rasht'}), (:City {id: 'city/rasht', label_en: 'Resht'})")
    done(neo4j, "CREATE (:City {id: 'city/seoul', label_en: 'Seoul Twice'})")
    report = pulled(folder, neo4j)
    assert [one.id for one in report.made] == ["city/rasht"]
    assert not report.changed
    assert not report.lost
    refused = [(thing.partition(" ")[0], why) for thing, why in report.refused]
    assert refused == [(thing, "another node there has this id") for thing in ("city/rasht", "city/seoul")]
    writer.load(folder, report.sources)
    again = pulled(folder, neo4j)
    assert not again.sources
    assert again.refused == report.refused


def test_whose_work_the_push_of_another_store_took_is_told_by_a_pull(
    neo4j: Driver, folder: Path, world: list[SourceRecords], tmp_path: Path
) -> None:
    """Ali has this store; Maryam pushes from hers."""
    done(neo4j, "SET lahore.label_en = 'Lahore of Ali'")
    hers = tmp_path / "hers"
    writer.build(hers, [*world, told(source("new", "press"), replace(LAHORE, aliases=(Text("Lavapuri", "en"),)))])
    pushed(hers, neo4j, overwrite=True)
    assert [thing for _, thing in pulled(folder, neo4j).taken] == ["city/lahore"]
    assert not pulled(hers, neo4j).taken, "that push has told it"


def test_a_definition_that_somebody_dropped_is_made_again(
    neo4j: Driver, folder: Path, world: list[SourceRecords]
) -> None:
    there = {row["name"] for row in neo4j.execute_query("SHOW CONSTRAINTS YIELD name").records}
    assert "citydip_state" in there
    for name in there:
        neo4j.execute_query(f"DROP CONSTRAINT {name}")
    neo4j.execute_query("DROP INDEX citydip_names")
    writer.build(folder, [*world, told(source("new", "press"), replace(LAHORE, aliases=(Text("Lavapuri", "en"),)))])
    pushed(folder, neo4j)
    assert {row["name"] for row in neo4j.execute_query("SHOW CONSTRAINTS YIELD name").records} == there
    assert neo4j.execute_query("SHOW INDEXES YIELD name WHERE name = 'citydip_names' RETURN name").records


@pytest.mark.parametrize("to", ["City/Lahore", "lahore", "town/lahore", " city/lahore"])
def test_an_id_that_was_changed_to_none_of_ours_is_told_as_such(neo4j: Driver, folder: Path, to: str) -> None:
    done(neo4j, f"SET lahore.id = '{to}'")
    report = pulled(folder, neo4j)
    assert [why for _, why in report.refused] == ["its id was changed on the server; it was city/lahore"]
    assert not report.lost
    assert "city/lahore" in {one.thing.id for one in report.deleted}


def test_a_deletion_is_told_though_another_was_made(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "CREATE (:City:_CityDip {id: 'city/qom', label_en: 'Qom'}) DETACH DELETE seoul")
    report = pulled(folder, neo4j)
    assert [(one.thing.id, len(one.hung) > 0) for one in report.deleted] == [("city/seoul", True)]


def test_an_end_that_is_no_date_stops_the_pull(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) DELETE r")
    with pytest.raises(UsageError, match="'spring' is no date"):
        brought(folder, neo4j, ended={LAHORE_TIE: "spring"})


def test_what_a_pull_brought_and_somebody_unlinked_is_withdrawn(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "MATCH (iran:Country) CREATE (seoul)-[:IN_COUNTRY]->(iran)")
    brought(folder, neo4j)
    pushed(folder, neo4j)
    done(neo4j, "MATCH (seoul)-[r:IN_COUNTRY]->() DELETE r")
    report = brought(folder, neo4j)
    assert [thing.id for thing in report.withdrawn] == ["city/seoul"]
    with Store.open_folder(folder) as store:
        assert store.get("city/seoul").country is None  # type: ignore[union-attr]


# --- the circle -------------------------------------------------------------------------------------------------------


def brought(folder: Path, driver: Driver, who: str = "Maryam R.", **options: Any) -> PullReport:
    """Pull and load."""
    with Store.open_folder(folder) as store:
        report = pull(store, driver, who=who, when=TODAY, **options)
    if report.sources:
        writer.load(folder, report.sources)
    return report


def pushed(folder: Path, driver: Driver, **options: bool) -> PushReport:
    """Push, with what is needed for nothing but what a pull brought."""
    with Store.open_folder(folder) as store:
        return push(store, driver, options=PushOptions(**options))


def of(folder: Path, record_id: str) -> tuple[Record | None, int]:
    """A merged record, and in how many voices it is told."""
    with Store.open_folder(folder) as store:
        graph = project(store)
        things = {node.id: node.properties for node in graph.nodes}
        things |= {str(tie.properties["id"]): tie.properties for tie in graph.relationships if "id" in tie.properties}
        voices = things.get(record_id, {}).get("agreed_by", 0)
        assert isinstance(voices, int)
        return store.get(record_id), voices


MADE = (
    "CREATE (:City {id: 'city/qom', label_en: 'Qom', mayor: 'x'})",
    "MATCH (q:City {id: 'city/qom'}), (i:_CityDip {id: 'country/ir'}) CREATE (q)-[:IN_COUNTRY]->(i)",
    "MATCH (q:City {id: 'city/qom'}) CREATE (seoul)-[:TWINNED_WITH {since: '1990'}]->(q)",
)


def test_what_a_pull_took_is_adopted(neo4j: Driver, folder: Path) -> None:
    done(neo4j, *MADE)
    report = brought(folder, neo4j)
    assert [thing.id for thing in report.made] == ["agreement/sister-city/qom--seoul", "city/qom"]
    assert not pushed(folder, neo4j).left
    with neo4j.session() as session:
        cities = session.run("MATCH (c:City {id: 'city/qom'}) RETURN c.mayor, c.label_en, c:_CityDip").values()
        ties = session.run("MATCH (:City {id: 'city/qom'})-[t:TWINNED_WITH]-() RETURN t.since").value()
        places = session.run("MATCH (:City {id: 'city/qom'})-[t:IN_COUNTRY]->() RETURN count(*)").value()
        session.run("MATCH (c:City {id: 'city/qom'}) REMOVE c.mayor").consume()
    assert cities == [["x", "Qom", True]]
    assert (ties, places) == (["1990"], [1])
    assert_holds(neo4j, folder)
    assert not brought(folder, neo4j).sources


@pytest.mark.parametrize("who", ["Maryam R.", "Ali", "Zahra"])
@pytest.mark.parametrize("change", ["SET n.label_en = 'Qom the Holy'", "REMOVE n.latitude"])
def test_what_was_made_pulled_changed_and_pulled_again_is_in_no_pushs_way(
    neo4j: Driver, folder: Path, change: str, who: str
) -> None:
    done(neo4j, "CREATE (:City {id: 'city/qom', label_en: 'Qom', latitude: 34.6})")
    writer.load(folder, pulled(folder, neo4j).sources)
    done(neo4j, f"MATCH (n {{id: 'city/qom'}}) {change}")
    with pytest.raises(StoreError, match=r"changed on the server: 1 thing .* city/qom"):
        pushed(folder, neo4j)
    writer.load(folder, pulled(folder, neo4j, who).sources)
    assert not pulled(folder, neo4j, who).sources
    assert pushed(folder, neo4j).edited == []
    assert_holds(neo4j, folder)


def test_what_was_changed_after_the_pull_is_not_overwritten(neo4j: Driver, folder: Path) -> None:
    done(neo4j, *MADE, "SET lahore.label_en = 'Lahor'")
    brought(folder, neo4j)
    done(neo4j, "MATCH (q:City {id: 'city/qom'}) SET q.label_en = 'Ghom'", "SET lahore.label_en = 'Lahaur'")
    with pytest.raises(StoreError, match=r"2 things .*city/lahore, city/qom"):
        pushed(folder, neo4j)
    brought(folder, neo4j)
    pushed(folder, neo4j)
    for city, name in (("city/qom", "Ghom"), ("city/lahore", "Lahaur")):
        with Store.open_folder(folder) as store:
            told = store.claims(city)["source/neo4j-maryam-r"]
        assert told.label("en") == name


@pytest.mark.parametrize("anew", [True, False])
def test_what_was_deleted_after_the_pull_is_not_put_back_in_silence(neo4j: Driver, folder: Path, anew: bool) -> None:
    """A server gives its own ids anew: what somebody makes next may have that of what a pull took."""
    done(neo4j, *MADE)
    brought(folder, neo4j)
    done(neo4j, "MATCH (q:City {id: 'city/qom'}) DETACH DELETE q")
    if anew:
        done(neo4j, "CREATE (:City {id: 'city/zahedan'})-[:TWINNED_WITH]->(:City {id: 'city/yazd'})")
        done(neo4j, "CREATE (seoul)-[:TWINNED_WITH {since: '2001'}]->(lahore)")
    with pytest.raises(StoreError, match=r"changed on the server: 2 things .*agreement/sister-city/qom--seoul, city/"):
        pushed(folder, neo4j)
    report = brought(folder, neo4j, "Ali")
    assert {thing.id for thing in report.withdrawn} == {"agreement/sister-city/qom--seoul", "city/qom"}
    pushed(folder, neo4j)
    assert of(folder, "city/qom")[0] is None
    assert not neo4j.execute_query("MATCH (q:City {id: 'city/qom'}) RETURN q").records
    assert len(neo4j.execute_query("MATCH ()-[t:TWINNED_WITH {since: '2001'}]->() RETURN t").records) == anew


def test_what_a_pull_took_without_an_id_stays_also_when_another_pulls(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "CREATE (:City {label_en: 'Neyshabur'})-[:TWINNED_WITH {since: '1990'}]->(mashhad)")
    with Store.open_folder(folder) as store:
        taken = pull(store, neo4j, who="Maryam R.", when=TODAY, take_ids=True)
    assert {thing.id for thing in taken.made} == {"city/neyshabur", "agreement/sister-city/mashhad--neyshabur"}
    writer.load(folder, taken.sources)
    assert not pulled(folder, neo4j, "Ali").withdrawn
    assert pushed(folder, neo4j).edited == []
    assert_holds(neo4j, folder)


@pytest.mark.parametrize("label", ["City", "City:_CityDip"])
@pytest.mark.parametrize("change", ["SET n.id = 'city/seoul-two'", "REMOVE n.id"])
def test_a_copy_of_a_node_is_told_as_one(neo4j: Driver, folder: Path, label: str, change: str) -> None:
    """As apoc.refactor.cloneNodes makes it, marks and all."""
    for constraint in ("citydip_City", "citydip_id"):
        neo4j.execute_query(f"DROP CONSTRAINT {constraint}")  # type: ignore[arg-type]
    done(neo4j, f"CREATE (n:{label}) SET n = properties(seoul) WITH n {change}")
    told = [reason for _, reason in pulled(folder, neo4j).refused]
    assert told == ["it is a copy of city/seoul, with our marks; without _digest it is a node of its own"]
    done(neo4j, "MATCH (n:City {iri: seoul.iri}) WHERE n <> seoul REMOVE n._digest, n:_CityDip")
    report = pulled(folder, neo4j)
    assert [one.id for one in report.made] or [one.name for one in report.proposed] == ["Seoul"]


@pytest.mark.parametrize("push_between", [True, False])
@pytest.mark.parametrize("who", ["Maryam R.", "Ali"])
def test_what_was_set_back_is_withdrawn(neo4j: Driver, folder: Path, push_between: bool, who: str) -> None:
    before = of(folder, LAHORE_TIE), of(folder, "city/seoul")
    done(neo4j, "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) SET r.until = '2020'", "SET seoul.label_fa = 'سئول'")
    brought(folder, neo4j)
    assert of(folder, LAHORE_TIE) != before[0]
    if push_between:
        pushed(folder, neo4j)
    undone = "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) REMOVE r.until"
    done(neo4j, undone + (", r.until_from, r.until_to" if push_between else ""), "REMOVE seoul.label_fa")
    report = brought(folder, neo4j, who)
    assert {thing.id for thing in report.withdrawn} == {LAHORE_TIE, "city/seoul"}
    assert (of(folder, LAHORE_TIE), of(folder, "city/seoul")) == before
    pushed(folder, neo4j)
    assert_holds(neo4j, folder)


def test_a_claim_stays_whose_it_is(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "SET mashhad.latitude = 36.5", "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) SET r.status = 'ended'")
    brought(folder, neo4j, "Maryam")
    assert brought(folder, neo4j, "Ali").sources == []


def test_an_edit_is_no_further_voice(neo4j: Driver, folder: Path) -> None:
    _, voices = of(folder, LAHORE_TIE)
    done(neo4j, "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) SET r.status = 'ended'")
    assert brought(folder, neo4j).sources
    assert of(folder, LAHORE_TIE)[1] == voices


def test_a_deletion_is_a_question(neo4j: Driver, folder: Path) -> None:
    done(neo4j, "MATCH (lahore)-[r:TWINNED_WITH]-(mashhad) DELETE r")
    report = brought(folder, neo4j)
    assert [(str(one.thing), one.is_tie) for one in report.deleted] == [(f"{LAHORE_TIE} (Lahore – Mashhad)", True)]
    assert not report.sources
    assert [thing.id for thing in pushed(folder, neo4j).deleted] == [LAHORE_TIE]
    with pytest.raises(UsageError, match="was not deleted"):
        brought(folder, neo4j, ended={"agreement/sister-city/mashhad--seoul": ""})
    brought(folder, neo4j, ended={LAHORE_TIE: "2020"})
    with Store.open_folder(folder) as store:
        tie = store.claims(LAHORE_TIE)["source/neo4j-maryam-r"]
    assert isinstance(tie, Agreement)
    assert (tie.status, tie.end) == ("status/ended", year(2020))
    assert not pushed(folder, neo4j).deleted
    assert_holds(neo4j, folder)


def test_what_pulls_alone_told_goes_with_its_deletion(neo4j: Driver, folder: Path) -> None:
    done(neo4j, *MADE)
    brought(folder, neo4j)
    pushed(folder, neo4j)
    done(neo4j, "MATCH (q:City {id: 'city/qom'}) DETACH DELETE q")
    report = brought(folder, neo4j, "Ali")
    assert {thing.id for thing in report.withdrawn} == {"city/qom", "agreement/sister-city/qom--seoul"}
    assert of(folder, "city/qom") == (None, 0)
    pushed(folder, neo4j)
    assert_holds(neo4j, folder)


def test_a_node_without_an_id_gets_one_proposed(neo4j: Driver, folder: Path) -> None:
    done(
        neo4j,
        "CREATE (seoul)-[:TWINNED_WITH]->(:City {name: 'Rasht'}), (:City {name: 'Seoul'}), (:Person {name: 'Ali'})",
    )
    report = brought(folder, neo4j)
    assert [(one.name, one.id) for one in report.proposed] == [("Rasht", "city/rasht"), ("Seoul", "")]
    report = brought(folder, neo4j, take_ids=True)
    assert [thing.id for thing in report.made] == ["agreement/sister-city/rasht--seoul", "city/rasht"]
    pushed(folder, neo4j)
    found = neo4j.execute_query("MATCH (c:City {name: 'Rasht'}) RETURN c.id, c:_CityDip").records
    assert [row.values() for row in found] == [["city/rasht", True]]


def test_data_of_others_are_not_pulled(neo4j: Driver, folder: Path) -> None:
    for label in ("City", "Source"):  # as where others were there first
        neo4j.execute_query(f"DROP CONSTRAINT citydip_{label}")  # type: ignore[arg-type]
    done(
        neo4j,
        "CREATE (c:City {id: 7, name: 'x'})-[:TWINNED_WITH]->(:City {name: 'y'}), (c)-[:VISITED]->(seoul)",
        # These say what the store says already.
        "CREATE (s:City {id: 'city/seoul', label_en: 'Seoul'})-[:TWINNED_WITH]->(mashhad)",
        "MATCH (iran:Country) CREATE (mashhad)-[:IN_COUNTRY]->(iran), (:Source {id: 'source/press'})",
    )
    report = pulled(folder, neo4j)
    assert report.told is None
    assert not report.refused


def test_pull_from_a_server_that_was_never_pushed_to(
    neo4j: Driver, build: Callable[[list[SourceRecords]], Path]
) -> None:
    folder = build([told(source("official", "official"), SEOUL, City(id=MASHHAD.id))])
    with pytest.raises(StoreError, match="nothing was pushed"):
        pulled(folder, neo4j)
    with pytest.raises(UsageError, match="no name"):
        pulled(folder, neo4j, who=" - ")
