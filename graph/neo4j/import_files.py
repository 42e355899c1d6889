"""The property graph as CSV files for Neo4j's bulk importer, which fills an empty database."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from citydiplomacy.errors import InputError

from ..property.projection import project
from ..property.values import Properties, Value
from ..store.reader import Store
from .marks import BATCH, DIGEST, MARK, OURS, REVISION, digest, key, name, tie_digest
from .push_lock import Turn

EMPTY = "_empty"
"""The importer has no empty lists; this property names those of a node or relationship until the next push."""

BETWEEN = "\x1f"
"""Between the values of a list: the importer knows no escape, so it is a character that no text has."""
ARGUMENTS = "import.args"
COMMAND = f"neo4j-admin database import full neo4j @{ARGUMENTS}"
"""To be run in the folder, with the server stopped. A push then adds constraints, indexes and empty lists."""

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean", dt.date: "date", list: "string[]"}


class _Row(NamedTuple):
    fixed: tuple[str, ...]
    properties: Properties


def write_neo4j_csv(store: Store, folder: Path) -> tuple[dict[str, int], Counter[str]]:
    """Write a file a label and a file a relationship type, and the importer's arguments, into a folder.

    The same store gives the same bytes. What is imported is what a push would have made, so that the next push finds it
    there. Returns rows by file, and what the projection could not carry, with how often. Raises InputError for a list
    with a value that holds the character between values, OSError as it comes.
    """
    graph, pushed = project(store), {REVISION: store.manifest.revision}
    nodes: defaultdict[str, list[_Row]] = defaultdict(list)
    for node in graph.nodes:
        labels = f"{MARK}{BETWEEN}{name(node.label)}"
        nodes[node.label].append(
            _Row((node.id, labels), _imported(node.properties, digest(node.properties), besides="id") | pushed)
        )
    ties: defaultdict[str, list[_Row]] = defaultdict(list)
    for tie in graph.relationships:
        fixed = (tie.start[1], tie.end[1], name(tie.type))
        imported = _imported(tie.properties, tie_digest(key(tie), tie.properties))
        ties[tie.type].append(_Row(fixed, imported | pushed | {OURS: True}))
    written: dict[str, int] = {}
    arguments = [f"--array-delimiter=U+{ord(BETWEEN):04X}", "--multiline-fields=true"]
    for option, prefix, header, tables in (
        ("--nodes", "nodes", ("id:ID", ":LABEL"), nodes),
        ("--relationships", "relationships", (":START_ID", ":END_ID", ":TYPE"), ties),
    ):
        for label, rows in sorted(tables.items()):
            file = f"{prefix}-{label}.csv"
            _write(folder / file, header, rows)
            written[file] = len(rows)
            arguments.append(f"{option}=./{file}")  # the importer of 2026 wants a path with a folder
    (folder / ARGUMENTS).write_text("\n".join(arguments) + "\n", encoding="utf-8")
    return written, graph.lost


def _imported(properties: Properties, told: int, besides: str = "") -> Properties:
    """Properties as the importer takes them."""
    there = {called: value for called, value in properties.items() if value != [] and called != besides}
    empty: list[str] = [called for called, value in properties.items() if value == []]
    return there | ({EMPTY: empty} if empty else {}) | {DIGEST: told}


def finish(turn: Turn) -> None:
    """Make what the importer cannot: the empty lists of a graph that was imported."""
    for thing in (f"MATCH (n:{MARK})", f"MATCH (:{MARK})-[n]->(:{MARK})"):
        pending = f"{thing} WHERE n.{EMPTY} IS NOT NULL"
        names = turn.transaction(
            lambda tx, asked=pending: tx.run(f"{asked} UNWIND n.{EMPTY} AS name RETURN DISTINCT name").value()  # type: ignore[misc]
        )
        made = ", ".join(
            f"n.{one} = CASE WHEN '{one}' IN n.{EMPTY} THEN [] ELSE n.{one} END" for one in map(name, names)
        )
        work = f"{pending} WITH n LIMIT {BATCH} SET {made} REMOVE n.{EMPTY} RETURN count(*)"
        while names and turn.transaction(lambda tx, asked=work: tx.run(asked).single(strict=True)[0]):  # type: ignore[misc]
            pass


def _write(path: Path, header: tuple[str, ...], rows: Iterable[_Row]) -> None:
    listed = list(rows)
    types: dict[str, str] = {}
    for row in listed:
        types |= {called: _TYPES[type(value)] for called, value in row.properties.items()}
    columns = sorted(types)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join([*header, *(f"{called}:{types[called]}" for called in columns)]) + "\n")
        for row in listed:
            file.write(",".join([*map(_quoted, row.fixed), *_cells(row.properties, columns)]) + "\n")


def _cells(properties: Mapping[str, Value], columns: Iterable[str]) -> Iterable[str]:
    for called in columns:
        value = properties.get(called)
        match value:
            case None:
                yield ""
            case bool():
                yield "true" if value else "false"
            case int() | float():
                yield repr(value)
            case dt.date():
                yield value.isoformat()
            case str():
                yield _quoted(value)
            case list():
                yield _quoted(BETWEEN.join(_whole(one) for one in value))


def _whole(text: str) -> str:
    if BETWEEN in text:
        raise InputError("a value of a list that no CSV import can carry", value=text, expected="no character U+001F")
    return text


def _quoted(text: str) -> str:
    """Present, even if empty: an empty cell without quotes is an absent value."""
    return '"' + text.replace('"', '""') + '"'
