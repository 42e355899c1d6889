"""A SPARQL 1.1 endpoint elsewhere, asked as a store is."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from citydiplomacy.errors import StoreError, UsageError
from citydiplomacy.ontology.terms import PREFIXES

from .sparql import check_read_only

if TYPE_CHECKING:
    import rdflib

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"
TIMEOUT = 60
"""Seconds to wait for an answer."""


class Endpoint:
    """A remote store: it answers queries, and nothing else is known of it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask in SPARQL, by POST. Raises StoreError if the server does not answer, UsageError for its refusals."""
        check_read_only(sparql, ())
        header = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
        body = urllib.parse.urlencode({"query": header + sparql}).encode()
        request = urllib.request.Request(self.address, body, {"Accept": _ACCEPT})
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
                kind = response.headers.get_content_type()
                data = response.read()
        except urllib.error.HTTPError as error:
            text = error.read(500).decode("utf-8", "replace").strip()
            raise UsageError(f"{self.address} refused the query: {error.code} {text}") from None
        except (OSError, http.client.HTTPException) as error:
            raise StoreError(f"{self.address} does not answer ({getattr(error, 'reason', error)}).") from None
        results, triples = ox.QueryResultsFormat.from_media_type(kind), ox.RdfFormat.from_media_type(kind)
        try:
            if results is not None:
                return ox.parse_query_results(data, results)
            if triples is not None:
                answer = ox.Store()  # the only maker of results that are triples
                answer.load(data, triples)
                return answer.query("CONSTRUCT WHERE { ?s ?p ?o }")
        except SyntaxError as error:
            raise StoreError(f"{self.address} answered with broken {kind} ({error.msg}).") from None
        raise StoreError(f"{self.address} answered with {kind}, not with SPARQL results.")

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
