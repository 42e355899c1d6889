"""The standing of cities: every measure of influence with the rank that the first one gives; and a city's positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citydiplomacy.graph.store.reader import Store

from ..measures.influence import MEASURES, ranks
from ..wording.evidence import Figure, Measure, Named
from ..wording.phrases import Phrase
from ..wording.speech import Speech
from ..wording.tables import Table, TableColumn
from .networks import measure

TITLE = (
    "Standing among the cities whose ties were collected (– is unknown, not collected, or too few for a percentile)",
    "جایگاه در میان شهرهایی که پیوندهایشان گردآوری شده است (– یعنی نامعلوم، گردآوری‌نشده، یا اندک برای صدک)",
)
"""Over a table of ranks, in English and Persian."""


@dataclass(frozen=True)
class Standing:
    """All cities of a network, best first, with their values on each measure."""

    table: Table
    left_out: tuple[str, ...]
    """As in `networks.Measured`."""
    uncollected: Figure
    """How many cities there are that have no rank, since nobody set out to collect their ties."""


def standing(
    store: Store, measures: Sequence[str] | None = None, lang: str = "en", network: str = "agreements"
) -> Standing:
    """Rank, id, name and the values of measures of all cities that have a tie; ranked by the first measure are those
    whose ties were collected.

    network: one of `networks.NETWORKS`. In that of agreements `interlocking` is that of memberships. Raises UsageError
    for an unknown measure or network.
    """
    measured = measure(store, network, measures)
    names = list(measures or measured.values)
    first = MEASURES[names[0]] if names else MEASURES["degree"]
    covered = measured.coverage(first.name)
    rank = ranks(covered.among(measured.values.get(first.name, {})), lowest_first=first.lowest_first)
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
    uncollected = sum(not covered.knows(city) for city in order)
    return Standing(
        Table.of(lang, columns, order),
        measured.left_out,
        Figure(uncollected, Measure(first.name, (), network, "uncollected")),
    )


def title(measure: str, lang: str) -> str:
    """The name of a measure."""
    return MEASURES[measure].title_fa if lang == "fa" else MEASURES[measure].title_en


def left_out(say: Speech, measures: Sequence[str]) -> Phrase:
    """One sentence on measures that were left out; nothing if there are none."""
    left = say(
        "Left out, since they take hours on a network of this size: {names}.",
        "کنار گذاشته شد، چون در شبکه‌ای به این بزرگی ساعت‌ها زمان می‌برد: {names}.",
        names=say.names([title(name, say.lang) for name in measures]),
    )
    return left if measures else Phrase()


def not_ranked(say: Speech, number: Figure) -> Phrase:
    """One sentence on the cities that have no rank, since nobody set out to collect their ties."""
    return say(
        "{cities} have no rank: nobody set out to collect their ties, and only those told of other cities are known.",
        "{cities} شهر رتبه ندارد: کسی پیوندهایشان را گرد نیاورده و تنها آنچه دربارهٔ شهرهای دیگر گفته شده شناخته است.",
        cities=say.counted(number, "city", "cities"),
    )


def no_tie(say: Speech, city: Named) -> Phrase:
    """What is said of a city that is not in a network."""
    return say(
        "{city}: no tie of it is known, so it has no place in the network.",
        "{city}: پیوندی از آن شناخته نیست و جایی در شبکه ندارد.",
        city=city,
    )
