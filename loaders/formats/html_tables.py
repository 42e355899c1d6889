"""The tables of a page of the web, or its lists, also of one that a program saved as .xls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from .. import bounds
from .delimited import likely_encoding, untaken
from .html_lists import read_lists

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_BEGINS = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<div", b"<style")
_UNSEEN = frozenset({"style", "script", "template"})
_BREAKS = frozenset({"br", "li", "p", "div"})
_MOST = 1000
"""Rows or columns that a cell may span."""

Cell = tuple[str, int, int]
"""What stands in a cell, and how many rows and columns it spans."""


def is_page(path: Path) -> bool:
    """Whether a file is a page of the web, whatever its name."""
    with path.open("rb") as file:
        return file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_BEGINS)


def read_page(path: Path) -> dict[str, list[list[str]]]:
    """The rows of each table that has several, by its caption or its number; a cell that spans several stands in all of
    them. A table within a cell is one of its own. Of a page without any, the items of its lists."""
    data = bounds.read_bytes(path, bounds.WHOLE)
    named = _CHARSET.search(data[:2048])
    try:
        text = data.decode(named[1].decode() if named else likely_encoding(data) or "utf-8", errors="replace")
    except LookupError:
        text = data.decode("utf-8", errors="replace")
    parser = _Tables()
    parser.feed(text)
    parser.close()
    found: dict[str, list[list[str]]] = {}
    for number, table in enumerate(parser.tables, 1):
        if len(table.rows) > 1:
            name = _plain(table.caption) or f"table {number}"
            found[untaken(name, found, number)] = _laid_out(table.rows)
    return found or read_lists(text)


def _laid_out(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Rows in which each cell stands wherever it reaches."""
    told: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    for cells in rows:
        row = {at: text for at, (_, text) in below.items()}
        below = {at: (more - 1, text) for at, (more, text) in below.items() if more > 1}
        at = 0
        for text, down, across in cells:
            while at in row:
                at += 1
            for column in range(at, at + across):
                row[column] = text
                if down > 1:
                    below[column] = (down - 1, text)
        told.append([row.get(column, "") for column in range(max(row, default=-1) + 1)])
    return told


@dataclass(slots=True)
class _Table:
    caption: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    text: list[str] | None = None
    """Of the cell or caption that is open."""
    span: tuple[int, int] = (1, 1)


class _Tables(HTMLParser):
    """The tables of a page, as they end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        if not self._open:
            return
        table = self._open[-1]
        if tag in ("tr", "td", "th", "caption"):
            self._end_cell(table)
        if tag == "tr":
            table.rows.append([])
        elif tag in ("td", "th"):
            told = dict(attrs)
            table.text, table.span = [], (_number(told.get("rowspan")), _number(told.get("colspan")))
        elif tag == "caption":
            table.text = []
        elif tag in _BREAKS and table.text is not None:
            table.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if not self._open:
            return
        table = self._open[-1]
        if tag == "caption" and table.text is not None:
            table.caption, table.text = "".join(table.text), None
        elif tag in ("td", "th", "tr", "table"):
            self._end_cell(table)
        if tag == "table":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and not self._unseen and (text := self._open[-1].text) is not None:
            text.append(re.sub(r"\s+", " ", data))

    @staticmethod
    def _end_cell(table: _Table) -> None:
        if table.text is not None:
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append((_plain("".join(table.text)), *table.span))
            table.text = None


def _number(cells: str | None) -> int:
    return min(max(int(cells), 1), _MOST) if cells and cells.isascii() and cells.isdigit() else 1


def _plain(text: str) -> str:
    """Lines without what is empty in them."""
    return "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))
