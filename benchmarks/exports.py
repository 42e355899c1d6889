"""Every export of the store that `citydip build` makes, the whole command, against the engine's own dump of the same.

    python benchmarks/exports.py [--only FORMAT ...]

The engine dumps, as N-Quads, what the format holds: everything; the merged view alone; or what the sources of one
collection say, of which a workbook is made. Every run is a process of its own, and imports what it needs; by turns, and
the least of each counts, since what else the machine does only adds to it. The networks have been measured beforehand.
The same statements are not the same work: a network is laid out, grouped and drawn.

The goal: at most 3 times the engine's own dump.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from _common import print_table, seconds
from _processes import CITYDIP, compiled_in, of_command

GOAL, TURNS = 3, 3
COLLECTION = "wikidata-world"
EVERYTHING, MERGED, ONE = "everything", "the merged view", "one collection"
HOLDS = {
    "nquads": EVERYTHING,
    "csv": EVERYTHING,
    "neo4j": EVERYTHING,
    "turtle": MERGED,
    "jsonld": MERGED,
    "parquet": MERGED,
    "graphml": MERGED,
    "gexf": MERGED,
    "node-link": MERGED,
    "xlsx": ONE,
}
DUMP = """
import sys
from pathlib import Path
import pyoxigraph as ox
from citydiplomacy.graph.store import manifest
from citydiplomacy.ontology.terms import BASE

folder, out, what, collection = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
state = manifest.read(folder)
database = ox.Store.read_only(str(folder / state.generation))
of_one = [name for name, entry in state.sources.items() if entry.collection == f"source/{collection}"]
graphs = {"everything": [None], "the merged view": [ox.DefaultGraph()]}.get(
    what, [ox.NamedNode(BASE + name) for name in of_one]
)
with open(out, "wb") as file:
    for graph in graphs:
        form = ox.RdfFormat.N_QUADS if graph is None else ox.RdfFormat.N_TRIPLES
        database.dump(file, form, from_graph=graph)
"""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=HOLDS, default=HOLDS, help="these formats (default: all)")
    holds = {form: HOLDS[form] for form in parser.parse_args().only}
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as compiled:
        environment, store = compiled_in(compiled), f"{place}/store"
        subprocess.run([CITYDIP, "build", "--measures", "--store", store], check=True, capture_output=True)
        commands = {
            what: [sys.executable, "-c", DUMP, store, f"{place}/dump", what, COLLECTION]
            for what in dict.fromkeys(holds.values())
        }
        for form, what in holds.items():
            only = ["--source", COLLECTION] if what == ONE else []
            out = f"{place}/{form}{'.xlsx' if what == ONE else ''}"
            commands[form] = [CITYDIP, "export", form, out, *only, "--store", store]
        runs = [{name: of_command(command, environment) for name, command in commands.items()} for _ in range(TURNS)]
        least = {name: tuple(map(min, zip(*(run[name] for run in runs), strict=True))) for name in commands}
        rows = []
        for form, what in holds.items():
            (clock, processor), (of_clock, of_processor) = least[form], least[what]
            ratio = processor / of_processor
            goal = "yes" if ratio <= GOAL else "no"
            rows.append(
                [form, what, seconds(clock), seconds(processor), f"{clock / of_clock:.2f}", f"{ratio:.2f}", goal]
            )
        told = ", ".join(f"{what} {seconds(least[what][1])}" for what in dict.fromkeys(holds.values()))
        statements = Path(f"{place}/dump").read_bytes().count(b"\n")
    print_table(["", "holds", "seconds", "processor", "times the dump", "by processor", "3 at most"], rows)
    print(f"\nthe engine's own dumps, by processor: {told} ({statements:,} statements of the last)")


if __name__ == "__main__":
    main()
