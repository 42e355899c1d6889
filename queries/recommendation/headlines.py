"""The headline sentences on where a city might turn, in English and Persian, made of the figures of its tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..city.profile import CityProfile
from ..reports.gaps import Gaps
from ..standing.coverage import caveats
from ..standing.tie_strength import partner_cities
from ..wording.evidence import Figure, MeasureValue, Named
from ..wording.phrases import Phrase
from ..wording.speech import Speech
from . import reasons
from .evidence import Tellers, number
from .learned import learned, measured_of
from .network_headlines import comes_first, of_networks
from .next_cities import Candidate, Ranking, World
from .next_networks import NextNetwork


def headlines(
    say: Speech,
    lacks: Gaps,
    networks: Sequence[NextNetwork],
    listed: Sequence[NextNetwork],
    elsewhere: Sequence[NextNetwork],
    shut: Sequence[NextNetwork],
    cities: Ranking,
    world: World,
    known: Tellers,
    without: Collection[str] = (),
) -> tuple[Phrase, ...]:
    """Sentences on one city, the most telling one first.

    networks: all that are not left out; listed: of them those that who asks did not rule out, as `without` does.
    """
    city = lacks.city
    but = say("but for what was ruled out, ", "با کنارگذاشتن آنچه نخواسته‌اند، ") if without else Phrase()
    return (
        *of_networks(say, lacks, networks, listed, elsewhere, shut, world, known, without, but),
        *say.sentences(*_cities(say, city, cities, world, but)),
        *say.sentences(_partners_chance(say, city, cities, world)),
        *say.sentences(_talks(say, city, (*listed, *cities.told))),
        *say.sentences(*_past(say, city, (*listed, *cities.told))),
        *say.sentences(_barriers(say, lacks, networks)),
        *say.sentences(*caveats(say, city.named, city.uncollected)),
    )


def _cities(say: Speech, city: CityProfile, cities: Ranking, world: World, but: Phrase) -> list[Phrase]:
    if not cities.cities:
        return []
    first, clauses = cities.cities[0], partner_cities(say, city.named, city.strength)
    if not world.ties[city.id]:
        clauses = [
            say(
                "no standing tie of {city} is known in these data",
                "در این داده‌ها پیوند برقراری از {city} شناسایی نشده است",
                city=city.named,
            ),
            *clauses,
        ]
    clauses += [
        say(
            "{but}of the {cities} of these data{where} with no known standing tie to {city}, {first} is recommended "
            "first",
            "{but}از {cities} شهر این داده‌ها{where} که پیوند برقرارشان با {city} شناسایی نشده است، {first} پیشنهاد "
            "نخست است",
            where=say(" abroad or of unknown country", " در خارج یا کشور نامعلوم") if city.country else Phrase(),
            but=but,
            first=first.named,
            cities=say.counted(cities.in_reach(city.id), "city", "cities"),
            city=city.named,
        ),
        comes_first(
            say,
            city,
            first,
            reasons.decided(say, first.factors, reasons.OF_CITIES) or [say("its id alone", "شناسه‌اش و بس")],
        ),
        reasons.between(say, first, world, city.id),
    ]
    if first.common:
        clauses.append(
            say(
                "{first} is tied like {city} to {names}",
                "طرف‌های مشترک {first} و {city}: {names}",
                first=first.named,
                city=city.named,
                names=say.names(
                    world.named(first.common), total=number("common-partners", city, first.common, first.id)
                ),
            )
        )
    elif world.ties[city.id]:
        clauses.append(
            say(
                "no partner in common of {first} and {city} is known in these data",
                "در این داده‌ها طرف مشترکی از {first} و {city} شناسایی نشده است",
                first=first.named,
                city=city.named,
            )
        )
    if first.peers:
        clauses.append(
            say(
                "{first} is tied to {names}, of the country of {city} or of its region and size",
                "{first} با {names}، هم‌کشور یا هم‌منطقه و هم‌اندازهٔ {city}، پیوند دارد",
                first=first.named,
                names=say.names(world.named(first.peers), total=number("peers", city, first.peers, first.id)),
                city=city.named,
            )
        )
    if first.kilometres is not None:
        clauses.append(
            say(
                "{first} is {away} km away from {city}",
                "فاصلهٔ {first} از {city} {away} کیلومتر است",
                first=first.named,
                away=Figure(round(first.kilometres), MeasureValue("distance", (city.id, first.id))),
                city=city.named,
            )
        )
    if cities.cities[1:]:
        clauses.append(
            say(
                "after {first}, {others} {are} recommended to {city} next",
                "پیشنهادهای بعدی برای پیوند {city} پس از {first}: {others}",
                city=city.named,
                first=first.named,
                are="is" if len(cities.cities) == 2 else "are",
                others=say.names([each.named for each in cities.cities[1:4]]),
            )
        )
    return clauses


def _partners_chance(say: Speech, city: CityProfile, cities: Ranking, world: World) -> Phrase:
    """How often such a list held a partner that came, as measured where the model was not learned.

    Not of ties of some strength or of a past day, nor of a city without ties or country, for that was not measured.
    """
    model, tied = learned("partners"), bool(world.ties[city.id])
    if not cities.cities or not measured_of(world.store) or not (tied or city.country):
        return Phrase()
    return say(
        "of {lists} with a new partner abroad in Wikidata between {then} and {later}, {held} had one among the ten "
        "that citydip recommends by the ties of {then} alone{without}",
        "از {lists} شهری که در ویکی‌داده میان {then} و {later} طرف خارجی تازه‌ای یافتند، یکی‌شان برای {held} شهر در "
        "ده پیشنهاد این ابزار، تنها از روی پیوندهای {then}{without} بود",
        lists=say.counted(model.figure("lists"), "city", "cities"),
        then=model.day("then"),
        later=model.day("later"),
        held=model.figure("held" if tied else "held-without-ties"),
        without="" if tied else say(", without their own", " و بی پیوند خودش،"),
    )


def _talks(say: Speech, city: CityProfile, candidates: Sequence[Candidate]) -> Phrase:
    names = [each.named for each in candidates if each.talks]
    if not names:
        return Phrase()
    return say(
        "a tie of {city} with {each}{names} is last told as proposed, planned or under negotiation",
        "پیوند {city} با {each}{names} به آخرین گفته در حد پیشنهاد، برنامه یا مذاکره است",
        city=city.named,
        each=_each(say, names),
        names=say.names(names, most=9, total=number("talks", city, names)),
    )


def _each(say: Speech, names: Sequence[Named]) -> str:
    """What stands before the names of those with each of whom there is a tie."""
    return say("each of ", "هر یک از ") if len(names) > 1 else ""


def _past(say: Speech, city: CityProfile, candidates: Sequence[Candidate]) -> list[Phrase]:
    clauses = []
    if over := [each.named for each in candidates if each.over]:
        clauses.append(
            say(
                "a tie of {city} with {each}{names} is told as over or dormant",
                "پیوند {city} با {each}{names} پایان‌یافته یا راکد گفته شده است",
                city=city.named,
                each=_each(say, over),
                names=say.names(over, total=number("earlier-ties", city, over)),
            )
        )
    if unsure := [each.named for each in candidates if each.unsure]:
        clauses.append(
            say(
                "a tie of {city} with {each}{names} is told, and not known to stand",
                "پیوندی از {city} با {each}{names} گفته شده و برقراری‌اش دانسته نیست",
                city=city.named,
                each=_each(say, unsure),
                names=say.names(unsure, total=number("unsure-ties", city, unsure)),
            )
        )
    return clauses


def _barriers(say: Speech, lacks: Gaps, networks: Sequence[NextNetwork]) -> Phrase:
    """What hinders the needs that the networks would address."""
    barriers = {each.id: each for network in networks for each in network.barriers}
    if not barriers:
        return Phrase()
    foremost = min(barriers.values(), key=lambda each: (-each.votes, -len(each.needs), each.id))
    concerned = lacks.could.where(organization=[each.id for each in networks]).values("need")
    hinder = lacks.hinder.where(need=concerned)
    return say(
        "{barriers} unmet needs of {city} that bodies it is not known to be in would address, first of all {foremost}",
        "{barriers} مانع ثبت‌شده جلوی نیازهایی از {city} را می‌گیرد که نهادهایی به آن‌ها پاسخ می‌دهند که عضویتش در "
        "آن‌ها "
        "شناسایی نشده است، پیش از همه {foremost}",
        barriers=say.counted(hinder.distinct("barrier"), "recorded barrier hinders", "recorded barriers hinder"),
        city=lacks.city.named,
        foremost=say.quoted(hinder.where(barrier=foremost.id).name("barrier")),
    )
