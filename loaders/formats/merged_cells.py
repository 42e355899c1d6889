"""Merged cells of sheets: their value, which stands in the first of them, stands for all."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.parsers import expat

from citydiplomacy.errors import InputError

Range = tuple[int, int, int, int]
"""First and last line, counted from 1, and the indexes of the first and the last column."""

_RANGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_LONGEST = 256
"""Bytes of the element that names a range in a workbook of Excel, at most."""
_CELLS = ("table:table-cell", "table:covered-table-cell")


class MergedRanges:
    """The ranges of a sheet, filled as its rows are read one by one."""

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self._ranges = sorted(ranges)
        self._values: dict[int, str] = {}

    def filled(self, line: int, texts: list[str]) -> list[str]:
        """A row with the value of each range that it lies in."""
        for number, (first, last, left, right) in enumerate(self._ranges):
            if first > line:
                break
            if line > last or left >= len(texts):
                continue
            if line == first:
                self._values[number] = texts[left]
            for index in range(left, min(right + 1, len(texts))):
                texts[index] = self._values.get(number, "")
        return texts


def of_excel(worksheet: Any) -> MergedRanges:
    """Those of a sheet of openpyxl, which does not tell them of one that it reads row by row."""
    from openpyxl.utils import column_index_from_string

    found: list[Range] = []
    rest = b""
    with worksheet.parent._archive.open(worksheet._worksheet_path) as part:
        while data := part.read(1 << 20):
            text = rest + data
            for told in _RANGE.finditer(text):
                left, right = (column_index_from_string(told[n].decode()) - 1 for n in (1, 3))
                found.append((int(told[2]), int(told[4]), left, right))
            rest = text[max(text.rfind(b"<"), len(text) - _LONGEST) :]
    return MergedRanges(found)


def of_opendocument(path: Path, sheet: str) -> MergedRanges:
    """Those of a sheet of an OpenDocument workbook, whose library does not tell them."""
    found: list[Range] = []
    inside, line, column, repeated = False, 1, 0, 1

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, line, column, repeated
        if name == "table:table":
            inside, line = attributes.get("table:name") == sheet, 1
        elif name == "table:table-row":
            column, repeated = 0, int(attributes.get("table:number-rows-repeated", 1))
        elif inside and name in _CELLS:
            down = int(attributes.get("table:number-rows-spanned", 1))
            across = int(attributes.get("table:number-columns-spanned", 1))
            if down > 1 or across > 1:
                found.append((line, line + down - 1, column, column + across - 1))
            column += int(attributes.get("table:number-columns-repeated", 1))

    def end(name: str) -> None:
        nonlocal inside, line
        if name == "table:table-row":
            line += repeated
        elif name == "table:table":
            inside = False

    def refuse(*_: object) -> None:
        raise InputError("the file declares a document type, which a workbook does not need", file=path)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = refuse
    with zipfile.ZipFile(path) as packed, packed.open("content.xml") as part:
        parser.ParseFile(part)
    return MergedRanges(found)
