"""What became of the rows of a load: nothing that was read vanishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
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
    """Rows of cities and bodies that may be known ones, until a person decides."""
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
    expected: str = ""
    """In the place of the first of them."""


@dataclass(slots=True)
class Fates:
    """What became of the rows of one file or sheet, which several tables may read, by their lines."""

    taken: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    """Left out by a table, though nothing says that they are no rows of the list."""
    refused: set[int] = field(default_factory=set)
    without: set[int] = field(default_factory=set)
    """Whose city or other actor was refused, so that a tie of it has nobody to tie."""
    unread: tuple[str, ...] = ()
    """The columns that no table reads."""
    columns: set[str] = field(default_factory=set, compare=False)
    """Those of the tables that were opened."""

    def open(self, header: Collection[str], reads: Collection[str]) -> None:
        """A table of it is opened, which reads some of its columns."""
        told = (*self.unread, *(name for name in header if name not in self.columns))
        self.unread = tuple(name for name in told if name not in reads)
        self.columns.update(header)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.taken | self.left | self.refused)

    @property
    def lost(self) -> int:
        """How many are not in the store as the list tells them: refused by a table, or taken by none."""
        return len(self.refused | (self.left - self.taken))


@dataclass(slots=True)
class LoadReport:
    """The report of one load, filled by loaders as they read. strict: any refusal is an error at once."""

    strict: bool = False
    files: dict[str, Tally] = field(default_factory=dict)
    fates: dict[str, Fates] = field(default_factory=dict)
    """Of the rows of mapped files and sheets."""
    told: dict[str, str] = field(default_factory=dict)
    """The table, as in `files`, that told a city or body first."""
    _reasons: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _examples: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    _expected: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def of(self, file: str) -> Tally:
        """The tally of a file, to count in."""
        return self.files.setdefault(file, Tally())

    def refuse(self, file: str, reason: str, error: InputError) -> None:
        """Leave a row out: counted with its reason, a few words that many rows share. Raises the error if strict."""
        if self.strict:
            raise error
        self.of(file).refused += 1
        self._count(file, "refused", reason, _example(error), error.expected)

    def unread(self, file: str, reason: str, error: InputError) -> None:
        """Leave a cell out of a row that stands without it. A refusal too: raises the error if strict."""
        if self.strict:
            raise error
        self._count(file, "unread", reason, _example(error), error.expected)

    def leave_out(self, file: str, reason: str, example: str) -> None:
        """Leave out a row that nobody asked for."""
        self.of(file).left_out += 1
        self._count(file, "left out", reason, example)

    def note(self, file: str, reason: str, example: str) -> None:
        """Remark on a row that was read: something in it was odd, or was left out of it."""
        self._count(file, "noted", reason, example)

    def lost(self) -> tuple[int, int]:
        """How many rows of mapped files were lost, and of how many."""
        return sum(each.lost for each in self.fates.values()), sum(each.rows for each in self.fates.values())

    def reasons(self) -> Iterator[Reason]:
        """All reasons, those of refusals first, the most frequent first."""
        order = sorted(self._reasons.items(), key=lambda item: (KINDS.index(item[0][1]), -item[1], item[0]))
        for (file, kind, reason), number in order:
            key = file, kind, reason
            yield Reason(*key, number, tuple(self._examples[key]), self._expected[key])

    def _count(self, file: str, kind: str, reason: str, example: str, expected: str = "") -> None:
        key = file, kind, reason
        self._reasons[key] += 1
        self._expected.setdefault(key, expected)
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
