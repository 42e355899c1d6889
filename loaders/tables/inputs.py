"""What there is to read: the tables of a folder, of a workbook, or of the files that a TOML names."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.calendars import GREGORIAN
from citydiplomacy.graph.model.schema import RecordClass
from citydiplomacy.graph.model.table_cells import ASIDE, MAPPING, OWN_SHEET

from ..cells.cells import unknown
from ..formats.delimited import DELIMITERS, OpenTable, Ragged, read_delimited
from ..formats.opening import SUFFIXES, WORKBOOKS, part
from ..formats.opening import sheet as sheet_of
from ..formats.workbooks import WorkbookSheet, read_workbook
from . import columns
from .mapping import Description, TableMap, read_description, tables

DESCRIPTION = "source.toml"
OWN = tuple(OWN_SHEET.values())
"""The sheets of a workbook that say whose words it is."""


@dataclass(frozen=True, slots=True)
class Input:
    """A table that can be opened when its turn comes."""

    name: str
    """In the report: the file, and of a file that a mapping reads also what it is read as."""
    entry: RecordClass
    mapping: TableMap | None
    open: Callable[[Ragged | None], OpenTable]


@dataclass(frozen=True, slots=True)
class OwnCells:
    """What is said of the source itself: cells by column, and where each stands."""

    file: str
    cells: dict[str, str]
    line: Callable[[str], int | None]


Inputs = tuple[Description, OwnCells, list[Input]]


def open_toml(path: Path) -> Inputs:
    """A TOML file whose mappings name files anywhere, seen from its own folder."""
    description = read_description(path)
    return description, _own_cells(description), _mapped_files(description)


def open_folder(path: Path) -> Inputs:
    """A folder with a `source.toml`: its own tables and the files that its mappings name."""
    if not (path / DESCRIPTION).is_file():
        raise InputError(
            f"no {DESCRIPTION} in the folder",
            file=path,
            hint="It says what source the tables are: [source] with id, kind and title_en.",
        )
    description = read_description(path / DESCRIPTION)
    inputs = _mapped_files(description)
    mapped = {(path / mapping.file).resolve() for mapping in description.tables}
    seen: dict[str, Path] = {}
    for file in sorted(path.iterdir()):
        name = file.name
        if file.resolve() in mapped or name == DESCRIPTION or not _is_data(file):
            continue
        entry = columns.table(file.stem)
        if entry is None or file.suffix.lower() not in DELIMITERS:
            raise _unknown_table(file, file.stem, "file", [f"{table}.csv" for table in tables()])
        if entry.table in seen:
            raise InputError(f"{seen[entry.table].name} is the same table", file=file)
        seen[entry.table] = file
        inputs.append(Input(str(file), entry, None, partial(_own_file, file)))
    return description, _own_cells(description), inputs


def _own_file(file: Path, ragged: Ragged | None) -> OpenTable:
    return read_delimited(file, ragged=ragged)


def _is_data(file: Path) -> bool:
    """Whether a file is meant to be read; notes, licences and hidden files are not."""
    return not file.name.startswith((".", "~")) and file.suffix.lower() not in ("", ".md") and not file.is_dir()


def _unknown_table(file: Path | str, name: str, what: str, shown: list[str]) -> InputError:
    problem = unknown(what, name, tables())
    return InputError(str(problem), file=file, value=name, expected="one of " + ", ".join(shown), hint=problem.hint)


def _mapped_files(description: Description) -> list[Input]:
    def opened(mapping: TableMap, ragged: Ragged | None) -> OpenTable:
        path = description.file.parent / mapping.file
        form = path.suffix.lower()
        if form in WORKBOOKS:
            return _sheet_table(sheet_of(path, read_workbook(path), mapping.sheet), mapping, ragged)
        if form in SUFFIXES and form not in DELIMITERS:
            return part(path, mapping.sheet)
        return read_delimited(
            path,
            delimiter=mapping.delimiter,
            encoding=mapping.encoding,
            quote=mapping.quote,
            header=mapping.header,
            extent=mapping.extent,
            ragged=ragged,
        )

    return [Input(_named(mapping), mapping.record, mapping, partial(opened, mapping)) for mapping in description.tables]


def _sheet_table(sheet: WorkbookSheet, mapping: TableMap, ragged: Ragged | None) -> OpenTable:
    return sheet.table(mapping.header, ragged, mapping.extent)


def _named(mapping: TableMap) -> str:
    return f"{Path(mapping.file).name} ({mapping.record.table})"


def _own_cells(description: Description) -> OwnCells:
    return OwnCells(str(description.file), description.source, lambda key: description.line("source", key))


def open_workbook(path: Path) -> Inputs:
    """An .xlsx workbook, its source in a sheet `source`, in a mapping that it brings or in a TOML file of the same name
    beside it."""
    sheets = read_workbook(path)
    beside = path.with_suffix(".toml")
    description = Description(path, {}, GREGORIAN, {}, (), "")
    if MAPPING in sheets:
        brought = sheets[MAPPING]
        text = "\n".join(row[0] for _, row in brought.rows())
        description = read_description(Path(brought.file), text.encode())
    if beside.is_file() and beside.stat().st_size:
        told = read_description(beside)
        files = {each.file for each in told.tables}
        of_another = files and files.isdisjoint((path.name, *sheets)) and describes_itself(sheets)
        if not of_another:  # a list of the same name may have its mapping there
            if description.tables:
                raise _twice(path, f"Keep {beside.name}, or the mapping that the workbook brings.")
            description = told
    own = _own_cells(description)
    if name := next((each for each in OWN if each in sheets), ""):
        if own.cells:
            raise _twice(path, f"Keep the sheet, or {beside.name}.")
        own = _own_sheet(sheets.pop(name))
        calendar = own.cells.pop("calendar", "")
        description = replace(description, calendar=calendar or description.calendar)
    inputs = []
    mapped = set()
    for mapping in description.tables:
        sheet = sheet_of(path, sheets, mapping.sheet if mapping.file == path.name else mapping.file)
        opened = partial(_sheet_table, sheet, mapping)
        inputs.append(Input(_named(mapping), mapping.record, mapping, opened))
        mapped.add(sheet.title)
    for name, sheet in sheets.items():
        if name in mapped or name.startswith(ASIDE):
            continue
        entry = columns.table(name)
        if entry is None:
            raise _unknown_table(path, name, "sheet", ["source", *tables()])
        inputs.append(Input(sheet.file, entry, None, partial(sheet.table, None)))
    return description, own, inputs


def describes_itself(sheets: Container[str]) -> bool:
    """Whether sheets, by their names, say whose words a workbook is."""
    return any(name in sheets for name in (*OWN, MAPPING))


def _own_sheet(sheet: WorkbookSheet) -> OwnCells:
    """What is said of the source in a sheet: a key and a value a row."""
    lines: dict[str, int] = {}
    cells: dict[str, str] = {}
    for line, row in sheet.rows():
        key = row[0].strip()
        if len(row) > 2 or not key:
            raise InputError("not a key and a value", file=sheet.file, line=line, value=", ".join(row))
        if key in cells:
            raise InputError("the key stands twice", file=sheet.file, line=line, column=key)
        cells[key], lines[key] = (row[1].strip() if len(row) > 1 else ""), line
    return OwnCells(sheet.file, cells, lines.get)


def _twice(path: Path, hint: str) -> InputError:
    return InputError("the source is described twice", file=path, hint=hint)
