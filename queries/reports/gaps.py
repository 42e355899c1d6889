"""What a city lacks: needs that no tie addresses, who could address them, what hinders, and what its peers have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes

from ..wording.sections import CityReport
from ..wording.speech import Speech
from . import axes, gap_headlines, unknown
from . import gap_sections as sections
from .profile import CityProfile, Row, ask, profile
from .remedies import Remedy


@dataclass(frozen=True)
class Gaps(CityReport):
    """A report on what a city lacks; `city` and the rest are what it is made of."""

    city: CityProfile
    organizations: tuple[Remedy, ...]
    """Those that the city is not known to be a member of: first those with comparable cities in them, then by votes."""
    barriers: tuple[Remedy, ...]
    """The one that hinders most votes first."""
    peers: tuple[Row, ...]
    """Rows of `peer-networks`."""
    regions: tuple[str, ...] | None
    """World regions without any partner; None if no partner's country is known at all."""


def gaps(store: Store, city: str, lang: str = "en") -> Gaps:
    """What a city lacks, by its id, in English or Persian. Raises UsageError if the store does not have it."""
    say = Speech(lang)
    about = profile(store, city, lang)
    could = {row["need"]: _outside(store, row["need"], lang) for row in about.unaddressed}
    hinder = {row["need"]: ask(store, "barriers-to-need", lang, need=row["need"]) for row in about.unaddressed}
    peers = ask(store, "peer-networks", lang, city=city)
    organizations = _gathered(
        about.unaddressed, could, "organization", {row["organization"]: row["peers"] for row in peers}
    )
    barriers = _gathered(about.unaddressed, hinder, "barrier")
    regions = _unreached(store, about, lang)
    return Gaps(
        lang=lang,
        headlines=gap_headlines.headlines(say, about, organizations, barriers, peers, regions),
        sections=(
            sections.needs(say, about, could, hinder),
            axes.section_of_one(say, about),
            sections.organizations(say, organizations),
            sections.barriers(say, barriers),
            sections.peers(say, peers),
            sections.regions(say, regions or ()),
            unknown.section_of(say, sections.unknowns(say, about, organizations, regions)),
        ),
        city=about,
        organizations=organizations,
        barriers=barriers,
        peers=peers,
        regions=regions,
    )


def _outside(store: Store, need: str, lang: str) -> tuple[Row, ...]:
    """Organisations that would address a need and that its city is not known to be a member of."""
    return tuple(row for row in ask(store, "organizations-for-need", lang, need=need) if row["member"] != "yes")


def _gathered(
    needs: Sequence[Row], by_need: Mapping[str, tuple[Row, ...]], key: str, peers: Mapping[str, int] | None = None
) -> tuple[Remedy, ...]:
    """What stands beside each need, by what it is: first what peers are in, then what concerns most votes."""
    rows: dict[str, Row] = {}
    concerned: dict[str, dict[str, Row]] = {}
    for need in needs:
        for row in by_need[need["need"]]:
            rows.setdefault(row[key], row)
            concerned.setdefault(row[key], {})[need["need"]] = need
    near = peers or {}
    remedies = (
        Remedy(id_, row[f"{key}_name"], row, tuple(concerned[id_].values()), near.get(id_, 0))
        for id_, row in rows.items()
    )
    return tuple(sorted(remedies, key=lambda each: (not each.peers, -each.votes, -len(each.needs), each.id)))


def _unreached(store: Store, city: CityProfile, lang: str) -> tuple[str, ...] | None:
    """World regions, of the finest grain, that hold no country the city is tied to."""
    if not city.countries:
        return None
    concepts = schemes()["world-region"]
    wider = {concept.broader for concept in concepts.values()}
    reached = {row["region"] for row in ask(store, "world-regions-reached", lang, city=city.id)}
    return tuple(
        id_ for id_, concept in concepts.items() if concept.broader and id_ not in wider and id_ not in reached
    )
