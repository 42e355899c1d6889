"""Names on a figure: the most influential nodes first, none over another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..svg.plain_text import clean
from .style import by_influence
from .words import shorten

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes

    Positions = dict[Any, tuple[float, float]]


def place_labels(axes: Axes, graph: nx.Graph[Any], positions: Positions, radius: dict[Any, float], most: int) -> None:
    """Name the most influential nodes, each at the side where its name covers the least, none over another name."""
    import numpy as np
    from matplotlib.patheffects import withStroke

    figure: Any = axes.figure
    renderer = figure.canvas.get_renderer()
    frame = axes.get_window_extent()
    nodes = list(graph)
    if not nodes:
        return
    marks = axes.transData.transform(np.array([positions[node] for node in nodes], dtype=float))
    scale = frame.width / abs(axes.get_xlim()[1] - axes.get_xlim()[0])
    sizes = np.array([radius[node] for node in nodes]) * scale
    index = {node: place for place, node in enumerate(nodes)}
    biggest = max(radius.values())
    boxes = np.empty((0, 4))
    for node in by_influence(graph)[: 4 * most]:
        if len(boxes) >= most:
            break
        here, size = marks[index[node]], sizes[index[node]]
        text = axes.text(
            0,
            0,
            shorten(clean(graph.nodes[node].get("label") or node), 34),
            ha="center",
            va="center",
            fontsize=7.5 + 3.5 * radius[node] / biggest,
            color="#111827",
            zorder=3,
            path_effects=[withStroke(linewidth=2.4, foreground="white", alpha=0.9)],
        )
        extent = text.get_window_extent(renderer)
        w, h = extent.width + 4, extent.height + 2
        away = size + 3
        aside, below = 0.7 * away + w / 2, 0.7 * away + h / 2
        shifts = [
            *((0, -away - h / 2), (0, away + h / 2), (away + w / 2, 0), (-away - w / 2, 0)),
            *((aside, -below), (-aside, -below), (aside, below), (-aside, below)),
        ]
        best, least = None, np.inf if len(boxes) < most / 4 else max(6.0, float(size))
        for x, y in here + np.array(shifts):
            low, high = np.array([x - w / 2, y - h / 2]), np.array([x + w / 2, y + h / 2])
            inside = low[0] > frame.x0 and low[1] > frame.y0 and high[0] < frame.x1 and high[1] < frame.y1
            if not inside or ((boxes[:, :2] < high) & (low < boxes[:, 2:])).all(axis=1).any():
                continue
            gap = np.maximum(np.maximum(low - marks, marks - high), 0)
            hidden = np.hypot(gap[:, 0], gap[:, 1]) < sizes
            hidden[index[node]] = False
            cost = float(sizes[hidden].sum())
            if cost < least:
                best, least = (x, y, low, high), cost
        if best is None:
            text.remove()
            continue
        # In the data's coordinates: an SVG counts in other pixels than the canvas that measured the names.
        x, y = axes.transData.inverted().transform(best[:2])
        text.set_position((float(x), float(y)))
        boxes = np.vstack([boxes, np.concatenate([best[2], best[3]])])
