"""Names beside marks: inside the frame, over no other name and no mark of others."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.visuals.svg.labels import Box, MarkName, Placed, place
from citydiplomacy.visuals.svg.text_width import text_width

FRAME = Box(0, 0, 400, 300)
NAMES = st.lists(
    st.builds(
        lambda x, y, text: MarkName(x, y, 5, (text,), 11),
        st.floats(0, 400),
        st.floats(0, 300),
        st.sampled_from(["Mashhad", "Kuala Lumpur", "مشهد", "سازمان شهرها", "X"]),
    ),
    max_size=40,
)


def box(found: Placed, rtl: bool) -> tuple[float, float, float, float]:
    width = text_width(found.text, 11)
    leftwards = (found.anchor == "begin") == rtl
    left = found.x - width / 2 if found.anchor == "middle" else found.x - width if leftwards else found.x
    return left, found.y - 0.78 * 11, left + width, found.y + 0.34 * 11


@given(NAMES, st.booleans())
def test_no_name_lies_on_another_or_on_a_mark_or_outside(names: list[MarkName], rtl: bool) -> None:
    marks = [(name.x, name.y, name.radius) for name in names]
    found = place(names, FRAME, marks, rtl=rtl)
    boxes = [(name, box(one, rtl)) for name, one in zip(names, found, strict=True) if one]
    for name, (x0, y0, x1, y1) in boxes:
        assert x0 >= -1e-6
        assert y0 >= -1e-6
        assert x1 <= 400 + 1e-6
        assert y1 <= 300 + 1e-6
        for x, y, radius in marks:
            if (x, y) != (name.x, name.y):
                nearest = min(max(x, x0), x1), min(max(y, y0), y1)
                assert (nearest[0] - x) ** 2 + (nearest[1] - y) ** 2 >= radius**2 - 1e-6
    for number, (_, one) in enumerate(boxes):
        for _, other in boxes[:number]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_a_name_with_room_stands_where_reading_goes_on() -> None:
    mark = (200.0, 150.0, 5.0)
    (english,) = place([MarkName(*mark, ("Mashhad",), 11)], FRAME, [mark], rtl=False)
    (persian,) = place([MarkName(*mark, ("مشهد",), 11)], FRAME, [mark], rtl=True)
    assert english is not None
    assert persian is not None
    assert (english.anchor, persian.anchor) == ("begin", "begin")
    assert persian.x < 200 < english.x


def test_a_bold_name_is_written_over_marks_before_it_is_left_out() -> None:
    marks = [(x, y, 8.0) for x in range(0, 400, 10) for y in range(0, 300, 10)]
    for bold in (True, False):
        (found,) = place([MarkName(200, 150, 8, ("Mashhad",), 13, bold)], FRAME, marks, rtl=False)
        assert (found is not None) is bold
    names = [MarkName(200, 150, 8, ("Mashhad",), 13, True), MarkName(210, 150, 8, ("Tehran",), 13, True)]
    one, other = place(names, FRAME, marks, rtl=False)
    assert one is not None
    assert other is not None
    assert (one.x, one.y) != (other.x, other.y)


def test_a_shorter_name_stands_where_the_longer_has_no_room() -> None:
    mark = (390.0, 150.0, 5.0)
    (found,) = place(
        [MarkName(*mark, ("A name that is far too long for the room " * 3, "M"), 11)], FRAME, [mark], rtl=False
    )
    assert found is not None
    assert found.text == "M"


def test_a_name_lies_nearer_to_its_own_mark_than_to_any_other() -> None:
    """Where the sides are taken, a name aslant of its mark would be read as that of the mark above it."""
    mark, above = (200.0, 150.0, 4.0), (228.0, 128.0, 4.0)
    around = [(200.0, 162.0, 4.0), (200.0, 138.0, 4.0), (212.0, 150.0, 4.0), (188.0, 150.0, 4.0)]
    (found,) = place([MarkName(*mark, ("Dubai",), 11)], FRAME, [mark, above, *around], rtl=False)
    if found is not None:
        x0, y0, x1, y1 = box(found, rtl=False)

        def away(x: float, y: float, radius: float) -> float:
            return float(np.hypot(x - min(max(x, x0), x1), y - min(max(y, y0), y1)) - radius)

        assert all(away(*mark) < away(*other) for other in (above, *around))


def test_a_line_to_a_name_goes_through_no_other_mark() -> None:
    mark, below = (200.0, 150.0, 7.0), (203.0, 168.0, 7.0)
    beside = [(x, 150.0, 4.0) for x in (188.0, 212.0)] + [(x, 138.0, 4.0) for x in (190.0, 200.0, 210.0)]
    (found,) = place([MarkName(*mark, ("Isfahan",), 14, bold=True)], FRAME, [mark, below, *beside], rtl=False)
    assert found is None or not found.leads or found.y < 168 or abs(found.x - 203) > 7
