"""What changed: between two dates of one store, or between two stores, record by record of the merged view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from citydiplomacy.graph.language.date_words import bounded, format_date
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.holding import Held, told_by
from citydiplomacy.graph.model.records import Observation
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Property, Record, Tie
from citydiplomacy.graph.model.validity import DATED, ENDED, Span, between, held
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store import scan
from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import told_pairs
from citydiplomacy.ontology.labels import relation_label
from citydiplomacy.ontology.schemes import schemes

from ..wording.phrases import in_brief


class Differing(StrEnum):
    """How a record differs."""

    APPEARED = "appeared"
    GONE = "gone"
    BETWEEN = "between"
    """Of dates: it surely began after the earlier one and ended before the later."""
    CHANGED = "changed"
    UNKNOWN = "unknown"
    """Of dates: whether it held is known at one of them only."""
    DATED = "dated"
    """Of dates: an activity, a figure or a list, which do not hold but have a day, surely between them."""
    PERHAPS_DATED = "perhaps dated"
    """Of dates: an activity, a figure or a list whose day may lie between them."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. Of dates, before and after say whether a tie held; of stores, a property's values."""

    how: Differing
    record: Record
    property: str = ""
    before: Any = None
    after: Any = None
    sources: tuple[str, ...] = ()
    """Who says so: those that tell the record, or the value after; of what is gone, those that told it."""


@dataclass(slots=True)
class Changes:
    """What changed, in the order of ids; and by class how many records there are of each kind, also not listed."""

    listed: list[Change] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, *changes: Change) -> None:
        """Take in what is told of one record."""
        self.listed += changes
        self.count(changes[0].record, changes[0].how)

    def count(self, record: Record, what: str) -> None:
        """Count a record."""
        self.counts.setdefault(record.schema.name, Counter())[what] += 1


def between_dates(
    store: Store, one: Date, other: Date, city: str | None = None, among: Iterable[Record] | None = None
) -> Changes:
    """Ties that held at one date and not at the other; activities, figures and lists of members of a day between them.

    city: only records that name this city (its id). among: these records in place of all. What held at both, or at
    neither, or is of a day outside, is counted as `same`, and what is known at neither date as `undated`. The other way
    round, appeared and gone are exchanged.
    """
    changes = Changes()
    first, second = Span.of(one), Span.of(other)
    support = once(store, scan.support)
    for record in scan.records(store) if among is None else among:
        if not isinstance(record, DATED) or not _concerns(record, city):
            continue
        before, after = held(record, first, store.day), held(record, second, store.day)
        surely = Held.UNKNOWN not in (before, after)
        if before is after is Held.UNKNOWN:
            changes.count(record, "undated")
        elif before is after and not between(record, first, second, store.day):
            changes.count(record, "same")
        elif isinstance(record, Tie):
            how = _HOW[before, after] if surely else Differing.UNKNOWN
            changes.add(Change(how, record, "", before.value, after.value, tuple(support.get(record.id, ()))))
        else:
            how = Differing.DATED if surely else Differing.PERHAPS_DATED
            changes.add(Change(how, record, sources=tuple(support.get(record.id, ()))))
    return changes


def told_to_change(store: Store) -> Iterator[Record]:
    """The records whose dates or status tell that they began or were over at some time: of all others it is unknown at
    every date whether they held, or they always did.
    """
    days = {entry.by_name[entry.day].predicate for entry in REGISTRY.values() if entry.day}
    ends = {entry.by_name["end"].predicate for entry in REGISTRY.values() if issubclass(entry.cls, Tie)}
    told = {record for predicate in sorted(ends) for record, _ in told_pairs(store, f"<{predicate}>")}
    for predicate in sorted(days):  # what began at an unknown time before a day is never known not to have begun
        told |= {record for record, day in told_pairs(store, f"<{predicate}>") if from_edtf(day).earliest}
    ended = {tie for tie, status in told_pairs(store, "cd:status") if status == ENDED}
    for record_id in sorted(told | ended):
        record = store.get(record_id)
        if record is not None:
            yield record


def since_revision(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[Differing, str]]:
    """What is new, gone or told otherwise than at a revision: how, and the id. before, now: digest of each record."""
    for record in sorted(before.keys() | now.keys()):
        if record not in now:
            yield Differing.GONE, record
        elif record not in before:
            yield Differing.APPEARED, record
        elif before[record] != now[record]:
            yield Differing.CHANGED, record


_HOW = {
    (Held.NO, Held.YES): Differing.APPEARED,
    (Held.YES, Held.NO): Differing.GONE,
    (Held.NO, Held.NO): Differing.BETWEEN,
}


