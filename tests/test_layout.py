"""The rooms of the house (docs/rooms.py lists them): which may import which, and that none is crowded."""

from __future__ import annotations

import ast
import runpy
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import citydiplomacy

from .conftest import ROOT

HOUSE: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "rooms.py"))
FLOORS, MAY_IMPORT, ERRORS, DOORS = (HOUSE[name] for name in ("FLOORS", "MAY_IMPORT", "ERRORS", "DOORS"))
MODULES: dict[str, Path] = HOUSE["modules"]()
CROWDED = 14
"""More modules than this side by side are more than one idea."""
LONG = 300
"""A module of notably more lines is more than one idea."""
ONE_DECLARATION = Path("graph/model/records.py")
"""All record classes with all their properties: one list, which is read as a whole."""


def forbidden(path: Path) -> list[str]:
    """The imports of a module that go up, sideways into a folder that it must not know, or out of a leaf."""
    room, folder = HOUSE["room"](path), path.parts[0]
    floors = FLOORS[folder]
    found = []
    for line, module in ((each.line, each.module) for each in HOUSE["imports"](path, MODULES)):
        target = HOUSE["room"](MODULES[module])
        of = MODULES[module].parts[0]
        if room == target or room in DOORS or (target == ERRORS and room != ERRORS):
            continue
        if of == folder and room in floors and target in floors and floors.index(target) < floors.index(room):
            continue
        if of in MAY_IMPORT[folder] and room != ERRORS:
            continue
        found.append(f"{path}:{line} imports {target}")
    return found


@pytest.mark.parametrize("path", MODULES.values(), ids=str)
def test_an_import_goes_down(path: Path) -> None:
    assert forbidden(path) == []


def test_every_module_stands_in_a_room_that_is_listed() -> None:
    listed = {ERRORS, *DOORS, *FLOORS, *(room for floors in FLOORS.values() for room in floors)}
    assert {HOUSE["room"](path) for path in MODULES.values()} - listed == set()


def test_no_modules_import_one_another_in_a_circle() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph(
        (name, each.module) for name, path in MODULES.items() for each in HOUSE["imports"](path, MODULES)
    )
    circles = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    assert circles == []


def test_no_folder_is_crowded() -> None:
    folders = Counter(path.parent for path in MODULES.values() if path.name != "__init__.py")
    assert {str(folder): number for folder, number in folders.items() if number > CROWDED} == {}


def test_no_module_is_long() -> None:
    lines = {path: (ROOT / path).read_text(encoding="utf-8").count("\n") for path in MODULES.values()}
    assert {str(path): n for path, n in lines.items() if n > LONG and path != ONE_DECLARATION} == {}


def test_a_class_has_its_name_alone() -> None:
    """But for those that the face for Python offers: a user's `Table` is made of the house's."""
    rooms = defaultdict(set)
    for path in MODULES.values():
        for each in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
            if isinstance(each, ast.ClassDef) and not each.name.startswith("_"):
                rooms[each.name].add(str(path))
    shared = {name: places for name, places in rooms.items() if len(places) > 1}
    assert {name: places for name, places in shared.items() if name not in citydiplomacy.__all__} == {}


def test_each_room_says_what_it_is_about() -> None:
    silent = [
        path
        for path in MODULES.values()
        if path.name == "__init__.py" and not (ROOT / path).read_text().startswith('"""')
    ]
    assert silent == []


def test_the_picture_is_that_of_today() -> None:
    assert HOUSE["PICTURE"].read_text(encoding="utf-8") == HOUSE["picture"]()


@pytest.mark.parametrize(
    ("line", "room"),
    [
        ("import citydiplomacy.queries.measures.influence", "queries/measures"),
        ("from citydiplomacy import visuals", "visuals"),
        ("from citydiplomacy.cli import main", "app/cli"),
        ("from ..store.writer import build", "graph/store"),
        ("from ... import __version__", "app/__init__"),
        ("def late():\n    from citydiplomacy.loaders import files", "loaders/files"),
    ],
)
def test_every_way_to_import_upwards_is_seen(
    line: str, room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(HOUSE["imports"].__globals__, "ROOT", tmp_path)
    path = Path("graph/model/ids.py")
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(line)
    number = line.count("\n") + 1
    assert forbidden(path) == [f"graph/model/ids.py:{number} imports {room}"]
