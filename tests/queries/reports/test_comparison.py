"""Comparing two cities: figures worked out again from the plain records, three-valued absences, both languages."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import (
    Activity,
    Agreement,
    City,
    Country,
    Link,
    Membership,
    Mission,
    Need,
    Observation,
    Organization,
    Route,
    Source,
)
from citydiplomacy.graph.model.sources import SourceRecords, voice
from citydiplomacy.graph.model.values import Date, Text
from citydiplomacy.graph.store import scan, writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.reports.comparison import Comparison, compare
from citydiplomacy.queries.wording.tables import Cell

from ..conftest import marks, stands_today

MASHHAD, TEHRAN = "city/mashhad", "city/tehran"
FACTS = "source/iran-cities-facts"
SECTIONS = [
    "dimensions",
    "standing",
    "networks",
    "partners",
    "roles",
    "needs",
    "evidence",
    "ties-known",
    "disagreements",
    "unknown",
]


@pytest.fixture(scope="module")
def both(shipped_store: Store) -> Comparison:
    """Mashhad and Tehran."""
    return compare(shipped_store, MASHHAD, TEHRAN)


def dimensions(report: Comparison) -> dict[str, tuple[Cell, Cell]]:
    """The values of the two cities on each dimension."""
    return {str(row["dimension"]): (row["value_a"], row["value_b"]) for row in report.section("dimensions").records()}


def sister_cities(store: Store, city: str) -> set[str]:
    """Partners by the plain records: ties that count."""
    return {
        party
        for tie in store.records(Agreement)
        if tie.kind == "agreement-kind/sister-city" and city in tie.parties and stands_today(tie)
        for party in tie.parties
        if party != city
    }


def places(store: Store, city: str) -> list[Membership]:
    """Memberships that count, by the plain records."""
    return [place for place in store.records(Membership) if place.member == city and stands_today(place)]


def grade(place: Membership) -> int:
    """Of its role."""
    return schemes()["role"][str(place.role)].grade or 0


@pytest.mark.parametrize("index", [0, 1])
def test_ties_are_those_of_the_records(shipped_store: Store, both: Comparison, index: int) -> None:
    city, found = (MASHHAD, TEHRAN)[index], {key: pair[index] for key, pair in dimensions(both).items()}
    agreements = [tie for tie in shipped_store.records(Agreement) if city in tie.parties]
    assert found["sister-cities"] == len(sister_cities(shipped_store, city))
    assert found["ties-under-way"] == sum(
        tie.status in ("status/proposed", "status/planned", "status/negotiated") for tie in agreements
    )
    others = [tie for tie in agreements if tie.kind != "agreement-kind/sister-city" and stands_today(tie)]
    assert found["other-agreements"] == len(others)
    missions = [mission for mission in shipped_store.records(Mission) if mission.host == city]
    assert found["missions"] == (sum(map(stands_today, missions)) if missions else None)
    ends = {
        end
        for route in shipped_store.records(Route)
        if stands_today(route)
        for end in (route.origin, route.destination)
        if end
    }
    flown = {end for end in ends if end != city} if city in ends else set()
    assert found["flights"] == (len(flown) or None)
    partners = {party for tie in agreements if stands_today(tie) for party in tie.parties if party.startswith("city/")}
    friendly = ("agreement-kind/sister-city", "agreement-kind/friendship", "agreement-kind/memorandum")
    tied = {
        party
        for tie in agreements
        if stands_today(tie) and tie.kind in friendly
        for party in tie.parties
        if party.startswith("city/") and party != city
    }
    assert found["degree"] == len(tied) <= len(partners)


def counted_once(held: list[Membership]) -> list[Membership]:
    """Of roles that exclude one another in a body: the highest grade, then the last told, then the highest rung."""

    def order(place: Membership) -> tuple[int, str, int]:
        days = [str(date.earliest) for date in (place.attested, place.start) if date]
        return grade(place), max(days, default=""), schemes()["role"][str(place.role)].rung or 0

    rivals: dict[str | None, list[Membership]] = {}
    for place in held:
        if schemes()["role"][str(place.role)].rung:
            rivals.setdefault(place.organization, []).append(place)
    kept = {max(several, key=order).id for several in rivals.values()}
    return [place for place in held if place.id in kept or not schemes()["role"][str(place.role)].rung]


@pytest.mark.parametrize("index", [0, 1])
def test_roles_are_those_of_the_records(shipped_store: Store, both: Comparison, index: int) -> None:
    city, found = (MASHHAD, TEHRAN)[index], {key: pair[index] for key, pair in dimensions(both).items()}
    held = counted_once(places(shipped_store, city))
    concepts = [schemes()["role"][str(place.role)] for place in held]
    assert found["networks"] == len({place.organization for place in held if grade(place) >= 2})
    assert found["leading-roles"] == sum(concept.grade == 3 for concept in concepts)
    assert found["hosting-roles"] == sum(concept.bonus == 2 for concept in concepts)
    weight = 0
    for organization in {place.organization for place in held}:
        mine = [schemes()["role"][str(p.role)] for p in held if p.organization == organization]
        weight += max(concept.grade or 0 for concept in mine) + sum({concept.bonus or 0 for concept in mine})
    assert found["role-weight"] == weight
    assert len(both.section("roles").rows) == sum(
        len(counted_once(places(shipped_store, each))) for each in (MASHHAD, TEHRAN)
    )


@pytest.mark.parametrize("index", [0, 1])
def test_claims_and_sources_are_those_of_the_records(shipped_store: Store, both: Comparison, index: int) -> None:
    city, found = (MASHHAD, TEHRAN)[index], {key: pair[index] for key, pair in dimensions(both).items()}
    ends = {
        Agreement: ("parties",),
        Membership: ("member",),
        Mission: ("host",),
        Route: ("origin", "destination"),
        Activity: ("actors",),
        Observation: ("area",),
        Need: ("city",),
        Link: ("subject",),
    }
    claims = [
        record
        for cls, names in ends.items()
        for record in shipped_store.records(cls)
        if any(city in (end if isinstance(end, tuple) else (end,)) for end in (getattr(record, name) for name in names))
    ]
    ties = [record for record in claims if isinstance(record, Agreement | Membership | Mission | Route)]
    dates = [[getattr(tie, name, None) for name in ("start", "end", "attested")] for tie in ties]
    assert found["undated-ties"] == sum(not any(of_tie) for of_tie in dates)
    told = [shipped_store.claims(record.id) for record in claims]
    assert found["claims"] == len(claims)
    origins = {source.id: source.origin for source in shipped_store.records(Source) if source.origin}
    voices = [{voice(source, origins) for source in sources} for sources in told]
    assert found["single-source"] == sum(len(several) == 1 for several in voices)
    sources = set().union(*told)
    assert found["disputed"] == len(scan.disputed(shipped_store).keys() & {record.id for record in claims})
    assert found["sources"] == len(sources)
    assert set(shipped_store.claims(city)) - sources, "one tells of the record of the city alone, which is no claim"
    evidence = both.section("evidence").records()
    assert sum(int(str(row[("sources_a", "sources_b")[index]])) for row in evidence) == len(sources)


def test_the_figure_that_stands_is_the_most_reliable_and_then_the_latest(
    shipped_store: Store, both: Comparison
) -> None:
    told = [o for o in shipped_store.records(Observation) if o.area == MASHHAD and o.measure == "measure/population"]

    def reliability(figure: Observation) -> int:
        kinds = schemes()["evidence-kind"]
        sources = [shipped_store.get(source) for source in shipped_store.claims(figure.id)]
        return max(s.reliability or kinds[str(s.kind)].reliability or 1 for s in sources if isinstance(s, Source))

    best = max(
        told, key=lambda o: (reliability(o), o.period.latest.isoformat() if o.period and o.period.latest else "")
    )
    assert dimensions(both)["population"][0] == best.value


@pytest.mark.parametrize("measure", ["area", "population"])
def test_how_far_sources_differ_is_told_of_what_each_of_them_says(
    shipped_store: Store, both: Comparison, measure: str
) -> None:
    """Also of what does not stand in the merged view."""
    figures = [o.id for o in shipped_store.records(Observation) if o.measure == f"measure/{measure}"]
    (row,) = [row for row in both.section("dimensions").records() if row["dimension"] == measure]
    for city, note in ((MASHHAD, row["note_a"]), (TEHRAN, row["note_b"])):
        claims = [claim for each in figures for claim in shipped_store.claims(each).values()]
        said = [each.value or Decimal(0) for each in claims if isinstance(each, Observation) and each.area == city]
        assert f"{min(said):,} to {max(said):,}" in str(note)


def test_what_is_not_told_is_unknown_and_not_none(both: Comparison) -> None:
    found = dimensions(both)
    assert found["needs"] == (42, None)
    assert found["missions"][1] is None
    assert found["pilgrims"][1] is None
    (tehran,) = [row for row in both.section("needs").records() if row["city"] == TEHRAN]
    assert tehran["needs"] is None
    assert tehran["unmet"] is None
    assert tehran["note"]
    assert any("What Tehran needs" in str(row["topic_name"]) for row in both.section("unknown").records())


def test_partners_of_both_and_of_one_only(shipped_store: Store, both: Comparison) -> None:
    mine, theirs = sister_cities(shipped_store, MASHHAD), sister_cities(shipped_store, TEHRAN)
    by_side = {
        side: {row["partner"] for row in both.section("partners").records() if row["side"] == side}
        for side in ("a", "both", "b")
    }
    assert by_side == {"a": mine - theirs, "both": mine & theirs, "b": theirs - mine}
    (karbala,) = [row for row in both.section("partners").records() if row["partner"] == "city/karbala"]
    assert (karbala["twinned_a"], karbala["twinned_b"]) == (False, True)
    assert karbala["other_status"] == "under negotiation"


def test_networks_of_both_and_of_one_only(shipped_store: Store, both: Comparison) -> None:
    mine, theirs = (
        {place.organization for place in places(shipped_store, city) if grade(place) >= 2} for city in (MASHHAD, TEHRAN)
    )
    rows = both.section("networks").records()
    assert {row["organization"] for row in rows if row["side"] == "both"} == mine & theirs
    assert {row["organization"] for row in rows if row["side"] == "a"} == mine - theirs
    assert {row["organization"] for row in rows if row["side"] == "b"} == theirs - mine


def test_headlines_say_what_the_tables_say(shipped_store: Store, both: Comparison) -> None:
    assert len(both.headlines) >= 8
    mine = sister_cities(shipped_store, MASHHAD)
    cities = [city for partner in mine if isinstance(city := shipped_store.get(partner), City)]
    countries = {city.country for city in cities}
    regions = {country.world_region for c in countries if c and isinstance(country := shipped_store.get(c), Country)}
    assert (
        f"{len(mine)} standing sister cities of Mashhad are known in {len(countries)} countries and "
        f"{len(regions)} world regions"
    ) in " ".join(both.headlines)
    found = dimensions(both)
    text = " ".join(both.headlines)
    for key in ("role-weight", "sources", "claims", "single-source"):
        assert all(str(value) in text for value in found[key]), key
    assert "Mashhad but not Tehran is known to be in" in text
    assert "absence is not certain for" in text or "not certain for" in text


def test_persian_headlines_have_persian_digits_and_the_same_figures(shipped_store: Store, both: Comparison) -> None:
    persian = compare(shipped_store, MASHHAD, TEHRAN, "fa")
    persian_figures, figures = (
        {mark for mark in marks(each.headlines) if not isinstance(mark[0], str)} for each in (persian, both)
    )  # of more than five names the first four of each alphabet are told
    assert persian_figures == figures
    for headline in persian.headlines:
        assert not re.search("[0-9a-zA-Z]", headline), headline
        assert not re.search("[يك]", headline)
        assert headline.marks
    assert dimensions(persian) == dimensions(both)
    assert [section.key for section in persian.sections] == SECTIONS
    assert "۱۳ خواهرخواندهٔ برقرار مشهد" in " ".join(persian.headlines)


def test_what_can_be_compared_leads(shipped_store: Store, both: Comparison) -> None:
    """Mashhad is covered by the study too, Tehran by the facts alone: what the facts tell of both comes first."""
    rows = both.section("dimensions").records()
    assert rows[0]["dimension"] == "sister-cities-by-source/iran-cities-facts"
    numbers = {MASHHAD: rows[0]["value_a"], TEHRAN: rows[0]["value_b"]}
    merged = {tie.id: tie for tie in shipped_store.records(Agreement)}
    facts = [name for name, entry in shipped_store.manifest.sources.items() if entry.collection == FACTS]
    for city, number in numbers.items():
        told = [
            tie
            for name in facts
            for tie in shipped_store.records(Agreement, name)
            if tie.kind == "agreement-kind/sister-city"
            and city in tie.parties
            and stands_today(tie)
            and stands_today(merged[tie.id])
        ]
        assert number == len({party for tie in told for party in tie.parties} - {city})
    assert both.headlines[0].endswith("set out to collect the sister cities of both Mashhad and Tehran.")
    assert both.headlines[1].endswith(
        f"tells of {numbers[MASHHAD]} standing sister cities of Mashhad and {numbers[TEHRAN]} of Tehran."
    )
    same = compare(shipped_store, TEHRAN, "city/isfahan")
    assert "set out to collect" not in " ".join(same.headlines)


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_city_that_nobody_collected_has_no_rank_and_no_count(shipped_store: Store, lang: str) -> None:
    report = compare(shipped_store, MASHHAD, "city/istanbul", lang)
    text = "\n".join(report.headlines)
    no_both, nobody = {
        "en": (
            "No source in these data set out to collect",
            "No source in these data set out to collect the sister cities of Istanbul",
        ),
        "fa": ("هیچ منبعی", "هیچ منبعی در این داده‌ها در پی خواهرخوانده‌های استانبول نبوده است"),
    }[lang]
    assert report.headlines[0].startswith(no_both)
    assert nobody in text
    assert "Istanbul has" not in text
    assert "Istanbul ranks" not in text
    assert {row["scope_name"] for row in report.section("standing").records() if row["scope"] == "all"} == {
        {"en": "All cities of these data", "fa": "همهٔ شهرهای این داده‌ها"}[lang]
    }
    for row in report.section("standing").records():
        assert (row["rank_b"], row["size_b"], row["percentile_b"]) == (None, None, None)
    # Only cities whose ties were collected are ranked: those that the facts name.
    facts = shipped_store.get(FACTS)
    assert isinstance(facts, Source)
    assert {row["size_a"] for row in report.section("standing").records() if row["measure"] == "degree"} <= {
        *range(1, len(facts.covers) + 1)
    }
    assert "collection" in {row["topic"] for row in report.section("unknown").records()}


def test_an_office_is_told_as_last_told(both: Comparison) -> None:
    offices = " ".join(line for line in both.headlines if "offices of Tehran" in line)
    assert "vice-president of United Cities and Local Governments (16 October 2025)" in offices
    assert "holds" not in " ".join(both.headlines)
    told = {(row["role"], row["organization"]): row["last_seen"] for row in both.section("roles").records()}
    seen = told["role/vice-president", "organization/uclg"]
    assert isinstance(seen, Date)
    assert seen.edtf == "2025-10-16"


def test_turned_round_it_says_the_same(shipped_store: Store, both: Comparison) -> None:
    turned = compare(shipped_store, TEHRAN, MASHHAD)
    assert dimensions(turned) == {key: (b, a) for key, (a, b) in dimensions(both).items()}
    swap = {"a": "b", "b": "a", "both": "both"}
    for key, identity, one, other in (
        ("networks", "organization", "member_a", "member_b"),
        ("partners", "partner", "twinned_a", "twinned_b"),
    ):
        mine = {row[identity]: (row["side"], row[one], row[other]) for row in both.section(key).records()}
        theirs = {
            row[identity]: (swap[str(row["side"])], row[other], row[one]) for row in turned.section(key).records()
        }
        assert mine == theirs
    assert set(turned.section("needs").rows) == set(both.section("needs").rows)
    assert set(turned.section("roles").rows) == set(both.section("roles").rows)


def test_absence_has_three_values(store: Store) -> None:
    """Ayla and Bosra: the fund's list is whole, the ring tells of an observer only, the net has both."""
    report = compare(store, "city/ayla", "city/bosra")
    members = {row["organization"]: (row["member_a"], row["member_b"]) for row in report.section("networks").records()}
    assert members == {
        "organization/net": (True, True),
        "organization/fund": (False, True),
        "organization/ring": (False, True),
    }
    text = " ".join(report.headlines)
    assert (
        "of the 2 networks and bodies that Bosra but not Ayla is known to be in, Ayla's absence is checked for all"
    ) in text
    against_cana = compare(store, "city/ayla", "city/cana")
    members = {
        row["organization"]: (row["member_a"], row["member_b"]) for row in against_cana.section("networks").records()
    }
    assert members == {"organization/net": (True, None), "organization/fund": (False, True)}
    text = " ".join(against_cana.headlines)
    assert "hether Cana is in The Net is not certain, for no full list that covers it is at hand" in text
    assert "t is checked that Ayla was not in" in text
    assert any(
        "Whether Cana is a member of The Net" in str(row["topic_name"])
        for row in against_cana.section("unknown").records()
    )


