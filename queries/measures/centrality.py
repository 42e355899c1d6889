"""Centrality of the nodes of an undirected network, on compiled engines.

Each function takes `Ties` and returns an array with one value a node, in the order of `Ties.nodes`; NaN where the
measure is not defined. All are deterministic, to the bit: the nodes are sorted first, and nothing is summed in the
order in which threads happen to finish. NetworkX's results are the reference, to 1e-9; where a definition differs from
NetworkX's, the docstring says so.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

if TYPE_CHECKING:
    import networkx as nx
    import rustworkx as rx

Array = NDArray[Any]
Matrix = Any
"""A scipy sparse array of floats; the stubs of its arithmetic are too wide to be of use."""

DAMPING = 0.85
PAGERANK_TOLERANCE = 1e-10
"""Of the change of all nodes together, in one step; `tol=1e-10/N` in NetworkX's terms, whose default grows with N."""

SOURCES_AT_ONCE = 64 * 16
"""How many breadth-first searches run side by side, one bit each (see `rings`)."""


@dataclass(frozen=True)
class Ties:
    """A network as sorted nodes and a symmetric matrix of the weights of their ties."""

    nodes: tuple[Hashable, ...]
    weight: Matrix

    @classmethod
    def of(cls, graph: nx.Graph[Any]) -> Ties:
        """Read a graph; an edge without `weight` weighs 1.

        Direction is ignored, the weights of parallel edges are added, and a tie of a node with itself is left out.
        Raises ValueError if a weight is not a positive, finite number.
        """
        return cls.between(graph, graph.edges(data="weight", default=1))

    @classmethod
    def between(cls, nodes: Iterable[Hashable], ties: Iterable[tuple[Hashable, Hashable, float]]) -> Ties:
        """The same of nodes and ties, each with its weight, a pair in one direction."""
        nodes = tuple(sorted(nodes, key=str))
        index = {node: i for i, node in enumerate(nodes)}
        edges = [(index[a], index[b], float(w)) for a, b, w in ties if a != b]
        ends = np.array([edge[:2] for edge in edges], dtype=np.int64).reshape(-1, 2)
        weights = np.array([edge[2] for edge in edges], dtype=np.float64)
        if not (np.isfinite(weights) & (weights > 0)).all():
            raise ValueError("the weight of a tie must be a positive, finite number")
        one_way = csr_array((weights, (ends[:, 0], ends[:, 1])), shape=(len(nodes), len(nodes)))
        return cls(nodes, csr_array(one_way + one_way.T))

    @cached_property
    def adjacency(self) -> Matrix:
        """The same matrix with ones."""
        return csr_array((np.ones_like(self.weight.data), self.weight.indices, self.weight.indptr), self.weight.shape)

    @cached_property
    def strength(self) -> Array:
        """Sums of the rows."""
        return np.asarray(self.weight.sum(axis=1))

    @cached_property
    def proportions(self) -> Matrix:
        """The matrix with each row divided by its sum; a row of an isolate stays empty."""
        rows = np.repeat(np.arange(len(self.nodes)), degree(self))
        return csr_array(
            (self.weight.data / self.strength[rows], self.weight.indices, self.weight.indptr), self.weight.shape
        )

    @cached_property
    def compiled(self) -> rx.PyGraph[None, None]:
        """The same network for rustworkx, without weights; node numbers are positions in `nodes`."""
        import rustworkx as rx

        graph: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
        graph.add_nodes_from([None] * len(self.nodes))
        rows, columns = self.adjacency.nonzero()
        upper = rows < columns
        graph.add_edges_from_no_data(list(zip(rows[upper].tolist(), columns[upper].tolist(), strict=True)))
        return graph


def degree(ties: Ties) -> Array:
    """Number of neighbours, k_i: 0 to N - 1 (Freeman 1978, Social Networks 1, 215-239)."""
    return np.diff(ties.weight.indptr)


