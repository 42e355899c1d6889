"""What the answers on standing are made of, measured and kept before anyone asks: `citydip build --measures`."""

from __future__ import annotations

from citydiplomacy.graph.store.reader import Store

from ..wording.namesakes import namesakes
from . import networks, partners, tie_evidence
from .locations import cities, locations
from .peer_groups import groups


def advise(store: Store) -> None:
    """Keep with a store what advice begins with: where cities lie, whose name others bear, whom they are
    tied to."""
    locations(store)
    cities(store)
    namesakes(store)
    groups(store)
    partners.of_agreements(store)
    partners.of_memberships(store)


def measure(store: Store) -> None:
    """Measure the networks of a store too, and keep with it all that a comparison and a ranking begin with."""
    advise(store)
    for name in networks.NETWORKS:
        networks.measure(store, name)
        tie_evidence.of_network(store, name)
