"""The twin towns of the world: what the tables hold, and that cities of the other shipped tables are found in them."""

from __future__ import annotations

import csv
import runpy
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.records import City, Match, Region
from citydiplomacy.graph.store import lookup
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders import files

from ..conftest import ROOT

DATA = ROOT / "loaders" / "data"
YEARS = ("2016", "2022")


@pytest.fixture(scope="module")
def store(world: Path) -> Iterator[Store]:
    with Store.open_folder(world) as opened:
        yield opened


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def item_ids() -> dict[str, str]:
    """Under which id each item is told."""
    return {
        item: row["id"] or item.lower()
        for year in YEARS
        for row in rows(f"world/cities-{year}.csv")
        for item in row["item"].split("|")
    }


def regions() -> dict[str, str]:
    """The names of what is no city, by its id."""
    return {
        f"region/{row['id'] or row['item'].lower()}": row.get("label") or row.get("name") or ""
        for year in YEARS
        for row in rows(f"world/regions-{year}.csv")
    }


LANDS = {f"country/{code}" for code in ("bf", "bs", "cu", "gg", "ke", "kn", "ls", "ma", "pa", "sc", "sx", "to", "ws")}
"""Countries that a crawl tells as twinned."""


def test_ties_and_cities_of_both_crawls_are_there() -> None:
    ties = {year: {(row["one"], row["other"]) for row in rows(f"world/ties-{year}.csv")} for year in YEARS}
    ids = item_ids()
    items = {item for year in YEARS for row in rows(f"world/regions-{year}.csv") for item in row["item"].split("|")}
    assert len(items) == 322
    assert len(ids | dict.fromkeys(items)) == 10_722, "all of the two crawls but those that are no place, or a country"
    assert {year: len(pairs) for year, pairs in ties.items()} == {"2016": 17_322, "2022": 8_137}
    assert {name for pairs in ties.values() for pair in pairs for name in pair} == {*ids.values(), *regions(), *LANDS}
    assert all(one < other for pairs in ties.values() for one, other in pairs), "none with itself, none twice"


def test_what_is_no_city_is_told_as_a_region(store: Store) -> None:
    """By a word of its name, by ISO 3166-2, by a person: none of them is a record of a city."""
    told = regions()
    for name in (
        "Aichi Prefecture",
        "Landkreis Kulmbach",
        "Ohio",
        "Gironde",
        "Powiat Pilski",
        "Guangdong",
        "Queensland",
    ):
        assert name in told.values()
    assert not any(store.has(name.replace("region/", "city/")) for name in told)
    aichi = store.get("region/q80434")
    assert isinstance(aichi, Region)
    assert aichi.country == "country/jp"
    parties = {row["kind"]: {"/" in row["one"] or "/" in row["other"]} for row in rows("world/ties-2016.csv")}
    assert parties == {"sister-city": {False}, "sister-region": {True}}


WORDS_OF_TERRITORIES = (
    "prefecture",
    "präfektur",
    "province",
    "landkreis",
    "voivodeship",
    "oblast",
    "powiat",
    "department",
)


def test_no_city_is_called_a_prefecture_or_a_county(store: Store) -> None:
    """Rosters of bodies may name a county or a province: those stand in other tables, with what they are."""
    crawled = set(item_ids().values())
    names = {
        city.label("en").split(",")[0].lower()
        for city in store.records(City)
        if city.id.removeprefix("city/") in crawled
    }
    assert not {name for name in names if any(word in name.split() for word in WORDS_OF_TERRITORIES)}


def test_namesakes_of_a_country_are_told_apart(store: Store) -> None:
    """Also those of which no country is told; each is found by the name that they share."""
    crawled = set(item_ids().values())
    called = Counter(
        (city.label("en"), city.country) for city in store.records(City) if city.id.removeprefix("city/") in crawled
    )
    assert [name for name, number in called.items() if number > 1] == []
    for name, ids in (
        ("Corfu", {"city/q121378", "city/q205832"}),
        ("Rhodes", {"city/q43048", "city/rhodes"}),
        ("Hedemora", {"city/q1001183", "city/q507684"}),
    ):
        assert ids <= set(store.named(name))
        with pytest.raises(UsageError, match=f"'{name}' can be"):
            lookup.find(store, name, "City")
    corfu = {store.name(one) for one in ("city/q121378", "city/q205832")}
    assert corfu == {"Corfu (island)", "Corfu (town)"}


