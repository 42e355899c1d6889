"""The headline sentences on what a city lacks, in English and Persian, made of the figures that its tables show."""

from __future__ import annotations

from collections.abc import Sequence

from citydiplomacy.ontology.schemes import schemes

from ..wording.speech import Speech
from .axes import share_of_votes, unmet_by_axis
from .knowledge_headlines import needs
from .profile import CityProfile, Row
from .remedies import Remedy


def headlines(
    say: Speech,
    city: CityProfile,
    organizations: Sequence[Remedy],
    barriers: Sequence[Remedy],
    peers: Sequence[Row],
    regions: tuple[str, ...] | None,
) -> tuple[str, ...]:
    """Sentences on one city, the most telling one first."""
    sentences = (
        _needs(say, city),
        _axes(say, city),
        _heaviest(say, city),
        _organizations(say, city, organizations),
        _barriers(say, barriers),
        _peers(say, city, peers),
        _regions(say, city, regions),
    )
    return tuple(sentence for sentence in sentences if sentence)


def _needs(say: Speech, city: CityProfile) -> str:
    votes = share_of_votes(city.unaddressed, city.needs)
    weighed = (
        say(f"they hold {say.number(votes)} % of the votes", f"{say.number(votes)} درصد رأی‌ها از آنِ این نیازهاست")
        if votes
        else ""
    )
    return say.sentence(needs(say, city), weighed)


def _axes(say: Speech, city: CityProfile) -> str:
    """By axis, the one with the greatest share of unmet needs first."""
    if not city.unaddressed:
        return ""
    axes = sorted(unmet_by_axis(city), key=lambda axis: -axis.unmet / axis.needs)
    parts = [
        say(
            f"{axis.axis_name} {say.number(axis.unmet)} of {say.number(axis.needs)}",
            f"{axis.axis_name} {say.number(axis.unmet)} از {say.number(axis.needs)}",
        )
        for axis in axes
    ]
    return say.sentence(say("unmet by axis: ", "نیازهای بی‌پاسخ هر محور: ") + say("; ", "؛ ").join(parts))


def _heaviest(say: Speech, city: CityProfile) -> str:
    scored = [row for row in city.unaddressed if row["score"] is not None][:3]
    if not scored:
        return ""
    names = [
        say(
            f"{say.quoted(row['need_name'])} ({say.number(row['score'])} of {say.plural(row['panel_size'], 'vote')})",
            f"{say.quoted(row['need_name'])} ({say.number(row['score'])} رأی از {say.number(row['panel_size'])})",
        )
        for row in scored
    ]
    return say.sentence(
        say("the unmet needs with most votes are ", "پررأی‌ترین نیازهای بی‌پاسخ: ") + say("; ", "؛ ").join(names)
    )


def _organizations(say: Speech, city: CityProfile, organizations: Sequence[Remedy]) -> str:
    """Who would address the unmet needs: this rests on the analyst's coding, and the sentence says so."""
    met = {need["need"] for each in organizations for need in each.needs}
    left = len(city.unaddressed) - len(met)
    clauses = []
    if organizations:
        number, addressed = len(organizations), say.number(len(met))
        checked = sum(each.row["member"] == "no" for each in organizations)
        clauses = [
            say(
                f"by the coding of themes and services, {say.plural(number, 'body', 'bodies')} that {city.name} is not "
                f"known to be in would address {addressed} of these needs",
                f"بر پایهٔ کدگذاری موضوع‌ها و خدمات، {say.number(number)} نهاد که عضویت {city.name} در آن‌ها شناخته نیست "
                f"به {addressed} نیاز از این‌ها پاسخ می‌دهد",
            ),
            _nearest(say, organizations[0]),
            say(
                f"that {city.name} is not a member is checked for {say.number(checked) if checked else 'none'} of them",
                f"نبود عضویت در {say.number(checked)} نهاد بررسی شده است"
                if checked
                else "نبود عضویت در هیچ‌یک بررسی نشده است",
            ),
        ]
    if left:
        clauses.append(
            say(
                f"no body in the store is known that would address {'the other' if met else ''} {left}".replace(
                    "  ", " "
                ),
                f"برای {say.number(left)} نیاز{' دیگر' if met else ''} نهاد پاسخ‌گویی در داده‌ها نیست",
            )
        )
    return say.sentence(*clauses)


