"""Where cities lie and how large they are, of all cities at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from citydiplomacy.graph.dates import parse_date
from citydiplomacy.graph.selecting import select
from citydiplomacy.graph.store import Store

from .centrality import Array

SIZE_CLASSES: tuple[tuple[int, str, str], ...] = (
    (10_000_000, "10 million and more", "۱۰ میلیون و بیشتر"),
    (5_000_000, "5 to 10 million", "۵ تا ۱۰ میلیون"),
    (1_000_000, "1 to 5 million", "۱ تا ۵ میلیون"),
    (500_000, "500,000 to 1 million", "۵۰۰ هزار تا ۱ میلیون"),
    (300_000, "300,000 to 500,000", "۳۰۰ تا ۵۰۰ هزار"),
    (0, "under 300,000", "کمتر از ۳۰۰ هزار"),
)
"""Least population and names of the size classes of the UN's World Urbanization Prospects (2018)."""


@dataclass(frozen=True)
class Place:
    """A city on the map; None is unknown."""

    country: str | None = None
    region: str | None = None
    """World region of its country (UN M49)."""
    latitude: float | None = None
    longitude: float | None = None
    size: int | None = None
    """Position in `SIZE_CLASSES`, by the latest population that is told."""


NOWHERE = Place()


def places(store: Store) -> dict[str, Place]:
    """The cities of which something of this is known, by id."""
    regions = {
        str(country): region
        for country, region in select(
            store, "SELECT ?country ?region WHERE { ?country schema:containedInPlace ?region ; a schema:Country }"
        )
    }
    countries = {
        str(city): country
        for city, country in select(
            store, "SELECT ?city ?country WHERE { ?city a schema:City ; schema:containedInPlace ?country }"
        )
    }
    points = {
        str(city): (float(str(north)), float(str(east)))
        for city, north, east in select(
            store, "SELECT ?city ?north ?east WHERE { ?city a schema:City ; wgs84:lat ?north ; wgs84:long ?east }"
        )
    }
    sizes = {city: size_class(number) for city, number in populations(store).items()}
    found = {}
    for city in sorted({*countries, *points, *sizes}):
        country = countries.get(city)
        north, east = points.get(city, (None, None))
        found[city] = Place(country, regions.get(str(country)), north, east, sizes.get(city))
    return found


def populations(store: Store) -> dict[str, Decimal]:
    """The latest population told of each city; undated figures come before all others, the greater of equals stands."""
    rows = select(
        store,
        """SELECT ?city ?value ?period WHERE {
             ?observation cd:measure <https://w3id.org/citydiplomacy/measure/population> ;
               cd:area ?city ; cd:value ?value .
             ?city a schema:City .
             OPTIONAL { ?observation cd:period ?period }
             FILTER NOT EXISTS { ?observation cd:topic ?topic } }""",
    )
    found: dict[str, tuple[str, Decimal]] = {}
    for city, value, period in rows:
        date = parse_date(period) if period else None
        told = (date.latest.isoformat() if date and date.latest else "", Decimal(str(value)))
        found[str(city)] = max(told, found.get(str(city), told))
    return {city: number for city, (_, number) in found.items()}


def size_class(population: Decimal | int) -> int:
    """The position of a population in `SIZE_CLASSES`."""
    return next(position for position, (least, _, _) in enumerate(SIZE_CLASSES) if population >= least)


def alike(one: Place, other: Place) -> bool:
    """Whether two cities are known to be of one world region and one size class."""
    known = one.region is not None and one.size is not None
    return known and (one.region, one.size) == (other.region, other.size)


def coordinates(cities: Iterable[Place]) -> tuple[Array, Array]:
    """Degrees north and east, NaN where unknown."""
    pairs = [(place.latitude, place.longitude) for place in cities]
    found = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return found[:, 0], found[:, 1]
