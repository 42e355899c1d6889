"""The parts of the conditional logit of networks, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from citydiplomacy.queries.measures.choice import Cities
from citydiplomacy.queries.measures.joining import company, nearest, of_country, parts
from citydiplomacy.queries.measures.projections import TwoMode

PLACES = TwoMode.of(
    {
        (city, body): 1
        for city, bodies in {"a": "XY", "b": "XY", "c": "X", "d": "YZ", "e": "Z"}.items()
        for body in bodies
    }
)
COUNTRY = np.array([0, 0, 1, 1, -1])
KNOWN = Cities(COUNTRY, np.zeros(5), np.array([0, 1, 2, np.nan, 9]), np.full(5, np.nan))


def test_members_of_the_country_and_those_by_lot() -> None:
    inside, expected = of_country(PLACES, COUNTRY)
    assert inside.tolist() == [[2, 2, 0], [1, 1, 1]]  # e is of an unknown country
    assert expected[0].tolist() == pytest.approx([4 * 3 / 7, 4 * 3 / 7, 4 * 1 / 7])


def test_who_is_nearest_and_the_city_itself_is_not() -> None:
    who, away = nearest(PLACES, KNOWN, [0, 3])
    assert who[0].tolist() == [1, 1, 4]  # of X and Y it is b, though a is in them
    assert away[0, 0] == pytest.approx(111.2, abs=0.1)
    assert away[0, 2] == pytest.approx(9 * away[0, 0])
    assert np.isnan(away[1]).all()  # where d lies is unknown


def test_which_networks_share_members() -> None:
    found = company(PLACES)  # a, b and d are in several: X has 2 of them, Y 3, Z 1
    assert found[0, 1] == pytest.approx(math.log((2 + 1) / (2 * 3 / 3 + 1)))
    assert found[0, 2] == pytest.approx(math.log((0 + 1) / (2 * 1 / 3 + 1)))
    assert found.diagonal().tolist() == [0, 0, 0]


def test_parts_of_a_city() -> None:
    found = {name: part[:, 2] for name, part in parts(PLACES, KNOWN, [0, 4]).items()}
    assert found["members"].tolist() == pytest.approx([math.log(3), math.log(2)])  # e itself does not count
    assert found["countries"][0] == pytest.approx(math.log(1 / (4 / 7 + 1)))
    assert np.isnan(found["countries"][1])
    shared = company(PLACES)
    assert found["company"].tolist() == pytest.approx([(shared[0, 2] + shared[1, 2]) / 2, 0])
