"""Which cities are in the same organisations, and which of them by more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from citydiplomacy.graph.store.reader import Store

from ..measures.backbone import ALPHA, co_memberships
from ..wording.speech import Speech
from ..wording.tables import Table, TableColumn
from .networks import Measured, by_service, two_mode


@dataclass(frozen=True)
class CoMembers:
    """Pairs of cities that share organisations, the least likely by chance first."""

    table: Table
    unlikely: int
    """Pairs of all cities with p up to `backbone.ALPHA`."""
    kept: int
    """Those in the backbone: with p, corrected, up to that."""
    tested: int
    """Pairs of all cities."""
    cities: int


class _Pair(NamedTuple):
    """Two cities and what they share."""

    city: str
    other: str
    shared: int
    organizations: tuple[str, ...]
    expected: float
    """How many the model expects."""
    newman: float
    """Its weight in Newman's projection."""
    p: float
    adjusted: float
    """p, corrected for the number of pairs."""
    kept: bool
    """Whether it is in the backbone."""


def co_members(
    store: Store, city: str | None = None, lang: str = "en", *, every: bool = False, top: int = 20
) -> CoMembers:
    """The pairs of cities that share more organisations than chance makes likely, by standing memberships.

    city: only its pairs, itself first. every: also those of the city that chance explains. top: only so many.
    """
    graph = two_mode(store)
    served = by_service(graph)
    names = served.cities
    about = names.index(city) if city in names else None
    pairs = co_memberships(served, about)
    unlikely = pairs.p <= ALPHA
    wanted = np.ones(pairs.one.size, dtype=bool) if every else unlikely
    if city is not None:
        wanted = wanted & ((pairs.one == about) | (pairs.other == about))
    chosen = np.flatnonzero(wanted)
    sizes = served.belongs.sum(axis=0)

    def pair(index: int) -> _Pair:
        ends = int(pairs.one[index]), int(pairs.other[index])
        if names[ends[1]] == city:
            ends = ends[1], ends[0]
        first, second = (served.belongs[[end]].indices for end in ends)
        common = np.intersect1d(first, second)
        return _Pair(
            city=names[ends[0]],
            other=names[ends[1]],
            shared=int(pairs.shared[index]),
            organizations=tuple(served.organizations[column] for column in common.tolist()),
            expected=float(pairs.expected[index]),
            newman=float((1 / (sizes[common] - 1)).sum()),
            p=float(pairs.p[index]),
            adjusted=float(pairs.adjusted[index]),
            kept=bool(pairs.kept[index]),
        )

    labels = Measured({}, {node: data["labels"] for node, data in graph.nodes(data=True)})
    listed = map(pair, chosen[np.argsort(pairs.p[chosen], kind="stable")][:top].tolist())
    table = Table.of(lang, _columns(labels, lang), listed)
    return CoMembers(table, int(unlikely.sum()), int(pairs.kept.sum()), pairs.tested, len(names))


def _columns(labels: Measured, lang: str) -> tuple[TableColumn[_Pair], ...]:
    return (
        TableColumn("city", "Id", "شناسه", lambda pair: pair.city),
        TableColumn("city_name", "City", "شهر", lambda pair: labels.name(pair.city, lang)),
        TableColumn("other", "Id of the other", "شناسهٔ دیگری", lambda pair: pair.other),
        TableColumn("other_name", "Other city", "شهر دیگر", lambda pair: labels.name(pair.other, lang)),
        TableColumn("shared", "Shared", "مشترک", lambda pair: pair.shared),
        TableColumn(
            "organizations",
            "Organisations",
            "سازمان‌ها",
            lambda pair: tuple(labels.name(each, lang) for each in pair.organizations),
        ),
        TableColumn("expected", "By chance", "به تصادف", lambda pair: pair.expected),
        TableColumn("newman", "Newman's weight", "وزن نیومن", lambda pair: pair.newman),
        TableColumn("p", "p", "p", lambda pair: pair.p),
        TableColumn("adjusted_p", "p, corrected", "p تصحیح‌شده", lambda pair: pair.adjusted),
        TableColumn("beyond_chance", "More than chance", "بیش از تصادف", lambda pair: pair.kept),
    )


def summary(say: Speech, pairs: CoMembers) -> str:
    """How many pairs were tested, and how many share more than chance explains."""
    numbers = (pairs.tested, pairs.cities, pairs.unlikely, pairs.kept)
    tested, cities, unlikely, kept = (say.number(number) for number in numbers)
    alpha = say.number(ALPHA)
    return say(
        f"{say.plural(pairs.tested, 'pair', 'pairs')} of {say.plural(pairs.cities, 'city', 'cities')} tested: "
        f"{say.plural(pairs.unlikely, 'has', 'have')} p up to {alpha}, and {kept} after correction for the number of "
        "pairs. A membership that no source tells counts as none here.",
        f"{tested} جفت از {cities} شهر آزموده شد: مقدار p در {unlikely} جفت تا {alpha} است و پس از تصحیح برای "
        f"شمار جفت‌ها در {kept} جفت. عضویتی که منبعی از آن نمی‌گوید، در اینجا نبودن به شمار آمده است.",
    )
