"""Among whom a city is ranked: all cities of a network, those of its country, its world region and its size class."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from citydiplomacy.graph.language.dates import told_date
from citydiplomacy.graph.store.once import kept, once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select, told_values
from citydiplomacy.ontology.schemes import schemes

from ..measures.influence import rank_ranges, ranks
from ..wording.evidence import AnswerRows, Figure, Label, Named, SetByRule, Take, When

SCOPES: dict[str, tuple[str, str]] = {
    "all": ("All cities of these data", "همهٔ شهرهای این داده‌ها"),
    "country": ("Country", "کشور"),
    "region": ("World region", "منطقهٔ جهان"),
    "size": ("Size class", "ردهٔ جمعیت"),
}
"""Keys and their names in English and Persian. A region is a subregion of UN M49, as the country has it."""

SIZES = (300_000, 500_000, 1_000_000, 5_000_000, 10_000_000)
"""Where a size class begins: those of UN DESA, World Urbanization Prospects 2018, and those below the first."""
SIZE_NAMES = (
    ("fewer than 300,000", "کمتر از ۳۰۰ هزار"),
    ("300,000 to 500,000", "۳۰۰ تا ۵۰۰ هزار"),
    ("500,000 to 1 million", "۵۰۰ هزار تا ۱ میلیون"),
    ("1 to 5 million", "۱ تا ۵ میلیون"),
    ("5 to 10 million", "۵ تا ۱۰ میلیون"),
    ("10 million or more", "دست‌کم ۱۰ میلیون"),
)

FEW = 5
"""A group of fewer cities than this says little: they have a rank in it, but no percentile."""


@dataclass(frozen=True)
class Rank:
    """Where a city stands in a group."""

    rank: int
    """Competition rank, 1 is the most influential (`influence.ranks`); of an estimate the best that it may have."""
    size: int
    """How many cities of the group have a value, itself among them."""
    percentile: float | None
    """Share of the others that it surpasses, equals counting half: 0 to 100; None if the group is small (`FEW`).

    The mid-distribution function (Parzen 2004, Statistical Science 19, 652-662) over the other cities: the first has
    100, the last 0, and the median 50. Of an estimate the share that it surely surpasses.
    """
    spread: float = 0.0
    """Half of the percentiles that cities with the same value share: whichever of them came first, it would stand
    within so much of its percentile."""
    last: int = 0
    """Of an estimate the worst rank that it may have (`influence.rank_ranges`); else 0."""

    @property
    def worst(self) -> int:
        """The rank, or the worst that it may be."""
        return self.last or self.rank


def ranked(
    values: Mapping[str, float | None],
    *,
    lowest_first: bool = False,
    bounds: Mapping[str, tuple[float, float]] | None = None,
) -> dict[str, Rank]:
    """The rank of each city that has a value, among all that have one; of an estimate, with bounds, its range."""
    if bounds is not None:
        return _estimated({city: bounds[city] for city in values})
    order = ranks(values, lowest_first=lowest_first)
    size = len(order)

    def percentile(rank: int, others: int) -> float | None:
        return 100 * (size - rank - others + others / 2) / (size - 1) if size >= FEW else None

    def spread(others: int) -> float:
        return 50 * others / (size - 1) if size >= FEW else 0.0

    equals = {rank: number - 1 for rank, number in Counter(order.values()).items()}
    shared = {rank: Rank(rank, size, percentile(rank, n), spread(n)) for rank, n in equals.items()}
    return {city: shared[rank] for city, rank in order.items()}


def _estimated(bounds: Mapping[str, tuple[float, float]]) -> dict[str, Rank]:
    """The ranges of ranks of estimates."""
    size, highest = len(bounds), sorted(upper for _, upper in bounds.values())
    exact = Counter(each for each in bounds.values() if each[0] == each[1])

    def percentile(each: tuple[float, float]) -> float | None:
        surpassed = bisect_left(highest, each[0]) + max(exact[each] - 1, 0) / 2
        return 100 * surpassed / (size - 1) if size >= FEW else None

    ranges = rank_ranges(bounds).items()
    return {city: Rank(first, size, percentile(bounds[city]), last=last) for city, (first, last) in ranges}


@dataclass(frozen=True)
class Groups:
    """The group of each city in each scope, by id: None is unknown, and never guessed."""

    country: dict[str, str]
    region: dict[str, str | None]
    size: dict[str, str | None]
    """Place in `SIZE_NAMES`, as text."""
    population: dict[str, tuple[Decimal, str | None]]
    """The figure that decides the size class, and its period (EDTF)."""
    names: dict[str, dict[str, str]]
    """Names of countries by id and language."""

    def of(self, city: str, scope: str) -> str | None:
        """The group of a city in a scope of `SCOPES`."""
        return "all" if scope == "all" else getattr(self, scope).get(city)

    def name(self, city: str, scope: str, lang: str) -> str | None:
        """How the group is called; that of all cities by `rankings.group_name`, which knows how many they are."""
        group = self.of(city, scope)
        if group is None:
            return None
        match scope:
            case "size":
                return SIZE_NAMES[int(group)][lang == "fa"]
            case "region":
                return schemes()["world-region"][group].label(lang)
            case _:
                labels = self.names.get(group, {})
                return labels.get(lang) or labels.get("en") or group

    def named(self, city: str, scope: str, lang: str) -> Named | None:
        """The name of the group, as a mark: a size class is a rule of ours, a country or region a record."""
        group, name = self.of(city, scope), self.name(city, scope, lang)
        if group is None or name is None:
            return None
        return Named(name, group, SetByRule("size class", int(group)) if scope == "size" else Label(group))

    def population_of(self, city: str) -> tuple[Figure, When | None]:
        """The figure that decides the size class of a city, and its period. Raises KeyError where there is none."""
        number, period = self.population[city]
        where = (
            ("measure", True, ("measure/population",)),
            ("topic", True, (None,)),
            ("period", True, (period,)),
            ("value", True, (number,)),
        )
        told = AnswerRows("statistics", {"city": city}, where, first_of="measure", take=Take.VALUE, column="value")
        when = told_date(period)
        return Figure(number, told), When(when, replace(told, column="period")) if when else None

    def within(self, values: Mapping[str, float | None], group: str, scope: str) -> Mapping[str, float | None]:
        """The values of the cities of a group of a scope."""
        if scope == "all":
            return values
        return {city: values[city] for city in self._cities.get((scope, group), ()) if city in values}

    @cached_property
    def _cities(self) -> dict[tuple[str, str], list[str]]:
        """The cities of each group of a scope."""
        cities: dict[tuple[str, str], list[str]] = {}
        for scope in SCOPES.keys() - {"all"}:
            for city, group in getattr(self, scope).items():
                if group is not None:
                    cities.setdefault((scope, group), []).append(city)
        return cities


def figure_rank(reliability: int, until: str, voices: int, value: Decimal) -> tuple[int, str, int, Decimal]:
    """Of several figures of one measure the one with the highest rank stands: told by the most reliable source, then of
    the latest period (its last day; "" if it has none, which comes before all others), then told by more voices, then
    the smallest."""
    return reliability, until, voices, -value


def groups(store: Store) -> Groups:
    """The country, world region and size class of all cities; kept with the store.

    The size class is that of the population of the whole city that stands by `figure_rank`.
    """
    return once(store, _groups)


def _groups(store: Store) -> Groups:
    told = kept(store, "groups", _told)
    lies_in, country = told["lies_in"], told["country"]
    population = {city: (Decimal(number), period) for city, (number, period) in told["population"].items()}
    return Groups(
        country=country,
        region={city: lies_in.get(land) for city, land in country.items()},
        size={city: str(bisect_right(SIZES, number)) for city, (number, _) in population.items()},
        population=population,
        names=told["names"],
    )


def _told(store: Store) -> dict[str, Any]:
    """What is told of cities and countries that puts cities in groups."""
    named = select(store, "SELECT ?id (LANG(?l) AS ?lang) ?l WHERE { ?id a schema:Country ; skos:prefLabel ?l }")
    names: dict[str, dict[str, str]] = {}
    for land, lang, label in named:
        names.setdefault(str(land), {})[str(lang)] = str(label)
    lands = {land for (land,) in select(store, "SELECT ?id WHERE { ?id a schema:Country }")}
    lies_in = told_values(store, "schema:containedInPlace")
    country = {city: land for city, land in lies_in.items() if city.startswith("city/") and land in lands}
    figures = select(
        store,
        """SELECT ?city ?value ?period ?until ?support (MAX(COALESCE(?own, ?of_kind, 1)) AS ?reliability) WHERE {
             ?observation cd:measure <https://w3id.org/citydiplomacy/measure/population> ; cd:area ?city ;
               cd:value ?value ; cd:support ?support ; prov:hadPrimarySource ?source .
             ?city a schema:City .
             FILTER NOT EXISTS { ?observation cd:topic ?topic }
             OPTIONAL { ?observation cd:period ?period ; cd:period_latest ?until }
             OPTIONAL { ?source cd:reliability ?own }
             OPTIONAL { ?source dcterms:type/cd:reliability ?of_kind }
           } GROUP BY ?observation ?city ?value ?period ?until ?support""",
    )
    best: dict[str, tuple[tuple[int, str, int, Decimal], str]] = {}
    for city, value, period, until, support, reliability in figures:
        rank = figure_rank(int(reliability or 1), until or "", int(support or 1), Decimal(str(value)))
        best[str(city)] = max(best.get(str(city), (rank, "")), (rank, period or ""))
    return {
        "country": country,
        "lies_in": {land: region for land, region in lies_in.items() if land in lands},
        "population": {city: (str(-rank[-1]), period or None) for city, (rank, period) in best.items()},
        "names": names,
    }
