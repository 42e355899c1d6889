"""How much memory this process may take: an engine that is refused some ends the process without a word of ours."""

from __future__ import annotations

import contextlib
import resource
from functools import cache
from pathlib import Path

from citydiplomacy.errors import StoreError

NEEDED = 450 << 20
"""Bytes of addresses with which the store's engine surely opens its databases: over twice its measured peak."""
_M_ARENA_MAX = -8
"""The number of this setting of glibc's `mallopt`, from its malloc.h."""


@cache  # it takes them with its first database
def refuse_too_little() -> None:
    """Raise StoreError if a limit of this process (`ulimit -v`) leaves less than the store's engine needs."""
    if (bytes_left := left()) is not None and bytes_left < NEEDED:
        raise StoreError(
            "the store's engine needs more memory than this process may take.", hint="Look at `ulimit -v`."
        )
    if bytes_left is not None:
        _share_one_arena()


def left() -> int | None:
    """Bytes of addresses that a limit of this process (`ulimit -v`) leaves; None without a limit."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if allowed == resource.RLIM_INFINITY else max(0, allowed - _taken())


def _share_one_arena() -> None:
    """Let all threads allocate from one place: by itself each reserves 64 MB or more, as it happens to be scheduled.

    An engine whose next thread then finds no addresses ends the process.
    """
    import ctypes

    with contextlib.suppress(AttributeError):  # only glibc has it
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _taken() -> int:
    with contextlib.suppress(OSError):
        pages, *_ = Path("/proc/self/statm").read_text(encoding="ascii").split()
        return int(pages) * resource.getpagesize()
    return 0
