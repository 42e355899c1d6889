"""Regular expressions of mappings, which say what to take of a cell, held to a time.

A backtracking engine can take for ever on a short cell. One that cannot (RE2) reads `\\w` and `\\d` as ASCII, and would
take nothing of a Persian name; so the engine is one that stops when its time is over.
"""

from __future__ import annotations

import math
import re
import time

from ..cells.cells import CellError

SECONDS = 2.0
"""What a pattern may take in all."""
SECONDS_A_CELL = 0.001
"""And what it may take beyond that for each cell that it is tried on."""

REPEATS = 100_000
"""How often a pattern may want its parts in all: the engine lays out every one of them, also those within others."""
_REPEATED = re.compile(r"\{(\d+)")
_CALLS = re.compile(r"(?<!\\)(?:\\\\)*\(\?(?:R\)|\d|&|P>)")
"""A part that stands for the whole or for a group: within itself it takes the memory before its time is over."""


class TooSlowError(CellError):
    """A pattern that took too long: the mapping is wrong, not the cell."""


class Pattern:
    """A regular expression with what it may still take of time. Raises CellError for what is none."""

    def __init__(self, text: str) -> None:
        import regex

        if math.prod(max(int(number[:9]), 1) for number in _REPEATED.findall(text)) > REPEATS:
            raise CellError(
                "not a regular expression: its parts repeat too often",
                expected=f"in all no more repetitions than {REPEATS:,}",
            )
        if _CALLS.search(text):
            raise CellError(
                "not a regular expression: it calls itself", expected="a pattern without (?R), (?1), (?&name)"
            )
        try:
            self._compiled = regex.compile(text)
        except (regex.error, RecursionError, OverflowError) as error:
            raise CellError(f"not a regular expression: {error}") from None
        self._left = SECONDS

    def taken(self, cell: str) -> str:
        """The first group of what matches first, or all that matches.

        Raises CellError if nothing does, TooSlowError when the time is over.
        """
        start = time.perf_counter()
        try:
            found = self._compiled.search(cell, timeout=max(self._left, SECONDS_A_CELL))
        except TimeoutError:
            raise TooSlowError(
                f"the pattern takes more than {SECONDS:g} s, and {1000 * SECONDS_A_CELL:g} ms a cell",
                expected=f"a pattern that is quicker than {self._compiled.pattern}",
                hint="Repetitions within repetitions, such as (a+)+, are what takes long.",
            ) from None
        self._left = min(self._left + SECONDS_A_CELL - (time.perf_counter() - start), SECONDS)
        if found is None:
            raise CellError("the cell does not match", expected=f"the pattern {self._compiled.pattern}")
        return (found[1] or "") if self._compiled.groups else str(found[0])
