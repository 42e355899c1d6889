"""The headline sentences of a comparison, in English and Persian, each made of the figures that its tables show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from citydiplomacy.graph.model.validity import UNDER_WAY

from ..standing.standing import Position
from ..wording.phrases import Phrase
from ..wording.rows import Rows
from ..wording.speech import Speech
from . import knowledge_headlines, membership_headlines
from .profile import CityProfile

Positions = Mapping[str, Position]
"""A city's positions by measure."""


def headlines(
    say: Speech,
    a: CityProfile,
    b: CityProfile,
    common: Rows,
    networks: Rows,
    positions: tuple[Positions, Positions],
    peers: Sequence[Phrase] = (),
) -> tuple[Phrase, ...]:
    """Sentences on two cities, the most telling one first.

    common: rows of `common-partners`; networks: rows of `networks-compared`, with a as `city` and b as `other`; peers:
    clauses on how they stand among cities like them (`standing.headline`).
    """
    both = (a, b)
    return (
        *say.sentences(*(clause for city in both for clause in _sister_cities(say, city))),
        *say.sentences(*_common(say, a, b, common)),
        *membership_headlines.networks(say, a, b, networks),
        *membership_headlines.roles(say, both),
        *say.sentences(*_positions(say, both, positions)),
        *say.sentences(*peers),
        *say.sentences(*(clause for city in both for clause in _presence(say, city))),
        *say.sentences(*knowledge_headlines.needs_of_several(say, both)),
        *say.sentences(*(clause for city in both for clause in knowledge_headlines.evidence(say, city))),
    )


def _sister_cities(say: Speech, city: CityProfile) -> list[Phrase]:
    if city.ties("agreement", ["agreement-kind/sister-city"]) is None:
        return [
            say(
                "no standing sister city of {city} is known",
                "خواهرخواندهٔ برقراری از {city} شناخته نیست",
                city=city.named,
            )
        ]
    clauses = [
        say(
            "{city} has {sisters}{reach}",
            "{city} با {sisters} شهر{reach} خواهرخوانده است",
            city=city.named,
            sisters=say.counted(city.sister_cities.number(), "standing sister city", "standing sister cities"),
            reach=spread(say, city.sister_cities),
        )
        if city.sister_cities
        else say(
            "no sister city of {city} is told as standing",
            "خواهرخواندگی برقراری برای {city} گفته نشده است",
            city=city.named,
        )
    ]
    if coming := city.ties("agreement", statuses=UNDER_WAY):
        clauses.append(
            say(
                "{ties} of {city} {are} proposed, planned or under negotiation",
                "{ties} توافق {city} در حد پیشنهاد، برنامه یا مذاکره است",
                ties=say.counted(coming, "agreement"),
                city=city.named,
                are="is" if coming.value == 1 else "are",
            )
        )
    return clauses


def spread(say: Speech, cities: Rows) -> Phrase:
    """In how many countries and world regions cities lie: ` in 10 countries and 6 world regions`."""
    countries, regions = cities.distinct("country"), cities.distinct("region")
    if not countries:
        return Phrase()
    text = say(
        " in {least}{countries}",
        " در {least}{countries} کشور",
        least=say("at least ", "دست‌کم ") if cities.where(country=None) else "",
        countries=say.counted(countries, "country", "countries"),
    )
    if not regions:
        return text
    return text + say(
        " and {regions}", " و {regions} منطقهٔ جهان", regions=say.counted(regions, "world region", "world regions")
    )


