"""The page that says what was wrong, and where to go on."""

from __future__ import annotations

from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.visuals.document.blocks import Paragraph

from ..desk import Desk
from ..page import Menu, Page, PageLink


def page(desk: Desk, told: str, status: int) -> Page:
    """What was wrong, in the words of the error."""
    say = desk.say
    title = say("Not found", "یافت نشد") if status == 404 else say("That cannot be shown", "این را نمی‌توان نشان داد")
    paragraphs = [Paragraph(Phrase(line)) for line in told.splitlines()]
    start = Menu((PageLink(say("To the start", "به آغاز"), desk.wanted.to().address()),))
    return Page(desk.wanted, str(title), [*paragraphs, start], appendix=desk.appendix, status=status)
