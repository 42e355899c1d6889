"""What a proposed mapping does not read of a list, with an example of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..cells.garbled import meant
from ..layout.cell_kinds import cells_of
from .lists import ListPart, across
from .writing import Doubt, MappingText, quoted

LONGEST = 60
"""Letters of an example."""


def unread(parts: Sequence[ListPart], mapping: dict[str, Any], text: MappingText) -> None:
    """Comments at the end of a mapping: sheets, columns and rows that it does not read, and names that look garbled."""
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
            example = next((cell for row in (*part.rows, part.header) for cell in row if cell.strip()), "")
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
        lines += [f"{place}{each}" for each in _garbled(part, text)]
    if lines:
        text.lines.append("")
        text.comment(text.told(Doubt.UNREAD))
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
        yield f"{text.told(Doubt.LINES_ABOVE)}: {part.settings['skip']}"


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


def _example(cell: str, text: MappingText) -> str:
    cut = cell if len(cell) <= LONGEST else f"{cell[:LONGEST]}…"
    return quoted(cut) if cell.strip() else text.told(Doubt.EMPTY)
