"""Workbooks to work in: texts as they are, titles with notes and lists to choose from, running as the language does."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from citydiplomacy.errors import MissingExtraError, UsageError

from ..model.table_cells import ASIDE
from .archives import DAY, undated

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 1000
"""Rows under the titles, at least, that have lists to choose from."""
_LISTS = f"{ASIDE}lists"
_WIDTHS = range(10, 60)
_LAST = 1_048_576
"""Rows of a sheet of Excel."""
_LONGEST = 32_767
"""Letters that a cell of Excel can hold."""


@dataclass(frozen=True)
class Title:
    """The title of a column, with what helps to fill it in."""

    text: str
    note: str = ""
    choices: Sequence[str] = ()
    only: bool = False
    """Whether nothing else than the choices can stand there."""
    asked: bool = False
    """Whether empty cells of it are what is to be filled in: they are coloured."""


@dataclass(frozen=True)
class SheetRows:
    """A sheet: its name, its titles, if it has any, and rows of cells."""

    name: str
    titles: Sequence[Title]
    rows: Iterable[Sequence[str]] = ()
    hidden: bool = False


def write(sheets: Iterable[SheetRows], out: IO[bytes], lang: str, title: str) -> Mapping[str, int]:
    """Write a workbook; the same sheets give the same bytes. Every cell is a text, none a formula.

    Returns the rows of each sheet. Raises MissingExtraError without openpyxl, UsageError for what Excel cannot hold.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.writer.excel import ExcelWriter
    except ImportError:
        raise MissingExtraError("openpyxl", "excel", "Writing a workbook") from None
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = title, "citydip"
    book.properties.created = book.properties.modified = dt.datetime(*DAY)
    lists: list[Sequence[str]] = []
    written = {}
    for each in sheets:
        sheet: Worksheet = book.create_sheet(each.name)
        sheet.sheet_view.rightToLeft = lang == "fa"
        sheet.sheet_state = "hidden" if each.hidden else "visible"
        written[each.name] = _rows(sheet, each)
        if each.titles:
            _titles(sheet, each.titles, written[each.name], lists)
    if lists:
        sheet = book.create_sheet(_LISTS)
        sheet.sheet_state = "hidden"
        for column, choices in enumerate(lists, 1):
            for row, choice in enumerate(choices, 1):
                _text(sheet, row, column, choice)
    packed = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(packed, "w")).save()  # not compressed: that is done once
    out.write(undated(packed.getvalue(), dt.date(*DAY[:3])))
    return written


def _rows(sheet: Worksheet, each: SheetRows) -> int:
    """Write the titles and the rows of a sheet. Returns how many rows there are."""
    from openpyxl.utils import get_column_letter

    widths: dict[int, int] = {}
    above = [[title.text for title in each.titles]] if each.titles else []
    number = 0
    for number, cells in enumerate((*above, *each.rows), 1):
        if number > _LAST:
            raise UsageError(f"{each.name}: more rows than a sheet can hold.", hint="citydip export csv has no bound.")
        for column, cell in enumerate(cells, 1):
            if cell:
                _text(sheet, number, column, cell)
                widths[column] = max(widths.get(column, 0), len(cell))
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width + 2, _WIDTHS.start), _WIDTHS.stop)
    return number - len(above)


def _text(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A cell that is a text whatever it begins with, so that nothing reckons with it or takes it for a date."""
    if len(text) > _LONGEST:
        raise UsageError(
            f"{sheet.title}, row {row}: more letters than a cell can hold.", hint="citydip export csv has no bound."
        )
    cell = sheet.cell(row, column)
    cell.value = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    cell.data_type, cell.number_format = "s", "@"


def _titles(sheet: Worksheet, titles: Sequence[Title], rows: int, lists: list[Sequence[str]]) -> None:
    """Make titles of the first row: bold, fixed, with their notes and lists to choose from."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.freeze_panes = "A2"
    last = max(ROWS, rows + 1)
    for column, title in enumerate(titles, 1):
        letter = get_column_letter(column)
        head = sheet.cell(1, column)
        head.font = Font(bold=True)
        if title.note:
            head.comment = Comment(title.note, "citydip")
        if title.choices:
            if title.choices not in lists:
                lists.append(title.choices)
            place = get_column_letter(lists.index(title.choices) + 1)
            listed = f"='{_LISTS}'!${place}$1:${place}${len(title.choices)}"
            rule = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=title.only)
            rule.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(rule)
        sheet.column_dimensions[letter].number_format = "@"  # what is typed there stays as it is typed
        for row in range(2, rows + 2) if title.asked else ():
            cell = sheet.cell(row, column)
            if cell.value is None:
                cell.number_format, cell.fill = "@", PatternFill("solid", fgColor="FFF2CC")
