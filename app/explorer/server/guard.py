"""Who may ask at all: the name of the host, the origin of a form, the size of what is sent; and what pages may do."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)
MOST_HEADERS = 16_384
"""Bytes of a request before its body."""
MOST_BODY = 1 << 20
"""Bytes that are read of what is sent."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Guard:
    """Refuses what does not come to us by one of our names, and adds to all answers what a page may do.

    names: of hosts. any_address: whether numbers are taken too, which no foreign page can have a name lead to.
    """

    def __init__(self, app: ASGIApp, names: Collection[str], *, any_address: bool, cors: bool) -> None:
        self._app, self._cors = app, cors
        self._names = frozenset(name.lower() for name in names)
        self._any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        shared = self._cors and scope["path"] == "/sparql"

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", ()))
                told = (*HEADERS, (b"cross-origin-resource-policy", b"cross-origin" if shared else b"same-origin"))
                message["headers"] = [*own, *(each for each in told if each[0] not in dict(own))]
                if shared:
                    message["headers"] += [
                        (b"access-control-allow-origin", b"*"),
                        (b"access-control-allow-headers", b"accept, authorization, content-type"),
                    ]
            await send(message)

        host = headers.get(b"host", b"").decode("latin-1")
        if not self._is_ours(host):
            await _refuse(sending, 421, "This server is not known by that name.")
        elif not shared and not self._is_same(headers.get(b"origin", b"").decode("latin-1"), host, scope):
            await _refuse(sending, 403, "A page of another origin may not send this.")
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADERS:
            await _refuse(sending, 431, "What is sent is too large.")
        elif int(headers.get(b"content-length") or 0) > MOST_BODY:
            await _refuse(sending, 413, "What is sent is too large.")
        else:
            await self._app(scope, receive, sending)

    def _is_ours(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host
        name = name.strip("[]").lower().removesuffix(".")
        if name in self._names:
            return True
        try:
            return self._any_address and bool(ipaddress.ip_address(name))
        except ValueError:
            return False

    def _is_same(self, origin: str, host: str, scope: Scope) -> bool:
        """Whether what changes or sends something comes from a page of ours, or from no page."""
        if scope["method"] in ("GET", "HEAD") or not origin:
            return True
        return origin.lower() == f"{scope['scheme']}://{host.lower()}"


async def _refuse(send: Send, status: int, why: str) -> None:
    body = f"{why}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),  # what is still to come is not waited for
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
