"""The headline sentences of a comparison, in English and Persian, each made of the figures that its tables show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..city import knowledge_headlines, membership_headlines
from ..city.city_headlines import sister_cities
from ..city.profile import CityProfile
from ..standing.coverage import SISTER_CITIES
from ..standing.rankings import Position, all_cities
from ..standing.tie_strength import partner_cities
from ..wording.days import last_told
from ..wording.phrases import Phrase
from ..wording.rows import Rows
from ..wording.sections import Topic
from ..wording.speech import Speech

Positions = Mapping[str, Position]
"""A city's positions by measure."""


def by_topic(
    say: Speech,
    a: CityProfile,
    b: CityProfile,
    common: Rows,
    networks: Rows,
    rosters: Rows,
    positions: tuple[Positions, Positions],
    alike: Rows,
    presence: Sequence[tuple[Rows, Rows]],
    peers: Sequence[Phrase] = (),
    estimates: Phrase | None = None,
) -> tuple[Topic, ...]:
    """Sentences on two cities, the most telling one first, by what they are of.

    common: rows of `common-partners`; networks: rows of `networks-compared`, with a as `city` and b as `other`;
    rosters: rows of `rosters`; alike: rows of `sister-cities-alike`; presence: rows of `missions` and of `flights` of
    each; peers: clauses on how they stand among cities like them (`rankings.headline`); estimates: a sentence on what
    of this is estimated.
    """
    both = (a, b)
    ties = (
        *say.sentences(*_alike(say, a, b, alike)),
        *say.sentences(*(clause for city in both for clause in sister_cities(say, city))),
        *say.sentences(*_common(say, a, b, common)),
    )
    places = (
        *membership_headlines.networks(say, a, b, networks, rosters),
        *membership_headlines.roles(say, both),
    )
    standing = (*say.sentences(*_positions(say, both, positions)), *say.sentences(*peers))
    present = say.sentences(
        *(clause for city, told in zip(both, presence, strict=True) for clause in _presence(say, city, *told))
    )
    known = (
        *say.sentences(*knowledge_headlines.needs_of_several(say, both)),
        *say.sentences(*(clause for city in both for clause in knowledge_headlines.evidence(say, city))),
        *filter(None, [estimates]),
    )
    topics = (
        Topic("ties", say("Sister cities and agreements", "خواهرخوانده‌ها و توافق‌ها"), ties),
        Topic("networks", say("Networks and roles", "شبکه‌ها و نقش‌ها"), places),
        Topic("standing", say("Standing among all cities", "جایگاه میان همهٔ شهرها"), standing),
        Topic("presence", say("Missions and flights", "نمایندگی‌ها و پروازها"), present),
        Topic(
            "known", say("Needs, and how well all this is known", "نیازها، و این‌که این‌ها چه اندازه دانسته است"), known
        ),
    )
    return tuple(topic for topic in topics if topic.sentences)


def _alike(say: Speech, a: CityProfile, b: CityProfile, alike: Rows) -> list[Phrase]:
    """What can be compared where not the same sources cover two cities: a clause a source that covers both."""
    of_a, of_b = (city.covering.where(kind=SISTER_CITIES) for city in (a, b))
    ours, theirs = ({row["source"] for row in rows} for rows in (of_a, of_b))
    if ours == theirs:
        return []
    shared = of_a.where(source=sorted(ours & theirs))
    if not shared:
        return [
            say(
                "no source in these data set out to collect the sister cities of both {a} and {b}: their numbers "
                "cannot "
                "be compared",
                "هیچ منبعی در این داده‌ها در پی خواهرخوانده‌های هر دو شهر {a} و {b} نبوده است و شمار آن‌ها سنجیدنی نیست",
                a=a.named,
                b=b.named,
            )
        ]
    clauses = []
    for source in dict.fromkeys(row["source"] for row in shared):
        named = say.quoted(shared.where(source=source).name("source"))
        of_each = [alike.where(source=source, place=city.id).number() for city in (a, b)]
        clauses.append(
            say(
                "{source} set out to collect the sister cities of both {a} and {b}",
                "{source} خواهرخوانده‌های {a} و {b} هر دو را گرد آورده است",
                source=named,
                a=a.named,
                b=b.named,
            )
        )
        if not any(of_each):  # of the day asked about none of theirs is known to have stood, which is not that none did
            continue
        clauses.append(
            say(
                "{source} tells of {first} of {a} and {second} of {b}",
                "{source} از {first} خواهرخواندهٔ برقرار {a} و {second} خواهرخواندهٔ برقرار {b} می‌گوید",
                source=named,
                first=say.counted(of_each[0], "standing sister city", "standing sister cities"),
                second=of_each[1],
                a=a.named,
                b=b.named,
            )
        )
    return clauses


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
                "no partner is known in these data that has standing agreements with both {a} and {b}",
                "در این داده‌ها طرفی که هم با {a} و هم با {b} توافق برقرار داشته باشد شناسایی نشده است",
                a=a.named,
                b=b.named,
            )
        )
    shared = a.sister_cities.where(partner=b.sister_cities.values("partner")).number()
    clauses.append(
        say(
            "{shared} known to be common to {a} and {b}",
            "{shared} شهر خواهرخواندهٔ شناسایی‌شدهٔ هر دو شهر {a} و {b} است",
            shared=say.counted(shared, "sister city is", "sister cities are"),
            a=a.named,
            b=b.named,
        )
        if shared
        else say(
            "no sister city is known in these data to be common to {a} and {b}",
            "در این داده‌ها خواهرخواندهٔ مشترکی از {a} و {b} شناسایی نشده است",
            a=a.named,
            b=b.named,
        )
    )
    return clauses


