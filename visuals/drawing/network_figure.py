"""The same network as a still figure for print: SVG or PNG, drawn by matplotlib with the same layout, colours and key.

Matplotlib (3.11 or newer) shapes and orders Persian itself. The same input gives the same bytes: no time, no random id.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from citydiplomacy.errors import MissingExtraError, UsageError
from citydiplomacy.graph.whole_files import write

from ..svg.plain_text import clean
from .figure_labels import place_labels
from .layout import layout
from .style import LINES, MARKERS, has_sizes, line_of, node_kinds, radii, tie_kinds
from .words import shorten, summary, words

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Positions = dict[Any, tuple[float, float]]

FONTS: Final = Path(__file__).parent.parent / "fonts"
SIZE: Final = (13.0, 9.0)
"""Width and height in inches."""
DPI: Final = 150
INK: Final = "#1f2937"


def write_figure(
    graph: nx.Graph[Any],
    path: str | Path,
    *,
    title: str,
    lang: str = "en",
    caption: str = "",
    date: dt.date | None = None,
    labels: int = 60,
) -> Path:
    """Write the network as a figure and return its path; the suffix says whether SVG or PNG.

    The graph is that of `write_page`. At most `labels` nodes are named, the most influential first, where their names
    do not overlap. `date` is named in the caption if given. Raises UsageError for another suffix, MissingExtraError
    without matplotlib, CityDiplomacyError if the place cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in {".svg", ".png"}:
        raise UsageError(f"{path}: a figure is .svg or .png.", hint="For an interactive page, write .html.")
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("matplotlib", "figures", "Drawing a figure") from error

    with _settings():
        figure = Figure(figsize=SIZE, dpi=DPI, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.015, 0.03, 0.77, 0.85) if lang != "fa" else (0.215, 0.03, 0.77, 0.85))
        axes.set_axis_off()
        positions = layout(graph)
        _frame(axes, positions, graph)
        radius = radii(graph)
        _ties(axes, graph, positions)
        _nodes(axes, graph, positions, radius)
        parts = summary(len(graph), graph.number_of_edges(), lang, caption=caption, date=date)
        _words(figure, clean(title), parts, lang)
        _key(figure, graph, lang)
        place_labels(axes, graph, positions, radius, labels)
        buffer = io.BytesIO()
        unsaid = ("Date", "Creator") if suffix == ".svg" else ("Software",)  # what matplotlib adds unless told not to
        metadata = {"Title": clean(title), **dict.fromkeys(unsaid)}
        figure.savefig(buffer, format=suffix[1:], metadata=metadata)
    return write(path, buffer.getvalue())


@contextmanager
def _settings() -> Iterator[None]:
    """Our font with matplotlib's own behind it for other scripts, and nothing that differs from run to run."""
    import matplotlib
    from matplotlib.font_manager import fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    for file in (FONTS / "Vazirmatn-Regular.ttf", FONTS / "Vazirmatn-Bold.ttf"):
        if str(file) not in known:
            fontManager.addfont(str(file))
    settings: dict[str, Any] = {
        "font.family": ["Vazirmatn", "DejaVu Sans"],
        "svg.hashsalt": "citydiplomacy",
        "svg.fonttype": "path",
        "path.simplify": False,
        "text.parse_math": False,  # a label with two dollar signs is not a formula
        "text.usetex": False,
    }
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(cast("Any", settings))
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def _frame(axes: Axes, positions: Positions, graph: nx.Graph[Any]) -> None:
    """Axes that hold all marks, in equal scales, y downwards as on the page."""
    xs, ys = zip(*positions.values(), strict=True) if positions else ((0.0,), (0.0,))
    edge = max(radii(graph).values(), default=1) * 2
    width, height = max(xs) - min(xs) + 2 * edge, max(ys) - min(ys) + 2 * edge
    shape = axes.get_window_extent()
    width, height = max(width, height * shape.width / shape.height), max(height, width * shape.height / shape.width)
    # A small network is not blown up until its marks look like balloons.
    width, height = max(width, 520), max(height, 520 * shape.height / shape.width)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    axes.set_xlim(x - width / 2, x + width / 2)
    axes.set_ylim(y + height / 2, y - height / 2)