def strength(ties: Ties) -> Array:
    """Sum of the weights of a node's ties, in their unit: 0 or more (Barrat et al. 2004, PNAS 101, 3747-3752)."""
    return ties.strength


def betweenness(ties: Ties) -> Array:
    """Share of the shortest paths between others that pass through a node: 0 to 1, weights not used.

    Freeman 1977, Sociometry 40, 35-41, by the algorithm of Brandes 2001, J. Math. Sociology 25, 163-177, with trees
    folded (`betweenness.py`; in networks of many steps, as rings are, by rustworkx); normalised as in NetworkX by
    2 / ((N - 1)(N - 2)), N being all nodes, so in a network in parts no node reaches 1.
    """
    import rustworkx as rx

    from .betweenness import pairs_between

    size = len(ties.nodes)
    pairs = pairs_between(ties.adjacency) if size > 2 else np.zeros(size)
    if pairs is None:
        # In one thread: rustworkx's threads add up in the order in which they finish, so that the last digits vary.
        result = rx.betweenness_centrality(ties.compiled, parallel_threshold=size + 1)
        return _of_mapping(result, ties, np.float64)
    return pairs * 2 / max((size - 1) * (size - 2), 1)


def harmonic(ties: Ties) -> Array:
    """Sum of 1/d over all other nodes, d being the number of steps: 0 to N - 1; the unreachable add 0.

    Marchiori and Latora 2000, Physica A 285, 539-546; Rochat 2009 (harmonic closeness); weights not used; not divided
    by N - 1, as in NetworkX.
    """
    linked = np.flatnonzero(degree(ties))
    result = np.zeros(len(ties.nodes))
    total = np.zeros(linked.size)
    for distance, count in rings(ties.adjacency[linked][:, linked], np.arange(linked.size)):
        if distance:
            total += count / distance
    result[linked] = total
    return result


def rings(adjacency: Matrix, sources: Array) -> Iterator[tuple[int, Array]]:
    """How many of the sources lie a number of steps from each node: (steps, counts), in any order, until all are told.

    adjacency: symmetric, ones, no empty row. sources: positions, each of them as often as it counts. Many breadth-first
    searches at once, one bit each (Then et al. 2014, PVLDB 8, 449-460). Distance is symmetric, so the searches that
    reach a node at step d are as many as the sources at distance d from it: only bits are counted.
    """
    size, neighbours, starts = adjacency.shape[0], adjacency.indices, adjacency.indptr[:-1]
    for first in range(0, sources.size, SOURCES_AT_ONCE):
        some = sources[first : first + SOURCES_AT_ONCE]
        word, bit = np.divmod(np.arange(some.size), 64)
        reached = np.zeros((size, word[-1] + 1), dtype=np.uint64)
        np.bitwise_or.at(reached, (some, word), np.uint64(1) << bit.astype(np.uint64))
        newly, distance = reached, 0
        while newly.any():
            yield distance, np.bitwise_count(newly).sum(axis=1, dtype=np.int64)
            newly = np.bitwise_or.reduceat(newly[neighbours], starts, axis=0) & ~reached
            reached |= newly
            distance += 1


def eigenvector(ties: Ties) -> Array:
    """Leading eigenvector of the matrix of weights, of length 1: 0 to 1, on the giant component only, NaN elsewhere.

    Bonacich 1972, J. Math. Sociology 2, 113-120: a_i = (1 / lambda) sum_j w_ij a_j. Of a network in parts
    the vector speaks of one part only, and not always of the largest; so the others are left out beforehand. Of
    components of one size that of the first node in order is taken; without any tie all values are NaN. Equal to
    NetworkX's on that component alone.
    """
    from scipy.sparse.csgraph import connected_components
    from scipy.sparse.linalg import eigsh

    result = np.full(len(ties.nodes), np.nan)
    if not ties.weight.nnz:
        return result
    _, labels = connected_components(ties.weight, directed=False)
    giant = np.flatnonzero(labels == np.bincount(labels).argmax())
    matrix = ties.weight[giant][:, giant]
    _, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(giant.size))
    result[giant] = np.abs(vectors[:, 0])
    return result


