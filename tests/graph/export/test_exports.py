"""A store as files: the same bytes every time, and what other programs read in them is what the store holds."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from networkx.readwrite.graphml import GraphMLWriter

from citydiplomacy.graph import network
from citydiplomacy.graph.export import jsonld, rdf
from citydiplomacy.graph.export import network as network_export
from citydiplomacy.graph.export.formats import FORMATS, Choice
from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.rdf.context import context, used_terms
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders import files
from citydiplomacy.ontology.terms import RDF, XSD

from ..conftest import LAHORE, MASHHAD, METROPOLIS, sister, source, told

TEXT = {"turtle": rdf.write_turtle, "nquads": rdf.write_nquads, "jsonld": rdf.write_jsonld}
NETWORK = {
    "graphml": network_export.write_graphml,
    "gexf": network_export.write_gexf,
    "node-link": network_export.write_node_link,
}
PROJECTIONS: dict[str, Callable[[Store], nx.Graph[str]]] = {
    "actors": network.actors,
    "cities": network.city_ties,
    "memberships": network.two_mode,
}
READERS: dict[str, Callable[[bytes], nx.Graph[Any]]] = {
    "graphml": lambda data: nx.read_graphml(io.BytesIO(data)),
    "gexf": lambda data: nx.read_gexf(io.BytesIO(data)),
    "node-link": lambda data: nx.node_link_graph(json.loads(data), edges="edges"),
}


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[Store]:
    with Store.open_folder(shipped) as opened:
        yield opened


def text(store: Store, form: str, source_id: str | None = None) -> str:
    out = io.StringIO()
    assert TEXT[form](store, out, source_id) > 0
    return out.getvalue()


def data(graph: nx.Graph[Any], form: str) -> bytes:
    out = io.BytesIO()
    NETWORK[form](graph, out)
    return out.getvalue()


# --- the same bytes ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The shipped data built a second time, its folders in another order."""
    folder = tmp_path_factory.mktemp("again")
    writer.build(folder, files.read(reversed(list(files.shipped(world=False)))))
    with Store.open_folder(folder) as opened:
        yield opened


@pytest.mark.parametrize("form", TEXT)
def test_two_builds_of_the_same_input_are_the_same_bytes_of_rdf(store: Store, again: Store, form: str) -> None:
    first, second = (hashlib.sha256(text(each, form).encode()).hexdigest() for each in (store, again))
    assert first == second


@pytest.mark.parametrize("form", NETWORK)
@pytest.mark.parametrize("projection", PROJECTIONS)
def test_two_builds_of_the_same_input_are_the_same_bytes_of_networks(
    store: Store, again: Store, projection: str, form: str
) -> None:
    make = PROJECTIONS[projection]
    assert data(make(store), form) == data(make(again), form)


def test_nquads_are_sorted(store: Store) -> None:
    lines = text(store, "nquads").splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(set(lines)) == sum(1 for _ in store.quads())


# --- RDF that others read ---------------------------------------------------------------------------------------------


def test_turtle_of_the_merged_view_says_all_that_it_says_of_records(store: Store) -> None:
    ontology = {quad.subject for quad in store.quads() if str(quad.graph_name).endswith("/ontology>")}
    merged = {
        quad.triple
        for quad in store.quads()
        if isinstance(quad.graph_name, ox.DefaultGraph) and quad.subject not in ontology
    }
    read = {quad.triple for quad in ox.parse(text(store, "turtle"), ox.RdfFormat.TURTLE)}
    assert read == merged


def test_rdflib_reads_the_same_turtle_and_json_ld(store: Store) -> None:
    study = "source/mashhad-study"
    graphs = [
        rdflib.Graph().parse(data=text(store, form, study), format=name)
        for form, name in (("turtle", "turtle"), ("jsonld", "json-ld"))
    ]
    assert set(graphs[0]) == set(graphs[1])
    assert len(graphs[0]) == store.manifest.sources[study].quads


@pytest.mark.parametrize("form", TEXT)
def test_one_source_written_and_loaded_again_says_the_same(store: Store, tmp_path: Path, form: str) -> None:
    """Turtle, N-Quads and JSON-LD of each large source are read into the same records."""
    for name in ("source/mashhad-study", "source/iran-cities-facts", "source/coding-2026", "source/countries"):
        path = tmp_path / f"one{FORMATS[form].suffix}"
        path.write_text(text(store, form, name), encoding="utf-8")
        (read,) = files.load(path)
        assert read.source == store.get(name, name)
        assert list(read.records) == sorted(
            (record for record in store.records(source=name) if record.id != name), key=lambda record: record.id
        )


