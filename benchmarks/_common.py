"""What the benchmarks share: the world data, a stopwatch, a table of ratios."""

from __future__ import annotations

import re
import sys
import textwrap
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

WORLD = Path(__file__).parent.parent / ".." / "shared" / "world"


def world_file(folder: Path, name: str) -> Path:
    """A file of the shared world data; ends the program with a clear message if it is not there."""
    path = folder / name
    if not path.is_file():
        sys.exit(f"{path} is missing: give the folder of the world data as an argument.")
    return path


def timed(function: Callable[[], T]) -> tuple[float, T]:
    """Seconds that a call takes, and what it returns."""
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result


def seconds(value: float) -> str:
    """Three digits that count: `0.00123`, `12.3`."""
    return f"{value:#.3g}" if value < 100 else f"{value:.0f}"


def ratio(ours: float, theirs: float) -> str:
    """How many times faster we are: their seconds over ours."""
    return f"{theirs / ours:#.3g}" if theirs / ours < 100 else f"{theirs / ours:.0f}"


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print columns, the first to the left and the others to the right; an empty row is a line."""
    widths = [max(len(row[i]) for row in (header, *rows) if row) for i in range(len(header))]
    line = ["-" * width for width in widths]
    for row in (header, line, *(row or line for row in rows)):
        numbers = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join([row[0].ljust(widths[0]), *numbers]).rstrip())


def print_goals(description: str | None) -> None:
    """Print what the description of a benchmark says of its goals, below what was reached."""
    sentences = (" ".join(each.split()) for each in re.split(r"\n\n|(?<=\.)\s+", description or ""))
    told = " ".join(sentence for sentence in sentences if re.search(r"\b[Gg]oals?\b", sentence))
    print(f"\n{textwrap.fill(told, 120)}")
