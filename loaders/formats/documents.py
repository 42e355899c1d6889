"""The tables of a document of a word processor, .docx."""

from __future__ import annotations

from pathlib import Path

from .delimited import untaken


def read_document(path: Path) -> dict[str, list[list[str]]]:
    """The rows of each table that has several, by the text above it or its number; a cell that spans several stands in
    all of them."""
    from docx import Document
    from docx.table import Table

    found: dict[str, list[list[str]]] = {}
    above = ""
    for number, block in enumerate(Document(str(path)).iter_inner_content(), 1):
        if not isinstance(block, Table):
            above = " ".join(block.text.split()) or above
            continue
        rows = [[cell.text.strip() for cell in row.cells] for row in block.rows]
        if len(rows) > 1:
            name = above or f"table {len(found) + 1}"
            found[untaken(name, found, number)] = rows
    return found
