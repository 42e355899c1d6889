"""Commands that make, fill and look after a store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .errors import UsageError
from .options import DEFAULT_STORE, FormatOption, LangOption, StorePath
from .output import DATA_FORMATS, Format, Lang, rows, say
from .words import class_name

if TYPE_CHECKING:
    from citydiplomacy.graph.feeding import Progress
    from citydiplomacy.graph.manifest import Manifest
    from citydiplomacy.graph.store import Store
    from citydiplomacy.loaders.report import Report

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Sources: folders of tables, workbooks, RDF files, texts of studies, Wikidata.", show_default=False
    ),
]


def build(
    paths: Paths = None,
    store: StorePath = DEFAULT_STORE,
    shipped: Annotated[bool, typer.Option(help="Begin with the data that come with the package.")] = True,
) -> None:
    """Build a store anew, from the shipped data and any sources of yours.

    The old store stands until the new one is whole.

    Example: citydip build my-members/ --store world
    """
    from citydiplomacy.graph import writing
    from citydiplomacy.loaders import files
    from citydiplomacy.loaders.report import Report

    sources = [*(files.shipped() if shipped else ()), *(paths or ())]
    report = Report()
    with _progress() as progress:
        state = writing.build(store, files.read(sources, tell=say, report=report), progress)
    _reported(report)
    _told(state, store)


def load(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Sources: folders of tables, workbooks, RDF files, texts of studies, answers and dumps of Wikidata; "
            "or the word wikidata, to fetch the cities of a --country."
        ),
    ],
    store: StorePath = DEFAULT_STORE,
    country: Annotated[str, typer.Option(help="With wikidata: whose cities, by name, code or item.")] = "",
    fresh: Annotated[bool, typer.Option(help="With wikidata: fetch again what was fetched before.")] = False,
    endpoint: Annotated[
        str, typer.Option(envvar="CITYDIPLOMACY_WIKIDATA", help="With wikidata: a mirror of its query service.")
    ] = "",
    strict: Annotated[bool, typer.Option(help="Make any row that is refused an error.")] = False,
) -> None:
    """Load sources into a store, each in the place of what it said before; nothing else is touched.

    Example: citydip load wikidata --country Iran
    """
    from citydiplomacy.graph import writing
    from citydiplomacy.graph.store import Store
    from citydiplomacy.loaders import files
    from citydiplomacy.loaders.report import Report

    report = Report(strict)
    with Store.open_folder(store) as opened, _progress() as progress:
        if country:
            paths = [_fetched(opened, path, country, endpoint, fresh) for path in paths]
        elif paths == [Path("wikidata")] and not paths[0].exists():
            raise UsageError("whose cities of Wikidata?", hint="Name a country: citydip load wikidata --country Iran")
        after = writing.load(store, files.read(paths, opened, say, report), progress)
    _reported(report)
    if after.revision == opened.manifest.revision:
        say(f"Nothing changed: {store} said this already (revision {after.revision}).")
    else:
        _told(after, store)


def info(store: StorePath = DEFAULT_STORE, form: FormatOption = Format.TABLE, lang: LangOption = Lang.EN) -> None:
    """Tell what a store holds: records by class, in the merged view.

    Example: citydip info --format json
    """
    from citydiplomacy.graph import manifest

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
    from citydiplomacy.graph.records import Source
    from citydiplomacy.graph.sources import reliability
    from citydiplomacy.graph.store import Store
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
    from citydiplomacy.graph.store import Store
    from citydiplomacy.graph.validation import validate as checked

    with Store.open_folder(store) as opened:
        findings = checked(opened, shacl=shacl)
    names = ("severity", "record", "property", "message", "value")
    if findings or form is not Format.TABLE:
        rows(names, [name.capitalize() for name in names], findings, form)
    errors = sum(finding.severity == "ERROR" for finding in findings)
    say(f"{errors} errors, {len(findings) - errors} warnings.")
    if errors:
        raise typer.Exit(1)


def _fetched(opened: Store, path: Path, country: str, endpoint: str, fresh: bool) -> Path:
    """The pages of a country's cities, fetched from Wikidata where they are not there yet."""
    if path != Path("wikidata"):
        raise UsageError(f"--country goes with the word wikidata, not with {path}.")
    from citydiplomacy.loaders.wikidata import fetching, service

    wikidata = service.Service(endpoint or service.ADDRESS, tell=say)
    return fetching.fetch(opened.folder, fetching.country(opened, country, wikidata), wikidata, fresh=fresh)


def _reported(report: Report) -> None:
    """Say what became of the rows of others' data."""
    for file, tally in report.files.items():
        say(f"{file}: {tally.read:,} read, {tally.made:,} made, {tally.merged:,} merged, {tally.refused:,} refused.")
    for reason in report.reasons():
        say(f"{reason.kind}: {reason.reason} ({reason.number:,}), for example {reason.examples[0]}")


def _told(state: Manifest, store: Path) -> None:
    records = sum(state.counts.values())
    say(f"{store}: revision {state.revision}, {records:,} records from {len(state.sources)} sources.")


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar on a terminal, none elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(unit=" records", unit_scale=True, leave=False) as bar:
        done = {"": 0}

        def progress(source: str, records: int) -> None:
            bar.update(records - done.get(source, 0))
            bar.set_description(source.removeprefix("source/")[:40])
            done[source] = records

        yield progress
