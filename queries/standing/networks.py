"""The networks that the influence of cities is measured in: one of agreements, three of memberships."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from citydiplomacy.errors import UsageError
from citydiplomacy.graph import network
from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.store.once import kept, once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes

from ..measures.influence import MEASURES, service_values, told
from .coverage import MEMBERSHIPS, NOBODY_SAYS, SISTER_CITIES, Coverage, coverage

if TYPE_CHECKING:  # what was measured is told without what measures
    import networkx as nx

    from ..measures.backbone import CoMemberships
    from ..measures.centrality import Ties
    from ..measures.projections import TwoMode

ONE_MODE = tuple(measure.name for measure in MEASURES.values() if not measure.two_mode)
TWO_MODE = ("degree", "strength", "interlocking", "betweenness", "harmonic", "eigenvector")
"""Those that mean something where cities are tied by way of organisations (Faust 1997, Social Networks 19, 157-191;
Borgatti and Everett 1997, Social Networks 19, 243-269). No two neighbours are tied there, so clustering and constraint
say nothing."""

WEIGHTED = ("strength", "degree", "eigenvector", "pagerank")
"""Those that Newman's weights speak in. What counts steps or neighbours in a projection speaks of cliques."""

NETWORKS: dict[str, tuple[str, ...]] = {
    "agreements": tuple(MEASURES),
    "memberships": TWO_MODE,
    "newman": WEIGHTED,
    "backbone": ONE_MODE,
}
"""The measures of each network. `interlocking` stands beside those of agreements, though it is one of memberships."""


MANY_TIES = 2_000_000
"""More are too many to write as a graph."""


@dataclass(frozen=True)
class Measured:
    """Values of measures in a network: measure, city, value; and the names of its cities by language."""

    values: dict[str, dict[str, float | None]]
    labels: dict[str, Mapping[str, str]]
    bounds: dict[str, dict[str, tuple[float, float]]] = field(default_factory=dict)
    """By measure that is estimated, since the network is large: between what the value of each city lies, of all cities
    at once with the probability `estimates.PROBABILITY`."""
    network: str = "agreements"
    """One of `NETWORKS`."""
    covered: Mapping[str, Coverage] = field(default_factory=dict)
    """By measure, whose ties of the kind that it is taken of were collected: others have values, and no rank."""

    def coverage(self, measure: str) -> Coverage:
        """That of a measure."""
        return self.covered.get(measure, NOBODY_SAYS)

    def name(self, city: str, lang: str) -> str:
        """A city's name in a language, else in English, else in any, else its id."""
        labels = self.labels[city]
        return labels.get(lang) or labels.get("en") or next(iter(labels.values()), city)


def city_ties(store: Store) -> nx.Graph[str]:
    """The network of standing agreements (`network.city_ties`): made once a store, and frozen."""
    return once(store, _frozen_city_ties)


def two_mode(store: Store) -> nx.Graph[str]:
    """Cities and organisations by standing memberships (`network.two_mode`): made once a store, and frozen."""
    return once(store, _frozen_two_mode)


def _frozen_city_ties(store: Store) -> nx.Graph[str]:
    import networkx as nx

    frozen: nx.Graph[str] = nx.freeze(network.city_ties(store))
    return frozen


def _frozen_two_mode(store: Store) -> nx.Graph[str]:
    import networkx as nx

    frozen: nx.Graph[str] = nx.freeze(network.two_mode(store))
    return frozen


def measure(store: Store, name: str = "agreements", measures: Sequence[str] | None = None) -> Measured:
    """Measure the cities of a network of `NETWORKS`, of standing ties; what was measured once is kept with the store.

    Raises UsageError for an unknown network, and for a measure that is unknown or says nothing there.
    """
    if name not in NETWORKS:
        raise UsageError(f"unknown network {name!r}", hint=f"Networks: {', '.join(NETWORKS)}.")
    names = list(measures or NETWORKS[name])
    for wanted in names:
        if wanted not in NETWORKS[name]:
            there = f"measure {wanted!r} in the network {name}"
            raise UsageError(
                f"no {there}" if wanted in MEASURES else f"unknown {there}",
                hint=f"Measures: {', '.join(NETWORKS[name])}.",
            )
    if name == "agreements":
        return _in_agreements(store, names)
    values, bounds = _values(store, name, names)
    covered = dict.fromkeys(names, coverage(store, MEMBERSHIPS))
    return Measured(values, members(store, name), bounds, network=name, covered=covered)


def members(store: Store, name: str) -> dict[str, Mapping[str, str]]:
    """The names of the cities of a network of `NETWORKS` by language, by id, sorted by id; kept with the store."""
    return kept(store, name, partial(_members, name=name))


def _members(store: Store, name: str) -> dict[str, Mapping[str, str]]:
    graph = city_ties(store) if name == "agreements" else two_mode(store)
    nodes = map(str, once(store, _TIES[name]).nodes)
    return {node: graph.nodes[node]["labels"] for node in nodes if node.startswith("city/")}


