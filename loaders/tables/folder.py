"""The tables loader: a folder of CSV or TSV files, or a workbook, with a few lines of TOML beside, becomes records.

docs/tables.md describes the form for those who write tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.ids import SourcePaths
from citydiplomacy.graph.model.records import ACTORS, Source
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Record, RecordClass
from citydiplomacy.graph.model.sources import Place, SourceRecords

from ..cells.cells import CellError, unknown
from ..cells.garbled import GARBLED, is_garbled
from ..report import LoadReport
from .column_reading import read_cell
from .columns import column
from .drafts import Draft, Drafts, check_hierarchies
from .faults import Faults, Ways
from .inputs import DESCRIPTION, Input, OwnCells, open_folder, open_toml, open_workbook
from .mapping import Description
from .row_reading import keep_wording, read_rows
from .rows import RowPlan, mapped_plan, native_plan, originals


@dataclass(frozen=True, slots=True)
class TableReport:
    """What was read of one file or sheet."""

    file: str
    table: str
    rows: int
    merged: int
    """Rows that told more of a record that another row told already."""


@dataclass(frozen=True, slots=True)
class FolderContent:
    """What a folder or workbook says: sources with their records, and what the store step may want to know."""

    sources: list[SourceRecords]
    """The folder's own source first, the others sorted by id."""
    references: dict[str, Place] = field(repr=False)
    """Every id of a record that is referred to, defined here or not, and the first place that does."""
    report: list[TableReport]


def load_tables(path: Path, report: LoadReport | None = None) -> FolderContent:
    """Read a folder with a `source.toml`, an .xlsx workbook, or a TOML file whose mappings name files anywhere.

    report: counts the rows, and takes those of mapped tables that are refused; without one the first is an error.

    Raises InputError with file, line, column and value for the first thing that is wrong in a table of ours or in a
    mapping, MissingExtraError for a workbook without openpyxl.
    """
    report = report or LoadReport(strict=True)
    if path.name == DESCRIPTION:
        path = path.parent
    if path.is_dir():
        return _Loading(report, *open_folder(path)).run()
    if path.suffix.lower() == ".xlsx":
        return _Loading(report, *open_workbook(path)).run()
    if path.suffix.lower() == ".toml":
        return _Loading(report, *open_toml(path)).run()
    if not path.exists():
        raise InputError("does not exist", file=path)
    raise InputError("not a folder of tables", file=path, expected=f"a folder with a {DESCRIPTION}, or an .xlsx file")


def read_inputs(description: Description, own: OwnCells, inputs: list[Input]) -> list[SourceRecords]:
    """Read tables that are opened already as those of a folder. Raises InputError for the first thing that is wrong."""
    return _Loading(LoadReport(strict=True), description, own, inputs).run().sources


