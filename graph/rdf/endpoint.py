"""A SPARQL 1.1 endpoint elsewhere, asked as a store is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from citydiplomacy.errors import StoreError, UsageError
from citydiplomacy.ontology.terms import BASE, PREFIXES

from ..closing import Closing
from ..language.text import fold
from . import triples
from .sparql import check_read_only

if TYPE_CHECKING:
    import rdflib

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"
TIMEOUT = 60
"""Seconds to wait for an answer."""
MOST_NAMES = 100_000
"""Names that are fetched to say what a wrong one may mean."""


class Endpoint(Closing):
    """A remote store: it answers queries, and nothing else is known of it. Names are looked up there."""

    def __init__(self, address: str) -> None:
        self.address = address

    def close(self) -> None:
        """Nothing is held between two questions."""

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask in SPARQL. Raises StoreError if the server does not answer, UsageError for its refusals."""
        check_read_only(sparql)
        kind, data = self.fetch(sparql)
        results, triples_format = ox.QueryResultsFormat.from_media_type(kind), ox.RdfFormat.from_media_type(kind)
        try:
            if results is not None:
                return ox.parse_query_results(data, results)
            if triples_format is not None:
                answer = ox.Store()  # the only maker of results that are triples
                answer.load(data, triples_format)
                return answer.query("CONSTRUCT WHERE { ?s ?p ?o }")
        except SyntaxError as error:
            raise StoreError(f"{self.address} answered with broken {kind} ({error.msg}).") from None
        raise StoreError(f"{self.address} answered with {kind}, not with SPARQL results.")

    def fetch(self, sparql: str) -> tuple[str, bytes]:
        """What the server answers to a query by POST: its media type, and the whole of it."""
        header = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
        from urllib3 import Retry
        from urllib3.exceptions import HTTPError

        from . import http

        once = Retry(0, redirect=3)
        try:
            answer = http.post(
                self.address, {"query": header + sparql}, {"Accept": _ACCEPT}, timeout=TIMEOUT, retries=once
            )
        except (HTTPError, ValueError) as error:
            raise StoreError(f"{self.address} does not answer ({http.reason(error)}).") from None
        if answer.status != 200:
            text = answer.data[:500].decode("utf-8", "replace").strip()
            raise UsageError(f"{self.address} refused the query: {answer.status} {text}")
        return answer.headers.get("Content-Type", "").partition(";")[0].strip(), answer.data

    def has(self, record_id: str) -> bool:
        """Whether there is a record with an id."""
        return bool(self.query(f"ASK {{ {triples.node(record_id)} a ?class }}"))

    def named(self, name: str) -> list[str]:
        """Ids of the records that have this name or other name in any language, spelling folded; sorted."""
        return self._ids(f"?record skos:hiddenLabel {ox.Literal(fold(name))}")

    def matched(self, iri: str) -> list[str]:
        """Ids of the records that say they are the same as a thing elsewhere (a Wikidata or GeoNames IRI)."""
        return self._ids(f"?record skos:exactMatch {triples.iri(iri)}")

    def folded_names(self) -> Iterator[tuple[str, str]]:
        """(Folded name, id) pairs, for suggestions."""
        for key, record in self._rows(
            f"SELECT ?key ?record WHERE {{ ?record skos:hiddenLabel ?key }} LIMIT {MOST_NAMES}"
        ):
            yield key.value, record.value.removeprefix(BASE)

    def name(self, record_id: str, lang: str = "en") -> str:
        """The name of a record in a language, else in English, else another, else its id."""
        labels = f"{triples.node(record_id)} skos:prefLabel ?label BIND(LANG(?label) AS ?lang)"
        names = {told.value: label.value for label, told in self._rows(f"SELECT ?label ?lang WHERE {{ {labels} }}")}
        return names.get(lang) or names.get("en") or min(names.values(), default=record_id)

    def country(self, record_id: str) -> str:
        """The id of the country that a record lies in; empty if none is told."""
        return next(iter(self._ids(f"{triples.node(record_id)} schema:containedInPlace ?record")), "")

    def _ids(self, pattern: str) -> list[str]:
        rows = self._rows(f"SELECT DISTINCT ?record WHERE {{ {pattern} }}")
        return sorted(record.value.removeprefix(BASE) for (record,) in rows)

    def _rows(self, select: str) -> ox.QuerySolutions:
        rows = self.query(select)
        if not isinstance(rows, ox.QuerySolutions):
            raise StoreError(f"{self.address} answered a SELECT with something else than rows.")
        return rows

    def dataset(self) -> rdflib.Dataset:
        """The endpoint as an rdflib Dataset, read-only."""
        import rdflib
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
        from rdflib.plugins.stores.sparqlstore import SPARQLStore

        class Server(SPARQLStore):
            """Knows that the default graph is the server's own, which has no name there."""

            def _is_contextual(self, graph: Any) -> Any:
                return str(graph) != str(DATASET_DEFAULT_GRAPH_ID) and super()._is_contextual(graph)

        return rdflib.Dataset(store=Server(query_endpoint=self.address))
