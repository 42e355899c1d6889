"""Sentences on how well cities are known: their needs, and the claims and sources behind what is told."""

from __future__ import annotations

from collections.abc import Sequence

from ..wording.speech import Speech
from .profile import CityProfile


def needs_of_several(say: Speech, cities: Sequence[CityProfile]) -> list[str]:
    """A clause for each city on its needs, or one if nobody studied any of them."""
    if any(city.needs for city in cities):
        return [needs(say, city) for city in cities]
    names = say.either([city.name for city in cities])
    return [
        say(
            f"no study of the needs of {names} is in the store, so their unmet needs are not known",
            f"پژوهشی دربارهٔ نیازهای {names} در داده‌ها نیست و نیازهای بی‌پاسخشان دانسته نیست",
        )
    ]


def needs(say: Speech, city: CityProfile) -> str:
    """How many recorded needs no active tie addresses; not known where nobody studied them."""
    if not city.needs:
        return say(
            f"no study of {city.name}'s needs is in the store, so its unmet needs are not known",
            f"پژوهشی دربارهٔ نیازهای {city.name} در داده‌ها نیست و نیازهای بی‌پاسخ آن دانسته نیست",
        )
    unmet, all_ = len(city.unaddressed), len(city.needs)
    if not unmet:
        return say(
            f"active ties address all {say.plural(all_, 'recorded need', 'recorded needs')} of {city.name}",
            f"پیوندهای فعال به هر {say.number(all_)} نیاز ثبت‌شدهٔ {city.name} پاسخ می‌دهند",
        )
    return say(
        f"of the {say.plural(all_, 'recorded need', 'recorded needs')} of {city.name}, no active tie addresses "
        f"{say.number(unmet)} ({say.percent(unmet, all_)})",
        f"از {say.number(all_)} نیاز ثبت‌شدهٔ {city.name}، هیچ پیوند فعالی به {say.number(unmet)} نیاز "
        f"({say.percent(unmet, all_)}) پاسخ نمی‌دهد",
    )


def evidence(say: Speech, city: CityProfile) -> str:
    """How many claims and sources, how many of one source alone, how many disputed."""
    if not city.claims:
        return say(f"no claim about {city.name} is in the store", f"گزاره‌ای دربارهٔ {city.name} در داده‌ها نیست")
    sources = len(city.sources)
    disputed_en = say.plural(city.disputed, "is", "are") if city.disputed else "none is"
    disputed_fa = (
        f"بر سر {say.number(city.disputed)} گزاره منابع ناهمخوان‌اند" if city.disputed else "ناهمخوانی‌ای دیده نشده است"
    )
    rest = "rests" if city.single_source == 1 else "rest"
    single, share = say.number(city.single_source), say.percent(city.single_source, city.claims)
    return say(
        f"what is told of {city.name} is {say.plural(city.claims, 'claim', 'claims')} from "
        f"{say.plural(sources, 'source', 'sources')}: {single} ({share}) {rest} on one source only, {disputed_en} "
        "disputed",
        f"تصویر {city.name} از {say.number(city.claims)} گزارهٔ {say.number(sources)} منبع ساخته شده است: "
        f"{single} گزاره ({share}) تک‌منبع است و {disputed_fa}",
    )