def test_the_items_that_the_facts_name_are_the_cities_that_bear_them() -> None:
    """89 cities of the facts carry their item: what was joined by name and place must not differ."""
    ids = item_ids()
    told = {
        address.removeprefix("http://www.wikidata.org/entity/"): row["id"]
        for row in rows("cities/cities.csv")
        for address in row["exact_match"].split("|")
        if "wikidata" in address
    }
    assert len(told) == 89
    assert {item: ids[item] for item in told} == told


def test_the_ties_that_the_facts_have_from_the_same_crawls_are_there() -> None:
    for year in YEARS:
        ties = {(row["one"], row["other"]) for row in rows(f"world/ties-{year}.csv")}
        facts = {
            tuple(sorted(name.partition("/")[2] for name in row["parties"].split("|")))
            for row in rows("cities/agreements.csv")
            if row["source"] == f"wikidata-p190-{year}"
        }
        assert facts
        assert facts <= ties


def test_no_two_cities_are_one_place_of_geonames() -> None:
    found = [
        address
        for table in ("cities", "geonames")
        for row in rows(f"{table}/cities.csv")
        for address in row["exact_match"].split("|")
        if "geonames" in address
    ]
    assert len(found) == len(set(found)) > 8000


def test_every_judgement_says_why_and_is_followed() -> None:
    judged = rows("places/matches.csv")
    ids = item_ids()
    assert Counter(row["verdict"] for row in judged) == {"same": 686, "unsure": 47, "different": 13}
    for row in judged:
        assert row["reason_en"]
        assert row["reason_fa"]
        one, other = (name.removeprefix("city/") for name in (row["one"], row["other"]))
        told = ids[one.upper()], ids.get(other.upper(), other)
        assert (told[0] == told[1]) == (row["verdict"] == "same"), row


def test_amsterdam_and_dubai_are_each_one_city(store: Store) -> None:
    for name, items in (("city/amsterdam", {"Q727", "Q9899"}), ("city/dubai", {"Q612", "Q613"})):
        city = store.get(name)
        assert isinstance(city, City)
        assert items <= {address.rpartition("/")[2] for address in city.exact_match}
        assert not any(store.has(f"city/{item.lower()}") for item in items)
    dubai = store.get("match/dubai--q613")
    assert isinstance(dubai, Match)
    assert {text.lang for text in dubai.reason} == {"en", "fa"}


def test_a_claim_stands_under_the_crawl_that_makes_it(store: Store) -> None:
    told = store.claims("agreement/sister-city/istanbul--q79808")
    assert {source: getattr(claim, "attested").edtf for source, claim in told.items()} == {  # noqa: B009
        "source/wikidata-world-2016": "2016-09",
        "source/wikidata-world-2022": "2022-01",
    }
    assert {text.lang for text in store.claims("city/q79808")["source/wikidata-world-2016"].labels} == {"und"}
    assert {text.lang for text in store.claims("city/q79808")["source/wikidata-world-2022"].labels} == {"en"}


def test_without_the_world_none_of_it_is_there(shipped: Path) -> None:
    with Store.open_folder(shipped) as store:
        assert not store.has("city/q79808")
    assert {path.name for path in files.shipped()} - {path.name for path in files.shipped(world=False)} == set(
        files.WORLD
    )


def test_the_script_writes_these_tables(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "docs")
    script = runpy.run_path(str(ROOT / "docs" / "world_tables.py"))
    for name in files.WORLD:
        (tmp_path / name).mkdir()
    monkeypatch.setitem(script["main"].__globals__, "OUT", tmp_path)
    monkeypatch.setattr("sys.argv", ["world_tables.py", str(shared / "world")])
    script["main"]()
    for path in tmp_path.glob("*/*.csv"):
        assert path.read_bytes() == (DATA / path.relative_to(tmp_path)).read_bytes(), path.name
