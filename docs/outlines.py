"""Makes the outlines of the maps: `python docs/outlines.py countries-50m.json` writes visuals/maps/natural-earth.json.

The file is TopoJSON of Natural Earth's countries, 1:50,000,000 (npm world-atlas; public domain). What is kept is less
exact and small: arcs shared by neighbours, simplified (Douglas and Peucker 1973, Cartographica 10, 112-122) and
rounded, as coast or as border. Natural Earth has cut its polygons at the antimeridian already.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "visuals" / "maps" / "natural-earth.json"
STEPS = 20
"""Steps of a degree that coordinates are rounded to."""
TOLERANCE = 0.08
"""Degrees that a simplified line may stray."""
SMALLEST = 0.05
"""Islands of fewer square degrees are left out."""

Point = tuple[float, float]


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a TopoJSON file, degrees east and north."""
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + x0, y * ky + y0))
        arcs.append(points)
    return arcs


def simplified(points: list[Point]) -> list[Point]:
    """Douglas and Peucker's line: the ends, and what strays more than TOLERANCE from the line between them."""
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, at = max(
            ((_stray(points[i], points[first], points[last]), i) for i in range(first + 1, last)), default=(0.0, 0)
        )
        if far > TOLERANCE:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def _stray(point: Point, one: Point, other: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, one, other
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
    return math.hypot(x - x1 - along * dx, y - y1 - along * dy)


def _area(points: list[Point]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*points, points[0]]))) / 2


def main(path: Path) -> None:
    """Write the outlines that a TopoJSON file of countries has."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = decoded(topology)
    rings = [
        ring
        for country in topology["objects"]["countries"]["geometries"]
        for polygon in ([country["arcs"]] if country["type"] == "Polygon" else country["arcs"])
        for ring in polygon
    ]

    def line(ring: list[int]) -> list[Point]:
        return [point for i in ring for point in (arcs[i] if i >= 0 else arcs[~i][::-1])]

    kept = [ring for ring in rings if _area(line(ring)) >= SMALLEST]
    users = Counter(i if i >= 0 else ~i for ring in kept for i in ring)
    number = {arc: position for position, arc in enumerate(sorted(users))}
    written = {
        "steps": STEPS,
        "arcs": [_coded(simplified(arcs[arc])) for arc in sorted(users)],
        "borders": [number[arc] for arc in sorted(users) if users[arc] > 1],
        "rings": [[number[i] if i >= 0 else ~number[~i] for i in ring] for ring in kept],
    }
    FILE.write_text(json.dumps(written, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{FILE}: {len(kept)} rings of {len(rings)}, the rest smaller than {SMALLEST} square degrees")


def _coded(points: list[Point]) -> list[int]:
    """x, y, then steps: whole numbers of 1 / STEPS degrees."""
    rounded = [(round(x * STEPS), round(y * STEPS)) for x, y in points]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(rounded)]
    return [*rounded[0], *(value for step in steps if step != (0, 0) for value in step)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
