"""A text cut into pieces, each with all that it can mean: words of the vocabulary, names, dates, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from citydiplomacy.graph.language.calendars import GREGORIAN, SOLAR
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.language.text import ascii_digits
from citydiplomacy.graph.model.schema import by_folder
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.reader import Store

from .names import NameIndex, all_names, name_index
from .vocabulary import vocabulary
from .wordings import Reading, Vocabulary
from .words import Word, forms, tolerance, words

_NOT = "نمی"
"""Begins Persian verbs that deny."""
_BETWEEN = frozenset({"between", "from", "بین", "میان", "از"})
_LACK = (Reading("word", "lack"), Reading("word", "but-not"))
_DENYING = frozenset({*_LACK, Reading("word", "nobody")})
"""What turns a question into its opposite, and has questions of its own."""
_COUNTRY = Reading("word", "country")
_VERB = Reading("word", "signed")
_WHEN = Reading("word", "when")
_NEITHER = "نه"
_OVER = frozenset({"but", "and", "while", ","})
_UNSAID = frozenset({"disagreement", "match"})
"""Classes whose names are sentences about other things."""
_SHORTEST = 4
"""Letters of a word of which one may be amiss, if the word after it tells which it is."""
_DATE_WORDS = 5
"""Words of the longest date, as in `between May 2010 and 2015`."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, and what they can mean: nothing, if nobody knows."""

    words: tuple[Word, ...]
    readings: tuple[Reading, ...]
    meant: str = ""
    """What it was taken for, if it is spelt otherwise."""

    @property
    def said(self) -> str:
        """As it was typed."""
        return " ".join(word.said for word in self.words if word.key != ",") or self.words[0].said

    def of(self, kind: str) -> list[Reading]:
        """Its readings of a kind."""
        return [reading for reading in self.readings if reading.kind == kind]

    @property
    def empty(self) -> bool:
        """Whether it may be passed over: it carries nothing."""
        return bool(self.of("ignored"))

    @property
    def denies(self) -> bool:
        """Whether it turns what is asked into its opposite."""
        return any(reading.kind == "negation" or reading in _DENYING for reading in self.readings)

    def records(self, among: Sequence[str], names: NameIndex) -> list[str]:
        """The records of some classes (their folders) that it can name, the best known first."""
        found = [
            record_id
            for reading in self.of("record")
            for record_id in reading.value
            if record_id.partition("/")[0] in among
        ]
        return sorted(found, key=lambda record_id: (-names.ties.get(record_id, 0), record_id))


def pieces(store: Store, text: str) -> list[Piece]:
    """A text cut at each place into the longest piece that means something; a letter amiss is put right."""
    reader = _Reader(store, vocabulary(), name_index(store))
    found = reader.cut(words(text))
    spelt = reader.spelt(found)
    if spelt == found:
        return _by_neighbours(found)
    again = _by_neighbours(reader.cut([word for piece in spelt for word in piece.words]))
    told = {word.stem: piece.meant for piece in spelt if piece.meant for word in piece.words}
    return [
        replace(piece, meant=", ".join(told[word.stem] for word in piece.words if word.stem in told)) for piece in again
    ]


def _by_neighbours(listed: Sequence[Piece]) -> list[Piece]:
    """The same, with what stands round a piece telling which of its meanings it has."""
    made = list(listed)
    neither = sum(piece.words[0].key == _NEITHER and piece.denies for piece in made) > 1
    for place, piece in enumerate(made):
        after = next((each for each in made[place + 1 :] if not each.empty), None)
        readings: tuple[Reading, ...] = piece.readings
        if (
            after
            and any(record_id.startswith("country/") for reading in after.of("record") for record_id in reading.value)
            and _COUNTRY in readings
            and all(word.key == word.stem for word in piece.words)
        ):
            readings = (Reading("ignored", True),)  # in the country of China
        elif _VERB in readings and piece.of("concept"):
            if made[place + 1 : place + 2] and made[place + 1].of("date"):
                readings = tuple(piece.of("when"))  # signed between 2005 and 2010
            else:  # what Mashhad signed, when one was signed; signed agreements
                acts = (place and made[place - 1].of("record")) or any(_WHEN in each.readings for each in listed)
                readings = (_VERB,) if acts else tuple(piece.of("concept"))
        elif neither and piece.words[0].key == _NEITHER:
            readings = (Reading("negation", True),)  # «نه مشهد و نه تهران»
        elif _LACK[1] in readings and piece.words[-1].key == "in" and _turns(made[place + 1 : place + 2]):
            readings = _LACK[:1]  # Tabriz is not in, but Tehran is
        made[place] = replace(piece, readings=readings)
    return made


