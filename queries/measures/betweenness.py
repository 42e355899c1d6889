"""Betweenness of an undirected network without weights, exact: Brandes' algorithm, reduced and in batches.

Trees are folded away first: a node with one neighbour lies between no others, so it moves into its neighbour, which
then counts for both (Baglioni, Geraci, Pellegrini and Lastres 2012, ASONAM; Sariyuce et al. 2013, SDM,
"Shattering and compressing networks for betweenness centrality"). What passes through folded trees is counted, not
searched. Of the network of 2016 half of the nodes go so. From the rest the searches of Brandes 2001 run in batches, a
column each, so that a step of all of them is one product with the matrix of ties.

Batches depend on the network alone, and their sums are added in their order: the same bits on any number of cores.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

Array = NDArray[Any]
Matrix = Any

SEARCHES_AT_ONCE = 16
"""So few that their arrays stay near the processor: 64 take half as long again."""
CELLS_AT_ONCE = 2**20
"""Of one array of a batch (8 MiB); in large networks fewer searches run at once."""

DEEP = 100
"""Steps from a node of a network beyond which batches do not pay: each step takes time, however few it reaches."""


def pairs_between(adjacency: Matrix) -> Array | None:
    """The pairs of other nodes whose shortest paths lead through a node; a share of the paths is a share of the pair.

    adjacency: symmetric, ones, an empty diagonal. None if the network is too deep (see `DEEP`).
    """
    folded = folded_trees(adjacency)
    pairs, rest, core, weight = folded.pairs, folded.rest, folded.core, folded.weight
    if not rest.size:
        return pairs
    if _deep(core):
        return None
    at_once = max(1, min(SEARCHES_AT_ONCE, CELLS_AT_ONCE // adjacency.shape[0]))
    batches = [np.arange(first, min(first + at_once, rest.size)) for first in range(0, rest.size, at_once)]
    total = np.zeros(rest.size)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for part in threads.map(lambda sources: _dependencies(core, weight, sources), batches):
            total += part
    pairs[rest] += total / 2  # each pair was searched from both ends
    return pairs


class Folded(NamedTuple):
    """A network whose trees are folded away."""

    pairs: Array
    """The pairs whose paths lead through a node and one of its trees: all of those that are folded away."""
    rest: Array
    """The nodes that are left, by position."""
    core: Matrix
    """What ties them to one another."""
    weight: Array
    """How many nodes each of them counts for."""


def folded_trees(adjacency: Matrix) -> Folded:
    """Fold the trees of a network (see `pairs_between`) into what they hang on."""
    weight, squares, folded = _fold(adjacency)
    _, label = connected_components(adjacency, directed=False)
    component = np.bincount(label, minlength=1)[label].astype(np.float64)
    # A node with its own trees of sizes c_i, and w in all: pairs in two of the trees, pairs in a tree and outside.
    pairs = ((weight - 1) ** 2 - squares) / 2 + (weight - 1) * (component - weight)
    rest = np.flatnonzero(~folded)
    return Folded(pairs, rest, csr_array(adjacency[rest][:, rest]), weight[rest])


def _fold(adjacency: Matrix) -> tuple[Array, Array, Array]:
    """How many nodes each one counts for, the sum of the squared sizes of the trees in it, and whether it is gone."""
    size = adjacency.shape[0]
    starts, neighbours = adjacency.indptr.tolist(), adjacency.indices.tolist()
    degree = np.diff(adjacency.indptr).tolist()
    weight, squares = [1] * size, [0] * size
    leaves = [node for node in range(size) if degree[node] == 1]
    while leaves:
        leaf = leaves.pop()
        if degree[leaf] != 1:
            continue  # the last node of a tree
        degree[leaf] = 0
        node = next(other for other in neighbours[starts[leaf] : starts[leaf + 1]] if degree[other])
        weight[node] += weight[leaf]
        squares[node] += weight[leaf] ** 2
        degree[node] -= 1
        if degree[node] == 1:
            leaves.append(node)
    return np.array(weight, dtype=np.float64), np.array(squares, dtype=np.float64), np.array(degree, dtype=int) == 0


def _deep(core: Matrix) -> bool:
    _, label = connected_components(core, directed=False)
    some = np.unique(label, return_index=True)[1]  # a node of each component
    return bool(dijkstra(core, unweighted=True, indices=some, min_only=True).max() > DEEP)


def _dependencies(core: Matrix, weight: Array, sources: Array) -> Array:
    """Brandes' dependencies on each node, of sources and targets that count `weight` times, summed over sources."""
    size, columns = core.shape[0], np.arange(sources.size)
    paths = np.zeros((size, sources.size))
    paths[sources, columns] = 1
    reached, unseen = paths, paths == 0
    steps = [~unseen]  # of each number of steps, who is so far away
    while True:
        reached = core @ reached
        reached *= unseen
        new = reached > 0
        if not new.any():
            break
        steps.append(new)
        unseen ^= new
        paths += reached
    paths[unseen] = 1  # not reached, and so in no step below
    per_path = 1 / paths
    dependency = np.zeros_like(paths)
    for far in range(len(steps) - 1, 0, -1):
        share = dependency + weight[:, None]
        share *= per_path
        share *= steps[far]
        nearer = core @ share
        nearer *= paths
        nearer *= steps[far - 1]
        dependency += nearer
    dependency[sources, columns] = 0
    result: Array = dependency @ weight[sources]
    return result
