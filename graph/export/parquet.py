"""The property graph as two Parquet tables, for Spark, pandas, DuckDB and whoever reads columns.

`nodes` has a row a node and `ties` a row a relationship, each with all columns that any class or type can have, so that
two stores give tables of one form, and a reader takes only the columns it asks for. docs/growing.md describes them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from citydiplomacy.errors import MissingExtraError

from ..model.schema import REGISTRY, Kind, Merge
from ..property.declared import Types, declared
from ..property.projection import Node, Relationship, references, stream
from ..property.values import NAMES
from ..store.reader import Store

if TYPE_CHECKING:
    import pyarrow as pa

NODES, TIES = "nodes.parquet", "ties.parquet"
"""The two files in their folder."""

ROWS = 50_000
"""Rows of a row group: what the writer holds, and a reader takes in at once."""


def write_parquet(store: Store, folder: Path) -> tuple[dict[str, int], Counter[str]]:
    """Write both tables of the merged view into a folder, row group after row group.

    The same store gives the same bytes. Returns rows by file, and what the tables could not carry, in words, with how
    often. Raises MissingExtraError without pyarrow.
    """
    lost: Counter[str] = Counter()
    types = columns(store)
    with _Table(folder / NODES, types[NODES]) as nodes, _Table(folder / TIES, types[TIES]) as ties:
        for thing in stream(store, lost):
            match thing:
                case Node(class_, properties=properties):
                    nodes.add({"class": class_} | properties)
                case Relationship(type_, (_, source), (_, target), properties):
                    ties.add({"type": type_, "source": source, "target": target} | properties)
    lost["what a source says by itself: its locators, notes and wording"] = sum(
        entry.records for entry in store.manifest.sources.values()
    )
    return {NODES: nodes.rows, TIES: ties.rows}, lost


class _Table:
    """A Parquet file that takes rows one by one."""

    def __init__(self, path: Path, types: Types) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError:
            raise MissingExtraError("pyarrow", "parquet", "Writing Parquet") from None

        kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), dt.date: pa.date32()}
        kinds[list] = pa.list_(pa.string())
        self._schema: pa.Schema = pa.schema([(name, kinds[type_]) for name, type_ in types.items()])
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._waiting: list[dict[str, Any]] = []
        self.rows = 0

    def add(self, row: dict[str, Any]) -> None:
        """Take a row."""
        self._waiting.append(row)
        self.rows += 1
        if len(self._waiting) == ROWS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        self._writer.write_batch(pa.RecordBatch.from_pylist(self._waiting, self._schema))
        self._waiting.clear()

    def __enter__(self) -> _Table:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and self._waiting:
            self._flush()
        self._writer.close()


def columns(store: Store) -> dict[str, Types]:
    """Columns of both files and their types: str, int, float, bool, date, or list (of str)."""
    model = declared()
    nodes: Types = {"id": str, "class": str, "label": str}
    ties: Types = {"id": str, "type": str, "source": str, "target": str}
    of_nodes = {
        name: type_ for class_, types in model.nodes.items() if class_ != "Claim" for name, type_ in types.items()
    }
    of_nodes |= {prop.name: str for schema in REGISTRY.values() for prop in references(schema)}
    of_ties = {name: type_ for types in model.relationships.values() for name, type_ in types.items()}
    for name, language in _languages(store):
        for types in (of_nodes, of_ties):
            if f"{name}_en" in types:
                types[f"{name}_{language}"] = str
    return {NODES: nodes | dict(sorted(of_nodes.items())), TIES: ties | dict(sorted(of_ties.items()))}


def _languages(store: Store) -> set[tuple[str, str]]:
    """Properties that are texts, each with a language that the store has them in."""
    texts = {
        (prop.predicate, NAMES.get(prop.name, prop.name))
        for schema in REGISTRY.values()
        for prop in schema.properties
        if prop.kind is Kind.TEXT and not prop.many and prop.merge is not Merge.SOURCE
    }
    found = set()
    for predicate, name in texts:
        solutions = store.query(f"SELECT DISTINCT (LANG(?text) AS ?lang) {{ ?s <{predicate}> ?text }}")
        assert isinstance(solutions, ox.QuerySolutions)
        found |= {(name, row["lang"].value.lower().replace("-", "_") or "und") for row in solutions}
    return found
