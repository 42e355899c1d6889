"""The structure of an undirected network: components and communities; weights are not used.

`component` and `label_propagation` take `Ties` and return an array of whole numbers, one a node, in the order of
`Ties.nodes`; spark.py has the same measures for networks that one machine cannot hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import connected_components

from .centrality import Array, Ties

if TYPE_CHECKING:
    import networkx as nx

ROUNDS = 10
"""Rounds of label propagation: enough for labels to settle but for a few that go to and fro."""


def component(ties: Ties) -> Array:
    """The connected component of a node, told by the position of its first node."""
    _, labels = connected_components(ties.weight, directed=False)
    _, first = np.unique(labels, return_index=True)
    return np.asarray(first[labels], dtype=np.int64)


def label_propagation(ties: Ties, rounds: int = ROUNDS) -> Array:
    """The community of a node by label propagation, told by the position of the node whose label it is.

    Raghavan, Albert and Kumara 2007, Physical Review E 76, 036106, in the deterministic form of LDBC Graphalytics
    (Iosup et al. 2016, PVLDB 9, 1317-1328): in the beginning each node has its own label; in each round all nodes at
    once take the label that most of their neighbours have, of several the first; after a fixed number of rounds it
    ends. An isolate keeps its label.
    """
    nodes, neighbours = ties.adjacency.nonzero()
    labels = np.arange(len(ties.nodes))
    for _ in range(rounds):
        pairs, votes = np.unique(np.stack([nodes, labels[neighbours]]), axis=1, return_counts=True)
        order = np.lexsort((pairs[1], -votes, pairs[0]))
        voters, best = np.unique(pairs[0][order], return_index=True)
        labels = labels.copy()
        labels[voters] = pairs[1][order][best]
    return labels


def communities(graph: nx.Graph[str]) -> list[set[str]]:
    """The communities of a network, the largest first, without regard to the number and weight of ties.

    Louvain (Blondel et al. 2008, doi:10.1088/1742-5468/2008/10/P10008), nodes sorted and the seed fixed, so that the
    same network gives the same.
    """
    import networkx as nx

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted({(min(one, other), max(one, other)) for one, other in graph.edges()}))
    return sorted(nx.community.louvain_communities(plain, seed=1), key=lambda group: (-len(group), min(group)))
