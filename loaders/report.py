"""What became of the rows of a load: nothing that was read vanishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from citydiplomacy.errors import InputError

Progress = Callable[[str, int, int], None]
"""Is told how far a long reading is: what is read, how much of it, and of how much (0: not known)."""

EXAMPLES = 3
"""Examples kept of each reason."""

KINDS = ("refused", "unread", "left out", "noted")
"""Of reasons: rows refused, cells left out of rows that stand without them, rows that nobody asked for, remarks."""


@dataclass(slots=True)
class Tally:
    """Rows of one file or answer."""

    read: int = 0
    made: int = 0
    """Rows that told of a record first."""
    merged: int = 0
    """Rows that told more of a record that another row told already."""
    waiting: int = 0
    """Cities that may be a known one, until a person decides."""
    refused: int = 0
    left_out: int = 0
    """Rows that a mapping does not ask for."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something of a file was refused, not read, left out, or read with a remark: one of KINDS."""

    file: str
    kind: str
    reason: str
    number: int
    examples: tuple[str, ...]


@dataclass(slots=True)
class LoadReport:
    """The report of one load, filled by loaders as they read. strict: any refusal is an error at once."""

    strict: bool = False
    files: dict[str, Tally] = field(default_factory=dict)
    _reasons: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _examples: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)

    def of(self, file: str) -> Tally:
        """The tally of a file, to count in."""
        return self.files.setdefault(file, Tally())

    def refuse(self, file: str, reason: str, error: InputError) -> None:
        """Leave a row out: counted with its reason, a few words that many rows share. Raises the error if strict."""
        if self.strict:
            raise error
        self.of(file).refused += 1
        self._count(file, "refused", reason, _example(error))

    def unread(self, file: str, reason: str, error: InputError) -> None:
        """Leave a cell out of a row that stands without it. A refusal too: raises the error if strict."""
        if self.strict:
            raise error
        self._count(file, "unread", reason, _example(error))

    def leave_out(self, file: str, reason: str, example: str) -> None:
        """Leave out a row that nobody asked for."""
        self.of(file).left_out += 1
        self._count(file, "left out", reason, example)

    def note(self, file: str, reason: str, example: str) -> None:
        """Remark on a row that was read: something in it was odd, or was left out of it."""
        self._count(file, "noted", reason, example)

    def reasons(self) -> Iterator[Reason]:
        """All reasons, those of refusals first, the most frequent first."""
        order = sorted(self._reasons.items(), key=lambda item: (KINDS.index(item[0][1]), -item[1], item[0]))
        for (file, kind, reason), number in order:
            yield Reason(file, kind, reason, number, tuple(self._examples[file, kind, reason]))

    def _count(self, file: str, kind: str, reason: str, example: str) -> None:
        key = file, kind, reason
        self._reasons[key] += 1
        examples = self._examples.setdefault(key, [])
        if len(examples) < EXAMPLES:
            examples.append(example)


def _example(error: InputError) -> str:
    """A row of a file that is named already: its line, the column and what stands there."""
    line = f"line {error.line}" if error.line else ""
    column = f"column {error.column}" if error.column else ""
    place = ", ".join(filter(None, (line, column)))
    found = repr(str(error.value)[:80]) if error.value is not None else ""
    return ": ".join(filter(None, (place, found))) or str(error)
