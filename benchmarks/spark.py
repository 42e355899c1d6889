"""PageRank and components of made-up networks: the local engine, our measures on Spark, and GraphX, which Spark brings.

    python benchmarks/spark.py [--ties NUMBER ...] [--limit SECONDS]

Half as many cities as ties, ends by chance (seed 1). Each engine is a process of its own; all have the ties at hand
before the clock starts: the local one as a matrix, Spark and GraphX in their caches. The local engine and ours on Spark
take PageRank to 1e-10. GraphX takes ten rounds of it, without weights: for 1e-10 the power iteration needs up to 142.
Only the local engine's peak is told: Spark's memory is that of a Java process, which SPARK_DRIVER_MEMORY limits (1 GB
if nothing does). A measure that is not done by the limit is cut, and told as longer than that; where it fails, the
table says why.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, Timer
from typing import Any

import numpy as np
from _common import print_table, ratio, seconds, timed
from _processes import alone

SIZES = (10_000, 100_000, 1_000_000)
LIMIT = 60
"""Seconds for a measure on Spark."""
EDGES = "edges.txt"
GRAPHX_ROUNDS = 10


def ends(number: int) -> Any:
    """The two ends of each tie, as numbers of cities."""
    return np.random.default_rng(1).integers(0, max(number // 2, 2), size=(2, number))


def written(number: int, folder: Path) -> tuple[float, int]:
    """Write the network as the tables that the measures on Spark read, and each tie both ways as a line for GraphX."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
    from pyarrow import csv

    from citydiplomacy.graph.export.parquet import NODES, TIES

    folder.mkdir()
    plain = csv.WriteOptions(include_header=False, delimiter=" ")
    source, target = (pa.array(np.char.mod("city/c%08d", end)) for end in ends(number))
    one, other = ends(number)
    both = pa.table({"node": np.concatenate([one, other]), "other": np.concatenate([other, one])})
    csv.write_csv(both.filter(pc.field("node") != pc.field("other")), folder / EDGES, plain)
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
    measures = {"pagerank": centrality.pagerank, "component": structure.component}
    return 0.0, {name: timed(partial(measure, ties))[0] for name, measure in measures.items()}


def on_spark(folder: Path, limit: float) -> tuple[float, dict[str, tuple[float | str, int]]]:
    """Seconds of its start, and by measure: seconds on Spark, or why there are none, and how many jobs it took."""
    from citydiplomacy.queries.measures import spark

    start = time.perf_counter()
    with spark.session() as session:
        started = time.perf_counter() - start
        ties = spark.city_ties(session, str(folder))
        ties.count()
        found = {}
        for name in ("pagerank", "component"):
            taken = _within(limit, session, name, partial(_counted, spark.MEASURES[name], ties))
            found[name] = taken, len(session.sparkContext.statusTracker().getJobIdsForGroup(name))
        return started, found


def _counted(measure: Callable[[Any], Any], ties: Any) -> int:
    return int(measure(ties).count())


def on_graphx(folder: Path, limit: float) -> tuple[float, dict[str, float | str]]:
    """By measure: seconds on GraphX, or why there are none."""
    from citydiplomacy.queries.measures import spark

    with spark.session() as session:
        context = session.sparkContext
        scala: Any = context._jvm
        graphx, tag = scala.org.apache.spark.graphx, scala.scala.reflect.ClassTag.Int()
        level = scala.org.apache.spark.storage.StorageLevel.MEMORY_AND_DISK()
        parts = max(context.defaultParallelism, spark.partitions(sum(1 for _ in (folder / EDGES).open())))
        graph = graphx.GraphLoader.edgeListFile(context._jsc.sc(), str(folder / EDGES), False, parts, level, level)
        graph.edges().count(), graph.vertices().count()
        measures = {
            "pagerank": lambda: graphx.lib.PageRank.run(graph, GRAPHX_ROUNDS, 0.15, tag, tag).vertices().count(),
            "component": lambda: graphx.lib.ConnectedComponents.run(graph, tag, tag).vertices().count(),
        }
        return 0.0, {name: _within(limit, session, name, measure) for name, measure in measures.items()}


def _within(limit: float, session: Any, name: str, measure: Callable[[], object]) -> float | str:
    """Seconds of a measure, whose jobs are a group of its name and are ended when they pass the limit."""
    cut, done = Event(), Event()

    def end() -> None:
        cut.set()
        while not done.wait(0.1):  # a measure is many jobs, and between two of them there is none to end
            session.sparkContext.cancelAllJobs()

    timer = Timer(limit, end)
    session.sparkContext.setJobGroup(name, name)
    timer.start()
    try:
        return timed(measure)[0]
    except Exception as error:  # what ends below a job comes as errors of many kinds
        return f"> {limit:g}" if cut.is_set() else f"failed: {str(error).splitlines()[0][:60]}"
    finally:
        done.set()
        timer.cancel()


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
            graphx = alone(on_graphx, tables, arguments.limit).result
        for name, (taken, jobs) in theirs.result.items():
            here = ours.result[name]
            cells = (seconds(taken), ratio(here, taken), str(jobs)) if isinstance(taken, float) else (taken, "", "")
            other = graphx[name] if isinstance(graphx[name], str) else seconds(graphx[name])
            memory = f"{ours.megabytes:.0f}"
            rows.append([f"{number:,} ties, {name}", seconds(here), *cells, other, memory, seconds(theirs.seconds)])
    header = ["network", "local s", "Spark s", "times", "jobs", "GraphX s", "local peak MB", "Spark's start s"]
    print_table(header, rows)


if __name__ == "__main__":
    main()
