"""What all views of a store share: each begins as hard links to a revision, and is kept below it until that changes.

Only the merged view is changed: what sources say, in their named graphs, stays whole, since evidence is evidence.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from .. import software
from ..merged.strength import Strength
from ..model.schema import by_folder
from ..model.validity import ALWAYS, Span
from ..store import derived_cache, locks, manifest
from ..store.manifest import Manifest
from ..store.reader import Store
from ..store.writer import GENERATIONS

KEPT = 12
"""Views of one kind of one revision that stay, those used last."""
_GENERATION = Path(GENERATIONS, "000001")


class View(Store):
    """A store that shows less of a revision; what it is asked, it answers as a store does."""

    strength: Strength | None = None
    """What the ties reach that it shows; None for all ties."""
    _view_hold: locks.Hold

    @classmethod
    def made(cls, store: Store, kind: str, told: str, make: Callable[[Path], None], what: str) -> Self:
        """The view of the revision that a store shows, made first (`make` fills an empty folder) if nobody has.

        kind: the place of such views below a store. told: what tells it from others of its kind. what: its name for
        people. Raises StoreError if the view cannot be written.
        """
        named = f"{derived_cache.name(store.manifest, software.digest(*software.MAKING))}-{told}"
        folder, hold = derived_cache.ready(store.folder, kind, named, make, what, KEPT)
        try:
            view = cls.open_folder(folder, day=store.manifest.days.first)
        except BaseException:
            hold.close()
            raise
        view.strength = getattr(store, "strength", None)
        view._view_hold = hold
        view.home = store.home
        view.day = store.day
        return view

    def close(self) -> None:
        """Let the view go; it may then be removed."""
        super().close()
        self._view_hold.close()


def begin(store: Store, folder: Path) -> ox.Store:
    """The database of a view in an empty folder, as the store has it."""
    (folder / GENERATIONS).mkdir()
    _copy(store.folder / store.manifest.generation, folder / _GENERATION)
    return ox.Store(str(folder / _GENERATION))


def finish(store: Store, folder: Path, left_out: Iterable[str], days: Span = ALWAYS) -> None:
    """Write the manifest of a view without some records (their ids), whose ties answer alike on some days."""
    state = store.manifest
    gone = Counter(schema.name for record_id in left_out if (schema := by_folder(record_id)))
    left = dict(sorted((Counter(state.counts) - gone).items()))
    manifest.write(folder, Manifest(state.revision, str(_GENERATION), state.ontology, state.sources, left, days))


def _copy(generation: Path, copy: Path) -> None:
    """A copy of a database that nobody writes to: hard links, or files where the system allows no links to those of
    others.
    """
    try:
        ox.Store.read_only(str(generation)).backup(str(copy))
    except OSError:
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for file in generation.iterdir():
            shutil.copyfile(file, copy / file.name)
