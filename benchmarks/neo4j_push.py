"""Pushing the network of 2016 with the shipped data to a Neo4j server of its own.

    python benchmarks/neo4j_push.py [FOLDER OF THE WORLD DATA]

The first push, against bare batches of the same nodes and relationships by the driver alone (the goal is at most 1.1
times) and against rdflib-neo4j, if it is installed, writing the merged view as RDF, which is less: it has no claims (at
least 2 times faster). Both begin with the store, bare batches with the projection in memory. These come in two kinds:
CREATE, the fastest that there is, and MERGE, which can be repeated as a push can. Then a push with nothing changed, and
one after a change of a source of a hundred rows (each at most a tenth of the first).

All run by turns on one server that is warm and has been emptied; the figures are medians.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from _common import print_goals, print_table, seconds, timed
from _processes import mapping_for, world_folder

from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, City, Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.neo4j.status import status
from citydiplomacy.graph.neo4j_exchange.plan import PushOptions
from citydiplomacy.graph.neo4j_exchange.push import push
from citydiplomacy.graph.property.projection import PropertyGraph, project
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders import files
from citydiplomacy.loaders.tables.folder import load_tables

sys.path.append(str(Path(__file__).parent.parent))

if TYPE_CHECKING:
    import neo4j

    from tests.neo4j_server.server import Neo4jServer

RUNS = 3
BATCH = 10_000
ROWS = 100


def hundred(year: int) -> SourceRecords:
    """A source of a hundred ties between cities of its own, of one year."""
    kind = "agreement-kind/sister-city"
    told: list[City | Agreement] = [City(id=f"city/bench{n:03}") for n in range(ROWS)]
    for n in range(ROWS):
        parties = tuple(sorted((f"city/bench{n:03}", f"city/bench{(n + 1) % ROWS:03}")))
        start = Date(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31))
        told.append(Agreement(id=ids.agreement(kind, parties), kind=kind, parties=parties, start=start))
    source = Source(id="source/bench", kind="evidence-kind/press")
    return SourceRecords(source, sorted(told, key=lambda record: record.id))


def bare(driver: neo4j.Driver, graph: PropertyGraph, verb: str) -> None:
    """The same nodes and relationships by the driver alone: constraints, then batches by label and by type."""
    nodes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for node in graph.nodes:
        nodes[node.label].append({"id": node.id, "properties": node.properties})
    ties: defaultdict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for tie in graph.relationships:
        row = {"start": tie.start[1], "end": tie.end[1], "id": tie.properties.get("id"), "properties": tie.properties}
        ties[tie.type, tie.start[0], tie.end[0]].append(row)
    with driver.session() as session:

        def send(cypher: str, rows: list[dict[str, Any]]) -> None:
            for first in range(0, len(rows), BATCH):
                session.execute_write(_run, cypher, rows[first : first + BATCH])

        for label in nodes:
            session.run(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE").consume()
        for label, rows in nodes.items():
            send(f"UNWIND $rows AS row {verb} (n:{label} {{id: row.id}}) SET n = row.properties", rows)
        for (type_, start, end), rows in ties.items():
            key = "{id: row.id}" if rows[0]["id"] else ""
            send(
                f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
                f"{verb} (a)-[r:{type_} {key}]->(b) SET r = row.properties",
                rows,
            )


def _run(transaction: neo4j.ManagedTransaction, cypher: str, rows: list[dict[str, Any]]) -> None:
    transaction.run(cypher, rows=rows).consume()


def read(driver: neo4j.Driver) -> int:
    """Everything of ours, by the driver alone."""
    with driver.session(default_access_mode="READ", fetch_size=BATCH) as session:
        nodes = session.run("MATCH (n:_CityDip) RETURN labels(n), properties(n)").values()
        asked = "MATCH (a:_CityDip)-[r]->(b:_CityDip) RETURN type(r), a.id, b.id, properties(r)"
        return len(nodes) + len(session.run(asked).values())


def triples(store: Store) -> list[Any]:
    """The merged view as RDF, in rdflib's terms."""
    return [(s, p, o) for s, p, o in store.dataset().default_graph if not s.startswith("_")]


