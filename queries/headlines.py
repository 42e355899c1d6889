"""The headline sentences of a comparison, in English and Persian, each made of the figures that its tables show."""

from __future__ import annotations

from collections.abc import Sequence

from .profile import UNDER_WAY, Profile, Row
from .speech import Speech

Places = dict[str, tuple[int, int, int | float]]
"""Measure -> rank, of how many cities, value."""


def headlines(
    say: Speech, a: Profile, b: Profile, common: Sequence[Row], networks: Sequence[Row], places: tuple[Places, Places]
) -> tuple[str, ...]:
    """Sentences on two cities, the most telling one first.

    common: rows of `common-partners`; networks: rows of `networks-compared`, with a as `city` and b as `other`.
    """
    both = (a, b)
    said = (
        say.sentence(*(_sister_cities(say, city) for city in both)),
        _common(say, a, b, common),
        _networks(say, a, b, networks),
        _roles(say, a, b),
        _places(say, both, places),
        say.sentence(*(_presence(say, city) for city in both)),
        say.sentence(*(_needs(say, city) for city in both)),
        say.sentence(*(_evidence(say, city) for city in both)),
    )
    return tuple(sentence for sentence in said if sentence)


def _sister_cities(say: Speech, city: Profile) -> str:
    told = city.ties("agreement", ["agreement-kind/sister-city"])
    if told is None:
        return say(f"no source tells of a sister city of {city.name}", f"منبعی از خواهرخوانده‌ای برای {city.name} نمی‌گوید")
    coming = city.ties("agreement", statuses=UNDER_WAY) or 0
    under_way = say.count(coming, "tie is", "ties are", "پیوند دیگر")
    later_en = f", and {under_way} proposed, planned or under negotiation" if coming else ""
    later_fa = f" و {under_way} در حد پیشنهاد، برنامه یا مذاکره است" if coming else ""
    number = len(city.sister_cities)
    if not number:
        return say(
            f"no sister city of {city.name} is told as standing{later_en}",
            f"هیچ خواهرخواندگی برقراری برای {city.name} گفته نشده{later_fa}",
        )
    reach = spread(say, city.sister_cities)
    return say(
        f"{city.name} has {say.count(number, 'standing sister city', 'standing sister cities', '')}".rstrip()
        + f"{reach}{later_en}",
        f"{city.name} با {say.number(number)} شهر{reach} خواهرخوانده است{later_fa}",
    )


def spread(say: Speech, cities: Sequence[Row]) -> str:
    """In how many countries and world regions cities lie: ` in 10 countries and 6 world regions`."""
    countries = {row["country"] for row in cities if row["country"]}
    regions = {row["region"] for row in cities if row["region"]}
    if not countries:
        return ""
    least = say("at least ", "دست‌کم ") if any(row["country"] is None for row in cities) else ""
    text = say("in ", "در ") + least + say.count(len(countries), "country", "countries", "کشور")
    if regions:
        text += say(" and ", " و ") + say.count(len(regions), "world region", "world regions", "منطقهٔ جهان")
    return f" {text}"


def _common(say: Speech, a: Profile, b: Profile, common: Sequence[Row]) -> str:
    if not (a.ties("agreement") and b.ties("agreement")):
        return ""
    mine = {row["partner"] for row in a.sister_cities}
    theirs = {row["partner"] for row in b.sister_cities}
    twins = b.id in mine
    shared = len(mine & theirs)
    partners = say.names([row["partner_name"] for row in common])
    tied = (
        say(
            f"{partners} {'has' if len(common) == 1 else 'have'} a standing agreement with both cities",
            f"{partners} با هر دو شهر توافقی برقرار {'دارد' if len(common) == 1 else 'دارند'}",
        )
        if common
        else say("no partner is told to have agreements with both cities", "طرفی که با هر دو شهر توافق دارد شناخته نیست")
    )
    sisters = (
        say.count(shared, "sister city is", "sister cities are", "شهر") + say(" common to both", " خواهرخواندهٔ مشترک آن‌هاست")
        if shared
        else say("no sister city is known to be common to both", "خواهرخواندهٔ مشترکی از آن‌ها دانسته نیست")
    )
    each_other = say(f"{a.name} and {b.name} are sister cities", f"{a.name} و {b.name} خواهرخوانده‌اند") if twins else ""
    return say.sentence(each_other, tied, sisters)


