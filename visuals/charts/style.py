"""What the charts share: the colours and marks of cities, and names in lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ..svg.svg import Anchor, Svg, line
from ..svg.text_width import wrapped

COLORS: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00")
"""Of up to five cities, told apart by the colour-blind; each is named or shaped too, for who sees grey."""
LINE = 14.0
"""Between two lines of a label, in units of the drawing."""


def name_lines(
    svg: Svg, x: float, y: float, name: str, *, width: float, size: float = 11.5, anchor: Anchor = "end"
) -> None:
    """A name of the data in as many lines as it needs, their middle at y."""
    lines = wrapped(name, size, width)
    for place, text in enumerate(lines):
        svg.text(x, y + 4 + (place - (len(lines) - 1) / 2) * LINE, text, size=size, anchor=anchor, role="name")


def height_of(name: str, *, width: float, size: float = 11.5, least: float = 22) -> float:
    """How high a row is whose name is written by `name_lines`."""
    return max(least, LINE * len(wrapped(name, size, width)) + 6)


def ticks(most: float, number: int = 5) -> Sequence[int]:
    """Round whole numbers from 0 to at least `most`, some `number` of them."""
    step = 1
    while most / step > number:
        step = {"1": step * 2, "2": step * 5 // 2, "5": step * 2}[str(step)[0]]
    return range(0, int(-(-most // step) * step) + 1, step)


def after(svg: Svg, x: float) -> float:
    """Where a text begins that stands behind what ends at x."""
    return x - 6 if svg.rtl else x + 6


def hatched(svg: Svg, x: float, y: float, width: float, height: float, color: str) -> None:
    """A box that is drawn, and not filled: slanting lines in its colour."""
    svg.add("rect", x=x, y=y, width=width, height=height, fill="white", stroke=color, stroke_width=1)
    at = x
    while at < x + width:
        over = min(height, x + width - at)
        svg.add("path", d=line([(at, y + height), (at + over, y + height - over)]), stroke=color, stroke_width=0.9)
        at += 4


def mark(color: str, place: int) -> Callable[[Svg, float, float], None]:
    """A mark round a point, whose shape goes by its place, for who does not see the colour."""
    return lambda svg, x, y: marks(svg, [(x, y)], color, place)


def marks(svg: Svg, points: Sequence[tuple[float, float]], color: str, place: int) -> None:
    """The marks of that shape round points, of which none covers another."""
    corners = (
        (),
        ((-5, -5), (5, -5), (5, 5), (-5, 5)),
        ((0, -6.5), (6.5, 0), (0, 6.5), (-6.5, 0)),
        ((0, -6), (6, 5), (-6, 5)),
        ((0, 6), (6, -5), (-6, -5)),
    )[place % 5]
    if corners:
        outlines = "".join(line([(x + dx, y + dy) for dx, dy in corners], closed=True) for x, y in points)
        svg.add("path", d=outlines, fill=color, stroke="white", stroke_width=0.8)
    else:
        svg.dots(points, radius=5.2, fill=color, edge=0.8)
