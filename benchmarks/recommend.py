"""How well the measures of `citydip recommend` find ties that are there, in one run.

    python benchmarks/recommend.py [FOLDER OF THE WORLD DATA]

Twice on the network of 2016. First a tenth of its ties is hidden at random, with five seeds. Then the ties that 2022
has and 2016 did not are foretold from all ties of 2016, among the cities that 2022 has at all: of the others neither
later ties nor places are known, and to tell them apart would be no art.

AUC: how often a hidden tie scores higher than a pair without a tie, equals counted half. Precision at 10: of a city's
ten best pairs the share that was hidden, over cities that have a hidden tie; "of all" is that of the ten best pairs of
all that were scored. Behind ± stands the standard error, over the seeds first, over the cities then.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from _common import WORLD, print_table, world_file
from scipy.sparse import coo_array, csr_array
from scipy.stats import rankdata

from citydiplomacy.queries.measures import proximity
from citydiplomacy.queries.measures.centrality import Ties

SEEDS, HIDDEN, BEST = 5, 0.1, 10
CITIES, OTHERS, NON_TIES, AT_ONCE = 1_500, 500, 200, 250
"""Most cities with hidden ties that are asked; others for which pairs without a tie are drawn, and how many each."""

MARKED = ("distance, near first *", "Adamic-Adar *", "three steps *")
COMBINED = "Borda count of those with *"
Array = np.ndarray[Any, Any]


class World(NamedTuple):
    """The cities of 2016, their ties as pairs of positions, those that 2022 adds, where the cities lie (NaN unknown).

    typical: the median distance of known pairs in km, which stands for unknown ones.
    """

    cities: tuple[str, ...]
    ties: Array
    later: Array
    latitude: Array
    longitude: Array
    countries: Array
    typical: float


class Found(NamedTuple):
    """What a measure found: AUC, precision at 10 of each city, that of all pairs."""

    auc: float
    precision: Array
    overall: float


def read(path: Path) -> World:
    """Read the file of both crawls."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    then = [row for row in rows if row["directions_2016"] != "0"]
    cities = tuple(sorted({row[end] for row in then for end in ("a_wikidata", "b_wikidata")}))
    index = {city: position for position, city in enumerate(cities)}
    place = np.full((2, len(cities)), np.nan)
    country: dict[int, str] = {}
    for row in rows:
        for end in "ab":
            position = index.get(row[f"{end}_wikidata"])
            if position is not None and row[f"{end}_lat"]:
                place[:, position] = float(row[f"{end}_lat"]), float(row[f"{end}_lon"])
                country[position] = row[f"{end}_country"]
    codes = {name: code for code, name in enumerate(sorted(set(country.values())))}

    def pairs(in_2016: bool) -> Array:
        ends = ((row["a_wikidata"], row["b_wikidata"]) for row in rows if (row["directions_2016"] != "0") is in_2016)
        return np.array([(index[a], index[b]) for a, b in ends if a in index and b in index])

    countries = np.array([codes.get(country.get(position, ""), -1) for position in range(len(cities))])
    located = np.flatnonzero(np.isfinite(place[0]))
    typical = float(np.median(proximity.distance(place[0, located], place[1, located], np.arange(0, len(located), 10))))
    return World(cities, pairs(True), pairs(False), place[0], place[1], countries, typical)


def matrix(world: World, pairs: Array) -> Any:
    """A symmetric matrix of ones."""
    size = len(world.cities)
    one_way = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    return csr_array(one_way + one_way.T)


def scores(world: World, ties: Ties, rows: Array, closed: Array, chance: Array) -> Iterator[tuple[str, Array]]:
    """Name and scores of all pairs of some cities, by each measure."""
    yield "random", chance
    yield "preferential attachment", proximity.preferential_attachment(ties, rows)
    yield "partners of compatriots", np.nan_to_num(proximity.group_partners(ties, rows, world.countries))
    yield "common neighbours", proximity.common_neighbours(ties, rows)
    yield "Jaccard", proximity.jaccard(ties, rows)
    yield "resource allocation", proximity.resource_allocation(ties, rows)
    near = -proximity.distance(world.latitude, world.longitude, rows)
    marked = (near, proximity.adamic_adar(ties, rows), proximity.three_steps(ties, rows))
    yield MARKED[0], np.nan_to_num(near, nan=-world.typical)
    yield from zip(MARKED[1:], marked[1:], strict=True)
    yield COMBINED, proximity.borda(np.where(closed, -np.inf, part) for part in marked)


