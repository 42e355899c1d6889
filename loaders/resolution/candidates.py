"""Which cities are compared at all: those that share a key (blocking).

Keys are the folded name in any country; and within a country (or where none is told) the consonants, each telling word
of the name, and the place itself: names in two languages need not be alike. Places that share only a word must lie near
each other if both say where they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import floor

from .place_names import CITY_WORDS, OTHER_WORDS
from .profiles import CityProfile

NEAR = 0.5
"""Degrees of latitude within which a shared word makes a pair worth comparing."""
CELL = 0.04
"""Degrees; places half of it apart share a cell."""
FREQUENT = 60
"""A word of more places than this tells nothing."""


_WORDS = ("consonants", "word")


def pairs(cities: Sequence[CityProfile]) -> Iterator[tuple[int, int]]:
    """Pairs of positions in a list of cities that are worth comparing, each once.

    Two known ones are compared only if what is being loaded tells of one: the others were when they were loaded.
    """
    blocks: dict[tuple[str, str | None, str], set[int]] = defaultdict(set)
    for index, city in enumerate(cities):
        for kind, country, key in _keys(city):
            blocks[kind, country, key].add(index)
    seen: set[tuple[int, int]] = set()
    for (kind, _, _), block in sorted(blocks.items(), key=lambda item: (item[0][0], item[0][1] or "", item[0][2])):
        if len(block) < 2 or (kind in _WORDS and len(block) > FREQUENT):
            continue
        members = sorted(block)
        for position, one in enumerate(members):
            for other in members[position + 1 :]:
                if (one, other) in seen or not (_open(cities[one]) or _open(cities[other])):
                    continue
                if kind in _WORDS and _apart(cities[one], cities[other]):
                    continue
                seen.add((one, other))
                yield one, other


def _keys(city: CityProfile) -> Iterator[tuple[str, str | None, str]]:
    for name in city.spelled:
        yield "name", None, name.key
        if len(name.skeleton) > 1:
            yield "consonants", city.country, name.skeleton
        for word in name.words - OTHER_WORDS - CITY_WORDS:
            if len(word) > 2:
                yield "word", city.country, word
    if city.place:
        for shift in ((0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5)):
            north, east = (floor(degrees / CELL + part) for degrees, part in zip(city.place, shift, strict=True))
            yield "place", city.country, f"{shift} {north} {east}"


def _open(city: CityProfile) -> bool:
    return city.read or not city.known


def _apart(one: CityProfile, other: CityProfile) -> bool:
    if one.place is None or other.place is None:
        return False
    return abs(one.place[0] - other.place[0]) > NEAR or abs(one.place[1] - other.place[1]) > 2 * NEAR
