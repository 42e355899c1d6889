"""Where to next: what is recommended and what never, from plain records, the small world, and both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.records import (
    Agreement,
    City,
    Country,
    Disagreement,
    Membership,
    Observation,
    Organization,
    Roster,
)
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.recommendation.learned import learned
from citydiplomacy.queries.recommendation.reasons import DECIDED, OF_CITIES, OF_NETWORKS, SAID
from citydiplomacy.queries.recommendation.report import Recommendation, recommend
from citydiplomacy.queries.standing.locations import alike, locations

from ..again.recomputed import DIGITS
from ..conftest import ACTIVE, ENDED, both, member, source, stands_today, told, twin, year

MASHHAD = "city/mashhad"


@pytest.fixture(scope="module")
def opened(shipped: Path) -> Iterator[Store]:
    """All shipped data."""
    with Store.open_folder(shipped) as store:
        yield store


@pytest.fixture(scope="module")
def mashhad(opened: Store) -> Recommendation:
    """All that could be recommended to Mashhad."""
    return recommend(opened, MASHHAD, top=1000)


def test_nothing_that_stands_is_recommended(opened: Store, mashhad: Recommendation) -> None:
    partners = {
        party
        for tie in opened.records(Agreement)
        if MASHHAD in tie.parties and stands_today(tie)
        for party in tie.parties
    }
    mine = {
        place.organization for place in opened.records(Membership) if place.member == MASHHAD and stands_today(place)
    }
    compatriots = {city.id for city in opened.records(City) if city.country == "country/ir"}
    cities = {row["city"] for row in mashhad.section("cities").records()}
    networks = {row["organization"] for row in mashhad.section("networks").records()}
    assert min(len(partners), len(mine), len(networks)) > 5
    assert not cities & (partners | compatriots | {MASHHAD})
    assert not networks & mine


@pytest.mark.parametrize("city", ["mashhad", "tehran", "istanbul", "lahore", "kazan", "karbala", "qom", "chengdu"])
def test_what_decided_is_what_speaks_most_for_the_first_city(opened: Store, city: str) -> None:
    report = recommend(opened, f"city/{city}")
    first = report.cities.cities[0]
    clauses = [each for line in report.headlines for each in line.split("; ")]
    (clause,) = [each for each in clauses if each.startswith(f"{first.name} comes first for ")]
    by_factor = sorted(first.factors, key=lambda name: -first.factors[name])
    telling = [OF_CITIES[name][0] for name in by_factor if first.factors[name] >= DECIDED]
    said = clause.partition(" by ")[2].rstrip(".")
    assert telling
    assert re.split(", | and ", said) == telling[:3]
    none_common = " partner in common of " in " ".join(report.headlines)
    assert none_common == (bool(report.gaps.city.sister_cities) and not first.common)


@pytest.mark.parametrize(("lang", "factor"), [("en", r"\(× ([\d.,]+)\)"), ("fa", r"\(([۰-۹٫٬]+) برابر\)")])
def test_what_speaks_for_and_against_is_what_makes_the_score(opened: Store, lang: str, factor: str) -> None:
    report = recommend(opened, MASHHAD, lang)
    scores = [each.score for each in report.cities.cities]
    assert scores == sorted(scores, reverse=True)
    for row, city in zip(report.section("cities").records(), report.cities.cities, strict=True):
        said = [re.search(factor, text) for column in ("for", "against") for text in row[column]]  # type: ignore[union-attr]
        told = [float(one[1].translate(DIGITS).replace(",", "")) for one in said if one]
        expected = [each for each in city.factors.values() if each >= SAID or each <= 1 / SAID]
        assert sorted(told) == pytest.approx(sorted(expected), rel=0.06)  # two digits
        assert all(text for column in ("for", "against") for text in row[column])  # type: ignore[union-attr]


def test_none_is_said_in_words_in_persian(opened: Store) -> None:
    report = recommend(opened, "city/lahore", "fa", 1000)
    told = [
        text
        for key in ("networks", "cities")
        for row in report.section(key).records()
        for column in ("for", "against")
        for text in row[column]  # type: ignore[union-attr]
    ]
    assert any("هیچ عضو شناسایی‌شده‌ای از پاکستان" in text for text in told)
    assert not [text for text in told if re.search("(?<![۰-۹٬٫])۰ (?:عضو|طرف)", text)]


@pytest.mark.parametrize(("name", "words"), [("partners", OF_CITIES), ("networks", OF_NETWORKS)])
def test_the_words_are_of_the_parts_that_were_learned(name: str, words: Mapping[str, tuple[str, str]]) -> None:
    model = learned(name)
    assert words.keys() == model.weights.keys()
    assert 0 < model.measured["held"] < model.measured["lists"]


def test_what_is_in_talks_is_said_so(opened: Store, mashhad: Recommendation) -> None:
    coming = {"status/proposed", "status/planned", "status/negotiated"}
    standing = {
        p for tie in opened.records(Agreement) if MASHHAD in tie.parties and stands_today(tie) for p in tie.parties
    }
    expected = {
        party
        for tie in opened.records(Agreement)
        if MASHHAD in tie.parties and tie.status in coming
        for party in tie.parties
        if party.startswith("city/") and party not in standing
    }
    assert "city/herat" in expected
    assert {row["city"] for row in mashhad.section("cities").records() if row["talks"]} == expected
    assert {row["item"] for row in mashhad.section("told").records()} >= expected
    (sentence,) = [line for line in mashhad.headlines if "planned or under negotiation" in line]
    assert "Herat" in sentence


def test_networks_with_peers_come_first_and_say_what_they_address(mashhad: Recommendation) -> None:
    rows = mashhad.section("networks").records()
    order = [(row["may_join"] is None, not (row["peers"] or row["partners"]), -row["score"]) for row in rows]
    assert order == sorted(order), "what decides the order stands in the table"
    by_gap = {each.id: each for each in mashhad.gaps.organizations}
    for row in rows:
        remedy = by_gap.get(str(row["organization"]))
        assert row["weight"] == (round(remedy.votes, 2) if remedy else 0)
        assert len(row["needs"]) == (len(remedy.needs) if remedy else 0)  # type: ignore[arg-type]
    (c40,) = [row for row in rows if row["organization"] == "organization/c40"]
    assert (c40["member"], c40["roster"]) == (False, "without it, 2025")  # its list is whole
    (tourism,) = [row for row in rows if row["organization"] == "organization/tpo"]
    assert "no member is known" in tourism["against"]  # type: ignore[operator]
    assert any(str(text).startswith("barrier ") for text in tourism["against"])  # type: ignore[union-attr]


def test_no_city_is_told_to_join_what_is_shut_to_it(mashhad: Recommendation) -> None:
    listed = {str(row["organization"]) for row in mashhad.section("networks").records()}
    shut = {str(row["organization"]): row["against"] for row in mashhad.section("shut").records()}
    assert "its country is outside the area: Europe" in shut["organization/recevin"]  # type: ignore[operator]
    assert not listed & shut.keys()
    assert {each.id for each in mashhad.shut} == shut.keys()
    assert all(each.may_join is not False for each in mashhad.networks)


def test_what_is_ruled_out_is_named_and_not_advised(opened: Store, mashhad: Recommendation) -> None:
    first = {mashhad.networks[0].id, mashhad.cities.cities[0].id}
    report = recommend(opened, MASHHAD, without=first)
    assert report.networks == tuple(each for each in mashhad.networks if each.id not in first)
    assert report.cities.cities[0].id == mashhad.cities.cities[1].id
    assert len(report.cities.cities) == 10
    (named,) = [sentence for sentence in report.headlines if "wish of those who ask" in sentence]
    assert named.startswith(
        "At the wish of those who ask these data 1 network or body and 1 city are left out for Mashhad:"
    )
    assert all(each.name in named for each in (mashhad.networks[0], mashhad.cities.cities[0]))


def test_peers_are_of_the_country_or_alike(opened: Store, mashhad: Recommendation) -> None:
    where = locations(opened)
    for each in mashhad.networks:
        for peer in each.peers:
            assert where[peer].country == "country/ir" or alike(where[peer], where[MASHHAD])
    assert any(where[peer].country != "country/ir" for each in mashhad.networks for peer in each.peers)


def test_evidence_is_who_tells_the_ties(opened: Store, mashhad: Recommendation) -> None:
    (konya,) = [each for each in mashhad.cities.cities if each.id == "city/konya"]
    assert konya.peers
    ties = [
        tie.id
        for tie in opened.records(Agreement)
        if "city/konya" in tie.parties and set(tie.parties) & set(konya.peers) and stands_today(tie)
    ]
    expected: dict[str, int] = {}
    for tie in ties:
        for by in opened.claims(tie):
            expected[by] = expected.get(by, 0) + 1
    rows = [row for row in mashhad.section("evidence").records() if row["item"] == "city/konya"]
    assert {row["source"]: row["claims"] for row in rows} == expected
    bases = {row["basis"] for row in mashhad.section("evidence").records() if row["item"] == "organization/uccn"}
    assert bases == {"needs", "what it addresses", "peers and partners in it"}


def test_other_bonds_are_those_of_the_data(mashhad: Recommendation) -> None:
    rows = {str(row["city"]): row for row in mashhad.section("cities").records()}
    assert "direct flight (active)" in rows["city/istanbul"]["bonds"]  # type: ignore[operator]
    pakistani = [row for row in rows.values() if row["country"] == "country/pk"]
    assert pakistani
    assert all("300,000" in str(row["bonds"]) for row in pakistani)  # pilgrims from Pakistan
    text = " ".join(str(row["topic_name"]) for row in mashhad.section("unknown").records())
    assert "Which languages are common: no source tells of them." in text


def test_persian_has_persian_digits(opened: Store, mashhad: Recommendation) -> None:
    persian = recommend(opened, MASHHAD, "fa", 1000)
    figures, persian_figures = (
        sorted(str(mark.value) for line in each.headlines for mark in line.marks if not isinstance(mark.value, str))
        for each in (mashhad, persian)
    )
    assert figures == persian_figures
    for headline in persian.headlines:
        assert not re.search("[0-9a-zA-Zيك]", headline), headline
    for mine, theirs in zip(mashhad.sections, persian.sections, strict=True):
        assert (mine.key, len(mine.rows)) == (theirs.key, len(theirs.rows))
        assert mine.title != theirs.title
        assert not re.search("[يك]", theirs.title + "".join(theirs.titles))


def test_two_runs_are_the_same(opened: Store) -> None:
    one, other = recommend(opened, MASHHAD, top=5), recommend(opened, MASHHAD, top=5)
    assert (one.headlines, one.sections) == (other.headlines, other.sections)
    assert [len(one.section(key).rows) for key in ("networks", "cities")] == [5, 5]


# --- a hand-made world ------------------------------------------------------------------------------------------------


def people(city: str, number: int, when: int | None = None) -> Observation:
    """A population."""
    return Observation(
        id=f"observation/population/{city}/{when or 'undated'}",
        area=f"city/{city}",
        measure="measure/population",
        value=Decimal(number),
        period=year(when) if when else None,
    )


def at(name: str, country: str, latitude: str | None = None, longitude: str | None = None) -> City:
    """A city on the map."""
    north, east = (Decimal(latitude), Decimal(longitude)) if latitude and longitude else (None, None)
    return City(
        id=f"city/{name}", country=f"country/{country}", labels=both(name, name), latitude=north, longitude=east
    )


WORLD: list[Record] = [
    Country(id="country/aa", code="AA", world_region="world-region/southern-asia"),
    Country(id="country/bb", code="BB", world_region="world-region/southern-asia"),
    Country(id="country/cc", code="CC", world_region="world-region/western-europe"),
    at("home", "aa", "30", "50"),
    at("cousin", "aa", "31", "50"),
    at("new", "aa", "30", "51"),
    at("twin", "bb", "30", "60"),
    at("hub", "cc", "50", "10"),
    at("friend", "cc", "48", "2"),
    at("near", "bb", "30", "52"),
    at("far", "cc"),
    at("former", "cc", "40", "0"),
    *(twin(f"city/{a}", f"city/{b}", status=ACTIVE) for a, b in (
        ("home", "twin"), ("twin", "friend"), ("home", "hub"), ("hub", "friend"), ("hub", "far"), ("cousin", "near"),
        ("near", "twin"), ("hub", "cousin"),
    )),
    twin("city/home", "city/former", status=ENDED, end=year(2001)),
    people("home", 2_000_000, 2020),
    people("twin", 1_100_000, 2011),
    people("twin", 4_000_000),
    people("near", 900_000, 2020),
    people("near", 100_000, 2010),
    *(Organization(id=f"organization/{name}", labels=both(name, name)) for name in ("club", "old", "mine", "far")),
    member("city/home", "organization/mine", status=ACTIVE),
    member("city/twin", "organization/mine", status=ACTIVE),
    member("city/home", "organization/old", status=ENDED),
    member("city/cousin", "organization/old", status=ACTIVE),
    member("city/twin", "organization/club", status=ACTIVE),
    member("city/cousin", "organization/club", status=ACTIVE),
    member("city/far", "organization/far", status=ACTIVE),
    Roster(id="roster/club/2020", organization="organization/club", coverage="coverage/whole", date=year(2020)),
]  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of the hand-made world."""
    folder: Path = tmp_path_factory.mktemp("next") / "store"
    writer.build(folder, [told(source("atlas", "dataset"), WORLD)])
    with Store.open_folder(folder) as store:
        yield store