def test_nquads_of_everything_build_the_same_store(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "all.nq"
    path.write_text(text(store, "nquads"), encoding="utf-8")
    writer.build(tmp_path / "store", files.load(path))
    with Store.open_folder(tmp_path / "store") as rebuilt:
        assert text(rebuilt, "nquads") == text(store, "nquads")
        assert rebuilt.manifest.counts == store.manifest.counts
        assert rebuilt.manifest.sources == store.manifest.sources


@pytest.mark.parametrize("source_id", [None, "source/mashhad-study"])
def test_rdflib_and_oxigraph_read_the_same_of_json_ld_as_of_turtle(store: Store, source_id: str | None) -> None:
    turtle, json_ld = (text(store, form, source_id) for form in ("turtle", "jsonld"))
    read = [
        {quad.triple for quad in ox.parse(data, form)}
        for data, form in ((turtle, ox.RdfFormat.TURTLE), (json_ld, ox.RdfFormat.JSON_LD))
    ]
    assert read[0] == read[1]
    by_rdflib = rdflib.Graph().parse(data=json_ld, format="json-ld")
    assert set(by_rdflib) == set(rdflib.Graph().parse(data=turtle, format="turtle"))


ODD = [
    ox.NamedNode("https://w3id.org/citydiplomacy/city/../x"),
    ox.NamedNode("https://w3id.org/citydiplomacy/a:b"),
    ox.NamedNode("urn:isbn:1"),
    ox.Literal("a", language="fa"),
    ox.Literal("b", language="fa"),
    ox.Literal("c", language="en-GB"),
    ox.Literal("plain"),
    ox.Literal("007", datatype=ox.NamedNode(XSD.integer)),
    ox.Literal("-7", datatype=ox.NamedNode(XSD.integer)),
    ox.Literal("9" * 30, datatype=ox.NamedNode(XSD.integer)),
    ox.Literal("1.50", datatype=ox.NamedNode(XSD.decimal)),
    ox.Literal("true", datatype=ox.NamedNode(XSD.boolean)),
]


@given(st.lists(st.tuples(st.sampled_from(sorted(used_terms())), st.sampled_from(ODD)), max_size=8))
def test_any_value_of_any_property_comes_back_from_json_ld(pairs: list[tuple[str, Any]]) -> None:
    """Whether the name that the context has for the property can hold it or not."""
    pairs = [(name, value) for name, value in pairs if name != RDF.type]
    pairs.append((RDF.type, ox.NamedNode(REGISTRY["City"].types[0])))
    document = {**context(), "@graph": [json.loads(jsonld.node("city/x", pairs))]}
    read = {(quad.predicate.value, quad.object) for quad in ox.parse(json.dumps(document), ox.RdfFormat.JSON_LD)}
    assert read == set(pairs)


def test_json_ld_brings_its_context_and_fetches_nothing(store: Store) -> None:
    document = json.loads(text(store, "jsonld"))
    assert isinstance(document["@context"], dict)
    assert "http" not in json.dumps(document["@context"].get("@import", ""))
    mashhad = next(node for node in document["@graph"] if node.get("id", "").endswith("city/mashhad"))
    assert mashhad["labels"]["fa"] == "مشهد"


def test_a_source_that_tells_of_nothing_but_itself_is_one_node_of_json_ld(store: Store) -> None:
    (node,) = json.loads(text(store, "jsonld", "source/acuto-2017"))["@graph"]
    assert node["id"].endswith("source/acuto-2017")


def test_hostile_text_survives_every_format(tmp_path: Path) -> None:
    hostile = 'a"b\\c\n<script>&amp;]]></script>\t{"x": 1} \u202eمشهد'
    city = replace(MASHHAD, country=None, labels=(Text(hostile, "en"), Text("مشهد", "fa")))
    writer.build(tmp_path / "store", [told(source("one", "press"), city, LAHORE, sister("mashhad", "lahore"))])
    with Store.open_folder(tmp_path / "store") as store:
        for form in TEXT:
            path = tmp_path / f"one{FORMATS[form].suffix}"
            path.write_text(text(store, form, "source/one"), encoding="utf-8")
            (read,) = files.load(path)
            assert city in list(read.records)
        for form, reader in READERS.items():
            nodes = reader(data(network.city_ties(store), form)).nodes
            assert nodes["city/mashhad"]["label_en"].replace("\r\n", "\n") == hostile


# --- networks that others read ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("projection", PROJECTIONS)
def test_networkx_reads_the_same_nodes_and_ties(store: Store, projection: str, form: str) -> None:
    graph = PROJECTIONS[projection](store)
    written = data(graph, form)
    assert "مشهد".encode() in written, "letters, not their numbers"
    read = READERS[form](written)
    assert sorted(read) == sorted(graph)
    ties = sorted(tuple(sorted(edge[:2])) for edge in graph.edges)
    assert sorted(tuple(sorted(edge[:2])) for edge in read.edges) == ties
    for node, labels in graph.nodes(data="labels"):
        assert read.nodes[node]["label_en"] == labels["en"]
        assert read.nodes[node]["label_fa"] == labels["fa"]
        assert read.nodes[node]["kind"] == graph.nodes[node]["kind"]


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_graphml_is_what_networkx_writes_of_the_same_without_its_tree(
    store: Store, projection: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = network_export.plain(PROJECTIONS[projection](store))
    graph: nx.Graph[str] = nx.Graph() if made.ties[0][2] is None else nx.MultiGraph()
    graph.add_nodes_from(made.nodes)
    for one, other, key, attributes in made.ties:
        graph.add_edge(one, other, **({} if key is None else {"key": key}), **attributes)
    out = io.BytesIO()
    GraphMLWriter(graph).dump(out)
    monkeypatch.setattr(ElementTree, "Element", None)
    ours = data(PROJECTIONS[projection](store), "graphml")
    assert ours.replace(b"  <desc>citydiplomacy</desc>\n", b"") == out.getvalue()


def test_an_attribute_of_several_types_and_marks_of_xml_come_back() -> None:
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    graph.add_node('city/"a"', size=1, note='<a & "b">\n', empty="", yes=True)
    graph.add_node("city/b", size=1.5)
    graph.add_edge("city/b", 'city/"a"', key="tie/1", kind="A & B")
    for form, reader in READERS.items():
        read = reader(data(graph, form))
        assert read.nodes['city/"a"']["note"] == '<a & "b">\n', form
        assert read.nodes['city/"a"']["yes"] is True
        assert [float(read.nodes[node]["size"]) for node in ('city/"a"', "city/b")] == [1, 1.5]
        assert [tie["kind"] for *_, tie in read.edges(data=True)] == ["A & B"]


def test_a_part_of_a_network_is_written_alike_whatever_the_order_of_its_nodes(store: Store) -> None:
    graph = network.actors(store)
    near = list(nx.ego_graph(graph, MASHHAD.id))
    parts: list[nx.MultiGraph[str]] = []
    for order in (near, near[::-1]):
        part: nx.MultiGraph[str] = nx.MultiGraph()
        part.add_nodes_from((node, graph.nodes[node]) for node in order)
        part.add_edges_from(graph.subgraph(near).edges(keys=True, data=True))
        parts.append(part)
    for form in NETWORK:
        assert data(parts[0], form) == data(parts[1], form)


@pytest.mark.parametrize("form", READERS)
def test_attributes_of_ties_are_written(store: Store, form: str) -> None:
    graph = network.city_ties(store)
    read = READERS[form](data(graph, form))
    for one, other, said in graph.edges(data=True):
        tie = read.edges[one, other]
        assert tie["weight"] == said["weight"]
        assert (tie["kinds"], tie["ties"]) == ("|".join(said["kinds"]), "|".join(said["ties"]))


def test_an_organisation_and_its_member_in_two_mode(store: Store) -> None:
    graph = network.two_mode(store)
    assert METROPOLIS.id in graph
    assert nx.is_bipartite(graph)


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_asks_no_more_of_a_larger_store(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are asked a kind of thing, not a thing; a record is looked up once at most, its claims if it has
    several.
    """
    counts: Counter[str] = Counter()
    for method in ("query", "pairs", "claims"):
        whole = getattr(Store, method)

        def counted(store: Store, *given: Any, method: str = method, whole: Any = whole, **named: Any) -> Any:
            counts[method] += 1
            return whole(store, *given, **named)

        monkeypatch.setattr(Store, method, counted)
    asked = []
    for number in (3, 30):
        cities = [replace(LAHORE, id=f"city/lahore-{place}") for place in range(number)]
        ties = [sister("mashhad", city.id.partition("/")[2]) for city in cities]
        several = told(source("press", "press"), replace(MASHHAD, country=None))
        told_once = told(source("official", "official"), replace(MASHHAD, country=None), *cities, *ties)
        writer.build(tmp_path / str(number), [told_once, several])
        counts.clear()
        with Store.open_folder(tmp_path / str(number)) as store:
            records = sum(store.manifest.counts.values())
            of_one = "source/official" if name == "xlsx" else None
            FORMATS[name].write(store, tmp_path / f"{name}-{number}", Choice(of_one))
            told_by = [entry.records for entry in store.manifest.sources.values()]
        looked_up = max(records, sum(told_by) + len(told_by))  # a collection is described beside its rows
        assert counts["pairs"] <= looked_up * (2 if of_one else 1)  # in a workbook what a row names has its name too
        assert counts["claims"] <= 1
        asked.append(counts["query"])
    assert asked[0] == asked[1]
