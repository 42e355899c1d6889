"""Answers and reports as files to pass on: data, columns, sources with licences, and how to cite them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.store.reader import Store

from .conftest import Run

ASKED = ("query", "sister-cities", "city=مشهد")


def files(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_an_answer_has_its_data_columns_sources_and_citation(
    citydip: Run, shipped: Path, tmp_path: Path, lang: str
) -> None:
    out = tmp_path / "sisters.zip"
    assert citydip(*ASKED, "-o", out, "--lang", lang).code == 0
    found = files(out)
    assert sorted(found) == ["README.md", "sisters.csv", "sisters.json", "sisters.metadata.json"]
    rows, told = json.loads(found["sisters.json"]), json.loads(found["sisters.metadata.json"])
    assert rows == json.loads(citydip(*ASKED, "-f", "json", "--lang", lang).out)
    assert found["sisters.csv"] == citydip(*ASKED, "-f", "csv", "--lang", lang).out
    assert list(told["columns"]) == list(rows[0])
    assert told["rows"] == len(rows)
    assert told["question"]["parameters"]["city"] == "city/mashhad"
    assert {source["id"] for source in told["sources"]} == {source for row in rows for source in row["sources"]}
    with Store.open_folder(shipped) as store:
        assert told["revision"] == store.manifest.revision
        for source in told["sources"]:
            record = store.get(source["id"])
            assert isinstance(record, Source)
            assert source["title"] == record.label(lang)
            assert source["title"] in found["README.md"]
            assert source.get("licence") == record.licence
    assert f"citydiplomacy {told['software']['version']}" in told["citation"]
    assert told["citation"] in found["README.md"]
    assert (
        told["title"]
        == {"en": "Sister-city ties of any status (Mashhad)", "fa": "خواهرخوانده‌ها با هر طرف و وضعیت (مشهد)"}[lang]
    )


def test_each_file_can_be_had_alone_and_excel_takes_no_formula(citydip: Run, tmp_path: Path) -> None:
    for suffix in (".csv", ".json", ".metadata.json", ".zip"):
        assert citydip(*ASKED, "-o", tmp_path / f"x{suffix}").code == 0
    packed = files(tmp_path / "x.zip")
    del packed["README.md"]
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in packed} == packed
    assert citydip(*ASKED, "-o", tmp_path / "e.csv", "--excel").code == 0
    assert (tmp_path / "e.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_report_has_all_its_tables_and_the_sources_behind_its_sentences(citydip: Run, tmp_path: Path) -> None:
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    for out in (one, other):
        assert citydip("compare", "Mashhad", "Tehran", "-o", out).code == 0
    assert one.read_bytes() == other.read_bytes()
    report = json.loads(citydip("compare", "Mashhad", "Tehran", "-f", "json").out)
    found = files(one)
    for key in report.keys() - {"headlines", "parts"}:
        assert json.loads(found[f"{key}.json"]) == report[key]
        assert len(list(csv.reader(io.StringIO(found[f"{key}.csv"])))) == len(report[key]) + 1
    told = json.loads(found["partners.metadata.json"])
    assert told["headlines"] == report["headlines"]
    assert all(headline in found["README.md"] for headline in report["headlines"])
    assert {"source/mashhad-study", "source/iran-cities-facts"} <= {source["id"] for source in told["sources"]}
    assert len(told["sources"]) > 70, "as many as the report says for one city alone, and more"


def test_a_view_names_itself(citydip: Run, tmp_path: Path) -> None:
    out = tmp_path / "x.metadata.json"
    assert citydip(*ASKED, "--at", "2010", "-o", out).code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["view"] == {"at": "2010"}
    assert citydip(*ASKED, "--at-least", "2", "-o", out).code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["view"] == {"at_least": "2"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((*ASKED, "-o", "x.tar"), "data are written as .csv, .json, .metadata.json, .zip"),
        ((*ASKED, "-o", "folder.zip"), "is a folder"),
        (("compare", "Mashhad", "Tehran", "-o", "x.csv"), "a report is several tables"),
        (("query", "q.rq", "-o", "x.zip"), "--output takes saved questions"),
        ((*ASKED, "-o", "x.zip", "--engine", "neo4j"), "takes the answers of a store"),
        ((*ASKED, "-o", "x.zip", "--endpoint", "http://127.0.0.1:9/"), "takes the answers of a store"),
    ],
)
def test_a_wrong_call_is_one_error_and_no_file(
    citydip: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.zip").mkdir()
    (tmp_path / "q.rq").write_text("SELECT ?s WHERE { ?s a schema:City }", encoding="utf-8")
    ran = citydip(*arguments)
    assert ran.code == 2
    assert told in ran.err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder.zip", "q.rq"]
