"""Whom a city is likely to be tied to next: a conditional logit of few parts, each with a weight that was learned.

The chance that a city chooses j among its candidates is exp(s_j) / sum over candidates k of exp(s_k), s being the sum
of weight times part (McFadden 1974, Conditional logit analysis of qualitative choice behavior). So each part multiplies
the chance by a factor, and what all candidates have alike says nothing. Learning is a matter of benchmarks; here
weights are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from . import proximity
from .centrality import Array, Ties, degree

PRIOR = 1.0
"""Ties that are added to those of two countries and to those expected, so that few ties say little."""
NEAREST_KM = 30.0
"""Nearer than this is not told apart: places are points, cities are not."""
AROUND_KM, AROUND_PRIOR = 100.0, 0.3
"""How far the surroundings of a city reach, within its country; and what `PRIOR` is for their ties, which are fewer."""


@dataclass(frozen=True)
class Cities:
    """What is known of cities beside their ties, as arrays in the order of `Ties.nodes`."""

    country: Array
    """The number of its country, -1 if unknown."""
    latitude: Array
    longitude: Array
    """Degrees north and east, NaN if unknown."""
    population: Array
    """NaN if unknown; nought is taken for unknown."""


@dataclass(frozen=True)
class Countries:
    """The ties between countries, as square arrays, and how many their cities have."""

    ties: Array
    """Ties between cities of two countries; none within one."""
    expected: Array
    """As many as there would be if all ties abroad were drawn by lot, each country keeping its number."""
    per_city: Array
    """Ties abroad for each city of a country that has any tie."""

    @classmethod
    def of(cls, ties: Ties, country: Array) -> Countries:
        """Count them. country: of each node, -1 if unknown; a tie with a city of unknown country does not count."""
        number = int(country.max(initial=0)) + 1
        one, other = (country[end] for end in ties.adjacency.nonzero())
        abroad = (one >= 0) & (other >= 0) & (one != other)
        cells = np.bincount(one[abroad] * number + other[abroad], minlength=number * number)
        between = cells.reshape(number, number).astype(np.float64)
        total = between.sum(axis=1)
        cities = np.bincount(country[(country >= 0) & (degree(ties) > 0)], minlength=number)
        return cls(between, np.outer(total, total) / max(total.sum(), 1), total / np.maximum(cities, 1))

    @property
    def affinity(self) -> Array:
        """ln of ties observed over ties expected: above 0 where two countries are tied more than the lot has it."""
        return np.asarray(np.log((self.ties + PRIOR) / (self.expected + PRIOR)))


@dataclass(frozen=True)
class Surroundings:
    """Which other cities of its country lie around each city, as a square array of ones."""

    near: Any
    known: Array
    """Whether place and country of a city are known."""

    @classmethod
    def of(cls, cities: Cities) -> Surroundings:
        """Find them."""
        one, other = proximity.nearer_than(cities.latitude, cities.longitude, AROUND_KM).T
        inside = (cities.country[one] == cities.country[other]) & (cities.country[one] >= 0)
        ends = np.concatenate([one[inside], other[inside]]), np.concatenate([other[inside], one[inside]])
        size = cities.country.size
        near = csr_array((np.ones(ends[0].size), ends), shape=(size, size))
        return cls(near, np.isfinite(cities.latitude + cities.longitude) & (cities.country >= 0))

    def ties(self, ties: Ties, rows: Sequence[int] | Array) -> tuple[Array, Array]:
        """Ties between those around some cities and those around each node; and as many as there would be by lot.

        By lot all ties are drawn anew, each city keeping its number. NaN is unknown.
        """
        there = ties.adjacency @ self.near
        between, reach = (self.near[rows] @ there).toarray(), self.near @ degree(ties)
        expected = np.outer(reach[rows], reach) / max(ties.adjacency.sum(), 1)
        known = self.known[rows][:, None] & self.known
        return np.where(known, between, np.nan), np.where(known, expected, np.nan)


def parts(
    ties: Ties, cities: Cities, countries: Countries, around: tuple[Array, Array], rows: Sequence[int] | Array
) -> dict[str, Array]:
    """What counts, by name: a row for each of some cities, a column for each node; NaN is unknown.

    around: `Surroundings.ties` of the rows.
    """
    between, expected = around
    here, there = cities.country[rows][:, None], cities.country[None, :]
    known = (here >= 0) & (there >= 0)
    kilometres = proximity.distance(cities.latitude, cities.longitude, rows)
    people = np.log(np.where(cities.population > 0, cities.population, np.nan))
    per_city = np.broadcast_to(np.log1p(countries.per_city)[there], known.shape)
    return {
        "countries": np.where(known, countries.affinity[here, there], np.nan),
        "around": np.log((between + AROUND_PRIOR) / (expected + AROUND_PRIOR)),
        "common": np.log1p(10 * proximity.resource_allocation(ties, rows)),
        "paths": np.log1p(100 * proximity.three_steps(ties, rows)),
        "distance": np.log(np.maximum(kilometres, NEAREST_KM)),
        "partners-there": np.where(known, np.log1p(partners_in(ties, rows, cities.country)[:, cities.country]), np.nan),
        "partners-here": np.log1p(proximity.group_partners(ties, rows, cities.country)),
        "population": np.broadcast_to(people, known.shape),
        "size": np.abs(people[rows][:, None] - people),
        "ties-abroad": np.where(there >= 0, per_city, np.nan),
    }


def partners_in(ties: Ties, rows: Sequence[int] | Array, groups: Array) -> Array:
    """How many partners some cities have in each group: a row a city, a column a group."""
    known = np.flatnonzero(groups >= 0)
    shape = (len(ties.nodes), int(groups.max(initial=0)) + 1)
    inside = csr_array((np.ones(known.size), (known, groups[known])), shape=shape)
    return np.asarray((ties.adjacency[rows] @ inside).toarray())


def logarithms(values: Mapping[str, Array], weights: Mapping[str, float], closed: Array) -> dict[str, Array]:
    """ln of the factor by which each part makes a candidate likelier than the mean of a city's candidates.

    closed: who is no candidate. What is unknown says nothing: 0.
    """
    found = {}
    for name, weight in weights.items():
        known = np.isfinite(values[name]) & ~closed
        number = np.maximum(known.sum(axis=1, keepdims=True), 1)
        mean = np.where(known, values[name], 0).sum(axis=1, keepdims=True) / number
        found[name] = weight * np.where(known, values[name] - mean, 0)
    return found


def by_lot(logarithms: Mapping[str, Array], closed: Array) -> Array:
    """How many times as likely each candidate is as one drawn by lot: exp(s) over its mean; 0 for who is none."""
    score = np.where(closed, -np.inf, np.sum(list(logarithms.values()), axis=0))
    top = score.max(axis=1, keepdims=True, initial=-np.inf)
    times = np.exp(score - np.where(np.isfinite(top), top, 0))
    return np.asarray(
        times / np.maximum(times.sum(axis=1, keepdims=True), 1e-300) * (~closed).sum(axis=1, keepdims=True)
    )
