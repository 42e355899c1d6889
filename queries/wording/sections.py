"""What an analysis hands over: headline sentences, then tables, all in one language, for a command to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from citydiplomacy.graph.model.values import Date

Cell: TypeAlias = str | int | bool | Decimal | Date | tuple[str, ...] | None
"""None is unknown. Where a cell tells whether something is so, True is yes, False a checked no, None unknown."""


@dataclass(frozen=True)
class Section:
    """A table. A column `x` beside a column `x_name` holds the id of what is named there."""

    key: str
    title: str
    columns: tuple[tuple[str, str], ...]
    """(name, title) of each column."""
    rows: tuple[tuple[Cell, ...], ...]

    def records(self) -> list[dict[str, Cell]]:
        """The rows by column name."""
        names = [name for name, _ in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Report:
    """Headlines, the most telling one first, and the tables that they are made of."""

    lang: str
    headlines: tuple[str, ...]
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section:
        """The section of this key. Raises KeyError."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)


def section(
    lang: str, key: str, en: str, fa: str, columns: Iterable[tuple[str, str, str]], rows: Iterable[tuple[Cell, ...]]
) -> Section:
    """A section in a language, from titles in English and Persian. columns: (name, English title, Persian title)."""
    persian = lang == "fa"
    return Section(
        key,
        fa if persian else en,
        tuple((name, in_persian if persian else in_english) for name, in_english, in_persian in columns),
        tuple(rows),
    )
