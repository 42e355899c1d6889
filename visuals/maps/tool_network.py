"""A network as other tools take it: what is known of its nodes and ties as plain attributes, with places and colours.

What the network tells already (`graph/network.py`) stays. Whatever is unknown has no attribute. Numbers of a node are
those of the whole network, also where only a part of it is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Any

from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import told_pairs, told_values
from citydiplomacy.ontology.schemes import schemes, top_concepts, widest
from citydiplomacy.queries.measures.structure import communities
from citydiplomacy.queries.standing import networks
from citydiplomacy.queries.standing.coverage import MEMBERSHIPS, SISTER_CITIES, coverage
from citydiplomacy.queries.standing.locations import points
from citydiplomacy.queries.standing.peer_groups import groups

from ..drawing.layout import GAP
from ..drawing.style import COLORS, GREY, radii
from . import geography
from .scene import seats

if TYPE_CHECKING:
    import networkx as nx

SCALE = 1000
"""Units in one radius of the globe: the map of the world is 5,400 wide, and marks are 5 to 23."""
ROW, COLUMNS = 60, 80
"""Below the map: room for a mark and its label, and how many stand in a row."""
_LIST = "|"


@dataclass(frozen=True)
class ForTools:
    """A network with its attributes, and what has to be said of it."""

    graph: nx.Graph[str]
    unplaced: int
    """Nodes without a known place: they stand below the map."""
    estimated: tuple[str, ...]
    """Measures that are estimates, since the network is large; their bounds stand beside them."""


def for_tools(
    store: Store, graph: nx.Graph[str], lang: str, *, measured_in: str, focus: Sequence[str] = (), depth: int = 1
) -> ForTools:
    """A network of `graph/network.py` with all its attributes; with a focus, what is so many steps round these ids.

    measured_in: the network (`networks.NETWORKS`) whose measures its cities carry, `NETWORK_MEASURE` each.
    """
    import networkx as nx

    neighbours = {node: len(set(graph[node]) - {node}) for node in graph}
    community = {node: number for number, group in enumerate(communities(graph), 1) for node in group}
    if focus:
        graph = graph.subgraph(_round(graph, focus, depth))
    made: nx.Graph[str] = nx.MultiGraph(graph) if graph.is_multigraph() else nx.Graph(graph)
    for node in made:
        made.nodes[node].update(neighbours=neighbours[node], community=community[node])
    where = _where(store, made)
    _tell_nodes(store, made, lang, where)
    _tell_ties(store, made, lang)
    estimated = _measure(store, made, measured_in)
    _place(made, where)
    return ForTools(made, len(made) - len(where), estimated)


def _round(graph: nx.Graph[str], focus: Iterable[str], depth: int) -> set[str]:
    import networkx as nx

    return {near for node in focus for near in nx.ego_graph(graph, node, radius=depth)}


# --- nodes ------------------------------------------------------------------------------------------------------------


def _tell_nodes(store: Store, graph: nx.Graph[str], lang: str, where: Mapping[str, tuple[float, float]]) -> None:
    grouped, regions = groups(store), schemes()["world-region"]
    lies_in = told_values(store, "schema:containedInPlace")  # of a country, its world region
    sources, voices = _sources(store, graph), told_values(store, "cd:support")
    sister_cities, memberships = (coverage(store, kind) for kind in (SISTER_CITIES, MEMBERSHIPS))
    for node, data in graph.nodes(data=True):
        labels, kind = data["labels"], data.get("kind") or ""
        country = grouped.country.get(node)
        region = grouped.region.get(node) or (lies_in.get(node) if node.startswith("country/") else None)
        told: dict[str, Any] = {
            "label": labels.get(lang) or labels.get("en") or next(iter(labels.values()), node),
            "kind_label": REGISTRY[kind].title(lang) if kind in REGISTRY else None,
            "country": country and _name(grouped.names.get(country, {}), lang, country),
            "region": region and regions[region].label(lang),
            "region_id": region,
            "voices": int(voices[node]) if node in voices else None,
            "sources": _LIST.join(sources.get(node, ())) or None,
        }
        if node in grouped.population:
            number, period = grouped.population[node]
            told |= {"population": int(number), "population_date": period}
        if node.startswith("city/"):
            told["sister_cities_collected"] = sister_cities.knows(node)
            told["memberships_collected"] = memberships.knows(node)
        if node in where:
            told |= dict(zip(("lat", "lon"), where[node], strict=True))
        data.update({name: value for name, value in told.items() if value is not None})


def _name(labels: Mapping[str, str], lang: str, otherwise: str) -> str:
    return labels.get(lang) or labels.get("en") or otherwise


def _sources(store: Store, ids: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for thing, source in sorted(told_pairs(store, "prov:hadPrimarySource")):
        if thing in ids:
            found.setdefault(thing, []).append(source)
    return found


def _measure(store: Store, graph: nx.Graph[str], name: str) -> tuple[str, ...]:
    """The measures of cities, in the network of standing ties."""
    measured = networks.measure(store, name)
    for measure, values in measured.values.items():
        network = "memberships" if measure == "interlocking" else name
        for node, value in values.items():
            if value is not None and node in graph:
                graph.nodes[node][f"{network}_{measure}"] = float(value)
    for measure, bounds in measured.bounds.items():
        for node in bounds.keys() & set(graph):
            for end, value in zip(("lower", "upper"), bounds[node], strict=True):
                graph.nodes[node][f"{name}_{measure}_{end}"] = value
    return tuple(measured.bounds)


# --- ties -------------------------------------------------------------------------------------------------------------


def _tell_ties(store: Store, graph: nx.Graph[str], lang: str) -> None:
    """What is told of ties. An edge of several ties has lists in the order of `ties`, empty where unknown."""
    ids = {id_ for *_, id_, data in _keyed(graph) for id_ in _ties(id_, data)}
    if not ids:  # of a projection: its edges are no ties
        return
    sources, voices = _sources(store, ids), told_values(store, "cd:support")
    since, until = told_values(store, "schema:startDate"), told_values(store, "schema:endDate")
    for *_, id_, data in _keyed(graph):
        ties = _ties(id_, data)
        details = data.get("kinds") or data.get("roles") or tuple(filter(None, [data.get("detail")]))
        told: dict[str, Any] = {
            "label": {"fa": "، "}.get(lang, ", ").join(_labels(details, lang)) or _kind(data, lang),
            "since": _listed(since, ties),
            "until": _listed(until, ties),
            "sources": _LIST.join(sorted({source for tie in ties for source in sources.get(tie, ())})),
            "voices": max((int(voices.get(tie, 0)) for tie in ties), default=0),
        }
        data.update({name: value for name, value in told.items() if value})


def _keyed(graph: nx.Graph[str]) -> Iterable[tuple[Any, ...]]:
    """(one, other, id of the tie or None, attributes) of every edge."""
    import networkx as nx

    if isinstance(graph, nx.MultiGraph):
        return list(graph.edges(keys=True, data=True))
    return [(one, other, None, data) for one, other, data in graph.edges(data=True)]


def _ties(id_: str | None, data: Mapping[str, Any]) -> tuple[str, ...]:
    return (id_,) if id_ else tuple(data.get("ties", ()))


def _kind(data: Mapping[str, Any], lang: str) -> str | None:
    return REGISTRY[data["kind"]].title(lang) if data.get("kind") in REGISTRY else None


def _labels(ids: Iterable[str], lang: str) -> list[str]:
    concepts = [schemes().get(id_.partition("/")[0], {}).get(id_) for id_ in sorted(set(ids))]
    return [concept.label(lang) for concept in concepts if concept]


def _listed(values: Mapping[str, str], ties: Sequence[str]) -> str | None:
    told = [values.get(tie, "") for tie in ties]
    return _LIST.join(told) if any(told) else None


# --- places and colours -----------------------------------------------------------------------------------------------


def _where(store: Store, graph: nx.Graph[str]) -> dict[str, tuple[float, float]]:
    """Degrees north and east of cities, and of organisations at the city of their seat."""
    cities, sits_in = points(store), seats(store)
    return {node: cities[at] for node in graph if (at := sits_in.get(node, node)) in cities}


def _place(graph: nx.Graph[str], where: Mapping[str, tuple[float, float]]) -> None:
    """`x`, `y` (to the north), `size` and `color`: the map of the world, in Equal Earth as the pictures have it.

    Who shares a place stands round it. Who has none stands in rows below the map.
    """
    for data in graph.nodes.values():
        data["size"] = float(data["neighbours"])
    sizes = radii(graph)
    crowd: dict[tuple[float, float], int] = {}
    for node in sorted(where, key=lambda node: (not node.startswith("city/"), node)):
        north, east = where[node]
        ((x, y),) = geography.project([(east - geography.WORLD + 180) % 360 - 180], [north]) * SCALE
        place = crowd[where[node]] = crowd.get(where[node], -1) + 1
        away, turn = GAP * sqrt(place), place * pi * (3 - sqrt(5))  # a sunflower's seeds
        graph.nodes[node].update(x=round(float(x) + away * cos(turn), 1), y=round(float(y) + away * sin(turn), 1))
    rest = sorted((node for node in graph if node not in where), key=lambda node: (graph.nodes[node]["kind"], node))
    below = float(geography.project([0], [-90])[0, 1]) * SCALE - 2 * ROW
    for number, node in enumerate(rest):
        row, column = divmod(number, COLUMNS)
        graph.nodes[node].update(x=(column - (COLUMNS - 1) / 2) * ROW, y=round(below - row * ROW, 1))
    continents = _continents()
    for node, data in graph.nodes(data=True):
        data["size"], data["color"] = float(sizes[node]), continents.get(data.get("region_id", ""), GREY)


def _continents() -> dict[str, str]:
    """The colour of each world region: that of its continent, as on the page of the world."""
    colors = dict(zip(top_concepts("world-region"), COLORS, strict=False))
    return {region: colors[widest(region)] for region in schemes()["world-region"]}