def test_cities_of_the_small_world(small: Store) -> None:
    report = recommend(small, "city/home")
    rows = {str(row["city"]): row for row in report.section("cities").records()}
    assert set(rows) == {"city/friend", "city/near", "city/far", "city/former"}
    friend, near, far, former = (rows[f"city/{name}"] for name in ("friend", "near", "far", "former"))
    assert friend["common"] == ("hub", "twin")  # of 4 and 3 partners
    assert friend["resource_allocation"] == Decimal("0.583")
    assert near["kilometres"] == 193
    assert far["kilometres"] is None
    assert near["peers"] == ("cousin", "twin")  # of the country; of the region and size
    assert near["size"] == "500,000 to 1 million"  # the later figure
    assert former["against"][0] == "sister cities: ended, until 2001"  # type: ignore[index]
    assert f"no city of Southern Asia is known to be tied to {near['city_name']}" not in near["against"]  # type: ignore[operator]
    assert f"no city of Southern Asia is known to be tied to {far['city_name']}" in far["against"]  # type: ignore[operator]
    assert not former["talks"]
    assert near["rank"] == 1
    assert any(each.startswith("193 km away") for each in near["for"])  # type: ignore[union-attr]
    assert any(each.startswith("paths of three steps") for each in near["for"])  # type: ignore[union-attr]
    assert any(
        each.startswith(f"{near['city_name']} has 1 known partner in ") and "so far (× 0." in each
        for each in near["against"]
    )  # type: ignore[union-attr]


