"""Estimates of costly measures: the exact values lie between their bounds, and so do the ranks."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citydiplomacy.queries.measures import estimates
from citydiplomacy.queries.measures.centrality import Ties
from citydiplomacy.queries.measures.estimates import PROBABILITY, Estimate
from citydiplomacy.queries.measures.influence import MEASURES, rank_ranges, ranks

EXACT: dict[str, Callable[[nx.Graph], dict[int, float]]] = {
    "betweenness": nx.betweenness_centrality,
    "harmonic": nx.harmonic_centrality,
}


def estimated(measure: str, graph: nx.Graph, samples: int, seed: int) -> tuple[Estimate, np.ndarray]:
    """An estimate, and the exact values in its order."""
    ties, exact = Ties.of(graph), EXACT[measure](graph)
    estimate = getattr(estimates, measure)(ties, samples, seed)
    return estimate, np.array([exact[node] for node in ties.nodes])


def holds(estimate: Estimate, exact: np.ndarray) -> bool:
    """Whether all values lie between their bounds."""
    assert (estimate.lower <= estimate.value + 1e-12).all()
    assert (estimate.value <= estimate.upper + 1e-12).all()
    return bool(((estimate.lower <= exact + 1e-9) & (exact <= estimate.upper + 1e-9)).all())


@pytest.mark.parametrize("measure", EXACT)
def test_all_values_lie_between_their_bounds_as_often_as_is_said(measure: str) -> None:
    graph = nx.barabasi_albert_graph(150, 2, seed=4)
    graph.add_edges_from((node, 1000 + node) for node in range(0, 150, 3))  # trees
    graph.add_edges_from(nx.cycle_graph(range(2000, 2010)).edges)  # a part apart
    ties, (_, exact) = Ties.of(graph), estimated(measure, graph, 1, 1)
    found = [holds(getattr(estimates, measure)(ties, 400, seed), exact) for seed in range(100)]
    assert sum(found) >= 100 * PROBABILITY


@pytest.mark.parametrize("measure", EXACT)
@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.integers(0, 50), st.integers(0, 10**6))
def test_any_graph_where_next_to_nothing_may_miss(measure: str, size: int, ties: int, seed: int) -> None:
    with pytest.MonkeyPatch.context() as certain:
        certain.setattr(estimates, "PROBABILITY", 1 - 1e-9)
        assert holds(*estimated(measure, nx.gnm_random_graph(size, ties, seed=seed), 300, seed))


@pytest.mark.parametrize("measure", EXACT)
def test_bounds_grow_narrow_with_what_is_drawn(measure: str) -> None:
    graph = nx.barabasi_albert_graph(150, 2, seed=4)
    few, many = (estimated(measure, graph, samples, 1)[0] for samples in (500, 8000))
    assert ((many.upper - many.lower).mean() < (few.upper - few.lower).mean() / 2.5).all()


def test_what_trees_decide_is_exact() -> None:
    graph = nx.random_labeled_tree(60, seed=2)
    estimate, exact = estimated("betweenness", graph, 100, 1)
    assert (estimate.lower == estimate.upper).all()
    assert estimate.value == pytest.approx(exact)


def test_a_small_part_is_known_by_its_size() -> None:
    """Of two that are tied to each other alone, nothing is left to chance, drawn or not."""
    graph = nx.barabasi_albert_graph(300, 2, seed=4)
    graph.add_edge(1000, 1001)
    estimate, exact = estimated("harmonic", graph, 50, 1)
    place = Ties.of(graph).nodes.index(1000)
    assert (estimate.lower[place], estimate.value[place], estimate.upper[place]) == (1, 1, 1)
    assert exact[place] == 1


@pytest.mark.parametrize("measure", EXACT)
def test_same_network_same_bits_and_other_seed_other_sample(measure: str) -> None:
    ties = Ties.of(nx.barabasi_albert_graph(150, 2, seed=4))
    one, again, other = (getattr(estimates, measure)(ties, 200, seed) for seed in (1, 1, 2))
    assert one.value.tobytes() == again.value.tobytes()
    assert one.value.tobytes() != other.value.tobytes()


def test_where_a_path_is_much_work_fewer_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.barabasi_albert_graph(150, 2, seed=4)
    whole, _ = estimated("betweenness", graph, 2000, 1)
    monkeypatch.setattr(estimates, "WORK", 150_000)
    less, exact = estimated("betweenness", graph, 2000, 1)
    assert (less.upper - less.lower).mean() > 1.2 * (whole.upper - whole.lower).mean()
    assert holds(less, exact)


def test_only_what_is_too_much_work_is_estimated() -> None:
    ties = Ties.of(nx.cycle_graph(10))
    assert all(estimates.estimated(measure, ties) is None for measure in MEASURES.values())
    assert {name for name, measure in MEASURES.items() if measure.exact_up_to < float("inf")} == set(EXACT)


@given(st.dictionaries(st.integers(), st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_the_rank_lies_in_its_range(told: dict[int, tuple[int, int, int]]) -> None:
    ranges = rank_ranges({node: (value - below, value + above) for node, (value, below, above) in told.items()})
    true = ranks({node: float(value) for node, (value, _, _) in told.items()})
    assert set(ranges) == set(true)
    assert all(ranges[node][0] <= true[node] <= ranges[node][1] for node in true)
    exact = rank_ranges({node: (value, value) for node, (value, _, _) in told.items()})
    assert exact == {node: (rank, rank) for node, rank in true.items()}


def test_ranges_are_as_narrow_as_the_bounds_allow() -> None:
    assert rank_ranges({"a": (5, 6), "b": (4, 5.5), "c": (3, 3.5), "d": (1, 2)}) == {
        "a": (1, 2),
        "b": (1, 2),
        "c": (3, 3),
        "d": (4, 4),
    }
