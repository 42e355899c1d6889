"""What `build` and `load` tell of the rows that they read."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from citydiplomacy.graph import manifest

from .conftest import Run

MAPPING = """[source]
id = "list"
kind = "dataset"
title_en = "A list"
[defaults]
file = "list.csv"
[[tables]]
record = "cities"
columns.id = { column = "Name", slug = true, prefix = "list-" }
columns.label_und = "Name"
[[tables]]
record = "observations"
columns.area = { column = "Name", slug = true, prefix = "list-" }
columns.value = "People"
constants.measure = "population"
"""
CELLS = "Name,People\nKöln,1073096\nLille,viele\nLille,a lot\n"


@pytest.fixture
def store(shipped: Path, tmp_path: Path) -> Path:
    shutil.copytree(shipped, tmp_path / "store")
    (tmp_path / "list.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "list.csv").write_text(CELLS, encoding="utf-8")
    return tmp_path / "store"


def test_a_load_ends_with_a_report(citydip: Run, store: Path) -> None:
    ran = citydip("load", store.parent / "list.toml", "--store", store)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines()[:3] == [
        "list.csv (cities): 3 rows read, 2 made, 1 merged",
        "list.csv (observations): 3 rows read, 1 made, 2 refused",
        "  refused 2: not a number (line 3, column People: 'viele')",
    ]


def test_in_persian(citydip: Run, store: Path) -> None:
    ran = citydip("load", store.parent / "list.toml", "--store", store, "--lang", "fa")
    assert ran.err.splitlines()[:3] == [
        "list.csv (cities): ۳ ردیف خوانده، ۲ ساخته، ۱ یکی‌شده",
        "list.csv (observations): ۳ ردیف خوانده، ۱ ساخته، ۲ ردشده",
        "  ردشده ۲: عدد نیست (سطر ۳، ستون People: 'viele')",
    ]


def test_a_report_as_json_and_csv(citydip: Run, store: Path) -> None:
    path = store.parent / "report.json"
    assert citydip("load", store.parent / "list.toml", "--store", store, "--report", path).code == 0
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert whole["files"][1] == {
        "file": "list.csv (observations)",
        "read": 3,
        "made": 1,
        "merged": 0,
        "waiting": 0,
        "refused": 2,
        "left_out": 0,
    }
    assert whole["reasons"] == [
        {
            "file": "list.csv (observations)",
            "kind": "refused",
            "reason": "not a number",
            "number": 2,
            "examples": ["line 3, column People: 'viele'", "line 4, column People: 'a lot'"],
        }
    ]
    path = store.parent / "report.csv"
    new = store.parent / "new"
    assert citydip("build", store.parent / "list.toml", "--no-shipped", "--store", new, "--report", path).code == 0
    with path.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert {row["kind"]: row["number"] for row in listed if row["file"] == "list.csv (cities)"}["merged"] == "1"
    assert listed[-1]["examples"] == "line 3, column People: 'viele'|line 4, column People: 'a lot'"


def test_strict_loads_nothing(citydip: Run, store: Path) -> None:
    before = manifest.read(store)
    ran = citydip("load", store.parent / "list.toml", "--store", store, "--strict")
    assert (ran.code, ran.out) == (2, "")
    assert "list.csv, line 3, column People: not a number (found 'viele'" in ran.err
    assert manifest.read(store) == before


def test_shipped_tables_have_nothing_to_say(citydip: Run, tmp_path: Path) -> None:
    ran = citydip("build", "--store", tmp_path / "store")
    assert ran.err.startswith(f"{tmp_path / 'store'}: revision 1")


def test_a_report_of_another_kind(citydip: Run, store: Path) -> None:
    ran = citydip("load", store.parent / "list.toml", "--store", store, "--report", "report.txt")
    assert (ran.code, ran.err) == (2, "citydip: report.txt: a report is written as .json or .csv.\n")


def test_a_list_without_a_mapping(citydip: Run, store: Path) -> None:
    """The mapping goes to stdout, and can be loaded without an edit."""
    (store.parent / "my list.csv").write_text("City,Population\nKöln,1073096\n", encoding="utf-8")
    before = manifest.read(store)
    ran = citydip("load", store.parent / "my list.csv", "--store", store)
    assert ran.code == 2
    assert "not loaded, it has no mapping" in ran.err
    assert manifest.read(store) == before
    (store.parent / "my list.toml").write_text(ran.out, encoding="utf-8")
    ran = citydip("load", store.parent / "my list.toml", "--store", store)
    assert ran.code == 0
    assert "my list.csv (observations): 1 row read, 1 made" in ran.err
    assert manifest.read(store).sources["source/my-list"].records == 3


def test_a_list_without_a_mapping_beside_others(citydip: Run, store: Path) -> None:
    ran = citydip("load", store.parent / "list.csv", store.parent / "list.toml", "--store", store)
    assert ran.code == 2
    assert "a list without a mapping" in ran.err
