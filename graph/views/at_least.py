"""A store without the ties that are not told strongly enough, kept below a revision as `least/<...>`.

Ties leave the merged view, and so do judgements on them and figures of them, and the lists whose own members are among
them: of a city that is on such a list nobody could say that it is not. Cities, bodies and all else stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Self

from ..merged.strength import Strength
from ..merged.view import MergedView
from ..model.records import Membership, Roster, Source
from ..model.schema import REGISTRY, by_folder
from ..model.sources import reliability
from ..store import scan
from ..store.once import once
from ..store.reader import Store
from . import kept, subset
from .kept import View

FOLDER = "least"
_COUNTS = "counts.json"


class StoreAtLeast(View):
    """The view of a store with the ties that reach a strength."""

    @classmethod
    def of(cls, store: Store, strength: Strength) -> Self:
        """The view of the revision that a store shows, made first if nobody has.

        Raises StoreError if the view cannot be written.
        """
        view = cls.made(
            store,
            FOLDER,
            str(strength),
            lambda beside: _write(store, strength, beside),
            "the view of what is told strongly",
        )
        view.strength = strength
        return view

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many ties reach the strength, and how many were left out."""
        reached, left_out = json.loads((self.folder / _COUNTS).read_text(encoding="utf-8"))
        return reached, left_out


def _write(store: Store, strength: Strength, folder: Path) -> None:
    """Write the view of a store into an empty folder."""
    ties = {tie for schema in REGISTRY.values() if schema.is_tie for tie in store.ids(schema.cls)}
    weak = ties - set(_reaching(store, ties, strength))
    left_out = weak | _speaking_of(store, weak) | set(_cut_short(store, weak))
    database = kept.begin(store, folder)
    MergedView(database, store.manifest.days.first).leave_out(sorted(left_out))
    database.flush()
    del database
    (folder / _COUNTS).write_text(json.dumps([len(ties - weak), len(weak)]) + "\n", encoding="utf-8")
    kept.finish(store, folder, left_out, store.manifest.days)


def _reaching(store: Store, ties: set[str], strength: Strength) -> Iterator[str]:
    reliabilities = {source.id: reliability(source) for source in store.records(Source)}
    voices, sources = scan.voices(store), once(store, scan.support)
    for tie in ties:
        if strength.reached(voices[tie], map(reliabilities.__getitem__, sources[tie])):
            yield tie


def _speaking_of(store: Store, ties: set[str]) -> set[str]:
    """What refers to ties, and to that in turn: judgements on them, figures of them."""
    found: set[str] = set()
    fresh = ties
    while fresh:
        near = {one for one in subset.referring(store, fresh) if _takes_anything(one)}
        fresh = near - found - ties
        found |= fresh
    return found


def _cut_short(store: Store, ties: set[str]) -> Iterator[str]:
    """The lists of members whose source tells a membership among some ties: without them they are not whole."""
    sources = once(store, scan.support)
    weak = (each for each in store.records(Membership) if each.id in ties)
    told = {(each.organization, source) for each in weak for source in sources[each.id]}
    for roster in store.records(Roster):
        if any((roster.organization, source) in told for source in sources[roster.id]):
            yield roster.id


def _takes_anything(record_id: str) -> bool:
    schema = by_folder(record_id)
    return schema is not None and any(prop.takes_anything for prop in schema.own)
