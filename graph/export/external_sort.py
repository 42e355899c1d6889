"""Sorting more lines than memory holds: sorted runs in temporary files, merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice

RUN = 500_000
"""Lines that are sorted in memory at once: some 200 MB of statements."""


def sorted_lines(lines: Iterable[str], run: int = RUN) -> Iterator[str]:
    """Lines, each with its `\\n` at the end and none within, in the order of their code points."""
    rest = iter(lines)
    first = sorted(islice(rest, run))
    with ExitStack() as files:
        runs: list[Iterator[str]] = [iter(first)]
        while more := sorted(islice(rest, run)):
            file = files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))
            file.writelines(more)
            file.seek(0)
            runs.append(file)
        yield from heapq.merge(*runs)
