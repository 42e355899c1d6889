"""Saved answers of the query service, in JSON and CSV as it gives them, and everything that can be wrong in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.model.records import Agreement, City, Observation
from citydiplomacy.loaders import files
from citydiplomacy.loaders.report import LoadReport

WD = "http://www.wikidata.org/entity/"
TWINS = """\
{
  "head" : {
    "vars" : [ "city", "cityLabel", "twin", "twinLabel", "coord", "cityCoordinates", "start", "startPrecision" ]
  },
  "results" : {
    "bindings" : [ {
      "city" : { "type" : "uri", "value" : "http://www.wikidata.org/entity/Q121157" },
      "cityLabel" : { "xml:lang" : "fa", "type" : "literal", "value" : "مشهد" },
      "cityCoordinates" : {
        "datatype" : "http://www.opengis.net/ont/geosparql#wktLiteral", "type" : "literal", "value" : "Point(59.6 36.3)"
      },
      "twin" : { "type" : "uri", "value" : "http://www.wikidata.org/entity/Q11739" },
      "twinLabel" : { "xml:lang" : "en", "type" : "literal", "value" : "Lahore" },
      "start" : {
        "datatype" : "http://www.w3.org/2001/XMLSchema#dateTime", "type" : "literal", "value" : "2006-01-01T00:00:00Z"
      }
    }, {
      "city" : { "type" : "uri", "value" : "http://www.wikidata.org/entity/Q11739" },
      "cityLabel" : { "xml:lang" : "en", "type" : "literal", "value" : "Lahore" },
      "twin" : { "type" : "uri", "value" : "http://www.wikidata.org/entity/Q42053" },
      "twinLabel" : { "xml:lang" : "en", "type" : "literal", "value" : "Q42053" },
      "start" : {
        "datatype" : "http://www.w3.org/2001/XMLSchema#dateTime", "type" : "literal", "value" : "2004-03-17T00:00:00Z"
      },
      "startPrecision" : {
        "datatype" : "http://www.w3.org/2001/XMLSchema#integer", "type" : "literal", "value" : "10"
      }
    } ]
  }
}
"""
"""As the service writes it."""


def load(path: Path, report: LoadReport | None = None) -> dict[str, Any]:
    (told,) = files.load(path, report=report or LoadReport())
    return {record.id: record for record in told.records}


def answer(*rows: dict[str, str], columns: tuple[str, ...] = ()) -> str:
    """An answer in JSON; what looks like an address is one."""
    bindings = [
        {
            name: {"type": "uri" if value.startswith("http") else "literal", "value": value}
            for name, value in row.items()
        }
        for row in rows
    ]
    names = list(dict.fromkeys((*columns, *(name for row in rows for name in row))))
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}})


def refused(path: Path) -> dict[str, int]:
    """Reasons of refusals, which are all errors if one is strict."""
    report = LoadReport()
    load(path, report)
    found = {reason.reason: reason.number for reason in report.reasons() if reason.kind == "refused"}
    with pytest.raises(InputError):
        load(path, LoadReport(strict=True))
    return found


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return tmp_path / "saved.json"


def test_an_answer_of_a_query_of_ones_own(saved: Path) -> None:
    saved.write_text(TWINS, encoding="utf-8")
    report = LoadReport()
    told = load(saved, report)
    mashhad, isfahan = told["city/q121157"], told["city/q42053"]
    assert isinstance(mashhad, City)
    assert (mashhad.label("fa"), str(mashhad.latitude), str(mashhad.longitude)) == ("مشهد", "36.3", "59.6")
    assert isfahan.labels == ()  # the service writes the number where it knows no name
    lahore = told["agreement/sister-city/q11739--q121157"]
    assert isinstance(lahore, Agreement)
    assert lahore.start
    assert lahore.start.edtf == "2006"  # the first of January without a precision
    assert told["agreement/sister-city/q11739--q42053"].start.edtf == "2004-03"
    assert ("a column that is not read", ("coord",)) in {(one.reason, one.examples) for one in report.reasons()}
    tally = report.of(str(saved))
    assert (tally.read, tally.made, tally.merged, tally.refused) == (2, 2, 0, 0)


def test_a_tie_is_one_sided_only_where_the_other_side_was_asked(saved: Path) -> None:
    saved.write_text(TWINS, encoding="utf-8")
    told = load(saved)
    assert told["agreement/sister-city/q11739--q42053"].notes == ()  # nobody asked Isfahan
    assert told["agreement/sister-city/q11739--q121157"].notes  # Lahore was asked, and does not name Mashhad


def test_csv_is_read_as_json_is(tmp_path: Path, saved: Path) -> None:
    path = tmp_path / "saved.csv"
    path.write_text(
        "city,cityLabel,cityLang,twin,population,pointInTime,pointInTimePrecision,cityIso\r\n"
        f'{WD}Q121157,مشهد,fa,{WD}Q11739,,,,IR\r\n{WD}Q121157,"Mashhad",en,,3001184,2016-01-01T00:00:00Z,9,\r\n',
        encoding="utf-8",
    )
    told = load(path)
    mashhad = told["city/q121157"]
    assert (mashhad.label("fa"), mashhad.label("en"), mashhad.country) == ("مشهد", "Mashhad", "country/ir")
    assert "agreement/sister-city/q11739--q121157" in told
    figure = told["observation/population/q121157/2016"]
    assert isinstance(figure, Observation)
    assert (figure.value, figure.unit) == (3001184, "unit/persons")
    rows = [
        {"city": f"{WD}Q121157", "cityLabel": "مشهد", "cityLang": "fa", "twin": f"{WD}Q11739", "cityIso": "IR"},
        {
            "city": f"{WD}Q121157",
            "cityLabel": "Mashhad",
            "cityLang": "en",
            "population": "3001184",
            "pointInTime": "2016-01-01T00:00:00Z",
            "pointInTimePrecision": "9",
        },
    ]
    saved.write_text(answer(*rows), encoding="utf-8")
    assert load(saved) == told


def test_rows_that_say_the_same_are_merged(saved: Path) -> None:
    row = {"city": f"{WD}Q121157", "twin": f"{WD}Q11739"}
    saved.write_text(answer(row, row, row), encoding="utf-8")
    report = LoadReport()
    load(saved, report)
    tally = report.of(str(saved))
    assert (tally.read, tally.made, tally.merged, tally.refused) == (3, 1, 2, 0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"twin": f"{WD}Q121157"}, "a city that is its own twin"),
        ({"twin": "http://www.wikidata.org/.well-known/genid/1f"}, "not an item of Wikidata"),
        ({"cityCoordinates": "Point(36.3 159.6)"}, "coordinates out of range"),
        ({"cityCoordinates": "Point(259.6 36.3)"}, "coordinates out of range"),
        ({"cityCoordinates": "36.3, 59.6"}, "not a place"),
        ({"cityCoordinates": "Point(nan 36.3)"}, "not a place"),
        ({"cityCoordinates": f"<{WD}Q405> Point(59.6 36.3)"}, "a place on another globe than the earth"),
        ({"population": "three million"}, "not a number"),
        ({"population": "12.5"}, "not a number of people"),
        ({"twin": f"{WD}Q11739", "start": "long ago"}, "not a time"),
        ({"twin": f"{WD}Q11739", "start": "2006-02-30T00:00:00Z", "startPrecision": "11"}, "not a time"),
        ({"twin": f"{WD}Q11739", "teller": f"{WD}Q1"}, "a tie told by neither side"),
        ({"cityLabel": "Mash\x00had"}, "the cell holds the control character U+0000"),
        ({"city": "Mashhad"}, "not an item of Wikidata"),
    ],
)
def test_a_row_that_is_wrong_is_refused_and_counted(row: dict[str, str], reason: str, saved: Path) -> None:
    good = {"city": f"{WD}Q3616", "cityLabel": "Tehran"}
    saved.write_text(answer(good, {"city": f"{WD}Q121157"} | row), encoding="utf-8")
    ((found, number),) = refused(saved).items()
    assert (found.startswith(reason), number) == (True, 1)


def test_swapped_coordinates_are_told_so(saved: Path) -> None:
    row = {"city": f"{WD}Q1490", "cityCoordinates": "Point(35.7 139.7)"}
    saved.write_text(answer(row), encoding="utf-8")
    with pytest.raises(InputError, match="swapped\\?"):
        load(saved, LoadReport(strict=True))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (TWINS.encode()[:-300], "cut in the middle"),
        (TWINS.encode() + b"\njava.util.concurrent.TimeoutException", "cut in the middle"),
        (b"<!DOCTYPE html>\n<html><body>Please log in</body></html>", "a page in HTML"),
        (b'<?xml version="1.0"?><sparql/>', "a page in HTML or XML"),
        (TWINS.encode("utf-16"), "not UTF-8"),
        (TWINS.encode("cp1256", "replace"), "not UTF-8"),
        (b'{"head": {"vars": ["city"]}, "boolean": true}', "no answer to a query"),
        (answer({"x": "1"}).encode(), "nothing about cities"),
        (answer(columns=("city",)).encode(), "nothing about cities"),
    ],
)
def test_a_file_that_is_no_answer_is_an_error(data: bytes, words: str, saved: Path) -> None:
    saved.write_bytes(data)
    with pytest.raises(InputError, match=words):
        load(saved)


def test_a_csv_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "saved.csv"
    path.write_bytes(f"city,cityLabel\n{WD}Q3616,Tehran\n{WD}Q121157,مشهد\n".encode("cp1256"))
    with pytest.raises(InputError, match=r"line 3: not UTF-8"):
        load(path)


@pytest.mark.parametrize(
    "text",
    [
        '{"nodes": [{"id": "Q1", "type": "item"}], "links": []}',
        '[{"name": "a", "type": "item"}]',
        '{"type": "FeatureCollection", "features": []}',
        '{"error": {"code": "readonly"}}',
        "[]",
        "",
    ],
)
def test_other_json_is_not_mistaken(text: str, saved: Path) -> None:
    saved.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="a list without a mapping"):
        load(saved)
