"""The server that other tests lean on: it starts, guards itself, keeps what it was told, and outlives nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from neo4j import READ_ACCESS, Driver, GraphDatabase
from neo4j.exceptions import AuthError, ClientError, ServiceUnavailable

from ..conftest import ROOT
from .server import Login, Neo4jServer, empty, import_csv, is_empty, version

KILLED_TEST = """
import os, signal
from pathlib import Path

def test(neo4j_killable):
    Path(os.environ["PID_FILE"]).write_text(str(neo4j_killable.pid))
    os.kill(os.getpid(), signal.SIGKILL)
"""
REFUSED_TEST = """
def test(neo4j):
    pass
"""


def values(driver: Driver, query: str) -> list[object]:
    """The first column of the rows of a query."""
    return [record[0] for record in driver.execute_query(query).records]


def alive(pid: int) -> bool:
    """Whether a process runs; an orphan that has ended may stay as a zombie that nobody reaps."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def pytest_run(folder: Path, test: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a test with the fixtures in a pytest of its own, by the environment given and nothing of CI or Neo4j."""
    (folder / "test_inner.py").write_text(test)
    kept = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("NEO4J_")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.neo4j_fixtures", "-rs", "--rootdir", folder, folder],
        cwd=ROOT,
        env={**kept, "NEO4J_VERSION": version(), **environment},
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_it_answers_by_both_schemes(neo4j_killable: Neo4jServer, scheme: str) -> None:
    uri = neo4j_killable.uri.replace("bolt", scheme)
    with GraphDatabase.driver(uri, auth=(neo4j_killable.user, neo4j_killable.password)) as driver:
        assert driver.get_server_info().agent == f"Neo4j/{version()}"


def test_it_listens_on_loopback_only(neo4j_killable: Neo4jServer) -> None:
    sockets = psutil.Process(neo4j_killable.pid).net_connections("inet")
    listening = [socket.laddr for socket in sockets if socket.status == psutil.CONN_LISTEN]
    assert [(ip.removeprefix("::ffff:"), f"bolt://127.0.0.1:{port}") for ip, port in listening] == [
        ("127.0.0.1", neo4j_killable.uri)
    ]


def test_a_wrong_password_is_refused(neo4j_server: Login) -> None:
    with (
        Login(neo4j_server.uri, neo4j_server.user, "not " + neo4j_server.password).driver() as driver,
        pytest.raises(AuthError),
    ):
        driver.verify_connectivity()


def test_a_wrong_database_is_refused(neo4j: Driver) -> None:
    with pytest.raises(ClientError) as caught:
        neo4j.execute_query("RETURN 1", database_="elsewhere")
    assert caught.value.code == "Neo.ClientError.Database.DatabaseNotFound"


def test_a_reading_session_refuses_to_write(neo4j: Driver) -> None:
    with neo4j.session(default_access_mode=READ_ACCESS) as session, pytest.raises(ClientError) as caught:
        session.run("CREATE (:City)").consume()
    assert caught.value.code == "Neo.ClientError.Statement.AccessMode"
    assert is_empty(neo4j)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (a:City {id: 'city/mashhad'})-[:TWINNED_WITH]->(a)",
        "CREATE CONSTRAINT `a ``name` FOR (n:City) REQUIRE n.id IS UNIQUE",
        "CREATE INDEX نمایه FOR (n:`شهر`) ON (n.id)",
        "CREATE FULLTEXT INDEX names FOR (n:City) ON EACH [n.label_en, n.label_fa]",
    ],
)
def test_emptying_removes_everything(neo4j: Driver, statement: str) -> None:
    neo4j.execute_query(statement)
    assert not is_empty(neo4j)
    empty(neo4j)
    assert is_empty(neo4j)
    assert values(neo4j, "SHOW INDEXES YIELD type") == ["LOOKUP", "LOOKUP"]


def test_what_a_test_leaves_is_gone_in_the_next(neo4j: Driver) -> None:
    assert is_empty(neo4j), "the tests before left something"


