"""Free questions in SPARQL with a limit of time and of rows: asked in a process that can be killed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from ..closing import Closing
from ..rdf import triples
from ..store.reader import Results, Store
from . import ROWS, SECONDS
from .deadline import Deadline
from .worker import Worker


class LimitedRows(NamedTuple):
    """Rows of an answer, each term as `rdf.short` writes it and None where unbound.

    SELECT has its variables as columns, ASK the one column `answer` with a bool, CONSTRUCT and DESCRIBE `subject`,
    `predicate` and `object`.
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[str | bool | None, ...]]
    truncated: bool
    """Whether there were more rows than the limit."""


class LimitedStore(Closing):
    """A store that is asked in a process of its own. The first question opens it; further ones find it open."""

    def __init__(self, folder: Path) -> None:
        self._worker = Worker(f"{__name__}:_Opened", str(folder))

    def query(self, sparql: str, *, seconds: float | Deadline = SECONDS, limit: int = ROWS) -> LimitedRows:
        """Ask. Raises what Store.open_folder and Store.query raise, and StoreError if it takes too long."""
        answer: LimitedRows = self._worker.ask(sparql, limit, seconds=seconds)
        return answer

    def close(self) -> None:
        """End the process."""
        self._worker.close()


class _Opened:
    """The store inside the process. Its engine has no time limit of its own: the deadline is for who kills it."""

    def __init__(self, folder: str) -> None:
        self._store = Store.open_folder(Path(folder))

    def answer(self, sparql: str, limit: int, deadline: Deadline) -> LimitedRows:  # noqa: ARG002
        return answer_of(self._store.query(sparql), limit)


def answer_of(results: Results, limit: int) -> LimitedRows:
    """The first rows of results, and whether there are more."""
    if isinstance(results, ox.QueryBoolean):
        return LimitedRows(("answer",), [(bool(results),)], truncated=False)
    if isinstance(results, ox.QuerySolutions):
        columns = tuple(variable.value for variable in results.variables)
        rows = (tuple(None if term is None else triples.short(term) for term in row) for row in results)
    else:
        columns = ("subject", "predicate", "object")
        rows = (tuple(map(triples.short, (t.subject, t.predicate, t.object))) for t in results)
    kept = list(islice(rows, limit))
    return LimitedRows(columns, kept, truncated=next(rows, None) is not None)
