"""The conditional logit of partners: its parts by hand, and what must hold of any weights."""

from __future__ import annotations

import math
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.queries.measures.centrality import Array, Ties
from citydiplomacy.queries.measures.choice import Cities, Countries, Surroundings, by_lot, logarithms, parts

# a, b of country 0; c, d of country 1; e of country 2; f of an unknown one, which counts for nothing
TIES = Ties.of(nx.Graph([("a", "c"), ("a", "d"), ("b", "c"), ("c", "e"), ("a", "b"), ("a", "f")]))
COUNTRY = np.array([0, 0, 1, 1, 2, -1])
NOWHERE = np.full(6, np.nan)
CITIES = Cities(COUNTRY, np.array([0, 0, 0, 0, np.nan, 0]), np.array([0, 9, 1, 2, 3, np.nan]), NOWHERE)


def parts_of(cities: Cities, row: int) -> dict[str, Array]:
    """Of one city."""
    around = Surroundings.of(cities).ties(TIES, [row])
    found = parts(TIES, cities, Countries.of(TIES, COUNTRY), around, [row])
    return {name: part[0] for name, part in found.items()}


def test_ties_of_countries_and_those_by_lot() -> None:
    countries = Countries.of(TIES, COUNTRY)
    assert countries.ties.tolist() == [[0, 3, 0], [3, 0, 1], [0, 1, 0]]
    assert countries.expected[0, 1] == pytest.approx(3 * 4 / 8)  # of 8 ends abroad, 3 are of 0 and 4 of 1
    assert countries.per_city.tolist() == [1.5, 2, 1]
    assert countries.affinity[0, 1] == pytest.approx(math.log((3 + 1) / (1.5 + 1)))


def test_parts_of_a_pair() -> None:
    found = parts_of(CITIES, 1)
    e = 4  # b and e share the partner c, who has three
    assert found["common"][e] == pytest.approx(math.log1p(10 / 3))
    assert found["countries"][e] == pytest.approx(math.log(1 / (3 / 8 + 1)))
    assert found["partners-there"][2] == found["partners-there"][3] == pytest.approx(math.log(2))
    assert found["partners-here"][2] == pytest.approx(math.log(2))  # a, b's own tie left out
    assert found["partners-here"][e] == 0
    assert found["ties-abroad"][e] == pytest.approx(math.log(2))
    unknown = {name for name, part in found.items() if np.isnan(part[e])}
    assert unknown == {"around", "distance", "population", "size"}
    assert {"countries", "partners-there", "ties-abroad"} <= {name for name, part in found.items() if np.isnan(part[5])}


def test_size_is_how_far_two_populations_are_apart() -> None:
    people = np.array([1000, 10_000, 100, np.nan, 0, np.nan])
    found = parts_of(replace(CITIES, population=people), 0)["size"]
    assert found[:3].tolist() == pytest.approx([0, math.log(10), math.log(10)])
    assert np.isnan(found[3:]).all()


def test_surroundings_are_the_other_cities_near_in_the_country() -> None:
    # a and b lie 33 km apart, and c and d; e and f lie there too, in another country and in an unknown one
    near = replace(CITIES, latitude=np.zeros(6), longitude=np.array([0, 0.3, 5, 5.3, 0.1, 0.1]))
    surroundings = Surroundings.of(near)
    assert surroundings.near.toarray().nonzero()[0].tolist() == [0, 1, 2, 3]
    ties, expected = surroundings.ties(TIES, [1])
    # around b lies a, with four ties; around c lies d, with one: a and d are tied; c, around d, has three
    assert ties[0, :5].tolist() == [1, 0, 1, 1, 0]
    assert expected[0, :5].tolist() == pytest.approx([4 * 2 / 12, 4 * 4 / 12, 4 * 1 / 12, 4 * 3 / 12, 0])
    assert np.isnan(ties[0, 5])
    assert np.isnan(expected[0, 5])
    assert parts_of(near, 1)["around"][2] == pytest.approx(math.log((1 + 0.3) / (1 / 3 + 0.3)))
    far = replace(near, longitude=np.array([0, 1.0, 5, 6, 0.1, 0.1]))
    assert Surroundings.of(far).near.nnz == 0


NUMBER = st.floats(-5, 5)


@given(st.lists(st.tuples(NUMBER, st.one_of(NUMBER, st.just(math.nan)), st.booleans()), min_size=1, max_size=9), NUMBER)
def test_the_mean_candidate_is_as_likely_as_by_lot(rows: list[tuple[float, float, bool]], weight: float) -> None:
    one, other, closed = (np.array([column]) for column in zip(*rows, strict=True))
    logs = logarithms({"one": one, "other": other}, {"one": weight, "other": 1.0}, closed)
    times = by_lot(logs, closed)
    assert (times[closed] == 0).all()
    assert (logs["other"][np.isnan(other)] == 0).all()
    if not closed.all():
        assert times[~closed].mean() == pytest.approx(1)
        order = np.argsort(sum(logs.values())[~closed], kind="stable")
        assert (np.diff(times[~closed][order]) >= -1e-12).all()
    moved = logarithms({"one": one + 7, "other": other}, {"one": weight, "other": 1.0}, closed)
    np.testing.assert_allclose(by_lot(moved, closed), times, atol=1e-9)  # what all have alike says nothing