@pytest.mark.parametrize(("lang", "says"), [("en", "may be the same city told twice"), ("fa", "شاید همان شهر باشد")])
def test_a_namesake_of_which_no_country_is_told_may_be_the_city_itself(lang: str, says: str, tmp_path: Path) -> None:
    namesakes = [City(id=f"city/rab-{n}", labels=both(f"Rab ({n})", f"Rab ({n})")) for n in (1, 2)]
    ties = [twin(f"city/rab-{n}", f"city/{other}", status=ACTIVE) for n in (1, 2) for other in ("hub", "twin")]
    writer.build(tmp_path / "store", [told(source("atlas", "dataset"), [*WORLD, *namesakes, *ties])])
    with Store.open_folder(tmp_path / "store") as store:
        rows = {row["city"]: row for row in recommend(store, "city/rab-1", lang).section("cities").records()}
    assert says in rows["city/rab-2"]["against"][0]  # type: ignore[index]
    assert not any(says in each for each in rows["city/near"]["against"])  # type: ignore[union-attr]


def test_networks_of_the_small_world(small: Store) -> None:
    report = recommend(small, "city/home")
    club, old = report.section("networks").records()
    assert (club["organization"], old["organization"]) == ("organization/club", "organization/old")
    assert (club["peer_names"], club["partners"], club["partners_percent"]) == (("cousin", "twin"), 1, 50)
    assert (club["member"], club["roster"]) == (False, "without it, 2020")
    assert (old["member"], old["roster"], old["against"][0]) == (False, None, "member: ended")  # type: ignore[index]
    assert any(text.startswith("1 known member (× 0.") for text in old["against"])  # type: ignore[union-attr]
    assert any(text.startswith("2 known members (× 1.") for text in club["for"])  # type: ignore[union-attr]


