"""What makes the pages of a site, in a process of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...opening import opened
from ..address import PageWanted
from ..desk import Desk
from ..forms import written
from ..html import forms
from ..pages import routes
from .folder import File
from .plan import Leads, SitePlan

if TYPE_CHECKING:
    from citydiplomacy.graph.limited.deadline import Deadline


class SiteMaker:
    """Makes pages of the store in a folder, as files of a site."""

    def __init__(self, folder: str, depth: str, *only: str) -> None:
        self._store = opened(Path(folder))
        self._plan = SitePlan(self._store, only, int(depth))

    def answer(self, pages: list[PageWanted], deadline: Deadline) -> list[list[File]]:  # noqa: ARG002
        """Of each page the page itself and its data."""
        return [self._files(each) for each in pages]

    def _files(self, wanted: PageWanted) -> list[File]:
        wanted = replace(wanted, files=Leads(self._plan, wanted))
        desk = Desk(self._store, wanted)
        page = routes.page(desk)
        made = [File(self._plan.file(wanted), written(self._store, page, desk.named))]
        if page.looked or wanted.value("page"):
            return made  # the data of a list stand with its first page
        for form in forms(page):
            if path := self._plan.file(replace(wanted, form=form)):
                told = replace(page, wanted=replace(wanted, form=form))
                made.append(File(path, written(self._store, told, desk.named)))
        return made


MAKER = f"{__name__}:{SiteMaker.__name__}"
