"""Which cities are in the same organisations, and which of them by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from citydiplomacy.graph import network
from citydiplomacy.graph.store import Store

from .backbone import ALPHA, co_memberships
from .networks import Measured, places
from .speech import Speech


@dataclass(frozen=True)
class CoMembers:
    """A table: (name, title) of each column, and a row a pair, the least likely by chance first."""

    columns: tuple[tuple[str, str], ...]
    rows: Sequence[tuple[Any, ...]]
    kept: int
    """Pairs of all cities in the backbone."""
    tested: int
    """Pairs of all cities."""
    cities: int


def co_members(
    store: Store, city: str | None = None, lang: str = "en", *, every: bool = False, top: int = 20
) -> CoMembers:
    """The pairs of cities that share more organisations than chance explains, by standing memberships.

    city: only its pairs, itself first. every: also pairs that are in no backbone. top: only so many.

    A row: both ids and names, how many organisations they share and which, how many the model expects, the weight of
    Newman's projection, p, p corrected for the number of pairs, and whether the pair is in the backbone.
    """
    graph = network.two_mode(store)
    two_mode = places(graph)
    pairs = co_memberships(two_mode)
    known = Measured({}, {node: data["labels"] for node, data in graph.nodes(data=True)})
    names = two_mode.cities
    wanted = np.ones(pairs.one.size, dtype=bool) if every else pairs.kept
    if city is not None:
        position = names.index(city) if city in names else -1
        wanted = wanted & ((pairs.one == position) | (pairs.other == position))
    chosen = np.flatnonzero(wanted)
    newman, belongs = two_mode.newman(), two_mode.belongs
    rows = []
    for index in chosen[np.argsort(pairs.p[chosen], kind="stable")][:top].tolist():
        ends = int(pairs.one[index]), int(pairs.other[index])
        if names[ends[1]] == city:
            ends = ends[1], ends[0]
        first, second = (belongs[[end]].indices for end in ends)
        common = [two_mode.organizations[column] for column in np.intersect1d(first, second).tolist()]
        rows.append(
            (
                names[ends[0]],
                known.name(names[ends[0]], lang),
                names[ends[1]],
                known.name(names[ends[1]], lang),
                int(pairs.shared[index]),
                tuple(known.name(one, lang) for one in common),
                float(pairs.expected[index]),
                float(newman[ends]),
                float(pairs.p[index]),
                float(pairs.adjusted[index]),
                bool(pairs.kept[index]),
            )
        )
    return CoMembers(tuple(_columns(lang)), rows, int(pairs.kept.sum()), pairs.tested, len(names))


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
    tested, cities, kept = (say.number(number) for number in (found.tested, found.cities, found.kept))
    return say(
        f"{tested} pairs of {cities} cities tested; {kept} share more organisations than chance explains (false "
        f"discovery rate {ALPHA}). A membership that no source tells counts as none here.",
        f"{tested} جفت از {cities} شهر آزموده شد؛ {kept} جفت بیش از تصادف سازمان مشترک دارند (نرخ کشف نادرست ۰٫۰۵). "
        "عضویتی که منبعی از آن نمی‌گوید، در اینجا نبودن به شمار آمده است.",
    )
