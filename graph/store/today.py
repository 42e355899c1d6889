"""A store on another day than its merged view was written for: ties that ended since do not stand any more.

A view of the day is made once and kept below the store as `days/<...>`, until the store or the day moves on. It begins
as hard links to the revision; only the ties whose end was passed are told anew.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from ..merged.view import MergedView
from . import derived_cache
from .locks import Hold
from .manifest import Manifest

FOLDER, DATABASE = "days", "database"


def seen_on(folder: Path, state: Manifest, day: dt.date) -> tuple[Manifest, Hold]:
    """A store as a day sees it, and the hold on its database; close the hold to let it go.

    Raises StoreError if the view of the day cannot be written.
    """
    generation = ox.Store.read_only(str(folder / state.generation))
    days = MergedView(generation, day).steady()
    named = f"{derived_cache.name(state)}-{days}"

    def make(beside: Path) -> None:
        generation.backup(str(beside / DATABASE))
        database = ox.Store(str(beside / DATABASE))
        view = MergedView(database, day)
        for tie in sorted(view.passed(state.days)):
            view.refresh(tie)
        database.flush()

    place, hold = derived_cache.ready(folder, FOLDER, named, make, "the view of today")
    return replace(state, generation=str((place / DATABASE).absolute()), days=days), hold
