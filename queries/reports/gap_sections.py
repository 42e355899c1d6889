"""The tables of what a city lacks: needs, who would address them, what hinders, what its peers have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from citydiplomacy.ontology.schemes import schemes

from ..city import unknown
from ..city.profile import CityProfile
from ..city.unknown import Unknown
from ..library import catalogue
from ..wording.rows import Row, Rows
from ..wording.sections import Section, section
from ..wording.speech import Speech
from ..wording.tables import TableColumn
from .comparison_sections import THREE_VALUED


@dataclass(frozen=True)
class Remedy:
    """What stands beside unmet needs: an organisation that would address them, or a barrier that hinders them."""

    id: str
    name: str
    row: Row
    """What the library says of it, for the first of the needs."""
    needs: tuple[Row, ...]
    peers: int = 0
    """Of an organisation: how many cities of the same country and sister cities are in it."""
    joining: Row | None = None
    """Of an organisation: its row of `may-join`."""

    @property
    def may_join(self) -> bool | None:
        """Of an organisation: whether the city may join it, by the rules that are told; None if that is unknown."""
        return {"yes": True, "no": False}.get(self.joining["may_join"]) if self.joining else None

    @property
    def votes(self) -> Decimal:
        """The votes for its needs, each as a part of its panel."""
        return sum((weight(need) for need in self.needs), Decimal(0))


def weight(need: Row) -> Decimal:
    """The votes for a need as a part of its panel; 0 where no panel scored it."""
    return Decimal(need["score"]) / need["panel_size"] if need["score"] is not None else Decimal(0)


def needs(say: Speech, city: CityProfile, could: Rows, hinder: Rows) -> Section:
    """Unmet needs. could: rows with a need and an organisation that would address it; hinder: with a barrier to it."""
    bodies, barriers = could.each("need"), hinder.each("need")
    columns: tuple[TableColumn[Row], ...] = (
        TableColumn("need", "Id", "شناسه", lambda row: row["need"]),
        TableColumn("need_name", "Need", "نیاز", lambda row: row["need_name"]),
        TableColumn("axis", "Id of the axis", "شناسهٔ محور", lambda row: row["axis"]),
        TableColumn("axis_name", "Axis", "محور", lambda row: row["axis_name"]),
        TableColumn("votes", "Votes", "رأی", lambda row: row["score"]),
        TableColumn("panel_size", "Of", "از", lambda row: row["panel_size"]),
        TableColumn("themes", "Themes", "موضوع‌ها", lambda row: row["themes"]),
        TableColumn(
            "organizations",
            "Bodies that would address it",
            "نهادهای پاسخ‌گو",
            lambda row: len(bodies.get(row["need"], ())),
        ),
        TableColumn(
            "barriers",
            "Barriers",
            "مانع‌ها",
            lambda row: len({barrier["barrier"] for barrier in barriers.get(row["need"], ())}),
        ),
    )
    title = (
        "Needs that no active tie addresses, by votes",
        "نیازهایی که هیچ پیوند فعالی به آن‌ها پاسخ نمی‌دهد، به ترتیب رأی",
    )
    return section(say, "needs", title, columns, city.unaddressed)


_NEEDS_CONCERNED: tuple[TableColumn[Remedy], ...] = (
    TableColumn("needs", "Needs", "نیازها", lambda each: len(each.needs)),
    TableColumn("weight", "Weight by votes", "وزن به رأی", lambda each: round(each.votes, 2)),
    TableColumn(
        "need_names", "Which", "کدام نیازها", lambda each: tuple(str(need["need_name"]) for need in each.needs)
    ),
)


def organizations(say: Speech, remedies: Iterable[Remedy]) -> Section:
    """Organisations that would address the needs."""
    columns: tuple[TableColumn[Remedy], ...] = (
        TableColumn("organization", "Id", "شناسه", lambda each: each.id),
        TableColumn("organization_name", "Network or body", "شبکه یا نهاد", lambda each: each.name),
        TableColumn("may_join", "May join", "می‌تواند بپیوندد", lambda each: each.may_join),
        TableColumn("member", "Is a member", "عضو است", lambda each: THREE_VALUED[each.row["member"]]),
        TableColumn("peers", "Peers in it", "همتایان عضو", lambda each: each.peers),
        *_NEEDS_CONCERNED,
        *_rules("missing", "condition"),
    )
    title = (
        "Bodies that would address unmet needs: those that the city may join first, of them those with peers, then by "
        "votes (– is unknown)",
        "نهادهایی که به نیازهای بی‌پاسخ پاسخ می‌دهند: نخست آن‌ها که شهر می‌تواند بپیوندد، از آن‌ها دارندگان همتا، سپس به "
        "رأی (– یعنی نامعلوم)",
    )
    return section(say, "organizations", title, columns, remedies)


def shut(say: Speech, remedies: Iterable[Remedy]) -> Section:
    """Organisations that would address the needs and that the city cannot join."""
    columns: tuple[TableColumn[Remedy], ...] = (
        TableColumn("organization", "Id", "شناسه", lambda each: each.id),
        TableColumn("organization_name", "Network or body", "شبکه یا نهاد", lambda each: each.name),
        TableColumn("needs", "Needs", "نیازها", lambda each: len(each.needs)),
        *_rules("against", "otherwise"),
    )
    title = (
        "Bodies that would address unmet needs, but are shut to the city",
        "نهادهایی که به نیازهای بی‌پاسخ پاسخ می‌دهند ولی به روی شهر بسته‌اند",
    )
    return section(say, "shut", title, columns, remedies)


def _rules(*names: str) -> tuple[TableColumn[Remedy], ...]:
    """Columns of `may-join`, under the titles that it gives them."""
    titles = {column.name: column.title for column in catalogue.question("may-join").columns}

    def told(name: str) -> Callable[[Remedy], Any]:
        return lambda each: each.joining[name] if each.joining else None

    return tuple(TableColumn(name, titles[name]["en"], titles[name]["fa"], told(name)) for name in names)


def barriers(say: Speech, remedies: Iterable[Remedy]) -> Section:
    """Barriers that hinder the needs."""
    columns: tuple[TableColumn[Remedy], ...] = (
        TableColumn("barrier", "Id", "شناسه", lambda each: each.id),
        TableColumn("barrier_name", "Barrier", "مانع", lambda each: each.name),
        TableColumn("category_name", "Category", "مقوله", lambda each: each.row["category_name"]),
        *_NEEDS_CONCERNED,
    )
    title = ("Barriers that hinder unmet needs", "مانع‌هایی که جلوی نیازهای بی‌پاسخ را می‌گیرد")
    return section(say, "barriers", title, columns, remedies)


def peers(say: Speech, rows: Iterable[Row]) -> Section:
    """Networks of comparable cities. rows: those of `peer-networks`."""
    columns: tuple[TableColumn[Row], ...] = (
        TableColumn("organization", "Id", "شناسه", lambda row: row["organization"]),
        TableColumn("organization_name", "Network or body", "شبکه یا نهاد", lambda row: row["organization_name"]),
        TableColumn("kind_name", "Kind", "گونه", lambda row: row["kind_name"]),
        TableColumn("member", "Is a member", "عضو است", lambda row: THREE_VALUED[row["member"]]),
        TableColumn("peers", "Peers in it", "همتایان عضو", lambda row: row["peers"]),
        TableColumn("compatriots", "Of the same country", "از همان کشور", lambda row: row["compatriots"]),
        TableColumn("sisters", "Sister cities", "خواهرخوانده‌ها", lambda row: row["sisters"]),
    )
    title = (
        "Networks of cities of the same country and of sister cities (– is unknown)",
        "شبکه‌های شهرهای هم‌کشور و خواهرخوانده‌ها (– یعنی نامعلوم)",
    )
    return section(say, "peers", title, columns, rows)


def regions(say: Speech, ids: Iterable[str]) -> Section:
    """World regions without a partner."""
    concepts = schemes()["world-region"]
    columns: tuple[TableColumn[str], ...] = (
        TableColumn("region", "Id", "شناسه", lambda region: region),
        TableColumn("region_name", "World region", "منطقهٔ جهان", lambda region: concepts[region].label(say.lang)),
        TableColumn(
            "continent_name",
            "Part of",
            "بخشی از",
            lambda region: concepts[concepts[region].broader or region].label(say.lang),
        ),
    )
    title = ("World regions without a known partner", "منطقه‌های جهان بی طرف شناسایی‌شده")
    return section(say, "regions", title, columns, ids)


def unknowns(
    say: Speech, city: CityProfile, organizations: Sequence[Remedy], regions: tuple[str, ...] | None
) -> Iterator[Unknown]:
    """What is not known of the city, and of what it lacks."""
    yield from unknown.of_city(say, city)
    open_ = [each.name for each in organizations if each.row["member"] == "unknown"]
    if open_:
        yield Unknown(city.id, city.name, "membership", unknown.not_listed(say, city, open_))
    uncoded = sum(not row["themes"] for row in city.unaddressed)
    if uncoded:
        sentence = say(
            f"What {say.plural(uncoded, 'need is', 'needs are')} about: nobody coded a theme.",
            f"موضوع {say.number(uncoded)} نیاز: کدگذاری نشده است.",
        )
        yield Unknown(city.id, city.name, "need", sentence)
    if regions is None:
        sentence = say(
            "Which world regions {city} reaches: no partner in a known foreign country is told in these data.",
            "منطقه‌های طرف پیوند {city}: در این داده‌ها طرفی که کشور خارجی‌اش معلوم باشد گفته نشده است.",
            city=city.named,
        )
        yield Unknown(city.id, city.name, "country", sentence)
