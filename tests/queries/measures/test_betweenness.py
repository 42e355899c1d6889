"""Betweenness with trees folded: exact on every shape, the same bits on any number of cores."""

from __future__ import annotations

import os

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citydiplomacy.queries.measures import betweenness
from citydiplomacy.queries.measures.influence import influence

PRECISION = 1e-9


def assert_equal_to_networkx(graph: nx.Graph) -> None:
    ours = influence(graph, ["betweenness"])["betweenness"]
    assert ours == pytest.approx(nx.betweenness_centrality(graph), abs=PRECISION, rel=PRECISION)


def with_trees(graph: nx.Graph, seed: int) -> nx.Graph:
    """Trees of all sizes hung on a graph, and one apart."""
    tree = nx.random_labeled_tree(40, seed=seed)
    joined = nx.disjoint_union_all([graph, tree, tree])
    joined.add_edge(0, len(graph))
    joined.add_edge(1, len(graph) + 7)
    joined.remove_edge(*next(iter(nx.bridges(joined))))
    return joined


@pytest.mark.parametrize("seed", range(5))
def test_trees_and_cycles(seed: int) -> None:
    assert_equal_to_networkx(with_trees(nx.gnm_random_graph(60, 110, seed=seed), seed))


@settings(max_examples=100)
@given(st.integers(1, 25), st.integers(0, 40), st.integers(0, 10**6))
def test_any_graph(size: int, ties: int, seed: int) -> None:
    assert_equal_to_networkx(nx.gnm_random_graph(size, ties, seed=seed))


def test_forest_needs_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(betweenness, "_dependencies", None)
    assert_equal_to_networkx(nx.disjoint_union(nx.random_labeled_tree(50, seed=3), nx.path_graph(9)))


@pytest.mark.parametrize("apart", [False, True])
def test_ring_of_many_steps_is_left_to_the_other_engine(apart: bool) -> None:
    ring = nx.cycle_graph(2 * betweenness.DEEP + 20)
    graph = nx.disjoint_union(nx.complete_graph(5), ring) if apart else ring
    assert betweenness.pairs_between(nx.to_scipy_sparse_array(graph, dtype=float)) is None
    assert_equal_to_networkx(graph)


def test_same_bits_on_any_number_of_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.barabasi_albert_graph(500, 2, seed=4)
    several = influence(graph, ["betweenness"])
    for cores in (1, 3, 8):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        assert influence(graph, ["betweenness"]) == several


def test_batches_of_one_search_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(betweenness, "CELLS_AT_ONCE", 1)
    assert_equal_to_networkx(nx.karate_club_graph())
