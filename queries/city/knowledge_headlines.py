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
            "پیوندهای فعال شناسایی‌شده به هر {needs} نیاز ثبت‌شدهٔ {city} پاسخ می‌دهند",
            needs=say.counted(all_, "recorded need"),
            city=city.named,
        )
    return say(
        "of the {needs} of {city}, no known active tie addresses {unmet} ({share})",
        "از {needs} نیاز ثبت‌شدهٔ {city}، هیچ پیوند فعال شناسایی‌شده‌ای به {unmet} نیاز ({share}) پاسخ نمی‌دهد",
        needs=say.counted(all_, "recorded need"),
        city=city.named,
        unmet=unmet,
        share=say.percent(unmet, all_),
    )


def evidence(say: Speech, city: CityProfile) -> list[Phrase]:
    """How many claims and sources, how many of one voice alone, how many disputed."""
    if not city.claims:
        return [
            say("no claim about {city} is in these data", "گزاره‌ای دربارهٔ {city} در این داده‌ها نیست", city=city.named)
        ]
    marked = city.disagreements.distinct("disagreement")
    disputed = (
        say(
            ", and sources differ on {claims}",
            " و بر سر {claims} گزاره منبع‌ها ناهمخوان‌اند",
            claims=city.disputed,
        )
        if city.disputed
        else say(", and sources differ on none", " و ناهمخوانی‌ای دیده نشده است")
        if not marked
        else Phrase()
    )
    clauses = [
        say(
            "{claims} in these data about {city} (ties, figures, needs and judgements) {come} from {sources}: {single} "
            "on one voice alone{disputed}",
            "{claims} گزارهٔ این داده‌ها دربارهٔ {city} (پیوند، رقم، نیاز و داوری) از {sources} منبع آمده است: "
            "{single}{disputed}",
            city=city.named,
            claims=say.counted(city.claims, "claim"),
            come="comes" if city.claims.value == 1 else "come",
            sources=say.counted(city.sources.number(), "source"),
            single=_single(say, city),
            disputed=disputed,
        )
    ]
    if marked:
        clauses.append(
            say(
                "readers of the sources marked {disagreements} about {city} in these data",
                "خوانندگان منبع‌ها {disagreements} ناهمخوانی دربارهٔ {city} در این داده‌ها نشان کرده‌اند",
                disagreements=say.counted(marked, "disagreement"),
                city=city.named,
            )
        )
    return clauses


def _single(say: Speech, city: CityProfile) -> Phrase:
    """How many of the claims one voice alone tells: all, none, or so many and their share."""
    single, all_ = city.single_source, city.claims
    if all_.value == 1:
        return (
            say("it rests", "آن را تنها یک صدا می‌گوید")
            if single
            else say("it does not rest", "آن را تنها یک صدا نمی‌گوید")
        )
    if single.value in (0, all_.value):
        return (
            say("each rests", "هر یک را تنها یک صدا می‌گوید")
            if single
            else say("none rests", "هیچ‌یک را تنها یک صدا نمی‌گوید")
        )
    return say(
        "{single} ({share}) {rest}",
        "{single} گزاره ({share}) را تنها یک صدا می‌گوید",
        single=single,
        share=say.percent(single, all_),
        rest="rests" if single.value == 1 else "rest",
    )
