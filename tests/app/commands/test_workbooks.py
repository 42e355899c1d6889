"""Workbooks that an export writes: corrected or completed by hand, they are loaded again, and nothing else changes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.graph.export.rdf import write_nquads
from citydiplomacy.graph.model.records import Agreement, Membership
from citydiplomacy.graph.store.reader import Store

from ...conftest import copied
from ..conftest import Run

openpyxl = pytest.importorskip("openpyxl")
get_column_letter = openpyxl.utils.get_column_letter

LIST = "city,country,partner,partner country,year\nGraz,Austria,Pécs,Hungary,1989\nGraz,Austria,Pula,Croatia,1972\n"


@pytest.fixture
def store(shipped: Path, tmp_path: Path) -> Path:
    return copied(shipped, tmp_path / "store")


def quads(store: Path) -> set[str]:
    out = io.StringIO()
    with Store.open_folder(store) as opened:
        write_nquads(opened, out)
    return set(out.getvalue().splitlines())


def columns(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[1]}


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_what_was_not_corrected_stays_as_it_was(citydip: Run, store: Path, lang: str) -> None:
    """Every source comes back quad by quad, also one whose cities are much like those of others."""
    before = quads(store)
    with Store.open_folder(store) as opened:
        collections = {entry.collection for entry in opened.manifest.sources.values()}
    for collection in sorted(collections):
        path = store.parent / "source.xlsx"
        assert citydip("export", "xlsx", path, "--source", collection, "--lang", lang, "--store", store).code == 0
        assert citydip("load", path, "--store", store, "--strict").code == 0
    assert quads(store) == before


@pytest.mark.parametrize(
    ("lang", "sheet", "kind", "start", "written"),
    [("en", "agreements", "kind", "start", "2007"), ("fa", "توافق", "گونه", "آغاز", "۱۳۸۶")],
)
def test_a_corrected_cell_is_all_that_changes(
    citydip: Run, store: Path, lang: str, sheet: str, kind: str, start: str, written: str
) -> None:
    path = store.parent / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    path.with_suffix(".toml").write_text(citydip("load", path).out, encoding="utf-8")
    assert citydip("load", path.with_suffix(".toml"), "--store", store).code == 0
    before = quads(store)
    out = store.parent / "corrected.xlsx"
    assert citydip("export", "xlsx", out, "--source", "list", "--lang", lang, "--store", store).code == 0
    book = openpyxl.load_workbook(out)
    ties = book[sheet]
    assert ties.sheet_view.rightToLeft == (lang == "fa")
    assert ties.cell(2, columns(ties)[kind]).value == {"en": "sister-city", "fa": "خواهرخواندگی"}[lang]
    (cell,) = (
        row[columns(ties)[start] - 1] for row in ties.iter_rows(2) if row[columns(ties)[start] - 1].value == "1989"
    )
    cell.value = written
    book.save(out)
    ran = citydip("load", out, "--store", store, "--strict")
    assert ran.code == 0, ran.err
    with Store.open_folder(store) as opened:
        starts = sorted(each.start.edtf for each in opened.records(Agreement, "source/list") if each.start)
    assert starts == ["1972", {"en": "2007", "fa": "2007-03-21/2008-03-19"}[lang]]
    changed = {line.partition(" ")[0] for line in quads(store) ^ before}
    assert [each for each in changed if "/agreement/" not in each] == []


@pytest.mark.parametrize(("lang", "sheet", "since"), [("en", "memberships", "2014"), ("fa", "عضویت", "۱۳۹۳")])
def test_what_is_not_known_is_completed(citydip: Run, store: Path, lang: str, sheet: str, since: str) -> None:
    """Only what was filled in is told, in the office's own name; the rest is left out, and is no loss."""
    path = store.parent / "to-complete.xlsx"
    asked = citydip("export", "xlsx", path, "مشهد", "--lang", lang, "--store", store)
    assert asked.code == 0, asked.err
    book = openpyxl.load_workbook(path)
    rows = book[sheet]
    assert all(cell.value is None for line in rows.iter_rows(2, None, 2, 4) for cell in line)
    rows.cell(2, 2).value = since
    membership = rows.cell(2, rows.max_column).value
    book.save(path)
    moved = path.rename(path.with_name("back from the office.xlsx"))
    ran = citydip("load", moved, "--store", store, "--strict")
    assert ran.code == 0, ran.err
    assert "lost" not in ran.err
    with Store.open_folder(store) as opened:
        (told,) = (one for one in opened.records(None, "source/completed-mashhad") if not one.id.startswith("source/"))
        assert isinstance(told, Membership)
        assert told.id == membership
        assert told.start
        assert told.start.edtf == {"2014": "2014", "۱۳۹۳": "2014-03-21/2015-03-20"}[since]


def test_a_workbook_is_of_one_source_or_of_cities(citydip: Run, store: Path) -> None:
    for arguments in ((), ("Mashhad", "--source", "countries")):
        ran = citydip("export", "xlsx", store.parent / "x.xlsx", *arguments, "--store", store)
        assert (ran.code, "one source" in ran.err) == (2, True)
    assert not (store.parent / "x.xlsx").exists()
    ran = citydip("export", "xlsx", store.parent / "x.xlsx", "--source", "abna-824570", "--store", store)
    assert "loaded with iran-cities-facts" in ran.err


def test_empty_cells_take_what_is_typed_as_text_and_are_not_written(citydip: Run, store: Path) -> None:
    out = store.parent / "out.xlsx"
    assert citydip("export", "xlsx", out, "--source", "mashhad-study", "--store", store).code == 0
    with zipfile.ZipFile(out) as book:
        written = b"".join(book.read(name) for name in book.namelist() if "/sheet" in name)
    assert written.count(b"<c ") == written.count(b"<is>") > 0
    for sheet in openpyxl.load_workbook(out).worksheets[1:-2]:
        for column in columns(sheet).values():
            assert sheet.column_dimensions[get_column_letter(column)].number_format == "@"


def test_the_same_store_gives_the_same_bytes(citydip: Run, store: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        citydip("export", "xlsx", store.parent / name, "--source", "mashhad-study", "--store", store)
    assert (store.parent / "a.xlsx").read_bytes() == (store.parent / "b.xlsx").read_bytes()
