"""How far two names of places agree: as a whole, in their parts, and in the kind of place that they name."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from .kind_words import MUNICIPALITY
from .place_names import HAN, NamePart, PlaceName


class AgreementLevel(Enum):
    """Levels of agreement: weight in bits, English, Persian."""

    @property
    def weight(self) -> float:
        return float(self.value[0])


class NameLikeness(AgreementLevel):
    """How far the names themselves agree."""

    SAME = 12.0, "same name", "نام یکسان"
    CROSSED = 12.0, "same two names, each in the other's brackets", "همان دو نام، هریک در کمانک دیگری"
    BARE = 11.5, "same name but for a word for its kind", "نام یکسان، جز واژه‌ای برای گونهٔ آن"
    WORDS = 11.5, "same words in the name", "واژه‌های یکسان در نام"
    LETTERS = 12.0, "same letters in two scripts", "حرف‌های یکسان در دو خط"
    SCRIPTS = 8.5, "same consonants in two scripts", "همخوان‌های یکسان در دو خط"
    SPELLING = 8.0, "names spelled alike", "نگارش نزدیک دو نام"
    CONSONANTS = 5.0, "same consonants", "همخوان‌های یکسان"
    BESIDE = (
        4.5,
        "same consonants in two scripts, other names in one differ",
        "همخوان‌های یکسان در دو خط، با نام‌های ناهمسان در یک خط",
    )
    LIKE = 3.0, "names somewhat alike", "شباهت اندک دو نام"
    PART = 1.0, "one name is part of the other", "یک نام بخشی از دیگری است"
    OTHER = -4.0, "different names", "نام‌های ناهمسان"


class Forms(AgreementLevel):
    """What only one of two names has: in brackets, behind a comma or a dash; or the kind of place that it says."""

    ADDED = -5.0, "one says more, in brackets or behind a comma", "یکی چیزی بیشتر می‌گوید، در کمانک یا پس از ویرگول"
    HALF = -3.0, "one has a second name behind a slash", "یکی پس از خط مایل نام دیگری هم دارد"
    DASHED = -9.0, "one names a part, behind a dash", "یکی پس از خط تیره بخشی را نام می‌برد"
    DIFFER = -16.0, "what stands in brackets or behind a comma differs", "آنچه در کمانک یا پس از ویرگول است فرق دارد"
    WITHIN = -12.0, "one lies in a place of the other's name", "یکی در جایی به نام دیگری است"
    MUNICIPALITY = -2.0, "one is called a municipality", "یکی شهرداری یا بخشداری نامیده شده است"
    TERRITORY = (
        -15.0,
        "one is a province, a district, a union of towns or a body",
        "یکی استان، شهرستان، اتحادیهٔ شهرها یا نهاد است",
    )


class Likeness(NamedTuple):
    """How two names agree. key: by which their frequency is counted."""

    level: NameLikeness
    forms: tuple[Forms, ...]
    key: str

    @property
    def weight(self) -> float:
        """The sum of the weights."""
        return self.level.weight + sum(form.weight for form in self.forms)


@lru_cache(maxsize=1 << 18)
def likeness(one: PlaceName, other: PlaceName) -> Likeness:
    """Compare two names.

    >>> from .place_names import place_name
    >>> likeness(place_name("Mitte (Berlin)"), place_name("Berlin - Mitte")).level.name
    'WORDS'
    >>> likeness(place_name("Mitte (Berlin)"), place_name("Mitte (Hamburg)")).forms[0].name
    'DIFFER'
    """
    level, form = _parts(one, other)
    kind = None
    if one.kinds != other.kinds:
        both = one.kinds & other.kinds
        of_city = one.kinds ^ other.kinds == {MUNICIPALITY} and all(kind.startswith("number") for kind in both)
        kind = Forms.MUNICIPALITY if of_city else Forms.TERRITORY
    key = min(one.key, other.key, key=len) if level is NameLikeness.PART else one.key
    return Likeness(level, tuple(found for found in (form, kind) if found), key)


def _parts(one: PlaceName, other: PlaceName) -> tuple[NameLikeness, Forms | None]:
    if one.telling == other.telling:
        if one.whole == other.whole or one.kinds != other.kinds:  # which is told by itself
            return NameLikeness.SAME, None
        if [part.key for part in one.rest] == [other.key] and [part.key for part in other.rest] == [one.key]:
            # `Mariehamn (Maarianhamina)`, `Maarianhamina (Mariehamn)`
            return NameLikeness.CROSSED, None
        return (NameLikeness.BARE if one.key == other.key else NameLikeness.WORDS), None
    level = compare(one.head, other.head)
    if level.weight >= NameLikeness.CONSONANTS.weight:
        if one.rest and other.rest:
            fewer, more = sorted((one.rest, other.rest), key=len)
            if not all(any(_alike(part, far) for far in more) for part in fewer):
                return level, Forms.DIFFER
            best = (max((compare(part, far) for far in more), key=_weight) for part in fewer)
            level = min(level, *best, key=_weight)  # `Dadri (Alpl)` and `Dadri (Acpl)` are only spelled alike
            return level, (Forms.ADDED if len(fewer) < len(more) else None)
        if one.rest or other.rest:
            return level, _more(one if one.rest else other)
        return level, None
    crossed = any(_alike(one.head, part) for part in other.rest), any(_alike(other.head, part) for part in one.rest)
    if all(crossed):
        return NameLikeness.SPELLING, None
    return level, (Forms.WITHIN if any(crossed) else None)


def _more(name: PlaceName) -> Forms:
    """What a name is that says more than another."""
    if name.dashed:
        return Forms.DASHED
    return Forms.HALF if name.halved else Forms.ADDED


@lru_cache(maxsize=1 << 18)
def compare(one: NamePart, other: NamePart) -> NameLikeness:
    """How far two parts of names agree."""
    from rapidfuzz.distance import JaroWinkler, Levenshtein

    if one.key == other.key:
        return NameLikeness.SAME
    if one.telling == other.telling:
        return NameLikeness.WORDS
    if one.script != other.script:
        same = len(one.skeleton) > 1 and one.skeleton == other.skeleton
        if len(one.latin) > 3 and one.latin == other.latin:
            # Chinese characters lose their tones: Ganzhou is 赣州 as well as 甘州.
            return NameLikeness.SCRIPTS if HAN in (one.script, other.script) else NameLikeness.LETTERS
        return NameLikeness.SCRIPTS if same else NameLikeness.OTHER
    if _spelled_alike(one, other):
        return NameLikeness.SPELLING
    if set(one.telling) < set(other.telling) or set(other.telling) < set(one.telling):
        return NameLikeness.PART
    alike = Levenshtein.normalized_similarity(one.latin, other.latin)
    if len(one.skeleton) > 2 and one.skeleton == other.skeleton and alike >= 0.5:
        return NameLikeness.CONSONANTS
    return NameLikeness.LIKE if JaroWinkler.similarity(one.latin, other.latin) >= 0.8 else NameLikeness.OTHER


def _weight(level: NameLikeness) -> float:
    return level.weight


def _alike(one: NamePart, other: NamePart) -> bool:
    return compare(one, other).weight >= NameLikeness.SPELLING.weight


def _spelled_alike(one: NamePart, other: NamePart) -> bool:
    """Whether two names are one but for its spelling: as a whole, and word by word where they have as many."""
    from rapidfuzz.distance import Levenshtein

    alike = Levenshtein.normalized_similarity(one.latin, other.latin)
    if alike < (0.7 if one.skeleton == other.skeleton else 0.85):
        return False
    words, others = one.latin.split(), other.latin.split()
    if len(words) != len(others):
        return not any(word.isdigit() for word in (*words, *others))
    return all(Levenshtein.normalized_similarity(a, b) >= 0.72 for a, b in zip(words, others, strict=True))
