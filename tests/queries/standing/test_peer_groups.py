"""Places of a city: percentiles by their definition, groups by what the records say, unknown kept unknown."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, City, Country, Membership, Observation, Organization, Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Date, Text
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.reports import comparison
from citydiplomacy.queries.standing import networks, rankings, tie_evidence
from citydiplomacy.queries.standing.co_members import co_members, summary
from citydiplomacy.queries.standing.peer_groups import FEW, Groups, Rank, groups, ranked
from citydiplomacy.queries.wording.evidence import Label, Named
from citydiplomacy.queries.wording.speech import Speech


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 4), max_size=20))
def test_percentile_is_the_share_of_the_others_surpassed(values: dict[str, int]) -> None:
    found = ranked(values)
    assert set(found) == set(values)
    for city, value in values.items():
        others = [other for name, other in values.items() if name != city]
        below, equal = sum(other < value for other in others), others.count(value)
        share = 100 * (below + equal / 2) / len(others) if len(values) >= FEW else None
        assert found[city].size == len(values)
        assert found[city].percentile == (share if share is None else pytest.approx(share))


def test_first_and_last_and_lowest_first() -> None:
    values = dict(zip("abcde", (1.0, 2.0, 3.0, 4.0, 5.0), strict=True))
    assert ranked(values)["e"] == Rank(1, 5, 100)
    assert ranked(values)["a"] == Rank(5, 5, 0)
    assert ranked(values)["c"].percentile == 50
    assert ranked(values, lowest_first=True)["a"] == Rank(1, 5, 100)


def test_small_group_has_no_percentile_and_says_so() -> None:
    found = ranked({"a": 1, "b": 2, "c": None})
    assert found["b"] == Rank(1, 2, None)
    assert "c" not in found
    assert rankings.rank_words(Speech("en"), found["b"]) == "1 of 2 (few)"
    assert rankings.rank_words(Speech("fa"), found["b"]) == "۱ از ۲ (اندک)"


def people(city: str, number: int, year: int | None = None) -> Observation:
    period = Date(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else None
    measure = "measure/population"
    return Observation(
        id=f"observation/population/{city.removeprefix('city/')}-{year or 'undated'}",
        area=city,
        measure=measure,
        value=Decimal(number),
        period=period,
    )


def twin(one: str, other: str, **more: object) -> Agreement:
    parties = tuple(sorted((one, other)))
    kind = "agreement-kind/sister-city"
    return Agreement(id=ids.agreement(kind, parties), kind=kind, parties=parties, **more)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    """Six cities in two countries of one region and one nowhere; a has most ties."""
    lands = [
        Country(
            id="country/ir", labels=(Text("Iran", "en"), Text("ایران", "fa")), world_region="world-region/southern-asia"
        ),
        Country(id="country/pk", labels=(Text("Pakistan", "en"),), world_region="world-region/southern-asia"),
    ]
    country = dict(zip("abcdef", ("ir", "ir", "ir", "ir", "pk", None), strict=True))
    cities = [
        City(id=f"city/{key}", labels=(Text(key.upper(), "en"),), country=f"country/{land}" if land else None)
        for key, land in country.items()
    ]
    began = Date("2001", dt.date(2001, 1, 1), dt.date(2001, 12, 31))
    ties = [twin("city/a", f"city/{other}", status="status/active") for other in "bcdef"]
    ties[0] = twin("city/a", "city/b", status="status/active", start=began)
    figures = [
        people("city/a", 299_999, 1990),
        people("city/a", 300_000, 2020),
        people("city/a", 9_000_000),
        people("city/b", 10_000_000),
        people("city/c", 450_000, 2011),
    ]
    bodies = [Organization(id=f"organization/{name}", labels=(Text(name, "en"),)) for name in ("all", "two")]
    seats = [
        Membership(
            id=ids.membership(f"city/{key}", f"organization/{body}", "role/member"),
            organization=f"organization/{body}",
            member=f"city/{key}",
            role="role/member",
            status="status/active",
        )
        for body, members in (("all", "abcde"), ("two", "ab"))
        for key in members
    ]
    press = Source(id="source/press", kind="evidence-kind/press", reliability=1)
    page = Source(id="source/page", kind="evidence-kind/official", reliability=4)
    told = sorted([*lands, *cities, *ties, *figures, *bodies, *seats], key=lambda record: record.id)
    folder: Path = tmp_path_factory.mktemp("places") / "store"
    writer.build(folder, [SourceRecords(press, tuple(told)), SourceRecords(page, (ties[0],))])
    with Store.open_folder(folder) as opened:
        yield opened


def test_groups_are_those_of_the_records(store: Store) -> None:
    found = groups(store)
    assert [found.name("city/a", scope, "en") for scope in ("country", "region", "size")] == [
        "Iran",
        "Southern Asia",
        "300,000 to 500,000",
    ]
    assert found.name("city/b", "size", "fa") == "دست‌کم ۱۰ میلیون"
    assert found.population["city/a"] == (300_000, "2020")
    assert found.name("city/e", "size", "en") is None
    assert found.name("city/f", "country", "en") is None
    assert found.name("city/f", "region", "en") is None


def test_positions_in_each_scope(store: Store) -> None:
    degree = networks.measure(store, "agreements", ["degree"])
    (a,) = rankings.positions(degree, groups(store), ["city/a"])
    assert a.value == 5
    assert a.ranks == {
        "all": Rank(1, 6, 100),
        "country": Rank(1, 4, None),
        "region": Rank(1, 5, 100),
        "size": Rank(1, 2, None),
    }
    (f,) = rankings.positions(degree, groups(store), ["city/f"], ["all", "country", "size"])
    assert f.ranks == {"all": Rank(2, 6, pytest.approx(40), pytest.approx(40)), "country": None, "size": None}


def test_networks_of_memberships(store: Store) -> None:
    two_mode = networks.measure(store, "memberships")
    assert list(two_mode.values) == list(networks.TWO_MODE)
    assert two_mode.values["degree"] == {"city/a": 2, "city/b": 2, "city/c": 1, "city/d": 1, "city/e": 1}
    assert two_mode.values["strength"]["city/a"] == 4
    newman = networks.measure(store, "newman", ["strength"]).values["strength"]
    assert newman["city/a"] == pytest.approx(2)
    assert newman["city/c"] == pytest.approx(1)
    assert set(networks.measure(store, "backbone", ["degree"]).values["degree"].values()) == {0}
    graph = networks.projected(store, "newman")
    assert graph.edges["city/a", "city/b"]["weight"] == pytest.approx(1 / 4 + 1)
    assert graph.nodes["city/a"]["labels"] == {"en": "A"}


@pytest.mark.parametrize(("network", "name"), [("agreement", None), ("memberships", "clustering"), ("newman", "fame")])
def test_what_is_not_there_is_refused_with_what_is(store: Store, network: str, name: str | None) -> None:
    with pytest.raises(UsageError, match=r"Networks: agreements|Measures: "):
        networks.measure(store, network, [name] if name else None)


def test_a_network_is_made_once_and_nobody_may_change_it(store: Store) -> None:
    ties = networks.city_ties(store)
    assert networks.city_ties(store) is ties
    assert networks.two_mode(store) is not ties
    with pytest.raises(nx.NetworkXError, match="Frozen"):
        ties.add_node("city/z")


def test_a_country_without_a_name_is_called_by_its_id() -> None:
    nameless = Groups({"city/a": "country/xx"}, {}, {}, {}, {})
    assert nameless.name("city/a", "country", "en") == "country/xx"


def test_evidence_is_counted_by_tie(store: Store) -> None:
    found = tie_evidence.of_network(store, "agreements")
    assert found == tie_evidence.TieEvidence(ties=5, dated=1, sourced=5, agreed=1, strong=1, network="agreements")
    assert tie_evidence.sentence(Speech("en"), found) == (
        "Of the 5 standing agreements of cities in these data, 20 % have a date of beginning, all a source, 20 % "
        "two voices or more, 20 % the word of officials, press, studies or the like."
    )
    assert tie_evidence.of_network(store, "newman").ties == 7
    assert "هیچ‌یک" in tie_evidence.sentence(Speech("fa"), tie_evidence.of_network(store, "memberships"))


def test_a_share_that_is_rounded_to_nothing_is_not_told_as_nothing() -> None:
    few = tie_evidence.TieEvidence(ties=1000, dated=4, sourced=1000, agreed=10, strong=0, network="agreements")
    assert tie_evidence.sentence(Speech("en"), few) == (
        "Of the 1,000 standing agreements of cities in these data, under 1 % have a date of beginning, all a source, "
        "1 % two voices or more, none the word of officials, press, studies or the like."
    )


def test_co_members_of_a_city(store: Store) -> None:
    assert co_members(store, "city/b").table.rows == ()
    found = co_members(store, "city/b", every=True)
    assert [row[0] for row in found.table.rows] == ["city/b"] * 4
    both = next(row for row in found.table.rows if row[2] == "city/a")
    assert both[4:6] == (2, ("all", "two"))
    assert both[7] == pytest.approx(1 / 4 + 1)
    assert (found.tested, found.cities, found.kept) == (10, 5, 0)
    assert co_members(store, "city/f", every=True).table.rows == ()
    assert "10" in summary(Speech("en"), found)
    assert "۱۰" in summary(Speech("fa"), found)


@pytest.mark.parametrize(
    ("lang", "alone"), [("en", "the only one of 10 million or more people"), ("fa", "تنها شهر دست‌کم ۱۰ میلیون نفر")]
)
def test_a_city_that_is_alone_in_its_group_is_not_first_of_one(shipped_store: Store, lang: str, alone: str) -> None:
    report = comparison.compare(shipped_store, "city/mashhad", "city/tehran", lang)
    (tehran,) = (str(each) for each in report.headlines if alone in str(each))
    assert "1st of the 1 " not in tehran
    assert "۱ از ۱ شهر" not in tehran


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_places_that_are_too_long_for_a_sentence_are_told_in_two(store: Store, lang: str) -> None:
    among, say = groups(store), Speech(lang)
    at = rankings.positions(networks.measure(store, "agreements", ["degree"]), among, ["city/a"])
    short, long = (Named(name, "city/a", Label("city/a")) for name in ("A", "A" * 130))
    assert len(rankings.headline(say, at, among, [short])) == 1
    first, second = rankings.headline(say, at, among, [long])
    assert long.name in first
    assert long.name in second
