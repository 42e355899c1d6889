"""Names longer than any name: sentences tell their beginning, and who is meant stays with the mark."""

from __future__ import annotations

from citydiplomacy.queries.wording.evidence import Label, Named
from citydiplomacy.queries.wording.phrases import LONGEST_NAME
from citydiplomacy.queries.wording.speech import Speech


def test_a_sentence_tells_the_beginning_of_a_name_that_is_no_name() -> None:
    say = Speech("fa")
    long = say("{city}", "{city}", city=Named("م" * 10_000, "city/long", Label("city/long")))
    assert len(long) < LONGEST_NAME
    assert long.endswith("…")
    assert long.marks[0].value == "city/long"
    real = "Kingdom of " + "x" * (LONGEST_NAME - 11)
    assert say("{city}", "{city}", city=Named(real, "city/real", Label("city/real"))) == real
