"""Networks of other programs, as GEXF, GraphML, GML or Pajek, read as two tables: nodes and edges.

A mapping reads them as it reads the sheets of a workbook. Columns are `id` and the attributes of nodes, or `source`,
`target` and the attributes of edges; the line of a row is its number among the nodes or edges.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat

from citydiplomacy.errors import InputError
from citydiplomacy.graph.export.network import made_here

from .. import bounds
from .delimited import OpenTable, Row
from .workbooks import number_text

_XML = (".gexf", ".graphml")
SUFFIXES = (*_XML, ".gml", ".net")
PARTS = ("nodes", "edges")
SPELLS = "spells"
"""The column of the times at which an edge was there, if they are several: `1994/1999; 2010/`."""
_TIME_FORMAT = re.compile(rb'timeformat\s*=\s*"\w+"')
"""NetworkX knows but two forms of times. They are kept as they are written."""
_NAMESPACE = re.compile(rb"http://(?:www\.)?gexf\.net/\d[\w.]*")
"""And but some versions of GEXF, of which it reads all alike."""


def read_network(path: Path, part: str) -> OpenTable:
    """The nodes or the edges of a network file as a table.

    Raises InputError for a file that is broken, too large or too deep, that is no network, that our own export wrote,
    or that has a document type declaration: entities of such could grow without bound or name other files.
    """
    graph = _graph(path)
    if part == "nodes":
        ends: tuple[str, ...] = ("id",)
        rows: Iterable[tuple[tuple[Any, ...], Mapping[str, Any]]] = (
            ((node,), data) for node, data in graph.nodes(data=True)
        )
    else:
        ends, rows = ("source", "target"), (((one, other), data) for one, other, data in graph.edges(data=True))
    listed = [(ends, _with_spells(data)) for ends, data in rows]
    names = sorted({name for _, data in listed for name, value in data.items() if _is_plain(value)} - set(ends))
    return OpenTable(f"{path}, {part}", (*ends, *names), 0, _rows(listed, names))


def _rows(listed: list[tuple[tuple[Any, ...], Mapping[str, Any]]], names: list[str]) -> Iterator[Row]:
    for number, (ends, data) in enumerate(listed, 1):
        yield number, [*map(_text, ends), *(_text(data.get(name)) for name in names)]


def _with_spells(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The attributes of an edge; of several spells the last is its start and end, and all are told beside."""
    spells = [tuple(_text(time).partition("T")[0] for time in spell) for spell in data.get(SPELLS, ())]
    if not spells:
        return {name: value for name, value in data.items() if name != SPELLS}
    start, end = max(spells)
    several = {SPELLS: "; ".join(f"{one}/{other}" for one, other in sorted(spells))} if len(spells) > 1 else {}
    return {**data, SPELLS: None, "start": start, "end": end, **several}


def _is_plain(value: object) -> bool:
    """Whether a value is an attribute that a cell can hold: colours and positions of pictures are not."""
    return isinstance(value, str | int | float)


def _text(value: object) -> str:
    match value:
        case None | dict() | list() | "None":  # NetworkX writes the end of an open spell so
            return ""
        case bool():
            return str(value).lower()
        case float():
            return number_text(value)
    return str(value)


def _graph(path: Path) -> Any:
    import networkx as nx

    form = path.suffix.lower()
    if form in _XML:
        _check_xml(path)
        if made_here(path):
            raise InputError(
                "a drawing of a network by citydip export: what sources say is not in it whole",
                file=path,
                hint="What comes back as it was: citydip export csv FOLDER, or citydip export nquads FILE.nq",
            )
    data = bounds.read_bytes(path, bounds.WHOLE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions and of attributes of pictures
            match form:
                case ".gexf":
                    data = _NAMESPACE.sub(b"http://www.gexf.net/1.2draft", data)
                    return nx.read_gexf(BytesIO(_TIME_FORMAT.sub(b'timeformat="date"', data, count=1)))
                case ".graphml":
                    return nx.read_graphml(BytesIO(data))
                case ".gml":
                    return nx.parse_gml(data.decode("utf-8", "replace"), label="id")
            return nx.parse_pajek(data.decode("utf-8-sig", "replace").splitlines())
    except Exception as error:  # NetworkX lets through whatever its readers stumble on
        raise InputError(
            f"not a network that can be read ({type(error).__name__}: {error})",
            file=path,
            hint="Open it in the program that made it, and save it again as GEXF or GraphML.",
        ) from None


def _check_xml(path: Path) -> None:
    """Raise InputError for XML that is broken, too deep, or declares a document type."""
    depth = 0

    def down(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > bounds.DEPTH:
            raise bounds.beyond(bounds.LEVELS, bounds.DEPTH, file=path, line=parser.CurrentLineNumber)

    def up(_: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(name: str, *_: object) -> None:
        raise InputError(
            "the file declares a document type, which a network does not need",
            file=path,
            line=parser.CurrentLineNumber,
            value=f"<!DOCTYPE {name}",
            hint="Entities of such declarations are not followed. Take the declaration out.",
        )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = down, up
    bounds.check_file(path, bounds.WHOLE)
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        raise InputError(
            f"not well-formed XML: {expat.errors.messages[error.code]}", file=path, line=error.lineno
        ) from None
    except OSError as error:
        raise bounds.unreadable(path, error) from None
