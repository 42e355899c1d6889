"""Rows into values, by the plan of their table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from citydiplomacy.errors import InputError

from ..cells.cells import CellError, UnknownWord
from .files import Table
from .patterns import TooSlowError
from .rows import ROW, Plan, required


def read_rows(plan: Plan, table: Table) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows that hold anything: line, and values by field (`id`, `source` and properties; unknown ones left out).

    Rows that are refused or not asked for are told to the plan's faults. Raises InputError for the first thing wrong in
    a table of ours, and in the end for words that a mapping lacks.
    """
    steps, constants, templates, tally = plan.steps, plan.constants, plan.templates, plan.faults.tally
    needed = required(plan.entry) if plan.faults.lenient else ()
    for line, cells in table.rows:
        if plan.where and not _asked_for(plan, line, cells):
            continue
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
        else:
            if empty:
                continue
            tally.read += 1
            for field, text, read, tupled in templates:
                value = read(text.replace(ROW, str(line)))
                values[field] = values.get(field, ()) + value if tupled else value
            for field in plan.originals:
                try:
                    keep_wording(plan, line, field, values)
                except InputError as error:
                    plan.faults.cell(error)
            if needed and "id" not in values:
                missing = [name for name in needed if values.get(name) in (None, ())]
                if missing:
                    plan.faults.left_out(line, f"{plan.names.get(missing[0], missing[0])} tells nothing")
                    continue
            yield line, values
    plan.faults.finish()


def _asked_for(plan: Plan, line: int, cells: Sequence[str]) -> bool:
    """Whether a row has the cells that the mapping wants. One that has others is told, an empty one is not."""
    for index, wanted in plan.where:
        if (cell := cells[index].strip()) not in wanted:
            if any(map(str.strip, cells)):
                plan.faults.tally.read += 1
                plan.faults.left_out(line, f"{plan.header[index]} is {cell or 'empty'}")
            return False
    return True


def _stands_without(plan: Plan, line: int, index: int, field: str, cell: str, problem: CellError) -> bool:
    """Whether a row stands without a cell that cannot be read; what is wrong is told."""
    error = InputError(
        str(problem),
        file=plan.file,
        line=line,
        column=plan.header[index],
        value=cell,
        expected=problem.expected,
        hint=problem.hint,
    )
    if isinstance(problem, TooSlowError):
        raise error
    if isinstance(problem, UnknownWord):
        plan.faults.word(problem, error)
        return False
    if field == "id" or field in required(plan.entry):
        plan.faults.row(error)
        return False
    plan.faults.cell(error)
    return True


def keep_wording(plan: Plan, line: int | None, field: str, values: dict[str, Any]) -> None:
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
