"""Cities by way of their organisations: two-mode figures, Newman's weights, the backbone; against counting by hand."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import false_discovery_control

from citydiplomacy.queries.measures import backbone, centrality
from citydiplomacy.queries.measures.projections import TwoMode

cells = st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=2, max_size=5)


def two_mode(table: list[list[bool]] | np.ndarray) -> TwoMode:
    places = {(f"c{i}", f"o{j}"): float(cell) for i, row in enumerate(table) for j, cell in enumerate(row)}
    return TwoMode.of(places)


def southern_women() -> TwoMode:
    """18 women and 14 events of Davis, Gardner and Gardner 1941."""
    graph = nx.davis_southern_women_graph()
    women = graph.graph["top"]
    return TwoMode.of({(woman, event): 1.0 for woman in women for event in graph[woman]})


def as_graph(two_mode: TwoMode) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from((*two_mode.cities, *two_mode.organizations))
    rows, columns = two_mode.belongs.nonzero()
    graph.add_edges_from((two_mode.cities[i], two_mode.organizations[j]) for i, j in zip(rows, columns, strict=True))
    return graph


def assert_projection(matrix: object, graph: nx.Graph, names: tuple[str, ...]) -> None:
    expected = nx.to_numpy_array(graph, nodelist=names) if names else np.zeros((0, 0))
    np.testing.assert_allclose(matrix.toarray(), expected, rtol=1e-12)


@given(cells)
def test_projections_equal_networkx(table: list[list[bool]]) -> None:
    found = two_mode(table)
    graph, cities = as_graph(found), found.cities
    assert_projection(found.shared(), nx.bipartite.weighted_projected_graph(graph, cities), cities)
    assert_projection(found.newman(), nx.bipartite.collaboration_weighted_projected_graph(graph, cities), cities)


def test_newman_strength_is_the_number_of_organisations_with_others() -> None:
    places = {("a", "o"): 1.0, ("b", "o"): 2.0, ("c", "o"): 1.0, ("a", "p"): 3.0, ("a", "q"): 1.0, ("b", "q"): 1.0}
    found = TwoMode.of(places)
    assert found.newman().sum(axis=1).tolist() == [2, 2, 1]
    assert found.newman()[[0], [1]] == pytest.approx(1 / 2 + 1)


def test_two_mode_centrality_of_the_southern_women_is_that_of_networkx() -> None:
    found = southern_women()
    graph = as_graph(found)
    ties = found.ties
    by_name = {
        "degree": (centrality.degree, dict(graph.degree)),
        "betweenness": (centrality.betweenness, nx.betweenness_centrality(graph)),
        "harmonic": (centrality.harmonic, nx.harmonic_centrality(graph)),
        "eigenvector": (centrality.eigenvector, nx.eigenvector_centrality_numpy(graph)),
    }
    for function, expected in by_name.values():
        assert dict(zip(ties.nodes, function(ties), strict=True)) == pytest.approx(expected, abs=1e-9)


def test_southern_women_shared_events_are_as_published() -> None:
    # Breiger 1974, Social Forces 53, 181-190: Evelyn and Theresa meet at 7 events, Charlotte and Laura at 3.
    found = southern_women()
    shared = found.shared().toarray()

    def met(one: str, other: str) -> float:
        return shared[found.cities.index(one), found.cities.index(other)]

    assert met("Evelyn Jefferson", "Theresa Anderson") == 7
    assert met("Charlotte McDowd", "Laura Mandeville") == 3
    assert met("Charlotte McDowd", "Nora Fayette") == 1


# --- the configuration model ------------------------------------------------------------------------------------------


@settings(max_examples=200)
@given(cells)
def test_model_keeps_all_sums(table: list[list[bool]]) -> None:
    matrix = np.array(table, dtype=int)
    p = backbone.bicm(matrix.sum(axis=1), matrix.sum(axis=0))
    assert ((p >= 0) & (p <= 1)).all()
    np.testing.assert_allclose(p.sum(axis=1), matrix.sum(axis=1), atol=1e-6)
    np.testing.assert_allclose(p.sum(axis=0), matrix.sum(axis=0), atol=1e-6)


def test_model_is_the_likeliest() -> None:
    # The same by a general optimiser, cell by cell, without classes.
    found = southern_women()
    matrix = found.belongs.toarray()
    rows, columns = matrix.sum(axis=1), matrix.sum(axis=0)

    def unlikely(x: np.ndarray) -> float:
        row, column = x[: rows.size], x[rows.size :]
        return float(np.logaddexp(0, row[:, None] + column).sum() - rows @ row - columns @ column)

    best = minimize(unlikely, np.zeros(rows.size + columns.size), method="BFGS", options={"gtol": 1e-7}).x
    expected = 1 / (1 + np.exp(-(best[: rows.size, None] + best[rows.size :])))
    np.testing.assert_allclose(backbone.bicm(rows.astype(int), columns.astype(int)), expected, atol=1e-5)


def test_sums_that_leave_one_choice_are_certain() -> None:
    assert backbone.bicm(np.array([3, 2, 1, 0]), np.array([3, 2, 1])).tolist() == [
        [1, 1, 1],
        [1, 1, 0],
        [1, 0, 0],
        [0, 0, 0],
    ]


def test_sums_that_leave_one_choice_in_the_middle() -> None:
    # The first two rows hold the first two columns for certain, though no row and no column is full.
    p = backbone.bicm(np.array([3, 3, 1, 1]), np.array([3, 3, 1, 1]))
    np.testing.assert_allclose(p, [[1, 1, 0.5, 0.5]] * 2 + [[0.5, 0.5, 0, 0]] * 2, atol=1e-6)


# --- the distribution -------------------------------------------------------------------------------------------------


def tails_by_enumeration(probabilities: list[float], most: int) -> list[float]:
    mass = [0.0] * (len(probabilities) + 1)
    for outcome in itertools.product((0, 1), repeat=len(probabilities)):
        mass[sum(outcome)] += math.prod(p if hit else 1 - p for p, hit in zip(probabilities, outcome, strict=True))
    return [math.fsum(mass[number:]) for number in range(most + 1)]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.integers(0, 8))
def test_tails_equal_enumeration(probabilities: list[float], most: int) -> None:
    (found,) = backbone.upper_tails(np.array([probabilities]), most)
    assert found.tolist() == pytest.approx(tails_by_enumeration(probabilities, most), abs=1e-12)


def test_small_tails_keep_their_digits() -> None:
    (tails,) = backbone.upper_tails(np.full((1, 20), 1e-3), 20)
    assert tails[20] == pytest.approx(1e-60)


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3)), min_size=1, max_size=12), st.integers(1, 20))
def test_correction_equals_scipy(tests: list[tuple[float, int]], others: int) -> None:
    p, count = (np.array(part) for part in zip(*tests, strict=True))
    ours = backbone.false_discovery_rates(p, count, int(count.sum()) + others)
    theirs = false_discovery_control([*np.repeat(p, count), *[1.0] * others], method="bh")
    assert np.repeat(ours, count).tolist() == pytest.approx(theirs[: count.sum()].tolist())


# --- the backbone -----------------------------------------------------------------------------------------------------


@given(cells)
def test_every_pair_by_brute_force(table: list[list[bool]]) -> None:
    found = two_mode(table)
    about = min(1, len(table) - 1)
    pairs = backbone.co_memberships(found, about)
    matrix = np.array(table, dtype=int)
    p = backbone.bicm(matrix.sum(axis=1), matrix.sum(axis=0))
    expected = {}
    for one, other in itertools.combinations(range(len(table)), 2):
        if shared := int(matrix[one] @ matrix[other]):
            expected[one, other] = shared, tails_by_enumeration((p[one] * p[other]).tolist(), shared)[shared]
    expected = {pair: place for pair, place in expected.items() if about in pair or place[1] <= backbone.ALPHA}
    assert list(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True)) == sorted(expected)
    assert pairs.shared.tolist() == [shared for _, (shared, _) in sorted(expected.items())]
    assert pairs.p.tolist() == pytest.approx([tail for _, (_, tail) in sorted(expected.items())], abs=1e-6)


def test_two_cities_alone_at_many_tables_are_the_backbone() -> None:
    # A big organisation of all ties nobody; a and b alone meet in eight small ones, the others each time anew.
    places = {(f"c{i:02}", "all"): 1.0 for i in range(30)}
    places |= {(city, f"small{n}"): 1.0 for n in range(8) for city in ("a", "b")}
    places |= {(f"c{i:02}", f"round{step}-{i * step % 31 // 3}"): 1.0 for i in range(30) for step in range(1, 8)}
    found = TwoMode.of(places)
    pairs = backbone.co_memberships(found)
    kept = [
        (found.cities[i], found.cities[j]) for i, j in zip(pairs.one[pairs.kept], pairs.other[pairs.kept], strict=True)
    ]
    assert kept == [("a", "b")]
    assert pairs.tested == 32 * 31 // 2


def test_no_city_no_pair() -> None:
    pairs = backbone.co_memberships(TwoMode.of({}))
    assert pairs.p.size == pairs.tested == 0
