"""What the page of the world holds: all cities with a tie to another, and these ties, as columns of numbers and texts.

A page of ten thousand cities must stay small, so that each text stands in it once and ties name them by their places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from citydiplomacy.graph import network
from citydiplomacy.graph.language.date_words import format_date
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.language.text import alphabetical
from citydiplomacy.graph.model.records import City, Source
from citydiplomacy.graph.store.once import kept
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select
from citydiplomacy.ontology.schemes import schemes, top_concepts, widest
from citydiplomacy.queries.measures.structure import communities
from citydiplomacy.queries.standing.coverage import MEMBERSHIPS, SISTER_CITIES, coverage
from citydiplomacy.queries.standing.locations import points
from citydiplomacy.queries.standing.peer_groups import groups
from citydiplomacy.queries.wording.phrases import in_brief

from ..drawing.layout import layout
from ..drawing.scene import cities as scene_of_cities
from ..drawing.style import by_influence, line_of, name_of
from ..maps import geography
from ..svg import plain_text

if TYPE_CHECKING:
    import networkx as nx

COLORED_COMMUNITIES = 8
"""The largest communities have colours of their own."""
FINE = 10_000
"""Steps of one radius of the globe in which places on the map are told."""

clean = lru_cache(maxsize=None)(plain_text.clean)
"""Most texts of the page are told of many cities or ties."""


class _Places:
    """Things in the order in which they are first named, by their places."""

    def __init__(self) -> None:
        self.found: dict[Any, int] = {}

    def __call__(self, thing: Any) -> int:
        return self.found.setdefault(thing, len(self.found))


def columns(store: Store, lang: str, *, standing: bool = False) -> dict[str, Any]:
    """Cities, ties, memberships and sources for the page's script; of cities the most tied come first.

    They are kept with the store. Ties whose end is over, or that are only planned, are among them and marked, unless
    only standing ones are wanted.
    """
    which = "standing" if standing else "all"
    graph = cache(lambda: scene_of_cities(store, lang, standing=standing))
    drawn = kept(store, f"drawn-{which}", lambda _: _drawn(graph()))
    points(store), groups(store)  # what is kept by itself is not made within what is kept
    return kept(store, f"world-{which}-{lang}", lambda _: _columns(store, lang, graph(), drawn))


def _columns(store: Store, lang: str, graph: nx.MultiGraph[str], drawn: dict[str, Any]) -> dict[str, Any]:
    order = by_influence(graph)
    index = {city: place for place, city in enumerate(order)}
    sources, countries = _Sources(store, lang), _Places()
    bundles, details = _Places(), _Places()
    told = select(store, "SELECT ?tie ?voices WHERE { ?tie a cd:Agreement ; cd:support ?voices }")
    voices = {str(tie): int(number or 1) for tie, number in told}
    ties = sorted(
        (
            *sorted((index[one], index[other])),
            bundles(tuple(sources.places((str(each.title), each.address) for each in data["sources"]))),
            details(
                (
                    *(clean(data["kind_label"]), clean(data["status_label"]), clean(data["since"]), line_of(data)),
                    voices.get(tie, 1),
                )
            ),
        )
        for one, other, tie, data in graph.edges(keys=True, data=True)
    )
    grouped, records = groups(store), {record.id: record for record in store.records(City)}
    region_of = {land: grouped.region[city] for city, land in grouped.country.items()}
    people = {city: grouped.population[city] for city in order if city in grouped.population}
    counted_by = _counted_by(store)
    return {
        "ids": [city.partition("/")[2] for city in order],
        "names": [name_of(graph, city) for city in order],
        "others": [_other(records.get(city), lang, graph.nodes[city]["label"]) for city in order],
        "aliases": {
            str(index[city]): [clean(alias.value) for alias in record.aliases]
            for city, record in records.items()
            if city in index and record.aliases
        },
        "country": [countries(grouped.country.get(city)) for city in order],
        "countries": [_country(grouped.names, land, region_of, lang) for land in countries.found],
        "continents": _continents(lang),
        "people": [int(people[city][0]) if city in people else 0 for city in order],
        "when": [_when(people[city][1], lang) if city in people else "" for city in order],
        "counted": [
            bundles(tuple(sources.of(counted_by.get((city, *people[city]), ())))) if city in people else -1
            for city in order
        ],
        "collected": _collected(store, order),
        "map": _on_the_map(order, points(store)),
        "network": [drawn["layout"][city] for city in order],
        "community": [drawn["community"][city] for city in order],
        "ties": [number for tie in ties for number in tie],
        "bundles": [list(each) for each in bundles.found],
        "details": [list(each) for each in details.found],
        "sources": sources.told(),
        "bodies": _bodies(store, index, lang),
        "land": [_steps(piece) for piece in _on_both_sides(geography.outlines().land)],
        "borders": [_steps(piece) for piece in _on_both_sides(geography.outlines().borders)],
        "middle": geography.WORLD,
        "fine": FINE,
    }


class _Sources:
    """Sources in the order in which they are first named: title, address, kind of evidence and licence."""

    def __init__(self, store: Store, lang: str) -> None:
        kinds = schemes()["evidence-kind"]
        self._by_id = {
            source.id: (
                *(clean(source.label(lang)), plain_text.safe_link(source.address)),
                *(clean(kinds[source.kind].label(lang)) if source.kind in kinds else "", clean(source.licence or "")),
            )
            for source in store.records(Source)
        }
        self._by_title = {(source.label(lang), source.address): source.id for source in store.records(Source)}
        self._places = _Places()

    def of(self, ids: Iterable[str]) -> list[int]:
        """Places of sources told by their ids."""
        return [self._places(self._by_id.get(each, (clean(each), "", "", ""))) for each in sorted(ids)]

    def places(self, cited: Iterable[tuple[str, str | None]]) -> list[int]:
        """Places of sources told by their titles and addresses."""
        return [place for each in cited for place in self.of([self._by_title.get(each, each[0])])]

    def told(self) -> list[list[str]]:
        """All that were named."""
        return [list(each) for each in self._places.found]


def _counted_by(store: Store) -> Mapping[tuple[str, Decimal, str | None], set[str]]:
    """Which sources tell a figure of the inhabitants of a city: by city, figure and period."""
    found: dict[tuple[str, Decimal, str | None], set[str]] = {}
    for city, value, period, source in select(
        store,
        """SELECT ?city ?value ?period ?source WHERE {
             ?told cd:measure <https://w3id.org/citydiplomacy/measure/population> ; cd:area ?city ; cd:value ?value ;
               prov:hadPrimarySource ?source .
             FILTER NOT EXISTS { ?told cd:topic ?topic } OPTIONAL { ?told cd:period ?period } }""",
    ):
        found.setdefault((str(city), Decimal(str(value)), period), set()).add(str(source))
    return found


def _collected(store: Store, order: Iterable[str]) -> str:
    """A digit a city: 1 where some source set out to collect its sister cities, and 2 more for its memberships."""
    sisters, memberships = coverage(store, SISTER_CITIES), coverage(store, MEMBERSHIPS)
    return "".join(str(sisters.knows(city) + 2 * memberships.knows(city)) for city in order)


def _other(record: City | None, lang: str, shown: str) -> str:
    """The name in the page's other language, for the card and the search."""
    wanted = "en" if lang == "fa" else "fa"
    other = next((text.value for text in record.labels if text.lang == wanted), "") if record else ""
    return "" if other == shown else clean(in_brief(other))


