"""Fetching from the query service: what is asked, how it waits, what it keeps, and how the answer can be wrong."""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import shutil
from pathlib import Path

import pytest

from citydiplomacy.errors import CityDiplomacyError, InputError, StoreError, UsageError
from citydiplomacy.graph.model.records import Agreement, City, Membership, Organization
from citydiplomacy.graph.store import manifest, writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders import files
from citydiplomacy.loaders.report import LoadReport, Progress
from citydiplomacy.loaders.wikidata import fetching, reading
from citydiplomacy.loaders.wikidata.service import TRIES, Service

from ...conftest import copied
from .conftest import Fault, Played, busy, cut, error_json, html, slow, stopped


@pytest.fixture
def store(shipped: Path, tmp_path: Path) -> Path:
    copied(shipped, tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def naps() -> list[float]:
    """How long the client waited, each time; it does not really."""
    return []


def fetched(
    store: Path,
    played: Played,
    naps: list[float],
    name: str = "Iran",
    *,
    fresh: bool = False,
    progress: Progress | None = None,
) -> Path:
    service = Service(played.address, sleep=naps.append, timeout=0.5)
    with Store.open_folder(store) as opened:
        asked = fetching.country(opened, name, service)
        return fetching.fetch(store, asked, service, fresh=fresh, progress=progress)


# --- what is fetched --------------------------------------------------------------------------------------------------


def test_what_is_fetched_joins_the_cities_that_are_known(store: Path, wikidata: Played, naps: list[float]) -> None:
    before = manifest.read(store)
    folder = fetched(store, wikidata, naps)
    report = LoadReport()
    with Store.open_folder(store) as opened:
        writer.load(store, files.read([folder], opened, report=report or LoadReport()))
    with Store.open_folder(store) as opened:
        told = {record.id: record for record in opened.records(source="source/wikidata-ir")}
        mashhad = opened.get("city/mashhad", "source/wikidata-ir")
        assert isinstance(mashhad, City)
        assert {text.value for text in (*mashhad.labels, *mashhad.aliases)} == {
            "Mashhad",
            "مشهد",
            "Meshed",
            "مشهد مقدس",
        }
        assert (mashhad.country, str(mashhad.latitude), str(mashhad.longitude)) == ("country/ir", "36.3", "59.6")
        lahore = told["agreement/sister-city/lahore--mashhad"]
        assert isinstance(lahore, Agreement)
        assert lahore.start
        assert lahore.start.edtf == "2006-05"  # Mashhad's page is more precise than Lahore's
        assert lahore.locators == ("Q11739 P190 Q121157", "Q121157 P190 Q11739")
        assert lahore.cited == ("http://www.wikidata.org/entity/Q11", "https://example.org/sister-cities")
        assert "source/wikidata-ir" in opened.claims("agreement/sister-city/los-angeles--tehran")
        source = opened.get("source/wikidata-ir", "source/wikidata-ir")
        assert source is not None
        assert source.label("fa") == "ویکی‌داده: شهرهای ایران، خواهرخوانده‌ها و عضویت‌هایشان"
    assert manifest.read(store).revision == before.revision + 1
    assert {tally.refused for file, tally in report.files.items() if "twins" not in file} == {0}


def test_the_twin_towns_of_the_world_are_fetched(store: Path, wikidata: Played, naps: list[float]) -> None:
    service = Service(wikidata.address, sleep=naps.append, timeout=0.5)
    wikidata.faults = [None, None, html]
    with pytest.raises(InputError, match="HTML"):
        fetching.fetch(store, fetching.WORLD, service)
    asked = len(wikidata.queries)
    folder = fetching.fetch(store, fetching.WORLD, service)
    assert wikidata.queries[asked] == wikidata.queries[asked - 1], "it goes on where it was cut"
    (told,) = files.load(folder, report=LoadReport())
    assert told.source.id == "source/wikidata-world"
    assert told.source.collects_everywhere == ("tie-kind/sister-city",)
    records = {record.id: record for record in told.records}
    lahore = records["agreement/sister-city/q11739--q121157"]
    assert isinstance(lahore, Agreement)
    assert lahore.locators == ("Q11739 P190 Q121157", "Q121157 P190 Q11739")
    tellers = {one.split()[0] for record in records.values() for one in record.locators if " P190 " in one}
    assert {f"city/{teller.lower()}" for teller in tellers} <= records.keys()
    assert all("VALUES ?after" in query for query in wikidata.queries)
    assert not any(isinstance(record, Membership) for record in records.values())


def test_the_pages_are_asked_for_by_name_one_after_another(store: Path, wikidata: Played, naps: list[float]) -> None:
    fetched(store, wikidata, naps)
    assert set(wikidata.agents) == {next(iter(wikidata.agents))}
    assert wikidata.agents[0].startswith("citydiplomacy/")
    assert "https://" in wikidata.agents[0]
    assert len(wikidata.queries) == 8  # cities: 2, 1, none; twins: 2, 1, none; members: 2, none
    assert naps == []


def test_every_page_is_told(store: Path, wikidata: Played, naps: list[float]) -> None:
    told: list[tuple[str, int, int]] = []
    for _ in range(2):  # fetched, and kept
        fetched(store, wikidata, naps, progress=lambda *far: told.append(far))
        assert [done for _, done, _ in told] == list(range(1, 9))
        assert list(dict.fromkeys(what for what, _, _ in told)) == list(fetching.QUERIES)
        told.clear()


@pytest.mark.parametrize("name", ["Iran", "ایران", "IR", "ir", "country/ir", "Q794"])
def test_a_country_is_named_in_either_language_by_code_or_by_item(
    name: str, store: Path, wikidata: Played, naps: list[float]
) -> None:
    folder = fetched(store, wikidata, naps, name)
    (told,) = files.load(folder, report=LoadReport())
    assert "city/q3616" in {record.id for record in told.records}
    assert told.source.id == "source/wikidata-ir"


def test_a_country_that_is_none_is_refused_before_anything_is_asked(
    store: Path, wikidata: Played, naps: list[float]
) -> None:
    for name in ('Iran" } DELETE', "Atlantis", "Q794> } #", "Q0"):
        with pytest.raises(UsageError):
            fetched(store, wikidata, naps, name)
    assert wikidata.queries == []
    with pytest.raises(UsageError, match="Q11 is no country"):
        fetched(store, wikidata, naps, "Q11")


def test_the_queries_are_sparql_as_they_stand(wikidata: Played) -> None:
    for name in (*fetching.QUERIES, *fetching.WORLD.queries, "country"):
        text = (Path(fetching.__file__).parent / f"{name}.rq").read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert json.loads(wikidata.answer(text))["results"]["bindings"]


def test_a_query_is_filled_by_its_tokens() -> None:
    text = '# VALUES ?iso { "IR" }\nSELECT ("VALUES ?iso { 1 }" AS ?x) { VALUES ?iso { "IR" "}" } ?c ?p ?iso }'
    assert fetching.fill(text, {"iso": "VALUES ?iso { 1 }"}) == (
        '# VALUES ?iso { "IR" }\nSELECT ("VALUES ?iso { 1 }" AS ?x) { VALUES ?iso { 1 } ?c ?p ?iso }'
    )


# --- nothing twice ----------------------------------------------------------------------------------------------------


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_second_fetch_asks_nothing_and_a_fresh_one_everything(
    store: Path, wikidata: Played, naps: list[float]
) -> None:
    first = content(fetched(store, wikidata, naps))
    asked = len(wikidata.queries)
    assert content(fetched(store, wikidata, naps)) == first
    assert len(wikidata.queries) == asked
    fetched(store, wikidata, naps, fresh=True)
    assert len(wikidata.queries) == 2 * asked


def test_a_fetch_goes_on_where_it_was_cut(store: Path, wikidata: Played, naps: list[float]) -> None:
    wikidata.faults = [None, None, None, html]
    with pytest.raises(InputError, match="HTML"):
        fetched(store, wikidata, naps)
    assert reading.recognise(store / "fetched" / "wikidata-ir") is None  # not whole, so not a source
    before = list(wikidata.queries)
    whole = content(fetched(store, wikidata, naps))
    assert wikidata.queries[len(before)] == before[-1]
    assert len(set(wikidata.queries)) == len(wikidata.queries) - 1
    shutil.rmtree(store / "fetched")
    at_once = content(fetched(store, wikidata, naps))
    assert {name: data for name, data in at_once.items() if name != reading.FETCHED} == {
        name: data for name, data in whole.items() if name != reading.FETCHED
    }


def test_a_page_that_was_spoiled_on_disk_is_fetched_again(store: Path, wikidata: Played, naps: list[float]) -> None:
    folder = fetched(store, wikidata, naps)
    asked = len(wikidata.queries)
    first = min(folder.glob("cities-0001-*"))
    whole = first.read_bytes()
    first.write_bytes(whole[:-20])
    fetched(store, wikidata, naps)
    assert first.read_bytes() == whole
    assert len(wikidata.queries) == asked + 1


# --- a service that fails ---------------------------------------------------------------------------------------------


def test_it_waits_as_long_as_the_service_says(store: Path, wikidata: Played, naps: list[float]) -> None:
    until = email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30), usegmt=True)
    wikidata.faults = [busy(429, Retry_After="7"), busy(503, Retry_After=until), busy(503), None]
    fetched(store, wikidata, naps)
    assert naps[0] == 7
    assert 20 < naps[1] <= 30
    assert naps[2] == 4


