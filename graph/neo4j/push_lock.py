"""Whose turn it is to push: one node on the server, which also tells what was pushed last.

A push writes only while it holds the turn: each of its transactions first takes the lock of the state node and looks
whether the turn is still its own. So what two pushes write cannot mingle, whatever the clocks and the network do. A
push that was killed leaves its turn behind; the next one takes it when it has seen no sign of life for a while.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
import secrets
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar

from citydiplomacy.errors import StoreError

from ..model.validity import ALWAYS, Span

if TYPE_CHECKING:
    import neo4j

T = TypeVar("T")

SILENCE = 10.0
"""Seconds without a transaction after which a push counts as dead. One that was not stops at its next transaction."""
UNSENT = "-"
"""In place of the digest of a source: no source has it."""
MOST_TAKEN = 1000
"""Of what pushes took of what people made or changed, so many things are remembered, the last ones."""
LOOK = 0.5
"""Seconds between two looks at another's turn."""

_TAKE: LiteralString = """
MERGE (state:CityDipState {id: 'state'})
SET state.looked = $token, state.settled = coalesce(state.settled, '')
WITH state
WHERE state.push IS NULL OR state.push = $token OR (state.push = $dead.push AND state.beat = $dead.beat)
SET state.push = $token, state.beat = 0
RETURN properties(state) AS state"""
_STATE: LiteralString = "MATCH (state:CityDipState {id: 'state'})"
_READ: LiteralString = f"{_STATE} RETURN properties(state) AS state"
_BEAT: LiteralString = (
    "MATCH (state:CityDipState {id: 'state', push: $token}) SET state.beat = state.beat + 1 RETURN 1 AS held"
)
_END: LiteralString = (
    "MATCH (state:CityDipState {id: 'state', push: $token}) SET state.settled = $settled REMOVE state.push"
)
_BOOKMARK = re.compile(rb"\x91\xcc\x10(.{16})(?:([\x00-\x7f])|\xc8(.)|\xc9(..)|\xca(.{4})|\xcb(.{8}))\x90", re.DOTALL)
"""What Neo4j packs into a bookmark: the id of the database, and the number of its last transaction that wrote."""


@dataclass(frozen=True, slots=True)
class State:
    """What a server says of the last push."""

    projection: str = ""
    """Digest of what makes the projection besides the sources: the ontology and the program."""
    sources: dict[str, str] = field(default_factory=dict)
    """Digest of what each source said; UNSENT for one of which a push was sending that did not end."""
    revision: int = 0
    days: Span = ALWAYS
    """The days on which the projection says rightly which ties stand."""
    complete: bool = False
    pushed: str = ""
    """When, by the server's clock, in UTC."""
    push: str = ""
    """The push that has the turn."""
    beat: int = 0
    held: dict[str, int] = field(default_factory=dict)
    """How many nodes of each label and relationships of each type were pushed; empty where no push told it."""
    layout: int = 0
    """The version of the marks that things carry beside their properties."""
    settled: str = ""
    """The last transaction of the last push, if all was then as pushed: see `last_write`."""
    absent: frozenset[int] = frozenset()
    """While it is not whole: traces of what somebody had deleted when the push began."""
    touched: frozenset[int] | None = None
    """While it is not whole: traces of what the push makes or takes away; None where more than that may be missing."""

    taking: tuple[str, ...] = ()
    """While it is not whole: lines of what people made or changed, and the push was to overwrite or take away."""
    taken: tuple[str, ...] = ()
    """What pushes took so, each with when, by the server's clock; the last thing last."""

    @staticmethod
    def of(properties: dict[str, Any]) -> State:
        """From the properties of the state node."""
        return State(
            projection=properties.get("projection", ""),
            sources=dict(line.split(" ") for line in properties.get("sources", ())),
            revision=properties.get("revision", 0),
            days=Span(*map(dt.date.fromisoformat, properties["days"])) if "days" in properties else ALWAYS,
            complete=properties.get("complete", False),
            pushed=properties.get("pushed", ""),
            push=properties.get("push", ""),
            beat=properties.get("beat", 0),
            held={name: int(number) for name, number in (line.split(" ") for line in properties.get("held", ()))},
            layout=properties.get("layout", 0),
            settled=properties.get("settled", ""),
            absent=frozenset(properties.get("absent", ())),
            touched=frozenset(properties["touched"]) if "touched" in properties else None,
            taking=tuple(properties.get("taking", ())),
            taken=tuple(properties.get("taken", ())),
        )

    @property
    def is_known(self) -> bool:
        """Whether what is missing of what was pushed can be told from what a push was sending that did not end."""
        return self.complete or self.touched is not None

    def same_as(self, other: State | None) -> bool:
        """Whether both hold the same graph, whole or not."""
        return (
            other is not None
            and (self.sources, self.complete) == (other.sources, other.complete)
            and self.compatible(other)
        )

    def revised(self, before: State | None) -> bool:
        """Whether another push was here since a state was read, or left off in the middle."""
        then = before or State()
        return (self.pushed, self.complete) != (then.pushed, then.complete)

    def compatible(self, other: State) -> bool:
        """Whether both project the same sources to the same graph."""
        return self.projection == other.projection and self.days.meets(other.days)


def thing_of(line: str) -> str:
    """The thing that a line of what is taken tells of, as people know it."""
    return line.partition(" ")[2]


