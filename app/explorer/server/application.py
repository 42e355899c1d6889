"""The server as an application: addresses to processes that make pages, queries to processes that are ended in time."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import sys
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from citydiplomacy.graph.limited.worker import Worker

from ...errors import CityDiplomacyError, LimitError, UsageError
from .. import address, static
from ..address import MEDIA, PageWanted
from ..editing.sent import Sent
from ..made import Failed, MadeFile, plain, state
from ..request import RefusedError, fields_of, read
from .door import Door
from .guard import MOST_BODY, Guard
from .little import being_made
from .pool import BusyError, Pool
from .session import Sessions

if TYPE_CHECKING:
    from starlette.requests import Request

PAGE_SECONDS = 300.0
"""How long a page may take: with the world, the first that asks for measures of all cities takes some seconds, and on a
busy machine minutes."""
PATIENT_SECONDS = 8.0
"""How long a browser waits before it is told that its page is being made."""
LATER_SECONDS = 3.0
"""After which all processes are started, or once the first page is made: it is sooner there if one starts alone."""
BEFOREHAND = "citydiplomacy.explorer.server.beforehand:Beforehand"
BEFOREHAND_SECONDS = 3600.0
KEPT = 64 << 20
"""Bytes of pages that are kept for who asks again."""
QUERYING = ("query",)
"""Pages that ask what their reader wrote."""
EDITING = (("", ""), ("", "/{path:path}"), ("/fa", ""), ("/fa", "/{path:path}"))
"""Before and after the part of an address that leads to pages that change the store."""
EDIT_SECONDS = 600.0
"""How long a change of the store may take."""


class Explorer:
    """The pages of a store, and its endpoint for SPARQL."""

    def __init__(self, folder: Path, pages: Pool, queries: Pool, seconds: float, edits: Pool | None = None) -> None:
        """edits: one process, by which pages change the store; None where it is only read."""
        self._folder, self._seconds = folder, seconds
        self._pages, self._queries, self._edits = pages, queries, edits
        self._sessions = Sessions()
        self._kept: OrderedDict[tuple[Any, ...], MadeFile] = OrderedDict()
        self._bytes = 0
        self._under_way: dict[tuple[Any, ...], asyncio.Task[MadeFile]] = {}
        self._state: object = None
        self._started = self._closed = False
        self._beforehand = Worker(BEFOREHAND, str(folder))
        self._made_beforehand: object = None
        self._making: asyncio.Task[None] | None = None

    def application(self, names: Collection[str], *, any_address: bool, cors: bool, token: str = "") -> Starlette:
        """The application that serves it under some names of hosts; with a token, to those who know it."""
        changing = [Route(f"{lang}/edit{rest}", self.edit, methods=["GET", "POST"]) for lang, rest in EDITING]
        return Starlette(
            routes=[
                *(changing if self._edits else ()),
                Route("/static/{name}", _static),
                Route("/favicon.ico", _icon),
                Route("/sparql", self.sparql, methods=["GET", "HEAD", "POST", *(["OPTIONS"] if cors else [])]),
                Route("/{path:path}", self.page),
            ],
            middleware=[
                Middleware(Guard, names=names, any_address=any_address, cors=cors),
                Middleware(Door, token=token),
            ],
            lifespan=self._life,
        )

    @contextlib.asynccontextmanager
    async def _life(self, _: Starlette) -> AsyncIterator[None]:
        later = asyncio.get_running_loop().call_later(LATER_SECONDS, self._start)
        try:
            yield
        finally:
            later.cancel()
            for making in self._under_way.values():
                making.cancel()
            await asyncio.to_thread(self._close)

    def _start(self) -> None:
        if not self._started:
            self._started = True
            for pool in filter(None, (self._pages, self._queries, self._edits)):
                pool.start()
        if self._making is None or self._making.done():
            self._making = asyncio.create_task(self._make_beforehand())

    async def _make_beforehand(self) -> None:
        """Have what pages begin with made, once a revision, by a process that then ends."""
        while not self._closed and (now := state(self._folder)) != self._made_beforehand:
            self._made_beforehand = now
            with contextlib.suppress(CityDiplomacyError):  # then pages make what they need
                await asyncio.to_thread(self._beforehand.ask, seconds=BEFOREHAND_SECONDS)
            self._beforehand.close()

    def _close(self) -> None:
        self._closed = True
        self._beforehand.stop()
        for pool in filter(None, (self._pages, self._queries, self._edits)):
            pool.close()

    async def page(self, request: Request) -> Response:
        """A page, in the form that its address names, or that the asker accepts."""
        try:
            wanted = address.parse(
                request.scope["raw_path"].decode("ascii"), request.scope["query_string"].decode("ascii")
            )
        except (UsageError, UnicodeDecodeError) as error:
            return PlainTextResponse(f"{error}\n", 400)
        if wanted.form == "html":
            form = address.accepted(request.headers.get("accept", ""))
            wanted = PageWanted(wanted.lang, wanted.path, form, wanted.query)
        asks = wanted.path == QUERYING and any(wanted.value(each) for each in ("sparql", "cypher"))
        if asks:
            return _response(await self._asked(request, wanted), request)
        return _response(await self._page(wanted, by_browser="text/html" in request.headers.get("accept", "")), request)

    async def _page(self, wanted: PageWanted, *, by_browser: bool) -> MadeFile:
        """A page, made once for all who ask meanwhile. A browser that waits long is told so, and asks again."""
        now = state(self._folder)
        if now != self._state:
            self._kept.clear()
            self._bytes, self._state = 0, now
        key = (wanted, _day(), now)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._told(key, self._kept[key])
        if key not in self._under_way:
            self._under_way[key] = asyncio.create_task(self._kept_page(key, wanted))
        making = self._under_way[key]
        await asyncio.wait({making}, timeout=PATIENT_SECONDS if by_browser else None)
        return self._told(key, making.result()) if making.done() else being_made(wanted.lang, wanted.way_on)

    async def _kept_page(self, key: tuple[Any, ...], wanted: PageWanted) -> MadeFile:
        try:
            made = await self._made(self._pages, wanted, wanted, PAGE_SECONDS)
        finally:
            del self._under_way[key]
        if key[-1] == self._state:
            self._kept[key] = made
            self._bytes += len(made.content)
            while self._bytes > KEPT:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest.content)
        self._start()
        return made

    def _told(self, key: tuple[Any, ...], made: MadeFile) -> MadeFile:
        """What was made; where there is no page, that is told once, and who asks again has it tried again."""
        if made.status != 200 and key in self._kept:
            del self._kept[key]
            self._bytes -= len(made.content)
        return made

    async def _made(self, pool: Pool, wanted: PageWanted, asked: object, seconds: float) -> MadeFile:
        """What a process makes; where it cannot, a page that says so."""
        try:
            made: MadeFile = await pool.ask(asked, seconds=seconds)
        except BusyError as error:
            return MadeFile(503, "text/plain; charset=utf-8", f"{error}\n".encode(), {"retry-after": "5"})
        except CityDiplomacyError as error:
            if not isinstance(error, UsageError | LimitError):
                sys.stderr.write(f"{error}\n")
            failed = Failed.of(wanted, error, 503 if isinstance(error, LimitError) else 0)
            if wanted.form != "html" or isinstance(asked, Failed):
                return plain(failed.status, failed.told)
            return await self._made(self._pages, wanted, failed, PAGE_SECONDS)
        return made

    async def _asked(self, request: Request, wanted: PageWanted) -> MadeFile:
        return await _unless_gone(request, self._made(self._queries, wanted, wanted, self._seconds))

    async def edit(self, request: Request) -> Response:
        """A page that changes the store, and what its forms send: only what a page of this session sends."""
        assert self._edits
        session = self._sessions.of(request)
        try:
            wanted = address.parse(
                request.scope["raw_path"].decode("ascii"), request.scope["query_string"].decode("ascii")
            )
            sent = None
            if request.method == "POST":
                sent = session.checked(request, fields_of(await _body(request)))
        except RefusedError as error:
            return PlainTextResponse(f"{error}\n", error.status)
        except (UsageError, UnicodeDecodeError) as error:
            return PlainTextResponse(f"{error}\n", 400)
        made = await self._made(self._edits, wanted, Sent(wanted, session.token, sent), EDIT_SECONDS)
        return Response(made.content, made.status, session.headers(request), made.media)

    async def sparql(self, request: Request) -> Response:
        """The SPARQL 1.1 protocol."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"access-control-allow-methods": "GET, POST"})
        accept = request.headers.get("accept", "")
        try:
            body = await _body(request) if request.method == "POST" else b""
            asked = read(
                request.method if request.method != "HEAD" else "GET",
                request.headers.get("content-type", ""),
                request.scope["query_string"],
                body,
                accept,
                str(request.url.replace(query="")),
            )
        except RefusedError as error:
            return PlainTextResponse(f"{error}\n", error.status)
        if not asked.text and "text/html" in accept:
            return RedirectResponse("/query", 303)
        wanted = PageWanted(form="json")
        made = await _unless_gone(request, self._made(self._queries, wanted, asked, self._seconds))
        return _response(made, request, vary=True)


