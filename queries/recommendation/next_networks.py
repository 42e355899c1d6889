"""Networks and bodies that a city might turn to, each with what speaks for it and against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select

from ..measures import joining, proximity
from ..measures.centrality import Array
from ..measures.choice import logarithms
from ..measures.projections import TwoMode
from ..reports.gap_sections import Remedy
from ..reports.gaps import Gaps
from ..standing.locations import continent
from ..standing.peer_groups import FEW
from ..wording.rows import Row
from .learned import learned
from .next_cities import Candidate, World, known_of


@dataclass(frozen=True)
class NextNetwork(Candidate):
    """An organisation to turn to; None is unknown. Its score: Borda's count, 0 to 1."""

    remedy: Remedy | None
    """The unmet needs that it would address, if any."""
    peers: tuple[str, ...]
    """Members of the same country, or of the same world region and size, by id."""
    members: tuple[str, ...]
    """Cities that are told as members, by id."""
    continents: frozenset[str | None]
    """Where its members lie; None among them for one of whom that is not known."""
    partners: tuple[str, ...]
    """Members that the city has a standing agreement with, by id."""
    share: float | None
    """Of the city's partners, how many are members: 0 to 1; None without partners."""
    roster: str | None
    """The date (EDTF) of the latest whole list of members; "" if undated, None if there is no such list."""
    barriers: tuple[Remedy, ...]
    """Barriers that hinder the needs that it would address."""
    joining: Row | None
    """Its row of `may-join`."""
    factors: Mapping[str, float]
    """By which each part of the model makes it likelier than the mean candidate; 1 where the part is unknown."""
    of_country: tuple[int, float] | None
    """Cities of the city's country in it, and how many of them would be expected by lot."""
    nearest: tuple[str, float] | None
    """The nearest member, and how far it is, in km."""
    company: tuple[str, ...]
    """The networks of the city, by id, that of which most members are in it first."""

    @property
    def may_join(self) -> bool | None:
        """Whether the city may join it, by the rules that are told."""
        return {"yes": True, "no": False}.get(self.joining["may_join"]) if self.joining else None

    @property
    def has_company(self) -> bool:
        """Whether peers or partners of the city are in it."""
        return bool(self.peers or self.partners)

    @property
    def group(self) -> int:
        """What comes before the score: 1 may be joined and has company, 2 may be joined, 3 and 4 if that is unknown."""
        return 1 + 2 * (not self.may_join) + (not self.has_company)

    @property
    def member(self) -> bool | None:
        """False if it is checked that the city is not in it."""
        if any(row["stands"] == "unknown" for row in self.ties):
            return None
        return False if self.ties or self.roster is not None else None

    def is_elsewhere(self, here: str | None) -> bool:
        """Whether it is a network of one other continent: all members that are told lie there, and they are not few.

        Not if a place of the city in it was ever told, nor if its area is. here: the city's continent.
        """
        if self.joining and self.joining["area_name"]:
            return False
        one_other = len(self.continents) == 1 and here is not None and not self.continents & {here, None}
        return one_other and len(self.members) >= FEW and not self.ties


