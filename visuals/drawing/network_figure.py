"""The same network as a still figure: SVG with the page's layout, colours and key, and every name told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from math import log10
from typing import TYPE_CHECKING, Any

import numpy as np

from citydiplomacy.graph.language.text import capital

from ..svg import labels
from ..svg.frame import INNER, SMALL, Caption, KeyLine, framed
from ..svg.labels import Box, MarkName
from ..svg.name_list import MOST_LISTED, NUMBERED, name_list, number_mark
from ..svg.plain_text import clean
from ..svg.svg import Svg, line
from .layout import layout
from .style import (
    LINES,
    OUTLINES,
    DrawnKind,
    by_influence,
    dashes,
    has_sizes,
    line_of,
    name_of,
    node_kinds,
    radii,
    stroke,
    tie_kinds,
)
from .words import summary, words

if TYPE_CHECKING:
    import networkx as nx

    Points = Mapping[Any, tuple[float, float]]

HEIGHT = 600.0
LOWEST = 160.0
"""How high the picture of two nodes beside each other is, in units of the drawing."""
SMALLEST = 520.0
"""Width that a small network is given, in the layout's units, lest its marks look like balloons."""
MOST_NAMED = 300
"""Names that are tried in a picture of thousands, the most influential first."""
EDGE = 0.8
"""How wide the white round a mark is."""


def draw_network(
    graph: nx.Graph[Any],
    *,
    title: str,
    lang: str = "en",
    caption: str = "",
    date: dt.date | None = None,
    notes: Sequence[str] = (),
) -> Svg:
    """The network as a figure, the graph being that of `write_page`. `date` is named under the title if given, `notes`
    at the foot.

    Names stand where they cover nothing; the others are numbered, and listed below.
    """
    radius = radii(graph)
    points, scale, box = _fitted(layout(graph), radius)
    sizes = {node: each * scale for node, each in radius.items()}
    order = by_influence(graph)[:MOST_NAMED]
    wanted = [MarkName(*points[node], sizes[node], (name_of(graph, node),), _letters(sizes[node])) for node in order]
    marks = [(*points[node], sizes[node]) for node in graph]
    placed = labels.place(wanted, box, marks, rtl=lang == "fa")
    left = [node for node, where in zip(order, placed, strict=True) if where is None]
    numbers = {node: number for number, node in enumerate(left[:MOST_LISTED], 1)}
    notes = [
        *_size_words(graph, lang),
        *name_list([name_of(graph, node) for node in left], len(graph) - len(order), lang),
        *notes,
    ]
    subtitle = " · ".join(summary(len(graph), graph.number_of_edges(), lang, caption=caption, date=date))
    svg, frame = framed(Caption(clean(title), subtitle, _key(graph, lang), notes), box.height, lang=lang)
    with svg.group(transform=f"translate({frame.x} {frame.y})"):
        _ties(svg, graph, points)
        _nodes(svg, graph, points, sizes, numbers)
        for name, where in zip(wanted, placed, strict=True):
            if where:
                svg.text(where.x, where.y, where.text, size=name.size, anchor=where.anchor, halo=True)
    return svg


def _letters(radius: float) -> float:
    """The size of a name's letters by its mark's radius."""
    return min(14.0, SMALL + radius / 8)


def _fitted(positions: Points, radius: Mapping[Any, float]) -> tuple[Points, float, Box]:
    """Positions in equal scales in the middle of a box that is as wide as a drawing and no higher than they need, the
    scale, and the box."""
    box = Box(0, 0, INNER, HEIGHT)
    if not positions:
        return {}, 1.0, box
    points = np.array(list(positions.values()), dtype=np.float64)
    edge = max(radius.values(), default=1.0) * 2
    low, high = points.min(axis=0) - edge, points.max(axis=0) + edge
    wide, tall = np.maximum(high - low, [SMALLEST, SMALLEST * box.height / box.width])
    scale = float(min(box.width / wide, box.height / tall))
    numbered = 3 * NUMBERED  # a mark with a number may be larger than its radius
    box = box._replace(height=max(float((high - low)[1] * scale) + numbered, LOWEST))
    middle = np.array([box.width, box.height]) / 2
    fitted = (points - (low + high) / 2) * scale + middle
    return {node: (float(x), float(y)) for node, (x, y) in zip(positions, fitted, strict=True)}, scale, box


