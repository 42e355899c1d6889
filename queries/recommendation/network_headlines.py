"""The headline sentences on the networks that a city might join: which comes first, what decided, what is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from citydiplomacy.ontology.schemes import schemes

from ..city.membership_headlines import checked_absences, latest_list
from ..city.profile import CityProfile
from ..reports.gaps import Gaps
from ..standing.locations import continent
from ..wording.evidence import Label, Named
from ..wording.phrases import Phrase
from ..wording.speech import Speech
from . import reasons
from .evidence import Tellers, number, told_well
from .learned import learned, measured_of
from .next_cities import Candidate, World
from .next_networks import NextNetwork


def of_networks(
    say: Speech,
    lacks: Gaps,
    networks: Sequence[NextNetwork],
    listed: Sequence[NextNetwork],
    elsewhere: Sequence[NextNetwork],
    shut: Sequence[NextNetwork],
    world: World,
    known: Tellers,
    without: Collection[str],
    but: Phrase,
) -> Iterator[Phrase]:
    """The sentences on networks, the most telling one first; `networks` and `listed` as in `headlines`.

    elsewhere: those of one other continent alone. shut: those that are not open to the city. but: begins a sentence
    that leaves out what was ruled out.
    """
    city = lacks.city
    yield from (one for clause in _networks(say, lacks, networks, listed, known, but) for one in say.sentences(clause))
    yield from say.sentences(_networks_chance(say, city, listed, world))
    yield from (one for clause in _joining(say, city, networks, shut) for one in say.sentences(clause))
    yield from say.sentences(_ruled_out(say, city, world, without))
    yield from say.sentences(_elsewhere(say, city, elsewhere, world))
    yield from (one for clause in _checked(say, lacks, networks) for one in say.sentences(clause))


def _networks(
    say: Speech,
    lacks: Gaps,
    networks: Sequence[NextNetwork],
    listed: Sequence[NextNetwork],
    known: Tellers,
    but: Phrase,
) -> list[Phrase]:
    city = lacks.city
    if not networks:
        return [
            say(
                "no network is known in these data that {city} is not known to be in, that is not shut to it, and that "
                "addresses a need of it or has a peer or partner of it",
                "در این داده‌ها شبکه‌ای که عضویت {city} در آن شناسایی نشده باشد، به رویش بسته نباشد و به نیازی از آن "
                "پاسخ دهد یا همتا یا طرفی از آن عضوش باشد یافت نمی‌شود",
                city=city.named,
            )
        ]
    if not listed:
        return []
    first = listed[0]
    clauses = [
        say(
            "{but}{bodies} that {city} is not known to be in and that is not known to be shut to it is considered: "
            "{first}"
            if len(networks) == 1
            else "{but}of {bodies} that {city} is not known to be in and that are not known to be shut to it, {first} "
            "is recommended first",
            "{but}{bodies} شبکه یا نهاد که عضویت {city} در آن شناسایی نشده است و بسته بودنش به رویش دانسته نیست سنجیده "
            "شده است: {first}"
            if len(networks) == 1
            else "{but}از {bodies} شبکه و نهاد که عضویت {city} در آن‌ها شناسایی نشده است و بسته بودنشان به رویش دانسته "
            "نیست، {first} پیشنهاد نخست است",
            but=but,
            bodies=say.counted(number("networks-in-reach", city, networks), "network or body", "networks and bodies"),
            city=city.named,
            first=first.named,
        )
    ]
    if basis := _network_basis(say, first):
        clauses.append(comes_first(say, city, first, basis))
    if first.remedy:
        clauses.append(
            say(
                "by the coding of themes and services, {first} would address {needs} of {city}",
                "بر پایهٔ کدگذاری، {first} به {needs} نیاز بی‌پاسخ {city} پاسخ می‌دهد",
                first=first.named,
                needs=say.counted(lacks.could.where(organization=first.id).distinct("need"), "unmet need"),
                city=city.named,
            )
        )
    if first.peers:
        clauses.append(
            say(
                "{peers} of the country of {city}, or of its region and size, {are} known to be in {first}{told}",
                "عضویت {peers} شهر هم‌کشور {city}، یا هم‌منطقه و هم‌اندازهٔ آن، در {first} شناسایی شده است{told}",
                told=told_well(say, "peers", city, first.peers, first.id, known),
                peers=say.counted(number("peers", city, first.peers, first.id), "city", "cities"),
                city=city.named,
                are="is" if len(first.peers) == 1 else "are",
                first=first.named,
            )
        )
    if first.partners:
        clauses.append(
            say(
                "{partners} of {city} {are} known to be in {first}{told}",
                "عضویت {partners} شهر طرف پیوند {city} در {first} شناسایی شده است{told}",
                told=told_well(say, "partners", city, first.partners, first.id, known),
                partners=say.counted(
                    number("partners", city, first.partners, first.id), "partner city", "partner cities"
                ),
                city=city.named,
                are="is" if len(first.partners) == 1 else "are",
                first=first.named,
            )
        )
    if listed[1:]:
        clauses.append(
            say(
                "after {first}, {others} {are} recommended to {city} next",
                "پیشنهادهای بعدی برای {city} پس از {first}: {others}",
                city=city.named,
                first=first.named,
                are="is" if len(listed) == 2 else "are",
                others=say.names([each.named for each in listed[1:3]]),
            )
        )
    return clauses


def comes_first(say: Speech, city: CityProfile, first: Candidate, basis: Sequence[Phrase]) -> Phrase:
    """What decided that a candidate comes first."""
    return say(
        "{first} comes first for {city} by {basis}",
        "{first} برای {city} از این رو نخست است: {basis}",
        first=first.named,
        city=city.named,
        basis=say.names(basis),
    )


def _network_basis(say: Speech, first: NextNetwork) -> list[Phrase]:
    """What of its score a network has."""
    needs, partners = [], []
    if first.remedy:
        needs = [say("unmet needs that it would address", "نیازهای بی‌پاسخی که به آن‌ها پاسخ می‌دهد")]
    if first.partners:
        partners = [say("partners in it", "طرف‌های عضو")]
    return [*needs, *reasons.decided(say, first.factors, reasons.OF_NETWORKS, most=2), *partners]


def _networks_chance(say: Speech, city: CityProfile, listed: Sequence[NextNetwork], world: World) -> Phrase:
    """How often the first three of such an order held a network that was hidden, as measured on a list of others.

    Of a city that is in another network; and not of ties of some strength or of a past day, for that was not measured.
    """
    if not listed or not measured_of(world.store) or not world.members.get(city.id):
        return Phrase()
    model = learned("networks")
    return say(
        "of {lists} of three, made from members alone for cities whose place in one of {networks} was hidden, {held} "
        "held that network",
        "از {lists} فهرست سه‌تایی که تنها از روی عضویت‌ها برای شهرهایی ساخته شد که عضویتشان در یکی از {networks} شبکه "
        "پنهان شده بود، {held} فهرست آن شبکه را داشت",
        lists=say.counted(model.figure("lists"), "list"),
        networks=say.counted(model.figure("networks"), "network"),
        held=model.figure("held"),
    )


def _joining(
    say: Speech, city: CityProfile, networks: Sequence[NextNetwork], shut: Sequence[NextNetwork]
) -> list[Phrase]:
    """How many of them it may join, of how many that is unknown, how many are left out since they are shut to it."""
    clauses = []
    may, perhaps = ([each for each in networks if each.may_join is known] for known in (True, None))
    if may:
        open_, all_ = number("networks-open", city, may), number("networks-in-reach", city, networks)
        clauses.append(
            say(
                "by the rules that are told of them, {city} may join {may} of the {bodies} considered for it",
                "{city} به موجب قاعده‌های گفته‌شدهٔ آن‌ها می‌تواند به {may} از {bodies} شبکه و نهادی که برایش سنجیده "
                "شده بپیوندد",
                city=city.named,
                may=open_,
                bodies=say.counted(all_, "network or body", "networks and bodies"),
            )
            if len(may) < len(networks)
            else say(
                "by the rules that are told, {city} may join {bodies} considered for it",
                "{city} به موجب قاعده‌های گفته‌شده می‌تواند به {bodies} شبکه و نهادی که برایش سنجیده شده بپیوندد",
                city=city.named,
                bodies=Phrase(
                    say("the ", "") if len(may) == 1 else say("all ", "هر "),
                    say.counted(open_, "network or body", "networks and bodies"),
                ),
            )
        )
    if perhaps:
        clauses.append(
            say(
                "whether {city} may join is not known for {bodies} considered for it",
                "دربارهٔ {bodies} شبکه و نهاد سنجیده برای {city} دانسته نیست که آن شهر می‌تواند بپیوندد یا نه",
                city=city.named,
                bodies=say.counted(number("networks-unsure", city, perhaps), "network or body", "networks and bodies"),
            )
        )
    if shut:
        clauses.append(
            say(
                "by their rules as told, {bodies} otherwise considered for {city} {are} shut to it: {names}",
                "{city} به موجب قاعده‌های گفته‌شدهٔ آن‌ها نمی‌تواند به {bodies} شبکه و نهاد که جز این برایش سنجیده "
                "می‌شد بپیوندد: {names}",
                bodies=say.counted(number("networks-shut", city, shut), "network or body", "networks and bodies"),
                city=city.named,
                are="is" if len(shut) == 1 else "are",
                names=say.names([each.named for each in shut], most=1, total=number("networks-shut", city, shut)),
            )
        )
    return clauses


def _ruled_out(say: Speech, city: CityProfile, world: World, without: Collection[str]) -> Phrase:
    """What who asks does not want to be told of."""
    if not without:
        return Phrase()
    cities = [one for one in sorted(without) if one.startswith("city/")]
    bodies = sorted(set(without) - set(cities))
    what = []
    if bodies:
        told = say.counted(number("ruled-out", city, bodies), "network or body", "networks and bodies")
        what.append(say("{bodies}", "{bodies} شبکه و نهاد", bodies=told))
    if cities:
        told = say.counted(number("ruled-out", city, cities), "city")
        what.append(say("{cities}", "{cities} شهر", cities=told))
    ruled_out = number("ruled-out", city, without)
    return say(
        "at the wish of those who ask these data {what} {are} left out for {city}: {names}",
        "به خواست پرسندگان این داده‌ها {what} برای {city} کنار گذاشته شده است: {names}",
        what=say(" and ", " و ").joined(what),
        city=city.named,
        are="is" if len(without) == 1 else "are",
        names=say.names([Named(world.name(one), one, Label(one)) for one in (*bodies, *cities)], total=ruled_out),
    )


def _elsewhere(say: Speech, city: CityProfile, networks: Sequence[NextNetwork], world: World) -> Phrase:
    """How many networks are left out since they are of one other continent."""
    here = continent(world.location(city.id))
    if not networks or here is None:
        return Phrase()
    return say(
        "{networks} whose known members all lie in one continent other than {continent} {are} not listed",
        "{networks} شبکه که همهٔ عضوهای شناسایی‌شده‌شان در یک قاره جز {continent} هستند، فهرست نشده است",
        networks=say.counted(number("networks-elsewhere", city, networks), "network"),
        continent=say.land(Named(schemes()["world-region"][here].label(say.lang), here, Label(here))),
        are="is" if len(networks) == 1 else "are",
    )


def _checked(say: Speech, lacks: Gaps, networks: Sequence[NextNetwork]) -> list[Phrase]:
    city = lacks.city
    checked = [each.named for each in networks if each.member is False]
    if not checked:
        return []
    absences = checked_absences(say, city, (latest_list(say, city.place, lacks.rosters, body) for body in checked))
    if len(networks) == 1:
        return list(absences)
    all_, known = number("networks-in-reach", city, networks), number("networks-checked", city, checked)
    of_all = say(
        "of the {bodies} considered for {city}, its absence is checked for {known}, and not certain for {open}",
        "از {bodies} شبکه و نهاد سنجیده برای {city}، نبودش در {known} مورد بررسی شده و در {open} مورد قطعی نیست",
        bodies=say.counted(all_, "network or body", "networks and bodies"),
        city=city.named,
        known=known,
        open=all_ - known,
    )
    return [of_all, *absences]
