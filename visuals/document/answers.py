"""The answer to a saved question as a table for people: names for ids, dates as dates, three values as words."""

from __future__ import annotations

from collections.abc import Sequence

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.schema import class_title
from citydiplomacy.queries.library.question import Column, Question
from citydiplomacy.queries.wording.rows import Row
from citydiplomacy.queries.wording.tables import Cell, Table

_HELD = {"yes": True, "no": False, "unknown": None}


def answer_table(question: Question, rows: Sequence[Row], lang: str) -> Table:
    """Rows under the titles of their columns; bare ids are left out, but for an answer that has nothing else, and a
    name is called as the id that it stands for."""
    ids = {column.name: column for column in question.columns if column.type == "id"}
    told = [column for column in question.columns if column.type not in ("id", "ids")] or list(question.columns)
    return Table(
        tuple(column.name for column in told),
        tuple(ids.get(column.name.removesuffix("_name"), column).title[lang] for column in told),
        tuple(tuple(_cell(column, row, lang) for column in told) for row in rows),
    ).briefly(*(column.name for column in told if column.name.endswith("_name") or column.name == "parties"))


def _cell(column: Column, row: Row, lang: str) -> Cell:
    value: Cell = row[column.name]
    if column.type == "date" and isinstance(value, str) and value:
        return from_edtf(value)
    if column.type == "class" and isinstance(value, str):
        return class_title(value, lang)
    if column.type == "boolean3" and isinstance(value, str):
        return _HELD[value]
    return value
