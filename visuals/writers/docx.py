"""A document as a Word file: headings, lists, tables and figures that Word knows as such, in either direction."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from citydiplomacy.errors import MissingExtraError
from citydiplomacy.graph.export.archives import undated
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table

from ..document.blocks import Block, Document, Entry, Heading, Note, Paragraph, Picture, Points, Sheet
from ..document.inline import pieces
from ..document.words import DocumentWords
from ..svg.plain_text import clean, clean_within, safe_link
from ..svg.printed import printed
from . import word_xml
from .claims import MOST_ROWS, MOST_SHOWN, first, lines, more, shown
from .columns import ROW_LETTERS, fitted, whole
from .columns import cell as printed_cell
from .embedded_font import DIGITS, FONT, embed
from .properties import as_property, revision

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

SMALL = 8
"""Points of what is told in the appendix."""
NOTE = 8.5
"""Points of notes."""
WIDTH = 174
"""Millimetres of a line."""


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
        self._say, self._words = Speech(document.lang), DocumentWords.of(document.lang)
        self._rtl = document.lang == "fa"
        self._styles = {style.name: style.style_id for style in word.styles}
        self._marked: set[int] = set()
        self._bookmarks = self._parts = 0

    def made(self) -> bytes:
        """The whole file."""
        document, word = self._document, self._word
        day = document.date.earliest or dt.date(1980, 1, 1)
        about = word.core_properties
        about.title, about.author = as_property(document.title), as_property(document.author)
        about.language = document.lang
        about.created = about.modified = dt.datetime(day.year, day.month, day.day)
        about.last_modified_by, about.comments = about.author, revision(document)
        self._page()
        self._running()
        self._line(document.title, "Title")
        self._line(document.subtitle, "Subtitle")
        for block in document.blocks:
            self._block(block)
        self._bookmark(self._line(self._words.evidence, "Heading 1"), "h-evidence")
        for entry in document.entries:
            self._entry(entry)
        self._bookmark(self._line(self._words.sources, "Heading 1"), "h-sources")
        for each in document.references:
            about_it = [each.name, each.kind, self._say.date(each.date) if each.date else "", each.licence]
            text = self._say(", ", "، ").join(part for part in about_it if part)
            paragraph = self._line(f"{self._say.number(each.number)}. {text}")
            if each.address:
                self._address(paragraph, each.address)
        embed(word, FONT, *[DIGITS] * self._rtl)
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
        section.top_margin = section.bottom_margin = Mm(16)
        if self._rtl:
            section._sectPr.find(qn("w:docGrid")).addprevious(OxmlElement("w:bidi"))
        for style in self._word.styles:
            font = getattr(style, "font", None)
            if font is not None:
                word_xml.set_font(style.element.get_or_add_rPr(), FONT)
                for torn in ("w:spacing", "w:kern", "w:i", "w:iCs"):  # what parts or slants letters that join
                    for found in style.element.rPr.findall(qn(torn)):
                        style.element.rPr.remove(found)
                if font.size:
                    word_xml.set_size(style.element.rPr, font.size.pt)
        for language in self._word.styles.element.iter(qn("w:lang")):
            language.set(qn("w:bidi"), "fa-IR")
        word_xml.set_size(self._word.styles["Normal"].element.rPr, 10)
        for name in ("Normal", "List Bullet"):
            lines = self._word.styles[name].paragraph_format
            lines.space_after, lines.line_spacing = Pt(4), 1.0  # a picture is a line too: no higher than it is drawn

    def _running(self) -> None:
        """The title over each page but the first, and the number of the page under each."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        section = self._word.sections[0]
        section.different_first_page_header_footer = True
        section.header_distance = section.footer_distance = Mm(8)
        self._set(section.header.paragraphs[0], self._document.title, SMALL)
        for foot in (section.footer, section.first_page_footer):
            self._set(foot.paragraphs[0], "", SMALL)
            foot.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._number(foot.paragraphs[0])

    def _number(self, paragraph: Any) -> None:
        """The number of the page, which Word counts, in the digits of the language."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        look = dict.fromkeys(("w:sz", "w:szCs"), word_xml.half_points(SMALL))
        run = word_xml.run(paragraph, self._say.number(1), look, self._rtl)
        if self._rtl:
            word_xml.set_font(run._r.rPr, DIGITS)
        field.append(run._r)
        paragraph._p.append(field)

    def _contents(self) -> None:
        """The parts, each a link to its heading."""
        from docx.shared import Pt

        self._line(self._words.contents, "Heading 2").paragraph_format.page_break_before = True
        headings = [
            (each.text, each.key) for each in self._document.blocks if isinstance(each, Heading) and each.level == 1
        ]
        ends = [(self._words.evidence, "evidence"), (self._words.sources, "sources")]
        for text, key in (*headings, *ends):
            paragraph = self._word.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            self._set(paragraph, "")
            look = dict.fromkeys(("w:sz", "w:szCs"), word_xml.half_points(SMALL))
            word_xml.link(
                paragraph, [word_xml.run(paragraph, clean_within(text), look, self._rtl)], anchor=f"h-{key}"[:40]
            )

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                if block.level == 1 and self._parts == 1:
                    self._contents()
                self._parts += block.level == 1
                heading = self._line(block.text, f"Heading {block.level}")
                if block.level == 1:
                    self._bookmark(heading, f"h-{block.key}"[:40])
            case Paragraph():
                self._line(block.text)
            case Note():
                self._note(block.text)
            case Points():
                for item in block.items:
                    self._line(item, "List Bullet")
            case Picture():
                from docx.enum.text import WD_ALIGN_PARAGRAPH
                from docx.shared import Mm

                drawn = io.BytesIO(printed(block.svg, "png", dpi=200))
                shape = self._word.add_picture(drawn, width=Mm(WIDTH * block.share))
                self._word.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
                shape._inline.docPr.set("descr", clean(block.alt))
            case Sheet():
                self._line(block.title, "Heading 3")
                self._table(block.table, MOST_SHOWN)
                if block.note:
                    self._note(block.note)

    def _note(self, text: str) -> None:
        """What is told in small letters, under a table with some room."""
        from docx.shared import Pt

        self._line(text, size=NOTE).paragraph_format.space_before = Pt(4)

    def _entry(self, entry: Entry) -> None:
        """An entry of the appendix, and the way back to where the text first rests on it."""
        say, words = self._say, self._words
        heading = self._line(f"{say.number(entry.number)}. {entry.title}", "Heading 3")
        self._bookmark(heading, f"e{entry.number}")
        asked = self._line(f"{words.asked}: {entry.request}" if entry.request else "", size=SMALL)
        if entry.number in self._marked:
            asked.add_run("  ")
            back = asked.add_run(words.back)
            back.font.rtl = self._rtl
            word_xml.link(asked, [back], anchor=f"m{entry.number}")
        if entry.note:
            self._note(entry.note)
        if entry.table and entry.table.rows:
            self._table(entry.table, MOST_ROWS)
        told = lines(entry, self._document.lang)
        for line in told[:MOST_ROWS]:
            self._line(shown(line, say), "List Bullet", SMALL)
        if rest := more(told, MOST_ROWS, say):
            self._line(rest)

    def _line(self, text: str, style: str | None = None, size: float = 0) -> Any:
        paragraph = self._word.add_paragraph()
        if style:
            paragraph._p.style = self._styles[style]
        self._set(paragraph, text, size)
        return paragraph

    def _set(self, paragraph: Any, text: str, size: float = 0, *, bold: bool = False) -> None:
        """The pieces of a text as runs, each with its own direction."""
        from docx.oxml import OxmlElement

        if self._rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for piece in pieces(text, self._document.lang, self._document.numbers):
            rtl = piece.direction == "rtl" or (self._rtl and not piece.direction)
            look = {"w:b": "", "w:bCs": ""} if bold else {}
            look |= dict.fromkeys(("w:sz", "w:szCs"), word_xml.half_points(size)) if size else {}
            word_xml.run(paragraph, clean_within(piece.text), look, rtl)
            for number in first(piece.entries, self._marked):
                self._bookmark(paragraph, f"m{number}")
            raised = [
                word_xml.run(paragraph, f"[{self._say.number(number)}]", look | {"w:vertAlign": "superscript"}, rtl)
                for number in piece.entries
            ]
            for number, run in zip(piece.entries, raised, strict=True):
                word_xml.link(paragraph, [run], anchor=f"e{number}")

    def _bookmark(self, paragraph: Any, name: str) -> None:
        """A place that links lead to, at the end of a paragraph."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(self._bookmarks))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), name)
            paragraph._p.append(mark)
        self._bookmarks += 1

    def _table(self, table: Table, most: int) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm

        texts = [list(table.titles), *([printed_cell(value, self._say) for value in row] for row in table.rows[:most])]
        made = self._word.add_table(rows=len(texts), cols=len(table.titles), style="Table Grid")
        if self._rtl:
            made._tbl.tblPr.find(qn("w:tblStyle")).addnext(OxmlElement("w:bidiVisual"))
        made.autofit = False
        word_xml.set_margins(made._tbl.tblPr)
        word_xml.set_rules(made._tbl.tblPr)
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        size, letters = fitted(texts)
        widths = [Mm(WIDTH * each / sum(letters)) for each in letters]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        together = whole(texts)
        for row, values in zip(made.rows, texts, strict=True):
            if sum(map(len, values)) <= ROW_LETTERS:
                row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
            for cell, text, width in zip(row.cells, values, widths, strict=True):
                cell.width = width
                self._set(cell.paragraphs[0], text, size, bold=values is texts[0])
                cell.paragraphs[0].paragraph_format.keep_with_next = (together and values is not texts[-1]) or None
        if rest := more(table.rows, most, self._say):
            self._note(rest)

    def _address(self, paragraph: Any, address: str) -> None:
        """An address, as a link if it may be one."""
        paragraph.add_run().add_break()
        run = paragraph.add_run(clean(address))
        run.font.rtl = False
        if safe_link(address):
            word_xml.link(paragraph, [run], address=address)
