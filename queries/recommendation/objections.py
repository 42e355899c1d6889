"""What speaks against turning to a network or a city."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from citydiplomacy.ontology.schemes import schemes

from ..city.profile import CityProfile, status
from ..standing.locations import continent
from ..wording.rows import Row
from ..wording.speech import Speech
from . import reasons
from .next_cities import NextCity, World
from .next_networks import NextNetwork


def states(say: Speech, ties: Iterable[Row]) -> tuple[str, ...]:
    """What kind of ties are told, and how they stand."""
    return tuple(
        dict.fromkeys(f"{row.get('kind_name') or row.get('role_name')}: {status(say, row) or '–'}" for row in ties)
    )


def to_network(say: Speech, network: NextNetwork, world: World, city: CityProfile) -> tuple[str, ...]:
    """Earlier places, disagreements on them, no member near, what makes it less likely, barriers to the needs."""
    barriers = [
        say(f"barrier {say.quoted(each.name)}", f"مانع {say.quoted(each.name)}") for each in network.barriers[:2]
    ]
    more = len(network.barriers) - len(barriers)
    if more:
        barriers.append(say(say.plural(more, "more barrier", "more barriers"), f"{say.number(more)} مانع دیگر"))
    shut = network.joining["against"] if network.joining else ()
    return (
        *shut,
        *states(say, network.past),
        *_disagreements(say, city, {row["membership"] for row in network.ties}),
        *_far(say, network, world, city),
        *reasons.of_network(say, network, world, city.id, against=True),
        *barriers,
    )


def to_city(say: Speech, other: NextCity, world: World, city: CityProfile) -> tuple[str, ...]:
    """That it may be the city itself, earlier ties, what makes it less likely, disagreements on the ties told, that
    none of the region is tied."""
    common = {tie for partner in other.common for tie in world.ties[city.id][partner]["ties"]}
    not_standing = {row["agreement"] for row in other.ties}
    disputed = say(", ", "، ").joined(map(say.quoted, _disputed(city, common)))
    rests_on = say(
        "disputed of ties with common partners: {disputed}",
        "مورد اختلاف در پیوندها با طرف‌های مشترک: {disputed}",
        disputed=disputed,
    )
    return (
        *_perhaps_the_same(say, other, world, city),
        *states(say, other.past),
        *reasons.of_city(say, other, world, city.id, against=True),
        *_disagreements(say, city, not_standing),
        *([rests_on] if disputed else ()),
        *_none_of_region(say, other, world, city),
    )


def _perhaps_the_same(say: Speech, other: NextCity, world: World, city: CityProfile) -> tuple[str, ...]:
    """That it bears the city's own name, but for what tells namesakes apart in brackets, and may be the city, as it is
    not known that they lie in two countries."""
    one, another = (world.name(each).partition(" (")[0] for each in (city.id, other.id))
    if one != another or (other.location.country and city.country):
        return ()
    return (
        say(
            "check first: {other} bears the name of {city}, and may be the same city told twice",
            "نخست بررسی کنید: {other} با {city} همنام است و شاید همان شهر باشد که دو بار گفته شده است",
            other=world.name(other.id),
            city=city.named,
        ),
    )


def _none_of_region(say: Speech, other: NextCity, world: World, city: CityProfile) -> tuple[str, ...]:
    """That no city of the city's world region is known to be tied to it; not of one without any known tie."""
    region = world.location(city.id).region
    partners = world.ties[other.id]
    if region is None or not partners or any(world.location(each).region == region for each in partners):
        return ()
    name = say.land(schemes()["world-region"][region].label(say.lang))
    there = world.name(other.id)
    return (
        say(f"no city of {name} is known to be tied to {there}", f"پیوند شهری از {name} با {there} شناسایی نشده است"),
    )


def _far(say: Speech, network: NextNetwork, world: World, city: CityProfile) -> tuple[str, ...]:
    """That no member is told, or none on the city's continent."""
    if not network.members:
        return (say("no member is known", "عضوی شناسایی نشده است"),)
    here = continent(world.location(city.id))
    if here is None or network.continents & {here, None}:
        return ()
    name = schemes()["world-region"][here].label(say.lang)
    return (say(f"no member in {say.land(name)} is known", f"عضوی در {name} شناسایی نشده است"),)


def _disagreements(say: Speech, city: CityProfile, claims: Collection[str]) -> tuple[str, ...]:
    """What is to be checked first: what sources are marked to disagree on, among some ties of the city."""
    return tuple(
        say(
            "check first: sources differ on ties of {city}: “{name}”",
            "نخست بررسی کنید: منبع‌ها بر سر پیوندهای {city} ناهمخوان‌اند: «{name}»",
            city=city.named,
            name=name,
        )
        for name in _disputed(city, claims)
    )


def _disputed(city: CityProfile, claims: Collection[str]) -> dict[str, None]:
    """Names of the disagreements on some ties of a city, in order."""
    return dict.fromkeys(row["disagreement_name"] for row in city.disagreements if row["claim"] in claims)
