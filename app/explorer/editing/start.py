"""Where editing begins: what waits, and what was decided and entered."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from citydiplomacy.loaders.resolution.decisions import decisions
from citydiplomacy.loaders.resolution.judging import waiting
from citydiplomacy.visuals.document.blocks import Paragraph

from ...answers.by_hand import facts
from ..desk import Desk
from ..page import Menu, Page, PageLink
from .work import Work

T = TypeVar("T")

WAITING = ("pairs", "Pairs that wait", "جفت‌های منتظر")
DECIDED = ("decisions", "What was decided, and undoing it", "آنچه تصمیم گرفته شد، و بازگرداندنش")
ENTERED = ("facts", "What you entered, and taking it back", "آنچه وارد کردید، و پس گرفتنش")
ADDING = ("fact", "Add a fact", "افزودن گزاره")
"""Pages below `/edit`: path and words in both languages."""


def page(desk: Desk, work: Work) -> Page:
    """The ways to all pages that change the store."""
    say = desk.say
    numbered = (
        (WAITING, len(list(waiting(desk.store)))),
        (DECIDED, len(decisions(desk.store))),
        (ENTERED, len(facts(desk.store, work.who))),
    )
    links = (
        *ways(desk, ADDING).links,
        *(replace(link, note=say.number(n)) for way, n in numbered for link in ways(desk, way).links),
    )
    told = say(
        "What you do here goes into the store at once, in the name of {who}; all of it can be taken back.",
        "آنچه این‌جا می‌کنید همان دم به انبار می‌رود، به نام {who}؛ همه‌اش را می‌توان پس گرفت.",
        who=work.who,
    )
    title = str(say("Editing", "ویرایش"))
    return Page(desk.wanted, title, [Paragraph(told), Menu(links, title)], appendix=desk.appendix)


def ways(desk: Desk, *paths: tuple[str, str, str]) -> Menu:
    """A row of ways to pages below `/edit`: path and words in both languages."""
    return Menu(
        tuple(PageLink(str(desk.say(en, fa)), desk.wanted.to("edit", path).address()) for path, en, fa in paths)
    )


def part_of(desk: Desk, things: list[T], number: int) -> tuple[list[T], list[Menu]]:
    """The things of the page that the address asks for, and the ways to those before and after."""
    page, last = desk.wanted.page_of(len(things), number, shrinks=True)
    steps = ((page - 1, "Before", "پیشین"), (page + 1, "Further", "بعدی"))
    links = tuple(
        PageLink(str(desk.say(en, fa)), desk.wanted.but(page=str(to)).address())
        for to, en, fa in steps
        if 1 <= to <= last
    )
    return things[(page - 1) * number : page * number], [Menu(links)] if links else []
