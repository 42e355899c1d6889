"""The SPARQL 1.1 Protocol, for reading: the answer in a form that the asker takes, and the description of the service.

https://www.w3.org/TR/sparql11-protocol/, https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.terms import RDF

from ..errors import LimitError
from .address import liked_best
from .request import Query, RefusedError

if TYPE_CHECKING:
    from pyoxigraph import QueryResultsFormat, RdfFormat

RESULTS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
}
"""Of SELECT and ASK; the first where nothing is asked for."""
GRAPHS: Mapping[str, RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""Of CONSTRUCT and DESCRIBE."""
SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_DESCRIBED = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
)


def answer(store: Store, asked: Query, rows: int) -> tuple[str, bytes]:
    """Media type and content of the answer. Raises UsageError for what is wrong in the query, RefusedError where the
    asker takes no form of ours, LimitError for more rows than are allowed.
    """
    if not asked.text:
        media, form = _chosen(GRAPHS, asked.accept)
        return media, _bytes(ox.serialize(_description(store, asked.service), format=form))
    given = {"default": asked.default, "named": asked.named} if asked.default or asked.named else {}
    results = store.query(asked.text, **given)
    if isinstance(results, ox.QueryBoolean):
        media, told = _chosen(RESULTS, asked.accept)
        return media, _bytes(results.serialize(format=told))
    if isinstance(results, ox.QuerySolutions):
        media, told = _chosen(RESULTS, asked.accept)
        names = [variable.value for variable in results.variables]
        return media, _solutions(names, _within(results, rows), told)
    media, form = _chosen(GRAPHS, asked.accept)
    return media, _bytes(ox.serialize(_within(results, rows), format=form))


def _bytes(told: bytes | None) -> bytes:
    assert told is not None  # it is, where no file is given to write to
    return told


def _within(results: Any, rows: int) -> list[Any]:
    """All of the results, if they are no more than are allowed."""
    kept = list(islice(results, rows + 1))
    if len(kept) > rows:
        raise LimitError(
            f"The answer has more than {rows} rows.", hint="Add a LIMIT, or start the server with --limit."
        )
    return kept


def _solutions(names: Sequence[str], rows: Sequence[Any], form: QueryResultsFormat) -> bytes:
    """Rows that were counted, in a form of the engine's own: it takes them as tab-separated values, which are exact."""
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join("" if term is None else _term(term) for term in row) for row in rows]
    text = "".join(f"{line}\n" for line in lines).encode()
    if form == ox.QueryResultsFormat.TSV:
        return text
    read: Any = ox.parse_query_results(text, format=ox.QueryResultsFormat.TSV)
    told: bytes = read.serialize(format=form)
    return told


def _term(term: Any) -> str:
    if isinstance(term, ox.Triple):
        return f"<<( {_term(term.subject)} {_term(term.predicate)} {_term(term.object)} )>>"
    return str(term)


def _chosen(forms: Mapping[str, Any], accept: str) -> tuple[str, Any]:
    """The form that an Accept header likes best. Raises RefusedError if it takes none."""
    best = liked_best(forms, accept) if accept.strip() else next(iter(forms))
    if not best:
        raise RefusedError(406, f"The answer is told as {', '.join(forms)}.")
    return best, forms[best]


def _description(store: Store, service: str) -> list[ox.Triple]:
    """What the service is, can do, and holds."""
    me, dataset, graph = ox.NamedNode(service), ox.BlankNode("dataset"), ox.BlankNode("default")
    type_ = ox.NamedNode(RDF.type)

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(SD + name)

    told = [
        ox.Triple(me, type_, sd("Service")),
        ox.Triple(me, sd("endpoint"), me),
        ox.Triple(me, sd("supportedLanguage"), sd("SPARQL11Query")),
        *(ox.Triple(me, sd("resultFormat"), ox.NamedNode(FORMATS + name)) for name in _DESCRIBED),
        ox.Triple(me, sd("defaultDataset"), dataset),
        ox.Triple(dataset, type_, sd("Dataset")),
        ox.Triple(dataset, sd("defaultGraph"), graph),
        ox.Triple(graph, type_, sd("Graph")),
    ]
    for number, name in enumerate(sorted(store.graphs())):
        named = ox.BlankNode(f"g{number}")
        told += [
            ox.Triple(dataset, sd("namedGraph"), named),
            ox.Triple(named, type_, sd("NamedGraph")),
            ox.Triple(named, sd("name"), ox.NamedNode(name)),
        ]
    return told
