"""What the benchmarks of servers share: clients that ask all the time, and a server that runs meanwhile."""

from __future__ import annotations

import contextlib
import http.client
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count, cycle
from pathlib import Path

from _processes import compiled_in

CLIENTS = 20


class Server:
    """A server that runs on a port of this machine; pid: of its process."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def get(self, path: str) -> int:
        """Ask once; the status."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer.status

    def ask_all(self, paths: Sequence[str], for_seconds: float, most: int = 10**9) -> list[float]:
        """Seconds of each request, of clients that ask all the time; ends the program where one is not answered."""
        times: list[float] = []
        turn, number = cycle(paths), count()
        end = time.perf_counter() + for_seconds

        def ask() -> None:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
            while time.perf_counter() < end and next(number) < most:
                times.append(timed_alone(partial(_on, line, next(turn))))
            line.close()

        threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return times


@contextlib.contextmanager
def serving(*command: str, port: int = 0) -> Iterator[Server]:
    """Run a command that serves until the end of the block. port: where it listens, of one that does not say it."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as closed:
        told = Path(folder) / "told"
        file = closed.enter_context(told.open("w"))
        environment = compiled_in(str(Path(tempfile.gettempdir()) / "citydip-benchmark-compiled"))
        process = subprocess.Popen(command, stderr=file, stdout=file, env=environment)
        try:
            yield Server(port or _port(told, process), process.pid)
        finally:
            process.terminate()
            process.wait(30)


def percentile(times: Sequence[float]) -> float:
    """Within which 95 of a hundred lie."""
    return sorted(times)[int(0.95 * (len(times) - 1))]


def timed_alone(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _port(told: Path, process: subprocess.Popen[bytes]) -> int:
    while not (found := re.search(r"http://127\.0\.0\.1:(\d+)", told.read_text())):
        if process.poll() is not None:
            sys.exit(told.read_text())
        time.sleep(0.002)
    return int(found[1])


def _on(line: http.client.HTTPConnection, path: str) -> None:
    line.request("GET", path)
    answer = line.getresponse()
    told = answer.read()
    if answer.status != 200:
        sys.exit(f"{path}: {answer.status} {told[:300]!r}")
