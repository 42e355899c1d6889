"""Measures of nearness: against NetworkX, numbers known by heart, and what must hold of any network."""

from __future__ import annotations

import math
from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.graph.globe import EARTH_RADIUS_KM
from citydiplomacy.queries.measures import proximity
from citydiplomacy.queries.measures.centrality import Array, Ties

KARATE = nx.karate_club_graph()


def scores(graph: nx.Graph[int], measure: Callable[[Ties, list[int]], Array]) -> Array:
    """All pairs; the nodes must be their own positions."""
    relabelled = nx.relabel_nodes(graph, {node: f"{node:03}" for node in graph})
    return measure(Ties.of(relabelled), list(range(len(graph))))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (proximity.adamic_adar, nx.adamic_adar_index),
        (proximity.resource_allocation, nx.resource_allocation_index),
        (proximity.jaccard, nx.jaccard_coefficient),
        (proximity.preferential_attachment, nx.preferential_attachment),
        (proximity.common_neighbours, None),
    ],
)
def test_measures_are_those_of_networkx(
    ours: Callable[[Ties, list[int]], Array], theirs: Callable[..., object] | None
) -> None:
    found = scores(KARATE, ours)
    pairs = list(nx.non_edges(KARATE))
    if theirs is None:
        expected = [(a, b, len(list(nx.common_neighbors(KARATE, a, b)))) for a, b in pairs]
    else:
        expected = list(theirs(KARATE, pairs))  # type: ignore[call-overload]
    assert len(expected) > 400
    for a, b, value in expected:
        assert found[a, b] == pytest.approx(value, abs=1e-12)
        assert found[b, a] == pytest.approx(value, abs=1e-12)


def test_paths_of_three_steps_are_weighed_by_their_middle() -> None:
    square = nx.cycle_graph(4)
    assert scores(square, proximity.three_steps)[0, 2] == 0  # two steps, not three
    path = nx.path_graph(4)
    assert scores(path, proximity.three_steps)[0, 3] == pytest.approx(1 / 2)  # both middles have two partners
    degrees = dict(KARATE.degree)
    expected = sum(
        1 / math.sqrt(degrees[u] * degrees[v]) for u in KARATE[4] for v in KARATE[33] if KARATE.has_edge(u, v)
    )
    assert scores(KARATE, proximity.three_steps)[4, 33] == pytest.approx(expected)


def test_partners_of_the_group() -> None:
    graph = nx.Graph([("a", "x"), ("b", "x"), ("b", "y"), ("c", "y")])
    ties = Ties.of(graph)  # a, b, c, x, y
    found = proximity.group_partners(ties, [0, 3], np.array([0, 0, 1, -1, 1]))
    assert found[0].tolist() == [0, 0, 0, 1, 1]  # b, the other of the group, is tied to x and to y
    assert np.isnan(found[1]).all()


def test_distance_in_kilometres() -> None:
    latitude, longitude = np.array([36.297, 35.694, np.nan, -36.297]), np.array([59.606, 51.421, 3.0, -120.394])
    found = proximity.distance(latitude, longitude, [0])[0]
    assert found[0] == 0
    assert found[1] == pytest.approx(741, abs=2)  # Mashhad to Tehran
    assert np.isnan(found[2])
    assert found[3] == pytest.approx(math.pi * EARTH_RADIUS_KM)  # the other side of the globe


PLACE = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(st.lists(PLACE, min_size=2, max_size=5))
def test_distance_is_a_metric_on_the_sphere(places: list[tuple[float, float]]) -> None:
    north, east = np.array(places).T
    found = proximity.distance(north, east, list(range(len(places))))
    assert np.isfinite(found).all()
    np.testing.assert_allclose(found, found.T, atol=1e-6)
    assert (found <= math.pi * EARTH_RADIUS_KM + 1e-6).all()
    for middle in range(len(places)):
        assert (found <= found[:, [middle]] + found[[middle], :] + 1e-3).all()


def test_borda_counts_who_is_worse() -> None:
    parts = (np.array([[3.0, 1.0, 2.0, -np.inf]]), np.array([[5.0, 5.0, np.nan, -np.inf]]))
    # of two others: 2, 0 and 1 are worse; equals are half worse; the unknown stands in the middle
    assert proximity.borda(parts).tolist() == [[0.75, 0.25, 0.5, 0.0]]


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=12), st.integers(1, 5))
def test_borda_asks_for_order_only(values: list[int], scale: int) -> None:
    part = np.array([values], dtype=float)
    found = proximity.borda([part])
    np.testing.assert_allclose(found, proximity.borda([part * scale + 7]))
    np.testing.assert_allclose(found.mean(), 0.5)
    assert ((found >= 0) & (found <= 1)).all()


def test_alone_among_candidates() -> None:
    assert proximity.borda([np.array([[4.0, -np.inf]])]).tolist() == [[0.5, 0.0]]


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=2, max_size=12), st.floats(1, 19_000))
def test_nearer_than_is_what_the_distance_says(places: list[tuple[float, float]], limit: float) -> None:
    north, east = (np.array([*column, np.nan]) for column in zip(*places, strict=True))
    away = proximity.distance(north, east, range(len(places)))[:, :-1]
    found = {(min(a, b), max(a, b)) for a, b in proximity.nearer_than(north, east, limit).tolist()}
    for a, b in zip(*np.triu_indices(len(places), 1), strict=True):
        if abs(away[a, b] - limit) > 1:
            assert ((a, b) in found) == (away[a, b] < limit)
