"""The globe on paper: a projection, great circles on it, and the outlines of land and borders.

The projection is Equal Earth (Šavrič, Patterson and Jenny 2018, Int. J. Geographical Information Science 33, 454-465):
areas are true, and of a latitude x grows with the longitude alone. So what crosses the edge of the map is drawn twice,
a turn apart, and the map's outline cuts both.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

FILE = Path(__file__).with_name("natural-earth.json")
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_SQRT3 = np.sqrt(3)
WORLD = 11.0
"""Degrees east of the middle of a map of the world: its edge goes through the Bering Strait and cuts no country."""
WIDE = 120.0
"""Degrees without a place that are worth to turn the map by."""
STEP = 2.0
"""Degrees between two points of a great circle."""


class Outlines(NamedTuple):
    """Land as closed rings, and borders as lines: arrays of (degrees east, degrees north)."""

    land: tuple[Array, ...]
    borders: tuple[Array, ...]


@cache
def outlines() -> Outlines:
    """The shipped outlines; docs/outlines.py makes the file."""
    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    arcs = [np.cumsum(np.array(arc, dtype=np.float64).reshape(-1, 2), axis=0) / read["steps"] for arc in read["arcs"]]
    rings = [
        _closed(np.vstack([arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring])) for ring in read["rings"]
    ]
    return Outlines(tuple(map(_closed, rings)), tuple(arcs[arc] for arc in read["borders"]))


def _closed(ring: Array) -> Array:
    """A ring that goes round the South Pole, Antarctica's, is closed along the lower edge of the map."""
    east = np.unwrap(ring[:, 0], period=360)
    if abs(east[-1] - east[0]) < 180:
        return ring
    return np.vstack([np.column_stack([east, ring[:, 1]]), [[east[-1], -90.0], [east[0], -90.0]]])


def project(east: npt.ArrayLike, north: npt.ArrayLike) -> Array:
    """Points of a map from degrees east of its middle, which may pass 180, and degrees north: rows of x, y.

    In radii of the globe, y upwards.
    """
    theta = np.arcsin(_SQRT3 / 2 * np.sin(np.radians(np.asarray(north, dtype=np.float64))))
    square, sixth = theta**2, theta**6
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = 2 * _SQRT3 / 3 * np.radians(np.asarray(east, dtype=np.float64)) * np.cos(theta) / slope
    y = theta * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))
    return np.column_stack([x, y])


def great_circle_line(one: tuple[float, float], other: tuple[float, float]) -> Array:
    """The shortest way from one place to another: rows of (degrees east, degrees north), without jumps at 180.

    one, other: (degrees north, degrees east). Of two places opposite to each other all ways are as short; one is taken.
    """
    ends = np.array([_vector(*one), _vector(*other)])
    angle = float(np.arccos(np.clip(ends[0] @ ends[1], -1, 1)))
    share = np.linspace(0, 1, max(2, int(np.ceil(np.degrees(angle) / STEP)) + 1))[:, None]
    if np.sin(angle) < 1e-9:  # one place, or its opposite: by way of the nearer pole or of the equator
        turn = _vector(90, 0) if abs(one[0]) < 45 else _vector(0, one[1])
        points = np.cos(share * angle) * ends[0] + np.sin(share * angle) * turn
    else:
        points = (np.sin((1 - share) * angle) * ends[0] + np.sin(share * angle) * ends[1]) / np.sin(angle)
    east = np.degrees(np.unwrap(np.arctan2(points[:, 1], points[:, 0])))
    return np.column_stack([east, np.degrees(np.arcsin(np.clip(points[:, 2], -1, 1)))])


def middle_of(east: Sequence[float]) -> float:
    """The longitude to put into a map's middle, so that its edge lies in the widest gap between places.

    Where that is no wide one the map is of the world, and is cut where the sea is widest: through the Bering Strait.
    """
    if not east:
        return WORLD
    sorted_ = np.unique(np.mod(east, 360))
    gaps = np.diff([*sorted_, sorted_[0] + 360])
    widest = int(np.argmax(gaps))
    if gaps[widest] < WIDE:
        return WORLD
    edge = sorted_[widest] + gaps[widest] / 2
    return float((edge + 180 + 180) % 360 - 180)


def from_middle(east: npt.ArrayLike, middle: float) -> Array:
    """Degrees east of a map's middle: the first point within half a turn, each other nearest to the last."""
    turned = np.unwrap(np.asarray(east, dtype=np.float64) - middle, period=360)
    return np.asarray(turned - 360 * np.round(turned[:1] / 360))


def _vector(north: float, east: float) -> Array:
    north, east = np.radians(north), np.radians(east)
    return np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
