"""A query service on the network, asked politely: one question at a time, by name, waiting when it says so."""

from __future__ import annotations

import datetime as dt
import email.utils
import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from importlib.metadata import version

from citydiplomacy.errors import StoreError, UsageError
from citydiplomacy.ontology.terms import BASE

ADDRESS = "https://query.wikidata.org/sparql"
TRIES = 5
"""How often a question is sent before we give up."""
LONGEST_WAIT = 300
"""Seconds that we wait at a service's word; who is told to wait longer comes back later."""

_BUSY = frozenset((429, 502, 503, 504))
_AGENT = f"citydiplomacy/{version('citydiplomacy')} ({BASE})"


class Service:
    """A SPARQL endpoint in Wikidata's form.

    timeout: seconds without a byte before an answer counts as lost. sleep: waits so many seconds. tell: is told what
    came, and why we wait.
    """

    def __init__(
        self,
        address: str = ADDRESS,
        *,
        timeout: float = 90,
        sleep: Callable[[float], None] = time.sleep,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        parts = urllib.parse.urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{address!r} is no address of a query service.", hint=f"Such as {ADDRESS}")
        self.address, self.tell, self._timeout, self._sleep = address, tell, timeout, sleep

    def ask(self, query: str) -> bytes:
        """The answer to a query, in SPARQL's JSON form if the service is what it should be.

        A service that is busy (429, 503) or lost in the middle is asked again, after the time that it names, else after
        1, 2, 4 and 8 seconds. Raises StoreError if it refuses, or after TRIES times.
        """
        problem = ""
        for attempt in range(TRIES):
            wait = float(2**attempt)
            try:
                return self._answer(query)
            except urllib.error.HTTPError as error:
                problem = f"{error.code} {error.reason}"
                words = _words(error)
                if error.code not in _BUSY:
                    raise StoreError(f"{self.address} refused the query: {problem}.", hint=words) from None
                asked = retry_after(error.headers.get("Retry-After"))
                wait = wait if asked is None else asked
            except (OSError, http.client.HTTPException) as error:
                problem = str(getattr(error, "reason", error)) or type(error).__name__
            if wait > LONGEST_WAIT:
                raise StoreError(
                    f"{self.address} asks to wait {wait:.0f} seconds ({problem}).",
                    hint="Run the command again then: pages that came are kept.",
                )
            if attempt < TRIES - 1:
                self.tell(f"{self.address}: {problem}; asking again in {wait:.0f} s.")
                self._sleep(wait)
        raise StoreError(
            f"{self.address} does not answer ({problem}), asked {TRIES} times.",
            hint="Run the command again later: pages that came are kept.",
        )

    def _answer(self, query: str) -> bytes:
        request = urllib.request.Request(
            self.address,
            urllib.parse.urlencode({"query": query}).encode(),
            {"Accept": "application/sparql-results+json", "User-Agent": _AGENT},
        )
        with urllib.request.urlopen(request, timeout=self._timeout) as response:
            data: bytes = response.read()  # raises IncompleteRead if it was cut
        return data


def retry_after(header: str | None, now: dt.datetime | None = None) -> float | None:
    """Seconds to wait by a Retry-After header: a number of seconds or an HTTP date (RFC 9110, 10.2.3).

    None if there is none, or none that can be read.
    """
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        until = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - (now or dt.datetime.now(dt.UTC))).total_seconds())


def _words(error: urllib.error.HTTPError) -> str:
    """The first line of what a service says of an error, if it is plain words."""
    try:
        with error:
            text = error.read(2000).decode("utf-8", "replace").strip()
    except (OSError, http.client.HTTPException):
        return ""
    return "" if text.startswith("<") else text.partition("\n")[0][:200]