def _ties(svg: Svg, graph: nx.Graph[Any], points: Points) -> None:
    """Ties by kind and status, parallel ones bent apart; those alike are one path, so that thousands stay small."""
    kinds = tie_kinds(graph)
    turns: dict[tuple[str, str], int] = defaultdict(int)
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for a, b, data in graph.edges(data=True):
        first, second = sorted((a, b), key=str)
        (x1, y1), (x2, y2) = points[first], points[second]
        turn = turns[str(first), str(second)]
        turns[str(first), str(second)] += 1
        path = line([(x1, y1), (x2, y2)])
        if turn:
            away = 0.28 * ((turn + 1) // 2) * (1 if turn % 2 else -1)
            bend = f"{(x1 + x2) / 2 + (y1 - y2) * away:.1f} {(y1 + y2) / 2 + (x2 - x1) * away:.1f}"
            path = f"M{x1:.1f} {y1:.1f}Q{bend} {x2:.1f} {y2:.1f}"
        groups[str(data.get("kind") or ""), line_of(data)].append(path)
    number = graph.number_of_edges()
    opacity, width = max(0.22, 0.8 - 0.13 * log10(1 + number)), 0.5 if number > 3000 else 1.2
    for (kind, look), paths in sorted(groups.items()):
        svg.add(
            "path",
            d="".join(paths),
            fill="none",
            stroke=kinds[kind].color,
            stroke_width=width,
            stroke_opacity=opacity,
            **dashes(look),
        )


def _nodes(
    svg: Svg, graph: nx.Graph[Any], points: Points, sizes: Mapping[Any, float], numbers: Mapping[Any, int]
) -> None:
    """Marks by kind, the largest below; those with a number last. Of thousands the round ones without are drawn
    together."""
    kinds = node_kinds(graph)
    kind_of = {node: kinds[str(data.get("kind") or "")] for node, data in graph.nodes(data=True)}
    alike: dict[tuple[float, str], list[Any]] = defaultdict(list)
    for node in graph if len(graph) > MOST_NAMED else ():
        if node not in numbers and kind_of[node].shape == "dot":
            alike[round(sizes[node], 1), kind_of[node].color].append(node)
    for (radius, color), nodes in sorted(alike.items(), reverse=True):
        svg.dots([points[node] for node in nodes], radius=radius, fill=color, edge=EDGE)
    single = set(graph).difference(*alike.values())
    for node in sorted(single, key=lambda node: (node in numbers, -sizes[node], str(node))):
        kind = kind_of[node]
        number = numbers.get(node)
        room = NUMBERED * (1 if kind.shape == "dot" else 1.35)  # for two digits within
        _mark(svg, *points[node], kind=kind, radius=max(sizes[node], room if number else 0))
        if number:
            number_mark(svg, *points[node], number, kind.color)


def _mark(svg: Svg, x: float, y: float, *, kind: DrawnKind, radius: float) -> None:
    """The shape of a kind round a point, with a white edge."""
    edge = {"fill": kind.color, "stroke": "white", "stroke_width": EDGE}
    if kind.shape == "dot":
        svg.add("circle", cx=x, cy=y, r=radius, **edge)
    else:
        corners = [tuple(map(float, corner.split(","))) for corner in OUTLINES[kind.shape].split()]
        outline = line([(x + (cx - 8) / 8 * radius, y + (cy - 8) / 8 * radius) for cx, cy in corners], closed=True)
        svg.add("path", d=outline, **edge)


def _key(graph: nx.Graph[Any], lang: str) -> list[KeyLine]:
    """Kinds of nodes, kinds of ties, and lines by status if they differ."""
    looks = {line_of(data) for _, _, data in graph.edges(data=True)}
    keys = [KeyLine(capital(kind.label), partial(_mark, kind=kind, radius=7)) for kind in node_kinds(graph).values()]
    keys += [KeyLine(capital(kind.label), partial(stroke, color=kind.color)) for kind in tie_kinds(graph).values()]
    return keys + [
        KeyLine(words(lang)[look], partial(stroke, look=look)) for look in LINES if look in looks and len(looks) > 1
    ]


def _size_words(graph: nx.Graph[Any], lang: str) -> list[str]:
    return [words(lang)["size"]] if has_sizes(graph) else []
