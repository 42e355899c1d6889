"""Who is influential: every measure against NetworkX, on small known graphs and on the world of 2016."""

from __future__ import annotations

import itertools
import math
import random
from pathlib import Path

import networkx as nx
import pytest
import rustworkx as rx
from hypothesis import given, settings
from hypothesis import strategies as st

from citydiplomacy.errors import UsageError
from citydiplomacy.queries.measures.influence import (
    MEASURES,
    RoleWeights,
    influence,
    interlocking,
    ranks,
    service_values,
)

PRECISION = 1e-9
ONE_MODE = [name for name, measure in MEASURES.items() if not measure.two_mode]


def giant(graph: nx.Graph) -> nx.Graph:
    """The largest component; of several, that of the first node in order."""
    parts = [(-len(part), min(map(str, part)), part) for part in nx.connected_components(graph)]
    return graph.subgraph(sorted(min(parts)[2], key=str))


def leading_eigenvector(graph: nx.Graph) -> dict[object, float]:
    part = giant(graph) if len(graph) else graph
    if part.number_of_edges() == 0:
        return {}
    if len(part) == 2:  # too small for NetworkX's solver
        return dict.fromkeys(part, math.sqrt(0.5))
    return nx.eigenvector_centrality_numpy(part, weight="weight")


def clustering(graph: nx.Graph) -> dict:
    """Of those that have a pair of neighbours: NetworkX takes 0 of 0 pairs for 0."""
    return {node: value for node, value in nx.clustering(graph).items() if len(set(graph[node]) - {node}) > 1}


REFERENCES = {
    "degree": lambda graph: dict(graph.degree),
    "strength": lambda graph: dict(graph.degree(weight="weight")),
    "betweenness": nx.betweenness_centrality,
    "harmonic": nx.harmonic_centrality,
    "eigenvector": leading_eigenvector,
    "pagerank": lambda graph: nx.pagerank(graph, tol=1e-10 / max(len(graph), 1), max_iter=10_000),
    "core": nx.core_number,
    "constraint": lambda graph: nx.constraint(graph, weight="weight") if graph.number_of_edges() else {},
    "clustering": clustering,
}


def assert_equal(ours: dict, theirs: dict) -> None:
    for node, value in ours.items():
        expected = theirs.get(node)
        if expected is None or math.isnan(expected):
            assert value is None, node
        else:
            assert value == pytest.approx(expected, abs=PRECISION, rel=PRECISION), node


def apart(*graphs: nx.Graph) -> nx.Graph:
    return nx.disjoint_union_all(graphs)


def empty(size: int) -> nx.Graph:
    return nx.empty_graph(size)


def weighted(graph: nx.Graph) -> nx.Graph:
    for i, edge in enumerate(sorted(graph.edges)):
        graph.edges[edge]["weight"] = 1 + i % 4 / 2
    return graph


def unweighted_karate() -> nx.Graph:
    return nx.Graph(nx.karate_club_graph().edges)


GRAPHS = {
    "karate club, weighted": nx.karate_club_graph(),
    "karate club": unweighted_karate(),
    "star": nx.star_graph(6),
    "path": nx.path_graph(9),
    "path, weighted": weighted(nx.path_graph(9)),
    "cycle": nx.cycle_graph(8),
    "complete": nx.complete_graph(7),
    "bridge": nx.barbell_graph(5, 2),
    "parts and isolates": apart(nx.path_graph(3), nx.complete_graph(5), nx.star_graph(3), empty(3)),
    "parts of one size": apart(nx.path_graph(4), nx.complete_graph(4)),
    "pair": nx.path_graph(2),
    "isolates": empty(4),
    "one node": empty(1),
    "no node": empty(0),
    "more searches than bits in a word": nx.connected_watts_strogatz_graph(150, 4, 0.2, seed=7),
}


@pytest.mark.parametrize("measure", ONE_MODE)
@pytest.mark.parametrize("name", GRAPHS)
def test_measure_equals_networkx(name: str, measure: str) -> None:
    graph = GRAPHS[name]
    ours = influence(graph, [measure])[measure]
    assert set(ours) == set(graph)
    assert_equal(ours, REFERENCES[measure](graph))


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    size = draw(st.integers(0, 10))
    graph = nx.empty_graph(size)
    pairs = list(itertools.combinations(range(size), 2))
    if pairs:
        chosen = draw(st.dictionaries(st.sampled_from(pairs), st.integers(1, 3)))
        graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in chosen.items())
    return graph


@settings(max_examples=150)
@given(graphs())
def test_measures_equal_networkx_on_any_graph(graph: nx.Graph) -> None:
    for measure, values in influence(graph).items():
        assert_equal(values, REFERENCES[measure](graph))


