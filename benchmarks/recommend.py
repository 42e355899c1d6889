"""How well `citydip recommend` finds the partners that cities took later, and its weights learned.

    python benchmarks/recommend.py [--learn]

From the twin towns of 2016 those are foretold that 2022 has and 2016 had not, for each city among the cities abroad;
what counts are the cities that 2022 has at all. Everything is of the shipped tables. `--learn` does nothing but write
the weights, with what was measured of them, to queries/recommendation/partners.toml.

AUC: how often a tie that came scores higher than a pair without one, equals counted half; the mean over the cities that
made one. Precision at ten: of a city's ten best the share that came. Behind each in brackets: 95 % of bootstrap samples
of the cities. The weights that are tried on a city were learned without it (five folds of the cities, and no
tie with an end in the fold), or from 2016 alone: a tenth of its ties hidden.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from _choices import Array, Asked, Judged, interval, judge, learn, print_orders, score, write
from _common import print_table
from _partners import World, ask, read, today
from sklearn.ensemble import HistGradientBoostingClassifier

from citydiplomacy.queries.measures.choice import by_lot

BEST, FOLDS, HIDDEN, DRAWN, SEED = 10, 5, 0.1, 100, 0
PARTS = (
    "countries", "around", "common", "paths", "distance", "partners-there", "partners-here", "population", "size",
    "ties-abroad",
)  # fmt: skip
LAST = "around"
"""The part without which the model is tried too: the one that was added last."""
OF_TIES = ("common", "paths", "partners-there")
"""Parts that are nought for a city without ties."""


def folds(world: World, asked: Asked) -> list[tuple[Array, Array]]:
    """Of each fold of the cities: its rows, and the ties of the others with one another."""
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(world.cities))
    row, candidate = fold[world.makers][:, None], fold[world.asked][None, :]
    return [
        (np.flatnonzero(row[:, 0] == each), asked.came & (row != each) & (candidate != each)) for each in range(FOLDS)
    ]


def crossed(world: World, asked: Asked, bare: Asked, names: Sequence[str] = PARTS) -> tuple[Array, Array]:
    """Scores of each city by weights that were learned without it: as it is, and without ties of its own."""
    found, without_ties = np.zeros(asked.closed.shape), np.zeros(asked.closed.shape)
    for rows, came in folds(world, asked):
        weights = learn(asked, names, came)
        found[rows], without_ties[rows] = score(asked, weights, rows), score(bare, weights, rows)
    return found, without_ties


def boosted(world: World, asked: Asked) -> Array:
    """The same by gradient boosting on the same parts, a hundred pairs without a tie drawn for each that came."""
    found, random = np.zeros(asked.closed.shape), np.random.default_rng(SEED)
    values = np.stack([asked.values[name] for name in PARTS], axis=-1)
    for rows, came in folds(world, asked):
        others = np.zeros_like(came)
        for row in np.flatnonzero(came.any(axis=1)):
            without = np.flatnonzero(~asked.closed[row] & ~asked.came[row])
            others[row, random.choice(without, DRAWN * came[row].sum(), replace=False)] = True
        model = HistGradientBoostingClassifier(max_leaf_nodes=8, learning_rate=0.05, random_state=SEED)
        model.fit(np.concatenate([values[came], values[others]]), np.repeat([1, 0], [came.sum(), others.sum()]))
        makers = rows[asked.makers[rows]]
        found[makers] = model.decision_function(values[makers].reshape(-1, len(PARTS))).reshape(makers.size, -1)
    return found


def from_2016(world: World) -> dict[str, float]:
    """Weights that were learned from a hidden tenth of the ties of 2016, with no later year."""
    shuffled = np.random.default_rng(SEED).permutation(world.ties)
    hidden, known = np.split(shuffled, [int(HIDDEN * len(shuffled))])
    rows = np.intersect1d(np.unique(hidden), world.asked)
    asked = ask(world, known, hidden, rows)
    return learn(asked, PARTS, asked.came)


def print_regions(world: World, asked: Asked, before: Judged, now: Judged) -> None:
    """Both orders for all cities, and for each world region."""
    regions = np.array([world.regions[at] for at in world.makers])
    rows = []
    for region in ("/all", *sorted(set(regions[asked.makers]))):
        some = asked.makers & ((regions == region) | (region == "/all"))
        of = [each[some] for each in (before.auc, now.auc, before.came / 10, now.came / 10)]
        rows.append(
            [
                region.partition("/")[2], str(some.sum()),
                f"{of[0].mean():.3f}", f"{of[1].mean():.3f}", interval(of[1] - of[0]),
                f"{of[2].mean():.4f}", f"{of[3].mean():.4f}", interval(of[3] - of[2], 4),
            ]
        )  # fmt: skip
    print_table(("region", "cities", "AUC before", "now", "gain", "ten before", "now", "gain"), rows)


def print_chances(asked: Asked, scores: Array) -> None:
    """How likely ties came that were foretold to be so many times likelier than by lot."""
    zeros = {"": np.where(asked.closed, 0, scores)}
    times = by_lot(zeros, asked.closed)
    lot = np.broadcast_to((asked.came.sum(axis=1) / (~asked.closed).sum(axis=1))[:, None], times.shape)
    rows = []
    for low, high in ((0, 1), (1, 3), (3, 10), (10, 30), (30, 100), (100, np.inf)):
        some = (times >= low) & (times < high) & ~asked.closed & asked.makers[:, None]
        seen = asked.came[some].sum() / lot[some].sum()
        rows.append(
            [f"{low} to {high}", f"{some.sum():,}", f"{np.average(times[some], weights=lot[some]):.3g}", f"{seen:.3g}"]
        )
    print_table(("times as likely as by lot", "pairs", "foretold", "came"), rows)


def write_weights(asked: Asked, weights: Mapping[str, float], model: Array, without_ties: Array) -> None:
    """The weights, with how many lists of ten held a tie that came, by the scores with and without ties of a city."""
    makers = asked.makers
    told = {
        "from": f"{asked.came.sum()} choices of {makers.sum()} cities: ties abroad that 2022 has and 2016 had not",
        "how": "conditional logit over all candidates, ridge of 1 on standardised parts",
        "measured": f"each city by weights that were learned without it: {FOLDS} folds of the cities, seed {SEED}",
        "then": "2016-09",
        "later": "2022-01",
    }
    held, held_blind = ((judge(asked, each, BEST).came[makers] > 0).sum() for each in (model, without_ties))
    measured = {"lists": makers.sum(), "held": held, "held-without-ties": held_blind}
    write("partners", "python benchmarks/recommend.py --learn", told, measured, weights)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learn", action="store_true", help="write the weights, and try no other order")
    given, world = parser.parse_args(), read()
    asked = ask(world, world.ties, world.later, world.makers)
    print(f"{len(world.cities):,} cities, {len(world.ties):,} ties in 2016; {len(world.asked):,} cities are asked,")
    print(
        f"{asked.makers.sum()} of them made {asked.came.sum()} ties abroad by 2022 (one of two of them counts twice)\n"
    )
    bare = replace(
        asked, values={**asked.values, **{name: np.zeros_like(asked.closed, np.float32) for name in OF_TIES}}
    )
    model, without_ties = crossed(world, asked, bare)
    weights = learn(asked, PARTS, asked.came)
    if given.learn:
        write_weights(asked, weights, model, without_ties)
        return
    without_last, _ = crossed(world, asked, bare, [name for name in PARTS if name != LAST])
    lot = np.asarray(np.random.default_rng(SEED).random(model.shape))
    values, unseen = asked.values, from_2016(world)
    near = np.nan_to_num(values["nearness"], nan=float(np.nanmedian(values["nearness"])))
    judged = print_orders(
        asked,
        {
            "by lot": lot,
            "number of partners": values["partners"],
            "nearness": near,
            "countries' affinity": values["countries"],
            "Adamic-Adar": values["Adamic-Adar"],
            "before: Borda's count of three": today(asked),
            "with countries' affinity as fourth": today(asked, "countries"),
            "gradient boosting, same parts": boosted(world, asked),
            "the model, learned from 2016 alone": score(asked, unseen),
            "the model without surroundings": without_last,
            "the model": model,
        },
        BEST,
    )
    before, now = judged["before: Borda's count of three"], judged["the model"]
    gain = (now.came - judged["the model without surroundings"].came)[asked.makers] / BEST
    print(f"\nprecision that the surroundings bring: {interval(gain, 4)}")
    print("\nby world region, the model against the order before")
    print_regions(world, asked, before, now)
    print("\nis it as likely as it says")
    print_chances(asked, model)
    print("\nas if no tie of the city itself were known")
    print_orders(asked, {"nearness": near, "the model": without_ties}, BEST)
    print(f"\nof all {len(world.asked):,} lists of ten, {(now.came > 0).sum()} held a tie that came")
    print("\nweights, learned from 2022 and from 2016 alone")
    print_table(("part", "2022", "2016"), [[name, f"{weights[name]:.3f}", f"{unseen[name]:.3f}"] for name in PARTS])


if __name__ == "__main__":
    main()
