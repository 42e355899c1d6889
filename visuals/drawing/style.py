"""How kinds, statuses and influence look: colours that colour-blind people tell apart, shapes, lines and sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Any, Final

from citydiplomacy.queries.wording.phrases import in_brief

from ..svg.plain_text import clean
from ..svg.svg import INK, Svg, line

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class DrawnKind:
    """A kind of nodes or of ties that occurs in a picture: its key, label, number, colour and (for nodes) shape."""

    key: str
    label: str
    count: int
    color: str
    shape: str = "dot"


# Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), its yellow darkened so that it stands on white.
_BLUE, _ORANGE, _GREEN, _PURPLE = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
_RED, _SKY, _YELLOW, GREY = "#D55E00", "#56B4E9", "#BFA800", "#6B7280"

NODE_STYLES: Final = {
    "city": (_BLUE, "dot"),
    "organization": (_ORANGE, "square"),
    "country": (_GREEN, "diamond"),
    "region": (_GREEN, "hexagon"),
    "unit": (_SKY, "dot"),
    "need": (_PURPLE, "triangle"),
    "barrier": (_RED, "triangleDown"),
    "theme": (_YELLOW, "hexagon"),
    "agreement": (_SKY, "square"),
    "membership": (_ORANGE, "diamond"),
    "activity": (_YELLOW, "star"),
    "mission": (_RED, "square"),
    "study": (GREY, "star"),
    "source": (GREY, "diamond"),
}
"""Colour and shape by kind of node (in small letters): the same kind looks the same in every picture."""

_SPARE_NODE_STYLES: Final = [
    (color, shape)
    for shape in ("star", "triangle", "diamond", "hexagon", "square", "dot")
    for color in (_SKY, _PURPLE, _YELLOW, _RED, _GREEN, _BLUE, _ORANGE)
    if (color, shape) not in NODE_STYLES.values()
]
TIE_STYLES: Final = {
    "sister-city": _BLUE,
    "twinned-with": _BLUE,
    "member-of": _ORANGE,
    "memorandum": _GREEN,
    "cooperation": _SKY,
    "friendship": _PURPLE,
    "sister-region": _YELLOW,
    "represented-in": _RED,
    "flies-to": GREY,
}
"""Colour by kind of tie, written with small letters and hyphens; other kinds take the colours that are left."""
COLORS: Final = (_BLUE, _ORANGE, _GREEN, _PURPLE, _RED, _SKY, _YELLOW, GREY)
"""In the order in which what has no colour of its own takes them."""

OUTLINES: Final = {
    "square": "2.5,2.5 13.5,2.5 13.5,13.5 2.5,13.5",
    "diamond": "8,0.5 15.5,8 8,15.5 0.5,8",
    "triangle": "8,1 15.5,14 0.5,14",
    "triangleDown": "0.5,2 15.5,2 8,15",
    "hexagon": "15,8 11.5,14.1 4.5,14.1 1,8 4.5,1.9 11.5,1.9",
    "star": "8,0.5 10.1,5.6 15.6,6 11.4,9.5 12.7,14.9 8,12 3.3,14.9 4.6,9.5 0.4,6 5.9,5.6",
}
"""Corners of each shape in a legend's 16 x 16 square; a dot is a circle."""

LINES: Final[dict[str, tuple[float, ...]]] = {
    "standing": (),
    "planned": (6, 4),
    "ended": (1.5, 4),
    "unverified": (8, 3, 1.5, 3),
}
"""Dashes of a line by whether the tie stands: line, gap, ... in pixels; empty is solid."""

_PLANNED: Final = {"proposed", "planned", "negotiated"}


def line_of(tie: Mapping[str, Any]) -> str:
    """The key in `LINES` for a tie: whether it stands, and of one that does not, whether it is only meant.

    A tie of which `standing` is not told at all, in a network of standing ties, is solid.
    """
    standing = tie.get("standing", True)
    if standing is False:
        return "planned" if str(tie.get("status") or "").rpartition("/")[2] in _PLANNED else "ended"
    return "standing" if standing else "unverified"