def test_default_is_all_measures_of_ties() -> None:
    assert list(influence(nx.path_graph(3))) == ONE_MODE


def test_what_a_city_with_one_partner_or_none_cannot_have_gives_it_no_rank() -> None:
    graph = nx.Graph([("hub", leaf) for leaf in "abc"] + [("a", "b")])
    graph.add_node("alone")
    values = influence(graph)
    undefined = {name: {node for node, value in of.items() if value is None} for name, of in values.items()}
    assert undefined == {name: set() for name in values} | {
        "clustering": {"c", "alone"},
        "constraint": {"alone"},
        "eigenvector": {"alone"},
    }
    assert ranks(values["clustering"], lowest_first=True) == {"hub": 1, "a": 2, "b": 2}


def test_star_by_hand() -> None:
    values = influence(nx.Graph(("city/a", f"city/{leaf}") for leaf in "bcde"))
    assert values["degree"] == {"city/a": 4, "city/b": 1, "city/c": 1, "city/d": 1, "city/e": 1}
    assert values["betweenness"]["city/a"] == 1
    assert values["harmonic"]["city/b"] == pytest.approx(1 + 3 / 2)
    assert values["constraint"]["city/a"] == pytest.approx(1 / 4)
    assert values["eigenvector"]["city/a"] == pytest.approx(math.sqrt(0.5))


def test_only_the_giant_component_has_eigenvector_values() -> None:
    values = influence(GRAPHS["parts and isolates"], ["eigenvector"])["eigenvector"]
    assert [node for node, value in values.items() if value is not None] == [3, 4, 5, 6, 7]


def test_isolates_have_no_constraint() -> None:
    assert influence(empty(2), ["constraint"]) == {"constraint": {0: None, 1: None}}


def test_parallel_ties_are_added_and_ties_with_oneself_left_out() -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", weight=2)
    graph.add_edge("b", "a")
    graph.add_edge("a", "a", weight=9)
    values = influence(graph)
    assert values["degree"] == {"a": 1, "b": 1}
    assert values["strength"] == {"a": 3, "b": 3}


@pytest.mark.parametrize("weight", [0, -1, math.nan, math.inf])
def test_weight_that_cannot_be_is_refused(weight: float) -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", weight=weight)
    with pytest.raises(ValueError, match="positive, finite"):
        influence(graph)


def test_same_bits_in_any_order_of_nodes_and_ties() -> None:
    graph = nx.barabasi_albert_graph(400, 3, seed=1)
    shuffled = nx.Graph()
    chance = random.Random(2)
    shuffled.add_nodes_from(chance.sample(list(graph), len(graph)))
    shuffled.add_edges_from((b, a) for a, b in chance.sample(list(graph.edges), graph.number_of_edges()))
    first, second = influence(graph), influence(shuffled)
    assert first == second
    assert [list(values) for values in first.values()] == [list(values) for values in second.values()]


def test_unknown_measure_lists_the_known() -> None:
    with pytest.raises(UsageError, match=r"unknown measure 'fame'\n.*degree, strength"):
        influence(nx.path_graph(2), ["fame"])


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_measure_is_named_and_sourced(measure) -> None:
    assert measure.title_en
    assert measure.reference
    assert measure.values
    assert not set("يكى") & set(measure.title_fa)  # Arabic letters that look like Persian ones
    assert any("ء" <= letter <= "ی" for letter in measure.title_fa)


# --- places in organisations ------------------------------------------------------------------------------------------


def test_interlocking_by_hand() -> None:
    # v: Mashhad 3, 1; Tehran 2, -; Lahore -, 1.  r(M, T) = 6, r(M, L) = 1, r(T, L) = 0
    triples = [("mashhad", "uclg", 3), ("mashhad", "owhc", 1), ("tehran", "uclg", 2), ("lahore", "owhc", 1)]
    assert interlocking(triples) == {"lahore": 1, "mashhad": 7, "tehran": 6}


def test_several_roles_count_as_the_highest_grade_and_each_bonus_once() -> None:
    roles = [("a", "o", 2, 1), ("a", "o", 3), ("a", "o", 2, 2), ("a", "o", 2, 2)]
    for order in itertools.permutations(roles):
        assert service_values(order) == {("a", "o"): 3 + 1 + 2}


def test_role_weights_can_be_overridden() -> None:
    weights = RoleWeights(observer=0.5, host=10)
    assert interlocking([("a", "o", 1), ("b", "o", 2, 2)], weights=weights) == {"a": 6, "b": 6}


def test_city_alone_or_without_a_grade_is_not_connected() -> None:
    assert interlocking([("a", "o", 3), ("b", "p", 3), ("c", "p", 0)]) == {"a": 0, "b": 0, "c": 0}
    assert interlocking([]) == {}


