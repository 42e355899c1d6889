"""What an analysis hands over: headline sentences, then tables, all in one language, for a command to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .phrases import Phrase
from .speech import Speech
from .tables import Table, TableColumn

T = TypeVar("T")
MOST_CITIES = 5
"""Cities of which one report can be."""


@dataclass(frozen=True)
class Section(Table):
    """A table of a report."""

    key: str
    title: str


@dataclass(frozen=True)
class Topic:
    """Headlines that belong together, and what they are of."""

    key: str
    title: str
    sentences: tuple[Phrase, ...]


@dataclass(frozen=True)
class CityReport:
    """Headlines, the most telling one first, and the tables that they are made of."""

    lang: str
    headlines: tuple[Phrase, ...]
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section:
        """The section of this key. Raises KeyError."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)


def section(
    say: Speech, key: str, title: tuple[str, str], columns: Sequence[TableColumn[T]], things: Iterable[T]
) -> Section:
    """A section in the language of a speech: its title in English and Persian, and a row for each thing."""
    table = Table.of(say.lang, columns, things)
    return Section(table.names, table.titles, table.rows, key, say(*title))
