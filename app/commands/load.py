"""Commands that fill a store: building it anew, and loading sources into it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citydiplomacy.graph.language.plurals import counted

from .. import progress
from ..errors import UsageError
from ..face import sheets
from ..face.sheets import SheetKind
from ..options import DEFAULT_STORE, LangOption, StorePath, number_option
from ..output import Lang, say, write

if TYPE_CHECKING:
    from citydiplomacy.graph.model.sources import SourceRecords
    from citydiplomacy.graph.store.manifest import Manifest
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.graph.store.source_stream import Progress
    from citydiplomacy.loaders.report import LoadReport

KINDS = "Sources: folders of tables, workbooks, mappings, networks, RDF files, texts of studies, Wikidata's answers"
Paths = Annotated[list[Path] | None, typer.Argument(help=f"{KINDS}.", show_default=False)]
StrictOption = Annotated[bool, typer.Option(help="Take any row or cell that is refused for an error: load nothing.")]
ReportOption = Annotated[
    Path | None,
    typer.Option(help="Write the whole report of the load to this file, .json or .csv.", show_default=False),
]
NoMergeOption = Annotated[
    bool, typer.Option("--no-merge", help="Find no two rows to be one by likeness: what would be waits for a person.")
]
MergeAtOption = Annotated[
    float | None,
    number_option(
        "The weight from which two are found to be one, in bits; what is less likely waits. (citydip resolve)",
        "--merge-at",
        least=-2,
        most=100,
    ),
]
WIKIDATA = Path("wikidata")


def build(
    paths: Paths = None,
    store: StorePath = DEFAULT_STORE,
    shipped: Annotated[bool, typer.Option(help="Begin with the data that come with the package.")] = True,
    world: Annotated[bool, typer.Option(help="Of these also the twin towns of the world.")] = True,
    strict: StrictOption = False,
    no_merge: NoMergeOption = False,
    merge_at: MergeAtOption = None,
    report: ReportOption = None,
    measures: Annotated[
        bool, typer.Option("--measures", help="Measure its networks too, so that the first to compare need not wait.")
    ] = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Build a store anew, from the shipped data and any sources of yours.

    The old store stands until the new one is whole; what persons decided on what is the same, what they entered by
    hand, and what was pulled from Neo4j, is carried over.

    Example: citydip build my-members/ --store world
    """
    from citydiplomacy.loaders import files

    from ..face import loading

    sources = [*(files.shipped(world=world) if shipped else files.countries(paths or ())), *(paths or ())]
    sure = _sure(no_merge, merge_at)
    with _reported(strict, report, lang) as counts, progress.bar("B") as reading, _records() as feeding:
        state = loading.build_from(store, sources, counts, say, reading, feeding, sure)
    if measures:
        loading.measure(store)
    _told(state, store)


def load(
    paths: Annotated[
        list[Path],
        typer.Argument(help=f"{KINDS}; or a word: geonames, or wikidata for the cities of a --country or the --world."),
    ],
    store: StorePath = DEFAULT_STORE,
    country: Annotated[str, typer.Option(help="With wikidata: whose cities, by name, code or item.")] = "",
    world: Annotated[
        bool,
        typer.Option("--world", help="With wikidata: the twin towns of the world, in the place of the shipped ones."),
    ] = False,
    fresh: Annotated[bool, typer.Option(help="With wikidata: fetch again what was fetched before.")] = False,
    endpoint: Annotated[
        str, typer.Option(envvar="CITYDIPLOMACY_WIKIDATA", help="With wikidata: a mirror of its query service.")
    ] = "",
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show what would be loaded, and what with what it would merge; write nothing."),
    ] = False,
    strict: StrictOption = False,
    no_merge: NoMergeOption = False,
    merge_at: MergeAtOption = None,
    report: ReportOption = None,
    lang: LangOption = Lang.EN,
) -> None:
    """Load sources into a store, each in the place of what it said before; nothing else is touched.

    For a list without a mapping (.csv, .xlsx, .ods, .json, .gexf, .bib) one is proposed: citydip load LIST > LIST.toml;
    so it is for nodes and edges in two files.

    Example: citydip load my-members.xlsx
    """
    from citydiplomacy.graph.store import refusals
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.loaders import files

    from ..face import loading

    sure = _sure(no_merge, merge_at)
    if all(map(files.lacks_mapping, paths)):
        _propose(paths, lang)
    told: list[SourceRecords] = []
    after: Manifest | None = None
    with Store.open_folder(store) as opened:
        with _reported(strict, report, lang) as counts:
            if country or world:
                paths = [_fetched(opened, path, country, world, endpoint, fresh) for path in paths]
            elif paths == [WIKIDATA] and not WIKIDATA.exists():
                raise UsageError(
                    "whose cities of Wikidata?",
                    hint="Name a country: citydip load wikidata --country Iran; or --world.",
                )
            if dry_run:
                told = _shown(opened, paths, counts, lang)
            else:
                with progress.bar("B") as reading, _records() as feeding:
                    after = loading.load_into(opened, paths, counts, say, reading, feeding, sure)
        if after is None:
            refusals.check_references(told, opened.has)
            return
    if after.revision == opened.manifest.revision:
        say(f"Nothing changed: {store} said this already (revision {after.revision}).")
    else:
        if gone := sorted(opened.manifest.sources.keys() - after.sources.keys()):
            say(f"Replaced, and no longer in the store: {', '.join(name.partition('/')[2] for name in gone)}.")
        _told(after, store)


