"""PageRank and components of made-up networks: the local engine, our measures on Spark, and GraphX, which Spark brings.

    python benchmarks/spark.py [--ties NUMBER ...] [--only ENGINE ...] [--limit SECONDS]

Half as many cities as ties, ends by chance (seed 1). Each engine is a process of its own; all have the ties at hand
before the clock starts: the local one as a matrix, Spark and GraphX in their caches. The local engine and ours on Spark
take PageRank to 1e-10. GraphX takes ten rounds of it, without weights: for 1e-10 the power iteration needs up to 142.
Most jobs of PageRank on Spark are its rounds, so that the median of its jobs is what a round takes; of components they
are of several kinds. Only the local engine's peak is told: Spark's memory is that of a Java process, which
SPARK_DRIVER_MEMORY limits (1 GB if nothing does). A measure that is not done by the limit is cut, and told as longer
than that; where it fails, the table says why. An engine that `--only` does not name has empty cells.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from threading import Event, Timer
from typing import Any, NamedTuple

import numpy as np
from _common import print_table, ratio, seconds, timed
from _processes import alone

SIZES = (10_000, 100_000, 1_000_000)
LIMIT = 60
"""Seconds for a measure on Spark."""
ENGINES = ("local", "spark", "graphx")
MEASURES = ("pagerank", "component")
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


class OnSpark(NamedTuple):
    """What a measure took on Spark."""

    seconds: float | str
    """Or why there are none."""
    jobs: int
    a_job: float
    """Seconds of a job, the median of those that were done."""


def on_spark(folder: Path, limit: float) -> tuple[float, dict[str, OnSpark]]:
    """Seconds of its start, and what each measure took."""
    from citydiplomacy.queries.measures import spark

    start = time.perf_counter()
    with spark.session() as session:
        started = time.perf_counter() - start
        ties = spark.city_ties(session, str(folder))
        ties.count()
        found = {}
        for name in MEASURES:
            taken = _within(limit, session, name, partial(_counted, spark.MEASURES[name], ties))
            found[name] = OnSpark(taken, *_jobs(session, name))
        return started, found


def _jobs(session: Any, group: str) -> tuple[int, float]:
    """How many jobs were of a group, and the median of the seconds that each took which was done."""
    kept = session.sparkContext._jsc.sc().statusStore()
    jobs = [kept.job(number) for number in session.sparkContext.statusTracker().getJobIdsForGroup(group)]
    done = [job for job in jobs if job.completionTime().isDefined()]
    milliseconds = [job.completionTime().get().getTime() - job.submissionTime().get().getTime() for job in done]
    return len(jobs), median(milliseconds or [math.nan]) / 1000


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
    parser.add_argument("--only", nargs="+", choices=ENGINES, default=ENGINES, help="these engines (default: all)")
    parser.add_argument("--limit", type=float, default=LIMIT, help=f"for a measure on Spark, default: {LIMIT}")
    arguments = parser.parse_args()
    rows = [row for number in arguments.ties for row in measured(number, arguments.only, arguments.limit)]
    header = ["network", "local s", "Spark s", "times", "jobs", "a job s", "GraphX s", "local peak MB"]
    print_table([*header, "Spark's start s"], rows)


def measured(number: int, engines: Sequence[str], limit: float) -> Iterator[list[str]]:
    """A row a measure of a network of so many ties."""
    with tempfile.TemporaryDirectory() as place:
        tables = Path(place) / "tables"
        alone(written, number, tables)
        ours = alone(local, number) if "local" in engines else None
        spark = alone(on_spark, tables, limit) if "spark" in engines else None
        graphx = alone(on_graphx, tables, limit).result if "graphx" in engines else {}
    for name in MEASURES:
        here, cells = ours.result[name] if ours else "", [""] * 4
        if spark:
            taken, jobs, a_job = spark.result[name]
            times = ratio(here, taken) if isinstance(here, float) and isinstance(taken, float) else ""
            cells = [_told(taken), times, str(jobs), seconds(a_job)]
        peak, start = f"{ours.megabytes:.0f}" if ours else "", seconds(spark.seconds) if spark else ""
        yield [f"{number:,} ties, {name}", _told(here), *cells, _told(graphx.get(name, "")), peak, start]


def _told(taken: float | str) -> str:
    return taken if isinstance(taken, str) else seconds(taken)


if __name__ == "__main__":
    main()
