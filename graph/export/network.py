"""The network as files for other tools: GraphML, GEXF, node-link JSON; plain attributes, sorted, repeatable."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from . import network_xml
from .network_xml import Flat

if TYPE_CHECKING:
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


class Plain(NamedTuple):
    """A network whose attributes are text and numbers: these formats know no lists, no nested values and no absence."""

    nodes: list[tuple[str, Flat]]
    """Sorted by id."""
    ties: list[tuple[str, str, str | None, Flat]]
    """Sorted; both ends, an id where ties have one, and attributes."""


def plain(graph: nx.Graph[Any]) -> Plain:
    """A network as these formats take it, sorted, so that the same network gives the same bytes."""
    import networkx as nx

    nodes = [(str(node), _flat(data)) for node, data in sorted(graph.nodes(data=True), key=itemgetter(0))]
    if not isinstance(graph, nx.MultiGraph):
        pairs = sorted(
            ((*sorted((one, other)), data) for one, other, data in graph.edges(data=True)), key=itemgetter(0, 1)
        )
        return Plain(nodes, [(one, other, None, _flat(data)) for one, other, data in pairs])
    ties: list[tuple[str, str, str | None, Flat]] = []
    parts: Counter[str] = Counter()
    keyed = ((*sorted((one, other)), key, data) for one, other, key, data in graph.edges(keys=True, data=True))
    for one, other, key, data in sorted(keyed, key=itemgetter(0, 1, 2)):
        parts[key] += 1  # a tie of three parties is three edges, and no two may have one id
        ties.append((one, other, key if parts[key] == 1 else f"{key}#{parts[key]}", {"tie": key} | _flat(data)))
    return Plain(nodes, ties)


def _flat(data: dict[str, Any]) -> Flat:
    flat: Flat = {}
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
    made = plain(graph)
    for _, data in made.nodes:
        if "color" in data:
            data.update(network_xml.rgb(str(data["color"])))  # as Gephi names them
    network_xml.graphml(made.nodes, made.ties, MADE_BY, out)


def write_gexf(graph: nx.Graph[Any], out: IO[bytes]) -> None:
    """GEXF 1.3, as Gephi and Gephi Lite read it: places, sizes and colours of nodes are what these draw."""
    network_xml.gexf(*plain(graph), MADE_BY, out)


def write_node_link(graph: nx.Graph[Any], out: IO[bytes]) -> None:
    """Node-link JSON, as D3 and NetworkX read it."""
    import networkx as nx

    made = plain(graph)
    edges = []
    for one, other, key, data in made.ties:
        edges.append(data | {"source": one, "target": other} | ({} if key is None else {"key": key}))
    nodes = [data | {"id": node} for node, data in made.nodes]
    several = isinstance(graph, nx.MultiGraph)
    out.write(b'{\n "directed": false,\n "edges": ')
    _write_list(edges, out)
    out.write(f',\n "graph": {{}},\n "multigraph": {json.dumps(several)},\n "nodes": '.encode())
    _write_list(nodes, out)
    out.write(b"\n}\n")


def _write_list(things: Sequence[Flat], out: IO[bytes]) -> None:
    """A list of objects, indented as `json.dumps` with `indent=1` does, which is slow at it."""
    encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",\n   ", ": ")).encode
    for number, thing in enumerate(things):
        start = "," if number else "["
        out.write(f"{start}\n  {{\n   {encode(thing)[1:-1]}\n  }}".encode())
    out.write(b"\n ]" if things else b"[]")
