"""How likely two descriptions mean one city: a sum of weights, each with its reason.

The model is that of Fellegi and Sunter (A Theory for Record Linkage, Journal of the American Statistical Association
64, 1969): each feature falls into a level, and the weight of a level is log2(m / u), where m is its share among pairs
that mean one city and u its share among pairs that do not. The sum starts from the prior odds of a pair. A name that
several places of a country have weighs less (Winkler's adjustment by frequency, 1989). docs/resolution.md tells how the
weights were found and how well they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import log2
from typing import NamedTuple

from .place_names import OTHER_WORDS, SMALL_WORDS, PlaceName
from .profiles import CityProfile, authorities, distance

PRIOR = -12.0
"""log2 of the odds that two places drawn from a list of some thousands are one."""
SURE = 4.0
"""From here on a match is made without asking."""
WAITING = -1.0
"""From here on a pair waits for a person."""
ONE_PLACE = 40.0
"""Kilometres within which two places of one name count as one when its frequency is counted."""
NO_CITY = -12.0
"""One name has a word for a province, a union, a park that the other has not."""


class Level(Enum):
    """Levels of agreement: weight, English, Persian."""

    NAME_SAME = 12.0, "same name", "نام یکسان"
    NAME_BARE = 11.5, "same name but for a word for city", "نام یکسان، جز واژه‌ای برای شهر"
    NAME_WORDS = 11.0, "same words in the name", "واژه‌های یکسان در نام"
    NAME_SPELLING = 8.0, "names spelled alike", "نگارش نزدیک دو نام"
    NAME_SCRIPTS = 8.5, "same consonants in two scripts", "همخوان‌های یکسان در دو خط"
    ALIASES = -2.0, "neither calls itself so first", "نام نخست هیچ‌یک نیست"
    NAME_PART = 2.0, "one name is part of the other", "یک نام بخشی از دیگری است"
    NAME_LIKE = 3.0, "names somewhat alike", "شباهت اندک دو نام"
    NAME_OTHER = -4.0, "different names", "نام‌های ناهمسان"
    COUNTRY_SAME = 4.0, "same country", "کشور یکسان"
    COUNTRY_OTHER = -6.0, "different countries", "کشورهای ناهمسان"
    KM_1 = 8.0, "{} km apart", "{} کیلومتر فاصله"
    KM_5 = 6.0, "{} km apart", "{} کیلومتر فاصله"
    KM_15 = 2.5, "{} km apart", "{} کیلومتر فاصله"
    KM_40 = -2.0, "{} km apart", "{} کیلومتر فاصله"
    KM_100 = -7.0, "{} km apart", "{} کیلومتر فاصله"
    FAR = -12.0, "{} km apart", "{} کیلومتر فاصله"
    NOWHERE = -2.0, "country and place of neither are known", "کشور و جای هیچ‌یک دانسته نیست"
    PEOPLE_SAME = 1.5, "populations alike", "جمعیت نزدیک"
    PEOPLE_OTHER = -3.0, "populations differ more than tenfold", "تفاوت بیش از ده‌برابری جمعیت"
    TERRITORY = NO_CITY, "one is a province, a union of towns or a body", "یکی استان، اتحادیهٔ شهرها یا نهاد است"
    COMMON = 0.0, "{} places of this name in the country", "{} جای هم‌نام در کشور"

    @property
    def weight(self) -> float:
        return self.value[0]


_BANDS = ((1.0, Level.KM_1), (5.0, Level.KM_5), (15.0, Level.KM_15), (40.0, Level.KM_40), (100.0, Level.KM_100))


class Reason(NamedTuple):
    """A feature's level, its weight in this pair, and the value that it was told from."""

    level: Level
    weight: float
    value: str = ""

    def text(self, lang: str) -> str:
        """The reason in English or Persian."""
        _, english, persian = self.level.value
        return english.format(self.value) if lang == "en" else persian.format(self.value.replace(".", "٫"))


@dataclass(frozen=True)
class Score:
    """The sum of the reasons' weights and the prior, in bits."""

    weight: float
    reasons: tuple[Reason, ...]


