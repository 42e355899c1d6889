"""The standing of cities: every measure of influence, with the rank that the first one gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from citydiplomacy.graph import network
from citydiplomacy.graph.store import Store
from citydiplomacy.ontology.schemes import schemes

from .influence import MEASURES, influence, interlocking, ranks


@dataclass(frozen=True)
class Standing:
    """A table: (name, title) of each column, and a row a city, best first."""

    columns: tuple[tuple[str, str], ...]
    rows: list[tuple[Any, ...]]


def standing(store: Store, measures: Sequence[str] | None = None, lang: str = "en") -> Standing:
    """Rank, id, name and the values of measures of all cities that have a tie; ranked by the first measure.

    The network is that of standing agreements between cities; `interlocking` is that of their memberships. Raises
    UsageError for an unknown measure.
    """
    names = list(measures or MEASURES)
    ties = network.city_ties(store)
    values = influence(ties, [name for name in names if name != "interlocking"]) if len(ties) else {}
    labels = {node: data["labels"] for node, data in ties.nodes(data=True)}
    if "interlocking" in names:
        values["interlocking"] = dict(connectivity(store))
        members = network.two_mode(store)
        labels |= {node: data["labels"] for node, data in members.nodes(data=True) if node.startswith("city/")}
    first = MEASURES[names[0]]
    ranked = ranks(values.get(first.name, {}), lowest_first=first.lowest_first)
    order = sorted(labels, key=lambda node: (ranked.get(node, len(labels) + 1), node))
    title = "title_fa" if lang == "fa" else "title_en"
    fixed = {"en": ("Rank", "Id", "City"), "fa": ("رتبه", "شناسه", "شهر")}["fa" if lang == "fa" else "en"]
    columns = (
        *zip(("rank", "id", "city"), fixed, strict=True),
        *((name, getattr(MEASURES[name], title)) for name in names),
    )
    return Standing(
        columns,
        [
            (
                ranked.get(node),
                node,
                labels[node].get(lang) or labels[node].get("en") or next(iter(labels[node].values()), node),
                *(values.get(name, {}).get(node) for name in names),
            )
            for node in order
        ],
    )


def connectivity(store: Store) -> dict[str, float]:
    """Interlocking-network connectivity of cities, from their standing memberships and the grades of their roles."""
    roles = schemes()["role"]
    return interlocking(
        (member, organization, roles[role].grade or 0, roles[role].bonus or 0)
        for member, organization, role in network.memberships(store)
        if member.startswith("city/")
    )
