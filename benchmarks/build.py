"""Building the store of the 2016 network: ours against rdflib in memory and Oxigraph's own bulk load, in one run.

    python benchmarks/build.py [FOLDER OF THE WORLD DATA] [--only network | shipped]

All begin with 10,055 cities and 17,401 ties and end with the same statements on disk: each record in the graph of its
source and in the merged view. Ours and rdflib's begin with the two files and read them with the same loader; Oxigraph's
begins with N-Quads. rdflib is used in three ways: two graphs in its plainest store, written as N-Triples, which is its
fastest; a Dataset, written as N-Quads, which keeps what ours keeps; and two graphs as they come, written as Turtle, its
default. None of its three has an index on disk, as the stores have; so ours is told up to a file of N-Quads too. Every
run is a process of its own, by turns; the figures are medians.

Then the whole store that `citydip build` makes, with the world, against Oxigraph's bulk load of the same statements
(`--only shipped`; the other is `--only network`, which takes three times as long, most of it rdflib's).

The goals: rdflib takes at least 8 times as long, ours at most 2 times as long as Oxigraph; the whole store is there
after 10 seconds and takes at most 600 MB of memory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _common import print_goals, print_table, seconds
from _processes import Run, alone, by_turns, in_folder_of_its_own, mapping_for, with_world_folder

if TYPE_CHECKING:
    import rdflib

    from citydiplomacy.graph.model.schema import Record

RUNS = 3


def ours(mapping: Path, place: Path) -> tuple[float, int]:
    """From the files to the store. Returns the seconds and the number of statements of the source."""
    from citydiplomacy.graph.store import writer
    from citydiplomacy.loaders.tables.folder import load_tables

    start = time.perf_counter()
    manifest = writer.build(place, load_tables(mapping).sources)
    return time.perf_counter() - start, sum(entry.quads for entry in manifest.sources.values())


def shipped(_: None, place: Path) -> tuple[float, int]:
    """From the shipped tables, those of the world among them, to the store."""
    from citydiplomacy.graph.store import writer
    from citydiplomacy.loaders import files

    start = time.perf_counter()
    manifest = writer.build(place, files.read(files.shipped()))
    return time.perf_counter() - start, sum(entry.quads for entry in manifest.sources.values())


def ours_as_text(mapping: Path, place: Path) -> tuple[float, int]:
    """From the files to a file of N-Quads: as far as rdflib gets."""
    from citydiplomacy.graph.store.source_stream import Feed
    from citydiplomacy.loaders.tables.folder import load_tables

    start = time.perf_counter()
    feed = Feed(dt.date.today())
    with (place / "all.nq").open("wb") as file:
        for told in load_tables(mapping).sources:
            file.writelines(own + view for _, own, view in feed.source(told))
    return time.perf_counter() - start, sum(entry.quads for entry in feed.entries.values())


def rdflib_plain(mapping: Path, place: Path) -> tuple[float, int]:
    """From the files to two graphs in rdflib's plainest store and two files of N-Triples."""
    return _in_graphs(mapping, place, "SimpleMemory", "nt")


def rdflib_turtle(mapping: Path, place: Path) -> tuple[float, int]:
    """From the files to two graphs of rdflib and two files of Turtle."""
    return _in_graphs(mapping, place, "default", "turtle")


def _in_graphs(mapping: Path, place: Path, store: str, form: str) -> tuple[float, int]:
    import rdflib

    start = time.perf_counter()
    graphs = rdflib.Graph(store), rdflib.Graph(store)
    _fill(mapping, *graphs)
    for number, graph in enumerate(graphs):
        graph.serialize(place / str(number), format=form, encoding="utf-8")
    return time.perf_counter() - start, sum(map(len, graphs))


def rdflib_dataset(mapping: Path, place: Path) -> tuple[float, int]:
    """From the files to a Dataset of rdflib and a file of N-Quads."""
    import rdflib

    start = time.perf_counter()
    dataset = rdflib.Dataset()
    graphs = dataset.graph("urn:source"), dataset.default_graph
    _fill(mapping, *graphs)
    dataset.serialize(place / "all", format="nquads", encoding="utf-8")
    return time.perf_counter() - start, sum(map(len, graphs))


def _fill(mapping: Path, own: rdflib.Graph, view: rdflib.Graph) -> None:
    """Give two graphs of rdflib what our store would hold: what the source says, and the merged view of it."""
    from rdflib import Literal, URIRef

    from citydiplomacy.graph.language.text import fold
    from citydiplomacy.graph.merged.shortcuts import shortcuts, standing
    from citydiplomacy.graph.merged.view import callable_by
    from citydiplomacy.graph.model.holding import Held
    from citydiplomacy.graph.model.schema import Merge
    from citydiplomacy.loaders.tables.folder import load_tables
    from citydiplomacy.ontology.terms import BASE, CD, PROV, RDF, SKOS

    (told,) = load_tables(mapping).sources
    type_, folded = URIRef(RDF.type), URIRef(SKOS.hiddenLabel)
    supported, support = URIRef(PROV.hadPrimarySource), URIRef(CD.support)
    source = URIRef(BASE + told.source.id)
    view.add((source, URIRef(CD.voice), source))
    for record in (told.source, *told.records):
        subject = URIRef(BASE + record.id)
        for name in record.schema.types:
            own.add((subject, type_, URIRef(name)))
            view.add((subject, type_, URIRef(name)))
        for merge, predicate, object_ in _statements(record):
            own.add((subject, predicate, object_))
            if merge is not Merge.SOURCE:
                view.add((subject, predicate, object_))
        for key in {fold(name) for name in callable_by(record)}:
            view.add((subject, folded, Literal(key)))
        view.add((subject, supported, source))
        view.add((subject, support, Literal(1)))
        held = standing(record, dt.date.today())
        if held in (Held.YES, Held.NO):
            view.add((subject, URIRef(CD.standing), Literal(held is Held.YES)))
        for one, shortcut, other in shortcuts(record, held):
            view.add((URIRef(BASE + one), URIRef(shortcut), URIRef(BASE + other)))


