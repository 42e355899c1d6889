"""Sources of pulls: what people changed on a server, as the store keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..language.dates import parse_date
from ..merged.rule import Claim, merge
from ..merged.view import CORRECTION
from ..model import ids
from ..model.records import Source
from ..model.schema import Property, Record
from ..model.sources import SourceRecords, reliability
from ..model.values import Date, Text
from ..neo4j.marks import digest
from ..store.reader import Store

BY_PULL = "source/neo4j-"
"""How the ids of sources of pulls begin."""
_AT = "neo4j "
"""How the locator of a thing begins that somebody made on a server."""


def source_of(who: str, when: dt.date) -> Source:
    """The source of what a person changed."""
    return Source(
        id=f"{BY_PULL}{ids.slug(who)}",
        kind=CORRECTION,
        labels=(Text(f"Changes on Neo4j: {who}", "en"), Text(f"تغییرها در نئوفورجی: {who}", "fa")),
        creators=(who,),
        retrieved=parse_date(when.isoformat()),
    )


def pulled(store: Store) -> Iterator[SourceRecords]:
    """The sources of pulls that a store holds, as they were read."""
    for source_id in sorted(store.manifest.sources):
        if source_id.startswith(BY_PULL):
            records = {record.id: record for record in store.records(source=source_id)}
            source = records.pop(source_id)
            assert isinstance(source, Source)
            yield SourceRecords(source, [records[one] for one in sorted(records)], alone=True)


def locator(element: str, properties: Mapping[str, Any]) -> str:
    """Where on the server a thing is that somebody made, and what it said when it was pulled; of a thing that somebody
    changed, in which database.
    """
    return f"{located(element)}{digest(properties)}"


def located(element: str) -> str:
    """How the locators of a thing begin."""
    return f"{_AT}{element} "


@dataclass(frozen=True)
class Made:
    """A thing that somebody made or changed on a server, and that was pulled."""

    database: str
    """The server's own id of the database."""
    element: str
    """Its own id of the thing; "" for one that was pushed, and changed there."""
    said: int
    """The digest of what it said then."""


def made(told: Iterable[SourceRecords]) -> dict[str, Made]:
    """By id, the records that were made or changed on a server and pulled from there."""
    found = {}
    for one in told:
        for record in one.records:
            for where in record.locators:
                if where.startswith(_AT):
                    element, _, said = where.removeprefix(_AT).rpartition(" ")
                    database = element.split(":")[1] if ":" in element else element
                    found[record.id] = Made(database, element if ":" in element else "", int(said))
    return found


def says(record: Record, prop: Property, value: Any) -> bool:
    """Whether a record says so already."""
    said = getattr(record, prop.name)
    return set(value) <= set(said) if isinstance(said, tuple) and isinstance(value, tuple) else _same(said, value)


def _same(one: Any, other: Any) -> bool:
    """Whether two values tell the same; of dates, in whatever words: a server has none but EDTF."""
    if isinstance(one, Date) and isinstance(other, Date):
        return one.edtf == other.edtf
    return bool(one == other)


def withdrawn(record: Record, prop: Property, now: Any, language: str = "") -> Record:
    """A record without what it says of a property and is not what is there now. language: of texts, only in that."""
    said = getattr(record, prop.name)
    kept: Any = None
    if not isinstance(said, tuple):
        return record if said is None or _same(said, now) else _with(record, prop, kept)
    there = set(now or ())
    kept = tuple(one for one in said if one in there or (language and one.lang != language))
    return record if kept == said else _with(record, prop, kept)


def _with(record: Record, prop: Property, value: Any) -> Record:
    values: dict[str, Any] = {prop.name: value}
    return replace(record, **values)


def merged_as(store: Store, thing: str, told: Mapping[str, Mapping[str, Record]]) -> Record | None:
    """What a store says of a thing if some of its sources, by their ids, tell these records and no other."""
    claims = []
    for source_id, record in store.claims(thing).items():
        now = told[source_id].get(thing) if source_id in told else record
        source = store.get(source_id)
        if now is not None and isinstance(source, Source):
            seen = source.date.latest if source.date else None
            claims.append(Claim(source_id, source_id, reliability(source), seen, now, source.kind == CORRECTION))
    return merge(claims).record if claims else None


def tells_nothing(record: Record) -> bool:
    """Whether a record says no more than what every record of its class must say."""
    return all(
        prop.required or prop.name == "locators" or getattr(record, prop.name) in (None, ())
        for prop in record.schema.properties
    )
