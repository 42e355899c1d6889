"""The columns of a table on paper: no word is cut, and no table is wider than its page."""

from __future__ import annotations

import pytest

from citydiplomacy.visuals.svg.text_width import text_width
from citydiplomacy.visuals.writers.columns import SIZES, fitted
from citydiplomacy.visuals.writers.docx import WIDTH

EDGES = 6.0
"""Points that the cells of a paper keep free beside a text."""


@pytest.mark.parametrize("titles", [("وضعیت", "از"), ("Memorandum", "MWM"), ("یک", "دو")])
def test_a_column_has_room_for_its_widest_word_in_bold(titles: tuple[str, ...]) -> None:
    rows = [(*titles, *["what tells much and " * 20] * 4)]
    size, widths = fitted(rows)
    point = WIDTH / 25.4 * 72 / sum(widths)
    for title, width in zip(titles, widths, strict=False):
        assert text_width(title, size, bold=True) + EDGES <= width * point


def test_a_word_of_thousands_of_letters_leaves_room_for_the_other_columns() -> None:
    """A line may end within it, as within no word of a language."""
    size, widths = fitted([("City", "For"), ("L" * 10_000, "what speaks for it " * 5)])
    assert size == SIZES[0][1]
    assert sum(widths) <= SIZES[0][2] + 0.1
