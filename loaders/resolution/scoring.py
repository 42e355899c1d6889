"""How likely two descriptions mean one city: a sum of weights, each with its reason.

The model is that of Fellegi and Sunter (A Theory for Record Linkage, Journal of the American Statistical Association
64, 1969): each feature falls into a level, and the weight of a level is log2(m / u), where m is its share among pairs
that mean one city and u its share among pairs that do not. The sum starts from the prior odds of a pair. A name that
several places of a country have weighs less (Winkler's adjustment by frequency, 1989), and so does a partner that many
have (Adamic and Adar, Social Networks 25, 2003). docs/resolution.md tells how the weights were found and how well they
do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, log2
from typing import NamedTuple

from ..names.likeness import AgreementLevel, Forms, Likeness, NameLikeness, likeness
from ..names.place_names import PlaceName
from .background import Background, Place
from .profiles import ToldCity, authorities, distance

PRIOR = -12.0
"""log2 of the odds that two places drawn from a list of some thousands are one."""
SURE = 4.0
"""From here on a match is made without asking."""
WAITING = -2.0
"""From here on a pair waits for a person."""


class Level(AgreementLevel):
    """What else agrees or differs."""

    ALIASES = -2.0, "neither calls itself so first", "نام نخست هیچ‌یک نیست"
    BOTH_FORMS = -2.0, "one list has both", "یک فهرست هر دو را دارد"
    BOTH_KINDS = -4.5, "one list has the place and the municipality", "یک فهرست هم جا را دارد و هم شهرداری را"
    COUNTRY_SAME = 4.0, "same country", "کشور یکسان"
    COUNTRY_OTHER = -6.0, "different countries", "کشورهای ناهمسان"
    REGION_OTHER = -6.0, "different regions in one list", "استان‌های ناهمسان در یک فهرست"
    REGION_NEAR = 0.5, "others of its province lie near there", "دیگران استانش نزدیک آنجا هستند"
    REGION_EDGE = -1.0, "others of its province lie farther away", "دیگران استانش دورتر از آنجا هستند"
    REGION_FAR = -7.0, "others of its province lie elsewhere", "دیگران استانش جای دیگری هستند"
    REGION_OPEN = -1.0, "in which province the other lies is not known", "استان دیگری دانسته نیست"
    KM_1 = 8.0, "{} km apart", "{} کیلومتر فاصله"
    KM_5 = 6.0, "{} km apart", "{} کیلومتر فاصله"
    KM_15 = 2.5, "{} km apart", "{} کیلومتر فاصله"
    KM_15_IN_LIST = -4.5, "{} km apart in one list", "{} کیلومتر فاصله در یک فهرست"
    KM_40 = -2.0, "{} km apart", "{} کیلومتر فاصله"
    KM_100 = -7.0, "{} km apart", "{} کیلومتر فاصله"
    FAR = -12.0, "{} km apart", "{} کیلومتر فاصله"
    POINT_OF_NAME = 3.0, "at one point in one list, as their name is one", "در یک فهرست در یک نقطه، چون یک نام دارند"
    NEAR_IN_LIST = -0.5, "{} km apart, as a place and its surroundings are", "{} کیلومتر فاصله، چون یک جا و پیرامونش"
    POINT = 8.0, "at one point in one list, under two names", "در یک فهرست در یک نقطه، با دو نام"
    NOWHERE = -2.0, "country and place of neither are known", "کشور و جای هیچ‌یک دانسته نیست"
    PEOPLE_SAME = 1.5, "populations alike", "جمعیت نزدیک"
    PEOPLE_OTHER = -3.0, "populations differ more than tenfold", "تفاوت بیش از ده‌برابری جمعیت"
    PARTNERS = 4.5, "partners in common: {}", "شریک‌های مشترک: {}"
    NO_PARTNERS = -1.2, "no partner in common, though both have some", "بی شریک مشترک، هرچند هر دو شریک دارند"
    TAKEN = -10.0, "the one it surely is bears another number", "آن که بی‌گمان همان است شمارهٔ دیگری دارد"
    COMMON = 0.0, "{} places of this name in the country", "{} جای هم‌نام در کشور"


_BANDS = ((1.0, Level.KM_1), (5.0, Level.KM_5), (15.0, Level.KM_15), (40.0, Level.KM_40), (100.0, Level.KM_100))
_REGION, _FAR, _OTHERS = 50.0, 300.0, 3
"""Kilometres within which the next city of a state or province may always lie, and within which a third of them must;
how many others tell where it lies."""
_ONE_POINT = 0.05
"""Kilometres."""
_SHARED, _MOST_SHARED = 2, 0.6
"""Two cities that are not one seldom share as many partners and as large a part of those that the one with fewer has:
of 6,400 pairs of a country that share a partner, among the twin towns of 2016 and 2022, 43 do, and none of names that
are somewhat alike."""
_SEVERAL_WEIGH, _SEVERAL_MOST, _PARTNERS_MOST, _PARTNERS_OF_PARTS = 6.0, 10.0, 7.0, 2.5
"""What each of so many weighs; the most that they weigh together; the most of fewer; and of two whose names differ in
what they say, as a city and its municipality do, who often share theirs."""
_NO_PARTNERS_MOST = -4.0


class WeighedFeature(NamedTuple):
    """A feature's level, its weight in this pair, and the value that it was told from."""

    level: AgreementLevel
    weight: float
    value: str = ""

    def text(self, lang: str) -> str:
        """The reason in English or Persian."""
        _, english, persian = self.level.value
        return str(english.format(self.value) if lang == "en" else persian.format(self.value.replace(".", "٫")))


