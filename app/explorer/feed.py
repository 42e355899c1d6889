"""A page as a feed: Atom (RFC 4287), newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from citydiplomacy.ontology.terms import BASE

from .page import FeedEntry, Page

MOST = 200
"""Entries of a feed."""


def atom(page: Page, updated: dt.date) -> bytes:
    """The entries of a page as a feed. updated: the day of the state that it tells, for what has no day of its own."""
    wanted = page.wanted
    entries = sorted(page.feed or (), key=lambda entry: (entry.day or updated, entry.record), reverse=True)[:MOST]
    days = [min(entry.day or updated, updated) for entry in entries]
    own = f"{BASE}changes/{wanted.lang}/{wanted.value('since')}"
    html = replace(wanted, form="html").address()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{wanted.lang}">',
        f"<id>{escape(own)}</id>",
        f"<title>{escape(page.title)}</title>",
        f"<updated>{_time(max(days, default=updated))}</updated>",
        "<author><name>citydiplomacy</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(wanted.address())}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(html)}/>',
        *(_entry(page, entry, day) for entry, day in zip(entries, days, strict=True)),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entry(page: Page, entry: FeedEntry, day: dt.date) -> str:
    address = page.wanted.record(entry.record) if entry.is_there else ""
    link = f"<link href={quoteattr(address)}/>" if address else ""
    return (
        f"<entry><id>{escape(f'{BASE}{entry.record}#{day.isoformat()}')}</id>"
        f"<title>{escape(f'{entry.name}: {entry.how}')}</title><updated>{_time(day)}</updated>{link}"
        f"<summary>{escape(entry.told)}</summary></entry>"
    )


def _time(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
