"""Building the embedded property graph of a store: tables in files, taken in by the engine's own bulk copy.

It stands in the store's folder as `cypher/<revision>-<digest>`, or in the user's (see derived_cache).
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from citydiplomacy.errors import MissingExtraError, StoreError

from .. import memory, software
from ..store import derived_cache
from ..store.locks import Hold
from ..store.reader import Store
from . import gc_pause
from .declared import Model, Types, model
from .projection import PropertyGraph, Relationship, project
from .values import Value

if TYPE_CHECKING:
    import ladybug

FOLDER = "cypher"
DATABASE = "graph"
"""The engine's file in the folder of a graph."""
POOL = 1 << 30
"""Bytes that the engine may keep in memory."""
NEEDED = 850 << 20
"""Bytes of addresses that the engine takes with its threads, measured: with less it ends its process, or waits."""
_TYPES: dict[type, str] = {
    str: "STRING",
    int: "INT64",
    float: "DOUBLE",
    bool: "BOOL",
    dt.date: "DATE",
    list: "STRING[]",
}
_BETWEEN = "\x1f"
"""Between the texts of a list in a cell: the unit separator, which no text has."""
_DIALECT = "HEADER=false, PARALLEL=false, AUTO_DETECT=false, DELIM=',', QUOTE='\"', ESCAPE='\"'"


Told = Callable[[Mapping[str, int]], None]
"""Called with what the projection could not carry, and how often, when a graph is built."""


def ready(store: Store, tell: Told | None = None) -> tuple[Path, Hold]:
    """The folder of the graph of the revision that a store shows, built first if nobody has; and the hold on it.

    Close the hold to let it go. Raises MissingExtraError without the engine, StoreError if the graph cannot be written.
    """
    try:
        engine = version("ladybug")
    except PackageNotFoundError:
        raise MissingExtraError("ladybug", "embedded", "Cypher without a server") from None
    named = derived_cache.name(store.manifest, software.digest("graph", "ontology"), engine)

    def make(beside: Path) -> None:
        with gc_pause.paused():
            graph = project(store)
            write(graph, beside)
        if tell:
            tell(graph.lost)

    return derived_cache.ready(store.folder, FOLDER, named, make, "the graph for Cypher")


def opened(path: Path, **options: Any) -> ladybug.Database:
    """A database of the engine. Raises StoreError where the process may not take the memory for it."""
    import ladybug

    if (left := memory.left()) is not None and left < NEEDED:
        raise StoreError(
            "the engine for Cypher needs more memory than this process may take.", hint="Look at `ulimit -v`."
        )
    may = allowed()
    return ladybug.Database(str(path), buffer_pool_size=may.pool, max_db_size=may.addresses, **options)


class Memory(NamedTuple):
    """What the engine may take, in bytes."""

    pool: int
    """Memory that it keeps pages in."""
    addresses: int | None
    """Addresses that it reserves, a power of two; None for its own 8 TB."""


def allowed() -> Memory:
    """As much as usual, or a quarter of what a limit of the process leaves (`ulimit -v`)."""
    left = memory.left()
    if left is None:
        return Memory(POOL, None)
    size = 1 << max(left // 4, 1).bit_length() - 1
    return Memory(min(POOL, size), size)


def write(graph: PropertyGraph, folder: Path) -> None:
    """Write a graph as a database `graph` into a folder, through files that are removed again."""
    import ladybug

    files = folder / "tables"
    files.mkdir()
    tables = model(graph)
    statements = [*declarations(tables), *write_files(graph, tables, files)]
    # A checkpoint after each table takes several times as long; all tables in one transaction, three times the memory.
    database = opened(folder / DATABASE, auto_checkpoint=False)
    connection = ladybug.Connection(database)
    for statement in statements:
        connection.execute(statement)
    connection.execute("CHECKPOINT")
    connection.close()
    database.close()
    shutil.rmtree(files)


def declarations(tables: Model) -> Iterator[str]:
    """Statements that declare the tables, and what texts ask of a day on Neo4j."""
    yield "CREATE MACRO toString(value) AS CAST(value, 'STRING')"
    for label, types in tables.nodes.items():
        yield f"CREATE NODE TABLE {_quoted(label)} ({_columns(types)}, PRIMARY KEY (id))"
    for type_, types in tables.relationships.items():
        ends = sorted(tables.ends[type_]) or [("Concept", "Concept")]
        pairs = ", ".join(f"FROM {_quoted(start)} TO {_quoted(end)}" for start, end in ends)
        yield f"CREATE REL TABLE {_quoted(type_)} ({pairs}{', ' + _columns(types) if types else ''})"


def write_files(graph: PropertyGraph, tables: Model, folder: Path) -> Iterator[str]:
    """Write a file a table; yields the statements that copy them, nodes first."""
    for label, nodes in groupby(graph.nodes, key=lambda node: node.label):
        types = tables.nodes[label]
        path = folder / f"{label}.csv"
        _write_cells(path, ([node.properties.get(name) for name in types] for node in nodes))
        yield f"COPY {_quoted(label)} FROM {_cells(path, types)}"
    for (type_, start, end), ties in groupby(sorted(graph.relationships, key=_table), key=_table):
        types = tables.relationships[type_]
        path = folder / f"{type_}-{start}-{end}.csv"
        _write_cells(path, ([tie.start[1], tie.end[1], *(tie.properties.get(name) for name in types)] for tie in ties))
        cells = _cells(path, {"_start": str, "_end": str, **types})
        yield f"COPY {_quoted(type_)} FROM {cells} (FROM='{start}', TO='{end}')"


def _table(tie: Relationship) -> tuple[str, str, str]:
    return tie.type, tie.start[0], tie.end[0]


def _quoted(name: str) -> str:
    return f"`{name}`"


def _columns(types: Types) -> str:
    return ", ".join(f"{_quoted(name)} {_TYPES[type_]}" for name, type_ in types.items())


def _cells(path: Path, types: Types) -> str:
    """A file of cells as a table of a COPY; lists come as one text, taken apart here."""
    columns = ", ".join(f"{_quoted(n)} {'STRING' if t is list else _TYPES[t]}" for n, t in types.items())
    values = ", ".join(_list(_quoted(name)) if type_ is list else _quoted(name) for name, type_ in types.items())
    file = str(path).replace("\\", "\\\\").replace("'", "\\'")
    return f"(LOAD WITH HEADERS ({columns}) FROM '{file}' ({_DIALECT}) RETURN {values})"


def _list(name: str) -> str:
    """A list from its cell: the engine's split leaves out empty texts, and makes one of no text at all."""
    return f"CASE WHEN {name} = '{_BETWEEN}' THEN CAST([] AS STRING[]) ELSE string_split({name}, '{_BETWEEN}') END"


def _write_cells(path: Path, rows: Iterable[list[Value | None]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines([",".join([_cell(value) for value in row]) + "\n" for row in rows])


def _cell(value: Value | None) -> str:
    """A value as a cell: nothing for None, and text always quoted, so that an empty one is not None."""
    match value:
        case None:
            return ""
        case str():
            return '"' + value.replace('"', '""') + '"'
        case list():
            parts = [_BETWEEN + part.replace(_BETWEEN, " ").replace('"', '""') for part in value]
            return f'"{"".join(parts) or _BETWEEN}"'
        case bool():
            return "true" if value else "false"
        case dt.date():
            return value.isoformat()
        case _:
            return repr(value)
