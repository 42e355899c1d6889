"""Sentences on the memberships of two cities: what they are in, together and alone, and in which roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from citydiplomacy.ontology.schemes import schemes

from ..measures.influence import DEFAULT_WEIGHTS
from ..standing.coverage import MEMBERSHIPS
from ..wording.days import last_told
from ..wording.evidence import Figure, Named, SetByRule
from ..wording.phrases import Phrase
from ..wording.rows import Rows
from ..wording.speech import Speech
from .city_headlines import member, members_when
from .profile import MEMBER_GRADES, CityProfile

ABSENT = ("no", "unknown")
MOST_OFFICES = 3
"""That are told by name."""


def networks(say: Speech, a: CityProfile, b: CityProfile, rows: Rows, rosters: Rows) -> tuple[Phrase, ...]:
    """How many organisations each is in, which they share, and which only one is in.

    rows: `networks-compared`; rosters: rows of `rosters`.
    """
    clauses = [clause for city in (a, b) for clause in member(say, city, rosters)]
    clauses += [clause for city in (a, b) for clause in members_when(say, city)]
    if not (a.roles and b.roles):
        return say.sentences(*clauses)
    clauses += _alike(say, a, b, rosters)
    shared = rows.where(city_member="yes", other_member="yes")
    clauses.append(
        say(
            "{a} and {b} are known to share {number}: {names}",
            "{number} عضویت مشترک {a} و {b} شناسایی شده است: {names}",
            a=a.named,
            b=b.named,
            number=say.counted(shared.number(), "membership"),
            names=say.names(shared.names("organization"), most=2, total=shared.number()),
        )
        if shared
        else say(
            "no membership is known in these data that {a} and {b} share",
            "در این داده‌ها عضویت مشترکی از {a} و {b} شناسایی نشده است",
            a=a.named,
            b=b.named,
        )
    )
    return (
        *say.sentences(*clauses),
        *say.sentences(
            *_alone(say, a, b, rows.where(city_member="yes", other_member=ABSENT), "other_member", rosters),
            *_alone(say, b, a, rows.where(city_member=ABSENT, other_member="yes"), "city_member", rosters),
        ),
    )


def listed_alike(say: Speech, a: CityProfile, b: CityProfile, rosters: Rows) -> tuple[Rows, Rows, Rows]:
    """Full lists of members that would name two cities alike, and the places in the bodies listed of each."""
    whole = schemes()["coverage"]["coverage/whole"].label(say.lang)
    lands = (None, *(row["country_name"] for row in a.place.where(country=b.country)))
    lists = rosters.where(coverage_name=whole, country_name=lands)
    bodies = lists.values("organization")
    of_a, of_b = (city.places.where(organization=bodies, grade=MEMBER_GRADES) for city in (a, b))
    return lists, of_a, of_b


def _alike(say: Speech, a: CityProfile, b: CityProfile, rosters: Rows) -> list[Phrase]:
    """What can be compared where the memberships of only one city were collected: the full lists of members."""
    if (MEMBERSHIPS in a.uncollected) is (MEMBERSHIPS in b.uncollected):
        return []
    lists, of_a, of_b = listed_alike(say, a, b, rosters)
    if not lists:
        return []
    counts = [rows.distinct("organization") for rows in (of_a, of_b)]
    first, second = (say.said(count) if count else say("none", "هیچ") for count in counts)
    return [
        say(
            "of the {bodies} whose full list of members is in these data and covers {a} and {b} alike, {a} is known to "
            "be in {first} and {b} in {second}",
            "از {bodies} شبکه و نهادی که فهرست کامل اعضایشان در این داده‌هاست و {a} و {b} را یکسان در بر می‌گیرد، عضویت "
            "{a} در {first} مورد و عضویت {b} در {second} مورد شناسایی شده است",
            bodies=say.counted(lists.distinct("organization"), "network or body", "networks and bodies"),
            a=a.named,
            b=b.named,
            first=first,
            second=second,
        )
    ]


def _alone(say: Speech, city: CityProfile, other: CityProfile, rows: Rows, member: str, rosters: Rows) -> list[Phrase]:
    """What one city is in alone, and whether the other's absence was checked. member: the column that says it."""
    if not rows:
        return []
    checked, open_ = (rows.where(**{member: answer}).number() for answer in ABSENT)
    clause = say(
        "{city} but not {other} is known to be in {names}",
        "در {names} عضویت {city} شناسایی شده است و عضویت {other} نه",
        city=city.named,
        other=other.named,
        names=say.names(rows.names("organization"), most=2, total=rows.number()),
    )
    absent = rows.where(**{member: "no"}).names("organization")
    dated = checked_absences(say, other, (latest_list(say, other.place, rosters, body) for body in absent))
    if len(rows) == 1:
        unsure = say(
            "whether {other} is in {body} is not certain, for no full list that covers it is at hand",
            "عضویت یا نبود {other} در {body} قطعی نیست، چون فهرست کاملی که آن را در بر گیرد در دست نیست",
            other=other.named,
            body=rows.name("organization"),
        )
        return [clause, *(dated if absent else [unsure])]
    of_these = say(
        "of the {bodies} that {city} but not {other} is known to be in, {other}'s absence",
        "از {bodies} شبکه و نهادی که عضویت {city} در آن‌ها شناسایی شده است و عضویت {other} نه، نبود {other}",
        other=other.named,
        city=city.named,
        bodies=say.counted(rows.number(), "network or body", "networks and bodies"),
    )
    if not checked:
        basis = say(
            "{absence} is not certain for any, for no full list that covers it is at hand",
            "{absence} در هیچ‌یک قطعی نیست، چون فهرست کاملی که آن را در بر گیرد در دست نیست",
            absence=of_these,
        )
    elif not open_:
        basis = say("{absence} is checked for all", "{absence} در همه بررسی شده است", absence=of_these)
    else:
        basis = say(
            "{absence} is checked for {checked} and not certain for {open}, of which no full list that covers it is at "
            "hand",
            "{absence} در {checked} مورد بررسی شده و در {open} مورد، که فهرست کاملی برای آن در دست نیست، قطعی نیست",
            absence=of_these,
            checked=checked,
            open=open_,
        )
    return [clause, basis, *dated]


