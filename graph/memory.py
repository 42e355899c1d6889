"""How much memory this process may take: an engine that is refused some ends the process without a word of ours."""

from __future__ import annotations

import contextlib
import resource
from functools import cache
from pathlib import Path

from citydiplomacy.errors import StoreError

NEEDED = 450 << 20
"""Bytes of addresses that the store's engine takes to open a database, measured at its peak."""


@cache  # it takes them with its first database
def refuse_too_little() -> None:
    """Raise StoreError if a limit of this process (`ulimit -v`) leaves less than the store's engine needs."""
    if (bytes_left := left()) is not None and bytes_left < NEEDED:
        raise StoreError(
            "the store's engine needs more memory than this process may take.", hint="Look at `ulimit -v`."
        )


def left() -> int | None:
    """Bytes of addresses that a limit of this process (`ulimit -v`) leaves; None without a limit."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if allowed == resource.RLIM_INFINITY else max(0, allowed - _taken())


def _taken() -> int:
    with contextlib.suppress(OSError):
        pages, *_ = Path("/proc/self/statm").read_text(encoding="ascii").split()
        return int(pages) * resource.getpagesize()
    return 0
