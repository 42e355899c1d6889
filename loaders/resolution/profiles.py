"""What is compared of a city: its names, country, place, population, and addresses elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from citydiplomacy.graph.globe import great_circle
from citydiplomacy.graph.model.records import City, Observation
from citydiplomacy.graph.model.schema import Record

from ..names.place_names import PlaceName, spellings

_ITEM = re.compile(r"^https?://www\.wikidata\.org/(?:entity|wiki)/")
_AUTHORITY = re.compile(r"^https?://([^/]+)/")


@dataclass(frozen=True)
class ToldCity:
    """A city as its sources tell it. ids: those under which it is told, one or several that say just the same."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    country: str | None = None
    place: tuple[float, float] | None = None
    """Degrees north and east."""
    population: float | None = None
    addresses: frozenset[str] = frozenset()
    known: bool = False
    """Whether others tell it under its id."""
    read: bool = False
    """Whether it is told by what is being loaded."""
    others: tuple[str, ...] = ()
    """Its names that are no labels."""
    lists: frozenset[str] = frozenset()
    """Bodies of which it is told to be a member by what is being loaded."""
    region: str | None = None

    @cached_property
    def spelled(self) -> tuple[PlaceName, ...]:
        """Its names, each spelling once."""
        found = (self._taken_apart(name) for name in (*self.names, *self.others))
        each = {(name.head.key, name.rest, name.kinds, name.whole): name for several in found for name in several}
        return tuple(name for name in each.values() if name.key)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The keys of its names, each without what else it says."""
        return frozenset(name.key for name in self.spelled)

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The scripts that its names are written in."""
        return frozenset(name.head.script for name in self.spelled)

    @cached_property
    def labelled(self) -> frozenset[str]:
        """The keys of its labels."""
        return frozenset(one.key for name in self.names for one in self._taken_apart(name))

    def _taken_apart(self, name: str) -> tuple[PlaceName, ...]:
        return tuple(spellings(name, self.country))


def canonical(address: str) -> str:
    """An address without what differs between ways of writing it: Wikidata's own has no `s`, pages stand at /wiki/."""
    return _ITEM.sub("http://www.wikidata.org/entity/", address)


def authorities(addresses: Iterable[str]) -> dict[str, set[str]]:
    """Addresses by the host that gives them: a city has one number at each."""
    found: dict[str, set[str]] = {}
    for address in addresses:
        if host := _AUTHORITY.match(address):
            found.setdefault(host[1], set()).add(address)
    return found


def profiles(
    records: Iterable[Record],
    known: bool = False,
    read: Collection[str] = (),
    lists: Mapping[str, Collection[str]] | None = None,
) -> Iterator[ToldCity]:
    """The cities among records of one or several sources, in the order of their ids; what several tell is united.

    known: whether others tell them. read: ids of those that are told by what is being loaded. lists: by id the bodies
    that it is told to be a member of by that.
    """
    cities: dict[str, list[City]] = {}
    people: dict[str, float] = {}
    for record in records:
        if isinstance(record, City):
            cities.setdefault(record.id, []).append(record)
        elif (
            isinstance(record, Observation) and record.measure == "measure/population" and record.area and record.value
        ):
            people[record.area] = max(people.get(record.area, 0.0), float(record.value))
    for record_id, told in sorted(cities.items()):
        places = [(float(c.latitude), float(c.longitude)) for c in told if None not in (c.latitude, c.longitude)]  # type: ignore[arg-type]
        yield ToldCity(
            (record_id,),
            tuple(sorted({name.value for city in told for name in city.labels})),
            next((city.country for city in told if city.country), None),
            places[0] if places else None,
            people.get(record_id),
            frozenset(canonical(address) for city in told for address in city.exact_match),
            known,
            record_id in read,
            tuple(sorted({name.value for city in told for name in city.aliases})),
            frozenset((lists or {}).get(record_id, ())),
            next((city.region for city in told if city.region), None),
        )


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two places, kilometres."""
    return float(great_circle(*one, *other))
