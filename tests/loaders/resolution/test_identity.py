"""Which ids are declared to be known ones, and records under new ids."""

from __future__ import annotations

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, City, Membership, Region
from citydiplomacy.graph.model.values import Text
from citydiplomacy.loaders.resolution.identity import Identities, renamed

SISTER = "agreement-kind/sister-city"
ITEM = "http://www.wikidata.org/entity/Q121157"


def tie(*parties: str) -> Agreement:
    """A sister-city tie under its derived id."""
    return Agreement(id=ids.agreement(SISTER, parties), kind=SISTER, parties=tuple(sorted(parties)))


def known(*cities: str) -> Identities:
    """Cities that all bear one item."""
    return Identities(City(id=city, exact_match=(ITEM,)) for city in cities)


def declared(identities: Identities, *records: City) -> dict[str, str]:
    """New ids by old."""
    return {old: new for old, (new, _) in identities.declared(records).items()}


@pytest.mark.parametrize(
    "address", [ITEM, "https://www.wikidata.org/entity/Q121157", "https://www.wikidata.org/wiki/Q121157"]
)
def test_a_city_takes_the_id_by_which_its_item_is_known(address: str) -> None:
    found = declared(known("city/mashhad"), City(id="city/x", exact_match=(address,)), City(id="city/q1"))
    assert found == {"city/x": "city/mashhad"}


def test_an_item_of_a_thing_of_another_kind_tells_nothing() -> None:
    region = Region(id="region/khorasan", exact_match=(ITEM,))
    assert Identities([City(id="city/mashhad", exact_match=(ITEM,))]).declared([region]) == {}


def test_a_city_that_bears_the_items_of_two_is_neither() -> None:
    other = "http://www.wikidata.org/entity/Q3616"
    identities = Identities(
        [City(id="city/mashhad", exact_match=(ITEM,)), City(id="city/tehran", exact_match=(other,))]
    )
    assert declared(identities, City(id="city/x", exact_match=(ITEM, other))) == {}
    assert declared(identities, City(id="city/x", exact_match=(other,))) == {"city/x": "city/tehran"}


def test_an_item_that_two_cities_claim_tells_nothing() -> None:
    assert not declared(known("city/mashhad", "city/meshed"), City(id="city/x", exact_match=(ITEM,)))


def test_two_records_of_one_source_are_never_declared_one() -> None:
    assert not declared(known("city/mashhad"), City(id="city/mashhad"), City(id="city/x", exact_match=(ITEM,)))


def test_the_ties_of_a_city_follow_it() -> None:
    found = renamed([City(id="city/q2"), City(id="city/q1"), tie("city/q1", "city/q2")], {"city/q2": "city/mashhad"})
    assert found == [tie("city/mashhad", "city/q1"), City(id="city/mashhad"), City(id="city/q1")]


def test_an_id_that_was_chosen_is_kept() -> None:
    chosen = Agreement(id="agreement/sister-city/my-own", kind=SISTER, parties=("city/q1", "city/x"))
    (agreement,) = renamed([chosen], {"city/x": "city/mashhad"})
    assert agreement.id == "agreement/sister-city/my-own"
    assert agreement.parties == ("city/mashhad", "city/q1")  # type: ignore[attr-defined]


def test_rows_that_come_to_be_one_lose_nothing() -> None:
    rows = [
        City(id="city/a1", labels=(Text("Wien", "und"),), country="country/at", locators=("row 1",)),
        City(id="city/a2", labels=(Text("Vienna", "und"),), country="country/at", locators=("row 2",)),
    ]
    (city,) = renamed(rows, {"city/a1": "city/vienna", "city/a2": "city/vienna"})
    assert {name.value for name in (*city.labels, *city.aliases)} == {"Wien", "Vienna"}
    assert city.locators == ("row 1", "row 2")


def test_two_memberships_of_a_city_in_one_network_become_one() -> None:
    rows = [
        Membership(id=ids.membership(city, "organization/n", "role/member"), member=city, organization="organization/n",
                   role="role/member", locators=(row,))
        for city, row in (("city/a1", "row 1"), ("city/a2", "row 2"))
    ]  # fmt: skip
    (membership,) = renamed(rows, {"city/a1": "city/a", "city/a2": "city/a"})
    assert (membership.id, membership.locators) == ("membership/n/a", ("row 1", "row 2"))


def test_a_city_never_becomes_its_own_twin() -> None:
    with pytest.raises(InputError, match="have a tie with each other"):
        renamed([tie("city/a", "city/b")], {"city/b": "city/a"})