def sheet(
    out: Annotated[Path, typer.Argument(help="Workbook to write, .xlsx.", show_default=False)],
    kind: Annotated[SheetKind, typer.Option(help="The ties that it is for.")] = SheetKind.MEMBERSHIP,
    store: StorePath = DEFAULT_STORE,
    lang: LangOption = Lang.EN,
) -> None:
    """Make a workbook to fill in: titles and lists to choose from in a language.

    Filled in, it is loaded as it is: citydip load WORKBOOK.

    Example: citydip sheet members.xlsx --kind membership --lang fa
    """
    from citydiplomacy.graph.store.reader import Store

    with Store.open_folder(store) as opened:
        sheets.write(opened, out, kind, lang)
    say(f"{out}: fill it in, then: citydip load {shlex.quote(str(out))}")


def _sure(no_merge: bool, merge_at: float | None) -> float:
    """The weight from which two are found to be one."""
    from citydiplomacy.loaders.resolution.scoring import SURE

    if no_merge and merge_at is not None:
        raise UsageError("--no-merge and --merge-at are two ways.", hint="Take one of them.")
    return inf if no_merge else SURE if merge_at is None else merge_at


def _fetched(opened: Store, path: Path, country: str, world: bool, endpoint: str, fresh: bool) -> Path:
    """The pages of a country's cities or of the world, fetched from Wikidata where they are not there yet."""
    if path != WIKIDATA:
        raise UsageError(f"{'--world' if world else '--country'} goes with the word wikidata, not with {path}.")
    if country and world:
        raise UsageError("--country and --world are two questions.", hint="Ask one after the other.")
    from citydiplomacy.loaders.wikidata import fetching, service

    wikidata = service.Service(endpoint or service.ADDRESS, tell=say)
    asked = fetching.WORLD if world else fetching.country(opened, country, wikidata)
    with progress.bar(" pages") as move:
        return fetching.fetch(opened.folder, asked, wikidata, fresh=fresh, progress=move)


def _propose(paths: Sequence[Path], lang: Lang) -> None:
    """Print a mapping for lists that have none, and what to do with it. Nothing is loaded."""
    from citydiplomacy.loaders.proposal.propose import propose, together

    write(propose(*paths, lang=lang.value).removesuffix("\n"))
    path = ", ".join(map(str, paths))
    named = shlex.join(map(str, paths))
    beside = shlex.quote(str(paths[0].with_name(f"{together(paths)}.toml")))
    say(
        {
            Lang.EN: f"{path}: not loaded, it has no mapping. One is proposed: save it beside the list, look at the "
            "lines with # ?, then see what comes of it and load it:\n"
            f"  citydip load {named} > {beside}\n  citydip load {beside} --dry-run\n  citydip load {beside}",
            Lang.FA: f"{path}: بار نشد، نگاشتی ندارد. یکی پیشنهاد می‌شود: آن را کنار فهرست ذخیره کنید، سطرهای # ? را "
            "ببینید، سپس ببینید چه از آن می‌آید و بارش کنید:\n"
            f"  citydip load {named} > {beside}\n  citydip load {beside} --dry-run\n  citydip load {beside}",
        }[lang]
    )
    raise typer.Exit


def _shown(opened: Store, paths: list[Path], counts: LoadReport, lang: Lang) -> list[SourceRecords]:
    """Show the first records of sources and what of them is known, as they would go into a store; the sources."""
    from citydiplomacy.loaders import files

    from .. import load_report

    told = [replace(one, records=list(one.records)) for one in files.read(paths, opened, say, counts)]
    load_report.show(told, lang)
    say(f"{opened.folder}: nothing was written.")
    return told


def _told(state: Manifest, store: Path) -> None:
    records, sources = counted(sum(state.counts.values()), "record"), counted(len(state.sources), "source")
    say(f"{store}: revision {state.revision}, {records} from {sources}.")


@contextmanager
def _reported(strict: bool, path: Path | None, lang: Lang) -> Iterator[LoadReport]:
    """The report of a load, told and written when it is done."""
    from citydiplomacy.loaders.report import LoadReport

    from .. import load_report

    write = load_report.writer(path) if path else None
    report = LoadReport(strict)
    yield report
    load_report.tell(report, lang)
    if write:
        write(report)


@contextmanager
def _records() -> Iterator[Progress | None]:
    """The bar of all records that go into a store."""
    with progress.bar(" records") as move:
        done: dict[str, int] = {}

        def told(source: str, records: int) -> None:
            done[source] = records
            if move:
                move(source.removeprefix("source/"), sum(done.values()), 0)

        yield told if move else None
