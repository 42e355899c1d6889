"""The rooms of the house and what they import: `python docs/rooms.py` draws docs/images/rooms.svg from the imports.

`FLOORS` is the one list of rooms, from the ground up; tests/test_layout.py holds the imports to it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

import networkx as nx

ROOT = Path(__file__).parent.parent
PACKAGE = "citydiplomacy"
PICTURE = ROOT / "docs" / "images" / "rooms.svg"

FLOORS: Mapping[str, tuple[str, ...]] = {
    "ontology": ("ontology",),
    "graph": (
        "graph/closing",
        "graph/fields",
        "graph/memory",
        "graph/whole_files",
        "graph/software",
        "graph/globe",
        "graph/letters",
        "graph/model",
        "graph/language",
        "graph/rdf",
        "graph/merged",
        "graph/store",
        "graph/views",
        "graph/network",
        "graph/covered",
        "graph/validation",
        "graph/limited",
        "graph/property",
        "graph/neo4j",
        "graph/neo4j_questions",
        "graph/neo4j_exchange",
        "graph/export",
    ),
    "loaders": (
        "loaders/bounds",
        "loaders/report",
        "loaders/cells",
        "loaders/formats",
        "loaders/tables",
        "loaders/list_words",
        "loaders/layout",
        "loaders/proposal",
        "loaders/study",
        "loaders/names",
        "loaders/resolution",
        "loaders/hand",
        "loaders/geonames",
        "loaders/rdf_lines",
        "loaders/rdf_files",
        "loaders/wikidata",
        "loaders/files",
    ),
    "queries": (
        "queries/library",
        "queries/measures",
        "queries/wording",
        "queries/standing",
        "queries/city",
        "queries/reports",
        "queries/recommendation",
        "queries/understanding",
    ),
    "visuals": (
        "visuals/svg",
        "visuals/drawing",
        "visuals/maps",
        "visuals/charts",
        "visuals/document",
        "visuals/writers",
        "visuals/pages",
    ),
    "app": ("app/words", "app", "app/face", "app/answers", "app/assistant", "app/explorer", "app/commands"),
}
"""The rooms of each folder from the ground up: a room imports its own modules and what stands before it."""

MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "ontology": frozenset(),
    "graph": frozenset({"ontology"}),
    "loaders": frozenset({"graph", "ontology"}),
    "queries": frozenset({"graph", "ontology"}),
    "visuals": frozenset({"queries", "graph", "ontology"}),
    "app": frozenset({"visuals", "queries", "loaders", "graph", "ontology"}),
}
"""Folder -> the other folders that it may import."""

ERRORS = "app/errors"
"""The leaf that all may import."""
DOORS = frozenset({"app/cli", "app/start", "app/__init__"})
"""The doors of the house, which stand on top of everything: `start` opens `cli`; the package itself is for Python."""


class Import(NamedTuple):
    """An import of ours: where it stands, and the module that is asked for."""

    path: Path
    line: int
    module: str


def modules() -> dict[str, Path]:
    """Dotted name -> path from the root, of every module of the package."""
    return {_dotted(path.relative_to(ROOT)): path.relative_to(ROOT) for folder in FLOORS for path in _python(folder)}


def imports(path: Path, known: Mapping[str, Path]) -> Iterator[Import]:
    """Everything of ours that a module (its path from the root) imports, at its top or in its functions."""
    dotted = _dotted(path)
    package = dotted if path.name == "__init__.py" else dotted.rpartition(".")[0]
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            start = parts[: len(parts) - node.level + 1] if node.level else []
            module = ".".join([*start, *filter(None, [node.module])])
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] == PACKAGE:
                yield Import(path, node.lineno, _module(name, known))


def room(path: Path) -> str:
    """The room of a module: `graph/model` for graph/model/ids.py, `graph/network` for graph/network.py, `app` for what
    lies in app/ itself but for its leaf and its doors.
    """
    bare = path.with_suffix("")
    if path.parts[0] == "app" and len(path.parts) == 2:
        return str(bare) if str(bare) in {ERRORS, *DOORS} else "app"
    alone = FLOORS[path.parts[0]] == path.parts[:1] or (bare.name == "__init__" and len(path.parts) == 2)
    return path.parts[0] if alone else "/".join(bare.parts[:2])


def rooms() -> nx.DiGraph[str]:
    """The rooms, and an arrow from each to those that it imports."""
    known = modules()
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(each for floors in FLOORS.values() for each in floors)
    for path in known.values():
        for each in imports(path, known):
            graph.add_edge(room(path), room(known[each.module]))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


def _python(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    parts = parts[1:] if parts[0] == "app" else parts
    return ".".join([PACKAGE, *(parts[:-1] if parts[-1:] == ("__init__",) else parts)])


def _module(name: str, known: Mapping[str, Path]) -> str:
    """The module that an imported name is, or stands in."""
    while name not in known and "." in name:
        name = name.rpartition(".")[0]
    return name


# --- the picture ------------------------------------------------------------------------------------------------------

WIDTH, HEIGHT, GAP = 150, 30, 26
COLUMN = WIDTH + 70


def picture() -> str:
    """SVG: a column a folder, each room above what it imports; arrows that others imply are left out."""
    graph = rooms()
    columns = [(folder, [each for each in floors if each in graph]) for folder, floors in FLOORS.items()]
    height = (max(len(names) for _, names in columns) + 1) * (HEIGHT + GAP) + 20
    place = {
        name: (20 + column * COLUMN, height - (floor + 1) * (HEIGHT + GAP))
        for column, (_, names) in enumerate(columns)
        for floor, name in enumerate(names)
    }
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(columns) * COLUMN} {height}" '
        'font-family="sans-serif" font-size="13">',
        "<title>The rooms of citydiplomacy: each imports only rooms below it and folders to its left</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#5b6b7b"/></marker></defs>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for folder, names in columns:
        inside = nx.transitive_reduction(graph.subgraph(names))
        for start, end in sorted(inside.edges):
            (x, y), (_, lower) = place[start], place[end]
            far = (lower - y) // (HEIGHT + GAP)
            if far == 1:
                path = f"M{x + WIDTH / 2} {y + HEIGHT}L{x + WIDTH / 2} {lower}"
            else:  # around the rooms between, the further out the more of them
                bend = x + WIDTH + 8 + 11 * min(far, 6)
                path = f"M{x + WIDTH} {y + 20}C{bend} {y + 24} {bend} {lower + 6} {x + WIDTH} {lower + 10}"
            lines.append(f'<path d="{path}" fill="none" stroke="#5b6b7b" marker-end="url(#tip)"/>')
        for name in names:
            x, y = place[name]
            lines.append(f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="5" fill="#e8eef4"/>')
            lines.append(
                f'<text x="{x + WIDTH / 2}" y="{y + 20}" text-anchor="middle" fill="#1c2733">{escape(name)}</text>'
            )
        x, y = place[names[-1]]
        others = "all" if folder == "app" else ", ".join(sorted(MAY_IMPORT[folder])) or "nothing of ours"
        lines.append(f'<text x="{x}" y="{y - 10}" font-size="10" fill="#5b6b7b">imports {escape(others)}</text>')
    return "\n".join([*lines, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