@pytest.mark.parametrize("fault", [cut, slow, busy(503)])
def test_a_fault_that_passes_leaves_no_trace(fault: Fault, store: Path, wikidata: Played, naps: list[float]) -> None:
    right = content(fetched(store, wikidata, naps))
    wikidata.faults = [None, fault, fault, None]
    again = content(fetched(store, wikidata, naps, fresh=True))
    assert naps == [1, 2]
    assert again == right


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (busy(429), StoreError, "429"),
        (busy(503, Retry_After="1"), StoreError, "503"),
        (cut, StoreError, "IncompleteRead"),
        (slow, StoreError, "timed out"),
        (busy(429, Retry_After="86400"), StoreError, "asks to wait 86400 seconds"),
        (busy(403), StoreError, "refused the query: 403"),
        (stopped, InputError, "cut in the middle"),
        (html, InputError, "a page in HTML"),
        (error_json, InputError, "no answer to a query"),
    ],
)
def test_a_fault_that_stays_is_an_error_that_says_so(
    fault: Fault, error: type[CityDiplomacyError], words: str, store: Path, wikidata: Played, naps: list[float]
) -> None:
    before = manifest.read(store)
    wikidata.faults = [fault] * TRIES
    with pytest.raises(error, match=words):
        fetched(store, wikidata, naps)
    assert len(wikidata.queries) <= TRIES
    assert manifest.read(store) == before
    assert not list((store / "fetched").rglob("*.page.json"))


