"""Where a city stands on a measure: its ranks among all cities, and in its own country, region and size class."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from ..measures.influence import MEASURES
from ..wording.evidence import Figure, MeasureValue, Named
from ..wording.phrases import Phrase
from ..wording.speech import LONG, Speech, rounded
from .coverage import Coverage
from .estimated import range_words
from .networks import Measured
from .peer_groups import SCOPES, Groups, Rank, ranked


@dataclass(frozen=True)
class Position:
    """The value of a city on a measure, and its rank in each scope: None where the group is unknown, or where nobody
    set out to collect the city's ties."""

    city: str
    measure: str
    value: float
    ranks: Mapping[str, Rank | None]
    groups: Mapping[str, str | None]
    """The group of each scope."""
    network: str
    coverage: Coverage
    bounds: tuple[float, float] | None = None
    """Between what the value lies, if it is an estimate."""

    @property
    def among_all(self) -> Rank | None:
        """Its rank among all cities of the network. Raises KeyError if that scope was not asked for."""
        return self.ranks["all"]

    def figure(self) -> Figure:
        """The value, as exactly as it is worth telling."""
        return Figure(rounded(self.value), self._taken("value"))

    def rank(self, scope: str = "all") -> Figure:
        """The rank in a scope where it has one."""
        rank = self.ranks[scope]
        assert rank is not None
        return Figure(rank.rank, self._taken("rank", scope))

    def last(self, scope: str = "all") -> Figure:
        """The worst rank that it may have in a scope where it has one: that rank, unless it is of an estimate."""
        rank = self.ranks[scope]
        assert rank is not None
        return Figure(rank.worst, self._taken("last", scope))

    def size(self, scope: str = "all") -> Figure:
        """Of how many."""
        rank = self.ranks[scope]
        assert rank is not None
        return Figure(rank.size, self._taken("size", scope))

    def _taken(self, take: str, scope: str = "") -> MeasureValue:
        group = (self.groups[scope] or "") if scope not in ("", "all") else ""
        return MeasureValue(self.measure, (self.city,), self.network, take, scope, group)


RankedGroups: TypeAlias = dict[tuple[str, str, str], dict[str, Rank]]
"""By measure, scope and group: the ranks of its cities."""


def positions(
    measured: Measured,
    groups: Groups,
    cities: Iterable[str],
    scopes: Collection[str] = tuple(SCOPES),
    ranked_groups: RankedGroups | None = None,
) -> list[Position]:
    """The positions of cities, by city, then by measure, where they have a value; each group is ranked once.

    ranked_groups: those of the same measures and groups that were ranked before; what is ranked here comes in.
    """
    ranked_groups = {} if ranked_groups is None else ranked_groups

    def rank(city: str, measure: str, scope: str) -> Rank | None:
        group = groups.of(city, scope)
        if group is None or not measured.coverage(measure).knows(city):
            return None
        key = measure, scope, group
        if key not in ranked_groups:
            values = measured.coverage(measure).among(groups.within(measured.values[measure], group, scope))
            ranked_groups[key] = ranked(
                values, lowest_first=MEASURES[measure].lowest_first, bounds=measured.bounds.get(measure)
            )
        return ranked_groups[key].get(city)

    return [
        Position(
            city,
            name,
            value,
            {scope: rank(city, name, scope) for scope in scopes},
            {scope: groups.of(city, scope) for scope in scopes},
            measured.network,
            measured.coverage(name),
            measured.bounds.get(name, {}).get(city),
        )
        for city in cities
        for name, values in measured.values.items()
        if (value := values.get(city)) is not None
    ]


def among_whom(say: Speech, groups: Groups, city: Named) -> tuple[Phrase, ...]:
    """In which groups a city is ranked, with the figure that decides its size class; what is unknown is said."""
    country, region, size = (groups.named(city.id, scope, say.lang) for scope in ("country", "region", "size"))
    clauses = [
        say(
            "{city} is told as a city of {country}",
            "به گفتهٔ منبع‌ها {city} شهری از {country} است",
            city=city,
            country=say.land(country),
        )
        if country
        else say(
            "no country of {city} is told in these data", "کشوری برای {city} در این داده‌ها گفته نشده است", city=city
        )
    ]
    if region:
        clauses.append(
            say(
                "{city} is counted to {region} with its country, as the United Nations group countries",
                "{city} با کشورش در {region} شمرده می‌شود، چنان‌که سازمان ملل کشورها را دسته می‌کند",
                city=city,
                region=say.land(region),
            )
        )
    if size is None:
        clauses.append(
            say("no population of {city} is told in these data", "جمعیت {city} در این داده‌ها گفته نشده است", city=city)
        )
    else:
        number, period = groups.population_of(city.id)
        clauses.append(
            say(
                "{city} is ranked among cities of {size} people, with {number}{period}",
                "{city} میان شهرهای با جمعیت {size} رتبه می‌گیرد، با {number} نفر{period}",
                city=city,
                size=size,
                number=number,
                period=say(" ({date})", " ({date})", date=period) if period else say(" (undated)", " (بی‌تاریخ)"),
            )
        )
    return say.sentences(*clauses)


