"""Plans: how rows become values, worked out once a table, so that reading a row is a loop over ready-made readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.schema import RecordClass

from ..cells.cells import ERRORS, CellError, Reader, unknown, words_of
from ..formats.delimited import OpenTable
from .column_reading import Writing, cell_reader, quick_reader
from .columns import ColumnMeaning, column, columns
from .faults import Faults
from .mapping import Description, TableMap, aside_of

Step = tuple[int, str, Callable[[str], Any], bool]
"""Index of the cell, the field that it tells, its reader, and whether the field is kept as a tuple."""

ROW = "{row}"
"""In a constant: the number of the line."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Which rows of a file are read, and how they lie in it; columns by their index."""

    where: tuple[tuple[int, frozenset[str]], ...]
    """Cells that a row must have to be read."""
    unless: tuple[tuple[int, frozenset[str]], ...]
    """Cells of rows that are not read."""
    each: tuple[tuple[int, str], ...]
    """What stands between several values of a cell, each of which makes a row."""
    aside: tuple[tuple[int, tuple[str, ...]], ...]
    """How brackets at the end of a cell begin that become a cell of their own, after those of the file."""
    heads: tuple[tuple[int, frozenset[str]], ...]
    """Cells that, alone in their row, head those below, after which they come as cells of their own."""
    across: tuple[tuple[tuple[int, str], ...], ...]
    """The columns of a matrix with their names: each that says anything makes a row, with its name and its cell."""
    na: frozenset[str]
    """Cells that mean: unknown, or none."""
    fill: tuple[int, ...]
    """Cells that are those of the row above where all of them are empty."""
    asks: tuple[int, ...]
    """Cells of which at least one says something in a row that is read."""
    footnotes: bool
    """Whether marks of footnotes are left out of all cells."""
    markup: bool
    """Whether what pages are written with is."""
    same: tuple[tuple[int, Mapping[str, str]], ...]
    """How cells are read that are written in several ways."""
    ditto: frozenset[str]
    """Cells that stand for the one above."""
    ends: tuple[int, ...]
    """The names of the ends of a tie, where each is told in columns of its own."""


@dataclass(frozen=True, slots=True)
class RowPlan:
    """How the rows of one table become values of one record class."""

    entry: RecordClass
    file: str
    steps: tuple[Step, ...]
    constants: dict[str, Any]
    """Values that are the same in every row."""
    templates: tuple[tuple[str, str, Reader, bool], ...]
    """Constants with the line number in them: field, text, reader, tuple or not."""
    originals: tuple[str, ...]
    """Date fields that have a column for their wording."""
    names: dict[str, str]
    """The header's name of the column that tells a field; in a mapped table also of the one that tells our column."""
    header: tuple[str, ...]
    """The names of the file's columns, and of those that are made of several."""
    faults: Faults
    made: tuple[Callable[[Sequence[str]], str], ...] = ()
    """Cells that are made of several, which come after the file's own."""
    shape: Shape | None = None
    """Of a mapped table: how its rows are taken."""
    reads: frozenset[str] = frozenset()
    """Of a mapped table: the columns of the file that are read."""
    open: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """By index the cells whose meaning a mapping leaves unknown."""

    def error(self, field: str, line: int | None, message: str, **details: Any) -> InputError:
        """An error about a field of a row."""
        return InputError(message, file=self.file, line=line, column=self.names.get(field, field), **details)


def native_plan(table: OpenTable, entry: RecordClass, calendar: str, faults: Faults) -> RowPlan:
    """The plan of a table with our own columns. Raises InputError for a column that is none."""
    meanings: dict[str, ColumnMeaning] = {}
    problem: InputError | None = None
    for name in table.header:
        try:
            meanings[name] = column(entry, name)
        except CellError as error:
            place = InputError(
                str(error),
                file=table.file,
                line=table.header_line,
                column=name,
                value=name,
                expected=error.expected,
                hint=error.hint,
            )
            problem = problem or place
    if problem and not meanings:
        raise InputError(
            "no header: the first line must name the columns",
            file=table.file,
            line=table.header_line,
            value=", ".join(table.header),
            expected=", ".join(columns(entry)),
        )
    if problem:
        raise problem
    steps = []
    for index, name in enumerate(table.header):
        meaning = meanings[name]
        if [meanings[other] for other in table.header].index(meaning) != index:
            raise InputError("two columns mean the same", file=table.file, line=table.header_line, column=name)
        steps.append(_step(index, meaning, entry, Writing(calendar)))
    names = {meanings[name].field: name for name in reversed(table.header)}
    return RowPlan(entry, table.file, tuple(steps), {}, (), originals(names), names, table.header, faults)


