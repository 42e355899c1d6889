"""Rows into values, by the plan of their table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.text import fold

from ..cells.asides import parted, taken_aside
from ..cells.cells import CellError, UnknownWord, UnsavedFormula
from ..cells.footnotes import without_footnotes
from ..cells.markup import without_markup
from ..formats.delimited import OpenTable, Row
from .patterns import TooSlowError
from .rows import ROW, RowPlan, Shape, required

OPEN = "the mapping leaves the word unknown"
HIDDEN = "the row is hidden in the workbook, and read like the others"


def read_rows(plan: RowPlan, table: OpenTable) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows that hold anything: line, and values by field (`id`, `source` and properties; unknown ones left out).

    Rows that are refused or not asked for are told to the plan's faults. Raises InputError for the first thing wrong in
    a table of ours, and in the end for words that a mapping lacks.
    """
    steps, constants, templates, tally = plan.steps, plan.constants, plan.templates, plan.faults.tally
    lenient = plan.faults.lenient
    needed = required(plan.entry) if lenient else ()
    for line, cells in _asked_for(plan, table.rows):
        if line in table.hidden:
            plan.faults.note(HIDDEN, f"line {line}: {next(filter(None, cells), '')!r}")
        if plan.made:
            cells = [*cells, *(make(cells) for make in plan.made)]  # noqa: PLW2901
        values = dict(constants)
        empty = True
        for index, field, read, tupled in steps:
            cell = cells[index].strip()
            if not cell:
                continue
            empty = False
            try:
                value = read(cell)
            except CellError as error:
                if _stands_without(plan, line, index, field, cell, error):
                    if not tupled:
                        values.pop(field, None)
                    continue
                tally.read += 1
                break
            if tupled and field in values:
                values[field] += value
            elif value is not None:
                values[field] = value
            elif cell in plan.open.get(index, ()) and _is_nothing_without(plan, line, index, field, cell):
                tally.read += 1
                break
        else:
            if empty and not lenient:
                continue
            tally.read += 1
            if empty:
                plan.faults.left_out(line, _nothing(plan, next(iter(needed), "id")))
                continue
            for field, text, read, tupled in templates:
                value = read(text.replace(ROW, str(line)))
                values[field] = values.get(field, ()) + value if tupled else value
            for field in plan.originals:
                try:
                    keep_wording(plan, line, field, values)
                except InputError as error:
                    plan.faults.cell(error)
            if not (lenient and "id" not in values and _lacks(plan, line, cells, values, needed)):
                yield line, values
    plan.faults.finish()


def _lacks(plan: RowPlan, line: int, cells: Sequence[str], values: dict[str, Any], needed: Sequence[str]) -> bool:
    """Whether a row lacks what its record needs; what it lacks is told."""
    if missing := [name for name in needed or ("id",) if values.get(name) in (None, ())]:
        told = [values[name] for name in plan.entry.ends if values.get(name)]
        if len(told[0] if len(plan.entry.ends) == 1 and told else told) > 1:  # it tells of a tie, but not of which kind
            plan.faults.open(line, _nothing(plan, missing[0]))
        else:
            plan.faults.left_out(line, _nothing(plan, missing[0]))
    elif none := _says_none(plan, cells, values):
        plan.faults.left_out(line, none, meant=True)
    elif alone := _alone(plan, line, cells, values):
        plan.faults.row(alone)
    else:
        return False
    return True


