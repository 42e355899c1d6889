"""`citydip load wikidata`, end to end: fetched from a server on loopback, joined with what is known, asked."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from citydiplomacy.graph.store import manifest
from citydiplomacy.graph.store.reader import Store
from tests.loaders.wikidata import world
from tests.loaders.wikidata.conftest import Played, busy, html, wikidata

from ...conftest import copied
from ..conftest import Run

__all__ = ["wikidata"]


@pytest.fixture
def store(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wikidata: Played) -> Path:
    """A store of the shipped data that may be written to, and the service where the command looks for it."""
    copied(shipped, tmp_path / "store")
    monkeypatch.setenv("CITYDIPLOMACY_WIKIDATA", wikidata.address)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "store"


def test_a_country_is_fetched_joined_and_asked(store: Path, citydip: Run, wikidata: Played) -> None:
    wikidata.faults = [busy(429, Retry_After="0")]
    ran = citydip("load", "wikidata", "--country", "ایران", "--store", store)
    assert ran.code == 0, ran.err
    assert "429 Too Many Requests; asking again in 0 s." in ran.err
    assert "refused 1: a city that is its own twin" in ran.err
    assert "revision 2" in ran.err
    with Store.open_folder(store) as opened:
        assert opened.matched("http://www.wikidata.org/entity/Q3616") == ["city/tehran"]
        assert opened.get("city/q3616") is None
        assert "source/wikidata-ir" in opened.claims("city/mashhad")
    compared = citydip("compare", "Mashhad", "Tehran", "--store", store)
    assert compared.code == 0, compared.err
    assert "Lahore" in citydip("query", "sister-cities", "city=Q121157", "--store", store).out
    population = citydip("query", "statistics", "city=mashhad", "--store", store, "--format", "json")
    assert 2766258 in {row["value"] for row in json.loads(population.out)}
    assert citydip("validate", "--store", store).code == 0

    again = citydip("load", "wikidata", "--country", "Iran", "--store", store)
    assert again.code == 0
    assert "Nothing changed" in again.err
    assert len(wikidata.queries) == 9  # the one that was told to wait is asked twice
    assert [row["id"] for row in json.loads(citydip("sources", "--store", store, "--format", "json").out)].count(
        "wikidata-ir"
    ) == 1


def test_the_world_of_today_takes_the_place_of_the_shipped_one(
    world: Path, citydip: Run, wikidata: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copied(world, tmp_path / "whole")
    monkeypatch.setenv("CITYDIPLOMACY_WIKIDATA", wikidata.address)
    monkeypatch.chdir(tmp_path)
    ran = citydip("load", "wikidata", "--world", "--store", store)
    assert ran.code == 0, ran.err
    assert "no longer in the store: wikidata-world-2016, wikidata-world-2022" in ran.err
    with Store.open_folder(store) as opened:
        assert "source/wikidata-world" in opened.claims("city/mashhad")
        assert "source/wikidata-world" in opened.claims("agreement/sister-city/lahore--mashhad")
        assert opened.claims("agreement/sister-city/istanbul--q79808") == {}
        assert opened.matched("http://www.wikidata.org/entity/Q727") == ["city/amsterdam"]
    assert citydip("validate", "--store", store).code == 0
    again = citydip("load", "wikidata", "--world", "--store", store)
    assert "Nothing changed" in again.err


def test_what_went_wrong_is_told_and_the_store_is_as_it_was(store: Path, citydip: Run, wikidata: Played) -> None:
    before = manifest.read(store)
    wikidata.faults = [None, html]
    ran = citydip("load", "wikidata", "--country", "Iran", "--store", store)
    assert ran.code == 2
    assert "a page in HTML or XML, not an answer in JSON" in ran.err
    assert "Traceback" not in ran.err
    assert manifest.read(store) == before
    strict = citydip("load", "wikidata", "--country", "Iran", "--strict", "--store", store)
    assert strict.code == 2
    assert "its own twin" in strict.err
    assert manifest.read(store) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["wikidata"], "whose cities of Wikidata?"),
        (["wikidata", "--country", "Iran", "--world"], "two questions"),
        (["some.json", "--world"], "--world goes with the word wikidata"),
        (["wikidata", "--country", "Irann"], "Did you mean"),
        (["some.json", "--country", "Iran"], "--country goes with the word wikidata"),
        (["wikidata", "--country", "Iran", "--endpoint", "ftp://example.org"], "no address of a query service"),
    ],
)
def test_a_wrong_call_is_told(arguments: list[str], words: str, store: Path, citydip: Run) -> None:
    ran = citydip("load", *arguments, "--store", store)
    assert (ran.code, words in ran.err) == (2, True), ran.err


def test_a_dump_and_a_build_with_it(tmp_path: Path, store: Path, citydip: Run) -> None:
    path = tmp_path / "wikidata-20261116-all.json.gz"
    path.write_bytes(gzip.compress(world.dump()))
    ran = citydip("load", path, "--store", store)
    assert ran.code == 0, ran.err
    assert f"{path}: {len(world.ENTITIES)} rows read, 5 made" in ran.err
    with Store.open_folder(store) as opened:
        loaded = {record.id for record in opened.records(source="source/wikidata-all")}
    assert "agreement/sister-city/lahore--mashhad" in loaded
    built = citydip("build", "--no-world", path, "--store", tmp_path / "other")
    assert built.code == 0, built.err
    with Store.open_folder(tmp_path / "other") as opened:
        assert {record.id for record in opened.records(source="source/wikidata-all")} == loaded
