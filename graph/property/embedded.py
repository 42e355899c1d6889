"""The property graph in an embedded engine (Ladybug): asked in Cypher, built from a store when it is asked.

It is kept until the store changes. Questions are answered in a process of its own, which can be killed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from citydiplomacy.errors import StoreError, UsageError

from ..closing import Closing
from ..limited import ROWS, SECONDS
from ..limited.deadline import Deadline
from ..limited.worker import Worker
from ..store.locks import Hold
from ..store.reader import Store
from . import cypher as text
from . import embedded_build as building
from .cypher import CypherResult
from .given import taken
from .traps import refuse_traps


class EmbeddedGraph(Closing):
    """The property graph of a store, asked in Cypher. Not to be shared by threads."""

    def __init__(self, folder: Path, hold: Hold) -> None:
        self._hold = hold
        self._worker = Worker(f"{__name__}:_Opened", str(folder / building.DATABASE))

    @staticmethod
    def open(store: Store, tell: building.Told | None = None) -> EmbeddedGraph:
        """The graph of the revision that a store shows, built first if nobody has built it.

        tell: called with what the projection could not carry, if it is built. Raises MissingExtraError without the
        engine, StoreError if the graph cannot be written.
        """
        folder, hold = building.ready(store, tell)
        return EmbeddedGraph(folder, hold)

    def run(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | Deadline = SECONDS,
        limit: int = ROWS,
    ) -> CypherResult:
        """Ask a question that only reads.

        Values are str, int, float, bool, list, dict or None; a node is a dict of its properties with `_label`, a
        relationship one with `_type`, a path one with `_nodes` and `_relationships`. Raises UsageError for a query that
        writes or reaches outside, for what the engine would answer wrongly, for errors in it (with their place), and
        for parameters missing or too many; StoreError if it takes longer than `timeout` seconds, checks and all.
        """
        deadline = Deadline.of(timeout)
        given = dict(parameters or {})
        text.check_read_only(cypher)
        refuse_traps(cypher)
        text.check_parameters(cypher, given)
        given = {name: taken(name, value) for name, value in given.items()}
        # The engine cannot tell the type of an empty list that it is given, but of one that it reads.
        empty = {name: "CAST([] AS STRING[])" for name, value in given.items() if value == []}
        values = {name: value for name, value in given.items() if name not in empty}
        answer: CypherResult = self._worker.ask(text.inline(cypher, empty), values, limit, seconds=deadline)
        return answer

    def close(self) -> None:
        """End the process, and let the graph go."""
        self._worker.close()
        self._hold.close()


# --- answering --------------------------------------------------------------------------------------------------------


class _Opened:
    """The database inside the worker."""

    def __init__(self, path: str) -> None:
        import ladybug

        self._database = building.opened(Path(path), read_only=True)
        self._connection = ladybug.Connection(self._database)

    def answer(self, cypher: str, parameters: dict[str, Any], limit: int, deadline: Deadline) -> CypherResult:
        """Rows of an answer; the engine stops itself where it can, and is killed where it cannot."""
        self._connection.set_query_timeout(max(1, round(deadline.left() * 1000)))
        try:
            result: Any = self._connection.execute(cypher, parameters)
        except RuntimeError as error:
            raise _told(str(error), cypher, deadline) from None
        with contextlib.closing(result):
            columns = tuple(result.get_column_names())
            rows: list[tuple[Any, ...]] = []
            while result.has_next() and len(rows) < limit:
                rows.append(tuple(plain(value) for value in result.get_next()))
            return CypherResult(columns, rows, truncated=result.has_next())


def plain(value: Any) -> Any:
    """A value of the engine as one of ours."""
    match value:
        case {"_NODES": nodes, "_RELS": ties}:
            return {"_nodes": plain(nodes), "_relationships": plain(ties)}
        case {"_ID": _, "_LABEL": name}:
            key = "_type" if "_SRC" in value else "_label"
            kept = {n: v for n, v in value.items() if v is not None and n not in ("_ID", "_LABEL", "_SRC", "_DST")}
            return {key: name, **kept}
        case dict():
            return {name: plain(one) for name, one in value.items()}
        case list():
            return [plain(one) for one in value]
        case Decimal():  # sums of whole numbers come in a wider type
            return int(value) if value == value.to_integral_value() else float(value)
        case dt.date() | dt.datetime():
            return value.isoformat()
        case None | str() | int() | float():
            return value
        case _:
            return str(value)


_PLACE = re.compile(r"\(line: (\d+), offset: (\d+)\)")
_HINTS = {
    r"\bTYPE does not exist": "Here the type of a relationship is label(r).",
    r"shortestPath": "Here a shortest path is -[:TYPE* SHORTEST 1..5]-.",
    r"ORDER BY must be followed": "Here WITH ... ORDER BY needs a LIMIT.",
    r"Cannot order by": "Give the column a name that no variable has.",
    r"Table \S+ does not exist": "CALL show_tables() RETURN name, type lists labels and types.",
    r"(?i)\bEXISTS\s*\(": "Here it is EXISTS { MATCH ... }, or x IS NOT NULL.",
    r"Cannot find property": "CALL table_info('City') RETURN name, type lists the properties of a label.",
}


def _told(message: str, cypher: str, deadline: Deadline) -> StoreError | UsageError:
    """An error of the engine, as ours."""
    if message.startswith("Interrupted"):
        return deadline.over()
    if "Buffer manager" in message or "bad_alloc" in message:
        return StoreError(
            f"the query took more than the {building.allowed().pool >> 20} MB of memory that it may have.",
            hint="Ask for less, or add a LIMIT.",
        )
    hint = next((hint for pattern, hint in _HINTS.items() if re.search(pattern, message + cypher)), "")
    place = _PLACE.search(message)
    if place is None:
        return UsageError(f"the query cannot be answered: {message.splitlines()[0]}", hint=hint)
    line, column = int(place[1]), int(place[2]) + 1
    reason = message[: place.start()].removeprefix("Parser exception: ").partition(" expecting ")[0].strip()
    hint = hint or "A name that is a word of Cypher (end, order, ...) stands in `backticks`."
    return UsageError(f"line {line}, column {column}: not Cypher: {reason}", hint=hint)
