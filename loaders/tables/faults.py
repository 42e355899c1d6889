"""What is done about a row that is wrong: in a table of ours it ends the load, in one of others it is counted."""

from __future__ import annotations

from collections import Counter

from citydiplomacy.errors import InputError

from ..cells.cells import UnknownWord
from ..report import Fates, LoadReport, Tally

ONE_SIDED = "one-sided: no row tells the tie from the other side"


class Faults:
    """The faults of one table."""

    def __init__(self, name: str, report: LoadReport, *, lenient: bool = False, actors: bool = False) -> None:
        """name: of the file in the report. lenient: rows that are wrong are counted there and passed over. actors: the
        rows tell cities and bodies, without which the ties in the same rows tie nobody."""
        self.name, self.report, self.lenient, self.actors = name, report, lenient, actors
        self.tally: Tally = report.of(name)
        self.fates = Fates()
        """Of the rows of its file, which other tables may read too; set when it is opened."""
        self._words: dict[str, Counter[str]] = {}
        self._first: InputError | None = None

    def row(self, error: InputError) -> None:
        """A row that is refused. Raises the error of a table of ours."""
        if not self.lenient:
            raise error
        self.report.refuse(self.name, error.reason, error)
        if error.line is not None:
            self.fates.refused.add(error.line)
            if self.actors:
                self.fates.without.add(error.line)

    def cell(self, error: InputError) -> None:
        """A cell that is left out of its row. Raises the error of a table of ours."""
        if not self.lenient:
            raise error
        self.report.unread(self.name, error.reason, error)

    def ragged(self, error: InputError) -> None:
        """A row with more or fewer cells than the header."""
        self.tally.read += 1
        self.row(error)

    def record(self, error: InputError, rows: int) -> None:
        """A record that its rows cannot make: they count as refused."""
        self.row(error)
        self.tally.made -= 1
        self.tally.merged -= rows - 1
        self.tally.refused += rows - 1

    def left_out(self, line: int, reason: str, *, meant: bool = False) -> None:
        """A row that the mapping does not ask for; meant: it says that this is no row of the list."""
        self.report.leave_out(self.name, reason, f"line {line}")
        if not meant:
            self.fates.left.add(line)

    def open(self, line: int, reason: str) -> None:
        """A row that is left out though it tells something: the mapping does not say what."""
        self.left_out(line, reason)
        self.fates.refused.add(line)

    def note(self, reason: str, example: str) -> None:
        """A remark on a row that was read."""
        self.report.note(self.name, reason, example)

    def word(self, problem: UnknownWord, error: InputError) -> None:
        """A word that the mapping lacks: a mistake of the mapping, raised by `finish` with all others."""
        self._words.setdefault(str(error.column), Counter())[problem.word] += 1
        self._first = self._first or error

    def finish(self) -> None:
        """Raise the error for all words that the mapping lacks, each with the number of its cells."""
        if self._first is None:
            return
        listed = "; ".join(
            f"{column}: " + ", ".join(f"{word!r} ({number})" for word, number in words.most_common())
            for column, words in self._words.items()
        )
        first = self._first
        raise InputError(
            f"the mapping has no value for words in {listed}",
            file=first.file,
            line=first.line,
            column=first.column,
            value=first.value,
            expected=first.expected,
            hint=first.hint,
        )


class Ways:
    """Which way ties are told that should each stand twice, once from either side."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, ...], int] = {}

    def add(self, parties: tuple[str, ...], line: int) -> None:
        """A row that tells a tie from the side of its first party."""
        self._lines.setdefault(parties, line)

    def tell(self, faults: Faults) -> None:
        """Remark on the ties that no row tells from the other side."""
        for parties, line in self._lines.items():
            if parties[::-1] not in self._lines:
                faults.note(ONE_SIDED, f"line {line}: {' | '.join(parties)}")
