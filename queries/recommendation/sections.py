"""The tables of a recommendation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from citydiplomacy.graph.language.dates import told_date
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes

from ..city import unknown
from ..city.profile import CityProfile, status
from ..city.unknown import Unknown
from ..standing.peer_groups import SIZE_NAMES
from ..wording.rows import Row, ask
from ..wording.sections import Section, section
from ..wording.speech import Speech, percentage
from ..wording.tables import TableColumn
from . import objections, reasons
from .next_cities import Candidate, NextCity, Ranking, World
from .next_networks import NextNetwork


def networks(say: Speech, shown: Sequence[NextNetwork], world: World, city: CityProfile) -> Section:
    """Networks and bodies, best first."""
    rank = _ranks(shown)

    def needs(each: NextNetwork) -> tuple[str, ...]:
        return tuple(_voted(say, need) for need in each.remedy.needs) if each.remedy else ()

    columns: tuple[TableColumn[NextNetwork], ...] = (
        TableColumn("rank", "Rank", "رتبه", lambda each: rank[each.id]),
        TableColumn("organization", "Id", "شناسه", lambda each: each.id),
        TableColumn("organization_name", "Network or body", "شبکه یا نهاد", lambda each: each.name),
        TableColumn("may_join", "May join", "می‌تواند بپیوندد", lambda each: each.may_join),
        TableColumn("company", "Peers or partners in it", "همتا یا طرف عضو", lambda each: each.has_company),
        TableColumn("score", "Score", "امتیاز", lambda each: _three_digits(each.score)),
        TableColumn("weight", "Weight of needs by votes", "وزن نیازها به رأی", lambda each: _weight(each, city)),
        TableColumn("for", "For", "به سود", lambda each: reasons.of_network(say, each, world, city.id)),
        TableColumn("against", "Against", "در برابر", lambda each: objections.to_network(say, each, world, city)),
        TableColumn("needs", "Unmet needs that it would address", "نیازهای بی‌پاسخی که به آن‌ها پاسخ می‌دهد", needs),
        TableColumn("peers", "Peers in it", "همتایان عضو", lambda each: len(each.peers)),
        TableColumn("peer_names", "Which peers", "کدام همتایان", lambda each: world.names(each.peers)),
        TableColumn("partners", "Partners in it", "طرف‌های عضو", lambda each: len(each.partners)),
        TableColumn(
            "partners_percent",
            "Share of partners, %",
            "سهم طرف‌ها، درصد",
            lambda each: None if each.share is None else percentage(each.share, 1),
        ),
        TableColumn("member", "Is a member", "عضو است", lambda each: each.member),
        TableColumn("roster", "Full list of members", "فهرست کامل اعضا", lambda each: _roster(say, each)),
        TableColumn("talks", "Already in talks", "در دست گفت‌وگو", lambda each: objections.states(say, each.talks)),
        TableColumn("missing", "What is missing to know", "آنچه دانسته نیست", lambda each: _rule(each, "missing")),
        TableColumn("condition", "Conditions", "شرط‌ها", lambda each: _rule(each, "condition")),
        TableColumn("form", "Fee and form", "هزینه و شیوهٔ درخواست", lambda each: _rule(each, "form")),
    )
    title = (
        "Networks and bodies: those that it may join first, of them those with peers or partners, then by score (– is "
        "unknown)",
        "شبکه‌ها و نهادها: نخست آن‌ها که می‌تواند بپیوندد، از آن‌ها دارندگان همتا یا طرف، سپس به امتیاز (– یعنی نامعلوم)",
    )
    return section(say, "networks", title, columns, shown)


def shut(say: Speech, networks: Sequence[NextNetwork]) -> Section:
    """Networks that were left out, since the city cannot join them."""
    columns: tuple[TableColumn[NextNetwork], ...] = (
        TableColumn("organization", "Id", "شناسه", lambda each: each.id),
        TableColumn("organization_name", "Network or body", "شبکه یا نهاد", lambda each: each.name),
        TableColumn("against", "Against it", "در برابر آن", lambda each: _rule(each, "against")),
        TableColumn("otherwise", "Other ways in", "راه‌های دیگر", lambda each: _rule(each, "otherwise")),
    )
    title = (
        "Left out: networks and bodies that the city cannot join, by the rules that are told",
        "کنارگذاشته: شبکه‌ها و نهادهایی که شهر به موجب قاعده‌ها نمی‌تواند به آن‌ها بپیوندد",
    )
    return section(say, "shut", title, columns, networks)


def _rule(network: NextNetwork, column: str) -> Any:
    """What `may-join` says of a network."""
    return network.joining[column] if network.joining else None


def cities(say: Speech, shown: Sequence[NextCity], world: World, city: CityProfile) -> Section:
    """Cities abroad, best first."""
    rank, bonds, tied = _ranks(shown), _bonds(say, world.store, city), bool(world.ties[city.id])

    def country(each: NextCity) -> str | None:
        return world.name(each.location.country) if each.location.country else None

    def region(each: NextCity) -> str | None:
        region = each.location.region
        return schemes()["world-region"][region].label(say.lang) if region else None

    columns: tuple[TableColumn[NextCity], ...] = (
        TableColumn("rank", "Rank", "رتبه", lambda each: rank[each.id]),
        TableColumn("city", "Id", "شناسه", lambda each: each.id),
        TableColumn("city_name", "City", "شهر", lambda each: each.name),
        TableColumn("country", "Id of the country", "شناسهٔ کشور", lambda each: each.location.country),
        TableColumn("country_name", "Country", "کشور", country),
        TableColumn(
            "score",
            "Score (up to 100: times as likely as by lot)",
            "امتیاز (تا ۱۰۰: چند برابر قرعه)",
            lambda each: reasons.two_digits(each.score),
        ),
        TableColumn("for", "For", "به سود", lambda each: reasons.of_city(say, each, world, city.id)),
        TableColumn("against", "Against", "در برابر", lambda each: objections.to_city(say, each, world, city)),
        TableColumn("common", "Common partners", "طرف‌های مشترک", lambda each: world.names(each.common)),
        TableColumn(
            "resource_allocation",
            "Resource allocation",
            "تخصیص منابع",
            lambda each: _three_digits(each.resource_allocation) if tied else None,
        ),
        TableColumn(
            "three_steps",
            "Paths of three steps",
            "راه‌های سه‌گامی",
            lambda each: _three_digits(each.three_steps) if tied else None,
        ),
        TableColumn(
            "kilometres",
            "Distance, km",
            "فاصله، کیلومتر",
            lambda each: None if each.kilometres is None else round(each.kilometres),
        ),
        TableColumn("peers", "Peers tied to it", "همتایان پیوندخورده", lambda each: world.names(each.peers)),
        TableColumn("networks", "Shared networks", "شبکه‌های مشترک", lambda each: world.names(each.networks)),
        TableColumn("region_name", "World region", "منطقهٔ جهان", region),
        TableColumn(
            "size",
            "Population",
            "جمعیت",
            lambda each: None if each.location.size is None else say(*SIZE_NAMES[each.location.size]),
        ),
        TableColumn(
            "bonds",
            "Other bonds",
            "پیوندهای دیگر",
            lambda each: (*bonds.get(each.id, ()), *bonds.get(each.location.country or "", ())),
        ),
        TableColumn("talks", "Already in talks", "در دست گفت‌وگو", lambda each: objections.states(say, each.talks)),
    )
    title = (
        f"Cities{' abroad' if city.country else ''}, the likeliest first; × is the factor by which a reason changes "
        "the chance (– is unknown)",
        f"شهرهای{' خارجی' if city.country else ' دیگر'}، محتمل‌ترین نخست؛ در پرانتز، هر دلیل بخت را چند برابر می‌کند (– "
        "یعنی نامعلوم)",
    )
    return section(say, "cities", title, columns, shown)


def _ranks(shown: Sequence[Candidate]) -> dict[str, int]:
    return {each.id: rank for rank, each in enumerate(shown, 1)}


def _bonds(say: Speech, store: Store, city: CityProfile) -> dict[str, tuple[str, ...]]:
    """Flights by city, missions and pilgrims by country."""
    bonds: dict[str, tuple[str, ...]] = {}

    def add(key: str, text: str) -> None:
        if text not in bonds.get(key, ()):
            bonds[key] = (*bonds.get(key, ()), text)

    for row in ask(store, "flights", say.lang, city=city.id):
        add(row["partner"], _with_status(say, say("direct flight", "پرواز مستقیم"), row))
    for row in ask(store, "missions", say.lang, city=city.id):
        add(row["sender"], _with_status(say, row["kind_name"], row))
    for row in city.statistics:
        if row["topic"] and "pilgrims" in row["measure"]:
            add(row["topic"], f"{row['measure_name']}: {say.number(row['value'])}")
    return bonds


def _with_status(say: Speech, kind: str, row: Row) -> str:
    told = status(say, row)
    return f"{kind} ({told})" if told else kind


class _Told(NamedTuple):
    """A tie that does not stand: with whom, and its row of `agreements` or `memberships`."""

    candidate: Candidate
    tie: Row


def told(say: Speech, networks: Iterable[NextNetwork], ranking: Ranking) -> Section:
    """What is told of ties that do not stand: those in talks, and earlier ones."""
    candidates: tuple[Candidate, ...] = (*networks, *ranking.told)
    columns: tuple[TableColumn[_Told], ...] = (
        TableColumn("item", "Id", "شناسه", lambda row: row.candidate.id),
        TableColumn("item_name", "With whom", "با که", lambda row: row.candidate.name),
        TableColumn("kind_name", "Kind", "گونه", lambda row: row.tie.get("kind_name") or row.tie.get("role_name")),
        TableColumn("status_name", "Status", "وضعیت", lambda row: status(say, row.tie)),
        TableColumn("sources", "Sources", "منبع‌ها", lambda row: len(row.tie["sources"])),
    )
    title = ("Already in talks, and earlier ties", "در دست گفت‌وگو، و پیوندهای پیشین")
    ties = [_Told(each, tie) for each in candidates for tie in (*each.talks, *each.past)]
    return section(say, "told", title, columns, ties)


def unknowns(say: Speech, city: CityProfile, ranking: Ranking, world: World) -> Iterator[Unknown]:
    """What is not known of the city itself, and of the cities that it might turn to."""
    yield from unknown.of_city(say, city)

    def about(topic: str, en: str, fa: str) -> Unknown:
        return Unknown(city.id, city.name, topic, say(en, fa))

    here, number = world.location(city.id), len(ranking.locations)
    placeless = sum(there.latitude is None for there in ranking.locations)
    for topic, missing, en, fa in (
        (
            "place",
            number if here.latitude is None else placeless,
            "How far the cities considered are",
            "فاصلهٔ شهرهای سنجیده",
        ),
        (
            "population",
            sum(there.size is None for there in ranking.locations),
            "How large the cities considered are",
            "جمعیت شهرهای سنجیده",
        ),
        (
            "country",
            sum(there.country is None for there in ranking.locations),
            "In which country cities lie",
            "کشور شهرها",
        ),
    ):
        if missing:
            yield about(
                topic,
                f"{en}: {say.number(missing)} of {say.plural(number, 'city', 'cities')}.",
                f"{fa}: {say.number(missing)} از {say.number(number)} شهر.",
            )
    if here.size is None or here.region is None:
        yield about(
            "peers",
            f"Which cities are of the region and size of {city.name}: its country or population is not told.",
            f"شهرهای هم‌منطقه و هم‌اندازهٔ {city.name}: کشور یا جمعیت آن گفته نشده است.",
        )
    yield about(
        "language", "Which languages are common: no source tells of them.", "زبان‌های مشترک: منبعی از آن‌ها نمی‌گوید."
    )
    number = len({row["topic"] for row in city.statistics if row["topic"] and "pilgrims" in row["measure"]})
    yield about(
        "pilgrims",
        f"From which countries pilgrims come: told of {say.number(number) if number else 'none'}.",
        f"کشور زائران: از {say.number(number)} کشور گفته شده است." if number else "کشور زائران: گفته نشده است.",
    )


def _weight(network: NextNetwork, city: CityProfile) -> Decimal | None:
    """The votes for the needs that it would address; unknown where nobody studied the city's needs."""
    if not city.needs:
        return None
    return round(network.remedy.votes, 2) if network.remedy else Decimal(0)


def _voted(say: Speech, need: Row) -> str:
    """A need with its votes."""
    if need["score"] is None:
        return str(need["need_name"])
    votes = say(
        f"{say.number(need['score'])} of {say.number(need['panel_size'])}",
        f"{say.number(need['score'])} از {say.number(need['panel_size'])}",
    )
    return f"{need['need_name']} ({votes})"


def _roster(say: Speech, network: NextNetwork) -> str | None:
    when = told_date(network.roster or None)
    if network.roster is None:
        return None
    return say(f"without it, {say.date(when)}", f"بدون آن، {say.date(when)}") if when else say("without it", "بدون آن")


def _three_digits(value: float) -> Decimal:
    """A score with three digits after the point."""
    return round(Decimal(value), 3)
