"""The headline sentences of a comparison, in English and Persian, each made of the figures that its tables show."""

from __future__ import annotations

from collections.abc import Sequence

from citydiplomacy.graph.model.validity import UNDER_WAY

from ..wording.speech import Speech
from .profile import Profile, Row

Places = dict[str, tuple[int, int, int | float]]
"""Measure -> rank, of how many cities, value."""


def headlines(
    say: Speech,
    a: Profile,
    b: Profile,
    common: Sequence[Row],
    networks: Sequence[Row],
    places: tuple[Places, Places],
    peers: str = "",
) -> tuple[str, ...]:
    """Sentences on two cities, the most telling one first.

    common: rows of `common-partners`; networks: rows of `networks-compared`, with a as `city` and b as `other`; peers:
    the sentence on how they stand among cities like them (`standing.headline`).
    """
    both = (a, b)
    said = (
        say.sentence(*(_sister_cities(say, city) for city in both)),
        _common(say, a, b, common),
        _networks(say, a, b, networks),
        _roles(say, both),
        f"{_places(say, both, places)} {peers}".strip(),
        say.sentence(*(_presence(say, city) for city in both)),
        say.sentence(*_needs(say, both)),
        say.sentence(*(_evidence(say, city) for city in both)),
    )
    return tuple(sentence for sentence in said if sentence)


def _sister_cities(say: Speech, city: Profile) -> str:
    if city.ties("agreement", ["agreement-kind/sister-city"]) is None:
        return say(
            f"no standing sister city of {city.name} is known", f"خواهرخواندهٔ برقراری از {city.name} شناخته نیست"
        )
    coming = city.ties("agreement", statuses=UNDER_WAY) or 0
    later = say(
        f", and {say.plural(coming, 'tie is', 'ties are')} proposed, planned or under negotiation",
        f" و {say.number(coming)} پیوند دیگر در حد پیشنهاد، برنامه یا مذاکره است",
    )
    number = len(city.sister_cities)
    reach = spread(say, city.sister_cities)
    stands = (
        say(
            f"{city.name} has {say.plural(number, 'standing sister city', 'standing sister cities')}{reach}",
            f"{city.name} با {say.number(number)} شهر{reach} خواهرخوانده است",
        )
        if number
        else say(
            f"no sister city of {city.name} is told as standing",
            f"خواهرخواندگی برقراری برای {city.name} گفته نشده است",
        )
    )
    return stands + (later if coming else "")


def spread(say: Speech, cities: Sequence[Row]) -> str:
    """In how many countries and world regions cities lie: ` in 10 countries and 6 world regions`."""
    countries = {row["country"] for row in cities if row["country"]}
    regions = {row["region"] for row in cities if row["region"]}
    if not countries:
        return ""
    least = say("at least ", "دست‌کم ") if any(row["country"] is None for row in cities) else ""
    text = say(
        f" in {least}{say.plural(len(countries), 'country', 'countries')}",
        f" در {least}{say.number(len(countries))} کشور",
    )
    if regions:
        text += say(
            f" and {say.plural(len(regions), 'world region', 'world regions')}",
            f" و {say.number(len(regions))} منطقهٔ جهان",
        )
    return text


def _common(say: Speech, a: Profile, b: Profile, common: Sequence[Row]) -> str:
    """Who is tied to both cities, among them sister cities of both."""
    if not (a.ties("agreement") and b.ties("agreement")):
        return ""
    mine, theirs = ({row["partner"] for row in city.sister_cities} for city in (a, b))
    shared = len(mine & theirs)
    partners = say.names([row["partner_name"] for row in common])
    each_other = say(f"{a.name} and {b.name} are sister cities", f"{a.name} و {b.name} خواهرخواندهٔ یکدیگرند")
    tied = (
        say(
            f"{partners} {'has' if len(common) == 1 else 'have'} a standing agreement with both cities",
            f"{partners} با هر دو شهر توافق برقرار {'دارد' if len(common) == 1 else 'دارند'}",
        )
        if common
        else say(
            "no partner is known to have agreements with both cities", "طرفی که با هر دو شهر توافق دارد شناخته نیست"
        )
    )
    sisters = (
        say(
            f"{say.plural(shared, 'sister city is', 'sister cities are')} common to both",
            f"{say.number(shared)} شهر خواهرخواندهٔ هر دو است",
        )
        if shared
        else say("no sister city is known to be common to both", "خواهرخواندهٔ مشترکی از آن‌ها شناخته نیست")
    )
    return say.sentence(each_other if b.id in mine else "", tied, sisters)