def checked_absences(say: Speech, city: CityProfile, bodies: Iterable[Phrase]) -> Iterator[Phrase]:
    """Where it is checked that a city is no member. bodies: each with its `latest_list`."""
    names = list(bodies)
    for start in range(0, len(names), 2):
        yield say(
            "it is checked that {city} was not in {bodies}",
            "نبود {city} در {bodies} بررسی شده است",
            city=city.named,
            bodies=say.names(names[start : start + 2]),
        )


def whole_lists(say: Speech, place: Rows, rosters: Rows, body: str) -> Rows:
    """The lists that name all members of a body, or all of a city's country.

    place: the row of `city-place`; rosters: rows of `rosters`.
    """
    whole = schemes()["coverage"]["coverage/whole"].label(say.lang)
    lands = (None, place[0]["country_name"])
    return rosters.where(organization=body).where(coverage_name=whole, country_name=lands)


def latest(lists: Rows) -> Rows:
    """The latest of some lists of members, one row."""
    return lists.where(roster=max(lists, key=lambda row: str(row["date"] or ""))["roster"]).first_of("roster")


def latest_list(say: Speech, place: Rows, rosters: Rows, body: Named) -> Phrase:
    """A body, and of when its latest list is that names all members, or all of a city's country (`whole_lists`)."""
    at_hand = whole_lists(say, place, rosters, body.id).without(date=None)
    if not at_hand:
        return say.said(body)
    one = latest(at_hand)
    told = rosters.where(organization=body.id).without(date=None)  # the same in both languages
    day = told.where(roster=one[0]["roster"]).first_of("roster").date("date")
    assert day is not None
    if one[0]["country_name"] is None:
        return say("{body} (full list of {day})", "{body} (فهرست کامل {day})", body=body, day=day)
    return say(
        "{body} (full list for {country} of {day})",
        "{body} (فهرست کامل برای {country} در {day})",
        body=body,
        country=say.land(place.name("country")),
        day=day,
    )


