"""Questions on how cities stand in the world: the first one measures the networks, those that follow find it kept.

    python benchmarks/standing.py

The store is that of `citydip build`, with the twin towns of the world. Every run is a process of its own, from start to
exit, by turns; before a first one, what is kept of the store is removed. The figures are medians. Modules are compiled
beforehand, as those of an installed package are.

The goal: at most 6 seconds at first, and 1.0 second where it is kept.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from _common import print_goals, print_table, seconds
from _processes import CITYDIP, compiled_in, of_command

from citydiplomacy.graph.store.once import FOLDER
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.standing import networks

RUNS = 3
COMMANDS = (
    "compare Mashhad Istanbul",
    "influence Mashhad Tehran",
    "influence",
    "influence -n newman",
    "recommend Mashhad",
)


def main() -> None:
    """Run and print."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as compiled:
        store, environment = Path(place) / "store", compiled_in(compiled)
        subprocess.run([CITYDIP, "build", "--store", store], env=environment, check=True, capture_output=True)

        def ask(command: str) -> tuple[float, float]:
            return of_command([CITYDIP, *command.split(), "--store", str(store)], environment)

        for command in COMMANDS:
            ask(command)  # this compiles
        kept = sum(path.stat().st_size for path in (store / FOLDER).rglob("*.json"))
        with Store.open_folder(store) as opened:
            tied = networks.city_ties(opened)
        runs: dict[str, tuple[list[tuple[float, float]], ...]] = {command: ([], []) for command in COMMANDS}
        for _ in range(RUNS):
            for command, found in runs.items():
                shutil.rmtree(store / FOLDER)
                for times in found:
                    times.append(ask(command))
    print(f"{len(tied):,} cities, {tied.number_of_edges():,} ties; {kept / 2**20:.1f} MB kept; seconds")
    rows = []
    for command, found in runs.items():
        (first, first_processor), (again, again_processor) = (
            (median(column) for column in zip(*times, strict=True)) for times in found
        )
        figures = [first, again, first_processor, again_processor]
        rows.append([command, *map(seconds, figures), f"{again_processor / first_processor:.2f}"])
    print_table(["", "first", "kept", "first, processor", "kept, processor", "kept/first"], rows)


if __name__ == "__main__":
    main()
    print_goals(__doc__)
