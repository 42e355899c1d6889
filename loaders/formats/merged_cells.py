"""MergedRanges cells of sheets: their value, which stands in the first of them, stands for all."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.parsers import expat

from citydiplomacy.errors import InputError

from .. import bounds
from ..cells.cells import UNSAVED

Range = tuple[int, int, int, int]
"""First and last line, counted from 1, and the indexes of the first and the last column."""

_RANGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_HIDDEN = re.compile(rb'<row (?=[^>]*?\bhidden="(?:1|true)")[^>]*?\br="([0-9]+)"')
_UNSAVED = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?:(?!t="str")[^>])*><f\b(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>'
)
"""A formula without a result: a text may be empty, a number not."""
_LONGEST = 16_384
"""Bytes of a cell with a formula, or of the element that names a range, in a workbook of Excel, at most."""
_CELLS = ("table:table-cell", "table:covered-table-cell")
_LOOKS = frozenset({"table:style-name", "table:content-validation-name", "table:number-columns-repeated"})
"""What a cell that holds nothing can say of itself."""


class MergedRanges:
    """The ranges of a sheet, filled as its rows are read one by one."""

    def __init__(
        self, ranges: Iterable[Range] = (), unsaved: Iterable[tuple[int, int]] = (), hidden: Iterable[int] = ()
    ) -> None:
        """unsaved: line and index of the cells whose formula has no result. hidden: lines that are not shown."""
        self.hidden = frozenset(hidden)
        self._ranges = sorted(ranges)
        self._unsaved: dict[int, list[int]] = {}
        for line, at in unsaved:
            self._unsaved.setdefault(line, []).append(at)
        self._values: dict[int, str] = {}

    def filled(self, line: int, texts: list[str]) -> list[str]:
        """A row with the value of each range that it lies in, and UNSAVED where a formula has no result."""
        for at in self._unsaved.get(line, ()):
            texts += [""] * (at + 1 - len(texts))
            texts[at] = UNSAVED
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
    """Those of a sheet of openpyxl, which does not tell them of one that it reads row by row; and its formulas
    without a result, whose cells look empty to it."""
    from openpyxl.utils import column_index_from_string

    found: set[Range] = set()
    unsaved: set[tuple[int, int]] = set()
    hidden: set[int] = set()
    rest = b""
    with worksheet.parent._archive.open(worksheet._worksheet_path) as part:
        while data := part.read(1 << 20):
            text = rest + data
            if b"<f" in text:
                cells = (told.group(2, 1) for told in _UNSAVED.finditer(text))
                unsaved |= {(int(line), column_index_from_string(name.decode()) - 1) for line, name in cells}
            hidden |= {int(told[1]) for told in _HIDDEN.finditer(text)}
            for told in _RANGE.finditer(text):
                left, right = (column_index_from_string(told[n].decode()) - 1 for n in (1, 3))
                found.add((int(told[2]), int(told[4]), left, right))
            cell = text.rfind(b"<c ")
            rest = text[max(cell if cell >= 0 else text.rfind(b"<"), len(text) - _LONGEST) :]
    return MergedRanges(found, unsaved, hidden)


def of_old_excel(path: Path, sheet: str) -> MergedRanges:
    """Those of a sheet of a workbook as Excel wrote it until 2003."""
    from python_calamine import CalamineWorkbook

    ranges = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).merged_cell_ranges or []
    return MergedRanges((top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in ranges)


def of_opendocument(path: Path) -> dict[str, MergedRanges]:
    """Those of all sheets of an OpenDocument workbook by name, whose library does not tell them.

    The library holds every cell of a sheet up to its last row and column, and one that is said to be repeated as often:
    raises InputError for more of them than are read.
    """
    found: dict[str, list[Range]] = {}
    hidden: dict[str, list[int]] = {}
    ranges: list[Range] = []
    unseen: list[int] = []
    line, column, repeated, across = 1, 0, 1, 1
    last_line = last_column = held = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal ranges, unseen, line, column, repeated, across, last_line, last_column
        if name == "table:table":
            name = attributes.get("table:name", "")
            ranges, unseen = found.setdefault(name, []), hidden.setdefault(name, [])
            line, last_line, last_column = 1, 0, 0
        elif name == "table:table-row":
            column, repeated = 0, int(attributes.get("table:number-rows-repeated", 1))
            if attributes.get("table:visibility", "visible") != "visible":
                unseen.extend(range(line, line + min(repeated, bounds.ROWS)))
        elif name in _CELLS:
            down = int(attributes.get("table:number-rows-spanned", 1))
            right = int(attributes.get("table:number-columns-spanned", 1))
            if down > 1 or right > 1:
                ranges.append((line, line + down - 1, column, column + right - 1))
            across = int(attributes.get("table:number-columns-repeated", 1))
            column += across
            if not attributes.keys() <= _LOOKS:
                tell()
        elif name == "text:p":
            tell()

    def tell() -> None:
        nonlocal last_line, last_column
        last_line, last_column = line + repeated - 1, max(last_column, column)

    def end(name: str) -> None:
        nonlocal line, held
        if name == "table:table-row":
            line += repeated
        elif name == "table:table":
            held += last_line * last_column
            if held > bounds.HELD:
                raise bounds.beyond("cells", bounds.HELD, file=path, value=held)

    def refuse(*_: object) -> None:
        raise InputError("the file declares a document type, which a workbook does not need", file=path)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = refuse
    with zipfile.ZipFile(path) as packed, packed.open("content.xml") as part:
        parser.ParseFile(part)
    return {name: MergedRanges(several, hidden=hidden[name]) for name, several in found.items()}
