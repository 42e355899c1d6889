"""Shortest paths that are drawn: shortest ones, each as likely as any other of its ends."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citydiplomacy.queries.measures import sampled_paths
from citydiplomacy.queries.measures.sampled_paths import Paths


def drawn(graph: nx.Graph, one: int, other: int, times: int, seed: int = 1) -> np.ndarray:
    """How many of so many paths between two nodes lead through each node."""
    matrix = nx.to_scipy_sparse_array(graph, nodelist=sorted(graph), dtype=float, format="csr")
    ends = np.full(times, one), np.full(times, other)
    return Paths(matrix, np.random.default_rng(seed)).through(*ends)


@settings(max_examples=60)
@given(st.integers(4, 14), st.integers(3, 40), st.integers(0, 10**6))
def test_each_node_has_its_share_of_the_shortest_paths(size: int, ties: int, seed: int) -> None:
    graph = nx.gnm_random_graph(size, ties, seed=seed)
    one, other = next(((a, b) for a, b in nx.non_edges(graph) if nx.has_path(graph, a, b)), (0, 0))
    if one == other:
        return
    through = Counter(node for path in nx.all_shortest_paths(graph, one, other) for node in path[1:-1])
    paths, times = len(list(nx.all_shortest_paths(graph, one, other))), 2000
    found = drawn(graph, one, other, times)
    assert {node for node in graph if found[node]} <= set(through)
    assert found.sum() == times * (nx.shortest_path_length(graph, one, other) - 1)
    for node, many in through.items():
        share = many / paths
        assert found[node] / times == pytest.approx(share, abs=5 * (share * (1 - share) / times) ** 0.5)


def test_neighbours_have_nothing_between_them() -> None:
    assert drawn(nx.complete_graph(5), 0, 1, 10).tolist() == [0] * 5


def test_more_paths_than_a_number_holds() -> None:
    """A chain of squares: two to the 1200th paths from end to end, half of them by each corner."""
    squares = 1200
    graph = nx.Graph()
    for at in range(squares):
        for corner in (3 * at + 1, 3 * at + 2):
            graph.add_edges_from([(3 * at, corner), (corner, 3 * at + 3)])
    found = drawn(graph, 0, 3 * squares, 200)
    assert (found[3 : 3 * squares : 3] == 200).all()
    assert (found[1::3] + found[2::3] == 200).all()
    assert found[1::3].mean() == pytest.approx(100, abs=2)


def test_tables_of_few_cells_give_the_same_kind_of_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.path_graph(9)
    whole = drawn(graph, 0, 8, 50)
    monkeypatch.setattr(sampled_paths, "CELLS_AT_ONCE", 1)
    assert (drawn(graph, 0, 8, 50) == whole).all()
    assert whole.tolist() == [0, *[50] * 7, 0]