CHECK_FIRST = (
    ("en", "check first: sources differ on ties of home: “Which home”"),
    ("fa", "نخست بررسی کنید: منبع‌ها بر سر پیوندهای home ناهمخوان‌اند: «کدام خانه»"),
)


@pytest.mark.parametrize(("lang", "says"), CHECK_FIRST)
def test_what_sources_disagree_on_is_to_be_checked_first(lang: str, says: str, tmp_path: Path) -> None:
    which = Disagreement(id="disagreement/which", labels=both("Which home", "کدام خانه"), about=("city/home",))
    marked = [
        replace(record, disagreements=(which.id,)) if getattr(record, "status", None) == ENDED else record
        for record in WORLD
    ]
    writer.build(tmp_path / "store", [told(source("atlas", "dataset"), [*marked, which])])
    with Store.open_folder(tmp_path / "store") as store:
        report = recommend(store, "city/home", lang)
        for section, key, name in (("cities", "city", "city/former"), ("networks", "organization", "organization/old")):
            (row,) = [row for row in report.section(section).records() if row[key] == name]
            assert says in row["against"]


WEST = ("hub", "friend", "far", "former", "other")


@pytest.mark.parametrize(
    ("number", "more", "left_out"),
    [
        (5, [], True),
        (4, [], False),  # too few to say
        (5, [member("city/near", "organization/west", status=ACTIVE)], False),  # one of the city's continent
        (5, [member("city/lost", "organization/west", status=ACTIVE)], False),  # one of whom it is not known
        (5, [member("city/home", "organization/west", status=ENDED)], False),  # the city was in it
    ],
)
def test_networks_of_one_other_continent_are_counted(
    number: int, more: list[Record], left_out: bool, tmp_path: Path
) -> None:
    west = [
        Organization(id="organization/west", labels=both("west", "غرب")),
        City(id="city/lost", labels=both("lost", "lost")),
        at("other", "cc"),
        *(member(f"city/{name}", "organization/west", status=ACTIVE) for name in WEST[:number]),
    ]
    writer.build(tmp_path / "store", [told(source("atlas", "dataset"), [*WORLD, *west, *more])])
    with Store.open_folder(tmp_path / "store") as store:
        report, persian = recommend(store, "city/home"), recommend(store, "city/home", "fa")
        whole = recommend(store, "city/home", all_networks=True)
    listed = {row["organization"] for row in report.section("networks").records()}
    assert ("organization/west" in listed) is not left_out
    assert {"organization/club", "organization/old"} <= listed
    sentence = "1 network whose known members all lie in one continent other than Asia is not listed."
    assert (sentence in report.headlines) is left_out
    assert any("در یک قاره جز آسیا" in line for line in persian.headlines) is left_out
    assert "organization/west" in {row["organization"] for row in whole.section("networks").records()}
    assert not whole.elsewhere
    assert [each.id for each in report.elsewhere] == ["organization/west"] * left_out


