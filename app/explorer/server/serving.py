"""Starting and ending the server: its address, the browser, and askers that are too slow."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Collection, Iterator
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ...errors import UsageError
from .application import Explorer
from .guard import LOOPBACK, MOST_HEADERS

SLOW_SECONDS = 10.0
"""How long an asker may take to send a request, or to take more of an answer."""
CONNECTIONS = 256


class Patient(H11Protocol):
    """HTTP that waits for no one longer than `SLOW_SECONDS`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._state: object = None
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        self._clock.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        """Twice without a whole request since the last, or with the same of an answer waiting, is too slow."""
        waits = self.cycle is None or self.cycle.response_complete or self.cycle.more_body
        owed = self.transport.get_write_buffer_size()
        state = (self.cycle, owed) if owed or waits else None
        if state is not None and state == self._state:
            self.transport.abort()
            return
        self._state = state
        self._clock = self.loop.call_later(SLOW_SECONDS / 2, self._look)


class PageServer(uvicorn.Server):
    """A server that Ctrl-C ends as it should be ended."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take signals, and raise none of them again."""
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; on a free port if it is 0. Raises UsageError if it cannot."""
    if not host:
        raise UsageError("--host is empty.", hint="127.0.0.1 is this machine alone; 0.0.0.0 all that reach it.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends what it has at once only on sockets that say that they are TCP; on others the end of an answer waits
    # 40 ms for an acknowledgement of its beginning.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except (OSError, OverflowError) as error:
        made.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{host}:{port}: {reason}.", hint="Another --port, or none for a free one.") from None
    made.listen(128)
    return made


def serve(
    explorer: Explorer,
    bound: socket.socket,
    names: Collection[str],
    *,
    cors: bool,
    ready: Callable[[], None],
    token: str = "",
) -> None:
    """Serve until Ctrl-C. names: further names of hosts by which it is known. ready: called when it answers. token:
    what askers must know; empty if nothing.
    """
    host = str(bound.getsockname()[0])
    at_home = host in LOOPBACK
    own = LOOPBACK if at_home else {*LOOPBACK, host, socket.gethostname()}
    config: Any = uvicorn.Config(
        explorer.application({*own, *names}, any_address=not at_home, cors=cors, token=token),
        http=Patient,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        h11_max_incomplete_event_size=MOST_HEADERS,
        timeout_graceful_shutdown=2,
    )
    threading.Thread(target=ready, daemon=True).start()
    PageServer(config).run(sockets=[bound])


def open_browser(address: str) -> None:
    """Open a page in the browser of whoever sits here, if there is one."""
    with contextlib.suppress(webbrowser.Error):
        webbrowser.open(address)
