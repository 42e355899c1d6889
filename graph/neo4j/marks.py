"""By what things of ours are known on a server: marks, keys, and digests that tell whether they were changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from citydiplomacy.errors import VALUE, cut

if TYPE_CHECKING:
    from ..property.projection import Relationship

T = TypeVar("T")

MARK = "_CityDip"
"""The label that every node of ours carries beside its own. It sorts last: Neo4j Browser colours nodes by the first."""
DIGEST = "_digest"
"""The property of every node and relationship of ours that tells how it was pushed."""
OURS = "_citydip"
"""The property, always true, that every relationship of ours carries, as nodes carry the label: patterns can ask it."""

REVISION = "revision"
"""The property of every node and relationship of ours that tells at which revision of the store a push last sent it."""
KEPT = f"{MARK}Kept"
"""On a node that no source tells any more and that a relationship of somebody else hangs on."""
BATCH = 10_000
"""Rows that are sent at once."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Key(NamedTuple):
    """What makes a relationship the same: its type, the ids of its ends, and its own id ("" if it has none)."""

    type: str
    start: str
    end: str
    id: str

    @property
    def row(self) -> dict[str, Any]:
        """As a parameter."""
        return {"start": self.start, "end": self.end, "id": self.id}

    @property
    def told(self) -> str:
        """By what people know it: its id, else its ends."""
        return self.id or f"({self.start})-[:{self.type}]->({self.end})"


class Copy(NamedTuple):
    """A relationship that somebody made of one of ours, with its marks."""

    tie: Key
    element: str
    """The server's own id."""
    properties: dict[str, Any]
    exact: bool
    """Whether it tells nothing that the first does not."""


class Nameless(NamedTuple):
    """A node with our label, and without an id that could be one of ours."""

    element: str
    """The server's own id."""
    labels: list[str]
    properties: dict[str, Any]

    def __str__(self) -> str:
        """What people know it by."""
        labels = sorted(label for label in self.labels if not label.startswith(MARK))
        called = self.properties.get("label", self.properties.get("name", ""))
        return " ".join([*labels, *([cut(repr(called), VALUE)] if called else []), f"({self.element})"])


def key(tie: Relationship) -> Key:
    """The key of a relationship of the projection."""
    return Key(tie.type, tie.start[1], tie.end[1], str(tie.properties.get("id", "")))


def digest(properties: Mapping[str, Any]) -> int:
    """A digest of properties, as a 64-bit integer: the same for what a server gives back unchanged."""
    told = repr(sorted(properties.items())).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big", signed=True)


def tie_digest(tie: Key, properties: Mapping[str, Any]) -> int:
    """A digest of a relationship: of its properties, its type and its ends, so that it cannot be moved unseen."""
    return digest({**properties, "": (tie.type, tie.start, tie.end)})


def trace(told: str, type_: str = "", ends: tuple[str, ...] = ()) -> int:
    """A number that stands for a thing: of a node for its id, of a relationship for what it is told by, type and ends.

    So short, it can be noted on the server of each thing that a push is about.
    """
    return digest({"": (told, type_, *ends)})


def trace_of(thing: str | Key) -> int:
    """The trace of a node by its id, or of a relationship."""
    return trace(thing.told, thing.type, (thing.start, thing.end)) if isinstance(thing, Key) else trace(thing)


def native(properties: dict[str, Any]) -> dict[str, Any]:
    """Properties as the driver gives them, with days as Python has them, and without what only tells of pushes.

    A revision that is none stays: somebody has written it.
    """
    from neo4j.time import Date

    if type(properties.get(REVISION)) is int:
        del properties[REVISION]
    for called, value in properties.items():
        if type(value) is Date:
            properties[called] = value.to_native()
    return properties


def texts(value: object) -> list[str]:
    """The texts in a value that tells a list of them, whatever somebody may have put in its place."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def drawn_anew(properties: Mapping[str, Any]) -> dict[str, Any]:
    """What a relationship tells that somebody drew with the properties of one of ours: without what only that has."""
    return {name: value for name, value in properties.items() if name not in (DIGEST, OURS, "id", "iri")}


def name(label: str) -> str:
    """A label or type as it may stand in Cypher: ours are plain words, and nothing else is pasted into a query."""
    if not _NAME.fullmatch(label):
        raise ValueError(f"not a label or relationship type: {label!r}")
    return label


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """Rows in lists of at most BATCH."""
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def by_type(keys: Iterable[Key]) -> dict[str, list[Key]]:
    """Keys by relationship type, sorted by it."""
    found: defaultdict[str, list[Key]] = defaultdict(list)
    for one in sorted(keys):
        found[one.type].append(one)
    return found
