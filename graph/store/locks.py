"""Locks between processes: one writer a store; readers keep the generation that they read from being removed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import weakref
from collections.abc import Iterator
from pathlib import Path

from citydiplomacy.errors import StoreError

WRITER = "writer.lock"
"""The file in the folder of a store that its writers lock; the first thing that a build makes there."""


@contextlib.contextmanager
def writer(folder: Path) -> Iterator[None]:
    """Be the only writer of a store. Raises StoreError at once if there is another; a killed writer's lock is free."""
    descriptor = _open(folder / WRITER)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(
                f"{folder}: another process is writing to this store.",
                hint="Wait until it is done and try again. Questions can be asked meanwhile.",
            ) from None
        yield
    finally:
        os.close(descriptor)


class Hold:
    """A folder held for reading, so that nobody removes it: let go by `close`, or when the hold is forgotten."""

    def __init__(self, descriptor: int) -> None:
        self._let_go = weakref.finalize(self, os.close, descriptor)

    def close(self) -> None:
        """Let the folder go; once more does nothing."""
        self._let_go()


def share(generation: Path) -> Hold:
    """Hold a generation for reading. Raises FileNotFoundError if it is not there."""
    hold = Hold(descriptor := os.open(generation, os.O_RDONLY))
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return hold


def unread(generation: Path) -> bool:
    """Whether no process reads from a generation."""
    descriptor = os.open(generation, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except PermissionError:
        raise StoreError(f"{path.parent}: no permission to write here.") from None
    except OSError as error:
        raise StoreError(f"{path.parent}: cannot be written ({error.strerror}).") from None
