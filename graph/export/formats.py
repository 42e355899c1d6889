"""The one list of what a store can be written as: the command, its help, its errors and the docs read it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from citydiplomacy.errors import UsageError

from ..language.plurals import counted

if TYPE_CHECKING:
    import networkx as nx

    from ..store.reader import Store

AT, AT_LEAST, SOURCE, NETWORK, EVERY, DEPTH = "at", "at-least", "source", "network", "every", "depth"
"""The options of `citydip export` that not every format takes."""
NAMES = "names"
"""And the names of cities and other actors, of whom alone something is written."""


@dataclass(frozen=True)
class Choice:
    """What of a store is to be written."""

    source: str | None = None
    """Only what this source says; all if there is none."""
    network: Callable[[Store], nx.Graph[Any]] | None = None
    """How the network is made; all actors if not said."""
    asking: Callable[[Store, IO[bytes]], int] | None = None
    """How a workbook is written that asks what is not known of some cities, in the place of a source; how many rows."""
    lang: str = "en"


@dataclass(frozen=True)
class Exported:
    """What was written, in words; what the format could not carry, and how often; and what to do with it."""

    summary: str
    lost: Counter[str] = field(default_factory=Counter)
    next_step: str = ""


@dataclass(frozen=True)
class ExportForm:
    """A form in which a store is written: what it is, the end of the file's name, and how."""

    what: str
    suffix: str
    """Empty for a folder of files."""
    options: frozenset[str]
    """The options that it takes."""
    _write: Callable[[Store, Any, Choice], Exported]
    """Writes to an open file, or into an empty folder."""
    extra: str = ""
    """The optional extra of the package that brings the library that writes it."""

    def check(self, out: Path) -> None:
        """Raise at once what `write` would raise of the place."""
        from .. import whole_files

        whole_files.check(out, is_folder=not self.suffix)

    def write(self, store: Store, out: Path, choice: Choice) -> Exported:
        """Write a file or a folder, whole or not at all; the same store gives the same bytes.

        Raises MissingExtraError without the library, CityDiplomacyError if the place cannot be written, UsageError for
        a folder with files of others.
        """
        from .. import whole_files

        with (whole_files.writing if self.suffix else whole_files.folder)(out) as place:
            return self._write(store, place, choice)


def _rdf(name: str, unit: str) -> Callable[[Store, IO[bytes], Choice], Exported]:
    def write(store: Store, file: IO[bytes], choice: Choice) -> Exported:
        from . import rdf

        text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
        number = getattr(rdf, name)(store, text, choice.source)
        text.detach()
        return Exported(counted(number, unit))

    return write


def _network(name: str) -> Callable[[Store, IO[bytes], Choice], Exported]:
    def write(store: Store, file: IO[bytes], choice: Choice) -> Exported:
        from ..network import actors
        from ..property import gc_pause
        from . import network

        with gc_pause.paused():
            graph = (choice.network or actors)(store)
            getattr(network, name)(graph, file)
        return Exported(f"{counted(len(graph), 'node')}, {counted(graph.number_of_edges(), 'tie')}")

    return write


def _tables(store: Store, folder: Path, _: Choice) -> Exported:
    from .tables import write_tables

    rows = write_tables(store, folder)
    return Exported(f"{counted(sum(rows.values()), 'row')} in {counted(len(rows), 'table')}")


def _neo4j(store: Store, folder: Path, _: Choice) -> Exported:
    from ..neo4j.import_files import COMMAND, write_neo4j_csv

    rows, lost = write_neo4j_csv(store, folder)
    step = f"In that folder, with the server stopped and its database empty: {COMMAND}"
    return Exported(f"{counted(sum(rows.values()), 'row')} in {counted(len(rows), 'file')}", lost, step)


def _parquet(store: Store, folder: Path, _: Choice) -> Exported:
    from .parquet import write_parquet

    rows, lost = write_parquet(store, folder)
    return Exported(", ".join(f"{counted(number, 'row')} in {name}" for name, number in rows.items()), lost)


