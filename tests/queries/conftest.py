"""A world of two cities, told by four sources: small enough to know every answer by heart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.holding import Held
from citydiplomacy.graph.model.records import (
    Activity,
    Agreement,
    Assessment,
    Barrier,
    City,
    Country,
    Disagreement,
    Interviewee,
    Link,
    Membership,
    Mission,
    Need,
    Observation,
    Organization,
    Roster,
    Route,
    Source,
    Study,
    Testimony,
    Theme,
)
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.validity import Tie, stands
from citydiplomacy.graph.model.values import Date, Text
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.wording.phrases import Phrase


def marks(headlines: Iterable[Phrase]) -> set[tuple[object, str]]:
    """What numbers and names sentences tell, in whichever language and order."""
    return {(mark.value, repr(mark.evidence)) for headline in headlines for mark in headline.marks}


MEMBER, BOARD, OBSERVER = "role/member", "role/board-member", "role/observer"
ACTIVE, PLANNED, ENDED = "status/active", "status/planned", "status/ended"


def year(number: int) -> Date:
    """A year."""
    return Date(str(number), dt.date(number, 1, 1), dt.date(number, 12, 31))


def both(en: str, fa: str) -> tuple[Text, ...]:
    """A name in both languages."""
    return (Text(en, "en"), Text(fa, "fa"))


def twin(one: str, other: str, kind: str = "sister-city", **more: object) -> Agreement:
    """An agreement of two actors."""
    parties = tuple(sorted((one, other)))
    full = f"agreement-kind/{kind}"
    return Agreement(id=ids.agreement(full, parties), kind=full, parties=parties, **more)  # type: ignore[arg-type]


def member(who: str, where: str, role: str = MEMBER, **more: object) -> Membership:
    """A membership."""
    return Membership(id=ids.membership(who, where, role), member=who, organization=where, role=role, **more)  # type: ignore[arg-type]


def link(subject: str, relation: str, object_: str, reason: str = "") -> Link:
    """A judgement."""
    values = {"subject": subject, "relation": relation, "object": object_}
    return Link(
        id=ids.derive("Link", values) or "",
        subject=subject,
        relation=relation,
        object=object_,
        reason=(Text(reason, "en"),) if reason else (),
    )


def need(name: str, axis: str, label: str, score: int) -> list[Record]:
    """A need of Ayla with its score of 30."""
    return [
        Need(id=f"need/{name}", axis=f"axis/{axis}", city="city/ayla", labels=(Text(label, "en"),)),
        Assessment(
            id=f"assessment/panel/{name}",
            need=f"need/{name}",
            study="study/panel",
            score=score,
            panel_size=30,
            rank=1,
        ),
    ]


PLACES: list[Record] = [
    Country(id="country/aa", code="AA", labels=both("Aland", "آلند"), world_region="world-region/southern-asia"),
    Country(id="country/bb", code="BB", labels=both("Beland", "بلند"), world_region="world-region/western-asia"),
    City(id="city/ayla", labels=both("Ayla", "آیلا"), country="country/aa"),
    City(id="city/bosra", labels=both("Bosra", "بصرا"), country="country/aa"),
    City(id="city/cana", labels=both("Cana", "قانا"), country="country/bb"),
    City(id="city/dura", labels=(Text("دورا", "fa"),), country="country/bb"),
    City(id="city/edessa", labels=(Text("Édesse", "fr"), Text("Edessa", "de")), country="country/bb"),
    City(id="city/nameless"),
    Organization(
        id="organization/net",
        labels=both("The Net", "شبکه"),
        kind="organization-kind/city-network",
        acronym="NET",
        founded=year(1985),
        seat="city/cana",
        seat_country="country/bb",
    ),
    Organization(id="organization/ring", labels=both("The Ring", "حلقه"), kind="organization-kind/city-network"),
    Organization(id="organization/fund", labels=both("The Fund", "صندوق"), kind="organization-kind/fund"),
    Theme(id="theme/trade", labels=both("Trade", "بازرگانی")),
    Theme(id="theme/fairs", labels=both("Fairs", "نمایشگاه‌ها"), broader="theme/trade"),
    Theme(id="theme/water", labels=both("Water", "آب")),
]

STUDY: list[Record] = [
    *need("fairs", "economy", "Hold fairs", 24),
    *need("water", "society", "Share water", 20),
    *need("desk", "society", "Open a desk", 10),
    *need("uncoded", "economy", "Something else", 15),
    Study(
        id="study/panel",
        kind="study-kind/panel",
        city="city/ayla",
        date=year(2016),
        participants=30,
        labels=both("Panel", "پنل"),
    ),
    Study(id="study/talks", kind="study-kind/interviews", city="city/ayla", participants=2, minutes=50),
    Interviewee(id="interviewee/2", code="2", expertise=both("Law", "حقوق"), study="study/talks", minutes=20),
    Interviewee(id="interviewee/10", code="10", expertise=(Text("Planning", "en"),), study="study/talks", minutes=30),
    Barrier(id="barrier/visas", category="barrier-category/foreign-policy", labels=both("Visas", "روادید")),
    Barrier(id="barrier/skills", category="barrier-category/mindset", labels=both("Skills", "مهارت")),
    Testimony(
        id="testimony/1",
        barrier="barrier/skills",
        interviewee="interviewee/10",
        study="study/talks",
        locators=("p. 1",),
    ),
    Testimony(id="testimony/2", barrier="barrier/skills", interviewee="interviewee/2", study="study/talks"),
    Testimony(id="testimony/3", barrier="barrier/visas", study="study/talks"),
    link("city/ayla", "faces", "barrier/visas"),
    link("city/ayla", "faces", "barrier/skills"),
    twin("city/ayla", "city/cana", status=ACTIVE, start=year(2010), attested=year(2016), locators=("p. 3", "p. 4")),
    twin("city/ayla", "city/cana", "memorandum", status="status/signed"),
    twin("city/ayla", "city/dura", status=ACTIVE),
    twin("city/ayla", "city/edessa", status=PLANNED),
    member("city/ayla", "organization/net", BOARD, status=ACTIVE, attested=year(2014), detail=("section of water",)),
    member("city/ayla", "organization/ring", OBSERVER, status=ACTIVE),
    Observation(
        id="observation/population/ayla/2016",
        area="city/ayla",
        measure="measure/population",
        value=Decimal(3000000),
        unit="unit/persons",
        period=year(2016),
        locators=("p. 2",),
    ),
    Observation(
        id="observation/officials-naming/ayla/barrier-category-mindset/undated",
        area="city/ayla",
        measure="measure/officials-naming",
        topic="barrier-category/mindset",
        value=Decimal(7),
    ),
]

PRESS: list[Record] = [
    twin("city/ayla", "city/cana", status="status/signed", start=year(2012)),
    twin("city/bosra", "city/cana", status=ACTIVE, start=year(1990), end=year(2000)),
    twin("city/bosra", "city/dura", status=ACTIVE),
    twin("city/bosra", "city/edessa", status=ACTIVE),
    twin("city/cana", "city/dura", status=ACTIVE),
    twin("city/ayla", "city/bosra", "friendship"),
    member("city/bosra", "organization/net", start=year(2005), status=ACTIVE),
    member("city/bosra", "organization/ring", status=ACTIVE),
    member("city/bosra", "organization/fund", status=ACTIVE),
    member("city/cana", "organization/fund", status=ACTIVE),
    Roster(
        id="roster/fund/2020", organization="organization/fund", coverage="coverage/whole", date=year(2020), listed=2
    ),
    Roster(
        id="roster/ring/2020", organization="organization/ring", coverage="coverage/part", date=year(2020), listed=1
    ),
    Mission(
        id="mission/consulate/country-bb--ayla",
        kind="mission-kind/consulate",
        sender="country/bb",
        host="city/ayla",
        status=ACTIVE,
    ),
    Mission(
        id="mission/consulate/country-bb--bosra",
        kind="mission-kind/consulate",
        sender="country/bb",
        host="city/bosra",
        status=PLANNED,
    ),
    Route(id="route/ayla--cana", origin="city/ayla", destination="city/cana", status=ACTIVE),
    Route(id="route/dura--ayla", origin="city/dura", destination="city/ayla", status=ENDED),
    Activity(
        id="activity/meeting",
        kind="activity-kind/event-hosted",
        actors=("city/ayla", "city/nameless", "organization/net"),
        start=year(2014),
        labels=both("Meeting", "نشست"),
    ),
    Observation(
        id="observation/population/ayla/2016",
        area="city/ayla",
        measure="measure/population",
        value=Decimal(3100000),
        unit="unit/persons",
        period=year(2016),
        qualifier="qualifier/about",
        disagreements=("disagreement/population",),
        notes=(Text("By the mayor.", "en"), Text("به گفتهٔ شهردار.", "fa")),
    ),
    Disagreement(id="disagreement/population", about=("city/ayla",), labels=both("How many people", "شمار مردم")),
]

CODING: list[Record] = [
    link("need/fairs", "about", "theme/fairs"),
    link("need/water", "about", "theme/water"),
    link("need/desk", "about", "theme/water"),
    link("need/fairs", "dimension", "dimension/economy"),
    link("need/water", "dimension", "dimension/development"),
    link("need/desk", "dimension", "dimension/development"),
    link("organization/fund", "addresses", "theme/water"),
    link("organization/net", "offers", "service/advocacy"),
    link("service/advocacy", "addresses", "theme/trade"),
    link("organization/ring", "addresses", "theme/fairs"),
    link("barrier/visas", "hinders", "need/fairs", "No visitor, no fair."),
    link("barrier/skills", "hinders", "need/fairs", "A fair needs hands."),
    link("barrier/skills", "hinders", "need/desk", "So does a desk."),
]


def source(name: str, kind: str, date: Date | None = None, collects: str = "", covers: tuple[str, ...] = ()) -> Source:
    """A source. collects, covers: names of a kind of tie and of cities."""
    return Source(
        id=f"source/{name}",
        kind=f"evidence-kind/{kind}",
        labels=both(name.title(), name),
        date=date,
        address=f"https://example.org/{name}",
        collects=(f"tie-kind/{collects}",) if collects else (),
        covers=tuple(f"city/{city}" for city in covers),
    )


def stands_today(tie: Tie) -> bool:
    """Whether a tie is known to stand today."""
    return stands(tie, dt.date.today()) is Held.YES


def told(by: Source, records: list[Record]) -> SourceRecords:
    """What a source tells, sorted."""
    return SourceRecords(by, sorted(records, key=lambda record: record.id))


SOURCES = [
    told(source("atlas", "dataset"), PLACES),
    told(source("study", "scholarly", year(2017), "agreement", ("ayla",)), STUDY),
    told(source("press", "press", year(2021), "sister-city", ("ayla", "bosra", "cana", "dura", "edessa")), PRESS),
    told(source("coding", "coding"), CODING),
]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of the small world."""
    folder: Path = tmp_path_factory.mktemp("world") / "store"
    writer.build(folder, SOURCES)
    with Store.open_folder(folder) as opened:
        yield opened
