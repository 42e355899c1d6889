"""What stands at the foot of every figure: whose ties nobody collected, and what it rests on, as of which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.standing import coverage
from citydiplomacy.queries.wording.speech import Speech

from .words import day


def foot(store: Store, cities: Iterable[str], say: Speech, *notes: str) -> list[str]:
    """The notes of a chart: its own, whose ties nobody collected, and what it rests on, as of which day."""
    caveats = [str(told) for city in cities if city.startswith("city/") for told in coverage.of_city(say, store, city)]
    revision, today = say.number(store.manifest.revision), day(dt.datetime.now(tz=dt.UTC).date(), say.lang)
    made = say(
        f"Data: citydiplomacy, revision {revision}, asked on {today}; sources of each tie, and licences: citydip "
        "show, citydip sources.",
        f"داده‌ها: سیتی‌دیپلماسی، بازنگری {revision}، پرسیده در {today}؛ منبع‌های هر پیوند و پروانه‌شان: citydip show و "
        "citydip sources.",
    )
    return [*notes, *caveats, str(made)]
