"""A Neo4j server: who asks it, how it is reached, what its errors mean, and questions that only read."""

from __future__ import annotations

import logging
import os
import re
import ssl
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from getpass import GetPassWarning, getpass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from citydiplomacy.errors import CityDiplomacyError, MissingExtraError, StoreError, UsageError

from ..limited import ROWS, SECONDS
from ..limited.deadline import Deadline
from ..property import cypher as text
from ..property.cypher import CypherResult
from .handshake import refuse_web

if TYPE_CHECKING:
    import neo4j

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
OLDEST = (5, 13)
"""The first version that is supported: it can tell types. The calendar versions (2025 and later) follow 5."""
MARK = "_CityDip"
"""The label that every node of ours carries beside its own. It sorts last: Neo4j Browser colours nodes by the first."""
DIGEST = "_digest"
"""The property of every node and relationship of ours that tells how it was pushed."""
OURS = "_citydip"
"""The property, always true, that every relationship of ours carries, as nodes carry the label: patterns can ask it."""

REVISION = "revision"
"""The property of every node and relationship of ours that tells at which revision of the store a push last sent it."""

UNREADABLE = "(a value that the driver cannot read)"
"""In place of such a value."""
CONNECT_SECONDS = 10.0
RETRY_SECONDS = 15.0
"""How long a transaction that the server turned away for the moment is tried again."""

_OPERATORS = ("LoadCSV", "TerminateTransactions")
"""Steps of a plan that the server counts as reading, and that no question may take."""


@dataclass(frozen=True, slots=True)
class Login:
    """Where a server is, and who asks it. The password is in no representation of it."""

    address: str
    user: str
    password: str = field(repr=False)

    @staticmethod
    def of(environment: Mapping[str, str] = os.environ, ask: Callable[[str], str] = getpass) -> Login:
        """From NEO4J_URI, NEO4J_USERNAME (else neo4j) and NEO4J_PASSWORD; asks for a password that is not there.

        Raises UsageError for an address that is missing or none of a Neo4j server, and where nobody can be asked.
        """
        address = _address(environment.get("NEO4J_URI", ""))
        user = environment.get("NEO4J_USERNAME") or "neo4j"
        password = environment.get("NEO4J_PASSWORD")
        if password is None:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("error", GetPassWarning)  # without a terminal, what is typed could be seen
                    password = ask(f"Password of {user} at {address}: ")
            except (EOFError, GetPassWarning):
                raise UsageError("no password.", hint="Set NEO4J_PASSWORD, or answer at a terminal.") from None
        return Login(address, user, password)


def _address(address: str) -> str:
    """The address itself. A refused one is not repeated: people paste passwords into addresses."""
    forms = "bolt://host:7687 or neo4j://host:7687, with +s for TLS and +ssc for TLS with a certificate of its own"
    if not address:
        raise UsageError("no address of a Neo4j server.", hint=f"Set NEO4J_URI: {forms}.")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise UsageError("NEO4J_URI is not an address.", hint=f"Write {forms}.") from None
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "NEO4J_URI holds a user or a password.", hint="Put them into NEO4J_USERNAME and NEO4J_PASSWORD."
        )
    if parts.scheme not in SCHEMES or not host or port == 0:
        raise UsageError("NEO4J_URI is no address of a Neo4j server.", hint=f"Write {forms}.")
    return address


def connect(login: Login, database: str | None = None, seconds: float = CONNECT_SECONDS * 3) -> neo4j.Driver:
    """A driver that has reached the server and the database (None: the user's own); the caller closes it.

    seconds: how long a connection may take. Raises StoreError if that fails, with the reason in one sentence;
    MissingExtraError without the driver.
    """
    try:
        from neo4j import GraphDatabase
    except ImportError:
        raise MissingExtraError("neo4j", "neo4j", "A Neo4j server") from None
    # The driver logs each notice of the server for each query, and connections that fail; `run` tells what is useful.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    refuse_web(login.address)
    with explained():
        driver = GraphDatabase.driver(
            login.address,
            auth=(login.user, login.password),
            connection_timeout=min(seconds, CONNECT_SECONDS),
            connection_acquisition_timeout=seconds,
            max_transaction_retry_time=RETRY_SECONDS,
            notifications_min_severity="WARNING",
            user_agent="citydiplomacy",
        )
        try:
            agent = driver.get_server_info().agent
            with driver.session(database=database, default_access_mode="READ") as session:
                session.run("RETURN 1").consume()
        except BaseException:
            driver.close()
            raise
    version = re.search(r"/(\d+)\.(\d+)", agent)
    if version and (int(version[1]), int(version[2])) < OLDEST:
        driver.close()
        major, minor = OLDEST
        raise StoreError(f"{login.address}: {agent} is too old.", hint=f"Neo4j {major}.{minor} or later is needed.")
    return driver


