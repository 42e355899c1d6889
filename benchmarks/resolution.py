"""Resolution of 17,333 rows of city networks, and of the cities of the twin-town networks, with the shipped data.

    python benchmarks/resolution.py [FOLDER OF THE WORLD DATA] [--geonames] [--errors]

Prints rows, pairs compared, time, and how good it is on the pairs of resolution-pairs.csv, which were judged by hand
(docs/resolution.md says how they were chosen). Of a stratum of pairs a random sample was judged; a share of all pairs
weights each stratum by its size. The hard pairs were chosen by name; they are counted apart.

The goals: a precision of at least 0.99 of what is merged unasked, and a recall of at least 0.95.
"""

from __future__ import annotations

import argparse
import csv
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from _common import WORLD, print_goals, print_table, seconds, timed, world_file
from _processes import mapping_for

from citydiplomacy.graph.model.records import City, Country, Match
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.loaders import files, geonames
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.resolution.decisions import SAME
from citydiplomacy.loaders.resolution.profiles import profiles
from citydiplomacy.loaders.resolution.resolve import Resolution

PAIRS = Path(__file__).with_name("resolution-pairs.csv")
STRATA = {"a": 3227, "b": 471, "c": 123, "d": 544, "e": 1899, "f": 865, "g": 7596, "n": 6050}
"""Pairs of each stratum when the sample was drawn: by weight, from 10 up (a) to below -6 (g); and pairs that shared no
key, less than 3 km apart in one country (n)."""

CHECK = {"x": 2582, "y": 988}
"""Pairs that surely were one, drawn when weights and rules had been settled, of equal (x) and of other names (y)."""


class Judged(NamedTuple):
    """A pair judged by hand, and what the program made of it."""

    stratum: str
    same: bool
    merged: bool
    waits: bool


def wilson(share: float, number: float) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, Journal of the American Statistical Association 22, 1927)."""
    z = 1.959964
    middle, spread = share + z * z / (2 * number), z * sqrt(share * (1 - share) / number + (z / number) ** 2 / 4)
    return (middle - spread) / (1 + z * z / number), (middle + spread) / (1 + z * z / number)


def judged(ids: Callable[[str], str], waiting: set[frozenset[str]]) -> list[Judged]:
    """The pairs of the file, those left open not among them."""
    found = []
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one, other = (ids(f"city/{row[name]}") for name in ("one", "other"))
            if row["verdict"] != "unsure":
                waits = frozenset((one, other)) in waiting
                found.append(Judged(row["stratum"], row["verdict"] == "same", one == other, waits))
    return found


def estimate(
    pairs: Iterable[Judged],
    of: Callable[[Judged], bool],
    having: Callable[[Judged], bool],
    sizes: Mapping[str, int] = STRATA,
) -> tuple[float, int, tuple[float, float]]:
    """The share of pairs `having` something among those `of` a kind: each stratum weighted by its size.

    Returns the share, how many pairs of that kind were judged, and the Wilson interval for the effective number of
    them (Kish, Survey Sampling, 1965).
    """
    pairs = [pair for pair in pairs if pair.stratum in sizes]
    drawn = Counter(pair.stratum for pair in pairs)
    weighted = [(sizes[pair.stratum] / drawn[pair.stratum], having(pair)) for pair in pairs if of(pair)]
    total = sum(weight for weight, _ in weighted)
    share = sum(weight for weight, has in weighted if has) / total
    effective = total**2 / sum(weight**2 for weight, _ in weighted)
    return share, len(weighted), wilson(share, effective)


MERGED = "precision of what is merged", lambda pair: pair.merged, lambda pair: pair.same
FOUND = "recall, merged or waiting", lambda pair: pair.same, lambda pair: pair.merged or pair.waits
ALONE = "recall, merged", lambda pair: pair.same, lambda pair: pair.merged


def quality(pairs: list[Judged]) -> Iterator[list[str]]:
    """Rows of the table: of all pairs; of those that have more to compare than a name; of the hard ones."""
    telling = [pair for pair in pairs if pair.stratum not in "en"]
    for told, several, measures in (
        ("", pairs, (MERGED, FOUND, ALONE)),
        (", with place or country", telling, (FOUND, ALONE)),
    ):
        for name, of, having in measures:
            share, number, (low, high) = estimate(several, of, having)
            yield [name + told, f"{share:.4f}", f"{low:.3f} to {high:.3f}", str(number)]
    share, number, (low, high) = estimate(pairs, MERGED[1], MERGED[2], CHECK)
    yield [f"{MERGED[0]}, second draw", f"{share:.4f}", f"{low:.3f} to {high:.3f}", str(number)]
    for name, of, having in (MERGED, FOUND, ALONE):
        these = [pair for pair in pairs if pair.stratum == "hard" and of(pair)]
        share = sum(having(pair) for pair in these) / len(these)
        low, high = wilson(share, len(these))
        yield [f"hard pairs: {name}", f"{share:.4f}", f"{low:.3f} to {high:.3f}", str(len(these))]


LOADS = {
    "twin towns of 2022": "wikidata-2022/source.toml",
    "twin towns of 2016": "wikidata-2016/source.toml",
    "GeoNames": None,
    "memberships": "etmun/memberships.toml",
}
"""One after another, GeoNames only if asked for."""
NOT_CITIES = re.compile(r"^where = .*\n", re.MULTILINE)
"""By this line the mapping of memberships leaves out counties, associations and others; here all rows are compared."""


def mapped(folder: Path, place: Path, name: str) -> list[SourceRecords]:
    """The cities and ties of a list of the world data."""
    path = mapping_for(folder, place, name)
    path.write_text(NOT_CITIES.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
    return files.load(path, report=LoadReport())


def from_geonames(known: list[Record]) -> list[SourceRecords]:
    """GeoNames' cities, under the ids of those that are known."""
    countries = [record.id for record in known if isinstance(record, Country)]
    return [geonames.read(profiles(known), countries)]


