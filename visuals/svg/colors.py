"""Colours that go by what they stand on: letters on marks, and paper and ink on a page in the dark."""

from __future__ import annotations

from typing import Final

from .svg import BORDER, GREY, INK, LAND, PALE, SEA

GROUND: Final = "#14181f"
"""What is white by day."""
IN_THE_DARK: Final = {
    "white": GROUND,
    INK: "#e7eaf0",
    GREY: "#a5afbf",
    PALE: "#475162",
    SEA: "#171d26",
    LAND: "#2a323e",
    BORDER: "#4a5568",
}
"""Colour by day -> in the dark. Colours that tell a kind stay: they are told apart on either ground."""


def contrast(one: str, other: str) -> float:
    """How much two colours (#rrggbb) stand out from each other, from 1 to 21: the ratio of WCAG 2.2.

    >>> contrast("#000000", "#ffffff"), round(contrast("#E69F00", "#ffffff"), 1)
    (21.0, 2.2)
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def more_contrast(on: str) -> str:
    """Black or white, whichever stands out from a colour more; neither turns in the dark.

    >>> more_contrast("#E69F00"), more_contrast("#0072B2")
    ('#000000', '#ffffff')
    """
    return max("#000000", "#ffffff", key=lambda letters: contrast(letters, on))


def _luminance(color: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def dark_rules() -> str:
    """The rules of a style sheet by which drawings on a page, not on paper, follow the choice of light or dark."""
    rules = [
        f'svg[role="img"] [{name}="{day}"]{{{name}:{dark}}}'
        for day, dark in IN_THE_DARK.items()
        for name in ("fill", "stroke")
    ]
    return f"@media screen and (prefers-color-scheme:dark){{{''.join(rules)}}}\n"
