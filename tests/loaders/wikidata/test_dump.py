"""Dumps: what is kept of them, packed or not, and every way a line or the file can be wrong."""

from __future__ import annotations

import bz2
import gzip
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Agreement, City, Country, Observation
from citydiplomacy.loaders import files
from citydiplomacy.loaders.report import LoadReport

from . import world
from .conftest import Played
from .world import IRAN, MASHHAD, TEHRAN, city, entity, of_item, of_number, of_place, of_text, of_time, says


def load(path: Path, report: LoadReport | None = None) -> dict[str, object]:
    (told,) = files.load(path, report=report or LoadReport())
    return {record.id: record for record in told.records}


def reasons(report: LoadReport) -> dict[str, str]:
    return {reason.reason: reason.examples[0] for reason in report.reasons() if reason.kind == "refused"}


@pytest.fixture
def dumped(tmp_path: Path) -> Callable[..., Path]:
    """A file with a dump of some entities."""

    def write(*entities: world.Entity, name: str = "dump.json") -> Path:
        (tmp_path / name).write_bytes(world.dump(list(entities)))
        return tmp_path / name

    return write


IRAN_ITEM = entity(IRAN, {"en": "Iran"}, says("P297", of_text("IR")))


# --- what is kept -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("wikidata-20261116-all.json", bytes),
        ("wikidata-20261116-all.json.gz", gzip.compress),
        ("wikidata-20261116-all.json.bz2", bz2.compress),
        ("a-dump-by-another-name", gzip.compress),
    ],
)
def test_a_dump_is_known_by_its_content(name: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(pack(world.dump()))
    (told,) = files.load(path, report=LoadReport())
    assert "city/q121157" in {record.id for record in told.records}
    assert (told.source.date and told.source.date.edtf) == ("2026-11-16" if "2026" in name else None)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
def test_how_far_a_dump_is_read_is_told_in_bytes_of_the_file(
    pack: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citydiplomacy.loaders.wikidata.dump_lines.PACE", 1)
    path = tmp_path / "dump.json"
    path.write_bytes(pack(world.dump()))
    told: list[tuple[str, int, int]] = []
    files.load(path, report=LoadReport(), progress=lambda *far: told.append(far))
    size = path.stat().st_size
    assert len(told) > len(world.ENTITIES)
    assert {(what, whole) for what, _, whole in told} == {("dump.json", size)}
    assert all(0 < done <= size for _, done, _ in told)
    assert size in {done for _, done, _ in told}


def test_lines_without_brackets_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(world.dump())
    (tmp_path / "a.ndjson").write_bytes(b"\n".join(world.lines()) + b"\n")
    assert load(tmp_path / "a.json") == load(tmp_path / "a.ndjson")


def test_a_dump_says_what_the_query_service_says(tmp_path: Path, wikidata: Played) -> None:
    """Both are read to the same records, but for what a query of one country leaves out."""
    from citydiplomacy.loaders.wikidata import dump, fetching, gathered, results

    from_dump, fetched = gathered.Gathered(), gathered.Gathered()
    (tmp_path / "dump.json").write_bytes(world.dump())
    dump.gather(tmp_path / "dump.json", from_dump, LoadReport())
    wikidata.page = 100
    for name in fetching.QUERIES:
        text = (Path(fetching.__file__).parent / f"{name}.rq").read_text(encoding="utf-8")
        results.gather(results.read_json(wikidata.answer(text), name), fetched, LoadReport())
    assert fetched.codes.items() <= from_dump.codes.items()
    for number in (MASHHAD, TEHRAN):
        assert from_dump.items[number] == fetched.items[number]
    told = {one.id.replace("$", "-"): one for one in from_dump.statements.values()}
    for one in fetched.statements.values():
        other = told[one.id]
        assert (one.teller, one.property, one.value) == (other.teller, other.property, other.value)
        assert (one.dates, one.preferred, one.cited) == (other.dates, other.preferred, other.cited)


def test_bodies_twins_and_countries_are_named_wherever_their_lines_stand(tmp_path: Path) -> None:
    first, last = list(world.ENTITIES), list(reversed(world.ENTITIES))
    (tmp_path / "x.json").write_bytes(world.dump(first))
    told = load(tmp_path / "x.json")
    (tmp_path / "x.json").write_bytes(world.dump(last))
    assert load(tmp_path / "x.json") == told
    karachi = told["city/q8660"]
    assert isinstance(karachi, City)
    assert karachi.label("fa") == "کراچی"
    assert karachi.country == "country/pk"
    country = told["country/ir"]
    assert isinstance(country, Country)
    assert country.exact_match == ("http://www.wikidata.org/entity/Q794",)
    assert "city/q999" not in told  # a village without twins
    assert "city/q42" not in told


def test_statements_of_other_ranks_and_several_values(dumped: Callable[..., Path]) -> None:
    report = LoadReport()
    told = load(
        dumped(
            IRAN_ITEM,
            city(
                MASHHAD,
                IRAN,
                (36.3, 59.6),
                {"en": "Mashhad"},
                says("P1082", of_number("+5"), P585=of_time("+2016-00-00T00:00:00Z", 9)),
                says("P1082", of_number("+7"), rank="preferred", P585=of_time("+2016-00-00T00:00:00Z", 9)),
                says("P1082", of_number("+9"), rank="deprecated", P585=of_time("+2017-00-00T00:00:00Z", 9)),
                says("P1082", of_number("+3"), P585=of_time("+1900-00-00T00:00:00Z", 7)),
                says("P190", of_item(TEHRAN), P580=of_time("+1990-00-00T00:00:00Z", 9),
                     P582=of_time("+1999-00-00T00:00:00Z", 9)),
                says("P190", of_item(TEHRAN), P580=of_time("+2004-00-00T00:00:00Z", 9)),
            ),
        ),
        report,
    )  # fmt: skip
    figures = {name: one.value for name, one in told.items() if isinstance(one, Observation)}
    assert {
        name.removeprefix("observation/population/q121157/"): int(value or 0) for name, value in figures.items()
    } == {
        "2016": 7,
        "undated": 3,
    }
    tie = told["agreement/sister-city/q121157--q3616"]
    assert isinstance(tie, Agreement)
    assert (tie.start and tie.start.edtf, tie.end, tie.status) == ("2004", None, None)
    assert [text.value for text in tie.notes if text.lang == "en"] == ["Also told: 1990 – 1999."]
    noted = {reason.reason for reason in report.reasons()}
    assert {
        "a deprecated statement, left out",
        "another population of the same time, left out",
        "a date that is not precise enough, left out",
        "a tie with several periods; the others are in its note",
    } <= noted


def test_the_preferred_country_and_place_stand_and_several_are_left_open(dumped: Callable[..., Path]) -> None:
    countries = (IRAN_ITEM, entity("Q843", {"en": "Pakistan"}, says("P297", of_text("PK"))))
    town = says("P31", of_item("Q3957"))
    both = says("P17", of_item(IRAN)), says("P17", of_item("Q843"))
    best = says("P17", of_item(IRAN), rank="preferred"), says("P17", of_item("Q843"))
    before = says("P17", of_item(IRAN), P582=of_time("+1947-00-00T00:00:00Z", 9)), says("P17", of_item("Q843"))
    places = says("P625", of_place(1, 2)), says("P625", of_place(36.3, 59.6), rank="preferred")
    report = LoadReport()
    told = load(
        dumped(
            *countries,
            entity("Q7", {}, town, *best, *places),
            entity("Q8", {}, town, *both),
            entity("Q9", {}, town, *before),
        ),
        report,
    )
    first, second, third = (told[f"city/q{number}"] for number in (7, 8, 9))
    assert isinstance(first, City)
    assert (first.country, str(first.latitude)) == ("country/ir", "36.3")
    assert isinstance(second, City)
    assert second.country is None
    assert isinstance(third, City)
    assert third.country == "country/pk"
    assert [reason.reason for reason in report.reasons()] == ["several countries, left open"]


@pytest.mark.parametrize("form", ["spaced", "sorted", "compact"])
def test_a_city_is_found_however_its_line_is_written(form: str, dumped: Callable[..., Path]) -> None:
    entities = [
        entity("Q7", {"en": "A town"}, says("P17", of_item(IRAN), P31=of_item("Q1")), says("P31", of_item("Q3957"))),
        entity("Q8", {"en": "No town"}, says("P31", of_item("Q5")), says("P17", of_item("Q3957"))),
    ]
    path = dumped(*entities)
    match form:
        case "spaced":
            lines = [json.dumps(one).encode() for one in entities]
        case "sorted":
            lines = [json.dumps(one, sort_keys=True, separators=(",", ":")).encode() for one in entities]
        case _:
            lines = world.lines(entities)
    path.write_bytes(b"[\n" + b",\n".join(lines) + b"\n]\n")
    assert [name for name in load(path) if name.startswith("city/")] == ["city/q7"]


# --- lines that are wrong ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"type":"item","id":"Q1","claims":{"P190":[}', "a line that is not JSON"),
        (b"half of a line", "a line that is not JSON"),
        (b'{"type":"item","x":"P190"}', "JSON that is no entity"),
        (b'{"id":"Q1","labels":{"en":{"value":"\xe9"}},"P190":1}', "a line that is not UTF-8"),
        (b"[" * 100_000, "a line that is not JSON"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_its_number(line: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_bytes(world.dump().replace(b"\n]", b",\n" + line + b"\n]"))
    report = LoadReport()
    assert "city/q121157" in load(path, report)
    (example,) = (item for item in reasons(report).items() if item[0] != "a city that is its own twin")
    assert example[0] == reason
    assert f"line {len(world.ENTITIES) + 2}" in example[1]
    with pytest.raises(InputError, match="line"):
        load(path, LoadReport(strict=True))


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (says("P625", of_place(95.0, 59.6)), "coordinates out of range"),
        (says("P625", of_place(36.3, 190.0)), "coordinates out of range"),
        (says("P1082", of_number("many")), "not a number"),
        (says("P1082", of_number("+3.5")), "not a number of people"),
        (says("P1082", of_number("-3")), "not a number of people"),
        (says("P190", of_item(MASHHAD)), "a city that is its own twin"),
        (says("P190", of_item(TEHRAN), P580=of_time("+2006-13-00T00:00:00Z", 10)), "not a time"),
        (says("P190", {"type": "string", "value": "Tehran"}), "a statement of another form"),
    ],
)
def test_a_statement_that_is_wrong_is_refused_and_the_rest_is_read(
    statement: dict[str, object], reason: str, dumped: Callable[..., Path]
) -> None:
    report = LoadReport()
    path = dumped(
        entity(MASHHAD, {"en": "Mashhad"}, says("P31", of_item("Q515")), statement, says("P463", of_item("Q1431110")))
    )
    told = load(path, report)
    assert "membership/q1431110/q121157" in told
    ((found, example),) = reasons(report).items()
    assert found.startswith(reason)
    assert "line 2" in example
    with pytest.raises(InputError):
        load(path, LoadReport(strict=True))


def test_swapped_coordinates_are_told_so(dumped: Callable[..., Path]) -> None:
    report = LoadReport()
    load(dumped(city(TEHRAN, IRAN, (139.7, 35.7), {"en": "Tokyo, perhaps"})), report)
    assert "coordinates out of range; swapped?" in reasons(report)


def test_an_item_that_stands_twice_is_one_city(dumped: Callable[..., Path]) -> None:
    mashhad = city(MASHHAD, IRAN, (36.3, 59.6), {"en": "Mashhad"}, says("P190", of_item(TEHRAN)))
    report = LoadReport()
    path = dumped(mashhad, mashhad)
    assert load(path, report) == load(dumped(mashhad, name="once.json"))
    assert (report.of(str(path)).read, report.of(str(path)).made, report.of(str(path)).merged) == (2, 1, 1)


def test_values_that_nobody_knows_are_left_out(dumped: Callable[..., Path]) -> None:
    unknown = {"mainsnak": {"snaktype": "somevalue", "property": "P190"}, "type": "statement", "rank": "normal"}
    told = load(dumped(entity(MASHHAD, {"en": "Mashhad"}, says("P31", of_item("Q515")), unknown)))
    assert set(told) == {"city/q121157"}


# --- files that are wrong ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("d.json.gz", gzip.compress(world.dump())[:-200]),
        ("d.json.gz", gzip.compress(world.dump())[:-4]),
        ("d.json.gz", gzip.compress(world.dump())[:-8] + b"\0" * 8),
        ("d.json.bz2", bz2.compress(world.dump() * 1, 1)[:-10]),
        ("d.json", world.dump()[:-3]),
    ],
)
def test_a_file_that_ends_in_the_middle_is_an_error(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match="ends in the middle"):
        load(tmp_path / name)


def test_memory_does_not_grow_with_the_lines_that_are_no_cities(tmp_path: Path) -> None:
    def peak(times: int) -> int:
        path = tmp_path / f"{times}.json"
        other = b",\n".join(
            json.dumps(entity(f"Q{number}", {"en": "A thing " * 50}, says("P31", of_item("Q5")))).encode()
            for number in range(10_000, 10_100)
        )
        with path.open("wb") as file:
            file.write(b"[\n")
            for _ in range(times):
                file.write(other + b",\n")
            file.write(b",\n".join(world.lines()) + b"\n]\n")
        tracemalloc.start()
        load(path)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(1)
    assert peak(200) < 1.5 * peak(20)
