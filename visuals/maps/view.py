"""The part of the globe that a map shows, on paper, and the land in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..svg.labels import Box
from ..svg.svg import BORDER, LAND, SEA, Svg, line
from .geography import Array, Lines, from_middle, outlines, project

FINE = 1.2
"""Units between points of outlines that are drawn: some 0.3 mm on paper."""
_NARROWEST = 0.35
"""Width of the narrowest map, in radii of the globe: some 2,200 km at the equator."""
_MARGIN = 0.07


@dataclass(frozen=True)
class MapView:
    """How the projection's units become the drawing's: the longitude in the middle, a scale, and the point at 0, 0."""

    middle: float
    scale: float
    x: float
    y: float
    box: Box

    def points(self, east: Array, north: Array, turn: float = 0.0) -> Array:
        """Places from degrees east of the middle, turned by so many, and degrees north: rows of x, y of the drawing."""
        found = project(east + turn, north)
        return np.column_stack([self.x + found[:, 0] * self.scale, self.y - found[:, 1] * self.scale])

    def lines(self, lines: Lines) -> list[list[Array]]:
        """Each line as it is seen: not at all, once, or on both edges of the map."""
        seen: list[list[Array]] = [[] for _ in range(len(lines))]
        if not seen:
            return seen
        east = from_middle(lines, self.middle)
        for turn in (-360.0, 0.0, 360.0):
            points = self.points(east, lines.points[:, 1], turn)
            low, high = (end.reduceat(points, lines.starts) for end in (np.minimum, np.maximum))
            west, most = (end.reduceat(east, lines.starts) + turn for end in (np.minimum, np.maximum))
            box = self.box
            in_box = (low < [box.x + box.width, box.y + box.height]) & (high > [box.x, box.y])
            shown = in_box.all(axis=1) & (most > -180) & (west < 180)
            for number, line_points in enumerate(Lines(points, lines.starts)):
                if shown[number]:
                    seen[number].append(line_points)
        return seen


def view_of(places: Lines, ways: Lines, middle: float, box: Box) -> MapView:
    """The view in which all places and ways have room, no narrower than a country and no wider than the world."""
    world = project([-180, 180, 0, 0], [0, 0, -90, 90])
    east = [from_middle(lines, middle) for lines in (places, ways)]
    seen = [project(at, lines.points[:, 1]) for at, lines in zip(east, (places, ways), strict=True)]
    if (
        not len(places) or np.abs(np.concatenate(east)).max() > 180
    ):  # a way leaves at one edge and comes back at the other
        seen.append(world)
    low, high = (function(np.vstack(seen), axis=0) for function in (np.min, np.max))
    wide, tall = world.max(axis=0) * 2
    size = np.maximum((high - low) * (1 + 2 * _MARGIN), _NARROWEST * np.array([1, box.height / box.width]))
    size = np.minimum(size, [wide, tall])
    scale = float(min(box.width / size[0], box.height / size[1]))
    center = (low + high) / 2
    # Where there is room beyond the edge of the world, the world stands in the middle.
    half = np.array([box.width, box.height]) / scale / 2
    room = np.maximum(np.array([wide, tall]) / 2 - half, 0)
    center = np.clip(center, -room, room)
    return MapView(
        middle, scale, box.x + box.width / 2 - center[0] * scale, box.y + box.height / 2 + center[1] * scale, box
    )


def background(svg: Svg, view: MapView) -> str:
    """The sea within the edge of the world and of the picture; returns the `clip_path` of that edge."""
    north = np.linspace(-90, 90, 91)
    edge = np.vstack([view.points(np.full(91, 180.0), north), view.points(np.full(91, -180.0), north[::-1])])
    box = view.box
    edge = np.column_stack(
        [np.clip(edge[:, 0], box.x, box.x + box.width), np.clip(edge[:, 1], box.y, box.y + box.height)]
    )
    outline = line(edge, closed=True)
    svg.add("path", d=outline, fill=SEA)
    return svg.clip(outline)


def land(svg: Svg, view: MapView) -> None:
    land, borders = (
        "".join(line(_seen(points), closed=closed) for seen in view.lines(lines) for points in seen)
        for lines, closed in ((outlines().land, True), (outlines().borders, False))
    )
    svg.add("path", d=land, fill=LAND, stroke=BORDER, stroke_width=0.3, fill_rule="evenodd")
    svg.add("path", d=borders, fill="none", stroke=BORDER, stroke_width=0.7)


def _seen(points: Array) -> list[list[float]]:
    """The points of an outline that can be told apart: of those in one cell of a fine grid the first."""
    cells = np.floor(points / FINE)
    kept = np.append(True, (cells[1:] != cells[:-1]).any(axis=1))
    kept[-1] = True
    found: list[list[float]] = points[kept].tolist()
    return found