@dataclass(frozen=True)
class Score:
    """The sum of the reasons' weights and the prior, in bits."""

    weight: float
    reasons: tuple[WeighedFeature, ...]

    def of(self, level: AgreementLevel) -> float:
        """The weight of a level here, 0 where it was not found."""
        return sum(reason.weight for reason in self.reasons if reason.level is level)

    def but_taken(self) -> Score:
        """With the objection that one of the two was found to be another already, of another number.

        What would wait still waits, behind the others.
        """
        objection = WeighedFeature(Level.TAKEN, max(Level.TAKEN.weight, min(0.0, WAITING - self.weight)))
        return Score(self.weight + objection.weight, (*self.reasons, objection))


def score(one: ToldCity, other: ToldCity, seen: Background | None = None) -> Score | None:
    """Compare two cities; None for two that bear different numbers of one authority, which never are one.

    seen: what is known of all the others.
    """
    if _numbers_differ(one, other):
        return None
    seen = seen or Background()
    names = _best_names(one, other)
    reasons = [*_of_names(one, other, names, seen), *_of_places(one, other, names, seen)]
    reasons += _of_partners(one, other, names, seen)
    if one.population and other.population:
        ratio = max(one.population, other.population) / min(one.population, other.population)
        if ratio < 1.5 or ratio > 10:
            level = Level.PEOPLE_SAME if ratio < 1.5 else Level.PEOPLE_OTHER
            reasons.append(WeighedFeature(level, level.weight))
    return Score(PRIOR + sum(reason.weight for reason in reasons), tuple(reasons))


def _numbers_differ(one: ToldCity, other: ToldCity) -> bool:
    if not one.addresses or not other.addresses:
        return False
    theirs = authorities(other.addresses)
    return any(
        host in theirs and numbers.isdisjoint(theirs[host]) for host, numbers in authorities(one.addresses).items()
    )


def _best_names(one: ToldCity, other: ToldCity) -> Likeness:
    """The best agreement of any two names."""
    return max(
        (_agreement(a, b, one, other) for a in one.spelled for b in other.spelled),
        key=lambda found: (found.weight, found.key),
        default=Likeness(NameLikeness.OTHER, (), ""),
    )


def _agreement(name: PlaceName, far: PlaceName, one: ToldCity, other: ToldCity) -> Likeness:
    """How two names agree, beside all names of both."""
    found = likeness(name, far)
    if found.level in (NameLikeness.LETTERS, NameLikeness.SCRIPTS) and one.scripts & other.scripts:
        return found._replace(level=NameLikeness.BESIDE)  # in that script they differ, or their names there win
    if found.forms in ((Forms.ADDED,), (Forms.HALF,)) and not (name.rest and far.rest):
        said, heads = (name.rest, other.heads) if name.rest else (far.rest, one.heads)
        if all(part.key in heads for part in said):  # `Bolzano (Bozen)`, and the other is called either
            return found._replace(forms=())
    return found


def _of_names(one: ToldCity, other: ToldCity, names: Likeness, seen: Background) -> Iterator[WeighedFeature]:
    yield WeighedFeature(names.level, names.level.weight)
    if names.level is NameLikeness.SAME and names.key not in one.labelled | other.labelled:
        yield WeighedFeature(Level.ALIASES, Level.ALIASES.weight)
    for form in names.forms:
        yield WeighedFeature(form, form.weight)
    if names.forms and Forms.HALF not in names.forms and _in_one_list(one, other):
        both = Level.BOTH_KINDS if Forms.MUNICIPALITY in names.forms else Level.BOTH_FORMS
        yield WeighedFeature(both, both.weight)
    number = seen.names.get((one.country, names.key), 1)
    if number > 1 and names.level.weight > 0:
        yield WeighedFeature(Level.COMMON, -log2(number), str(number))


