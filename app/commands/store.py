"""Commands that look after a store: what it holds, who says so, whether it is sound."""

from __future__ import annotations

from typing import Annotated

import typer

from ..options import DEFAULT_STORE, FormatOption, LangOption, StorePath
from ..output import DATA_FORMATS, Format, Lang, rows, say
from ..words import class_name


def info(store: StorePath = DEFAULT_STORE, form: FormatOption = Format.TABLE, lang: LangOption = Lang.EN) -> None:
    """Tell what a store holds: records by class, in the merged view.

    Example: citydip info --format json
    """
    from citydiplomacy.graph.store import manifest

    state = manifest.read(store)
    say(
        f"{store}: revision {state.revision}, {len(state.sources)} sources, "
        f"{sum(entry.quads for entry in state.sources.values()):,} statements."
    )
    titles = ("Records", "Number") if lang is Lang.EN else ("رکوردها", "شمار")
    shown = lang.value if form not in DATA_FORMATS else "en"
    counted = [(class_name(name, shown), number) for name, number in state.counts.items()]
    rows(("class", "records"), titles, counted, form, lang)


def sources(store: StorePath = DEFAULT_STORE, form: FormatOption = Format.TABLE, lang: LangOption = Lang.EN) -> None:
    """List the sources of a store: who says so, how reliable, how much.

    Example: citydip sources --lang fa
    """
    from citydiplomacy.graph.model.records import Source
    from citydiplomacy.graph.model.sources import reliability
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.ontology.schemes import schemes

    kinds = schemes()["evidence-kind"]
    with Store.open_folder(store) as opened:
        listed = [
            (
                source.id.removeprefix("source/"),
                source.label(lang.value),
                kinds[source.kind].label(lang.value) if source.kind else None,
                reliability(source),
                source.date,
                opened.manifest.sources[source.id].records - 1 if source.id in opened.manifest.sources else 0,
                source.address,
            )
            for source in opened.records(Source)
        ]
    names = ("id", "title", "kind", "reliability", "date", "records", "address")
    titles = {
        Lang.EN: ("Id", "Title", "Kind", "Reliability", "Date", "Records", "Address"),
        Lang.FA: ("شناسه", "عنوان", "گونه", "اعتبار", "تاریخ", "رکوردها", "نشانی"),
    }[lang]
    rows(names, titles, listed, form, lang)


def validate(
    store: StorePath = DEFAULT_STORE,
    form: FormatOption = Format.TABLE,
    shacl: Annotated[bool, typer.Option(help="Check the merged view against the SHACL shapes too (slow).")] = False,
) -> None:
    """Check a store: every record of every source by the schema, circles, the ontology; exit code 1 if anything fails.

    Example: citydip validate --shacl
    """
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.graph.store.validation import validate as checked

    with Store.open_folder(store) as opened:
        findings = checked(opened, shacl=shacl)
    names = ("severity", "record", "property", "message", "value")
    if findings or form is not Format.TABLE:
        rows(names, [name.capitalize() for name in names], findings, form)
    errors = sum(finding.severity == "ERROR" for finding in findings)
    say(f"{errors} errors, {len(findings) - errors} warnings.")
    if errors:
        raise typer.Exit(1)
