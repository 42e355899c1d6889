"""Whether a tie stands, and whether a record held at a date: yes, no or unknown. The one rule of both.

Dates count by the first and last days that they can mean. A date is asked on a day, today: what is told now is told of
now, so that today with a date and without one is the same; to look back asks for more, since nobody may say since when
a tie stands. The saved question `valid-at` tells the same rule to engines that have no past; a test holds it so.
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
ENDED, ACTIVE, UNKNOWN = "status/ended", "status/active", "status/unknown"


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
    """Whether a tie stands on a day that is today: what a store says of it without a date."""
    return held(tie, Span(day, day), day)


def held(record: Record, span: Span, today: dt.date) -> Held:
    """Whether a record holds at some time within a span, as it is told today.

    A tie holds if it had begun by the last day and was not over before the first, and if its status tells that it does.
    Activities, figures and lists of members hold from their day on: they are what is known by then. Other records have
    no date, and hold.
    """
    if not isinstance(record, Tie):
        return begun(record, span, today)
    if record.status in UNDER_WAY:
        return Held.NO
    start, over = begun(record, span, today), _over(record, span, today)
    if start is Held.NO or over is Held.YES:
        return Held.NO
    return Held.UNKNOWN if left_open(record) or Held.UNKNOWN in (start, over) else Held.YES


def begun(record: Record, span: Span, today: dt.date) -> Held:
    """Whether a record had begun by the last day of a span: its start had come, or it was seen by then.

    By today all has begun that is told, but for what begins later.
    """
    start, attested = day_of(record), getattr(record, "attested", None)
    if not record.schema.day or (start and start.latest and start.latest <= span.last):
        return Held.YES
    if start and start.earliest and start.earliest > span.last:
        return Held.NO
    seen = attested and attested.latest and attested.latest <= span.last
    return Held.YES if seen or span.last >= today else Held.UNKNOWN


def between(record: Record, one: Span, other: Span, today: dt.date) -> bool:
    """Whether a tie surely began after the earlier of two spans and was over before the later."""
    earlier, later = sorted((one, other))
    if not isinstance(record, Tie) or record.status in UNDER_WAY:
        return False
    return begun(record, earlier, today) is Held.NO and _over(record, later, today) is Held.YES


def day_of(record: Record) -> Date | None:
    """When a record began, or what its figure or list is of; None where it is unknown or has no date."""
    day: Date | None = getattr(record, record.schema.day) if record.schema.day else None
    return day


def as_of(record: Record, span: Span, today: dt.date) -> Record | None:
    """A record as a view at a date shows it; None if it is left out.

    From today on all is shown as it is told; only whether ties stand is asked of the date. Looking back, what surely
    began later is left out, and a list of members that may be a later one, because absence from it counts as a checked
    no. A tie that held is not `ended` or `dormant` yet: it is `active`. One that may have held and is
    told to stand now is `unknown`.
    """
    if span.first >= today:
        return record
    start = begun(record, span, today)
    if start is Held.NO or (start is Held.UNKNOWN and isinstance(record, Roster)):
        return None
    if not isinstance(record, Tie) or record.status in UNDER_WAY:
        return record
    state = held(record, span, today)
    if state is Held.UNKNOWN:
        return record if left_open(record) else replace(record, status=UNKNOWN)
    return replace(record, status=ACTIVE) if state is Held.YES and _told_down(record) else record


def _over(tie: Tie, span: Span, today: dt.date) -> Held:
    """Whether a tie was over before a span.

    Its end tells; without one, it goes on until a source says that it does not. A source that calls it ended or dormant
    tells by when it was (`attested`, or today), and not since when. One that saw it standing in the span or later tells
    that an end which may have come had not.
    """
    end, attested, down = tie.end, tie.attested, _told_down(tie)
    if down and span.first >= today:
        return Held.YES
    if end and end.latest and end.latest < span.first:
        return Held.YES
    if end and end.earliest and end.earliest >= span.first:
        return Held.NO
    if down:
        seen = end is None and attested and attested.latest and attested.latest < span.first
        return Held.YES if seen else Held.UNKNOWN
    seen_later = span.first < today and attested and attested.earliest and attested.earliest >= span.first
    return Held.NO if end is None or seen_later else Held.UNKNOWN


def left_open(tie: Tie) -> bool:
    """Whether the status of a tie does not say that it stands, nor that it does not."""
    concept = schemes()["status"].get(tie.status or "")
    return tie.status is not None and (concept is None or concept.stands is None)


def _told_down(tie: Tie) -> bool:
    concept = schemes()["status"].get(tie.status or "")
    return concept is not None and concept.stands is False
