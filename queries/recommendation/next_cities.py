"""Cities that a city might turn to: those that its ties lead to, each with what speaks for it and against."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from citydiplomacy.graph.model.records import Agreement
from citydiplomacy.graph.model.validity import UNDER_WAY
from citydiplomacy.graph.store.reader import Store

from ..measures import proximity
from ..measures.centrality import Array, Ties
from ..reports.profile import CityProfile
from ..standing.locations import NOWHERE, Location, alike, coordinates, locations
from ..standing.partners import Partners, of_agreements, of_memberships
from ..wording.evidence import Figure, Label, Measure, Named
from ..wording.rows import Row, ask


@dataclass(frozen=True)
class Candidate:
    """Whom a city might turn to."""

    id: str
    name: str
    score: float
    """Borda count, 0 to 1."""
    ties: tuple[Row, ...]
    """What is told of ties between the two that do not stand: rows of `agreements` or `memberships`."""

    @property
    def named(self) -> Named:
        """The name, as a mark."""
        return Named(self.name, self.id, Label(self.id))

    @property
    def talks(self) -> tuple[Row, ...]:
        """Ties that are proposed, planned or under negotiation."""
        return tuple(row for row in self.ties if row["status"] in UNDER_WAY)

    @property
    def past(self) -> tuple[Row, ...]:
        """Ties that ended, sleep, or that nobody could verify."""
        return tuple(row for row in self.ties if row["status"] not in UNDER_WAY)


@dataclass(frozen=True)
class NextCity(Candidate):
    """A city to turn to; None is unknown."""

    location: Location
    common: tuple[str, ...]
    """Partners of both, by id."""
    adamic_adar: float
    resource_allocation: float
    three_steps: float
    kilometres: float | None
    peers: tuple[str, ...]
    """Cities of the same country, or of the same world region and size, that are tied to it, by id."""
    networks: tuple[str, ...]
    """Organisations that both are in."""


@dataclass(frozen=True)
class World:
    """All cities that are known: their ties, memberships and locations."""

    store: Store
    ties: Partners
    """Standing agreements; a city that is only in networks, or only told of, has no partner."""
    members: Partners
    """Cities and organisations."""
    locations: Mapping[str, Location]
    told: Mapping[str, tuple[Row, ...]]
    """The agreements of the city asked about that do not stand, by partner."""
    lang: str

    @classmethod
    def around(cls, store: Store, city: str, lang: str) -> World:
        """The world as it looks from a city."""
        told = _told(store, city, lang)
        members = of_memberships(store)
        ties: Partners = {node: {} for node in (city, *told, *members) if node.startswith("city/")}
        ties |= of_agreements(store)
        return cls(store, ties, members, locations(store), told, lang)

    def name(self, record_id: str) -> str:
        """The name of a record in the language, else in any; its id without one."""
        record = self.store.get(record_id)
        return record.label(self.lang) if record else record_id

    def named(self, record_ids: Iterable[str]) -> list[Named]:
        """Their names as marks, in order."""
        return sorted((Named(self.name(each), each, Label(each)) for each in record_ids), key=lambda each: each.name)

    def location(self, city: str) -> Location:
        """Where a city lies."""
        return self.locations.get(city, NOWHERE)

    def names(self, nodes: tuple[str, ...]) -> tuple[str, ...]:
        """Names, in order."""
        return tuple(sorted(map(self.name, nodes)))

    def peers(self, city: str, among: Any) -> tuple[str, ...]:
        """Those of some cities that are of the city's country, or of its world region and size."""
        here = self.location(city)

        def is_peer(there: Location) -> bool:
            return bool(here.country and there.country == here.country) or alike(here, there)

        return tuple(sorted(other for other in among if other != city and is_peer(self.location(other))))