def _asked_for(plan: RowPlan, rows: Iterator[Row]) -> Iterator[Row]:
    """The rows that the mapping asks for, as it takes them. Those that it does not are told, if they are not empty."""
    shape, faults = plan.shape, plan.faults
    if shape is None:
        yield from rows
        return
    above: Sequence[str] = ()
    heads = dict.fromkeys((index for index, _ in shape.heads), "")
    for line, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        if shape.markup:
            cells = list(map(without_markup, cells))  # noqa: PLW2901
        if shape.footnotes:
            cells = list(map(without_footnotes, cells))  # noqa: PLW2901
        if _is_none(plan, shape, line, cells):
            continue
        if (head := _heads(cells, shape)) is not None:
            heads[head] = cells[head].strip()
            faults.tally.read += 1
            faults.left_out(line, f"{plan.header[head]} is {heads[head]}", meant=True)
            continue
        if shape.ditto:
            cells = repeated(cells, above, shape.ditto)  # noqa: PLW2901
        for at, ways in shape.same:
            if (cell := cells[at].strip()) in ways:
                cells = [*cells[:at], ways[cell], *cells[at + 1 :]]  # noqa: PLW2901
        if shape.fill and above and not any(cells[index].strip() for index in shape.fill):
            cells = [above[n] if n in shape.fill else cell for n, cell in enumerate(cells)]  # noqa: PLW2901
        above = cells
        if shape.asks and not any(cells[index].strip() for index in shape.asks):
            faults.tally.read += 1
            faults.left_out(line, "nothing that was asked is filled in", meant=True)
            continue
        for one in _each(cells, shape.each):
            each = [*_with_asides(one, shape.aside), *heads.values()] if heads else _with_asides(one, shape.aside)
            if shape.each and _is_none(plan, shape, line, each):
                continue
            yield from _asked_of(plan, shape, line, each)


def _asked_of(plan: RowPlan, shape: Shape, line: int, cells: Sequence[str]) -> Iterator[Row]:
    """A row, or one for each cell of a matrix, if it is one of those that the mapping asks for; else that is told."""
    told = list(_across(cells, shape.across, shape.na))
    if not told:
        plan.faults.tally.read += 1
        plan.faults.left_out(line, "no cell of the matrix says anything", meant=True)
    for each in told:
        index = next((index for index, wanted in shape.where if each[index].strip() not in wanted), None)
        if index is None:
            yield line, each
        else:
            plan.faults.tally.read += 1
            plan.faults.left_out(line, f"{plan.header[index]} is {each[index].strip() or 'empty'}")


def _heads(cells: Sequence[str], shape: Shape) -> int | None:
    """The column of a row that only heads those below; None of any other row."""
    for index, words in shape.heads:
        if (cell := cells[index].strip()) in words and {cell} == {each for each in map(str.strip, cells) if each}:
            return index
    return None


def _across(
    cells: Sequence[str], across: Sequence[Sequence[tuple[int, str]]], na: Collection[str]
) -> Iterator[Sequence[str]]:
    """A row, once with each column of a matrix whose cell says anything, with its name and that cell at the end. Where
    the row meets its own column nothing is said of two."""
    if not across:
        yield cells
        return
    (columns, *others), known = across, {fold(cell) for cell in cells if cell}
    for index, name in columns:
        if (cell := cells[index].strip()) and cell not in na and fold(name) not in known:
            yield from _across([*cells, name, cell], others, na)


def repeated(cells: Sequence[str], above: Sequence[str], ditto: Collection[str]) -> Sequence[str]:
    """A row whose cells that say `the same` are those of the row above, or empty in the first."""
    if not any(cell.strip() in ditto for cell in cells):
        return cells
    return [(above[at] if above else "") if cell.strip() in ditto else cell for at, cell in enumerate(cells)]


def _is_none(plan: RowPlan, shape: Shape, line: int, cells: Sequence[str]) -> bool:
    """Whether the mapping says that a row is none of the list, which is told."""
    for index, words in shape.unless:
        if (cell := cells[index].strip()) in words:
            plan.faults.tally.read += 1
            plan.faults.left_out(line, f"{plan.header[index]} is {cell or 'empty'}", meant=True)
            return True
    return False


def _each(cells: Sequence[str], signs: Sequence[tuple[int, str]]) -> Iterator[Sequence[str]]:
    """A row, once with each of the values of a cell that holds several."""
    if not signs:
        yield cells
        return
    (index, sign), *others = signs
    for part in list(filter(None, map(str.strip, parted(cells[index], sign)))) or [""]:
        yield from _each([*cells[:index], part, *cells[index + 1 :]], others)