def pagerank(ties: Ties) -> Array:
    """Share of time that a random walker spends at a node: 0 to 1, all together 1; weights are used.

    Brin and Page 1998, Computer Networks 30, 107-117: damping 0.85, jumps to all nodes alike, also from isolates.
    Iterated until one step changes the values by less than 1e-10 in total.
    """
    size = len(ties.nodes)
    isolated = ties.strength == 0
    transitions = ties.proportions.T.tocsr()
    rank = np.full(size, 1 / size) if size else np.zeros(0)
    change = float(size > 0)
    while change >= PAGERANK_TOLERANCE:  # each step shrinks the change by the damping at least: some 150 steps
        jumps = (1 - DAMPING + DAMPING * rank[isolated].sum()) / size
        last, rank = rank, DAMPING * (transitions @ rank) + jumps
        change = float(np.abs(rank - last).sum())
    return rank


def core(ties: Ties) -> Array:
    """The largest k such that the node is in the k-core, where all have k neighbours or more: 0 to N - 1.

    Seidman 1983, Social Networks 5, 269-287; Batagelj and Zaversnik 2003.
    """
    import rustworkx as rx

    return _of_mapping(rx.core_number(ties.compiled), ties, np.int64)


def constraint(ties: Ties) -> Array:
    """Burt's constraint: how far a node's ties lead to partners tied with each other; low means brokerage.

    Burt 2004, American J. Sociology 110, 349-399 (and Structural Holes, 1992, eq. 2.4):
    c_i = sum over neighbours j of (p_ij + sum_q p_iq p_qj)^2, p_ij = w_ij / sum_k w_ik. More than 0, seldom above
    1 (a closed triangle has 1.125); NaN for isolates; weights are used. As in NetworkX, p_qj counts all ties of q, also
    those that lead out of i's neighbourhood.
    """
    direct = ties.proportions
    indirect = (direct @ direct).multiply(ties.adjacency)
    result = np.asarray((direct + indirect).power(2).sum(axis=1), dtype=np.float64)
    result[ties.strength == 0] = np.nan
    return result


def clustering(ties: Ties) -> Array:
    """Share of the pairs of a node's neighbours that are tied: 0 to 1; NaN with fewer than two neighbours.

    Watts and Strogatz 1998, Nature 393, 440-442; weights not used.
    """
    neighbours = degree(ties).astype(np.float64)
    pairs = neighbours * (neighbours - 1) / 2
    return np.where(pairs > 0, triangles(ties) / np.maximum(pairs, 1), np.nan)


def triangles(ties: Ties) -> Array:
    """Number of triangles that a node is a corner of: 0 to (N - 1)(N - 2) / 2; weights not used."""
    closed = np.asarray((ties.adjacency @ ties.adjacency).multiply(ties.adjacency).sum(axis=1))
    return (closed / 2).astype(np.int64)


def interlock(values: Matrix) -> Array:
    """Interlocking connectivity of the rows of a matrix of service values (rows cities, columns organisations).

    Taylor 2001, Geographical Analysis 33, 181-194: r_ab = sum_j v_aj v_bj, N_a = sum over b other than a of r_ab; in
    squared units of service value, 0 or more. The matrix of all r_ab, which is nearly full, is never made:
    N_a = sum_j v_aj (s_j - v_aj), s_j being the sum of column j.
    """
    return np.asarray(values @ values.sum(axis=0) - values.power(2).sum(axis=1))


def interlocking(ties: Ties) -> Array:
    """The same of the nodes of a network tied by service values."""
    return interlock(ties.weight)


def _of_mapping(mapping: Any, ties: Ties, dtype: type[np.generic]) -> Array:
    return np.array([mapping[i] for i in range(len(ties.nodes))], dtype=dtype)
