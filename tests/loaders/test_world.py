"""The twin towns of the world: what the tables hold, and that cities of the other shipped tables are found in them."""

from __future__ import annotations

import csv
import runpy
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from citydiplomacy.graph.model.records import City, Match
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


def test_ties_and_cities_of_both_crawls_are_there() -> None:
    ties = {year: {(row["one"], row["other"]) for row in rows(f"world/ties-{year}.csv")} for year in YEARS}
    ids = item_ids()
    assert len(ids) == 10_737, "all of the two crawls but one, which is no place"
    assert {year: len(pairs) for year, pairs in ties.items()} == {"2016": 17_324, "2022": 8_137}
    assert len(ties["2016"] | ties["2022"]) == 18_888
    assert {name for pairs in ties.values() for pair in pairs for name in pair} == set(ids.values())
    assert all(one < other for pairs in ties.values() for one, other in pairs), "none with itself, none twice"


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
    assert Counter(row["verdict"] for row in judged) == {"same": 686, "unsure": 53, "different": 20}
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
