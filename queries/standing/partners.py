"""Who is tied to whom, as plain mappings: read from what is kept with the store sooner than a NetworkX graph is made.

What the graphs of `networks` say of a pair these say too, in the same words: `partners[one][other]["ties"]`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from citydiplomacy.graph.store.once import kept, once
from citydiplomacy.graph.store.reader import Store

from .networks import city_ties, two_mode

if TYPE_CHECKING:
    import networkx as nx

Partners = dict[str, dict[str, dict[str, list[str]]]]
"""Each end, who is tied to it, and what ties them by one key."""


def of_agreements(store: Store) -> Partners:
    """City, city, and the ids of the standing agreements between them (`ties`)."""
    return once(store, _of_agreements)


def of_memberships(store: Store) -> Partners:
    """City and organisation, in both directions, and the roles that the city has in it (`roles`)."""
    return once(store, _of_memberships)


def _of_agreements(store: Store) -> Partners:
    return _both_ways(kept(store, "city-ties", _told(city_ties, "ties")), "ties")


def _of_memberships(store: Store) -> Partners:
    return _both_ways(kept(store, "two-mode", _told(two_mode, "roles")), "roles")


def _told(graph: Callable[[Store], nx.Graph[str]], key: str) -> Callable[[Store], dict[str, Any]]:
    """The nodes of a graph, and of each tie the positions of its ends and what stands at it under a key."""

    def told(store: Store) -> dict[str, Any]:
        made = graph(store)
        place = {node: position for position, node in enumerate(made)}
        ties = [(place[one], place[other], list(data[key])) for one, other, data in made.edges(data=True)]
        return {"nodes": list(made), "ties": ties}

    return told


def _both_ways(told: dict[str, Any], key: str) -> Partners:
    nodes = told["nodes"]
    partners: Partners = {node: {} for node in nodes}
    for one, other, ties in told["ties"]:
        partners[nodes[one]][nodes[other]] = partners[nodes[other]][nodes[one]] = {key: ties}
    return partners
