"""A query service on the network, asked politely: one question at a time, by name, waiting when it says so."""

from __future__ import annotations

import time
import urllib.parse
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from urllib3 import BaseHTTPResponse, Retry
from urllib3.exceptions import HTTPError, InvalidHeader

from citydiplomacy.errors import StoreError, UsageError
from citydiplomacy.graph.rdf import http
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
        headers = {"Accept": "application/sparql-results+json", "User-Agent": _AGENT}
        retries = _Patience.of(self)
        try:
            answer = http.post(self.address, {"query": query}, headers, timeout=self._timeout, retries=retries)
        except HTTPError as error:
            raise self._silent(http.reason(error)) from None
        problem = f"{answer.status} {answer.reason}"
        if answer.status in _BUSY:
            raise self._silent(problem)
        if answer.status != 200:
            raise StoreError(f"{self.address} refused the query: {problem}.", hint=_words(answer))
        return answer.data

    def wait(self, seconds: float, problem: str) -> None:
        """Wait before the next try, and say why. Raises StoreError for more than LONGEST_WAIT."""
        if seconds > LONGEST_WAIT:
            raise StoreError(
                f"{self.address} asks to wait {seconds:.0f} seconds ({problem}).",
                hint="Run the command again then: pages that came are kept.",
            )
        self.tell(f"{self.address}: {problem}; asking again in {seconds:.0f} s.")
        self._sleep(seconds)

    def _silent(self, problem: str) -> StoreError:
        return StoreError(
            f"{self.address} does not answer ({problem}), asked {TRIES} times.",
            hint="Run the command again later: pages that came are kept.",
        )


class _Patience(Retry):
    """urllib3's retries, whose waiting is the service's to do and to tell."""

    service: Service

    @classmethod
    def of(cls, service: Service) -> _Patience:
        """The retries of one question."""
        made = cls(
            TRIES - 1,
            allowed_methods=None,  # a question may be asked twice
            status_forcelist=_BUSY,
            raise_on_status=False,
            retry_after_max=10**9,
        )
        made.service = service
        return made

    def new(self, **changes: Any) -> _Patience:
        """The same with what happened since."""
        made = super().new(**changes)
        made.service = self.service
        return made

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        """Wait as long as the service says (Retry-After, RFC 9110, 10.2.3), else twice as long as the last time."""
        try:
            asked = self.get_retry_after(response) if response else None
        except InvalidHeader:
            asked = None
        lost = self.history[-1].error
        problem = http.reason(lost) if lost else f"{response.status} {response.reason}" if response else ""
        self.service.wait(2.0 ** (len(self.history) - 1) if asked is None else asked, problem)


def _words(answer: BaseHTTPResponse) -> str:
    """The first line of what a service says of an error, if it is plain words."""
    text = answer.data[:2000].decode("utf-8", "replace").strip()
    return "" if text.startswith("<") else text.partition("\n")[0][:200]
