"""PageRank and components of made-up networks: the local engine against a Spark on this machine.

    python benchmarks/spark.py [--ties NUMBER ...]

Half as many cities as ties, ends by chance (seed 1). Each run is a process of its own; Spark's memory is that of its
Java process, which SPARK_DRIVER_MEMORY limits, so only the local engine's peak is told.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from _common import print_table, ratio, seconds
from _processes import alone

SIZES = (10_000, 100_000, 1_000_000)


def ends(number: int) -> Any:
    """The two ends of each tie, as numbers of cities."""
    return np.random.default_rng(1).integers(0, max(number // 2, 2), size=(2, number))


def written(number: int, folder: Path) -> tuple[float, int]:
    """Write the network as the tables that the measures on Spark read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from citydiplomacy.graph.parquet_export import NODES, TIES

    folder.mkdir()
    empty = pa.nulls(number, pa.string())
    source, target = (pa.array(np.char.mod("city/c%08d", end)) for end in ends(number))
    named = pa.array(np.char.mod("agreement/%08d", np.arange(number)))
    columns = {"id": named, "type": pa.repeat("TWINNED_WITH", number), "source": source, "target": target}
    pq.write_table(pa.table(columns | {"status": empty, "until": empty}), folder / TIES)
    none = pa.array([], pa.string())
    pq.write_table(pa.table(dict.fromkeys(("id", "class", "kind", "status", "until"), none)), folder / NODES)
    return 0.0, number


def local(number: int) -> tuple[float, dict[str, float]]:
    """Seconds by measure on the local engine."""
    from scipy.sparse import csr_array

    from citydiplomacy.queries import centrality, structure

    one, other = ends(number)
    cities = max(number // 2, 2)
    there = one != other
    matrix = csr_array((np.ones(there.sum()), (one[there], other[there])), shape=(cities, cities))
    ties = centrality.Ties(tuple(range(cities)), csr_array(matrix + matrix.T))
    return 0.0, {"pagerank": _timed(centrality.pagerank, ties), "component": _timed(structure.component, ties)}


def on_spark(folder: Path) -> tuple[float, dict[str, float]]:
    """Seconds by measure on Spark, its start apart."""
    from citydiplomacy.queries import spark

    start = time.perf_counter()
    with spark.session() as session:
        started = time.perf_counter() - start
        ties = spark.city_ties(session, str(folder))
        ties.count()
        return started, {
            name: _timed(lambda found: spark.MEASURES[found](ties).count(), name) for name in ("pagerank", "component")
        }


def _timed(function: Any, argument: Any) -> float:
    start = time.perf_counter()
    function(argument)
    return time.perf_counter() - start


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", help="as make gives it; not used")
    parser.add_argument("--ties", nargs="*", type=int, default=SIZES, help=f"default: {' '.join(map(str, SIZES))}")
    arguments = parser.parse_args()
    rows: list[list[str]] = []
    for number in arguments.ties:
        with tempfile.TemporaryDirectory() as place:
            tables = Path(place) / "tables"
            alone(written, number, tables)
            ours, theirs = alone(local, number), alone(on_spark, tables)
        for name, taken in theirs.result.items():
            here = ours.result[name]
            times = (seconds(here), seconds(taken), ratio(here, taken))
            rows.append([f"{number:,} ties, {name}", *times, f"{ours.megabytes:.0f}", seconds(theirs.seconds)])
    print_table(["network", "local s", "Spark s", "times", "local peak MB", "Spark's start s"], rows)


if __name__ == "__main__":
    main()
