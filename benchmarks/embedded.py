"""The embedded property graph of the 2016 network with the shipped data: building it, and counting over all of it.

    python benchmarks/embedded.py [FOLDER OF THE WORLD DATA]

Building: from the store to the graph, against Ladybug's own COPY of the same files into the same tables, as it comes
(with a checkpoint after each table) and with one checkpoint at the end, as ours does it. Every run is a process of its
own, by turns; the figures are medians. The goal of building: at most 1.5 times Ladybug's own COPY.

Counting: five questions over the whole graph in Cypher on the embedded graph and in SPARQL on the store on disk, with
the same rows; medians of runs by turns. The goal of counting: at least 4 times faster.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from _common import print_goals, print_table, ratio, seconds, timed
from _processes import Run, alone, by_turns, mapping_for, world_folder

RUNS = 5
STANDS = "tie.stands"
QUESTIONS = {
    "sister-city agreements by status": (
        "MATCH ()-[tie:TWINNED_WITH]->() RETURN tie.status AS status, count(*) AS n ORDER BY status",
        """SELECT (REPLACE(STR(?s), "^.*/", "") AS ?status) (COUNT(*) AS ?n) {
            ?tie cd:kind id:agreement-kind\\/sister-city . OPTIONAL { ?tie cd:status ?s }
        } GROUP BY ?s ORDER BY ?status""",
    ),
    "ties of each city": (
        f"MATCH (c:City)-[tie:TWINNED_WITH]-() WHERE {STANDS} RETURN c.id AS id, count(*) AS n ORDER BY n DESC, id",
        """SELECT ?id (COUNT(*) AS ?n) { ?id a schema:City ; cd:twinnedWith ?other }
            GROUP BY ?id ORDER BY DESC(?n) ?id""",
    ),
    "paths of two ties": (
        "MATCH (a:City)-[one:TWINNED_WITH]-(b)-[two:TWINNED_WITH]-(c:City) WHERE a.id < c.id AND "
        f"{STANDS.replace('tie', 'one')} AND {STANDS.replace('tie', 'two')} RETURN count(*) AS n",
        """SELECT (COUNT(*) AS ?n) { ?a a schema:City ; cd:twinnedWith/cd:twinnedWith ?c . ?c a schema:City
            FILTER(STR(?a) < STR(?c)) }""",
    ),
    "triangles": (
        "MATCH (a:City)-[one:TWINNED_WITH]-(b:City)-[two:TWINNED_WITH]-(c:City)-[three:TWINNED_WITH]-(a) "
        "WHERE a.id < b.id AND b.id < c.id AND "
        + " AND ".join(STANDS.replace("tie", name) for name in ("one", "two", "three"))
        + " RETURN count(*) AS n",
        """SELECT (COUNT(*) AS ?n) { ?a a schema:City ; cd:twinnedWith ?b . ?b a schema:City ; cd:twinnedWith ?c .
            ?c a schema:City ; cd:twinnedWith ?a FILTER(STR(?a) < STR(?b) && STR(?b) < STR(?c)) }""",
    ),
    "claims of each source": (
        "MATCH (c:Claim)-[:STATED_BY]->(s:Source) RETURN s.id AS id, count(*) AS n ORDER BY n DESC, id",
        """SELECT (?g AS ?id) (COUNT(DISTINCT ?record) AS ?n) { GRAPH ?g { ?record a ?type }
            FILTER(?record != ?g && ?g != id:ontology) } GROUP BY ?g ORDER BY DESC(?n) ?g""",
    ),
}


def make_store(mapping: Path, place: Path) -> tuple[float, int]:
    """The store of the network and the shipped data."""
    from citydiplomacy.graph.store import writer
    from citydiplomacy.loaders import files
    from citydiplomacy.loaders.tables.folder import load_tables

    told = [*load_tables(mapping).sources, *(one for path in files.shipped(world=False) for one in files.load(path))]
    return 0.0, sum(entry.records for entry in writer.build(place, told).sources.values())


def make_files(place: Path, tables: Path) -> tuple[float, int]:
    """The files that Ladybug copies, and the statements, one a line: declarations first."""
    from citydiplomacy.graph.property import embedded_build as building
    from citydiplomacy.graph.property.declared import model
    from citydiplomacy.graph.property.projection import project
    from citydiplomacy.graph.store.reader import Store

    with Store.open_folder(place) as store:
        graph = project(store)
    tables.mkdir()
    made = model(graph)
    statements = [*building.declarations(made), *building.write_files(graph, made, tables)]
    (tables / "statements").write_text("\n".join(statements), encoding="utf-8")
    return 0.0, len(graph.nodes) + len(graph.relationships)


def ours(place: Path) -> tuple[float, int]:
    """From the store to the graph."""
    import ladybug  # noqa: F401  (all begin with the engine in memory)

    from citydiplomacy.graph.property import embedded_build as building
    from citydiplomacy.graph.store.reader import Store

    shutil.rmtree(place / building.FOLDER, ignore_errors=True)
    with Store.open_folder(place) as store:
        return timed(lambda: building.ready(store))[0], 0


def projection(place: Path) -> tuple[float, int]:
    """Our first part alone: from the store to nodes and relationships."""
    from citydiplomacy.graph.property.projection import project
    from citydiplomacy.graph.store.reader import Store

    with Store.open_folder(place) as store:
        return timed(lambda: project(store))[0], 0


def own_copy(tables: Path, one_checkpoint: bool) -> tuple[float, int]:
    """Ladybug alone: the same statements."""
    import ladybug

    statements = (tables / "statements").read_text(encoding="utf-8").split("\n")
    with tempfile.TemporaryDirectory(dir=tables.parent) as place:
        start = time.perf_counter()
        database = ladybug.Database(f"{place}/graph", auto_checkpoint=not one_checkpoint)
        connection = ladybug.Connection(database)
        for statement in (*statements, "CHECKPOINT"):
            connection.execute(statement)
        connection.close()
        database.close()
        return time.perf_counter() - start, 0


def count(place: Path) -> None:
    """Ask the questions in both languages and print."""
    from citydiplomacy.graph.property.embedded import EmbeddedGraph
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.graph.store.rows import select

    rows = []
    with Store.open_folder(place) as store, EmbeddedGraph.open(store) as graph:
        for name, (cypher, sparql) in QUESTIONS.items():

            def in_cypher(asked: str = cypher) -> list[tuple[str | None, ...]]:
                found = graph.run(asked, timeout=600, limit=1_000_000).rows
                return [tuple(None if value is None else str(value) for value in row) for row in found]

            def in_sparql(asked: str = sparql) -> list[tuple[str | None, ...]]:
                return select(store, asked)

            assert in_cypher() == in_sparql(), f"{name}: the answers differ"
            ours, theirs = median_times(in_cypher, in_sparql)
            rows.append([name, seconds(ours), seconds(theirs), ratio(ours, theirs)])
    print_table(["seconds", "Cypher", "SPARQL", "times faster"], rows)


def median_times(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """The median times of two functions."""
    pairs = [(timed(first)[0], timed(second)[0]) for _ in range(RUNS)]
    return median(one for one, _ in pairs), median(two for _, two in pairs)


def main() -> None:
    """Run and print."""
    folder = world_folder(__doc__)
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        store, tables = base / "store", base / "tables"
        alone(make_store, mapping_for(folder, base), store)
        size = alone(make_files, store, tables).result
        works: dict[str, Callable[[int], Run]] = {
            "ours, from the store": lambda _: alone(ours, store),
            "  of which the projection": lambda _: alone(projection, store),
            "Ladybug's COPY as it comes": lambda _: alone(own_copy, tables, False),
            "Ladybug's COPY, one checkpoint": lambda _: alone(own_copy, tables, True),
        }
        found = by_turns(works, RUNS)
        print(f"{size:,} nodes and relationships; medians of {RUNS} runs")
        whole = found["ours, from the store"].seconds
        print_table(
            ["building", "seconds", "ours is times", "peak MB"],
            [
                [name, seconds(run.seconds), f"{whole / run.seconds:.2f}", f"{run.megabytes:.0f}"]
                for name, run in found.items()
            ],
        )
        print()
        count(store)


if __name__ == "__main__":
    main()
    print_goals(__doc__)
