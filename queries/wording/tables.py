"""Tables: a column says once how it is called, in either language, and what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeAlias, TypeVar

from citydiplomacy.graph.fields import Frozen, frozen
from citydiplomacy.graph.model.values import Date

from .phrases import in_brief

Cell: TypeAlias = str | int | float | Decimal | Date | tuple[str, ...] | None
"""None is unknown. Where a cell tells whether something is so, True is yes, False a checked no, None unknown."""

T = TypeVar("T")


@frozen
class TableColumn(Frozen, Generic[T]):
    """A column of a table, each row of which is about one thing.

    A column `x` beside a column `x_name` holds the id of what is named there.
    """

    name: str
    title_en: str
    title_fa: str
    value: Callable[[T], Cell]

    def title(self, lang: str) -> str:
        """What stands over the column."""
        return self.title_fa if lang == "fa" else self.title_en


@dataclass(frozen=True)
class Table:
    """Rows under the names and titles of their columns, in one language."""

    names: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @staticmethod
    def of(lang: str, columns: Sequence[TableColumn[T]], things: Iterable[T]) -> Table:
        """A row for each thing."""
        return Table(
            tuple(column.name for column in columns),
            tuple(column.title(lang) for column in columns),
            tuple(tuple([column.value(thing) for column in columns]) for thing in things),
        )

    def records(self) -> list[dict[str, Cell]]:
        """The rows by column name: numbers, dates and tuples as they are, None for what is unknown."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]

    def beside(self, other: Table) -> Table:
        """The columns of this table and after them those of another with as many rows."""
        rows = tuple((*one, *more) for one, more in zip(self.rows, other.rows, strict=True))
        return Table((*self.names, *other.names), (*self.titles, *other.titles), rows)

    def briefly(self, *names: str) -> Table:
        """The table with what some columns name told in brief, so that a name of thousands of letters leaves room."""
        named = {index for index, name in enumerate(self.names) if name in names}
        rows = (tuple(_briefly(cell) if at in named else cell for at, cell in enumerate(row)) for row in self.rows)
        return Table(self.names, self.titles, tuple(rows))

    def for_people(self, *, ids: bool = False) -> Table:
        """The table without the ids that stand beside their names, which come last with `ids`."""
        return self.split(lambda name: name == "id" or f"{name}_name" in self.names, ids=ids)

    def split(self, is_id: Callable[[str], bool], *, ids: bool) -> Table:
        """The columns that are no ids and say something in any row, and after them, with `ids`, those that are ids."""
        order = sorted(range(len(self.names)), key=lambda index: is_id(self.names[index]))
        kept = [
            index
            for index in order
            if (ids or not is_id(self.names[index]))
            and (not self.rows or any(row[index] not in (None, "", ()) for row in self.rows))
        ]
        return Table(
            tuple(self.names[index] for index in kept),
            tuple(self.titles[index] for index in kept),
            tuple(tuple([row[index] for index in kept]) for row in self.rows),
        )


def _briefly(cell: Cell) -> Cell:
    if isinstance(cell, tuple):
        return tuple(map(in_brief, cell))
    return in_brief(cell) if isinstance(cell, str) else cell
