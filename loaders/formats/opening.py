"""Which file is read how: every form of a list, by the end of its name."""

from __future__ import annotations

from pathlib import Path

from citydiplomacy.errors import InputError

from ..cells.cells import unknown
from .bibliographies import read_bibtex, read_ris
from .delimited import DELIMITERS, OpenTable
from .json_lists import read_json
from .networks import PARTS, read_network
from .networks import SUFFIXES as NETWORKS
from .workbooks import DOCUMENT, OLD, PAGES, TEXTS, WorkbookSheet, read_workbook

WORKBOOKS = (".xlsx", ".ods", OLD, *PAGES, *TEXTS, DOCUMENT)
JSON = (".json", ".geojson", ".jsonl", ".ndjson")
SUFFIXES = (*DELIMITERS, *WORKBOOKS, *NETWORKS, *JSON, ".bib", ".ris")
"""Of lists for which a mapping is proposed."""


def parts(path: Path) -> dict[str, OpenTable]:
    """The tables of a file whose columns have names: a network, lists in JSON, a bibliography."""
    match path.suffix.lower():
        case form if form in JSON:
            return read_json(path)
        case ".bib":
            return {"": read_bibtex(path)}
        case ".ris":
            return {"": read_ris(path)}
    return {part: read_network(path, part) for part in PARTS}


def part(path: Path, name: str) -> OpenTable:
    """One of the tables of such a file, the first if none is named. Raises InputError for a name that is none."""
    if path.suffix.lower() in NETWORKS:
        return read_network(path, name)
    found = parts(path)
    if name and name not in found:
        raise _no_part(path, name, list(found))
    return found[name or next(iter(found))]


def sheet(path: Path, sheets: dict[str, WorkbookSheet], name: str) -> WorkbookSheet:
    """A sheet of a workbook by its name; the first if none is given. Raises InputError for a name that is none."""
    if name and name not in sheets:
        raise _no_part(path, name, list(sheets))
    return sheets[name or next(iter(sheets))]


def _no_part(path: Path, name: str, known: list[str]) -> InputError:
    problem = unknown("sheet", name, known)
    return InputError(str(problem), file=path, value=name, expected=problem.expected, hint=problem.hint)


__all__ = ["SUFFIXES", "WORKBOOKS", "part", "parts", "read_workbook", "sheet"]
