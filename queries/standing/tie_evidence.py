"""How well the ties of a network are known: with a date of beginning, with sources, with the word of officials."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from citydiplomacy.graph import network
from citydiplomacy.graph.store.once import kept, once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select

from ..wording.evidence import Figure, MeasureValue
from ..wording.phrases import Phrase
from ..wording.sections import Section, section
from ..wording.speech import Speech, rounded
from ..wording.tables import Cell, TableColumn
from .networks import city_ties
from .tie_strength import PRESS

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
    """Told by two voices or more."""
    strong: int
    """Told by officials, the press, studies or the like (`tie_strength.PRESS`)."""
    network: str
    """`agreements` or `memberships`."""

    def figure(self, part: str) -> Figure:
        """How many these are: `ties`, `dated`, `sourced`, `agreed` or `strong`."""
        return Figure(getattr(self, part), MeasureValue(part, (), self.network))


def of_network(store: Store, name: str) -> TieEvidence:
    """The evidence on the standing ties of a network of `networks.NETWORKS`; kept with the store."""
    told = "agreements" if name == "agreements" else "memberships"
    return TieEvidence(**kept(store, f"{told}-told", partial(_counted, name=told)), network=told)


def _counted(store: Store, name: str) -> dict[str, int]:
    ties, type_ = (
        (_agreements(store), "cd:Agreement") if name == "agreements" else (_memberships(store), "org:Membership")
    )
    dated = select(store, f"SELECT ?tie WHERE {{ ?tie a {type_} ; schema:startDate ?start }}")
    tellers = select(store, f"SELECT ?tie ?source WHERE {{ ?tie a {type_} ; prov:hadPrimarySource ?source }}")
    agreed = select(store, f"SELECT ?tie WHERE {{ ?tie a {type_} ; cd:support ?voices FILTER(?voices > 1) }}")
    reliability = once(store, _reliability)
    strong = {tie for tie, source in tellers if reliability.get(source, WEAK) >= PRESS}
    return {
        "ties": len(ties),
        "dated": len(ties.intersection(tie for (tie,) in dated)),
        "sourced": len(ties.intersection(tie for tie, _ in tellers)),
        "agreed": len(ties.intersection(tie for (tie,) in agreed)),
        "strong": len(ties & strong),
    }


def sentence(say: Speech, evidence: TieEvidence) -> Phrase:
    """`Of the 723 ties, 31 % have a date of beginning, all a source, ...`; shares are rounded."""
    if not evidence.ties:
        return say("No tie of this network is known.", "پیوندی در این شبکه شناسایی نشده است.")
    ties = evidence.figure("ties")
    english, persian = {
        "agreements": (("standing agreement of cities", "standing agreements of cities"), "توافق برقرار شهرهای"),
        "memberships": (("standing membership of a city", "standing memberships of cities"), "عضویت برقرار شهرهای"),
    }[evidence.network]

    def share(part: str) -> Phrase:
        figure = evidence.figure(part)
        if figure.value in (0, ties.value):
            return say("all", "همه") if figure else say("none", "هیچ‌یک")
        return say.percent(figure, ties)

    return say(
        "Of the {ties} in these data, {dated} have a date of beginning, {sourced} a source, {agreed} two voices or "
        "more, {strong} the word of officials, press, studies or the like.",
        "از {ties} {kind} این داده‌ها، {dated} تاریخ آغاز دارند، {sourced} منبع دارند، {agreed} را دو صدا "
        "یا بیشتر گفته‌اند و {strong} را مقام‌ها، مطبوعات، پژوهش‌ها و مانند آن.",
        ties=say.counted(ties, *english),
        kind=persian,
        **{part: share(part) for part in ("dated", "sourced", "agreed", "strong")},
    )


def section_of(say: Speech, store: Store) -> Section:
    """The evidence on both networks that standing is measured in, in percent."""
    names = {"agreements": say("agreements", "توافق‌ها"), "memberships": say("memberships", "عضویت‌ها")}
    known = [(name, of_network(store, name)) for name in names]

    def percent(part: Callable[[TieEvidence], int]) -> Callable[[tuple[str, TieEvidence]], Cell]:
        return lambda each: rounded(100 * part(each[1]) / each[1].ties)  # a few of many are not none

    columns: tuple[TableColumn[tuple[str, TieEvidence]], ...] = (
        TableColumn("network", "Key", "کلید", lambda each: each[0]),
        TableColumn("network_name", "Network", "شبکه", lambda each: names[each[0]]),
        TableColumn("ties", "Ties", "پیوندها", lambda each: each[1].ties),
        TableColumn(
            "dated_percent", "With a date of beginning, %", "با تاریخ آغاز، درصد", percent(lambda known: known.dated)
        ),
        TableColumn("sourced_percent", "With a source, %", "با منبع، درصد", percent(lambda known: known.sourced)),
        TableColumn(
            "agreed_percent",
            "Told by two voices or more, %",
            "به گفتهٔ دو صدا یا بیشتر، درصد",
            percent(lambda known: known.agreed),
        ),
        TableColumn(
            "strong_percent",
            "Told by officials, press, studies or the like, %",
            "به گفتهٔ مقام‌ها، مطبوعات، پژوهش‌ها و مانند آن، درصد",
            percent(lambda known: known.strong),
        ),
    )
    return section(
        say,
        "ties-known",
        ("How well these networks are known", "این شبکه‌ها تا چه اندازه شناخته‌اند"),
        columns,
        [each for each in known if each[1].ties],
    )


def _agreements(store: Store) -> set[str]:
    return {tie for _, _, data in city_ties(store).edges(data=True) for tie in data["ties"]}


def _memberships(store: Store) -> set[str]:
    return {tie for tie, (member, _, _) in once(store, network.membership_ties).items() if member.startswith("city/")}


def _reliability(store: Store) -> dict[str | None, int]:
    """The reliability of each source: its own, else that of its kind."""
    rows = select(
        store,
        """SELECT ?source ?own ?of_kind WHERE { ?source a cd:Source . OPTIONAL { ?source cd:reliability ?own }
             OPTIONAL { ?source dcterms:type/cd:reliability ?of_kind } }""",
    )
    return {source: int(own or of_kind or WEAK) for source, own, of_kind in rows}
