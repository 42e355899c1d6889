"""Measures on a real local Spark: the values of the local engine, on the 2016 network and on ties of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from citydiplomacy.errors import CityDiplomacyError, UsageError
from citydiplomacy.graph import network
from citydiplomacy.graph.export.parquet import write_parquet
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, City
from citydiplomacy.graph.model.values import Date, Text
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders import files
from citydiplomacy.queries.measures import centrality, spark, structure
from citydiplomacy.queries.measures.centrality import Ties

from ...conftest import ROOT
from ..conftest import ACTIVE, ENDED, PLANNED, source, told, twin, year

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SCHEMA = "node long, other long, weight double"


@pytest.fixture(scope="session")
def session() -> Iterator[SparkSession]:
    with spark.session() as opened:
        yield opened


def exported(store: Path, folder: Path) -> str:
    folder.mkdir()
    with Store.open_folder(store) as opened:
        write_parquet(opened, folder)
    return str(folder)


def local(store: Path) -> Ties:
    with Store.open_folder(store) as opened:
        return Ties.of(network.city_ties(opened))


# --- the network of 2016 ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def network_2016(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ties, str]:
    """The ties as the local engine has them, and the folder of tables."""
    folder = tmp_path_factory.mktemp("spark")
    mapping = (ROOT / "benchmarks" / "wikidata-2016" / "source.toml").read_text(encoding="utf-8")
    toml = folder / "wikidata-2016.toml"
    toml.write_text(mapping.replace("../../../shared/world", str(shared.resolve() / "world")), encoding="utf-8")
    writer.build(folder / "store", files.load(toml))
    return local(folder / "store"), exported(folder / "store", folder / "tables")


def test_the_command_writes_what_the_local_engine_finds(
    network_2016: tuple[Ties, str], session: SparkSession, tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    ties, folder = network_2016
    out = tmp_path / "measures.parquet"
    assert spark.measure(spark.city_ties(session, folder), list(spark.MEASURES), str(out)) == len(ties.nodes)
    table = pq.read_table(out).to_pydict()
    assert table["id"] == list(ties.nodes)
    assert table["degree"] == centrality.degree(ties).tolist()
    assert table["triangles"] == centrality.triangles(ties).tolist()
    assert np.abs(np.array(table["pagerank"]) - centrality.pagerank(ties)).max() < 1e-9
    assert table["component"] == [ties.nodes[i] for i in structure.component(ties)]
    assert table["community"] == [ties.nodes[i] for i in structure.label_propagation(ties)]


# --- ties of every kind -----------------------------------------------------------------------------------------------


def test_the_network_on_spark_is_the_local_one(session: SparkSession, tmp_path: Path) -> None:
    """Agreements that ended, are planned or open, of three parties, of other kinds, and twice between two cities."""
    cities = [City(id=f"city/{name}", labels=(Text(name, "en"),)) for name in "abcdef"]
    parties = ("city/a", "city/b", "city/e")
    kind = "agreement-kind/friendship"
    ring = Agreement(id=ids.agreement(kind, parties), kind=kind, parties=parties, status=ACTIVE)
    ended = Agreement(
        id=ids.agreement("agreement-kind/sister-city", ("city/d", "city/e", "city/f")),
        kind="agreement-kind/sister-city",
        parties=("city/d", "city/e", "city/f"),
        status=ACTIVE,
        end=year(2000),
    )
    agreements = [
        twin("city/a", "city/b"),
        twin("city/a", "city/b", "memorandum", status="status/signed"),
        twin("city/b", "city/c", status=PLANNED),
        twin("city/c", "city/d", status=ACTIVE),
        twin("city/a", "city/d", end=year(1999)),
        twin("city/b", "city/d", status=ENDED),
        twin("city/c", "city/f", "cooperation", status=ACTIVE),
        twin("city/c", "city/e", "memorandum", end=year(2999), status=ACTIVE),
        twin("city/b", "city/f", "memorandum", end=Date("1990/2999", year(1990).earliest, year(2999).latest)),
        ring,
        ended,
    ]
    writer.build(tmp_path / "store", [told(source("one", "press"), [*cities, *agreements])])
    ties = spark.city_ties(session, exported(tmp_path / "store", tmp_path / "tables"))
    assert ties.rdd.getNumPartitions() == 1
    with Store.open_folder(tmp_path / "store") as store:
        expected = {(a, b): w for a, b, w in network.city_ties(store).edges(data="weight")}
    assert expected == {
        ("city/a", "city/b"): 3,
        ("city/a", "city/e"): 1,
        ("city/b", "city/e"): 1,
        ("city/c", "city/d"): 1,
        ("city/c", "city/e"): 1,
    }
    found = {(row["node"], row["other"]): row["weight"] for row in ties.collect()}
    assert found == expected | {(b, a): w for (a, b), w in expected.items()}
    pagerank = {row["node"]: row["pagerank"] for row in spark.pagerank(ties).collect()}
    local_ties = local(tmp_path / "store")
    assert pagerank == pytest.approx(
        dict(zip(local_ties.nodes, centrality.pagerank(local_ties), strict=True)), abs=1e-9
    )


def test_tables_that_are_not_there_are_an_error_that_names_the_way_out(session: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="citydip export parquet"):
        spark.city_ties(session, str(tmp_path / "nowhere"))


# --- its work ---------------------------------------------------------------------------------------------------------


def ring(session: SparkSession, size: int) -> DataFrame:
    """Cities in a ring, each tied to the next and to the one after the next."""
    pairs = [(one, (one + step) % size, 1.0) for one in range(size) for step in (1, 2)]
    ties = session.createDataFrame(pairs + [(other, one, weight) for one, other, weight in pairs], SCHEMA)
    return ties.cache()


def jobs(session: SparkSession, name: str, ties: DataFrame) -> int:
    """How many jobs it takes to measure."""
    context = session.sparkContext
    context.setJobGroup(name, name)
    spark.MEASURES[name](ties).collect()
    return len(context.statusTracker().getJobIdsForGroup(name))


def test_a_round_is_one_job(session: SparkSession) -> None:
    """Beside it: of PageRank what numbers the nodes, packs the ties and joins the names."""
    ties = ring(session, 60)
    rounds = spark.pagerank_rounds(np.full(60, 4.0))
    assert rounds == 41
    assert jobs(session, "pagerank", ties) <= rounds + 12
    assert jobs(session, "community", ties) <= 3
    assert jobs(session, "component", ties) <= 20


def test_rounds_are_as_many_as_the_bound_needs(session: SparkSession) -> None:
    """A star of heavy ties beside a pair: strengths differ a lot, and ranks are those of the power iteration."""
    pairs = [(0, leaf, 1000.0) for leaf in range(1, 40)] + [(40, 41, 1.0)]
    ties = session.createDataFrame(pairs + [(other, one, weight) for one, other, weight in pairs], SCHEMA)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from(pairs)
    local_ties = Ties.of(graph)
    expected = dict(zip(local_ties.nodes, centrality.pagerank(local_ties), strict=True))
    found = {row["node"]: row["pagerank"] for row in spark.pagerank(ties).collect()}
    assert found == pytest.approx(expected, abs=1e-9)
    assert spark.pagerank_rounds(np.array([1.0, 1.0, 1e6, 1e6])) > spark.pagerank_rounds(np.full(4, 7.0))


def test_partitions_go_by_the_number_of_ties() -> None:
    assert [spark.partitions(rows) for rows in (0, spark.ROWS - 1, 40 * spark.ROWS)] == [1, 1, 41]


# --- the local measures that are new with it --------------------------------------------------------------------------


def test_components_and_triangles_are_those_of_networkx(network_2016: tuple[Ties, str]) -> None:
    ties, _ = network_2016
    graph: nx.Graph[int] = nx.from_scipy_sparse_array(ties.adjacency)
    assert dict(enumerate(centrality.triangles(ties).tolist())) == nx.triangles(graph)
    first = {node: min(part) for part in nx.connected_components(graph) for node in part}
    assert dict(enumerate(structure.component(ties).tolist())) == first


def test_labels_go_to_the_most_and_then_to_the_first() -> None:
    graph: nx.Graph[str] = nx.Graph(["ab", "bc", "ca", "cd", "de", "ef", "fd"])
    ties = Ties.of(graph)
    once = [ties.nodes[i] for i in structure.label_propagation(ties, 1)]
    assert once == ["b", "a", "a", "c", "d", "d"]
    twice = [ties.nodes[i] for i in structure.label_propagation(ties, 2)]
    assert twice == ["a", "a", "a", "d", "c", "c"]


def test_without_java_the_error_says_so(tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    code = "from citydiplomacy.queries.measures import spark\nwith spark.session(): pass"
    environment = os.environ | {"JAVA_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert CityDiplomacyError.__name__ in done.stderr
    assert "Java 17" in done.stderr
