"""Networks for Gephi and its like: what they carry is what the store says, in the structure of GEXF 1.3."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from citydiplomacy.graph import network
from citydiplomacy.graph.export.network import write_gexf, write_graphml, write_node_link
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import told_pairs, told_values
from citydiplomacy.queries.standing import networks
from citydiplomacy.queries.standing.coverage import SISTER_CITIES, coverage
from citydiplomacy.queries.standing.locations import points
from citydiplomacy.queries.standing.peer_groups import groups
from citydiplomacy.visuals.maps.tool_network import ForTools, for_tools

MASHHAD = "city/mashhad"
GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
SCHEMA: dict[str, tuple[set[str], set[str], list[str]]] = {
    "gexf": ({"version"}, set(), ["meta", "graph"]),
    "meta": (set(), {"lastmodifieddate"}, ["creator", "keywords", "description"]),
    "graph": (set(), {"defaultedgetype", "idtype", "mode"}, ["attributes", "nodes", "edges"]),
    "attributes": ({"class"}, {"mode"}, ["attribute"]),
    "attribute": ({"id", "title", "type"}, set(), ["default", "options"]),
    "nodes": (set(), {"count"}, ["node"]),
    "edges": (set(), {"count"}, ["edge"]),
    "node": ({"id"}, {"label"}, ["color", "position", "size", "shape", "attvalues"]),
    "edge": ({"source", "target"}, {"id", "type", "label", "weight", "kind"}, ["attvalues"]),
    "attvalues": (set(), set(), ["attvalue"]),
    "attvalue": ({"for", "value"}, set(), []),
    "color": ({"r", "g", "b"}, {"a"}, []),
    "size": ({"value"}, set(), []),
    "position": ({"x", "y"}, {"z"}, []),
    "creator": (set(), set(), []),
}
"""Of an element of GEXF 1.3, as far as we use them: attributes that must be there, that may be, and what it holds."""


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[Store]:
    with Store.open_folder(shipped) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole(store: Store) -> ForTools:
    return for_tools(store, network.actors(store), "en", measured_in="agreements")


@pytest.fixture(scope="module")
def near(store: Store) -> nx.Graph[str]:
    made = for_tools(store, network.actors(store), "fa", measured_in="agreements", focus=[MASHHAD])
    return made.graph


def gexf(graph: nx.Graph[Any]) -> ElementTree.Element:
    out = io.BytesIO()
    write_gexf(graph, out)
    return ElementTree.fromstring(out.getvalue())


def test_a_city_carries_what_the_store_says(store: Store, whole: ForTools) -> None:
    told, grouped = whole.graph.nodes[MASHHAD], groups(store)
    assert (told["label"], told["country"], told["region"]) == ("Mashhad", "Iran", "Southern Asia")
    assert (told["population"], told["population_date"]) == grouped.population[MASHHAD]
    assert (told["lat"], told["lon"]) == points(store)[MASHHAD]
    assert told["voices"] == int(told_values(store, "cd:support")[MASHHAD])
    sources = {source for thing, source in told_pairs(store, "prov:hadPrimarySource") if thing == MASHHAD}
    assert set(told["sources"].split("|")) == sources
    assert told["neighbours"] == len(set(network.actors(store)[MASHHAD]))
    for measure, values in networks.measure(store).values.items():
        of = "memberships" if measure == "interlocking" else "agreements"
        assert told.get(f"{of}_{measure}") == values[MASHHAD]
    known = coverage(store, SISTER_CITIES)
    for city in (node for node in whole.graph if node.startswith("city/")):
        assert whole.graph.nodes[city]["sister_cities_collected"] is known.knows(city)


def test_what_is_unknown_is_not_there(store: Store, whole: ForTools) -> None:
    where, people = points(store), groups(store).population
    cities = [node for node in whole.graph if node.startswith("city/")]
    assert {city for city in cities if "lat" in whole.graph.nodes[city]} == {city for city in cities if city in where}
    assert {city for city in cities if "population" in whole.graph.nodes[city]} == set(cities) & set(people)
    assert 0 < whole.unplaced == sum("lat" not in data for _, data in whole.graph.nodes(data=True))


def test_ties_carry_when_and_who_says_so(store: Store, near: nx.MultiGraph[str]) -> None:
    since, until = told_values(store, "schema:startDate"), told_values(store, "schema:endDate")
    for _, _, tie, data in near.edges(keys=True, data=True):
        assert (data.get("since"), data.get("until")) == (since.get(tie), until.get(tie))
        assert data["sources"]
        assert data["voices"] >= 1
        assert re.search("[آ-ی]", data["label"]), "in the language that was asked for"
    ended = for_tools(store, network.actors(store, standing=False), "en", measured_in="agreements").graph
    assert any("until" in data for *_, data in ended.edges(data=True))


def test_an_edge_of_several_ties_lists_them_in_one_order(store: Store) -> None:
    since = told_values(store, "schema:startDate")
    graph = for_tools(store, network.two_mode(store), "en", measured_in="memberships").graph
    several = [data for *_, data in graph.edges(data=True) if len(data["ties"]) > 1 and "since" in data]
    assert several
    for data in several:
        assert data["since"].split("|") == [since.get(tie, "") for tie in data["ties"]]


def test_a_depth_takes_what_is_so_many_steps_away_and_keeps_the_numbers_of_the_whole(
    store: Store, whole: ForTools, near: nx.MultiGraph[str]
) -> None:
    assert set(near) == {MASHHAD, *network.actors(store)[MASHHAD]}
    for node, data in near.nodes(data=True):
        for name in ("neighbours", "community", "agreements_degree"):
            assert data.get(name) == whole.graph.nodes[node].get(name)


def test_places_are_a_map_and_no_two_marks_stand_on_one_spot(whole: ForTools) -> None:
    nodes = whole.graph.nodes
    assert nodes["city/istanbul"]["x"] < nodes[MASHHAD]["x"]
    assert nodes["city/istanbul"]["y"] > nodes[MASHHAD]["y"] > nodes["city/karachi"]["y"] > -1400
    spots = [(data["x"], data["y"]) for _, data in nodes(data=True)]
    assert len(set(spots)) == len(spots)
    assert all(data["y"] < -1400 for _, data in nodes(data=True) if "lat" not in data)


def test_colours_are_those_of_continents(whole: ForTools) -> None:
    nodes = whole.graph.nodes
    assert nodes[MASHHAD]["color"] == nodes["city/istanbul"]["color"] != nodes["city/paris"]["color"]
    assert nodes["organization/uclg"]["color"] not in {nodes[MASHHAD]["color"], nodes["city/paris"]["color"]}


@pytest.mark.parametrize("projection", ["actors", "cities", "newman"])
def test_gexf_has_the_structure_of_its_schema(store: Store, whole: ForTools, projection: str) -> None:
    graph = {
        "actors": lambda: whole.graph,
        "cities": lambda: for_tools(store, network.city_ties(store), "fa", measured_in="agreements").graph,
        "newman": lambda: (
            for_tools(store, networks.projected(store, "newman"), "en", measured_in="newman", focus=[MASHHAD]).graph
        ),
    }[projection]()
    root = gexf(graph)
    assert root.get("version") == "1.3"
    for element in root.iter():
        namespace, name = re.fullmatch(r"(\{.*\})(\w+)", element.tag).groups()  # type: ignore[union-attr]
        assert namespace == (VIZ if name in {"color", "size", "position"} else GEXF)
        must, may, holds = SCHEMA[name]
        assert must <= set(element.attrib) <= must | may, (name, element.attrib)
        inside = [child.tag.rpartition("}")[2] for child in element]
        assert set(inside) <= set(holds), name
        if name in {"gexf", "graph"}:
            assert inside == sorted(inside, key=holds.index)
    for attributes in root.iter(f"{GEXF}attributes"):
        titles = [attribute.get("title") for attribute in attributes]
        assert len(titles) == len(set(titles)), "one type a name"
    ids = [edge.get("id") for edge in root.iter(f"{GEXF}edge")]
    assert len(ids) == len(set(ids))
    for node in root.iter(f"{GEXF}node"):
        assert {child.tag for child in node} >= {f"{VIZ}color", f"{VIZ}position", f"{VIZ}size"}


def test_networkx_reads_all_that_is_carried(near: nx.MultiGraph[str]) -> None:
    for write, read in ((write_gexf, nx.read_gexf), (write_graphml, nx.read_graphml)):
        out = io.BytesIO()
        write(near, out)
        found = read(io.BytesIO(out.getvalue()))
        assert sorted(found) == sorted(near)
        assert sorted(tie for *_, tie in found.edges(data="tie")) == sorted(key for *_, key in near.edges(keys=True))
        told = near.nodes[MASHHAD]
        for name in ("population", "region", "lat", "lon", "community", "agreements_betweenness", "voices", "sources"):
            assert found.nodes[MASHHAD][name] == told[name]
    out = io.BytesIO()
    write_node_link(near, out)
    assert '"color": "#' in out.getvalue().decode()