def by_rdflib_neo4j(server: Neo4jServer, told: list[Any]) -> None:
    """The merged view by rdflib-neo4j, with its batching."""
    from rdflib import Graph
    from rdflib_neo4j import HANDLE_VOCAB_URI_STRATEGY, Neo4jStore, Neo4jStoreConfig

    config = Neo4jStoreConfig(
        auth_data={"uri": server.uri, "database": "neo4j", "user": server.user, "pwd": server.password},
        handle_vocab_uri_strategy=HANDLE_VOCAB_URI_STRATEGY.IGNORE,
        batching=True,
    )
    graph = Graph(store=Neo4jStore(config=config))
    for triple in told:
        graph.add(triple)
    graph.close(True)


def emptied(driver: neo4j.Driver) -> None:
    """Remove everything, a lot at a time."""
    from tests.neo4j_server.server import empty

    with driver.session() as session:
        for thing, how in (("()-[n]->()", "DELETE"), ("(n)", "DELETE")):
            session.run(f"MATCH {thing} CALL (n) {{ {how} n }} IN TRANSACTIONS OF 20000 ROWS").consume()
    empty(driver)


def last_write(driver: neo4j.Driver) -> object:
    """Names the last transaction that wrote."""
    with driver.session(default_access_mode="READ") as session:
        session.run("RETURN 1").consume()
        return session.last_bookmarks().raw_values


def measured(server: Neo4jServer, driver: neo4j.Driver, folder: Path) -> Iterator[tuple[str, float]]:
    """One turn of everything: what was done, and its seconds."""
    with Store.open_folder(folder) as store:
        took, graph = timed(lambda: project(store))
        yield "the projection alone", took
        emptied(driver)
        yield "bare CREATE", timed(lambda: bare(driver, graph, "CREATE"))[0]
        emptied(driver)
        yield "bare MERGE", timed(lambda: bare(driver, graph, "MERGE"))[0]
        emptied(driver)
        yield "push, the first", timed(lambda: push(store, driver))[0]
        before = last_write(driver)
        yield "push, nothing changed", timed(lambda: push(store, driver))[0]
        assert last_write(driver) == before, "a push with nothing changed wrote"
        yield "status, nothing changed", timed(lambda: status(driver))[0]
        yield "bare reading", timed(lambda: read(driver))[0]
        yield "push --whole, nothing changed", timed(lambda: push(store, driver, options=PushOptions(whole=True)))[0]
    writer.load(folder, [hundred(1990)])
    with Store.open_folder(folder) as store:
        push(store, driver)
    writer.load(folder, [hundred(1991)])
    with Store.open_folder(folder) as store:
        took, report = timed(lambda: push(store, driver))
        assert sum(count.changed for count in report.counts) == 2 * ROWS, "not only the hundred ties and claims changed"
        yield "push, a source of 100 rows changed", took
        emptied(driver)
        try:
            import rdflib_neo4j  # noqa: F401
        except ImportError:
            return
        yield "rdflib-neo4j, the merged view", timed(lambda: by_rdflib_neo4j(server, triples(store)))[0]


def main() -> None:
    """Run and print."""
    from tests.neo4j_server.server import Neo4jServer

    folder = world_folder(__doc__)
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        told = [
            *load_tables(mapping_for(folder, base)).sources,
            *(one for p in files.shipped(world=False) for one in files.load(p)),
        ]
        writer.build(base / "store", told)
        with Store.open_folder(base / "store") as store:
            graph = project(store)
            print(f"{len(graph.nodes):,} nodes, {len(graph.relationships):,} relationships; medians of {RUNS} runs")
            del graph
            with Neo4jServer(base / "neo4j") as server, server.driver() as driver:
                push(store, driver)  # the server is cold until then
                runs: defaultdict[str, list[float]] = defaultdict(list)
                for _ in range(RUNS):
                    for what, took in measured(server, driver, base / "store"):
                        runs[what].append(took)
    found = {what: median(several) for what, several in runs.items()}
    first = found["push, the first"]
    sending = first - found["the projection alone"]
    print_table(
        ["seconds", "median", "of the first push", "times sending"],
        [[what, seconds(took), f"{took / first:.3f}", f"{sending / took:.2f}"] for what, took in found.items()],
    )
    print(f"\nsending, which is the first push without the projection: {seconds(sending)} s")


if __name__ == "__main__":
    main()
    print_goals(__doc__)
