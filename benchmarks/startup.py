"""From a cold start: help, a saved question in both languages, a city by its name and plain words.

Against `python -c "import rdflib"`:

    python benchmarks/startup.py

Every run is a process of its own, by turns; the figures are medians. The store is that of the shipped data, without the
world's. All have their modules compiled, as an installed package has, in a folder of this run: each command runs once
before it counts.

The goal: at most 1.2 times as long as importing rdflib, by the processor.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from statistics import median

from _common import print_table, seconds
from _processes import CITYDIP, compiled_in, of_command

RUNS = 15
GOAL = 1.2


def main() -> None:
    """Run and print."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as store, tempfile.TemporaryDirectory() as compiled:
        environment = compiled_in(compiled)
        subprocess.run([CITYDIP, "build", "--no-world", "--store", store], check=True, capture_output=True)
        reference = "import rdflib"
        commands = {
            reference: [sys.executable, "-c", reference],
            "citydip --help": [CITYDIP, "--help"],
            "citydip query": [CITYDIP, "query", "sister-cities", "city=Mashhad", "--store", store],
            "citydip query --lang fa": [
                CITYDIP,
                "query",
                "sister-cities",
                "city=مشهد",
                "--lang",
                "fa",
                "--store",
                store,
            ],
            "citydip show": [CITYDIP, "show", "Mashhad", "--store", store],
            "citydip ask": [CITYDIP, "ask", "sister cities of Mashhad", "--store", store],
        }
        turns = [[of_command(command, environment) for command in commands.values()] for _ in range(1 + RUNS)][1:]
    rows = []
    for name, runs in zip(commands, zip(*turns, strict=True), strict=True):
        clock, processor = (median(figures) for figures in zip(*runs, strict=True))
        if name == reference:
            their_clock, their_processor = clock, processor
        ratios = f"{clock / their_clock:.2f}", f"{processor / their_processor:.2f}"
        goal = "" if name == reference else "yes" if processor <= GOAL * their_processor else "no"
        rows.append([name, seconds(clock), seconds(processor), *ratios, goal])
    print_table(["", "seconds", "processor", "times rdflib's", "by processor", f"{GOAL} at most"], rows)


if __name__ == "__main__":
    main()
