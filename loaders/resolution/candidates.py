"""Which cities are compared at all: those that share a key (blocking).

Keys are the folded name, and all its words in any order, in any country; and within a country (or where none is told)
the consonants, each telling word of the name, a partner, and the place itself: names in two languages need not be
alike. Where both say where they are, what they share must be able to outweigh how far apart they lie: a name 100 km, a
word 40; and neighbours must begin or end alike, for most cities near each other have nothing else in common. Each is
compared with at most so many neighbours in a block (a sorted neighbourhood: Hernández and Stolfo, SIGMOD 1995).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from math import floor

from .background import Background
from .profiles import ToldCity, distance

NAMESAKES, SPELLINGS, PARTS, POINT = 100.0, 40.0, 5.0, 0.05
"""Kilometres: within which two of one name can be one city, two of somewhat other spelling, one and a part of its name;
and which is no distance at all."""
CELL = 0.04
"""Degrees; places half of it apart share a cell."""
FREQUENT = 60
"""A word of more places than this tells nothing; of a larger block each is compared with so many neighbours."""
_WEAK = ("consonants", "partner", "word")
"""Kinds of key that tell little by themselves."""
_SHIFTS = ((0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5))

Key = tuple[str, str | None, Hashable]


def pairs(cities: Sequence[ToldCity], seen: Background) -> Iterator[tuple[int, int]]:
    """Pairs of positions in a list of cities that are worth comparing, each once.

    Two known ones are compared only if what is being loaded tells of one: the others were when they were loaded.
    """
    blocks: dict[Key, list[int]] = defaultdict(list)
    for index, city in enumerate(cities):
        for key in dict.fromkeys(_keys(city, seen)):
            blocks[key].append(index)
    found: set[tuple[int, int]] = set()
    for (kind, _, _), block in blocks.items():
        weak = kind in _WEAK
        if len(block) < 2 or (weak and len(block) > FREQUENT):
            continue
        if len(block) > FREQUENT:
            block.sort(key=lambda index: (_by_name if kind == "place" else _by_place)(cities[index]))
        for position, first in enumerate(block):
            for second in block[position + 1 : position + FREQUENT]:
                pair = min(first, second), max(first, second)
                if pair in found or not (_open(cities[first]) or _open(cities[second])):
                    continue
                if _can_be(kind, cities[first], cities[second], seen):
                    found.add(pair)
    yield from sorted(found)


def _keys(city: ToldCity, seen: Background) -> Iterator[Key]:
    for name in city.spelled:
        yield "name", None, name.key
        if name.rest:
            yield "name", None, name.telling
        if len(name.head.skeleton) > 1:
            yield "consonants", city.country, name.head.skeleton
        for word in name.telling:
            if len(word) > 2:
                yield "word", city.country, word
    for partner in seen.partners(city):
        yield "partner", city.country, partner
    if city.place:
        for shift in _SHIFTS:
            north, east = (floor(degrees / CELL + part) for degrees, part in zip(city.place, shift, strict=True))
            yield "place", city.country, (shift, north, east)


def _by_name(city: ToldCity) -> tuple[str, ...]:
    return (*sorted(name.key for name in city.spelled)[:1], *city.ids)


def _by_place(city: ToldCity) -> tuple[str, tuple[float, ...], tuple[str, ...]]:
    return city.country or "", city.place or (), city.ids


def _open(city: ToldCity) -> bool:
    return city.read or not city.known


def _can_be(kind: str, one: ToldCity, other: ToldCity, seen: Background) -> bool:
    """Whether two that share a key of a kind may be one by where they lie, whatever else is told of them."""
    if one.place is None or other.place is None:
        return True
    apart = distance(one.place, other.place)
    if apart < POINT:
        return True
    if kind == "name":
        return apart < NAMESAKES or not seen.partners(one).isdisjoint(seen.partners(other))
    if kind == "place":
        return _end_alike(one, other, 1)
    if kind == "word" and apart > PARTS and not _end_alike(one, other, 2):
        return False
    return apart < SPELLINGS


def _end_alike(one: ToldCity, other: ToldCity, letters: int) -> bool:
    """Whether two names begin or end with the same consonants; a name without any may be any other."""
    return any(
        not name or not far or name[:letters] == far[:letters] or name[-letters:] == far[-letters:]
        for name in {name.head.skeleton for name in one.spelled}
        for far in {name.head.skeleton for name in other.spelled}
    )
