"""The explorer under its readers: first answer, many clients, memory, and queries that are broken off.

    python benchmarks/serve.py [STORE]

The store is that of `citydip build`, with the twin towns of the world. 20 clients ask at once, each when it has its
last: pages of cities (made anew, then kept), and saved questions, beside the same questions asked of the store itself
in one process. The goals: a first answer within 1.0 s; the 95th percentile of pages at most 0.1 s; a runaway query
gone within its limit and 0.2 s, and within 0.5 s of its asker; memory as it was.
"""

from __future__ import annotations

import argparse
import http.client
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count, cycle
from pathlib import Path

import psutil
from _common import print_table, seconds
from _processes import CITYDIP

from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library import questions

CLIENTS = 20
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
        direct = [_timed(partial(questions.run, store, ASKED, {"city": city})) for city in cities[::97][:100]]
    begun = time.perf_counter()
    command = [CITYDIP, "serve", "--store", str(folder), "--no-browser", "--seconds", str(LIMIT)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            found = re.search(r"127\.0\.0\.1:(\d+)", process.stderr.readline())
            assert found
            port = int(found[1])
            _get(port, "/")
            first = time.perf_counter() - begun
            time.sleep(3)
            pages = [f"/{city}" for city in cities[::7]]
            rows = [["first answer", "1", seconds(first), ""]]
            for name, paths in (
                ("pages of cities, new", pages),
                ("pages of cities, kept", pages[:200]),
                ("a saved question, new", [f"/question/{ASKED}.json?city={city}" for city in cities[::11]]),
            ):
                times = _clients(port, paths, for_seconds)
                rows.append([name, str(len(times)), seconds(statistics.median(times)), seconds(_percentile(times))])
            rows.append(
                [f"{ASKED}, of the store", "100", seconds(statistics.median(direct)), seconds(_percentile(direct))]
            )
            print_table(["", "number", "median s", "95 % within s"], rows)
            print()
            _memory(process.pid, port, pages[:200])
            _broken_off(process.pid, port)
        finally:
            process.terminate()


def _memory(pid: int, port: int, paths: Sequence[str]) -> None:
    before = _megabytes(pid)
    asked = _clients(port, paths, 1e9, most=10_000)
    print(f"Memory of the server: {before:.0f} MB before {len(asked):,} requests, {_megabytes(pid):.0f} MB after")


def _broken_off(pid: int, port: int) -> None:
    _get(port, "/sparql?query=ASK%7B%7D")
    late = _timed(lambda: _get(port, ENDLESS)) - LIMIT
    time.sleep(2)
    before = _children(pid)
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(f"GET {ENDLESS} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.7)
    gone = time.perf_counter()
    while _children(pid) >= before and time.perf_counter() - gone < LIMIT:
        time.sleep(0.005)
    left = time.perf_counter() - gone
    print(f"A runaway query: ended {seconds(late)} s after its limit, and {seconds(left)} s after its asker left")


def _clients(port: int, paths: Sequence[str], for_seconds: float, most: int = 10**9) -> list[float]:
    """Seconds of each request, of clients that ask all the time."""
    times: list[float] = []
    turn, number = cycle(paths), count()
    end = time.perf_counter() + for_seconds

    def ask() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.perf_counter() < end and next(number) < most:
            path = next(turn)
            times.append(_timed(partial(_on, line, path)))
        line.close()

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return times


def _on(line: http.client.HTTPConnection, path: str) -> int:
    line.request("GET", path)
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        sys.exit(f"{path}: {answer.status}")
    return answer.status


def _get(port: int, path: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    line.request("GET", path)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def _timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _percentile(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def _children(pid: int) -> set[int]:
    return {each.pid for each in psutil.Process(pid).children()}


def _megabytes(pid: int) -> float:
    processes: Iterator[psutil.Process] = iter([psutil.Process(pid), *psutil.Process(pid).children()])
    return sum(each.memory_info().rss for each in processes) / (1 << 20)


if __name__ == "__main__":
    main()
