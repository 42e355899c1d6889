"""The projections of a synthetic world of cities in organisations: Newman's weights against NetworkX, the backbone
against a distribution a pair, in one run.

    python benchmarks/backbone.py [--cities 2000] [--organizations 60]

A distribution a pair is computed for some pairs only, and its time multiplied.
"""

from __future__ import annotations

import argparse
from functools import partial

import networkx as nx
import numpy as np
from _common import print_table, ratio, seconds, timed

from citydiplomacy.queries.measures import backbone
from citydiplomacy.queries.measures.projections import TwoMode

SAMPLE = 2_000


def world(cities: int, organizations: int) -> TwoMode:
    """Organisations of all sizes, as those of 2019 are (a few of thousands, many of dozens); some cities in many."""
    chance = np.random.default_rng(2019)
    sizes = np.minimum((chance.pareto(1, organizations) * 40 + 5).astype(int), cities // 3)
    drawn = 1 / (np.arange(cities) + 10) ** 0.6
    members = [chance.choice(cities, size, replace=False, p=drawn / drawn.sum()) for size in sizes]
    return TwoMode.of({(f"c{c:06}", f"o{o:04}"): 1.0 for o, found in enumerate(members) for c in found.tolist()})


def newman_by_networkx(two_mode: TwoMode) -> nx.Graph[str]:
    """The same weights by NetworkX."""
    graph: nx.Graph[str] = nx.Graph()
    rows, columns = two_mode.belongs.nonzero()
    graph.add_edges_from((two_mode.cities[i], two_mode.organizations[j]) for i, j in zip(rows, columns, strict=True))
    return nx.bipartite.collaboration_weighted_projected_graph(graph, two_mode.cities)


def tails_of_pairs(two_mode: TwoMode, found: backbone.CoMemberships) -> np.ndarray:
    """p of the first pairs, each from a distribution of its own."""
    belongs = two_mode.belongs
    p = backbone.bicm(*(np.asarray(belongs.sum(axis=axis), dtype=np.int64) for axis in (1, 0)))
    pairs = zip(found.one[:SAMPLE], found.other[:SAMPLE], found.shared[:SAMPLE], strict=True)
    return np.array([backbone.upper_tails((p[i] * p[j])[None], int(n))[0, n] for i, j, n in pairs])


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cities", type=int, default=2000)
    parser.add_argument("--organizations", type=int, default=60)
    given = parser.parse_args()
    two_mode = world(given.cities, given.organizations)
    newman, weights = timed(two_mode.newman)
    theirs, graph = timed(partial(newman_by_networkx, two_mode))
    ours, pairs = timed(partial(backbone.co_memberships, two_mode))
    sample, expected = timed(partial(tails_of_pairs, two_mode, pairs))
    apart = sample / len(expected) * (weights.nnz / 2)
    strength = dict(graph.degree(weight="weight"))
    difference = max(abs(strength[c] - w) for c, w in zip(two_mode.cities, weights.sum(axis=1), strict=True))
    print(f"{len(two_mode.cities)} cities, {weights.nnz // 2:,} pairs share an organisation; seconds")
    print_table(
        ["", "ours", "reference", "times faster", "difference"],
        [
            [
                "Newman's weights, NetworkX",
                seconds(newman),
                seconds(theirs),
                ratio(newman, theirs),
                f"{difference:.1e}",
            ],
            [
                "backbone, a distribution a pair",
                seconds(ours),
                seconds(apart),
                ratio(ours, apart),
                f"{np.abs(pairs.p[:SAMPLE] - expected).max():.1e}",
            ],
        ],
    )


if __name__ == "__main__":
    main()
