"""The globe on paper: figures of the paper on Equal Earth, great circles as long as they are, no jumps."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.graph.globe import great_circle
from citydiplomacy.visuals.maps.geography import WORLD, Lines, from_middle, great_circles, middle_of, outlines, project

PLACES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_the_projection_is_equal_earth() -> None:
    """Width 2.066 times the height, poles 0.59 times as long as the equator (Šavrič, Patterson and Jenny 2018)."""
    (x, _), (_, y), (pole, _) = project([180, 0, 180], [0, 90, 90])
    assert x / y == pytest.approx(2.0546, abs=1e-4)
    assert pole / x == pytest.approx(0.5915, abs=2e-3)


@given(st.floats(-85, 85), st.floats(-175, 175))
def test_areas_are_true(north: float, east: float) -> None:
    step = 1e-3
    a, b, c = project([east, east + step, east], [north, north, north + step])
    area = abs((b - a)[0] * (c - a)[1] - (b - a)[1] * (c - a)[0])
    assert area == pytest.approx(np.radians(step) ** 2 * np.cos(np.radians(north)), rel=2e-3)


@given(PLACES, PLACES)
def test_a_way_is_the_shortest_and_has_no_jumps(one: tuple[float, float], other: tuple[float, float]) -> None:
    (way,) = great_circles([one], [other])
    steps = [great_circle(n1, e1, n2, e2) for (e1, n1), (e2, n2) in pairwise(way)]
    assert sum(steps) == pytest.approx(great_circle(*one, *other), rel=1e-6, abs=1e-3)
    for place, (east, north) in ((one, way[0]), (other, way[-1])):
        assert great_circle(*place, north, east) < 0.1
    assert np.abs(np.diff(way[:, 0])).max() <= 180


def test_a_map_is_cut_where_nothing_lies() -> None:
    assert middle_of([140, -122]) == pytest.approx(-171)  # Tokyo and San Francisco: the Pacific in the middle
    assert middle_of([59.6]) == pytest.approx(59.6)
    assert middle_of([]) == WORLD
    assert middle_of([-120, -30, 60, 140]) == WORLD  # no gap that is wide


def test_outlines_have_no_line_across_the_map() -> None:
    """Rings that cross the antimeridian go on beyond it; borders are the lines between two countries alone."""
    for ring in outlines().land:
        east = from_middle(Lines.of([ring]), 0)
        assert abs(east[-1] - east[0]) < 180 or (ring[-2:, 1] == -90).all()
        assert np.abs(np.diff(east)).max() <= 360
    assert len(outlines().borders) > 300
