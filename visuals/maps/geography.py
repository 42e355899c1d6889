"""The globe on paper: a projection, great circles on it, and the outlines of land and borders.

The projection is Equal Earth (Šavrič, Patterson and Jenny 2018, Int. J. Geographical Information Science 33, 454-465):
areas are true, and of a latitude x grows with the longitude alone. So what crosses the edge of the map is drawn twice,
a turn apart, and the map's outline cuts both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

FILE = Path(__file__).with_name("natural-earth.json")
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_SQRT3 = np.sqrt(3)
WORLD = 11.0
"""Degrees east of the middle of a map of the world: its edge goes through the Bering Strait and cuts no country."""
WIDE = 120.0
"""Degrees without a place that are worth to turn the map by."""
STEP = 2.0
"""Degrees between two points of a great circle."""


@dataclass(frozen=True, eq=False)
class Lines:
    """Many lines: rows of points, one line after the other, and where each begins. No line is without a point.

    On the globe a point is (degrees east, degrees north).
    """

    points: Array
    starts: Indices

    @classmethod
    def of(cls, lines: Sequence[Array]) -> Self:
        """From rows of points a line."""
        lengths = np.array([len(points) for points in lines], dtype=np.int64)
        return cls(np.vstack([np.empty((0, 2)), *lines]), np.cumsum(lengths) - lengths)

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Array]:
        return iter(np.split(self.points, self.starts[1:]) if len(self) else ())

    def each(self, of_line: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """To each point what is told of its line."""
        return np.repeat(of_line, np.diff(self.starts, append=len(self.points)), axis=0)


class Outlines(NamedTuple):
    """Land as closed rings, and borders as lines."""

    land: Lines
    borders: Lines


@cache
def outlines() -> Outlines:
    """The shipped outlines; docs/outlines.py makes the file."""
    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    arcs = [np.cumsum(np.array(arc, dtype=np.float64).reshape(-1, 2), axis=0) / read["steps"] for arc in read["arcs"]]
    rings = [
        _closed(np.vstack([arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring])) for ring in read["rings"]
    ]
    return Outlines(Lines.of(list(map(_closed, rings))), Lines.of([arcs[arc] for arc in read["borders"]]))


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


def great_circles(ones: npt.ArrayLike, others: npt.ArrayLike) -> Lines:
    """The shortest ways from places to others: points (degrees east, degrees north), without jumps at 180.

    ones, others: as many rows of (degrees north, degrees east). Of two places opposite to each other all ways are as
    short; one is taken.
    """
    ones, others = (np.asarray(ends, dtype=np.float64).reshape(-1, 2) for ends in (ones, others))
    begin, end = _vectors(*ones.T), _vectors(*others.T)
    angle = np.arccos(np.clip((begin * end).sum(axis=1), -1, 1))
    steps = np.maximum(1, np.ceil(np.degrees(angle) / STEP).astype(np.int64))
    starts = np.cumsum(steps + 1) - (steps + 1)
    way = np.repeat(np.arange(len(steps)), steps + 1)
    share = (np.arange(len(way)) - starts[way]) / steps[way]
    # One place, or its opposite: by way of the nearer pole or of the equator.
    straight = np.sin(angle) < 1e-9
    by_pole = (np.abs(ones[:, 0]) < 45)[:, None]
    turn = np.where(by_pole, _vectors(np.array([90.0]), np.zeros(1)), _vectors(np.zeros(len(ones)), ones[:, 1]))
    whole = np.where(straight, 1.0, np.sin(angle))[way]
    one = np.where(straight[way], np.cos(share * angle[way]), np.sin((1 - share) * angle[way]) / whole)
    other = np.sin(share * angle[way]) / whole
    points = one[:, None] * begin[way] + other[:, None] * np.where(straight[:, None], turn, end)[way]
    east, north = np.arctan2(points[:, 1], points[:, 0]), np.arcsin(np.clip(points[:, 2], -1, 1))
    lines = Lines(np.degrees(np.column_stack([east, north])), starts)
    return Lines(np.column_stack([unwrapped(lines), lines.points[:, 1]]), starts)


def unwrapped(lines: Lines) -> Array:
    """Degrees east without jumps: each point but a line's first is taken at its turn nearest to the last."""
    east, starts = lines.points[:, 0], lines.starts
    turns = -np.round(np.diff(east, prepend=east[:1]) / 360)
    turns[starts] = 0
    turns = np.cumsum(turns)
    return np.asarray(east + 360 * (turns - lines.each(turns[starts])))


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


def from_middle(lines: Lines, middle: float) -> Array:
    """Degrees east of a map's middle of the points of lines: each line's first point within half a turn of it."""
    turned = unwrapped(lines) - middle
    return np.asarray(turned - lines.each(360 * np.round(turned[lines.starts] / 360)))


def _vectors(north: Array, east: Array) -> Array:
    """Points of the unit sphere, a row each."""
    north, east = np.radians(north), np.radians(east)
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
