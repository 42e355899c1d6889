"""What has changed since a day, or since a revision of the store: as a page, as data and as a feed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from citydiplomacy.graph.language.dates import from_edtf, told_date
from citydiplomacy.graph.model.schema import REGISTRY, Record, by_folder
from citydiplomacy.graph.model.validity import day_of
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.views import history
from citydiplomacy.queries.reports import difference
from citydiplomacy.queries.reports.difference import Change, Changes, Differing
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.tables import Cell, Table
from citydiplomacy.visuals.document.blocks import Note, Points

from ...answers.changes import WORDS, counted_of, ordered
from ...data_package import PackedTable
from ...errors import UsageError
from ...opening import date_of
from ..desk import Desk
from ..page import FeedEntry, Field, Menu, OnPage, Page, PageForm, PageLink

_REVISION = re.compile(r"r(\d{1,9})")
TOLD = (Differing.APPEARED, Differing.GONE, Differing.BETWEEN, Differing.DATED)
"""What is new or gone; that a thing may have changed is counted alone."""


def page(desk: Desk) -> Page:
    """What is new or gone since a day or a revision; without one, since a year ago."""
    say, wanted = desk.say, desk.wanted
    today = dt.datetime.now(tz=dt.UTC).date()
    since = wanted.value("since") or (today - dt.timedelta(days=365)).isoformat()
    revisions = history.revisions(desk.store)
    history.digests(desk.store)  # so that this revision is remembered
    title = say("What has changed", "آنچه دگرگون شده است")
    blocks: list[OnPage] = [
        PageForm(
            wanted.to("changes").address().partition("?")[0],
            (Field("since", say("Since a day, or a revision", "از یک روز، یا یک ویرایش"), since, required=True),),
            say("Show", "نشان بده"),
            needs_server=True,
        )
    ]
    if revision := _REVISION.fullmatch(since):
        part, sentences = _since_revision(desk, int(revision[1]), revisions)
        about = say("since revision {n}", "از ویرایش {n}", n=int(revision[1]))
    else:
        day = date_of(since, desk.lang)
        part, sentences = _since_day(desk, day, from_edtf(today.isoformat()))
        about = say("since {day}", "از {day}", day=say.date(day))
    here = wanted.to("changes")
    blocks.append(
        Menu(
            tuple(
                PageLink(say("Since revision {n}", "از ویرایش {n}", n=number), here.but(since=f"r{number}").address())
                for number in revisions[:8]
            )
        )
    )
    blocks += [Points(tuple(map(Phrase, sentences))), desk.listing(part, alone=True)]
    blocks.append(
        Note(
            say(
                "Of a day it is told which ties and lists began or ended, by their dates; of a revision, which records "
                "the store has got, lost or tells otherwise. A revision is remembered from when somebody asked here.",
                "دربارهٔ یک روز گفته می‌شود کدام پیوندها و فهرست‌ها بنا بر تاریخشان آغاز شده یا پایان یافته‌اند؛ "
                "دربارهٔ یک ویرایش، انبار کدام رکوردها را گرفته یا از دست داده یا دیگرگونه می‌گوید. "
                "ویرایش از آن‌گاه به یاد می‌ماند که کسی این‌جا پرسیده باشد.",
            )
        )
    )
    return Page(
        desk.wanted,
        str(say("{title}, {about}", "{title}، {about}", title=title, about=about)),
        blocks,
        parts=[part],
        asked={"list": "changes", "since": since},
        caveats=tuple(map(Phrase, sentences)),
        appendix=desk.appendix,
        feed=tuple(_entries(desk, part)),
    )


def _since_day(desk: Desk, since: Date, until: Date) -> tuple[PackedTable, list[str]]:
    store = desk.store
    changes = difference.between_dates(store, since, until, among=once(store, _told_to_change))
    kept = Changes([each for each in changes.listed if each.how in TOLD], changes.counts)
    for counts in kept.counts.values():
        del counts["undated"], counts["same"]
    rows = tuple(_row(desk, change) for change in ordered(kept))
    return _part(desk, rows), list(counted_of(kept, desk.lang))


def _told_to_change(store: Store) -> list[Record]:
    return list(difference.told_to_change(store))


def _row(desk: Desk, change: Change) -> tuple[Cell, ...]:
    record = change.record
    day, end = day_of(record), getattr(record, "end", None)
    return (
        _how(desk, change.how),
        record.schema.title(desk.wanted.lang),
        record.id,
        difference.title(desk.store, record, desk.wanted.lang),
        day.edtf if day else None,
        end.edtf if end else None,
        change.sources,
    )


def _since_revision(desk: Desk, revision: int, known: list[int]) -> tuple[PackedTable, list[str]]:
    store = desk.store
    before = history.at(store, revision)
    if before is None:
        told = ", ".join(f"r{number}" for number in known)
        raise UsageError(
            f"Revision {revision} is not remembered here.",
            hint=f"These are: {told}." if told else "None is yet: ask for a day, or compare two stores: citydip diff",
        )
    found = list(difference.since_revision(before, history.digests(store)))
    rows: list[tuple[Cell, ...]] = []
    counts: dict[str, dict[Differing, int]] = {}
    for how, record_id in found:
        schema = by_folder(record_id)
        if schema is None:
            continue
        record = store.get(record_id) if how is not Differing.GONE else None
        name = difference.title(store, record, desk.wanted.lang) if record else record_id
        sources = tuple(store.claims(record_id)) if record else ()
        rows.append((_how(desk, how), schema.title(desk.wanted.lang), record_id, name, None, None, sources))
        of_class = counts.setdefault(schema.name, {})
        of_class[how] = of_class.get(how, 0) + 1
    rows.sort(key=lambda row: (str(row[1]), str(row[0]), str(row[2])))
    sentences = [
        desk.say(
            "{kind}: {counts}.",
            "{kind}: {counts}.",
            kind=REGISTRY[name].title(desk.wanted.lang),
            counts=desk.say.names([f"{desk.say.number(n)} {_how(desk, how)}" for how, n in of_class.items()]),
        )
        for name, of_class in sorted(counts.items())
    ]
    nothing = str(desk.say("Nothing changed.", "چیزی دگرگون نشده است."))
    return _part(desk, tuple(rows)), list(map(str, sentences)) or [nothing]


def _how(desk: Desk, how: Differing) -> str:
    return WORDS[how.value][desk.wanted.lang == "fa"]


def _part(desk: Desk, rows: tuple[tuple[Cell, ...], ...]) -> PackedTable:
    say = desk.say
    table = Table(
        ("change", "class", "record", "record_name", "since", "until", "sources"),
        (
            say("Change", "دگرگونی"),
            say("Of", "از گونهٔ"),
            say("What", "چه"),
            say("Name", "نام"),
            say("Since", "از"),
            say("Until", "تا"),
            say("Sources", "منبع‌ها"),
        ),
        rows,
    )
    types = ("text", "text", "id", "text", "date", "date", "ids")
    return PackedTable("changes", str(say("New and gone", "تازه و رفته")), table, types)


def _entries(desk: Desk, part: PackedTable) -> Iterator[FeedEntry]:
    for row in part.table.rows:
        how, kind, record, name, since, until = (str(cell or "") for cell in row[:6])
        sources = row[6] if isinstance(row[6], tuple) else ()
        day = (until or since) if how == _how(desk, Differing.GONE) else (since or until)
        date = told_date(day)
        by = desk.say.names([desk.named.of(source) for source in sources])
        told = desk.say("{kind}; so says {by}.", "{kind}؛ به گفتهٔ {by}.", kind=kind, by=by) if by else f"{kind}."
        first = (date.earliest or date.latest) if date else None
        yield FeedEntry(record, name, how, first, str(told), is_there=desk.store.has(record))
