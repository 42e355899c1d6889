"""The cells of an answer in Cypher: values of a property graph as the header of the question declares its columns.

On a server whoever may write writes what they like. What does not fit its column is shown as it is, and told.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.values import Date

if TYPE_CHECKING:
    from .question import Question

Value: TypeAlias = str | int | Decimal | Date | tuple[str, ...] | None
"""A cell. Ids are short (`city/mashhad`, or `schema:startDate` for a term of a vocabulary), dates are EDTF, a boolean3
is `yes`, `no` (checked) or `unknown`, `ids` and `texts` are sorted tuples, a `value` is a number, a Date or a
text; None is unknown."""

Row: TypeAlias = tuple[Value, ...]


class Misfit(NamedTuple):
    """A cell that is not what its column declares."""

    record: str
    """What its row tells of: the id in its first column of ids; "" for what has none, as a tie that somebody drew."""
    beside: str
    """Of such the first id in its row, else the first value."""
    column: str
    type: str
    """What the column declares."""
    value: Value
    """As it is shown."""

    @property
    def reason(self) -> str:
        """In words."""
        return f"{self.column} of {self.record or self.beside}: {self.value!r} is no {self.type}"


def fitted(asked: Question, rows: Sequence[Sequence[Any]]) -> tuple[list[Row], tuple[Misfit, ...]]:
    """Rows of an engine as the columns of a question have them, and what does not fit."""
    readers = [_READERS[column.type] for column in asked.columns]
    ids = [place for place, column in enumerate(asked.columns) if column.type == "id"] or [0]
    misfits: list[Misfit] = []
    cells: list[Row] = []
    for row in rows:
        read: list[Value] = []
        for place, (reader, value) in enumerate(zip(readers, row, strict=True)):
            try:
                read.append(reader(value))
            except (TypeError, ValueError, ArithmeticError):
                read.append(as_it_is(value))
                column = asked.columns[place]
                record = "" if row[ids[0]] is None else as_it_is(row[ids[0]])
                beside = next((as_it_is(one) for one in (*(row[at] for at in ids), *row) if one is not None), "")
                misfits.append(Misfit(record, beside, column.name, column.type, read[-1]))
        cells.append(tuple(read))
    return cells, tuple(misfits)


def as_it_is(value: Any) -> str:
    """A value of a type that a column does not have, as text."""
    match value:
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return f"[{', '.join(as_it_is(one) for one in value)}]"
        case dict():
            return f"{{{', '.join(f'{name}: {as_it_is(one)}' for name, one in value.items())}}}"
        case _:
            return str(value)


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if value is not None and not (isinstance(value, list) and all(isinstance(one, str | None) for one in value)):
        raise TypeError
    return tuple(sorted(filter(None, value or ())))


def _integer(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool | str) or int(value) != value:
        raise TypeError
    return int(value)


def _decimal(value: Any) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError
    return Decimal(repr(value).removesuffix(".0"))


def _date(value: Any) -> str | None:
    if told := _text(value):
        from_edtf(told)
    return told


def _boolean3(value: Any) -> str:
    if value not in ("yes", "no", "unknown"):
        raise ValueError
    return str(value)


_READERS: dict[str, Callable[[Any], Value]] = {
    "id": _text,
    "ids": _texts,
    "text": _text,
    "texts": _texts,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "boolean3": _boolean3,
    "iri": _text,
    "class": _text,
    "statements": _texts,
}
