"""Processes that answer, a fixed number of them: who asks while all are busy waits, and is sent away if too many do.

A question ends at its limit, or when its asker has gone; its process is killed then, and another takes its place.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from citydiplomacy.graph.limited.deadline import Deadline
from citydiplomacy.graph.limited.worker import Worker

from ...errors import CityDiplomacyError, StoreError

WAITING = 64
"""Questions that wait at most."""
WAIT_SECONDS = 20.0
"""How long one waits."""
GRACE_SECONDS = 0.05
MOST = 64
"""Processes of a pool."""


class BusyError(StoreError):
    """Too many ask at once."""


class Pool:
    """Some workers of one kind (`Worker`), for a loop of asyncio."""

    def __init__(self, answerer: str, *arguments: str, size: int) -> None:
        self._free = [_Worker(answerer, *arguments, grace=GRACE_SECONDS) for _ in range(size)]
        self._all = tuple(self._free)
        self._turns = asyncio.Semaphore(size)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="asking")
        self._waiting = 0

    def start(self, number: int = MOST) -> None:
        """Start processes, so that questions find them there. What fails is told to who asks."""
        for worker in self._free[-number:]:
            self._threads.submit(worker.started)

    async def ask(self, *question: Any, seconds: float) -> Any:
        """An answer. Raises what the worker raises, and BusyError if too many ask at once.

        If the task is cancelled, so is the question.
        """
        await self._turn()
        worker = self._free.pop()
        loop = asyncio.get_running_loop()
        asked = self._threads.submit(worker.ask, *question, seconds=seconds)
        answer = asyncio.wrap_future(asked)
        asked.add_done_callback(lambda done: self._return(worker, done, loop))  # once the answer is told
        try:
            return await asyncio.shield(answer)
        except asyncio.CancelledError:
            answer.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody is left to be told
            worker.stop()
            raise

    def close(self) -> None:
        """End all processes; questions that are asked now fail."""
        for worker in self._all:
            worker.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.close()

    async def _turn(self) -> None:
        if self._waiting >= WAITING:
            raise _busy()
        self._waiting += 1
        try:
            await asyncio.wait_for(self._turns.acquire(), WAIT_SECONDS)
        except TimeoutError:
            raise _busy() from None
        finally:
            self._waiting -= 1

    def _return(self, worker: _Worker, done: Future[Any], loop: asyncio.AbstractEventLoop) -> None:
        """Called in the thread that asked: a process that was killed is started again before the next question."""
        if done.exception() is not None:
            worker.started()
        with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody asks any more
            loop.call_soon_threadsafe(self._freed, worker)

    def _freed(self, worker: _Worker) -> None:
        self._free.append(worker)
        self._turns.release()


class _Worker(Worker):
    """A worker that one thread at a time starts or asks."""

    def __init__(self, answerer: str, *arguments: str, grace: float) -> None:
        super().__init__(answerer, *arguments, grace=grace)
        self._lock = threading.Lock()

    def ask(self, *question: Any, seconds: float | Deadline) -> Any:
        """As before; who waits for the start of the process waits within the time."""
        deadline = Deadline.of(seconds)
        if not self._lock.acquire(timeout=deadline.left()):
            raise deadline.over()
        try:
            return super().ask(*question, seconds=deadline)
        finally:
            self._lock.release()

    def started(self) -> None:
        """Start the process, if it is not there. What fails is told to who asks next."""
        with self._lock, contextlib.suppress(CityDiplomacyError):
            self.start()


def _busy() -> BusyError:
    return BusyError("Too many ask at once.", hint="Ask again in a moment.")
