"""How well the ties of a network are known: with a date of beginning, with sources, with one that is not weak."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from citydiplomacy.graph import network
from citydiplomacy.graph.selecting import select
from citydiplomacy.graph.store import Store

from .profile import counts
from .report import Cell, Section, section
from .speech import Speech

WEAK = 1
"""The reliability of a weak source."""


@dataclass(frozen=True)
class TieEvidence:
    """Of how many ties something is known."""

    ties: int
    dated: int
    """With a known beginning."""
    sourced: int
    agreed: int
    """Told by two sources or more."""
    firm: int
    """Told by a source that is not weak: reliability 2 or more."""


def of_network(store: Store, name: str) -> TieEvidence:
    """The evidence on the standing ties of a network of `networks.NETWORKS`."""
    sources = _agreements(store) if name == "agreements" else _memberships(store)
    return TieEvidence(
        ties=len(sources),
        dated=sum(dated for dated, _ in sources),
        sourced=sum(bool(told) for _, told in sources),
        agreed=sum(len(told) > 1 for _, told in sources),
        firm=sum(any(reliability > WEAK for reliability in told.values()) for _, told in sources),
    )


def sentence(say: Speech, evidence: TieEvidence) -> str:
    """`Of 723 ties, 31 % have a date of beginning, all have a source, ...`; shares are cut."""
    ties, number = evidence.ties, say.number(evidence.ties)
    if not ties:
        return say("No tie of this network is known.", "پیوندی در این شبکه شناخته نیست.")

    def share(part: int) -> str:
        return say("all", "همه") if part == ties else say("none", "هیچ‌یک") if not part else say.percent(part, ties)

    dated, sourced = share(evidence.dated), share(evidence.sourced)
    agreed, firm = share(evidence.agreed), share(evidence.firm)
    return say(
        f"Of {number} ties, {dated} have a date of beginning, {sourced} have a source, {agreed} have two or more, "
        f"{firm} have one that is not weak.",
        f"از {number} پیوند، تاریخ آغاز: {dated}؛ دارای منبع: {sourced}؛ دارای دو منبع یا بیشتر: {agreed}؛ "
        f"دارای منبعی که سست نیست: {firm}.",
    )


def section_of(say: Speech, store: Store) -> Section:
    """The evidence on both networks that standing is measured in, in percent, cut."""
    names = {"agreements": say("agreements", "توافق‌ها"), "memberships": say("memberships", "عضویت‌ها")}
    found = [(name, of_network(store, name)) for name in names]
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            names[name],
            one.ties,
            *(100 * part // one.ties for part in (one.dated, one.sourced, one.agreed, one.firm)),
        )
        for name, one in found
        if one.ties
    ]
    columns = (
        ("network", "Key", "کلید"),
        ("network_name", "Network", "شبکه"),
        ("ties", "Ties", "پیوندها"),
        ("dated_percent", "With a date of beginning, %", "با تاریخ آغاز، درصد"),
        ("sourced_percent", "With a source, %", "با منبع، درصد"),
        ("agreed_percent", "With two or more, %", "با دو منبع یا بیشتر، درصد"),
        ("firm_percent", "With one that is not weak, %", "با منبعی که سست نیست، درصد"),
    )
    return section(
        say.lang, "ties-known", "How well these networks are known", "این شبکه‌ها تا چه اندازه شناخته‌اند", columns, rows
    )


def _agreements(store: Store) -> list[tuple[bool, dict[str, int]]]:
    graph = network.city_ties(store)
    wanted = {tie for _, _, data in graph.edges(data=True) for tie in data["ties"]}
    return [known for tie, known in _told(store, "cd:Agreement", "cd:party").items() if tie in wanted]


def _memberships(store: Store) -> list[tuple[bool, dict[str, int]]]:
    return list(_told(store, "org:Membership", "org:member").values())


def _told(store: Store, type_: str, end: str) -> dict[str, tuple[bool, dict[str, int]]]:
    """Standing ties of cities: whether the beginning is known, and the reliability of each source."""
    reliability = {
        str(source): int(own or of_kind or WEAK)
        for source, own, of_kind in select(
            store,
            """SELECT ?source ?own ?of_kind WHERE { ?source a cd:Source . OPTIONAL { ?source cd:reliability ?own }
                 OPTIONAL { ?source dcterms:type/cd:reliability ?of_kind } }""",
        )
    }
    rows: Iterable[tuple[str | None, ...]] = select(
        store,
        f"""SELECT DISTINCT ?tie ?start ?status ?until ?source WHERE {{
              ?tie a {type_} ; {end} ?city ; prov:hadPrimarySource ?source . ?city a schema:City .
              OPTIONAL {{ ?tie schema:startDate ?start }} OPTIONAL {{ ?tie cd:status ?status }}
              OPTIONAL {{ ?tie schema:endDate ?until }} }} ORDER BY ?tie ?source""",
    )
    found: dict[str, tuple[bool, dict[str, int]]] = {}
    for tie, start, status, until, source in rows:
        if counts(status, until):
            known = found.setdefault(str(tie), (start is not None, {}))
            known[1][str(source)] = reliability.get(str(source), WEAK)
    return found
