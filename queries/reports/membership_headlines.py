"""Sentences on the memberships of two cities: what they are in, together and alone, and in which roles."""

from __future__ import annotations

from collections.abc import Sequence

from ..measures.influence import DEFAULT_WEIGHTS
from ..wording.evidence import Figure, Rule
from ..wording.phrases import Phrase
from ..wording.rows import Rows
from ..wording.speech import Speech
from .profile import CityProfile

ABSENT = ("no", "unknown")


def networks(say: Speech, a: CityProfile, b: CityProfile, rows: Rows) -> tuple[Phrase, ...]:
    """How many organisations each is in, which they share, and which only one is in. rows: `networks-compared`."""
    clauses = [_member(say, city) for city in (a, b)]
    if not (a.roles and b.roles):
        return say.sentences(*clauses)
    shared = rows.where(city_member="yes", other_member="yes")
    clauses.append(
        say(
            "{a} and {b} share {number}: {names}",
            "{a} و {b} {number} عضویت مشترک دارند: {names}",
            a=a.named,
            b=b.named,
            number=say.counted(shared.number(), "membership"),
            names=say.names(shared.names("organization"), total=shared.number()),
        )
        if shared
        else say(
            "{a} and {b} are known to share no membership",
            "عضویت مشترکی از {a} و {b} شناخته نیست",
            a=a.named,
            b=b.named,
        )
    )
    return (
        *say.sentences(*clauses),
        *say.sentences(
            *_alone(say, a, b, rows.where(city_member="yes", other_member=ABSENT), "other_member"),
            *_alone(say, b, a, rows.where(city_member=ABSENT, other_member="yes"), "city_member"),
        ),
    )


def _member(say: Speech, city: CityProfile) -> Phrase:
    if not city.roles:
        return say("no standing membership of {city} is known", "عضویت برقراری از {city} شناخته نیست", city=city.named)
    return say(
        "{city} is a member of {bodies}",
        "{city} عضو {bodies} شبکه و نهاد است",
        city=city.named,
        bodies=say.counted(city.networks, "network or body", "networks and bodies"),
    )


def _alone(say: Speech, city: CityProfile, other: CityProfile, rows: Rows, member: str) -> list[Phrase]:
    """What one city is in alone, and whether the other's absence was checked. member: the column that says it."""
    if not rows:
        return []
    checked, open_ = (rows.where(**{member: answer}).number() for answer in ABSENT)
    clause = say(
        "{city} but not {other} is known to be in {names}",
        "در {names} عضویت {city} شناخته است و عضویت {other} نه",
        city=city.named,
        other=other.named,
        names=say.names(rows.names("organization"), total=rows.number()),
    )
    absence = say(
        "{other}'s absence from the {bodies} that only {city} is known to be in",
        "نبود {other} در {bodies} شبکه و نهادی که تنها عضویت {city} در آن‌ها شناخته است",
        other=other.named,
        city=city.named,
        bodies=say.counted(rows.number(), "network or body", "networks and bodies"),
    )
    if not checked:
        basis = say(
            "{absence} is not certain, for no full list of members is at hand",
            "{absence} قطعی نیست، چون فهرست کامل اعضا در دست نیست",
            absence=absence,
        )
    elif not open_:
        basis = say("{absence} is checked", "{absence} بررسی شده است", absence=absence)
    else:
        basis = say(
            "{absence} is checked for {checked} and not certain for {open}, of which no full list of members is known",
            "{absence} در {checked} مورد بررسی شده و در {open} مورد، که فهرست کامل اعضا در دست نیست، قطعی نیست",
            absence=absence,
            checked=checked,
            open=open_,
        )
    return [clause, basis]


def roles(say: Speech, cities: Sequence[CityProfile]) -> tuple[Phrase, ...]:
    """The weight of their roles, and who leads or hosts what."""
    members = [city for city in cities if city.weight is not None]
    if not members:
        return ()
    first, *rest = members
    weights = say(
        "weighted by role (observer {observer}, full member {full}, leading {privileged}; founder +{founder}, "
        "host +{host}), {city}'s places come to {weight}",
        "وزن نقش‌های {city} {weight} است (ناظر {observer}، عضو کامل {full}، نقش رهبری {privileged}؛ بنیان‌گذاری "
        "{founder} و میزبانی {host} امتیاز افزوده)",
        city=first.named,
        weight=first.weight or 0,
        **{
            name: Figure(int(value), Rule(f"weight of {name}", int(value)))
            for name, value in vars(DEFAULT_WEIGHTS).items()
        },
    )
    others = [
        say(" and {city}'s to {weight}", " و وزن نقش‌های {city} {weight}", city=city.named, weight=city.weight or 0)
        for city in rest
    ]
    return say.sentences(Phrase(weights, *others), *(clause for city in members for clause in _leading(say, city)))


def _leading(say: Speech, city: CityProfile) -> list[Phrase]:
    leading, hosts = city.leading, city.hosting.number()
    clauses = [
        say(
            "{city} holds {roles}, the highest as {role} of {body}",
            "{city} {roles} نقش رهبری دارد (بالاترین: {role} در {body})",
            city=city.named,
            roles=say.counted(leading.number(), "leading role"),
            role=leading.name("role"),
            body=leading.name("organization"),
        )
        if leading
        else say("{city} has no leading role that is known", "نقش رهبری شناخته‌ای برای {city} نیست", city=city.named)
    ]
    if hosts:
        clauses.append(
            say(
                "{city} hosts {offices} of networks and bodies",
                "{city} میزبان {offices} دفتر و مرکز شبکه‌ها و نهادهاست",
                city=city.named,
                offices=say.counted(hosts, "office or centre", "offices and centres"),
            )
        )
    return clauses
