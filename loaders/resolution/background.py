"""What a pair of cities is seen against: places of a name, names at a point, and who has which partners."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log

from .profiles import ToldCity, distance

ONE_PLACE = 40.0
"""Kilometres within which two places of one name count as one when its frequency is counted."""

Place = tuple[float, float]


@dataclass(frozen=True)
class Background:
    """Counts over all cities that are compared. Without any, a name is its only bearer's and nobody has partners."""

    names: dict[tuple[str | None, str], int] = field(default_factory=dict)
    """By country (its id) and key: how many places bear a name, where there are two or more."""
    points: dict[Place, int] = field(default_factory=dict)
    """How many names stand at a point, where there are two or more."""
    ties: dict[str, frozenset[str]] = field(default_factory=dict)
    """By id the ids of a city's partners."""
    regions: dict[str, dict[str, Place]] | None = None
    """By the region that a list tells the known cities of it that were found, by id, with their places; none before."""
    popular: dict[str, int] = field(default_factory=dict)
    """How many cities have a partner, by its id."""

    def partners(self, city: ToldCity) -> frozenset[str]:
        """The partners of a city, of all its ids."""
        return frozenset().union(*(self.ties.get(one, ()) for one in city.ids))

    def rarity(self, partner: str) -> float:
        """How much a partner in common tells, from 0 for one that all have to 1 for one that only two have."""
        return log(self._tied / max(2, self.popular.get(partner, 2))) / log(self._tied / 2)

    @cached_property
    def _tied(self) -> int:
        return max(3, len(self.ties))


def background(
    cities: Sequence[ToldCity], tied: Collection[tuple[str, str]] = (), same: Mapping[str, str] | None = None
) -> Background:
    """Count. tied: pairs of ids that have a tie with each other. same: under which id a partner counts."""
    same = same or {}
    names: dict[Place, set[str]] = defaultdict(set)
    for city in cities:
        if city.place and not city.known:
            names[city.place].update(name.key for name in city.spelled)
    ties: dict[str, set[str]] = defaultdict(set)
    for one, other in tied:
        ties[one].add(same.get(other, other))
        ties[other].add(same.get(one, one))
    return Background(
        frequencies(cities),
        {place: len(found) for place, found in names.items() if len(found) > 1},
        {one: frozenset(partners) for one, partners in ties.items()},
        popular=Counter(partner for partners in ties.values() for partner in partners),
    )


def frequencies(cities: Iterable[ToldCity]) -> dict[tuple[str | None, str], int]:
    """How many places of a country have a name, as far as these cities tell: two places lie more than 40 km apart, or
    in different states by the list that is being loaded."""
    places: dict[tuple[str | None, str], list[Place]] = {}
    states: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for city in cities:
        for name in city.spelled:
            found = places.setdefault((city.country, name.key), [])
            if city.region and not city.known:
                states[city.country, name.key].add(city.region)
            if city.place and all(distance(city.place, other) > ONE_PLACE for other in found):
                found.append(city.place)
    numbers = {key: max(len(found), len(states.get(key, ()))) for key, found in places.items()}
    return {key: number for key, number in numbers.items() if number > 1}
