"""The headline sentences on what a city lacks, in English and Persian, made of the figures that its tables show."""

from __future__ import annotations

from collections.abc import Sequence

from ..standing.coverage import MEMBERSHIPS, SISTER_CITIES, caveats
from ..standing.tie_strength import partner_cities
from ..standing.unreached import Unreached
from ..standing.unreached import regions as unreached_regions
from ..wording.phrases import Phrase
from ..wording.rows import Rows
from ..wording.speech import Speech
from .city_headlines import member, members_when
from .gap_sections import Remedy
from .knowledge_headlines import needs
from .membership_headlines import checked_absences, latest_list
from .profile import CityProfile


def headlines(
    say: Speech,
    city: CityProfile,
    organizations: Sequence[Remedy],
    could: Rows,
    shut: Rows,
    joining: Rows,
    hinder: Rows,
    peers: Rows,
    rosters: Rows,
    unreached: Unreached | None,
) -> tuple[Phrase, ...]:
    """Sentences on one city, the most telling one first.

    organizations: those of `could`, best first; could: rows with an unmet need and an organisation that would address
    it; shut: those that the city cannot join; joining: rows of `may-join`; hinder: rows with an unmet need and a
    barrier; peers: rows of `peer-networks`; rosters: of `rosters`; unreached: None if no partner's country is known.
    """
    return (
        *say.sentences(*_needs(say, city)),
        *say.sentences(*_axes(say, city)),
        *say.sentences(*_heaviest(say, city)),
        *say.sentences(*_organizations(say, city, organizations, could, joining, peers)),
        *say.sentences(*_shut(say, city, shut)),
        *say.sentences(*_barriers(say, city, hinder)),
        *say.sentences(*_peers(say, city, peers, rosters)),
        *say.sentences(*member(say, city, rosters), *members_when(say, city)),
        *say.sentences(*partner_cities(say, city.named, city.strength)),
        *say.sentences(*unreached_regions(say, city.named, unreached, uncollected=SISTER_CITIES in city.uncollected)),
        *say.sentences(*caveats(say, city.named, city.uncollected - {MEMBERSHIPS})),
    )


def _needs(say: Speech, city: CityProfile) -> list[Phrase]:
    clauses = [needs(say, city)]
    unmet, all_ = (rows.sum("score", per="panel_size") for rows in (city.unaddressed, city.needs))
    if unmet:
        clauses.append(
            say(
                "the unmet needs of {city} hold {share} of the votes on its recorded needs",
                "{share} رأی‌های نیازهای ثبت‌شدهٔ {city} از آنِ نیازهای بی‌پاسخ آن است",
                city=city.named,
                share=say.percent(unmet, all_),
            )
        )
    return clauses


def _axes(say: Speech, city: CityProfile) -> list[Phrase]:
    """By axis, the one with the greatest share of unmet needs first."""
    if not city.unaddressed:
        return []
    unmet = city.unaddressed.each("axis")
    axes = sorted(city.needs.each("axis").items(), key=lambda each: -len(unmet.get(each[0], ())) / len(each[1]))
    parts = [
        say(
            "{axis} {unmet} of {needs}",
            "{axis} {unmet} از {needs}",
            axis=rows.name("axis"),
            unmet=city.unaddressed.where(axis=axis).number(),
            needs=rows.number(),
        )
        for axis, rows in axes
    ]
    return [
        say(
            "unmet needs of {city}, of those recorded by axis: {axes}",
            "نیازهای بی‌پاسخ {city}، از ثبت‌شده‌های هر محور: {axes}",
            city=city.named,
            axes=say.names(parts[start : start + 2]),
        )
        for start in range(0, len(parts), 2)
    ]


def _heaviest(say: Speech, city: CityProfile) -> list[Phrase]:
    scored = city.unaddressed.without(score=None)
    names = [
        say(
            "{need} ({votes} of {panel})",
            "{need} ({votes} رأی از {panel})",
            need=say.quoted(rows.name("need")),
            votes=rows.value("score"),
            panel=say.counted(rows.value("panel_size"), "vote"),
        )
        for rows in list(scored.each("need").values())[:3]
    ]
    if not names:
        return []
    first, *rest = names
    clauses = [
        say(
            "the unmet need of {city} with most votes is {need}",
            "پررأی‌ترین نیاز بی‌پاسخ {city}: {need}",
            city=city.named,
            need=first,
        )
    ]
    clauses += [
        say(
            "among the next unmet needs of {city} by votes is {need}",
            "از نیازهای بی‌پاسخ پررأی بعدی {city}: {need}",
            city=city.named,
            need=need,
        )
        for need in rest
    ]
    return clauses


