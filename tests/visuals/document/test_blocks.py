"""What an entry of the appendix says was asked."""

from __future__ import annotations

import json

import pytest

from citydiplomacy.queries.wording.evidence import MeasureValue
from citydiplomacy.visuals.document.blocks import Entry


@pytest.mark.parametrize(
    ("told", "request_"),
    [
        (MeasureValue("ties", (), "agreements"), "ties agreements"),
        (MeasureValue("degree", ("city/mashhad",), "agreements"), "degree agreements city/mashhad"),
        (MeasureValue("common", ("city/mashhad", "city/qom")), "common city/mashhad city/qom"),
    ],
)
def test_a_measure_is_asked_of_some_or_of_the_whole_network(told: MeasureValue, request_: str) -> None:
    assert Entry(1, "", json.dumps(told.as_json())).request == request_