def mapped_plan(table: OpenTable, mapping: TableMap, description: Description, faults: Faults) -> RowPlan:
    """The plan of a table with foreign columns. Raises InputError for a column that the file lacks."""
    entry, calendar, section = mapping.record, description.calendar, f"{mapping.section}.columns"
    steps: list[Step] = []
    constants: dict[str, Any] = {}
    templates = []
    names: dict[str, str] = {}
    file_header = table.header
    table = replace(table, header=(*table.header, *mapping.added))
    if name := next((each for each in mapping.across if each in file_header), ""):
        problem = CellError("the file has a column of this name", expected="a new name for what the columns are")
        raise _wrong(problem, description, f"{mapping.section}.across", name, name)
    header = list(table.header)
    made: list[Callable[[Sequence[str]], str]] = []
    left_open: dict[int, frozenset[str]] = {}
    for name, source in ((name, each) for name, several in mapping.columns.items() for each in several):
        meaning = column(entry, name)
        signs = (mapping.decimal, mapping.thousands) if source.axis is None else (".", "")
        read = quick_reader(meaning, entry, Writing(calendar, *signs, mapping.na, source))
        indexes = [_index(table, foreign, description, section, name) for foreign in source.columns]
        if len(indexes) > 1 and (source.join is not None or not meaning.many):
            made.append(_of_several(indexes, source.join, mapping.na))
            indexes = [len(header)]
            header.append(", ".join(source.columns))
        for index in indexes:
            steps.append((index, meaning.field, read, meaning.tupled))
            if words := frozenset(word for word, ours in (source.map or {}).items() if not ours):
                left_open[index] = words
            names.setdefault(meaning.field, header[index])
            names.setdefault(name, header[index])
        if source.default:
            constants[meaning.field] = _constant(meaning, entry, source.default, description, section, name)
    for name, text in mapping.constants.items():
        meaning = column(entry, name)
        value = _constant(meaning, entry, text, description, f"{mapping.section}.constants", name)
        if ROW in text:
            templates.append((meaning.field, text, cell_reader(meaning, entry, Writing(calendar)), meaning.tupled))
        else:
            constants[meaning.field] = constants.get(meaning.field, ()) + value if meaning.tupled else value

    def found(key: str, name: str) -> int:
        return _index(table, name, description, _place(mapping.section, key), name)

    shape = Shape(
        tuple((found("where", name), cells) for name, cells in mapping.where.items()),
        tuple((found("unless", name), cells) for name, cells in mapping.unless.items()),
        tuple((found("each", name), sign) for name, sign in mapping.each.items()),
        tuple((found("aside", name), words) for name, words in mapping.aside.items()),
        tuple((found("heads", name), words) for name, words in mapping.heads.items()),
        tuple(
            tuple((_index(table, each, description, f"{mapping.section}.across", name), each) for each in names)
            for name, names in mapping.across.items()
        ),
        mapping.na,
        tuple(found("fill", name) for name in mapping.fill),
        tuple(found("asks", name) for name in mapping.asks),
        mapping.footnotes,
        mapping.markup,
        tuple((found("same", name), ways) for name, ways in mapping.same.items()),
        frozenset(mapping.ditto),
        tuple(
            table.header.index(each.columns[0])
            for several in mapping.columns.values()
            for each in several
            if len(several) > 1
        ),
    )
    return RowPlan(
        entry,
        table.file,
        tuple(steps),
        constants,
        tuple(templates),
        originals(names),
        names,
        tuple(header),
        faults,
        tuple(made),
        shape,
        _read(mapping),
        left_open,
    )


def _read(mapping: TableMap) -> frozenset[str]:
    """The columns of the file that a mapping names, wherever it does."""
    named = {column for several in mapping.columns.values() for each in several for column in each.columns}
    asides = {column for column in mapping.aside if aside_of(column) in named}
    across = {column for columns in mapping.across.values() for column in columns}
    more = mapping.heads, mapping.where, mapping.unless, mapping.each, mapping.fill, mapping.asks
    return frozenset(named | asides | across).union(*more)


def _place(section: str, key: str) -> str:
    """Where the columns of a key stand: those of a list on its line, others in a section of their own."""
    return section if key in ("fill", "asks") else f"{section}.{key}"


def _index(table: OpenTable, foreign: str, description: Description, section: str, key: str) -> int:
    """Where a foreign column stands. Raises InputError if the file lacks it."""
    if foreign not in table.header:
        problem = unknown(f"column of {table.file}", foreign, table.header)
        raise _wrong(problem, description, section, key, foreign)
    return table.header.index(foreign)


def _of_several(indexes: Sequence[int], join: str | None, na: frozenset[str]) -> Callable[[Sequence[str]], str]:
    """How a cell is made of several: those that say anything, joined if the first does, or the first of them; an error
    among them stays one."""

    def cell(cells: Sequence[str]) -> str:
        told = [text for index in indexes if (text := cells[index].strip()) and text not in na]
        if join is not None and told and cells[indexes[0]].strip() in ("", *na):
            return ""
        wrong = [text for text in told if text in ERRORS]
        return join.join(told) if join is not None and not wrong else next(iter(wrong or told), "")

    return cell


def _constant(
    meaning: ColumnMeaning, entry: RecordClass, text: str, description: Description, section: str, key: str
) -> Any:
    """The value of a cell that stands in the TOML. Raises InputError."""
    if not text:
        expected = words_of(meaning.prop) or "a value, in the line with # ?"
        problem = CellError("the mapping leaves this open", expected=expected)
        raise _wrong(problem, description, section, key, text)
    try:
        return cell_reader(meaning, entry, Writing(description.calendar))(text.replace(ROW, "1"))
    except CellError as error:
        raise _wrong(error, description, section, key, text) from None


def _wrong(problem: CellError, description: Description, section: str, key: str, value: str) -> InputError:
    return InputError(
        str(problem),
        file=description.file,
        line=description.line(section, key),
        column=f"{section}.{key}",
        value=value,
        expected=problem.expected,
        hint=problem.hint,
    )


def originals(names: dict[str, str]) -> tuple[str, ...]:
    """The date fields that have a column for their wording, of columns by field."""
    return tuple(name.removesuffix("_original") for name in names if name.endswith("_original"))


def _step(index: int, meaning: ColumnMeaning, entry: RecordClass, how: Writing) -> Step:
    return index, meaning.field, quick_reader(meaning, entry, how), meaning.tupled


@cache
def required(entry: RecordClass) -> tuple[str, ...]:
    """The properties that a record of a class must have."""
    return tuple(prop.name for prop in entry.properties if prop.required)
