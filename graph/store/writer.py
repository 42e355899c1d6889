"""Writing a store: building it whole, and replacing sources in it.

Both write a new generation of the database beside the current one and then swap the manifest, so that a crash at any
moment leaves the old store or the new one. Replacing starts from a snapshot of hard links, whose cost does not grow
with the store.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from citydiplomacy.errors import StoreError, UsageError
from citydiplomacy.ontology.terms import BASE

from .. import memory
from ..merged import coverage, hierarchies, scopes
from ..merged.view import MergedView
from ..model.schema import by_folder
from ..model.sources import SourceRecords
from ..rdf.bulk import bulk_load
from ..rdf.graph_names import ONTOLOGY_GRAPH
from . import locks, manifest, readings, refusals, source_stream
from .manifest import Manifest
from .source_stream import Feed, Progress

if TYPE_CHECKING:
    from .reader import Store

GENERATIONS = "generations"


def build(
    folder: Path,
    loaded: Iterable[SourceRecords],
    progress: Progress | None = None,
    *,
    day: dt.date | None = None,
) -> Manifest:
    """Build a store from sources, in the place of what was there. Returns its manifest.

    day: on which its merged view says which ties stand; today if None. Readers on other days see theirs.
    Raises InputError for what the sources say wrong, UsageError for a folder with files that is no store, StoreError
    for one that cannot be written; what was there then stands as it was.
    """
    day = day or dt.date.today()
    with _writing(folder, anew=True) as (old, generation):
        feed = Feed(day, progress)
        new = _built(generation, loaded, feed, old, day)
        readings.keep(folder, feed.readings)
        manifest.write(folder, new)
    return new


def _built(generation: Path, loaded: Iterable[SourceRecords], feed: Feed, old: Manifest, day: dt.date) -> Manifest:
    """Build a database in a new generation, its view as on a day."""
    text, ontology_digest, concepts = source_stream.ontology()

    def said() -> Iterator[bytes]:
        yield text
        for told in loaded:
            for record_id, own, view in feed.source(told):
                yield own
                if view:
                    views.add(record_id, view)

    def joined() -> Iterator[bytes]:
        for record_id, alone in views:
            others = feed.shared.get(record_id)
            yield view.joined(record_id, alone, feed.known[record_id], others) if others else alone

    database = ox.Store(str(generation))
    view = MergedView(database, day)
    with source_stream.Waiting() as views:
        bulk_load(database, said())
        undefined = feed.references.keys() - feed.known.keys() - concepts
        if undefined:
            refusals.refuse_undefined({name: feed.references[name] for name in undefined})
        refusals.refuse_meeting(feed.entries)
        bulk_load(database, joined())
    view.tell_voices()
    hierarchies.refuse_circles(database, feed.entries)
    coverage.refuse_untold(database, feed.places)
    scopes.refuse_empty(database, feed.places)
    database.optimize()  # else every later load would begin with tidying up after this one
    database.flush()
    counts = _tidy(feed.counts)
    return Manifest(old.revision + 1, _name(generation), ontology_digest, feed.entries, counts, view.steady())


def load(
    folder: Path,
    loaded: Iterable[SourceRecords],
    progress: Progress | None = None,
    *,
    since: Store | None = None,
    without: Collection[str] = (),
    day: dt.date | None = None,
) -> Manifest:
    """Put sources into a store, each in the place of its former self; the rest is not touched.

    Sources of the same collection that are not told any more are removed, unless all that are told of it stand alone.
    since: the store that the sources were worked out from, which is let go; raises StoreError if it was changed
    meanwhile. without: ids of sources to remove. day: on which the merged view then says which ties stand; today if
    None. Returns the manifest, with the same revision as before if nothing changed.
    """
    day = day or dt.date.today()
    with _writing(folder) as (old, generation):
        if not old.generation:
            raise StoreError(f"{folder}: no store here.", hint="Make one with: citydip build")
        if since is not None and old.revision != since.manifest.revision:
            raise StoreError(f"{folder}: the store was changed meanwhile, nothing was done.", hint="Try again.")
        feed = Feed(day, progress)
        new = _loaded(folder / old.generation, generation, loaded, feed, old, without, day)
        if new is not old:
            readings.keep(folder, feed.readings)
            manifest.write(folder, new)
        if since is not None:
            since.close()
    return new


def check(store: Store, loaded: Iterable[SourceRecords]) -> None:
    """Raise InputError for all that sources would be refused for if they were loaded; the store is not written to.

    They are put into a copy of it, which needs as much room on the disk for temporary files.
    """
    old = manifest.read(store.folder)
    with tempfile.TemporaryDirectory() as scratch:
        try:
            _loaded(store.folder / old.generation, Path(scratch) / "copy", loaded, Feed(store.day), old, (), store.day)
        except BaseException as error:
            _let_go(error)
            raise


def _loaded(
    current: Path,
    generation: Path,
    loaded: Iterable[SourceRecords],
    feed: Feed,
    old: Manifest,
    without: Collection[str],
    day: dt.date,
) -> Manifest:
    """Put sources into a new generation that begins as the current one. Returns the old manifest if nothing changed."""
    texts: dict[str, bytes] = {}
    views: dict[str, bytes] = {}
    collections = set()
    for told in loaded:
        if not told.alone:
            collections.add(told.source.collection or told.source.id)
        pieces = list(feed.source(told))
        texts[told.source.id] = b"".join([own for _, own, _ in pieces])
        views.update((record_id, view) for record_id, _, view in pieces if view)
    for name, entry in feed.entries.items():
        refusals.refuse_taken(name, entry, old)
    gone = {
        name
        for name, entry in old.sources.items()
        if (entry.collection in collections or name in without) and name not in texts
    }
    refusals.refuse_meeting(feed.entries, old.sources.keys() - gone - feed.entries.keys())
    changed = {name for name, entry in feed.entries.items() if old.sources.get(name) != entry}
    ontology_text, ontology_digest, concepts = source_stream.ontology()
    if not changed and not gone and old.ontology == ontology_digest and old.days.covers(day):
        return old
    ox.Store.read_only(str(current)).backup(str(generation))
    database = ox.Store(str(generation))
    view = MergedView(database, day)
    if old.ontology != ontology_digest:
        view.replace_ontology(ONTOLOGY_GRAPH, ontology_text)
    counts = Counter(old.counts)
    new_sources = changed - old.sources.keys()
    told_by_new = {record_id for record_id in views if feed.known[record_id] in new_sources}
    new_records = sorted(record_id for record_id in told_by_new - feed.shared.keys() if not view.has(record_id))
    counts.update(schema.name for record_id in new_records if (schema := by_folder(record_id)))
    bulk_load(database, [*(texts[name] for name in sorted(new_sources)), *map(views.__getitem__, new_records)])
    touched = (told_by_new - set(new_records)) | feed.shared.keys() | view.passed(old.days)
    for name in sorted((changed | gone) - new_sources):
        touched |= view.replace_graph(BASE + name, texts.get(name, b""))
    hierarchies.refuse_circles(database, feed.entries)
    touched |= view.tell_voices()
    removed = view.refresh_all(touched, counts)
    refusals.refuse_references(database, feed, concepts, removed)
    coverage.refuse_untold(database, feed.places)
    scopes.refuse_empty(database, feed.places)
    database.flush()
    sources = {name: entry for name, entry in old.sources.items() if name not in gone} | feed.entries
    return Manifest(old.revision + 1, _name(generation), ontology_digest, sources, _tidy(counts), view.steady())


@contextlib.contextmanager
def _writing(folder: Path, *, anew: bool = False) -> Iterator[tuple[Manifest, Path]]:
    """The current manifest (an empty one for a new folder) and a free place for the next generation.

    anew: a manifest that cannot be read is no hindrance; it stands until it is replaced.
    """
    memory.refuse_too_little()
    if anew:
        refuse_others(folder)
    try:
        (folder / GENERATIONS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot make a store here ({error.strerror}).") from None
    with locks.writer(folder):
        try:
            old = manifest.read(folder) if (folder / manifest.NAME).exists() else Manifest()
            _sweep(folder, old)
        except manifest.BuildAnewError:
            if not anew:
                raise
            taken = [int(place.name) for place in (folder / GENERATIONS).iterdir() if place.name.isdecimal()]
            old = Manifest(max(taken, default=0))
        generation = folder / GENERATIONS / f"{old.revision + 1:06}"
        shutil.rmtree(generation, ignore_errors=True)
        try:
            yield old, generation
        except BaseException as error:
            _let_go(error)
            if isinstance(error, OSError):
                raise StoreError(
                    f"{folder}: the store could not be written ({error}).",
                    hint="Look for room on the disk and for permission to write; the store is as it was.",
                ) from error
            raise
        finally:
            try:
                _sweep(folder, manifest.read(folder) if (folder / manifest.NAME).exists() else old)
            except manifest.BuildAnewError:  # nothing was built in its place
                shutil.rmtree(generation, ignore_errors=True)


def refuse_others(folder: Path) -> None:
    """Raise UsageError for a folder with files that no store is: a build replaces and sweeps what is in its folder."""
    if not folder.is_dir() or (folder / locks.WRITER).exists():
        return
    with contextlib.suppress(StoreError):
        manifest.read(folder, older=True)
        return
    try:
        found = min((place.name for place in folder.iterdir()), default="")
    except OSError as error:
        raise StoreError(f"{folder}: cannot make a store here ({error.strerror}).") from None
    if found:
        raise UsageError(
            f"{folder}: holds what no build wrote there ({found!r}); a store has its folder to itself.",
            hint="Name a folder that is empty, not there yet, or a store.",
        )


def _let_go(error: BaseException) -> None:
    """Close what an error's frames hold open: an open database goes on writing, also while we sweep."""
    held: BaseException | None = error
    while held is not None:
        traceback.clear_frames(held.__traceback__)
        held = held.__context__


def _sweep(folder: Path, current: Manifest) -> None:
    """Remove generations that are not current and that nobody reads, and readings of sources that are not there."""
    for generation in (folder / GENERATIONS).iterdir():
        if _name(generation) != current.generation and locks.unread(generation):
            shutil.rmtree(generation, ignore_errors=True)
    readings.sweep(folder, (entry.reading for entry in current.sources.values() if entry.reading))


def _name(generation: Path) -> str:
    return f"{GENERATIONS}/{generation.name}"


def _tidy(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted((+counts).items()))
