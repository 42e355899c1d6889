"""The headline sentences on where a city might turn, in English and Persian, made of the figures of its tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from citydiplomacy.ontology.schemes import schemes

from ..reports.gaps import Gaps
from ..reports.membership_headlines import checked_absences, latest_list
from ..reports.profile import CityProfile
from ..standing.coverage import caveats
from ..standing.locations import continent
from ..standing.tie_strength import of_counts, partner_cities
from ..wording.evidence import Figure, Label, Measure, Named, counted
from ..wording.phrases import Phrase
from ..wording.speech import Speech
from . import reasons
from .evidence import Evidence
from .learned import learned
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
    known: Evidence,
    without: Collection[str] = (),
) -> tuple[Phrase, ...]:
    """Sentences on one city, the most telling one first.

    networks: all that are not left out; listed: of them those that who asks did not rule out, as `without` does.
    """
    city = lacks.city
    but = say("but for what was ruled out, ", "با کنارگذاشتن آنچه نخواسته‌اند، ") if without else Phrase()
    return (
        *(one for clause in _networks(say, lacks, networks, listed, known, but) for one in say.sentences(clause)),
        *say.sentences(_networks_chance(say, city, listed, world)),
        *(one for clause in _joining(say, city, networks, shut) for one in say.sentences(clause)),
        *say.sentences(_ruled_out(say, city, world, without)),
        *say.sentences(_elsewhere(say, city, elsewhere, world)),
        *(one for clause in _checked(say, lacks, networks) for one in say.sentences(clause)),
        *say.sentences(*_cities(say, city, cities, world, but)),
        *say.sentences(_partners_chance(say, city, cities, world)),
        *say.sentences(_talks(say, city, (*listed, *cities.told))),
        *say.sentences(_past(say, city, (*listed, *cities.told))),
        *say.sentences(_barriers(say, lacks, networks)),
        *say.sentences(*caveats(say, city.named, city.uncollected)),
    )


def _number(measure: str, city: CityProfile, of: Collection[str | Named | Candidate], other: str = "") -> Figure:
    """How many of what was reckoned for a city: a measure of docs/recommend.md. of: what is counted, or its ids."""
    ids = [each if isinstance(each, str) else each.id for each in of]
    return counted(measure, (city.id, other) if other else (city.id,), ids)


def _told(say: Speech, measure: str, city: CityProfile, ends: Sequence[str], of: str, known: Evidence) -> Phrase:
    """How many of some ties of cities officials, press or studies tell."""
    all_, strong = _number(measure, city, ends, of), _number(f"{measure}-strong", city, known.strong(ends, of), of)
    return of_counts(say, strong, all_ - strong)


def _networks(
    say: Speech,
    lacks: Gaps,
    networks: Sequence[NextNetwork],
    listed: Sequence[NextNetwork],
    known: Evidence,
    but: Phrase,
) -> list[Phrase]:
    city = lacks.city
    if not networks:
        return [
            say(
                "no network is known that {city} is not known to be in, that is not shut to it, and that addresses a "
                "need of "
                "it or has a peer or partner of it",
                "شبکه‌ای که عضویت {city} در آن شناخته نباشد، به رویش بسته نباشد و به نیازی از آن پاسخ دهد یا همتا یا "
                "طرفی از آن عضوش باشد شناخته نیست",
                city=city.named,
            )
        ]
    if not listed:
        return []
    first = listed[0]
    clauses = [
        say(
            "{but}of {bodies} that {city} is not known to be in and that are not known to be shut to it, {first} is "
            "recommended first",
            "{but}از {bodies} شبکه و نهاد که عضویت {city} در آن‌ها شناخته نیست و بسته بودنشان به رویش دانسته نیست، "
            "{first} "
            "پیشنهاد نخست است",
            but=but,
            bodies=say.counted(_number("networks-in-reach", city, networks), "network or body", "networks and bodies"),
            city=city.named,
            first=first.named,
        )
    ]
    if basis := _network_basis(say, first):
        clauses.append(_comes_first(say, city, first, basis))
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
                "عضویت {peers} شهر هم‌کشور {city}، یا هم‌منطقه و هم‌اندازهٔ آن، در {first} شناخته است{told}",
                told=_told(say, "peers", city, first.peers, first.id, known),
                peers=say.counted(_number("peers", city, first.peers, first.id), "city", "cities"),
                city=city.named,
                are="is" if len(first.peers) == 1 else "are",
                first=first.named,
            )
        )
    if first.partners:
        clauses.append(
            say(
                "{partners} of {city} {are} known to be in {first}{told}",
                "عضویت {partners} شهر طرف پیوند {city} در {first} شناخته است{told}",
                told=_told(say, "partners", city, first.partners, first.id, known),
                partners=say.counted(
                    _number("partners", city, first.partners, first.id), "partner city", "partner cities"
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


def _comes_first(say: Speech, city: CityProfile, first: Candidate, basis: Sequence[Phrase]) -> Phrase:
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

    Of a city that is in another network; and not of ties of some strength alone, for that was not measured.
    """
    if not listed or getattr(world.store, "strength", None) or not world.members.get(city.id):
        return Phrase()
    model = learned("networks")
    return say(
        "of {lists} of three, made from members alone for cities whose place in one of {networks} was hidden, {held} "
        "held it",
        "از {lists} فهرست سه‌تایی که تنها از روی عضویت‌ها برای شهرهایی ساخته شد که عضویتشان در یکی از {networks} شبکه "
        "پنهان شده بود، {held} فهرست آن را داشت",
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
        clauses.append(
            say(
                "by the rules that are told of them, {city} may join {may} of the {bodies} considered for it",
                "{city} به موجب قاعده‌های گفته‌شدهٔ آن‌ها می‌تواند به {may} از {bodies} شبکه و نهادی که برایش سنجیده "
                "شده بپیوندد",
                city=city.named,
                may=_number("networks-open", city, may),
                bodies=say.counted(
                    _number("networks-in-reach", city, networks), "network or body", "networks and bodies"
                ),
            )
        )
    if perhaps:
        clauses.append(
            say(
                "of {bodies} considered for {city}, it is not known whether it may join",
                "دربارهٔ {bodies} شبکه و نهاد سنجیده برای {city} دانسته نیست که آن شهر می‌تواند بپیوندد یا نه",
                city=city.named,
                bodies=say.counted(_number("networks-unsure", city, perhaps), "network or body", "networks and bodies"),
            )
        )
    if shut:
        clauses.append(
            say(
                "by the rules that are told of them, {city} cannot join {bodies} otherwise fit for it: {names}",
                "{city} به موجب قاعده‌های گفته‌شدهٔ آن‌ها نمی‌تواند به {bodies} شبکه و نهاد که جز این برایش سنجیده "
                "می‌شد بپیوندد: {names}",
                bodies=say.counted(_number("networks-shut", city, shut), "network or body", "networks and bodies"),
                city=city.named,
                names=say.names([each.named for each in shut], most=1, total=_number("networks-shut", city, shut)),
            )
        )
    return clauses


def _ruled_out(say: Speech, city: CityProfile, world: World, without: Collection[str]) -> Phrase:
    """What who asks does not want to be told of."""
    if not without:
        return Phrase()
    return say(
        "ruled out for {city} by those who ask these data {are}: {names}",
        "به خواست پرسندگان این داده‌ها برای {city} کنار گذاشته شده است: {names}",
        city=city.named,
        are="is" if len(without) == 1 else "are",
        names=say.names([Named(world.name(one), one, Label(one)) for one in sorted(without)]),
    )


def _elsewhere(say: Speech, city: CityProfile, networks: Sequence[NextNetwork], world: World) -> Phrase:
    """How many networks are left out since they are of one other continent."""
    here = continent(world.location(city.id))
    if not networks or here is None:
        return Phrase()
    return say(
        "{networks} whose known members all lie in one continent other than {continent} {are} not listed",
        "{networks} شبکه که همهٔ عضوهای شناخته‌شان در یک قاره جز {continent} هستند، فهرست نشده است",
        networks=say.counted(_number("networks-elsewhere", city, networks), "network"),
        continent=Named(schemes()["world-region"][here].label(say.lang), here, Label(here)),
        are="is" if len(networks) == 1 else "are",
    )


def _checked(say: Speech, lacks: Gaps, networks: Sequence[NextNetwork]) -> list[Phrase]:
    city = lacks.city
    checked = [each.named for each in networks if each.member is False]
    if not checked:
        return []
    all_, known = _number("networks-in-reach", city, networks), _number("networks-checked", city, checked)
    of_all = say(
        "of the {bodies} considered for {city}, its absence is checked for {known}, and not certain for {open}",
        "از {bodies} شبکه و نهاد سنجیده برای {city}، نبودش در {known} مورد بررسی شده و در {open} مورد قطعی نیست",
        bodies=say.counted(all_, "network or body", "networks and bodies"),
        city=city.named,
        known=known,
        open=all_ - known,
    )
    return [of_all, *checked_absences(say, city, (latest_list(say, city, lacks.rosters, body) for body in checked))]


def _cities(say: Speech, city: CityProfile, cities: Ranking, world: World, but: Phrase) -> list[Phrase]:
    if not cities.cities:
        return []
    first, clauses = cities.cities[0], partner_cities(say, city.named, city.strength)
    if not world.ties[city.id]:
        clauses = [say("no standing tie of {city} is known", "پیوند برقراری از {city} شناخته نیست", city=city.named)]
    clauses += [
        say(
            "{but}of the {cities} of these data abroad or of unknown country with no known standing tie to {city}, "
            "{first} is recommended first",
            "{but}از {cities} شهر این داده‌ها در خارج یا کشور نامعلوم که پیوند برقرارشان با {city} شناخته نیست، "
            "{first} پیشنهاد نخست است",
            but=but,
            first=first.named,
            cities=say.counted(cities.in_reach(city.id), "city", "cities"),
            city=city.named,
        ),
        _comes_first(
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
                    world.named(first.common), total=_number("common-partners", city, first.common, first.id)
                ),
            )
        )
    elif world.ties[city.id]:
        clauses.append(
            say(
                "no partner in common of {first} and {city} is known",
                "طرف مشترکی از {first} و {city} شناخته نیست",
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
                names=say.names(world.named(first.peers), total=_number("peers", city, first.peers, first.id)),
                city=city.named,
            )
        )
    if first.kilometres is not None:
        clauses.append(
            say(
                "{first} is {away} km away from {city}",
                "فاصلهٔ {first} از {city} {away} کیلومتر است",
                first=first.named,
                away=Figure(round(first.kilometres), Measure("distance", (city.id, first.id))),
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

    Not of ties of some strength alone, nor of a city without ties or country, for that was not measured.
    """
    model, tied = learned("partners"), bool(world.ties[city.id])
    if not cities.cities or getattr(world.store, "strength", None) or not (tied or city.country):
        return Phrase()
    return say(
        "of {lists} with a new partner abroad in Wikidata between {then} and {later}, {held} had one in such a list of "
        "ten{without}",
        "از {lists} شهری که در ویکی‌داده میان {then} و {later} طرف خارجی تازه‌ای یافتند، چنین فهرست ده‌تایی{without} برای "
        "{held} شهر دست‌کم یکی از آن‌ها را داشت",
        lists=say.counted(model.figure("lists"), "city", "cities"),
        then=model.day("then"),
        later=model.day("later"),
        held=model.figure("held" if tied else "held-without-ties"),
        without="" if tied else say(", made without their ties", "، بی‌آگاهی از پیوندهایشان،"),
    )


def _talks(say: Speech, city: CityProfile, candidates: Sequence[Candidate]) -> Phrase:
    names = [each.named for each in candidates if each.talks]
    if not names:
        return Phrase()
    return say(
        "a tie is last told as proposed, planned or under negotiation of {city} with each of these: {names}",
        "پیوند {city} با این‌ها به آخرین گفته در حد پیشنهاد، برنامه یا مذاکره است: {names}",
        city=city.named,
        names=say.names(names, most=9, total=_number("talks", city, names)),
    )


def _past(say: Speech, city: CityProfile, candidates: Sequence[Candidate]) -> Phrase:
    names = [each.named for each in candidates if each.past]
    if not names:
        return Phrase()
    return say(
        "a tie is told as ended, dormant or unverified of {city} with each of these: {names}",
        "پیوند پیشین {city} با این‌ها پایان‌یافته، خفته یا تأییدنشده گفته شده است: {names}",
        city=city.named,
        names=say.names(names, total=_number("earlier-ties", city, names)),
    )


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
        "شناخته نیست، پیش از همه {foremost}",
        barriers=say.counted(hinder.distinct("barrier"), "recorded barrier hinders", "recorded barriers hinder"),
        city=lacks.city.named,
        foremost=say.quoted(hinder.where(barrier=foremost.id).name("barrier")),
    )
