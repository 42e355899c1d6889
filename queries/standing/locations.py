"""Where cities lie and how large they are, of all cities at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from citydiplomacy.graph.store.once import kept, once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select
from citydiplomacy.ontology.schemes import schemes

from .peer_groups import groups

if TYPE_CHECKING:  # where a city lies is told without what reckons
    from ..measures.centrality import Array


class Location(NamedTuple):
    """A city on the map; None is unknown."""

    country: str | None = None
    region: str | None = None
    """World region of its country (UN M49)."""
    latitude: float | None = None
    longitude: float | None = None
    size: int | None = None
    """Position in `scopes.SIZE_NAMES`."""
    population: int | None = None


NOWHERE = Location()


def cities(store: Store) -> tuple[str, ...]:
    """All cities, by id, also those of which nothing else is told."""
    return tuple(kept(store, "cities", _cities))


def _cities(store: Store) -> list[str]:
    return sorted(str(city) for (city,) in select(store, "SELECT ?city WHERE { ?city a schema:City }"))


def locations(store: Store) -> dict[str, Location]:
    """The cities of which something of this is known, by id."""
    return once(store, _locations)


def _locations(store: Store) -> dict[str, Location]:
    of, places = groups(store), points(store)
    located = {}
    for city in sorted({*of.country, *places, *of.size}):
        size = None if (text := of.size.get(city)) is None else int(text)
        population = None if size is None else int(of.population[city][0])
        north, east = places.get(city, (None, None))
        located[city] = Location(of.country.get(city), of.region.get(city), north, east, size, population)
    return located


def points(store: Store) -> dict[str, tuple[float, float]]:
    """City -> degrees north and east; kept with the store."""
    return {city: (north, east) for city, (north, east) in kept(store, "points", _points).items()}


def _points(store: Store) -> dict[str, tuple[float, float]]:
    rows = select(
        store, "SELECT ?city ?north ?east WHERE { ?city a schema:City ; wgs84:lat ?north ; wgs84:long ?east }"
    )
    return {str(city): (float(str(north)), float(str(east))) for city, north, east in rows}


def alike(one: Location, other: Location) -> bool:
    """Whether two cities are known to be of one world region and one size class."""
    known = one.region is not None and one.size is not None
    return known and (one.region, one.size) == (other.region, other.size)


def continent(location: Location) -> str | None:
    """The continent that a city is known to lie in (UN M49)."""
    return schemes()["world-region"][location.region].broader if location.region else None


def coordinates(cities: Iterable[Location]) -> tuple[Array, Array]:
    """Degrees north and east, NaN where unknown."""
    import numpy as np

    pairs = [(city.latitude, city.longitude) for city in cities]
    degrees = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return degrees[:, 0], degrees[:, 1]
