"""A process of its own that answers questions, and that can be killed: no engine here stops by itself in all cases.

`Worker` is our side of it; run as a program, this module is the other side. A worker stays warm between questions. It
is started as a program rather than forked: a fork of a process in which an engine runs threads is not safe.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType
from typing import Any

from citydiplomacy.errors import CityDiplomacyError, StoreError

SECONDS = 30.0
ROWS = 10_000
"""Limits of a free question, in either language, where none are given."""
START_SECONDS = 60.0
"""How long a worker may take to open what it answers from."""
GRACE_SECONDS = 1.0
"""How long after its time a worker may still say by itself that the time is over."""
MEGABYTES = 4096
"""How much memory a worker may take beyond what it shares with others."""
_LOOK_SECONDS = 0.1


class Worker:
    """Answers of a process: `answerer` names a class as `module:Class`, called there with `arguments`.

    The class has a method `answer(*question)`; questions and answers are pickled, and errors of ours come back as they
    are. Not to be shared by threads.
    """

    def __init__(self, answerer: str, *arguments: str) -> None:
        self._command = (answerer, *arguments)
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None

    def ask(self, *question: Any, seconds: float) -> Any:
        """An answer. Raises StoreError if it took too long or too much memory; the process is then killed, and the next
        question starts another.
        """
        try:
            line = self._start() if self._line is None else self._line
            line.send((question, seconds))
            good, answer = self._receive(line, seconds)
        except (EOFError, OSError):
            raise StoreError(
                f"the process that answers ended unexpectedly ({self._ended()}).", hint="Ask again, or ask for less."
            ) from None
        except BaseException:
            self.close()
            raise
        if not good:
            raise answer
        return answer

    def close(self) -> None:
        """Kill the process, if there is one."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def _start(self) -> Connection:
        self._line, theirs = Pipe()
        # The same modules as here, but nothing from the working directory (-P): a csv.py there is none of ours.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-P", "-m", __name__, str(theirs.fileno()), *self._command]
        with theirs:
            self._process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is ours to hear; we kill it then
            )
        good, answer = self._receive(self._line, START_SECONDS)
        if not good:
            self.close()
            raise answer
        return self._line

    def _receive(self, line: Connection, seconds: float) -> tuple[bool, Any]:
        end = time.monotonic() + seconds + GRACE_SECONDS
        while not line.poll(_LOOK_SECONDS):
            if time.monotonic() > end:
                raise too_long(seconds)
            if self._megabytes() > MEGABYTES:
                raise StoreError(
                    f"the query took more than {MEGABYTES} MB of memory.", hint="Ask for less, or add a LIMIT."
                )
        answer: tuple[bool, Any] = line.recv()
        return answer

    def _megabytes(self) -> float:
        """Private memory of the process; 0 where the system does not tell."""
        assert self._process is not None
        try:
            _, resident, shared, *_ = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()
        except OSError:
            return 0
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)

    def _ended(self) -> str:
        process = self._process
        assert process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
        code = process.returncode
        self.close()
        return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"


def too_long(seconds: float) -> StoreError:
    """The error for a query whose time is over."""
    return StoreError(
        f"the query took longer than {seconds:g} s and was stopped.", hint="Ask for less, or allow more time."
    )


def _serve(number: str, answerer: str, *arguments: str) -> None:
    """Answer until our other side is gone."""
    line = Connection(int(number))
    module, _, name = answerer.partition(":")
    try:
        opened = getattr(importlib.import_module(module), name)(*arguments)
    except CityDiplomacyError as error:
        line.send((False, error))
        return
    line.send((True, None))
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            question, seconds = line.recv()
            # If nobody is left to kill us, the system does: this signal's default ends the process, whatever it does.
            signal.setitimer(signal.ITIMER_REAL, seconds + 2 * GRACE_SECONDS)
            try:
                answer = True, opened.answer(*question, seconds)
            except CityDiplomacyError as error:
                answer = False, error
            line.send(answer)
            signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    _serve(*sys.argv[1:])
