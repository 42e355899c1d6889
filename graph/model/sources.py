"""What a loader hands to the store: a source and the records that it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from citydiplomacy.ontology.schemes import schemes

from .records import Source
from .schema import Record


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said."""

    file: str
    line: int | None
    column: str = ""


@dataclass(frozen=True, slots=True)
class SourceRecords:
    """One source and all that it says: each record once, sorted by id, the source itself not among them."""

    source: Source
    records: Iterable[Record]
    as_read: Iterable[Record] | None = None
    """Its records before things took the ids by which they are known; None if they have those of their own."""
    alone: bool = False
    """Whether the other sources of its collection stay as they are when it is put into a store."""
    places: Callable[[str], Place | None] = lambda _: None
    """Where it refers to an id first, if that can be told; for errors."""


def voice(source: str, origins: Mapping[str, str]) -> str:
    """Whose voice a source is: the root of the chain of origins, itself if it repeats nobody.

    Sources of one voice are no two witnesses. source: its id. origins: of each source that has one, the id of its
    origin. A chain that comes back to itself, which loaders refuse, ends where it would.
    """
    passed = {source}
    while (origin := origins.get(source)) and origin not in passed:
        passed.add(origin)
        source = origin
    return source


def reliability(source: Source) -> int:
    """A source's reliability, 1 to 5: its own, or that of its kind of evidence; 1 if neither is known."""
    if source.reliability is not None:
        return source.reliability
    kind = schemes()["evidence-kind"].get(source.kind)
    return (kind.reliability if kind else None) or 1