def _statements(record: Record) -> Iterator[tuple[Any, rdflib.URIRef, rdflib.term.Node]]:
    """How it is merged, predicate and object of each property's values, as terms of rdflib."""
    from rdflib import XSD, Literal, URIRef

    from citydiplomacy.graph.model.schema import Kind
    from citydiplomacy.graph.rdf.triples import COMPANIONS, companion
    from citydiplomacy.ontology.terms import BASE, CD, EDTF

    for prop in record.schema.properties:
        values = getattr(record, prop.name)
        if values is None:
            continue
        predicate = URIRef(prop.predicate)
        for value in values if prop.many or prop.kind is Kind.TEXT else (values,):
            match prop.kind:
                case Kind.TEXT:
                    yield prop.merge, predicate, Literal(value.value, lang=value.lang)
                case Kind.STRING | Kind.INTEGER | Kind.DECIMAL:
                    yield prop.merge, predicate, Literal(value)
                case Kind.IRI:
                    yield prop.merge, predicate, URIRef(value)
                case Kind.DATE:
                    yield prop.merge, predicate, Literal(value.edtf, datatype=URIRef(EDTF))
                    for part in COMPANIONS:
                        if told := getattr(value, part):
                            datatype = None if part == "original" else XSD.date
                            yield prop.merge, URIRef(companion(prop.predicate, part)), Literal(told, datatype=datatype)
                case _:
                    yield prop.merge, predicate, URIRef((CD if prop.kind is Kind.TERM else BASE) + value)


def in_oxigraph(quads: Path, place: Path) -> tuple[float, int]:
    """From a file of the same N-Quads to a store of Oxigraph."""
    import pyoxigraph as ox

    start = time.perf_counter()
    database = ox.Store(str(place))
    database.bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)
    database.flush()
    return time.perf_counter() - start, len(database)


def write_quads(store: Path, path: Path) -> tuple[float, int]:
    """Everything that a store of ours holds, as N-Quads; the number of statements without the ontology's."""
    import pyoxigraph as ox

    from citydiplomacy.graph.store import manifest, source_stream

    database = ox.Store.read_only(str(store / manifest.read(store).generation))
    database.dump(path, format=ox.RdfFormat.N_QUADS)
    return 0.0, len(database) - source_stream.ontology()[0].count(b"\n")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="one of the two (default: both)")
    given = with_world_folder(parser)
    for part in [given.only] if given.only else PARTS:
        with tempfile.TemporaryDirectory() as place:
            PARTS[part](Path(place), given.folder)


def of_network(base: Path, folder: Path) -> None:
    """The network of 2016 in a store of its own."""
    quads, mapping = base / "all.nq", mapping_for(folder, base)
    alone(ours, mapping, base / "store")
    statements = alone(write_quads, base / "store", quads).result
    contestants = {
        "ours": (ours, mapping),
        "ours, N-Quads alone": (ours_as_text, mapping),
        "Oxigraph, bulk load": (in_oxigraph, quads),
        "rdflib, N-Triples": (rdflib_plain, mapping),
        "rdflib, N-Quads": (rdflib_dataset, mapping),
        "rdflib, Turtle": (rdflib_turtle, mapping),
    }
    works = {name: in_folder_of_its_own(base, name, *work) for name, work in contestants.items()}
    found = by_turns(works, RUNS)
    for name, run in found.items():
        assert not name.startswith("rdflib") or run.result == statements, "rdflib was not given the same statements"
    tell("The twin towns of 2016", statements, found)


def of_shipped(base: Path, _: Path) -> None:
    """What `citydip build` makes."""
    quads = base / "all.nq"
    alone(shipped, None, base / "store")
    statements = alone(write_quads, base / "store", quads).result
    both = {
        "ours": in_folder_of_its_own(base, "ours", shipped, None),
        "Oxigraph, bulk load": in_folder_of_its_own(base, "Oxigraph", in_oxigraph, quads),
    }
    tell("The shipped data with the world", statements, by_turns(both, RUNS))


PARTS = {"network": of_network, "shipped": of_shipped}


def tell(what: str, statements: int, found: Mapping[str, Run]) -> None:
    """Print the table of one comparison."""
    own = found["ours"]
    rows = []
    for name, run in found.items():
        ratios = f"{run.seconds / own.seconds:.2f}", f"{run.processor / own.processor:.2f}"
        rows.append([name, seconds(run.seconds), seconds(run.processor), *ratios, f"{run.megabytes:.0f}"])
    print(f"{what}: {statements:,} statements without the ontology's; medians of {RUNS} runs")
    print_table(["", "seconds", "processor", "times ours", "by processor", "peak MB"], rows)
    theirs = found["Oxigraph, bulk load"]
    ratio, by_processor = own.seconds / theirs.seconds, own.processor / theirs.processor
    print(f"ours takes {ratio:.2f} times as long as Oxigraph, {by_processor:.2f} times by processor")


if __name__ == "__main__":
    main()
    print_goals(__doc__)
