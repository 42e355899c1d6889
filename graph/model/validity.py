"""Whether a tie stands, and whether a record held at a date: yes, no or unknown. The one rule of both.

Dates count by the first and last days that they can mean. A date is asked on a day, today: what is told now is told of
now, so that today with a date and without one is the same; to look back asks for more, since nobody may say since when
a tie stands. The rule itself are the tables of `holding`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final, NamedTuple

from .holding import BEGUN, HOLDS, OVER, UNDER_WAY, Held, answer, told_by
from .records import Roster
from .schema import REGISTRY, Record, Tie
from .values import Date

DATED: Final = tuple(entry.cls for entry in REGISTRY.values() if entry.day)
"""Records that hold at some dates and not at others."""

ENDED, ACTIVE, UNKNOWN = "status/ended", "status/active", "status/unknown"


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
    facts = _facts(record, span, today)
    return answer(HOLDS, {**facts, "begun": answer(BEGUN, facts), "over": answer(OVER, facts)})


def begun(record: Record, span: Span, today: dt.date) -> Held:
    """Whether a record had begun by the last day of a span: its start had come, or it was seen by then."""
    return answer(BEGUN, _facts(record, span, today)) if record.schema.day else Held.YES


def between(record: Record, one: Span, other: Span, today: dt.date) -> bool:
    """Whether a tie surely began after the earlier of two spans and was over before the later."""
    earlier, later = sorted((one, other))
    if not isinstance(record, Tie) or record.status in UNDER_WAY:
        return False
    return begun(record, earlier, today) is Held.NO and answer(OVER, _facts(record, later, today)) is Held.YES


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
    return replace(record, status=ACTIVE) if state is Held.YES and told_by(record.status) == "down" else record


def _facts(record: Record, span: Span, today: dt.date) -> dict[str, object]:
    """What the tables of the rule ask of a record, a span of days and today."""
    facts: dict[str, object] = {"first": span.first, "last": span.last, "today": today}
    dates = {"start": day_of(record), **{each: getattr(record, each, None) for each in ("end", "attested")}}
    for name, date in dates.items():
        facts[name] = date
        facts[f"{name}.earliest"], facts[f"{name}.latest"] = (date.earliest, date.latest) if date else (None, None)
    return {**facts, "status": told_by(getattr(record, "status", None))}


def left_open(tie: Tie) -> bool:
    """Whether the status of a tie does not say that it stands, nor that it does not."""
    return told_by(tie.status) == "open"