def test_a_killed_server_has_all_that_was_committed(neo4j_killable: Neo4jServer) -> None:
    uri = neo4j_killable.uri
    with neo4j_killable.driver() as driver, driver.session() as session:
        session.run("UNWIND range(1, 1000) AS i CREATE (:City {id: i})").consume()
        transaction = session.begin_transaction()
        transaction.run("CREATE (:City {id: 0})").consume()
        neo4j_killable.kill()
        with pytest.raises(ServiceUnavailable):
            transaction.commit()
    assert not neo4j_killable.running
    neo4j_killable.restart()
    assert neo4j_killable.uri == uri
    with neo4j_killable.driver() as driver:
        assert values(driver, "MATCH (n) RETURN count(*) + ':' + min(n.id)") == ["1000:1"]


@pytest.mark.usefixtures("neo4j_jars")
def test_it_ends_when_the_tests_are_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    run = pytest_run(tmp_path, KILLED_TEST, PID_FILE=str(pid_file))
    assert run.returncode == -signal.SIGKILL, run.stdout + run.stderr
    server = int(pid_file.read_text())
    deadline = time.monotonic() + 60
    while alive(server):
        assert time.monotonic() < deadline, f"the server is still there as process {server}"
        time.sleep(0.1)


def test_a_server_with_data_of_others_is_left_alone(neo4j_killable: Neo4jServer, tmp_path: Path) -> None:
    with neo4j_killable.driver() as driver:
        run = pytest_run(tmp_path, REFUSED_TEST, **neo4j_killable.environment)
        assert run.returncode == 0, run.stdout
        driver.execute_query("CREATE (:Precious)")
        run = pytest_run(tmp_path, REFUSED_TEST, **neo4j_killable.environment)
        assert run.returncode == 1
        assert "is not empty" in run.stdout
        assert neo4j_killable.password not in run.stdout
        assert values(driver, "MATCH (n) RETURN labels(n)[0]") == ["Precious"]


@pytest.mark.parametrize(("ci", "outcome"), [("", "skipped"), ("1", "error")])
def test_a_missing_server_is_a_failure_in_ci_only(tmp_path: Path, ci: str, outcome: str) -> None:
    run = pytest_run(tmp_path, REFUSED_TEST, NEO4J_VERSION="0.0", CI=ci)
    assert f"1 {outcome}" in run.stdout
    assert "no Neo4j 0.0" in run.stdout


@pytest.mark.usefixtures("neo4j_jars")
def test_tables_are_imported_in_bulk(tmp_path: Path) -> None:
    cities, header, ties = tmp_path / "cities.csv", tmp_path / "header.csv", tmp_path / "ties.csv"
    cities.write_text("id:ID|label_fa|:LABEL\nmashhad|مشهد|City\nlahore|لاهور|City\n", encoding="utf-8")
    header.write_text(":START_ID|:END_ID\n")
    ties.write_text("mashhad|lahore\n")
    said = import_csv(tmp_path / "home", [str(cities)], [f"TWINNED_WITH={header},{ties}"], ["--delimiter=|"])
    assert "2 nodes" in said
    assert "1 relationships" in said
    with Neo4jServer(tmp_path / "home") as server, server.driver() as driver:
        assert values(driver, "MATCH (a)-[r]->(b) RETURN [a.label_fa, type(r), b.id]") == [
            ["مشهد", "TWINNED_WITH", "lahore"]
        ]


@pytest.mark.usefixtures("neo4j_jars")
def test_the_importer_says_what_it_refuses(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"missing\.csv"):
        import_csv(tmp_path / "home", [str(tmp_path / "missing.csv")], [])


def test_a_server_that_cannot_start_says_why(neo4j_killable: Neo4jServer) -> None:
    with pytest.raises(RuntimeError, match="did not start"):
        Neo4jServer(neo4j_killable.home, neo4j_killable.password).start()
    with neo4j_killable.driver() as driver:
        assert is_empty(driver), "the one that holds the home goes on"
