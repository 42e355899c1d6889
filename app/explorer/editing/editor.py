"""Who makes the pages that change the store, and does what their forms ask: in one process, one after another.

It runs in a process of its own. Killed at any moment it leaves the old store or the new one, as a command does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import CityDiplomacyError, InputError, LimitError, UsageError
from ..desk import Desk
from ..made import Failed, MadeFile, NotThereError
from ..making import Maker
from ..page import Message, Page
from . import entered, facts, pairs, start
from .sent import Sent
from .work import Work

if TYPE_CHECKING:
    from citydiplomacy.graph.limited.deadline import Deadline

Act = Callable[[Work], Message | None]
Show = Callable[[Desk, Work], Page]

PLACES: Mapping[tuple[str, ...], tuple[Show, Act | None]] = {
    (): (start.page, None),
    ("pairs",): (pairs.waiting_page, pairs.decide),
    ("decisions",): (pairs.decided_page, pairs.undo),
    ("fact",): (facts.choice_page, None),
    ("facts",): (entered.page, entered.withdraw),
}
"""What stands below `/edit`, each with what its forms do; below `fact` one form for each class."""


class Editor:
    """Changes the store in a folder in the name of a person."""

    def __init__(self, folder: str, who: str) -> None:
        self._folder, self._who = Path(folder), who
        self._pages = Maker(folder, edits="yes")

    def answer(self, sent: Sent, deadline: Deadline) -> MadeFile:  # noqa: ARG002
        """The page that is asked for, after what its form asks is done: in a process that is ended in time."""
        fields = tuple(each for each in sent.wanted.query if each[0] != "at")
        work = Work(self._folder, self._who, replace(sent, wanted=replace(sent.wanted, query=fields)))
        try:
            show, act = self._place(sent.wanted.path[1:])
            if sent.fields is not None:
                if act is None:
                    raise NotThereError("There is nothing to send to this address.")
                self._do(work, act)
            return self._shown(work, show)
        except (UsageError, LimitError) as error:
            return self._pages.failed(Failed.of(work.sent.wanted, error))

    def _place(self, path: tuple[str, ...]) -> tuple[Show, Act | None]:
        if path in PLACES:
            return PLACES[path]
        if len(path) == 2 and path[0] == "fact" and (entry := facts.class_of(path[1])):
            return facts.of(entry)
        raise NotThereError(
            "There is no page at this address.", hint="Write a name into the search, or begin at the start."
        )

    def _do(self, work: Work, act: Act) -> None:
        """Do what a form asks; what comes of it, or why not, is told on the page that follows."""
        try:
            work.message = act(work)
        except (UsageError, InputError) as error:
            work.fail(error)
        except CityDiplomacyError as error:
            sys.stderr.write(f"{error}\n")  # it can name paths of the machine
            work.fail(work.not_written())

    def _shown(self, work: Work, show: Show) -> MadeFile:
        desk = Desk(self._pages.store(), work.sent.wanted)
        page = replace(show(desk, work), token=work.sent.token, status=400 if work.failed else 200)
        if work.message:
            page = replace(page, blocks=[work.message, *page.blocks])
        return self._pages.written(desk, page)
