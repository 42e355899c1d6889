"""Every saved question on the network of 2016 with the shipped data: ours, pyoxigraph alone, rdflib in memory.

    python benchmarks/questions.py [FOLDER OF THE WORLD DATA]

The goal: within 1.3 times of pyoxigraph with the same text, and rdflib at least 10 times slower (geometric means). A
run of rdflib that takes more than 20 seconds is stopped, and counts as 20. Loading rdflib takes a minute.
"""

from __future__ import annotations

import argparse
import csv
import math
import multiprocessing
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from _common import WORLD, print_goals, print_table, seconds, timed, world_file

from citydiplomacy.errors import CityDiplomacyError
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, City, Source
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders.tables.folder import load_tables
from citydiplomacy.ontology.terms import PREFIXES
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.library.question import Question
from citydiplomacy.queries.library.questions import run

DATA = Path(__file__).parent.parent / "loaders" / "data"
LIMIT = 20.0
"""Seconds that one run of rdflib may take."""
SHIPPED = {
    "city": "mashhad",
    "other": "tehran",
    "need": "econ-01",
    "organization": "metropolis",
    "other_organization": "uclg",
    "source": "mashhad-study",
    "record": "agreement/sister-city/karachi--mashhad",
    "date": "2014-01-01",
}
TIES = ("agreements", "sister-cities", "sister-cities-missing", "common-partners", "triangles", "partners-of-partners")
"""Questions that are asked of the two cities with the most ties in the world network, too."""


def world(folder: Path) -> SourceRecords:
    """The network of 2016 as one source."""
    with world_file(folder, "wikidata-2016-names.tsv").open(encoding="utf-8") as file:
        names = dict(csv.reader(file, delimiter="\t"))
    with world_file(folder, "wikidata-2016-twinned.tsv").open(encoding="utf-8") as file:
        pairs = {tuple(sorted((f"city/{a.lower()}", f"city/{b.lower()}"))) for a, b in csv.reader(file, delimiter="\t")}
    records: list[Record] = [City(id=f"city/{item.lower()}", labels=(Text(names[item], "und"),)) for item in names]
    kind = "agreement-kind/sister-city"
    records += [
        Agreement(id=ids.agreement(kind, parties), kind=kind, parties=parties, status="status/active")
        for parties in pairs
    ]
    source = Source(id="source/world-2016", kind="evidence-kind/dataset", labels=(Text("Network of 2016", "en"),))
    return SourceRecords(source, sorted(records, key=lambda record: record.id))


def shipped() -> list[SourceRecords]:
    """The shipped data, or nothing with a word why."""
    try:
        return [told for folder in sorted(DATA.iterdir()) if folder.is_dir() for told in load_tables(folder).sources]
    except (CityDiplomacyError, OSError) as error:
        print(f"The shipped data does not load, the network of 2016 is asked alone: {error}")
        return []


def cases(told: SourceRecords, with_data: bool) -> Iterator[tuple[str, Question, dict[str, object]]]:
    """What to ask: a name for the row, the question, its values."""
    ties = Counter(city for record in told.records if isinstance(record, Agreement) for city in record.parties)
    (hub, _), (other, _) = ties.most_common(2)
    for question in map(catalogue.question, catalogue.names("sparql")):
        if with_data:
            yield question.name, question, {name: SHIPPED[name] for name in question.by_name if name in SHIPPED}
        if question.name in TIES:
            values = {
                name: {"city": hub, "other": other}[name] for name in question.by_name if name in ("city", "other")
            }
            yield f"{question.name}, most ties", question, dict(values)


def direct(database: ox.Store, text: str) -> list[tuple[str | None, ...]]:
    """pyoxigraph alone: the same text, all values read."""
    solutions: Any = database.query(text, prefixes=PREFIXES)
    return [tuple([term.value if term is not None else None for term in solution]) for solution in solutions]


def best(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """The best times of two functions, run by turns."""
    once, _ = timed(first)
    runs = max(3, min(200, round(1 / max(once, 1e-6))))
    pairs = [(timed(first)[0], timed(second)[0]) for _ in range(runs)]
    return min(one for one, _ in pairs), min(two for _, two in pairs)


def in_rdflib(dataset: rdflib.Dataset, text: str) -> float:
    """Seconds that rdflib takes, in a process that can be stopped; infinite if it was."""

    def ask(answer: Connection) -> None:
        answer.send(timed(lambda: list(dataset.query(text, initNs=PREFIXES)))[0])

    context = multiprocessing.get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=ask, args=(writer,))
    process.start()
    writer.close()
    try:
        return float(reader.recv()) if reader.poll(LIMIT) else math.inf
    finally:
        process.kill()
        process.join()


def geometric_mean(values: list[float]) -> float:
    """Of positive numbers."""
    return math.exp(sum(map(math.log, values)) / len(values))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=WORLD, help="default: ../shared/world")
    told, data = world(parser.parse_args().folder), shipped()
    with tempfile.TemporaryDirectory() as place:
        manifest = writer.build(Path(place), [told, *data])
        with Store.open_folder(Path(place)) as store:
            database = ox.Store.read_only(str(Path(place) / manifest.generation))
            dataset = rdflib.Dataset()
            dataset.parse(data=database.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
            rows, ratios, slower = [], [], []
            for name, question, values in cases(told, bool(data)):
                text = question.bind(values)
                ours, theirs = best(partial(run, store, question, values), partial(direct, database, text))
                rdf = in_rdflib(dataset, text)
                ratios.append(ours / theirs)
                slower.append(min(rdf, LIMIT) / ours)
                rdflib_cell = seconds(rdf) if rdf < math.inf else f"over {LIMIT:.0f}"
                rows.append(
                    [name, seconds(ours), seconds(theirs), rdflib_cell, f"{ratios[-1]:.2f}", f"{slower[-1]:.3g}"]
                )
    print_table(["seconds", "ours", "pyoxigraph", "rdflib", "ours/pyoxigraph", "rdflib/ours"], rows)
    print(
        f"\ngeometric means: {geometric_mean(ratios):.2f} times pyoxigraph, "
        f"rdflib {geometric_mean(slower):.3g} times slower than ours"
    )


if __name__ == "__main__":
    main()
    print_goals(__doc__)
