"""Where editing begins: what waits, and what was decided and entered."""

from __future__ import annotations

from typing import TypeVar

from citydiplomacy.loaders.resolution.decisions import decisions
from citydiplomacy.loaders.resolution.judging import waiting
from citydiplomacy.visuals.document.blocks import Paragraph

from ...answers.by_hand import facts
from ..desk import Desk
from ..page import Link, Menu, Page
from .work import Work

T = TypeVar("T")


def page(desk: Desk, work: Work) -> Page:
    """The ways to all pages that change the store."""
    say = desk.say
    numbered = (
        ("pairs", "Pairs that wait", "جفت‌های منتظر", len(list(waiting(desk.store)))),
        (
            "decisions",
            "What was decided, and undoing it",
            "آنچه تصمیم گرفته شد، و بازگرداندنش",
            len(decisions(desk.store)),
        ),
        (
            "facts",
            "What you entered, and taking it back",
            "آنچه وارد کردید، و پس گرفتنش",
            len(facts(desk.store, work.who)),
        ),
    )
    links = (
        Link(str(say("Add a fact", "افزودن گزاره")), desk.wanted.to("edit", "fact").address()),
        *(
            Link(str(say(en, fa)), desk.wanted.to("edit", path).address(), say.number(n))
            for path, en, fa, n in numbered
        ),
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
    return Menu(tuple(Link(str(desk.say(en, fa)), desk.wanted.to("edit", path).address()) for path, en, fa in paths))


def part_of(desk: Desk, things: list[T], number: int) -> tuple[list[T], list[Menu]]:
    """The things of the page that the address asks for, and the ways to those before and after."""
    asked = desk.wanted.value("page")
    last = max(1, -(-len(things) // number))
    page = min(max(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1, 1), last)
    steps = ((page - 1, "Before", "پیشین"), (page + 1, "Further", "بعدی"))
    links = tuple(
        Link(str(desk.say(en, fa)), desk.wanted.but(page=str(to)).address()) for to, en, fa in steps if 1 <= to <= last
    )
    return things[(page - 1) * number : page * number], [Menu(links)] if links else []