def between_stores(one: Store, other: Store, city: str | None = None) -> Changes:
    """Records of the merged view that only one of two stores has, and the properties on which they differ.

    city: only this city and records that name it. A source whose words changed has a row for the number of its
    statements. What is the same in both is counted as `same`.
    """
    changes = Changes()
    for before, after in _pairs(scan.records(one), scan.records(other)):
        record = after or before
        assert record is not None
        if not any(_concerns(each, city) for each in (before, after) if each):
            continue
        if after is None:
            changes.add(Change(Differing.GONE, record, sources=tuple(sorted(one.claims(record.id)))))
        elif before is None:
            changes.add(Change(Differing.APPEARED, record, sources=tuple(sorted(other.claims(record.id)))))
        elif differing := [*_properties(one, other, before, after), *_statements(one, other, after)]:
            changes.add(*differing)
        else:
            changes.count(record, "same")
    return changes


def title(store: Store, record: Record, lang: str) -> str:
    """A record in words: its name, or what it ties and how, and whether that is only meant or over; of a figure also of
    what and of when it is told.
    """
    if record.labels:
        return record.label(lang)
    ends: list[str] = []
    kind: list[str] = []
    for prop in record.schema.own:
        value = getattr(record, prop.name)
        if not prop.required or not value:
            continue
        if prop.kind is Kind.REFERENCE:
            ends += [_label(store, each, lang) for each in (value if prop.many else (value,))]
        elif prop.kind is Kind.CONCEPT:
            kind = kind or [schemes()[prop.range[0]][value].label(lang)]
        elif prop.kind is Kind.TERM:  # what a judgement says of its ends: that one lacks the other, too
            kind.append(relation_label(value, lang))
    if isinstance(record, Observation):
        kind += [_label(store, record.topic, lang)] if record.topic else []
        kind.append(format_date(record.period, lang) if record.period else {"en": "no date", "fa": "بی‌تاریخ"}[lang])
    if isinstance(record, Tie):  # said alone, what is only meant, over or in doubt must not read as standing
        if record.status and told_by(record.status) != "up":
            kind.append(schemes()["status"][record.status].label(lang))
        if record.end:
            kind.append(bounded({"en": "until", "fa": "تا"}[lang], record.end, lang))
    how = {"en": ", ", "fa": "، "}[lang].join(kind)
    return " – ".join(ends) + (f" ({how})" if how else "") if ends else record.id


def _label(store: Store, record_id: str, lang: str) -> str:
    if concept := schemes().get(record_id.partition("/")[0], {}).get(record_id):
        return concept.label(lang)
    record = store.get(record_id)
    return in_brief(title(store, record, lang)) if record else record_id


def _concerns(record: Record, city: str | None) -> bool:
    """Whether a record is a city or names it; every record does if no city is asked."""
    if city is None or record.id == city:
        return True
    values = (getattr(record, prop.name) for prop in record.schema.own if prop.kind is Kind.REFERENCE)
    return any(value == city or (isinstance(value, tuple) and city in value) for value in values)


def _pairs(one: Iterator[Record], other: Iterator[Record]) -> Iterator[tuple[Record | None, Record | None]]:
    """Records of two streams that are sorted by id, side by side."""
    left, right = next(one, None), next(other, None)
    while left or right:
        if right is None or (left is not None and left.id < right.id):
            yield left, None
            left = next(one, None)
        elif left is None or right.id < left.id:
            yield None, right
            right = next(other, None)
        else:
            yield left, right
            left, right = next(one, None), next(other, None)


def _properties(one: Store, other: Store, before: Record, after: Record) -> Iterator[Change]:
    if before == after:
        return
    for prop in after.schema.properties:
        old, new = getattr(before, prop.name), getattr(after, prop.name)
        if old != new:
            gone = new in (None, ())
            sources = _tellers(one, before.id, prop, old) if gone else _tellers(other, after.id, prop, new)
            yield Change(Differing.CHANGED, after, prop.name, old or None, new or None, sources)


def _tellers(store: Store, record_id: str, prop: Property, value: Any) -> tuple[str, ...]:
    """The sources that tell a value, or some of several."""
    claims = {source: getattr(claim, prop.name) for source, claim in store.claims(record_id).items()}
    several = isinstance(value, tuple)
    return tuple(
        sorted(
            source for source, said in claims.items() if (not set(said).isdisjoint(value) if several else said == value)
        )
    )


def _statements(one: Store, other: Store, record: Record) -> Iterator[Change]:
    """That a source says something else than before, or more or less."""
    old, new = one.manifest.sources.get(record.id), other.manifest.sources.get(record.id)
    if old and new and old.digest != new.digest:
        yield Change(Differing.CHANGED, record, "statements", old.quads, new.quads, (record.id,))
