"""What `build` and `load` tell of the rows that they read."""

from __future__ import annotations

import ast
import csv
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy import load_report, words
from citydiplomacy.graph.model import checks
from citydiplomacy.graph.model.records import Agreement, City, Country, Membership, Observation
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import manifest

from ..conftest import copied
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
    copied(shipped, tmp_path / "store")
    (tmp_path / "list.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "list.csv").write_text(CELLS, encoding="utf-8")
    return tmp_path / "store"


def test_a_load_ends_with_a_report(citydip: Run, store: Path) -> None:
    ran = citydip("load", store.parent / "list.toml", "--store", store)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines()[1:4] == [
        "list.csv (cities): 3 rows read, 2 made, 1 merged",
        "list.csv (observations): 3 rows read, 1 made, 2 refused",
        "  refused 2: not a number (line 3, column People: 'viele'; expected a number such as 3001184 or 36.26)",
    ]


def test_a_body_that_may_be_known_waits_where_it_was_told(citydip: Run, store: Path) -> None:
    """The cities beside it are not counted twice."""
    path = store.parent / "bodies.csv"
    path.write_text("City,Country,Network\nKöln,Germany,Eurocitis\nLille,France,Eurocitis\n", encoding="utf-8")
    path.with_suffix(".toml").write_text(citydip("load", path).out, encoding="utf-8")
    ran = citydip("load", path.with_suffix(".toml"), "--store", store)
    assert [line for line in ran.err.splitlines() if " read, " in line] == [
        "bodies.csv (cities): 2 rows read, 2 made",
        "bodies.csv (organizations): 2 rows read, 1 merged, 1 waiting",
        "bodies.csv (memberships): 2 rows read, 2 made",
    ]


def test_a_column_that_nothing_reads_is_named_in_short(citydip: Run, store: Path) -> None:
    (store.parent / "list.csv").write_text(f"Name,People,{'c' * 3000}\nLille,1,x\n", encoding="utf-8")
    ran = citydip("load", store.parent / "list.toml", "--store", store)
    assert "columns that nothing reads: ccc" in ran.err
    assert "c" * 300 not in ran.err


def test_in_persian(citydip: Run, store: Path) -> None:
    ran = citydip("load", store.parent / "list.toml", "--store", store, "--lang", "fa")
    assert ran.err.splitlines()[1:4] == [
        "list.csv (cities): ۳ ردیف خوانده، ۲ ساخته، ۱ یکی‌شده",
        "list.csv (observations): ۳ ردیف خوانده، ۱ ساخته، ۲ ردشده",
        "  ردشده ۲: عدد نیست (سطر ۳، ستون People: «viele»؛ درست: عددی مانند 3001184 یا 36.26)",
    ]


def test_reasons_that_quote_a_cell_in_persian(citydip: Run, store: Path) -> None:
    toml = store.parent / "list.toml"
    where = '[tables.where]\nPeople = ["1073096"]\n'
    toml.write_text(MAPPING + where, encoding="utf-8")
    ran = citydip("load", toml, "--store", store, "--lang", "fa")
    assert "  کنارگذاشته ۱: People «viele» است (سطر ۳)" in ran.err.splitlines()


def test_every_reason_is_known_in_persian() -> None:
    words.choose(["--lang", "fa"], {})
    missing = [reason for reason in sorted(_reasons()) if not re.search("[ا-ی]", load_report._reason(reason))]
    assert not missing


REASON = {"CellError": 0, "note": -2, "_refuse": 3, "leave_out": -2, "left_out": -1}
"""By what takes a reason: which argument that is."""
STRICT = {"a folder's own source is part of no other"}
"""Of our own tables, which tell it as an error."""


def _reasons() -> set[str]:
    """The reasons that stand in the loaders, with some name where they name something."""
    found = {found.message for record in WRONG for found in checks.problems(record)}
    for file in (Path(__file__).parents[3] / "loaders").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in REASON and len(node.args) > max(REASON[name], 0):
                    found |= _text(node.args[REASON[name]])
    return found - STRICT


def _text(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.JoinedStr):
        optional = [part for part in node.values if isinstance(getattr(part, "value", None), ast.IfExp)]
        parts = (part for part in node.values if part not in optional)
        return {"".join(str(part.value) if isinstance(part, ast.Constant) else "place" for part in parts)}
    return set()


WRONG = [
    Agreement(id="agreement/a", kind="agreement-kind/sister-city", parties=("city/a",)),
    Agreement(id="agreement/a", kind="agreement-kind/sister-city", parties=("city/a", "city/a")),
    Country(id="country/a", code="a"),
    City(id="city/a", latitude=Decimal(91), longitude=Decimal(181)),
    City(id="city/a", latitude=Decimal(91), longitude=Decimal(1), country="city/b"),
    City(id="city/a", labels=(Text("a", "en"), Text("b", "en"))),
    Membership(id="membership/a", member="city/a", organization="city/a", role="role/none"),
    Observation(id="observation/a", area="city/a", measure="measure/population", value=Decimal(2), upper=Decimal(1)),
]


def test_a_proposal_speaks_the_language_asked_for(citydip: Run, store: Path) -> None:
    path = store.parent / "list.csv"
    path.write_text("City,Population\nKöln,1073096\n", encoding="utf-8")
    english, persian = (citydip("load", path, "--store", store, "--lang", lang) for lang in ("en", "fa"))
    assert (english.code, persian.code) == (0, 0)
    assert english.out.startswith("# Proposed")
    assert persian.out.startswith("# پیشنهاد")
    bare = [[line.partition("#")[0] for line in ran.out.splitlines()] for ran in (english, persian)]
    assert bare[0] == bare[1]
    assert "زبان نام‌ها" in persian.out
    assert "نگاشتی ندارد" in persian.err


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
            "expected": "a number such as 3001184 or 36.26",
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
    ran = citydip("build", "--no-world", "--store", tmp_path / "store")
    assert ran.err.startswith(f"{tmp_path / 'store'}: revision 1")


def test_a_report_of_another_kind(citydip: Run, store: Path) -> None:
    ran = citydip("load", store.parent / "list.toml", "--store", store, "--report", "report.txt")
    assert (ran.code, ran.err) == (2, "citydip: report.txt: a report is written as .json or .csv.\n")


def test_a_list_without_a_mapping(citydip: Run, store: Path) -> None:
    """The mapping goes to stdout, and can be loaded without an edit."""
    (store.parent / "my list.csv").write_text("City,Population\nKöln,1073096\n", encoding="utf-8")
    before = manifest.read(store)
    ran = citydip("load", store.parent / "my list.csv", "--store", store)
    assert ran.code == 0
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


def test_a_dry_run_shows_and_writes_nothing(citydip: Run, store: Path) -> None:
    before = manifest.read(store)
    (store.parent / "twins.csv").write_text(
        "City,Country,Twin,Twin country\nMashhad,Iran,Graz,Austria\n", encoding="utf-8"
    )
    toml = store.parent / "twins.toml"
    toml.write_text(citydip("load", store.parent / "twins.csv", "--store", store).out, encoding="utf-8")
    ran = citydip("load", toml, "--store", store, "--dry-run")
    assert ran.code == 0
    assert "agreements (1)" in ran.out.splitlines()
    assert "city/twins-mashhad-iran = city/mashhad" in ran.out or "city/mashhad" in ran.out
    assert "twins.csv (agreements): 1 row read, 1 made" in ran.err
    assert "nothing was written" in ran.err
    assert manifest.read(store) == before
    assert "(۱)" in citydip("load", toml, "--store", store, "--dry-run", "--lang", "fa").out


def test_a_store_without_the_shipped_data_knows_the_countries(citydip: Run, store: Path) -> None:
    (store.parent / "twins.csv").write_text(
        "City,Country,Twin,Twin country\nLyon,France,Graz,Austria\n", encoding="utf-8"
    )
    toml = store.parent / "twins.toml"
    toml.write_text(citydip("load", store.parent / "twins.csv", "--store", store).out, encoding="utf-8")
    assert citydip("build", toml, "--no-shipped", "--store", store.parent / "new").code == 0
    assert manifest.read(store.parent / "new").sources["source/twins"].records == 4


def test_a_dry_run_says_what_a_load_would_refuse(citydip: Run, store: Path) -> None:
    toml = store.parent / "list.toml"
    tie = '[[tables]]\nrecord = "agreements"\nconstants.kind = "sister-city"\nconstants.parties = "atlantis"\n'
    tie += 'columns.parties = { column = "Name", slug = true, prefix = "list-" }\n'
    toml.write_text(MAPPING + tie, encoding="utf-8")
    before = sorted((each, each.stat().st_mtime_ns) for each in store.rglob("*"))
    ran = citydip("load", toml, "--store", store, "--dry-run")
    assert ran.code == 2
    assert "list.csv (cities): 3 rows read" in ran.err
    assert "city/atlantis" in ran.err.splitlines()[-2]
    assert sorted((each, each.stat().st_mtime_ns) for each in store.rglob("*")) == before


SEAS = '[source]\nid = "seas"\nkind = "dataset"\ntitle_en = "Seas"\n'


@pytest.mark.parametrize(
    ("covers", "files", "message"),
    [
        (
            'collects = ["sister-city"]\ncovers = ["city/tehran"]\n',
            {"cities.csv": "id,label_en\nmashhad,Mashhad\n"},
            "says that it covers city/tehran",
        ),
        (
            "",
            {
                "regions.csv": "id,label_en\nshore,Shore\n",
                "scopes.csv": "organization,role,area\nmetropolis,member,region/shore\n",
            },
            "no country is in it",
        ),
    ],
)
def test_a_dry_run_refuses_what_a_load_of_the_whole_would(
    citydip: Run, store: Path, covers: str, files: dict[str, str], message: str
) -> None:
    folder = store.parent / "seas"
    folder.mkdir()
    for name, text in {"source.toml": SEAS + covers, **files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    before = sorted((each, each.stat().st_mtime_ns) for each in store.rglob("*"))
    ran = citydip("load", folder, "--store", store, "--dry-run")
    assert (ran.code, message in ran.err) == (2, True)
    assert sorted((each, each.stat().st_mtime_ns) for each in store.rglob("*")) == before
    assert citydip("load", folder, "--store", store).err.splitlines()[-2:] == ran.err.splitlines()[-2:]
