"""Choices that came later: how an order of candidates is judged, and how the weights of one are learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from _common import print_table
from scipy.optimize import minimize
from scipy.stats import rankdata

from citydiplomacy.queries.measures import choice

RESAMPLED, RIDGE = 2_000, 1.0
FOLDER = Path(__file__).parent.parent / "queries" / "recommendation"
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Asked:
    """Some cities and their candidates: a row a city, a column a candidate."""

    values: Mapping[str, Array]
    """The parts of the model, and what baselines are made of."""
    closed: Array
    """Who is no candidate."""
    came: Array
    """Which candidates were kept back and came."""

    @cached_property
    def makers(self) -> Array:
        """Which cities have one that came."""
        return np.asarray(self.came.any(axis=1))


def score(asked: Asked, weights: Mapping[str, float], rows: Any = slice(None)) -> Array:
    """The sum of the logarithms of the factors of all parts."""
    values = {name: asked.values[name][rows] for name in weights}
    return np.asarray(np.sum(list(choice.logarithms(values, weights, asked.closed[rows]).values()), axis=0))


def learn(asked: Asked, names: Sequence[str], came: Array) -> dict[str, float]:
    """The likeliest weights of a conditional logit, each that came chosen among all candidates of its city.

    A ridge of 1 on standardised parts keeps a part of little use near nought. Exact, without a draw: L-BFGS (Liu and
    Nocedal 1989, Math. Programming 45, 503-528).
    """
    makers = came.any(axis=1)
    came, closed = came[makers], asked.closed[makers] | (asked.came[makers] & ~came[makers])
    ones = dict.fromkeys(names, 1.0)
    logs = choice.logarithms({name: asked.values[name][makers] for name in names}, ones, closed)
    values = np.stack([logs[name] for name in names], axis=-1)
    spread = values[~closed].std(axis=0)
    values /= spread
    number, chosen, flat = came.sum(axis=1), values[came].sum(axis=0), values.reshape(-1, len(names))

    def loss(weights: Array) -> tuple[float, Array]:
        scores = np.where(closed, -np.inf, (flat @ weights).reshape(closed.shape))
        top = scores.max(axis=1, keepdims=True)
        chance = np.exp(scores - top)
        total = chance.sum(axis=1, keepdims=True)
        gradient = flat.T @ (chance / total * number[:, None]).ravel() - chosen + 2 * RIDGE * weights
        value = (number * (top + np.log(total))[:, 0]).sum() - chosen @ weights + RIDGE * weights @ weights
        return float(value), gradient

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x / spread
    return {name: float(weight) for name, weight in zip(names, found, strict=True)}


class Judged(NamedTuple):
    """How an order did, city by city: AUC (NaN where none came, or all), and how many of the best came."""

    auc: Array
    came: Array


def judge(asked: Asked, scores: Array, best: int) -> Judged:
    """Judge an order of each city's candidates; equals count half in the AUC, and are drawn by lot among the best."""
    lot = np.asarray(np.random.default_rng(0).random(scores.shape, dtype=np.float32))
    auc, hits = np.full(len(scores), np.nan), np.zeros(len(scores), dtype=np.int64)
    for row, values in enumerate(scores):
        here, came = values[~asked.closed[row]], asked.came[row][~asked.closed[row]]
        hits[row] = came[np.lexsort((lot[row][: here.size], -here))[:best]].sum()
        if (number := came.sum()) and number < here.size:
            places = rankdata(here)[came].sum()
            auc[row] = (places - number * (number + 1) / 2) / number / (here.size - number)
    return Judged(auc, hits)


def interval(values: Array, digits: int = 3) -> str:
    """The mean over cities, and where it lies in 95 % of bootstrap samples of the cities (Efron 1979)."""
    values = values[np.isfinite(values)]
    drawn = np.random.default_rng(0).integers(0, len(values), (RESAMPLED, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), (0.025, 0.975))
    return f"{values.mean():.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def print_orders(asked: Asked, orders: Mapping[str, Array], best: int) -> dict[str, Judged]:
    """A line for each order, over the cities that have one that came."""
    judged = {name: judge(asked, scores, best) for name, scores in orders.items()}
    rows = []
    for name, found in judged.items():
        auc, came = found.auc[asked.makers], found.came[asked.makers]
        rows.append([name, interval(auc), interval(came / best, 4), interval((came > 0) * 1.0)])
    print_table(("order", "AUC", f"precision at {best}", "lists with one that came"), rows)
    return judged


def write(
    name: str, command: str, learned: Mapping[str, str], measured: Mapping[str, int], weights: Mapping[str, float]
) -> None:
    """The weights as a file of the package, with how they were learned and what was measured."""
    lines = [
        "# Weights of what speaks for a candidate, for queries/measures/choice.py, and what was measured. Written by",
        f"# `{command}`; to be run again when a part or a table that it reads changes.",
        "",
        "[learned]",
        *(f'{key} = "{value}"' for key, value in learned.items()),
        "",
        "[measured]",
        *(f"{key} = {value}" for key, value in measured.items()),
        "",
        "[weights]",
        *(f"{part} = {weight:.3f}" for part, weight in weights.items()),
    ]
    (FOLDER / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
