"""The SPARQL 1.1 protocol, for reading: the cases of the W3C's suite written anew, and the clients that people use.

https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ has the cases by these names.
"""

from __future__ import annotations

import json
import subprocess
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from citydiplomacy.ontology.terms import BASE

STUDY, FACTS = f"{BASE}source/mashhad-study", f"{BASE}source/iran-cities-facts"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ASK = "ASK {}"
SELECT = "SELECT ?name { id:city\\/mashhad skos:prefLabel ?name } ORDER BY ?name"
IN_GRAPH = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
TOLD = "ASK { <%scity/mashhad> ?p ?o }" % BASE  # noqa: UP031 - braces


def ask(served, query="", *, post="", content_type="", accept="", **fields):
    """One request: by GET, or by POST as a form or as it is."""
    pairs = [
        (name.replace("_", "-"), each)
        for name, value in fields.items()
        for each in ([value] if isinstance(value, str) else value)
    ]
    headers = {"Accept": accept} if accept else {}
    if not post:
        return served.get(f"/sparql?{urlencode([*([('query', query)] if query else []), *pairs])}", **headers)
    headers["Content_Type"] = content_type or (FORM if post == "form" else DIRECT)
    if post == "form":
        return served.get("/sparql", urlencode([("query", query), *pairs]).encode(), **headers)
    return served.get(f"/sparql?{urlencode(pairs)}", query.encode(), **headers)


def told(answer) -> bool:
    return json.loads(answer.content)["boolean"]


class TestQueries:
    @pytest.mark.parametrize("post", ["", "form", "direct"])
    def test_query_get_query_post_form_query_post_direct(self, served, post):
        answer = ask(served, ASK, post=post)
        assert (answer.status, told(answer)) == (200, True)
        assert answer.headers["content-type"] == "application/sparql-results+json"

    @pytest.mark.parametrize("post", ["", "form", "direct"])
    def test_query_dataset_default_graph(self, served, post):
        assert told(ask(served, TOLD, post=post, default_graph_uri=STUDY))
        assert not told(ask(served, TOLD.replace("mashhad", "lahore"), post=post, default_graph_uri=f"{BASE}ontology"))

    @pytest.mark.parametrize("post", ["", "form", "direct"])
    def test_query_dataset_default_graphs(self, served, post):
        both = "ASK { ?a a cd:Study . ?b a org:Membership }"
        assert told(ask(served, both, post=post, default_graph_uri=[STUDY, FACTS]))
        assert not told(ask(served, both, post=post, default_graph_uri=[FACTS]))

    @pytest.mark.parametrize("post", ["", "form", "direct"])
    def test_query_dataset_named_graphs(self, served, post):
        answer = json.loads(ask(served, IN_GRAPH, post=post, named_graph_uri=[STUDY, FACTS]).content)
        assert [row["g"]["value"] for row in answer["results"]["bindings"]] == sorted([STUDY, FACTS])
        assert not told(ask(served, TOLD, post=post, named_graph_uri=[STUDY]))

    def test_query_dataset_full(self, served):
        both = "ASK { ?a a cd:Study . GRAPH ?g { ?b a schema:City } }"
        assert told(ask(served, both, default_graph_uri=STUDY, named_graph_uri=FACTS))
        assert not told(ask(served, both, default_graph_uri=FACTS, named_graph_uri=STUDY))

    def test_query_multiple_dataset(self, served):
        query = f"ASK FROM <{FACTS}> {{ ?a a cd:Study }}"
        assert told(ask(served, query, default_graph_uri=STUDY))
        assert not told(ask(served, query))

    def test_a_graph_that_is_not_here_is_refused(self, served):
        assert ask(served, ASK, default_graph_uri="http://example.org/none").status == 400

    @pytest.mark.parametrize(
        "accept",
        ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
    )
    def test_query_content_type_select(self, served, accept):
        answer = ask(served, SELECT, accept=accept)
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, accept)
        assert "Mashhad" in answer.text

    @pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml"])
    def test_query_content_type_ask(self, served, accept):
        assert ask(served, ASK, accept=accept).headers["content-type"].partition(";")[0] == accept

    @pytest.mark.parametrize("form", ["CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 5", "DESCRIBE id:city\\/mashhad"])
    @pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/n-triples"])
    def test_query_content_type_construct_and_describe(self, served, form, accept):
        answer = ask(served, form, accept=accept)
        assert answer.headers["content-type"].partition(";")[0] == accept
        assert list(ox.parse(answer.content, format=ox.RdfFormat.from_media_type(accept)))

    def test_the_best_of_what_is_accepted_is_taken(self, served):
        answer = ask(served, ASK, accept="text/html;q=0.9, application/sparql-results+xml;q=0.5, text/csv;q=0.4")
        assert answer.headers["content-type"] == "application/sparql-results+xml"
        assert ask(served, ASK, accept="image/png").status == 406


