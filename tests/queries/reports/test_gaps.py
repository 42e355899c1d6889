"""What a city lacks: needs worked out again from the plain records, the small world by heart, both languages."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.records import (
    Agreement,
    Assessment,
    City,
    Country,
    Link,
    Membership,
    Mission,
    Need,
    Route,
    Theme,
)
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.reports.gaps import Gaps, gaps
from citydiplomacy.queries.wording.speech import Speech

from ..conftest import marks, stands_today

MASHHAD = "city/mashhad"


@pytest.fixture(scope="module")
def mashhad(shipped_store: Store) -> Gaps:
    """The gaps of Mashhad."""
    return gaps(shipped_store, MASHHAD)


class Links:
    """The coding by the plain records."""

    def __init__(self, store: Store) -> None:
        self.of: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for each in store.records(Link):
            self.of[str(each.relation)][str(each.subject)].add(str(each.object))
        self.broader = {theme.id: theme.broader for theme in store.records(Theme)}

    def targets(self, need: str) -> set[str]:
        """A need, its themes and all wider ones."""
        found = {need}
        for theme in self.of["about"][need]:
            at: str | None = theme
            while at:
                found.add(at)
                at = self.broader.get(at)
        return found

    def addressed(self, body: str) -> set[str]:
        """What a body addresses, itself or by its services."""
        found = set(self.of["addresses"][body])
        for service in self.of["offers"][body]:
            found |= self.of["addresses"][service]
        return found


def member_of(store: Store, city: str) -> set[str]:
    """Organisations that a city is a member of."""
    return {
        str(place.organization)
        for place in store.records(Membership)
        if place.member == city and stands_today(place) and (schemes()["role"][str(place.role)].grade or 0) >= 2
    }


def rounded(part: int, whole: int) -> int:
    """A share in percent, a half upwards, in whole numbers."""
    return (200 * part + whole) // (2 * whole)


def test_unmet_needs_are_those_of_the_records(shipped_store: Store, mashhad: Gaps) -> None:
    links = Links(shipped_store)
    reached = set().union(*(links.addressed(body) for body in member_of(shipped_store, MASHHAD)))
    for tie in shipped_store.records(Agreement):
        if MASHHAD in tie.parties and stands_today(tie):
            reached |= links.of["addresses"][tie.id]
    needs = [need for need in shipped_store.records(Need) if need.city == MASHHAD]
    unmet = {need.id for need in needs if not links.targets(need.id) & reached}
    assert {row["need"] for row in mashhad.section("needs").records()} == unmet
    assert 0 < len(unmet) < len(needs)

    votes = {each.need: each.score or 0 for each in shipped_store.records(Assessment)}
    share = rounded(sum(votes[need] for need in unmet), sum(votes[need.id] for need in needs))
    assert (
        f"no known active tie addresses {len(unmet)} ({rounded(len(unmet), len(needs))} %); the unmet needs of Mashhad "
        f"hold {share} % of the votes"
    ) in mashhad.headlines[0]
    told = [row["votes"] for row in mashhad.section("needs").records()]
    assert told == sorted(told, key=lambda score: -int(str(score)))
    for axis in mashhad.section("axes").records():
        on_axis = [need.id for need in needs if need.axis == axis["axis"]]
        open_ = [need for need in on_axis if need in unmet]
        assert (axis["needs"], axis["unmet"]) == (len(on_axis), len(open_))
        assert axis["unmet_percent"] == rounded(len(open_), len(on_axis))
        assert axis["votes_percent"] == rounded(sum(votes[n] for n in open_), sum(votes[n] for n in on_axis))


def test_bodies_and_barriers_are_those_of_the_coding(shipped_store: Store, mashhad: Gaps) -> None:
    links = Links(shipped_store)
    unmet = [str(row["need"]) for row in mashhad.section("needs").records()]
    bodies = {body for relation in ("addresses", "offers") for body in links.of[relation] if body.startswith("organ")}
    would = {body: {need for need in unmet if links.targets(need) & links.addressed(body)} for body in bodies}
    listed = (*mashhad.organizations, *mashhad.shut)
    found = {each.id: {need["need"] for need in each.needs} for each in listed}
    assert found == {body: needs for body, needs in would.items() if needs}
    assert not member_of(shipped_store, MASHHAD) & set(found)
    hinder = {barrier: needs & set(unmet) for barrier, needs in links.of["hinders"].items()}
    assert {each.id: {need["need"] for need in each.needs} for each in mashhad.barriers} == {
        barrier: needs for barrier, needs in hinder.items() if needs
    }


def test_bodies_with_peers_in_them_come_first_then_votes(mashhad: Gaps) -> None:
    order = [(not each.peers, -each.votes) for each in mashhad.organizations]
    assert order == sorted(order)
    assert mashhad.organizations[0].peers
    assert mashhad.organizations[0].name in " ".join(mashhad.headlines)


def test_peers_are_cities_of_the_country_and_sister_cities(shipped_store: Store, mashhad: Gaps) -> None:
    compatriots = {city.id for city in shipped_store.records(City) if city.country == "country/ir"} - {MASHHAD}
    sisters = {row["partner"] for row in mashhad.city.sister_cities}
    mine = member_of(shipped_store, MASHHAD)
    expected: dict[str, int] = defaultdict(int)
    for city in compatriots | sisters:
        for body in member_of(shipped_store, str(city)) - mine:
            expected[body] += 1
    shut = mashhad.joining.where(may_join="no").values("organization")
    for body in (row["organization"] for row in mashhad.joining.where(may_join="no")):
        expected.pop(body, None)
    assert shut
    assert {row["organization"]: row["peers"] for row in mashhad.section("peers").records()} == expected
    checked = {row["organization"] for row in mashhad.section("peers").records() if row["member"] is False}
    assert checked == {f"organization/{body}" for body in ("c40", "icp", "uccn")}, "whole lists"
    assert all(row["member"] in (False, None) for row in mashhad.section("peers").records())


def test_regions_without_a_partner(shipped_store: Store, mashhad: Gaps) -> None:
    partners = {
        party
        for tie in shipped_store.records(Agreement)
        if MASHHAD in tie.parties and stands_today(tie)
        for party in tie.parties
    }
    partners |= {str(m.sender) for m in shipped_store.records(Mission) if m.host == MASHHAD and stands_today(m)}
    for route in shipped_store.records(Route):
        if MASHHAD in (route.origin, route.destination) and stands_today(route):
            partners |= {str(route.origin), str(route.destination)}
    countries = {p if p.startswith("country/") else getattr(shipped_store.get(p), "country", None) for p in partners}
    reached = {
        country.world_region
        for code in countries - {"country/ir"}
        if code and isinstance(country := shipped_store.get(code), Country)
    }
    used = {country.world_region for country in shipped_store.records(Country)}
    assert set(mashhad.regions or ()) == {r for r in used if r and schemes()["world-region"][r].broader} - reached
    assert "Africa" in mashhad.headlines[-1]  # all of it, by one name
    assert "Northern Africa" not in mashhad.headlines[-1]


def test_persian_headlines_have_persian_digits(shipped_store: Store, mashhad: Gaps) -> None:
    persian = gaps(shipped_store, MASHHAD, "fa")
    assert marks(persian.headlines) == marks(mashhad.headlines)
    for headline in persian.headlines:
        assert not re.search("[0-9a-zA-Zيك]", headline), headline
    for mine, theirs in zip(mashhad.sections, persian.sections, strict=True):
        assert (mine.key, len(mine.rows)) == (theirs.key, len(theirs.rows))
        assert mine.title != theirs.title


def test_the_small_world(store: Store) -> None:
    """Ayla's net offers advocacy, which addresses trade and so fairs; water is the fund's, and Ayla is not in it."""
    report = gaps(store, "city/ayla")
    assert [row["need"] for row in report.section("needs").records()] == ["need/water", "need/uncoded", "need/desk"]
    assert report.headlines[0] == (
        "Of the 4 recorded needs of Ayla, no known active tie addresses 3 (75 %); the unmet needs of Ayla hold 65 % of "
        "the votes on its recorded needs."
    )
    (fund,) = report.section("organizations").records()
    assert (fund["organization"], fund["member"], fund["needs"]) == ("organization/fund", False, 2)
    (skills,) = report.section("barriers").records()
    assert (skills["barrier"], skills["need_names"]) == ("barrier/skills", ("Open a desk",))
    assert {row["organization"]: row["member"] for row in report.section("peers").records()} == {
        "organization/fund": False,
        "organization/ring": False,
    }
    text = " ".join(str(row["topic_name"]) for row in report.section("unknown").records())
    assert "What 1 need is about: nobody coded a theme." in text


def test_without_a_study_unmet_needs_are_unknown(store: Store) -> None:
    report = gaps(store, "city/bosra")
    assert report.headlines[0].startswith("No study of the needs of Bosra is in these data")
    assert report.section("needs").rows == ()
    assert any(row["topic"] == "need" for row in report.section("unknown").records())


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_city_of_which_nothing_is_told(store: Store, lang: str) -> None:
    report = gaps(store, "city/nameless", lang)
    assert report.regions is None
    assert report.section("regions").rows == ()
    assert len(report.headlines) == 4  # no study, no membership, no region that can be told, nobody collected its ties


def test_a_city_that_is_not_there(store: Store) -> None:
    with pytest.raises(UsageError, match="city/atlantis"):
        gaps(store, "city/atlantis")


def test_speech() -> None:
    english, persian = Speech("en"), Speech("fa")
    assert english.names(["a", "b", "c"]) == "a, b and c"
    assert english.names(list("abcdef"), most=3) == "a, b, c and 3 more"
    assert english.names(list("abcd"), most=3) == "a, b, c and d"
    assert persian.names(["الف", "ب، پ"], numbers=[1, 20]) == "الف (۱) و «ب، پ» (۲۰)"
    assert [english.rank(n) for n in (1, 2, 3, 4, 11, 12, 21, 112, 1003)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "112th", "1,003rd",
    ]  # fmt: skip
    assert [persian.rank(n) for n in (1, 10, 11)] == ["جایگاه نخست", "جایگاه دهم", "جایگاه ۱۱"]
    assert english.percent(2, 3) == "67 %"
    assert persian.sentence("", "نخست", "دوم") == "نخست؛ دوم."
