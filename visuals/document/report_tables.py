"""The tables of a dossier that a report has made: needs by axis, barriers, where to turn next. The note under each
opens what its numbers rest on."""

from __future__ import annotations

from citydiplomacy.queries.recommendation.report import Recommendation
from citydiplomacy.queries.reports.gaps import Gaps
from citydiplomacy.queries.wording.evidence import Named, counted
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.sections import CityReport
from citydiplomacy.queries.wording.tables import Cell, Table

from .blocks import Sheet
from .subject import Subject
from .tables import framed

NETWORKS = ("organization_name", "may_join", "for", "against", "needs", "peers", "partners", "missing", "condition")
CITIES = ("city_name", "country_name", "for", "against", "common", "peers", "talks")
APART = ("for", "against")
"""Columns of clauses, which have commas of their own."""


def axes(about: Subject, city: Named, gaps: Gaps) -> Sheet | None:
    """How many needs of each axis are unmet."""
    note = about.say(
        "Of the {all} recorded needs of {city}, {unmet} are unmet: no active tie is known to address them. A vote "
        "counts as a part of its panel.",
        "از {all} نیاز ثبت‌شدهٔ {city}، {unmet} نیاز بی‌پاسخ است: پیوند فعالی که به آن پاسخ دهد شناسایی نشده است. هر رأی "
        "بخشی از پنل خود به شمار می‌آید.",
        all=gaps.city.needs.number(),
        unmet=gaps.city.unaddressed.number(),
        city=city,
    )
    return _sheet(about, city, gaps, "axes", note)


def barriers(about: Subject, city: Named, gaps: Gaps) -> Sheet | None:
    """What hinders the unmet needs."""
    note = about.say(
        "Recorded barriers that hinder unmet needs of {city}: {n}. The weight is the votes for the needs that a "
        "barrier hinders, each vote as a part of its panel.",
        "مانع‌های ثبت‌شده در برابر نیازهای بی‌پاسخ {city}: {n}. وزن، رأی‌های نیازهایی است که مانع جلوی آن‌ها را می‌گیرد و "
        "هر رأی بخشی از پنل خود است.",
        n=gaps.hinder.distinct("barrier"),
        city=city,
    )
    return _sheet(about, city, gaps, "barriers", note)


def next_networks(about: Subject, city: Named, advice: Recommendation) -> Sheet | None:
    """The networks and bodies that come first."""
    note = about.say(
        "The first of {n} that {city} is not known to be in and that are not known to be shut to it. Peers are cities "
        "of its country, or of its region and size; partners are cities that it has a standing tie with.",
        "نخستین‌ها از {n} شبکه و نهاد که عضویت {city} در آن‌ها شناسایی نشده است و بسته بودنشان به رویش نیز دانسته نیست. "
        "همتایان شهرهای هم‌کشور، یا هم‌منطقه و هم‌اندازه‌اند؛ طرف‌ها شهرهایی‌اند که با آن‌ها پیوند برقرار دارد.",
        n=about.say.counted(
            counted("networks-in-reach", (city.id,), [each.id for each in advice.networks]),
            "network or body",
            "networks and bodies",
        ),
        city=city,
    )
    note += " " + about.say(
        "“By lot” stands before the number that chance alone would make likely.",
        "پس از «به قید قرعه» شماری می‌آید که تنها از بخت برمی‌آید.",
    )
    if advice.gaps.city.needs:
        note += " " + about.say(
            "In brackets stand the votes for a need, one of the {all} recorded.",
            "درون پرانتز رأی‌های نیاز آمده است، که یکی از {all} نیاز ثبت‌شده است.",
            all=advice.gaps.city.needs.number(),
        )
    return _sheet(about, city, advice, "networks", note, NETWORKS)


def next_cities(about: Subject, city: Named, advice: Recommendation) -> Sheet | None:
    """The cities abroad that come first."""
    note = about.say(
        "The first of {n}{where} that {city} has no standing tie with, as far as these data tell.",
        "نخستین‌ها از {n} شهر{where} که به گفتهٔ این داده‌ها {city} با آن‌ها پیوند برقرار ندارد.",
        where=about.say(" abroad, or of unknown country,", " خارجی، یا با کشور نامعلوم،")
        if advice.gaps.city.country
        else "",
        n=about.say.counted(advice.cities.in_reach(city.id), "city", "cities"),
        city=city,
    )
    note += " " + about.say(
        "A path of three steps leads over a partner city and a partner of that. “By lot” stands before the number "
        "that chance alone would make likely.",
        "راه سه‌گامی از شهری طرف پیوند و از طرفِ آن شهر می‌گذرد. پس از «به قید قرعه» شماری می‌آید که تنها از بخت برمی‌آید.",
    )
    return _sheet(about, city, advice, "cities", note, CITIES)


SHORT = {
    "axes": ("needs by axis", "نیازها بر پایهٔ محور"),
    "barriers": ("barriers", "مانع‌ها"),
    "networks": ("networks to join", "شبکه‌های پیشنهادی"),
    "cities": ("cities to turn to", "شهرهای پیشنهادی"),
}
"""Titles in few letters, after the name of the city."""


def _sheet(
    about: Subject, city: Named, report: CityReport, name: str, note: Phrase, columns: tuple[str, ...] = ()
) -> Sheet | None:
    """A section that has rows, with some of its columns, or all."""
    section = report.section(name)
    if not section.rows:
        return None
    kept = [place for place, each in enumerate(section.names) if not columns or each in columns]
    table = Table(
        tuple(section.names[place] for place in kept),
        tuple(section.titles[place] for place in kept),
        tuple(tuple(_cell(about, section.names[place], row[place]) for place in kept) for row in section.rows),
    )
    return framed(about, city, name, section.title, SHORT[name], table, note)


def _cell(about: Subject, column: str, value: Cell) -> Cell:
    return str(about.say("; ", "؛ ").joined(value)) if column in APART and isinstance(value, tuple) else value
