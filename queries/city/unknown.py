"""What is not known of cities: said in sentences, so that silence is not read as no."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..standing.coverage import caveats
from ..wording.phrases import in_brief
from ..wording.rows import Row
from ..wording.sections import Section, section
from ..wording.speech import Speech
from ..wording.tables import TableColumn
from .profile import CityProfile

_KINDS = {
    "agreement": ("agreement", "agreements", "توافق"),
    "membership": ("membership", "memberships", "عضویت"),
    "mission": ("mission", "missions", "نمایندگی"),
    "route": ("flight route", "flight routes", "مسیر پروازی"),
}


class Unknown(NamedTuple):
    """Something that is not known of a city."""

    city: str
    city_name: str
    topic: str
    sentence: str


_COLUMNS: tuple[TableColumn[Unknown], ...] = (
    TableColumn("city", "Id of the city", "شناسهٔ شهر", lambda each: each.city),
    TableColumn("city_name", "City", "شهر", lambda each: each.city_name),
    TableColumn("topic", "About", "موضوع", lambda each: each.topic),
    TableColumn("topic_name", "What is not known", "آنچه دانسته نیست", lambda each: each.sentence),
)


def section_of(say: Speech, unknowns: Iterable[Unknown]) -> Section:
    """A row for each thing that is not known."""
    return section(say, "unknown", ("What is not known", "آنچه دانسته نیست"), _COLUMNS, unknowns)


def of_both(say: Speech, a: CityProfile, b: CityProfile, networks: Sequence[Row]) -> Iterator[Unknown]:
    """What is not known of two cities. networks: rows of `networks-compared`, with a as `city` and b as `other`."""
    for city, key in ((a, "city_member"), (b, "other_member")):
        yield from of_city(say, city)
        if open_ := [row["organization_name"] for row in networks if row[key] == "unknown"]:
            yield Unknown(city.id, city.name, "membership", not_listed(say, city, open_))


def of_city(say: Speech, city: CityProfile) -> Iterator[Unknown]:
    """What is not known of one city."""
    for topic, sentence in _of(say, city):
        yield Unknown(city.id, city.name, topic, sentence)


def not_listed(say: Speech, city: CityProfile, names: Sequence[str]) -> str:
    """That no whole list of members tells whether a city is in some organisations."""
    return say(
        "Whether {city} is a member of {names}: no full list of members is at hand.",
        "عضویت {city} در {names}: فهرست کامل اعضا در دست نیست.",
        city=city.named,
        names=say.names(names, most=len(names)),
    )


def _of(say: Speech, city: CityProfile) -> Iterator[tuple[str, str]]:
    """(topic, sentence) of what is not known of one city."""
    name = in_brief(city.name)
    if city.country is None:
        yield "country", say(f"In which country {name} lies.", f"کشور {name}.")
    for clause in caveats(say, city.named, city.uncollected):
        yield "collection", say.sentence(clause)
    if not city.sisters_known:
        yield "agreement", say(f"Whether {name} has any sister city.", f"این‌که {name} خواهرخوانده‌ای دارد یا نه.")
    if not city.roles:
        yield "membership", say(f"Whether {name} is in any network.", f"این‌که {name} عضو شبکه‌ای هست یا نه.")
    if city.ties("mission") is None:
        yield "mission", say(f"Which missions {name} hosts, one by one.", f"نام نمایندگی‌های مستقر در {name}.")
    if city.ties("route") is None:
        yield "route", say(f"Which cities can be flown to from {name}.", f"نام شهرهایی که از {name} به آن‌ها پرواز هست.")
    if not city.needs:
        yield (
            "need",
            say(f"What {name} needs: no study of it is in these data.", f"نیازهای {name}: پژوهشی در این داده‌ها نیست."),
        )
    if unscored := city.needs.where(score=None).first_of("need"):
        yield (
            "need",
            say(
                "How much weight {needs}: no panel scored them.",
                "وزن {needs} نیاز: پنلی آن‌ها را نسنجیده است.",
                needs=say.counted(unscored.number(), "need has", "needs have"),
            ),
        )
    if open_ := city.balance.where(stands="unknown"):
        yield (
            "agreement",
            say(
                "Whether {ties} of {city} {stand}.",
                "برقراری {ties} پیوند {city}.",
                ties=say.counted(open_.sum("ties"), "tie"),
                stand="stands" if open_.sum("ties").value == 1 else "stand",
                city=city.named,
            ),
        )
    if placeless := city.sister_cities.where(country=None):
        yield (
            "country",
            say(
                "The country of {cities} of {city}.",
                "کشور {cities} خواهرخواندهٔ {city}.",
                cities=say.counted(placeless.number(), "sister city", "sister cities"),
                city=city.named,
            ),
        )
    for kind, (one, many, persian) in _KINDS.items():
        rows = city.unknowns.where(record_kind=kind)
        if not rows or not rows[0]["no_start"]:
            continue
        missing, claims = rows.value("no_start"), rows.value("claims")
        counted = say.counted(claims, one, many) + (f" {persian}" if say.lang == "fa" else "")
        began = (
            say(
                "When the {claims} of {city} began",
                "تاریخ آغاز {all}{claims} {city}",
                all=say("", "" if claims.value == 1 else "همهٔ "),
                claims=counted,
                city=city.named,
            )
            if missing.value == claims.value
            else say(
                "When {missing} of {claims} of {city} began",
                "تاریخ آغاز {missing} از {claims} {city}",
                missing=missing,
                claims=counted,
                city=city.named,
            )
        )
        undated = say(
            "{undated} of them without any date", "{undated} مورد هیچ تاریخی ندارد", undated=rows.value("no_date")
        )
        yield kind, say.sentence(began, undated if rows[0]["no_date"] else "")
