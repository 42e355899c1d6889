"""Sentences on how well cities are known: their needs, and the claims and sources behind what is told."""

from __future__ import annotations

from collections.abc import Sequence

from citydiplomacy.ontology.schemes import schemes

from ..wording.phrases import Phrase
from ..wording.speech import Speech
from .profile import CityProfile

STRONG = tuple(range(schemes()["evidence-kind"]["evidence-kind/press"].reliability or 1, 6))
"""The reliability of the press, and of what is more reliable."""


def needs_of_several(say: Speech, cities: Sequence[CityProfile]) -> list[Phrase]:
    """A clause for each city on its needs, or one if nobody studied any of them."""
    if any(city.needs for city in cities):
        return [needs(say, city) for city in cities]
    return [
        say(
            "no study of the needs of {cities} is in these data, so their unmet needs are not known",
            "پژوهشی دربارهٔ نیازهای {cities} در این داده‌ها نیست و نیازهای بی‌پاسخشان دانسته نیست",
            cities=say.either([city.named for city in cities]),
        )
    ]


def needs(say: Speech, city: CityProfile) -> Phrase:
    """How many recorded needs no active tie addresses; not known where nobody studied them."""
    if not city.needs:
        return say(
            "no study of the needs of {city} is in these data, so its unmet needs are not known",
            "پژوهشی دربارهٔ نیازهای {city} در این داده‌ها نیست و نیازهای بی‌پاسخ آن دانسته نیست",
            city=city.named,
        )
    unmet, all_ = city.unaddressed.number(), city.needs.number()
    if not unmet:
        return say(
            "known active ties address all {needs} of {city}",
            "پیوندهای فعال شناخته به هر {needs} نیاز ثبت‌شدهٔ {city} پاسخ می‌دهند",
            needs=say.counted(all_, "recorded need"),
            city=city.named,
        )
    return say(
        "of the {needs} of {city}, no known active tie addresses {unmet} ({share})",
        "از {needs} نیاز ثبت‌شدهٔ {city}، هیچ پیوند فعال شناخته‌ای به {unmet} نیاز ({share}) پاسخ نمی‌دهد",
        needs=say.counted(all_, "recorded need"),
        city=city.named,
        unmet=unmet,
        share=say.percent(unmet, all_),
    )


def sister_cities_told(say: Speech, city: CityProfile) -> list[Phrase]:
    """How many standing sister cities are told by what is as reliable as the press, and who tells the others."""
    sisters = city.strength.where(kind="agreement-kind/sister-city", stands="yes")
    if not sisters:
        return []
    strong = sisters.where(reliability=STRONG)
    weak = sisters.without(partner=strong.values("partner"))
    told = [
        say(
            "{strong} {have} a source at least as reliable as the press",
            "{strong} تا منبعی دست‌کم به اعتبار مطبوعات دارد",
            strong=strong.distinct("partner"),
            have="has" if strong.distinct("partner").value == 1 else "have",
        )
        if strong
        else say("none has a source as reliable as the press", "هیچ‌یک منبعی به اعتبار مطبوعات ندارد")
    ]
    if weak:
        number, voices = weak.distinct("partner"), weak.distinct("voice")
        by_voice = sorted(weak.each("voice").values(), key=len, reverse=True)
        told.append(
            say(
                "{weak} {are} told by {voices} alone",
                "{weak} تا را تنها {voices} {tell}",
                weak=number,
                are="is" if number.value == 1 else "are",
                voices=say.names([rows.name("voice") for rows in by_voice], most=1, total=voices),
                tell="می‌گوید" if voices.value == 1 else "می‌گویند",
            )
        )
    return [
        say(
            "of the {sisters} of {city}, {told}",
            "از {sisters} خواهرخواندگی برقرار {city}، {told}",
            sisters=say.counted(sisters.distinct("partner"), "standing sister city", "standing sister cities"),
            city=city.named,
            told=say(", and ", " و ").joined(told),
        )
    ]


def evidence(say: Speech, city: CityProfile) -> list[Phrase]:
    """How many claims and sources, how many of one voice alone, how many disputed."""
    if not city.claims:
        return [
            say("no claim about {city} is in these data", "گزاره‌ای دربارهٔ {city} در این داده‌ها نیست", city=city.named)
        ]
    disputed = (
        say(
            "sources differ on {claims}",
            "بر سر {claims} گزاره منبع‌ها ناهمخوان‌اند",
            claims=city.disputed,
        )
        if city.disputed
        else say("sources differ on none", "ناهمخوانی‌ای دیده نشده است")
    )
    return [
        say(
            "{claims} in these data about {city} (ties, figures, needs and judgements) {come} from {sources}: {single} "
            "({share}) {rest} on one voice alone, and {disputed}",
            "{claims} گزارهٔ این داده‌ها دربارهٔ {city} (پیوند، رقم، نیاز و داوری) از {sources} منبع آمده است: "
            "{single} گزاره "
            "({share}) را تنها یک صدا می‌گوید و {disputed}",
            city=city.named,
            claims=say.counted(city.claims, "claim"),
            come="comes" if city.claims.value == 1 else "come",
            sources=say.counted(city.sources.number(), "source"),
            single=city.single_source,
            share=say.percent(city.single_source, city.claims),
            rest="rests" if city.single_source.value == 1 else "rest",
            disputed=disputed,
        )
    ]
