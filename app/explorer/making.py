"""What a page is made by: an address in, a file out. It opens the store as it is now, or as it was at a date.

It runs in a process of its own, which the server asks and can end.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from citydiplomacy.graph.limited import ROWS, SECONDS
from citydiplomacy.graph.store.reader import Store

from ..errors import LimitError, UsageError
from ..opening import date_of, opened
from ..output import Lang
from .address import MEDIA, PageWanted
from .desk import Desk
from .made import Failed, MadeFile, plain, state
from .page import Page
from .protocol import answer as answered
from .request import Query, RefusedError

if TYPE_CHECKING:
    from citydiplomacy.graph.limited.deadline import Deadline

VIEWS = 4
"""Views at dates that stay open."""
READY_SECONDS = 3.0
"""After which all modules of pages are read, or once the first page is made: it is sooner there if it is made alone."""


class Maker:
    """Makes pages of the store in a folder. edits: whether they lead to pages that change it; empty if they do not."""

    def __init__(self, folder: str, seconds: str = str(SECONDS), rows: str = str(ROWS), edits: str = "") -> None:
        self._folder, self._edits = Path(folder), bool(edits)
        self._limits = float(seconds), int(rows)
        self._stores: dict[str, Store] = {}
        self._state: tuple[object, ...] = ()
        self.store()
        from .pages import routes

        self._page = routes.page
        self._first = threading.Event()
        threading.Thread(target=self._ready, args=(routes.ready,), daemon=True).start()

    def store(self, at: str = "", lang: Lang = Lang.EN) -> Store:
        """The store as it is now: opened anew when a writer has replaced the revision, or the day has changed."""
        now = (*state(self._folder), dt.date.today())
        if now != self._state:
            for each in self._stores.values():
                each.close()
            self._stores, self._state = {}, now
        date = date_of(at, lang) if at else None
        key = date.edtf if date else ""
        if key not in self._stores:
            if len(self._stores) > VIEWS:
                oldest = next(name for name in self._stores if name)
                self._stores.pop(oldest).close()
            self._stores[key] = opened(self._folder, date)
        return self._stores[key]

    def answer(self, asked: PageWanted | Failed | Query, deadline: Deadline) -> MadeFile:  # noqa: ARG002
        """The file for an address, the page of an error, the answer to a query: in a process that is ended in time."""
        try:
            match asked:
                case PageWanted():
                    return self.made(asked)
                case Failed():
                    return self.failed(asked)
                case Query():
                    return self._answered(asked)
        finally:
            self._first.set()

    def made(self, wanted: PageWanted) -> MadeFile:
        """The file for an address; errors are pages too. Raises CityDiplomacyError for no fault of the asker's."""
        try:
            desk = Desk(self.store(wanted.value("at"), Lang(wanted.lang)), wanted, self._limits)
            if wanted.path == ("suggest",):
                from .pages.start import suggested

                return MadeFile(200, MEDIA["json"], json.dumps(suggested(desk), ensure_ascii=False).encode())
            return self.written(desk, self._page(desk))
        except (UsageError, LimitError) as error:
            return self.failed(Failed.of(wanted, error))

    def _ready(self, read_modules: Callable[[], None]) -> None:
        self._first.wait(READY_SECONDS)
        read_modules()

    def _answered(self, query: Query) -> MadeFile:
        try:
            media, content = answered(self.store(), query, self._limits[1])
        except RefusedError as error:
            return plain(error.status, str(error))
        except (UsageError, LimitError) as error:
            return plain(400, str(error))
        return MadeFile(200, media, content)

    def failed(self, failed: Failed) -> MadeFile:
        """The page of an error; what is no page has a line of it."""
        wanted = failed.wanted
        told = failed.told
        if wanted.form != "html":
            return plain(failed.status, told)
        desk = Desk(self.store(), replace(wanted, query=()), self._limits)
        from .pages import errors

        return self.written(desk, errors.page(desk, told, failed.status))

    def written(self, desk: Desk, page: Page) -> MadeFile:
        """The file of a page."""
        from . import forms

        content = forms.written(desk.store, page, desk.named, edits=self._edits)
        return MadeFile(page.status, MEDIA[page.wanted.form], content)
