"""Commands that look after a store: what it holds, who says so, whether it is sound."""

from __future__ import annotations

from typing import Annotated

import typer

from citydiplomacy.graph.language.plurals import counted

from ..errors import UsageError
from ..options import DEFAULT_STORE, ExcelOption, FormatOption, LangOption, StorePath
from ..output import DATA_FORMATS, Format, Lang, print_table, say, shown_value
from ..words import told


def info(
    store: StorePath = DEFAULT_STORE,
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Tell what a store holds: records by class, in the merged view.

    Example: citydip info --format json
    """
    from citydiplomacy.graph.model.schema import REGISTRY
    from citydiplomacy.graph.store import manifest
    from citydiplomacy.queries.wording.tables import Table, TableColumn

    state = manifest.read(store)
    statements = sum(entry.quads for entry in state.sources.values())
    say(
        f"{store}: revision {state.revision}, {counted(len(state.sources), 'source')}, "
        f"{counted(statements, 'statement')}."
    )
    data = form in DATA_FORMATS
    columns: tuple[TableColumn[tuple[str, int]], ...] = (
        TableColumn(
            "class", "Records", "رکوردها", lambda entry: entry[0] if data else REGISTRY[entry[0]].title(lang.value)
        ),
        TableColumn("records", "Number", "شمار", lambda entry: entry[1]),
    )
    print_table(Table.of(lang.value, columns, state.counts.items()), form, lang)


def sources(
    store: StorePath = DEFAULT_STORE,
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    bibliography: Annotated[
        bool, typer.Option("--bibtex", help="As BibTeX, for LaTeX and Zotero: titles, authors, addresses, licences.")
    ] = False,
    lang: LangOption = Lang.EN,
) -> None:
    """List the sources of a store: who says so, how reliable, how much.

    Example: citydip sources --bibtex
    """
    from citydiplomacy.graph.model.records import Source
    from citydiplomacy.graph.model.sources import reliability
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.ontology.schemes import schemes
    from citydiplomacy.queries.wording.tables import Table, TableColumn

    if bibliography:
        from citydiplomacy.graph.export.bibtex import bibtex

        if form is not Format.TABLE:
            raise UsageError("--bibtex and --format are two forms.", hint="Leave one of them out.")
        with Store.open_folder(store) as opened:
            typer.echo(bibtex(opened.records(Source), lang.value), nl=False)
        return
    kinds = schemes()["evidence-kind"]
    with Store.open_folder(store) as opened:

        def records(source: Source) -> int:
            entry = opened.manifest.sources.get(source.id)
            return entry.records - 1 if entry else 0  # without the source itself

        columns: tuple[TableColumn[Source], ...] = (
            TableColumn("title", "Title", "عنوان", lambda source: source.label(lang.value)),
            TableColumn("kind", "Kind", "گونه", lambda source: kinds[source.kind].label(lang.value)),
            TableColumn("reliability", "Reliability", "اعتبار", reliability),
            TableColumn("date", "Date", "تاریخ", lambda source: source.date),
            TableColumn("records", "Records", "رکوردها", records),
            TableColumn("address", "Address", "نشانی", lambda source: source.address),
            TableColumn("id", "Id", "شناسه", lambda source: source.id.removeprefix("source/")),
        )
        table = Table.of(lang.value, columns, opened.records(Source))
    print_table(table, form, lang, ids=True)  # by which sources are named


def validate(
    store: StorePath = DEFAULT_STORE,
    form: FormatOption = Format.TABLE,
    shacl: Annotated[bool, typer.Option(help="Check the merged view against the SHACL shapes too (slow).")] = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Check a store: every record of every source by the schema, circles, the ontology; exit code 1 if anything fails.

    Example: citydip validate --shacl --lang fa
    """
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.graph.validation import Finding
    from citydiplomacy.graph.validation import validate as checked
    from citydiplomacy.queries.wording.tables import Table, TableColumn

    with Store.open_folder(store) as opened:
        findings = checked(opened, shacl=shacl, lang=lang.value)
    columns: tuple[TableColumn[Finding], ...] = (
        TableColumn("severity", "Severity", "شدت", lambda finding: finding.severity),
        TableColumn("record", "Record", "رکورد", lambda finding: finding.record),
        TableColumn("property", "Property", "ویژگی", lambda finding: finding.property),
        TableColumn("message", "Message", "پیام", lambda finding: told(finding.message)),
        TableColumn("value", "Value", "مقدار", lambda finding: finding.value),
    )
    if findings or form is not Format.TABLE:
        print_table(Table.of(lang.value, columns, findings), form, lang)
    errors = sum(finding.severity == "ERROR" for finding in findings)
    warnings = len(findings) - errors
    if lang is Lang.EN:
        say(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}.")
    else:
        say(f"{shown_value(errors, lang)} خطا، {shown_value(warnings, lang)} هشدار.")
    if errors:
        raise typer.Exit(1)
