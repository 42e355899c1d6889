"""What goes wrong with a real server: one clear message each, and never the password."""

from __future__ import annotations

import http.server
import os
import socket
import socketserver
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citydiplomacy.errors import LimitError, StoreError, UsageError
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.neo4j import asking
from citydiplomacy.graph.neo4j.asking import run
from citydiplomacy.graph.neo4j.login import Login
from citydiplomacy.graph.neo4j.server import connect, explained
from citydiplomacy.graph.neo4j_exchange.push import push
from citydiplomacy.graph.store.reader import Store

from ...neo4j_server import server

if TYPE_CHECKING:
    from neo4j import Driver

SECRET = "a-secret-that-nobody-may-see"
COMMAND = "from citydiplomacy.cli import main; main()"
CLOSED = "bolt://127.0.0.1:1"
"""A port that nobody listens on."""


def login(at: server.Login, **changes: str) -> Login:
    """The test server's, with some of it otherwise."""
    values = {"NEO4J_URI": at.uri, "NEO4J_USERNAME": at.user, "NEO4J_PASSWORD": at.password}
    return Login.of(values | changes)


def failure(error: BaseException) -> str:
    """All that a traceback could show of an error and of those before it, values of variables included."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(told.format()) + repr([error.__cause__, error.__context__])


# --- reaching the server ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_no_server(scheme: str) -> None:
    with pytest.raises(StoreError, match="no answer from the Neo4j server") as caught:
        connect(Login(CLOSED.replace("bolt", scheme), "neo4j", SECRET))
    assert SECRET not in failure(caught.value)


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s", "neo4j+ssc"])
def test_a_server_without_tls(neo4j_server: server.Login, scheme: str) -> None:
    with pytest.raises(StoreError, match="no answer from the Neo4j server") as caught:
        connect(login(neo4j_server, NEO4J_URI=neo4j_server.uri.replace("bolt", scheme, 1)))
    assert "TLS" in caught.value.hint


class Jetty(http.server.BaseHTTPRequestHandler):
    """A web server, which says of a request that it is none."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_web_server_is_known_as_one(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("neo4j.GraphDatabase.driver", lambda *_, **__: pytest.fail("the driver was asked"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Jetty) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        with pytest.raises(StoreError, match=f"127.0.0.1:{web.server_port} answers as a web server") as caught:
            connect(Login(f"{scheme}://127.0.0.1:{web.server_port}", "neo4j", SECRET))
        web.shutdown()
    assert "Bolt port" in caught.value.hint


def test_wrong_password(neo4j_server: server.Login) -> None:
    with pytest.raises(StoreError, match="refuses the user or the password") as caught:
        connect(login(neo4j_server, NEO4J_PASSWORD=SECRET))
    assert SECRET not in failure(caught.value)


def test_wrong_database(neo4j_server: server.Login) -> None:
    with pytest.raises(StoreError, match=r"no such database on the server: .*nowhere"):
        connect(login(neo4j_server), "nowhere")


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_addresses_with_and_without_routing(neo4j_server: server.Login, scheme: str) -> None:
    with connect(login(neo4j_server, NEO4J_URI=neo4j_server.uri.replace("bolt", scheme, 1))) as driver:
        assert run(driver, "RETURN 1 AS one").rows == [(1,)]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "localhost",
        "http://localhost:7474",
        "https://x",
        "bolt://",
        "bolt+x://h",
        "file:///etc/passwd",
        "bolt://h:0",
        "bolt://h:x",
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(UsageError, match=r"NEO4J_URI|no address") as caught:
        Login.of({"NEO4J_URI": address, "NEO4J_PASSWORD": SECRET})
    assert "bolt://" in caught.value.hint


@pytest.mark.parametrize("before", ["bolt://", "neo4j://", "http://", "", "bolt:", "bolt:/", "bolt//"])
def test_a_password_in_the_address_is_refused_and_not_repeated(before: str) -> None:
    with pytest.raises(UsageError) as caught:
        Login.of({"NEO4J_URI": f"{before}neo4j:{SECRET}@localhost:7687", "NEO4J_PASSWORD": ""})
    assert SECRET not in str(caught.value)