def _networks(say: Speech, a: Profile, b: Profile, rows: Sequence[Row]) -> str:
    told = [city for city in (a, b) if city.roles]
    silent = [city for city in (a, b) if not city.roles]
    unknown = (
        say(
            f"no source tells of a membership of {say.names([c.name for c in silent])}",
            f"منبعی از عضویت {say.names([c.name for c in silent])} در شبکه‌ای نمی‌گوید",
        )
        if silent
        else ""
    )
    if not told:
        return say.sentence(unknown)
    counted = say(
        "; ".join(
            f"{city.name} is a member of {say.count(len(city.networks), 'network or body', 'networks and bodies', '')}".strip()
            for city in told
        ),
        "؛ ".join(f"{city.name} عضو {say.number(len(city.networks))} شبکه و نهاد است" for city in told),
    )
    if silent:
        return say.sentence(counted, unknown)
    shared = [row["organization_name"] for row in rows if row["city_member"] == row["other_member"] == "yes"]
    only_a = [row for row in rows if row["other_member"] != "yes"]
    only_b = [row for row in rows if row["city_member"] != "yes"]
    in_both = (
        say(f"they share {say.number(len(shared))}: {say.names(shared)}", f"{say.number(len(shared))} عضویت مشترک است: {say.names(shared)}")
        if shared
        else say("they are known to share none", "عضویت مشترکی از آن‌ها دانسته نیست")
    )
    return " ".join(filter(None, (say.sentence(counted, in_both), _absences(say, (a, only_a), (b, only_b)))))


def _absences(say: Speech, *sides: tuple[Profile, Sequence[Row]]) -> str:
    """Who alone is in what, and whether the other's absence was checked."""
    only = [
        say(
            f"only {city.name} is told to be in {say.names([row['organization_name'] for row in rows])}",
            f"تنها {city.name} در {say.names([row['organization_name'] for row in rows])} عضو دانسته می‌شود",
        )
        for city, rows in sides
        if rows
    ]
    if not only:
        return ""
    absent = [other for (_, rows), key in zip(sides, ("other_member", "city_member"), strict=True) for other in (r[key] for r in rows)]
    checked, open_ = absent.count("no"), absent.count("unknown")
    if not checked:
        basis = say(
            "whether the other is absent is not known, for no full list of members is at hand",
            "نبود شهر دیگر قطعی نیست، چون فهرست کامل اعضا در دست نیست",
        )
    elif not open_:
        basis = say("the other's absence is checked", "نبود شهر دیگر بررسی شده است")
    else:
        basis = say(
            f"of these {say.count(checked + open_, 'absence', 'absences', '')} {say.number(checked)} checked, "
            f"{say.number(open_)} not known".replace("  ", " "),
            f"از این {say.number(checked + open_)} نبود {say.number(checked)} مورد بررسی شده و {say.number(open_)} مورد نامعلوم است",
        )
    return say.sentence(*only, basis)


def _roles(say: Speech, a: Profile, b: Profile) -> str:
    told = [city for city in (a, b) if city.weight is not None]
    if not told:
        return ""
    weights = say(
        "weighted by role (1 observer, 2 full member, 3 leading, founder +1, host +2), "
        + " and ".join(f"{city.name}'s places come to {say.number(city.weight or 0)}" for city in told),
        " و ".join(f"وزن نقش‌های {city.name} {say.number(city.weight or 0)}" for city in told)
        + " است (ناظر ۱، عضو ۲، نقش رهبری ۳، بنیان‌گذار ۱ و میزبان ۲ امتیاز افزوده)",
    )
    highest = [
        say(
            f"{city.name} holds {say.count(len(city.leading), 'leading role', 'leading roles', '')}, the highest as "
            f"{city.leading[0].role_name} of {city.leading[0].organization_name},".replace(" ,", ",")
            + f" and hosts {say.count(len(city.hosting), 'office or centre', 'offices and centres', '')}".rstrip(),
            f"{city.name} {say.number(len(city.leading))} نقش رهبری دارد، بالاترینشان «{city.leading[0].role_name}» در "
            f"{city.leading[0].organization_name}، و میزبان {say.number(len(city.hosting))} دفتر و مرکز است",
        )
        if city.leading
        else say(
            f"no leading role of {city.name} is told", f"از نقش رهبری {city.name} چیزی گفته نشده"
        )
        for city in told
    ]
    return say.sentence(weights, *highest)


