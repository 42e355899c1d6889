"""The networks that the influence of cities is measured in: one of agreements, three of memberships."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import networkx as nx
from scipy.sparse import csr_array

from citydiplomacy.errors import UsageError
from citydiplomacy.graph import network
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes

from ..measures.backbone import CoMemberships, co_memberships
from ..measures.centrality import Ties
from ..measures.influence import MEASURES, influence, measured, service_values
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


COSTLY_WORK = 20_000_000_000
"""Nodes times ties up to which costly measures are taken unasked: some 100,000 cities with twice as many ties."""


@dataclass(frozen=True)
class Measured:
    """Values of measures in a network: measure, city, value; and the names of its cities by language."""

    values: dict[str, dict[str, float | None]]
    labels: dict[str, Mapping[str, str]]
    left_out: tuple[str, ...] = ()
    """Measures that nobody named and that would take hours on a network of this size."""

    def name(self, city: str, lang: str) -> str:
        """A city's name in a language, else in English, else in any, else its id."""
        labels = self.labels[city]
        return labels.get(lang) or labels.get("en") or next(iter(labels.values()), city)


_MADE: WeakKeyDictionary[Store, dict[Callable[[Store], nx.Graph[str]], nx.Graph[str]]] = WeakKeyDictionary()


def once(store: Store, make: Callable[[Store], nx.Graph[str]]) -> nx.Graph[str]:
    """A network of a store, frozen: made when first asked for and kept with the store, which shows one revision.

    make: `network.city_ties` or `network.two_mode`.
    """
    made = _MADE.setdefault(store, {})
    if make not in made:
        made[make] = nx.freeze(make(store))
    return made[make]


def measure(store: Store, name: str = "agreements", measures: Sequence[str] | None = None) -> Measured:
    """Measure the cities of a network of `NETWORKS`, of standing ties.

    Raises UsageError for an unknown network, and for a measure that is unknown or says nothing there.
    """
    if name not in NETWORKS:
        raise UsageError(f"unknown network {name!r}", hint=f"Networks: {', '.join(NETWORKS)}.")
    names = list(measures or NETWORKS[name])
    for wanted in names:
        if wanted not in NETWORKS[name]:
            kind = "no measure" if wanted in MEASURES else "unknown measure"
            raise UsageError(f"{kind} {wanted!r} in the network {name}", hint=f"Measures: {', '.join(NETWORKS[name])}.")
    if name == "agreements":
        return _in_agreements(store, names, named=bool(measures))
    graph = once(store, network.two_mode)
    two_mode = places(graph)
    ties = two_mode.ties if name == "memberships" else Ties(two_mode.cities, weights(two_mode, name))
    found = measured(ties, names) if two_mode.cities else {}
    cities = set(two_mode.cities)
    return Measured(
        {key: {node: value for node, value in by_node.items() if node in cities} for key, by_node in found.items()},
        {city: graph.nodes[city]["labels"] for city in two_mode.cities},
    )


def takes_hours(ties: nx.Graph[str]) -> bool:
    """Whether the costly measures take too long on a network to be taken unasked."""
    return len(ties) * ties.number_of_edges() > COSTLY_WORK


def _in_agreements(store: Store, names: Sequence[str], *, named: bool) -> Measured:
    ties = once(store, network.city_ties)
    left_out = tuple(name for name in names if MEASURES[name].costly and not named and takes_hours(ties))
    taken = [name for name in names if name not in {"interlocking", *left_out}]
    values = dict(influence(ties, taken)) if len(ties) else {}
    labels = {node: data["labels"] for node, data in ties.nodes(data=True)}
    if "interlocking" in names:
        members = measure(store, "memberships", ["interlocking"])
        values |= members.values
        labels |= members.labels
    return Measured(values, labels, left_out)


def places(graph: nx.Graph[str]) -> TwoMode:
    """The service values of the places in a graph of `network.two_mode`; what is worth nothing is no place."""
    roles = schemes()["role"]
    held: list[tuple[str, str, int, int]] = []
    for one, other, data in graph.edges(data=True):
        city, organization = (one, other) if one.startswith("city/") else (other, one)
        held += [(city, organization, roles[role].grade or 0, roles[role].bonus or 0) for role in data["roles"]]
    return TwoMode.of({pair: value for pair, value in service_values(held).items() if value})


def weights(two_mode: TwoMode, name: str) -> Any:
    """The matrix of a projection onto cities: `newman`, or `backbone`, which is weighted by shared organisations."""
    return two_mode.newman() if name == "newman" else _kept(two_mode, co_memberships(two_mode))


def _kept(two_mode: TwoMode, pairs: CoMemberships) -> Any:
    kept = pairs.kept
    size = len(two_mode.cities)
    upper = csr_array((pairs.shared[kept].astype(float), (pairs.one[kept], pairs.other[kept])), shape=(size, size))
    return csr_array(upper + upper.T)


def projected(store: Store, name: str, *, standing: bool = True) -> nx.Graph[str]:
    """A projection onto cities as a graph, for export: nodes as in `network.two_mode`, edges with `weight`.

    Raises UsageError for more than `MANY_TIES` ties, which no tool for networks would draw.
    """
    graph = network.two_mode(store, standing=standing)
    two_mode = places(graph)
    matrix = weights(two_mode, name).tocoo()
    if matrix.nnz > 2 * MANY_TIES:
        raise UsageError(
            f"the projection has {matrix.nnz // 2:,} ties.",
            hint="Export memberships, or the backbone of the projection.",
        )
    made: nx.Graph[str] = nx.Graph()
    for city in two_mode.cities:
        made.add_node(city, **{key: value for key, value in graph.nodes[city].items() if key != "bipartite"})
    for one, other, weight in zip(matrix.row.tolist(), matrix.col.tolist(), matrix.data.tolist(), strict=True):
        if one < other:
            made.add_edge(two_mode.cities[one], two_mode.cities[other], weight=weight)
    return made
