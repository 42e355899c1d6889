"""What is made of a store and kept below its folder until the store changes: the graph for Cypher, views at a date.

Each stands in a place of its kind as `<revision>-<digest>...`: built beside and swapped in by renaming, so that it is
whole or not there. A build that is killed leaves what was there.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from citydiplomacy.errors import StoreError

from . import locks
from .manifest import Manifest

_BUILDING = "building"


def name(state: Manifest, *told: str) -> str:
    """Revision and a digest of what a thing depends on: a store made anew counts its revisions from the start.

    told: what it depends on besides the store's state, such as the version of its form.
    """
    parts = [
        *told,
        state.ontology,
        str(state.days),
        *(f"{source} {entry.digest}" for source, entry in state.sources.items()),
    ]
    return f"{state.revision:06}-{hashlib.sha256(chr(10).join(sorted(parts)).encode()).hexdigest()[:12]}"


def ready(folder: Path, make: Callable[[Path], None], what: str, keep: int = 1) -> int:
    """Hold a folder, made first (`make` fills one) if nobody has; close the hold to let it go.

    keep: how many of one state of the store stay, those used last. Raises StoreError if it cannot be written; `what` is
    its name for people.
    """
    while True:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            hold = locks.share(folder)
            if folder.exists():
                with contextlib.suppress(OSError):
                    os.utime(folder)
                return hold
            os.close(hold)  # swept between our two looks
        _build(folder, make, what, keep)


def _build(folder: Path, make: Callable[[Path], None], what: str, keep: int) -> None:
    """Build a folder, unless somebody has when our turn comes."""
    place = folder.parent
    beside = place / _BUILDING
    try:
        place.mkdir(exist_ok=True)
        with _turn(place):
            if folder.exists():
                return
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir()
            try:
                make(beside)
                beside.rename(folder)
            finally:
                shutil.rmtree(beside, ignore_errors=True)
            _sweep(place, folder, keep)
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"{place}: {what} could not be written ({error}).",
            hint="Look for room on the disk and for permission to write; the store is as it was.",
        ) from error


@contextlib.contextmanager
def _turn(place: Path) -> Iterator[None]:
    """Wait until nobody else builds here. A killed process's turn is over."""
    descriptor = os.open(place / "builder.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sweep(place: Path, current: Path, keep: int) -> None:
    """Remove what is of no later revision and nobody reads, but for the last used of the current state."""
    revision = _state(current)[:1]
    others = [folder for folder in place.iterdir() if folder.is_dir() and folder != current]
    alike = sorted((f for f in others if _state(f) == _state(current)), key=_used, reverse=True)
    for folder in set(others) - set(alike[: keep - 1]):
        if _state(folder)[:1] <= revision and locks.unread(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _state(folder: Path) -> list[str]:
    """Revision and digest in the name of a folder."""
    return folder.name.split("-")[:2]


def _used(folder: Path) -> tuple[int, str]:
    return folder.stat().st_mtime_ns, folder.name
