"""Workbooks to work in: texts as they are, titles with notes and lists to choose from, running as the language does."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape

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
_NOT_AS_IT_IS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES = {"\r": "&#13;"}


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
    bodies: dict[str, _Body] = {}
    for each in sheets:
        sheet: Worksheet = book.create_sheet(each.name)
        sheet.sheet_view.rightToLeft = lang == "fa"
        sheet.sheet_state = "hidden" if each.hidden else "visible"
        bodies[each.name] = _body(sheet, each)
        if each.titles:
            _titles(sheet, each.titles, bodies[each.name].rows, lists)
    if lists:
        sheet = book.create_sheet(_LISTS)
        sheet.sheet_state = "hidden"
        bodies[_LISTS] = _body(sheet, SheetRows(_LISTS, (), zip_longest(*lists, fillvalue="")))
    packed = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(packed, "w")).save()  # not compressed: that is done once
    parts = {sheet.path.lstrip("/"): bodies[sheet.title] for sheet in book.worksheets}

    def change(name: str, content: bytes) -> bytes:
        return parts[name].within(content) if name in parts else content

    out.write(undated(packed.getvalue(), dt.date(*DAY[:3]), change))
    return {name: body.rows for name, body in bodies.items()}


@dataclass(frozen=True)
class _Body:
    """The rows of a sheet below its titles, as text of its part of the workbook: a cell of openpyxl takes many times as
    long to be made, written and let go."""

    rows: int
    text: bytes
    extent: str
    """From the first cell to the last, such as `A1:F395`."""

    def within(self, part: bytes) -> bytes:
        """The part of a sheet that has its titles alone, with these rows."""
        part = re.sub(rb'(<dimension ref=")[^"]*', rb"\g<1>" + self.extent.encode(), part, count=1)
        return re.sub(rb"<sheetData/>|(<sheetData>.*)</sheetData>", self._filled, part, count=1, flags=re.DOTALL)

    def _filled(self, found: re.Match[bytes]) -> bytes:
        return (found[1] or b"<sheetData>") + self.text + b"</sheetData>"


def _body(sheet: Worksheet, each: SheetRows) -> _Body:
    """The rows of a sheet, which is given its titles and the widths of its columns."""
    from openpyxl.cell import Cell
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter

    of_text, of_asked = Cell(sheet, 1, 1), Cell(sheet, 1, 1)
    of_text.number_format = of_asked.number_format = "@"
    of_asked.fill = PatternFill("solid", fgColor="FFF2CC")
    text, asked = of_text.style_id, of_asked.style_id
    widths = dict(enumerate((len(title.text) for title in each.titles), 1))
    for column, title in enumerate(each.titles, 1):
        above = sheet.cell(1, column)
        above.value, above.data_type, above.number_format = title.text, "s", "@"
    lines: list[str] = []
    titled = row = min(len(each.titles), 1)
    for row, cells in enumerate(each.rows, titled + 1):
        if row > _LAST:
            raise UsageError(f"{each.name}: more rows than a sheet can hold.", hint="citydip export csv has no bound.")
        lines.append(f'<row r="{row}">')
        for column, cell in enumerate(cells, 1):
            if cell:
                widths[column] = max(widths.get(column, 0), len(cell))
                if len(cell) > _LONGEST:
                    raise UsageError(
                        f"{each.name}, row {row}: more letters than a cell can hold.",
                        hint="citydip export csv has no bound.",
                    )
                place = f'{get_column_letter(column)}{row}" s="{text}'
                lines.append(f'<c r="{place}" t="inlineStr"><is>{_inline(cell)}</is></c>')
            elif titled and each.titles[column - 1].asked:
                lines.append(f'<c r="{get_column_letter(column)}{row}" s="{asked}"/>')
        lines.append("</row>")
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width + 2, _WIDTHS.start), _WIDTHS.stop)
    last = f"{get_column_letter(max(widths, default=1))}{max(row, 1)}"
    return _Body(row - titled, "".join(lines).encode(), f"A1:{last}")


def _inline(text: str) -> str:
    """The element of a text, whatever it begins with, so that nothing reckons with it or takes it for a date.

    What XML cannot hold is written as Excel does, which reads `_x000B_` as a letter, and so an underscore before such.
    """
    if _NOT_AS_IT_IS.search(text):
        text = _NOT_AS_IT_IS.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{space}>{escape(text, _ENTITIES)}</t>"


def _titles(sheet: Worksheet, titles: Sequence[Title], rows: int, lists: list[Sequence[str]]) -> None:
    """Make titles of the first row: bold, fixed, with their notes and lists to choose from."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
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
