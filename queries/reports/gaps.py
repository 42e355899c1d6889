"""What a city lacks: needs that no tie addresses, who could address them, what hinders, and what its peers have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from citydiplomacy.graph.store.reader import Store

from ..city import unknown
from ..city.profile import CityProfile, profile
from ..standing.unreached import Unreached, finest_regions
from ..wording import strengths
from ..wording.namesakes import speech
from ..wording.rows import Rows, ask, ask_each
from ..wording.sections import CityReport
from . import axes, gap_headlines
from . import gap_sections as sections
from .gap_sections import Remedy


@dataclass(frozen=True)
class Gaps(CityReport):
    """A report on what a city lacks; `city` and the rest are what it is made of."""

    city: CityProfile
    organizations: tuple[Remedy, ...]
    """Those that the city is not known to be a member of and that are not shut to it: first those that it may join,
    then those with comparable cities in them, then by votes."""
    barriers: tuple[Remedy, ...]
    """The one that hinders most votes first."""
    peers: Rows
    """Rows of `peer-networks`, but for what is shut to the city."""
    rosters: Rows
    """Rows of `rosters`."""
    could: Rows
    """Rows of `organizations-for-need` of the unmet needs, each with its `need`, but for those that it is in or that
    are shut to it."""
    shut: tuple[Remedy, ...]
    """Organisations that would address unmet needs too, but are shut to the city."""
    joining: Rows
    """Rows of `may-join`."""
    hinder: Rows
    """Rows of `barriers-to-need` of the unmet needs, each with its `need`."""
    regions: tuple[str, ...] | None
    """World regions without any partner; None if no partner's country is known at all."""


def gaps(store: Store, city: str, lang: str = "en") -> Gaps:
    """What a city lacks, by its id, in English or Persian. Raises UsageError if the store does not have it."""
    say = speech(store, lang)
    about = profile(store, city, lang)
    unmet = about.unaddressed.values("need")
    joining = ask(store, "may-join", lang, city=city)
    would = ask_each(store, "organizations-for-need", lang, need=unmet).without(member="yes")
    closed = joining.where(may_join="no").values("organization")
    shut, could = would.where(organization=closed), would.without(organization=closed)
    hinder = ask_each(store, "barriers-to-need", lang, need=unmet)
    peers = ask(store, "peer-networks", lang, city=city).without(organization=closed)
    rosters = ask(store, "rosters", lang)
    near = {row["organization"]: row["peers"] for row in peers}
    organizations = _gathered(about.unaddressed, could, "organization", near, joining)
    barriers = _gathered(about.unaddressed, hinder, "barrier")
    kept_out = _gathered(about.unaddressed, shut, "organization", near, joining)
    reached = ask(store, "world-regions-reached", lang, city=city)
    regions = _unreached(about, reached)
    unreached = None if regions is None else Unreached(regions, reached)
    return Gaps(
        lang=lang,
        headlines=strengths.of_store(
            say,
            store,
            gap_headlines.headlines(say, about, organizations, could, shut, joining, hinder, peers, rosters, unreached),
        ),
        sections=(
            sections.needs(say, about, could, hinder),
            axes.section_of_one(say, about),
            sections.organizations(say, organizations),
            sections.shut(say, kept_out),
            sections.barriers(say, barriers),
            sections.peers(say, peers),
            sections.regions(say, regions or ()),
            unknown.section_of(say, sections.unknowns(say, about, organizations, regions)),
        ),
        city=about,
        organizations=organizations,
        barriers=barriers,
        peers=peers,
        rosters=rosters,
        could=could,
        shut=kept_out,
        joining=joining,
        hinder=hinder,
        regions=regions,
    )


def _gathered(
    needs: Rows,
    by_need: Rows,
    key: str,
    peers: Mapping[str, int] | None = None,
    joining: Rows | None = None,
) -> tuple[Remedy, ...]:
    """What stands beside each need, by what it is: first what may be joined, then what peers are in, then what concerns
    most votes.

    by_need: rows with a `need` and with what stands beside it, of column `key`. joining: rows of `may-join`.
    """
    of_need = {row["need"]: row for row in needs}
    near = peers or {}
    rules = {row["organization"]: row for row in joining or ()}
    remedies = (
        Remedy(
            id_,
            rows[0][f"{key}_name"],
            rows[0],
            tuple(of_need[need] for need in dict.fromkeys(row["need"] for row in rows)),
            near.get(id_, 0),
            rules.get(id_),
        )
        for id_, rows in by_need.each(key).items()
    )
    return tuple(
        sorted(remedies, key=lambda each: (not each.may_join, not each.peers, -each.votes, -len(each.needs), each.id))
    )


def _unreached(city: CityProfile, reached: Rows) -> tuple[str, ...] | None:
    """World regions, of the finest grain, that hold no country the city is tied to. reached: those that do."""
    if not city.countries:
        return None
    tied = {row["region"] for row in reached}
    return tuple(region for region in finest_regions() if region not in tied)
