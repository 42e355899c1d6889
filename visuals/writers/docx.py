"""A document as a Word file: headings, lists, tables and figures that Word knows as such, in either direction."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from citydiplomacy.errors import MissingExtraError
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table

from ..document.blocks import Block, Document, Heading, Note, Paragraph, Picture, Points, Sheet
from ..document.inline import pieces
from ..document.words import Words
from ..svg.printed import printed
from .archives import undated
from .html import is_link

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

FONT = "Vazirmatn"
MOST_ROWS = 40
"""Rows of an entry of the appendix; the rest is counted, and the question is named."""


def as_docx(document: Document) -> bytes:
    """The document as a Word file. The same document gives the same bytes.

    Raises MissingExtraError without python-docx, or without Typst, which draws its figures.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtraError("python-docx", "office", "Writing .docx") from None
    return _Word(docx.Document(), document).made()


class _Word:
    """A Word file in the making."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self._word, self._document = word, document
        self._say, self._words = Speech(document.lang), Words.of(document.lang)
        self._rtl = document.lang == "fa"

    def made(self) -> bytes:
        """The whole file."""
        document, word = self._document, self._word
        day = document.date.earliest or dt.date(1980, 1, 1)
        about = word.core_properties
        about.title, about.author, about.language = document.title, document.author, document.lang
        about.created = about.modified = dt.datetime(day.year, day.month, day.day)
        about.last_modified_by, about.comments = document.author, f"{self._words.revision} {document.revision}"
        self._page()
        self._line(document.title, "Title")
        self._line(document.subtitle, "Subtitle")
        for block in document.blocks:
            self._block(block)
        self._line(self._words.evidence, "Heading 1")
        for entry in document.entries:
            self._line(f"{self._say.number(entry.number)}. {entry.title}", "Heading 3")
            if entry.note:
                self._line(entry.note)
            if entry.table and entry.table.rows:
                self._table(entry.table, MOST_ROWS)
        self._line(self._words.sources, "Heading 1")
        for each in document.references:
            about_it = [each.name, each.kind, self._say.date(each.date) if each.date else "", each.licence]
            text = self._say(", ", "، ").join(part for part in about_it if part)
            paragraph = self._line(f"{self._say.number(each.number)}. {text}")
            if each.address:
                self._link(paragraph, each.address)
        packed = io.BytesIO()
        word.save(packed)
        return undated(packed.getvalue(), day)

    def _page(self) -> None:
        """A4, in the direction and the font of the language."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        section = self._word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(18)
        if self._rtl:
            section._sectPr.append(OxmlElement("w:bidi"))
        for style in self._word.styles:
            font = getattr(style, "font", None)
            if font is not None:
                font.name = FONT
                fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
                for script in ("w:cs", "w:hAnsi", "w:eastAsia"):
                    fonts.set(qn(script), FONT)
        self._word.styles["Normal"].font.size = Pt(10)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._line(block.text, f"Heading {block.level}")
            case Paragraph() | Note():
                self._line(block.text)
            case Points():
                for item in block.items:
                    self._line(item, "List Bullet")
            case Picture():
                from docx.shared import Mm

                drawn = io.BytesIO(printed(block.svg, "png", dpi=200))
                shape = self._word.add_picture(drawn, width=Mm(174))
                shape._inline.docPr.set("descr", block.alt)
            case Sheet():
                self._line(block.title, "Heading 3")
                self._table(block.table)
                if block.note:
                    self._line(block.note)

    def _line(self, text: str, style: str | None = None) -> Any:
        paragraph = self._word.add_paragraph(style=style)
        self._set(paragraph, text)
        return paragraph

    def _set(self, paragraph: Any, text: str, size: float = 0) -> None:
        """The pieces of a text as runs, each with its own direction."""
        from docx.oxml import OxmlElement
        from docx.shared import Pt

        if self._rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for piece in pieces(text, self._document.lang, self._document.numbers):
            rtl = piece.direction == "rtl" or (self._rtl and not piece.direction)
            runs = [paragraph.add_run(piece.text)]
            if piece.entries:
                marks = paragraph.add_run(self._say(",", "،").join(map(self._say.number, piece.entries)))
                marks.font.superscript = True
                runs.append(marks)
            for run in runs:
                run.font.rtl = rtl
                if size:
                    run.font.size = Pt(size)
                    run.font.cs_size = Pt(size) if hasattr(run.font, "cs_size") else None

    def _table(self, table: Table, most: int | None = None) -> None:
        from docx.oxml import OxmlElement

        rows = [[self._say.shown(value) for value in row] for row in table.rows[:most]]
        made = self._word.add_table(rows=1 + len(rows), cols=len(table.titles), style="Table Grid")
        if self._rtl:
            made._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        header = made.rows[0]._tr.get_or_add_trPr()
        header.append(OxmlElement("w:tblHeader"))
        size = 8 if len(table.titles) <= 7 else 6.5
        for row, texts in zip(made.rows, [list(table.titles), *rows], strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                self._set(cell.paragraphs[0], text, size)
        if len(table.rows) > len(rows):
            more = self._say.number(len(table.rows) - len(rows))
            self._line(f"{more} {self._words.more_rows}")

    def _link(self, paragraph: Any, address: str) -> None:
        """An address, as a link if it may be one."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph.add_run().add_break()
        run = paragraph.add_run(address)
        run.font.rtl = False
        if is_link(address):
            link = OxmlElement("w:hyperlink")
            related = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), related)
            paragraph._p.append(link)
            link.append(run._r)
