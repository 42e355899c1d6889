"""An endpoint whose answers take no longer than is allowed, however slowly the server sends them.

It is asked in a process that can be killed: time limits of a connection hold for each piece that comes, not for the
whole, and there are none for the name of a host.
"""

from __future__ import annotations

from ..rdf.endpoint import Endpoint
from . import SECONDS
from .deadline import Deadline
from .worker import Worker


class LimitedEndpoint(Endpoint):
    """A SPARQL 1.1 endpoint that answers each query within some seconds, or all of them within one deadline."""

    def __init__(self, address: str, seconds: float | Deadline = SECONDS) -> None:
        super().__init__(address)
        self._seconds = seconds
        self._worker = Worker(f"{__name__}:_Asking", address)

    def fetch(self, sparql: str) -> tuple[str, bytes]:
        """What the server answers. Raises StoreError if it takes too long."""
        answer: tuple[str, bytes] = self._worker.ask(sparql, seconds=self._seconds)
        return answer

    def close(self) -> None:
        """End the process."""
        self._worker.close()


class _Asking:
    """The endpoint inside the process."""

    def __init__(self, address: str) -> None:
        self._endpoint = Endpoint(address)

    def answer(self, sparql: str, deadline: Deadline) -> tuple[str, bytes]:  # noqa: ARG002
        return self._endpoint.fetch(sparql)
