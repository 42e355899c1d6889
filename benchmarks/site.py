"""The explorer as files: pages a second, their size, and the second build, which writes only what changed.

    python benchmarks/site.py [STORE] [--only CITIES]

The store is that of `citydip build`, with the twin towns of the world. Goal: the second build, of a store that is as it
was, takes at most a tenth of the first. Seconds of the processor weigh less what else the machine does.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import tempfile
import time
from pathlib import Path

from _common import print_goals, print_table, seconds
from _processes import CITYDIP


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path, nargs="?", help="A store; default: one is built.")
    parser.add_argument("--only", default="", help="As of the command; default: all.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store, site = given.store or Path(folder) / "store", Path(folder) / "site"
        if not given.store:
            subprocess.run([CITYDIP, "build", "--store", str(store)], check=True, capture_output=True)
        options = ["--only", given.only] if given.only else []
        rows = []
        for name in ("first build", "second build, nothing changed"):
            took, processor, told = _build(store, site, *options)
            rows.append([name, seconds(took), seconds(processor), told])
            if name == "first build":
                first, worked = took, processor
                files = [path for path in site.rglob("*") if path.is_file()]
        pages = [path for path in files if path.suffix == ".html"]
        print_table(["", "s", "processor", ""], rows)
        print()
        print(f"Pages: {len(pages):,}, {len(pages) / first:.0f} a second, ", end="")
        print(f"{len(pages) / worked:.0f} a second of the processor; files: {len(files):,}")
        print(f"Size: {sum(path.stat().st_size for path in files) / (1 << 20):,.0f} MB, of it pages ", end="")
        print(f"{sum(path.stat().st_size for path in pages) / (1 << 20):,.0f} MB")
        print(f"The second build took {took / first:.3f} of the first, {processor / worked:.3f} of its processor")


def _build(store: Path, site: Path, *options: str) -> tuple[float, float, str]:
    """Seconds by the clock and of all processors, and what was written."""
    command = [CITYDIP, "site", str(site), "--store", str(store), *options]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    took, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, processor, done.stderr.splitlines()[0].partition("; ")[2].rstrip(".")


if __name__ == "__main__":
    main()
    print_goals(__doc__)
