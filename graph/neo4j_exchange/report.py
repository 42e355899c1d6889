"""What a pull found: what it brings, and what it saw and does not bring, each with the reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from citydiplomacy.errors import VALUE, in_a_line

from ..model.schema import Record
from ..model.sources import SourceRecords
from ..neo4j.difference import Thing
from ..property.values import says
from .server_edits import Proposed


class Refusal(NamedTuple):
    """What was not taken, and why."""

    thing: str
    reason: str


class Deletion(NamedTuple):
    """What somebody deleted on the server, and sources tell."""

    thing: Thing
    sources: tuple[str, ...]
    is_tie: bool
    """Whether it may have ended; what is no tie does not end."""
    hung: tuple[Thing, ...] = ()
    """Relationships that went with it."""


class RecordChange(NamedTuple):
    """A record of which a pull tells something, and what, in words."""

    thing: Thing
    says: list[str]

    @staticmethod
    def between(now: Record, then: Record | None) -> list[str]:
        """What a record says that another does not."""
        said = says(then) if then else []
        return [in_a_line(one, VALUE) for one in says(now) if one not in said]


@dataclass
class PullReport:
    """What a pull found."""

    told: SourceRecords | None = None
    """The source to be loaded, with what earlier pulls of it brought; None if nothing of it is new."""
    retold: list[SourceRecords] = field(default_factory=list)
    """Sources of other pulls of which something is withdrawn."""
    made: list[Thing] = field(default_factory=list)
    """Records that the source tells and the store did not know."""
    changed: list[RecordChange] = field(default_factory=list)
    """Records of which it tells something for the first time, or otherwise than before."""
    withdrawn: list[Thing] = field(default_factory=list)
    """Records of which a pull told something that is no longer so on the server."""
    deleted: list[Deletion] = field(default_factory=list)
    """Each is a question: did it end, did it never stand, or is it to be put back?"""
    redrawn: list[Thing] = field(default_factory=list)
    """Ties that somebody deleted and drew anew, so that they lack what a push marks."""
    proposed: list[Proposed] = field(default_factory=list)
    """Nodes without an id, with one that they could have."""
    copied: list[Thing] = field(default_factory=list)
    """Relationships that somebody has copied with our marks, each once a copy: what they tell otherwise is brought."""
    refused: list[Refusal] = field(default_factory=list)
    whole: bool = True
    """Whether the server's graph was whole: else a push is under way or was cut off."""
    taking: list[str] = field(default_factory=list)
    """What that push was to overwrite or to take away of what people made or changed."""
    taken: list[tuple[str, str]] = field(default_factory=list)
    """What the last push took so, when it was not of this store as it is: when, to the minute in UTC, and what."""
    also_changed: list[str] = field(default_factory=list)
    """Ids of what was changed on the server and, since the push, in the store too: read these again."""
    lost: Counter[str] = field(default_factory=Counter)
    """What records cannot carry, in words, and how often."""
    lost_on: defaultdict[str, list[Thing]] = field(default_factory=lambda: defaultdict(list))
    """Where that is."""

    @property
    def sources(self) -> list[SourceRecords]:
        """What is to be loaded."""
        return [*self.retold, *([self.told] if self.told else [])]


def named(thing: str, lang: str, *known: Callable[[str], Record | None]) -> Thing:
    """A thing with its name; a tie with those of its ends. known: who has records, asked one after the other."""

    def record(one: str) -> Record | None:
        return next((found for ask in known if (found := ask(one)) is not None), None)

    def called(one: str) -> str:
        labels = (found.label(lang) for ask in known if (found := ask(one)) is not None)
        return next((label for label in labels if label != one), "")

    found = record(thing)
    ends = found.schema.ends_of(found) if found else ()
    return Thing(thing, " – ".join(called(end) or end for end in ends) if ends else called(thing))