def test_a_city_without_ties_is_led_by_place_and_country(small: Store) -> None:
    report = recommend(small, "city/new")
    (sentence,) = [line for line in report.headlines if "near is recommended first" in line]
    assert sentence.startswith("No standing tie of new is known in these data; of the 6 cities of these data abroad")
    assert any("near comes first for new by nearness" in line.casefold() for line in report.headlines)
    rows = report.section("cities").records()
    peers = {row["city"]: row["peers"] for row in rows}
    assert peers["city/near"] == ("cousin",)
    assert peers["city/hub"] == ("cousin", "home")
    assert rows[0]["resource_allocation"] is None
    (chance,) = [line for line in report.headlines if "among the ten" in line]
    assert chance.endswith("by the ties of September 2016 alone, without their own.")
    assert [row["weight"] for row in report.section("networks").records()] == [None] * 3  # nobody studied its needs
    topics = {row["topic"] for row in report.section("unknown").records()}
    assert {"agreement", "membership", "need", "peers", "language", "pilgrims"} <= topics
    assert {row["organization"] for row in report.section("networks").records()} == {
        "organization/club", "organization/mine", "organization/old",
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_city_of_which_nothing_is_told(store: Store, lang: str) -> None:
    report = recommend(store, "city/nameless", lang)
    assert report.section("networks").rows == ()
    assert len(report.headlines) == 4  # and that nobody collected its ties
    assert all(row["kilometres"] is None for row in report.section("cities").records())


def test_a_city_that_is_not_there(store: Store) -> None:
    with pytest.raises(UsageError, match="city/atlantis"):
        recommend(store, "city/atlantis")
