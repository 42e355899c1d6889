"""RDF files that conform to the ontology: Turtle, TriG, N-Quads, N-Triples, JSON-LD.

A named graph is a source, named by the source's IRI and described in it. A file without named graphs is one source and
describes it too. In a file with named graphs the default graph is the merged view: derived, so it is not read.
Nothing is fetched: a JSON-LD context must stand in the file itself.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.model.checks import cycles, problems
from citydiplomacy.graph.model.ids import SourcePaths, fault
from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.model.schema import DATATYPES, REGISTRY, Kind, Record, RecordClass, by_folder
from citydiplomacy.graph.model.sources import Place, SourceRecords
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.rdf import triples
from citydiplomacy.graph.rdf.graph_names import ONTOLOGY_GRAPH
from citydiplomacy.ontology.terms import BASE, CD, EDTF, RDF, XSD

from . import bounds
from .cells.cells import CellError, plain, reader
from .rdf_lines import FORMATS, line_of

Pairs = list[tuple[str, Any]]


def load_rdf(path: Path) -> list[SourceRecords]:
    """Read a file as sources and their records.

    Raises InputError, with the line where it can be told, for bad syntax, an unknown term, a wrong datatype, what no
    record may be, and a file beyond the bounds.
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
                line=line_of(path, lambda quad: _iri(quad.subject) == sources[1]) if sources else None,
                expected="one cd:Source, to which all that it says belongs, or named graphs",
                hint=f"Describe the source in the file: <{BASE}source/NAME> a cd:Source ; skos:prefLabel ... .",
            )
        named = {sources[0]: subjects}
    paths = SourcePaths()
    for graph in named:
        if other := paths.add(graph.removeprefix(BASE)):
            line = line_of(path, lambda quad, graph=graph: _iri(quad.subject) == graph)  # type: ignore[misc]
            raise InputError(f"as a path it is that of {other}", file=path, line=line, value=graph.removeprefix(BASE))
    return [_source(path, graph, subjects) for graph, subjects in sorted(named.items())]


def _iri(term: object) -> str:
    """The IRI of a node of a statement, empty if it has none."""
    return term.value if isinstance(term, ox.NamedNode) else ""


def _graphs(path: Path) -> dict[str, dict[str, Pairs]]:
    """Graph IRI ("" for the default graph) -> subject IRI -> (predicate, object) pairs."""
    graphs: dict[str, dict[str, Pairs]] = defaultdict(lambda: defaultdict(list))
    kind = FORMATS[path.suffix.lower()]
    bounds.check_file(path, bounds.STREAM)
    if kind == ox.RdfFormat.JSON_LD:
        bounds.check_depth(bounds.read_bytes(path, bounds.STREAM), path)
    try:
        for quad in ox.parse(path=str(path), format=kind, base_iri=BASE):
            if not isinstance(quad.subject, ox.NamedNode):
                raise InputError(
                    "a node without a name",
                    file=path,
                    line=line_of(path, lambda quad: not isinstance(quad.subject, ox.NamedNode)),
                    value=str(quad.subject),
                    expected="an id of ours as subject",
                )
            graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
            graphs[graph][quad.subject.value].append((quad.predicate.value, quad.object))
    except SyntaxError as error:
        hint = "Contexts are not fetched: put the context into the file." if "context" in str(error).lower() else ""
        raise InputError(f"not {path.suffix[1:]}: {error.msg}", file=path, line=error.lineno, hint=hint) from None
    except OSError as error:
        raise bounds.unreadable(path, error) from None
    return graphs


def _source(path: Path, graph: str, subjects: dict[str, Pairs]) -> SourceRecords:
    if not graph.startswith(f"{BASE}source/"):
        raise InputError(
            "a named graph that is no source",
            file=path,
            line=line_of(path, lambda quad: _iri(quad.graph_name) == graph),
            value=graph,
            expected=f"{BASE}source/NAME",
        )
    if graph not in subjects:
        raise InputError(
            "a source that does not describe itself",
            file=path,
            line=line_of(path, lambda quad: _iri(quad.graph_name) == graph),
            value=graph,
            expected="its cd:Source in its own graph",
        )
    records = [_Subject(path, subject, pairs).record() for subject, pairs in sorted(subjects.items())]
    if circle := next(iter(cycles(records)), None):
        around = {BASE + name for name in circle}
        raise InputError(
            f"{circle[0]}: is part of itself",
            file=path,
            line=line_of(path, lambda quad: _iri(quad.subject) in around and _iri(quad.object) in around),
            value=" < ".join((*circle, circle[0])),
        )
    source = next(record for record in records if BASE + record.id == graph)
    assert isinstance(source, Source)
    return SourceRecords(source, [record for record in records if record is not source], places=_places(path))


def _places(path: Path) -> Callable[[str], Place | None]:
    def place(record_id: str) -> Place | None:
        return Place(str(path), line_of(path, lambda quad: _iri(quad.object) == BASE + record_id))

    return place


