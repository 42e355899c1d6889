"""What the page of the world holds: all cities with a tie to another, and these ties, as columns of numbers and texts.

A page of ten thousand cities must stay small, so that each text stands in it once and ties name them by their places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from citydiplomacy.graph import network
from citydiplomacy.graph.language.date_words import format_date
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.language.text import alphabetical
from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.measures.structure import communities
from citydiplomacy.queries.standing.scopes import groups

from ..drawing.layout import layout
from ..drawing.scene import cities as scene_of_cities
from ..drawing.style import by_influence, line_of
from ..maps import geography
from ..maps.scene import coordinates
from ..svg.plain_text import clean
from .offline import web_address

if TYPE_CHECKING:
    import networkx as nx

COLORED_COMMUNITIES = 8
"""The largest communities have colours of their own."""
FINE = 10_000
"""Steps of one radius of the globe in which places on the map are told."""


class _Places:
    """Things in the order in which they are first named, by their places."""

    def __init__(self) -> None:
        self.found: dict[Any, int] = {}

    def __call__(self, thing: Any) -> int:
        return self.found.setdefault(thing, len(self.found))


def columns(store: Store, lang: str, *, standing: bool = False) -> dict[str, Any]:
    """Cities, ties, memberships and sources for the page's script; of cities the most tied come first.

    Ties whose end is over, or that are only planned, are among them and marked, unless only standing ones are wanted.
    """
    graph = scene_of_cities(store, lang, standing=standing)
    order = by_influence(graph)
    index = {city: place for place, city in enumerate(order)}
    sources, countries = _Places(), _Places()
    bundles, details = _Places(), _Places()
    ties = sorted(
        (
            *sorted((index[one], index[other])),
            bundles(tuple(sources((clean(each.title), web_address(each.address))) for each in data["sources"])),
            details((clean(data["kind_label"]), clean(data["status_label"]), clean(data["since"]), line_of(data))),
        )
        for one, other, data in graph.edges(data=True)
    )
    grouped, names = groups(store), _names(store)
    region_of = {land: grouped.region[city] for city, land in grouped.country.items()}
    people = {city: grouped.population[city] for city in order if city in grouped.population}
    return {
        "ids": [city.partition("/")[2] for city in order],
        "names": [clean(graph.nodes[city]["label"]) for city in order],
        "others": [_other(names.get(city, {}), lang, graph.nodes[city]["label"]) for city in order],
        "country": [countries(grouped.country.get(city)) for city in order],
        "countries": [_country(grouped.names, land, region_of, lang) for land in countries.found],
        "continents": _continents(lang),
        "people": [int(people[city][0]) if city in people else 0 for city in order],
        "when": [_when(people[city][1], lang) if city in people else "" for city in order],
        "map": _on_the_map(order, coordinates(store)),
        "network": _in_the_network(graph, order),
        "community": _communities(graph, order),
        "ties": [number for tie in ties for number in tie],
        "bundles": [list(each) for each in bundles.found],
        "details": [list(each) for each in details.found],
        "sources": [list(each) for each in sources.found],
        "bodies": _bodies(store, index, lang),
        "land": [_steps(piece) for ring in geography.outlines().land for piece in _on_both_sides(ring)],
        "borders": [_steps(piece) for line in geography.outlines().borders for piece in _on_both_sides(line)],
        "middle": geography.WORLD,
        "fine": FINE,
    }


def _names(store: Store) -> dict[str, dict[str, str]]:
    return {record.id: {text.lang: text.value for text in record.labels} for record in store.records(City)}


def _other(labels: dict[str, str], lang: str, shown: str) -> str:
    """The name in the page's other language, for the card and the search."""
    other = labels.get("en" if lang == "fa" else "fa", "")
    return "" if other == shown else clean(other)


def _country(
    names: dict[str, dict[str, str]], land: str | None, region_of: dict[str, str | None], lang: str
) -> list[str]:
    """A country's name, its subregion of UN M49 and its continent; empty where not known."""
    if land is None:
        return ["", "", ""]
    concepts = schemes()["world-region"]
    region = top = region_of.get(land)
    while top and concepts[top].broader:
        top = concepts[top].broader
    told = [concepts[each].label(lang) if each else "" for each in (region, top)]
    return [clean(names.get(land, {}).get(lang) or names.get(land, {}).get("en") or land), *told]


def _continents(lang: str) -> list[str]:
    """The names of the continents of UN M49, in one order whatever the language: their colours go by it."""
    concepts = schemes()["world-region"]
    return [concepts[each].label(lang) for each in sorted(concepts) if not concepts[each].broader]


def _when(period: str | None, lang: str) -> str:
    return format_date(from_edtf(period), lang) if period else ""


def _on_the_map(order: Iterable[str], where: dict[str, tuple[float, float]]) -> list[list[float] | None]:
    """Degrees north and east of each city, to a hundredth; None where no source gives its place."""
    return [[round(degrees, 2) for degrees in where[city]] if city in where else None for city in order]


def _in_the_network(graph: nx.MultiGraph[str], order: Iterable[str]) -> list[list[int]]:
    positions = layout(graph)
    return [[round(positions[city][0]), round(positions[city][1])] for city in order]


def _communities(graph: nx.MultiGraph[str], order: list[str]) -> list[int]:
    """The community of each city by its place among the largest, which have colours; -1 in all others."""
    found = communities(graph)[:COLORED_COMMUNITIES]
    place = {city: number for number, group in enumerate(found) for city in group}
    return [place.get(city, -1) for city in order]


def _bodies(store: Store, index: dict[str, int], lang: str) -> list[list[Any]]:
    """Organisations with their standing members among the cities, by name."""
    members: dict[str, set[int]] = {}
    for member, organization, _ in network.memberships(store):
        if member in index:
            members.setdefault(organization, set()).add(index[member])
    named = {body: record.label(lang) for body in members if (record := store.get(body))}
    return [
        [clean(name), sorted(members[body])]
        for body, name in sorted(named.items(), key=lambda item: alphabetical(item[1]))
    ]


def _on_both_sides(line: geography.Array) -> Iterator[geography.Array]:
    """A line on the map; what crosses the map's edge a second time, a turn apart: the page cuts both at the edge."""
    east = geography.from_middle(line[:, 0], geography.WORLD)
    yield geography.project(east, line[:, 1])
    if np.abs(east).max() > 180:
        yield geography.project(east - 360 * np.sign(east[np.abs(east).argmax()]), line[:, 1])


def _steps(points: geography.Array) -> list[int]:
    """Points as differences of whole steps: x, y, dx, dy, ..."""
    whole = (points * FINE).round().astype(int)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=int))
    return [int(step) for step in steps[(steps != 0).any(axis=1)].ravel()]


def counts(told: dict[str, Any]) -> Counter[str]:
    """How many cities, ties, countries and places the columns have."""
    return Counter(
        cities=len(told["ids"]),
        ties=len(told["ties"]) // 4,
        countries=sum(bool(name) for name, _, _ in told["countries"]),
        placed=sum(each is not None for each in told["map"]),
        organizations=len(told["bodies"]),
    )
