"""Sentences on how well cities are known: their needs, and the claims and sources behind what is told."""

from __future__ import annotations

from collections.abc import Sequence

from ..wording.phrases import Phrase
from ..wording.speech import Speech
from .profile import CityProfile


def needs_of_several(say: Speech, cities: Sequence[CityProfile]) -> list[Phrase]:
    """A clause for each city on its needs, or one if nobody studied any of them."""
    if any(city.needs for city in cities):
        return [needs(say, city) for city in cities]
    return [
        say(
            "no study of the needs of {cities} is in the store, so their unmet needs are not known",
            "پژوهشی دربارهٔ نیازهای {cities} در داده‌ها نیست و نیازهای بی‌پاسخشان دانسته نیست",
            cities=say.either([city.named for city in cities]),
        )
    ]


def needs(say: Speech, city: CityProfile) -> Phrase:
    """How many recorded needs no active tie addresses; not known where nobody studied them."""
    if not city.needs:
        return say(
            "no study of {city}'s needs is in the store, so its unmet needs are not known",
            "پژوهشی دربارهٔ نیازهای {city} در داده‌ها نیست و نیازهای بی‌پاسخ آن دانسته نیست",
            city=city.named,
        )
    unmet, all_ = city.unaddressed.number(), city.needs.number()
    if not unmet:
        return say(
            "active ties address all {needs} of {city}",
            "پیوندهای فعال به هر {needs} نیاز ثبت‌شدهٔ {city} پاسخ می‌دهند",
            needs=say.counted(all_, "recorded need"),
            city=city.named,
        )
    return say(
        "of the {needs} of {city}, no active tie addresses {unmet} ({share})",
        "از {needs} نیاز ثبت‌شدهٔ {city}، هیچ پیوند فعالی به {unmet} نیاز ({share}) پاسخ نمی‌دهد",
        needs=say.counted(all_, "recorded need"),
        city=city.named,
        unmet=unmet,
        share=say.percent(unmet, all_),
    )


def evidence(say: Speech, city: CityProfile) -> list[Phrase]:
    """How many claims and sources, how many of one voice alone, how many disputed."""
    if not city.claims:
        return [say("no claim about {city} is in the store", "گزاره‌ای دربارهٔ {city} در داده‌ها نیست", city=city.named)]
    disputed = (
        say(
            "on {claims} sources differ",
            "بر سر {claims} گزاره منبع‌ها ناهمخوان‌اند",
            claims=city.disputed,
        )
        if city.disputed
        else say("on none sources differ", "ناهمخوانی‌ای دیده نشده است")
    )
    return [
        say(
            "{claims} about {city} (ties, figures, needs and judgements) {come} from {sources}: {single} ({share}) "
            "{rest} on one voice alone, and {disputed}",
            "{claims} گزاره دربارهٔ {city} (پیوند، رقم، نیاز و داوری) از {sources} منبع آمده است: {single} گزاره "
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
