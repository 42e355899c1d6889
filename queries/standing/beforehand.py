"""What the answers on standing are made of, measured and kept before anyone asks: `citydip build --measures`."""

from __future__ import annotations

from citydiplomacy.graph.store.reader import Store

from . import networks, partners, tie_evidence
from .locations import cities, locations


def measure(store: Store) -> None:
    """Measure the networks of a store, and keep with it all that a comparison, a ranking and advice begin with."""
    for name in networks.NETWORKS:
        networks.measure(store, name)
        tie_evidence.of_network(store, name)
    partners.of_agreements(store)
    partners.of_memberships(store)
    locations(store)
    cities(store)
