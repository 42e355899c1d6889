"""The network of 2016 and the shipped data at a date: a view against a build, and a question against a plain one.

    python benchmarks/at_date.py [FOLDER OF THE WORLD DATA]

In 2016 all ties held and little changes; in 2010 whether they held is not known, and every tie and short-cut changes.
The store is built, and the views made, in a process of its own. A plain question is one on the store as it is; opening
the store or its view is part of it. The figures are medians of 5 views and of 15 questions.

The goals: a first question at a date takes at most what the build takes; a second one at most twice a plain one.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from statistics import median

from _common import print_goals, print_table, seconds, timed
from _processes import alone, mapping_for, world_folder

VIEWS = 5
TIMES = 15
DATES = ("2016", "2010")
QUESTION, VALUES = "sister-cities", {"city": "city/shanghai"}

Figures = tuple[float, float, dict[str, tuple[float, float]]]
"""Seconds of the build and of a plain question; by date those of the first question and of a later one."""


def measured(mapping: Path, place: Path) -> tuple[float, Figures]:
    """Build, then ask as it is and at dates."""
    from citydiplomacy.graph.language.dates import parse_date
    from citydiplomacy.graph.store import writer
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.graph.views.at_date import StoreAt
    from citydiplomacy.loaders import files
    from citydiplomacy.queries.library.questions import run

    def ask(date: str = "") -> int:
        with Store.open_folder(place) as store:
            if not date:
                return len(run(store, QUESTION, VALUES).rows)
            with StoreAt.of(store, parse_date(date)) as view:
                return len(run(view, QUESTION, VALUES).rows)

    def first(date: str) -> float:
        shutil.rmtree(place / "at", ignore_errors=True)
        return timed(lambda: ask(date))[0]

    build, _ = timed(lambda: writer.build(place, files.read([*files.shipped(world=False), mapping])))
    plain = median(timed(ask)[0] for _ in range(TIMES))
    at = {}
    for date in DATES:
        made = median(first(date) for _ in range(VIEWS))
        at[date] = made, median(timed(lambda: ask(date))[0] for _ in range(TIMES))  # noqa: B023
    return build, (build, plain, at)


def main() -> None:
    """Run and print."""
    folder = world_folder(__doc__)
    with tempfile.TemporaryDirectory() as place:
        run = alone(measured, mapping_for(folder, Path(place)), Path(place) / "store")
    build, plain, at = run.result
    rows = [
        [date, *map(seconds, (build, made, plain, later)), f"{made / build:.2f}", f"{later / plain:.2f}"]
        for date, (made, later) in at.items()
    ]
    print_table(["at", "build", "first", "plain", "second", "first/build", "second/plain"], rows)


if __name__ == "__main__":
    main()
    print_goals(__doc__)