def _of_places(one: ToldCity, other: ToldCity, names: Likeness, seen: Background) -> Iterator[WeighedFeature]:
    if one.country and other.country:
        country = Level.COUNTRY_SAME if one.country == other.country else Level.COUNTRY_OTHER
        yield WeighedFeature(country, country.weight)
    if one.region and other.region and one.region != other.region and _in_one_list(one, other):
        yield WeighedFeature(Level.REGION_OTHER, Level.REGION_OTHER.weight)
    if not (one.country or one.place or other.country or other.place):
        yield WeighedFeature(Level.NOWHERE, Level.NOWHERE.weight)
    if not (one.place and other.place):
        yield from _of_region(one, other, seen)
        return
    apart = distance(one.place, other.place)
    level = next((band for limit, band in _BANDS if apart < limit), Level.FAR)
    weight = level.weight
    if _in_one_list(one, other):
        # Many lists have their places from a service that was asked by name.
        if apart < _ONE_POINT and (names.forms or names.level.weight >= NameLikeness.WORDS.weight):
            level, weight = Level.POINT_OF_NAME, Level.POINT_OF_NAME.weight
        elif apart < _ONE_POINT:
            crowd = seen.points.get(one.place, 2)
            level, weight = Level.POINT, max(0.0, Level.POINT.weight - 2 * log2(max(1, crowd - 1)))
        elif names.level in (NameLikeness.WORDS, NameLikeness.CROSSED) and not names.forms:
            pass  # one name in two forms: the list did not mean two
        elif level is Level.KM_5 or (level is Level.KM_1 and names.forms):
            level, weight = Level.NEAR_IN_LIST, Level.NEAR_IN_LIST.weight
        elif level is Level.KM_15:
            level, weight = Level.KM_15_IN_LIST, Level.KM_15_IN_LIST.weight
    yield WeighedFeature(level, weight, f"{apart:.1f}")


def _of_region(one: ToldCity, other: ToldCity, seen: Background) -> Iterator[WeighedFeature]:
    """Where a list tells the state or province alone: whether the known one lies where others of that lie."""
    if seen.regions is None:
        return
    for row, known in ((one, other), (other, one)):
        if row.region and not row.place and known.known and known.place:
            found = seen.regions.get(row.region, {})
            level = _within(known.place, [place for id_, place in found.items() if id_ not in known.ids])
            yield WeighedFeature(level, level.weight)


def _within(place: Place, others: Sequence[Place]) -> Level:
    """How far a place lies from the nearest of others, beside how far these lie from each other."""
    away = min((distance(place, other) for other in others), default=inf)
    if len(others) < _OTHERS:
        return Level.REGION_NEAR if away <= _REGION else Level.REGION_OPEN
    if sum(distance(place, other) < _FAR for other in others) < len(others) / 3:
        return Level.REGION_FAR  # some of the others may be namesakes too
    nearest = sorted(min(distance(one, far) for far in others if far is not one) for one in others)
    usual = max(_REGION, 2 * nearest[len(nearest) * 3 // 4])
    if away <= usual:
        return Level.REGION_NEAR
    return Level.REGION_EDGE if away <= 3 * usual else Level.REGION_FAR


def _of_partners(one: ToldCity, other: ToldCity, names: Likeness, seen: Background) -> Iterator[WeighedFeature]:
    partners, others = seen.partners(one), seen.partners(other)
    fewer = min(len(partners), len(others))
    if common := partners & others:
        several = len(common) >= _SHARED and len(common) >= _MOST_SHARED * fewer
        each, most = (_SEVERAL_WEIGH, _SEVERAL_MOST) if several else (Level.PARTNERS.weight, _PARTNERS_MOST)
        if names.forms or names.level is NameLikeness.PART:
            most = _PARTNERS_OF_PARTS
        yield WeighedFeature(Level.PARTNERS, min(most, each * sum(map(seen.rarity, common))), str(len(common)))
    elif fewer and _in_one_list(one, other):
        yield WeighedFeature(Level.NO_PARTNERS, max(_NO_PARTNERS_MOST, Level.NO_PARTNERS.weight * fewer))


def _in_one_list(one: ToldCity, other: ToldCity) -> bool:
    """Whether one list told of both: a load is a list, and of a load of members each body's are."""
    if one.known or other.known:
        return False
    return not one.lists or not other.lists or not one.lists.isdisjoint(other.lists)
