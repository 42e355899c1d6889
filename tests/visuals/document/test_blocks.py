"""What an entry of the appendix says was asked."""

from __future__ import annotations

import json

import pytest

from citydiplomacy.queries.wording.evidence import AnswerRows, MeasureValue, SetByRule
from citydiplomacy.visuals.document.blocks import Entry
from citydiplomacy.visuals.document.methods import measure_title


@pytest.mark.parametrize(
    "told", [MeasureValue("ties", (), "agreements"), MeasureValue("common", ("city/mashhad",)), SetByRule("peers", 2)]
)
def test_what_no_question_asks_shows_no_key_of_ours(told: MeasureValue | SetByRule) -> None:
    assert Entry(1, "", json.dumps(told.as_json())).request == ""


def test_a_question_shows_the_command_that_asks_it() -> None:
    told = AnswerRows("needs", {"city": "city/mashhad"}, ())
    assert Entry(1, "", json.dumps(told.as_json())).request == "citydip query needs city=city/mashhad"


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "Standing ties (Agreements between cities)"), ("fa", "پیوندهای برقرار (توافق‌های میان شهرها)")],
)
def test_the_title_of_a_measure_says_of_which_network(lang: str, title: str) -> None:
    assert measure_title(MeasureValue("ties", (), "agreements"), lang) == title
