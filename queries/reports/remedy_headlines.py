"""Which bodies would address what a city lacks, and whether it may join them, said in sentences.

All of it rests on an analyst's coding, and each sentence says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..city.profile import CityProfile
from ..wording.phrases import Phrase
from ..wording.rows import Rows
from ..wording.speech import Speech
from .gap_sections import Remedy


def organizations(
    say: Speech, city: CityProfile, remedies: Sequence[Remedy], could: Rows, joining: Rows, peers: Rows
) -> list[Phrase]:
    """Who would address the unmet needs: this rests on the analyst's coding, and the sentence says so."""
    clauses = []
    met = could.distinct("need")
    left = city.unaddressed.number() - met
    if remedies:
        bodies, checked = could.distinct("organization"), could.where(member="no").distinct("organization")
        may = could.where(organization=joining.where(may_join="yes").values("organization"))
        perhaps = could.where(organization=joining.where(may_join="unknown").values("organization"))
        clauses = [
            *_open(say, city, may),
            *_perhaps(say, city, perhaps),
            *_nearest(say, city, could.where(organization=remedies[0].id), peers),
            say(
                "that {city} is not a member is checked for {checked} of the {bodies} that by the coding would address "
                "its unmet needs and are not known to be shut to it",
                "از {bodies} نهادی که بر پایهٔ کدگذاری به نیازهای بی‌پاسخ {city} پاسخ می‌دهند و بسته بودنشان به رویش "
                "دانسته نیست، نبود عضویت در {checked} بررسی شده است",
                city=city.named,
                checked=checked,
                bodies=say.counted(bodies, "body", "bodies"),
            )
            if checked
            else say(
                "that {city} is not a member is checked for none of the {bodies} that by the coding would address its "
                "unmet needs and are not known to be shut to it",
                "از {bodies} نهادی که بر پایهٔ کدگذاری به نیازهای بی‌پاسخ {city} پاسخ می‌دهند و بسته بودنشان به رویش "
                "دانسته نیست، نبود عضویت در هیچ‌یک بررسی نشده است",
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
            "and is not known to be in, would address {met} of its unmet needs",
            "بر پایهٔ کدگذاری، {bodies} نهاد که {city} به موجب قاعده‌های گفته‌شدهٔ آن‌ها می‌تواند بپیوندد و عضویتش "
            "شناسایی نشده است، به {met} نیاز بی‌پاسخ آن پاسخ می‌دهند",
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


def shut(say: Speech, city: CityProfile, by_rule: Rows) -> list[Phrase]:
    """How many bodies would address unmet needs but cannot be joined, and which."""
    if not by_rule:
        return []
    bodies = list(by_rule.each("organization").values())
    return [
        say(
            "by the rules that are told of them, {city} cannot join {bodies} that would address unmet needs of it: "
            "{names}",
            "{city} به موجب قاعده‌های گفته‌شدهٔ آن‌ها نمی‌تواند به {bodies} نهاد پاسخ‌گو به نیازهای بی‌پاسخش بپیوندد: {names}",
            city=city.named,
            bodies=say.counted(by_rule.distinct("organization"), "body", "bodies"),
            names=say.names(
                [rows.name("organization") for rows in bodies], most=2, total=by_rule.distinct("organization")
            ),
        )
    ]


def kin(say: Speech, city: CityProfile) -> Phrase:
    """The cities that a city is like: of its country, where that is known, and its sister cities."""
    if city.country:
        return say("cities of its country and its sister cities", "شهرهای هم‌کشور یا خواهرخواندهٔ آن")
    return say("its sister cities", "شهرهای خواهرخواندهٔ آن")


def _nearest(say: Speech, city: CityProfile, first: Rows, peers: Rows) -> list[Phrase]:
    """The best organisation (its rows), and whether comparable cities are in it."""
    body, needs_met = first.name("organization"), say.counted(first.distinct("need"), "unmet need")
    inside = peers.where(organization=body.id)
    if inside:
        return [
            say(
                "by the coding {body} would address {needs} of {city}, and {peers} among {kin} {are} known to be in it",
                "بر پایهٔ کدگذاری، {body} به {needs} نیاز بی‌پاسخ {city} پاسخ می‌دهد و عضویت {peers} شهر از {kin} در این "
                "نهاد شناسایی شده است",
                body=body,
                needs=needs_met,
                city=city.named,
                kin=kin(say, city),
                peers=say.counted(inside.value("peers"), "city", "cities"),
                are="is" if inside.value("peers").value == 1 else "are",
            )
        ]
    return [
        say(
            "by the coding {body} would address {needs} of {city}, though of {kin} none is known to be in it",
            "بر پایهٔ کدگذاری، {body} به {needs} نیاز بی‌پاسخ {city} پاسخ می‌دهد، هرچند عضویت هیچ‌یک از {kin} در آن "
            "شناسایی نشده است",
            body=body,
            needs=needs_met,
            city=city.named,
            kin=kin(say, city),
        )
    ]
