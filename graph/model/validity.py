"""Whether a tie stands on a day, and whether a record held at a date: yes, no or unknown.

Dates count by the first and last days that they can mean. `stands` takes a tie as it is told, by its status and its
end. `held` looks back, and what the dates of a record do not tell is unknown to it; its rule is that of the saved
question `valid-at`, asked of a stretch of time: whether it held at some time within.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import StrEnum
from typing import Final, NamedTuple

from citydiplomacy.ontology.schemes import schemes

from .records import Roster
from .schema import REGISTRY, Record, Tie
from .values import Date

DATED: Final = tuple(entry.cls for entry in REGISTRY.values() if entry.day)
"""Records that hold at some dates and not at others."""

UNDER_WAY: Final = ("status/proposed", "status/planned", "status/negotiated")
"""Statuses of ties that are only meant, and hold at no date."""
ENDED, ACTIVE, UNVERIFIED = "status/ended", "status/active", "status/unverified"


class Held(StrEnum):
    """Three values: no is known, and unknown is never no."""

    YES = "yes"
    UNKNOWN = "unknown"
    NO = "no"


class Span(NamedTuple):
    """A stretch of days, from the first to the last."""

    first: dt.date
    last: dt.date

    @staticmethod
    def of(date: Date) -> Span:
        """The days that a date can mean; an open side reaches as far as dates do."""
        return Span(date.earliest or dt.date.min, date.latest or dt.date.max)

    def covers(self, day: dt.date) -> bool:
        """Whether a day is among them."""
        return self.first <= day <= self.last

    def meets(self, other: Span) -> bool:
        """Whether two have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return f"{self.first}--{self.last}"


ALWAYS: Final = Span(dt.date.min, dt.date.max)


def stands(tie: Tie, day: dt.date) -> Held:
    """Whether a tie stands on a day: its status stands, or it is told without one, and its end is not over by then.

    Unknown where its status leaves it open (unverified), and where its end may be over and may not. An end is over on
    the day after the last that it can mean.
    """
    concept = schemes()["status"].get(tie.status or "")
    standing = tie.status is None or (concept.stands if concept else None)
    over = _past(tie.end, day) if tie.end else Held.NO
    if standing is False or over is Held.YES:
        return Held.NO
    return Held.YES if standing and over is Held.NO else Held.UNKNOWN


def held(record: Record, span: Span) -> Held:
    """Whether a record holds at some time within a span.

    A tie holds from its start to its end. Activities, figures and lists of members hold from their day on: they are
    what is known by then. Other records have no date, and hold.
    """
    if getattr(record, "status", None) in UNDER_WAY:
        return Held.NO
    return by_dates(record, span)


def by_dates(record: Record, span: Span) -> Held:
    """What the dates alone tell, whether or not a tie was only meant."""
    if isinstance(record, Tie):
        begun, over = _begun(record.start, record.attested, span), _over(record, span)
        if begun is Held.NO or over is Held.YES:
            return Held.NO
        return Held.YES if begun is Held.YES and over is Held.NO else Held.UNKNOWN
    if record.schema.day:
        return _begun(day_of(record), getattr(record, "attested", None), span)
    return Held.YES


def between(record: Record, one: Span, other: Span) -> bool:
    """Whether a tie surely began after the earlier of two spans and was over before the later."""
    earlier, later = sorted((one, other))
    if not isinstance(record, Tie) or record.status in UNDER_WAY:
        return False
    return _begun(record.start, record.attested, earlier) is Held.NO and _over(record, later) is Held.YES


def day_of(record: Record) -> Date | None:
    """When a record began, or what its figure or list is of; None where it is unknown or has no date."""
    day: Date | None = getattr(record, record.schema.day) if record.schema.day else None
    return day


def as_of(record: Record, span: Span) -> Record | None:
    """A record as a view at a date shows it; None if it is left out.

    What surely did not hold is left out, and a list of members that may be a later one, because absence from it counts
    as a checked no. A tie that held stands: an end that came later is not told, and `ended` or `dormant` becomes
    `active`. One that may have held is `unverified`, which questions count as unknown. What was only meant stays as it
    is, unless its dates leave it out.
    """
    state = by_dates(record, span)
    if state is Held.NO or (state is Held.UNKNOWN and isinstance(record, Roster)):
        return None
    if not isinstance(record, Tie) or record.status in UNDER_WAY:
        return record
    status = UNVERIFIED if state is Held.UNKNOWN else ACTIVE if _told_down(record) else record.status
    return replace(record, status=status, end=None)


def _past(end: Date, day: dt.date) -> Held:
    """Whether an end is over before a day."""
    if end.latest and end.latest < day:
        return Held.YES
    return Held.NO if end.earliest and end.earliest >= day else Held.UNKNOWN


def _begun(start: Date | None, attested: Date | None, span: Span) -> Held:
    """Whether something had begun by the end of a span; it had if it was seen by then."""
    if start and start.latest and start.latest <= span.last:
        return Held.YES
    if start and start.earliest and start.earliest > span.last:
        return Held.NO
    return Held.YES if attested and attested.latest and attested.latest <= span.last else Held.UNKNOWN


def _over(tie: Tie, span: Span) -> Held:
    """Whether a tie was over before a span; it was not if it was seen standing in it or later.

    Of an ended tie without an end, `attested` tells by when it had ended.
    """
    end, attested = tie.end, tie.attested
    if end and (past := _past(end, span.first)) is not Held.UNKNOWN:
        return past
    if tie.status == ENDED and end is None:
        return Held.YES if attested and attested.latest and attested.latest < span.first else Held.UNKNOWN
    return Held.NO if attested and attested.earliest and attested.earliest >= span.first else Held.UNKNOWN


def _told_down(tie: Tie) -> bool:
    concept = schemes()["status"].get(tie.status or "")
    return concept is not None and concept.stands is False
