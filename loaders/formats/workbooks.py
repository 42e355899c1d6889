"""Workbooks: their sheets as rows of text cells."""

from __future__ import annotations

import datetime as dt
import math
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from citydiplomacy.errors import InputError, MissingExtraError

from .. import bounds
from ..cells.cells import ERROR, ERRORS, NO_RESULT, SAVE, UNSAVED
from .delimited import WHOLE, Extent, OpenTable, Ragged, Row, table
from .documents import read_document
from .html_tables import is_page, read_page
from .merged_cells import MergedRanges, of_excel, of_old_excel, of_opendocument
from .text_tables import read_text_tables

OLD = ".xls"
PAGES = (".html", ".htm")
_SPELLED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")
TEXTS = (".md", ".markdown")
DOCUMENT = ".docx"


def read_workbook(path: Path) -> dict[str, WorkbookSheet]:
    """The sheets of a workbook, .xlsx, .xls or .ods, by name; the tables of a page, which some programs save as .xls,
    of a text in Markdown or of a document.

    Raises InputError for a broken one, MissingExtraError without the library for it.
    """
    bounds.check_file(path, bounds.UNPACKED)
    form = path.suffix.lower()
    if form in PAGES or (form == OLD and is_page(path)):
        return _tables(path, read_page(path), "page")
    if form in TEXTS:
        return _tables(path, read_text_tables(path), "text")
    if form == DOCUMENT and find_spec("docx") is None:
        raise MissingExtraError("python-docx", "office", "Reading a document")
    if form not in (".xlsx", DOCUMENT) and find_spec("python_calamine") is None:
        raise MissingExtraError("python-calamine", "excel", "Reading an .ods or .xls workbook")
    if form == ".xlsx" and find_spec("openpyxl") is None:
        raise MissingExtraError("openpyxl", "excel", "Reading a workbook")
    try:
        if form == OLD:
            return _other(path)
        bounds.check_zip(path)
        if form == DOCUMENT:
            return _tables(path, read_document(path), "document")
        return _excel(path) if form == ".xlsx" else _other(path)
    except InputError:
        raise
    except OSError as error:
        raise bounds.unreadable(path, error) from None
    except Exception as error:  # the libraries let through whatever zip, XML and their own readers raise
        raise _broken(path, error) from None


def _excel(path: Path) -> dict[str, WorkbookSheet]:
    from openpyxl import load_workbook

    # It warns of styles and of lists to choose from that it does not keep, also while rows are read.
    warnings.filterwarnings("ignore", module="openpyxl")
    book = load_workbook(path, read_only=True, data_only=True)
    return {
        sheet.title: WorkbookSheet(
            path, sheet.title, partial(_rows, sheet), partial(of_excel, sheet), sheet.sheet_state != "visible"
        )
        for sheet in book.worksheets
    }


def _rows(worksheet: Any) -> Iterator[Sequence[object]]:
    worksheet.reset_dimensions()  # what the file says of its own size is often wrong
    for cells in worksheet.iter_rows(values_only=True):
        yield [_letters(value) if isinstance(value, str) and "_x" in value else value for value in cells]


def _letters(text: str) -> str:
    """A text with the letters that a workbook spells, since XML cannot hold them or they would look like such:
    `_x000B_` and `_x005F_`. The library leaves them as they stand."""
    return _SPELLED.sub(lambda found: chr(int(found[1], 16)), text)


def _tables(path: Path, tables: dict[str, list[list[str]]], what: str) -> dict[str, WorkbookSheet]:
    """what: they stand in."""
    if not tables:
        raise InputError(_NO_TABLE[what], file=path, expected="a table of several rows", hint=_LISTED)
    return {name: WorkbookSheet(path, name, partial(iter, rows), MergedRanges) for name, rows in tables.items()}


_NO_TABLE = {
    "page": "no table is in the page",
    "text": "no table is in the text",
    "document": "no table is in the document",
}
_LISTED = "Lines of a list are read from a .csv: write them below the name of a column, such as Sister city."