def _organizations(
    say: Speech, city: CityProfile, organizations: Sequence[Remedy], could: Rows, joining: Rows, peers: Rows
) -> list[Phrase]:
    """Who would address the unmet needs: this rests on the analyst's coding, and the sentence says so."""
    clauses = []
    met = could.distinct("need")
    left = city.unaddressed.number() - met
    if organizations:
        bodies, checked = could.distinct("organization"), could.where(member="no").distinct("organization")
        may = could.where(organization=joining.where(may_join="yes").values("organization"))
        perhaps = could.where(organization=joining.where(may_join="unknown").values("organization"))
        clauses = [
            *_open(say, city, may),
            *_perhaps(say, city, perhaps),
            *_nearest(say, city, could.where(organization=organizations[0].id), peers),
            say(
                "that {city} is not a member is checked for {checked} of the {bodies} that by the coding would address "
                "its unmet needs and are not known to be shut to it",
                "از {bodies} نهادی که بر پایهٔ کدگذاری به نیازهای بی‌پاسخ {city} پاسخ می‌دهند و بسته بودنشان به رویش "
                "دانسته "
                "نیست، نبود عضویت در {checked} بررسی شده است",
                city=city.named,
                checked=checked,
                bodies=say.counted(bodies, "body", "bodies"),
            )
            if checked
            else say(
                "that {city} is not a member is checked for none of the {bodies} that by the coding would address its "
                "unmet needs and are not known to be shut to it",
                "از {bodies} نهادی که بر پایهٔ کدگذاری به نیازهای بی‌پاسخ {city} پاسخ می‌دهند و بسته بودنشان به رویش "
                "دانسته "
                "نیست، نبود عضویت در هیچ‌یک بررسی نشده است",
                city=city.named,
                bodies=say.counted(bodies, "body", "bodies"),
            ),
        ]
    if left:
        clauses.append(
            say(
                "for {left} of {city} these data know no body that would address {them} and is not shut to it",
                "برای {left} نیاز بی‌پاسخ {city} نهاد پاسخ‌گویی که به رویش بسته نباشد در این داده‌ها نیست",
                left=say.counted(left, "unmet need"),
                city=city.named,
                them="it" if left.value == 1 else "them",
            )
        )
    return clauses


def _open(say: Speech, city: CityProfile, may: Rows) -> list[Phrase]:
    """What the bodies would address that the city may join. may: their rows."""
    if not may:
        return []
    return [
        say(
            "by the coding of themes and services, {bodies} that {city} may join by the rules that are told of them, "
            "and "
            "is not known to be in, would address {met} of its unmet needs",
            "بر پایهٔ کدگذاری، {bodies} نهاد که {city} به موجب قاعده‌های گفته‌شدهٔ آن‌ها می‌تواند بپیوندد و عضویتش "
            "شناخته "
            "نیست، به {met} نیاز بی‌پاسخ آن پاسخ می‌دهند",
            bodies=say.counted(may.distinct("organization"), "body", "bodies"),
            city=city.named,
            met=may.distinct("need"),
        )
    ]


def _perhaps(say: Speech, city: CityProfile, perhaps: Rows) -> list[Phrase]:
    """The same of bodies of which it is not known whether the city may join."""
    if not perhaps:
        return []
    return [
        say(
            "by the coding of themes and services, {bodies} would address {met} of the unmet needs of {city}, but "
            "whether it "
            "may join is not known",
            "بر پایهٔ کدگذاری، {bodies} نهاد به {met} نیاز بی‌پاسخ {city} پاسخ می‌دهند، ولی دانسته نیست که آن شهر "
            "می‌تواند "
            "به آن‌ها بپیوندد یا نه",
            bodies=say.counted(perhaps.distinct("organization"), "body", "bodies"),
            met=perhaps.distinct("need"),
            city=city.named,
        )
    ]


