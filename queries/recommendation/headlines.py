"""The headline sentences on where a city might turn, in English and Persian, made of the figures of its tables."""

from __future__ import annotations

from collections.abc import Sequence

from citydiplomacy.ontology.schemes import schemes

from ..reports.gaps import Gaps
from ..reports.profile import CityProfile
from ..standing.locations import continent
from ..wording.speech import Speech
from .next_cities import Candidate, Ranking, World
from .next_networks import NextNetwork


def headlines(
    say: Speech,
    lacks: Gaps,
    networks: Sequence[NextNetwork],
    elsewhere: Sequence[NextNetwork],
    cities: Ranking,
    world: World,
) -> tuple[str, ...]:
    """Sentences on one city, the most telling one first."""
    city = lacks.city
    sentences = (
        _networks(say, city, networks),
        _elsewhere(say, city, elsewhere, world),
        _checked(say, city, networks),
        _cities(say, city, cities, world),
        _talks(say, (*networks, *cities.told)),
        _past(say, (*networks, *cities.told)),
        _barriers(say, networks),
    )
    return tuple(sentence for sentence in sentences if sentence)


def _networks(say: Speech, city: CityProfile, networks: Sequence[NextNetwork]) -> str:
    if not networks:
        return say.sentence(
            say(
                f"no network is known that {city.name} is not in and that addresses a need of it or has a peer of it",
                f"شبکه‌ای که {city.name} عضو آن نباشد و به نیازی پاسخ دهد یا همتایی در آن باشد شناخته نیست",
            )
        )
    first, number = networks[0], len(networks)
    clauses = [
        say(
            f"of {say.plural(number, 'network or body', 'networks and bodies')} that {city.name} is not known to be "
            f"in, {first.name} comes first",
            f"از {say.number(number)} شبکه و نهاد که عضویت {city.name} در آن‌ها شناخته نیست، {first.name} نخست است",
        )
    ]
    if first.remedy:
        needs = len(first.remedy.needs)
        clauses.append(
            say(
                f"by the coding it would address {say.plural(needs, 'unmet need', 'unmet needs')}",
                f"بر پایهٔ کدگذاری به {say.number(needs)} نیاز بی‌پاسخ پاسخ می‌دهد",
            )
        )
    if first.peers:
        peers = len(first.peers)
        clauses.append(
            say(
                f"{say.plural(peers, 'city', 'cities')} of the same country, or of the same region and size, "
                f"{'is' if peers == 1 else 'are'} in it",
                f"{say.number(peers)} شهر هم‌کشور، یا هم‌منطقه و هم‌اندازه، عضو آن است",
            )
        )
    if first.partners:
        partners = len(first.partners)
        clauses.append(
            say(
                f"{say.plural(partners, 'partner city is', 'partner cities are')} in it",
                f"{say.number(partners)} شهر طرف پیوند عضو آن است",
            )
        )
    following = [each.name for each in networks[1:4]]
    if following:
        clauses.append(say(f"next come {say.names(following)}", f"پس از آن: {say.names(following)}"))
    return say.sentence(*clauses)


def _elsewhere(say: Speech, city: CityProfile, networks: Sequence[NextNetwork], world: World) -> str:
    """How many networks are left out since they are of one other continent."""
    here = continent(world.location(city.id))
    if not networks or here is None:
        return ""
    name, number = schemes()["world-region"][here].label(say.lang), len(networks)
    return say.sentence(
        say(
            f"{say.plural(number, 'network', 'networks')} whose known members all lie in one continent other than "
            f"{name} {'is' if number == 1 else 'are'} not listed",
            f"{say.number(number)} شبکه که همهٔ عضوهای شناخته‌شان در یک قاره جز {name} هستند، فهرست نشده است",
        )
    )


def _checked(say: Speech, city: CityProfile, networks: Sequence[NextNetwork]) -> str:
    checked = [each.name for each in networks if each.member is False]
    if not checked:
        return ""
    return say.sentence(
        say(
            f"that {city.name} is not a member is checked for {say.names(checked)}; for the others it is unknown",
            f"نبود عضویت {city.name} در {say.names(checked)} بررسی شده و در دیگران نامعلوم است",
        )
    )


def _cities(say: Speech, city: CityProfile, cities: Ranking, world: World) -> str:
    if not cities.cities:
        return ""
    first = cities.cities[0]
    basis = (
        say(
            "by partners in common, paths of three steps and nearness",
            "به ترتیب طرف‌های مشترک، راه‌های سه‌گامی و نزدیکی",
        )
        if world.ties[city.id]
        else say(
            f"no standing tie of {city.name} is known, so by what its peers are tied to and nearness",
            f"چون پیوند برقراری از {city.name} شناخته نیست، به ترتیب پیوندهای همتایان و نزدیکی",
        )
    )
    number = len(cities.locations)
    clauses = [
        basis,
        say(
            f"of {say.plural(number, 'city', 'cities')} abroad {first.name} comes first",
            f"از {say.number(number)} شهر خارجی {first.name} نخست است",
        ),
    ]
    if first.common:
        names = say.names(world.names(first.common))
        clauses.append(say(f"tied like it to {names}", f"طرف مشترک: {names}"))
    if first.peers:
        names = say.names(world.names(first.peers))
        clauses.append(say(f"tied to {names}", f"همتایان پیوندخورده: {names}"))
    if first.kilometres is not None:
        away = say.number(round(first.kilometres))
        clauses.append(say(f"{away} km away", f"در فاصلهٔ {away} کیلومتری"))
    following = [each.name for each in cities.cities[1:4]]
    if following:
        clauses.append(say(f"next come {say.names(following)}", f"پس از آن: {say.names(following)}"))
    return say.sentence(*clauses)


def _talks(say: Speech, candidates: Sequence[Candidate]) -> str:
    names = [each.name for each in candidates if each.talks]
    if not names:
        return ""
    return say.sentence(
        say(f"already in talks: {say.names(names, most=9)}", f"در دست گفت‌وگو: {say.names(names, most=9)}")
    )


def _past(say: Speech, candidates: Sequence[Candidate]) -> str:
    names = [each.name for each in candidates if each.past]
    if not names:
        return ""
    return say.sentence(
        say(
            f"an earlier tie is told as ended, dormant or unverified with {say.names(names)}",
            f"پیوند پیشین پایان‌یافته، خفته یا تأییدنشده با {say.names(names)}",
        )
    )


def _barriers(say: Speech, networks: Sequence[NextNetwork]) -> str:
    """What hinders the needs that the first networks would address."""
    barriers = {each.id: each for network in networks for each in network.barriers}
    if not barriers:
        return ""
    foremost = sorted(barriers.values(), key=lambda each: (-each.votes, -len(each.needs), each.id))[:2]
    return say.sentence(
        say(
            f"against them stand {say.plural(len(barriers), 'barrier', 'barriers')} to the needs concerned, first of "
            f"all {say.names([say.quoted(each.name) for each in foremost])}",
            f"در برابر آن‌ها {say.number(len(barriers))} مانع از موانع همین نیازها هست، پیش از همه "
            f"{say.names([say.quoted(each.name) for each in foremost])}",
        )
    )