def test_cities_that_are_sisters_say_so_and_are_no_partners_of_their_own(store: Store) -> None:
    report = compare(store, "city/ayla", "city/cana")
    assert any("Ayla and Cana are sister cities" in headline for headline in report.headlines)
    assert {row["partner"] for row in report.section("partners").records()} == {"city/dura"}


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_city_of_which_nothing_is_told(store: Store, lang: str) -> None:
    report = compare(store, "city/nameless", "city/edessa", lang)
    found = dimensions(report)
    assert "networks" not in found
    assert found["sister-cities"] == (None, 1)
    assert report.headlines
    assert report.section("networks").rows == ()
    assert {row["topic"] for row in report.section("unknown").records() if row["city"] == "city/nameless"} >= {
        "agreement",
        "membership",
        "country",
        "need",
    }


def test_what_does_not_stand_does_not_count(tmp_path: Path) -> None:
    """Ended, planned and unverified ties are told, and are none; a tie without status or end counts."""
    cities = [City(id=f"city/{name}", labels=(Text(name.title(), "en"),)) for name in ("one", "two", "far")]
    bodies = [Organization(id=f"organization/{name}", labels=(Text(name, "en"),)) for name in "abcd"]
    ended = Date("2001", dt.date(2001, 1, 1), dt.date(2001, 12, 31))

    def place(body: str, **more: Any) -> Membership:
        ends = ("city/one", f"organization/{body}", "role/president")
        return Membership(id=ids.membership(*ends), member=ends[0], organization=ends[1], role=ends[2], **more)

    def tie(kind: str, status: str | None) -> Agreement:
        full, parties = f"agreement-kind/{kind}", ("city/far", "city/one")
        return Agreement(id=ids.agreement(full, parties), kind=full, parties=parties, status=status)

    told = [
        place("a"),
        place("b", end=ended),
        place("c", status="status/planned"),
        place("d", status="status/unverified"),
        tie("sister-city", "status/ended"),
        tie("memorandum", "status/unverified"),
        tie("friendship", None),
    ]
    by = Source(id="source/told", kind="evidence-kind/press", labels=(Text("Told", "en"),))
    records = sorted([*cities, *bodies, *told], key=lambda record: record.id)
    writer.build(tmp_path / "store", [SourceRecords(by, records)])
    with Store.open_folder(tmp_path / "store") as opened:
        report = compare(opened, "city/one", "city/two")
    found = dimensions(report)
    assert (found["networks"], found["leading-roles"], found["role-weight"]) == ((1, None), (1, None), (3, None))
    assert found["sister-cities"] == (0, None)
    assert found["other-agreements"] == (1, None)
    assert report.headlines[0].startswith("No sister city of One is told in these data as standing; ")
    assert any("Whether 1 tie of One stands" in str(row["topic_name"]) for row in report.section("unknown").records())