def test_pages_that_do_not_go_on_are_not_read_for_ever(store: Path, wikidata: Played, naps: list[float]) -> None:
    same = wikidata.answer((Path(fetching.__file__).parent / "cities.rq").read_text(encoding="utf-8"))
    wikidata.answer = lambda _: same  # type: ignore[method-assign]
    with pytest.raises(InputError, match="do not go on"):
        fetched(store, wikidata, naps)


def test_an_address_that_is_no_web_address_is_refused() -> None:
    with pytest.raises(UsageError):
        Service("file:///etc/passwd")


@pytest.mark.parametrize("header", ["soon", "-3"])
def test_a_time_to_wait_that_cannot_be_read_is_none(
    header: str, store: Path, wikidata: Played, naps: list[float]
) -> None:
    wikidata.faults = [busy(503, Retry_After=header), None]
    fetched(store, wikidata, naps)
    assert naps == [1]


# --- the records ------------------------------------------------------------------------------------------------------


@pytest.fixture
def records(store: Path, wikidata: Played, naps: list[float]) -> dict[str, object]:
    (told,) = files.load(fetched(store, wikidata, naps), report=LoadReport())
    return {record.id: record for record in told.records}


def test_ties_say_which_side_tells_them(records: dict[str, object]) -> None:
    isfahan = records["agreement/sister-city/q11739--q42053"]
    assert isinstance(isfahan, Agreement)
    assert isfahan.locators == ("Q11739 P190 Q42053",)
    assert isfahan.notes[0].value == "One-sided: Q11739 names Q42053, which does not name it."
    assert isfahan.start
    assert isfahan.start.edtf == "/2004-01-01"  # a point in time: it stood by then
    mutual = records["agreement/sister-city/q11739--q121157"]
    assert isinstance(mutual, Agreement)
    assert mutual.notes == ()


def test_an_ended_tie_has_ended_and_others_are_attested_by_the_fetch(records: dict[str, object]) -> None:
    ended, standing = (records[f"agreement/sister-city/{pair}"] for pair in ("q3616--q65", "q121157--q8660"))
    assert isinstance(ended, Agreement)
    assert isinstance(standing, Agreement)
    assert ended.end
    assert (ended.end.edtf, ended.status, ended.attested) == ("1979-02-11", "status/ended", None)
    assert standing.attested
    assert standing.status is None
    assert standing.start
    assert standing.start.edtf == "199X"


def test_memberships_name_bodies_with_their_items(records: dict[str, object]) -> None:
    body = records["organization/q1431110"]
    assert isinstance(body, Organization)
    assert body.exact_match == ("http://www.wikidata.org/entity/Q1431110",)
    assert body.label("fa") == "متروپولیس"
    member = records["membership/q1431110/q121157"]
    assert isinstance(member, Membership)
    assert (member.role, member.start and member.start.edtf) == ("role/member", "2001")


def test_population_has_the_time_of_its_count(records: dict[str, object]) -> None:
    counted = {name: getattr(one, "value", None) for name, one in records.items() if name.startswith("observation/")}
    assert {name: int(number) for name, number in counted.items() if number is not None} == {
        "observation/population/q121157/2011-10-24": 2766258,
        "observation/population/q121157/2016": 3001184,
    }


def test_what_is_left_out_is_counted(store: Path, wikidata: Played, naps: list[float]) -> None:
    report = LoadReport()
    files.load(fetched(store, wikidata, naps), report=report)
    reasons = {(reason.kind, reason.reason): reason.number for reason in report.reasons()}
    assert ("refused", "a city that is its own twin") in reasons
    assert ("left out", "a deprecated statement, left out") in reasons
    assert ("noted", "a one-sided tie") in reasons
    with pytest.raises(InputError, match="its own twin"):
        files.load(fetched(store, wikidata, naps), report=LoadReport(strict=True))


def test_what_is_fetched_is_described(store: Path, wikidata: Played, naps: list[float]) -> None:
    folder = fetched(store, wikidata, naps)
    described = json.loads((folder / reading.FETCHED).read_text(encoding="utf-8"))
    assert described["address"] == wikidata.address
    (told,) = files.load(folder, report=LoadReport())
    assert told.source.licence == "CC0-1.0"
    assert told.source.retrieved
    assert told.source.retrieved.edtf == described["retrieved"]
