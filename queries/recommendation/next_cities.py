"""Cities that a city might turn to: those that its ties lead to, each with what speaks for it and against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from citydiplomacy.graph.model.holding import UNDER_WAY
from citydiplomacy.graph.model.records import Agreement
from citydiplomacy.graph.store.reader import Store

from ..city.profile import CityProfile
from ..measures import proximity
from ..measures.centrality import Ties
from ..measures.choice import Cities, Countries, Surroundings, by_lot, logarithms, parts
from ..standing.locations import NOWHERE, Location, alike, cities, coordinates, locations
from ..standing.partners import Partners, of_agreements, of_memberships
from ..wording.evidence import Figure, Label, MeasureValue, Named
from ..wording.rows import Row, ask
from .learned import learned


@dataclass(frozen=True)
class Candidate:
    """Whom a city might turn to."""

    id: str
    name: str
    score: float
    """What the order follows, more being better."""
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
        """Ties that ended, sleep, or of which nobody knows whether they stand."""
        return tuple(row for row in self.ties if row["status"] not in UNDER_WAY)

    @property
    def over(self) -> tuple[Row, ...]:
        """Of these, those that are known not to stand."""
        return tuple(row for row in self.past if row["stands"] == "no")

    @property
    def unsure(self) -> tuple[Row, ...]:
        """Of these, those of which it is not known whether they stand."""
        return tuple(row for row in self.past if row["stands"] == "unknown")


@dataclass(frozen=True)
class NextCity(Candidate):
    """A city to turn to; None is unknown. Its score: how many times as likely as one drawn by lot (`choice.by_lot`)."""

    location: Location
    factors: Mapping[str, float]
    """By which each part of the model makes it likelier than the mean candidate; 1 where the part is unknown."""
    common: tuple[str, ...]
    """Partners of both, by id."""
    resource_allocation: float
    three_steps: float
    kilometres: float | None
    between: tuple[int, float] | None
    """Ties of the two countries, and how many of them would be expected by lot."""
    around: tuple[int, float] | None
    """The same of the other cities around the two (`choice.Surroundings`)."""
    partners_there: int
    """Partners of the city in its country."""
    partners_here: int
    """Partners of its own in the city's country."""
    ties_abroad: float | None
    """Of its country, for each city there that has any tie."""
    peers: tuple[str, ...]
    """Cities of the same country, or of the same world region and size, that are tied to it, by id."""
    networks: tuple[str, ...]
    """Organisations that both are in."""


@dataclass(frozen=True)
class World:
    """All cities that are known: their ties, memberships and locations."""

    store: Store
    ties: Partners
    """Standing agreements of all cities; one without any has no partner."""
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
        ties: Partners = {node: {} for node in (city, *told, *members, *cities(store)) if node.startswith("city/")}
        ties |= of_agreements(store)
        return cls(store, ties, members, locations(store), told, lang)

    def name(self, record_id: str) -> str:
        """The name of a record in the language, else in any; its id without one."""
        return self.store.name(record_id, self.lang)

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
        return Figure(len(self.locations), MeasureValue("cities-in-reach", (city,)))

    def but(self, without: Collection[str], top: int) -> Ranking:
        """The same, of which some, by id, are not to be shown, and of the others only the first ones."""
        cities, told = (tuple(each for each in some if each.id not in without) for some in (self.cities, self.told))
        return Ranking(cities[:top], told, self.locations)


def next_cities(city: CityProfile, world: World, top: int) -> Ranking:
    """The cities abroad that a city might turn to, the likeliest first by the conditional logit of `partners.toml`."""
    ties = Ties.between(
        world.ties, ((one, other, 1) for one, others in world.ties.items() for other in others if one < other)
    )
    nodes = [str(node) for node in ties.nodes]
    index = {node: position for position, node in enumerate(nodes)}
    here = index[city.id]
    where = [world.location(node) for node in nodes]
    known = known_of(where)
    countries, own = Countries.of(ties, known.country), known.country[here]
    around = Surroundings.of(known).ties(ties, [here])
    values = parts(ties, known, countries, around, [here])
    closed = np.array([city.country is not None and there.country == city.country for there in where])
    closed[[here, *(index[partner] for partner in world.ties[city.id])]] = True
    logs = logarithms(values, learned("partners").weights, closed[None, :])
    score = by_lot(logs, closed[None, :])[0]
    allocation, three = (m(ties, [here])[0] for m in (proximity.resource_allocation, proximity.three_steps))
    away = proximity.distance(known.latitude, known.longitude, [here])[0]
    partners_there = Counter(world.location(partner).country for partner in world.ties[city.id])
    open_ = np.flatnonzero(~closed)
    total = np.sum([part[0] for part in logs.values()], axis=0)
    order = open_[np.argsort(-total[open_].round(9), kind="stable")].tolist()  # equals in the order of their ids

    def candidate(at: int) -> NextCity:
        node, land = nodes[at], known.country[at]
        return NextCity(
            id=node,
            name=world.name(node),
            location=where[at],
            score=float(score[at]),
            factors={name: float(np.exp(part[0, at])) for name, part in logs.items()},
            common=tuple(sorted(set(world.ties[node]) & set(world.ties[city.id]))),
            resource_allocation=float(allocation[at]),
            three_steps=float(three[at]),
            kilometres=None if np.isnan(away[at]) else float(away[at]),
            between=(int(countries.ties[own, land]), float(countries.expected[own, land]))
            if min(own, land) >= 0
            else None,
            around=None if np.isnan(around[0][0, at]) else (int(around[0][0, at]), float(around[1][0, at])),
            partners_there=partners_there[where[at].country] if where[at].country else 0,
            partners_here=sum(world.location(partner).country == city.country for partner in world.ties[node]),
            ties_abroad=float(countries.per_city[land]) if land >= 0 else None,
            peers=world.peers(city.id, world.ties[node]),
            networks=_shared(world.members, city.id, node),
            ties=world.told.get(node, ()),
        )

    return Ranking(
        cities=tuple(candidate(at) for at in order[:top]),
        told=tuple(candidate(at) for at in order if nodes[at] in world.told),
        locations=tuple(where[at] for at in order),
    )


def known_of(where: Sequence[Location]) -> Cities:
    """What is known of cities, as arrays."""
    numbers = {land: number for number, land in enumerate(dict.fromkeys(at.country for at in where if at.country))}
    return Cities(
        np.array([numbers.get(at.country or "", -1) for at in where]),
        *coordinates(where),
        np.array([at.population or np.nan for at in where], dtype=np.float64),
    )


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