def score(
    one: CityProfile, other: CityProfile, places: Mapping[tuple[str | None, str], int] | None = None
) -> Score | None:
    """Compare two cities; None for two that bear different numbers of one authority, which never are one.

    places: how many places of a country (its id) have a name (its key), if counted.
    """
    if _numbers_differ(one, other):
        return None
    reasons = list(_names(one, other, places or {}))
    if one.country and other.country:
        level = Level.COUNTRY_SAME if one.country == other.country else Level.COUNTRY_OTHER
        reasons.append(Reason(level, level.weight))
    if not (one.country or one.place or other.country or other.place):
        reasons.append(Reason(Level.NOWHERE, Level.NOWHERE.weight))
    if one.place and other.place:
        apart = distance(one.place, other.place)
        level = next((band for limit, band in _BANDS if apart < limit), Level.FAR)
        reasons.append(Reason(level, level.weight, f"{apart:.1f}"))
    if one.population and other.population:
        ratio = max(one.population, other.population) / min(one.population, other.population)
        if ratio < 1.5 or ratio > 10:
            level = Level.PEOPLE_SAME if ratio < 1.5 else Level.PEOPLE_OTHER
            reasons.append(Reason(level, level.weight))
    return Score(PRIOR + sum(reason.weight for reason in reasons), tuple(reasons))


def frequencies(cities: Iterable[CityProfile]) -> dict[tuple[str | None, str], int]:
    """How many places of a country have a name, as far as these cities tell: two places lie more than 40 km apart."""
    places: dict[tuple[str | None, str], list[tuple[float, float]]] = {}
    for city in cities:
        for name in city.spelled:
            found = places.setdefault((city.country, name.key), [])
            if city.place and all(distance(city.place, other) > ONE_PLACE for other in found):
                found.append(city.place)
    return {key: len(found) for key, found in places.items() if len(found) > 1}


def _numbers_differ(one: CityProfile, other: CityProfile) -> bool:
    if not one.addresses or not other.addresses:
        return False
    theirs = authorities(other.addresses)
    return any(
        host in theirs and numbers.isdisjoint(theirs[host]) for host, numbers in authorities(one.addresses).items()
    )


def _names(one: CityProfile, other: CityProfile, places: Mapping[tuple[str | None, str], int]) -> list[Reason]:
    """The best agreement of any two names, and what it weighs less for being common."""
    level, key, territory = max(
        (compare(a, b) for a in one.spelled for b in other.spelled),
        key=lambda found: (found[0].weight + NO_CITY * found[2], found[1]),
        default=(Level.NAME_OTHER, "", False),
    )
    reasons = [Reason(level, level.weight)]
    if level is Level.NAME_SAME and key not in one.labelled | other.labelled:
        reasons.append(Reason(Level.ALIASES, Level.ALIASES.weight))
    if territory:
        reasons.append(Reason(Level.TERRITORY, NO_CITY))
    number = places.get((one.country, key), 1)
    if number > 1 and level.weight > 0:
        reasons.append(Reason(Level.COMMON, -log2(number), str(number)))
    return reasons


@lru_cache(maxsize=1 << 18)
def compare(one: PlaceName, other: PlaceName) -> tuple[Level, str, bool]:
    """How far two names agree, by which key their frequency is counted, and whether one of them names no city."""
    from rapidfuzz.distance import JaroWinkler

    if one.key == other.key:
        return (Level.NAME_SAME if one.whole == other.whole else Level.NAME_BARE), one.key, False
    territory = not (one.words ^ other.words).isdisjoint(OTHER_WORDS)
    if _telling(one) == _telling(other):
        return Level.NAME_WORDS, one.key, territory
    if one.script != other.script:
        same = len(one.skeleton) > 1 and one.skeleton == other.skeleton
        return (Level.NAME_SCRIPTS if same else Level.NAME_OTHER), one.key, territory
    if _spelled_alike(one, other):
        return Level.NAME_SPELLING, one.key, territory
    if one.words < other.words or other.words < one.words:
        return Level.NAME_PART, min(one.key, other.key, key=len), territory
    like = JaroWinkler.similarity(one.latin, other.latin) >= 0.8
    return (Level.NAME_LIKE if like else Level.NAME_OTHER), one.key, territory


def _telling(name: PlaceName) -> list[str]:
    return sorted(word for word in name.latin.split() if word not in SMALL_WORDS)


def _spelled_alike(one: PlaceName, other: PlaceName) -> bool:
    """Whether two names are one but for its spelling: as a whole, and word by word where they have as many."""
    from rapidfuzz.distance import Levenshtein

    alike = Levenshtein.normalized_similarity(one.latin, other.latin)
    if alike < (0.7 if one.skeleton == other.skeleton else 0.85):
        return False
    words, others = one.latin.split(), other.latin.split()
    if len(words) != len(others):
        return not any(word.isdigit() for word in (*words, *others))
    return all(Levenshtein.normalized_similarity(a, b) >= 0.72 for a, b in zip(words, others, strict=True))
