"""What a person entered by hand, and taking it back."""

from __future__ import annotations

from citydiplomacy.queries.wording.tables import Table
from citydiplomacy.visuals.document.blocks import Heading, Paragraph, Sheet

from ...answers import by_hand
from ..desk import Desk
from ..page import Message, OnPage, Page, PageForm
from .facts import said
from .start import ADDING, part_of, ways
from .work import Work

FACTS = 20
"""On a page."""


def page(desk: Desk, work: Work) -> Page:
    """The facts that a person entered, by record, each with its source and the button that takes it back."""
    say = desk.say
    facts = by_hand.facts(desk.store, work.who)
    shown, links = part_of(desk, facts, FACTS)
    blocks: list[OnPage] = [
        Paragraph(
            say("Facts that {who} entered: {n}.", "گزاره‌هایی که {who} وارد کرد: {n}.", who=work.who, n=len(facts))
        ),
        ways(desk, ADDING),
    ]
    titles = (str(say("Property", "ویژگی")), str(say("Value", "مقدار")))
    for number, (source, record) in enumerate(shown):
        told = (*said(desk, record), (str(say("Source", "منبع")), desk.say.said(desk.mark(source.id))))
        blocks.append(Heading(desk.named.of(record.id), f"f{number}"))
        blocks.append(
            Sheet(f"t{number}", record.schema.title(desk.wanted.lang), Table(("property", "value"), titles, told))
        )
        here = desk.wanted.to("edit", "facts").address()
        hidden = (("source", source.id), ("record", record.id))
        blocks.append(PageForm(here, (), str(say("Take it back", "پس بگیر")), hidden=hidden, changes=True))
    return Page(desk.wanted, str(say("What you entered", "آنچه وارد کردید")), [*blocks, *links], appendix=desk.appendix)


def withdraw(work: Work) -> Message:
    """Take a fact back. Raises UsageError if it is not there, InputError where others need it."""
    by_hand.withdraw(work.folder, work.who, work.sent.value("source"), work.sent.value("record"))
    return work.done(["The fact is taken back."])
