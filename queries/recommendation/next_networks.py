"""Networks and bodies that a city might turn to, each with what speaks for it and against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select

from ..measures import proximity
from ..reports.gaps import Gaps
from ..reports.remedies import Remedy
from ..standing.locations import continent
from ..standing.scopes import FEW
from ..wording.rows import Row
from .next_cities import Candidate, World


@dataclass(frozen=True)
class NextNetwork(Candidate):
    """An organisation to turn to; None is unknown."""

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

    Best first: by group, then by the Borda count of votes for needs, peers and partners.
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
    counted = np.array(
        [
            [
                float(remedies[node].votes) if node in remedies else 0.0,
                len(peers.get(node, ())),
                len(partners & inside.get(node, set())),
            ]
            for node in candidates
        ]
    )
    score = proximity.borda(counted.T[:, None, :])[0]
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
            )
        )
    return tuple(sorted(networks, key=lambda each: (each.group, -round(each.score, 9))))


def _whole_rosters(store: Store, country: str | None) -> dict[str, str]:
    """Organisation -> date of the latest list that is declared whole, or whole for a city's country (its id)."""
    rows = select(
        store,
        """SELECT ?organization ?date ?only WHERE {
             ?roster a cd:Roster ; org:organization ?organization ;
               cd:coverage <https://w3id.org/citydiplomacy/coverage/whole> .
             OPTIONAL { ?roster dcterms:spatial ?only }
             OPTIONAL { ?roster cd:attested ?date } }""",
    )
    latest: dict[str, str] = {}
    for organization, date, only in rows:
        if only in (None, country):
            latest[str(organization)] = max(date or "", latest.get(str(organization), ""))
    return latest
