"""A process of its own that answers questions, and that can be killed: no engine here stops by itself in all cases.

`Worker` is our side of it; run as a program, this module is the other side. A worker stays warm between questions. It
is started as a program rather than forked: a fork of a process in which an engine runs threads is not safe.

It ends with its asker: it holds one end of a pipe whose other end only the asker has, and the system sends it SIGIO,
which ends it, when that one closes. So nothing in it must run for this, no thread and no interpreter that the engine
holds; and unlike the parent's death signal (PR_SET_PDEATHSIG) it is the asker's process that counts, not its thread.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from citydiplomacy.errors import CityDiplomacyError, LimitError, StoreError

from ..closing import Closing
from .deadline import Deadline

GRACE_SECONDS = 1.0
"""How long after its time a worker may still say by itself that the time is over, if not said otherwise."""
MEGABYTES = 4096
"""How much memory a worker may take beyond what it shares with others."""
START_SECONDS = 60.0
"""How long a process may take to begin, where no question waits for it."""
_LOOK_SECONDS = 0.1


class Worker(Closing):
    """Answers of a process: `answerer` names a class as `module:Class`, called there with `arguments`.

    The class has a method `answer(*question, deadline)`; questions and answers are pickled, errors of ours come back as
    they are, and others as a StoreError. Not to be shared by threads. grace: seconds after its time in which it may
    still say by itself that this is over.
    """

    def __init__(self, answerer: str, *arguments: str, grace: float = GRACE_SECONDS) -> None:
        self._command, self._grace = (answerer, *arguments), grace
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._life = -1

    def ask(self, *question: Any, seconds: float | Deadline) -> Any:
        """An answer; the time counts from here, with the start of the process. Raises StoreError if it took too long or
        too much memory; the process is then killed, and the next question starts another.
        """
        deadline = Deadline.of(seconds)
        if self._process is not None and self._process.poll() is not None:
            self.close()  # it was ended while nobody asked
        with self._unless_it_ends():
            line = self._start(deadline) if self._line is None else self._line
            line.send((question, deadline))
            good, answer = self._receive(line, deadline)
        if not good:
            raise answer
        return answer

    def close(self) -> None:
        """Kill the process, if there is one."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._life >= 0:
            os.close(self._life)
            self._life = -1
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def start(self, seconds: float = START_SECONDS) -> None:
        """Start the process, so that the first question finds it there. Raises what its class does, and StoreError."""
        if self._line is None:
            with self._unless_it_ends():
                self._start(Deadline(seconds))

    def stop(self) -> None:
        """End the question that another thread waits for: it gets a StoreError, and the next starts another process."""
        process = self._process
        if process is not None:
            process.kill()

    def __del__(self) -> None:
        self.close()

    @contextlib.contextmanager
    def _unless_it_ends(self) -> Iterator[None]:
        """What is done with the process; whatever goes wrong, there is none afterwards."""
        try:
            yield
        except (EOFError, OSError):
            raise StoreError(
                f"the process that answers ended unexpectedly ({self._ended()}).", hint="Ask again, or ask for less."
            ) from None
        except BaseException:
            self.close()
            raise

    def _start(self, deadline: Deadline) -> Connection:
        self._line, theirs = Pipe()
        life, self._life = os.pipe()
        # The same modules as here, but nothing from the working directory (-P): a csv.py there is none of ours.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-P", "-m", __name__, str(theirs.fileno()), str(life), *self._command]
        try:
            self._process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno(), life],
                start_new_session=True,  # Ctrl-C is ours to hear; we kill it then
            )
        finally:
            theirs.close()
            os.close(life)
        good, answer = self._receive(self._line, deadline)
        if not good:
            raise answer
        return self._line

    def _receive(self, line: Connection, deadline: Deadline) -> tuple[bool, Any]:
        end = time.monotonic() + deadline.left() + self._grace
        while not line.poll(max(0.0, min(_LOOK_SECONDS, end - time.monotonic()))):
            if time.monotonic() > end:
                raise deadline.over()
            if self._megabytes() > MEGABYTES:
                raise LimitError(
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
        if process is None:
            self.close()
            return "it could not be started"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
        code = process.returncode
        self.close()
        return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"


def _serve(line_number: str, life: str, answerer: str, *arguments: str) -> None:
    """Answer until our other side is gone."""
    _end_with(int(life))
    line = Connection(int(line_number))
    module, _, name = answerer.partition(":")
    with contextlib.suppress(EOFError, ConnectionError):
        try:
            opened = getattr(importlib.import_module(module), name)(*arguments)
        except Exception as error:
            line.send((False, _told(error)))
            return
        line.send((True, None))
        while True:
            question, deadline = line.recv()
            # If our other side is stopped (Ctrl-Z), the system kills us: this signal's default ends the process.
            try:
                signal.setitimer(signal.ITIMER_REAL, deadline.left() + 2 * GRACE_SECONDS)
                answer = True, opened.answer(*question, deadline)
            except Exception as error:
                answer = False, _told(error)
            line.send(answer)
            signal.setitimer(signal.ITIMER_REAL, 0)


def _end_with(life: int) -> None:
    """Have the system end this process when nobody holds the other end of a pipe any more."""
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGIO])
    fcntl.fcntl(life, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(life, fcntl.F_SETFL, fcntl.fcntl(life, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([life], [], [], 0)[0]:  # it closed before we listened
        sys.exit()


def _told(error: Exception) -> CityDiplomacyError:
    """An error as ours: what an engine throws may not even be picklable."""
    if isinstance(error, CityDiplomacyError):
        return error
    if isinstance(error, MemoryError):
        return LimitError("the query needs more memory than a process may take.", hint="Ask for less, or add a LIMIT.")
    reason = (str(error).strip().splitlines() or [""])[0]
    return StoreError(f"the query cannot be answered: {type(error).__name__}{f': {reason}' if reason else ''}")


if __name__ == "__main__":
    _serve(*sys.argv[1:])