def evaluate(world: World, known: Array, hidden: Array, candidates: Array, seed: int) -> dict[str, Found]:
    """Score hidden ties against pairs without a tie, from the known ties alone.

    candidates: which cities count, as a mask. Under "" stands what would be had if all hidden ties were found first.
    """
    random = np.random.default_rng(seed)
    ties, later = Ties(world.cities, matrix(world, known)), matrix(world, hidden)
    asked = np.unique(hidden)
    asked = random.choice(asked, min(CITIES, len(asked)), replace=False)
    others = random.choice(np.flatnonzero(candidates), OTHERS, replace=False)
    taken: dict[str, list[list[Array]]] = {}
    for cities in (asked, others):
        for rows in np.array_split(cities, len(cities) // AT_ONCE + 1):
            own = np.arange(len(rows))
            closed = (ties.weight[rows].toarray() > 0) | ~candidates
            closed[own, rows] = True
            wanted = (later[rows].toarray() > 0) & ~closed
            drawn = np.zeros_like(wanted)
            drawn[own[:, None], random.integers(0, len(candidates), (len(rows), NON_TIES))] = True
            drawn &= ~wanted & ~closed
            chance = random.random(wanted.shape)
            for name, score in (*scores(world, ties, rows, closed, chance), ("", wanted.astype(float))):
                values = np.where(closed, -np.inf, score)
                best = np.argpartition(-(values + 1e-9 * chance), BEST, axis=1)[:, :BEST]
                top, hits = (np.take_along_axis(each, best, axis=1) for each in (values, wanted))
                nothing = np.zeros(0)
                parts = (
                    [values[wanted], nothing, hits.mean(axis=1)]
                    if cities is asked
                    else [nothing, values[drawn], nothing]
                )
                taken.setdefault(name, []).append([*parts, top.ravel(), hits.ravel()])
    found = {}
    for name, blocks in taken.items():
        ties_, no_ties, precision, top, hits = (np.concatenate(part) for part in zip(*blocks, strict=True))
        ranks = rankdata(np.concatenate([ties_, no_ties]))[: len(ties_)]
        first = np.argsort(-top, kind="stable")[:BEST]
        found[name] = Found((ranks.mean() - (len(ties_) + 1) / 2) / len(no_ties), precision, float(hits[first].mean()))
    return found


def with_common(world: World, known: Array, hidden: Array) -> float:
    """The share of hidden ties whose cities have a common partner."""
    adjacency = matrix(world, known)
    return float(np.mean((adjacency @ adjacency)[hidden[:, 0], hidden[:, 1]] > 0))


def mean_and_error(values: Array | list[float], digits: int = 4) -> str:
    """A mean with its standard error."""
    return f"{np.mean(values):.{digits}f} ± {np.std(values, ddof=1) / len(values) ** 0.5:.{digits}f}"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=WORLD, help="default: ../shared/world")
    world = read(world_file(parser.parse_args().folder, "wikidata-2016-2022-twinned.tsv"))
    everywhere, located = np.ones(len(world.cities), dtype=bool), np.isfinite(world.latitude)
    runs, shares = [], []
    for seed in range(SEEDS):
        hidden, known = np.split(np.random.default_rng(seed).permutation(world.ties), [int(HIDDEN * len(world.ties))])
        runs.append(evaluate(world, known, hidden, everywhere, seed))
        shares.append(with_common(world, known, hidden))
    print(f"{len(world.cities)} cities, {len(world.ties)} ties, {located.sum()} cities with a place")
    print(f"\na tenth of the ties hidden, {SEEDS} seeds; with a common partner left: {mean_and_error(shares, 3)}")
    header = ("measure", "AUC", "precision at 10", "of all")
    print_table(
        header,
        [
            [
                name or "all found first",
                mean_and_error([run[name].auc for run in runs], 3),
                mean_and_error([run[name].precision.mean() for run in runs]),
                mean_and_error([run[name].overall for run in runs], 2),
            ]
            for name in runs[0]
        ],
    )
    later = world.later[located[world.later].all(axis=1)]
    share = with_common(world, world.ties, later)
    print(f"\nthe {len(later)} ties that 2022 adds; with a common partner in 2016: {share:.3f}")
    foretold = evaluate(world, world.ties, later, located, 0)
    print_table(
        header,
        [
            [name or "all found first", f"{one.auc:.3f}", mean_and_error(one.precision), f"{one.overall:.2f}"]
            for name, one in foretold.items()
        ],
    )


if __name__ == "__main__":
    main()