@contextmanager
def explained(lines_before: int = 0, hint: str = "") -> Iterator[None]:
    """Turn the driver's errors into ours: one sentence each, and no frame of the driver, which knows the password.

    lines_before: how many lines of ours stand before the text that the user knows. hint: what to do, whatever it was.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except (Neo4jError, DriverError, ssl.SSLError) as error:
        told = _explanation(error, lines_before)
        if hint:
            told = type(told)(told.message, hint=hint)
        link: BaseException | None = error
        while link is not None:
            link.__traceback__ = None
            link = link.__cause__ or link.__context__
        raise told from None


def _explanation(error: Exception, lines_before: int) -> CityDiplomacyError:
    from neo4j import exceptions as known

    code = str(getattr(error, "code", None) or "")
    told = str(error.message if isinstance(error, known.Neo4jError) else error).strip()
    told = re.sub(
        r"line (\d+), column (\d+) \(offset: \d+\)", lambda m: f"line {int(m[1]) - lines_before}, column {m[2]}", told
    )
    first = told.splitlines()[0] if told else type(error).__name__
    match error:
        case known.CypherSyntaxError():
            return UsageError(f"not Cypher: {told}")
        case known.AuthError():
            return StoreError(
                f"the server refuses the user or the password ({code.rpartition('.')[2]}).",
                hint="Look at NEO4J_USERNAME and NEO4J_PASSWORD; after several wrong ones the server waits a while.",
            )
        case known.IncompleteCommit() | known.SessionExpired():
            return StoreError(f"the server went away in the middle ({first}).", hint="Run it again when it is back.")
        case known.ServiceUnavailable() | known.ConnectionAcquisitionTimeoutError():
            return StoreError(
                f"no answer from the Neo4j server: {first}",
                hint="Is it started, does NEO4J_URI name its host and Bolt port, and does it speak TLS (+s) or not?",
            )
        case known.ConfigurationError():
            return UsageError(f"the driver refuses the settings ({type(error).__name__}).")
    match code.removeprefix("Neo.").split("."):
        case [_, "Database", "DatabaseNotFound" | "DatabaseUnavailable" | "IllegalAliasChain"]:
            return StoreError(f"no such database on the server: {first}", hint="Name it with --database.")
        case [_, _, "WriteOnReadOnlyAccessDatabase" | "ForbiddenOnReadOnlyDatabase"]:
            return StoreError(f"this database is read-only: {first}", hint="A push needs one that may be written to.")
        case [_, _, "AccessMode" | "Forbidden"]:
            return StoreError(f"this user may only read here: {first}", hint="A push needs a user who may write.")
        case [_, _, "ParameterMissing"]:
            return UsageError(f"a parameter is missing: {first}", hint="Give it with -p NAME=VALUE.")
        case [_, "Transaction", name] if "TimedOut" in name:
            return StoreError("the query took too long and was stopped.", hint="Ask for less, or allow more time.")
        case ["ClientError", "Statement", _]:
            return UsageError(f"the query cannot be answered: {told}")
    return StoreError(f"the server reports an error: {first}" + (f" ({code})" if code else ""))


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

    timeout: seconds after which the server stops it, checks and plan and all. limit: rows after which no more are
    fetched. tell: called with each warning of the server, once. Values are as the embedded engine gives them: see
    EmbeddedGraph.run. Raises UsageError for a query that writes or reaches outside the graph, for errors in it (with
    their place), and for parameters missing or too many; StoreError if it takes too long or the server does not answer.
    """
    from neo4j import Query

    deadline = Deadline.of(timeout)
    values = dict(parameters or {})
    text.check_read_only(cypher)
    text.check_parameters(cypher, values)
    with explained(lines_before=1), driver.session(database=database, default_access_mode="READ") as session:
        # The server's own plan is the second look: it tells what a query does, however that is written.
        plan = session.run(Query(f"EXPLAIN\n{cypher}", timeout=deadline.left()), values).consume()
        _check_reads_only(plan)
        if tell is not None:
            for notice in _notices(plan, lines_before=1):
                tell(notice)
        result = session.run(Query(f"\n{cypher}", timeout=deadline.left()), values)
        columns = tuple(result.keys())
        rows = [_row(record) for record in islice(result, limit)]
        return CypherResult(columns, rows, truncated=result.peek() is not None)


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
