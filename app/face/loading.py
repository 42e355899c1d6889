"""Building a store and loading sources into it, for Python users and for the commands."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.neo4j_exchange.pulled import pulled
from citydiplomacy.graph.store import manifest, writer
from citydiplomacy.graph.store.manifest import Manifest
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders import files
from citydiplomacy.loaders.hand.claims import entered
from citydiplomacy.loaders.report import LoadReport, Progress
from citydiplomacy.loaders.resolution.decisions import BY_RESOLUTION, Decision, decisions
from citydiplomacy.loaders.resolution.scoring import SURE

from ..errors import CityDiplomacyError, InputError, UsageError

if TYPE_CHECKING:
    from citydiplomacy.graph.store import source_stream

Tell = Callable[[str], None]
"""Is told what was odd in a source and how it was read."""


@dataclass(frozen=True)
class Loaded:
    """What a load made of a store, and of the rows that it read."""

    revision: int
    """As before if nothing changed."""
    sources: int
    """In the store, and so are `records`."""
    records: int
    report: LoadReport = field(repr=False)
    """By file what became of its rows, and the reasons why some were refused or left out."""
    remarks: tuple[str, ...] = field(repr=False)
    """What was odd in a source and how it was read."""


def build(
    folder: str | os.PathLike[str],
    *sources: str | os.PathLike[str],
    shipped: bool = True,
    world: bool = True,
    strict: bool = False,
    merge_at: float = SURE,
    measures: bool = False,
) -> Loaded:
    """Build a store anew from the shipped data and any sources of yours; the old one stands until the new one is whole.

    What persons decided on what is the same, what they entered by hand, and what was pulled from Neo4j, is carried
    over. world: with the twin towns of the world among the shipped data. strict: any row or cell that is refused is an
    error. merge_at: the weight from which two are found to be one; with infinity all wait for a person. measures: its
    networks are measured too.
    Raises InputError for what a source says wrong, UsageError for a folder that holds files and is no store, StoreError
    if the store cannot be written.
    """
    paths = [*(files.shipped(world=world) if shipped else files.countries(sources)), *map(Path, sources)]
    report, remarks = LoadReport(strict), list[str]()
    state = build_from(Path(folder), paths, report, remarks.append, sure=_weight(merge_at))
    if measures:
        measure(Path(folder))
    return _loaded(state, report, remarks)


def load(
    folder: str | os.PathLike[str],
    *sources: str | os.PathLike[str],
    strict: bool = False,
    merge_at: float = SURE,
) -> Loaded:
    """Load sources into a store, each in the place of what it said before; nothing else is touched.

    strict, merge_at: as in `build`. Raises as it does, and UsageError for a list without a mapping.
    """
    report, remarks = LoadReport(strict), list[str]()
    with Store.open_folder(Path(folder)) as store:
        return _loaded(
            load_into(store, list(map(Path, sources)), report, remarks.append, sure=_weight(merge_at)), report, remarks
        )


def build_from(
    folder: Path,
    paths: Sequence[Path],
    report: LoadReport,
    tell: Tell,
    reading: Progress | None = None,
    feeding: source_stream.Progress | None = None,
    sure: float = SURE,
) -> Manifest:
    """Build a store from sources, with what persons did in the store that stands there: decisions, entries, pulls."""
    writer.refuse_others(folder)  # before all is read
    decided, by_hand, pulls = _by_persons(folder, tell)
    told = files.read(paths, None, tell, report, decided, reading, [*by_hand, *pulls], sure)
    try:
        state = writer.build(folder, told, feeding)
    except InputError as error:
        if error.file or not (by_hand or pulls):
            raise
        raise InputError(
            error.message,
            hint="What persons entered may need a source that this build leaves out: build with it, or take the facts "
            "back in citydip serve --edit.",
        ) from None
    for one in by_hand:
        number = len(list(one.records))
        if number and not one.source.id.startswith(BY_RESOLUTION):
            tell(f"Carried over: {one.source.id}, {counted(number, 'record')} entered by hand.")
    for one in pulls:
        tell(f"Carried over: {one.source.id}, {counted(len(list(one.records)), 'record')} pulled from Neo4j.")
    return state


def measure(folder: Path) -> None:
    """Measure the networks of a store and keep that with it, so that nobody who asks has to wait for it."""
    from citydiplomacy.queries.standing import beforehand

    with Store.open_folder(folder) as store:
        beforehand.measure(store)


def load_into(
    store: Store,
    paths: Sequence[Path],
    report: LoadReport,
    tell: Tell,
    reading: Progress | None = None,
    feeding: source_stream.Progress | None = None,
    sure: float = SURE,
) -> Manifest:
    """Load sources into the folder of a store, if it is still at the revision that the store shows."""
    told = files.read(paths, store, tell, report, progress=reading, sure=sure)
    return writer.load(store.folder, told, feeding, since=store)


def _by_persons(folder: Path, tell: Tell) -> tuple[list[Decision], list[SourceRecords], list[SourceRecords]]:
    """What persons decided, and what they entered or pulls brought, in the store of a folder, if it can be read."""
    if not (folder / manifest.NAME).exists():
        return [], [], []
    with suppress(manifest.BuildAnewError):  # which is built over; a store of a newer format is not
        manifest.read(folder)
    try:
        with Store.open_folder(folder, older=True) as old:
            return decisions(old), list(entered(old)), list(pulled(old))
    except CityDiplomacyError as error:
        tell(f"{error}\nIf it held decisions or facts of persons, or pulls from Neo4j, they are not carried over.")
        return [], [], []


def _weight(merge_at: float) -> float:
    """Raises UsageError for what is no number, and so neither below nor above any weight."""
    if not isinstance(merge_at, int | float) or math.isnan(merge_at):
        raise UsageError(f"merge_at: {merge_at!r} is no number.", hint="A weight, or infinity: then all wait.")
    return merge_at


def _loaded(state: Manifest, report: LoadReport, remarks: Sequence[str]) -> Loaded:
    return Loaded(state.revision, len(state.sources), sum(state.counts.values()), report, tuple(remarks))