def _shut(say: Speech, city: CityProfile, shut: Rows) -> list[Phrase]:
    """How many bodies would address unmet needs but cannot be joined, and which."""
    if not shut:
        return []
    bodies = list(shut.each("organization").values())
    return [
        say(
            "by the rules that are told of them, {city} cannot join {bodies} that would address unmet needs of it: "
            "{names}",
            "{city} به موجب قاعده‌های گفته‌شدهٔ آن‌ها نمی‌تواند به {bodies} نهاد پاسخ‌گو به نیازهای بی‌پاسخش بپیوندد: {names}",
            city=city.named,
            bodies=say.counted(shut.distinct("organization"), "body", "bodies"),
            names=say.names(
                [rows.name("organization") for rows in bodies], most=2, total=shut.distinct("organization")
            ),
        )
    ]


def _nearest(say: Speech, city: CityProfile, first: Rows, peers: Rows) -> list[Phrase]:
    """The best organisation (its rows), and whether comparable cities are in it."""
    body, needs_met = first.name("organization"), say.counted(first.distinct("need"), "unmet need")
    inside = peers.where(organization=body.id)
    if inside:
        return [
            say(
                "by the coding {body} would address {needs} of {city}, and {peers} of its country or sister cities "
                "of it "
                "{are} known to be in it",
                "بر پایهٔ کدگذاری، {body} به {needs} نیاز بی‌پاسخ {city} پاسخ می‌دهد و عضویت {peers} شهر هم‌کشور یا "
                "خواهرخواندهٔ آن در این نهاد شناخته است",
                body=body,
                needs=needs_met,
                city=city.named,
                peers=say.counted(inside.value("peers"), "other city", "other cities"),
                are="is" if inside.value("peers").value == 1 else "are",
            )
        ]
    return [
        say(
            "by the coding {body} would address {needs} of {city}, though no other city of its country and no sister "
            "city is known to be in it",
            "بر پایهٔ کدگذاری، {body} به {needs} نیاز بی‌پاسخ {city} پاسخ می‌دهد، هرچند عضویت شهر هم‌کشور یا "
            "خواهرخوانده‌ای در آن "
            "شناخته نیست",
            body=body,
            needs=needs_met,
            city=city.named,
        )
    ]


def _barriers(say: Speech, city: CityProfile, hinder: Rows) -> list[Phrase]:
    """How many hinder, and those that hinder most needs."""
    if not hinder:
        return []
    hindered = {barrier: rows.distinct("need") for barrier, rows in hinder.each("barrier").items()}
    most = max(int(needs.value) for needs in hindered.values())
    foremost = [hinder.where(barrier=barrier) for barrier, needs in hindered.items() if needs.value == most]
    return [
        say(
            "{barriers} {needs} of the unmet needs of {city}, first of all {foremost}",
            "{barriers} مانع ثبت‌شده جلوی {needs} نیاز بی‌پاسخ {city} را می‌گیرد، پیش از همه {foremost}",
            barriers=say.counted(hinder.distinct("barrier"), "recorded barrier hinders", "recorded barriers hinder"),
            needs=hinder.distinct("need"),
            city=city.named,
            foremost=say.names(
                [say.quoted(rows.name("barrier")) for rows in foremost[:3]],
                3,
                [rows.distinct("need") for rows in foremost[:3]],
            ),
        )
    ]


def _peers(say: Speech, city: CityProfile, peers: Rows, rosters: Rows) -> list[Phrase]:
    if not peers:
        return []
    by_number = peers.ordered(lambda row: (-row["peers"], row["organization"]))
    first = by_number.where(organization=by_number[0]["organization"])
    clauses = [
        say(
            "{bodies} that {city} is not known to be in, without those known to be shut to it, {have} known members "
            "among cities of its country and its sister cities, most of all {first} ({members})",
            "{bodies} شبکه و نهاد که بسته بودنشان به روی {city} و عضویت آن در آن‌ها شناخته نیست شهرهای هم‌کشور یا "
            "خواهرخواندهٔ آن را عضو شناخته دارند، پیش از همه {first} ({members} شهر)",
            have="has" if len(peers) == 1 else "have",
            bodies=say.counted(peers.number(), "network or body", "networks and bodies"),
            city=city.named,
            first=first.name("organization"),
            members=say.counted(first.value("peers"), "city", "cities"),
        )
    ]
    absent = peers.where(member="no").names("organization")
    return [*clauses, *checked_absences(say, city, (latest_list(say, city.place, rosters, body) for body in absent))]
