"""The network as files for other tools: GraphML, GEXF, node-link JSON; plain attributes, sorted, repeatable."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import networkx as nx


MADE_BY = "citydiplomacy"
"""By which a file that was written here is known: it is a drawing of the store, and not read back as a source."""


def made_here(path: Path) -> bool:
    """Whether a file of a network was written here. False too for what cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(1000).decode(errors="replace")
    except OSError:
        return False
    return f"<creator>{MADE_BY}<" in start or f"<desc>{MADE_BY}<" in start


def plain(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """A copy whose attributes are text and numbers: these formats know no lists, no nested values and no absence."""
    import networkx as nx

    copy: nx.Graph[Any] = nx.MultiGraph() if isinstance(graph, nx.MultiGraph) else nx.Graph()
    for node, data in sorted(graph.nodes(data=True)):
        copy.add_node(node, **_flat(data))
    if isinstance(graph, nx.MultiGraph):
        parts: Counter[str] = Counter()
        for one, other, key, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
            parts[key] += 1  # a tie of three parties is three edges, and no two may have one id
            copy.add_edge(one, other, key=key if parts[key] == 1 else f"{key}#{parts[key]}", tie=key, **_flat(data))
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
            case tuple() | list():
                flat[name] = "|".join(map(str, value))
            case int() | float() | str():
                flat[name] = value
            case _:
                flat[name] = str(value)
    if "label_en" in flat:
        flat.setdefault("label", flat["label_en"])
    return flat


def write_graphml(graph: nx.Graph[Any], out: IO[bytes]) -> None:
    """GraphML, as Gephi, Cytoscape, yEd and igraph read it."""
    from xml.etree.ElementTree import Element

    from networkx.readwrite.graphml import GraphMLWriter

    made = plain(graph)
    for data in made.nodes.values():
        if "color" in data:
            data.update(_rgb(data["color"]))  # as Gephi names them
    writer = GraphMLWriter(made, encoding="utf-8", prettyprint=True)
    note = Element("desc")
    note.text = MADE_BY
    writer.xml.insert(0, note)
    writer.dump(out)


def write_gexf(graph: nx.Graph[Any], out: IO[bytes]) -> None:
    """GEXF 1.3, as Gephi and Gephi Lite read it: places, sizes and colours of nodes are what these draw."""
    from xml.etree.ElementTree import SubElement

    import networkx as nx
    from networkx.readwrite.gexf import GEXFWriter

    made = plain(graph)
    for data in made.nodes.values():
        if "x" in data:
            drawn = {"position": {"x": data.pop("x"), "y": data.pop("y"), "z": 0.0}, "size": data.pop("size")}
            data["viz"] = drawn | {"color": _rgb(data.pop("color"))}
    if isinstance(made, nx.MultiGraph):
        for _, _, key, data in made.edges(keys=True, data=True):
            data["id"] = key
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.3")
    writer.add_graph(made)
    root, network = writer.xml, writer.graph_element
    for name in [name for name in root.attrib if name.startswith("xsi:") or name == "xmlns:xsi"]:
        del root.attrib[name]  # of a wrong namespace
    # The writer notes the day it ran; the same input shall give the same bytes.
    meta = root.find("meta")
    meta.clear()
    SubElement(meta, "creator").text = MADE_BY
    del network.attrib["name"]  # which the schema does not know
    _without(network, "networkx_key")  # which is the id already
    for element, (_, _, data) in zip(network.iter("edge"), made.edges(data=True), strict=True):
        if "kind" in data:
            element.set("kind", str(data["kind"]))  # by which Gephi keeps parallel ties apart
    writer.write(out)


def _without(network: Element, title: str) -> None:
    """Take an attribute, and all its values, out of a network of GEXF."""
    for declared in network.findall("attributes"):
        for attribute in declared.findall(f"attribute[@title='{title}']"):
            declared.remove(attribute)
            for values in network.iter("attvalues"):
                for value in values.findall(f"attvalue[@for='{attribute.get('id')}']"):
                    values.remove(value)


def _rgb(color: str) -> dict[str, int]:
    return {name: int(color[start : start + 2], 16) for name, start in (("r", 1), ("g", 3), ("b", 5))}


def write_node_link(graph: nx.Graph[Any], out: IO[bytes]) -> None:
    """Node-link JSON, as D3 and NetworkX read it."""
    import networkx as nx

    data = nx.node_link_data(plain(graph), edges="edges")
    out.write((json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