def _places(say: Speech, cities: tuple[Profile, Profile], places: tuple[Places, Places]) -> str:
    known = [(city, ranked) for city, ranked in zip(cities, places, strict=True) if "degree" in ranked]
    if not known:
        return ""
    size = say.number(known[0][1]["degree"][1])
    clauses = []
    for city, ranked in known:
        rank, _, value = ranked["degree"]
        second = "betweenness" if "betweenness" in ranked else "pagerank"
        by = {
            "betweenness": say("as a go-between (betweenness)", "در میانجی‌گری (مرکزیت بینابینی)"),
            "pagerank": say("by PageRank", "در پیج‌رنک"),
        }[second]
        clauses.append(
            say(
                f"{city.name} ranks {say.ordinal(rank)} by partners ({say.number(round(value))}) and "
                f"{say.ordinal(ranked[second][0])} {by}",
                f"{city.name} در شمار طرف‌ها ({say.number(round(value))}) {say.ordinal(rank)} و {by} "
                f"{say.ordinal(ranked[second][0])} است",
            )
        )
    start = say(f"among the {size} cities in the network of agreements known here ", f"در میان {size} شهر شبکهٔ توافق‌های این داده‌ها ")
    return say.sentence(start + clauses[0], *clauses[1:])


def _presence(say: Speech, city: Profile) -> str:
    missions, routes = city.ties("mission"), city.ties("route")
    figure = city.figure("diplomatic-missions")
    told = []
    if missions is not None:
        told.append(
            say(
                f"hosts {say.count(missions, 'foreign or international mission', 'foreign and international missions', '')}".rstrip(),
                f"میزبان {say.number(missions)} نمایندگی است",
            )
        )
    elif figure is not None:
        told.append(
            say(
                f"is said to host {figure.qualifier or ''} {say.number(figure.value)} diplomatic missions".replace("  ", " "),
                f"به گفتهٔ منابع {figure.qualifier or ''} {say.number(figure.value)} نمایندگی دیپلماتیک دارد".replace("  ", " "),
            )
        )
    if routes is not None:
        told.append(
            say(
                f"has direct flights to {say.count(routes, 'city', 'cities', '')}".rstrip(),
                f"به {say.number(routes)} شهر پرواز مستقیم دارد",
            )
        )
    if not told:
        return ""
    return f"{city.name} {say(' and ', ' و ').join(told)}"


def _needs(say: Speech, city: Profile) -> str:
    if not city.needs:
        return say(
            f"no study of {city.name}'s needs is in the store, so its unmet needs are not known",
            f"پژوهشی دربارهٔ نیازهای {city.name} در داده‌ها نیست و نیازهای بی‌پاسخ آن نامعلوم است",
        )
    open_, all_ = len(city.unaddressed), len(city.needs)
    return say(
        f"of {city.name}'s {say.count(all_, 'recorded need', 'recorded needs', '')} {say.number(open_)} "
        f"({say.percent(open_, all_)}) are addressed by no active tie".replace("  ", " "),
        f"از {say.number(all_)} نیاز ثبت‌شدهٔ {city.name} به {say.number(open_)} نیاز ({say.percent(open_, all_)}) هیچ پیوند "
        "فعالی پاسخ نمی‌دهد",
    )


def _evidence(say: Speech, city: Profile) -> str:
    if not city.claims:
        return say(f"nothing is told of {city.name}", f"دربارهٔ {city.name} گزاره‌ای در داده‌ها نیست")
    single = f"{say.number(city.single_source)} ({say.percent(city.single_source, city.claims)})"
    sources = len(city.sources)
    return say(
        f"what is told of {city.name}, {say.count(city.claims, 'claim', 'claims', '')}from "
        f"{say.count(sources, 'source', 'sources', '')}, rests on one source only in {single} and is disputed in "
        f"{say.number(city.disputed)}".replace(" ,", ","),
        f"از {say.number(city.claims)} گزارهٔ {say.number(sources)} منبع دربارهٔ {city.name}، {single} تنها بر یک منبع استوار است و "
        f"منابع بر سر {say.number(city.disputed)} گزاره ناهمخوان‌اند",
    )
