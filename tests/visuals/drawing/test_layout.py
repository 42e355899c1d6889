"""Where nodes stand, how they look, and the words of the pictures."""

from __future__ import annotations

import datetime as dt
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform

from citydiplomacy.visuals.drawing import layout as module
from citydiplomacy.visuals.drawing.layout import layout
from citydiplomacy.visuals.drawing.style import LINES, NODE_STYLES, line_of, node_kinds, radii, tie_kinds
from citydiplomacy.visuals.drawing.words import WORDS, day, summary
from citydiplomacy.visuals.svg.plain_text import clean


def shuffled(graph: nx.Graph) -> nx.Graph:
    """The same network, told in another order."""
    nodes, edges = list(graph), [edge[::-1] for edge in graph.edges()]
    order = random.Random(4)
    order.shuffle(nodes)
    order.shuffle(edges)
    other = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    return other


@pytest.mark.parametrize("number", [30, 900])
def test_the_layout_is_the_same_whatever_the_order(number):
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(number, 2, seed=1), str)
    found = layout(graph)
    assert found == layout(graph) == layout(shuffled(graph))
    assert found != layout(graph, seed=1)


@pytest.mark.parametrize("graph", [nx.star_graph(60), nx.barabasi_albert_graph(700, 2, seed=1), nx.complete_graph(12)])
def test_marks_do_not_overlap(graph):
    nx.set_node_attributes(graph, dict(graph.degree()), "size")
    places, radius = layout(graph), radii(graph)
    distance = squareform(pdist(np.array([places[node] for node in graph])))
    least = np.add.outer(*[np.array([radius[node] for node in graph])] * 2)
    np.fill_diagonal(distance, np.inf)
    assert (distance < least).sum() / 2 <= len(graph) / 100


def test_neighbours_stand_nearer_than_strangers():
    graph = nx.connected_caveman_graph(8, 8)
    places = layout(graph)
    near = np.mean([np.hypot(*np.subtract(places[a], places[b])) for a, b in graph.edges()])
    far = pdist(np.array(list(places.values()))).mean()
    assert near < far / 2


def test_small_components_stand_round_the_largest_and_do_not_shrink_it():
    giant = nx.barabasi_albert_graph(200, 2, seed=1)
    graph = nx.disjoint_union_all([giant, *[nx.path_graph(2)] * 20, nx.empty_graph(30)])
    found = layout(graph)
    places = np.array([found[node] for node in graph])
    inner, outer = places[:200], places[200:]
    assert np.ptp(inner[:, 0]) > np.ptp(places[:, 0]) / 3
    radius = np.hypot(*(inner - inner.mean(axis=0)).T)
    assert np.hypot(*(outer - inner.mean(axis=0)).T).min() > np.median(radius)
    assert len({tuple(place) for place in places}) == len(places)


def test_given_places_stand():
    graph = nx.path_graph(2)
    graph.nodes[0].update(x=1, y=2)
    assert layout(graph)[0] != (1, 2), "one place alone says nothing of the others"
    graph.nodes[1].update(x=3, y=4)
    assert layout(graph) == {0: (1, 2), 1: (3, 4)}


def test_the_grid_agrees_with_every_pair():
    """Repulsion, mass times mass over distance: the grid blurs the nearest pairs, so it is within a tenth."""
    rng = np.random.default_rng(2)
    points, mass = rng.normal(0, 40, (1500, 2)), rng.integers(1, 9, 1500).astype(float)
    exact, grid = module._repulsion_exact(points, mass), module._repulsion_grid(points, mass)
    assert np.linalg.norm(exact - grid) / np.linalg.norm(exact) < 0.1


@pytest.mark.parametrize(
    ("tie", "line"),
    [
        ({}, "standing"),
        ({"standing": True}, "standing"),
        ({"status": "signed", "standing": True}, "standing"),
        ({"status": "proposed", "standing": False}, "planned"),
        ({"status": "status/planned", "standing": False}, "planned"),
        ({"status": "negotiated", "standing": False}, "planned"),
        ({"status": "dormant", "standing": False}, "ended"),
        ({"status": "status/ended", "standing": False}, "ended"),
        ({"status": "status/active", "standing": False}, "ended"),
        ({"status": "status/active", "standing": None}, "unverified"),
        ({"standing": False}, "ended"),
        ({"status": "unverified", "standing": None}, "unverified"),
    ],
)
def test_lines_by_status(tie, line):
    assert line_of(tie) == line


def test_every_kind_looks_different():
    assert len(set(NODE_STYLES.values())) == len(NODE_STYLES)
    assert len(set(LINES.values())) == len(LINES)
    graph = nx.Graph()
    for place in range(20):
        graph.add_node(place, kind=f"Kind{place}")
        graph.add_edge(0, place, kind=f"tie{place}")
    assert len({(kind.color, kind.shape) for kind in node_kinds(graph).values()}) == 20
    assert len({kind.color for kind in tie_kinds(graph).values()}) == 8


def test_both_languages_have_the_same_words():
    assert WORDS["en"].keys() == WORDS["fa"].keys()
    for words in WORDS["fa"].values():
        assert not set(words) & set("يكىة")


def test_numbers_and_days():
    assert summary(12000, 1, "en") == ["12,000 nodes", "1 tie"]
    assert summary(12000, 0, "fa") == ["۱۲٬۰۰۰ گره", "۰ پیوند"]
    assert (day(dt.date(2026, 3, 21), "en"), day(dt.date(2026, 3, 21), "fa")) == ("21 March 2026", "۱ فروردین ۱۴۰۵")


@given(st.text())
def test_clean_text_is_one_line_that_turns_nothing(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not set(cleaned) & {*map(chr, range(32)), *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
    cleaned.encode()