@pytest.mark.parametrize("place", [(4,), (-1,), (2, 4), (1, -1), (1.5,)])
def test_grade_out_of_range_is_refused(place: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="from 0 to 3"):
        interlocking([("a", "o", *place)])


@pytest.mark.parametrize("weight", [-1, math.nan, math.inf])
def test_role_weight_that_cannot_be_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="weight of founder"):
        RoleWeights(founder=weight)


def two_mode(values: dict) -> nx.Graph:
    graph = nx.Graph()
    graph.add_weighted_edges_from((city, f"organization/{name}", v) for (city, name), v in values.items() if v)
    return graph


places = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("opqr"), st.integers(0, 3), st.integers(0, 3)))


@given(places)
def test_interlocking_equals_networkx_projection(triples: list[tuple[str, str, int, int]]) -> None:
    graph = two_mode(service_values(triples))
    cities = {city for city, *_ in triples}
    graph.add_nodes_from(cities)

    def interlock(two_mode: nx.Graph, a: str, b: str) -> float:
        shared = set(two_mode[a]) & set(two_mode[b])
        return sum(two_mode[a][org]["weight"] * two_mode[b][org]["weight"] for org in shared)

    projection = nx.bipartite.generic_weighted_projected_graph(graph, cities, weight_function=interlock)
    assert interlocking(triples) == dict(projection.degree(weight="weight"))


def test_interlocking_of_a_two_mode_network() -> None:
    triples = [("city/a", "o", 3), ("city/b", "o", 2, 1), ("city/b", "p", 1), ("city/c", "p", 2)]
    values = influence(two_mode(service_values(triples)), ["interlocking"])["interlocking"]
    assert {node: value for node, value in values.items() if node.startswith("city/")} == interlocking(triples)
    assert values["organization/o"] == values["organization/p"] == 3 * 1


def test_interlocking_needs_two_modes() -> None:
    with pytest.raises(UsageError, match="cities and organisations"):
        influence(nx.complete_graph(3), ["interlocking"])


# --- ranks ------------------------------------------------------------------------------------------------------------


def test_ranks_leave_gaps_after_ties_and_skip_the_unknown() -> None:
    values = {"a": 2.0, "b": 5.0, "c": None, "d": 2.0 + 1e-15, "e": 1.0, "f": math.nan}
    assert ranks(values) == {"b": 1, "d": 2, "a": 2, "e": 4}
    assert ranks(values, lowest_first=True) == {"e": 1, "a": 2, "d": 2, "b": 4}
    assert ranks({}) == {}


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 5)))
def test_rank_is_one_more_than_the_number_of_higher_values(values: dict[str, int]) -> None:
    expected = {node: 1 + sum(other > value for other in values.values()) for node, value in values.items()}
    assert ranks(values) == expected


# --- the world of 2016 ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(shared: Path) -> nx.Graph:
    with (shared / "world" / "wikidata-2016-twinned.tsv").open(encoding="utf-8") as file:
        return nx.Graph(line.rstrip("\n").split("\t")[:2] for line in file)


def test_world_has_the_size_and_hubs_counted_elsewhere(world: nx.Graph) -> None:
    assert (len(world), world.number_of_edges()) == (10_055, 17_401)
    values = influence(world, ["degree", "clustering"])
    assert sorted(values["degree"].values(), reverse=True)[:5] == [98, 75, 71, 68, 67]
    assert max(values["degree"], key=values["degree"].get) == "Q656"  # Saint Petersburg
    known = [value for value in values["clustering"].values() if value is not None]
    assert sum(known) / len(world) == pytest.approx(0.0484, abs=5e-5)
    assert len(known) == sum(degree > 1 for degree in values["degree"].values())


@pytest.mark.parametrize("measure", ["degree", "eigenvector", "pagerank", "core", "constraint", "clustering"])
def test_world_measure_equals_networkx(world: nx.Graph, measure: str) -> None:
    assert_equal(influence(world, [measure])[measure], REFERENCES[measure](world))


def test_world_harmonic_equals_single_searches(world: nx.Graph) -> None:
    values = influence(world, ["harmonic"])["harmonic"]
    for city in (min(world), "Q656", max(world)):
        steps = nx.single_source_shortest_path_length(world, city).values()
        assert values[city] == pytest.approx(math.fsum(1 / step for step in steps if step), rel=PRECISION)


def test_world_betweenness_equals_the_other_engine(world: nx.Graph) -> None:
    nodes = sorted(world)
    index = {node: i for i, node in enumerate(nodes)}
    graph = rx.PyGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from_no_data([(index[a], index[b]) for a, b in world.edges if a != b])
    expected = rx.betweenness_centrality(graph)
    assert_equal(influence(world, ["betweenness"])["betweenness"], {node: expected[index[node]] for node in nodes})
