"""Workbooks: a cell is the text that it was given, whatever that is, and few questions are asked for all of them."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.export import sheets, workbook
from citydiplomacy.graph.export.sheets import SheetRows, Title
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders.formats.workbooks import read_workbook

openpyxl = pytest.importorskip("openpyxl")
calamine = pytest.importorskip("python_calamine")

TEXTS = st.text(
    st.one_of(
        st.sampled_from(" \t\n\r&<>\"'=+-@_x0123456789AFaf\x00\x0b\x1f\ufffe\uffff"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=12,
)


def written(*made: SheetRows, lang: str = "en") -> io.BytesIO:
    out = io.BytesIO()
    sheets.write(made, out, lang, "title")
    out.seek(0)
    return out


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=5), st.booleans())
def test_a_cell_holds_the_text_that_it_was_given(rows: list[list[str]], titled: bool) -> None:
    """Read by another library, which takes `_x000B_` for a letter as Excel does, and by our own reader."""
    titles = [Title(name) for name in "abc"] if titled else ()
    out = written(SheetRows("sheet", titles, rows))
    read = calamine.CalamineWorkbook.from_filelike(out).get_sheet_by_name("sheet").to_python(skip_empty_area=False)
    expected = [[*"abc"], *rows] if titled else rows
    last = max((number for number, row in enumerate(expected, 1) if any(row)), default=0)
    wide = max((number for row in expected for number, cell in enumerate(row, 1) if cell), default=0)
    assert read == [row[:wide] for row in expected[:last]]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "book.xlsx"
        path.write_bytes(out.getvalue())
        ours = dict(read_workbook(path)["sheet"].rows(errors=True))
    assert {line: cells + [""] * (3 - len(cells)) for line, cells in ours.items()} == {
        line: row for line, row in enumerate(expected, 1) if any(row)
    }


def test_what_is_asked_is_coloured_and_cells_are_texts() -> None:
    titles = [Title("id"), Title("since", "a note", asked=True), Title("status", "", ("a", "b"), only=True)]
    book = openpyxl.load_workbook(written(SheetRows("sheet", titles, [["x", "", "a"], ["y", "2014", ""]]), lang="fa"))
    sheet, lists = book.worksheets
    assert (sheet.dimensions, sheet.freeze_panes, sheet.sheet_view.rightToLeft) == ("A1:C3", "A2", True)
    assert [sheet["B1"].comment.text, sheet["A1"].font.bold, sheet["A2"].font.bold] == ["a note", True, False]
    assert {place for row in sheet for cell in row if cell.fill.fill_type for place in [cell.coordinate]} == {"B2"}
    assert {(cell.data_type, cell.number_format) for row in sheet for cell in row if cell.value} == {("s", "@")}
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("C2:C1000", "='# lists'!$A$1:$A$2")
    assert [[cell.value for cell in row] for row in lists] == [["a"], ["b"]]


def test_what_no_sheet_can_hold_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="sheet, row 3: more letters than a cell can hold"):
        written(SheetRows("sheet", [Title("id")], [["x"], ["x" * 32_768]]))
    monkeypatch.setattr(sheets, "_LAST", 2)
    with pytest.raises(UsageError, match="more rows than a sheet can hold"):
        written(SheetRows("sheet", [Title("id")], [["x"], ["x"]]))


def test_few_questions_are_asked_for_many_records(shipped_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pass a predicate for each source, and the names of what is named: no record is looked up by itself but one."""
    looked_up: list[Any] = []
    get, pairs = Store.get, Store.pairs
    monkeypatch.setattr(Store, "get", lambda store, *given: (looked_up.append(given), get(store, *given))[1])
    monkeypatch.setattr(
        Store, "pairs", lambda store, *given, **only: (named.append(only), pairs(store, *given, **only))[1]
    )
    named: list[Any] = []
    rows = workbook.write_workbook(shipped_store, io.BytesIO(), "source/mashhad-study", "en")
    assert sum(rows.values()) > 100
    assert len(looked_up) == 1
    assert [only for only in named if not only] == [{}]


def test_a_workbook_makes_cells_for_titles_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells of rows are text: made one by one as objects they took longer than all else."""
    made: list[Any] = []
    init = openpyxl.cell.cell.Cell.__init__
    monkeypatch.setattr(
        openpyxl.cell.cell.Cell, "__init__", lambda *given, **more: (made.append(1), init(*given, **more))[1]
    )
    written(SheetRows("sheet", [Title("a"), Title("b", asked=True)], [["x", ""]] * 500))
    assert len(made) <= 6
