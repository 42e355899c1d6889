"""All measures of influence on the network of 2016, ours against NetworkX alone, in one run.

    python benchmarks/influence.py [FOLDER OF THE WORLD DATA]

The goal: at least 20 times faster in total, and values equal to 1e-9. NetworkX takes some minutes.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx
from _common import WORLD, print_goals, print_table, ratio, seconds, timed, world_file

from citydiplomacy.queries.measures.influence import influence


def _clustering(graph: nx.Graph[str]) -> dict[str, float]:
    """Of nodes that have two neighbours or more: of others it is not defined."""
    found = nx.clustering(graph)
    assert isinstance(found, dict)
    return {node: value for node, value in found.items() if graph.degree[node] > 1}


NETWORKX: dict[str, Callable[[nx.Graph[str]], Any]] = {
    "degree": lambda graph: dict(graph.degree()),
    "strength": lambda graph: dict(graph.degree(weight="weight")),
    "betweenness": nx.betweenness_centrality,
    "harmonic": nx.harmonic_centrality,
    "eigenvector": lambda graph: nx.eigenvector_centrality_numpy(
        graph.subgraph(max(nx.connected_components(graph), key=len)), weight="weight"
    ),
    "pagerank": lambda graph: nx.pagerank(graph, tol=1e-10 / len(graph), max_iter=10_000),
    "core": nx.core_number,
    "constraint": lambda graph: nx.constraint(graph, weight="weight"),
    "clustering": _clustering,
}


def read_network(path: Path) -> nx.Graph[str]:
    """The ties as an undirected graph; a row is two items."""
    with path.open(encoding="utf-8") as file:
        rows = (line.split() for line in file)
        return nx.Graph((row[0], row[1]) for row in rows)


def greatest_difference(ours: dict[str, float | None], theirs: dict[str, float]) -> float:
    """Of the values of one measure; infinite if one has a value where the other has none."""
    greatest = 0.0
    for node, value in ours.items():
        reference = theirs.get(node, math.nan)
        if (value is None) != math.isnan(reference):
            return math.inf
        if value is not None:
            greatest = max(greatest, abs(value - reference))
    return greatest


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=WORLD, help="default: ../shared/world")
    graph = read_network(world_file(parser.parse_args().folder, "wikidata-2016-twinned.tsv"))
    print(f"{len(graph)} cities, {graph.number_of_edges()} ties; seconds")

    influence(nx.path_graph(4))  # what is imported at the first use is not what is measured
    rows: list[list[str]] = []
    theirs_total, worst = 0.0, 0.0
    ours_total, _ = timed(partial(influence, graph))
    for measure, reference in NETWORKX.items():
        ours, values = timed(partial(influence, graph, [measure]))
        theirs, expected = timed(partial(reference, graph))
        difference = greatest_difference(values[measure], expected)
        rows.append([measure, seconds(ours), seconds(theirs), ratio(ours, theirs), f"{difference:.1e}"])
        theirs_total += theirs
        worst = max(worst, difference)
    total = ["all in one call", seconds(ours_total), seconds(theirs_total), ratio(ours_total, theirs_total)]
    print_table(["measure", "ours", "networkx", "times faster", "difference"], [*rows, [], [*total, f"{worst:.1e}"]])


if __name__ == "__main__":
    main()
    print_goals(__doc__)
