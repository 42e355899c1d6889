"""Names beside marks: each where it covers nothing, the most telling first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .svg import Anchor
from .text_width import text_width

Array = npt.NDArray[np.float64]


class Box(NamedTuple):
    """A rectangle, y downwards."""

    x: float
    y: float
    width: float
    height: float


class MarkName(NamedTuple):
    """A name that wants to stand by a mark: the mark's middle and radius, and how it is written, best first."""

    x: float
    y: float
    radius: float
    texts: Sequence[str]
    size: float
    bold: bool = False


class Placed(NamedTuple):
    """What stands by a mark, and where: its baseline's point, and its anchor in an `Svg` of its direction."""

    text: str
    x: float
    y: float
    anchor: Anchor
    leads: bool = False
    """It stands apart from its mark: a line from there to (x, y) belongs to it."""


GAP = 3.0
FAR = (12.0, 24.0, 40.0, 60.0, 85.0)
"""How far a bold name may stand from its mark where it has no room beside it; a line leads to it then."""
_ASCENT, _HEIGHT = 0.78, 1.12
"""Of the size: how far letters reach above the baseline, and from top to bottom."""


def place(
    names: Sequence[MarkName], frame: Box, marks: Sequence[tuple[float, float, float]], *, rtl: bool
) -> list[Placed | None]:
    """A place for each name in a frame, over no mark (x, y, radius), over no other name and nearer to its own mark than
    to any other; else None. A bold one is written over marks before it is left out.
    """
    discs = np.array(marks, dtype=np.float64).reshape(-1, 3)
    taken = np.empty((0, 4))
    found: list[Placed | None] = []
    for name in names:
        placed = None
        gaps = (GAP, *FAR) if name.bold else (GAP,)
        sides = [side for gap in gaps for text in name.texts for side in _sides(name, text, rtl, gap)]
        for over, (placed_here, box) in product((False, True) if name.bold else (False,), sides):
            inside = (
                box[0] >= frame.x
                and box[1] >= frame.y
                and box[2] <= frame.x + frame.width
                and box[3] <= frame.y + frame.height
            )
            if inside and not _meets(box, taken) and (over or _is_by_its_own(box, discs, name, placed_here)):
                placed = placed_here
                taken = np.vstack([taken, box])
                break
        found.append(placed)
    return found


def _sides(name: MarkName, text: str, rtl: bool, gap: float) -> Iterator[tuple[Placed, Array]]:
    """The places round a mark, the best first: where reading goes on, then behind, below, above, and aslant."""
    width, height = text_width(text, name.size, bold=name.bold), _HEIGHT * name.size
    on, back = (-1, 1) if rtl else (1, -1)
    for side, rise in ((on, 0), (back, 0), (0, 1), (0, -1), (on, -1), (on, 1), (back, -1), (back, 1)):
        away = name.radius + gap if not (side and rise) else 0.7 * (name.radius + gap) + GAP
        left = name.x - width / 2 if not side else name.x + away if side > 0 else name.x - away - width
        top = name.y - height / 2 if not rise else name.y + away if rise > 0 else name.y - away - height
        x = left + width / 2 if not side else left if side > 0 else left + width
        anchor: Anchor = "middle" if not side else "begin" if (side > 0) != rtl else "end"
        yield (
            Placed(text, x, top + _ASCENT * name.size, anchor, gap > GAP),
            np.array([left, top, left + width, top + height]),
        )


def _meets(box: Array, taken: Array) -> bool:
    return bool(((taken[:, :2] < box[2:]) & (box[:2] < taken[:, 2:])).all(axis=1).any())


def _is_by_its_own(box: Array, discs: Array, name: MarkName, placed: Placed) -> bool:
    """Whether a name covers no other mark, and lies nearer to its own than to any other; or a line leads there, and
    goes through no other mark.
    """
    own = (discs[:, 0] == name.x) & (discs[:, 1] == name.y)
    others, middle = discs[~own], np.array([name.x, name.y])
    away = np.hypot(*(others[:, :2] - np.clip(others[:, :2], box[:2], box[2:])).T) - others[:, 2]
    if (away < 0).any():
        return False
    if placed.leads:
        way = np.array([placed.x, placed.y]) - middle
        share = np.clip((others[:, :2] - middle) @ way / (way @ way), 0, 1)
        return bool((np.hypot(*(others[:, :2] - middle - share[:, None] * way).T) > others[:, 2]).all())
    return bool((away > np.hypot(*(np.clip(middle, box[:2], box[2:]) - middle)) - name.radius).all())
