"""The feed of a site: which of its pages are new, told otherwise or gone, an entry each time it is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote
from xml.sax.saxutils import escape as xml

from citydiplomacy.ontology.terms import BASE
from citydiplomacy.queries.wording.speech import Speech

from ..words import FRAMES
from .folder import Difference

MOST_ENTRIES, MOST_NAMED = 20, 100
"""Entries that a feed keeps, and pages that an entry names of each kind."""
_ENTRY = re.compile(r"<entry>.*?</entry>", re.S)


def path(lang: str) -> str:
    """Where the feed in a language lies."""
    return f"{'fa/' if lang == 'fa' else ''}updates.atom"


def feed(lang: str, difference: Difference, revision: int, day: dt.date, before: str) -> bytes:
    """The feed in a language. before: what it was; its entries stay, and nothing is added where nothing changed."""
    mine = Difference(*([each for each in pages if each.startswith("fa/") == (lang == "fa")] for pages in difference))
    entries = _ENTRY.findall(before)
    if any(mine):
        entries = [_entry(lang, mine, revision, day, len(entries)), *entries][:MOST_ENTRIES]
    updated = re.search(r"<updated>(.*?)</updated>", entries[0]) if entries else None
    title = Speech(lang)("{site}: pages new and changed", "{site}: صفحه‌های تازه و دگرگون", site=FRAMES[lang].site)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">',
        f"<id>{BASE}site/{lang}</id>",
        f"<title>{xml(str(title))}</title>",
        f"<updated>{updated[1] if updated else _time(day)}</updated>",
        "<author><name>citydiplomacy</name></author>",
        '<link rel="self" type="application/atom+xml" href="updates.atom"/>',
        '<link rel="alternate" type="text/html" href="index.html"/>',
        *entries,
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entry(lang: str, pages: Difference, revision: int, day: dt.date, number: int) -> str:
    say = Speech(lang)
    title = say(
        "Revision {n}: {new} pages new, {changed} changed, {gone} gone",
        "ویرایش {n}: {new} صفحه تازه، {changed} دگرگون، {gone} رفته",
        n=revision,
        new=len(pages.new),
        changed=len(pages.changed),
        gone=len(pages.gone),
    )
    content = "".join(
        [
            *_listed(str(say("New", "تازه")), pages.new, link=True),
            *_listed(str(say("Changed", "دگرگون")), pages.changed, link=True),
            *_listed(str(say("Gone", "رفته")), pages.gone, link=False),
        ]
    )
    return (
        f"<entry><id>{BASE}site/{lang}/{revision}/{number}</id><title>{xml(str(title))}</title>"
        f'<updated>{_time(day)}</updated><link href="index.html"/><content type="html">{xml(content)}</content></entry>'
    )


def _listed(title: str, pages: Sequence[str], *, link: bool) -> Iterator[str]:
    if not pages:
        return
    yield f"<h2>{escape(title)}</h2><ul>"
    for page in sorted(pages)[:MOST_NAMED]:
        own = page.removeprefix("fa/")
        name = escape(own.removesuffix(".html"))
        yield f'<li><a href="{escape(quote(own))}">{name}</a></li>' if link else f"<li>{name}</li>"
    yield f"</ul>{'<p>…</p>' if len(pages) > MOST_NAMED else ''}"


def _time(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