def _networks(say: Speech, a: Profile, b: Profile, rows: Sequence[Row]) -> str:
    told = [city for city in (a, b) if city.roles]
    silent = say.either([city.name for city in (a, b) if not city.roles])
    unknown = say(f"no standing membership of {silent} is known", f"عضویت برقراری از {silent} شناخته نیست")
    if not told:
        return say.sentence(unknown)
    first, *rest = told
    number = len(first.networks)
    counted = say(
        f"{first.name} is a member of {say.plural(number, 'network or body', 'networks and bodies')}"
        + "".join(f" and {city.name} of {say.number(len(city.networks))}" for city in rest),
        " و ".join(f"{city.name} عضو {say.number(len(city.networks))}" for city in told) + " شبکه و نهاد است",
    )
    if silent:
        return say.sentence(counted, unknown)
    shared = [row["organization_name"] for row in rows if row["city_member"] == row["other_member"] == "yes"]
    in_both = (
        say(
            f"they share {say.number(len(shared))}: {say.names(shared)}",
            f"{say.number(len(shared))} عضویت مشترک است: {say.names(shared)}",
        )
        if shared
        else say("they are known to share none", "عضویت مشترکی از آن‌ها شناخته نیست")
    )
    alone = _alone(
        say,
        (a, [row for row in rows if row["other_member"] != "yes"]),
        (b, [row for row in rows if row["city_member"] != "yes"]),
    )
    return f"{say.sentence(counted, in_both)} {alone}".strip()


def _alone(say: Speech, *sides: tuple[Profile, Sequence[Row]]) -> str:
    """Who alone is in what, and whether the other's absence was checked."""
    only = []
    for city, rows in sides:
        names = say.names([row["organization_name"] for row in rows])
        if rows:
            only.append(
                say(f"only {city.name} is known to be in {names}", f"در {names} تنها عضویت {city.name} شناخته است")
            )
    if not only:
        return ""
    (_, only_a), (_, only_b) = sides
    absences = [row["other_member"] for row in only_a] + [row["city_member"] for row in only_b]
    checked, open_ = absences.count("no"), absences.count("unknown")
    if not checked:
        basis = say(
            "that the other is absent is not certain, for no full list of members is at hand",
            "نبود شهر دیگر قطعی نیست، چون فهرست کامل اعضا در دست نیست",
        )
    elif not open_:
        basis = say("the other's absence is checked", "نبود شهر دیگر بررسی شده است")
    else:
        basis = say(
            f"the other's absence is checked in {say.number(checked)} of these and not certain in {say.number(open_)}",
            f"نبود شهر دیگر در {say.number(checked)} مورد بررسی شده و در {say.number(open_)} مورد قطعی نیست",
        )
    return say.sentence(*only, basis)


def _roles(say: Speech, cities: Sequence[Profile]) -> str:
    told = [city for city in cities if city.weight is not None]
    if not told:
        return ""
    first, *rest = told
    weights = say(
        "weighted by role (observer 1, full member 2, leading 3; founder +1, host +2), "
        f"{first.name}'s places come to {say.number(first.weight or 0)}"
        + "".join(f" and {city.name}'s to {say.number(city.weight or 0)}" for city in rest),
        " و ".join(f"وزن نقش‌های {city.name} {say.number(city.weight or 0)}" for city in told)
        + " است (ناظر ۱، عضو کامل ۲، نقش رهبری ۳؛ بنیان‌گذاری ۱ و میزبانی ۲ امتیاز افزوده)",
    )
    return say.sentence(weights, *(_leading(say, city) for city in told))


def _leading(say: Speech, city: Profile) -> str:
    hosts = len(city.hosting)
    hosting = say(
        f" and hosts {say.plural(hosts, 'office or centre', 'offices and centres')}",
        f" و میزبان {say.number(hosts)} دفتر و مرکز است",
    )
    if not city.leading:
        led = say(f"{city.name} has no leading role that is known", f"نقش رهبری شناخته‌ای برای {city.name} نیست")
        return led + (hosting if hosts else "")
    highest, number = city.leading[0], len(city.leading)
    role, body = highest.role_name, highest.organization_name
    return say(
        f"{city.name} holds {say.plural(number, 'leading role', 'leading roles')}, the highest as {role} of {body}",
        f"{city.name} {say.number(number)} نقش رهبری دارد (بالاترین: {role} در {body})",
    ) + (say(",", "") + hosting if hosts else "")


