"""The explorer under its readers: first answer, many clients, memory, and queries that are broken off.

    python benchmarks/serve.py [STORE]

The store is that of `citydip build`, with the twin towns of the world. 20 clients ask at once, each when it has its
last: pages of cities (made anew, then kept), and saved questions, beside the same questions asked of the store itself
in one process. The goals: a first answer within 1.0 s; the 95th percentile of pages at most 0.1 s; a runaway query
gone within its limit and 0.2 s, and within 0.5 s of its asker; memory as it was.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import psutil
from _clients import Server, percentile, serving, timed_alone
from _common import print_goals, print_table, seconds
from _processes import CITYDIP

from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library import questions

STARTS = 5
START_SECONDS = 10.0
ASKED = "sister-cities"
ENDLESS = "/sparql?query=SELECT%20(COUNT(*)%20AS%20?n)%20%7B%20?a%20?b%20?c%20.%20?d%20?e%20?f%20.%20?g%20?h%20?i%20%7D"
LIMIT = 2.0


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path, nargs="?", help="A store; default: one is built.")
    parser.add_argument("--seconds", type=float, default=60, help="How long clients ask; default: 60.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or Path(folder) / "store"
        if not given.store:
            subprocess.run([CITYDIP, "build", "--store", str(store)], check=True, capture_output=True)
        _measure(store, given.seconds)


def _measure(folder: Path, for_seconds: float) -> None:
    with Store.open_folder(folder) as store:
        cities = store.ids(City)
        direct = [timed_alone(partial(questions.run, store, ASKED, {"city": city})) for city in cities[::97][:100]]
    command = (CITYDIP, "serve", "--store", str(folder), "--no-browser", "--seconds", str(LIMIT))
    starts = [_first(command) for _ in range(1 + STARTS)][1:]  # the first compiles the modules
    with serving(*command) as server:
        server.get("/")
        begun = time.perf_counter()
        while not _prepares(server.pid) and time.perf_counter() - begun < START_SECONDS:
            time.sleep(0.01)
        while _prepares(server.pid):
            time.sleep(0.1)
        print(f"What pages begin with was made {seconds(time.perf_counter() - begun)} s after the first answer")
        print()
        rows = [["first answer", str(STARTS), seconds(statistics.median(starts)), seconds(max(starts))]]
        for path in ("/world", "/changes", "/influence", "/search?q=mashhad", "/city", "/agreement"):
            rows.append([f"{path}, the first", "1", seconds(timed_alone(partial(server.get, path))), ""])
        pages = [f"/{city}" for city in cities[::7]]
        asked = [f"/question/{ASKED}.json?city={city}" for city in cities[::11]]
        for name, paths in (
            ("pages of cities, new", pages),
            ("pages of cities, kept", pages[:200]),
            ("a saved question, new", asked),
        ):
            times = server.ask_all(paths, for_seconds)
            rows.append([name, str(len(times)), seconds(statistics.median(times)), seconds(percentile(times))])
        rows.append([f"{ASKED}, of the store", "100", seconds(statistics.median(direct)), seconds(percentile(direct))])
        print_table(["", "number", "median s", "95 % within s"], rows)
        print()
        _memory(server, pages[:200])
        _broken_off(server)


def _prepares(pid: int) -> bool:
    """Whether the process that makes what pages begin with runs."""
    children = psutil.Process(pid).children()
    return any("beforehand" in part for each in children if each.is_running() for part in each.cmdline())


def _first(command: Sequence[str]) -> float:
    """Seconds from the command to the first page."""
    begun = time.perf_counter()
    with serving(*command) as server:
        server.get("/")
        return time.perf_counter() - begun


def _memory(server: Server, paths: Sequence[str]) -> None:
    before = _megabytes(server.pid)
    asked = server.ask_all(paths, 1e9, most=10_000)
    after = _megabytes(server.pid)
    print(f"Memory of the server: {before:.0f} MB before {len(asked):,} requests, {after:.0f} MB after")


def _broken_off(server: Server) -> None:
    server.get("/sparql?query=ASK%7B%7D")
    late = timed_alone(lambda: server.get(ENDLESS)) - LIMIT
    time.sleep(2)
    before = _children(server.pid)
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(f"GET {ENDLESS} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.7)
    gone = time.perf_counter()
    while _children(server.pid) >= before and time.perf_counter() - gone < LIMIT:
        time.sleep(0.005)
    left = time.perf_counter() - gone
    print(f"A runaway query: ended {seconds(late)} s after its limit, and {seconds(left)} s after its asker left")


def _children(pid: int) -> set[int]:
    return {each.pid for each in psutil.Process(pid).children()}


def _megabytes(pid: int) -> float:
    processes: Iterator[psutil.Process] = iter([psutil.Process(pid), *psutil.Process(pid).children()])
    return sum(each.memory_info().rss for each in processes) / (1 << 20)


if __name__ == "__main__":
    main()
    print_goals(__doc__)