def dashes(look: str) -> dict[str, str]:
    """The attribute of SVG that dashes a line of a key in `LINES`; none for a solid one."""
    return {"stroke_dasharray": " ".join(map(str, LINES[look]))} if LINES[look] else {}


def stroke(svg: Svg, x: float, y: float, *, color: str = INK, look: str = "standing") -> None:
    """A line's sign in a key, round a point."""
    path = line([(x - 12, y), (x + 12, y)])
    svg.add("path", d=path, stroke=color, stroke_width=2.4, fill="none", **dashes(look))


def node_kinds(graph: nx.Graph[Any]) -> dict[str, DrawnKind]:
    """The kinds of nodes that occur, the commonest first."""
    spare = iter(_SPARE_NODE_STYLES * 100)
    kinds = {}
    for key, label, number in _kinds(data for _, data in graph.nodes(data=True)):
        color, shape = NODE_STYLES.get(key.lower()) or next(spare)
        kinds[key] = DrawnKind(key, label, number, color, shape)
    return kinds


def tie_kinds(graph: nx.Graph[Any]) -> dict[str, DrawnKind]:
    """The kinds of ties that occur, the commonest first."""
    ranked = _kinds(data for _, _, data in graph.edges(data=True))
    colors = tie_colors(key for key, _, _ in ranked)
    return {key: DrawnKind(key, label, number, colors[key]) for key, label, number in ranked}


def tie_colors(kinds: Iterable[str]) -> dict[str, str]:
    """A colour for each kind of tie: its own where it has one, else one that none of them has."""
    known = {kind: TIE_STYLES.get(kind.lower().replace("_", "-")) for kind in kinds}
    left = iter([color for color in COLORS if color not in known.values()])
    return {kind: color or next(left, GREY) for kind, color in known.items()}


def _kinds(items: Any) -> list[tuple[str, str, int]]:
    numbers: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for data in items:
        key = str(data.get("kind") or "")
        numbers[key] += 1
        label = clean(data.get("kind_label") or key) or "–"
        labels[key] = min(label, labels.get(key, label))
    return [(key, labels[key], number) for key, number in sorted(numbers.items(), key=lambda item: (-item[1], item[0]))]


def name_of(graph: nx.Graph[Any], node: Any) -> str:
    """How a picture calls a node: by its label, in brief where that is longer than any name."""
    return clean(in_brief(str(graph.nodes[node].get("label") or node)))


def influence(data: Mapping[str, Any]) -> float:
    """A node's `size`, 0 where it has none or one that is no number (a measure can be undefined for a node)."""
    size = float(data.get("size") or 0)
    return size if isfinite(size) and size > 0 else 0.0


def radii(graph: nx.Graph[Any]) -> dict[Any, float]:
    """The radius of each node, in the layout's units: its area grows with `size`; without any size all are alike.

    Cities are compared with cities and organisations with organisations: each kind has a scale of its own. Marks shrink
    as the network grows, so that ten thousand still leave room between them.
    """
    smallest, biggest = (7, 23) if len(graph) <= 300 else (5, 22) if len(graph) <= 2000 else (5, 18)
    sizes = {node: influence(data) for node, data in graph.nodes(data=True)}
    kinds = {node: data.get("kind") for node, data in graph.nodes(data=True)}
    if not any(sizes.values()):
        return dict.fromkeys(sizes, (smallest * 2 + biggest) / 3)
    top: dict[object, float] = {}
    for node, size in sizes.items():
        top[kinds[node]] = max(size, top.get(kinds[node], 0.0))
    return {
        node: round(smallest + (biggest - smallest) * sqrt(size / (top[kinds[node]] or 1)), 1)
        for node, size in sizes.items()
    }


def has_sizes(graph: nx.Graph[Any]) -> bool:
    """Whether nodes differ in `size`, so that a legend should speak of it."""
    return len({influence(data) for _, data in graph.nodes(data=True)}) > 1


def by_influence(graph: nx.Graph[Any]) -> list[Any]:
    """The nodes in the order in which they deserve a label: size, then number of ties, then label."""
    nodes, degree = graph.nodes, dict(graph.degree())
    return sorted(
        graph,
        key=lambda node: (-influence(nodes[node]), -degree[node], str(nodes[node].get("label") or node), str(node)),
    )
