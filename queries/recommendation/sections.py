"""The tables of a recommendation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes

from ..reports import unknown
from ..reports.profile import Profile, Row, ask, date, status
from ..standing.scopes import SIZE_NAMES
from ..wording.sections import Cell, Section, section
from ..wording.speech import Speech
from . import objections
from .next_cities import Candidate, NextCity, Ranking, World
from .next_networks import NextNetwork


def networks(say: Speech, found: Sequence[NextNetwork], world: World, city: Profile) -> Section:
    """Networks and bodies, ranked."""
    rows: list[tuple[Cell, ...]] = []
    for place, each in enumerate(found, 1):
        needs = each.remedy.needs if each.remedy else ()
        rows.append(
            (
                place,
                each.id,
                each.name,
                _rounded(each.score),
                _weight(each, city),
                tuple(_voted(say, need) for need in needs),
                len(each.peers),
                world.names(each.peers),
                len(each.partners),
                None if each.share is None else int(100 * each.share),
                each.member,
                _roster(say, each),
                objections.states(say, each.talks),
                objections.to_network(say, each, world, city),
            )
        )
    columns = (
        ("rank", "Rank", "رتبه"),
        ("organization", "Id", "شناسه"),
        ("organization_name", "Network or body", "شبکه یا نهاد"),
        ("score", "Score", "امتیاز"),
        ("weight", "Weight of needs by votes", "وزن نیازها به رأی"),
        ("needs", "Unmet needs that it would address", "نیازهای بی‌پاسخی که به آن‌ها پاسخ می‌دهد"),
        ("peers", "Peers in it", "همتایان عضو"),
        ("peer_names", "Which peers", "کدام همتایان"),
        ("partners", "Partners in it", "طرف‌های عضو"),
        ("partners_percent", "Share of partners, %", "سهم طرف‌ها، درصد"),
        ("member", "Is a member", "عضو است"),
        ("roster", "Full list of members", "فهرست کامل اعضا"),
        ("talks", "Already in talks", "در دست گفت‌وگو"),
        ("against", "Against", "در برابر"),
    )
    return section(
        say.lang,
        "networks",
        "Networks and bodies, by needs, peers and partners in them (– is unknown)",
        "شبکه‌ها و نهادها، به ترتیب نیازها، همتایان و طرف‌های عضو (– یعنی نامعلوم)",
        columns,
        rows,
    )


def cities(say: Speech, found: Sequence[NextCity], world: World, city: Profile) -> Section:
    """Cities abroad, ranked."""
    bonds, tied = _bonds(say, world.store, city), bool(world.ties[city.id])
    rows: list[tuple[Cell, ...]] = []
    for place, each in enumerate(found, 1):
        size = each.place.size
        paths = (each.adamic_adar, each.resource_allocation, each.three_steps)
        rows.append(
            (
                place,
                each.id,
                each.name,
                each.place.country,
                world.name(each.place.country) if each.place.country else None,
                _rounded(each.score),
                world.names(each.common),
                *(_rounded(value) if tied else None for value in paths),
                None if each.kilometres is None else round(each.kilometres),
                world.names(each.peers),
                world.names(each.networks),
                schemes()["world-region"][each.place.region].label(say.lang) if each.place.region else None,
                None if size is None else say(*SIZE_NAMES[size]),
                (*bonds.get(each.id, ()), *bonds.get(each.place.country or "", ())),
                objections.states(say, each.talks),
                objections.to_city(say, each, world, city),
            )
        )
    columns = (
        ("rank", "Rank", "رتبه"),
        ("city", "Id", "شناسه"),
        ("city_name", "City", "شهر"),
        ("country", "Id of the country", "شناسهٔ کشور"),
        ("country_name", "Country", "کشور"),
        ("score", "Score", "امتیاز"),
        ("common", "Common partners", "طرف‌های مشترک"),
        ("adamic_adar", "Adamic-Adar", "آدامیک–آدار"),
        ("resource_allocation", "Resource allocation", "تخصیص منابع"),
        ("three_steps", "Paths of three steps", "راه‌های سه‌گامی"),
        ("kilometres", "Distance, km", "فاصله، کیلومتر"),
        ("peers", "Peers tied to it", "همتایان پیوندخورده"),
        ("networks", "Shared networks", "شبکه‌های مشترک"),
        ("region_name", "World region", "منطقهٔ جهان"),
        ("size", "Population", "جمعیت"),
        ("bonds", "Other bonds", "پیوندهای دیگر"),
        ("talks", "Already in talks", "در دست گفت‌وگو"),
        ("against", "Against", "در برابر"),
    )
    return section(
        say.lang,
        "cities",
        "Cities abroad, by partners, paths and nearness (– is unknown)",
        "شهرهای خارجی، به ترتیب طرف‌های مشترک، راه‌ها و نزدیکی (– یعنی نامعلوم)",
        columns,
        rows,
    )


def _bonds(say: Speech, store: Store, city: Profile) -> dict[str, tuple[str, ...]]:
    """Flights by city, missions and pilgrims by country."""
    found: dict[str, tuple[str, ...]] = {}

    def add(key: str, text: str) -> None:
        if text not in found.get(key, ()):
            found[key] = (*found.get(key, ()), text)

    for row in ask(store, "flights", say.lang, city=city.id):
        add(row["partner"], _with_status(say, say("direct flight", "پرواز مستقیم"), row))
    for row in ask(store, "missions", say.lang, city=city.id):
        add(row["sender"], _with_status(say, row["kind_name"], row))
    for row in city.statistics:
        if row["topic"] and "pilgrims" in row["measure"]:
            add(row["topic"], f"{row['measure_name']}: {say.number(row['value'])}")
    return found


def _with_status(say: Speech, kind: str, row: Row) -> str:
    told = status(say, row)
    return f"{kind} ({told})" if told else kind


def told(say: Speech, found: Iterable[NextNetwork], ranking: Ranking) -> Section:
    """What is told of ties that do not stand: those in talks, and earlier ones."""
    candidates: tuple[Candidate, ...] = (*found, *ranking.told)
    rows: list[tuple[Cell, ...]] = [
        (
            each.id,
            each.name,
            row.get("kind_name") or row.get("role_name"),
            status(say, row),
            len(row["sources"]),
        )
        for each in candidates
        for row in (*each.talks, *each.past)
    ]
    columns = (
        ("item", "Id", "شناسه"),
        ("item_name", "With whom", "با که"),
        ("kind_name", "Kind", "گونه"),
        ("status_name", "Status", "وضعیت"),
        ("sources", "Sources", "منابع"),
    )
    title = ("Already in talks, and earlier ties", "در دست گفت‌وگو، و پیوندهای پیشین")
    return section(say.lang, "told", *title, columns, rows)


def not_known(say: Speech, city: Profile, ranking: Ranking, world: World) -> Section:
    """What is not known of the city itself, and of the cities that it might turn to."""
    known = unknown.section_of(say, (city,))
    rows = list(known.rows)

    def add(topic: str, en: str, fa: str) -> None:
        rows.append((city.id, city.name, topic, say(en, fa)))

    here, number = world.place(city.id), len(ranking.places)
    placeless = sum(place.latitude is None for place in ranking.places)
    for topic, missing, en, fa in (
        (
            "place",
            number if here.latitude is None else placeless,
            "How far the cities abroad are",
            "فاصلهٔ شهرهای خارجی",
        ),
        (
            "population",
            sum(place.size is None for place in ranking.places),
            "How large the cities abroad are",
            "جمعیت شهرهای خارجی",
        ),
        (
            "country",
            sum(place.country is None for place in ranking.places),
            "In which country cities lie",
            "کشور شهرها",
        ),
    ):
        if missing:
            add(
                topic,
                f"{en}: {say.number(missing)} of {say.plural(number, 'city', 'cities')}.",
                f"{fa}: {say.number(missing)} از {say.number(number)} شهر.",
            )
    if here.size is None or here.region is None:
        add(
            "peers",
            f"Which cities are of the region and size of {city.name}: its country or population is not told.",
            f"شهرهای هم‌منطقه و هم‌اندازهٔ {city.name}: کشور یا جمعیت آن گفته نشده است.",
        )
    add("language", "Which languages are common: no source tells of them.", "زبان‌های مشترک: منبعی از آن‌ها نمی‌گوید.")
    told = {row["topic"] for row in city.statistics if row["topic"] and "pilgrims" in row["measure"]}
    add(
        "pilgrims",
        f"From which countries pilgrims come: told of {say.number(len(told)) if told else 'none'}.",
        f"کشور زائران: از {say.number(len(told))} کشور گفته شده است." if told else "کشور زائران: گفته نشده است.",
    )
    return Section(known.key, known.title, known.columns, tuple(rows))


def _weight(network: NextNetwork, city: Profile) -> Decimal | None:
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
    when = date(network.roster or None)
    if network.roster is None:
        return None
    return say(f"without it, {say.date(when)}", f"بدون آن، {say.date(when)}") if when else say("without it", "بدون آن")


def _rounded(value: float) -> Decimal:
    return round(Decimal(value), 3)
