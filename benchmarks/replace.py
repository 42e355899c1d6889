"""Replacing one source of 100 rows: in the store of the 2016 network, and in made-up stores of 10,000 to 1,000,000
statements.

    python benchmarks/replace.py [FOLDER OF THE WORLD DATA]

The source tells 100 ties between cities of the store, and every one of them changes each time. A store is built and
loaded into in a process of its own; the figures are the medians and the greatest of 15 loads.

The goals: at most a tenth of the build of the 2016 store, and not growing with what else is in the store.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from _common import print_goals, print_table, seconds
from _processes import alone, mapping_for, world_folder

if TYPE_CHECKING:
    from citydiplomacy.graph.model.sources import SourceRecords

TIMES = 15
ROWS = 100
CITIES = (300, 3_000, 30_000)
"""A made-up city brings about 33 statements with it, its tie and the merged view among them."""

Figures = tuple[float, float, float, int]
"""Seconds of the build, of a load (median, greatest), and the statements of the store."""


def in_world(mapping: Path, place: Path) -> tuple[float, Figures]:
    """In the store of the 2016 network."""
    from citydiplomacy.loaders.tables.folder import load_tables

    start = time.perf_counter()
    told = load_tables(mapping).sources
    return _replaced(told, time.perf_counter() - start, place)


def in_synthetic(cities: int, place: Path) -> tuple[float, Figures]:
    """In a made-up store."""
    import synthetic

    from citydiplomacy.graph.model.sources import SourceRecords

    told = synthetic.world(cities)
    return _replaced([SourceRecords(told.source, list(told.records))], 0.0, place)


def _replaced(told: Sequence[SourceRecords], reading: float, place: Path) -> tuple[float, Figures]:
    import pyoxigraph as ox

    from citydiplomacy.graph.store import writer

    start = time.perf_counter()
    writer.build(place, told)
    build = reading + time.perf_counter() - start
    writer.load(place, [_rows(told, TIMES)])
    loads = []
    for version in range(TIMES):
        start = time.perf_counter()
        manifest = writer.load(place, [_rows(told, version)])
        loads.append(time.perf_counter() - start)
    statements = len(ox.Store.read_only(str(place / manifest.generation)))
    return sum(loads), (build, median(loads), max(loads), statements)


def _rows(told: Sequence[SourceRecords], version: int) -> SourceRecords:
    """The source of 100 rows in one of its versions."""
    import synthetic

    from citydiplomacy.graph.model import ids
    from citydiplomacy.graph.model.records import Agreement, City, Source
    from citydiplomacy.graph.model.sources import SourceRecords
    from citydiplomacy.graph.model.values import Text

    cities = [record.id for record in told[0].records if isinstance(record, City)]
    step = len(cities) // ROWS
    ties = [
        Agreement(
            id=ids.agreement(synthetic.SISTER, parties),
            kind=synthetic.SISTER,
            parties=parties,
            start=synthetic.YEARS[version],
            status="status/active",
        )
        for parties in islice(zip(cities[::step], cities[1::step], strict=False), ROWS)
    ]
    source = Source(id="source/replaced", kind="evidence-kind/press", labels=(Text("A hundred ties", "en"),))
    return SourceRecords(source, sorted(ties, key=lambda tie: tie.id))


def main() -> None:
    """Run and print."""
    folder = world_folder(__doc__)
    rows = []
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        runs = {f"made up, {cities:,} cities": alone(in_synthetic, cities, base / str(cities)) for cities in CITIES}
        runs["network of 2016"] = alone(in_world, mapping_for(folder, base), base / "world")
    for name, run in runs.items():
        build, middle, greatest, statements = run.result
        figures = [f"{statements:,}", *map(seconds, (build, middle, greatest)), f"{middle / build:.3f}"]
        rows.append([name, *figures])
    print_table(["store", "statements", "build", "replace", "at most", "replace/build"], rows)


if __name__ == "__main__":
    main()
    print_goals(__doc__)
