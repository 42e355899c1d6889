"""As of when things are told: what stood once may not stand today, and a sentence on it says of when it speaks."""

from __future__ import annotations

from .evidence import When
from .phrases import Phrase
from .rows import Rows
from .speech import Speech


def last_told(say: Speech, things: Rows, key: str, *columns: str) -> Phrase:
    """` (last told at times from 23 August 2019 to 3 December 2024)`: `told_days` behind what they are said of."""
    days = told_days(say, things, key, *columns)
    return (
        say(" (last told {days})", " (آخرین گفته: {days})", days=days)
        if days
        else say(" (no date is told)", " (بی‌تاریخ)")
    )


def told_days(say: Speech, things: Rows, key: str, *columns: str) -> Phrase:
    """`at times from 23 August 2019 to 3 December 2024`, or `as of 2020`: the first and the last of the days on which
    things were last told, and how many are told without any; nothing where no day is told.

    key: the column of a thing's id. columns: dates of a row, of which the first that is told is that of the thing.
    """
    days, undated = [], []
    for thing, rows in sorted(things.each(key).items()):  # of equal days the same ones in both languages
        one = rows.first_of(key)
        day = next(filter(None, (one.date(column) for column in columns)), None)
        if day is None:
            undated.append(thing)
        else:
            days.append(day)
    without = things.where(**{key: undated}).distinct(key)
    if not days:
        return Phrase()
    days.sort(key=_latest)
    first, last = days[0], days[-1]
    if say.date(first.date) == say.date(last.date):
        told = say("as of {day}", "{day}", day=last)
    elif any(
        "/" in day.date.edtf for day in (first, last)
    ):  # "from between one day and another to a third" is no English
        told = say(
            "at times, the earliest {first} and the latest {last}",
            "قدیمی‌ترین {first} و تازه‌ترین {last}",
            first=first,
            last=last,
        )
    else:
        told = say("at times from {first} to {last}", "از {first} تا {last}", first=first, last=last)
    return say(
        "{days}{undated}",
        "{days}{undated}",
        days=told,
        undated=say(", {undated} without a date", "، {undated} مورد بی‌تاریخ", undated=without) if undated else "",
    )


def _latest(day: When) -> tuple[str, str]:
    return (day.date.latest.isoformat() if day.date.latest else "", day.date.edtf)
