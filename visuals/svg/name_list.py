"""Names that find no room beside their marks: numbered there, and listed at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from citydiplomacy.queries.wording.speech import Speech

from .colors import IN_THE_DARK, more_contrast
from .svg import Svg

MOST_LISTED = 150
"""Names in one list; more would be read by nobody, and are counted."""
NUMBERED = 8.5
"""The least radius of a mark with a number in it."""


def name_list(names: Sequence[str], unnamed: int, lang: str) -> list[str]:
    """Notes that list names by number, from 1 on, and count those beyond and the `unnamed`."""
    say = Speech(lang)
    notes: list[str] = []
    if listed := [f"{say.number(number)} {name}" for number, name in enumerate(names[:MOST_LISTED], 1)]:
        notes.append(say("By number: ", "به شماره: ") + say("; ", "؛ ").join(listed))
    if more := unnamed + len(names) - len(listed):
        number = say.number(more)
        notes.append(say(f"{number} more are marked without a name.", f"{number} نشانهٔ دیگر بی‌نام است."))
    return notes


def number_mark(svg: Svg, x: float, y: float, number: int, on: str) -> None:
    """The number of a name in the middle of its mark: of the colour of paper where the mark turns in the dark as paper
    does, else black or white, whichever stands out more."""
    fill = "white" if on in IN_THE_DARK else more_contrast(on)
    svg.text(x, y + 3.8, Speech(svg.lang).number(number), size=11, anchor="middle", fill=fill, bold=True)
