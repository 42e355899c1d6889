"""What is not asked but reckoned or set: how an entry of the appendix names it, in English and Persian."""

from __future__ import annotations

from collections.abc import Mapping

from citydiplomacy.graph.model.values import Words
from citydiplomacy.queries.measures.influence import MEASURES
from citydiplomacy.queries.wording.evidence import Measure, Rule

_MEASURES: Mapping[str, Words] = {
    "role-weight": Words(
        "Weight of the roles of a city in networks and bodies", "وزن نقش‌های یک شهر در شبکه‌ها و نهادها"
    ),
    "networks-in-reach": Words(
        "Networks and bodies that a city is not known to be in and might turn to",
        "شبکه‌ها و نهادهایی که عضویت شهر در آن‌ها شناخته نیست و می‌تواند به آن‌ها رو کند",
    ),
    "networks-checked": Words(
        "Networks and bodies within reach in which a city's absence is checked",
        "شبکه‌ها و نهادهای در دسترس که نبود شهر در آن‌ها بررسی شده است",
    ),
    "peers": Words(
        "Members that are of the country of a city, or of its region and size",
        "عضوهایی که هم‌کشور شهرند، یا هم‌منطقه و هم‌اندازهٔ آن",
    ),
    "partners": Words("Members that a city has a standing tie with", "عضوهایی که شهر با آن‌ها پیوند برقرار دارد"),
    "cities-in-reach": Words(
        "Cities abroad that a city has no standing tie with", "شهرهای خارجی که شهر با آن‌ها پیوند برقرار ندارد"
    ),
    "ties": Words("Standing ties of a network", "پیوندهای برقرار یک شبکه"),
    "dated": Words("Standing ties with a known beginning", "پیوندهای برقرار با آغاز دانسته"),
    "sourced": Words("Standing ties with a source", "پیوندهای برقرار با منبع"),
    "agreed": Words("Standing ties told by two voices or more", "پیوندهای برقرار که دو صدا یا بیشتر می‌گویند"),
    "firm": Words("Standing ties told by a source that is not weak", "پیوندهای برقرار که منبعی نه سست می‌گوید"),
    "distance": Words("Distance on the globe, in kilometres", "فاصله روی کره، به کیلومتر"),
}
_RULES: Mapping[str, Words] = {
    "at-least": Words("Voices that were asked for", "شمار صداهایی که خواسته شده است"),
    "size class": Words("Classes of cities by inhabitants", "رده‌های شهرها به شمار ساکنان"),
    "world regions": Words("World regions (UN M49) of the finest grain", "ریزترین منطقه‌های جهان (UN M49)"),
    "told by name": Words("Those that are told by name", "آن‌ها که با نام گفته شده‌اند"),
}
_WEIGHTS: Mapping[str, Words] = {
    "none": Words("Weight of a role without grade", "وزن نقش بی‌درجه"),
    "observer": Words("Weight of an observer", "وزن ناظر"),
    "full": Words("Weight of a full member", "وزن عضو کامل"),
    "privileged": Words("Weight of a leading role", "وزن نقش رهبری"),
    "founder": Words("Weight added for a founder", "وزن افزودهٔ بنیان‌گذاری"),
    "host": Words("Weight added for a host", "وزن افزودهٔ میزبانی"),
}


def measure_title(measure: Measure, lang: str) -> str:
    """How a measure is called; its key for one that has no other name."""
    if known := MEASURES.get(measure.measure):
        return known.title_fa if lang == "fa" else known.title_en
    named = _MEASURES.get(measure.measure)
    return named.label(lang) if named else measure.measure


def rule_title(rule: Rule, lang: str) -> str:
    """What a rule sets; its key for one that has no other name."""
    named = _RULES.get(rule.rule) or _WEIGHTS.get(rule.rule.removeprefix("weight of "))
    return named.label(lang) if named else rule.rule
