"""Texts keep their parts; what is counted in rows says of what it was counted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from citydiplomacy.graph.model.values import Date
from citydiplomacy.queries.wording.evidence import AnswerRows, Figure, How, Label, Named, Reckoned, SetByRule, Take
from citydiplomacy.queries.wording.phrases import Mark, Phrase
from citydiplomacy.queries.wording.rows import Rows
from citydiplomacy.queries.wording.speech import LONG, Speech

EN, FA = Speech("en"), Speech("fa")
THREE = Figure(3, SetByRule("three", 3))
AYLA = Named("Ayla", "city/ayla", Label("city/ayla"))
ASKED = AnswerRows("needs", {"city": "city/ayla"})
ROWS = Rows(
    [
        {"need": "need/a", "need_name": "A", "axis": "axis/x", "score": 3, "panel_size": 6},
        {"need": "need/b", "need_name": "B", "axis": "axis/x", "score": None, "panel_size": None},
        {"need": "need/a", "need_name": "A", "axis": "axis/x", "score": 1, "panel_size": 4},
        {"need": "need/c", "need_name": "C", "axis": None, "score": 2, "panel_size": 4},
    ],
    ASKED,
)


def test_a_phrase_is_its_text_and_keeps_its_marks() -> None:
    phrase = EN("{city} has {ties}", "{city}: {ties} پیوند", city=AYLA, ties=EN.counted(THREE, "tie"))
    assert phrase == "Ayla has 3 ties"
    assert [(mark.text, mark.value) for mark in phrase.marks] == [("Ayla", "city/ayla"), ("3", 3)]
    assert (
        FA("{city}: {ties} پیوند", "{city}: {ties} پیوند", city="آیلا", ties=FA.counted(THREE, "tie"))
        == "آیلا: ۳ پیوند"
    )
    for made in (
        phrase + " now",
        "and " + phrase,
        EN.sentence(phrase, "so it is"),
        EN.quoted(phrase),
        Phrase("", phrase),
    ):
        assert made.marks == phrase.marks
        assert "".join(part.text if isinstance(part, Mark) else part for part in made.parts) == made
    assert EN.sentence("a", "", phrase) == "A; Ayla has 3 ties."
    assert EN.sentence(Phrase(Mark("al-Hilla", "city/hilla", Label("city/hilla")), " is")).marks[0].text == "Al-Hilla"
    assert not EN.sentence("", "")
    with pytest.raises(KeyError):
        EN("{city}", "{city}", town=AYLA)


def test_names_that_are_too_many_are_counted_by_a_mark() -> None:
    six = Figure(6, SetByRule("six", 6))
    text = EN.names([AYLA, *"bcdef"], most=3, total=six)
    assert text == "Ayla, b, c and 3 more"
    assert text.marks[1].evidence == Reckoned(How.DIFFERENCE, (six.evidence, SetByRule("told by name", 3)))
    assert EN.names([AYLA, "b"], numbers=[THREE, 4]) == "Ayla (3) and b (4)"


def test_long_sentences_become_two() -> None:
    clause = "x" * (LONG // 2 - 2)
    assert [len(sentence) for sentence in EN.sentences(clause, clause, "", "y")] == [LONG - 1, 2]
    assert EN.sentences("z" * 300, "y") == ("Z" + "z" * 299 + ".", "Y.")


def test_figures_of_rows_say_what_was_counted() -> None:
    on_axis = ROWS.where(axis="axis/x").without(score=None)
    where = (("axis", True, ("axis/x",)), ("score", False, (None,)))
    assert on_axis.number() == Figure(2, AnswerRows("needs", ASKED.parameters, where, take=Take.ROWS))
    assert ROWS.distinct("axis") == Figure(1, AnswerRows("needs", ASKED.parameters, take=Take.DISTINCT, column="axis"))
    assert ROWS.where(need=["need/a", "need/c"]).number().value == 3
    first = ROWS.first_of("need")
    assert first.number().value == 3
    assert first.sum("score", per="panel_size").value == Decimal(1)
    assert first.sum("score").value == 5
    assert [each.name for each in ROWS.names("need")] == ["A", "B", "C"]
    kept = ROWS.where(need=first.where(score=2).values("need"))
    assert kept.number().value == 1
    assert kept.number().evidence.as_json() == {
        "question": "needs",
        "parameters": {"city": "city/ayla"},
        "where": {
            "need": {
                "question": "needs",
                "parameters": {"city": "city/ayla"},
                "where": {"score": [2]},
                "first_of": "need",
                "take": "values",
                "column": "need",
            }
        },
        "take": "rows",
    }


def test_a_date_is_a_mark() -> None:
    rows = Rows([{"since": "1392-01", "end": None}, {"since": "2014", "end": None}], ASKED)
    assert rows.where(since="2014").date("end") is None
    text = FA("{when}", "از {when}", when=rows.where(since="2014").date("since") or "")
    assert text == f"از {FA.date(Date('2014', dt.date(2014, 1, 1), dt.date(2014, 12, 31)))}"
    assert text.as_json()[1] == {
        "text": text.marks[0].text,
        "date": "2014",
        "from": {
            "question": "needs",
            "parameters": {"city": "city/ayla"},
            "where": {"since": ["2014"]},
            "take": "value",
            "column": "since",
        },
    }


def test_numbers_are_reckoned_from_others() -> None:
    two = Figure(2, SetByRule("two", 2))
    assert [(figure.value, figure.evidence.as_json()["reckoned"]) for figure in (THREE + two, THREE - two)] == [
        (5, "sum"),
        (1, "difference"),
    ]
    share = EN.percent(two, THREE)
    assert share == "67 %"
    assert share.as_json() == [
        {
            "text": "67 %",
            "value": 67,
            "from": {"reckoned": "share", "of": [{"rule": "two", "value": 2}, {"rule": "three", "value": 3}]},
        }
    ]
    assert FA.rank(THREE).marks[0].value == 3
