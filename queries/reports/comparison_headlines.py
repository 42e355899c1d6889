"""The headline sentences of a comparison, in English and Persian, each made of the figures that its tables show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from citydiplomacy.graph.model.validity import UNDER_WAY

from ..standing.standing import Position
from ..wording.speech import Speech
from . import knowledge_headlines, membership_headlines
from .profile import CityProfile, Row

Positions = Mapping[str, Position]
"""A city's positions by measure."""


def headlines(
    say: Speech,
    a: CityProfile,
    b: CityProfile,
    common: Sequence[Row],
    networks: Sequence[Row],
    positions: tuple[Positions, Positions],
    peers: str = "",
) -> tuple[str, ...]:
    """Sentences on two cities, the most telling one first.

    common: rows of `common-partners`; networks: rows of `networks-compared`, with a as `city` and b as `other`; peers:
    the sentence on how they stand among cities like them (`standing.headline`).
    """
    both = (a, b)
    sentences = (
        say.sentence(*(_sister_cities(say, city) for city in both)),
        _common(say, a, b, common),
        membership_headlines.networks(say, a, b, networks),
        membership_headlines.roles(say, both),
        f"{_positions(say, both, positions)} {peers}".strip(),
        say.sentence(*(_presence(say, city) for city in both)),
        say.sentence(*knowledge_headlines.needs_of_several(say, both)),
        say.sentence(*(knowledge_headlines.evidence(say, city) for city in both)),
    )
    return tuple(sentence for sentence in sentences if sentence)


def _sister_cities(say: Speech, city: CityProfile) -> str:
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


def _common(say: Speech, a: CityProfile, b: CityProfile, common: Sequence[Row]) -> str:
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


def _positions(say: Speech, cities: Sequence[CityProfile], positions: tuple[Positions, Positions]) -> str:
    """Ranks by the number of partner cities, and by how often a city lies between others (else by PageRank)."""
    clauses, size = [], 0
    for city, by_measure in zip(cities, positions, strict=True):
        if "degree" not in by_measure:
            continue
        rank, size = by_measure["degree"].among_all.rank, by_measure["degree"].among_all.size
        second = "betweenness" if "betweenness" in by_measure else "pagerank"
        name_en, name_fa = {
            "betweenness": ("as a go-between (betweenness)", "میانجی‌گری (مرکزیت بینابینی)"),
            "pagerank": ("by PageRank", "پیج‌رنک"),
        }[second]
        other, partners = by_measure[second].among_all.rank, say.number(round(by_measure["degree"].value))
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
        f"among the {say.plural(size, 'city', 'cities')} in the network of agreements known here, ",
        f"در میان {say.number(size)} شهر شبکهٔ توافق‌های شناخته، ",
    )
    return say.sentence(among + clauses[0], *clauses[1:])


def _presence(say: Speech, city: CityProfile) -> str:
    """Missions and flights, told one by one; where no mission is, what a source counts."""
    missions, routes, figure = city.ties("mission"), city.destinations(), city.figure("diplomatic-missions")
    hosted, flown = say.number(missions or 0), say.number(routes or 0)
    clauses = []
    if missions is not None:
        offices = say.plural(missions, "mission or representative office", "missions and representative offices")
        clauses.append(say(f"{city.name} hosts {offices}", f"{city.name} میزبان {hosted} نمایندگی و دفتر است"))
    elif figure is not None:
        number = f"{figure.qualifier or ''} {say.number(figure.value)}".strip()
        missions_en = "diplomatic mission" if figure.value == 1 else "diplomatic missions"
        weak = figure.reliability == 1
        clauses.append(
            say(
                f"{'a weak' if weak else 'one'} source counts {number} {missions_en} in {city.name}",
                f"{'منبعی سست' if weak else 'منبعی'} از {number} نمایندگی دیپلماتیک در {city.name} می‌گوید",
            )
        )
    if routes is not None:
        destinations = say.plural(routes, "city", "cities")
        clauses.append(
            say(f"direct flights tie {city.name} to {destinations}", f"از {city.name} به {flown} شهر پرواز مستقیم هست")
        )
    return say("; ", "؛ ").join(clauses)