def _other(path: Path) -> dict[str, WorkbookSheet]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    merged = of_opendocument(path) if path.suffix.lower() == ".ods" else {}
    book = CalamineWorkbook.from_path(path)

    def rows(name: str) -> Iterator[Sequence[object]]:
        yield from book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    def ranges(name: str) -> MergedRanges:
        return merged[name] if merged else of_old_excel(path, name)

    return {
        name: WorkbookSheet(
            path,
            each.name,
            partial(rows, each.name),
            partial(ranges, each.name),
            each.visible != SheetVisibleEnum.Visible,
        )
        for each in book.sheets_metadata
        for name in [each.name]
    }


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet of a workbook."""

    path: Path
    title: str
    values: Callable[[], Iterable[Sequence[object]]]
    merged: Callable[[], MergedRanges]
    hidden: bool = False
    """Whether the workbook does not show it."""

    @property
    def file(self) -> str:
        """As errors name it."""
        return f"{self.path}, sheet {self.title}"

    def rows(self, *, errors: bool = False) -> Iterator[Row]:
        """The rows that hold anything, as text: 24 and 24.0 as `24`, a date as ISO 8601; the value of merged cells
        stands in all of them.

        errors: cells with the error of a formula are let through. Without it they raise InputError.
        """
        line = number = 0
        try:
            merged = self.merged()
            for line, cells in enumerate(self.values(), 1):
                number += len(cells)
                if line > bounds.ROWS:
                    raise bounds.beyond("rows", bounds.ROWS, file=self.file, line=line)
                if number > bounds.CELLS:
                    raise bounds.beyond("cells", bounds.CELLS, file=self.file, line=line)
                texts = merged.filled(line, [self._text(value, line, at, errors) for at, value in enumerate(cells)])
                if UNSAVED in texts and not errors:
                    raise unsaved(self.file, line, texts.index(UNSAVED))
                while texts and not texts[-1]:
                    texts.pop()
                if texts:
                    yield line, texts
        except InputError:
            raise
        except Exception as error:
            raise _broken(self.file, error, line + 1) from None

    def table(
        self, header: Sequence[str] | None = None, ragged: Ragged | None = None, extent: Extent = WHOLE
    ) -> OpenTable:
        """The sheet as a table, or the part of it that is one. Where ragged rows are passed over, errors of formulas
        are let through, and the header is taken as it is."""
        rows = (row for row in self.rows(errors=ragged is not None) if row[0] > extent.skip)
        hidden = self.merged().hidden
        return replace(table(self.file, rows, header, ragged, padded=True, extent=extent), hidden=hidden)

    def _text(self, value: object, line: int, index: int, errors: bool) -> str:
        match value:
            case None:
                return ""
            case str():
                if value in ERRORS and not errors:
                    raise InputError(ERROR, file=self.file, line=line, column=_place(line, index), value=value)
                if len(value) > bounds.CELL:
                    raise bounds.beyond("letters in a cell", bounds.CELL, file=self.file, line=line)
                return value
            case float():
                return number_text(value)
            case dt.datetime() if value.time() == dt.time():
                return value.date().isoformat()
            case dt.date() | dt.time():
                return value.isoformat()
        return str(value)


def unsaved(file: str, line: int, index: int) -> InputError:
    """The error for a formula whose result is not saved: it would be an empty cell."""
    return InputError(NO_RESULT, file=file, line=line, column=_place(line, index), hint=SAVE)


def _place(line: int, index: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(index + 1)}{line}"


def number_text(value: float) -> str:
    """A number as a cell: without an exponent, and whole ones without decimals. Not a number is nothing."""
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def _broken(file: str | Path, error: Exception, line: int | None = None) -> InputError:
    return InputError(
        f"the workbook is broken or of another kind ({type(error).__name__}: {error})",
        file=file,
        line=line,
        hint="Open it in a spreadsheet program and save it again as .xlsx.",
    )