def _settled(resolution: Resolution, told: list[SourceRecords]) -> list[SourceRecords]:
    return list(resolution.settle([told]))


def main() -> None:
    """Load, resolve, compare with what was judged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=WORLD, help="default: ../shared/world")
    parser.add_argument("--geonames", action="store_true", help="after the twin towns, GeoNames' cities")
    parser.add_argument("--errors", action="store_true", help="list what was judged otherwise")
    given = parser.parse_args()
    world_file(given.folder, "etmun-memberships.csv")
    resolution = Resolution(None)
    new_ids: dict[str, str] = {}
    waiting: set[frozenset[str]] = set()
    rows = []
    for path in files.shipped(world=False):
        list(resolution.settle([files.load(path)]))
    with tempfile.TemporaryDirectory() as place:
        for name, mapping in LOADS.items():
            if mapping:
                told = mapped(given.folder.resolve(), Path(place), mapping)
                took, resolved = timed(partial(_settled, resolution, told))
                found = resolution.last
                figures = (found.cities, found.compared, found.same, found.waiting)
                rows.append([name, *(f"{number:,}" for number in figures), seconds(took)])
            elif given.geonames:
                took, told = timed(lambda: from_geonames([*resolution.things]))
                resolved = list(resolution.settle([told]))
                cities = sum(isinstance(record, City) for record in told[0].records)
                rows.append([name, "", "", f"{cities:,}", "", seconds(took)])
            for match in (record for one in resolved for record in one.records if isinstance(record, Match)):
                if match.verdict == SAME:
                    new_ids[match.one or ""] = match.other or ""
                else:
                    waiting.add(frozenset((match.one or "", match.other or "")))
    print_table(["", "new cities", "pairs compared", "found the same", "wait", "seconds"], rows)
    pairs = judged(lambda one: new_ids.get(one, one), waiting)
    print()
    print_table(["", "share", "95 % interval", "judged"], list(quality(pairs)))
    if given.errors:
        with PAIRS.open(encoding="utf-8", newline="") as file:
            lines = [row for row in csv.DictReader(file) if row["verdict"] != "unsure"]
        for row, pair in zip(lines, pairs, strict=True):
            if pair.merged != pair.same:
                print(pair, row["one"], row["other"], row["one_name"], row["other_name"], sep="  ")


if __name__ == "__main__":
    main()
    print_goals(__doc__)
