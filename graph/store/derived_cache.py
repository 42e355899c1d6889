"""What is made of a store and kept below its folder until the store changes: the graph for Cypher, views at a date.

Each stands in a place of its kind as `<revision>-<digest>...`: built beside and swapped in by renaming, so that it is
whole or not there. A build that is killed leaves what was there.

A store that one may read and not write keeps nothing below it: then the place is one of the user's own, in the folder
for caches (XDG_CACHE_HOME), by the store's real path.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import logging
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


def ready(
    store: Path, kind: str, named: str, make: Callable[[Path], None], what: str, keep: int = 1, turn: str = ""
) -> tuple[Path, locks.Hold]:
    """A folder `named` in the place of its kind, made first (`make` fills one) if nobody has, and the hold on it, to be
    closed.

    keep: how many of one state of the store stay, those used last. turn: what of the kind one builds at a time, as part
    of a name of files; who builds another does not wait for it. Raises StoreError if it cannot be written; `what` is
    its name for people.
    """
    folder = store / kind / named
    try:
        return folder, _hold(folder, make, what, keep, turn)
    except _NotOurs as error:
        folder = _place_of_user(store, what, error) / kind / named
    if not folder.parent.exists():
        logging.getLogger(__name__).warning("%s: not ours to write; %s is kept in %s.", store, what, folder.parent)
    try:
        return folder, _hold(folder, make, what, keep, turn)
    except _NotOurs as error:
        raise _unwritten(folder.parent, what, error) from None


class _NotOurs(OSError):
    """A place that we may not write to."""


def _place_of_user(store: Path, what: str, why: OSError) -> Path:
    """The folder of a user's own for what is made of a store; others may not look into it."""
    real = store.resolve()
    try:
        given = Path(os.environ.get("XDG_CACHE_HOME", ""))
        caches = (given if given.is_absolute() else Path.home() / ".cache") / "citydiplomacy"
        caches.mkdir(mode=0o700, parents=True, exist_ok=True)
        if caches.stat().st_uid != os.getuid():
            raise PermissionError(errno.EPERM, "it belongs to somebody else", str(caches))
        caches.chmod(0o700)
        place = caches / f"{real.name}-{hashlib.sha256(os.fsencode(real)).hexdigest()[:12]}"
        place.mkdir(mode=0o700, exist_ok=True)
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"{store}: {what} cannot be kept: not there ({why}), and in no cache of yours ({error}).",
            hint="Name a folder that is yours in XDG_CACHE_HOME.",
        ) from None
    return place


def _hold(folder: Path, make: Callable[[Path], None], what: str, keep: int, turn: str) -> locks.Hold:
    while True:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            hold = locks.share(folder)
            if folder.exists():
                with contextlib.suppress(OSError):
                    os.utime(folder)
                return hold
            hold.close()  # swept between our two looks
        _build(folder, make, what, keep, turn)


def _build(folder: Path, make: Callable[[Path], None], what: str, keep: int, turn: str) -> None:
    """Build a folder, unless somebody has when our turn comes."""
    place = folder.parent
    beside = place / f"{_BUILDING}{turn}"
    try:
        with _ours():
            place.mkdir(exist_ok=True)
        with _turn(place / f"builder{turn}.lock"):
            if folder.exists():
                return
            shutil.rmtree(beside, ignore_errors=True)
            with _ours():
                beside.mkdir()
            try:
                make(beside)
                beside.rename(folder)
            finally:
                shutil.rmtree(beside, ignore_errors=True)
            _sweep(place, folder, keep)
    except _NotOurs:
        raise
    except MemoryError:
        raise StoreError(f"{what} needs more memory than this process may take.", hint="Look at `ulimit -v`.") from None
    except (OSError, RuntimeError) as error:
        raise _unwritten(place, what, error) from error


def _unwritten(place: Path, what: str, error: Exception) -> StoreError:
    return StoreError(
        f"{place}: {what} could not be written ({error}).",
        hint="Look for room on the disk and for permission to write; the store is as it was.",
    )


@contextlib.contextmanager
def _ours() -> Iterator[None]:
    """Tell apart what fails because a place is not ours to write."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise _NotOurs(error.errno, error.strerror, error.filename) from None
        raise


@contextlib.contextmanager
def _turn(lock: Path) -> Iterator[None]:
    """Wait until nobody else has the turn. A killed process's turn is over."""
    with _ours():
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
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
    try:
        return folder.stat().st_mtime_ns, folder.name
    except FileNotFoundError:  # swept in another turn
        return 0, folder.name