class _Loading:
    """One run over all tables of one folder or workbook."""

    def __init__(self, counts: LoadReport, description: Description, own: OwnCells, inputs: list[Input]) -> None:
        self.counts = counts
        self.description = description
        self.own = own
        # Sources come first, since rows of the others name them.
        self.inputs = sorted(inputs, key=lambda each: each.entry.name != "Source")
        self.sources = Drafts()
        self.paths = SourcePaths()
        self.drafts: dict[str, Drafts] = {}
        self.report: list[TableReport] = []
        self.references: dict[str, Place] = {}

    def run(self) -> FolderContent:
        main = self._own_source()
        self.drafts[main] = Drafts()
        for each in self.inputs:
            self._read(each, main)
        self._check_expected()
        check_hierarchies([self.sources, *self.drafts.values()])
        described = dict(self._sources())
        return FolderContent(
            [
                SourceRecords(described[source_id], self._records(self.drafts[source_id]), places=self.references.get)
                for source_id in sorted(self.drafts, key=lambda source_id: (source_id != main, source_id))
            ],
            self.references,
            self.report,
        )

    def _own_source(self) -> str:
        """Read what is said of the source itself; returns its id."""
        own, entry = self.own, Source.schema
        if not own.cells:
            raise InputError(
                "no description of the source",
                file=own.file,
                hint="[source] in the TOML, or the sheet source, says whose rows these are: id, kind, title_en.",
            )
        values: dict[str, Any] = {}
        names: dict[str, str] = {}
        for key, cell in own.cells.items():
            try:
                meaning = column(entry, key.replace("title_", "label_") if key.startswith("title_") else key)
                if meaning.field == "collection":
                    raise CellError("a folder's own source is part of no other")
                value = read_cell(meaning, entry, cell) if cell else None
            except CellError as error:
                raise InputError(
                    str(error),
                    file=own.file,
                    line=own.line(key),
                    column=key,
                    value=cell,
                    expected=error.expected,
                    hint=error.hint,
                ) from None
            names[meaning.field] = key
            if value is not None:
                values[meaning.field] = values.get(meaning.field, ()) + value if meaning.tupled else value
        if "id" not in values:
            raise InputError("the source has no id", file=own.file, line=own.line(""), column="id")
        source_id = str(values["id"])
        plan = RowPlan(
            entry, own.file, (), {}, (), originals(names), names, (), Faults(own.file, LoadReport(strict=True))
        )
        for name in plan.originals:
            keep_wording(plan, own.line(names[f"{name}_original"]), name, values)
        self.sources.add(plan, own.line("id") or 1, values)
        places: dict[tuple[str, object], tuple[RowPlan, int]]
        places = {(name, None): (plan, own.line(key) or 1) for name, key in names.items()}
        self.sources.drafts[source_id].later = places
        self.paths.add(source_id)
        return source_id

    def _read(self, each: Input, main: str) -> None:
        mapping = each.mapping
        faults = Faults(each.name, self.counts, lenient=mapping is not None, actors=each.entry.name in ACTORS)
        table = each.open(faults.ragged if mapping else None)
        if mapping is None:
            plan = native_plan(table, each.entry, self.description.calendar, faults)
        else:
            plan = mapped_plan(table, mapping, self.description, faults)
        before = faults.tally.read - faults.tally.left_out, faults.tally.merged
        ways = Ways() if mapping and mapping.mirrored else None
        tally, own = faults.tally, self.drafts[main]
        fates = faults.fates
        if mapping is not None:
            fates = faults.fates = self.counts.fates.setdefault(table.file, fates)
            fates.open(table.header, plan.reads)
        plain = each.entry.name != "Source"
        for line, values in read_rows(plan, table):
            for name in values.get("labels", ()):
                if not name.value.isascii() and is_garbled(name.value):
                    faults.note(GARBLED, f"line {line}: {name.value!r}")
            parties = values.get(each.entry.ends[0]) if ways else None
            actor = values.get("id") if each.entry.name in ACTORS else None
            try:
                if mapping is not None and line in fates.without and each.entry.name not in ACTORS:
                    raise plan.error(next(iter(plan.names)), line, "the city or body of this row was refused")
                if plain and "source" not in values:
                    known = own.add(plan, line, values)
                else:
                    known = self._add(plan, line, values, main)
            except InputError as error:
                faults.row(error)
                continue
            if known:
                tally.merged += 1
            else:
                tally.made += 1
                if actor:
                    self.counts.told.setdefault(actor, each.name)
            if mapping is not None:
                fates.taken.add(line)
            if ways and parties:
                ways.add(parties, line)
        if ways is not None:
            ways.tell(faults)
        self.report.append(
            TableReport(table.file, each.entry.table, tally.read - tally.left_out - before[0], tally.merged - before[1])
        )

    def _add(self, plan: RowPlan, line: int, values: dict[str, Any], main: str) -> bool:
        """Take in a row that describes a source, or that is of another source than the folder's own."""
        if plan.entry.name == "Source":
            return self._add_source(plan, line, values, main)
        return self._of_source(plan, line, values.pop("source")).add(plan, line, values)

    def _add_source(self, plan: RowPlan, line: int, values: dict[str, Any], main: str) -> bool:
        source_id = values.get("id")
        if source_id == main:
            raise plan.error("id", line, "this source is described already as the folder's own", value=source_id)
        if values.setdefault("collection", main) != main:
            raise plan.error(
                "collection", line, "a source is loaded with its folder", value=values["collection"], expected=main
            )
        known = self.sources.add(plan, line, values)
        if not known and source_id is not None:
            self.drafts[source_id] = Drafts()
            if other := self.paths.add(source_id):
                raise plan.error("id", line, f"as a path it is that of {other}", value=source_id, expected="another id")
        return known

    def _of_source(self, plan: RowPlan, line: int, source_id: str) -> Drafts:
        if source_id not in self.drafts:
            problem = unknown("source", source_id, self.drafts)
            raise plan.error(
                "source",
                line,
                str(problem),
                value=source_id,
                expected=problem.expected,
                hint=problem.hint or "Describe it in a row of sources.",
            )
        return self.drafts[source_id]

    def _check_expected(self) -> None:
        for table, expected in self.description.expected.items():
            read = [report for report in self.report if report.table == table]
            rows = sum(report.rows for report in read)
            if rows != expected:
                raise InputError(
                    f"{table} has not as many rows as expected",
                    file=self.description.file,
                    line=self.description.line("expected", table),
                    column=table,
                    value=rows,
                    expected=str(expected),
                    hint=f"Read from {', '.join(report.file for report in read) or 'no file'}.",
                )

    def _sources(self) -> Iterator[tuple[str, Source]]:
        for record, draft in self.sources.records():
            self._note(record, draft)
            assert isinstance(record, Source)
            yield record.id, record

    def _records(self, drafts: Drafts) -> list[Record]:
        records = []
        for record, draft in drafts.records():
            self._note(record, draft)
            records.append(record)
        return records

    def _note(self, record: Record, draft: Draft) -> None:
        """Remember where a record's references are said."""
        for name, many in _references(record.schema):
            value = getattr(record, name)
            for each in value if many else (value,):
                if each and each not in self.references:
                    plan, line = draft.place(name, each)
                    self.references[each] = Place(plan.file, line, plan.names.get(name, name))


def _references(entry: RecordClass) -> list[tuple[str, bool]]:
    return _REFERENCES[entry.name]


_REFERENCES = {
    entry.name: [(prop.name, prop.many) for prop in entry.properties if prop.kind is Kind.REFERENCE]
    for entry in REGISTRY.values()
}
