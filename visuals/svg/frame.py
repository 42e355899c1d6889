"""What stands round every figure: its title, what is drawn how, and at the foot what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .labels import Box
from .svg import GREY, INK, Svg
from .text_width import text_width, wrapped

WIDTH = 1000.0
MARGIN = 24.0


@dataclass(frozen=True)
class Key:
    """A line of the key: a label, and what draws its sign round a point (x, y)."""

    label: str
    sign: Callable[[Svg, float, float], None]


@dataclass(frozen=True)
class Caption:
    """The words of a figure: title, a line under it, the key, and notes (source, licence, day, what is not drawn)."""

    title: str
    subtitle: str = ""
    key: Sequence[Key] = ()
    notes: Sequence[str] = ()


def framed(caption: Caption, body_height: float, *, lang: str) -> tuple[Svg, Box]:
    """A drawing with its words and the empty box in the middle, as wide as the drawing and `body_height` high."""
    inner = WIDTH - 2 * MARGIN
    titles = wrapped(caption.title, 22, inner, bold=True)
    subtitles = wrapped(caption.subtitle, 13, inner)
    keys = _rows(caption.key, inner)
    notes = [line for note in caption.notes for line in wrapped(note, 11, inner)]
    top = MARGIN + 28 * len(titles) + 18 * len(subtitles) + 22 * len(keys) + 10
    height = top + body_height + (14 + 16 * len(notes) if notes else 0) + MARGIN / 2
    svg = Svg(WIDTH, height, lang=lang, title=caption.title, description=" ".join((caption.subtitle, *caption.notes)))
    svg.add("rect", width=WIDTH, height=height, fill="white")
    y = MARGIN
    for text in titles:
        y += 28
        svg.text(svg.begin(MARGIN), y - 8, text, size=22, bold=True, fill=INK)
    for text in subtitles:
        y += 18
        svg.text(svg.begin(MARGIN), y - 5, text, size=13, fill=GREY)
    for row in keys:
        y += 22
        for x, key in row:
            key.sign(svg, svg.begin(x + 12), y - 9)
            svg.text(svg.begin(x + 30), y - 5, key.label, size=12)
    for number, text in enumerate(notes):
        svg.text(svg.begin(MARGIN), top + body_height + 24 + 16 * number, text, size=11, fill=GREY)
    return svg, Box(MARGIN, top, inner, body_height)


def _rows(keys: Sequence[Key], width: float) -> list[list[tuple[float, Key]]]:
    """The key in rows, each entry at its distance from the side where reading begins."""
    rows: list[list[tuple[float, Key]]] = []
    x = width
    for key in keys:
        needed = 30 + text_width(key.label, 12) + 24
        if x + needed > MARGIN + width:
            rows.append([])
            x = MARGIN
        rows[-1].append((x, key))
        x += needed
    return rows
