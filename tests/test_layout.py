"""The rooms of the house: which folder may import which (the table of docs/carrying-on.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGE = "citydiplomacy"
MAY_IMPORT = {
    "ontology": set(),
    "graph": {"ontology"},
    "loaders": {"graph", "ontology"},
    "queries": {"graph", "ontology"},
    "visuals": {"queries", "graph", "ontology"},
    "app": {"visuals", "queries", "loaders", "graph", "ontology", "app"},
}
"""Folder -> what it may import besides itself and `citydiplomacy.errors`, the leaf that all may import."""

MODULES = [path for folder in MAY_IMPORT for path in sorted((ROOT / folder).rglob("*.py"))]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, folder or `errors`) of everything of ours that a module imports, at its top or in its functions."""
    package = [PACKAGE] if path.parts[0] == "app" else [PACKAGE, *path.parts[:-1]]
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*start, *filter(None, [node.module])])
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            first, *rest = name.split(".")
            if first == PACKAGE:
                yield node.lineno, _room(rest)


def _room(rest: list[str]) -> str:
    """`graph` for citydiplomacy.graph.records, `errors` for citydiplomacy.errors, `app` for anything else of app."""
    if not rest:
        return "app"
    return rest[0] if rest[0] in MAY_IMPORT or rest[0] == "errors" else "app"


@pytest.mark.parametrize("path", [path.relative_to(ROOT) for path in MODULES], ids=str)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = path.parts[0]
    allowed = MAY_IMPORT[room] | {room, "errors"}
    forbidden = [f"{path}:{line} imports {of}" for line, of in imported(path) if of not in allowed]
    assert not forbidden


def test_errors_is_a_leaf() -> None:
    assert list(imported(Path("app/errors.py"))) == []


@pytest.mark.parametrize(
    ("line", "room"),
    [
        ("import citydiplomacy.queries.influence", "queries"),
        ("from citydiplomacy import visuals", "visuals"),
        ("from citydiplomacy.cli import main", "app"),
        ("from ..loaders.text import fold", "loaders"),
        ("from .. import __version__", "app"),
        ("def late():\n    from citydiplomacy.loaders import files", "loaders"),
    ],
)
def test_the_walk_sees_every_way_to_import(
    line: str, room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(imported.__globals__, "ROOT", tmp_path)
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "records.py").write_text(line)
    assert [of for _, of in imported(Path("graph/records.py"))] == [room]
