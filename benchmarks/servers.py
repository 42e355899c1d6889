"""The explorer beside Datasette on the same tables, and beside Oxigraph's own server on the same queries.

    python benchmarks/servers.py [STORE] [--seconds 20]

Datasette comes with `pip install --group comparison`, Oxigraph's server with the package's tests. The store is that of
`citydip build`, with the twin towns of the world. In one run and by turns, 20 clients ask all the time: of the tables
of cities and agreements, rows of one country or kind in an order, as a page and as JSON; of SPARQL, the sister cities
of each city, the bodies that two cities share, and counts. All addresses are different, so that nothing is told from
memory unless there are not enough of them. Goals: no slower than Datasette, a query at most 1.5 times Oxigraph's.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, urlencode

from _clients import Server, percentile, serving
from _common import print_table, seconds
from _processes import CITYDIP

from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.terms import BASE, PREFIXES

PROGRAMS = Path(sys.executable).parent
TURNS = 3
QUERIES = (
    """SELECT ?other ?name ?start { ?tie a cd:Agreement ; cd:party <%s> , ?other FILTER(?other != <%s>)
       ?other skos:prefLabel ?name FILTER(LANG(?name) = "en") OPTIONAL { ?tie cd:start ?start } } ORDER BY ?name""",
    """SELECT ?body { ?a org:member <%s> ; org:organization ?body . ?b org:member <%s> ; org:organization ?body }""",
    """SELECT ?status (COUNT(DISTINCT ?tie) AS ?ties) { VALUES ?city { <%s> <%s> }
       ?tie cd:party ?city ; cd:status ?status } GROUP BY ?status""",
)
TABLES = {"city": ("country", ("city_name", "country")), "agreement": ("kind", ("start", "attested", "status"))}
"""Table -> the column by whose values its rows are chosen, and those in whose order they stand."""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path, nargs="?", help="A store; default: one is built.")
    parser.add_argument("--seconds", type=float, default=20, help="How long clients ask of each kind; default: 20.")
    given = parser.parse_args()
    missing = [name for name in ("datasette", "oxigraph") if not (PROGRAMS / name).is_file()]
    if missing:
        parser.error(f"{' and '.join(missing)}: not installed here; pip install --group comparison --group test")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = given.store or folder / "store"
        if not given.store:
            subprocess.run([CITYDIP, "build", "--store", str(store)], check=True, capture_output=True)
        _compare(store, folder, given.seconds)


def _compare(store: Path, folder: Path, for_seconds: float) -> None:
    with Store.open_folder(store) as opened:
        cities, database = opened.ids(City), next((opened.folder / "generations").iterdir())
    random.Random(1).shuffle(cities)
    ports = _free_ports(2)
    with serving(CITYDIP, "serve", "--store", str(store), "--no-browser") as ours:
        tables = folder / "tables.db"
        values = {table: _copied(ours, table, tables) for table in TABLES}
        arguments = ("serve-read-only", "--location", str(database), "--bind", f"127.0.0.1:{ports[1]}")
        with (
            serving(str(PROGRAMS / "datasette"), "-i", str(tables), "-p", str(ports[0]), port=ports[0]) as datasette,
            serving(str(PROGRAMS / "oxigraph"), *arguments, port=ports[1]) as oxigraph,
        ):
            _wait(datasette, "/")
            _wait(oxigraph, _queries("/query", cities[:2])[0])
            ours.ask_all(_pages(values)[::9], for_seconds / 2)  # what is made once a process, of which it has several
            ours.ask_all(_queries("/sparql", cities[:40]), 1)
            queries = _queries("/sparql", cities)
            kinds = (
                ("rows of a table, page", (ours, _pages(values)), (datasette, _pages(values, datasette=True)), 1.0),
                (
                    "rows of a table, JSON",
                    (ours, _pages(values, ".json")),
                    (datasette, _pages(values, ".json", datasette=True)),
                    1.0,
                ),
                ("queries", (ours, queries), (oxigraph, _queries("/query", cities)), 1.5),
            )
            rows = []
            for kind, one, other, goal in kinds:
                rows += [*_measured(kind, one, other, goal, for_seconds), []]
            print_table(["", "number", "a second", "median s", "95 % within s", "times theirs", "goal"], rows[:-1])


def _measured(
    kind: str, one: tuple[Server, list[str]], other: tuple[Server, list[str]], goal: float, for_seconds: float
) -> list[list[str]]:
    """Both by turns; each turn goes on with addresses that were not asked yet."""
    times: list[list[float]] = [[], []]
    for _ in range(TURNS):
        for place, (server, paths) in enumerate((one, other)):
            begin = len(times[place]) % len(paths)
            times[place] += server.ask_all([*paths[begin:], *paths[:begin]], for_seconds / TURNS)
    medians = [statistics.median(each) for each in times]
    names = [f"{kind}: ours", f"  {'Oxigraph' if kind == 'queries' else 'Datasette'}"]
    return [
        [
            name,
            str(len(each)),
            f"{len(each) / for_seconds:.0f}",
            seconds(median),
            seconds(percentile(each)),
            f"{median / medians[1]:.2f}" if place == 0 else "",
            f"{goal}" if place == 0 else "",
        ]
        for place, (name, each, median) in enumerate(zip(names, times, medians, strict=True))
    ]


def _pages(values: dict[str, list[str]], form: str = "", *, datasette: bool = False) -> list[str]:
    """Addresses of rows of each table with a value, in each order."""
    found = []
    for table, (column, orders) in TABLES.items():
        for value in values[table]:
            for order in orders:
                for down in (False, True):
                    if datasette:
                        fields = {column: value, "_sort_desc" if down else "_sort": order}
                        found.append(f"/tables/{table}{form}?{urlencode(fields)}")
                    else:
                        named = order.removesuffix("_name")
                        fields = {f"f.{column}": value, "sort": f"{'-' if down else ''}{named}"}
                        found.append(f"/{table}{form}?{urlencode(fields, safe='/')}")
    random.Random(2).shuffle(found)
    return found


def _queries(path: str, cities: Sequence[str]) -> list[str]:
    """Addresses of each query, of each city and the next."""
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    return [
        f"{path}?query={quote(prefixes + query % (BASE + one, BASE + other))}"
        for one, other in pairwise(cities)
        for query in QUERIES
    ]


def _copied(server: Server, table: str, path: Path) -> list[str]:
    """Copy a table of ours, as it is in CSV, into a database of SQLite with the indexes that its queries need; returns
    the values of the column by which rows are chosen.
    """
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/{table}.csv") as answer:
        head, *rows = csv.reader(io.StringIO(answer.read().decode()))
    column, orders = TABLES[table]
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(f"CREATE TABLE {table} ({', '.join(head)}, PRIMARY KEY ({head[0]}))")
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(head))})", rows)
        for order in orders:
            database.execute(f"CREATE INDEX {table}_{order} ON {table} ({column}, {order})")
        return [value for (value,) in database.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''")]


def _free_ports(number: int) -> list[int]:
    bound = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in bound]
    for each in bound:
        each.close()
    return ports


def _wait(server: Server, path: str) -> None:
    for _ in range(600):
        try:
            if server.get(path) == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit(f"{path} is not answered.")


if __name__ == "__main__":
    main()
