"""The tables of a document of a word processor, .docx, or its lists, if it has no table."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from .delimited import untaken
from .html_lists import read_lists

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


def read_document(path: Path) -> dict[str, list[list[str]]]:
    """The rows of each table that has several, by the text above it or its number; a cell that spans several stands in
    all of them. Without any, the items of its lists, each below what heads it."""
    from docx import Document
    from docx.table import Table

    found: dict[str, list[list[str]]] = {}
    above = ""
    page: list[str] = []
    for number, block in enumerate(Document(str(path)).iter_inner_content(), 1):
        if not isinstance(block, Table):
            above = " ".join(block.text.split()) or above
            page.append(_in_page(block))
            continue
        rows = [[cell.text.strip() for cell in row.cells] for row in block.rows]
        if len(rows) > 1:
            name = above or f"table {len(found) + 1}"
            found[untaken(name, found, number)] = rows
    return found or read_lists("\n".join(page).replace("</ul>\n<ul>", "\n"))


def _in_page(block: Paragraph) -> str:
    """A paragraph as a page of the web has it: an item, a heading, or text."""
    text, style = escape(block.text), (block.style and block.style.name) or ""
    marks = block._p.pPr
    if style.startswith("List") or (marks is not None and marks.numPr is not None):
        return f"<ul><li>{text}</li></ul>" if text.strip() else ""
    if style == "Title" or style.startswith("Heading"):
        tag = f"h{min(int(style[-1]), 6)}" if style[-1:].isdigit() else "h1"
        return f"<{tag}>{text}</{tag}>"
    return f"<p>{text}</p>"