def _common(say: Speech, a: CityProfile, b: CityProfile, common: Rows) -> list[Phrase]:
    """Who is tied to both cities, among them sister cities of both."""
    if not (a.ties("agreement") and b.ties("agreement")):
        return []
    clauses = []
    if a.sister_cities.where(partner=b.id):
        clauses.append(say("{a} and {b} are sister cities", "{a} و {b} خواهرخواندهٔ یکدیگرند", a=a.named, b=b.named))
    if common:
        clauses.append(
            say(
                "{partners} {have} a standing agreement with both {a} and {b}",
                "{partners} با {a} و با {b} توافق برقرار {have}",
                partners=say.names(common.names("partner"), total=common.distinct("partner")),
                have=say("has", "دارد") if len(common) == 1 else say("have", "دارند"),
                a=a.named,
                b=b.named,
            )
        )
    else:
        clauses.append(
            say(
                "no partner is known to have agreements with both {a} and {b}",
                "طرفی که هم با {a} و هم با {b} توافق دارد شناخته نیست",
                a=a.named,
                b=b.named,
            )
        )
    shared = a.sister_cities.where(partner=b.sister_cities.values("partner")).number()
    clauses.append(
        say(
            "{shared} common to {a} and {b}",
            "{shared} شهر خواهرخواندهٔ هر دو شهر {a} و {b} است",
            shared=say.counted(shared, "sister city is", "sister cities are"),
            a=a.named,
            b=b.named,
        )
        if shared
        else say(
            "no sister city is known to be common to {a} and {b}",
            "خواهرخواندهٔ مشترکی از {a} و {b} شناخته نیست",
            a=a.named,
            b=b.named,
        )
    )
    return clauses


def _positions(say: Speech, cities: Sequence[CityProfile], positions: tuple[Positions, Positions]) -> list[Phrase]:
    """Ranks by the number of partner cities, and by how often a city lies between others (else by PageRank)."""
    clauses = []
    for city, by_measure in zip(cities, positions, strict=True):
        if "degree" not in by_measure:
            continue
        degree = by_measure["degree"]
        second = "betweenness" if "betweenness" in by_measure else "pagerank"
        other = by_measure[second]
        by_second = {
            "betweenness": say("as a go-between (betweenness)", "میانجی‌گری (مرکزیت بینابینی)"),
            "pagerank": say("by PageRank", "پیج‌رنک"),
        }[second]
        clauses.append(
            say(
                "{city} ranks {rank} by partner cities ({partners}) and {other} {second} among the {size} in the "
                "network of agreements known here",
                "{city} میان {size} شهر شبکهٔ توافق‌های شناخته، در شمار شهرهای طرف پیوند ({partners}) در {rank} و در "
                "{second} در {other} است",
                city=city.named,
                rank=say.rank(degree.rank()),
                partners=degree.figure(),
                other=say.rank(other.rank()),
                second=by_second,
                size=say.counted(degree.size(), "city", "cities"),
            )
        )
    return clauses


def _presence(say: Speech, city: CityProfile) -> list[Phrase]:
    """Missions and flights, told one by one; where no mission is, what a source counts."""
    missions, routes, figure = city.ties("mission"), city.destinations(), city.figure("diplomatic-missions")
    clauses = []
    if missions is not None:
        clauses.append(
            say(
                "{city} hosts {offices}",
                "{city} میزبان {offices} نمایندگی و دفتر است",
                city=city.named,
                offices=say.counted(
                    missions, "mission or representative office", "missions and representative offices"
                ),
            )
        )
    elif figure is not None:
        weak = figure.reliability == 1
        clauses.append(
            say(
                "{source} counts {about}{missions} in {city}",
                "{source} از {about}{missions} نمایندگی دیپلماتیک در {city} می‌گوید",
                source=say("a weak source", "منبعی سست") if weak else say("one source", "منبعی"),
                about=f"{figure.qualifier} " if figure.qualifier else "",
                missions=say.counted(figure.told, "diplomatic mission"),
                city=city.named,
            )
        )
    if routes is not None:
        clauses.append(
            say(
                "direct flights tie {city} to {cities}",
                "از {city} به {cities} شهر پرواز مستقیم هست",
                city=city.named,
                cities=say.counted(routes, "city", "cities"),
            )
        )
    return clauses