def _values(
    store: Store, name: str, names: Sequence[str]
) -> tuple[dict[str, dict[str, float | None]], dict[str, dict[str, tuple[float, float]]]]:
    """Values by measure and city, and bounds of those that are estimated."""
    cities = members(store, name)
    values: dict[str, dict[str, float | None]] = {}
    bounds: dict[str, dict[str, tuple[float, float]]] = {}
    for key in names if cities else ():
        made: dict[str, Any] = kept(store, f"{name}-{key}", partial(_measured, name=name, key=key))
        values[key] = dict(zip(cities, made["value"], strict=True))
        if "lower" in made:
            bounds[key] = dict(zip(cities, zip(made["lower"], made["upper"], strict=True), strict=True))
    return values, bounds


def _measured(store: Store, name: str, key: str) -> dict[str, Any]:
    """The values of a measure, and the bounds of an estimate, in the order of the cities of a network."""
    from ..measures.estimates import estimated

    ties = once(store, _TIES[name])
    estimate = estimated(MEASURES[key], ties)
    columns = {"value": MEASURES[key].of(ties)} if estimate is None else vars(estimate)
    cities = [place for place, node in enumerate(ties.nodes) if str(node).startswith("city/")]
    return {column: told(array[cities]) for column, array in columns.items()}


def _in_agreements(store: Store, names: Sequence[str]) -> Measured:
    values, bounds = _values(store, "agreements", [name for name in names if name != "interlocking"])
    labels = members(store, "agreements")
    if "interlocking" in names:
        values |= _values(store, "memberships", ["interlocking"])[0]
        labels = labels | members(store, "memberships")
    covered = {name: coverage(store, MEMBERSHIPS if MEASURES[name].two_mode else SISTER_CITIES) for name in values}
    return Measured(values, labels, bounds, covered=covered)


def _agreements(store: Store) -> Ties:
    from ..measures.centrality import Ties

    return Ties.of(city_ties(store))


def _served(store: Store) -> TwoMode:
    return by_service(two_mode(store))


def _memberships(store: Store) -> Ties:
    return once(store, _served).ties


def _projection(store: Store, name: str) -> Ties:
    from ..measures.centrality import Ties

    served = once(store, _served)
    return Ties(served.cities, weights(served, name))


_TIES: dict[str, Callable[[Store], Ties]] = {
    "agreements": _agreements,
    "memberships": _memberships,
    "newman": partial(_projection, name="newman"),
    "backbone": partial(_projection, name="backbone"),
}


def by_service(graph: nx.Graph[str]) -> TwoMode:
    """A graph of `network.two_mode` with service values; a role that is worth nothing ties nobody."""
    from ..measures.projections import TwoMode

    roles = schemes()["role"]
    roles_held: list[tuple[str, str, int, int]] = []
    for one, other, data in graph.edges(data=True):
        city, organization = (one, other) if one.startswith("city/") else (other, one)
        roles_held += [(city, organization, roles[role].grade or 0, roles[role].bonus or 0) for role in data["roles"]]
    return TwoMode.of({pair: value for pair, value in service_values(roles_held).items() if value})


def weights(served: TwoMode, name: str) -> Any:
    """The matrix of a projection onto cities: `newman`, or `backbone`, which is weighted by shared organisations."""
    from ..measures.backbone import co_memberships

    return served.newman() if name == "newman" else _backbone(served, co_memberships(served))


def _backbone(served: TwoMode, pairs: CoMemberships) -> Any:
    from scipy.sparse import csr_array

    within, size = pairs.kept, len(served.cities)
    ends = pairs.one[within], pairs.other[within]
    upper = csr_array((pairs.shared[within].astype(float), ends), shape=(size, size))
    return csr_array(upper + upper.T)


def projected(store: Store, name: str, *, standing: bool = True) -> nx.Graph[str]:
    """A projection onto cities as a graph, for export: nodes as in `network.two_mode`, edges with `weight`.

    Raises UsageError for more than `MANY_TIES` ties, which no tool for networks would draw.
    """
    import networkx as nx

    graph = network.two_mode(store, standing=standing)
    served = by_service(graph)
    matrix = weights(served, name).tocoo()
    if matrix.nnz > 2 * MANY_TIES:
        raise UsageError(
            f"the projection has {counted(matrix.nnz // 2, 'tie')}.",
            hint="Export memberships, or the backbone of the projection.",
        )
    made: nx.Graph[str] = nx.Graph()
    for city in served.cities:
        made.add_node(city, **{key: value for key, value in graph.nodes[city].items() if key != "bipartite"})
    for one, other, weight in zip(matrix.row.tolist(), matrix.col.tolist(), matrix.data.tolist(), strict=True):
        if one < other:
            made.add_edge(served.cities[one], served.cities[other], weight=weight)
    return made
