"""Groups of cities that are one, from pairs that surely are.

A chain can tie what no pair would: a like b, b like c, and c far from a. So pairs are joined from the surest down, and
none that would bring two known cities together, two that bear different numbers of one authority or lie in different
states by one list, two that have a tie with each other, or two places too far from each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .groups import JoinedGroups
from .profiles import ToldCity, authorities, distance

_REGION = "region"
"""Stands among the authorities for the list itself, where it says in which state or province its cities lie."""
FARTHEST = 15.0
"""Kilometres between any two places of one city."""


@dataclass(frozen=True)
class _Group:
    """What counts of a group: whether it has a known city, the numbers it bears, the box around its places."""

    known: bool
    numbers: dict[str, set[str]]
    box: tuple[float, float, float, float] | None
    """South, west, north, east. Places on both sides of the 180th meridian look far apart, and are not joined."""

    def differs(self, other: _Group) -> bool:
        """Whether they bear different numbers of one authority."""
        return any(self.numbers.get(host, theirs).isdisjoint(theirs) for host, theirs in other.numbers.items())

    def with_(self, other: _Group) -> _Group | None:
        """Both in one, if they can be one city."""
        if self.known and other.known:
            return None
        numbers = dict(self.numbers)
        if self.differs(other):
            return None
        for host, theirs in other.numbers.items():
            numbers[host] = numbers.get(host, set()) | theirs
        box = self.box or other.box
        if self.box and other.box:
            (south, west, north, east), theirs_box = self.box, other.box
            box = (
                min(south, theirs_box[0]), min(west, theirs_box[1]), max(north, theirs_box[2]), max(east, theirs_box[3])
            )  # fmt: skip
            if distance(box[:2], box[2:]) > FARTHEST:
                return None
        return _Group(self.known or other.known, numbers, box)


class Clusters:
    """Positions in a list of cities, joined to groups that can be one city each.

    partners: by id the ids of those that it has a tie with. What counts of a group is kept with it, and a pair costs no
    more than the smaller of its groups.
    """

    def __init__(self, cities: Sequence[ToldCity], partners: Mapping[str, Iterable[str]] | None = None) -> None:
        self._cities = cities
        self._partners = partners or {}
        self._groups: JoinedGroups[int] = JoinedGroups()
        self._position = {one: position for position, city in enumerate(cities) for one in city.ids}
        self._has: dict[int, _Group] = {}  # by the first of a group, which stays the first

    def join(self, sure: Iterable[tuple[float, int, int]]) -> list[list[int]]:
        """Join pairs (weight, position, position) to groups of two or more, sorted.

        The order of the pairs makes no difference.
        """
        ids = [city.ids for city in self._cities]
        for _, one, other in sorted(sure, key=lambda pair: (-pair[0], ids[pair[1]], ids[pair[2]])):
            first, second = self.of(one), self.of(other)
            if first is second or self._tied(first, second):
                continue
            if joined := self._having(first[0]).with_(self._having(second[0])):
                self._has[self._groups.join(one, other)[0]] = joined
        return sorted(sorted(group) for group in self._groups.several())

    def of(self, position: int) -> list[int]:
        """The group of a position."""
        return self._groups.of(position)

    def are_tied(self, one: int, other: int) -> bool:
        """Whether the groups of two positions have a tie with each other, so that they are not one."""
        return self._tied(self.of(one), self.of(other))

    def bear_different_numbers(self, one: int, other: int) -> bool:
        """Whether the groups of two positions bear different numbers of one authority."""
        return self._having(self.of(one)[0]).differs(self._having(self.of(other)[0]))

    def _tied(self, one: list[int], other: list[int]) -> bool:
        small, large = sorted((one, other), key=len)
        return any(
            self.of(self._position[partner]) is large
            for position in small
            for record_id in self._cities[position].ids
            for partner in self._partners.get(record_id, ())
            if partner in self._position
        )

    def _having(self, position: int) -> _Group:
        if position not in self._has:
            city = self._cities[position]
            box = (*city.place, *city.place) if city.place else None
            numbers = authorities(city.addresses)
            if city.region and not city.known:  # a list has one name for each state or province
                numbers[_REGION] = {city.region}
            self._has[position] = _Group(city.known, numbers, box)
        return self._has[position]
