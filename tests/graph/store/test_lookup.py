"""Names to records, as people write them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.records import City, Country, Organization
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import lookup
from citydiplomacy.graph.store.reader import Store

from ..conftest import source, told

COUNTRIES = [
    Country(id="country/ly", labels=(Text("Libya", "en"),)),
    Country(id="country/lb", labels=(Text("Lebanon", "en"), Text("لبنان", "fa"))),
]
TRIPOLI = [
    City(id=f"city/tripoli-{name}", labels=(Text("Tripoli", "en"), Text("طرابلس", "fa")), country=country.id)
    for name, country in zip(("libya", "lebanon"), COUNTRIES, strict=True)
]
ISLAMABAD = City(
    id="city/islamabad",
    labels=(Text("Islamabad", "en"),),
    exact_match=("https://sws.geonames.org/1176615/",),
)
FUND = Organization(
    id="organization/fund", labels=(Text("Global Fund", "en"), Text("صندوق جهانی", "fa")), acronym="FMDV"
)


@pytest.fixture
def store(world: list[SourceRecords], build: Callable[[list[SourceRecords]], Path]) -> Iterator[Store]:
    with Store.open_folder(
        build([*world, told(source("atlas", "dataset"), *COUNTRIES, *TRIPOLI, ISLAMABAD, FUND)])
    ) as opened:
        yield opened


@pytest.mark.parametrize(
    "name",
    [
        "Mashhad",
        " mashhad ",
        "MESHED",
        "مشهد",
        "city/mashhad",
        "Q121157",
        "q121157",
        "https://www.wikidata.org/entity/Q121157",
        "http://www.wikidata.org/entity/Q121157",
        "https://www.wikidata.org/wiki/Q121157",
    ],
)
def test_a_city_by_any_of_its_names(store: Store, name: str) -> None:
    assert lookup.find(store, name) == "city/mashhad"
    assert lookup.find(store, name, "City") == "city/mashhad"


@pytest.mark.parametrize("name", ["FMDV", "fmdv", " Fmdv ", "Global Fund", "صندوق جهانی"])
def test_a_body_by_its_short_name(store: Store, name: str) -> None:
    assert lookup.find(store, name) == lookup.find(store, name, "Organization") == "organization/fund"


def test_an_address_elsewhere_with_or_without_tls(store: Store) -> None:
    for scheme in ("http", "https"):
        assert lookup.find(store, f"{scheme}://sws.geonames.org/1176615/") == "city/islamabad"


def test_the_class_that_is_wanted_counts(store: Store) -> None:
    assert lookup.find(store, "Iran", "Country") == "country/ir"
    assert lookup.find(store, "ir", "Country") == "country/ir", "an id without its folder"
    with pytest.raises(UsageError, match="among city records"):
        lookup.find(store, "Iran", "City")
    with pytest.raises(UsageError, match="among city records"):
        lookup.find(store, "country/ir", "City")


def test_a_name_of_two_things_is_refused_with_both(store: Store) -> None:
    with pytest.raises(UsageError, match="can be 2 things") as caught:
        lookup.find(store, "طرابلس")
    assert "city/tripoli-lebanon" in caught.value.message
    assert "city/tripoli-libya" in caught.value.message
    assert "its country: 'طرابلس, Libya'" in caught.value.hint
    assert lookup.find(store, "طرابلس, Libya") == "city/tripoli-libya", "what the hint tells can be asked for"
    assert lookup.find(store, "tripoli-libya", "City") == "city/tripoli-libya"


def test_what_a_name_can_be_is_listed_in_a_language(store: Store) -> None:
    with pytest.raises(UsageError) as caught:
        lookup.find(store, "Tripoli", lang="fa")
    assert "طرابلس، لبنان (city/tripoli-lebanon)" in caught.value.message
    assert "طرابلس، Libya (city/tripoli-libya)" in caught.value.message, "a country without a Persian name"
    with pytest.raises(UsageError) as caught:
        lookup.find(store, "طرابلس")
    assert "Tripoli, Lebanon (city/tripoli-lebanon)" in caught.value.message
    with pytest.raises(UsageError) as caught:
        lookup.find(store, "Globl Fund", lang="fa")
    assert "صندوق جهانی (organization/fund)" in caught.value.hint


@pytest.mark.parametrize("name", ["طرابلس، لبنان", "Tripoli, Lebanon", "tripoli ,lb"])
def test_a_city_with_its_country(store: Store, name: str) -> None:
    assert lookup.find(store, name) == lookup.find(store, name, "City") == "city/tripoli-lebanon"


def test_a_city_of_another_country_is_not_meant(store: Store) -> None:
    with pytest.raises(UsageError, match="nothing is called 'Tripoli, Iran'"):
        lookup.find(store, "Tripoli, Iran")


@pytest.mark.parametrize(
    ("wrong", "right"), [("Mashad", "city/mashhad"), ("Lahorre", "city/lahore"), ("مشهدد", "city/mashhad")]
)
def test_did_you_mean(store: Store, wrong: str, right: str) -> None:
    with pytest.raises(UsageError) as caught:
        lookup.find(store, wrong, "City")
    assert caught.value.hint.startswith("Did you mean: ")
    assert right in caught.value.hint


def test_nothing_near_is_proposed_for_a_name_of_nothing(store: Store) -> None:
    with pytest.raises(UsageError) as caught:
        lookup.find(store, "Zzyzx")
    assert caught.value.hint == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text())
def test_any_text_finds_something_or_is_one_clear_error(store: Store, name: str) -> None:
    with contextlib.suppress(UsageError):
        assert store.get(lookup.find(store, name)) is not None


def test_names_that_did_not_stand_are_found_too(store: Store) -> None:
    assert lookup.find(store, "Lahor") == "city/lahore"


def test_a_name_means_the_only_city_that_is_placed(
    world: list[SourceRecords], build: Callable[[list[SourceRecords]], Path]
) -> None:
    bare = [City(id=f"city/list-{name.lower()}", labels=(Text(name, "und"),)) for name in ("Tripoli", "Graz")]
    again = [City(id="city/other-graz", labels=(Text("Graz", "und"),))]
    told_here = [*COUNTRIES, TRIPOLI[0], *bare, *again]
    with Store.open_folder(build([*world, told(source("atlas", "dataset"), *told_here)])) as opened:
        assert lookup.find(opened, "Tripoli") == "city/tripoli-libya"
        with pytest.raises(UsageError, match="can be 2 things"):
            lookup.find(opened, "Graz")