@dataclass(frozen=True)
class Ranking:
    """Cities abroad that a city has no standing tie with."""

    cities: tuple[NextCity, ...]
    """The first ones, best first."""
    told: tuple[NextCity, ...]
    """All with whom a tie is told that does not stand, best first."""
    locations: tuple[Location, ...]
    """Where all of them lie."""

    def in_reach(self, city: str) -> Figure:
        """Of how many cities these are the first, for a city."""
        return Figure(len(self.locations), Measure("cities-in-reach", (city,)))

    def but(self, without: Collection[str], top: int) -> Ranking:
        """The same, of which some, by id, are not to be shown, and of the others only the first ones."""
        cities, told = (tuple(each for each in some if each.id not in without) for some in (self.cities, self.told))
        return Ranking(cities[:top], told, self.locations)


def next_cities(city: CityProfile, world: World, top: int) -> Ranking:
    """The cities abroad that a city might turn to.

    Ranked by the Borda count of Adamic-Adar, paths of three steps and nearness; of a city without ties by how many
    peers are tied to each, and nearness.
    """
    ties = Ties.between(
        world.ties, ((one, other, 1) for one, others in world.ties.items() for other in others if one < other)
    )
    nodes = [str(node) for node in ties.nodes]
    index = {node: position for position, node in enumerate(nodes)}
    here = index[city.id]
    where = [world.location(node) for node in nodes]
    measures = (proximity.adamic_adar, proximity.resource_allocation, proximity.three_steps)
    aa, allocation, three = (measure(ties, [here])[0] for measure in measures)
    away = proximity.distance(*coordinates(where), [here])[0]
    closed = np.array([city.country is not None and there.country == city.country for there in where])
    closed[[here, *(index[partner] for partner in world.ties[city.id])]] = True
    parts = (aa, three, -away) if world.ties[city.id] else (*_of_peers(ties, here, where), -away)
    score = proximity.borda([np.where(closed, -np.inf, part)[None, :] for part in parts])[0]
    open_ = np.flatnonzero(~closed)
    order = open_[np.argsort(-score[open_].round(9), kind="stable")].tolist()  # equals in the order of their ids

    def candidate(at: int) -> NextCity:
        node = nodes[at]
        return NextCity(
            id=node,
            name=world.name(node),
            location=where[at],
            score=float(score[at]),
            common=tuple(sorted(set(world.ties[node]) & set(world.ties[city.id]))),
            adamic_adar=float(aa[at]),
            resource_allocation=float(allocation[at]),
            three_steps=float(three[at]),
            kilometres=None if np.isnan(away[at]) else float(away[at]),
            peers=world.peers(city.id, world.ties[node]),
            networks=_shared(world.members, city.id, node),
            ties=world.told.get(node, ()),
        )

    return Ranking(
        cities=tuple(candidate(at) for at in order[:top]),
        told=tuple(candidate(at) for at in order if nodes[at] in world.told),
        locations=tuple(where[at] for at in order),
    )


def _of_peers(ties: Ties, here: int, where: list[Location]) -> tuple[Array, Array]:
    """How many cities of the same country, and of the same world region and size, are tied to each node."""
    countries = _numbered([city.country for city in where])
    kinds = _numbered([(city.region, city.size) if city.region and city.size is not None else None for city in where])
    return proximity.group_partners(ties, [here], countries)[0], proximity.group_partners(ties, [here], kinds)[0]


def _numbered(values: list[Any]) -> Array:
    """A number for each value, -1 for None."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(v for v in values if v is not None))}
    return np.array([numbers.get(value, -1) for value in values])


def _shared(members: Partners, one: str, other: str) -> tuple[str, ...]:
    if one not in members or other not in members:
        return ()
    return tuple(sorted(set(members[one]) & set(members[other])))


def _told(store: Store, city: str, lang: str) -> dict[str, tuple[Row, ...]]:
    """The agreements of a city that do not stand, by partner."""
    by_partner: dict[str, tuple[Row, ...]] = {}
    for row in ask(store, "agreements", lang, city=city):
        if row["stands"] == "yes":
            continue
        record = store.get(row["agreement"])
        assert isinstance(record, Agreement)
        for party in record.parties:
            if party != city:
                by_partner[party] = (*by_partner.get(party, ()), row)
    return by_partner
