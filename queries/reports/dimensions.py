"""The dimensions that cities are compared on, and a city's value on each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TypeAlias

from citydiplomacy.graph.model.holding import UNDER_WAY

from ..city.profile import OTHER_AGREEMENTS, CityProfile
from ..standing.best_figure import BestFigure
from ..standing.coverage import AGREEMENTS, MEMBERSHIPS, SISTER_CITIES
from ..standing.estimated import between, range_words
from ..wording.evidence import Figure
from ..wording.rows import Rows
from ..wording.sections import Section, section
from ..wording.speech import Speech, plain
from ..wording.tables import TableColumn
from .comparison_headlines import Positions

Number: TypeAlias = int | Decimal | None


@dataclass(frozen=True)
class Value:
    """A city's value on a dimension: None is unknown. `sources` is how many tell it, where that can be said."""

    number: Number | Figure
    note: str | None = None
    sources: int | None = None

    @property
    def plain(self) -> Number:
        """The number alone."""
        return plain(self.number.value) if isinstance(self.number, Figure) else self.number


def values(say: Speech, city: CityProfile, positions: Positions) -> dict[str, Value]:
    """A city's value on each dimension, by key, in the order of the table."""
    reached = bool(city.abroad)
    partly = {
        kind: say(
            "as told in lists or of other cities; nobody collected its own",
            "از فهرست‌ها و گفته‌های دربارهٔ دیگران؛ از خود آن گردآوری نشده",
        )
        for kind in city.uncollected
    }

    def of(kind: str, number: Number | Figure, sources: int | None = None) -> Value:
        """What is counted of a kind of ties; of what nobody collected, none is unknown."""
        note = partly.get(kind)
        return Value(None if note and not number else number, note if number else None, sources)

    ties, agreements, places = partial(of, SISTER_CITIES), partial(of, AGREEMENTS), partial(of, MEMBERSHIPS)
    by_key = {
        "sister-cities": ties(_sisters(city), _behind_sisters(city)),
        "ties-under-way": agreements(city.ties("agreement", statuses=UNDER_WAY)),
        "other-agreements": agreements(
            city.ties("agreement", OTHER_AGREEMENTS), city.behind("agreement", OTHER_AGREEMENTS)
        ),
        "countries": ties(len(city.abroad) if reached else None),
        "world-regions": ties(len({row["region_name"] for row in city.abroad} - {None}) if reached else None),
        "networks": places(city.networks if city.networks.value else None, _behind_roles(city)),
        "leading-roles": places(len(city.leading) if city.roles else None),
        "hosting-roles": places(len(city.hosting) if city.roles else None),
        "role-weight": places(city.weight),
    }
    for measure in ("interlocking", "degree", "betweenness", "pagerank"):
        by_key[measure] = _position(say, positions, measure)
    by_key |= {
        "missions": Value(city.ties("mission"), None, city.behind("mission")),
        "diplomatic-missions": _figure(say, city.figure("diplomatic-missions")),
        "flights": Value(city.destinations(), None, city.behind("route")),
        "foreign-flight-destinations": _figure(say, city.figure("foreign-flight-destinations")),
    }
    for measure in ("population", "area", "pilgrims", "foreign-pilgrims", "foreign-tourists"):
        by_key[measure] = _figure(say, city.figure(measure))
    studied = bool(city.needs)
    by_key |= {
        "needs": Value(len(city.needs) if studied else None),
        "needs-unmet": Value(len(city.unaddressed) if studied else None),
        "barriers": Value(len(city.barriers) or None),
        "sources": Value(len(city.sources)),
        "claims": Value(city.claims),
        "single-source": Value(city.single_source if city.claims else None),
        "disputed": Value(city.disputed if city.claims else None),
        "disagreements": Value(len({row["disagreement"] for row in city.disagreements})),
        "undated-ties": Value(city.undated),
    }
    return by_key


