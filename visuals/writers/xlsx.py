"""A document as an Excel workbook: its sentences, a sheet a table, evidence and sources; no cell is a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any

from citydiplomacy.errors import MissingExtraError
from citydiplomacy.graph.export.archives import undated
from citydiplomacy.graph.model.values import Date
from citydiplomacy.queries.wording.phrases import Mark, Phrase
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table

from ..document.blocks import Document, Entry, Heading, Note, Paragraph, Picture, Points, Sheet
from ..document.inline import END, FIRST_STRONG, direction, isolated
from ..document.words import DocumentWords
from ..svg.plain_text import clean, safe_link
from .claims import lines, shown
from .properties import as_property, revision

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WIDEST = 60
"""Letters that the widest column shows in a line."""
UPRIGHT = 90
"""Letters of a sheet's width up to which it is printed upright."""
LINE = 15.5
"""Points that a line of a cell takes."""
LONGEST_NAME = 31
"""Letters of the name of a sheet."""
LONGEST_CELL = 32_767
"""Letters that a cell of Excel can hold."""


def as_xlsx(document: Document) -> bytes:
    """The document as a workbook. The same document gives the same bytes.

    Raises MissingExtraError without openpyxl.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.worksheet.hyperlink import Hyperlink
    except ImportError:
        raise MissingExtraError("openpyxl", "office", "Writing .xlsx") from None
    words, say = DocumentWords.of(document.lang), Speech(document.lang)
    book = Workbook()
    book.remove(book.worksheets[0])
    made = document.date.earliest or dt.date(1980, 1, 1)
    book.properties.title = as_property(document.title)
    book.properties.creator = book.properties.lastModifiedBy = as_property(document.author)
    book.properties.language = document.lang
    book.properties.description = revision(document)
    book.properties.created = book.properties.modified = dt.datetime(made.year, made.month, made.day)
    first = _sentences(_sheet(book, document.title, document.lang), document, say)
    for block in document.blocks:
        if isinstance(block, Sheet):
            _table(_sheet(book, block.short or block.title, document.lang), block.table, say)
        elif isinstance(block, Picture) and block.table:
            _table(_sheet(book, block.alt, document.lang), block.table, say)
    evidence = _sheet(book, words.evidence, document.lang)
    _row(evidence, ["", words.evidence, words.asked], bold=True)
    evidence.freeze_panes = "A2"
    places = {entry.number: _entry(evidence, entry, document.lang) for entry in document.entries}
    for row, number in first.items():
        book.worksheets[0].cell(row, 2).hyperlink = Hyperlink(
            ref=f"B{row}", location=f"'{evidence.title}'!A{places[number]}"
        )
    sources = _sheet(book, words.sources, document.lang)
    titles = say("number|source|kind|date|licence|address", "شماره|منبع|گونه|تاریخ|پروانه|نشانی")
    _row(sources, str(titles).split("|"), bold=True)
    sources.freeze_panes = "A2"
    for each in document.references:
        cells = [
            each.number,
            each.name,
            each.kind,
            say.date(each.date) if each.date else "",
            each.licence,
            each.address,
        ]
        _row(sources, cells)
        if safe_link(each.address):
            sources.cell(sources.max_row, len(cells)).hyperlink = each.address
    for sheet in book.worksheets:
        _fit(sheet)
    packed = io.BytesIO()
    book.save(packed)
    return undated(packed.getvalue(), made)


def _sheet(book: Workbook, title: str, lang: str) -> Worksheet:
    """A sheet under a name that Excel takes and no other sheet has, running as the language does."""
    whole = clean(re.sub(r"[\[\]:*?/\\']", " ", title)) or "–"
    taken = {sheet.title.casefold() for sheet in book.worksheets}
    name, number = _within(whole, LONGEST_NAME), 1
    while name.casefold() in taken:
        number += 1
        name = f"{_within(whole, LONGEST_NAME - 1 - len(str(number)))} {number}"
    sheet: Worksheet = book.create_sheet(name)
    sheet.sheet_view.rightToLeft = lang == "fa"
    return sheet


def _within(text: str, most: int) -> str:
    """The beginning of a text that is too long, between two words where there are any."""
    if len(text) <= most:
        return text
    cut = text[:most]
    return cut.rpartition(" ")[0].strip() or cut


def _entry(sheet: Worksheet, entry: Entry, lang: str) -> int:
    """An entry: its question, rows, and where in its sources they stand. Returns the row that it begins in."""
    say = Speech(lang)
    _row(sheet, [entry.number, entry.title, entry.request], bold=True)
    begins: int = sheet.max_row
    if entry.note:
        _row(sheet, ["", entry.note])
    if entry.table and entry.table.rows:
        _row(sheet, ["", *entry.table.titles], bold=True)
        for row in entry.table.rows:
            _row(sheet, ["", *(_value(value, say) for value in row)])
    for line in lines(entry, lang):
        _row(sheet, ["", shown(line, say)])
    return begins


def _sentences(sheet: Worksheet, document: Document, say: Speech) -> dict[int, int]:
    """The sentences, one a row, with the entries that its numbers rest on, beside them and as a comment.

    Returns the first entry of each such row.
    """
    from openpyxl.comments import Comment

    words = DocumentWords.of(document.lang)
    _row(sheet, [document.title, words.evidence], bold=True)
    _row(sheet, [document.subtitle])
    entries = {entry.number: entry for entry in document.entries}
    first: dict[int, int] = {}
    for block in document.blocks:
        if isinstance(block, Heading):
            _row(sheet, [block.text], bold=True)
        texts: Iterable[Phrase] = ()
        if isinstance(block, Points):
            texts = block.items
        elif isinstance(block, Paragraph | Note):
            texts = (block.text,)
        for text in texts:
            numbers = dict.fromkeys(n for part in text.parts if isinstance(part, Mark) for n in document.numbers(part))
            _row(sheet, [str(text), ", ".join(map(say.number, numbers))])
            if numbers:
                first[sheet.max_row] = next(iter(numbers))
                told = "\n".join(f"{say.number(number)}. {clean(entries[number].title)}" for number in numbers)
                sheet.cell(sheet.max_row, 1).comment = Comment(told, clean(document.author), width=420, height=160)
    sheet.freeze_panes = "A2"
    return first


def _table(sheet: Worksheet, table: Table, say: Speech) -> None:
    _row(sheet, table.titles, bold=True)
    for row in table.rows:
        _row(sheet, [_value(value, say) for value in row])
    sheet.freeze_panes = "A2"


def _value(value: Any, say: Speech) -> Any:
    """Numbers as numbers, so that they can be reckoned with; all else as people read it; what is unknown is empty."""
    match value:
        case None:
            return ""
        case bool() | Date() | tuple():
            return say.shown(value)
        case Decimal():
            return float(value)
        case Phrase() if len(value.parts) == 1 and isinstance(mark := value.parts[0], Mark):
            return _value(mark.value, say)
        case int() | float():
            return value
    return str(value)


def _row(sheet: Worksheet, values: Sequence[Any], *, bold: bool = False) -> None:
    """A row of cells; texts stay texts, whatever they begin with."""
    from openpyxl.styles import Alignment, Font

    lang = "fa" if sheet.sheet_view.rightToLeft else "en"
    number = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 1
    for column, value in enumerate(values, 1):
        if value == "":
            continue
        cell = sheet.cell(number, column)
        if isinstance(value, str):
            cell.value = _cut(isolated(clean(value), lang))
            cell.data_type = "s"
        else:
            cell.value = value
        cell.alignment = Alignment(
            horizontal="right" if lang == "fa" else "left",  # a number at its column's end would touch the next text
            vertical="top",
            wrap_text=True,
            readingOrder=2 if direction(str(value), lang) == "rtl" else 1,
        )
        if bold:
            cell.font = Font(bold=True)


def _cut(text: str) -> str:
    """A text that a cell can hold, no isolate of which is open at its end."""
    if len(text) <= LONGEST_CELL:
        return text
    kept = text[: LONGEST_CELL - 1]
    return kept + END if kept.count(FIRST_STRONG) > kept.count(END) else kept


def _fit(sheet: Worksheet) -> None:
    """Columns as wide as their longest text, up to WIDEST letters; rows as high as the lines that this makes; and on
    paper no wider than a page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    lines: dict[int, int] = {}
    whole = 0
    for column in sheet.iter_cols():
        texts = {cell.row: str(cell.value) for cell in column if cell.value is not None}
        width = min(WIDEST, max(8, max(map(len, texts.values()), default=0) + 2))
        sheet.column_dimensions[get_column_letter(column[0].column or 1)].width = width
        whole += width
        for row, text in texts.items():
            lines[row] = max(lines.get(row, 1), ceil(len(text) * 1.15 / width))
    for row, number in lines.items():
        sheet.row_dimensions[row].height = min(LINE * number, 409)  # the highest that Excel takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape" if whole > UPRIGHT else "portrait"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToHeight = 0
