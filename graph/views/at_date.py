"""A store as it was at a date: a store of the same form, made from a revision and kept below it as `at/<...>`.

Only the merged view is changed, and only where `validity` tells.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from citydiplomacy.ontology.terms import BASE

from ..merged.shortcuts import STANDING, Triple, shortcuts, standing
from ..merged.view import shortcut_quad
from ..model.schema import Record, Tie, by_folder
from ..model.validity import UNDER_WAY, Held, Span, as_of, held
from ..model.values import Date
from ..rdf import triples
from ..rdf.graph_names import DEFAULT
from ..store import scan
from ..store.reader import Store
from . import kept
from .kept import View

FOLDER = "at"
FORMAT = 2
"""Grows when the rule or the form changes, so that views of an older version are made anew."""
_WHAT = "the view at a date"
_COUNTS, _UNKNOWN = "counts.json", "unknown.txt"
_NUMBERS = {Held.YES: "held", Held.UNKNOWN: "unknown", Held.NO: "meant"}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many ties there are at a date."""

    held: int = 0
    unknown: int = 0
    meant: int = 0
    """Proposed, planned or under negotiation: they hold at no date, but are there."""
    left_out: int = 0


class StoreAt(View):
    """The view of a store at a date; what it is asked, it answers as a store does."""

    date: Date
    """The date as it was asked."""

    @classmethod
    def of(cls, store: Store, date: Date) -> Self:
        """The view of the revision that a store shows, made first if nobody has.

        A date that is a stretch of time means: at some time within it. Raises StoreError if the view cannot be written.
        """
        span = Span.of(date)
        view = cls.made(store, FOLDER, FORMAT, str(span), lambda beside: _write(store, span, beside), _WHAT)
        view.date = date
        return view

    @cached_property
    def counts(self) -> Counts:
        """How many ties held, may have held, were only meant, and were left out."""
        return Counts(**json.loads((self.folder / _COUNTS).read_text(encoding="utf-8")))

    @cached_property
    def unknown(self) -> frozenset[str]:
        """Ids of the ties that may have held."""
        return frozenset((self.folder / _UNKNOWN).read_text(encoding="utf-8").split())

    def held(self, tie: str) -> Held:
        """Whether a tie of the view held at the date; no for one that was only meant."""
        if tie in self.unknown:
            return Held.UNKNOWN
        return Held.NO if getattr(self.get(tie), "status", None) in UNDER_WAY else Held.YES


def is_tie(record_id: str) -> bool:
    """Whether an id is one of a tie with a life."""
    schema = by_folder(record_id)
    return schema is not None and schema.is_tie


def _write(store: Store, span: Span, folder: Path) -> None:
    """Write the view of a store into an empty folder."""
    database = kept.begin(store, folder)
    view = _View(store, span)
    for quad in list(view.gone(database)):
        database.remove(quad)
    database.extend(view.new())
    database.flush()
    del database
    (folder / _COUNTS).write_text(json.dumps(asdict(view.counts)) + "\n", encoding="utf-8")
    (folder / _UNKNOWN).write_text("".join(f"{tie}\n" for tie in view.unknown), encoding="utf-8")
    kept.finish(store, folder, [record.id for record in view.left_out])


class _View:
    """What a view at a date changes in the merged view."""

    def __init__(self, store: Store, span: Span) -> None:
        self.left_out: list[Record] = []
        self.unknown: list[str] = []
        self._changed: list[tuple[Record, Record]] = []
        self._now, self._then = store.manifest.days.first, span.first
        """A day of the store, and the day of the view."""
        self._standing: set[Triple] = set()
        pointing: list[Record] = []
        numbers: Counter[str] = Counter()
        for record in scan.records(store):
            after = as_of(record, span)
            if isinstance(record, Tie):
                state = held(record, span)
                numbers["left_out" if after is None else _NUMBERS[state]] += 1
                if state is Held.UNKNOWN:
                    self.unknown.append(record.id)
            if after is None:
                self.left_out.append(record)
            elif after != record:
                self._changed.append((record, after))
            elif any(prop.takes_anything for prop in record.schema.own):
                pointing.append(record)
            else:  # a tie that the view does not change has no end: it stands on all days alike
                self._standing.update(shortcuts(record, standing(record, self._then)))
        self.counts = Counts(**numbers)
        self._leave_out(pointing)
        told = {before.id: before for before, _ in self._changed} | {record.id: record for record in self.left_out}
        before = {triple for r in told.values() for triple in shortcuts(r, standing(r, self._now))}
        after_ = {triple for _, r in self._changed for triple in shortcuts(r, standing(r, self._then))}
        self._lost, self._gained = before - after_ - self._standing, after_ - before

    def _leave_out(self, pointing: Sequence[Record]) -> None:
        """Leave out what speaks of a record that is left out: a judgement on it, a figure of it."""
        gone = {record.id for record in self.left_out}
        while found := [record for record in pointing if not gone.isdisjoint(_about(record))]:
            self.left_out += found
            gone |= {record.id for record in found}
            pointing = [record for record in pointing if record.id not in gone]
        self._standing.update(triple for record in pointing for triple in shortcuts(record, None))

    def gone(self, database: ox.Store) -> Iterator[ox.Quad]:
        """What the merged view loses."""
        for record in self.left_out:
            yield from database.quads_for_pattern(ox.NamedNode(BASE + record.id), None, None, DEFAULT)
        for before, after in self._changed:
            yield from _only_in(self._told(before, self._now), self._told(after, self._then), before.id)
        yield from map(shortcut_quad, self._lost)

    def new(self) -> Iterator[ox.Quad]:
        """What the merged view gains."""
        for before, after in self._changed:
            yield from _only_in(self._told(after, self._then), self._told(before, self._now), before.id)
        yield from map(shortcut_quad, self._gained)

    @staticmethod
    def _told(record: Record, day: dt.date) -> set[str]:
        """What the merged view says of a record on a day, as predicates and objects, that may change."""
        return {*triples.predicate_objects(record)[0], *STANDING.get(standing(record, day), ())}


def _about(record: Record) -> set[str | None]:
    return {getattr(record, prop.name) for prop in record.schema.own if prop.takes_anything}


def _only_in(one: set[str], other: set[str], record_id: str) -> Iterator[ox.Quad]:
    """What is said of a record in the first set and not in the second."""
    return ox.parse(triples.quads(record_id, one - other), ox.RdfFormat.N_QUADS)
