"""How time and memory of a build grow, from 1,000 to 1,000,000 made-up cities with as many ties (synthetic.py).

    python benchmarks/scale.py [--tables] [CITIES ...]

Records are made as the build asks for them, so that they take no memory; the time that making them takes is told apart
and taken off. With --tables they are read from CSV files by the tables loader, which is then part of the build. Every
size is a process of its own; a million cities take some minutes.

The goal: a slope of at most 1.1 on log axes, of time and of memory, by least squares over the sizes from 10,000.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from statistics import linear_regression

from _common import print_goals, print_table, seconds
from _processes import Run, alone

SIZES = (1_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
SMALLEST = 10_000
"""The smallest size that the slope is measured from: below it, opening and closing is what takes the time."""


def streamed(cities: int, store: Path) -> tuple[float, int]:
    """Build from records made on the way. Returns seconds, and the statements of the source."""
    import synthetic

    from citydiplomacy.graph.store import writer

    start = time.perf_counter()
    manifest = writer.build(store, [synthetic.world(cities)])
    return time.perf_counter() - start, sum(entry.quads for entry in manifest.sources.values())


def generated(cities: int) -> tuple[float, int]:
    """Make the records and drop them."""
    import synthetic

    start = time.perf_counter()
    deque(synthetic.records(cities), maxlen=0)
    return time.perf_counter() - start, cities


def written(cities: int, tables: Path) -> tuple[float, int]:
    """Write the tables."""
    import synthetic

    synthetic.write_tables(cities, tables)
    return 0.0, cities


def from_tables(tables: Path, store: Path) -> tuple[float, int]:
    """Build from tables."""
    from citydiplomacy.graph.store import writer
    from citydiplomacy.loaders.tables.folder import load_tables

    start = time.perf_counter()
    manifest = writer.build(store, load_tables(tables).sources)
    return time.perf_counter() - start, sum(entry.quads for entry in manifest.sources.values())


def slope(sizes: Sequence[int], figures: Sequence[float]) -> float:
    """The power of the size that figures grow with."""
    return linear_regression([math.log(size) for size in sizes], [math.log(figure) for figure in figures]).slope


def one(cities: int, tables: bool) -> Run:
    """The build of one size, without what making the records takes."""
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        if tables:
            alone(written, cities, base / "tables")
            return alone(from_tables, base / "tables", base / "store")
        making = alone(generated, cities)
        run = alone(streamed, cities, base / "store")
        return run._replace(seconds=run.seconds - making.seconds, processor=run.processor - making.processor)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cities", nargs="*", type=int, default=SIZES, help=f"default: {' '.join(map(str, SIZES))}")
    parser.add_argument("--tables", action="store_true", help="read the records from CSV files")
    arguments = parser.parse_args()
    runs = {cities: one(cities, arguments.tables) for cities in sorted(arguments.cities)}
    rows = [
        [f"{cities:,}", f"{run.result:,}", seconds(run.seconds), seconds(run.processor), f"{run.megabytes:.0f}"]
        for cities, run in runs.items()
    ]
    large = [cities for cities in runs if cities >= SMALLEST]
    if len(large) > 1:
        figures = zip(*(runs[cities][:3] for cities in large), strict=True)
        rows += [[], [f"slope from {large[0]:,}", "", *(f"{slope(large, several):.2f}" for several in figures)]]
    print_table(["cities", "statements", "seconds", "processor", "peak MB"], rows)


if __name__ == "__main__":
    main()
    print_goals(__doc__)
