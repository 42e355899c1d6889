"""The process that answers: it keeps its time, and it ends with who asks it."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from citydiplomacy.errors import StoreError, UsageError
from citydiplomacy.graph.limited.deadline import Deadline
from citydiplomacy.graph.limited.store import LimitedStore
from citydiplomacy.graph.limited.worker import Worker

from ...conftest import copied

SPARQL = """
from citydiplomacy.graph.limited.store import LimitedStore
asked = LimitedStore(Path({store!r}))
asked.query("ASK {{}}")
ask = lambda: asked.query("SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i) }}", seconds=3600)
"""
CYPHER = """
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store.reader import Store
asked = EmbeddedGraph.open(Store.open_folder(Path({store!r})))
asked.run("RETURN 1 AS n")
runaway = "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y RETURN sum(x * y) AS n"
ask = lambda: asked.run(runaway, timeout=3600)
"""
HOLDING = """
import itertools, sys
from citydiplomacy.graph.limited.worker import Worker
sys.path.append({folder!r})
asked = Worker("holding:Holding")
asked.ask(0, seconds=60)
ask = lambda: asked.ask(1, seconds=3600)
"""
"""An answerer that never gives up the interpreter: one call into C."""
HOLDING_CLASS = """
class Holding:
    def answer(self, holds, deadline):
        return sum(iter(int, 1)) if holds else 0
"""
IN = {"SPARQL": SPARQL, "Cypher": CYPHER, "holding the interpreter": HOLDING}


def gone(process: int) -> bool:
    """Whether a process has ended; one that nobody waited for has no command line left."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return not Path(f"/proc/{process}/cmdline").read_bytes()
    return True


def wait(until: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 60  # far less than the question's own hour
    while not until():
        assert time.monotonic() < end, what
        time.sleep(0.02)


@pytest.mark.parametrize("kind", IN)
def test_a_worker_ends_with_an_asker_that_is_killed(shipped: Path, tmp_path: Path, kind: str) -> None:
    if kind == "Cypher":
        pytest.importorskip("ladybug", reason="the extra `embedded` is not installed")
    (tmp_path / "holding.py").write_text(HOLDING_CLASS)
    store = copied(shipped, tmp_path / "store")
    code = f"""
from pathlib import Path
{IN[kind].format(store=str(store), folder=str(tmp_path))}
print(getattr(asked, "_worker", asked)._process.pid, flush=True)
ask()
"""
    asker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert asker.stdout is not None
    worker = int(asker.stdout.readline())
    idle = processor_time(worker)
    wait(lambda: processor_time(worker) > idle + 0.2, "the question never began")
    assert not gone(worker)
    asker.kill()
    asker.wait()
    asker.stdout.close()
    wait(lambda: gone(worker), "the worker runs on")


def processor_time(process: int) -> float:
    """Seconds that a process has computed."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_worker_outlives_the_thread_that_started_it(shipped: Path) -> None:
    with LimitedStore(shipped) as limited:
        thread = threading.Thread(target=limited.query, args=("ASK {}",))
        thread.start()
        thread.join()
        before = limited._worker._process
        assert limited.query("ASK {}").rows == [(True,)]
        assert limited._worker._process is before


def test_a_worker_whose_asker_is_gone_before_it_listens_ends() -> None:
    ours, theirs = os.pipe()
    os.close(theirs)
    line = [sys.executable, "-m", "citydiplomacy.graph.limited.worker", str(ours), str(ours), "no:Matter"]
    assert subprocess.run(line, pass_fds=[ours], check=False, timeout=60).returncode in (0, -signal.SIGIO)
    os.close(ours)


def test_a_process_that_is_killed_while_it_starts_is_an_error_of_ours_and_started_again(shipped: Path) -> None:
    """An asker who leaves, or the system, kills it then: a pool that took it for another error would lose its place."""
    with LimitedStore(shipped) as limited:
        worker = limited._worker
        with ThreadPoolExecutor(1) as thread:
            starting = thread.submit(worker.start)
            wait(lambda: worker._process is not None, "started")
            worker.stop()
            with pytest.raises(StoreError, match="ended unexpectedly"):
                starting.result()
        assert limited.query("ASK {}").rows == [(True,)]


@pytest.mark.parametrize("seconds", [0, -1, math.nan, math.inf, 1e300])
def test_no_time_at_all_is_refused(shipped: Path, seconds: float) -> None:
    with LimitedStore(shipped) as limited, pytest.raises(UsageError, match="no time for a question"):
        limited.query("ASK {}", seconds=seconds)


def test_the_start_of_the_process_counts(shipped: Path) -> None:
    with LimitedStore(shipped) as limited, pytest.raises(StoreError, match=r"longer than 0\.001 s"):
        limited.query("ASK {}", seconds=0.001)


def test_a_deadline_is_shared_by_what_is_asked_within_it() -> None:
    deadline = Deadline(60)
    assert Deadline.of(deadline) is deadline
    assert 59 < deadline.left() <= 60
    deadline._end = time.monotonic() - 1
    with Worker("no:Matter") as worker, pytest.raises(StoreError, match="longer than 60 s"):
        worker.ask(seconds=deadline)
