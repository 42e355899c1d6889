"""Estimates of betweenness and harmonic closeness against the exact values: on the network of 2016, and on larger ones.

    python benchmarks/estimates.py [FOLDER OF THE WORLD DATA] [--seeds NUMBER] [--large CITIES ...]

The goals: that all values lie between their bounds in 90 % of the runs, each with a seed of its own, and at least 20
times less work than for the exact values. Times are those of the processor, of both cores together. Large networks are
made up: copies of the network of 2016 (each 10,055 cities), with a tie of the copies in 50 led to another copy instead.

Beside it KADABRA (Borassi and Natale 2019) as NetworKit has it, compiled, in one thread: on the network of 2016, with
the probability of ours and one width for all cities, the widest of ours by the first number of paths.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from _common import WORLD, print_goals, print_table, ratio, seconds, world_file
from influence import read_network
from scipy.sparse import coo_array, csr_array

from citydiplomacy.queries.measures import centrality, estimates
from citydiplomacy.queries.measures.centrality import Array, Ties
from citydiplomacy.queries.measures.estimates import Estimate
from citydiplomacy.queries.measures.influence import rank_ranges

LED_ELSEWHERE = 50
FIRST = 20
"""Of how many cities that stand first the range of ranks is told."""
ESTIMATE: dict[str, tuple[Callable[[Ties, int, int], Estimate], Callable[[Ties], Array], Sequence[int]]] = {
    "betweenness": (estimates.betweenness, centrality.betweenness, (6_000, estimates.PATHS)),
    "harmonic": (estimates.harmonic, centrality.harmonic, (1024, estimates.SOURCES)),
}
"""The estimate of each measure, its exact values, and how many samples are drawn."""


def copies(ties: Ties, number: int) -> Ties:
    """So many networks like one, tied to one another."""
    upper = ties.weight.tocoo()
    once = upper.row < upper.col
    size, random = len(ties.nodes), np.random.default_rng(1)
    rows, columns = (
        np.concatenate([end[once].astype(np.int64) + size * n for n in range(number)]) for end in (upper.row, upper.col)
    )
    led = random.random(columns.size) < 1 / LED_ELSEWHERE
    columns[led] = columns[led] % size + size * random.integers(number, size=led.sum())
    apart = rows != columns
    one_way = coo_array((np.ones(apart.sum()), (rows[apart], columns[apart])), shape=(size * number,) * 2)
    both = csr_array(one_way + one_way.T)
    return Ties(tuple(range(size * number)), both)


def worked(function: Callable[[], object]) -> tuple[float, object]:
    """Seconds of the processor that a call takes, and what it returns."""
    start = time.process_time()
    result = function()
    return time.process_time() - start, result


def row(name: str, ties: Ties, samples: int, seeds: int, exact: Array, whole: float) -> list[str]:
    """One measure of one network, by so many samples, with so many seeds."""
    function, held, taken, first = ESTIMATE[name][0], 0, 0.0, None
    for seed in range(1, seeds + 1):
        some, found = worked(lambda seed=seed: function(ties, samples, seed))  # type: ignore[misc]
        assert isinstance(found, Estimate)
        first, taken = first or found, taken + some
        held += bool(((found.lower <= exact + 1e-9) & (exact <= found.upper + 1e-9)).all())
    assert first is not None
    leading = np.argsort(-exact, kind="stable")[:FIRST]
    to_one_side = float(((first.upper - first.lower) / 2)[leading].mean() / exact[leading].mean())
    ranges = rank_ranges(dict(enumerate(zip(first.lower.tolist(), first.upper.tolist(), strict=True))))
    wide = float(np.median([1 + ranges[node][1] - ranges[node][0] for node in leading.tolist()]))
    return [
        f"{len(ties.nodes):,} cities, {name}",
        f"{samples:,}",
        seconds(whole),
        seconds(taken / seeds),
        ratio(taken / seeds, whole),
        f"{held} of {seeds}",
        f"± {100 * to_one_side:.0f} %",
        f"{wide:.0f}",
    ]


def kadabra(ties: Ties, whole: float) -> list[str]:
    """The row of NetworKit's KADABRA. Its bounds are not told: version 11.3 gives twice its exact class's values."""
    import networkit

    wide = estimates.betweenness(ties, ESTIMATE["betweenness"][2][0])
    upper = ties.adjacency.tocoo()
    once = upper.row < upper.col
    ends = upper.row[once].astype(np.uint64), upper.col[once].astype(np.uint64)
    graph = networkit.GraphFromCoo(ends, n=len(ties.nodes))
    networkit.setNumberOfThreads(1)
    networkit.setSeed(1, False)
    width = float(((wide.upper - wide.lower) / 2).max())
    algorithm = networkit.centrality.KadabraBetweenness(graph, width, 1 - estimates.PROBABILITY, True)
    taken, _ = worked(algorithm.run)
    cells = f"{algorithm.getNumberOfIterations():,}", seconds(whole), seconds(taken), ratio(taken, whole)
    return [f"{len(ties.nodes):,} cities, KADABRA", *cells, "", "", ""]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=WORLD, help="default: ../shared/world")
    parser.add_argument("--seeds", type=int, default=100, help="runs on the network of 2016 (default: 100)")
    parser.add_argument("--large", type=int, nargs="*", default=[30_000], help="sizes (default: 30000)")
    arguments = parser.parse_args()
    world = Ties.of(read_network(world_file(arguments.folder, "wikidata-2016-twinned.tsv")))
    rows: list[list[str]] = []
    for size in (len(world.nodes), *arguments.large):
        ties, seeds = (world, arguments.seeds) if size == len(world.nodes) else (copies(world, size // 10_000), 1)
        centrality.degree(ties), ties.adjacency
        for name, (_, function, many) in ESTIMATE.items():
            whole, exact = worked(lambda: function(ties))  # noqa: B023 -- called at once
            assert isinstance(exact, np.ndarray)
            for samples, runs in zip(many, (seeds, max(1, seeds // 5)), strict=True):
                rows.append(row(name, ties, samples, runs, exact, whole))
            if ties is world and name == "betweenness":
                rows.append(kadabra(ties, whole))
        rows.append([])
    header = ["", "samples", "exact s", "estimate s", "times less", "bounds hold", f"first {FIRST}", "share a rank"]
    print_table(header, rows[:-1])


if __name__ == "__main__":
    main()
    print_goals(__doc__)
