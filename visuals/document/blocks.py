"""What a document is made of. Writers lay it out; nothing here says how it looks."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from citydiplomacy.graph.model.values import Date
from citydiplomacy.queries.wording.phrases import Mark, Phrase
from citydiplomacy.queries.wording.tables import Table

from ..svg.svg import Svg


@dataclass(frozen=True)
class Heading:
    """The beginning of a part: level 1 for a part, 2 within it. The key is its address in the document."""

    text: str
    key: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """One or several sentences; their numbers are marks."""

    text: Phrase


@dataclass(frozen=True)
class Points:
    """A list of short sentences or names."""

    items: tuple[Phrase, ...]


@dataclass(frozen=True)
class Sheet:
    """A table with its title, and what has to be said of it."""

    key: str
    title: str
    table: Table
    note: str = ""
    short: str = ""
    """The title in few letters, the city first, for the name of a sheet."""


@dataclass(frozen=True)
class Picture:
    """A figure, which bears its own title, key and sources, and says in words what is to be seen."""

    key: str
    svg: Svg
    alt: str
    share: float = 1.0
    """Of the width of a page."""
    table: Table | None = None
    """What it draws and no table of the document tells, for forms that draw nothing."""


@dataclass(frozen=True)
class Note:
    """What a reader must know beside the text: a caveat, a method."""

    text: Phrase


Block: TypeAlias = Heading | Paragraph | Points | Sheet | Picture | Note


@dataclass(frozen=True)
class Told:
    """What one source tells of one thing: whose it is, which source (its number in the list), where in it."""

    thing: str
    source: int
    locators: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    """On which properties sources disagree."""


@dataclass(frozen=True)
class Entry:
    """An entry of the appendix: what numbers of the text rest on."""

    number: int
    title: str
    """What was asked, or measured."""
    asked: str
    """In JSON: the question with its parameters."""
    table: Table | None = None
    """The rows of the answer."""
    told: tuple[Told, ...] = ()
    note: str = ""

    @property
    def request(self) -> str:
        """The command that asks a saved question again; empty for what is none, of which the title says all."""
        told = json.loads(self.asked)
        return _request(told) if "question" in told else ""


def _request(told: dict[str, Any]) -> str:
    values = told["parameters"].items()
    parameters = (
        f"{name}=({_request(value)})" if isinstance(value, dict) else f"{name}={value}" for name, value in values
    )
    return " ".join(["citydip query", told["question"], *parameters])


@dataclass(frozen=True)
class Reference:
    """A source: its number, name, kind of evidence, date, address and licence; "" or None is unknown."""

    number: int
    id: str
    name: str
    kind: str
    date: Date | None
    address: str
    licence: str


@dataclass(frozen=True)
class Document:
    """A whole document. `author` made it, on `date`, from a `revision` of a store.

    numbers: the entries that a mark of its texts rests on.
    """

    title: str
    subtitle: str
    lang: str
    author: str
    date: Date
    revision: int
    blocks: Sequence[Block]
    entries: Sequence[Entry]
    references: Sequence[Reference]
    numbers: Callable[[Mark], tuple[int, ...]]
