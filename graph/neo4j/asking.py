"""Questions to a Neo4j server that only read, and its values as ours."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from citydiplomacy.errors import LimitError, UsageError

from ..limited import ROWS, SECONDS
from ..limited.deadline import Deadline
from ..property import cypher as text
from ..property.cypher import CypherResult
from .marks import DIGEST, MARK, OURS
from .server import explained

if TYPE_CHECKING:
    import neo4j

T = TypeVar("T")

GRACE = 5.0
"""Seconds that a server is waited for after the time of a question: it looks every other second what is to be stopped.
"""
UNREADABLE = "(a value that the driver cannot read)"
"""In place of such a value."""

_OPERATORS = ("LoadCSV", "TerminateTransactions")
"""Steps of a plan that the server counts as reading, and that no question may take."""


def run(
    driver: neo4j.Driver,
    cypher: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    database: str | None = None,
    timeout: float | Deadline = SECONDS,
    limit: int = ROWS,
    tell: Callable[[str], None] | None = None,
) -> CypherResult:
    """Ask a question that only reads; in a cluster a read replica answers.

    timeout: seconds after which the server is to stop it, checks and plan and all; see `_in_time`. limit: rows after
    which no more are fetched. tell: called with each warning of the server, once. Values are as the embedded engine
    gives them: see EmbeddedGraph.run. Raises UsageError for a query that writes or reaches outside the graph, for
    errors in it (with their place), and for parameters missing or too many; StoreError if it takes too long or the
    server does not answer.
    """
    from neo4j import Query

    deadline = Deadline.of(timeout)
    values = dict(parameters or {})
    text.check_read_only(cypher)
    text.check_parameters(cypher, values)

    def ask() -> tuple[CypherResult, list[str]]:
        with explained(lines_before=1), driver.session(database=database, default_access_mode="READ") as session:
            # The server's own plan is the second look: it tells what a query does, however that is written.
            plan = session.run(Query(f"EXPLAIN\n{cypher}", timeout=deadline.left()), values).consume()
            _check_reads_only(plan)
            result = session.run(Query(f"\n{cypher}", timeout=deadline.left()), values)
            columns = tuple(result.keys())
            rows = [_row(record) for record in islice(result, limit)]
            return CypherResult(columns, rows, truncated=result.peek() is not None), _notices(plan, lines_before=1)

    answer, notices = _in_time(ask, deadline)
    if tell is not None:
        for notice in notices:
            tell(notice)
    return answer


def _in_time(ask: Callable[[], T], deadline: Deadline) -> T:
    """What a call gives or raises, waited for no longer than GRACE after the deadline: the server stops a question only
    where its work lets it, and may plan for minutes. Who was not waited for ends with the driver's connections.

    Raises LimitError.
    """
    answer: Future[T] = Future()

    def work() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=work, daemon=True).start()  # an executor would wait for it at the end of the process
    if not wait([answer], deadline.left() + GRACE).done:
        raise LimitError(
            f"the server gave no answer within {deadline.seconds:g} s, and was not waited for any longer.",
            hint="It was told to stop the question. Whether it works on it still is told there by: SHOW TRANSACTIONS",
        )
    return answer.result()


def _check_reads_only(plan: neo4j.ResultSummary) -> None:
    if plan.query_type != "r":
        raise UsageError("the query writes or administers the server; a question only reads.")
    steps = [plan.plan or {}]
    for step in steps:
        steps += step.get("children", [])
        operator = step.get("operatorType", "").partition("@")[0]
        called = step.get("args", {}).get("Details", "").partition("(")[0] if operator == "ProcedureCall" else ""
        if operator in _OPERATORS or (called and called not in text.PROCEDURES):
            raise UsageError(f"the query reaches outside the graph: {called or operator}.")


def _notices(summary: neo4j.ResultSummary, lines_before: int) -> list[str]:
    """The server's warnings, each once, with their places."""
    told: dict[str, None] = {}
    for status in summary.gql_status_objects:
        if status.is_notification:
            at = status.position
            place = f"line {at.line - lines_before}, column {at.column}: " if at else ""
            told[place + status.status_description.removeprefix("warn: ")] = None
    return list(told)


def _row(record: neo4j.Record) -> tuple[Any, ...]:
    from neo4j.exceptions import BrokenRecordError

    try:
        return tuple(map(plain, record.values()))
    except BrokenRecordError:
        return tuple([_cell(record, place) for place in range(len(record))])


def _cell(record: neo4j.Record, place: int) -> Any:
    """A value of a row of which the driver cannot read all: Python knows no day before the year 1 or after 9999."""
    from neo4j.exceptions import BrokenRecordError

    try:
        return plain(record[place])
    except BrokenRecordError:
        return UNREADABLE


def plain(value: Any) -> Any:
    """A value of the server as one of ours; what only a push needs to know is left out."""
    from neo4j import graph

    match value:
        case graph.Node():
            label = next((one for one in sorted(value.labels) if not one.startswith(MARK)), "")
            return {"_label": label, **_shown(value)}
        case graph.Relationship():
            return {"_type": value.type, **_shown(value)}
        case graph.Path():
            return {"_nodes": plain(list(value.nodes)), "_relationships": plain(list(value.relationships))}
        case dict():
            return {name: plain(one) for name, one in value.items()}
        case list():
            return [plain(one) for one in value]
        case None | str() | int() | float():
            return value
        case _:
            if hasattr(value, "raw_data"):
                return UNREADABLE
            return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _shown(thing: neo4j.graph.Entity) -> dict[str, Any]:
    return {name: plain(value) for name, value in thing.items() if name not in (DIGEST, OURS)}
