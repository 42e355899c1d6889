"""What an answer can be narrowed to beside the parameters of its question: a place, a partner, a concept, a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.properties import Kind
from citydiplomacy.graph.model.records import City, Country
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import CD

from ..library.question import Question
from ..library.questions import Answer
from .pieces import Piece

IN, WITH, STANDING = "in", "with", "standing"
OLDEST, NEWEST = "oldest", "newest"
ORDERS = (OLDEST, NEWEST)
SINCE, BEFORE, DURING = "since", "before", "during"
TIMES = (SINCE, BEFORE, DURING)
RECORDS = (IN, WITH)

_PLACED = frozenset({"country_name", "country", "partner", "actor", "agreement", "sender"})
"""Columns whose things lie in countries."""
_HOLDING = {
    "city": frozenset({"partner", "actor", "agreement", "tie"}),
    "organization": frozenset({"organization", "sender", "agreement", "partner", "actor", "tie"}),
    "country": frozenset({"country", "sender"}),
    "region": frozenset({"partner", "actor", "agreement"}),
    "need": frozenset({"need"}),
    "barrier": frozenset({"barrier"}),
    "source": frozenset({"source", "sources"}),
}
"""Class of what a row can be about -> columns in which it then stands, itself or as an end of the tie there."""
FOLDERS = tuple(_HOLDING)
"""The classes of records that answers can be narrowed to."""
_SORTED = {
    "role": frozenset({"role"}),
    "status": frozenset({"status", "status_name"}),
    "measure": frozenset({"measure"}),
    "axis": frozenset({"axis", "need"}),
    "barrier-category": frozenset({"category", "barrier"}),
    "dimension": frozenset({"dimension"}),
    "agreement-kind": frozenset({"agreement"}),
    "mission-kind": frozenset({"mission"}),
    "activity-kind": frozenset({"activity"}),
    "organization-kind": frozenset({"founded"}),
}
"""Scheme -> columns by which rows are told apart by its concepts."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Rows of an answer that are kept."""

    by: str
    """`in` a country or world region; `with` a record; `standing`; `since`, `before` or `during` a date, of a tie's
    beginning; `oldest` or `newest` first; or the scheme of a concept (`role`)."""
    value: str
    """An id, `yes`, or a date as EDTF."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The rows that are left."""

    answer: Answer
    undated: int
    """How many were left out since nobody tells when they began."""
    unplaced: int
    """How many stand last for that reason."""


def to_record(question: Question, folder: str, record_id: str) -> Narrowing | None:
    """How an answer is narrowed to what concerns a record; None if it cannot be."""
    columns = _columns(question)
    if _HOLDING.get(folder, frozenset()) & columns:
        return Narrowing(WITH, record_id)
    return Narrowing(IN, record_id) if folder == "country" and _PLACED & columns else None


def to_concept(question: Question, concept: str) -> Narrowing | None:
    """How an answer is narrowed to a concept; None if it cannot be."""
    scheme = concept.partition("/")[0]
    if scheme == "world-region":
        return Narrowing(IN, concept) if _PLACED & _columns(question) else None
    return Narrowing(scheme, concept) if _SORTED.get(scheme, frozenset()) & _columns(question) else None


def to_standing(question: Question) -> Narrowing | None:
    """How an answer is narrowed to ties that stand; None if it tells of none."""
    return Narrowing(STANDING, "yes") if {"stands", "agreement", "tie"} & _columns(question) else None


def to_time(question: Question, by: str, date: str) -> Narrowing | None:
    """How an answer is narrowed by when ties began; None if it does not tell."""
    return Narrowing(by, date) if "start" in _columns(question) else None


def to_order(question: Question, by: str) -> Narrowing | None:
    """How an answer is put in the order in which ties began; None if it does not tell when."""
    return Narrowing(by, "yes") if "start" in _columns(question) else None


def says_no_more(
    after: Sequence[Piece], narrowed: Collection[Narrowing], values: Mapping[str, str | tuple[str, ...]]
) -> bool:
    """Whether `only` says no more than an answer tells anyhow: what comes next after it is what the answer is of."""
    for piece in after:
        things = [reading for reading in piece.readings if reading.kind in ("concept", "record")]
        if things and not piece.of("word"):
            kinds = {thing.value for thing in things if thing.kind == "concept"}
            named = {each for thing in things if thing.kind == "record" for each in thing.value}
            of_kind = not kinds.isdisjoint(value for value in values.values() if isinstance(value, str))
            return of_kind or any(each.value in kinds | named for each in narrowed)
    return False


