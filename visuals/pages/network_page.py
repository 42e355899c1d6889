"""A network as one HTML page that works offline: drawn by vis-network from pyvis's data, in a template of our own.

pyvis's own page is not used: it asks a CDN, lets a script in a heading or a tooltip run, and is quadratic in the number
of ties. Here the content security policy allows the two scripts of the page and nothing else, the template escapes, and
the page's script puts data on the canvas or into text nodes only.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citydiplomacy.graph.language.text import alphabetical, capital
from citydiplomacy.graph.whole_files import write
from citydiplomacy.queries.wording.phrases import in_brief
from citydiplomacy.queries.wording.speech import Speech

from ..drawing.layout import layout
from ..drawing.scene import Cited
from ..drawing.style import (
    LINES,
    OUTLINES,
    DrawnKind,
    by_influence,
    has_sizes,
    line_of,
    name_of,
    node_kinds,
    radii,
    tie_kinds,
)
from ..drawing.words import local_digits, summary, words
from ..svg.plain_text import clean, safe_link
from .offline import Looked, page_words, template

if TYPE_CHECKING:
    import networkx as nx

SCRIPTS = ("common.js", "network-view.js", "network-panel.js", "network-files.js")
LARGE = 3000
"""With more ties than this they are thinner, and hidden while the picture is moved."""


def write_page(
    graph: nx.Graph[Any],
    path: str | Path,
    *,
    title: str,
    lang: str = "en",
    caption: str = "",
    date: dt.date | None = None,
) -> Path:
    """Write the network as an interactive page and return its path.

    Nodes have `label`, `kind` and `kind_label`, and may have `size`, `facts`, `sources`, `x`, `y`, `region` and
    `region_label` (to be filtered by), and `focus`, if no region hides them; ties have `kind`
    and `kind_label`, and may have `status`, `status_label`, `standing`, `since` and `sources`. `lang` is the language
    of the page's own words (`fa` turns it right to left), `date` the day that the caption names, today unless given.
    Raises CityDiplomacyError if the place cannot be written.
    """
    return write(
        path, network_page(graph, name=Path(path).stem, title=title, lang=lang, caption=caption, date=date).file()
    )


def network_page(
    graph: nx.Graph[Any],
    *,
    name: str,
    title: str,
    lang: str = "en",
    caption: str = "",
    date: dt.date | None = None,
) -> Looked:
    """The same before it is written. name: that of the files which its reader saves."""
    kinds, ties = node_kinds(graph), tie_kinds(graph)
    lines = [line for line in LINES if any(line_of(data) == line for _, _, data in graph.edges(data=True))]
    told = summary(
        len(graph), graph.number_of_edges(), lang, caption=caption, date=date or dt.datetime.now(tz=dt.UTC).date()
    )
    said = words(lang) | page_words("network", lang)
    data = _data(graph, kinds, ties, lang) | {
        "title": clean(title),
        "name": name,
        "caption": " · ".join(told),
        "words": said,
    }
    values = {
        "title": clean(title),
        "summary": told,
        "words": said,
        "kinds": [_entry(kind, lang) for kind in kinds.values()],
        "ties": [_entry(kind, lang) for kind in ties.values()],
        "regions": [(label, Speech(lang).number(count)) for _, label, count in _regions(graph, lang)],
        "lines": [(key, words(lang)[key], " ".join(map(str, LINES[key]))) for key in lines],
        "has_sizes": has_sizes(graph),
    }
    return Looked("network", scripts(), data, lang, values)


def scripts() -> dict[str, str]:
    """Its scripts by name, in their order."""
    return {"vis-network.js": _vis_network(), **{each: template(each) for each in SCRIPTS}}


def _data(graph: nx.Graph[Any], kinds: dict[str, DrawnKind], ties: dict[str, DrawnKind], lang: str) -> dict[str, Any]:
    """What the page's script reads: pyvis's nodes, edges and options, and the texts beside them."""
    from pyvis.network import Network

    positions, radius = layout(graph), radii(graph)
    index = {node: place for place, node in enumerate(graph)}
    kind_index = {key: place for place, key in enumerate(kinds)}
    region_index = {key: place for place, (key, _, _) in enumerate(_regions(graph, lang))}
    tie_index = {key: place for place, key in enumerate(ties)}
    sources: dict[tuple[str, str], int] = {}

    def cited(data: dict[str, Any]) -> list[int]:
        told = (Cited(one) if isinstance(one, str) else one for one in data.get("sources") or ())
        return [sources.setdefault((clean(one.title), safe_link(one.address)), len(sources)) for one in told]

    # The lists are set whole: add_node and add_edge look through all nodes and edges each time, and the second drops
    # parallel ties. Ids are numbers and labels are drawn by the page, so no text of the data steers vis-network.
    network = Network()
    network.nodes = [
        {
            "id": index[node],
            "x": positions[node][0],
            "y": positions[node][1],
            "size": radius[node],
            "group": str(kind_index[str(data.get("kind") or "")]),
            "key": clean(node),
            "name": name_of(graph, node),
            "others": [clean(in_brief(name)) for name in data.get("others") or ()],
            "facts": [clean(fact) for fact in data.get("facts") or ()],
            "sources": cited(data),
            "region": region_index[str(data.get("region") or "")],
            "focus": bool(data.get("focus")),
        }
        for node, data in graph.nodes(data=True)
    ]
    parallel: dict[tuple[int, int], int] = defaultdict(int)
    for a, b, data in graph.edges(data=True):
        start, end = sorted((index[a], index[b]))
        network.edges.append(
            {
                "id": len(network.edges),
                "from": start,
                "to": end,
                "turn": parallel[start, end],
                "kind": tie_index[str(data.get("kind") or "")],
                "line": line_of(data),
                "status": clean(data.get("status_label") or data.get("status") or ""),
                "since": local_digits(clean(data.get("since") or ""), lang),
                "sources": cited(data),
            }
        )
        parallel[start, end] += 1
    network.set_options(json.dumps(_options(list(kinds.values()), len(network.edges) > LARGE)))
    nodes, edges, _, _, _, options = network.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "order": [index[node] for node in by_influence(graph)],
        "kinds": [clean(kind.label) for kind in kinds.values()],
        "ties": [{"label": kind.label, "color": kind.color} for kind in ties.values()],
        "lines": LINES,
        "sources": [list(source) for source in sources],
        "lang": "fa" if lang == "fa" else "en",
    }


def _options(kinds: list[DrawnKind], large: bool) -> dict[str, Any]:
    """vis-network's options: no physics (the layout is done), and looks by kind."""
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "hoverConnectedEdges": False,
            "selectConnectedEdges": False,
            "hideEdgesOnDrag": large,
            "hideEdgesOnZoom": large,
        },
        "nodes": {"borderWidth": 0.5 if large else 1, "chosen": False},
        "edges": {"smooth": False, "chosen": False, "selectionWidth": 0, "hoverWidth": 0, "width": 1 if large else 1.6},
        "groups": {
            str(place): {"shape": kind.shape, "color": {"background": kind.color, "border": "#ffffff"}}
            for place, kind in enumerate(kinds)
        },
    }


def _regions(graph: nx.Graph[Any], lang: str) -> list[tuple[str, str, int]]:
    """The world regions of the nodes, by name, with their numbers: id, label, number; what lies in none comes last."""
    labels = {str(data.get("region") or ""): str(data.get("region_label") or "") for _, data in graph.nodes(data=True)}
    counts = Counter(str(data.get("region") or "") for _, data in graph.nodes(data=True))
    labels[""] = page_words("network", lang)["no_region"]
    order = sorted(counts, key=lambda region: (not region, alphabetical(labels[region])))
    return [(region, clean(labels[region]), counts[region]) for region in order]


def _entry(kind: DrawnKind, lang: str) -> dict[str, str]:
    """What the legend says of a kind."""
    return {
        "label": capital(kind.label),
        "count": Speech(lang).number(kind.count),
        "color": kind.color,
        "outline": OUTLINES.get(kind.shape, ""),
    }


def _vis_network() -> str:
    """vis-network as the installed pyvis carries it (Apache-2.0 or MIT). Its style sheet is for parts not used here."""
    library = resources.files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    # The browser reads \r\n as \n, and the hash in the policy is of what it reads.
    return library.read_bytes().decode().replace("\r\n", "\n").replace("\r", "\n")
