"""Distance on the globe: the one formula, for two places or for whole arrays of them."""

from __future__ import annotations

import math
from typing import Any

EARTH_RADIUS_KM = 6371.0088
"""The mean radius of WGS 84 (Moritz 2000, J. Geodesy 74, 128-133)."""


def great_circle(north: Any, east: Any, other_north: Any, other_east: Any, maths: Any = math) -> Any:
    """Kilometres between places given in degrees north and east: numbers with `math`, arrays with `numpy`.

    The haversine formula (Sinnott 1984, Sky and Telescope 68, 159) on a sphere: within 0.6 % of the ellipsoid.
    """
    north, east, other_north, other_east = map(maths.radians, (north, east, other_north, other_east))
    rise = maths.sin((other_north - north) / 2) ** 2
    turn = maths.sin((other_east - east) / 2) ** 2
    half = rise + maths.cos(north) * maths.cos(other_north) * turn
    # Rounding can bring half a hair above 1 at the other side of the globe.
    return 2 * EARTH_RADIUS_KM * maths.atan2(maths.sqrt(half), maths.sqrt(abs(1 - half)))


def bearing(north: float, east: float, other_north: float, other_east: float) -> float:
    """The direction in which a great circle leads from one place to another, in degrees clockwise from north, 0 to 360.

    The initial course of navigation: atan2(sin(dl) cos(p2), cos(p1) sin(p2) - sin(p1) cos(p2) cos(dl)).
    """
    here, there, turn = map(math.radians, (north, other_north, other_east - east))
    ahead = math.cos(here) * math.sin(there) - math.sin(here) * math.cos(there) * math.cos(turn)
    return math.degrees(math.atan2(math.sin(turn) * math.cos(there), ahead)) % 360
