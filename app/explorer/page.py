"""A page before it is written in any form: what it says in blocks, and what it tells as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.visuals.document.appendix import Appendix
from citydiplomacy.visuals.document.blocks import Block

from ..data_package import PackedTable
from .address import PageWanted
from .listing import Listing

if TYPE_CHECKING:
    from citydiplomacy.visuals.document.blocks import Document
    from citydiplomacy.visuals.pages.offline import Looked


@dataclass(frozen=True)
class PageLink:
    """A way to another page, and a word on it."""

    text: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Menu:
    """Ways to other pages under a title; without one they stand in a row."""

    links: tuple[PageLink, ...]
    title: str = ""


@dataclass(frozen=True)
class Field:
    """A field of a form. kind: `text`, `date`, `number`, `select`, `area` (a query), `note` (a few lines), or `part`: a
    title over those that follow.
    """

    name: str
    label: str
    value: str = ""
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    """Of a `select`: (value, text); of an `area` the words that are offered while one writes, and what they mean."""
    required: bool = False
    suggest: str = ""
    """Among which records names are suggested while one writes; empty for none, `any` for all."""
    hint: str = ""
    """What can be written there."""
    error: str = ""
    """What is wrong with what was written there."""


@dataclass(frozen=True)
class PageForm:
    """A form that asks another page by GET, so that what it asks can be bookmarked; or one that changes the store."""

    action: str
    fields: tuple[Field, ...]
    button: str
    hidden: tuple[tuple[str, str], ...] = ()
    title: str = ""
    needs_server: bool = False
    """Whether it works only where a server answers."""
    cancel: str = ""
    """Of what may take long: the word on the button that breaks it off."""
    changes: bool = False
    """Whether it changes the store: it is then sent by POST, with the token of its page."""
    choices: tuple[tuple[str, str, str], ...] = ()
    """In place of the one button: (name, value, text) of each."""


@dataclass(frozen=True)
class Message:
    """What became of what was sent, a line a sentence."""

    lines: tuple[Phrase, ...]
    wrong: bool = False


@dataclass(frozen=True)
class Code:
    """A text for programs, and the line in which something is wrong; 0 for none."""

    text: str
    wrong: int = 0


@dataclass(frozen=True)
class Results:
    """Where a script shows what it finds, on a page that is a file."""

    without: str
    """What is said where no script runs."""
    none: str
    """What is said where nothing is found."""


@dataclass(frozen=True)
class FeedEntry:
    """An entry of a feed: of which record, its name, how it changed, when, and a sentence more."""

    record: str
    name: str
    how: str
    day: dt.date | None
    """None where it is not told."""
    told: str
    is_there: bool
    """Whether there is a page of the record."""


OnPage: TypeAlias = Block | Listing | Menu | PageForm | Message | Code | Results


@dataclass(frozen=True)
class Page:
    """A page. What is for programs alone is in `parts`, `asked` and `things`."""

    wanted: PageWanted
    title: str
    blocks: Sequence[OnPage]
    parts: Sequence[PackedTable] = ()
    """Its tables as data, whole."""
    asked: Mapping[str, Any] = field(default_factory=dict)
    """What was asked, in words that a program understands."""
    headlines: Sequence[Phrase] = ()
    caveats: Sequence[Phrase] = ()
    things: Sequence[str] = ()
    """Ids of what it is about, which its Turtle describes."""
    appendix: Appendix | None = None
    """What its numbers rest on, and the sources at its foot."""
    subtitle: str = ""
    document: Document | None = None
    """A page that is a document in itself, a dossier, is written as that in other forms."""
    picture: str = ""
    """The markup of a drawing that the page shows, as a file."""
    looked: Looked | None = None
    """A page to look through, which is all of it."""
    feed: Sequence[FeedEntry] | None = None
    """What the page tells of as a feed; None for a page that is none."""
    token: str = ""
    """Of a page whose forms change the store: what they send to show that they are ours."""
    status: int = 200