def _places(say: Speech, cities: Sequence[Profile], places: tuple[Places, Places]) -> str:
    """Ranks by the number of partner cities, and by how often a city lies between others (else by PageRank)."""
    clauses, size = [], 0
    for city, ranked in zip(cities, places, strict=True):
        if "degree" not in ranked:
            continue
        rank, size, value = ranked["degree"]
        second = "betweenness" if "betweenness" in ranked else "pagerank"
        name_en, name_fa = {
            "betweenness": ("as a go-between (betweenness)", "میانجی‌گری (مرکزیت بینابینی)"),
            "pagerank": ("by PageRank", "پیج‌رنک"),
        }[second]
        other, partners = ranked[second][0], say.number(round(value))
        clauses.append(
            say(
                f"{city.name} ranks {say.rank(rank)} both by partner cities ({partners}) and {name_en}",
                f"{city.name} هم در شمار شهرهای طرف پیوند ({partners}) و هم در {name_fa} در {say.rank(rank)} است",
            )
            if rank == other
            else say(
                f"{city.name} ranks {say.rank(rank)} by partner cities ({partners}) and {say.rank(other)} {name_en}",
                f"{city.name} در شمار شهرهای طرف پیوند ({partners}) در {say.rank(rank)} و در {name_fa} در "
                f"{say.rank(other)} است",
            )
        )
    if not clauses:
        return ""
    among = say(
        f"among the {say.number(size)} cities in the network of agreements known here, ",
        f"در میان {say.number(size)} شهر شبکهٔ توافق‌های شناخته، ",
    )
    return say.sentence(among + clauses[0], *clauses[1:])


def _presence(say: Speech, city: Profile) -> str:
    """Missions and flights, told one by one; where no mission is, what a source counts."""
    missions, routes, figure = city.ties("mission"), city.destinations(), city.figure("diplomatic-missions")
    hosted, flown = say.number(missions or 0), say.number(routes or 0)
    clauses = []
    if missions is not None:
        offices = say.plural(missions, "mission or representative office", "missions and representative offices")
        clauses.append(say(f"{city.name} hosts {offices}", f"{city.name} میزبان {hosted} نمایندگی و دفتر است"))
    elif figure is not None:
        number = f"{figure.qualifier or ''} {say.number(figure.value)}".strip()
        weak = figure.reliability == 1
        clauses.append(
            say(
                f"{'a weak' if weak else 'one'} source counts {number} diplomatic missions in {city.name}",
                f"{'منبعی سست' if weak else 'منبعی'} از {number} نمایندگی دیپلماتیک در {city.name} می‌گوید",
            )
        )
    if routes is not None:
        destinations = say.plural(routes, "city", "cities")
        clauses.append(
            say(f"direct flights tie {city.name} to {destinations}", f"از {city.name} به {flown} شهر پرواز مستقیم هست")
        )
    return say("; ", "؛ ").join(clauses)


def _needs(say: Speech, cities: Sequence[Profile]) -> list[str]:
    if any(city.needs for city in cities):
        return [needs(say, city) for city in cities]
    names = say.either([city.name for city in cities])
    return [
        say(
            f"no study of the needs of {names} is in the store, so their unmet needs are not known",
            f"پژوهشی دربارهٔ نیازهای {names} در داده‌ها نیست و نیازهای بی‌پاسخشان دانسته نیست",
        )
    ]


def needs(say: Speech, city: Profile) -> str:
    """How many recorded needs no active tie addresses; not known where nobody studied them."""
    if not city.needs:
        return say(
            f"no study of {city.name}'s needs is in the store, so its unmet needs are not known",
            f"پژوهشی دربارهٔ نیازهای {city.name} در داده‌ها نیست و نیازهای بی‌پاسخ آن دانسته نیست",
        )
    unmet, all_ = len(city.unaddressed), len(city.needs)
    if not unmet:
        return say(
            f"active ties address all {say.plural(all_, 'recorded need', 'recorded needs')} of {city.name}",
            f"پیوندهای فعال به هر {say.number(all_)} نیاز ثبت‌شدهٔ {city.name} پاسخ می‌دهند",
        )
    return say(
        f"of the {say.plural(all_, 'recorded need', 'recorded needs')} of {city.name}, no active tie addresses "
        f"{say.number(unmet)} ({say.percent(unmet, all_)})",
        f"از {say.number(all_)} نیاز ثبت‌شدهٔ {city.name}، هیچ پیوند فعالی به {say.number(unmet)} نیاز "
        f"({say.percent(unmet, all_)}) پاسخ نمی‌دهد",
    )


def _evidence(say: Speech, city: Profile) -> str:
    if not city.claims:
        return say(f"no claim about {city.name} is in the store", f"گزاره‌ای دربارهٔ {city.name} در داده‌ها نیست")
    sources = len(city.sources)
    disputed_en = say.plural(city.disputed, "is", "are") if city.disputed else "none is"
    disputed_fa = (
        f"بر سر {say.number(city.disputed)} گزاره منابع ناهمخوان‌اند" if city.disputed else "ناهمخوانی‌ای دیده نشده است"
    )
    single, share = say.number(city.single_source), say.percent(city.single_source, city.claims)
    return say(
        f"what is told of {city.name} is {say.plural(city.claims, 'claim', 'claims')} from "
        f"{say.plural(sources, 'source', 'sources')}: {single} ({share}) rest on one source only, {disputed_en} "
        "disputed",
        f"تصویر {city.name} از {say.number(city.claims)} گزارهٔ {say.number(sources)} منبع ساخته شده است: "
        f"{single} گزاره ({share}) تک‌منبع است و {disputed_fa}",
    )