def _turns(after: Sequence[Piece]) -> bool:
    """Whether what was said is over here: by the end of the text, or a word that begins another thing."""
    return not after or after[0].words[0].key in _OVER


def named_otherwise(store: Store, unknown: Sequence[Piece], wanted: Sequence[str], *, missing: bool) -> Piece | None:
    """Words that nobody knows, read as a name in which a letter, or in a long one two, is amiss, or as some words of a
    name. Of several that are as near, the best known; None if there is none.

    wanted: the classes of what the question lacks (`missing`), or can be about. Others are looked among only by long
    words, and where names are few or well known; parts of names only for what is missing, or by two words.
    """
    names, ties = all_names(store), name_index(store).ties
    span = tuple(word for piece in unknown for word in piece.words)
    key = "".join(word.key for word in span)
    telling = {word.stem for piece in unknown if not piece.empty for word in piece.words}
    long = len(key) > 5
    in_part = _LONG & {*(wanted if missing else ()), *(_LONG if len(telling) > 1 else ())}
    near: dict[str, int] = {}
    if allowed := tolerance(key):
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        alike = [
            name
            for name in names.by_letter.get(key[0], ())
            if (folder := name.id.partition("/")[0]) in wanted
            or (long and (folder in _FEW or ties.get(name.id, 0) >= _WELL_KNOWN))
        ]
        keys = [name.key for name in alike]
        for _, distance, place in process.extract_iter(key, keys, scorer=OSA.distance, score_cutoff=allowed):
            near[alike[place].id] = min(distance, near.get(alike[place].id, distance))
    if in_part and sum(len(word) > (3 if word.isascii() else 2) for word in telling) >= min(len(telling), 2):
        for record_id in frozenset.intersection(*(names.by_word.get(word, frozenset()) for word in telling)):
            if record_id.partition("/")[0] in in_part:
                near.setdefault(record_id, allowed + 1)
    if not near:
        return None
    best = min(near, key=lambda record_id: (near[record_id], -ties.get(record_id, 0), record_id))
    return Piece(span, (Reading("record", (best,)),), best)


_FEW = frozenset({"country", "organization"})
"""Classes of which a slip is looked among also where nothing is missing."""
_WELL_KNOWN = 5
"""Ties from which on a record is."""
_LONG = frozenset({"organization", "need"})
"""Classes whose names are long: a few words of one tell it."""


