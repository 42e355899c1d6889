"""Which cities are in the same organisations, and which of them by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from citydiplomacy.graph import network
from citydiplomacy.graph.store.reader import Store

from ..measures.backbone import ALPHA, co_memberships
from ..wording.speech import Speech
from .networks import Measured, places


@dataclass(frozen=True)
class CoMembers:
    """A table: (name, title) of each column, and a row a pair, the least likely by chance first."""

    columns: tuple[tuple[str, str], ...]
    rows: Sequence[tuple[Any, ...]]
    unlikely: int
    """Pairs of all cities with p up to `backbone.ALPHA`."""
    kept: int
    """Those in the backbone: with p, corrected, up to that."""
    tested: int
    """Pairs of all cities."""
    cities: int


def co_members(
    store: Store, city: str | None = None, lang: str = "en", *, every: bool = False, top: int = 20
) -> CoMembers:
    """The pairs of cities that share more organisations than chance makes likely, by standing memberships.

    city: only its pairs, itself first. every: also those of the city that chance explains. top: only so many.

    A row: both ids and names, how many organisations they share and which, how many the model expects, the weight of
    Newman's projection, p, p corrected for the number of pairs, and whether the pair is in the backbone.
    """
    graph = network.two_mode(store)
    two_mode = places(graph)
    names = two_mode.cities
    about = names.index(city) if city in names else None
    pairs = co_memberships(two_mode, about)
    unlikely = pairs.p <= ALPHA
    known = Measured({}, {node: data["labels"] for node, data in graph.nodes(data=True)})
    wanted = np.ones(pairs.one.size, dtype=bool) if every else unlikely
    if city is not None:
        wanted = wanted & ((pairs.one == about) | (pairs.other == about))
    chosen = np.flatnonzero(wanted)
    belongs = two_mode.belongs
    sizes = belongs.sum(axis=0)
    rows = []
    for index in chosen[np.argsort(pairs.p[chosen], kind="stable")][:top].tolist():
        ends = int(pairs.one[index]), int(pairs.other[index])
        if names[ends[1]] == city:
            ends = ends[1], ends[0]
        first, second = (belongs[[end]].indices for end in ends)
        columns = np.intersect1d(first, second)
        common = [two_mode.organizations[column] for column in columns.tolist()]
        rows.append(
            (
                names[ends[0]],
                known.name(names[ends[0]], lang),
                names[ends[1]],
                known.name(names[ends[1]], lang),
                int(pairs.shared[index]),
                tuple(known.name(one, lang) for one in common),
                float(pairs.expected[index]),
                float((1 / (sizes[columns] - 1)).sum()),
                float(pairs.p[index]),
                float(pairs.adjusted[index]),
                bool(pairs.kept[index]),
            )
        )
    return CoMembers(tuple(_columns(lang)), rows, int(unlikely.sum()), int(pairs.kept.sum()), pairs.tested, len(names))


def _columns(lang: str) -> list[tuple[str, str]]:
    columns = (
        ("city", "Id", "شناسه"),
        ("city_name", "City", "شهر"),
        ("other", "Id of the other", "شناسهٔ دیگری"),
        ("other_name", "Other city", "شهر دیگر"),
        ("shared", "Shared", "مشترک"),
        ("organizations", "Organisations", "سازمان‌ها"),
        ("expected", "By chance", "به تصادف"),
        ("newman", "Newman's weight", "وزن نیومن"),
        ("p", "p", "p"),
        ("adjusted_p", "p, corrected", "p تصحیح‌شده"),
        ("beyond_chance", "More than chance", "بیش از تصادف"),
    )
    return [(name, fa if lang == "fa" else en) for name, en, fa in columns]


def summary(say: Speech, found: CoMembers) -> str:
    """How many pairs were tested, and how many share more than chance explains."""
    numbers = (found.tested, found.cities, found.unlikely, found.kept)
    tested, cities, unlikely, kept = (say.number(number) for number in numbers)
    alpha = say.number(Decimal(str(ALPHA)))
    return say(
        f"{tested} pairs of {cities} cities tested: {unlikely} have p up to {alpha}, and {kept} after correction for "
        "the number of pairs. A membership that no source tells counts as none here.",
        f"{tested} جفت از {cities} شهر آزموده شد: مقدار p در {unlikely} جفت تا {alpha} است و پس از تصحیح برای "
        f"شمار جفت‌ها در {kept} جفت. عضویتی که منبعی از آن نمی‌گوید، در اینجا نبودن به شمار آمده است.",
    )