def _workbook(store: Store, file: IO[bytes], choice: Choice) -> Exported:
    from ..property import gc_pause
    from .workbook import write_workbook

    if choice.asking:
        return Exported(counted(choice.asking(store, file), "row to complete", "rows to complete"), next_step=_BACK)
    assert choice.source
    with gc_pause.paused():
        tables = write_workbook(store, file, choice.source, choice.lang)
    return Exported(f"{counted(sum(tables.values()), 'row')} in {counted(len(tables), 'table')}", next_step=_BACK)


_BACK = "Correct or complete it, then load it: citydip load WORKBOOK"

_VIEWS = frozenset({AT, AT_LEAST})
_MERGED = _VIEWS | {SOURCE}
_DRAWN = _VIEWS | {NETWORK, EVERY, DEPTH, NAMES}

FORMATS: Mapping[str, ExportForm] = {
    "turtle": ExportForm(
        "the merged view or one source, for people to read", ".ttl", _MERGED, _rdf("write_turtle", "thing")
    ),
    "nquads": ExportForm(
        "everything with its sources, a statement a line", ".nq", frozenset({SOURCE}), _rdf("write_nquads", "quad")
    ),
    "jsonld": ExportForm(
        "the merged view or one source, for programs that read JSON", ".jsonld", _MERGED, _rdf("write_jsonld", "thing")
    ),
    "csv": ExportForm("all sources as tables that can be loaded again", "", frozenset(), _tables),
    "xlsx": ExportForm(
        "one source to correct by hand, or what is not known of cities to complete; it is loaded again",
        ".xlsx",
        frozenset({SOURCE, NAMES}),
        _workbook,
        extra="excel",
    ),
    "graphml": ExportForm(
        "the network, for Cytoscape, yEd, igraph and Gephi", ".graphml", _DRAWN, _network("write_graphml")
    ),
    "gexf": ExportForm("the network, for Gephi and Gephi Lite", ".gexf", _DRAWN, _network("write_gexf")),
    "node-link": ExportForm("the network as JSON, for D3 and NetworkX", ".json", _DRAWN, _network("write_node_link")),
    "neo4j": ExportForm("the property graph as CSV for Neo4j's bulk importer", "", _VIEWS, _neo4j),
    "parquet": ExportForm(
        "the property graph as two tables for Spark, pandas and DuckDB", "", _VIEWS, _parquet, extra="parquet"
    ),
}
"""The formats by the names that the command takes."""


def check_options(name: str, options: Iterable[str]) -> None:
    """Raise UsageError for an option that a format does not take, or that another one rules out."""
    options = list(options)
    if SOURCE in options and (views := sorted(_VIEWS.intersection(options))):
        raise UsageError(
            f"what sources say is written whole; --{views[0]} shows a part of the merged view.",
            hint="Leave one of them out.",
        )
    for option in options:
        if option not in FORMATS[name].options:
            raise UsageError(f"{name} takes no --{option}.", hint=f"These do: {taking(option)}.")


def taking(option: str) -> str:
    """The formats that take an option, in words."""
    return _listed(name for name, form in FORMATS.items() if option in form.options)


def folders() -> str:
    """The formats that are folders of files, in words."""
    return _listed(name for name, form in FORMATS.items() if not form.suffix)


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def lines() -> str:
    """A line a format, for the help of the command."""
    width = max(map(len, FORMATS))
    return "\n".join(
        f"{name:{width}}  {form.what}{f' (extra: {form.extra})' if form.extra else ''}"
        for name, form in FORMATS.items()
    )


def table() -> list[str]:
    """The formats as the lines of a table in Markdown, for the docs."""
    rows = [
        f"| `{name}` | {form.what} | {f'file, `{form.suffix}`' if form.suffix else 'folder'} | "
        f"{', '.join(f'`--{option}`' for option in sorted(form.options - {NAMES})) or '–'} | "
        f"{f'`{form.extra}`' if form.extra else '–'} |"
        for name, form in FORMATS.items()
    ]
    return ["| format | what it holds | written as | options | extra |", "|---|---|---|---|---|", *rows]
