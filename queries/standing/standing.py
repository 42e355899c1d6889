"""The standing of cities: every measure of influence with the rank that the first one gives; and a city's places."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from citydiplomacy.graph.store.reader import Store

from ..measures.influence import MEASURES, ranks
from ..wording.sections import Cell, Section, section
from ..wording.speech import Speech
from .networks import Measured, measure
from .scopes import SCOPES, Groups, Place, places


@dataclass(frozen=True)
class Standing:
    """A table: (name, title) of each column, and a row a city, best first."""

    columns: tuple[tuple[str, str], ...]
    rows: list[tuple[Any, ...]]
    left_out: tuple[str, ...] = ()
    """As in `networks.Measured`."""


def standing(
    store: Store, measures: Sequence[str] | None = None, lang: str = "en", network: str = "agreements"
) -> Standing:
    """Rank, id, name and the values of measures of all cities that have a tie; ranked by the first measure.

    network: one of `networks.NETWORKS`. In that of agreements `interlocking` is that of memberships. Raises UsageError
    for an unknown measure or network.
    """
    found = measure(store, network, measures)
    names = list(measures or found.values)
    first = MEASURES[names[0]] if names else MEASURES["degree"]
    ranked = ranks(found.values.get(first.name, {}), lowest_first=first.lowest_first)
    order = sorted(found.labels, key=lambda node: (ranked.get(node, len(found.labels) + 1), node))
    fixed = {"en": ("Rank", "Id", "City"), "fa": ("رتبه", "شناسه", "شهر")}["fa" if lang == "fa" else "en"]
    columns = (
        *zip(("rank", "id", "city"), fixed, strict=True),
        *((name, title(name, lang)) for name in names),
    )
    return Standing(
        columns,
        [
            (
                ranked.get(node),
                node,
                found.name(node, lang),
                *(found.values.get(name, {}).get(node) for name in names),
            )
            for node in order
        ],
        found.left_out,
    )


def title(measure: str, lang: str) -> str:
    """The name of a measure."""
    return MEASURES[measure].title_fa if lang == "fa" else MEASURES[measure].title_en


@dataclass(frozen=True)
class Position:
    """The value of a city on a measure, and its place in each scope: None where the group is unknown."""

    city: str
    measure: str
    value: float
    places: Mapping[str, Place | None]


def positions(
    found: Measured, groups: Groups, cities: Iterable[str], scopes: Collection[str] = tuple(SCOPES)
) -> list[Position]:
    """The positions of cities, by city, then by measure, where they have a value."""
    listed = []
    for city in cities:
        for name, values in found.values.items():
            value = values.get(city)
            if value is None:
                continue
            lowest_first = MEASURES[name].lowest_first
            within = {scope: groups.within(values, city, scope) for scope in scopes}
            at = {scope: places(group, lowest_first=lowest_first).get(city) for scope, group in within.items()}
            listed.append(Position(city, name, value, at))
    return listed


def place_words(say: Speech, place: Place | None) -> str | None:
    """`2 of 114 (99.1)`: rank, number of cities, percentile; `(few)` where a percentile would say nothing."""
    if place is None:
        return None
    rank, size = say.number(place.rank), say.number(place.size)
    few = say("few", "اندک")
    percentile = few if place.percentile is None else say.number(one_digit(place.percentile))
    return say(f"{rank} of {size} ({percentile})", f"{rank} از {size} ({percentile})")


def one_digit(percentile: float) -> Decimal:
    """A percentile with one digit after the point."""
    return Decimal(f"{percentile:.1f}")


def section_of(
    say: Speech, found: Measured, groups: Groups, cities: tuple[tuple[str, str], tuple[str, str]]
) -> Section:
    """Two cities, each (id, name), among all, and in their own groups: a row a measure and scope."""
    (one, one_name), (other, other_name) = cities
    by_measure = {(at.city, at.measure): at for at in positions(found, groups, (one, other))}
    rows: list[tuple[Cell, ...]] = []
    for name in found.values:
        for scope in SCOPES:
            both = [by_measure.get((city, name)) for city in (one, other)]
            cells: list[Cell] = []
            for city, at in zip((one, other), both, strict=True):
                place = at.places[scope] if at else None
                percentile = one_digit(place.percentile) if place and place.percentile is not None else None
                cells += [groups.name(city, scope, say.lang), *((place.rank, place.size) if place else (None, None))]
                cells.append(percentile)
            if any(both):
                rows.append((name, title(name, say.lang), scope, say(*SCOPES[scope]), *cells))
    columns = [("measure", "Key", "کلید"), ("measure_name", "Measure", "سنجه")]
    columns += [("scope", "Key of the scope", "کلید دامنه"), ("scope_name", "Among", "در میان")]
    for side, city_name in (("a", one_name), ("b", other_name)):
        columns += [
            (f"group_{side}", f"{city_name}: cities of", f"{city_name}: شهرهای"),
            (f"rank_{side}", "Rank", "رتبه"),
            (f"size_{side}", "of", "از"),
            (f"percentile_{side}", "Percentile", "صدک"),
        ]
    return section(
        say.lang,
        "standing",
        "Standing among the cities of this graph (– is unknown, or too few for a percentile)",
        "جایگاه در میان شهرهای این گراف (– یعنی نامعلوم، یا شمار شهرها برای صدک اندک است)",
        columns,
        rows,
    )


def headline(say: Speech, found: Measured, groups: Groups, cities: tuple[tuple[str, str], tuple[str, str]]) -> str:
    """One sentence: where two cities stand by partner cities in country, world region and size class."""
    degree = Measured({"degree": found.values.get("degree", {})}, found.labels)
    by_city = {at.city: at for at in positions(degree, groups, [city for city, _ in cities])}
    clauses = []
    for city, name in cities:
        said = [
            say(
                f"{say.rank(place.rank)} of the {say.number(place.size)} {IN_ENGLISH[scope]} {group}",
                f"{say.number(place.rank)} از {say.number(place.size)} شهر {group}",
            )
            for scope, place in (by_city[city].places.items() if city in by_city else ())
            if scope != "world" and place and (group := groups.name(city, scope, say.lang))
        ]
        if said:
            clauses.append(say(f"{name} is {say.names(said)}", f"رتبهٔ {name}: {say.names(said)}"))
    if not clauses:
        return ""
    counted = say(
        "only cities with a tie known here are counted", "تنها شهرهایی به شمار آمده‌اند که پیوندشان شناخته است"
    )
    by_partners = say("by partner cities, ", "در شمار شهرهای طرف پیوند، ")
    return say.sentence(by_partners + clauses[0], *clauses[1:], counted)


IN_ENGLISH = {"country": "in", "region": "in", "size": "of"}