def group_name(say: Speech, groups: Groups, at: Position, scope: str) -> str | None:
    """How the group is called in which a position is ranked; that of all only where it has a rank in it."""
    if scope != "all":
        return groups.name(at.city, scope, say.lang)
    rank = at.ranks[scope]
    return all_cities(say, rank.size, at.coverage) if rank else None


def all_cities(say: Speech, number: int | Figure, coverage: Coverage) -> Phrase:
    """All that are ranked: those that have a tie and whose ties were collected."""
    if coverage.of_city is None or coverage.everywhere:
        return say(
            "all {number} cities of these data with a known tie",
            "همهٔ {number} شهر این داده‌ها که پیوندی شناسایی‌شده دارند",
            number=number,
        )
    return say(
        "all {number} cities of these data whose ties were collected",
        "همهٔ {number} شهر این داده‌ها که پیوندهایشان گردآوری شده است",
        number=number,
    )


def rank_words(say: Speech, rank: Rank | None) -> str | None:
    """`2 of 114 (99.1)`: rank, number of cities, percentile; `(few)` where a percentile would say nothing.

    Of an estimate the range of ranks, and the percentile of the last: `2 to 9 of 114 (at least 92.9)`.
    """
    if rank is None:
        return None
    place, size = range_words(say, say.number(rank.rank), rank), say.number(rank.size)
    few = say("few", "اندک")
    percentile = few if rank.percentile is None else say.number(one_digit(rank.percentile))
    if rank.worst > rank.rank and rank.percentile is not None:
        percentile = say(f"at least {percentile}", f"دست‌کم {percentile}")
    return say(f"{place} of {size} ({percentile})", f"{place} از {size} ({percentile})")


def one_digit(percentile: float) -> Decimal:
    """A percentile with one digit after the point."""
    return Decimal(f"{percentile:.1f}")


def _in_group(say: Speech, at: Position, scope: str, group: Named) -> Phrase:
    """Which of how many a city is in a group; of one, that it is the only one."""
    among = (
        say("of {group} people", "{group} نفر", group=group)
        if scope == "size"
        else say("in {group}", "{group}", group=say.land(group))
    )
    if at.size(scope).value == 1:
        return say("the only one {among}", "تنها شهر {among}", among=among)
    rank = say.rank(at.rank(scope)) if say.lang == "en" else at.rank(scope)
    return say(
        "{rank} of the {size} {among}", "{rank} از {size} شهر {among}", rank=rank, size=at.size(scope), among=among
    )


def headline(say: Speech, positions: Sequence[Position], groups: Groups, cities: Sequence[Named]) -> list[Phrase]:
    """Where cities stand by partner cities in country, world region and size class: a clause a city, or two if one
    would be too long."""
    by_degree = {position.city: position for position in positions if position.measure == "degree"}
    clauses = []
    for city in cities:
        if (at := by_degree.get(city.id)) is None:
            continue
        in_groups = [
            _in_group(say, at, scope, group)
            for scope in at.ranks
            if scope != "all" and at.ranks[scope] and (group := groups.named(city.id, scope, say.lang))
        ]
        if in_groups:
            whole = _in_groups(say, at, city, in_groups)
            parts = [in_groups[:2], in_groups[2:]] if len(say.sentence(whole)) > LONG else []
            clauses += [_in_groups(say, at, city, some) for some in parts if some] or [whole]
    return clauses


def _in_groups(say: Speech, at: Position, city: Named, places: Sequence[Phrase]) -> Phrase:
    return say(
        "by partner cities, {city} is {places}, counting only cities {counted}",
        "رتبهٔ {city} در شمار شهرهای طرف پیوند، تنها میان شهرهایی که {counted}: {places}",
        city=city,
        counted=say("with a tie known in these data", "پیوندشان در این داده‌ها شناسایی شده است")
        if at.coverage.of_city is None or at.coverage.everywhere
        else say("whose ties were collected", "پیوندهایشان گردآوری شده است"),
        places=say.names(places),
    )
