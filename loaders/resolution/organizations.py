"""Which body is it: organisations that are not known by id, by their names in all languages, short and former ones too.

A name that one known body alone bears is that body: as it is written, by its words in any order, or but for words such
as network and the names of other bodies (UNESCO, of UNESCO Creative Cities Network). What several could be, or one of
which only a part is named, waits for a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.model.records import Match, Organization
from citydiplomacy.graph.model.schema import Record

from ..names.body_names import GENERIC, REACH, SHORT, BodyName, body_name
from .decisions import SAME, UNSURE
from .match_records import name_match

TOLD = 2
"""A part of a name tells of a body only if it has as many words that say more than how far it reaches."""

LONG, LETTERS = 7, 10
"""Letters from which on a name can be misspelt, and of how many one may be wrong, missing, too many or out of place."""

_VOWELS = str.maketrans("", "", "اوی")

AMBIGUOUS = 1.0
"""The weight of each of several that could be meant."""


@dataclass(frozen=True)
class _How:
    """A way in which a name is found: its weight, and in words."""

    weight: float
    english: str
    persian: str


_NAME = _How(12.0, "the same name or short name", "نام یا کوته‌نوشت یکسان")
_WORDS = _How(11.0, "the same words in the name", "واژه‌های یکسان در نام")
_TELLING = _How(9.0, "the same name but for words such as network", "نام یکسان، جز واژه‌هایی چون شبکه")
_WITHIN = _How(7.0, "the same name but for the body that it belongs to", "نام یکسان، جز نهادی که از آن است")
_SPELLED = _How(3.0, "the name spelled alike", "نگارش نزدیک نام")
_SHORT = _How(3.0, "the same name with initials for words", "نام یکسان، با حروف نخست به جای واژه‌ها")
_PART = _How(2.0, "one name is part of the other", "یک نام بخشی از دیگری است")


def matched(
    known: Iterable[Record], names: Collection[str], records: Iterable[Record], sure: float
) -> Iterator[tuple[str, Match]]:
    """Organisations among records, but for those known by id (`names`), and the known ones that they are or may be.

    sure: the weight from which a match is made.
    """
    bodies = _Bodies(known)
    for record in records:
        if not isinstance(record, Organization) or record.id in names:
            continue
        how, found = bodies.find(record)
        if len(found) == 1 and how.weight >= sure:
            yield record.id, name_match(record.id, found[0], SAME, how.weight, (how.english, how.persian))
            continue
        words, weight = (how.english, how.persian), how.weight
        if len(found) > 1:
            number = len(found)
            words = (
                f"{how.english}; {counted(number, 'body', 'bodies')} could be meant",
                f"{how.persian}؛ {number} نهاد ممکن است",
            )
            weight = AMBIGUOUS
        for one in found:
            yield f"{record.id} {one}", name_match(record.id, one, UNSURE, weight, words)


class _Bodies:
    """Known bodies by their names."""

    def __init__(self, known: Iterable[Record]) -> None:
        self._by: dict[_How, dict[object, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, list[BodyName]] = defaultdict(list)
        self._owners: set[str] = set()
        self._short_of: dict[frozenset[str], set[str]] = defaultdict(set)
        self._acronyms: dict[str, frozenset[str]] = {}
        for record in known:
            if isinstance(record, Organization):
                self._acronyms[record.id] = body_name(record.acronym or "").words
                names = _names(record)
                short = set().union(*(name.words for name in names if len(name.words) == 1))
                for name in names:
                    self._know(record.id, name)
                    if len(name.words) > TOLD:
                        self._short_of[name.words] |= short

    def _know(self, one: str, name: BodyName) -> None:
        self._by[_NAME][name.key].add(one)
        if len(name.words) == 1:
            self._owners |= name.words
        self._by[_WORDS][name.words].add(one)
        self._by[_SHORT][name.initials].add(one)
        self._names[one].append(name)
        for word in name.telling:
            self._by_word[word].add(one)
        if len(name.naming) >= TOLD:
            self._by[_TELLING][name.telling].add(one)

    def find(self, record: Organization) -> tuple[_How, list[str]]:
        """The known bodies that a record may be, and how they were found: by the surest way that finds any."""
        names = _names(record)
        for how, key in ((_NAME, "key"), (_WORDS, "words"), (_TELLING, "telling")):
            found = {one for name in names for one in self._by[how].get(getattr(name, key), ())}
            if found:
                return how, sorted(found)
        parts = self._parts(names)
        owned = {one for one, rest in parts if rest <= self._owners | self._acronyms[one]}
        if owned:
            return _WITHIN, sorted(owned)
        if alike := {one for name in names for one in self._spelled_alike(name)}:
            return _SPELLED, sorted(alike)
        if short := {one for name in names for one in self._in_short(name)}:
            return _SHORT, sorted(short)
        return _PART, sorted({one for one, _ in parts})

    def _spelled_alike(self, name: BodyName) -> set[str]:
        """Bodies whose name is this one but for a letter in ten, in any order of words; it reaches as far."""
        return {
            one
            for one, known in self._names.items()
            for other in known
            if _reach_alike(name, other) and (_misspelt(name.key, other.key) or _misspelt(*map(_sorted, (name, other))))
        }

    def _in_short(self, name: BodyName) -> set[str]:
        """Bodies whose name is this one with initials for words in one of the two, or a short name for a body."""
        if len(name.written) == 1:
            return self._by[_SHORT].get(name.key, set()) if len(name.key) >= SHORT else set()
        variants = set(name.in_short(self._by_word))
        for long, short in self._short_of.items():
            if long < name.words:
                variants |= {name.words - long | {one} for one in short}
        return {
            one
            for words in variants
            for one in self._by[_WORDS].get(words, set()) or self._by[_TELLING].get(words - GENERIC, set())
            if len(words) > 1 or self._may_reach(one, name)
        }

    def _may_reach(self, one: str, name: BodyName) -> bool:
        """Whether a body's names that say how far it reaches, if any do, have one that reaches as a name does."""
        saying = [other for other in self._names[one] if other.telling & REACH]
        return not saying or any(_reach_alike(name, other) for other in saying)

    def _parts(self, names: Iterable[BodyName]) -> list[tuple[str, frozenset[str]]]:
        """Bodies of which a name holds another, each with the telling words that only one of them has."""
        found = []
        for name in names:
            if len(name.naming) < TOLD:
                said = name.naming or name.telling
                only = next(iter(said), "") if len(said) == 1 < len(name.words) else ""
                found += [(one, name.words - said) for one in sorted(self._by[_WORDS].get(frozenset((only,)), ()))]
                continue
            sharing = [self._by_word.get(word, set()) for word in name.telling]
            for one in sorted(set().union(*sharing)):
                for other in self._names[one]:
                    fewer, more = sorted((name, other), key=lambda each: len(each.telling))
                    if len(fewer.naming) >= TOLD and fewer.telling < more.telling:
                        found.append((one, more.telling - fewer.telling))
        return found


def _names(record: Organization) -> list[BodyName]:
    told = [name.value for name in (*record.labels, *record.aliases)] + ([record.acronym] if record.acronym else [])
    return [name for name in map(body_name, told) if name.key]


def _sorted(name: BodyName) -> str:
    return " ".join(sorted(name.written))


def _reach_alike(one: BodyName, other: BodyName) -> bool:
    """Whether two names do not say that they reach differently; a word that is misspelt says nothing."""
    first, second = one.telling & REACH, other.telling & REACH
    return first <= second or second <= first


def _misspelt(one: str, other: str) -> bool:
    """Whether two spellings differ by a letter, or by one in ten; two neighbours that changed places are one."""
    from rapidfuzz.distance import OSA

    longest = max(len(one), len(other))
    allowed = max(1, longest // LETTERS)
    if longest < LONG:
        return False
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed or _without_vowels(one) == _without_vowels(other)


def _without_vowels(name: str) -> str:
    """A name in Persian letters without those that foreign names are written with or without (متروپلیس, متروپولس)."""
    return name.translate(_VOWELS)
