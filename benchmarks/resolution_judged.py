"""What nomenklatura makes of the pairs that were judged by hand, beside which benchmarks/resolution.py has our figures.

    python benchmarks/resolution_judged.py

It is given what the file of pairs has, name and country of both; ours also knows places, and how many the rows were.
Strata are weighted by their size, as for ours. Needs `pip install --group comparison`.
"""

from __future__ import annotations

import argparse
import csv
import re

from _common import print_table, timed
from _rivals import MATCH, MAYBE, nomenklatura_score
from resolution import PAIRS, Judged, quality

_TOLD = re.compile(r"(.*?)(?: \((?:([A-Z]{2})|\?)\))?", re.DOTALL)


def judged() -> list[Judged]:
    """The pairs of the file, those left open not among them, as nomenklatura merges them or lets them wait."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["verdict"] != "unsure"]
    score_of, found = nomenklatura_score(), []
    for row in rows:
        one, other = (_named(row[end]) for end in ("one_name", "other_name"))
        score = 0.0 if one[1] and other[1] and one[1] != other[1] else score_of(one, other)
        found.append(Judged(row["stratum"], row["verdict"] == "same", score >= MATCH, MAYBE <= score < MATCH))
    return found


def _named(told: str) -> tuple[str, str]:
    """Name and country of `Kortrijk (BE)`; the country is empty where it is not known."""
    name, country = _TOLD.fullmatch(told).groups("")  # type: ignore[union-attr]
    return name, country.lower()


def main() -> None:
    """Run and print."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    taken, pairs = timed(judged)
    print_table(["nomenklatura", "share", "95 % interval", "judged"], list(quality(pairs)))
    print(f"\n{len(pairs)} pairs in {taken:.1f} s")


if __name__ == "__main__":
    main()