def _nearest(say: Speech, first: Remedy) -> str:
    """The best organisation, and whether comparable cities are in it."""
    needs_met = say.plural(len(first.needs), "need", "needs")
    number, members = say.number(len(first.needs)), say.plural(first.peers, "member", "members")
    if first.peers:
        return say(
            f"nearest is {first.name} ({needs_met}), with {members} among cities of the same country and sister cities",
            f"نزدیک‌ترین آن‌ها {first.name} ({number} نیاز) است که {say.number(first.peers)} شهر هم‌کشور یا خواهرخوانده "
            "عضو آن است",
        )
    return say(
        f"most of all {first.name} ({needs_met}), though no city of the same country and no sister city is known to be "
        "in any of them",
        f"بیش از همه {first.name} ({number} نیاز)، هرچند عضویت شهر هم‌کشور یا خواهرخوانده‌ای در هیچ‌یک شناخته نیست",
    )


def _barriers(say: Speech, barriers: Sequence[Remedy]) -> str:
    """How many hinder, and those that hinder most needs."""
    if not barriers:
        return ""
    hindered = len({need["need"] for each in barriers for need in each.needs})
    most = max(len(each.needs) for each in barriers)
    names = [each.name for each in barriers if len(each.needs) == most]
    foremost = say.names([say.quoted(name) for name in names], 3, [most] * len(names))
    return say.sentence(
        say(
            f"{say.plural(len(barriers), 'recorded barrier hinders', 'recorded barriers hinder')} {hindered} of the "
            f"unmet needs, first of all {foremost}",
            f"{say.number(len(barriers))} مانع ثبت‌شده جلوی {say.number(hindered)} نیاز بی‌پاسخ را می‌گیرد، پیش از همه "
            f"{foremost}",
        )
    )


def _peers(say: Speech, city: CityProfile, peers: Sequence[Row]) -> str:
    if not peers:
        return ""
    number = say.number(len(peers))
    bodies = say.plural(len(peers), "network or body", "networks and bodies")
    names = say.names([row["organization_name"] for row in peers], numbers=[row["peers"] for row in peers])
    checked = say.names([row["organization_name"] for row in peers if row["member"] == "no"])
    return say.sentence(
        say(
            f"cities of the same country and sister cities are in {bodies} that {city.name} is not known to be in: "
            f"{names}",
            f"شهرهای هم‌کشور و خواهرخواندهٔ {city.name} عضو {number} شبکه و نهادند که عضویت {city.name} در آن‌ها شناخته "
            f"نیست: {names}",
        ),
        say(f"its absence is checked in {checked}", f"نبود {city.name} در {checked} بررسی شده است") if checked else "",
    )


def _regions(say: Speech, city: CityProfile, regions: tuple[str, ...] | None) -> str:
    """Regions without a partner; a continent of which no region is reached goes by its own name."""
    if regions is None:
        return say.sentence(
            say(
                f"which world regions {city.name} reaches is not known: no partner in a known foreign country is told",
                f"منطقه‌های طرف پیوند {city.name} دانسته نیست: طرفی در کشور خارجی شناخته‌ای ندارد",
            )
        )
    if not regions:
        return ""
    concepts = schemes()["world-region"]
    names: dict[str, None] = {}
    for region in regions:
        names[concepts[_whole(region, set(regions))].label(say.lang)] = None
    number = len(regions)
    return say.sentence(
        say(
            f"no partner of {city.name} is known in {say.plural(number, 'world region', 'world regions')}: "
            f"{say.names(list(names), most=9)}",
            f"در {say.number(number)} منطقهٔ جهان طرفی برای {city.name} شناخته نیست: {say.names(list(names), most=9)}",
        )
    )


def _whole(region: str, missing: set[str]) -> str:
    """The widest region around one of which every part is missing."""
    concepts = schemes()["world-region"]
    parent = concepts[region].broader
    if parent is None or not all(_missing(part.id, missing) for part in concepts.values() if part.broader == parent):
        return region
    return _whole(parent, missing)


def _missing(region: str, missing: set[str]) -> bool:
    parts = [part.id for part in schemes()["world-region"].values() if part.broader == region]
    return all(_missing(part, missing) for part in parts) if parts else region in missing
