"""One writer of SVG: shapes and texts that a browser, Typst, Word and LibreOffice draw alike, in either direction.

Texts stay text. None has a `direction`: every string stands in an isolate of the drawing's direction, and is
anchored by the side of the page, so that a Latin name or a date within it does not turn its neighbours round.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from itertools import pairwise
from typing import Literal
from xml.etree import ElementTree as ET
from zlib import crc32

from citydiplomacy.queries.wording.phrases import Phrase

from .plain_text import clean
from .printable import printable
from .text_width import FONTS

FONT = "Vazirmatn, sans-serif"
INK, GREY, PALE = "#1f2937", "#4b5563", "#d1d5db"
SEA, LAND, BORDER = "#f4f7fa", "#e3e2dc", "#b9b7ae"
_OPEN = {"fa": "\u2067", "en": "\u2066"}
_CLOSE = "\u2069"

MANY = 20
"""Marks that look alike, from which on they are one path."""

Anchor = Literal["begin", "middle", "end"]
"""Where a text stands from its point on: `begin` is the left in English, the right in Persian."""


Role = Literal["", "name", "scale"]
"""What digits in a text are if they tell no figure: part of a `name` or title of the data, or of a `scale`."""


class Svg:
    """A drawing in the making: what is added later lies above. All lengths are in units of its width and height."""

    def __init__(self, width: float, height: float, *, lang: str, title: str, description: str = "") -> None:
        self.width, self.height, self.lang, self.title = width, height, lang, clean(title)
        self._root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_number(width)} {_number(height)}",
                "role": "img",
                "lang": lang,
                "font-family": FONT,
                "direction": "ltr",  # also within a page that runs from right to left
            },
        )
        ET.SubElement(self._root, "title").text = self.title
        if description:
            ET.SubElement(self._root, "desc").text = clean(description)
        self._into = self._root  # the group that is open
        self.phrases: list[Phrase] = []

    @property
    def rtl(self) -> bool:
        """Whether it is read from right to left."""
        return self.lang == "fa"

    def begin(self, x: float) -> float:
        """The place that lies as far from the side where reading begins as x from the left."""
        return self.width - x if self.rtl else x

    def add(self, tag: str, /, **attributes: object) -> ET.Element:
        """An element; `stroke_width` is written stroke-width, numbers to two decimals."""
        return ET.SubElement(self._into, tag, {_name(key): _value(value) for key, value in attributes.items()})

    @contextmanager
    def group(self, **attributes: object) -> Iterator[None]:
        """What is added within belongs to a group."""
        before = self._into
        self._into = self.add("g", **attributes)
        yield
        self._into = before

    def clip(self, path: str) -> str:
        """Say an outline, a path, and return the `clip_path` by which a group is cut by it.

        Its id is of the outline, for a page may have several drawings.
        """
        name = f"edge-{crc32(path.encode()):08x}"
        holder = ET.SubElement(ET.SubElement(self._root, "defs"), "clipPath", {"id": name})
        ET.SubElement(holder, "path", {"d": path})
        return f"url(#{name})"

    def dots(self, points: Iterable[Sequence[float]], *, radius: float, fill: str, edge: float) -> None:
        """Round marks that look alike, `edge` units of white round each. Thousands are small as one path, drawn twice:
        all edges, above them all marks."""
        steps = sorted({(round(x * 10), round(y * 10)) for x, y in points})
        if len(steps) < MANY:
            for x, y in steps:
                self.add("circle", cx=x / 10, cy=y / 10, r=radius, fill=fill, stroke="white", stroke_width=edge)
            return
        moves = [(x - left, y - over) for (left, over), (x, y) in pairwise([(0, 0), *steps])]
        drawn = "".join(f"m{pair(*move)}h0" for move in moves)
        name = f"dots-{crc32(drawn.encode()):08x}"
        ET.SubElement(ET.SubElement(self._root, "defs"), "path", {"id": name, "d": drawn})
        for color, width in (("white", 2 * radius + edge), (fill, 2 * radius - edge)):
            self.add("use", href=f"#{name}", stroke=color, stroke_width=width, stroke_linecap="round")

    def text(
        self,
        x: float,
        y: float,
        text: object,
        *,
        size: float = 12,
        anchor: Anchor = "begin",
        bold: bool = False,
        fill: str = INK,
        halo: bool = False,
        role: Role = "",
    ) -> None:
        """One line of text whose baseline is at y. halo: white round the letters, where they stand on other things.

        What a phrase tells, its marks, stays with the drawing: `phrases`.
        """
        if isinstance(text, Phrase):
            self.phrases.append(text)
        side = {"begin": "end" if self.rtl else "start", "middle": "middle", "end": "start" if self.rtl else "end"}
        attributes: dict[str, object] = {"x": x, "y": y, "font_size": size, "text_anchor": side[anchor], "fill": fill}
        if role:
            attributes["class"] = role
        if bold:
            attributes["font_weight"] = "bold"
        if halo:
            attributes |= {
                "stroke": "white",
                "stroke_width": size / 4,
                "stroke_linejoin": "round",
                "paint_order": "stroke",
            }
        self.add("text", **attributes).text = f"{_OPEN.get(self.lang, _OPEN['en'])}{clean(text)}{_CLOSE}"

    def markup(self) -> str:
        """The drawing as an element for a page that has the font."""
        return ET.tostring(self._root, encoding="unicode")

    def texts(self) -> list[str]:
        """All that is written in the drawing."""
        return [element.text for element in self._root.iter() if element.text]

    def printable_markup(self) -> str:
        """The same with letters that the font of print has."""
        copied = deepcopy(self._root)
        for element in copied.iter():
            if element.text:
                element.text = printable(element.text, drawn=True)
        return ET.tostring(copied, encoding="unicode")

    def file(self) -> str:
        """The drawing as a file of its own, with its font in it."""
        style = ET.Element("style")
        style.text = font_face()
        self._root.insert(0, style)
        try:
            return f'<?xml version="1.0" encoding="UTF-8"?>\n{self.markup()}\n'
        finally:
            self._root.remove(style)


def line(points: Iterable[Sequence[float]], *, closed: bool = False) -> str:
    """The `d` of a path through points, to a tenth of a unit; points that fall on one another are one.

    >>> line([(10, 20), (12.5, 19), (12.5, 19.01), (10, 20)], closed=True)
    'M10 20l2.5-1-2.5 1Z'
    """
    steps: list[tuple[int, int]] = []
    for x, y in points:
        step = round(x * 10), round(y * 10)
        if not steps or steps[-1] != step:
            steps.append(step)
    if not steps:
        return ""
    moves = [move for one, other in pairwise(steps) for move in (other[0] - one[0], other[1] - one[1])]
    return f"M{pair(*steps[0])}{f'l{pair(*moves)}' if moves else ''}{'Z' if closed else ''}"


def pair(*numbers: int) -> str:
    """Numbers of a path, given in tenths; a minus parts them too.

    >>> pair(125, -10, 3)
    '12.5-1 .3'
    """
    return "".join(f"{' ' if place and number >= 0 else ''}{_tenths(number)}" for place, number in enumerate(numbers))


@cache
def _tenths(number: int) -> str:
    return re.sub(r"\b0\.", ".", _number(number / 10))


@cache
def font_face() -> str:
    """The rule of CSS that brings the font along: for drawings and for pages."""
    font = base64.b64encode((FONTS / "Vazirmatn.woff2").read_bytes()).decode()
    return f"@font-face{{font-family:Vazirmatn;font-weight:100 900;src:url(data:font/woff2;base64,{font})}}"


def _name(key: str) -> str:
    return re.sub("_", "-", key.rstrip("_"))


def _value(value: object) -> str:
    return _number(value) if isinstance(value, int | float) else str(value)


def _number(value: float) -> str:
    """
    >>> _number(3.14159), _number(2.0), _number(-0.001)
    ('3.14', '2', '0')
    """
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
