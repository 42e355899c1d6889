"""Who is let in where a token is asked for: who opens the address with it, and from then on the same browser.

A browser keeps it as a cookie that no script reads and no other site makes it send; programs send it as the header
`Authorization: Bearer`.
"""

from __future__ import annotations

import hmac
import secrets
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request

from .little import page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

FIELD = "token"
"""Of an address that lets a browser in."""
_OUTSIDE = {
    "en": "These pages ask for a token. Open the address that the server told when it was started.",
    "fa": "این صفحه‌ها رمزی می‌خواهند. نشانی‌ای را باز کنید که سرور هنگام آغاز گفت.",
}
_INSIDE = {"en": "To the pages", "fa": "به صفحه‌ها"}


def made() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(24)


class Door:
    """Lets in who knows the token; others are told that one is asked for, with 401. An empty token lets all in."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not self._token or scope["path"].rpartition("/")[0] == "/static":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        name = f"citydip-token-{scope['server'][1]}"  # cookies do not tell apart the servers of one machine
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        fields = request.query_params.multi_items()
        # First, so that no page is made for an address that tells the token: its links would tell it too.
        if request.method == "GET" and any(self._is_it(value) for field, value in fields if field == FIELD):
            cookie = f"{name}={self._token}; Path=/; HttpOnly; SameSite=Strict"
            rest = urlencode([each for each in fields if each[0] != FIELD])
            # A link of this page, not a redirection: a browser that comes from elsewhere would leave the cookie out.
            way = escape("/" + scope["raw_path"].decode("latin-1").lstrip("/\\") + (f"?{rest}" if rest else ""))
            told = {lang: f'<a href="{way}">{words}</a>' for lang, words in _INSIDE.items()}
            head = f'<meta http-equiv="refresh" content="0; url={way}">'
            await _answer(send, 200, page(told, head), (b"set-cookie", cookie.encode()))
        elif self._is_it(bearer) or self._is_it(request.cookies.get(name, "")) or request.method == "OPTIONS":
            await self._app(scope, receive, send)
        else:
            await _answer(send, 401, page(_OUTSIDE), (b"www-authenticate", b"Bearer"))

    def _is_it(self, told: str) -> bool:
        return hmac.compare_digest(told.encode(), self._token.encode())


async def _answer(send: Send, status: int, page: str, *headers: tuple[bytes, bytes]) -> None:
    body = page.encode()
    told = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})