NAMES: dict[str, tuple[str, str]] = {
    "sister-cities": ("Sister cities, standing", "خواهرخواندگی‌های برقرار"),
    "ties-under-way": ("Ties proposed, planned or negotiated", "پیوندهای پیشنهادی، برنامه‌ای یا در دست مذاکره"),
    "other-agreements": ("Memoranda, friendship and cooperation agreements", "تفاهم‌نامه‌ها و پیمان‌های دوستی و همکاری"),
    "countries": ("Foreign countries reached by any standing tie", "کشورهای خارجی طرف هر گونه پیوند برقرار"),
    "world-regions": ("World regions of the foreign countries reached", "منطقه‌های جهانِ کشورهای خارجی طرف پیوند"),
    "networks-alike": (
        "Known memberships, of the bodies whose full lists of members cover both",
        "عضویت‌های شناسایی‌شده در نهادهایی که فهرست کامل اعضایشان هر دو را در بر می‌گیرد",
    ),
    "networks": ("Networks and bodies, as a member", "عضویت در شبکه‌ها و نهادها"),
    "leading-roles": ("Leading roles (grade 3)", "نقش‌های رهبری (درجهٔ ۳)"),
    "hosting-roles": ("Hosting roles", "نقش‌های میزبانی"),
    "role-weight": ("Weight of roles", "وزن نقش‌ها"),
    "interlocking": ("Interlocking connectivity", "پیوستگی در شبکهٔ درهم‌تنیده"),
    "degree": ("Partner cities (degree)", "شهرهای طرف پیوند (درجه)"),
    "betweenness": ("Betweenness", "مرکزیت بینابینی"),
    "pagerank": ("PageRank", "پیج‌رنک"),
    "missions": ("Missions hosted, told one by one", "نمایندگی‌های مستقر که یک‌به‌یک گفته شده"),
    "diplomatic-missions": ("Diplomatic missions, as a figure", "نمایندگی‌های دیپلماتیک، به صورت رقم"),
    "flights": ("Flight destinations, told one by one", "مقصدهای پرواز که یک‌به‌یک گفته شده"),
    "foreign-flight-destinations": ("Foreign flight destinations, as a figure", "مقصدهای پرواز خارجی، به صورت رقم"),
    "population": ("Population", "جمعیت"),
    "area": ("Area, km²", "مساحت، کیلومتر مربع"),
    "pilgrims": ("Pilgrims", "زائران"),
    "foreign-pilgrims": ("Foreign pilgrims", "زائران خارجی"),
    "foreign-tourists": ("Foreign tourists", "گردشگران خارجی"),
    "needs": ("Needs recorded", "نیازهای ثبت‌شده"),
    "needs-unmet": ("Needs that no active tie addresses", "نیازهایی که هیچ پیوند فعالی به آن‌ها پاسخ نمی‌دهد"),
    "barriers": ("Barriers recorded", "مانع‌های ثبت‌شده"),
    "sources": ("Sources", "منبع‌ها"),
    "claims": ("Claims", "گزاره‌ها"),
    "single-source": ("Claims that one voice alone tells", "گزاره‌هایی که تنها یک صدا می‌گوید"),
    "disputed": ("Disputed claims", "گزاره‌های مورد اختلاف"),
    "disagreements": ("Marked disagreements", "ناهمخوانی‌های نشان‌شده"),
    "undated-ties": ("Ties without any date", "پیوندهای بی‌تاریخ"),
}
"""Keys of dimensions and their names in English and Persian."""


def _alike(city: CityProfile, alike: Rows) -> dict[str, Value]:
    """Sister cities by each source that set out to collect those of both cities."""
    return {
        f"{ALIKE}{source}": Value(rows.where(place=city.id).number()) for source, rows in alike.each("source").items()
    }


def _listed(say: Speech, lists: Rows, held: Rows) -> dict[str, Value]:
    """The bodies that a city is in, of those whose full list of members would name both cities."""
    bodies = say.number(lists.distinct("organization"))
    note = say(f"of {bodies} with a full list of members", f"از {bodies} نهاد با فهرست کامل اعضا")
    return {"networks-alike": Value(held.distinct("organization") if lists else None, note)}


ALIKE = "sister-cities-by-"


