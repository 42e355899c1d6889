"""A workbook is a folder of tables in one file."""

from __future__ import annotations

import datetime as dt
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.errors import InputError, MissingExtraError
from citydiplomacy.graph.model.records import City, Observation, Study
from citydiplomacy.graph.model.values import Text
from citydiplomacy.loaders.tables.folder import load_tables

openpyxl = pytest.importorskip("openpyxl")

SOURCE: list[list[Any]] = [
    ["id", "book"],
    ["kind", "dataset"],
    ["title_en", "A book"],
    ["creators", "A|B"],
    ["retrieved", 2026],
]
CITIES: list[list[Any]] = [["id", "label_fa", "latitude"], ["mashhad", "مشهد", 36.26], [], ["tehran", "تهران", 35]]


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_sheets_are_tables(tmp_path: Path) -> None:
    figures = [
        ["area", "measure", "value", "period", "note"],
        ["mashhad", "population", 3001184, dt.date(2016, 10, 22), None],
        ["mashhad", "area", 351.0, dt.datetime(2017, 1, 1), "whole numbers stay whole"],
        ["mashhad", "share-from", 0.1, 2018, None],
    ]
    loaded = load_tables(book(tmp_path / "book.xlsx", source=SOURCE, cities=CITIES, observations=figures))
    assert loaded.sources[0].source.creators == ("A", "B")
    mashhad, tehran, *found = loaded.sources[0].records
    assert mashhad == City(id="city/mashhad", labels=(Text("مشهد", "fa"),), latitude=Decimal("36.26"))
    assert tehran == City(id="city/tehran", labels=(Text("تهران", "fa"),), latitude=Decimal(35))
    assert all(isinstance(figure, Observation) for figure in found)
    assert {figure.id: str(figure.value) for figure in found if isinstance(figure, Observation)} == {
        "observation/area/mashhad/2017-01-01": "351",
        "observation/population/mashhad/2016-10-22": "3001184",
        "observation/share-from/mashhad/2018": "0.1",
    }


def test_a_whole_number_that_a_program_saved_with_decimals(tmp_path: Path) -> None:
    path, other = (
        book(tmp_path / "book.xlsx", source=SOURCE, studies=[["id", "minutes"], ["a", 347]]),
        tmp_path / "b.xlsx",
    )
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>347</v>", b"<v>347.0</v>"))
    assert load_tables(other).sources[0].records == [Study(id="study/a", minutes=347)]


def test_the_source_beside_the_workbook(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx", Orte=[["Name", "Breite"], ["Köln", 50.94]])
    (tmp_path / "book.toml").write_text(
        '[source]\nid = "b"\nkind = "dataset"\n[expected]\ncities = 1\n[[tables]]\nfile = "Orte"\nrecord = "cities"\n'
        'columns.id = { column = "Name", slug = true }\ncolumns.latitude = "Breite"\n',
        encoding="utf-8",
    )
    assert load_tables(path).sources[0].records == [City(id="city/koln", latitude=Decimal("50.94"))]


BAD: list[tuple[dict[str, list[list[Any]]], str | None, int | None, str | None, str]] = [
    ({"cities": [*CITIES, ["nishapur", None, 136]]}, "cities", 5, "latitude", "latitude"),
    ({"cities": [["id", "id"]]}, "cities", 1, "id", "twice"),
    ({"cities": [["id", None, "note"]]}, "cities", 1, "2", "without a name"),
    ({"cities": [["id"], ["a", "b"]]}, "cities", 2, None, "as many cells"),
    ({"cities": [["id", "latitude"], ["a", "#REF!"]]}, "cities", 2, "B2", "holds an error"),
    ({"cities": []}, "cities", 1, None, "no header"),
    ({"studies": [["id", "date"], ["a", dt.time(5)]]}, "studies", 2, "date", "not a date"),
    ({"citys": [["id"]]}, None, None, None, "unknown sheet"),
    ({"source": [*SOURCE, ["kind", "blog"]]}, "source", 6, "kind", "twice"),
    ({"source": [*SOURCE, ["licens", "x"]]}, "source", 6, "licens", "unknown column"),
    ({"source": [*SOURCE, ["licence", "x", "y"]]}, "source", 6, None, "not a key and a value"),
]


@pytest.mark.parametrize("case", BAD)
def test_bad_sheets(
    tmp_path: Path, case: tuple[dict[str, list[list[Any]]], str | None, int | None, str | None, str]
) -> None:
    sheets, sheet, line, column, words = case
    path = book(tmp_path / "book.xlsx", **{"source": SOURCE, **sheets})
    with pytest.raises(InputError) as caught:
        load_tables(path)
    error = caught.value
    place = f"{path}, sheet {sheet}" if sheet else str(path)
    assert (str(error.file), error.line, error.column) == (place, line, column)
    assert words in error.message


def test_broken_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    whole = book(path, source=SOURCE, cities=CITIES * 50).read_bytes()
    for data in (b"", b"id,label_en\n", whole[: len(whole) // 2]):
        path.write_bytes(data)
        with pytest.raises(InputError, match=r"broken or of another kind") as caught:
            load_tables(path)
        assert caught.value.file == path


def test_a_sheet_that_breaks_off(tmp_path: Path) -> None:
    path, broken = book(tmp_path / "book.xlsx", source=SOURCE, cities=CITIES), tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: data.index(b"</row>") + 20] if name == "xl/worksheets/sheet2.xml" else data)
    with pytest.raises(InputError, match=r"broken or of another kind") as caught:
        load_tables(broken)
    assert str(caught.value.file) == f"{broken}, sheet cities"
    assert caught.value.line == 2


def test_a_workbook_without_a_source(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no description of the source"):
        load_tables(book(tmp_path / "book.xlsx", cities=CITIES))


def test_without_openpyxl_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "book.xlsx", source=SOURCE)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError) as caught:
        load_tables(path)
    assert "citydiplomacy[excel]" in caught.value.hint


def test_a_mapping_of_a_list_of_the_same_name_is_none_of_the_workbook(tmp_path: Path) -> None:
    """`twins.csv` and its `twins.toml` beside `twins.xlsx`, an export of what they said."""
    toml = (
        '[source]\nid = "other"\nkind = "dataset"\ntitle_en = "A list"\n[[tables]]\nfile = "FILE"\nrecord = "cities"\n'
    )
    path = book(tmp_path / "book.xlsx", source=SOURCE, cities=CITIES)
    (tmp_path / "book.toml").write_text(toml.replace("FILE", "book.csv") + 'columns.id = "id"\n')
    (found,) = load_tables(path).sources
    assert (found.source.id, len(found.records)) == ("source/book", 2)
    (tmp_path / "book.toml").write_text(toml.replace("FILE", "book.xlsx") + 'columns.id = "id"\n')
    with pytest.raises(InputError, match="described twice"):
        load_tables(path)
