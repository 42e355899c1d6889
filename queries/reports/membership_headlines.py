"""Sentences on the memberships of two cities: what they are in, together and alone, and in which roles."""

from __future__ import annotations

from collections.abc import Sequence

from ..wording.speech import Speech
from .profile import CityProfile, Row


def networks(say: Speech, a: CityProfile, b: CityProfile, rows: Sequence[Row]) -> str:
    """How many organisations each is in, which they share, and which only one is in. rows: `networks-compared`."""
    members = [city for city in (a, b) if city.roles]
    silent = say.either([city.name for city in (a, b) if not city.roles])
    unknown = say(f"no standing membership of {silent} is known", f"عضویت برقراری از {silent} شناخته نیست")
    if not members:
        return say.sentence(unknown)
    first, *rest = members
    number = len(first.networks)
    counted = say(
        f"{first.name} is a member of {say.plural(number, 'network or body', 'networks and bodies')}"
        + "".join(f" and {city.name} of {say.number(len(city.networks))}" for city in rest),
        " و ".join(f"{city.name} عضو {say.number(len(city.networks))}" for city in members) + " شبکه و نهاد است",
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


def _alone(say: Speech, *sides: tuple[CityProfile, Sequence[Row]]) -> str:
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


def roles(say: Speech, cities: Sequence[CityProfile]) -> str:
    """The weight of their roles, and who leads or hosts what."""
    members = [city for city in cities if city.weight is not None]
    if not members:
        return ""
    first, *rest = members
    weights = say(
        "weighted by role (observer 1, full member 2, leading 3; founder +1, host +2), "
        f"{first.name}'s places come to {say.number(first.weight or 0)}"
        + "".join(f" and {city.name}'s to {say.number(city.weight or 0)}" for city in rest),
        " و ".join(f"وزن نقش‌های {city.name} {say.number(city.weight or 0)}" for city in members)
        + " است (ناظر ۱، عضو کامل ۲، نقش رهبری ۳؛ بنیان‌گذاری ۱ و میزبانی ۲ امتیاز افزوده)",
    )
    return say.sentence(weights, *(_leading(say, city) for city in members))


def _leading(say: Speech, city: CityProfile) -> str:
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