def section_of(
    say: Speech,
    cities: tuple[CityProfile, CityProfile],
    positions: tuple[Positions, Positions],
    alike: Rows,
    listed: tuple[Rows, Rows, Rows],
) -> Section:
    """The dimensions on which something is known of at least one of two cities.

    alike, which comes first: rows of `sister-cities-alike`; listed, which comes next: of `listed_alike`.
    """
    lists, *places = listed
    of_a, of_b = (
        _alike(city, alike) | _listed(say, lists, held) | values(say, city, by_measure)
        for city, held, by_measure in zip(cities, places, positions, strict=True)
    )
    a, b = (city.name for city in cities)
    collectors = {f"{ALIKE}{row['source']}": row["source_name"] for row in alike}

    def title(key: str) -> str:
        if key not in collectors:
            return say(*NAMES[key])
        name = collectors[key]
        return say(
            f"Standing sister cities told by {name}, which collected those of both",
            f"خواهرخوانده‌های برقرار به گفتهٔ {name}، که از هر دو گرد آورده",
        )

    columns: tuple[TableColumn[str], ...] = (
        TableColumn("dimension", "Key", "کلید", lambda key: key),
        TableColumn("dimension_name", "Dimension", "بُعد", title),
        TableColumn("value_a", a, a, lambda key: of_a[key].plain),
        TableColumn("value_b", b, b, lambda key: of_b[key].plain),
        TableColumn("note_a", f"{a}: note", f"{a}: توضیح", lambda key: of_a[key].note),
        TableColumn("note_b", f"{b}: note", f"{b}: توضیح", lambda key: of_b[key].note),
        TableColumn("sources_a", f"{a}: sources", f"{a}: منبع‌ها", lambda key: of_a[key].sources),
        TableColumn("sources_b", f"{b}: sources", f"{b}: منبع‌ها", lambda key: of_b[key].sources),
    )
    known = [key for key in of_a if of_a[key].number is not None or of_b[key].number is not None]
    return section(say, "dimensions", ("Dimensions (– is unknown)", "بُعدها (– یعنی نامعلوم)"), columns, known)


def _sisters(city: CityProfile) -> int | None:
    return len(city.sister_cities) if city.sisters_known else None


def _behind_sisters(city: CityProfile) -> int | None:
    return len({source for row in city.sister_cities for source in row["sources"]}) or None


def _behind_roles(city: CityProfile) -> int | None:
    return len({source for role in city.roles for source in role.sources}) or None


def _position(say: Speech, positions: Positions, measure: str) -> Value:
    """A measure of influence, to four digits that count, with its rank; an estimate with its range and bounds."""
    position = positions.get(measure)
    if position is None:
        return Value(None)
    if (among := position.among_all) is None:
        return Value(position.figure(), say("no rank: its ties were not collected", "بی رتبه: پیوندهایش گردآوری نشده"))
    rank, size = range_words(say, say.number(among.rank), among), say.number(among.size)
    place = say(f"rank {rank} of {size}", f"رتبهٔ {rank} از {size}")
    if position.bounds:
        place = say("{place}; {between}", "{place}؛ {between}", place=place, between=between(say, position.bounds))
    return Value(position.figure(), place)


def _figure(say: Speech, figure: BestFigure | None) -> Value:
    """A figure with its period, how exact it is, and how far others are from it."""
    if figure is None:
        return Value(None)
    parts: Iterable[str] = filter(
        None,
        (
            say.date(figure.period) if figure.period else say("undated", "بی‌تاریخ"),
            figure.qualifier,
            say(f"to {say.number(figure.upper)}", f"تا {say.number(figure.upper)}") if figure.upper else None,
            say("weak source", "منبع سست") if figure.reliability == 1 else None,
            _dispute(say, figure) if figure.disputed else None,
        ),
    )
    return Value(figure.told, say(", ", "، ").join(parts), figure.sources)


def _dispute(say: Speech, figure: BestFigure) -> str:
    if figure.lowest == figure.highest:
        return say("sources differ", "منبع‌ها ناهمخوان‌اند")
    lowest, highest = say.number(figure.lowest), say.number(figure.highest)
    return say(f"sources differ: {lowest} to {highest}", f"منبع‌ها ناهمخوان‌اند: {lowest} تا {highest}")
