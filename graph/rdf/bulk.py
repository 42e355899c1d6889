"""N-Quads into an empty database, a bounded lot at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import pyoxigraph as ox

LOADERS = 2
"""How many lots the engine takes in at the same time."""
LOT = 16 << 20
"""Bytes of N-Quads that the engine takes in at once; it needs about six times as much memory to sort them."""


def bulk_load(database: ox.Store, pieces: Iterable[bytes]) -> None:
    """Put N-Quads into an empty database, while the next are still being made.

    The engine sorts each lot in memory without Python's lock, so two lots at a time keep two processors busy; lots of a
    bounded size, and few of them, bound the memory.
    """
    with ThreadPoolExecutor(LOADERS) as pool:
        running: set[Future[None]] = set()
        for lot in _lots(pieces):
            if len(running) == LOADERS:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for each in done:
                    each.result()
            running.add(pool.submit(database.bulk_load, lot, ox.RdfFormat.N_QUADS, lenient=True))
        for each in running:
            each.result()


def _lots(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces of bytes joined to lots of about LOT bytes."""
    parts, length = [], 0
    for piece in pieces:
        parts.append(piece)
        length += len(piece)
        if length >= LOT:
            yield b"".join(parts)
            parts, length = [], 0
    yield b"".join(parts)
