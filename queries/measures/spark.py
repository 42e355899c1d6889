"""Measures of a network on Apache Spark, over the Parquet tables of `citydip export parquet`.

For networks that the memory of one machine cannot hold. The network is that of `graph.network.city_ties`, and the
values are those of `centrality` and `structure`: the same formulas, written in DataFrames. GraphX, which comes with
Spark, is deprecated since 4.0; its PageRank knows no weights, and its label propagation settles ties by chance.
docs/growing.md says when all this pays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from typing import TYPE_CHECKING

from citydiplomacy.errors import CityDiplomacyError, MissingExtraError, UsageError
from citydiplomacy.graph.export.parquet import NODES, TIES
from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.network import CITY_TIES
from citydiplomacy.graph.property.projection import types_of

from .centrality import DAMPING, PAGERANK_TOLERANCE
from .structure import ROUNDS

STEPS = 10
"""Steps of PageRank between two looks at how much it still changes: each look waits for the whole cluster."""

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


@contextmanager
def session(master: str = "local[*]") -> Iterator[SparkSession]:
    """A Spark session, stopped at the end. On this machine alone (`local`) it listens on the loopback address only.

    Raises MissingExtraError without PySpark, CityDiplomacyError if Spark does not start.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtraError("PySpark", "spark", "Measuring on Spark") from None
    with resources.as_file(resources.files(__package__) / "log4j2.properties") as logging:
        builder = (
            SparkSession.builder.master(master)
            .appName("citydiplomacy")
            .config("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={logging.as_uri()}")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            # Rounds are many and alike: what the adaptive planner would learn from one costs more than it gives.
            .config("spark.sql.adaptive.enabled", "false")
        )
        if master.startswith("local"):
            for name in ("spark.driver.host", "spark.driver.bindAddress"):
                builder = builder.config(name, "127.0.0.1")
        try:
            spark = builder.getOrCreate()
        except (PySparkException, OSError) as error:
            raise CityDiplomacyError(
                f"Spark does not start on {master}: {error}",
                hint="It needs Java 17 or later: install a JDK, or name one in JAVA_HOME.",
            ) from None
    try:
        if master.startswith("local"):
            spark.conf.set("spark.sql.shuffle.partitions", str(spark.sparkContext.defaultParallelism))
        yield spark
    finally:
        spark.stop()


def city_ties(spark: SparkSession, folder: str) -> DataFrame:
    """The network of cities and their standing agreements: `node`, `other`, `weight` (how many), each pair both ways.

    `folder` is what `citydip export parquet` wrote, at any place that Spark reads. An agreement of several parties ties
    each two of them. Raises UsageError if the tables are not there.
    """
    from pyspark.errors import AnalysisException
    from pyspark.sql import functions as f

    base = folder.rstrip("/")
    try:
        nodes, ties = (spark.read.parquet(f"{base}/{name}") for name in (NODES, TIES))
    except AnalysisException as error:
        raise UsageError(
            f"{folder}: no {NODES} and {TIES} that Spark can read there ({str(error).splitlines()[0]})",
            hint=f"Write them with: citydip export parquet {folder}",
        ) from None
    types = [types_of(REGISTRY["Agreement"])[kind] for kind in CITY_TIES]
    between_two = ties.where(f.col("type").isin(types) & f.col("stands")).select(
        f.col("id").alias("tie"), f.col("source").alias("node"), f.col("target").alias("other")
    )
    kinds = [kind.partition("/")[2] for kind in CITY_TIES]
    several = nodes.where((f.col("class") == "Agreement") & f.col("kind").isin(kinds) & f.col("stands"))
    parties = ties.where(f.col("type") == "HAS_PARTY").join(several.select(f.col("id").alias("source")), "source")
    one, other = (parties.select(f.col("source").alias("tie"), f.col("target").alias(end)) for end in ("node", "other"))
    pairs = between_two.unionByName(one.join(other, "tie").where("node < other")).where(
        f.col("node").startswith("city/") & f.col("other").startswith("city/") & (f.col("node") != f.col("other"))
    )
    sorted_pairs = pairs.select(
        "tie", f.least("node", "other").alias("node"), f.greatest("node", "other").alias("other")
    )
    weighted = sorted_pairs.distinct().groupBy("node", "other").agg(f.count("*").cast("double").alias("weight"))
    back = weighted.select(f.col("other").alias("node"), f.col("node").alias("other"), "weight")
    return weighted.unionByName(back).repartition("node").cache()


def degree(ties: DataFrame) -> DataFrame:
    """Number of neighbours of each node."""
    from pyspark.sql import functions as f

    return ties.groupBy("node").agg(f.count("*").alias("degree"))


