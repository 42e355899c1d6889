"""Building the store of the 2016 network: ours against rdflib in memory and Oxigraph's own bulk load, in one run.

    python benchmarks/build.py [FOLDER OF THE WORLD DATA]

All three begin with 10,055 cities and 17,401 ties and end with the same statements in a file or store on disk: each
record in the graph of its source and in the merged view. Ours and rdflib's begin with the two files and read them with
the same loader; Oxigraph's begins with N-Quads. rdflib is used as it is fastest: two graphs in its SimpleMemory store,
serialized as N-Triples. Every run is a process of its own, by turns; the figures are medians.

The goals: rdflib takes at least 8 times as long, ours at most 3 times as long as Oxigraph.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _common import print_table, seconds
from _processes import Run, alone, mapping_for, medians, world_folder

if TYPE_CHECKING:
    import rdflib

    from citydiplomacy.graph.records import Record

RUNS = 3


def ours(mapping: Path, place: Path) -> tuple[float, int]:
    """From the files to the store. Returns the seconds and the number of statements of the source."""
    from citydiplomacy.graph import writing
    from citydiplomacy.loaders.tables import load_tables

    start = time.perf_counter()
    manifest = writing.build(place, load_tables(mapping).sources)
    return time.perf_counter() - start, sum(entry.quads for entry in manifest.sources.values())


def in_rdflib(mapping: Path, place: Path) -> tuple[float, int]:
    """From the files through the same loader to two graphs of rdflib, and into two files."""
    import rdflib

    from citydiplomacy.graph.deriving import shortcuts
    from citydiplomacy.graph.merged_view import names
    from citydiplomacy.graph.schema import Merge
    from citydiplomacy.graph.text import fold
    from citydiplomacy.loaders.tables import load_tables
    from citydiplomacy.ontology.terms import BASE, CD, PROV, RDF, SKOS

    start = time.perf_counter()
    (told,) = load_tables(mapping).sources
    own, view = rdflib.Graph("SimpleMemory"), rdflib.Graph("SimpleMemory")
    type_, folded = rdflib.URIRef(RDF.type), rdflib.URIRef(SKOS.hiddenLabel)
    supported, support = rdflib.URIRef(PROV.hadPrimarySource), rdflib.URIRef(CD.support)
    source = rdflib.URIRef(BASE + told.source.id)
    for record in (told.source, *told.records):
        subject = rdflib.URIRef(BASE + record.id)
        for name in record.schema.types:
            triple = (subject, type_, rdflib.URIRef(name))
            own.add(triple)
            view.add(triple)
        for merge, predicate, object_ in _statements(record):
            own.add((subject, predicate, object_))
            if merge is not Merge.SOURCE:
                view.add((subject, predicate, object_))
        for key in {fold(text.value) for text in names(record)}:
            view.add((subject, folded, rdflib.Literal(key)))
        view.add((subject, supported, source))
        view.add((subject, support, rdflib.Literal(1)))
        for one, predicate, other in shortcuts(record):
            view.add((rdflib.URIRef(BASE + one), rdflib.URIRef(predicate), rdflib.URIRef(BASE + other)))
    for name, graph in (("own", own), ("view", view)):
        graph.serialize(place / f"{name}.nt", format="nt", encoding="utf-8")
    return time.perf_counter() - start, len(own) + len(view)


def _statements(record: Record) -> Iterator[tuple[Any, rdflib.URIRef, rdflib.term.Node]]:
    """How it is merged, predicate and object of each property's values, as terms of rdflib."""
    from rdflib import XSD, Literal, URIRef

    from citydiplomacy.graph.rdf import COMPANIONS, companion
    from citydiplomacy.graph.schema import Kind
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

    from citydiplomacy.graph import feeding, manifest

    database = ox.Store.read_only(str(store / manifest.read(store).generation))
    database.dump(path, format=ox.RdfFormat.N_QUADS)
    return 0.0, len(database) - feeding.ontology()[0].count(b"\n")


def main() -> None:
    """Run and print."""
    folder = world_folder(__doc__)
    runs: dict[str, list[Run]] = {"ours": [], "rdflib": [], "oxigraph": []}
    with tempfile.TemporaryDirectory() as place:
        base, quads = Path(place), Path(place) / "all.nq"
        mapping = mapping_for(folder, base)
        alone(ours, mapping, base / "store")
        statements = alone(write_quads, base / "store", quads).result
        for turn in range(RUNS):
            for name, work, given in (("ours", ours, mapping), ("rdflib", in_rdflib, mapping), ("oxigraph", in_oxigraph, quads)):
                target = base / f"{name}-{turn}"
                target.mkdir()
                runs[name].append(alone(work, given, target))
    found = {name: medians(several) for name, several in runs.items()}
    assert found["rdflib"].result == statements, "rdflib was not given the same statements"
    print(f"{statements:,} statements; medians of {RUNS} runs")
    print_table(
        ["", "seconds", "times ours", "peak MB"],
        [
            [name, seconds(run.seconds), f"{run.seconds / found['ours'].seconds:.2f}", f"{run.megabytes:.0f}"]
            for name, run in found.items()
        ],
    )
    print(f"ours takes {found['ours'].seconds / found['oxigraph'].seconds:.2f} times as long as Oxigraph")


if __name__ == "__main__":
    main()
