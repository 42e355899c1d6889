"""RDF files that conform to the ontology: Turtle, TriG, N-Quads, N-Triples, JSON-LD.

A named graph is a source, named by the source's IRI and described in it. A file without named graphs is one source and
describes it too. In a file with named graphs the default graph is the merged view: derived, so it is not read.
Nothing is fetched: a JSON-LD context must stand in the file itself.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.model.checks import cycles, problems
from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.model.schema import DATATYPES, REGISTRY, Kind, Record, RecordClass, by_folder
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.rdf import triples
from citydiplomacy.graph.rdf.graph_names import ONTOLOGY_GRAPH
from citydiplomacy.ontology.terms import BASE, CD, EDTF, RDF

from .cells.cells import CellError, reader, record_id

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}

Pairs = list[tuple[str, Any]]


def load_rdf(path: Path) -> list[SourceRecords]:
    """Read a file as sources and their records.

    Raises InputError for bad syntax (with its line), an unknown term, a wrong datatype, or what no record may be.
    """
    graphs = _graphs(path)
    named = {graph: subjects for graph, subjects in graphs.items() if graph}
    named.pop(ONTOLOGY_GRAPH, None)
    if not named:
        subjects = graphs.get("", {})
        sources = [subject for subject in subjects if subject.startswith(f"{BASE}source/")]
        if len(sources) != 1:
            raise InputError(
                f"the file describes {counted(len(sources), 'source')}",
                file=path,
                expected="one cd:Source, to which all that it says belongs, or named graphs",
                hint=f"Describe the source in the file: <{BASE}source/NAME> a cd:Source ; skos:prefLabel ... .",
            )
        named = {sources[0]: subjects}
    return [_source(path, graph, subjects) for graph, subjects in sorted(named.items())]


def _graphs(path: Path) -> dict[str, dict[str, Pairs]]:
    """Graph IRI ("" for the default graph) -> subject IRI -> (predicate, object) pairs."""
    graphs: dict[str, dict[str, Pairs]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(path=str(path), format=FORMATS[path.suffix.lower()], base_iri=BASE):
            if not isinstance(quad.subject, ox.NamedNode):
                raise InputError(
                    "a node without a name", file=path, value=str(quad.subject), expected="an id of ours as subject"
                )
            graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
            graphs[graph][quad.subject.value].append((quad.predicate.value, quad.object))
    except SyntaxError as error:
        hint = "Contexts are not fetched: put the context into the file." if "context" in str(error).lower() else ""
        raise InputError(f"not {path.suffix[1:]}: {error.msg}", file=path, line=error.lineno, hint=hint) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", file=path) from None
    return graphs


def _source(path: Path, graph: str, subjects: dict[str, Pairs]) -> SourceRecords:
    if not graph.startswith(f"{BASE}source/"):
        raise InputError("a named graph that is no source", file=path, value=graph, expected=f"{BASE}source/NAME")
    if graph not in subjects:
        raise InputError(
            "a source that does not describe itself", file=path, value=graph, expected="its cd:Source in its own graph"
        )
    records = [_record(path, subject, pairs) for subject, pairs in sorted(subjects.items())]
    for circle in cycles(records):
        raise InputError(f"{circle[0]}: is part of itself", file=path, value=" < ".join((*circle, circle[0])))
    source = next(record for record in records if BASE + record.id == graph)
    assert isinstance(source, Source)
    return SourceRecords(source, [record for record in records if record is not source])


def _record(path: Path, subject: str, pairs: Pairs) -> Record:
    identifier = triples.record_id(subject)
    schema = by_folder(identifier) if identifier else None
    if schema is None or identifier is None:
        folders = ", ".join(sorted(entry.folder for entry in REGISTRY.values()))
        raise InputError("not a record of ours", file=path, value=subject, expected=f"{BASE}FOLDER/NAME; {folders}")
    known = _datatypes(schema)
    single = defaultdict(list)
    for predicate, term in pairs:
        if predicate not in known:
            near = sorted(name.removeprefix(str(CD)) for name in known)
            raise InputError(
                f"{identifier}: {schema.name} has no such property",
                file=path, value=predicate, expected=", ".join(near),
            )  # fmt: skip
        _check_term(path, identifier, predicate, term, known[predicate])
        single[predicate].append(term)
    for prop in schema.properties:
        terms = single.get(prop.predicate, [])
        if len(terms) > 1 and not prop.many and prop.kind is not Kind.TEXT:
            values = " and ".join(sorted(term.value for term in terms))
            raise InputError(f"{identifier}: two values of {prop.name} in one source", file=path, value=values)
    record = triples.read(identifier, pairs)
    assert record is not None
    record = _with_days(path, _as_in_tables(path, record))
    for problem in problems(record):
        raise InputError(
            f"{identifier}: {problem.property} {problem.message}",
            file=path, value=problem.value or None, expected=problem.expected,
        )  # fmt: skip
    return record


def _as_in_tables(path: Path, record: Record) -> Record:
    """The record with its texts, addresses and ids held to what a cell of a table may hold, and tidied likewise."""
    schema = record.schema
    values: dict[str, Any] = {}
    try:
        record_id(record.id, (schema.folder,))
        for prop in schema.properties:
            said = getattr(record, prop.name)
            if prop.kind is Kind.TEXT:
                values[prop.name] = tuple(sorted(reader(prop, lang=text.lang)(text.value) for text in said))
            elif said and prop.kind in _READ_AS_CELLS:
                values[prop.name] = tuple(sorted(map(reader(prop), said))) if prop.many else reader(prop)(said)
    except CellError as error:
        raise InputError(f"{record.id}: {error}", file=path, expected=error.expected, hint=error.hint) from None
    return dataclasses.replace(record, **values)


_READ_AS_CELLS = {Kind.STRING, Kind.IRI, Kind.REFERENCE, Kind.CONCEPT, Kind.TERM}


def _with_days(path: Path, record: Record) -> Record:
    """The record with the first and the last day of its dates, which a file may leave out and may not contradict."""
    dates: dict[str, Any] = {}
    for prop in record.schema.properties:
        said = getattr(record, prop.name)
        if not isinstance(said, Date):
            continue
        try:
            date = from_edtf(said.edtf)
        except ValueError as error:
            raise InputError(
                f"{record.id}: {prop.name} is not a date: {error}", file=path, value=said.edtf, expected="EDTF"
            ) from None
        for day, right in ((said.earliest, date.earliest), (said.latest, date.latest)):
            if day is not None and day != right:
                raise InputError(
                    f"{record.id}: {prop.name} {said.edtf} reaches to another day",
                    file=path, value=day, expected=str(right),
                )  # fmt: skip
        dates[prop.name] = dataclasses.replace(date, original=said.original)
    return dataclasses.replace(record, **dates) if dates else record


def _datatypes(schema: RecordClass) -> dict[str, str | None]:
    """The predicates that a class may have, with the datatype of their literals; None for IRIs, "" for any language."""
    known: dict[str, str | None] = {RDF.type: None}
    for prop in schema.properties:
        match prop.kind:
            case Kind.TEXT:
                known[prop.predicate] = ""
            case Kind.DATE:
                known[prop.predicate] = EDTF
                known |= {triples.companion(prop.predicate, part): kind for part, kind in triples.COMPANIONS.items()}
            case kind:
                known[prop.predicate] = DATATYPES.get(kind)
    return known


def _check_term(path: Path, identifier: str, predicate: str, term: Any, datatype: str | None) -> None:
    def wrong(expected: str) -> InputError:
        return InputError(f"{identifier}: {predicate}", file=path, value=str(term), expected=expected)

    if datatype is None:
        if not isinstance(term, ox.NamedNode):
            raise wrong("an IRI")
    elif not isinstance(term, ox.Literal):
        raise wrong("a literal")
    elif datatype == "":
        if not term.language:
            raise wrong("a text with its language")
    elif term.datatype.value != datatype:
        raise wrong(f"a literal of type <{datatype}>")