def next_networks(gaps: Gaps, world: World) -> tuple[NextNetwork, ...]:
    """Organisations that a city has no standing place in and that address a need of it or have peers or partners in.

    Best first: by group, then by the Borda count of votes for needs, how likely such cities are in it by the
    conditional logit of `networks.toml`, and partners.
    """
    city = gaps.city.id
    partners = set(world.ties[city])
    mine = set(world.members[city]) if city in world.members else set()
    remedies = {each.id: each for each in (*gaps.organizations, *gaps.shut)}
    inside = {
        node: set(world.members[node]) for node in world.members if not node.startswith("city/") and node not in mine
    }
    peers = {node: world.peers(city, members) for node, members in inside.items()}
    candidates = sorted(
        node
        for node in (inside.keys() | remedies.keys()) - mine
        if node in remedies or peers[node] or partners & inside[node]
    )
    if not candidates:
        return ()
    chances = _chances(world, city, candidates)
    votes = [float(remedies[node].votes) if node in remedies else 0.0 for node in candidates]
    tied = [len(partners & inside.get(node, set())) for node in candidates]
    score = proximity.borda(np.array([votes, chances.score, tied], dtype=np.float64)[:, None, :])[0]
    rosters = _whole_rosters(world.store, world.location(city).country)
    not_standing: dict[str, tuple[Row, ...]] = {}
    for row in gaps.city.memberships:
        if row["stands"] != "yes":
            not_standing[row["organization"]] = (*not_standing.get(row["organization"], ()), row)
    rules = {row["organization"]: row for row in gaps.joining}
    networks = []
    for at, node in enumerate(candidates):
        remedy = remedies.get(node)
        common = tuple(sorted(partners & inside.get(node, set())))
        concerned = {need["need"] for need in remedy.needs} if remedy else set()
        networks.append(
            NextNetwork(
                id=node,
                name=remedy.name if remedy else world.name(node),
                score=float(score[at]),
                remedy=remedy,
                peers=peers.get(node, ()),
                members=tuple(sorted(inside.get(node, ()))),
                continents=frozenset(continent(world.location(member)) for member in inside.get(node, ())),
                partners=common,
                share=len(common) / len(partners) if partners else None,
                roster=rosters.get(node),
                ties=not_standing.get(node, ()),
                barriers=tuple(each for each in gaps.barriers if concerned & {need["need"] for need in each.needs}),
                joining=rules.get(node),
                factors={name: float(np.exp(part[0, at])) for name, part in chances.logarithms.items()},
                of_country=chances.of_country[at],
                nearest=chances.nearest[at],
                company=chances.company[at],
            )
        )
    return tuple(sorted(networks, key=lambda each: (each.group, -round(each.score, 9))))


class _Chances(NamedTuple):
    """How likely a city is to be in each candidate, and why."""

    score: Array
    logarithms: dict[str, Array]
    of_country: list[tuple[int, float] | None]
    nearest: list[tuple[str, float] | None]
    company: list[tuple[str, ...]]


def _chances(world: World, city: str, candidates: Sequence[str]) -> _Chances:
    """By all memberships that are known."""
    cities = sorted({city, *(node for node in world.members if node.startswith("city/"))})
    bodies = sorted({*candidates, *(node for node in world.members if not node.startswith("city/"))})
    row, column = ({node: at for at, node in enumerate(nodes)} for nodes in (cities, bodies))
    cells = [(row[one], column[body]) for one in cities for body in world.members.get(one, ())]
    ends = np.array(cells, dtype=np.int64).reshape(-1, 2)
    belongs = csr_array((np.ones(len(cells)), (ends[:, 0], ends[:, 1])), shape=(len(cities), len(bodies)))
    places, known, here = (
        TwoMode(tuple(cities), tuple(bodies), belongs),
        known_of([world.location(o) for o in cities]),
        row[city],
    )
    at = np.array([column[each] for each in candidates])
    values = {name: part[:, at] for name, part in joining.parts(places, known, [here]).items()}
    closed = np.zeros((1, at.size), dtype=bool)
    logs = logarithms(values, learned("networks").weights, closed)
    (inside, expected), land = joining.of_country(places, known.country), known.country[here]
    who, away = joining.nearest(places, known, [here])
    shared, mine = joining.company(places), [column[body] for body in world.members.get(city, ())]
    return _Chances(
        np.sum(list(logs.values()), axis=0)[0].round(9),
        logs,
        [(int(inside[land, body]), float(expected[land, body])) if land >= 0 else None for body in at],
        [(cities[who[0, body]], float(away[0, body])) if np.isfinite(away[0, body]) else None for body in at],
        [tuple(bodies[own] for own in sorted(mine, key=lambda own: -shared[own, body])) for body in at],
    )


def _whole_rosters(store: Store, country: str | None) -> dict[str, str]:
    """Organisation -> date of the latest list that is declared whole, or whole for a city's country (its id)."""
    latest: dict[str, str] = {}
    for organization, date, only in once(store, _lists):
        if only in (None, country):
            latest[str(organization)] = max(date or "", latest.get(str(organization), ""))
    return latest


def _lists(store: Store) -> list[tuple[str | None, ...]]:
    """Organisation, date and country, each if it is told, of every list that is declared whole."""
    return select(
        store,
        """SELECT ?organization ?date ?only WHERE {
             ?roster a cd:Roster ; org:organization ?organization ;
               cd:coverage <https://w3id.org/citydiplomacy/coverage/whole> .
             OPTIONAL { ?roster dcterms:spatial ?only }
             OPTIONAL { ?roster cd:attested ?date } }""",
    )
