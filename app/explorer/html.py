"""A page as HTML: the blocks of a document, set as documents set them, in a frame with a search and the ways on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citydiplomacy.visuals.writers import html

from .address import MEDIA, PageWanted
from .listing import Listing, describable, key
from .page import Code, Menu, Message, Page, PageForm, PageLink, Results
from .words import FRAMES

if TYPE_CHECKING:
    from jinja2 import Environment

    from citydiplomacy.visuals.document.blocks import Document

TEMPLATES = Path(__file__).parent / "templates"
STATIC = "/static/"


def as_html(
    page: Page, document: Document, citation: str, has: Any, *, edits: bool = False, shared: bool = False
) -> bytes:
    """The page in its frame. document: the same as a document. has: tells of an id whether there is a page of it.
    edits: with ways to the pages that change the store. shared: it says that it is open to all.
    """
    wanted = page.wanted
    other = "en" if wanted.lang == "fa" else "fa"
    frame = FRAMES[wanted.lang]
    fields = dict(wanted.query)
    static = wanted.files.static if wanted.files else STATIC
    top = static.removesuffix("static/")
    if page.looked:
        return page.looked.linked(static, wanted.to().address(), frame.site)
    return (
        _environment()
        .get_template("page.html")
        .render(
            html.in_context(document, lambda record: wanted.record(record) if has(record) else ""),
            page=page,
            told=frame,
            static=static,
            on_server=not wanted.files,
            shared=shared,
            top=top,
            feed=f"{top}{'fa/' if wanted.lang == 'fa' else ''}updates.atom"
            if wanted.files
            else replace(wanted.to("changes"), form="atom").address(),
            media=MEDIA,
            start=wanted.to().address(),
            search=wanted.to("search").address().partition("?")[0],
            asked_for=wanted.value("q") if wanted.path == ("search",) else "",
            at=wanted.value("at"),
            now=wanted.asking({**fields, "at": None}).address(),
            bar=(*bar(wanted), *(editing(page) if edits else ())),
            other=replace(wanted, lang=other, form="html", query=_in_other(wanted)).address(),
            other_lang=other,
            other_name=frame.other,
            forms=[(form, to) for form in forms(page) if (to := replace(wanted, form=form).address())],
            citation=citation,
            here_action=replace(wanted, query=()).address(),
            here_fields=[(name, value) for name, value in fields.items() if name != "at"],
        )
        .encode()
    )


def forms(page: Page) -> list[str]:
    """In which other forms a page is given."""
    if page.document:
        return ["json", "xlsx", "md", "pdf", "docx"]
    if page.status != 200:
        return []
    return [
        *(["json", "csv", "xlsx"] if page.parts else []),
        *(["ttl"] if page.things or any(describable(part, len(part.table.rows)) for part in page.parts) else []),
        *(["svg"] if page.picture else []),
        *(["atom"] if page.feed is not None else []),
    ]


def bar(wanted: PageWanted) -> tuple[PageLink, ...]:
    """The ways that every page offers."""
    persian = wanted.lang == "fa"
    named = (
        ("city", "Cities", "شهرها"),
        ("organization", "Organisations", "سازمان‌ها"),
        ("question", "Questions", "پرسش‌ها"),
        ("influence", "Influence", "نفوذ"),
        ("world", "World", "جهان"),
        ("query", "Query", "پرس‌وجو"),
        ("source", "Sources", "منبع‌ها"),
    )
    links = (PageLink(fa if persian else en, wanted.to(path).address()) for path, en, fa in named)
    return tuple(link for link in links if link.address)


def editing(page: Page) -> Iterator[PageLink]:
    """The ways to the pages that change the store; from a record, to a fact about it."""
    wanted = replace(page.wanted, query=())
    about = [("about", each) for each in page.things if wanted.path == tuple(each.split("/"))]
    persian = wanted.lang == "fa"
    yield PageLink("افزودن گزاره" if persian else "Add a fact", wanted.to("edit", "fact", query=about).address())
    yield PageLink("جفت‌های منتظر" if persian else "Pairs that wait", wanted.to("edit", "pairs").address())


def _in_other(wanted: PageWanted) -> tuple[tuple[str, str], ...]:
    """The fields of an address without those that are words of its language."""

    def is_word(name: str, value: str) -> bool:
        neutral = "/" in value or value.removesuffix("s").isdigit() or value in ("yes", "no", "unknown")
        return name == "find" or (name.startswith("f.") and not neutral)

    return tuple((name, value) for name, value in wanted.query if not is_word(name, value))


@cache
def _environment() -> Environment:
    made = html.environment(TEMPLATES)
    made.filters["key"] = key
    for kind in (Listing, Menu, PageForm, Message, Code, Results):
        made.tests[kind.__name__.lower()] = lambda block, kind=kind: isinstance(block, kind)
    return made