def test_names_without_a_language(tmp_path: Path) -> None:
    """As in the world data: no country, no date, no status, names in no language."""
    records = [City(id=f"city/q{n}", labels=(Text(f"Town {n}", "und"),)) for n in range(4)]
    pairs = [("city/q0", "city/q1"), ("city/q0", "city/q2"), ("city/q1", "city/q2")]
    ties = [
        Agreement(id=ids.agreement("agreement-kind/sister-city", pair), kind="agreement-kind/sister-city", parties=pair)
        for pair in pairs
    ]
    by = Source(id="source/world", kind="evidence-kind/dataset", labels=(Text("World", "en"),))
    writer.build(tmp_path / "store", [SourceRecords(by, sorted([*records, *ties], key=lambda record: record.id))])
    with Store.open_folder(tmp_path / "store") as opened:
        report = compare(opened, "city/q0", "city/q3")
        assert report.headlines[0] == (
            "2 standing sister cities of Town 0 are known (all told by World alone); no standing sister city "
            "of Town 3 is known in these data."
        )
        found = dimensions(report)
        assert "countries" not in found
        assert (
            compare(opened, "city/q3", "city/q0", "fa")
            .headlines[0]
            .startswith("در این داده‌ها خواهرخواندهٔ برقراری از Town 3 شناسایی نشده است")
        )
        assert any(
            "«" not in headline and "۲" in headline
            for headline in compare(opened, "city/q0", "city/q1", "fa").headlines
        )


def test_an_interval_is_no_end_of_a_span(both: Comparison) -> None:
    told = [sentence for sentence in both.headlines if "the earliest between" in sentence]
    assert any("Tehran" in sentence and "2008 and the latest" in sentence for sentence in told)
    assert not any("from between" in sentence for sentence in both.headlines)


def test_of_agreements_that_nobody_collected_none_is_unknown(world: Path) -> None:
    """The sister cities of the world are collected, its proposals and memoranda are not."""
    with Store.open_folder(world) as opened:
        found = dimensions(compare(opened, MASHHAD, "city/kyoto"))
        assert found["sister-cities"][1]
        assert found["ties-under-way"][0]
        assert found["ties-under-way"][1] is None
        rows = compare(opened, MASHHAD, "city/barcelona").section("dimensions").records()
    row = next(row for row in rows if row["dimension"] == "ties-under-way")
    assert row["value_b"] == 1
    assert "nobody collected its own" in str(row["note_b"])


def test_wrong_cities_are_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="with itself"):
        compare(store, "city/ayla", "city/ayla")
    with pytest.raises(UsageError, match="city/atlantis"):
        compare(store, "city/ayla", "city/atlantis")