def test_the_password_is_asked_for_once() -> None:
    asked = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return SECRET

    made = Login.of({"NEO4J_URI": CLOSED}, answer)
    assert (made.user, made.password, len(asked)) == ("neo4j", SECRET, 1)
    assert SECRET not in repr(made) + str(made) + asked[0]

    def nobody(prompt: str) -> str:  # noqa: ARG001
        raise EOFError

    with pytest.raises(UsageError, match="no password"):
        Login.of({"NEO4J_URI": CLOSED}, nobody)


def test_without_a_terminal_no_password_is_read_that_could_be_seen() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "NEO4J_PASSWORD"}
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "neo4j", "status"],
        env=environment | {"NEO4J_URI": CLOSED},
        input=f"{SECRET}\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        start_new_session=True,  # away from the terminal of who runs the tests
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "citydip: no password.\nSet NEO4J_PASSWORD, or answer at a terminal.\n"


@pytest.mark.parametrize("command", [("push",), ("status",), ("pull", "--who", "x")])
@pytest.mark.parametrize("fault", ["no server", "wrong password", "wrong database"])
def test_commands_tell_it_in_two_lines(
    neo4j_server: server.Login, shipped: Path, command: tuple[str, ...], fault: str
) -> None:
    environment = dict(os.environ) | neo4j_server.environment | {"CITYDIPLOMACY_STORE": str(shipped)}
    options = []
    match fault:
        case "no server":
            environment |= {"NEO4J_URI": CLOSED}
        case "wrong password":
            environment |= {"NEO4J_PASSWORD": SECRET}
        case _:
            options = ["--database", "nowhere"]
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "neo4j", *command, *options],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 2, done.stderr
    assert environment["NEO4J_PASSWORD"] not in done.stdout + done.stderr


# --- writing where that is not allowed --------------------------------------------------------------------------------


def test_a_user_who_may_only_read(neo4j: Driver) -> None:
    # The community edition has no roles; a session that reads is refused as a reader is elsewhere.
    with (
        neo4j.session(default_access_mode="READ") as session,
        pytest.raises(StoreError, match="may only read") as caught,
        explained(),
    ):
        session.run("CREATE (:X)").consume()
    assert "write" in caught.value.hint


@pytest.mark.parametrize("code", ["ForbiddenOnReadOnlyDatabase", "WriteOnReadOnlyAccessDatabase"])
def test_a_read_only_database_is_not_the_users_fault(code: str) -> None:
    from neo4j.exceptions import Neo4jError

    error = Neo4jError._hydrate_neo4j(code=f"Neo.ClientError.General.{code}", message="no writes here")
    with pytest.raises(StoreError, match="this database is read-only: no writes here"), explained():
        raise error


def test_push_through_a_driver_that_was_closed(
    neo4j_server: server.Login, world: list[SourceRecords], build: Callable[[list[SourceRecords]], Path]
) -> None:
    driver = connect(login(neo4j_server))
    driver.close()
    with Store.open_folder(build(world)) as store, pytest.raises(StoreError, match="Driver closed"):
        push(store, driver)


# --- questions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:X) RETURN n",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) SET n.x = 1",
        "MATCH (n) CALL (n) { CREATE (m) } IN TRANSACTIONS",
        "/* harmless */ \\u0043REATE (n)",
        "CREATE INDEX FOR (n:X) ON (n.id)",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "CALL dbms.listConfig() YIELD name RETURN name",
        "CALL `dbms`.`listConfig`() YIELD name RETURN name",
        "CALL db.createLabel('X')",
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
        "SHOW USERS",
        "RETURN 1; MATCH (n) DELETE n",
    ],
)
def test_questions_only_read(neo4j: Driver, cypher: str) -> None:
    with neo4j.session() as session:
        session.run("CREATE (:Y)").consume()
    with pytest.raises(UsageError):
        run(neo4j, cypher)
    assert run(neo4j, "MATCH (n) RETURN labels(n)").rows == [(["Y"],)]


def test_words_that_write_may_stand_in_texts(neo4j: Driver) -> None:
    assert run(neo4j, "RETURN 'CREATE (n)' AS `DELETE` // SET").rows == [("CREATE (n)",)]


def test_a_runaway_question_is_stopped(neo4j: Driver) -> None:
    with pytest.raises(StoreError, match="too long"):
        run(neo4j, "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b)", timeout=0.5)
    with neo4j.session() as session:
        running = session.run("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery").value()
    assert not [query for query in running if "UNWIND" in query]


