"""Which ways to ask fit a text: each piece is used for a word of the wording, a value of a parameter, or to narrow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, permutations

from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.reader import Store

from ..library.parameters import CONCEPT
from ..library.question import Question
from . import narrowing
from .names import name_index
from .narrowing import Narrowing
from .pieces import Piece
from .vocabulary import DAY, NUMBER, Parameters, folders, parameters, question_of, shown, vocabulary
from .wordings import CENTRALITY, Wording

Values = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Fit:
    """A wording on a text: what each piece is used for."""

    wording: Wording
    place: int
    """Of the wording in the order of preference."""
    listed: Sequence[Piece]
    used: frozenset[int]
    values: Values
    others: Mapping[str, tuple[str, ...]]
    """Parameter -> records of the same name that were not taken."""
    missing: tuple[str, ...]
    order: float
    """The share of the pairs of the wording's parts that stand in its order."""
    narrowed: tuple[Narrowing, ...] = ()
    at: Date | None = None
    passed: int = 0
    """Phrases that only ask for what the answer shows anyhow."""
    forms: tuple[str, ...] = ()  # what the answer is wished as

    @property
    def left(self) -> list[Piece]:
        """What is not understood, or not taken up."""
        return [
            piece
            for place, piece in enumerate(self.listed)
            if place not in self.used and (piece.denies or not piece.empty)
        ]

    @property
    def rank(self) -> tuple[bool, bool, int, int, int, float, int]:
        """Of several fits the best is the least."""
        left = self.left
        return (
            bool(self.missing),
            any(piece.denies for piece in left),
            sum(len(piece.words) for piece in left),
            len(self.narrowed) + self.passed,
            -sum(not part.slot for part in self.wording.parts),
            -self.order,
            self.place,
        )


def fits(store: Store, listed: Sequence[Piece]) -> Iterator[Fit]:
    """All wordings that fit. What asks of everything, or of what is only named, fits if no word is left."""
    text = _Text(store, listed)
    for place, wording in enumerate(vocabulary().wordings):
        found = text.fit(place, wording)
        if (
            found
            and (found.values or wording.says_something)
            and (not found.left or (wording.says_something and (found.values or found.missing)))
        ):
            yield found


@dataclass
class _Slots:
    """Values of parameters as they are found, and where."""

    used: set[int]
    values: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)


