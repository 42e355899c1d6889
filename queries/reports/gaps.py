"""What a city lacks: needs that no tie addresses, who could address them, what hinders, and what its peers have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes

from ..wording.sections import Cell, Report, Section, section
from ..wording.speech import Speech
from . import gap_headlines, unknown
from .comparison import AXIS_COLUMNS, THREE_VALUED, unmet_by_axis
from .profile import Profile, Row, ask, profile
from .remedies import Remedy


@dataclass(frozen=True)
class Gaps(Report):
    """A report on what a city lacks; `city` and the rest are what it is made of."""

    city: Profile
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
            _needs(say, about, could, hinder),
            section(lang, "axes", "Unmet needs by axis", "نیازهای بی‌پاسخ به محور", AXIS_COLUMNS, unmet_by_axis(about)),
            _organizations(say, organizations),
            _barriers(say, barriers),
            _peers(say, peers),
            _regions(say, regions or ()),
            _unknown(say, about, organizations, regions),
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
    needs: Sequence[Row], found: Mapping[str, tuple[Row, ...]], key: str, peers: Mapping[str, int] | None = None
) -> tuple[Remedy, ...]:
    """What was found for each need, by what was found: first what peers are in, then what concerns most votes."""
    rows: dict[str, Row] = {}
    concerned: dict[str, dict[str, Row]] = {}
    for need in needs:
        for row in found[need["need"]]:
            rows.setdefault(row[key], row)
            concerned.setdefault(row[key], {})[need["need"]] = need
    near = peers or {}
    remedies = (
        Remedy(id_, row[f"{key}_name"], row, tuple(concerned[id_].values()), near.get(id_, 0))
        for id_, row in rows.items()
    )
    return tuple(sorted(remedies, key=lambda each: (not each.peers, -each.votes, -len(each.needs), each.id)))


def _unreached(store: Store, city: Profile, lang: str) -> tuple[str, ...] | None:
    """World regions, of the finest grain, that hold no country the city is tied to."""
    if not city.countries:
        return None
    concepts = schemes()["world-region"]
    wider = {concept.broader for concept in concepts.values()}
    reached = {row["region"] for row in ask(store, "world-regions-reached", lang, city=city.id)}
    return tuple(
        id_ for id_, concept in concepts.items() if concept.broader and id_ not in wider and id_ not in reached
    )


def _needs(
    say: Speech, city: Profile, could: dict[str, tuple[Row, ...]], hinder: dict[str, tuple[Row, ...]]
) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (
            row["need"],
            row["need_name"],
            row["axis"],
            row["axis_name"],
            row["score"],
            row["panel_size"],
            row["themes"],
            len(could[row["need"]]),
            len({barrier["barrier"] for barrier in hinder[row["need"]]}),
        )
        for row in city.unaddressed
    ]
    columns = (
        ("need", "Id", "شناسه"),
        ("need_name", "Need", "نیاز"),
        ("axis", "Id of the axis", "شناسهٔ محور"),
        ("axis_name", "Axis", "محور"),
        ("votes", "Votes", "رأی"),
        ("panel_size", "Of", "از"),
        ("themes", "Themes", "موضوع‌ها"),
        ("organizations", "Bodies that would address it", "نهادهای پاسخ‌گو"),
        ("barriers", "Barriers", "موانع"),
    )
    return section(
        say.lang,
        "needs",
        "Needs that no active tie addresses, by votes",
        "نیازهایی که هیچ پیوند فعالی به آن‌ها پاسخ نمی‌دهد، به ترتیب رأی",
        columns,
        rows,
    )


def _organizations(say: Speech, organizations: Iterable[Remedy]) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (
            each.id,
            each.name,
            THREE_VALUED[each.row["member"]],
            each.peers,
            len(each.needs),
            round(each.votes, 2),
            tuple(need["need_name"] for need in each.needs),
        )
        for each in organizations
    ]
    columns = (
        ("organization", "Id", "شناسه"),
        ("organization_name", "Network or body", "شبکه یا نهاد"),
        ("member", "Is a member", "عضو است"),
        ("peers", "Peers in it", "همتایان عضو"),
        ("needs", "Needs", "نیازها"),
        ("weight", "Weight by votes", "وزن به رأی"),
        ("need_names", "Which", "کدام نیازها"),
    )
    return section(
        say.lang,
        "organizations",
        "Bodies that would address them: those with peers in them first, then by votes (– is unknown)",
        "نهادهایی که به آن‌ها پاسخ می‌دهند: نخست آن‌ها که همتایان عضوند، سپس به رأی (– یعنی نامعلوم)",
        columns,
        rows,
    )


def _barriers(say: Speech, barriers: Iterable[Remedy]) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (
            each.id,
            each.name,
            each.row["category_name"],
            len(each.needs),
            round(each.votes, 2),
            tuple(need["need_name"] for need in each.needs),
        )
        for each in barriers
    ]
    columns = (
        ("barrier", "Id", "شناسه"),
        ("barrier_name", "Barrier", "مانع"),
        ("category_name", "Category", "مقوله"),
        ("needs", "Needs", "نیازها"),
        ("weight", "Weight by votes", "وزن به رأی"),
        ("need_names", "Which", "کدام نیازها"),
    )
    return section(say.lang, "barriers", "Barriers that hinder them", "موانعی که جلوی آن‌ها را می‌گیرد", columns, rows)


def _peers(say: Speech, peers: Iterable[Row]) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (
            row["organization"],
            row["organization_name"],
            row["kind_name"],
            THREE_VALUED[row["member"]],
            row["peers"],
            row["compatriots"],
            row["sisters"],
        )
        for row in peers
    ]
    columns = (
        ("organization", "Id", "شناسه"),
        ("organization_name", "Network or body", "شبکه یا نهاد"),
        ("kind_name", "Kind", "گونه"),
        ("member", "Is a member", "عضو است"),
        ("peers", "Peers in it", "همتایان عضو"),
        ("compatriots", "Of the same country", "از همان کشور"),
        ("sisters", "Sister cities", "خواهرخوانده‌ها"),
    )
    return section(
        say.lang,
        "peers",
        "Networks of cities of the same country and of sister cities (– is unknown)",
        "شبکه‌های شهرهای هم‌کشور و خواهرخوانده‌ها (– یعنی نامعلوم)",
        columns,
        rows,
    )


def _regions(say: Speech, regions: Iterable[str]) -> Section:
    concepts = schemes()["world-region"]
    rows: list[tuple[Cell, ...]] = [
        (region, concepts[region].label(say.lang), concepts[concepts[region].broader or region].label(say.lang))
        for region in regions
    ]
    columns = (
        ("region", "Id", "شناسه"),
        ("region_name", "World region", "منطقهٔ جهان"),
        ("continent_name", "Part of", "بخشی از"),
    )
    return section(
        say.lang, "regions", "World regions without a known partner", "منطقه‌های جهان بی طرف شناخته", columns, rows
    )


def _unknown(say: Speech, city: Profile, organizations: Sequence[Remedy], regions: tuple[str, ...] | None) -> Section:
    known = unknown.section_of(say, (city,))
    rows = list(known.rows)
    open_ = [each.name for each in organizations if each.row["member"] == "unknown"]
    if open_:
        rows.append((city.id, city.name, "membership", unknown.not_listed(say, city, open_)))
    uncoded = sum(not row["themes"] for row in city.unaddressed)
    if uncoded:
        sentence = say(
            f"What {say.plural(uncoded, 'need is', 'needs are')} about: nobody coded a theme.",
            f"موضوع {say.number(uncoded)} نیاز: کدگذاری نشده است.",
        )
        rows.append((city.id, city.name, "need", sentence))
    if regions is None:
        sentence = say(
            f"Which world regions {city.name} reaches: no partner in a known foreign country is told of.",
            f"منطقه‌های طرف پیوند {city.name}: طرفی در کشور خارجی شناخته‌ای ندارد.",
        )
        rows.append((city.id, city.name, "country", sentence))
    return Section(known.key, known.title, known.columns, tuple(rows))