class TestBadQueries:
    def test_bad_query_method(self, served):
        assert served.get("/sparql?query=ASK%7B%7D", b"", "PUT").status == 405

    def test_bad_multiple_queries(self, served):
        assert served.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status == 400

    def test_bad_query_wrong_media_type(self, served):
        assert served.get("/sparql", ASK.encode(), Content_Type="text/plain").status == 415

    def test_bad_query_missing_form_type(self, served):
        assert served.get("/sparql", urlencode({"query": ASK}).encode(), Content_Type="").status == 415

    def test_bad_query_missing_direct_type(self, served):
        assert served.get("/sparql", ASK.encode(), Content_Type="").status == 415

    def test_bad_query_non_utf8(self, served):
        body = "ASK { ?s ?p 'é' }".encode("utf-16")
        assert served.get("/sparql", body, Content_Type=f"{DIRECT}; charset=UTF-16").status == 415
        assert served.get("/sparql", "ASK{?s ?p 'é'}".encode("latin-1"), Content_Type=DIRECT).status == 400

    def test_bad_query_syntax(self, served):
        answer = ask(served, "ASK {")
        assert (answer.status, "not SPARQL: error at 1:6" in answer.text) == (400, True)

    @pytest.mark.parametrize(
        "query",
        [
            "INSERT DATA { <a:a> <a:b> 1 }",
            "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
            "LOAD <http://example.org/>",
        ],
    )
    def test_what_writes_or_reaches_outside_is_refused(self, served, query):
        assert ask(served, query).status == 400
        assert served.get("/sparql", query.encode(), Content_Type="application/sparql-update").status == 403
        assert served.get("/sparql", urlencode({"update": query}).encode(), Content_Type=FORM).status == 403


def test_the_answer_is_that_of_the_store(served, shipped_store):
    query = "SELECT ?s ?l ?n { ?s skos:prefLabel ?l . OPTIONAL { ?s cd:support ?n } } ORDER BY ?s ?l LIMIT 3000"
    direct = json.loads(shipped_store.query(query).serialize(format=ox.QueryResultsFormat.JSON))
    assert json.loads(ask(served, query).content) == direct


def test_terms_of_all_kinds_come_as_they_are(served):
    query = r"""SELECT * { VALUES (?a ?b ?c) {
      ("x\ty\n\"\\'"@fa UNDEF <http://example.org/ش>) (1 true "2010"^^xsd:gYear) } }"""
    rows = json.loads(ask(served, query).content)["results"]["bindings"]
    assert rows[0] == {
        "a": {"type": "literal", "value": "x\ty\n\"\\'", "xml:lang": "fa"},
        "c": {"type": "uri", "value": "http://example.org/ش"},
    }
    assert [rows[1][name]["datatype"].partition("#")[2] for name in "abc"] == ["integer", "boolean", "gYear"]
    assert ask(served, query, accept="text/csv").text.splitlines()[0] == "a,b,c"


def test_the_service_describes_itself(served, shipped_store):
    graph = rdflib.Graph().parse(data=served.get("/sparql", Accept="text/turtle").text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    me = rdflib.URIRef(f"{served.address}/sparql")
    assert (me, sd.endpoint, me) in graph
    assert (me, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert {str(name) for name in graph.objects(None, sd.name)} == shipped_store.graphs()
    assert served.get("/sparql", Accept="text/html").headers["location"] == "/query"


def test_rdflib_asks_it(served):
    graph = rdflib.Graph(SPARQLStore(f"{served.address}/sparql"))
    names = {
        str(row[0])
        for row in graph.query(
            f"SELECT ?n {{ <{BASE}city/mashhad> <http://www.w3.org/2004/02/skos/core#prefLabel> ?n }}"
        )
    }
    assert names == {"Mashhad", "مشهد"}
    posting = rdflib.Graph(SPARQLStore(f"{served.address}/sparql", method="POST"))
    assert len(list(posting.triples((rdflib.URIRef(f"{BASE}city/mashhad"), None, None)))) > 5


def test_curl_asks_it(served):
    line = ["curl", "-s", "--data-urlencode", f"query={SELECT}", "-H", "Accept: text/csv", f"{served.address}/sparql"]
    assert subprocess.run(line, capture_output=True, text=True, check=True).stdout.split() == [
        "name",
        "Mashhad",
        "مشهد",
    ]


def test_a_federated_query_of_oxigraph_asks_it(served, tmp_path):
    with (tmp_path / "log").open("w") as log:
        store, port = str(tmp_path / "db"), str(_free_port())
        with subprocess.Popen([_oxigraph(), "serve", "-l", store, "-b", f"127.0.0.1:{port}"], stderr=log) as process:
            try:
                asked = f"<{BASE}city/mashhad> <http://www.w3.org/2004/02/skos/core#prefLabel> ?n"
                query = f"SELECT ?n {{ SERVICE <{served.address}/sparql> {{ {asked} }} }} ORDER BY ?n"
                line = [
                    "curl",
                    "-s",
                    "--retry",
                    "20",
                    "--retry-connrefused",
                    "--retry-delay",
                    "1",
                    "-G",
                    "--data-urlencode",
                    f"query={query}",
                    "-H",
                    "Accept: text/csv",
                    f"http://127.0.0.1:{port}/query",
                ]
                told = subprocess.run(line, capture_output=True, text=True, check=True).stdout
            finally:
                process.terminate()
    assert told.split() == ["n", "Mashhad", "مشهد"]


def _oxigraph() -> str:
    import sys
    from pathlib import Path

    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("no oxigraph")
    return str(program)


def _free_port() -> int:
    import socket

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])
