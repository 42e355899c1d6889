"""What stands at the foot of every figure: whose ties nobody collected, who tells it, and as of which day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.standing import coverage
from citydiplomacy.queries.wording.rows import ask
from citydiplomacy.queries.wording.speech import Speech

from .words import day

NAMED = 3
"""Voices that a figure names; the others are counted."""


def foot(store: Store, cities: Sequence[str], say: Speech, *notes: str) -> list[str]:
    """The notes of a chart: its own, whose ties nobody collected, whom it rests on, and as of which day.

    cities: those that it is of; none for all cities.
    """
    of = [city for city in cities if city.startswith("city/")]
    caveats = [str(told) for city in of for told in coverage.of_city(say, store, city)]
    revision, today = say.number(store.manifest.revision), day(dt.datetime.now(tz=dt.UTC).date(), say.lang)
    made = say(
        f"Data: citydiplomacy, revision {revision}, asked on {today}; sources of each tie: citydip show and sources.",
        f"داده‌ها: سیتی‌دیپلماسی، بازنگری {revision}، پرسیده در {today}؛ منبع‌های هر پیوند: citydip show و sources.",
    )
    return [*notes, *caveats, *_told_by(store, of, say), str(made)]


def _told_by(store: Store, cities: Sequence[str], say: Speech) -> Iterable[str]:
    """The voices that tell most of some cities, or that set out to collect the ties of all, with their licences."""
    claims: Counter[str] = Counter()
    for city in cities:
        for row in ask(store, "sources-of-city", say.lang, city=city):
            claims[row["voice"] or row["source"]] += row["claims"]
    voices = [voice for voice, _ in claims.most_common()]
    if not cities:
        voices = sorted(coverage.coverage(store, coverage.SISTER_CITIES).everywhere)
    if not voices:
        return
    names = [_with_licence(store, voice, say) for voice in voices[:NAMED]]
    if rest := len(voices) - len(names):
        names.append(str(say(say.plural(rest, "more", "more"), f"{say.number(rest)} صدای دیگر")))
    yield str(say(f"Told by: {'; '.join(names)}.", f"به گفتهٔ: {'؛ '.join(names)}."))


def _with_licence(store: Store, voice: str, say: Speech) -> str:
    """The name of a voice with the licence under which what it tells may be used on, where one is told."""
    record = store.get(voice)
    assert record is not None
    told = ", ".join(sorted(once(store, _licences).get(voice, ())))
    return f"{record.label(say.lang)} ({told})" if told else record.label(say.lang)


def _licences(store: Store) -> dict[str, set[str]]:
    """By voice, those of its own and of the sources that have it as their origin."""
    found: dict[str, set[str]] = {}
    for source in store.records(Source):
        if source.licence:
            for voice in (source.id, source.origin):
                if voice:
                    found.setdefault(voice, set()).add(source.licence)
    return found
