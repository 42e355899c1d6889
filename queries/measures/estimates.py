"""Costly measures of a large network, estimated by sampling: each value with what it lies between.

With `PROBABILITY` all values of a measure lie between their bounds at once, so that ranks by them hold together too.
The bounds are those of the number of samples, not of a limit that it tends to. What is drawn has a fixed seed: the
same network has the same estimate, to the bit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components
from scipy.special import betaincinv

from .betweenness import Folded, folded_trees
from .centrality import Array, Ties, degree, rings
from .influence import Measure
from .sampled_paths import Paths

PROBABILITY = 0.9
"""That all values of a measure that is estimated lie between their bounds at once."""

SEED = 1
PATHS = 50_000
"""Shortest paths drawn for betweenness."""
PILOT = 64
"""Paths drawn beforehand, to learn how much work one is; they count no further."""
WORK = 400_000_000
"""Ties that are looked at for betweenness, about: where they would be more, fewer paths are drawn."""
SOURCES = 4096
"""Nodes drawn for harmonic closeness."""


@dataclass(frozen=True)
class Estimate:
    """Values of the nodes of a network and between what they lie; where a value is its own bounds, it is exact."""

    value: Array
    lower: Array
    upper: Array


def estimated(measure: Measure, ties: Ties) -> Estimate | None:
    """The estimate of a measure of a network whose exact values are too much work; None of one that is not so large."""
    if len(ties.nodes) * (ties.weight.nnz // 2) <= measure.exact_up_to:
        return None
    function: Callable[[Ties], Estimate] = {"betweenness": betweenness, "harmonic": harmonic}[measure.name]
    return function(ties)


def betweenness(ties: Ties, paths: int = PATHS, seed: int = SEED) -> Estimate:
    """`centrality.betweenness` as the share of shortest paths, drawn at random, that lead through a node.

    Riondato and Kornaropoulos 2016, Data Mining and Knowledge Discovery 30, 438-475, algorithm 1. Pairs whose paths
    trees decide are counted (`betweenness.folded_trees`); the ends of paths are drawn from the rest, by how many nodes
    each one counts for. How many of the paths lead through a node is binomial, so its interval is that of Clopper and
    Pearson 1934, Biometrika 26, 404-413. The probability to miss is shared out among the nodes (`_may_miss`), as in
    KADABRA (Borassi and Natale 2019, ACM J. Experimental Algorithmics 24, 1.2).
    """
    folded = folded_trees(ties.adjacency)
    value, lower, upper = (folded.pairs.copy() for _ in range(3))
    if folded.rest.size:
        ends, random = _Ends(folded), np.random.default_rng(seed)
        drawn = Paths(folded.core, random)
        drawn.through(*ends.drawn(PILOT, random))
        number = max(PILOT, min(paths, WORK * PILOT // drawn.work))
        through = drawn.through(*ends.drawn(number, random))
        miss = _may_miss(np.diff(folded.core.indptr)) / 2
        value[folded.rest] += ends.pairs * through / number
        some, all_ = through > 0, through == number
        least = betaincinv(np.maximum(through, 1), number - through + 1, miss)
        most = betaincinv(through + 1, np.maximum(number - through, 1), 1 - miss)
        lower[folded.rest] += ends.pairs * np.where(some, least, 0)
        upper[folded.rest] += ends.pairs * np.where(all_, 1, most)
    size = len(ties.nodes)
    scale = 2 / max((size - 1) * (size - 2), 1)
    return Estimate(value * scale, lower * scale, upper * scale)


class _Ends:
    """Pairs of different nodes of one component, drawn by the number of pairs of nodes that each one stands for."""

    def __init__(self, folded: Folded) -> None:
        _, label = connected_components(folded.core, directed=False)
        self._order = np.argsort(label, kind="stable")  # a component after the other
        self._weight = folded.weight[self._order].astype(np.int64)
        self._up_to = np.cumsum(self._weight)
        inside = np.bincount(label, weights=folded.weight).astype(np.int64)
        self._inside = inside[label[self._order]]
        self._begin = (np.cumsum(inside) - inside)[label[self._order]]
        self._pairs_up_to = np.cumsum(self._weight * (self._inside - self._weight))
        self.pairs = float(self._pairs_up_to[-1]) / 2
        """How many pairs of nodes lie in different trees of one component."""

    def drawn(self, number: int, random: np.random.Generator) -> tuple[Array, Array]:
        """Both ends of so many pairs, as positions in the core."""
        one = np.searchsorted(self._pairs_up_to, random.integers(self._pairs_up_to[-1], size=number), side="right")
        other = random.integers(self._inside[one] - self._weight[one])  # of those in the component outside of its tree
        before = self._up_to[one] - self._weight[one] - self._begin[one]
        other += self._begin[one] + np.where(other >= before, self._weight[one], 0)
        return self._order[one], self._order[np.searchsorted(self._up_to, other, side="right")]


def harmonic(ties: Ties, sources: int = SOURCES, seed: int = SEED) -> Estimate:
    """`centrality.harmonic` from the steps to some nodes, drawn at random with replacement.

    Eppstein and Wang 2004, J. Graph Algorithms and Applications 8, 39-45, for 1/d as for d. The neighbours are counted,
    so that what is drawn is 1 / max(d, 2), from 0 to 1/2; its mean over those drawn from a node's component has the
    bound of Maurer and Pontil 2009, COLT, theorem 4 (empirical Bernstein), with the variance that was seen:
    sqrt(2 V ln(2/m) / n) + 7/2 ln(2/m) / (3 (n - 1)) to either side, m being half the probability to miss that
    `_may_miss` gives the node. Bounds are no wider than what the size of the component allows.
    """
    neighbours = degree(ties)
    linked = np.flatnonzero(neighbours)
    value, lower, upper = (np.zeros(len(ties.nodes)) for _ in range(3))
    if not linked.size:
        return Estimate(value, lower, upper)
    adjacency, near = ties.adjacency[linked][:, linked], neighbours[linked]
    _, label = connected_components(adjacency, directed=False)
    inside = np.bincount(label)[label]
    drawn = np.random.default_rng(seed).integers(linked.size, size=sources)
    number = np.bincount(label[drawn], minlength=label.max() + 1)[label]
    total, squares = np.zeros(linked.size), np.zeros(linked.size)
    for distance, count in rings(adjacency, drawn):
        total += count / max(distance, 2)
        squares += count / max(distance, 2) ** 2
    mean = total / np.maximum(number, 1)
    variance = np.maximum(squares - total * mean, 0) / np.maximum(number - 1, 1)
    log = np.log(4 / _may_miss(near))
    wide = np.sqrt(2 * variance * log / np.maximum(number, 1)) + 7 / 2 * log / (3 * np.maximum(number - 1, 1))
    wide[number < 2] = np.inf
    # Each is a sum over the component, in which the node itself and its neighbours were taken as two steps away.
    floor = near + (inside - 1 - near) / np.maximum(inside - 1, 1)
    ceiling = near + (inside - 1 - near) / 2
    for part, each in ((value, mean), (lower, mean - wide), (upper, mean + wide)):
        part[linked] = np.clip(inside * each - (near + 1) / 2 + near, floor, ceiling)
    return Estimate(value, lower, upper)


def _may_miss(degrees: Array) -> Array:
    """The probability with which the interval of a node may miss its value; all together 1 - `PROBABILITY`.

    The node with the k-th most neighbours has a share of 1 / k, by Zipf's law: those that stand first have narrower
    bounds for it, and those of which there are many only little wider ones. It does not depend on what is drawn.
    """
    share: Array = np.empty(degrees.size)
    share[np.argsort(-degrees, kind="stable")] = 1 / np.arange(1, degrees.size + 1)
    share *= (1 - PROBABILITY) / share.sum()
    return share
