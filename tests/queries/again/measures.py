"""What no question can ask for, measured again from the triples of the merged view: by NetworkX, and by hand."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from itertools import combinations
from typing import Any

import networkx as nx
import rdflib

from citydiplomacy.ontology.terms import BASE, PREFIXES

from .joining import may_join

SIZES = (300_000, 500_000, 1_000_000, 5_000_000, 10_000_000)
FRIENDLY = {"agreement-kind/sister-city", "agreement-kind/friendship", "agreement-kind/memorandum"}
UNDER_WAY = {"status/proposed", "status/planned", "status/negotiated"}
RULES: Mapping[str, int | float | str] = {
    "probability of bounds": 0.9,
    "weight of none": 0,
    "weight of observer": 1,
    "weight of full": 2,
    "weight of privileged": 3,
    "weight of founder": 1,
    "weight of host": 2,
    "world regions": 22,
    "partners lists": 876,
    "partners held": 192,
    "partners held-without-ties": 120,
    "networks lists": 3216,
    "networks held": 2238,
    "networks networks": 58,
    "partners then": "2016-09",
    "partners later": "2022-01",
}
"""Numbers that are ours, as the documents tell them."""


def short(term: Any) -> str:
    """An IRI of ours as its id; a literal as its text."""
    return str(term).removeprefix(BASE)


class Measures:
    """The merged view of a dataset."""

    def __init__(self, dataset: rdflib.Dataset) -> None:
        self.told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        """Predicate (prefixed), subject, objects."""
        names = {iri: name for name, iri in PREFIXES.items()}
        self.labels: dict[str, dict[str, str]] = defaultdict(dict)
        for subject, predicate, object_ in dataset.default_graph:
            iri = str(predicate)
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            name = f"{names.get(iri[:cut], iri[:cut])}:{iri[cut:]}"
            self.told[name][short(subject)].append(short(object_))
            if name == "skos:prefLabel" and isinstance(object_, rdflib.Literal):
                self.labels[short(subject)][object_.language or ""] = str(object_)

    def one(self, predicate: str, subject: str) -> str | None:
        """The only value of a property."""
        values = self.told[predicate].get(subject, [])
        return values[0] if values else None

    def label(self, record: str, lang: str) -> str:
        """In the language, else English, else the first by language."""
        labels = self.labels[record]
        return labels.get(lang) or labels.get("en") or (labels[min(labels)] if labels else record)

    def stands(self, tie: str) -> bool:
        """Whether the merged view says so."""
        return self.one("cd:standing", tie) == "true"

    # --- networks -----------------------------------------------------------------------------------------------------

    @cached_property
    def agreements(self) -> nx.Graph[str]:
        """Cities tied by standing agreements."""
        graph: nx.Graph[str] = nx.Graph()
        for tie, parties in self.told["cd:party"].items():
            cities = sorted(party for party in parties if party.startswith("city/"))
            if self.stands(tie) and self.one("cd:kind", tie) in FRIENDLY:
                for one, other in combinations(cities, 2):
                    ties = graph.edges[one, other]["ties"] if graph.has_edge(one, other) else set()
                    graph.add_edge(one, other, ties=ties | {tie})
        return graph

    @cached_property
    def places(self) -> dict[str, tuple[str, str, str]]:
        """Membership -> member, organisation, role; of those that stand."""
        return {
            tie: (member, str(self.one("org:organization", tie)), str(self.one("org:role", tie)))
            for tie, (member,) in self.told["org:member"].items()
            if self.stands(tie)
        }

    @cached_property
    def members(self) -> nx.Graph[str]:
        """Cities and organisations."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_edges_from((city, body) for city, body, _ in self.places.values() if city.startswith("city/"))
        return graph

    # --- places -------------------------------------------------------------------------------------------------------

    def country(self, city: str) -> str | None:
        """Of a city."""
        return next(
            (at for at in self.told["schema:containedInPlace"].get(city, []) if at.startswith("country/")), None
        )

    def region(self, city: str) -> str | None:
        """UN M49 region of its country."""
        return self.one("schema:containedInPlace", self.country(city) or "")

    @cache  # noqa: B019 -- as long as the test
    def size(self, city: str) -> str | None:
        """The size class by the latest population."""
        best = None
        for figure, (area,) in self.told["cd:area"].items():
            if area != city or self.one("cd:measure", figure) != "measure/population" or self.one("cd:topic", figure):
                continue
            support, value = int(self.one("cd:support", figure) or 1), float(self.one("cd:value", figure) or 0)
            key = (self.one("cd:period_latest", figure) or "", support, -value, self.one("cd:period", figure) or "")
            best = max(best or key, key)
        return None if best is None else str(sum(-best[2] >= bound for bound in SIZES))

    def group(self, city: str, scope: str) -> str | None:
        """Of a scope."""
        return None if scope == "all" else getattr(self, scope)(city)

    def alike(self, one: str, other: str) -> bool:
        """Of one country, or of one region and size."""
        if (land := self.country(one)) and land == self.country(other):
            return True
        known = self.region(one) is not None and self.size(one) is not None
        return known and (self.region(one), self.size(one)) == (self.region(other), self.size(other))

    def continent(self, city: str) -> str | None:
        """Of its region."""
        return self.one("skos:broader", self.region(city) or "")

    # --- what a mark says ---------------------------------------------------------------------------------------------

    @cache  # noqa: B019
    def values(self, network: str, measure: str) -> Mapping[str, float]:
        """A measure of all cities of a network."""
        assert network == "agreements"
        graph = self.agreements
        match measure:
            case "degree":
                return dict(graph.degree())
            case "betweenness":
                return nx.betweenness_centrality(graph)
            case "pagerank":
                return nx.pagerank(graph, tol=1e-13, max_iter=1000)
        raise AssertionError(measure)

    def taken(self, evidence: Mapping[str, Any]) -> float:
        """The value of a measure, or a rank."""
        measure, of, network = evidence["measure"], evidence.get("of", []), evidence.get("network", "")
        if measure in ("degree", "betweenness", "pagerank"):
            return self._placed(evidence, of[0])
        if measure in ("ties", "dated", "sourced", "agreed", "strong"):
            return len(list(self._ties(network, measure)))
        return getattr(self, measure.replace("-", "_"))(*of)

    def _placed(self, evidence: Mapping[str, Any], city: str) -> float:
        values = self.values(evidence["network"], evidence["measure"])
        if (take := evidence["take"]) == "value":
            return values[city]
        scope = evidence["scope"]
        group = self.group(city, scope)
        assert group == evidence.get("group")
        inside = [
            value
            for node, value in values.items()
            if (scope == "all" or self.group(node, scope) == group) and self.is_collected(node)
        ]
        assert self.is_collected(city)
        equal = 1e-9 * max(1e-4, abs(values[city]))
        return len(inside) if take == "size" else 1 + sum(value > values[city] + equal for value in inside)

    @cached_property
    def _collectors(self) -> list[tuple[str, set[str] | None]]:
        """Who set out to collect sister cities, and of which cities or countries; None of all."""
        kinds = {"tie-kind/sister-city", self.one("skos:broader", "tie-kind/sister-city")}
        everywhere = [(name, None) for name, told in self.told["cd:collectsEverywhere"].items() if kinds & {*told}]
        some = [(n, {*self.told["cd:covers"][n]}) for n, told in self.told["cd:collects"].items() if kinds & {*told}]
        return [*everywhere, *some]

    def is_collected(self, city: str) -> bool:
        """Whether somebody set out to collect its sister cities."""
        return any(of is None or {city, self.country(city)} & of for _, of in self._collectors)

    def _ties(self, network: str, part: str) -> Iterator[str]:
        if network == "agreements":
            ties = {tie for _, _, told in self.agreements.edges(data=True) for tie in told["ties"]}
        else:
            ties = {tie for tie, (member, _, _) in self.places.items() if member.startswith("city/")}
        for tie in ties:
            sources = self.told["prov:hadPrimarySource"][tie]
            reliable = list(map(self._reliability, sources))
            if {
                "ties": True,
                "dated": bool(self.one("schema:startDate", tie)),
                "sourced": bool(sources),
                "agreed": len(set(map(self._voice, sources))) > 1,
                "strong": max(reliable, default=1) >= 4,
            }[part]:
                yield tie

    def _voice(self, source: str) -> str:
        """Whose word a source repeats in the end."""
        origin = self.one("prov:wasDerivedFrom", source)
        return self._voice(origin) if origin else source

    def role_weight(self, city: str) -> int:
        """The highest grade in each organisation, and each bonus once."""
        held: dict[str, list[str]] = defaultdict(list)
        for member, body, role in self.places.values():
            if member == city:
                held[body].append(role)
        weight = 0
        for roles in held.values():
            weight += max(int(self.one("cd:grade", role) or 0) for role in roles)
            bonus = 0
            for role in roles:
                bonus |= int(self.one("cd:bonus", role) or 0)
            weight += bonus
        return weight

    def distance(self, one: str, other: str) -> int:
        """Great circle, by the law of haversines."""
        north, east = (
            [math.radians(float(self.one(f"wgs84:{axis}", city) or math.nan)) for city in (one, other)]
            for axis in ("lat", "long")
        )
        chord = math.sin((north[1] - north[0]) / 2) ** 2
        chord += math.cos(north[0]) * math.cos(north[1]) * math.sin((east[1] - east[0]) / 2) ** 2
        return round(2 * 6371.0088 * math.asin(math.sqrt(chord)))

    def peers(self, city: str, other: str) -> int:
        """Cities like it that are in an organisation, or tied to a city."""
        graph = self.members if other.startswith("organization/") else self.agreements
        near = set(graph[other]) if graph.has_node(other) else set()
        return sum(self.alike(city, node) for node in near - {city})

    def peers_strong(self, city: str, body: str) -> int:
        """Those of them that a source as reliable as the press tells as members."""
        return sum(self.alike(city, node) and self._is_strong(node, body) for node in set(self.members[body]) - {city})

    def partners_strong(self, city: str, body: str) -> int:
        """Those of its partners."""
        return sum(self._is_strong(node, body) for node in set(self.agreements[city]) & set(self.members[body]))

    def _is_strong(self, city: str, body: str) -> bool:
        ties = [tie for tie, (member, at, _) in self.places.items() if (member, at) == (city, body)]
        press = int(self.one("cd:reliability", "evidence-kind/press") or 0)
        return any(self._reliability(s) >= press for tie in ties for s in self.told["prov:hadPrimarySource"][tie])

    def _reliability(self, source: str) -> int:
        of_kind = self.one("cd:reliability", self.one("dcterms:type", source) or "")
        return int(self.one("cd:reliability", source) or of_kind or 1)

    def partners(self, city: str, body: str) -> int:
        """Its partners that are in an organisation."""
        mine = set(self.agreements[city]) if city in self.agreements else set()
        return len(mine & set(self.members[body]))

    def common_partners(self, one: str, other: str) -> int:
        """Partners of both."""
        return len(set(self.agreements[one]) & set(self.agreements[other]))

    @cached_property
    def _between(self) -> Counter[tuple[str, str]]:
        """Ties of cities of two countries, in both directions."""
        lands = ((self.country(one), self.country(other)) for one, other in self.agreements.edges)
        abroad = [(one, other) for one, other in lands if one and other and one != other]
        return Counter(abroad) + Counter((other, one) for one, other in abroad)

    def country_ties(self, one: str, other: str) -> int:
        """Of two countries."""
        return self._between[one, other]

    def country_ties_by_lot(self, one: str, other: str) -> float:
        """As many as the ends that both have abroad would give, of all ends."""
        ends = [sum(ties for (land, _), ties in self._between.items() if land == each) for each in (one, other)]
        return ends[0] * ends[1] / self._between.total()

    def not_standing(self, city: str) -> dict[str, list[tuple[str, str]]]:
        """With whom ties are told that do not stand: their statuses, and whether the view says so."""
        told: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for tie, parties in self.told["cd:party"].items():
            if city in parties and not self.stands(tie):
                for party in parties:
                    if party != city:
                        told[party].append((self.one("cd:status", tie) or "", self.one("cd:standing", tie) or ""))
        for tie, (member,) in self.told["org:member"].items():
            if member == city and not self.stands(tie):
                at = str(self.one("org:organization", tie))
                told[at].append((self.one("cd:status", tie) or "", self.one("cd:standing", tie) or ""))
        return told

    def cities_in_reach(self, city: str) -> int:
        """All cities of other countries that it is not tied to."""
        nodes = [node for node, types in self.told["rdf:type"].items() if "https://schema.org/City" in types]
        near = set(self.agreements[city]) if city in self.agreements else set()
        land = self.country(city)
        return sum(
            node.startswith("city/")
            and node != city
            and node not in near
            and (land is None or self.country(node) != land)
            for node in nodes
        )

    @cache  # noqa: B019
    def _reach(self, city: str) -> tuple[set[str], set[str], set[str]]:
        """Networks and bodies it might turn to, those of one other continent, and those that are shut to it."""
        mine = set(self.members[city]) if city in self.members else set()
        partners = set(self.agreements[city]) if city in self.agreements else set()
        would = {body for need in self._unmet(city) for body in self._bodies(need)}
        bodies = {node for node in self.members if not node.startswith("city/")} | would
        found, elsewhere = set(), set()
        here = self.continent(city)
        for body in bodies - mine:
            inside = set(self.members[body]) if body in self.members else set()
            if not (body in would or inside & partners or any(self.alike(city, node) for node in inside)):
                continue
            found.add(body)
            there = {self.continent(node) for node in inside}
            if self.one("cd:openTo", f"scope/{body.partition('/')[2]}"):
                continue
            if here and len(inside) >= 5 and len(there) == 1 and not there & {here, None}:
                elsewhere |= {body} - set(self.not_standing(city))
        shut = {body for body in found if may_join(self, city, body) == "no"}
        return found - elsewhere - shut, elsewhere, shut

    def networks_in_reach(self, city: str) -> int:
        """Of the city's continent or of several."""
        return len(self._reach(city)[0])

    def networks_elsewhere(self, city: str) -> int:
        """Of one other continent."""
        return len(self._reach(city)[1])

    def networks_shut(self, city: str) -> int:
        """Those that it cannot join."""
        return len(self._reach(city)[2])

    def networks_open(self, city: str) -> int:
        """Of those in reach, those that it may join."""
        return sum(may_join(self, city, body) == "yes" for body in self._reach(city)[0])

    def networks_unsure(self, city: str) -> int:
        """Of those in reach, those of which that is unknown."""
        return sum(may_join(self, city, body) == "unknown" for body in self._reach(city)[0])

    def networks_checked(self, city: str) -> int:
        """Those of which it is known that the city is not in them."""
        whole = {
            self.one("org:organization", roster)
            for roster, coverage in self.told["cd:coverage"].items()
            if coverage == ["coverage/whole"] and self.one("dcterms:spatial", roster) in (None, self.country(city))
        }
        unsure = {
            self.one("org:organization", tie)
            for tie, (member,) in self.told["org:member"].items()
            if member == city and not self.told["cd:standing"].get(tie)
        }
        known = whole | set(self.not_standing(city))
        return len(self._reach(city)[0] & known - unsure)

    def _unmet(self, city: str) -> set[str]:
        mine = {body for member, body, role in self.places.values() if member == city and self._is_member(role)}
        reached = {target for body in mine for target in self._addressed(body)}
        for tie, parties in self.told["cd:party"].items():
            if city in parties and self.stands(tie):
                reached |= set(self.told["cd:addresses"].get(tie, []))
        needs = {need for need, (of,) in self.told["cd:needOf"].items() if of == city}
        return {need for need in needs if not self._targets(need) & reached}

    def _is_member(self, role: str) -> bool:
        return int(self.one("cd:grade", role) or 0) >= 2

    def _addressed(self, body: str) -> set[str]:
        offered = self.told["cd:offers"].get(body, [])
        return {target for each in (body, *offered) for target in self.told["cd:addresses"].get(each, [])}

    def _bodies(self, need: str) -> set[str]:
        targets = self._targets(need)
        all_ = {*self.told["cd:offers"], *self.told["cd:addresses"]}
        return {body for body in all_ if body.startswith("organization/") and self._addressed(body) & targets}

    def _targets(self, need: str) -> set[str]:
        found, open_ = {need}, list(self.told["cd:about"].get(need, []))
        while open_:
            found.add(at := open_.pop())
            open_ += self.told["skos:broader"].get(at, [])
        return found

    def talks(self, city: str) -> int:
        """With how many it is in talks, of whom the headlines tell."""
        return self._told_of(city, lambda ties: any(status in UNDER_WAY for status, _ in ties))

    def earlier_ties(self, city: str) -> int:
        """With how many a tie is told that is over or sleeps."""
        return self._told_of(city, lambda ties: "false" in [says for status, says in ties if status not in UNDER_WAY])

    def unsure_ties(self, city: str) -> int:
        """With how many a tie is told of which nobody knows whether it stands."""
        return self._told_of(city, lambda ties: "" in [says for status, says in ties if status not in UNDER_WAY])

    def _told_of(self, city: str, wanted: Any) -> int:
        networks, land = self._reach(city)[0], self.country(city)
        near = set(self.agreements[city]) if city in self.agreements else set()
        return sum(
            wanted(ties)
            and (node in networks or (node.startswith("city/") and node not in near and self.country(node) != land))
            for node, ties in self.not_standing(city).items()
        )