class _Reader:
    """Who cuts texts."""

    def __init__(self, store: Store, known: Vocabulary, names: NameIndex) -> None:
        self._store, self._vocabulary, self._names = store, known, names

    def cut(self, listed: Sequence[Word]) -> list[Piece]:
        found = []
        place = 0
        while place < len(listed):
            longest = min(max(self._vocabulary.longest, self._names.longest), len(listed) - place)
            for length in range(longest, 0, -1):
                span = tuple(listed[place : place + length])
                if span[-1].key == "," and length > 1:
                    continue
                readings = self._readings(span)
                if readings or length == 1:
                    break
            found.append(Piece(span, readings))
            place += length
        return found

    def _readings(self, span: tuple[Word, ...]) -> tuple[Reading, ...]:
        known = self._vocabulary.of(span)
        if not known and len(span) == 1 and span[0].key.startswith(_NOT):
            return (Reading("negation", True),)
        if any(reading.kind not in ("concept", "record") for reading in known):
            return known
        if date := _date(span):
            return (Reading("date", date),)
        if len(span) == 1 and span[0].key.isdecimal():
            return (Reading("number", int(span[0].key)),)
        ids = self._ids(span)
        return (*known, Reading("record", ids)) if ids else known

    def _ids(self, span: tuple[Word, ...]) -> tuple[str, ...]:
        key = "".join(word.key for word in span if word.key != ",")
        if len(span) > 1 and any(reading.kind == "record" for reading in self._vocabulary.of(span[:1])):
            return ()  # German towns are not Germantown
        if ids := self._names.keys.get(key):
            return _said(ids)
        if len(span) == 1 and by_folder(span[0].said) and self._store.has(span[0].said):
            return (span[0].said,)
        return next(filter(None, (_said(self._names.by_stem(form)) for form in forms(span))), ())

    def spelt(self, listed: Sequence[Piece]) -> list[Piece]:
        """The same, with each word that nobody knows put right, alone or as part of a phrase that begins with it."""
        made: list[Piece] = []
        rest = list(listed)
        while rest:
            piece, *rest = rest
            right = self._spelt_alone(piece)
            if rest and not right.readings and not right.meant:
                right, after = self._spelt_before(right, rest[0])
                rest[:1] = [after] if after.words else []
            made.append(right)
        return made

    def _spelt_before(self, piece: Piece, after: Piece) -> tuple[Piece, Piece]:
        """A word that is too short to be put right alone, by the word after it, which is taken from what comes next:
        both are a phrase that is known but for one letter, as in `sistr cities`. The first in the vocabulary's order.
        """
        from rapidfuzz.distance import OSA

        word, (last, *others) = piece.words[0], after.words
        for phrase, readings in self._vocabulary.readings.items():
            begins = phrase.removesuffix(last.stem)
            if (
                len(begins) >= _SHORTEST
                and begins != phrase
                and begins[0] == word.stem[0]
                and OSA.distance(begins, word.stem, score_cutoff=1) <= 1
                and any(reading.kind in ("word", "concept") for reading in readings)
            ):
                both = Word(f"{word.said} {last.said}", phrase, phrase)
                return Piece((both,), (), f"{begins} {last.said}"), replace(after, words=tuple(others))
        return piece, after

    def _spelt_alone(self, piece: Piece) -> Piece:
        """A word that nobody knows as the one word of the vocabulary from which a letter or two is amiss; one of
        the two has six letters or more.
        """
        word = piece.words[0]
        allowed = 0 if len(word.stem) < 5 else tolerance(word.stem)
        if piece.readings or not allowed:
            return piece
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = process.extract(word.stem, self._vocabulary.known, scorer=OSA.distance, score_cutoff=allowed, limit=2)
        near = [
            each
            for each in near
            if each[0][0] == word.stem[0]
            and max(len(each[0]), len(word.stem)) > 5
            and not _another_word(word.stem, each[0])
        ]
        if not near or (len(near) > 1 and near[0][1] == near[1][1]):
            return piece
        right = near[0][0]
        return replace(piece, words=(Word(word.said, right, right),), meant=right)


def _said(ids: Iterable[str]) -> tuple[str, ...]:
    """Those of records whose name is no sentence."""
    return tuple(each for each in ids if each.partition("/")[0] not in _UNSAID)


def _another_word(one: str, other: str) -> bool:
    """Whether one is the other with an ending: in Persian that is no slip, «شهردار» is not «شهرداری»."""
    return not one.isascii() and (one.startswith(other) or other.startswith(one))


def _date(span: Sequence[Word]) -> Date | None:
    """The date that some words are; Solar Hijri if in Persian, or if of a year that only that calendar can mean."""
    digits = [word for word in span if any(letter.isdecimal() for letter in word.said)]
    if len(span) > _DATE_WORDS or not digits or not any(len(word.key) >= 4 for word in digits):
        return None
    first = span[0]
    if first not in digits and not (first.key in _BETWEEN and len(digits) > 1):
        before = (vocabulary().of(span[:length]) for length in range(1, len(span)))
        if any(reading.kind != "ignored" for readings in before for reading in readings):
            return None  # what stands before a date is read for itself
    text = " ".join(word.said for word in span)
    plain = ascii_digits(text)
    year = next((int(word.key[:4]) for word in digits if len(word.key) >= 4 and word.key[:4].isdecimal()), 0)
    calendar = SOLAR if plain != text or not text.isascii() or 1250 <= year < 1500 else GREGORIAN
    try:
        return parse_date(text, calendar=calendar)
    except ValueError:
        return None
