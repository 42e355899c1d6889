"""Bent lines of few numbers, for drawings of thousands of them."""

from __future__ import annotations

from math import ceil

import numpy as np
import numpy.typing as npt

from .svg import pair

OFF = 0.3
"""Units that a curve may lie off its way."""
_BEND = 125.0
"""A parabola through a cubic at both ends of a stretch and in its middle lies off it by no more than the third
difference, times the cube of the stretch in steps, through this: 0.385 / 48 = 1 / 125."""


def curve(points: npt.NDArray[np.float64]) -> str:
    """The `d` of a path of parabolas that lies no further than `OFF` from a way, to a tenth of a unit.

    points: rows of x, y, two or more, at equal steps of the way.

    >>> curve(np.array([[0.0, 0.0], [5.0, 3.0], [10.0, 4.0], [15.0, 3.0], [20.0, 0.0]]))
    'M0 0q10 8 20 0'
    """
    steps = len(points) - 1
    bend = float(np.hypot(*np.diff(points, 3, axis=0).T).max(initial=0.0))
    parts = min(steps, max(1, ceil(steps * (bend / _BEND / OFF) ** (1 / 3))))
    at = np.linspace(0, steps, 2 * parts + 1)
    x, y = (np.interp(at, np.arange(steps + 1), way) for way in points.T)
    way = np.column_stack([x, y])
    ends = np.round(way[::2] * 10).astype(int)
    turns = np.round((2 * way[1::2] - (way[:-2:2] + way[2::2]) / 2) * 10).astype(int)
    begins = ends[:-1]
    drawn = np.column_stack([turns - begins, ends[1:] - begins])
    return f"M{pair(*ends[0].tolist())}q{pair(*drawn.ravel().tolist())}"
