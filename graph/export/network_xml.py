"""GraphML and GEXF, line by line: a tree of elements of all that a network has takes three times as long to write.

The elements, their order and their spaces are those of NetworkX's writers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO
from xml.sax.saxutils import escape

Flat = dict[str, str | int | float]
"""Attributes that are text and numbers."""
Node = tuple[str, Flat]
Tie = tuple[str, str, str | None, Flat]
"""Both ends, an id where ties have one, and attributes."""

_HEAD = "<?xml version='1.0' encoding='utf-8'?>\n"
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_TYPES: dict[type, str] = {bool: "boolean", int: "long", float: "double"}
_MARKS = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}


def graphml(nodes: Sequence[Node], ties: Sequence[Tie], made_by: str, out: IO[bytes]) -> None:
    """Write a network as GraphML. An attribute that has values of several types is several."""
    keys = {"node": _keys(data for _, data in nodes)}
    keys["edge"] = _keys((data for *_, data in ties), len(keys["node"]))
    out.writelines(line.encode() for line in _graphml(nodes, ties, made_by, keys))


def _graphml(
    nodes: Sequence[Node], ties: Sequence[Tie], made_by: str, keys: dict[str, dict[tuple[str, str], int]]
) -> Iterator[str]:
    yield f'{_HEAD}<graphml xmlns="{_GRAPHML}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    yield f'xsi:schemaLocation="{_GRAPHML} {_GRAPHML}/1.0/graphml.xsd">\n  <desc>{escape(made_by)}</desc>\n'
    for scope in ("edge", "node"):
        for (name, type_), key in reversed(keys[scope].items()):
            yield f'  <key id="d{key}" for="{scope}" attr.name="{_quoted(name)}" attr.type="{type_}" />\n'
    yield '  <graph edgedefault="undirected">\n'
    for node, data in nodes:
        yield _element("    ", "node", f'id="{_quoted(node)}"', _data(data, keys["node"]))
    for one, other, id_, data in ties:
        named = "" if id_ is None else f' id="{_quoted(id_)}"'
        ends = f'source="{_quoted(one)}" target="{_quoted(other)}"'
        yield _element("    ", "edge", ends + named, _data(data, keys["edge"]))
    yield "  </graph>\n</graphml>\n"


def _keys(things: Iterable[Flat], start: int = 0) -> dict[tuple[str, str], int]:
    """Name and type of attributes -> the number by which a file knows them."""
    keys: dict[tuple[str, str], int] = {}
    for data in things:
        for name, value in data.items():
            keys.setdefault((name, _type(value)), start + len(keys))
    return keys


def _data(data: Flat, keys: dict[tuple[str, str], int]) -> str:
    lines = []
    for name, value in data.items():
        text = escape(str(value))
        end = f">{text}</data>" if text else " />"
        lines.append(f'      <data key="d{keys[name, _type(value)]}"{end}\n')
    return "".join(lines)


def gexf(nodes: Sequence[Node], ties: Sequence[Tie], made_by: str, out: IO[bytes]) -> None:
    """Write a network as GEXF 1.3. A node that has `x` is drawn by its `x`, `y`, `size` and `color` (#rrggbb).

    What has an element or a place of its own there is taken out of the attributes.
    """
    drawn = [
        (f'id="{_quoted(node)}" label="{_quoted(data.pop("label", node))}"', _drawing(data)) for node, data in nodes
    ]
    tied = [_ends(number, *tie) for number, tie in enumerate(ties)]
    titles = {"node": _titles(data for _, data in nodes)}
    titles["edge"] = _titles((data for *_, data in ties), len(titles["node"]))
    lines = _gexf(
        made_by,
        titles,
        (
            _element("      ", "node", start, look + _values(data, titles["node"]))
            for (start, look), (_, data) in zip(drawn, nodes, strict=True)
        ),
        (
            _element("      ", "edge", start, _values(data, titles["edge"]))
            for start, (*_, data) in zip(tied, ties, strict=True)
        ),
    )
    out.writelines(line.encode() for line in lines)


def _gexf(
    made_by: str, titles: dict[str, dict[str, tuple[int, str]]], nodes: Iterable[str], edges: Iterable[str]
) -> Iterator[str]:
    yield f'{_HEAD}<gexf xmlns:viz="{_GEXF}/viz" xmlns="{_GEXF}" version="1.3">\n  <meta>\n'
    yield f"    <creator>{escape(made_by)}</creator>\n  </meta>\n"
    yield '  <graph defaultedgetype="undirected" mode="static">\n'
    for scope in ("edge", "node"):
        if titles[scope]:
            yield f'    <attributes mode="static" class="{scope}">\n'
            for title, (key, type_) in titles[scope].items():
                yield f'      <attribute id="{key}" title="{_quoted(title)}" type="{type_}" />\n'
            yield "    </attributes>\n"
    for name, elements in (("nodes", nodes), ("edges", edges)):
        yield f"    <{name}>\n"
        yield from elements
        yield f"    </{name}>\n"
    yield "  </graph>\n</gexf>\n"


def _drawing(data: Flat) -> str:
    """How a node is drawn, taken out of its attributes."""
    if "x" not in data:
        return ""
    x, y, size = (data.pop(name) for name in ("x", "y", "size"))
    color = " ".join(f'{name}="{value}"' for name, value in rgb(str(data.pop("color"))).items())
    return (
        f'        <viz:color {color} a="1.0" />\n        <viz:size value="{size}" />\n'
        f'        <viz:position x="{x}" y="{y}" z="0.0" />\n'
    )


def rgb(color: str) -> dict[str, int]:
    """The parts of a colour, #rrggbb.

    >>> rgb("#0072b2")
    {'r': 0, 'g': 114, 'b': 178}
    """
    return {name: int(color[start : start + 2], 16) for name, start in (("r", 1), ("g", 3), ("b", 5))}


def _ends(number: int, one: str, other: str, id_: str | None, data: Flat) -> str:
    """The ends of a tie, and what stands beside them, taken out of its attributes; its kind, by which Gephi keeps
    parallel ties apart, stays there too."""
    told: Flat = {"source": one, "target": other, "id": number if id_ is None else id_}
    told |= {name: data.pop(name) for name in ("label", "weight") if name in data}
    told |= {"kind": data["kind"]} if "kind" in data else {}
    return " ".join(f'{name}="{_quoted(value)}"' for name, value in told.items())


def _titles(things: Iterable[Flat], start: int = 0) -> dict[str, tuple[int, str]]:
    """The name of each attribute -> the number by which a file knows it, and the type that all its values have."""
    types: dict[str, set[str]] = {}
    for data in things:
        for name, value in data.items():
            types.setdefault(name, set()).add(_type(value))
    common = [
        one.pop() if len(one) == 1 else "double" if one == {"long", "double"} else "string" for one in types.values()
    ]
    return dict(zip(types, enumerate(common, start), strict=True))


def _values(data: Flat, titles: dict[str, tuple[int, str]]) -> str:
    if not data:
        return ""
    lines = [
        f'          <attvalue for="{titles[name][0]}" value="{_value(value)}" />\n' for name, value in data.items()
    ]
    return f"        <attvalues>\n{''.join(lines)}        </attvalues>\n"


def _value(value: str | int | float) -> str:
    return str(value).lower() if isinstance(value, bool) else _quoted(value)


def _element(space: str, name: str, start: str, inside: str) -> str:
    """A node or tie, indented by a space."""
    return f"{space}<{name} {start}" + (f">\n{inside}{space}</{name}>\n" if inside else " />\n")


def _type(value: str | int | float) -> str:
    return _TYPES.get(type(value), "string")


def _quoted(value: str | int | float) -> str:
    """A value as the attribute of an element."""
    return escape(str(value), _MARKS)