async def _unless_gone(request: Request, making: Any) -> MadeFile:
    """What is made, unless its asker goes before: then it is broken off."""
    work = asyncio.ensure_future(making)
    gone = asyncio.ensure_future(_gone(request))
    await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
    gone.cancel()
    if work.done():
        made: MadeFile = work.result()
        return made
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError, CityDiplomacyError):
        await work
    return plain(499, "The asker has gone.")


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _body(request: Request) -> bytes:
    """What is sent, up to its bound. Raises RefusedError."""
    body = b""
    try:
        async for piece in request.stream():
            if len(body := body + piece) > MOST_BODY:
                raise RefusedError(413, "What is sent is too large.")
    except ClientDisconnect:  # told to nobody, but to no terminal either
        raise RefusedError(400, "What is sent is not whole.") from None
    return body


def _response(made: MadeFile, request: Request, *, vary: bool = True) -> Response:
    tag = f'"{hashlib.sha256(made.content).hexdigest()[:24]}"'
    headers = {"cache-control": "no-cache", **({"vary": "accept"} if vary else {}), **made.headers}
    if made.status == 200:
        headers["etag"] = tag
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    if made.media in (MEDIA["pdf"], MEDIA["docx"], MEDIA["xlsx"]):
        headers["content-disposition"] = "attachment"
    return Response(made.content, made.status, headers, made.media)


async def _icon(_: Request) -> Response:
    return RedirectResponse("/static/icon.svg", 308)


async def _static(request: Request) -> Response:
    found = static.file(request.path_params["name"])
    if found is None:
        return PlainTextResponse("There is no such file.\n", 404)
    media, content = found
    tag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
    headers = {"cache-control": "no-cache", "etag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, 200, headers, media)


def _day() -> str:
    import datetime as dt

    return dt.date.today().isoformat()
