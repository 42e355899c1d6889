"""Who says what a recommendation rests on: its needs, the memberships of peers, the ties with common partners."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.model.sources import reliability

from ..city.profile import CityProfile
from ..standing.tie_strength import STRONG, of_counts
from ..wording.evidence import Figure, Named, counted
from ..wording.phrases import Phrase
from ..wording.rows import ask
from ..wording.sections import Section, section
from ..wording.speech import Speech
from ..wording.tables import TableColumn
from .next_cities import Candidate, NextCity, World
from .next_networks import NextNetwork

BASES = {
    "needs": ("needs", "نیازها"),
    "coding": ("what it addresses", "آنچه به آن پاسخ می‌دهد"),
    "members": ("peers and partners in it", "همتایان و طرف‌های عضو"),
    "partners": ("common partners", "طرف‌های مشترک"),
    "peers": ("peers tied to it", "همتایان پیوندخورده"),
    "told": ("earlier and coming ties", "پیوندهای پیشین و در راه"),
}


class Claims(NamedTuple):
    """How many claims of a source are behind what a recommendation rests on."""

    item: str
    item_name: str
    basis: str
    source: str
    source_name: str
    reliability: int
    claims: int


class Tellers:
    """Looks up who tells records, each once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tellers: dict[str, tuple[str, ...]] = {}
        self._sources: dict[str, Source] = {}

    def of(self, city: CityProfile, networks: Sequence[NextNetwork], cities: Sequence[NextCity]) -> list[Claims]:
        """A row for each recommendation, what it rests on, and who says so."""
        claims: list[Claims] = []
        paths = self._paths(networks)
        for network in networks:
            needs = [need["need"] for need in network.remedy.needs] if network.remedy else []
            behind = {
                "needs": needs,
                "coding": sorted(paths.get(network.id, ())),
                "members": [
                    tie
                    for member in (*network.peers, *network.partners)
                    for tie in self._memberships(member, network.id)
                ],
                "told": [row["membership"] for row in network.ties],
            }
            claims += self._claims(network.id, network.name, behind)
        for each in cities:
            ties = self._world.ties
            behind = {
                "partners": [
                    tie for partner in each.common for end in (city.id, each.id) for tie in ties[end][partner]["ties"]
                ],
                "peers": [tie for peer in each.peers for tie in ties[each.id][peer]["ties"]],
                "told": [row["agreement"] for row in each.ties],
            }
            claims += self._claims(each.id, each.name, behind)
        return claims

    def strong(self, ends: Iterable[str], of: str) -> list[str]:
        """Those ends of standing ties with a city or a body of which a source as reliable as the press tells."""
        found = []
        for end in ends:
            told = self._world.ties[end][of]["ties"] if of.startswith("city/") else self._memberships(end, of)
            sources = {source for tie in told for source in self._told_by(tie)}
            if any(reliability(self._source(source)) in STRONG for source in sources):
                found.append(end)
        return found

    def _told_by(self, record: str) -> tuple[str, ...]:
        if record not in self._tellers:
            self._tellers[record] = tuple(self._world.store.claims(record))
        return self._tellers[record]

    def _paths(self, networks: Sequence[NextNetwork]) -> dict[str, set[str]]:
        """Organisation -> links by which it addresses needs."""
        links: dict[str, set[str]] = {}
        shown = {network.id for network in networks}
        for need in sorted({n["need"] for network in networks if network.remedy for n in network.remedy.needs}):
            for row in ask(self._world.store, "paths-from-need", self._world.lang, need=need):
                body, service, target = row["organization"], row["service"], row["target"]
                if body in shown:
                    steps = [(need, "about", target), (service or body, "addresses", target)]
                    steps += [(body, "offers", service)] if service else []
                    links.setdefault(body, set()).update(
                        ids.derive("Link", {"subject": subject, "relation": relation, "object": object_}) or ""
                        for subject, relation, object_ in steps
                    )
        return links

    def _memberships(self, member: str, organization: str) -> list[str]:
        """The memberships of a city in an organisation."""
        roles = self._world.members[member][organization]["roles"]
        return [ids.membership(member, organization, role) for role in roles]

    def _claims(self, item: str, name: str, behind: dict[str, list[str]]) -> Iterable[Claims]:
        for basis, records in behind.items():
            number: dict[str, int] = {}
            for record in dict.fromkeys(records):
                for source in self._told_by(record):
                    number[source] = number.get(source, 0) + 1
            for source, count in sorted(number.items(), key=lambda item: (-item[1], item[0])):
                record_ = self._source(source)
                yield Claims(item, name, basis, source, record_.label(self._world.lang), reliability(record_), count)

    def _source(self, source: str) -> Source:
        if source not in self._sources:
            record = self._world.store.get(source)
            assert isinstance(record, Source)
            self._sources[source] = record
        return self._sources[source]


def section_of(say: Speech, claims: Iterable[Claims]) -> Section:
    """The evidence as a table."""
    columns: tuple[TableColumn[Claims], ...] = (
        TableColumn("item", "Id", "شناسه", lambda each: each.item),
        TableColumn("item_name", "Recommended", "پیشنهاد", lambda each: each.item_name),
        TableColumn("basis", "What is told", "چه گفته شده", lambda each: say(*BASES[each.basis])),
        TableColumn("source", "Id of the source", "شناسهٔ منبع", lambda each: each.source),
        TableColumn("source_name", "By whom", "به گفتهٔ", lambda each: each.source_name),
        TableColumn("reliability", "Reliability, 1 to 5", "اعتبار، ۱ تا ۵", lambda each: each.reliability),
        TableColumn("claims", "Claims", "گزاره‌ها", lambda each: each.claims),
    )
    return section(say, "evidence", ("Who says so", "به گفتهٔ چه کسانی"), columns, claims)


def number(measure: str, city: CityProfile, of: Collection[str | Named | Candidate], other: str = "") -> Figure:
    """How many of what was reckoned for a city: a measure of docs/recommend.md. of: what is counted, or its ids."""
    ids = [each if isinstance(each, str) else each.id for each in of]
    return counted(measure, (city.id, other) if other else (city.id,), ids)


def told_well(say: Speech, measure: str, city: CityProfile, ends: Sequence[str], of: str, known: Tellers) -> Phrase:
    """How many of some ties of cities officials, press or studies tell."""
    all_, strong = number(measure, city, ends, of), number(f"{measure}-strong", city, known.strong(ends, of), of)
    return of_counts(say, strong, all_ - strong)
