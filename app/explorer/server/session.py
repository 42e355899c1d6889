"""Whose forms may change the store: those of pages that this server gave to the same browser.

A browser is known by a cookie that no other site makes it send. The token in a form is made of it with a secret of this
server, so that who can set a cookie still knows no token.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..request import RefusedError

if TYPE_CHECKING:
    from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
_KEY = re.compile(r"[\w-]{43}")


@dataclass(frozen=True)
class Session:
    """A browser, and what its forms send."""

    key: str
    token: str
    is_new: bool

    def checked(self, request: Request, fields: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The fields of a form without its token. Raises RefusedError for one that is not of a page of ours."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
            raise RefusedError(415, "This is sent as a form.")
        if not request.headers.get("origin") or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise RefusedError(403, "A page of another origin may not send this.")
        tokens = [value for name, value in fields if name == "token"]
        if self.is_new or len(tokens) != 1 or not hmac.compare_digest(tokens[0].encode(), self.token.encode()):
            raise RefusedError(403, "This form is not of a page that this server gave.", hint="Open the page again.")
        return tuple((name, value) for name, value in fields if name != "token")

    def headers(self, request: Request) -> Mapping[str, str]:
        """What an answer to it says of itself: nobody keeps it, and its forms tell their origin."""
        cookie = f"{name(request)}={self.key}; Path=/; HttpOnly; SameSite=Strict"
        return {
            "cache-control": "no-store",
            "referrer-policy": "same-origin",
            **({"set-cookie": cookie} if self.is_new else {}),
        }


class Sessions:
    """The browsers that one server knows; they are forgotten when it ends."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def of(self, request: Request) -> Session:
        """The session of a request; a new one if it brings none."""
        brought = request.cookies.get(name(request), "")
        is_new = not _KEY.fullmatch(brought)
        key = secrets.token_urlsafe(32) if is_new else brought
        return Session(key, hmac.digest(self._secret, key.encode(), "sha256").hex(), is_new)


def name(request: Request) -> str:
    """The name of the cookie: cookies do not tell apart the servers of one machine."""
    return f"citydip-{request.url.port or 80}"
