"""What kind of source a path is, and the loader for it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

from citydiplomacy.errors import UsageError
from citydiplomacy.graph import whole_files
from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.model.records import City, Country
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.table_cells import NAMES_SHEET
from citydiplomacy.graph.store.reader import Store

from . import geonames
from .report import LoadReport, Progress
from .resolution.decisions import Decision
from .resolution.profiles import profiles
from .resolution.resolve import Corrected, Resolution, Resolved, Settled
from .resolution.scoring import SURE

SHIPPED = ("origins", "countries", "cities", "members", "scopes", "study", "coding")
"""The folders of shipped data."""
WORLD = ("places", "geonames", "world")
"""Those of the twin towns of the world, which docs/world_tables.py writes."""


def shipped(*, world: bool = True) -> Iterator[Path]:
    """The folders of tables that come with the package. world: with the twin towns of the world."""
    for name in (*SHIPPED, *(WORLD if world else ())):
        yield Path(str(files(__package__) / "data" / name))


def countries(beside: Sequence[str | os.PathLike[str]]) -> Iterator[Path]:
    """Of the shipped folders the one of countries, which every list names; exports bring theirs."""
    from .rdf_lines import FORMATS

    if not any(path.suffix.lower() in FORMATS or any(path.glob("**/countries.csv")) for path in map(Path, beside)):
        yield Path(str(files(__package__) / "data" / "countries"))


def read(
    paths: Iterable[Path],
    store: Store | None = None,
    tell: Callable[[str], None] = lambda _: None,
    report: LoadReport | None = None,
    decided: Iterable[Decision] | None = None,
    progress: Progress | None = None,
    carried: Iterable[SourceRecords] = (),
    sure: float = SURE,
) -> Iterator[SourceRecords]:
    """Read sources one after another, with things under the ids by which they are known (resolution.py).

    Known are those of `store` and of the sources read before; the text of a study finds its partners by their Persian
    names among them. tell: is told what was odd in a source and how it was read, and what was compared. report: counts
    what became of rows, but for those of the shipped data, and takes those of others' tables that are refused; without
    one the first is an error. decided: what persons decided on what is the same, in the place of what the store holds.
    progress: is told how far a dump was read. carried: sources of a store that is built anew, which come last, unless
    they are read. sure: the weight from which a match is made.
    """
    paths = list(paths)
    places: dict[str, str] = {}
    if store and any(path.suffix.lower() == ".txt" for path in paths):
        places.update(_persian_names([*store.records(City), *store.records(Country)]))
    resolution = Resolution(store, decided, sure)
    ours = set(shipped())
    exported = cache(_exported)

    def loads() -> Iterator[list[SourceRecords]]:
        for path in paths:
            if path == Path(geonames.NAME) and not path.exists():
                known = resolution.without(geonames.SOURCE)
                countries = (record.id for record in known if isinstance(record, Country))
                yield [geonames.read(profiles(known), countries)]
            elif path in ours:
                yield Settled(load(path))
            elif (beside := exported(path.resolve().parent)) and path.is_dir() and resolution.knows_only(beside):
                yield Settled(load(path, places, tell, report, progress))
            else:
                told = load(path, places, tell, report, progress)
                yield Corrected(told) if _written_by_us(path) else told
            places.update(_persian_names(resolution.things))
            found = resolution.last
            if found.same or found.waiting:
                cities = counted(found.cities, "new city", "new cities")
                same = counted(found.same, "is another or known", "are others or known")
                tell(
                    f"{path}: {cities}, {counted(found.compared, 'pair')} compared; {same}, {found.waiting:,} may be "
                    "(citydip resolve)."
                )
            if found.bodies:
                bodies = counted(len(found.bodies), "organisation")
                tell(f"{path}: {bodies} may be known under another name (citydip resolve).")
            if report and (found.doubtful or found.bodies):
                _tell_waiting(report, path, found)

        kept = [one for one in carried if not resolution.has_read(one.source)]
        if kept:
            yield Settled(kept)

    yield from _with_origins(resolution.settle(loads()), store)


def _tell_waiting(report: LoadReport, path: Path, found: Resolved) -> None:
    """Count what waits, each in the place of the row that told it first; where no row told a city that waits, those of
    a path are counted."""
    for one in found.doubtful | found.bodies:
        if one in report.told:
            tally = report.of(report.told[one])
            tally.made -= 1
            tally.waiting += 1
    if found.doubtful and not found.doubtful & report.told.keys():
        tally = report.of(f"{path} (cities)")
        tally.read += found.cities
        tally.made += found.cities - found.waiting
        tally.waiting += found.waiting


def _exported(folder: Path) -> frozenset[str]:
    """The collections in a folder that is an export of tables, if nobody changed it since.

    Its things stood side by side in one store, each under its id: what was told apart there is not compared again.
    """
    if not whole_files.as_written(folder):
        return frozenset()
    return frozenset(f"source/{unquote(path.name)}" for path in folder.iterdir() if path.is_dir())


def _written_by_us(path: Path) -> bool:
    """Whether a path is a workbook that an export wrote, which tells names of the ids in it."""
    from .formats.workbooks import read_workbook

    return path.suffix.lower() == ".xlsx" and any(name in read_workbook(path) for name in NAMES_SHEET.values())


def _with_origins(told: Iterable[SourceRecords], store: Store | None) -> Iterator[SourceRecords]:
    """Sources, and after them those of the shipped origins that they name and neither they nor a store hold."""
    there, named = set(store.manifest.sources) if store else set(), set()
    for each in told:
        there.add(each.source.id)
        named.add(each.source.origin)
        yield each
    if missing := named - there - {None}:
        own, *origins = load(next(shipped()))
        needed = [each for each in origins if each.source.id in missing]
        yield from (replace(each, alone=True) for each in (own, *needed) if needed)


def lacks_mapping(path: Path) -> bool:
    """Whether a path is a list or network of others that no TOML describes, for which `proposal` makes one."""
    from .formats.opening import SUFFIXES

    suffix = path.suffix.lower()
    if suffix not in SUFFIXES or not path.is_file():
        return False
    if suffix == ".txt":
        from .formats.delimited import is_tabular
        from .study.lines import is_study

        return is_tabular(path) or not is_study(path)
    if suffix in (".csv", ".json"):
        from .wikidata.reading import recognise

        return not recognise(path)
    if suffix == ".xlsx":
        from .formats.workbooks import read_workbook
        from .tables.inputs import describes_itself

        beside = path.with_suffix(".toml")
        mapped = beside.is_file() and beside.stat().st_size  # `load LIST > LIST.toml` begins with an empty one
        return not mapped and not describes_itself(read_workbook(path))
    return True


def _persian_names(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """(name, id) of the cities and countries that have a Persian name."""
    for record in records:
        if isinstance(record, City | Country):
            yield from ((name.value, record.id) for name in (*record.labels, *record.aliases) if name.lang == "fa")


def load(
    path: Path,
    places: Mapping[str, str] | None = None,
    tell: Callable[[str], None] = lambda _: None,
    report: LoadReport | None = None,
    progress: Progress | None = None,
) -> list[SourceRecords]:
    """Read a folder of tables, a workbook, a mapping of files elsewhere, an RDF file, the text of a study, or what is
    of Wikidata.

    places: ids of cities and countries by their Persian names. tell, report, progress: as of `read`.

    Raises InputError for what it says wrong, UsageError for a path that is none of these.
    """
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder.")
    from .wikidata import reading as wikidata

    if form := wikidata.recognise(path):
        return [wikidata.load(path, form, report or LoadReport(strict=True), tell, progress)]
    suffix = path.suffix.lower()
    if path.is_dir() or suffix == ".toml" or (suffix == ".xlsx" and not lacks_mapping(path)):
        from .tables.folder import load_tables

        return load_tables(path, report).sources
    if suffix == ".txt" and not lacks_mapping(path):
        from .study.reader import read_study

        reading = read_study(path, places=places)
        for remark in reading.remarks:
            tell(f"{path}, line {remark.line}: {remark.found}: {remark.reading}")
        return [SourceRecords(reading.source, reading.records)]
    if lacks_mapping(path):
        raise UsageError(
            f"{path}: a list without a mapping.",
            hint=f"citydip load {shlex.quote(str(path))} > {shlex.quote(str(path.with_suffix('.toml')))} proposes one.",
        )
    from .rdf_files import load_rdf
    from .rdf_lines import FORMATS

    if suffix in FORMATS:
        return load_rdf(path)
    raise UsageError(
        f"{path}: not a kind of source that is known.",
        hint="Known are: a folder with source.toml and tables, .xlsx, .toml (a mapping), .txt (the text of a study), "
        f"{', '.join(FORMATS)}, answers of Wikidata's query service (JSON, CSV) and its dumps, {geonames.NAME}. "
        "Save the table of a .pdf or .doc as .xlsx or .csv.",
    )
