"""Locks between processes: one writer a store; readers keep the generation that they read from being removed."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from citydiplomacy.errors import StoreError


@contextlib.contextmanager
def writer(folder: Path) -> Iterator[None]:
    """Be the only writer of a store. Raises StoreError at once if there is another; a killed writer's lock is free."""
    descriptor = _open(folder / "writer.lock")
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


def share(generation: Path) -> int:
    """Hold a generation for reading; close the returned descriptor to let it go."""
    descriptor = os.open(generation, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


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