def _positions(say: Speech, cities: Sequence[CityProfile], positions: tuple[Positions, Positions]) -> list[Phrase]:
    """Ranks by the number of partner cities, and by how often a city lies between others."""
    clauses = []
    for city, by_measure in zip(cities, positions, strict=True):
        degree = by_measure.get("degree")
        if degree is None or degree.among_all is None:
            continue
        between = by_measure["betweenness"]
        clauses.append(
            say(
                "{city} ranks {rank} by partner cities ({partners}) and {between} as a go-between (betweenness) "
                "among {all}",
                "{city} میان {all}، در شمار شهرهای طرف پیوند ({partners}) در {rank} و در میانجی‌گری (مرکزیت بینابینی) "
                "در {between} است",
                city=city.named,
                rank=say.rank(degree.rank()),
                partners=degree.figure(),
                between=_ranks(say, between),
                all=all_cities(say, degree.size(), degree.coverage),
            )
        )
        clauses += partner_cities(say, city.named, city.strength)
    return clauses


def _ranks(say: Speech, at: Position) -> Phrase:
    """The rank among all cities; of an estimate its range."""
    first, last = at.rank(), at.last()
    if first.value == last.value:
        return say.rank(first)
    return say(
        "somewhere from {first} to {last}",
        "جایی از {first} تا {last}",
        first=say.rank(first),
        last=say.rank(last),
    )


def _presence(say: Speech, city: CityProfile, sitting: Rows, flights: Rows) -> list[Phrase]:
    """Missions and flights, told one by one, with their days; where no mission is, what a source counts."""
    missions, routes, figure = city.ties("mission"), city.destinations(), city.figure("diplomatic-missions")
    clauses = []
    if missions is not None:
        clauses.append(
            say(
                "{offices} in {city} {are} told by name{days}",
                "{offices} نمایندگی و دفتر در {city} به نام گفته شده است{days}",
                city=city.named,
                days=last_told(say, sitting.where(stands="yes"), "mission", "attested", "start") if missions else "",
                offices=say.counted(
                    missions, "mission or representative office", "missions and representative offices"
                ),
                are="is" if missions.value == 1 else "are",
            )
        )
    elif figure is not None:
        weak = figure.reliability == 1
        clauses.append(
            say(
                "{source} counts {about}{missions} in {city} ({day})",
                "{source} از {about}{missions} نمایندگی دیپلماتیک در {city} می‌گوید ({day})",
                day=figure.told_when or say("no date is told", "بی‌تاریخ"),
                source=say("a weak source", "منبعی سست") if weak else say("one source", "منبعی"),
                about=f"{figure.qualifier} " if figure.qualifier else "",
                missions=say.counted(figure.told, "diplomatic mission"),
                city=city.named,
            )
        )
    if routes is not None:
        clauses.append(
            say(
                "direct flights between {city} and {cities} are told{days} in these data, which set out to collect no "
                "city's flights",
                "پرواز مستقیم میان {city} و {cities} شهر گفته شده است{days}، در داده‌هایی که پروازهای هیچ شهری را گرد "
                "نیاورده‌اند",
                city=city.named,
                days=last_told(say, flights.where(stands="yes"), "route", "attested", "start") if routes else "",
                cities=say.counted(routes, "city", "cities"),
            )
        )
    return clauses
