"""Which pairs of cities share more organisations than chance explains: the stochastic degree sequence model.

Chance is a world where every city has, on average, as many places and every organisation as many cities as here, and
which is otherwise as random as can be: the bipartite configuration model (Saracco, Di Clemente, Gabrielli and
Squartini 2015, Scientific Reports 5, 10595; Neal 2014, Social Networks 39, 84-97, for its use as a backbone). There a
place of city i in organisation k has the probability p_ik = x_i y_k / (1 + x_i y_k), and what i and j share follows the
Poisson-binomial distribution of p_ik p_jk over all k. Its upper tail at what they share here is the p-value.

Cities of one number of places have the same probabilities, so the distribution is computed once for each pair of such
numbers: exactly, by convolution.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .projections import TwoMode

Array = NDArray[Any]

ALPHA = 0.05
"""The share of false ties in the backbone that is put up with (false discovery rate)."""

TOLERANCE = 1e-9
"""Of the difference between a number of places and its mean in the model."""
STEPS = 200
ROWS_AT_ONCE = 256
"""Cities whose pairs are counted in one step."""


@dataclass(frozen=True)
class CoMemberships:
    """Pairs of cities that share an organisation, as arrays side by side, sorted by the two cities."""

    one: Array
    other: Array
    """Positions in `TwoMode.cities`, the smaller one first."""
    shared: Array
    """How many organisations they share, 1 or more."""
    expected: Array
    """How many they share in the model, on average."""
    p: Array
    """The probability that they share as many or more in the model: 0 to 1."""
    adjusted: Array
    """The least false discovery rate at which the pair is kept: 0 to 1, not below p."""
    tested: int
    """Pairs of cities in all, those that share nothing among them."""

    @property
    def kept(self) -> Array:
        """Which pairs make the backbone."""
        return self.adjusted <= ALPHA


def co_memberships(two_mode: TwoMode, about: int | None = None) -> CoMemberships:
    """Test all pairs of cities; give those that have p up to `ALPHA`, and all of the city in position `about`.

    The correction for the number of tests is Benjamini and Hochberg's (1995, JRSS B 57, 289-300). Pairs are counted by
    p as they come, and only those asked for are held: a big organisation makes too many.
    """
    belongs = two_mode.belongs
    places, sizes = (np.asarray(belongs.sum(axis=axis), dtype=np.int64) for axis in (1, 0))
    numbers, first, of_city = np.unique(places, return_index=True, return_inverse=True)
    by_number = bicm(places, sizes)[first]
    # A kind of pair: the numbers of places of its cities. A cell: a kind and how many organisations are shared.
    low, high = np.triu_indices(numbers.size)
    kind = np.zeros((numbers.size, numbers.size), dtype=np.int64)
    kind[low, high] = kind[high, low] = np.arange(low.size)
    both = by_number[low] * by_number[high]
    width = 1 + (int(np.sort(places)[-2]) if places.size > 1 else 0)  # two cities share no more than the second has
    tails = upper_tails(both, width - 1).ravel()
    count = np.zeros(tails.size, dtype=np.int64)
    found: list[tuple[Array, Array, Array]] = []
    for start in range(0, places.size, ROWS_AT_ONCE):
        part = (belongs[start : start + ROWS_AT_ONCE] @ belongs[start:].T).tocoo()
        upper = part.col > part.row
        one, other = (end[upper].astype(np.int64) + start for end in (part.row, part.col))
        cell = kind[of_city[one], of_city[other]] * width + np.rint(part.data[upper]).astype(np.int64)
        count += np.bincount(cell, minlength=count.size)
        wanted = tails[cell] <= ALPHA
        if about is not None:
            wanted |= (one == about) | (other == about)
        found.append((one[wanted], other[wanted], cell[wanted]))
    one, other, cell = (np.concatenate([part[i] for part in found] or [np.zeros(0, dtype=np.int64)]) for i in range(3))
    order = np.lexsort((other, one))
    one, other, cell = one[order], other[order], cell[order]
    tested = places.size * (places.size - 1) // 2
    adjusted = false_discovery_rates(tails, count, tested)[cell]
    return CoMemberships(one, other, cell % width, both.sum(axis=1)[cell // width], tails[cell], adjusted, tested)


def bicm(rows: Array, columns: Array) -> Array:
    """The bipartite configuration model: the probability of each cell, from the sums of rows and of columns.

    The sums must be those of a matrix of zeros and ones. By Newton's method on the likelihood (Vallarano et al. 2021,
    Scientific Reports 11, 15227), with one unknown for all rows of the same sum, and so for columns; full and empty
    rows and columns are certain, and taken out beforehand.
    """
    row_sums, of_row, row_count = np.unique(rows, return_inverse=True, return_counts=True)
    column_sums, of_column, column_count = np.unique(columns, return_inverse=True, return_counts=True)
    p = np.zeros((row_sums.size, column_sums.size))
    k, h = row_sums.astype(np.float64), column_sums.astype(np.float64)
    r, c = np.ones(k.size, dtype=bool), np.ones(h.size, dtype=bool)  # what is still open
    while True:
        full, full_columns = r & (k == column_count[c].sum()), c & (h == row_count[r].sum())
        if full.any():
            p[np.ix_(full, c)] = 1
            h[c] -= row_count[full].sum()
            full_columns[:] = False  # counted again without these rows
        elif full_columns.any():
            p[np.ix_(r, full_columns)] = 1
            k[r] -= column_count[full_columns].sum()
        shut, shut_columns = full | (r & (k == 0)), full_columns | (c & (h == 0))
        r, c = r & ~shut, c & ~shut_columns
        if not (shut.any() or shut_columns.any()) or not (r.any() and c.any()):
            break
    if r.any() and c.any():
        p[np.ix_(r, c)] = _likeliest(k[r], h[c], row_count[r], column_count[c])
    cells: Array = p[of_row][:, of_column]
    return cells


def _likeliest(k: Array, h: Array, a: Array, b: Array) -> Array:
    """Probabilities for classes of a rows with sum k and of b columns with sum h; none is certain."""
    row, column = np.log(k / np.sqrt(k @ a)), np.log(h / np.sqrt(k @ a))  # those of a sparse network
    many = np.outer(a, b)
    for _ in range(STEPS):
        p: Array = 1 / (1 + np.exp(-(row[:, None] + column[None, :])))
        gradient = np.concatenate([a * (k - p @ b), b * (h - a @ p)])
        if np.abs(gradient / np.concatenate([a, b])).max() <= TOLERANCE:
            break
        spread = many * p * (1 - p)
        hessian = np.block([[np.diag(spread.sum(axis=1)), spread], [spread.T, np.diag(spread.sum(axis=0))]])
        # What is added to all rows and taken from all columns changes nothing: the least such step is taken.
        step = np.linalg.lstsq(hessian, gradient, rcond=1e-14)[0]
        step /= max(1, np.abs(step).max() / 2)  # no leaps far from the solution
        row, column = row + step[: k.size], column + step[k.size :]
    return p


def upper_tails(probabilities: Array, most: int) -> Array:
    """P(X >= n), n from 0 to `most`, for the sum X of independent yes-or-no with the probabilities of a row.

    Shape (rows, most + 1). Exact (Poisson-binomial distribution, by convolution); only positive numbers are added, so
    small tails keep their digits. What is beyond `most` is added up there.
    """
    mass = np.zeros((probabilities.shape[0], most + 1))
    mass[:, 0] = 1
    for one in probabilities.T[:, :, None]:
        moved = mass * one
        mass *= 1 - one
        mass[:, 1:] += moved[:, :-1]
        mass[:, -1] += moved[:, -1]
    return np.cumsum(mass[:, ::-1], axis=1)[:, ::-1]


def false_discovery_rates(p: Array, count: Array, tested: int) -> Array:
    """Adjusted p-values of Benjamini and Hochberg, for `count` tests of each p; those of other tests are 1.

    q of the i-th smallest p is the least of p_j tested / j over j >= i, at most 1.
    """
    order = np.argsort(p, kind="stable")
    up_to = np.cumsum(count[order])
    raised = np.divide(p[order] * tested, up_to, out=np.ones(p.size), where=up_to > 0)
    adjusted = np.empty(p.size)
    adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1)
    return adjusted
