"""Measures of a network on Apache Spark, over the Parquet tables of `citydip export parquet`.

For networks that the memory of one machine cannot hold. The network is that of `graph.network.city_ties`, and the
values are those of `centrality` and `structure`: the same formulas, written in DataFrames. GraphX, which comes with
Spark, is deprecated since 4.0; its PageRank knows no weights, and its label propagation settles ties by chance.
docs/growing.md says when all this pays.
"""

from __future__ import annotations

import math
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from itertools import accumulate
from typing import TYPE_CHECKING

from citydiplomacy.errors import CityDiplomacyError, MissingExtraError, UsageError
from citydiplomacy.graph.export.parquet import NODES, TIES
from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.network import CITY_TIES
from citydiplomacy.graph.property.projection import types_of

from .centrality import DAMPING, PAGERANK_TOLERANCE, Array
from .structure import ROUNDS

ROWS = 500_000
"""Ties in a partition, each counted both ways: with more, partitions wait for memory, with fewer, for one another."""

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
            # Small tables lie in one partition, where no join moves them; sent to all they would be a job each.
            .config("spark.sql.autoBroadcastJoinThreshold", "-1")
        )
        if master.startswith("local"):
            for name in ("spark.driver.host", "spark.driver.bindAddress"):
                builder = builder.config(name, "127.0.0.1")
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers see the packages that we see
        try:
            spark = builder.getOrCreate()
        except (PySparkException, OSError) as error:
            raise CityDiplomacyError(
                f"Spark does not start on {master}: {error}",
                hint="It needs Java 17 or later: install a JDK, or name one in JAVA_HOME.",
            ) from None
    try:
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
    spark.conf.set("spark.sql.shuffle.partitions", str(partitions(2 * ties.count())))
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


def partitions(rows: int) -> int:
    """How many partitions so many rows of ties, each tie both ways, are dealt to."""
    return 1 + rows // ROWS


def degree(ties: DataFrame) -> DataFrame:
    """Number of neighbours of each node."""
    from pyspark.sql import functions as f

    return ties.groupBy("node").agg(f.count("*").alias("degree"))


def pagerank(ties: DataFrame) -> DataFrame:
    """PageRank as `centrality.pagerank` defines it: 0 to 1, all together 1; weights are used. No node is an isolate.

    The ties stay where they are, as blocks of rows of their matrix that are packed once; the ranks, 8 bytes a node, go
    to all blocks in each round, which is one job. As ties go both ways the ranks solve a symmetric system, and
    Chebyshev's semi-iteration (Golub and Varga 1961, Numerische Mathematik 3, 147-156) takes 0.28 times the rounds of
    the power iteration. Their number follows from its bound: all ranks together are off by `PAGERANK_TOLERANCE` at
    most.
    """
    import numpy as np
    import pyarrow as pa

    nodes, size = _numbered(ties)
    product = _product(ties, nodes, size)
    strength = product(np.ones(size))
    before = rank = strength / max(strength.sum(), 1)
    over = 1.0
    for number in range(pagerank_rounds(strength)):
        fresh = DAMPING * product(rank / strength) + (1 - DAMPING) / size
        before, rank = rank, over * (fresh - before) + before
        over = 1 / (1 - DAMPING**2 * over / (4 if number else 2))
    ranked = ties.sparkSession.createDataFrame(pa.table({"number": np.arange(size), "pagerank": rank}))
    return nodes.join(ranked, "number").select("node", "pagerank")


def pagerank_rounds(strength: Array) -> int:
    """Rounds of `pagerank` after which all errors together are at most `PAGERANK_TOLERANCE`, by the nodes' strength.

    In the norm where the system is symmetric (squares over strengths) ranks by strength are off by no more than equal
    ranks are long, k rounds leave 2 r^k of it, and the errors' sum is at most that times the root of all strengths.
    """
    if not strength.size:
        return 0
    shrinks = (1 - math.sqrt(1 - DAMPING**2)) / DAMPING
    return math.ceil(math.log(PAGERANK_TOLERANCE / 2 / math.sqrt(strength.mean() / strength.min()), shrinks))


def _numbered(ties: DataFrame) -> tuple[DataFrame, int]:
    """The nodes, each with its `number`, from 0 on in their order, and how many there are."""
    from pyspark.sql import functions as f

    part, place = f.shiftright("place", 33).cast("int"), f.col("place").bitwiseAND((1 << 33) - 1)
    nodes = ties.select("node").distinct().sort("node").withColumn("place", f.monotonically_increasing_id())
    nodes = nodes.localCheckpoint()  # made once more, places might differ
    many = {row["part"]: row["count"] for row in nodes.groupBy(part.alias("part")).count().collect()}
    before = list(accumulate((many.get(n, 0) for n in range(max(many, default=0) + 1)), initial=0))
    begins = f.element_at(f.array(*map(f.lit, before)), part + 1)
    return nodes.select("node", (begins + place).alias("number")), before[-1]


def _product(ties: DataFrame, nodes: DataFrame, size: int) -> Callable[[Array], Array]:
    """What multiplies the matrix of ties by a vector, in a job each time. Its workers need none of our modules."""
    import numpy as np
    import pyarrow as pa
    from scipy.sparse import csr_array

    def packed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The ties of a partition as one block: the rows from its first to its last."""
        parts = [[column.to_numpy() for column in batch.columns] for batch in batches if batch.num_rows]
        if parts:
            row, column, weight = (np.concatenate(part) for part in zip(*parts, strict=True))
            first, last = int(row.min()), int(row.max())
            block = csr_array((weight, (row - first, column)), shape=(last - first + 1, size))
            yield pa.RecordBatch.from_pydict({"first": [first], "block": [pickle.dumps(block)]})

    ends = ties.join(nodes.withColumnRenamed("number", "row"), "node")
    ends = ends.join(nodes.toDF("other", "column"), "other").select("row", "column", "weight")
    blocks = ends.repartitionByRange("row").mapInArrow(packed, "first long, block binary").rdd.cache()

    def product(vector: Array) -> Array:
        sent = blocks.context.broadcast(vector)
        parts = blocks.map(lambda part: (part["first"], pickle.loads(part["block"]) @ sent.value)).collect()
        sent.destroy()
        result = np.empty(size)
        for first, values in parts:
            result[first : first + values.size] = values
        return result

    return product


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

    stars, seen = ties.select("node", "other").where("node > other").localCheckpoint(), None
    while True:
        back = stars.select(f.col("other").alias("node"), f.col("node").alias("other"))
        large = hung(stars.unionByName(back)).where("other > node").select(f.col("other").alias("node"), "first")
        larger = large.distinct().withColumnRenamed("first", "other")
        small = hung(larger)
        smaller = small.select("node", "first").unionByName(small.select(f.col("other").alias("node"), "first"))
        fresh = smaller.where("node > first").distinct().withColumnRenamed("first", "other")
        fresh = fresh.localCheckpoint(eager=False)  # made by the job that looks at it
        last, seen = seen, fresh.agg(f.count("*"), f.bit_xor(f.xxhash64("node", "other"))).first()
        if seen == last and fresh.exceptAll(stars).isEmpty():
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

    labels = ties.select("node", f.col("node").alias("label")).distinct()
    for _ in range(ROUNDS):
        heard = ties.join(labels, "node").groupBy("other", "label").agg(f.count("*").alias("votes"))
        best = heard.groupBy("other").agg(f.min(f.struct(-f.col("votes"), "label")).alias("best"))
        labels = best.select(f.col("other").alias("node"), f.col("best.label").alias("label"))
        labels = labels.localCheckpoint(eager=False)  # all rounds are one job
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
