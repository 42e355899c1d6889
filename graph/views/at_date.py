"""A store as it was at a date: a store of the same form, made from a revision and kept below it as `at/<...>`.

Only the merged view is changed, and only where `validity` tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from citydiplomacy.ontology.terms import BASE

from ..merged.shortcuts import STANDING, Triple, shortcuts, standing
from ..merged.view import shortcut_quad
from ..model.holding import UNDER_WAY, Held
from ..model.schema import Record, Tie, by_folder
from ..model.validity import Span, as_of, held
from ..model.values import Date
from ..rdf import triples
from ..rdf.graph_names import DEFAULT
from ..store import scan
from ..store.reader import Store
from . import kept
from .kept import View

Said = tuple[Record, Held | None]
"""A record, and if it is a tie, whether it stands."""
FOLDER = "at"
_WHAT = "the view at a date"
_COUNTS, _UNKNOWN, _DOWN = "counts.json", "unknown.txt", "down.txt"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many ties there are at a date."""

    held: int = 0
    unknown: int = 0
    meant: int = 0
    """Proposed, planned or under negotiation: they hold at no date, but are there."""
    over: int = 0
    """Those that were over by then."""
    left_out: int = 0
    """Those that began later."""


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
        ahead = "-future" if span.first >= store.day else "-present" if span.last >= store.day else ""
        view = cls.made(store, FOLDER, f"{span}{ahead}", lambda beside: _write(store, span, beside), _WHAT)
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

    @cached_property
    def down(self) -> frozenset[str]:
        """Ids of the ties that are shown and did not hold: they were only meant, or over."""
        return frozenset((self.folder / _DOWN).read_text(encoding="utf-8").split())

    def held(self, tie: str) -> Held:
        """Whether a tie of the view held at the date; no for one that was only meant, or over."""
        return Held.UNKNOWN if tie in self.unknown else Held.NO if tie in self.down else Held.YES


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
    for name, state in ((_UNKNOWN, Held.UNKNOWN), (_DOWN, Held.NO)):
        (folder / name).write_text("".join(f"{tie}\n" for tie in view.ties[state]), encoding="utf-8")
    kept.finish(store, folder, [record.id for record in view.left_out])


class _View:
    """What a view at a date changes in the merged view."""

    def __init__(self, store: Store, span: Span) -> None:
        self.left_out: list[Record] = []
        self.ties: dict[Held, list[str]] = {state: [] for state in Held}
        """Ids of the ties that are shown, by whether they held."""
        self._changed: list[tuple[Said, Said]] = []
        self._standing: set[Triple] = set()
        gone: list[Said] = []
        pointing: list[Record] = []
        meant = left_out = 0
        for record in scan.records(store):
            after, state = as_of(record, span, store.day), None
            is_tie = isinstance(record, Tie)
            before = record, standing(record, store.day)
            if isinstance(record, Tie):
                state = held(record, span, store.day)
            if after is None:
                self.left_out.append(record)
                gone.append(before)
                left_out += is_tie
                continue
            if state is not None:
                self.ties[state].append(record.id)
                meant += getattr(record, "status", None) in UNDER_WAY
            if (after, state) != before:
                self._changed.append((before, (after, state)))
            elif any(prop.takes_anything for prop in record.schema.own):
                pointing.append(record)
            else:
                self._standing.update(shortcuts(record, state))
        numbers = {state: len(ties) for state, ties in self.ties.items()}
        over = numbers[Held.NO] - meant
        self.counts = Counts(numbers[Held.YES], numbers[Held.UNKNOWN], meant, over, left_out)
        gone += [(record, None) for record in self._leave_out(pointing)]
        lost = {triple for said in (*gone, *(one for one, _ in self._changed)) for triple in shortcuts(*said)}
        gained = {triple for _, said in self._changed for triple in shortcuts(*said)}
        self._lost, self._gained = lost - gained - self._standing, gained - lost

    def _leave_out(self, pointing: Sequence[Record]) -> list[Record]:
        """Leave out what speaks of a record that is left out: a judgement on it, a figure of it. Returns it."""
        before = len(self.left_out)
        gone = {record.id for record in self.left_out}
        while found := [record for record in pointing if not gone.isdisjoint(_about(record))]:
            self.left_out += found
            gone |= {record.id for record in found}
            pointing = [record for record in pointing if record.id not in gone]
        self._standing.update(triple for record in pointing for triple in shortcuts(record, None))
        return self.left_out[before:]

    def gone(self, database: ox.Store) -> Iterator[ox.Quad]:
        """What the merged view loses."""
        for record in self.left_out:
            yield from database.quads_for_pattern(ox.NamedNode(BASE + record.id), None, None, DEFAULT)
        for before, after in self._changed:
            yield from _only_in(_told(*before), _told(*after), before[0].id)
        yield from map(shortcut_quad, self._lost)

    def new(self) -> Iterator[ox.Quad]:
        """What the merged view gains."""
        for before, after in self._changed:
            yield from _only_in(_told(*after), _told(*before), before[0].id)
        yield from map(shortcut_quad, self._gained)


def _told(record: Record, state: Held | None) -> set[str]:
    """What the merged view says of a record, as predicates and objects, that may change."""
    return {*triples.predicate_objects(record)[0], *STANDING.get(state, ())}


def _about(record: Record) -> set[str | None]:
    return {getattr(record, prop.name) for prop in record.schema.own if prop.takes_anything}


def _only_in(one: set[str], other: set[str], record_id: str) -> Iterator[ox.Quad]:
    """What is said of a record in the first set and not in the second."""
    return ox.parse(triples.quads(record_id, one - other), ox.RdfFormat.N_QUADS)
