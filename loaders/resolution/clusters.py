"""Groups of cities that are one, from pairs that surely are.

A chain can tie what no pair would: a like b, b like c, and c far from a. So pairs are joined from the surest down, and
none that would bring two known cities together, two that bear different numbers of one authority, two that have a tie
with each other, or two places too far from each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from .profiles import CityProfile, authorities, distance

FARTHEST = 15.0
"""Kilometres between any two places of one city."""


def clusters(
    cities: Sequence[CityProfile], sure: Iterable[tuple[float, int, int]], tied: Collection[tuple[str, str]] = ()
) -> list[list[int]]:
    """Join pairs (weight, position, position) of a list of cities to groups of two or more, sorted.

    tied: pairs of ids, sorted, that have a tie with each other. The order of the pairs makes no difference.
    """
    groups: dict[int, list[int]] = {}
    for _, one, other in sorted(sure, key=lambda pair: (-pair[0], cities[pair[1]].ids, cities[pair[2]].ids)):
        first, second = groups.get(one, [one]), groups.get(other, [other])
        if first is second or (_known(cities, first) and _known(cities, second)):
            continue
        if _can_join([cities[i] for i in first], [cities[i] for i in second], tied):
            joined = first + second
            groups.update(dict.fromkeys(joined, joined))
    return sorted(sorted(group) for group in {id(group): group for group in groups.values()}.values())


def are_tied(one: Sequence[CityProfile], other: Sequence[CityProfile], tied: Collection[tuple[str, str]]) -> bool:
    """Whether two groups have a tie with each other, so that they are not one."""
    return bool(tied) and any((min(a, b), max(a, b)) in tied for a in _ids(one) for b in _ids(other))


def _can_join(one: Sequence[CityProfile], other: Sequence[CityProfile], tied: Collection[tuple[str, str]]) -> bool:
    numbers = authorities(address for city in one for address in city.addresses)
    theirs = authorities(address for city in other for address in city.addresses)
    if any(host in theirs and numbers[host].isdisjoint(theirs[host]) for host in numbers):
        return False
    if are_tied(one, other, tied):
        return False
    return all(distance(a, b) <= FARTHEST for a in _places(one) for b in _places(other))


def _known(cities: Sequence[CityProfile], group: Iterable[int]) -> bool:
    return any(cities[position].known for position in group)


def _ids(group: Sequence[CityProfile]) -> list[str]:
    return [record_id for city in group for record_id in city.ids]


def _places(group: Sequence[CityProfile]) -> set[tuple[float, float]]:
    return {city.place for city in group if city.place}