def narrow(store: Store, answer: Answer, narrowings: Iterable[Narrowing], own: Collection[str]) -> Narrowed:
    """The rows of an answer that are of all that is asked for, by what the merged view says of what they name, in the
    order asked for.

    own: the records that the question was asked of, which each row is about.
    """
    rows, undated, unplaced = answer.rows, 0, 0
    start = next((place for place, column in enumerate(answer.columns) if column.name == "start"), 0)
    for each in narrowings:
        if each.by in TIMES:
            dated = [row for row in rows if row[start] and _began(str(row[start]), each)]
            undated += sum(not row[start] for row in rows)
            rows = dated
        elif each.by in ORDERS:
            dated = [row for row in rows if row[start]]
            dated.sort(key=lambda row: _beginning(str(row[start])), reverse=each.by == NEWEST)
            last = [row for row in rows if not row[start]]
            rows, unplaced = [*dated, *last], len(last)
        else:
            rows = [row for row in rows if _is_of(store, answer, row, each, own)]
    return Narrowed(Answer(answer.question, rows), undated, unplaced)


def _is_of(store: Store, answer: Answer, row: tuple[Any, ...], wanted: Narrowing, own: Collection[str]) -> bool:
    ids = [
        id_
        for cell, column in zip(row, answer.columns, strict=True)
        if column.type in ("id", "ids")
        for id_ in ((cell,) if isinstance(cell, str) else cell or ())
    ]
    if wanted.by == STANDING:
        ties = [id_ for id_ in ids if _standing(store, id_) is not None]
        return bool(ties) and all(_standing(store, tie) for tie in ties)
    named = {id_ for id_ in ids if id_ not in own}
    alike = {id_ for id_ in named if id_.partition("/")[0] == wanted.value.partition("/")[0]}
    if wanted.by == WITH and alike:  # a row that names a body is of that one, not of those that the body is part of
        return wanted.value in alike
    if wanted.by != IN:
        return wanted.value in named or any(wanted.value in _told(store, id_) - set(own) for id_ in named)
    actors = named | {end for id_ in named for end in _ends(store, id_) if end not in own}
    return any(wanted.value in _places(store, actor) for actor in actors)


def _told(store: Store, record_id: str) -> set[str]:
    """What a record refers to: other records, and concepts."""
    record = store.get(record_id) if "/" in record_id else None
    if record is None:
        return set()
    found: set[str] = set()
    for prop in record.schema.own:
        value = getattr(record, prop.name)
        if prop.kind in (Kind.CONCEPT, Kind.REFERENCE):
            found.update((value,) if isinstance(value, str) else value or ())
    return found


def _ends(store: Store, record_id: str) -> tuple[str, ...]:
    record = store.get(record_id) if "/" in record_id else None
    return record.schema.ends_of(record) if record is not None and record.schema.is_tie else ()


def _places(store: Store, record_id: str) -> set[str]:
    """The country that a city or country is in, or is, and the world regions around it."""
    record = store.get(record_id)
    country = store.get(record.country) if isinstance(record, City) and record.country else record
    if not isinstance(country, Country):
        return set()
    found, region = {country.id}, country.world_region
    regions: Mapping[str, Any] = schemes()["world-region"]
    while region:
        found.add(region)
        region = regions[region].broader
    return found


def _standing(store: Store, record_id: str) -> bool | None:
    if "/" not in record_id:
        return None
    for predicate, term in store.pairs(record_id):
        if predicate == CD.standing:
            return bool(term.value == "true")
    return None


def _beginning(start: str) -> tuple[dt.date, dt.date]:
    """The first and the last day on which something can have begun, of which one is known."""
    date = from_edtf(start)
    first, last = date.earliest or date.latest, date.latest or date.earliest
    return first or dt.date.min, last or dt.date.min


def _began(start: str, wanted: Narrowing) -> bool:
    """Whether a beginning can lie in the time asked for: after the first day of it, before it, or in it."""
    began, asked = from_edtf(start), from_edtf(wanted.value)
    first, last = began.earliest, began.latest
    match wanted.by:
        case "since":
            return last is None or asked.earliest is None or last >= asked.earliest
        case "before":
            return first is None or asked.earliest is None or first < asked.earliest
        case _:
            after = first is not None and asked.latest is not None and first > asked.latest
            earlier = last is not None and asked.earliest is not None and last < asked.earliest
            return not (after or earlier)


def _columns(question: Question) -> frozenset[str]:
    return frozenset(column.name for column in question.columns)
