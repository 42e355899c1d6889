"""Curves of few numbers lie where the way lay, wherever on the globe it goes."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.visuals.maps.geography import great_circles, project
from citydiplomacy.visuals.svg.curves import OFF, curve

ROUNDED = 0.1
"""A curve is written to a tenth of a unit, so that its ends and its turns lie so far off at most."""


def sampled(path: str) -> np.ndarray:
    """Points of a path of parabolas, close to one another."""
    numbers = np.array([float(each) for each in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", path)])
    at = numbers[:2]
    share = np.linspace(0, 1, 40)[:, None]
    found = [at[None]]
    for turn, end in numbers[2:].reshape(-1, 2, 2):
        found.append(at + 2 * share * (1 - share) * turn + share**2 * end)
        at = at + end
    return np.vstack(found)


def distances(points: np.ndarray, way: np.ndarray) -> np.ndarray:
    """How far each point lies from a way of straight pieces."""
    begin, along = way[:-1], np.diff(way, axis=0)
    share = ((points[:, None] - begin) * along).sum(2) / np.maximum((along**2).sum(1), 1e-12)
    return np.hypot(*(begin + np.clip(share, 0, 1)[..., None] * along - points[:, None]).transpose(2, 0, 1)).min(axis=1)


@given(st.floats(-170, 170), st.floats(-80, 80), st.floats(1, 600))
def test_a_curve_lies_where_the_way_lay_in_both_directions(east: float, north: float, scale: float) -> None:
    (way,) = great_circles([(0.0, 40.0)], [(east, north)])
    drawn = project(way[:, 0], way[:, 1]) * scale
    seen = sampled(curve(drawn))
    assert distances(seen, drawn).max() <= OFF + ROUNDED
    assert distances(drawn, seen).max() <= OFF + ROUNDED


def test_a_long_way_is_a_few_parabolas() -> None:
    (way,) = great_circles([(36.3, 59.6)], [(-33.9, 151.2)])
    path = curve(project(way[:, 0], way[:, 1]) * 130)
    assert len(path) < 90
    assert path.count("M") == 1