def _ties(axes: Axes, graph: nx.Graph[Any], positions: Positions) -> None:
    """Ties by kind and status, parallel ones bent apart."""
    import numpy as np
    from matplotlib.collections import LineCollection

    kinds = tie_kinds(graph)
    turns: dict[tuple[str, str], int] = defaultdict(int)
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    share = np.linspace(0, 1, 17)[:, None]
    for a, b, data in graph.edges(data=True):
        first, second = sorted((a, b), key=str)
        start, end = np.array(positions[first]), np.array(positions[second])
        turn = turns[str(first), str(second)]
        turns[str(first), str(second)] += 1
        if turn:
            side = np.array([start[1] - end[1], end[0] - start[0]]) * 0.14 * ((turn + 1) // 2) * (1 if turn % 2 else -1)
            line = start * (1 - share) ** 2 + ((start + end) / 2 + side) * 2 * share * (1 - share) + end * share**2
        else:
            line = np.array([start, end])
        groups[str(data.get("kind") or ""), line_of(data)].append(line)
    opacity = max(0.22, 0.8 - 0.13 * float(np.log10(1 + graph.number_of_edges())))
    width = 0.5 if graph.number_of_edges() > 3000 else 1.1
    for (kind, line), lines in sorted(groups.items()):
        dashes = LINES[line]
        style: Any = (0, tuple(length * 0.75 for length in dashes)) if dashes else "solid"
        # Dashes are in points here, not in multiples of the width.
        with _unscaled():
            axes.add_collection(
                LineCollection(
                    lines, colors=kinds[kind].color, linewidths=width, linestyles=[style], alpha=opacity, zorder=1
                ),
                autolim=False,
            )


@contextmanager
def _unscaled() -> Iterator[None]:
    import matplotlib

    with matplotlib.rc_context({"lines.scale_dashes": False}):
        yield


def _nodes(axes: Axes, graph: nx.Graph[Any], positions: Positions, radius: dict[Any, float]) -> None:
    """One scatter a kind; a marker's area is that of the page's mark."""
    points = axes.get_window_extent().width / abs(axes.get_xlim()[1] - axes.get_xlim()[0]) * 72 / DPI
    for key, kind in node_kinds(graph).items():
        nodes = [node for node, data in graph.nodes(data=True) if str(data.get("kind") or "") == key]
        axes.scatter(
            [positions[node][0] for node in nodes],
            [positions[node][1] for node in nodes],
            s=[(2 * radius[node] * points) ** 2 * (1 if kind.shape == "dot" else 0.85) for node in nodes],
            c=kind.color,
            marker=MARKERS[kind.shape],
            edgecolors="white",
            linewidths=0.6 if len(graph) <= 2000 else 0.2,
            zorder=2,
        )


def _words(figure: Figure, title: str, parts: list[str], lang: str) -> None:
    """Title and caption, at the side where the language begins."""
    x, side = (0.985, "right") if lang == "fa" else (0.015, "left")
    figure.text(x, 0.965, shorten(title, 90), ha=side, va="top", fontsize=17, fontweight="bold", color=INK)
    figure.text(x, 0.915, shorten(" · ".join(parts), 150), ha=side, va="top", fontsize=10.5, color="#4b5563")


def _key(figure: Figure, graph: nx.Graph[Any], lang: str) -> None:
    """Kinds of nodes, kinds of ties and lines, each under its heading, from top to bottom."""
    from matplotlib.lines import Line2D

    w = words(lang)
    lines = {line_of(data) for _, _, data in graph.edges(data=True)}
    rows: list[tuple[str, Line2D | None]] = [(w["kinds"], None)]
    for kind in node_kinds(graph).values():
        rows.append((kind.label, Line2D([], [], ls="", marker=MARKERS[kind.shape], ms=9, mfc=kind.color, mec="white")))
    if graph.number_of_edges():
        rows.append((w["tie_kinds"], None))
        rows += [(kind.label, Line2D([], [], color=kind.color, lw=2.2)) for kind in tie_kinds(graph).values()]
        rows.append((w["lines"], None))
        for key, dashes in LINES.items():
            if key in lines:
                style: Any = (0, tuple(length * 0.75 / 1.3 for length in dashes)) if dashes else "solid"
                rows.append((w[key], Line2D([], [], color=INK, lw=1.3, ls=style)))
    right = lang == "fa"
    anchor = (0.195, 0.87) if right else (0.805, 0.87)
    step = min(0.031, 0.8 / max(1, len(rows)))
    y = anchor[1]
    for label, handle in rows:
        sign = -1 if right else 1
        if handle is None:
            y -= step * 0.45
            figure.text(
                anchor[0],
                y,
                label,
                ha="right" if right else "left",
                va="center",
                fontsize=10,
                fontweight="bold",
                color=INK,
            )
        else:
            middle = anchor[0] + sign * 0.014
            single = handle.get_marker() not in (None, "None", "")
            handle.set_data([middle] if single else [middle - 0.012, middle + 0.012], [y] if single else [y, y])
            handle.set_transform(figure.transFigure)
            figure.add_artist(handle)
            figure.text(
                anchor[0] + sign * 0.034,
                y,
                shorten(label, 30),
                ha="right" if right else "left",
                va="center",
                fontsize=10,
                color=INK,
            )
        y -= step
    if has_sizes(graph):
        figure.text(
            anchor[0], y - step * 0.3, w["size"], ha="right" if right else "left", va="top", fontsize=8, color="#6b7280"
        )
