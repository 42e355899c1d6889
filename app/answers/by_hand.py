"""Facts that a person enters by hand, told to a store as any load is, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders.hand import claims
from citydiplomacy.loaders.hand.claims import EnteredFact, Held
from citydiplomacy.loaders.resolution.decisions import decisions, ids_told, matches
from citydiplomacy.loaders.resolution.identity import renamed


@dataclass(frozen=True)
class Entered:
    """What became of an entry: the record as it was read, and the id under which it is told."""

    record: Record
    told_as: str
    changed: bool
    """Whether its source did not say so already."""


def facts(store: Store, who: str) -> list[tuple[Source, Record]]:
    """What a person entered, by record, each with the source that tells it."""
    held = claims.held(store, claims.collection_of(who))
    return sorted(
        ((source, record) for source, records in held.values() for record in records),
        key=lambda fact: (fact[1].id, fact[0].id),
    )


def enter(folder: Path, who: str, entry: EnteredFact) -> Entered:
    """Put a fact into a person's own collection. Raises InputError for what is wrong in it, UsageError for a name that
    is too much like another person's, and StoreError if the store cannot be written or was changed meanwhile.
    """
    collection = claims.collection_of(who)
    record = claims.read(collection, entry)
    changed = _load(folder, collection, lambda held: claims.added(collection, held, entry))
    with Store.open_folder(folder) as store:
        names = ids_told((match for _, match in matches(store)), decisions(store))
    (told,) = renamed([record], names)
    return Entered(record, told.id, changed)


def withdraw(folder: Path, who: str, source: str, record: str) -> None:
    """Take back what a source of a person's collection tells of a record. Raises UsageError where it tells nothing of
    it, InputError where others need it, and StoreError as `enter` does.
    """
    collection = claims.collection_of(who)
    _load(folder, collection, lambda held: claims.withdrawn(collection, held, source, record))


def _load(folder: Path, collection: Source, act: Callable[[Held], list[SourceRecords]]) -> bool:
    """Tell a store a collection as it is after an act; one without facts is no source. Returns whether that was new."""
    with Store.open_folder(folder) as store:
        revision = store.manifest.revision
        loaded = act(claims.held(store, collection))
        told = claims.settled(store, loaded)
        without: set[str] = set()
        if not any(one.records for one in loaded):
            without = {name for name, entry in store.manifest.sources.items() if entry.collection == collection.id}
            told = [one for one in told if one.source.id != collection.id]
        return writer.load(folder, told, since=store, without=without).revision != revision
