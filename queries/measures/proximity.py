"""How near two cities are to being tied: by the partners that they share, by what their peers have, on the globe.

Each measure of ties takes `Ties` and the positions of some cities in `Ties.nodes`, and returns an array of a row for
each of these and a column for each node; more is nearer. Only the rows asked for are made. NaN is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_array, diags_array

from citydiplomacy.graph.globe import EARTH_RADIUS_KM, great_circle

from .centrality import Array, Ties, degree


def common_neighbours(ties: Ties, rows: Sequence[int] | Array) -> Array:
    """How many partners are common, |N(a) & N(b)|: 0 or more (Newman 2001, Phys. Rev. E 64, 025102)."""
    return _over_common(ties, rows, np.ones(len(ties.nodes)))


def adamic_adar(ties: Ties, rows: Sequence[int] | Array) -> Array:
    """Sum over common partners of 1 / ln k, k being a partner's own partners: 0 or more.

    Adamic and Adar 2003, Social Networks 25, 211-230: who is tied to few tells more than who is tied to all.
    """
    degrees = degree(ties)
    with np.errstate(divide="ignore"):
        weights = np.where(degrees > 1, 1 / np.log(np.maximum(degrees, 1)), 0)  # with one partner it is common to none
    return _over_common(ties, rows, weights)


def resource_allocation(ties: Ties, rows: Sequence[int] | Array) -> Array:
    """Sum over common partners of 1 / k, k being a partner's own partners: 0 or more.

    Zhou, Lü and Zhang 2009, Eur. Phys. J. B 71, 623-630: what b gets if a gives each partner one unit to share out.
    """
    return _over_common(ties, rows, 1 / np.maximum(degree(ties), 1))


def jaccard(ties: Ties, rows: Sequence[int] | Array) -> Array:
    """Common partners as a share of the partners of either: 0 to 1 (Jaccard 1901)."""
    common, degrees = common_neighbours(ties, rows), degree(ties)
    return np.asarray(common / np.maximum(degrees[rows][:, None] + degrees - common, 1))


def preferential_attachment(ties: Ties, rows: Sequence[int] | Array) -> Array:
    """Product of the numbers of partners (Newman 2001; Barabási et al. 2002, Physica A 311, 590-614)."""
    degrees = degree(ties).astype(np.float64)
    return np.outer(degrees[rows], degrees)


def three_steps(ties: Ties, rows: Sequence[int] | Array) -> Array:
    """Sum over paths a-u-v-b of 1 / sqrt(k_u k_v): 0 or more.

    Kovács et al. 2019, Nature Communications 10, 1240, eq. 1: the partners of those that resemble a, where like is
    seldom tied to like.
    """
    scaled = diags_array(1 / np.sqrt(np.maximum(degree(ties), 1)))
    return np.asarray((ties.adjacency[rows] @ scaled @ ties.adjacency @ scaled @ ties.adjacency).toarray())


def group_partners(ties: Ties, rows: Sequence[int] | Array, groups: Array) -> Array:
    """How many others of a city's group (its country, its size and region) are tied to each node: 0 or more.

    groups: the number of each node's group, -1 where unknown; a row of such a city is NaN.
    """
    known = np.flatnonzero(groups >= 0)
    shape = (int(groups.max(initial=0)) + 1, len(ties.nodes))
    among = csr_array((np.ones(known.size), (groups[known], known)), shape=shape) @ ties.adjacency
    own = ties.adjacency[rows].toarray()
    result = among[np.maximum(groups[rows], 0)].toarray() - own
    result[groups[rows] < 0] = np.nan
    return np.asarray(result)


def distance(latitude: Array, longitude: Array, rows: Sequence[int] | Array) -> Array:
    """Great-circle distance in km from some places to all, from degrees north and east; NaN where one is unknown."""
    here = latitude[rows][:, None], longitude[rows][:, None]
    return np.asarray(great_circle(*here, latitude, longitude, np))


def nearer_than(latitude: Array, longitude: Array, kilometres: float) -> Array:
    """Pairs of positions of places less than so many kilometres apart, each once; none of one whose place is unknown.

    Degrees north and east. Found by the chord, of 2 sin(d / 2r), among the points of a grid of cubes as wide (Bentley,
    Stanat and Williams 1977, Information Processing Letters 6, 209-212), so that the work grows with the pairs.
    (scipy's k-d tree would do, but takes three times as long to import as this for ten thousand places.)
    """
    known = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
    north, east = np.radians(latitude[known]), np.radians(longitude[known])
    points = np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=-1)
    chord = 2 * np.sin(kilometres / EARTH_RADIUS_KM / 2)
    wide = 2 * int(np.ceil(1 / chord)) + 3  # cubes along an edge of the grid, an empty one at each end
    cubes = (np.floor(points / chord).astype(np.int64) + wide // 2) @ np.array([wide**2, wide, 1])
    order = np.argsort(cubes, kind="stable")
    points, cubes, known = points[order], cubes[order], known[order]
    pairs = []
    for step in (0, wide, wide**2 - wide, wide**2, wide**2 + wide):  # to columns of three cubes, each two meet once
        first = np.searchsorted(cubes, cubes + step - 1) if step else np.arange(1, known.size + 1)
        number = np.searchsorted(cubes, cubes + step + 1, side="right") - first
        one = np.repeat(np.arange(known.size), number)
        other = np.arange(one.size) + np.repeat(first - np.cumsum(number) + number, number)
        near = ((points[one] - points[other]) ** 2).sum(axis=1) <= chord**2
        pairs.append(np.stack([known[one[near]], known[other[near]]], axis=-1))
    return np.concatenate(pairs)


def borda(parts: Iterable[Array]) -> Array:
    """One score of several, more being better in each: the mean over the parts of the share of others that are worse.

    Borda's count (Dwork et al. 2001, WWW 10, 613-622), 0 to 1, each row by itself; equals share their places, and what
    is unknown (NaN) stands in the middle, neither for nor against. Minus infinity is no candidate and scores 0.
    """
    return np.asarray(np.mean([_places(np.asarray(part)) for part in parts], axis=0))


def _places(part: Array) -> Array:
    """The share of a row's other known candidates that are worse, equals counted half."""
    result = np.zeros(part.shape)
    for row, values in zip(result, part, strict=True):
        known, unknown = np.isfinite(values), np.isnan(values)
        row[unknown] = 0.5
        _, place, equal = np.unique(values[known], return_inverse=True, return_counts=True)
        worse = np.cumsum(equal) - (equal + 1) / 2
        row[known] = worse[place] / (known.sum() - 1) if known.sum() > 1 else 0.5
    return result


def _over_common(ties: Ties, rows: Sequence[int] | Array, weights: Array) -> Array:
    """Sums of weights over common partners."""
    return np.asarray((ties.adjacency[rows] @ diags_array(weights) @ ties.adjacency).toarray())
