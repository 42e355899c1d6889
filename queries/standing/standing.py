"""The standing of cities: every measure of influence with the rank that the first one gives; and a city's positions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from citydiplomacy.graph.store.reader import Store

from ..measures.influence import MEASURES
from ..wording.evidence import Figure, MeasureValue, Named
from ..wording.phrases import Phrase
from ..wording.speech import Speech
from ..wording.tables import Table, TableColumn
from .estimated import last_column, of_measure
from .networks import measure
from .peer_groups import ranked

TITLE = (
    "Standing among the cities whose ties were collected (– is unknown, not collected, or too few for a percentile)",
    "جایگاه در میان شهرهایی که پیوندهایشان گردآوری شده است (– یعنی نامعلوم، گردآوری‌نشده، یا اندک برای صدک)",
)
"""Over a table of ranks, in English and Persian."""


@dataclass(frozen=True)
class Standing:
    """All cities of a network, best first, with their values on each measure."""

    table: Table
    estimated: tuple[str, ...]
    """The measures whose values are estimates."""
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
    values = covered.among(measured.values.get(first.name, {}))
    bounds = measured.bounds.get(first.name)
    rank = ranked(values, lowest_first=first.lowest_first, bounds=bounds)

    def place(city: str) -> tuple[float, str]:
        """Best first; of estimates the likeliest."""
        if (at := rank.get(city)) is None:
            return math.inf, city
        return at.rank if bounds is None else -(values[city] or 0), city

    cities = sorted(measured.labels, key=place)
    columns: tuple[TableColumn[str], ...] = (
        TableColumn("rank", "Rank", "رتبه", lambda city: at.rank if (at := rank.get(city)) else None),
        *(last_column(measured, "last", rank.get) if bounds else ()),
        TableColumn("id", "Id", "شناسه", lambda city: city),
        TableColumn("city", "City", "شهر", lambda city: measured.name(city, lang)),
        *(column for name in names for column in of_measure(measured, name)),
    )
    uncollected = sum(not covered.knows(city) for city in cities)
    return Standing(
        Table.of(lang, columns, cities),
        tuple(measured.bounds),
        Figure(uncollected, MeasureValue(first.name, (), network, "uncollected")),
    )


def title(measure: str, lang: str) -> str:
    """The name of a measure."""
    return MEASURES[measure].title(lang)


def ranked_title(measure: str, lang: str) -> str:
    """The name of a measure beside a rank, with the direction of the order where the lowest value comes first."""
    lowest = " (کمترین نخست)" if lang == "fa" else " (lowest first)"
    return title(measure, lang) + (lowest if MEASURES[measure].lowest_first else "")


def not_ranked(say: Speech, number: Figure) -> Phrase:
    """One sentence on the cities that have no rank, since nobody set out to collect their ties."""
    return say(
        "{cities} have no rank: nobody set out to collect their ties, and only those told of other cities are known.",
        "{cities} شهر رتبه ندارد: هیچ منبعی در پی پیوندهایشان نبوده و تنها آنچه دربارهٔ شهرهای دیگر گفته شده در دست "
        "است.",
        cities=say.counted(number, "city", "cities"),
    )


def no_tie(say: Speech, city: Named) -> Phrase:
    """What is said of a city that is not in a network."""
    return say.sentence(
        say(
            "no standing tie of {city} is known in these data, so it has no place in the network",
            "در این داده‌ها پیوند برقراری از {city} شناسایی نشده است و جایی در شبکه ندارد",
            city=city,
        )
    )
