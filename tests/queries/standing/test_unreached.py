"""A list of world regions that is too long for a sentence is told in parts of like length."""

from __future__ import annotations

import pytest

from citydiplomacy.queries.standing.unreached import MOST_REGIONS, _even
from citydiplomacy.queries.wording.phrases import Phrase


@pytest.mark.parametrize("number", [6, 9, 10, 11, 12, 16, 22])
def test_no_sentence_is_left_with_one_name_alone(number: int) -> None:
    names = [Phrase(str(place)) for place in range(number)]
    parts = _even(names)
    assert [name for part in parts for name in part] == names
    lengths = {len(part) for part in parts}
    assert max(lengths) <= MOST_REGIONS
    assert max(lengths) - min(lengths) <= 1
