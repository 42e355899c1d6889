"""How a list of delimited cells is written: its encoding, and what stands between its cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from .. import bounds
from ..cells import countries
from ..cells.known_places import written
from ..formats.aligned import ALIGNED
from ..formats.aligned import columns as aligned_columns
from ..formats.bulleted import BULLETED, is_bulleted
from ..formats.delimited import DELIMITERS, LINES, SINGLE_BYTES, Row, likely_encoding
from ..layout.cell_kinds import SAMPLE, is_country
from ..list_words.headers import meaning
from .lists import ListPart
from .sections import sections

HEAD = 2000
"""Bytes in which names of columns and countries are looked for to tell an encoding."""
_SEP = re.compile("sep=(.)\\s*$", re.IGNORECASE)


def delimiter_of(text: str) -> str:
    """What stands between the cells of a file: the sign by which whole records have the most columns, as many in nearly
    every one."""

    def columns(sign: str) -> tuple[bool, int, float]:
        records = islice(csv.reader(StringIO(text, newline=""), delimiter=sign), SAMPLE)
        try:
            widths = Counter(len(row) for row in records if any(row))
        except csv.Error:
            return False, 0, 0.0
        width, number = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        share = number / max(sum(widths.values()), 1)
        return share >= 0.8 and width > 1, width, share

    best = max(",;\t|", key=columns)
    aligned = len(aligned_columns(text.splitlines()[:SAMPLE]))
    return ALIGNED if aligned > 1 and (not columns(best)[0] or columns(best)[1] <= aligned) else best


def delimited(path: Path) -> list[ListPart]:
    """The lists in a file of delimited cells, most often one, with the keys of a mapping that say how it is read."""
    data = bounds.read_bytes(path, bounds.STREAM)
    encoding = "utf-8" if _is_utf8(data) else _encoding(data)
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    settings: dict[str, object] = {"file": path.name}
    doubts = []
    if encoding != "utf-8":
        settings["encoding"] = encoding
        doubts.append("encoding")
    start = 0
    if named := _SEP.match(text.partition("\n")[0]):
        text, start = text.partition("\n")[2], 1
    bullets = not named and is_bulleted(text.splitlines(), plain=path.suffix.lower() == ".txt")
    delimiter = BULLETED if bullets else named[1] if named else delimiter_of(text)
    if delimiter != DELIMITERS[path.suffix.lower()]:
        settings["delimiter"] = delimiter
    csv.field_size_limit(bounds.CELL)
    by_line = LINES.get(delimiter)
    rows = by_line(text.splitlines()) if by_line else _records(text, delimiter, start)
    return sections(settings, rows, doubts, str(path))


def _records(text: str, delimiter: str, start: int) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line = start + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # the load will tell of it
            cells = []
        if cells:
            yield line, cells
        line = reader.line_num + 1 + start


def _encoding(data: bytes) -> str:
    """The likely encoding of a list, or of those that are met most the one in which more of its words are known; of
    several that of which more are names letter for letter, and then the one with fewer signs inside of words."""

    def known(encoding: str) -> tuple[int, int, int]:
        top = data[:HEAD].decode(encoding, errors="replace")
        cells = set(map(str.strip, re.split(r'[,;|"\t\r\n]', top))) - {""}
        names = sum(cell.casefold() in written() or cell.casefold() in countries.written() for cell in cells)
        return sum(bool(meaning(cell)) or is_country(cell) for cell in cells), names, -len(_INSIDE.findall(top))

    likely = likely_encoding(data) or "cp1252"
    return likely if likely == "utf-16" else max(dict.fromkeys((likely, *SINGLE_BYTES)), key=known)


_INSIDE = re.compile(r"(?<=[^\W\d_])[\u0080-\u00bf\u00d7\u00f7](?=[^\W\d_])|(?<![^\W_])[¿³¹²¼½¾ªº¶±](?=[^\W\d_])")
"""Signs and figures before letters, where a word has none."""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
