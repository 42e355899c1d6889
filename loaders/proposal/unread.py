"""What a proposed mapping does not read of a list, with an example of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..cells.cells import UNSAVED
from ..cells.garbled import meant
from ..formats.opening import WORKBOOKS
from ..formats.workbooks import read_workbook
from ..layout.cell_kinds import cells_of
from ..layout.listed import is_listed
from .lists import ListPart, across
from .writing import Doubt, MappingText, quoted

LONGEST = 60
"""Letters of an example."""


def unread(parts: Sequence[ListPart], mapping: dict[str, Any], text: MappingText, beside: Mapping[str, str]) -> None:
    """Comments at the end of a mapping: sheets, columns and rows that it does not read, and names that look garbled.

    beside: what stands in the file beside its lists, by its key.
    """
    lines = []
    for part in parts:
        parts_of = {key: str(part.settings[key]) for key in ("file", "sheet") if part.settings.get(key)}
        theirs = [each for each in mapping.get("tables", []) if parts_of.items() <= each.items()]
        below = sum(parts_of.items() <= each.settings.items() for each in parts) > 1  # one below the other
        if below:
            lies = {key: part.settings.get(key) for key in ("skip", "until")}
            theirs = [each for each in theirs if all(each.get(key) == value for key, value in lies.items())]
        words = {"file": Doubt.FILE, "sheet": Doubt.SHEET}
        where = ", ".join(f"{text.told(words[key])} {quoted(value)}" for key, value in parts_of.items())
        if not theirs:
            at = -1 if is_listed(part.header) else 0
            example = next((cell for row in (*part.rows, part.header) for cell in row[at:] if cell.strip()), "")
            lines.append(f"{where}: {_example(example, text)}")
            continue
        used = set(_columns(theirs))
        place = f"{where}, " if where and len(parts) > 1 else ""
        for at, name in enumerate(part.header):
            cells = cells_of(part.rows, at)
            if name not in used and (cells or not name.startswith("column")):
                lines.append(
                    f"{place}{text.told(Doubt.COLUMN)} {quoted(name)}: {_example(next(iter(cells), ''), text)}"
                )
        lines += [f"{place}{each}" for each in (*_above(part, text, below=below), *_rows(part, theirs, text))]
        lines += [f"{place}{each}" for each in (*_garbled(part, text), *_unsaved(part, text))]
    lines += [f"{text.told(Doubt.KEY)} {quoted(key)}: {_example(value, text)}" for key, value in beside.items()]
    if lines:
        text.lines.append("")
        text.comment(text.told(Doubt.UNREAD))
        for line in lines:
            text.comment(f"  {line}")


def hidden(path: Path, text: MappingText) -> None:
    """Comments on what a workbook holds and does not show: its sheets and rows are read like the others."""
    lines = []
    for name, sheet in read_workbook(path).items() if path.suffix.lower() in WORKBOOKS else ():
        place = f"{text.told(Doubt.SHEET)} {quoted(name)}"
        rows = list(sheet.rows(errors=True))
        if sheet.hidden and rows:
            lines.append(place)
        unseen = sheet.merged().hidden
        if below := [cells for line, cells in rows if line in unseen]:
            example = next(filter(None, map(str.strip, below[0])), "")
            lines.append(f"{place}, {text.told(Doubt.ROWS)}: {len(below)}: {_example(example, text)}")
    if lines:
        text.lines.append("")
        text.comment(text.told(Doubt.HIDDEN))
        for line in lines:
            text.comment(f"  {line}")


def _columns(tables: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The columns of the file that tables name, and those that they make of others."""
    for table in tables:
        yield from table.get("where", {})
        yield from across(table)
        for column in table.get("columns", {}).values():
            for each in column if isinstance(column, list) else [column]:
                if isinstance(each, str):
                    yield each
                else:
                    yield from [each["column"]] if "column" in each else each["columns"]


def _above(part: ListPart, text: MappingText, *, below: bool) -> Iterator[str]:
    """What stands above the header: the number of lines, or the title of a list below another."""
    if below:
        yield from [f"{text.told(Doubt.LINES_ABOVE)}: {_example(part.title, text)}"] if part.title else []
    elif part.settings.get("skip") and "header" not in part.settings:
        example = f": {_example(part.title, text)}" if part.title else ""
        yield f"{text.told(Doubt.LINES_ABOVE)}: {part.settings['skip']}{example}"


def _rows(part: ListPart, tables: Sequence[dict[str, Any]], text: MappingText) -> Iterator[str]:
    """The kinds of rows that every table leaves out, and what is said to be none."""
    unless = part.settings.get("unless")
    if isinstance(unless, dict):
        for name, words in unless.items():
            yield from (f"{text.told(Doubt.ROWS)} {quoted(name)} = {_example(word, text)}" for word in words)
    wheres = [each.get("where") for each in tables]
    if not wheres or not all(wheres):
        return
    left: dict[tuple[str, str], int] = {}
    for row in part.rows:
        if any(
            all(row[part.header.index(name)].strip() in words for name, words in where.items())
            for where in wheres
            if where
        ):
            continue
        name = next(iter(wheres[0] or {}))
        key = name, row[part.header.index(name)].strip()
        left[key] = left.get(key, 0) + 1
    for (name, word), number in left.items():
        yield f"{text.told(Doubt.ROWS)} {quoted(name)} = {_example(word, text)} ({number})"


def _garbled(part: ListPart, text: MappingText) -> Iterator[str]:
    """A name that looks as if it had been read in another encoding, in each column that has one."""
    for at, name in enumerate(part.header):
        for cell in cells_of(part.rows, at):
            if right := meant(cell):
                column = f"{text.told(Doubt.COLUMN)} {quoted(name)}"
                yield f"{column}: {_example(cell, text)} → {_example(right, text)}: {text.told(Doubt.GARBLED)}"
                break


def _unsaved(part: ListPart, text: MappingText) -> Iterator[str]:
    """The columns with formulas whose results are not saved."""
    for at, name in enumerate(part.header):
        if number := sum(row[at] == UNSAVED for row in part.rows):
            yield f"{text.told(Doubt.COLUMN)} {quoted(name)}: {text.told(Doubt.UNSAVED)}: {number}"


def _example(cell: str, text: MappingText) -> str:
    cut = cell if len(cell) <= LONGEST else f"{cell[:LONGEST]}…"
    return quoted(cut) if cell.strip() else text.told(Doubt.EMPTY)
