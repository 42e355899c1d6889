"""A Neo4j server: how it is reached, and what its errors mean."""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from citydiplomacy.errors import CityDiplomacyError, MissingExtraError, StoreError, UsageError

from .handshake import refuse_web
from .login import Login

if TYPE_CHECKING:
    import neo4j

OLDEST = (5, 13)
"""The first version that is supported: it can tell types. The calendar versions (2025 and later) follow 5."""
CONNECT_SECONDS = 10.0
RETRY_SECONDS = 15.0
"""How long a transaction that the server turned away for the moment is tried again."""


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
    first = told.splitlines()[0].rstrip(":") if told else type(error).__name__
    first = re.sub(r" \(resolved to .*\)", "", first)
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
