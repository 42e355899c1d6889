"""What is not known of cities: said in sentences, so that silence is not read as no."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..standing.coverage import caveats
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
        f"Whether {city.name} is a member of {say.names(names)}: no full list of members is at hand.",
        f"عضویت {city.name} در {say.names(names)}: فهرست کامل اعضا در دست نیست.",
    )


def _of(say: Speech, city: CityProfile) -> Iterator[tuple[str, str]]:
    """(topic, sentence) of what is not known of one city."""
    name = city.name
    if city.country is None:
        yield "country", say(f"In which country {name} lies.", f"کشور {name}.")
    for clause in caveats(say, city.named, city.uncollected):
        yield "collection", say.sentence(clause)
    if city.ties("agreement", ["agreement-kind/sister-city"]) is None:
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
            say(f"What {name} needs: no study of it is in the store.", f"نیازهای {name}: پژوهشی در داده‌ها نیست."),
        )
    unscored = sum(row["score"] is None for row in city.needs)
    if unscored:
        yield (
            "need",
            say(
                f"How much weight {say.plural(unscored, 'need has', 'needs have')}: no panel scored them.",
                f"وزن {say.number(unscored)} نیاز: پنلی آن‌ها را نسنجیده است.",
            ),
        )
    unverified = sum(row["ties"] for row in city.balance if row["stands"] == "unknown")
    if unverified:
        yield (
            "agreement",
            say(
                f"Whether {say.plural(unverified, 'unverified tie stands', 'unverified ties stand')}.",
                f"برقراری {say.number(unverified)} پیوند تأییدنشده.",
            ),
        )
    placeless = sum(row["country"] is None for row in city.sister_cities)
    if placeless:
        yield (
            "country",
            say(
                f"The country of {say.plural(placeless, 'sister city', 'sister cities')}.",
                f"کشور {say.number(placeless)} خواهرخوانده.",
            ),
        )
    for row in city.unknowns:
        if row["record_kind"] in _KINDS and row["no_start"]:
            one, many, persian = _KINDS[row["record_kind"]]
            all_ = say(say.plural(row["claims"], one, many), f"{say.number(row['claims'])} {persian}")
            all_started = row["no_start"] == row["claims"]
            missing, undated = say.number(row["no_start"]), say.number(row["no_date"])
            partly_en = f"; {undated} of them without any date" if row["no_date"] else ""
            partly_fa = f"؛ {undated} مورد هیچ تاریخی ندارد" if row["no_date"] else ""
            yield (
                row["record_kind"],
                say(
                    f"When {'the' if all_started else f'{missing} of'} {all_} began{partly_en}.",
                    f"تاریخ آغاز {'همهٔ' if all_started else f'{missing} از'} {all_}{partly_fa}.",
                ),
            )