def pagerank(ties: DataFrame) -> DataFrame:
    """PageRank as `centrality.pagerank` defines it: 0 to 1, all together 1; weights are used. No node is an isolate."""
    from pyspark.sql import functions as f

    strength = ties.groupBy("node").agg(f.sum("weight").alias("strength"))
    steps = ties.join(strength, "node").select("node", "other", (f.col("weight") / f.col("strength")).alias("share"))
    steps = steps.repartition("node").cache()
    size = strength.count()
    rank = strength.select("node", f.lit(1 / max(size, 1)).alias("pagerank")).localCheckpoint()
    change = float(size > 0)
    while change >= PAGERANK_TOLERANCE:
        last = rank
        for _ in range(STEPS):
            flow = f.sum(f.col("share") * f.col("pagerank"))
            arrived = steps.join(rank, "node").groupBy("other").agg(flow.alias("flow"))
            jumps = f.lit((1 - DAMPING) / size)
            rank = arrived.select(f.col("other").alias("node"), (jumps + DAMPING * f.col("flow")).alias("pagerank"))
        rank = rank.localCheckpoint()
        change = _first(
            rank.join(last.withColumnRenamed("pagerank", "last"), "node").agg(
                f.sum(f.abs(f.col("pagerank") - f.col("last")))
            )
        )
    return rank


def _first(frame: DataFrame) -> float:
    row = frame.first()
    assert row is not None
    return float(row[0])


def components(ties: DataFrame) -> DataFrame:
    """The connected component of each node, told by its first node.

    By large and small stars in turn (Kiveris et al. 2014, Connected Components in MapReduce and Beyond, SoCC): the
    rounds grow with the logarithm of the size, not with the length of the longest chain.
    """
    from pyspark.sql import functions as f

    def hung(pairs: DataFrame) -> DataFrame:
        """Each node and what is tied to it hang on the first of them all."""
        first = pairs.groupBy("node").agg(f.min("other").alias("least"))
        return pairs.join(first.select("node", f.least("node", "least").alias("first")), "node")

    stars = ties.select("node", "other").where("node > other").localCheckpoint()
    while True:
        back = stars.select(f.col("other").alias("node"), f.col("node").alias("other"))
        large = hung(stars.unionByName(back)).where("other > node").select(f.col("other").alias("node"), "first")
        larger = large.distinct().withColumnRenamed("first", "other")
        small = hung(larger)
        smaller = small.select("node", "first").unionByName(small.select(f.col("other").alias("node"), "first"))
        fresh = smaller.where("node > first").distinct().withColumnRenamed("first", "other").localCheckpoint()
        if fresh.count() == stars.count() and fresh.exceptAll(stars).isEmpty():
            break
        stars = fresh
    roots = stars.select("other").distinct().select(f.col("other").alias("node"), f.col("other").alias("component"))
    return stars.select("node", f.col("other").alias("component")).unionByName(roots)


def triangles(ties: DataFrame) -> DataFrame:
    """Number of triangles that each node is a corner of."""
    from pyspark.sql import functions as f

    # Each tie leads from its end of fewer ties, so that a hub begins few pairs (Cohen 2009, Comput. Sci. Eng. 11).
    number = degree(ties)
    rank = number.select("node", f.struct("degree", "node").alias("place"))
    placed = (
        ties.select("node", "other")
        .join(rank, "node")
        .join(rank.select(f.col("node").alias("other"), f.col("place").alias("other_place")), "other")
        .where("place < other_place")
        .select("node", "other", "other_place")
        .cache()
    )
    second = placed.select("node", f.col("other").alias("third"), f.col("other_place").alias("third_place"))
    closing = placed.select(f.col("node").alias("other"), f.col("other").alias("third"))
    found = placed.join(second, "node").where("other_place < third_place").join(closing, ["other", "third"])
    corners = found.select(f.explode(f.array("node", "other", "third")).alias("node"))
    counted = corners.groupBy("node").agg(f.count("*").alias("triangles"))
    return number.select("node").join(counted, "node", "left").fillna(0)


def label_propagation(ties: DataFrame) -> DataFrame:
    """The community of each node, by the rule of `structure.label_propagation`, told by the node whose label it is."""
    from pyspark.sql import functions as f

    labels = ties.select("node", f.col("node").alias("label")).distinct().localCheckpoint()
    for _ in range(ROUNDS):
        heard = ties.join(labels, "node").groupBy("other", "label").agg(f.count("*").alias("votes"))
        best = heard.groupBy("other").agg(f.min(f.struct(-f.col("votes"), "label")).alias("best"))
        labels = best.select(f.col("other").alias("node"), f.col("best.label").alias("label")).localCheckpoint()
    return labels.withColumnRenamed("label", "community")


MEASURES: dict[str, Callable[[DataFrame], DataFrame]] = {
    "degree": degree,
    "pagerank": pagerank,
    "component": components,
    "triangles": triangles,
    "community": label_propagation,
}
"""Measures by the name of their column."""


def measure(ties: DataFrame, names: Sequence[str], out: str) -> int:
    """Write a row a node, sorted, with a column a measure, as a folder of Parquet files; what is there is replaced.

    Returns the number of nodes.
    """
    from pyspark.sql import functions as f

    table = ties.select("node").distinct().withColumnRenamed("node", "id")
    for name in names:
        table = table.join(MEASURES[name](ties).select(f.col("node").alias("id"), name), "id")
    table = table.sort("id").cache()
    table.write.mode("overwrite").parquet(out)
    return table.count()
