"""What speaks for a recommendation and against it, in words: parts of the models, each with the factor it brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from ..measures.choice import AROUND_KM
from ..wording.evidence import Figure, Label, MeasureValue, Named
from ..wording.phrases import Phrase
from ..wording.speech import Speech, rounded
from .next_cities import NextCity, World
from .next_networks import NextNetwork

SAID = 1.1
"""A part is told from this factor on, or from its inverse down."""
DECIDED = 1.25
"""A part is told to have decided from this factor on."""
AS_LARGE = 1.1
"""Up to this ratio two cities are told to have as many inhabitants."""

OF_CITIES: Mapping[str, tuple[str, str]] = {
    "countries": ("ties between the two countries", "پیوندهای دو کشور"),
    "around": ("ties between the surroundings of the two", "پیوندهای پیرامون دو شهر"),
    "common": ("common partners", "طرف‌های مشترک"),
    "paths": ("paths of three steps", "راه‌های سه‌گامی"),
    "distance": ("nearness", "نزدیکی"),
    "partners-there": ("few partners in its country so far", "کم‌بودن طرف‌ها در کشور آن"),
    "partners-here": ("how few partners it has in the country of the city", "کم‌بودن طرف‌هایش در کشور شهر"),
    "population": ("population", "جمعیت"),
    "size": ("likeness in size", "نزدیکی در اندازه"),
    "ties-abroad": ("how many ties abroad the cities of its country have", "شمار پیوندهای خارجی شهرهای کشورش"),
}
"""Part of `partners.toml`: what is said to have decided where it speaks for a city."""
OF_NETWORKS: Mapping[str, tuple[str, str]] = {
    "members": ("how many members it has", "شمار عضوهایش"),
    "countries": ("members of the country", "عضوهای هم‌کشور"),
    "company": ("members shared with the networks of the city", "عضوهای مشترک با شبکه‌های شهر"),
    "nearest": ("the nearness of a member", "نزدیکی عضوی از آن"),
}
"""Part of `networks.toml`."""


def decided(
    say: Speech, factors: Mapping[str, float], parts: Mapping[str, tuple[str, str]], most: int = 3
) -> list[Phrase]:
    """What speaks for a candidate most, the strongest first; of parts that are weak all the strongest one, if any."""
    strongest = sorted(factors.items(), key=lambda each: -each[1])
    telling = [name for name, factor in strongest if factor >= DECIDED][:most]
    return [say(*parts[name]) for name in telling or [name for name, factor in strongest[:1] if factor > 1]]


def of_city(say: Speech, city: NextCity, world: World, here: str, *, against: bool = False) -> tuple[str, ...]:
    """The parts that make a city likelier, or less likely, than the mean of the candidates, the strongest first.

    here: the city that it is recommended to.
    """
    return _told(say, city.factors, lambda part: _of_city(say, part, city, world, here), against)


def of_network(say: Speech, network: NextNetwork, world: World, here: str, *, against: bool = False) -> tuple[str, ...]:
    """The same of a network."""
    return _told(say, network.factors, lambda part: _of_network(say, part, network, world, here, against), against)


def _told(say: Speech, factors: Mapping[str, float], fact: Callable[[str], Phrase], against: bool) -> tuple[str, ...]:
    """Parts with their factors; those that change the chance by less than a tenth are not told."""
    strength = {name: 1 / factor if against else factor for name, factor in factors.items()}
    telling = sorted((name for name in factors if strength[name] >= SAID), key=lambda name: -strength[name])
    return tuple(
        say(
            f"{fact(name)} (× {say.number(two_digits(factors[name]))})",
            f"{fact(name)} ({say.number(two_digits(factors[name]))} برابر)",
        )
        for name in telling
    )


def _of_city(say: Speech, part: str, city: NextCity, world: World, here: str) -> Phrase:
    """What a part rests on. That a factor is told says that the part is known."""
    land = say.land(world.name(city.location.country or ""))
    match part:
        case "countries":
            assert city.between
            ties, expected = city.between
            home, lot = say.land(world.name(world.location(here).country or "")), say.number(two_digits(expected))
            return say(
                f"{home} and {land}: {say.plural(ties, 'known tie')}, by lot {lot}",
                f"{home} و {land}: {say.number(ties)} پیوند شناسایی‌شده، به قید قرعه {lot}",
            )
        case "around":
            assert city.around
            ties, expected = city.around
            number, lot = say.plural(ties, "known tie"), say.number(two_digits(expected))
            return say(
                f"other cities within {AROUND_KM:.0f} km of the two, in their countries: {number} with one another,"
                f" by lot {lot}",
                f"شهرهای دیگر تا {say.number(int(AROUND_KM))} کیلومتری دو شهر، در کشورهایشان: {say.number(ties)} پیوند"
                f" شناسایی‌شده با یکدیگر، به قید قرعه {lot}",
            )
        case "common":
            return _counted(
                say, len(city.common), "known partner in common", "known partners in common", "طرف مشترک شناسایی‌شده"
            )
        case "paths":
            if not city.three_steps:
                return say("no known path of three steps", "بی راه سه‌گامی شناسایی‌شده")
            return say("paths of three steps", "راه‌های سه‌گامی")
        case "distance":
            away = say.number(round(city.kilometres or 0))
            return say(f"{away} km away", f"{away} کیلومتر فاصله")
        case "partners-there":
            partners = _counted(say, city.partners_there, "known partner", "known partners", "طرف شناسایی‌شده")
            return say(f"{partners} in {land} so far", f"تاکنون {partners} در {land}")
        case "partners-here":
            home = say.land(world.name(world.location(here).country or ""))
            partners = _counted(say, city.partners_here, "known partner", "known partners", "طرف شناسایی‌شده")
            there = world.name(city.id)
            return say(
                f"{there} has {partners} in {home} so far",
                f"{there} تاکنون {partners} در {home} {'دارد' if city.partners_here else 'ندارد'}",
            )
        case "population":
            people = say.number(city.location.population or 0)
            return say(f"{people} inhabitants", f"{people} نفر جمعیت")
        case "size":
            large, small = (pick(_people(world, here), _people(world, city.id)) for pick in (max, min))
            if large < AS_LARGE * small:
                return say("about as many inhabitants", "جمعیتی کمابیش برابر")
            times = say.number(two_digits(large / small))
            return say(
                f"the larger of the two has {times} times as many inhabitants",
                f"جمعیت بزرگ‌ترِ دو شهر {times} برابر دیگری است",
            )
        case "ties-abroad":
            mean = say.number(two_digits(city.ties_abroad or 0))
            return say(
                f"{mean} known ties abroad for each tied city of {land}",
                f"{mean} پیوند خارجی شناسایی‌شده به ازای هر شهر دارای پیوند {land}",
            )
    raise AssertionError(part)


def _people(world: World, city: str) -> int:
    """That the part is told says that the population is known."""
    return world.location(city).population or 1


def _of_network(say: Speech, part: str, network: NextNetwork, world: World, here: str, against: bool) -> Phrase:
    """The same of a network."""
    match part:
        case "members":
            return _counted(say, len(network.members), "known member", "known members", "عضو شناسایی‌شده")
        case "countries":
            assert network.of_country
            inside, expected = network.of_country
            land, lot = say.land(world.name(world.location(here).country or "")), say.number(two_digits(expected))
            members = _counted(say, inside, "known member", "known members", "عضو شناسایی‌شده")
            return say(f"{members} of {land}, by lot {lot}", f"{members} از {land}، به قید قرعه {lot}")
        case "company":
            of = say.names([world.name(each) for each in (network.company[::-1] if against else network.company)[:2]])
            often = say("seldom", "کمتر") if against else say("often", "بیشتر")
            return say(f"members of {of} are {often} in it", f"عضوهای {of} {often} در آن‌اند")
        case "nearest":
            assert network.nearest
            member, away = network.nearest
            name, kilometres = world.name(member), say.number(round(away))
            return say(
                f"nearest known member {name}, {kilometres} km",
                f"نزدیک‌ترین عضو شناسایی‌شده {name}، {kilometres} کیلومتر",
            )
    raise AssertionError(part)


def _counted(say: Speech, number: int, one: str, many: str, fa: str) -> Phrase:
    if not number:
        return say(f"no {one}", f"هیچ {fa}\u200cای")
    return say(say.plural(number, one, many), f"{say.number(number)} {fa}")


def two_digits(value: float) -> int | Decimal:
    """A factor, or a mean, to two digits that count: 0.31, 4.1, 120."""
    return rounded(float(f"{value:.2g}"))


def between(say: Speech, city: NextCity, world: World, here: str) -> Phrase:
    """A clause on the ties of the two countries, if they are told to have decided and are more than none."""
    if city.between is None or not city.between[0] or city.factors["countries"] < DECIDED:
        return Phrase()
    home, land = (world.location(each).country or "" for each in (here, city.id))
    ties, expected = city.between
    return say(
        "cities of {home} and {land} have {ties} with one another, where by lot they would have {expected}",
        "شهرهای {home} و {land} {ties} پیوند شناسایی‌شده با هم دارند که اگر به قرعه بود {expected} می‌شد",
        home=say.land(_named(world, home)),
        land=say.land(_named(world, land)),
        ties=say.counted(Figure(ties, MeasureValue("country-ties", (home, land))), "known tie"),
        expected=Figure(rounded(expected), MeasureValue("country-ties-by-lot", (home, land))),
    )


def _named(world: World, record: str) -> Named:
    return Named(world.name(record), record, Label(record))
