"""Twin towns of two years, for benchmarks/recommend.py."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from _choices import Array, Asked
from scipy.sparse import coo_array, csr_array

from citydiplomacy.graph.model.records import Agreement, City, Country, Observation
from citydiplomacy.loaders.files import load, shipped
from citydiplomacy.queries.measures import choice
from citydiplomacy.queries.measures.centrality import Ties
from citydiplomacy.queries.measures.proximity import adamic_adar, borda, distance, three_steps

AT_ONCE = 500
THEN, LATER = "source/wikidata-world-2016", "source/wikidata-world-2022"


class World(NamedTuple):
    """The cities of 2016; ties are pairs of positions among them.

    later: the ties that 2022 adds. asked: the cities that 2022 has at all and whose country is known: of the others no
    later tie could be known.
    """

    cities: tuple[str, ...]
    known: choice.Cities
    regions: tuple[str, ...]
    ties: Array
    later: Array
    asked: Array

    @property
    def makers(self) -> Array:
        """Those asked to which 2022 adds a tie with one of the others abroad: no order finds one for any other."""
        abroad = self.known.country[self.later[:, 0]] != self.known.country[self.later[:, 1]]
        return np.unique(self.later[abroad & np.isin(self.later, self.asked).all(axis=1)])


def read() -> World:
    """Read the shipped tables."""
    country: dict[str, str] = {}
    place: dict[str, tuple[float, float]] = {}
    population: dict[str, float] = {}
    region: dict[str, str] = {}
    pairs: dict[str, set[tuple[str, str]]] = {THEN: set(), LATER: set()}
    covered: set[str] = set()
    for source in (each for path in shipped() for each in load(path)):
        for record in source.records:
            match record:
                case Country(world_region=str(lies_in)):
                    region[record.id] = lies_in
                case City():
                    if record.country:
                        country[record.id] = record.country
                    if record.latitude is not None and record.longitude is not None:
                        place.setdefault(record.id, (float(record.latitude), float(record.longitude)))
                    if source.source.id == LATER:
                        covered.add(record.id)
                case Observation(measure="measure/population", topic=None):
                    population[record.area] = float(record.value)
                case Agreement() if source.source.id in pairs:
                    ends = sorted(party for party in record.parties if party.startswith("city/"))
                    if len(ends) == 2:
                        pairs[source.source.id].add((ends[0], ends[1]))
    cities = tuple(sorted({end for pair in pairs[THEN] for end in pair}))
    index = {city: at for at, city in enumerate(cities)}

    def positions(some: set[tuple[str, str]]) -> Array:
        inside = sorted((index[a], index[b]) for a, b in some if a in index and b in index)
        return np.array(inside, dtype=np.int64).reshape(-1, 2)

    lands = {land: number for number, land in enumerate(sorted(set(country.values())))}
    of_country = np.array([lands.get(country.get(city, ""), -1) for city in cities])
    degrees = np.array([place.get(city, (np.nan, np.nan)) for city in cities])
    known = choice.Cities(
        of_country, degrees[:, 0], degrees[:, 1], np.array([population.get(city, np.nan) for city in cities])
    )
    return World(
        cities,
        known,
        tuple(region.get(country.get(city, ""), "") for city in cities),
        positions(pairs[THEN]),
        positions(pairs[LATER] - pairs[THEN]),
        np.flatnonzero([city in covered for city in cities] & (of_country >= 0)),
    )


def matrix(world: World, pairs: Array) -> Any:
    """A symmetric matrix of ones."""
    size = len(world.cities)
    one_way = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    return csr_array(one_way + one_way.T)


def ask(world: World, ties: Array, hidden: Array, rows: Array) -> Asked:
    """What the known ties say of the pairs of some cities with candidates abroad, and which of them came."""
    known, candidates = Ties(world.cities, matrix(world, ties)), world.asked
    countries, country = choice.Countries.of(known, world.known.country), world.known.country
    later = matrix(world, hidden)
    around = choice.Surroundings.of(world.known)
    blocks: list[dict[str, Array]] = []
    for some in np.array_split(rows, len(rows) // AT_ONCE + 1):
        block = choice.parts(known, world.known, countries, around.ties(known, some), some)
        block["Adamic-Adar"], block["three steps"] = adamic_adar(known, some), three_steps(known, some)
        block["nearness"] = -distance(world.known.latitude, world.known.longitude, some)
        block["partners"] = np.broadcast_to(np.diff(known.weight.indptr), block["common"].shape)
        tied, came = (some_ties[some].toarray() > 0 for some_ties in (known.weight, later))
        closed = tied | (country[some][:, None] == country)
        closed[np.arange(len(some)), some] = True
        block |= {"": closed, "came": came & ~closed}
        blocks.append({name: np.asarray(value[:, candidates], dtype=np.float32) for name, value in block.items()})
    values = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    closed, came = values.pop("") > 0, values.pop("came") > 0
    return Asked(values, closed, came)


def today(asked: Asked, *more: str) -> Array:
    """The order of the version before: Borda's count of three parts, and of more."""
    names = ("Adamic-Adar", "three steps", "nearness", *more)
    return borda(np.where(asked.closed, -np.inf, asked.values[name]) for name in names)