def when_and_thing(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Of lines of what pushes took: when, to the minute in UTC, and what."""
    return [(line[:16].replace("T", " "), thing_of(line)) for line in lines]


def read_state(session: neo4j.Session) -> State | None:
    """What the server says of the last push; None if there was none."""
    return session.execute_read(lambda tx: _state(tx.run(_READ).single()))


def last_write(session: neo4j.Session) -> str:
    """The database and its last transaction that wrote; empty where its bookmarks tell neither.

    While this is the same, nobody has written: neither data nor a definition. Reading counts nothing.
    """
    session.run("RETURN 1").consume()
    told = [one.removeprefix("FB:") for one in session.last_bookmarks().raw_values]
    try:
        packed = base64.b64decode(told[0] + "==") if len(told) == 1 else b""
    except (binascii.Error, ValueError):
        return ""
    found = _BOOKMARK.fullmatch(packed)
    if found is None:
        return ""
    number = next(part for part in found.groups()[1:] if part is not None)
    return f"{found[1].hex()}:{int.from_bytes(number, 'big')}"


def is_quiet(session: neo4j.Session, state: State | None) -> bool:
    """Whether nobody has written since the last push."""
    return state is not None and bool(state.settled) and state.settled == last_write(session)


def _later(transaction: str, writes: int) -> str:
    database, _, number = transaction.rpartition(":")
    return f"{database}:{int(number) + writes}"


def _state(record: neo4j.Record | None) -> State | None:
    try:
        return None if record is None else State.of(record["state"])
    except (TypeError, ValueError, AttributeError):
        raise StoreError(
            "somebody has changed the record of the push on the server, and it cannot be read.",
            hint="Remove it: MATCH (s:CityDipState) DELETE s. Then push once: citydip neo4j push",
        ) from None


class Turn:
    """The turn to push, taken on entering and given back on leaving. `state` is what was there when it was taken."""

    def __init__(
        self, session: neo4j.Session, waiting: Callable[[], None] | None = None, unchanged_since: str = ""
    ) -> None:
        self._session = session
        self._waiting = waiting
        self._token = secrets.token_hex(8)
        self._since, self._writes = unchanged_since, 0
        self.state = State()
        self.as_pushed = False
        """Whether all is as pushed when the turn is given back, but for what others may have written meanwhile."""

    def __enter__(self) -> Turn:
        """Wait for the turn. Raises StoreError where the database is not to be written to."""
        dead: dict[str, Any] = {"push": "", "beat": 0}
        seen, since = (State(), time.monotonic())
        while True:
            taken = self._session.execute_write(self._take, dead)
            if taken is not None:
                self.state = taken
                self._writes += 1
                return self
            now = read_state(self._session) or State()
            if (now.push, now.beat) != (seen.push, seen.beat):
                seen, since = now, time.monotonic()
            elif time.monotonic() - since > SILENCE:
                dead = {"push": seen.push, "beat": seen.beat}
            if self._waiting:
                self._waiting()
            time.sleep(LOOK)

    def _take(self, transaction: neo4j.ManagedTransaction, dead: dict[str, Any]) -> State | None:
        return _state(transaction.run(_TAKE, token=self._token, dead=dead).single())

    def __exit__(self, *_: object) -> None:
        """Give the turn back, if the server can be reached; else the next push waits for a sign of life."""
        from neo4j.exceptions import DriverError, Neo4jError

        with suppress(DriverError, Neo4jError):
            # Giving back is the next transaction, if nobody else writes; it is tried once: a server that is gone is not
            # waited for.
            alone = self.as_pushed and self._since and _later(self._since, self._writes)
            settled = _later(self._since, self._writes + 1) if alone and last_write(self._session) == alone else ""
            self._session.run(_END, token=self._token, settled=settled).consume()

    def watch(self) -> None:
        """From here on count what this push writes: if no more was written, nobody else has."""
        self._since, self._writes = last_write(self._session), 0

    def transaction(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Do work in one transaction, tried again where the server asks for it; nobody can take the turn meanwhile.

        Raises StoreError if the turn was lost.
        """

        def fenced(transaction: neo4j.ManagedTransaction) -> T:
            if transaction.run(_BEAT, token=self._token).single() is None:
                raise StoreError(
                    "another push took over, since this one gave no sign of life.",
                    hint="Run it again when that one has ended.",
                )
            return work(transaction)

        done = self._session.execute_write(fenced)
        self._writes += 1
        return done

    def begin(self, told: State) -> None:
        """From here on the graph is neither the old one nor the new one. told: see `Plan.on_the_way`."""
        touched = None if told.touched is None else sorted(told.touched)
        said = {"complete": False, "absent": sorted(told.absent), "touched": touched, "taking": [*told.taking]}
        self.transaction(lambda tx: tx.run(f"{_STATE} SET state += $said", said=said | _lines(told)).consume())

    def complete(self, told: State, taken: Collection[str]) -> None:
        """Write down what the server holds now, how much of what, and what this and those cut off before took."""
        said = {
            "projection": told.projection,
            "revision": told.revision,
            "days": [str(day) for day in told.days],
            "layout": told.layout,
            "complete": True,
            "absent": None,
            "touched": None,
            "taking": None,
        }
        asked: LiteralString = f"""{_STATE}
            SET state += $said, state.pushed = toString(datetime())
            WITH state WHERE $taken <> []
            SET state.taken = (coalesce(state.taken, []) + [one IN $taken | state.pushed + ' ' + one])[-$most..]"""
        values = {"said": said | _lines(told), "taken": [*taken], "most": MOST_TAKEN}
        self.transaction(lambda tx: tx.run(asked, values).consume())


def _lines(told: State) -> dict[str, list[str]]:
    """The properties of a state that are kept by name."""
    return {
        "sources": [f"{name} {digest}" for name, digest in sorted(told.sources.items())],
        "held": [f"{name} {number}" for name, number in sorted(told.held.items())],
    }