class _Subject:
    """What a file says of one subject, on its way to a record."""

    def __init__(self, path: Path, subject: str, pairs: Pairs) -> None:
        self._path, self._iri, self._pairs = path, subject, pairs

    def _error(
        self, message: str, predicate: str = "", value: object = None, *, term: object = None, **details: Any
    ) -> InputError:
        """An error about the subject, what it says by a predicate, or a term that it says by it."""

        def about(quad: ox.Quad, predicate: str) -> bool:
            named = _iri(quad.subject) == self._iri and predicate in ("", quad.predicate.value)
            return named and (term is None or quad.object == term)

        line = line_of(self._path, lambda quad: about(quad, predicate)) or line_of(
            self._path, lambda quad: about(quad, "")
        )
        return InputError(message, file=self._path, line=line, value=value, **details)

    def record(self) -> Record:
        identifier = triples.record_id(self._iri)
        schema = by_folder(identifier) if identifier else None
        if schema is None or identifier is None:
            folders = ", ".join(sorted(entry.folder for entry in REGISTRY.values()))
            raise self._error("not a record of ours", value=self._iri, expected=f"{BASE}FOLDER/NAME; {folders}")
        known = _datatypes(schema)
        single = defaultdict(list)
        for predicate, term in self._pairs:
            if predicate not in known:
                near = sorted(name.removeprefix(str(CD)) for name in known)
                message = f"{identifier}: {schema.name} has no such property"
                raise self._error(message, predicate, predicate, expected=", ".join(near), term=term)
            if wrong := _wrong_term(term, known[predicate]):
                raise self._error(f"{identifier}: {predicate}", predicate, str(term), term=term, expected=wrong)
            if predicate == RDF.type and term.value not in schema.types:
                message = f"{identifier}: a {schema.name} is of no such class"
                raise self._error(message, predicate, term.value, term=term, expected=", ".join(schema.types))
            single[predicate].append(term)
        for prop in schema.properties:
            terms = single.get(prop.predicate, [])
            if len(terms) > 1 and not prop.many and prop.kind is not Kind.TEXT:
                values = " and ".join(sorted(term.value for term in terms))
                raise self._error(f"{identifier}: two values of {prop.name} in one source", prop.predicate, values)
            if prop.kind is Kind.DATE and not terms and (alone := _companions(prop.predicate) & single.keys()):
                raise self._error(f"{identifier}: days or words of {prop.name} without it", min(alone), min(alone))
        record = triples.read(identifier, self._pairs)
        assert record is not None
        record = self._with_days(self._as_in_tables(record))
        for problem in problems(record):
            raise self._error(
                f"{identifier}: {problem.property} {problem.message}",
                schema.by_name[problem.property].predicate,
                problem.value or None,
                expected=problem.expected,
            )
        return record

    def _as_in_tables(self, record: Record) -> Record:
        """The record with its texts, addresses and ids held to what a cell of a table may hold, and tidied likewise."""
        schema = record.schema
        values: dict[str, Any] = {}
        predicate = ""
        try:
            if wrong := fault(record.id):
                raise CellError(f"not an id: {wrong}", expected="letters, digits and hyphens, such as city/mashhad")
            for prop in schema.properties:
                said, predicate = getattr(record, prop.name), prop.predicate
                if prop.kind is Kind.TEXT:
                    values[prop.name] = tuple(sorted(reader(prop, lang=text.lang)(text.value) for text in said))
                elif isinstance(said, Date):
                    values[prop.name] = dataclasses.replace(said, original=plain(said.original))
                elif said and prop.kind in _READ_AS_CELLS:
                    values[prop.name] = tuple(sorted(map(reader(prop), said))) if prop.many else reader(prop)(said)
        except CellError as error:
            message = f"{record.id}: {error}"
            raise self._error(message, predicate, expected=error.expected, hint=error.hint) from None
        return dataclasses.replace(record, **values)

    def _with_days(self, record: Record) -> Record:
        """The record with the first and last day of its dates, which a file may leave out and may not contradict."""
        dates: dict[str, Any] = {}
        for prop in record.schema.properties:
            said = getattr(record, prop.name)
            if not isinstance(said, Date):
                continue
            try:
                date = from_edtf(said.edtf)
            except ValueError as error:
                message = f"{record.id}: {prop.name} is not a date: {error}"
                raise self._error(message, prop.predicate, said.edtf, expected="EDTF") from None
            for day, right in ((said.earliest, date.earliest), (said.latest, date.latest)):
                if day is not None and day != right:
                    message = f"{record.id}: {prop.name} {said.edtf} reaches to another day"
                    raise self._error(message, prop.predicate, day, expected=str(right))
            dates[prop.name] = dataclasses.replace(date, original=said.original)
        return dataclasses.replace(record, **dates) if dates else record


_READ_AS_CELLS = {Kind.STRING, Kind.IRI, Kind.REFERENCE, Kind.CONCEPT, Kind.TERM}


@cache
def _companions(predicate: str) -> frozenset[str]:
    """The predicates of what stands beside a date."""
    return frozenset(triples.companion(predicate, part) for part in triples.COMPANIONS)


@cache
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


def _wrong_term(term: Any, datatype: str | None) -> str:
    """What is expected in the place of a term; empty if it can be read."""
    if datatype is None:
        return "" if isinstance(term, ox.NamedNode) else "an IRI"
    if not isinstance(term, ox.Literal):
        return "a literal"
    if datatype == "":
        return "" if term.language else "a text with its language"
    if term.datatype.value != datatype:
        return f"a literal of type <{datatype}>"
    is_one = _LEXICAL.get(datatype)
    return "" if is_one is None or is_one(term.value) else f"a value of type <{datatype}>, not too long"


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_LEXICAL: dict[str, Callable[[str], object]] = {
    XSD.integer: re.compile(r"[+-]?[0-9]{1,18}").fullmatch,
    XSD.decimal: re.compile(r"[+-]?(?:[0-9]{1,50}(?:\.[0-9]{0,50})?|\.[0-9]{1,50})").fullmatch,
    XSD.date: _is_day,
}
"""Whether a text is a literal of a datatype: a file can write any text as one. Numbers are bounded as in tables."""
