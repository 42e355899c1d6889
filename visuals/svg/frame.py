"""What stands round every figure: its title, what is drawn how, and at the foot what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .labels import Box
from .svg import GREY, INK, Svg
from .text_width import text_width, wrapped

WIDTH = 720.0
MARGIN = 16.0
INNER = WIDTH - 2 * MARGIN
"""Units between the margins."""
SMALL = 11.0
"""The smallest letters: 7.6 points on a page of paper, where a drawing is as wide as the text."""


@dataclass(frozen=True)
class KeyLine:
    """A line of the key: a label, and what draws its sign round a point (x, y)."""

    label: str
    sign: Callable[[Svg, float, float], None]


@dataclass(frozen=True)
class Caption:
    """The words of a figure: title, a line under it, the key, and notes (source, licence, day, what is not drawn)."""

    title: str
    subtitle: str = ""
    key: Sequence[KeyLine] = ()
    notes: Sequence[str] = ()


def framed(caption: Caption, body_height: float, *, lang: str, width: float = WIDTH) -> tuple[Svg, Box]:
    """A drawing with its words and the empty box in the middle, as wide as the drawing and `body_height` high."""
    inner = width - 2 * MARGIN
    titles = wrapped(caption.title, 17, inner, bold=True)
    subtitles = wrapped(caption.subtitle, 12, inner)
    keys = _rows(caption.key, inner)
    notes = [line for note in caption.notes for line in wrapped(note, SMALL, inner)]
    top = MARGIN / 2 + 23 * len(titles) + 17 * len(subtitles) + 20 * len(keys) + 8
    height = top + body_height + (10 + 15 * len(notes) if notes else 0) + MARGIN / 2
    svg = Svg(width, height, lang=lang, title=caption.title, description=" ".join((caption.subtitle, *caption.notes)))
    svg.add("rect", width=width, height=height, fill="white")
    y = MARGIN / 2
    for text in titles:
        y += 23
        svg.text(svg.begin(MARGIN), y - 6, text, size=17, bold=True, fill=INK)
    for text in subtitles:
        y += 17
        svg.text(svg.begin(MARGIN), y - 5, text, size=12, fill=GREY)
    for row in keys:
        y += 20
        for x, key in row:
            key.sign(svg, svg.begin(x + 12), y - 9)
            svg.text(svg.begin(x + 28), y - 5, key.label, size=SMALL)
    for number, text in enumerate(notes):
        svg.text(svg.begin(MARGIN), top + body_height + 20 + 15 * number, text, size=SMALL, fill=GREY)
    return svg, Box(MARGIN, top, inner, body_height)


def _rows(keys: Sequence[KeyLine], width: float) -> list[list[tuple[float, KeyLine]]]:
    """The key in rows, each entry at its distance from the side where reading begins."""
    rows: list[list[tuple[float, KeyLine]]] = []
    x = width
    for key in keys:
        needed = 28 + text_width(key.label, SMALL) + 18
        if x + needed > MARGIN + width:
            rows.append([])
            x = MARGIN
        rows[-1].append((x, key))
        x += needed
    return rows
