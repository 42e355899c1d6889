"""The headline sentences on what a city lacks, in English and Persian, made of the figures that its tables show."""

from __future__ import annotations

from collections.abc import Sequence

from ..city.city_headlines import member, members_when
from ..city.knowledge_headlines import needs
from ..city.membership_headlines import checked_absences, latest_list
from ..city.profile import CityProfile
from ..standing.coverage import MEMBERSHIPS, SISTER_CITIES, caveats
from ..standing.tie_strength import partner_cities
from ..standing.unreached import Unreached
from ..standing.unreached import regions as unreached_regions
from ..wording.phrases import Phrase
from ..wording.rows import Rows
from ..wording.speech import Speech
from . import remedy_headlines
from .gap_sections import Remedy


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
        *say.sentences(*remedy_headlines.organizations(say, city, organizations, could, joining, peers)),
        *say.sentences(*remedy_headlines.shut(say, city, shut)),
        *say.sentences(*_barriers(say, city, hinder)),
        *say.sentences(*_peers(say, city, peers, rosters)),
        *say.sentences(*member(say, city, rosters), *members_when(say, city)),
        *say.sentences(*partner_cities(say, city.named, city.strength)),
        *say.sentences(
            *unreached_regions(
                say,
                city.named,
                unreached,
                of_country=city.country is not None,
                uncollected=SISTER_CITIES in city.uncollected,
            )
        ),
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
            "{bodies} that {city} is not known to be in, and {not_known} to be shut to it, {have} known members among "
            "{kin}",
            "{bodies} شبکه و نهاد که بسته بودنشان به روی {city} و عضویت آن در آن‌ها شناسایی نشده است، {kin} را در میان "
            "اعضای شناسایی‌شدهٔ خود دارند",
            kin=remedy_headlines.kin(say, city),
            not_known="that is not known" if len(peers) == 1 else "that are not known",
            have="has" if len(peers) == 1 else "have",
            bodies=say.counted(peers.number(), "network or body", "networks and bodies"),
            city=city.named,
        ),
        say(
            "of bodies that {city} is not known to be in or shut out of, {first} has the most known members among "
            "{kin} ({members})",
            "از نهادهایی که عضویت {city} در آن‌ها یا بسته بودنشان به روی آن شناسایی نشده است، {first} بیش از همه از "
            "{kin} عضو دارد ({members} شهر)",
            kin=remedy_headlines.kin(say, city),
            city=city.named,
            first=first.name("organization"),
            members=say.counted(first.value("peers"), "city", "cities"),
        ),
    ]
    absent = peers.where(member="no").names("organization")
    return [*clauses, *checked_absences(say, city, (latest_list(say, city.place, rosters, body) for body in absent))]