class Stalling(socketserver.ThreadingTCPServer):
    """Stands between a driver and a server, and holds back what the server says once it is told to."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, uri: str) -> None:
        super().__init__(("127.0.0.1", 0), Between)
        self.to = ("127.0.0.1", int(uri.rpartition(":")[2]))
        self.flows = threading.Event()
        self.flows.set()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def uri(self) -> str:
        """Its address."""
        return f"bolt://127.0.0.1:{self.server_address[1]}"


class Between(socketserver.BaseRequestHandler):
    """A connection of it."""

    def handle(self) -> None:
        """Pass on what either says."""
        assert isinstance(self.server, Stalling)
        with socket.create_connection(self.server.to) as server:
            threading.Thread(target=self._pass, args=(self.request, server), daemon=True).start()
            self._pass(server, self.request, self.server.flows)

    def _pass(self, one: socket.socket, other: socket.socket, flows: threading.Event | None = None) -> None:
        with suppress(OSError):
            while said := one.recv(65536):
                if flows is not None:
                    flows.wait()
                other.sendall(said)


@pytest.mark.usefixtures("neo4j")
def test_a_server_that_does_not_stop_is_not_waited_for(
    neo4j_server: server.Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "GRACE", 0.5)
    with Stalling(neo4j_server.uri) as between:
        with connect(login(neo4j_server, NEO4J_URI=between.uri)) as driver:
            assert run(driver, "RETURN 1 AS one").rows == [(1,)]
            between.flows.clear()
            began = time.monotonic()
            with pytest.raises(LimitError, match="no answer within 1 s"):
                run(driver, "RETURN 2 AS two", timeout=1)
        assert time.monotonic() - began < 10  # and the driver is closed
        between.flows.set()
        between.shutdown()


def test_rows_are_cut_at_the_limit(neo4j: Driver) -> None:
    answer = run(neo4j, "UNWIND range(1, 5) AS n RETURN n", limit=3)
    assert answer == (("n",), [(1,), (2,), (3,)], True)
    assert not run(neo4j, "UNWIND range(1, 3) AS n RETURN n", limit=3).truncated
    assert run(neo4j, "UNWIND range(1, 10000000) AS n RETURN n", limit=2).truncated


def test_syntax_errors_have_a_place(neo4j: Driver) -> None:
    with pytest.raises(UsageError, match=r"line 2, column 10"):
        run(neo4j, "// a question\nMATCH (n RETURN n")


def test_parameters_missing_and_too_many(neo4j: Driver) -> None:
    with pytest.raises(UsageError, match="missing parameter: city"):
        run(neo4j, "RETURN $city")
    with pytest.raises(UsageError, match="unknown parameter: other"):
        run(neo4j, "RETURN $city", {"city": "x", "other": "y"})


def test_other_errors_of_a_question(neo4j: Driver) -> None:
    with pytest.raises(UsageError, match="by zero"):
        run(neo4j, "RETURN 1 / 0")


def test_values_are_plain(neo4j: Driver) -> None:
    with neo4j.session() as session:
        session.run(
            "CREATE (:City:_CityDip {id: 'a', _digest: 1})-[:FLIES_TO {since: '1', _digest: 2}]->(:Y)"
        ).consume()
    cypher = """
        MATCH p = (a:City)-[r]->(b)
        RETURN a, r, [b] AS list, p, {x: a.id} AS map, date('2020-01-02') AS day, null AS no"""
    answer = run(neo4j, cypher)
    city, flight, other = {"_label": "City", "id": "a"}, {"_type": "FLIES_TO", "since": "1"}, {"_label": "Y"}
    path = {"_nodes": [city, other], "_relationships": [flight]}
    assert answer.rows == [(city, flight, [other], path, {"x": "a"}, "2020-01-02", None)]


@pytest.mark.usefixtures("neo4j")
def test_notices_are_told_once_and_not_logged(neo4j_server: server.Login, capfd: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    with connect(login(neo4j_server)) as driver:
        run(driver, "MATCH (c:Cty), (d:Cty) RETURN c.nme", tell=told.append)
    assert len(told) == len(set(told))
    assert any("Cty" in notice and "line 1, column 10" in notice for notice in told)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")
