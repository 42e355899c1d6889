"""Bad numbers, streams that are closed, Ctrl-C at any moment, and servers that are asked without a store."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer
from typer._click.types import FloatParamType, FloatRange, IntParamType, IntRange

from citydiplomacy import cli

from ...conftest import copied
from ..conftest import CITYDIP, Ran, Run


def numbers(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """All options of a command and of those below it that are numbers."""
    yield from ((path, option) for option in command.params if isinstance(option.type, IntParamType | FloatParamType))
    for name, below in getattr(command, "commands", {}).items():
        yield from numbers(below, *path, name)


NUMBERS = list(numbers(typer.main.get_command(cli.app())))


@pytest.mark.parametrize(("path", "option"), NUMBERS, ids=str)
def test_every_number_has_bounds_and_none_is_a_traceback(citydip: Run, path: tuple[str, ...], option: Any) -> None:
    assert isinstance(option.type, IntRange | FloatRange)
    low, high = option.type.min, option.type.max
    assert low is not None
    assert high is not None
    for value in (low - 1, high + 1, "nan", "inf", "-inf", "1e300", "1" * 5000, "x", ""):
        ran = citydip(*path, option.opts[0], value)
        assert (ran.code, ran.out) == (2, ""), value
        assert "Invalid value" in ran.err
        assert "Traceback" not in ran.err


def test_there_are_such_numbers() -> None:
    assert {path[0] for path, _ in NUMBERS} >= {"query", "recommend", "influence", "co-members", "resolve", "draw"}


# --- parameters of Cypher ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("x=2012", 2012),
        ("x=-7", -7),
        ("x:text=2012", "2012"),
        ("x:text=", ""),
        ("x=Mashhad", "Mashhad"),
        ('x:json="2012"', "2012"),
        ("x:json=2.5", 2.5),
        ("x:json=true", True),
        ('x:json=["a", "b"]', ["a", "b"]),
        ("x=a:text=b", "a:text=b"),
    ],
)
def test_a_parameter_says_its_type(citydip: Run, given: str, value: object) -> None:
    ran = citydip("query", "--cypher", "RETURN $x AS x", "-p", given, "-f", "json")
    assert json.loads(ran.out) == [{"x": value}], ran.err


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("x=9223372036854775808", "beyond the whole numbers"),
        ("x=" + "9" * 5000, "a number of 5,000 digits"),
        ("x:json=" + "9" * 5000, "not JSON"),
        ("x:json=NaN", "not JSON"),
        ("x:json={", "not JSON"),
        ("x:json=" + "[" * 100_000, "nested too deeply"),
        ("x:number=1", "missing parameter: x; unknown parameter: x:number"),
        ("x=\udc80", "no text"),
    ],
)
def test_a_parameter_that_is_none_is_one_clear_error(citydip: Run, given: str, words: str) -> None:
    ran = citydip("query", "--cypher", "RETURN $x AS x", "-p", given)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


@pytest.mark.parametrize("endless", ["/dev/zero", "/dev/urandom"])
def test_a_question_without_an_end_is_not_read_for_ever(shipped: Path, endless: str) -> None:
    with Path(endless).open("rb") as endless_input:
        ran = subprocess.run(
            [sys.executable, "-m", "citydiplomacy.start", "query", "-", "--store", str(shipped)],
            stdin=endless_input, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (ran.returncode, ran.stderr.partition("\n")[0]) == (
        2, "citydip: standard input: a question of more than 16 MB",
    )  # fmt: skip


def test_what_the_embedded_engine_reads_otherwise_is_told_beside_the_answer(citydip: Run) -> None:
    walk = "MATCH (a:City {id: 'city/mashhad'})-[:TWINNED_WITH*2..2]->(b) RETURN count(*) AS n"
    assert "paths are walks here" in citydip("query", "--cypher", walk).err
    assert citydip("query", "--cypher", walk.replace("*2..2", "* TRAIL 2..2")).err == ""
    assert citydip("query", "--cypher", "MATCH (n:City) RETURN size((n)--()) AS n").code == 2


RUNAWAY = """#+ title: {en: Runaway, fa: بی‌پایان}
#+ description: {en: It never ends., fa: پایان ندارد.}
#+ view: merged
#+ columns:
#+   - {name: n, type: integer, title: {en: Number, fa: شمار}}

SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i) } ORDER BY ?n
"""


def test_a_question_of_ones_own_with_a_header_keeps_its_time_too(citydip: Run) -> None:
    ran = citydip("query", "-", "--seconds", "0.5", stdin=RUNAWAY)
    assert (ran.code, "longer than 0.5 s" in ran.err) == (1, True), ran.err


# --- streams ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["info", "--help", "query sister-cities city=Mashhad -f csv", "sources --format json"]
)
def test_a_closed_output_is_exit_code_1_and_said(command: Callable[[str], Ran], words: str) -> None:
    ran = command(f"citydip {words} >&-")
    assert (ran.code, ran.err.splitlines()[-1]) == (1, "citydip: the output: Bad file descriptor.")
    assert "Traceback" not in ran.err


def test_closed_streams_take_nothing_of_ours(command: Callable[[str], Ran]) -> None:
    assert command("citydip build --store made <&- >&- 2>&-").code == 0
    assert "revision 1" in command("citydip info --store made").err
    ran = command("citydip query - <&-")
    assert (ran.code, "standard input" in ran.err, "Traceback" in ran.err) == (2, True, False)
    assert command("citydip info 2>&-").out
    assert command("citydip nonsense 2>&-").code == 2


# --- Ctrl-C -----------------------------------------------------------------------------------------------------------


def interrupted(arguments: list[str], when: Callable[[str], bool]) -> tuple[int, str]:
    """Run a command that tells each of its imports, and press Ctrl-C after the one that is meant."""
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", CITYDIP, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if when(line):
            process.send_signal(signal.SIGINT)
            break
    rest = process.stderr.read()
    process.stderr.close()
    process.wait(60)
    return process.returncode, "".join(line for line in rest.splitlines(True) if not line.startswith("import time:"))


# No store is opened before the last of these is imported, so that the command cannot be done before.
@pytest.mark.parametrize(
    "module", ["typer._click.types", "typer.main", "citydiplomacy.errors", "citydiplomacy.queries.standing.networks"]
)
def test_ctrl_c_in_the_first_second_is_exit_code_130(shipped: Path, module: str) -> None:
    arguments = ["influence", "--store", str(shipped)]
    code, said = interrupted(arguments, lambda line: line.rstrip().endswith(f" {module}"))
    assert (code, said) == (130, "citydip: interrupted; what was there before is as it was.\n")


@pytest.mark.parametrize("module", ["numpy", "scipy", "pyoxigraph", "networkx"])
def test_ctrl_c_while_a_library_is_imported_is_exit_code_130(shipped: Path, tmp_path: Path, module: str) -> None:
    unmeasured = copied(shipped, tmp_path / "store")  # Measures kept with a store would need none of the libraries.
    arguments = ["influence", "--store", str(unmeasured)]
    code, said = interrupted(arguments, lambda line: re.search(rf" {module}(\.\w+)+$", line.rstrip()) is not None)
    assert (code, said) == (130, "citydip: interrupted; what was there before is as it was.\n")


def test_ctrl_c_while_a_worker_starts_is_exit_code_130_and_leaves_none(shipped: Path) -> None:
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i) }"
    process = subprocess.Popen(
        [CITYDIP, "query", "-", "--store", str(shipped), "--seconds", "3600"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    assert process.stdin is not None
    process.stdin.write(runaway)
    process.stdin.close()
    process.stdin = None
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not (workers := children.read_text(encoding="ascii").split()):
        assert process.poll() is None
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in said, "interrupted" in said) == (130, False, True)
    end = time.monotonic() + 60
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < end, "a worker runs on"
        time.sleep(0.02)


# --- servers ----------------------------------------------------------------------------------------------------------


@contextmanager
def slow_server(answer: bytes, pause: float) -> Iterator[str]:
    """An HTTP server on this machine that sends its answer a byte at a time, for ever."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while not done.is_set():
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    try:
                        connection.recv(65536)
                        for byte in answer:
                            connection.sendall(bytes([byte]))
                        while not done.wait(pause):
                            connection.sendall(b" " if answer else b"")
                    except OSError:
                        pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/query"
        finally:
            done.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


SLOW = {
    "nothing": b"",
    "a header that never ends": b"HTTP/1.1 200 OK\r\nX: ",
    "an answer that never ends": b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n",
}


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("nothing", "query - <<< 'ASK {}'"),
        ("a header that never ends", "query sister-cities city=Mashhad"),
        ("an answer that never ends", "query sister-cities city=city/mashhad"),
    ],
)
def test_seconds_are_kept_against_a_slow_endpoint(command: Callable[[str], Ran], kind: str, asked: str) -> None:
    """The command ends at all: without the limit it would wait for ever."""
    with slow_server(SLOW[kind], 0.05) as address:
        ran = command(f"citydip {asked} --endpoint {address} --seconds 0.5 --store /nowhere")
        assert ran.code == 1, ran.err
        assert ran.err.startswith("citydip: the query took longer than 0.5 s")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--endpoint", "http://127.0.0.1:9/", "--engine", "neo4j"), "an endpoint is asked in SPARQL"),
        (("--endpoint", "http://127.0.0.1:9/", "--engine", "embedded"), "an endpoint is asked in SPARQL"),
        (("--endpoint", "http://127.0.0.1:9/", "--at", "2010"), "--at asks a store"),
        (("--engine", "neo4j", "--at", "2010"), "--at asks a store"),
        (("--database", "x"), "--database names one of a Neo4j server"),
    ],
)
def test_words_that_do_not_go_together_are_refused(citydip: Run, words: tuple[str, ...], said: str) -> None:
    ran = citydip("query", "sister-cities", "city=Mashhad", *words)
    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_each_language_is_asked_of_who_knows_it(citydip: Run) -> None:
    ran = citydip("query", "--cypher", "RETURN 1 AS x", "--endpoint", "http://127.0.0.1:9/")
    assert (ran.code, "an endpoint is asked in SPARQL" in ran.err) == (2, True)
    ran = citydip("query", "--cypher", "RETURN 1 AS x", "--engine", "store")
    assert (ran.code, "the store is asked in SPARQL" in ran.err) == (2, True)
    ran = citydip("query", "-", "--engine", "embedded", stdin="ASK {}")
    assert (ran.code, "embedded is asked in Cypher" in ran.err) == (2, True)


def test_no_server_is_said_and_no_store_is_missed(
    citydip: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = ("--store", str(tmp_path / "none"))
    ran = citydip("query", "sister-cities", "city=Mashhad", "--endpoint", "http://127.0.0.1:9/query", *where)
    assert (ran.code, "does not answer" in ran.err) == (1, True), ran.err
    pytest.importorskip("neo4j")
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    ran = citydip("query", "sister-cities", "city=Mashhad", "--engine", "neo4j", *where)
    assert (ran.code, "no answer from the Neo4j server" in ran.err) == (1, True), ran.err
    assert not (tmp_path / "none").exists()
