"""PageRank and components of made-up networks: the local engine against a Spark on this machine.

    python benchmarks/spark.py [--ties NUMBER ...] [--limit SECONDS]

Half as many cities as ties, ends by chance (seed 1). Each engine is a process of its own; both have the ties at hand
before the clock starts, the local one as a matrix, Spark in its cache. Only the local engine's peak is told: Spark's
memory is that of a Java process, which SPARK_DRIVER_MEMORY limits (1 GB if nothing does). A measure that Spark has not
done by the limit is cut, and told as longer than that; where it fails, the table says why.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from threading import Event, Timer
from typing import Any

import numpy as np
from _common import print_table, ratio, seconds
from _processes import alone

SIZES = (10_000, 100_000, 1_000_000)
LIMIT = 60
"""Seconds for a measure on Spark: PageRank takes over a hundred rounds, which for a million ties last for minutes."""


def ends(number: int) -> Any:
    """The two ends of each tie, as numbers of cities."""
    return np.random.default_rng(1).integers(0, max(number // 2, 2), size=(2, number))


def written(number: int, folder: Path) -> tuple[float, int]:
    """Write the network as the tables that the measures on Spark read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from citydiplomacy.graph.export.parquet import NODES, TIES

    folder.mkdir()
    source, target = (pa.array(np.char.mod("city/c%08d", end)) for end in ends(number))
    named = pa.array(np.char.mod("agreement/%08d", np.arange(number)))
    columns = {"id": named, "type": pa.repeat("TWINNED_WITH", number), "source": source, "target": target}
    pq.write_table(pa.table(columns | {"stands": pa.repeat(True, number)}), folder / TIES)
    none = pa.array([], pa.string())
    nodes = dict.fromkeys(("id", "class", "kind"), none) | {"stands": pa.array([], pa.bool_())}
    pq.write_table(pa.table(nodes), folder / NODES)
    return 0.0, number


def local(number: int) -> tuple[float, dict[str, float]]:
    """Seconds by measure on the local engine."""
    from scipy.sparse import csr_array

    from citydiplomacy.queries.measures import centrality, structure

    one, other = ends(number)
    cities = max(number // 2, 2)
    there = one != other
    matrix = csr_array((np.ones(there.sum()), (one[there], other[there])), shape=(cities, cities))
    ties = centrality.Ties(tuple(range(cities)), csr_array(matrix + matrix.T))
    return 0.0, {"pagerank": _timed(centrality.pagerank, ties), "component": _timed(structure.component, ties)}


def on_spark(folder: Path, limit: float) -> tuple[float, dict[str, float | str]]:
    """Seconds of its start, and by measure: seconds on Spark, or why there are none."""
    from citydiplomacy.queries.measures import spark

    start = time.perf_counter()
    with spark.session() as session:
        started = time.perf_counter() - start
        ties = spark.city_ties(session, str(folder))
        ties.count()
        return started, {name: _within(limit, session, name, ties) for name in ("pagerank", "component")}


def _within(limit: float, session: Any, name: str, ties: Any) -> float | str:
    """Seconds of a measure, whose jobs are ended when they pass the limit."""
    from citydiplomacy.queries.measures import spark

    cut, done = Event(), Event()

    def end() -> None:
        cut.set()
        while not done.wait(0.1):  # a measure is many jobs, and between two of them there is none to end
            session.sparkContext.cancelAllJobs()

    timer = Timer(limit, end)
    timer.start()
    try:
        return _timed(lambda found: spark.MEASURES[found](ties).count(), name)
    except Exception as error:  # what ends below a job comes as errors of many kinds
        return f"> {limit:g}" if cut.is_set() else f"failed: {str(error).splitlines()[0][:60]}"
    finally:
        done.set()
        timer.cancel()


def _timed(function: Any, argument: Any) -> float:
    start = time.perf_counter()
    function(argument)
    return time.perf_counter() - start


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ties", nargs="*", type=int, default=SIZES, help=f"default: {' '.join(map(str, SIZES))}")
    parser.add_argument("--limit", type=float, default=LIMIT, help=f"for a measure on Spark, default: {LIMIT}")
    arguments = parser.parse_args()
    rows: list[list[str]] = []
    for number in arguments.ties:
        with tempfile.TemporaryDirectory() as place:
            tables = Path(place) / "tables"
            alone(written, number, tables)
            ours, theirs = alone(local, number), alone(on_spark, tables, arguments.limit)
        for name, taken in theirs.result.items():
            here = ours.result[name]
            on_it = (seconds(taken), ratio(here, taken)) if isinstance(taken, float) else (taken, "")
            rows.append(
                [f"{number:,} ties, {name}", seconds(here), *on_it, f"{ours.megabytes:.0f}", seconds(theirs.seconds)]
            )
    print_table(["network", "local s", "Spark s", "times", "local peak MB", "Spark's start s"], rows)


if __name__ == "__main__":
    main()
