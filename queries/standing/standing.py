"""The standing of cities: every measure of influence with the rank that the first one gives; and a city's positions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from citydiplomacy.graph.store.reader import Store

from ..measures.influence import MEASURES, ranks
from ..wording.sections import Section, section
from ..wording.speech import Speech
from ..wording.tables import Table, TableColumn
from .networks import Measured, measure
from .scopes import SCOPES, Groups, Rank, ranked

TITLE = (
    "Standing among the cities of this graph (– is unknown, or too few for a percentile)",
    "جایگاه در میان شهرهای این گراف (– یعنی نامعلوم، یا شمار شهرها برای صدک اندک است)",
)
"""Over a table of ranks, in English and Persian."""


@dataclass(frozen=True)
class Standing:
    """All cities of a network, best first, with their values on each measure."""

    table: Table
    left_out: tuple[str, ...]
    """As in `networks.Measured`."""


def standing(
    store: Store, measures: Sequence[str] | None = None, lang: str = "en", network: str = "agreements"
) -> Standing:
    """Rank, id, name and the values of measures of all cities that have a tie; ranked by the first measure.

    network: one of `networks.NETWORKS`. In that of agreements `interlocking` is that of memberships. Raises UsageError
    for an unknown measure or network.
    """
    measured = measure(store, network, measures)
    names = list(measures or measured.values)
    first = MEASURES[names[0]] if names else MEASURES["degree"]
    rank = ranks(measured.values.get(first.name, {}), lowest_first=first.lowest_first)
    order = sorted(measured.labels, key=lambda city: (rank.get(city, len(measured.labels) + 1), city))

    def of_measure(name: str) -> TableColumn[str]:
        values = measured.values.get(name, {})
        return TableColumn(name, MEASURES[name].title_en, MEASURES[name].title_fa, values.get)

    columns: tuple[TableColumn[str], ...] = (
        TableColumn("rank", "Rank", "رتبه", rank.get),
        TableColumn("id", "Id", "شناسه", lambda city: city),
        TableColumn("city", "City", "شهر", lambda city: measured.name(city, lang)),
        *map(of_measure, names),
    )
    return Standing(Table.of(lang, columns, order), measured.left_out)


def title(measure: str, lang: str) -> str:
    """The name of a measure."""
    return MEASURES[measure].title_fa if lang == "fa" else MEASURES[measure].title_en


def left_out(say: Speech, measures: Sequence[str]) -> str:
    """One sentence on measures that were left out; nothing if there are none."""
    names = say.names([title(name, say.lang) for name in measures])
    left = say(
        f"Left out, since they take hours on a network of this size: {names}.",
        f"کنار گذاشته شد، چون در شبکه‌ای به این بزرگی ساعت‌ها زمان می‌برد: {names}.",
    )
    return left if measures else ""


def no_tie(say: Speech, city: str) -> str:
    """What is said of a city (its name) that is not in a network."""
    return say(
        f"{city}: no tie of it is known, so it has no place in the network.",
        f"{city}: پیوندی از آن شناخته نیست و جایی در شبکه ندارد.",
    )


@dataclass(frozen=True)
class Position:
    """The value of a city on a measure, and its rank in each scope: None where the group is unknown."""

    city: str
    measure: str
    value: float
    ranks: Mapping[str, Rank | None]

    @property
    def among_all(self) -> Rank:
        """Its rank among all cities of the network. Raises KeyError if that scope was not asked for."""
        rank = self.ranks["world"]
        assert rank is not None  # whoever has a value has a rank among all
        return rank


def positions(
    measured: Measured, groups: Groups, cities: Iterable[str], scopes: Collection[str] = tuple(SCOPES)
) -> list[Position]:
    """The positions of cities, by city, then by measure, where they have a value; each group is ranked once."""
    ranked_groups: dict[tuple[str, str, str], dict[str, Rank]] = {}

    def rank(city: str, measure: str, scope: str) -> Rank | None:
        group = groups.of(city, scope)
        if group is None:
            return None
        key = measure, scope, group
        if key not in ranked_groups:
            values = groups.within(measured.values[measure], group, scope)
            ranked_groups[key] = ranked(values, lowest_first=MEASURES[measure].lowest_first)
        return ranked_groups[key].get(city)

    return [
        Position(city, name, value, {scope: rank(city, name, scope) for scope in scopes})
        for city in cities
        for name, values in measured.values.items()
        if (value := values.get(city)) is not None
    ]


def rank_words(say: Speech, rank: Rank | None) -> str | None:
    """`2 of 114 (99.1)`: rank, number of cities, percentile; `(few)` where a percentile would say nothing."""
    if rank is None:
        return None
    place, size = say.number(rank.rank), say.number(rank.size)
    few = say("few", "اندک")
    percentile = few if rank.percentile is None else say.number(one_digit(rank.percentile))
    return say(f"{place} of {size} ({percentile})", f"{place} از {size} ({percentile})")


def one_digit(percentile: float) -> Decimal:
    """A percentile with one digit after the point."""
    return Decimal(f"{percentile:.1f}")


class _Beside(NamedTuple):
    """Two cities on a measure in a scope; None for one that has no value."""

    measure: str
    scope: str
    positions: tuple[Position | None, Position | None]


def section_of(
    say: Speech,
    measured: Measured,
    positions: Sequence[Position],
    groups: Groups,
    cities: tuple[tuple[str, str], tuple[str, str]],
) -> Section:
    """Two cities, each (id, name), among all, and in their own groups: a row a measure and scope."""
    by_measure = {(position.city, position.measure): position for position in positions}
    (a, _), (b, _) = cities
    pairs = [
        _Beside(name, scope, (by_measure.get((a, name)), by_measure.get((b, name))))
        for name in measured.values
        for scope in SCOPES
    ]
    columns: tuple[TableColumn[_Beside], ...] = (
        TableColumn("measure", "Key", "کلید", lambda pair: pair.measure),
        TableColumn("measure_name", "Measure", "سنجه", lambda pair: title(pair.measure, say.lang)),
        TableColumn("scope", "Key of the scope", "کلید دامنه", lambda pair: pair.scope),
        TableColumn("scope_name", "Among", "در میان", lambda pair: say(*SCOPES[pair.scope])),
        *_columns_of(say, groups, 0, *cities[0]),
        *_columns_of(say, groups, 1, *cities[1]),
    )
    return section(
        say,
        "standing",
        TITLE,
        columns,
        [pair for pair in pairs if any(pair.positions)],
    )


def _columns_of(say: Speech, groups: Groups, side: int, city: str, name: str) -> Iterable[TableColumn[_Beside]]:
    """The columns of one of two cities."""
    suffix = "ab"[side]

    def rank(pair: _Beside) -> Rank | None:
        position = pair.positions[side]
        return position.ranks[pair.scope] if position else None

    def percentile(pair: _Beside) -> Decimal | None:
        at = rank(pair)
        return one_digit(at.percentile) if at and at.percentile is not None else None

    return (
        TableColumn(
            f"group_{suffix}",
            f"{name}: cities of",
            f"{name}: شهرهای",
            lambda pair: groups.name(city, pair.scope, say.lang),
        ),
        TableColumn(f"rank_{suffix}", "Rank", "رتبه", lambda pair: at.rank if (at := rank(pair)) else None),
        TableColumn(f"size_{suffix}", "of", "از", lambda pair: at.size if (at := rank(pair)) else None),
        TableColumn(f"percentile_{suffix}", "Percentile", "صدک", percentile),
    )


def headline(
    say: Speech, positions: Sequence[Position], groups: Groups, cities: tuple[tuple[str, str], tuple[str, str]]
) -> str:
    """One sentence: where two cities stand by partner cities in country, world region and size class."""
    by_degree = {position.city: position for position in positions if position.measure == "degree"}
    clauses = []
    for city, name in cities:
        in_groups = [
            say(
                f"{say.rank(rank.rank)} of the {say.number(rank.size)} {IN_ENGLISH[scope]} {group}",
                f"{say.number(rank.rank)} از {say.number(rank.size)} شهر {group}",
            )
            for scope, rank in (by_degree[city].ranks.items() if city in by_degree else ())
            if scope != "world" and rank and (group := groups.name(city, scope, say.lang))
        ]
        if in_groups:
            clauses.append(say(f"{name} is {say.names(in_groups)}", f"رتبهٔ {name}: {say.names(in_groups)}"))
    if not clauses:
        return ""
    counted = say(
        "only cities with a tie known here are counted", "تنها شهرهایی به شمار آمده‌اند که پیوندشان شناخته است"
    )
    by_partners = say("by partner cities, ", "در شمار شهرهای طرف پیوند، ")
    return say.sentence(by_partners + clauses[0], *clauses[1:], counted)


IN_ENGLISH = {"country": "in", "region": "in", "size": "of"}
