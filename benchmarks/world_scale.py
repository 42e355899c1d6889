"""A made-up world (synthetic.py) of 1,000,000 cities and as many ties, some 15 million statements: asked and exported.

    python benchmarks/world_scale.py [--cities NUMBER] [--store FOLDER]

Each step is a process of its own, and its peak of memory is told: the goal is at most 4 GiB for each. With --store a
store that is there already is asked, and one that is not is built there and stays. `compare` estimates betweenness:
exact values would last for weeks. What a second run finds kept is to take 5 seconds at most.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from _common import print_goals, print_table, seconds
from _processes import Run, alone

LIMIT = 4096
"""Megabytes."""

CITY, OTHER = "city/c0000007", "city/c0000500"
COMPARE = "compare", CITY, OTHER
INFLUENCE = "influence", "-m", "degree", "-m", "pagerank", "-m", "core", "-m", "constraint", "-m", "clustering"
STEPS: dict[str, Sequence[str]] = {
    "info": ("info",),
    "query sister-cities": ("query", "sister-cities", f"city={CITY}"),
    "query partners-of-partners": ("query", "partners-of-partners", f"city={CITY}"),
    "query cities-by-ties": ("query", "cities-by-ties"),
    "compare": COMPARE,
    "compare, kept": COMPARE,
    "influence": INFLUENCE,
    "influence, kept": INFLUENCE,
    "recommend": ("recommend", CITY),
    "recommend, kept": ("recommend", CITY),
    "export nquads": ("export", "nquads", "{out}/world.nq"),
    "export turtle": ("export", "turtle", "{out}/world.ttl"),
    "export parquet": ("export", "parquet", "{out}/parquet"),
    "load of a small source": ("load", "{out}/small"),
}
SMALL = {
    "source.toml": '[source]\nid = "small"\nkind = "press"\ntitle_en = "A small source"\n',
    "agreements.csv": "kind,parties,status\nsister-city,c0000001|c0000009,active\n",
}


def built(cities: int, store: Path) -> tuple[float, str]:
    """Build the world."""
    from scale import streamed

    taken, statements = streamed(cities, store)
    return taken, f"{statements:,} statements"


def ran(arguments: Sequence[str], store: Path) -> tuple[float, str]:
    """Run a command on the store. Returns its seconds, and the last that it said."""
    from citydiplomacy import cli

    sys.argv = ["citydip", *arguments, "--store", str(store)]
    said = io.StringIO()
    code: object = 0
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())), contextlib.redirect_stderr(said):
        try:
            cli.app()()
        except SystemExit as end:
            code = end.code
        except Exception as error:
            code = f"{type(error).__name__}: {error}"
    lines = said.getvalue().splitlines()
    return time.perf_counter() - start, f"failed ({code})" if code else lines[-1] if lines else ""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cities", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path, help="default: a folder that goes at the end")
    parser.add_argument("--step", action="append", choices=STEPS, help="default: all")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        store = arguments.store or Path(place) / "store"
        small = Path(place) / "small"
        small.mkdir()
        for name, text in SMALL.items():
            (small / name).write_text(text, encoding="utf-8")
        runs: dict[str, Run] = {}
        if not (store / "manifest.json").exists():
            runs["build"] = alone(built, arguments.cities, store)
        for name in arguments.step or STEPS:
            runs[name] = alone(ran, [word.format(out=place) for word in STEPS[name]], store)
            print(f"{name}: {runs[name].megabytes:.0f} MB. {runs[name].result}", file=sys.stderr, flush=True)
    rows = []
    for name, run in runs.items():
        good = run.megabytes <= LIMIT and not str(run.result).startswith("failed")
        figures = (seconds(run.seconds), seconds(run.processor), f"{run.megabytes:.0f}")
        rows.append([name, *figures, "yes" if good else "no"])
    print_table([f"{arguments.cities:,} cities", "seconds", "processor", "peak MB", "in 4 GiB"], rows)


if __name__ == "__main__":
    main()
    print_goals(__doc__)