class _Text:
    """A text that wordings are tried on."""

    def __init__(self, store: Store, listed: Sequence[Piece]) -> None:
        self._store, self._names, self._listed = store, name_index(store), listed
        self._meant: dict[str, list[int]] = defaultdict(list)
        for place, piece in enumerate(listed):
            for reading in piece.of("word"):
                self._meant[reading.value].append(place)

    def fit(self, place: int, wording: Wording) -> Fit | None:
        """How a wording fits; None if something of it is not there."""
        at: dict[int, int] = {}
        used: set[int] = set()
        for number, part in enumerate(wording.parts):
            if part.slot:
                continue
            places = [each for meaning in part.meanings for each in self._meant.get(meaning, ())]
            if not places:
                return None
            at[number] = min(places)
            used.update(places)
        wanted = parameters(wording.asked)
        slots = _Slots(used)
        self._fill(wording, wanted, at, slots)
        for number, part in enumerate(wording.parts):
            if part.slot:
                found = slots.places.get(part.slot) if part.slot in wanted else self._thing(part.slot)
                if found is not None:
                    at[number] = found
                elif part.slot not in wanted or not wanted[part.slot].required:
                    return None
        missing = tuple(name for name, each in wanted.items() if each.required and name not in slots.values)
        values = {name: slots.values[name] for name in wanted if name in slots.values}
        fit = Fit(wording, place, self._listed, frozenset(), values, slots.others, missing, _in_order(at))
        return None if wording.ordered and fit.order < 1 else self._narrowed(fit, slots.used)

    def _fill(self, wording: Wording, wanted: Parameters, at: Mapping[int, int], slots: _Slots) -> None:
        """Find values for the parameters of a wording: those of one type together, in the order that it says."""
        for type_ in dict.fromkeys(each.type for each in wanted.values()):
            own = [name for name, each in wanted.items() if each.type == type_]
            if among := folders(type_):
                open_ = [place for place in self._naming(among) if place not in slots.used]
                single = [name for name in own if not wanted[name].several]
                for name, place in self._ordered(wording, at, single, open_).items() if single else ():
                    slots.values[name], *others = self._record(among, place, slots)
                    if others:
                        slots.others[name] = tuple(others)
                    slots.places[name] = place
                    slots.used.add(place)
                for name in (name for name in own if wanted[name].several):
                    rest = [place for place in open_ if place not in slots.used][: wanted[name].several]
                    if rest:
                        slots.values[name] = tuple(self._record(among, place, slots)[0] for place in rest)
                        slots.used.update(rest)
            else:
                for name in own:
                    for place, value in self._literals(type_):
                        if place not in slots.used:
                            slots.values[name], slots.places[name] = value, place
                            slots.used.add(place)
                            break

    def _ordered(
        self, wording: Wording, at: Mapping[int, int], own: Sequence[str], places: Sequence[int]
    ) -> dict[str, int]:
        """Parameter -> the piece that names it: in the order that the wording says, else as they come."""
        slots = [number for number, part in enumerate(wording.parts) if part.slot in own]
        tries = permutations(places, min(len(own), len(places))) if slots else iter([tuple(places[: len(own)])])

        def order(tried: tuple[int, ...]) -> float:
            chosen = dict(zip(own, tried, strict=False))
            return _in_order({**at, **{n: chosen[s] for n in slots if (s := wording.parts[n].slot) in chosen}})

        best = max(tries, key=order, default=())
        return dict(zip(own, best, strict=False))

    def _naming(self, among: Sequence[str]) -> list[int]:
        return [place for place, piece in enumerate(self._listed) if piece.records(among, self._names)]

    def _record(self, among: Sequence[str], place: int, slots: _Slots) -> list[str]:
        """The records that a piece can name, the best known first; those of a country that is told right after it, with
        a comma or since there are several of the name.
        """
        ids = self._listed[place].records(among, self._names)
        for after in range(place + 1, min(place + 3, len(self._listed))):
            countries = self._listed[after].records(("country",), self._names)
            comma = self._listed[after - 1].words[-1].key == ","
            inside = [each for each in ids if self._store.country(each) in countries]
            if inside and after not in slots.used and (comma or len(ids) > 1):
                slots.used.add(after)
                return inside
            if not self._listed[after].empty:
                break
        return ids

    def _literals(self, type_: str) -> Iterator[tuple[int, str]]:
        """(Place, value) of what a parameter that is no record can be."""
        for place, piece in enumerate(self._listed):
            for reading in piece.readings:
                if type_.startswith(CONCEPT) and reading.kind == "concept":
                    scheme, _, name = reading.value.partition("/")
                    if scheme == type_.removeprefix(CONCEPT):
                        yield place, name if scheme == CENTRALITY else reading.value
                elif type_ == NUMBER and reading.kind == "number":
                    yield place, str(reading.value)
                elif type_ == DAY and reading.kind == "date" and (day := _day(reading.value)):
                    yield place, day

    def _thing(self, slot: str) -> int | None:
        """Where a concept of a scheme, or a record of a class, is named."""
        for place, piece in enumerate(self._listed):
            if any(reading.value.startswith(f"{slot}/") for reading in piece.of("concept")):
                return place
            if piece.records((slot,), self._names):
                return place
        return None

    def _narrowed(self, fit: Fit, used: set[int]) -> Fit:
        """The same with the pieces that are still open put to use: to narrow the answer, or ask for a column of it."""
        question = question_of(fit.wording.asked)
        narrowed: dict[Narrowing, None] = {}
        when: Date | None = None
        passed = 0
        columns = shown(fit.wording.asked)
        for place, piece in enumerate(self._listed):
            if place in used:
                continue
            if any(record_id in fit.values.values() for reading in piece.of("record") for record_id in reading.value):
                used.add(place)  # said twice; and no city is its own partner
            elif dates := piece.of("date"):
                date: Date = dates[0].value
                by = self._time(place)
                found = narrowing.to_time(question, by, date.edtf) if question and by in narrowing.TIMES else None
                if found:
                    narrowed[found] = None
                elif by in narrowing.TIMES or when is not None:
                    continue
                else:
                    when = date
                used.add(place)
                if place and self._listed[place - 1].of("when"):
                    used.add(place - 1)
                used.update(self._meant.get("signed", ()))
            elif (
                question
                and (found := self._narrowing(question, piece))
                and all(found.by != each.by or found.by in narrowing.RECORDS for each in narrowed)
            ):
                narrowed[found] = None  # a row is of one role, status or measure, not of two
                used.add(place)
            elif not piece.denies and any(reading.value in columns for reading in piece.of("word")):
                passed += 1
                used.add(place)
        for place in self._meant.get("only", ()):
            if narrowing.says_no_more(self._listed[place + 1 :], narrowed, fit.values):
                used.add(place)
        wished = (
            [place for place, piece in enumerate(self._listed) if piece.of("form")] if of_cities(fit.values) else []
        )
        used.update(wished)
        forms = tuple(dict.fromkeys(reading.value for place in wished for reading in self._listed[place].of("form")))
        return replace(fit, used=frozenset(used), narrowed=tuple(narrowed), at=when, passed=passed, forms=forms)

    def _narrowing(self, question: Question, piece: Piece) -> Narrowing | None:
        for reading in piece.of("concept"):
            if found := narrowing.to_concept(question, reading.value):
                return found
        for folder in narrowing.FOLDERS:
            for record_id in piece.records((folder,), self._names)[:1]:
                if found := narrowing.to_record(question, folder, record_id):
                    return found
        for reading in piece.of("word"):
            if reading.value == narrowing.STANDING:
                return narrowing.to_standing(question)
            if reading.value in narrowing.ORDERS:
                return narrowing.to_order(question, reading.value)
        return None

    def _time(self, place: int) -> str:
        """What stands before a date: `since`, `before`, `during`, or `at`."""
        said = self._listed[place - 1].of("when") if place else []
        by = str(said[0].value) if said else "at"
        return narrowing.DURING if by == "at" and "signed" in self._meant else by


def of_cities(values: Values) -> tuple[str, ...]:
    """The cities among the values of a question."""
    listed = (each for value in values.values() for each in ((value,) if isinstance(value, str) else value))
    return tuple(each for each in listed if each.startswith("city/"))


def _day(date: Date) -> str:
    """The day that a date is; empty for a longer time."""
    return date.earliest.isoformat() if date.earliest and date.earliest == date.latest else ""


def _in_order(at: Mapping[int, int]) -> float:
    """The share of pairs of places that rise."""
    pairs = list(combinations([at[number] for number in sorted(at)], 2))
    return sum(one < other for one, other in pairs) / len(pairs) if pairs else 1.0
