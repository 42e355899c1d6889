"""Reports in the terminal, as a folder of tables, or as data with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from citydiplomacy.graph.language.plurals import counted

from .data_package import SUFFIXES, Package, PackedTable
from .data_package import check as check_data
from .errors import UsageError
from .output import Format, Lang, is_for_excel, print_table, rows, say, write, write_delimited

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.wording.sections import CityReport

REPORTS = {
    "compare": {Lang.EN: "Comparison", Lang.FA: "مقایسه"},
    "gaps": {Lang.EN: "Needs and gaps", Lang.FA: "نیازها و شکاف‌ها"},
    "recommend": {Lang.EN: "Whom to turn to", Lang.FA: "به که روی آورد"},
}
"""What the reports of commands are called where they are passed on."""


_KEYS = ("section", "headline", "column")
_TITLES = {Lang.EN: ("Section", "Sentence", "Column "), Lang.FA: ("بخش", "جمله", "ستون ")}
"""What a report's parts are called in CSV for programs, and for Excel."""
_NO_ROW = {Lang.EN: "No row: nothing of this is known here.", Lang.FA: "بی سطر: در این باره چیزی شناسایی نشده است."}
"""In place of a table without rows, whose heads alone could be read as a no."""


class Output(NamedTuple):
    """Where a report goes in place of the terminal, if anywhere, and what was asked of which store."""

    path: Path | None
    store: Store
    command: str
    cities: tuple[str, ...]

    def pass_on(self, report: CityReport, lang: Lang) -> None:
        """Write the report as data, with their sources and how to cite them."""
        assert self.path is not None
        names = [record.label(lang.value) for city in self.cities if (record := self.store.get(city))]
        title = f"{REPORTS[self.command][lang]}: {'، '.join(names) if lang is Lang.FA else ', '.join(names)}"
        parts = [PackedTable(section.key, section.title, section) for section in report.sections]
        question = {"command": self.command, "cities": ", ".join(self.cities)}
        told = Package(self.store, lang, title, question, parts, report.headlines).write(self.path)
        say(f"{self.path}: {counted(len(parts), 'table')}, {counted(told, 'source')}.")


def check(output: Path | None, form: Format) -> None:
    """Refuse a place that a report cannot be written to, before it is made."""
    from citydiplomacy.graph import whole_files

    if output is None:
        return
    if _is_data(output):
        check_data(output, several=True)
        return
    if form not in (Format.CSV, Format.TSV):
        raise UsageError("--output takes the sections of a report as csv or tsv.", hint="Add --format csv, or --excel.")
    whole_files.check(output, is_folder=True)


def _is_data(output: Path) -> bool:
    return output.suffix.lower() in SUFFIXES


def print_report(
    report: CityReport, form: Format, lang: Lang, *, ids: bool = False, output: Output | None = None
) -> None:
    """Headlines and sections: tables under their titles, or one JSON object; csv and tsv as one long table."""
    import json

    from .output import plain_value

    if output and output.path:
        if _is_data(output.path):
            output.pass_on(report, lang)
        else:
            _write_sections(report, form, lang, output.path)
        return
    if form is Format.JSON:
        data: dict[str, object] = {
            "headlines": list(report.headlines),
            "parts": [headline.as_json() for headline in report.headlines],
        }
        for section in report.sections:
            data[section.key] = [
                {name: plain_value(value) for name, value in record.items()} for record in section.records()
            ]
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if form in (Format.CSV, Format.TSV):
        for_people = is_for_excel()
        part, sentence, column = _TITLES[lang] if for_people else _KEYS
        width = max((len(section.names) for section in report.sections), default=0)
        long = [(sentence, headline, *[None] * (width - 1)) for headline in report.headlines]
        for section in report.sections:
            called = section.title if for_people else section.key
            heads = section.titles if for_people else section.names
            long.append((called if for_people else f"{called}:columns", *_padded(heads, width)))
            long += [(called, *_padded(row, width)) for row in section.rows]
        names = [part, *[f"{column}{number}" for number in range(1, width + 1)]]
        rows(names, names, long, form, lang)
        return
    for headline in report.headlines:
        write(f"- {headline}")
    for section in report.sections:
        write(f"\n## {section.title}\n" if form is Format.MD else f"\n{section.title}\n{'-' * len(section.title)}")
        if section.rows:
            print_table(section, form, lang, ids=ids)
        else:
            write(_NO_ROW[lang])


def _write_sections(report: CityReport, form: Format, lang: Lang, folder: Path) -> None:
    """A file a section in a folder of their own, which is replaced whole; and one with the headlines."""
    from citydiplomacy.graph import whole_files

    with whole_files.folder(folder) as place:
        tables: list[tuple[str, Sequence[str], Sequence[Sequence[Any]]]] = [
            (
                "headlines",
                ((_TITLES[lang] if is_for_excel() else _KEYS)[1],),
                [(str(each),) for each in report.headlines],
            ),
            *((each.key, each.titles if is_for_excel() else each.names, each.rows) for each in report.sections),
        ]
        for key, names, values in tables:
            with (place / f"{key}.{form}").open("w", encoding="utf-8", newline="") as file:
                write_delimited(file, names, values, form)
    say(f"{folder}: {counted(len(tables), 'file')}.")


def _padded(row: Sequence[Any], width: int) -> list[Any]:
    return [*row, *[None] * (width - len(row))]