def _country(
    names: dict[str, dict[str, str]], land: str | None, region_of: dict[str, str | None], lang: str
) -> list[str]:
    """A country's name, its subregion of UN M49 and its continent; empty where not known."""
    if land is None:
        return ["", "", ""]
    region = region_of.get(land)
    told = [schemes()["world-region"][each].label(lang) for each in (region, widest(region))] if region else ["", ""]
    return [clean(names.get(land, {}).get(lang) or names.get(land, {}).get("en") or land), *told]


def _continents(lang: str) -> list[str]:
    """The names of the continents of UN M49, in one order whatever the language: their colours go by it."""
    return [schemes()["world-region"][each].label(lang) for each in top_concepts("world-region")]


def _when(period: str | None, lang: str) -> str:
    return format_date(from_edtf(period), lang) if period else ""


def _on_the_map(order: Iterable[str], where: dict[str, tuple[float, float]]) -> list[list[float] | None]:
    """Degrees north and east of each city, to a hundredth; None where no source gives its place."""
    return [[round(degrees, 2) for degrees in where[city]] if city in where else None for city in order]


def _drawn(graph: nx.MultiGraph[str]) -> dict[str, Any]:
    """Where each city stands in the network, and its community."""
    return {
        "layout": {city: [round(x), round(y)] for city, (x, y) in layout(graph).items()},
        "community": _communities(graph),
    }


def _communities(graph: nx.MultiGraph[str]) -> dict[str, int]:
    """The community of each city by its place among the largest, which have colours; -1 in all others."""
    found = communities(graph)
    return {
        city: number if number < COLORED_COMMUNITIES else -1 for number, group in enumerate(found) for city in group
    }


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


def _on_both_sides(lines: geography.Lines) -> Iterator[geography.Array]:
    """Lines on the map; what crosses the map's edge a second time, a turn apart: the page cuts both at the edge."""
    all_east = geography.from_middle(lines, geography.WORLD)
    for line, east in zip(lines, np.split(all_east, lines.starts[1:]), strict=True):
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
