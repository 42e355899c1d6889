"""What is not asked but reckoned or set: how an entry of the appendix names it, in English and Persian."""

from __future__ import annotations

from collections.abc import Mapping

from citydiplomacy.graph.model.values import Words
from citydiplomacy.queries.measures.influence import MEASURES
from citydiplomacy.queries.wording.evidence import MeasureValue, SetByRule
from citydiplomacy.queries.wording.speech import Speech

NETWORKS: Mapping[str, Words] = {
    "agreements": Words("Agreements between cities", "توافق‌های میان شهرها"),
    "memberships": Words("Memberships, of cities and bodies", "عضویت‌ها، شهرها و نهادها"),
    "newman": Words("Cities by common bodies (Newman)", "شهرها با نهادهای مشترک (نیومن)"),
    "backbone": Words("Cities by common bodies beyond chance", "شهرها با نهادهای مشترک فراتر از تصادف"),
}
"""What the networks of `standing.networks` are called."""
_MEASURES: Mapping[str, Words] = {
    "role-weight": Words(
        "Weight of the roles of a city in networks and bodies", "وزن نقش‌های یک شهر در شبکه‌ها و نهادها"
    ),
    "networks-in-reach": Words(
        "Networks and bodies that a city is not known to be in and might turn to",
        "شبکه‌ها و نهادهایی که عضویت شهر در آن‌ها شناسایی نشده است و می‌تواند به آن‌ها رو کند",
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
    "peers-strong": Words(
        "Told by officials, press, studies or the like: members of a city's country, or region and size",
        "به گفتهٔ مقام‌ها، مطبوعات، پژوهش‌ها و مانند آن: عضوهای هم‌کشور شهر، یا هم‌منطقه و هم‌اندازهٔ آن",
    ),
    "partners-strong": Words(
        "Told by officials, press, studies or the like: members that a city has a standing tie with",
        "به گفتهٔ مقام‌ها، مطبوعات، پژوهش‌ها و مانند آن: عضوهایی که شهر با آن‌ها پیوند برقرار دارد",
    ),
    "networks-open": Words(
        "Of the networks and bodies within reach, those that a city may join by the rules that are told",
        "از شبکه‌ها و نهادهای در دسترس، آن‌ها که شهر به موجب قاعده‌های گفته‌شده می‌تواند بپیوندد",
    ),
    "networks-unsure": Words(
        "Of the networks and bodies within reach, those of which it is not known whether a city may join",
        "از شبکه‌ها و نهادهای در دسترس، آن‌ها که دانسته نیست شهر می‌تواند بپیوندد یا نه",
    ),
    "networks-shut": Words(
        "Networks and bodies that a city cannot join by the rules that are told",
        "شبکه‌ها و نهادهایی که شهر به موجب قاعده‌های گفته‌شده نمی‌تواند بپیوندد",
    ),
    "ruled-out": Words(
        "Networks, bodies and cities that those who ask do not want to be advised",
        "شبکه‌ها، نهادها و شهرهایی که پرسندگان نخواسته‌اند پیشنهاد شود",
    ),
    "networks-elsewhere": Words(
        "Networks and bodies whose known members all lie in one other continent",
        "شبکه‌ها و نهادهایی که همهٔ عضوهای شناسایی‌شده‌شان در یک قارهٔ دیگر هستند",
    ),
    "common-partners": Words("Partners that two cities share", "طرف‌های مشترک دو شهر"),
    "talks": Words("Those that a city is in talks with", "آن‌ها که شهر با آن‌ها در گفت‌وگوست"),
    "earlier-ties": Words(
        "Those with which a tie of a city is told as over or dormant",
        "آن‌ها که پیوند شهر با آن‌ها پایان‌یافته یا راکد گفته شده است",
    ),
    "unsure-ties": Words(
        "Those with which a tie of a city is told and not known to stand",
        "آن‌ها که پیوندی از شهر با آن‌ها گفته شده و برقراری‌اش دانسته نیست",
    ),
    "cities-in-reach": Words(
        "Cities not told as of the city's own country that it has no standing tie with",
        "شهرهایی که از کشور خود شهر گفته نشده‌اند و شهر با آن‌ها پیوند برقرار ندارد",
    ),
    "country-ties": Words("Ties between the cities of two countries", "پیوندهای شهرهای دو کشور با هم"),
    "country-ties-by-lot": Words(
        "Ties between the cities of two countries, if chance drew who is tied to whom",
        "پیوندهای شهرهای دو کشور با هم، اگر به قید قرعه بود که چه کسی با چه کسی پیوند دارد",
    ),
    "ties": Words("Standing ties", "پیوندهای برقرار"),
    "dated": Words("Standing ties with a known beginning", "پیوندهای برقرار با آغاز دانسته"),
    "sourced": Words("Standing ties with a source", "پیوندهای برقرار با منبع"),
    "agreed": Words("Standing ties told by two voices or more", "پیوندهای برقرار که دو صدا یا بیشتر می‌گویند"),
    "strong": Words(
        "Standing ties told by officials, press, studies or the like",
        "پیوندهای برقرار به گفتهٔ مقام‌ها، مطبوعات، پژوهش‌ها و مانند آن",
    ),
    "distance": Words("Distance on the globe, in kilometres", "فاصله روی کره، به کیلومتر"),
}
_NOTES: Mapping[str, Words] = {
    "role-weight": Words(
        "The sum, over the memberships of the city, of the weight of its role in each body.",
        "جمع وزن نقش شهر در هر نهاد، برای همهٔ عضویت‌هایش.",
    ),
    "country-ties": Words(
        "Pairs of cities, one of each country, with a standing agreement that these data tell.",
        "جفت‌های شهر، یکی از هر کشور، که توافقی برقرار میانشان در این داده‌ها گفته شده است.",
    ),
    "country-ties-by-lot": Words(
        "If all ties abroad of these data were drawn by lot, each country keeping how many it has.",
        "اگر همهٔ پیوندهای خارجی این داده‌ها به قید قرعه بود و هر کشور همان شمار پیوند را داشت.",
    ),
    "distance": Words(
        "On the great circle between the two places, as the sources of the cities tell them.",
        "روی دایرهٔ عظیمهٔ میان دو جا، چنان‌که منبع‌های شهرها می‌گویند.",
    ),
    "cities-in-reach": Words(
        "All cities of these data but those of the city's own country and its standing partners; too many to list.",
        "همهٔ شهرهای این داده‌ها جز شهرهای کشور خود شهر و طرف‌های پیوند برقرارش؛ بیش از آن که فهرست شود.",
    ),
}
_RULES: Mapping[str, Words] = {
    "at-least": Words("Voices that were asked for", "شمار صداهایی که خواسته شده است"),
    "size class": Words("Classes of cities by inhabitants", "رده‌های شهرها به شمار ساکنان"),
    "probability of bounds": Words(
        "Probability that all values of a measure lie between their bounds",
        "احتمال این‌که همهٔ مقدارهای یک سنجه میان کران‌های خود باشند",
    ),
    "world regions": Words("World regions (UN M49) of the finest grain", "ریزترین منطقه‌های جهان (UN M49)"),
    "networks lists": Words(
        "Lists of networks by which the order was measured", "فهرست‌های شبکه‌ها که ترتیب با آن‌ها سنجیده شد"
    ),
    "networks networks": Words("Networks by which the order was measured", "شبکه‌هایی که ترتیب با آن‌ها سنجیده شد"),
    "networks held": Words(
        "Of these lists those that held one that came", "از این فهرست‌ها آن‌ها که یکی از پیوسته‌ها را داشتند"
    ),
    "partners lists": Words(
        "Lists of cities by which the order was measured", "فهرست‌های شهرها که ترتیب با آن‌ها سنجیده شد"
    ),
    "partners held": Words(
        "Of these lists those that held one that came", "از این فهرست‌ها آن‌ها که یکی از آمده‌ها را داشتند"
    ),
    "partners held-without-ties": Words(
        "The same where no tie of the city was known", "همان، جایی که پیوندی از شهر شناسایی نشده بود"
    ),
    "partners then": Words("From when the choices were measured", "آغاز دورهٔ سنجش"),
    "partners later": Words("Until when the choices were measured", "پایان دورهٔ سنجش"),
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


def measure_title(measure: MeasureValue, lang: str) -> str:
    """How a measure is called, and of which network it is; its key for one that has no other name."""
    if known := MEASURES.get(measure.measure):
        title = known.title(lang)
    else:
        title = named.label(lang) if (named := _MEASURES.get(measure.measure)) else measure.measure
    return f"{title} ({NETWORKS[measure.network].label(lang)})" if measure.network in NETWORKS else title


def measure_note(measure: MeasureValue, say: Speech) -> str:
    """How a measure is reckoned, and how to ask for it again."""
    if known := MEASURES.get(measure.measure):
        return say(
            f"Formula: {known.reference}. All values: citydip influence --measure {known.name} -n {measure.network}",
            f"فرمول: {known.reference}. همهٔ مقدارها: citydip influence --measure {known.name} -n {measure.network}",
        )
    noted = _NOTES.get(measure.measure)
    return noted.label(say.lang) if noted else ""


def rule_title(rule: SetByRule, lang: str) -> str:
    """What a rule sets; its key for one that has no other name."""
    named = _RULES.get(rule.rule) or _WEIGHTS.get(rule.rule.removeprefix("weight of "))
    return named.label(lang) if named else rule.rule
