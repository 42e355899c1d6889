"""The network as files for other tools: GraphML, GEXF, node-link JSON; plain attributes, sorted, repeatable."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx


def plain(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """A copy whose attributes are text and numbers: these formats know no lists, no nested values and no absence."""
    import networkx as nx

    copy: nx.Graph[Any] = nx.MultiGraph() if isinstance(graph, nx.MultiGraph) else nx.Graph()
    for node, data in sorted(graph.nodes(data=True)):
        copy.add_node(node, **_flat(data))
    if isinstance(graph, nx.MultiGraph):
        for one, other, key, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
            copy.add_edge(one, other, key=key, **_flat(data))
    else:
        for one, other, data in sorted(graph.edges(data=True), key=lambda edge: sorted(edge[:2])):
            copy.add_edge(*sorted((one, other)), **_flat(data))
    return copy


def _flat(data: dict[str, Any]) -> dict[str, str | int | float]:
    flat: dict[str, str | int | float] = {}
    for name, value in sorted(data.items()):
        match value:
            case None:
                continue
            case dict():
                one = name.removesuffix("s")
                flat |= {f"{one}_{key}": str(item) for key, item in sorted(value.items())}
            case tuple() | list() | set():
                flat[name] = "|".join(sorted(str(item) for item in value))
            case int() | float() | str():
                flat[name] = value
            case _:
                flat[name] = str(value)
    if "label_en" in flat:
        flat.setdefault("label", flat["label_en"])
    return flat


def write_graphml(graph: nx.Graph[Any], out: IO[bytes]) -> None:
    """GraphML, as Gephi, Cytoscape, yEd and igraph read it."""
    import networkx as nx

    nx.write_graphml_xml(plain(graph), out, encoding="utf-8", prettyprint=True)


def write_gexf(graph: nx.Graph[Any], out: IO[bytes]) -> None:
    """GEXF 1.2, as Gephi reads it."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(plain(graph))
    # The writer notes the day it ran; the same input shall give the same bytes.
    writer.xml.remove(writer.xml.find("meta"))
    writer.write(out)


def write_node_link(graph: nx.Graph[Any], out: IO[bytes]) -> None:
    """Node-link JSON, as D3 and NetworkX read it."""
    import networkx as nx

    data = nx.node_link_data(plain(graph), edges="edges")
    out.write((json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
