"""The same questions to a store folder and to a SPARQL server that holds the same data: Oxigraph's own server."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

import citydiplomacy as cd
from citydiplomacy import cli
from citydiplomacy.errors import CityDiplomacyError, StoreError, UsageError
from citydiplomacy.graph import network
from citydiplomacy.graph.export.rdf import write_nquads
from citydiplomacy.graph.rdf.endpoint import Endpoint
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library import catalogue, questions

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
VALUES = {
    "city": "city/mashhad",
    "other": "city/tehran",
    "need": "need/econ-01",
    "organization": "organization/metropolis",
    "other_organization": "organization/uclg",
    "record": "agreement/sister-city/mashhad--urumqi",
    "source": "source/mashhad-study",
    "date": "2016-01-01",
}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[Store]:
    with Store.open_folder(shipped) as opened:
        yield opened


@pytest.fixture(scope="module")
def endpoint(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A server of its own process, loaded from the N-Quads export."""
    folder = tmp_path_factory.mktemp("server")
    out = io.StringIO()
    write_nquads(store, out)
    (folder / "all.nq").write_text(out.getvalue(), encoding="utf-8")
    data = ["--location", str(folder / "data")]
    subprocess.run([OXIGRAPH, "load", *data, "--file", str(folder / "all.nq")], check=True, capture_output=True)
    address = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [OXIGRAPH, "serve-read-only", *data, "--bind", address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://{address}/", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        with Endpoint(f"http://{address}/query") as opened:
            yield opened
    finally:
        server.kill()
        server.wait()


@pytest.mark.parametrize("name", catalogue.names("sparql"))
def test_every_saved_question_has_the_same_rows(store: Store, endpoint: Endpoint, name: str) -> None:
    asked = catalogue.question(name)
    values = {parameter: value for parameter, value in VALUES.items() if parameter in asked.by_name}
    assert questions.run(endpoint, asked, values).rows == questions.run(store, asked, values).rows
    assert questions.denominator(endpoint, asked, values) == questions.denominator(store, asked, values)


def test_the_command_asks_the_server_without_a_store(
    shipped: Path,
    endpoint: Endpoint,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def asked(*words: str) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["citydip", "query", "sister-cities", *words])
        code: object = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
        return (code, *capsys.readouterr())

    there = ("--endpoint", endpoint.address, "--store", str(tmp_path / "none"))
    for name in ("مشهد", "mashhad", "city/mashhad", "Q121157", "https://www.wikidata.org/entity/Q121157"):
        here = asked(f"city={name}", "--format", "csv", "--store", str(shipped))
        assert asked(f"city={name}", "--format", "csv", *there) == here
        assert (here[0], "city/urumqi" in here[1]) == (0, True)
    for name in ("Mashhadd", "Pakistan", "a> <b", "city/a> <b", "city/atlantis", '\\ "', "http://a b"):
        here, remote = asked(f"city={name}", "--store", str(shipped)), asked(f"city={name}", *there)
        assert remote == here
        assert here[0] == 2
    assert "Did you mean: Mashhad (city/mashhad)" in asked("city=Mashhadd", *there)[2]


def test_names_are_looked_up_at_the_server(store: Store, endpoint: Endpoint) -> None:
    for record_id in ("city/mashhad", "organization/metropolis", "city/atlantis"):
        assert endpoint.has(record_id) is store.has(record_id)
        assert endpoint.name(record_id) == store.name(record_id)
        assert endpoint.country(record_id) == store.country(record_id)
    assert endpoint.named("مشـهد") == store.named("مشـهد") == ["city/mashhad"]
    assert set(endpoint.folded_names()) == set(store.folded_names())


def test_the_face_for_python_asks_the_server(shipped: Path, endpoint: Endpoint) -> None:
    there = cd.endpoint(endpoint.address)
    query = "SELECT ?city ?name { ?city a schema:City ; skos:prefLabel ?name } ORDER BY ?city ?name LIMIT 20"
    with cd.open(shipped) as here:
        for lang in ("en", "fa"):
            answer = there.ask("sister-cities", city="city/mashhad", lang=lang)
            assert answer == here.ask("sister-cities", city="city/mashhad", lang=lang)
            assert len(answer) > 10
        assert there.sparql(query) == here.sparql(query)
    with pytest.raises(UsageError, match="nothing is called 'city/nowhere'"):
        there.ask("sister-cities", city="city/nowhere")


def test_networks_are_the_same(store: Store, endpoint: Endpoint) -> None:
    for make in (network.city_ties, network.two_mode, network.actors):
        here, there = make(store), make(endpoint)
        assert nx.utils.graphs_equal(here, there)
        assert list(here) == list(there)
        assert here.number_of_edges() > 0


def test_yes_or_no_and_triples(endpoint: Endpoint, store: Store) -> None:
    ask = "ASK { <https://w3id.org/citydiplomacy/city/mashhad> cd:twinnedWith ?b }"
    assert bool(endpoint.query(ask)) is bool(store.query(ask)) is True
    construct = "CONSTRUCT { ?a cd:twinnedWith ?b } WHERE { ?a cd:twinnedWith ?b }"
    there, here = endpoint.query(construct), store.query(construct)
    assert isinstance(there, ox.QueryTriples)
    assert isinstance(here, ox.QueryTriples)
    assert set(there) == set(here) != set()


def test_an_rdflib_dataset_asks_the_server(endpoint: Endpoint) -> None:
    rows = list(
        endpoint.dataset().query(
            "SELECT (COUNT(*) AS ?n) WHERE { ?need a <https://w3id.org/citydiplomacy/ontology#Need> }"
        )
    )
    assert int(rows[0][0]) == 42  # type: ignore[index, arg-type]


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/x.ttl>",
        "SELECT * FROM <http://127.0.0.1:9/x.ttl> { ?s ?p ?o }",
    ],
)
def test_what_writes_or_reaches_outside_never_leaves_this_machine(endpoint: Endpoint, query: str) -> None:
    with pytest.raises(UsageError):
        Endpoint("http://127.0.0.1:9/").query(query)
    with pytest.raises(UsageError):
        endpoint.query(query)


def test_what_the_server_does_not_understand_is_its_refusal(endpoint: Endpoint) -> None:
    with pytest.raises(UsageError, match="refused the query: 400"):
        endpoint.query("SELECT WHERE {")
    with pytest.raises(UsageError, match="the store has no city/atlantis"):
        questions.run(endpoint, "sister-cities", {"city": "city/atlantis"})


def test_no_server_is_said_so() -> None:
    with pytest.raises(StoreError, match="does not answer"):
        Endpoint(f"http://127.0.0.1:{free_port()}/query").query("ASK {}")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: 1000\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: 1\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nContent-Length: 3\r\n\r\n<a>",
        b"",
        b"no HTTP at all\r\n\r\n",
    ],
    ids=["html", "cut off", "broken JSON", "broken Turtle", "nothing", "no HTTP"],
)
def test_an_answer_that_is_none_is_one_clear_error(answer: bytes) -> None:
    """Here the server is a socket that answers badly: no real one does so on request."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/query"
        with pytest.raises(CityDiplomacyError, match=address):
            list(Endpoint(address).query("SELECT * { ?s ?p ?o }"))  # type: ignore[arg-type]
        thread.join()