def _with_asides(cells: Sequence[str], asides: Sequence[tuple[int, Sequence[str]]]) -> Sequence[str]:
    """A row, and after its cells what stood aside in some of them."""
    if not asides:
        return cells
    told = list(cells)
    for index, words in asides:
        told[index], said = taken_aside(told[index], words)
        told.append(said)
    return told


def _nothing(plan: RowPlan, field: str) -> str:
    return f"{plan.names.get(field, field)} tells nothing"


def _says_none(plan: RowPlan, cells: Sequence[str], values: dict[str, Any]) -> str:
    """Of a row without the ties that it has a place for, the cell that says so: `none`, `-`; empty if no cell does."""
    for prop in plan.entry.properties:
        if plan.shape and prop.rule.several > 1 and prop.rule.several > len(values.get(prop.name, ())):
            told = (plan.header[index].partition(", ")[0] for index, field, *_ in plan.steps if field == prop.name)
            ends = ((name, cells[plan.header.index(name)].strip()) for name in told if name in plan.header)
            return next((f"{name} is {cell}" for name, cell in ends if cell in plan.shape.na), "")
    return ""


def _alone(plan: RowPlan, line: int, cells: Sequence[str], values: dict[str, Any]) -> InputError | None:
    """What is wrong with a tie that ties nothing, at the column that is empty there if one is."""
    for prop in plan.entry.properties:
        if prop.rule.several > 1 and len(values.get(prop.name, ())) < prop.rule.several:
            ends = [(plan.header[index], cells[index].strip()) for index, field, *_ in plan.steps if field == prop.name]
            empty = next((name.partition(", ")[0] for name, cell in ends if not cell), "")
            if not empty:
                return plan.error(prop.name, line, "a tie needs two or more different parties")
            why = f"{empty} is empty there, and perhaps merged with the cell above"
            expected = "a name: perhaps the cell is merged with the one above"
            problem = f"a tie needs two or more different parties: {why}"
            return plan.error(empty, line, problem, value="", expected=expected)
        if prop.rule.several > 1 and plan.shape and len(plan.shape.ends) > 1:
            names = [cells[index].strip() for index in plan.shape.ends]
            told = [cells[index].strip() for index, field, *_ in plan.steps if field == prop.name]
            if len(set(map(fold, names))) == 1 and len(set(told)) > 1 and set(told) & set(names):
                apart = "nothing tells the two parties apart: they have one name"
                return plan.error(plan.header[plan.shape.ends[0]], line, apart)
    return None


def _stands_without(plan: RowPlan, line: int, index: int, field: str, cell: str, problem: CellError) -> bool:
    """Whether a row stands without a cell that cannot be read; what is wrong is told."""
    error = InputError(
        str(problem),
        file=plan.file,
        line=line,
        column=plan.header[index],
        value=None if isinstance(problem, UnsavedFormula) else cell,
        expected=problem.expected,
        hint=problem.hint,
    )
    if isinstance(problem, TooSlowError | UnsavedFormula):
        raise error
    if isinstance(problem, UnknownWord):
        plan.faults.word(problem, error)
        return False
    if field == "id" or field in required(plan.entry):
        plan.faults.row(error)
        return False
    plan.faults.cell(error)
    return True


def _is_nothing_without(plan: RowPlan, line: int, index: int, field: str, cell: str) -> bool:
    """Whether a row tells nothing without a word that the mapping leaves unknown; either way that is told."""
    if field in required(plan.entry):
        plan.faults.open(line, f"{plan.header[index]} is {cell}")
        return True
    plan.faults.note(OPEN, f"line {line}, column {plan.header[index]}: {cell!r}")
    return False


def keep_wording(plan: RowPlan, line: int | None, field: str, values: dict[str, Any]) -> None:
    """Move the wording of a date from its own field into the date. Raises InputError for wording without a date."""
    wording = values.pop(f"{field}_original", None)
    if wording is None:
        return
    if field not in values:
        raise plan.error(
            f"{field}_original",
            line,
            f"wording without a date: {field} is empty",
            value=wording,
            hint=f"Write what it means in {field}, or keep the words in a note.",
        )
    values[field] = replace(values[field], original=wording)