def roles(say: Speech, cities: Sequence[CityProfile]) -> tuple[Phrase, ...]:
    """The weight of their roles, and who leads or hosts what."""
    leading = [clause for city in cities if city.weight is not None for clause in _leading(say, city)]
    members = [city for city in cities if city.weight is not None and MEMBERSHIPS not in city.uncollected]
    if not members:
        return say.sentences(*leading)
    first, *rest = members
    weights = say(
        "weighted by role as last told (observer {observer}, full member {full}, leading {privileged}; founder "
        "+{founder}, "
        "host +{host}), {city}'s places come to {weight}",
        "وزن نقش‌های {city}، چنان‌که آخرین بار گفته شده، {weight} است (ناظر {observer}، عضو کامل {full}، نقش "
        "رهبری {privileged}؛ بنیان‌گذاری "
        "{founder} و میزبانی {host} امتیاز افزوده)",
        city=first.named,
        weight=first.weight or 0,
        **{
            name: Figure(int(value), SetByRule(f"weight of {name}", int(value)))
            for name, value in vars(DEFAULT_WEIGHTS).items()
        },
    )
    others = [
        say(" and {city}'s to {weight}", " و وزن نقش‌های {city} {weight}", city=city.named, weight=city.weight or 0)
        for city in rest
    ]
    return say.sentences(Phrase(weights, *others), *leading)


def _leading(say: Speech, city: CityProfile) -> list[Phrase]:
    """Offices have terms: each is told as of when it was last told, and not as held today."""
    held, hosts = city.offices, city.hosting.number()
    offices = [_office(say, held.where(membership=row["membership"])) for row in held[:MOST_OFFICES]]
    if len(held) > MOST_OFFICES:
        offices.append(say("and in {rest} more", "و در {rest} مورد دیگر", rest=held.number().beyond(MOST_OFFICES)))
    clauses = [
        say(
            "the last that is told of offices of {city}: {offices}",
            "آخرین گفته دربارهٔ سمت‌های {city}: {offices}",
            city=city.named,
            offices=say(", ", "؛ ").joined(offices[start : start + 2]),
        )
        for start in range(0, len(offices), 2)
    ] or [
        say(
            "no leading role of {city} is known in these data",
            "در این داده‌ها نقش رهبری شناسایی‌شده‌ای برای {city} نیست",
            city=city.named,
        )
    ]
    if hosts:
        clauses.append(
            say(
                "{city} is told as the host of {offices} of networks and bodies{days}",
                "به گفتهٔ منبع‌ها {city} میزبان {offices} دفتر و مرکز شبکه‌ها و نهادهاست{days}",
                city=city.named,
                days=last_told(say, city.hosting, "membership", "last_seen"),
                offices=say.counted(hosts, "office or centre", "offices and centres"),
            )
        )
    return clauses


def _office(say: Speech, place: Rows) -> Phrase:
    """A role in a body with the day of its last mention, or the end of its term."""
    role, body = place.name("role"), place.name("organization")
    if end := place.date("end"):
        return say("{role} of {body} {until}", "{role} در {body} {until}", role=role, body=body, until=say.until(end))
    if day := place.date("last_seen"):
        return say("{role} of {body} ({day})", "{role} در {body} ({day})", role=role, body=body, day=day)
    return say("{role} of {body} (no date is told)", "{role} در {body} (تاریخی گفته نشده)", role=role, body=body)
