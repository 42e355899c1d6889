"""citydip resolve, from the list of what waits to decisions that outlive a build."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from citydiplomacy.graph.store import manifest

from ...conftest import copied
from ..conftest import Run

SOURCE = """[source]
id = "members"
kind = "dataset"
title_en = "Members of a network"
title_fa = "اعضای یک شبکه"
"""
CITIES = """id,label_und,country,latitude,longitude
m-1,Ville de Paris,fr,48.8566,2.3522
m-2,طهران,ir,35.69,51.42
m-3,Frankfurt Höchst,de,50.11,8.68
m-4,Mashhad Region,ir,36.30,59.61
"""
PAIR = ("city/m-3", "city/frankfurt-am-main")


@pytest.fixture
def store(citydip: Run, shipped: Path, tmp_path: Path) -> Path:
    """The shipped data and a list of members of which some are known under other names."""
    place = tmp_path / "store"
    copied(shipped, place)
    folder = members(tmp_path)
    ran = citydip("load", folder, "--store", place)
    assert ran.code == 0, ran.err
    assert "4 new cities" in ran.err
    assert "2 are others or known, 1 may be" in ran.err
    return place


def members(tmp_path: Path) -> Path:
    """The list as a folder of tables."""
    folder = tmp_path / "members"
    folder.mkdir(exist_ok=True)
    (folder / "source.toml").write_text(SOURCE, encoding="utf-8")
    (folder / "cities.csv").write_text(CITIES, encoding="utf-8")
    return folder


def test_what_waits_is_listed_with_reasons(citydip: Run, store: Path) -> None:
    ran = citydip("resolve", "--store", store, "--format", "json")
    (pair,) = json.loads(ran.out)
    assert (pair["one"], pair["other"]) == PAIR
    assert "names somewhat alike (+3)" in pair["reasons"]
    assert ran.err.splitlines() == [
        "1 pair waits.",
        "To decide: citydip resolve same ONE OTHER, or different, or unsure; undo takes it back.",
    ]


def test_the_list_in_persian(citydip: Run, store: Path) -> None:
    ran = citydip("resolve", "--store", store, "--lang", "fa")
    assert "شباهت اندک دو نام (+۳)" in ran.out
    assert "فرانکفورت" in ran.out


def test_a_decision_is_made_listed_and_taken_back(citydip: Run, store: Path) -> None:
    ran = citydip("resolve", "same", *PAIR, "--who", "Sara", "--reason", "The city on the Main", "--store", store)
    assert ran.code == 0, ran.err
    assert citydip("resolve", "--store", store, "--format", "json").out == "[]\n"
    listed = citydip("resolve", "decisions", "--store", store, "--format", "csv").out
    (row,) = csv.DictReader(io.StringIO(listed))
    assert [row[name] for name in ("one", "other", "verdict", "who")] == [*PAIR, "same", "Sara"]
    assert row["reason"] == "The city on the Main"
    assert "یکسان" in citydip("resolve", "decisions", "--store", store, "--lang", "fa").out
    assert citydip("resolve", "undo", *PAIR, "--store", store).code == 0
    assert len(json.loads(citydip("resolve", "--store", store, "--format", "json").out)) == 1


def test_who_says_so_is_shown_with_the_match(citydip: Run, store: Path) -> None:
    ran = citydip("show", "match/m-2--tehran", "--store", store)
    assert "Matches of: Members of a network" in ran.out
    assert "same country (+4)" in " ".join(ran.out.split())


def test_a_city_is_shown_with_the_rows_that_are_it(citydip: Run, store: Path) -> None:
    assert (
        "  city/m-2 – city/tehran: same (Matches of: Members of a network: names spelled alike"
        in citydip("show", "Tehran", "--store", store).err
    )
    assert "نگارش نزدیک دو نام (+۸)" in citydip("show", "Tehran", "--store", store, "--lang", "fa").err


def test_decisions_go_out_and_in_as_a_file(citydip: Run, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    lines = ["one,other,verdict,reason", f"{PAIR[0]},{PAIR[1]},same,", "city/m-4,Mashhad,different,a region"]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert citydip("resolve", "apply", path, "--who", "Sara", "--store", store).code == 0
    listed = citydip("resolve", "decisions", "--store", store, "--format", "csv").out
    path.write_text(listed, encoding="utf-8")
    again = citydip("resolve", "apply", path, "--who", "Ali", "--store", store)
    assert "Nothing changed" in again.err
    assert citydip("resolve", "decisions", "--store", store, "--format", "csv").out == listed


def test_a_bad_file_changes_nothing(citydip: Run, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(f"one,other,verdict\n{PAIR[0]},{PAIR[1]},same\ncity/m-1,Parris,same\n", encoding="utf-8")
    ran = citydip("resolve", "apply", path, "--store", store)
    assert ran.code == 2
    assert f"{path}, line 3: nothing is called 'Parris'" in ran.err
    assert "Did you mean: Paris (city/paris)" in ran.err
    assert citydip("resolve", "decisions", "--store", store, "--format", "json").out == "[]\n"


@pytest.mark.parametrize("older", [False, True])
def test_a_build_carries_decisions_over(citydip: Run, store: Path, tmp_path: Path, older: bool) -> None:
    citydip("resolve", "same", *PAIR, "--who", "Sara", "--store", store)
    before = citydip("resolve", "decisions", "--store", store, "--format", "csv").out
    if older:  # whose manifest says less, and other things
        path = store / manifest.NAME
        told = json.loads(path.read_text("utf-8"))
        entries = {name: {"digest": ""} for name in told["sources"]}
        path.write_text(json.dumps({"format": 1, "generation": told["generation"], "sources": entries}), "utf-8")
        asked = citydip("resolve", "--store", store)
        assert asked.code == 1
        assert "Build it anew: citydip build. What persons decided is carried over" in asked.err
    ran = citydip("build", "--no-world", members(tmp_path), "--store", store)
    assert ran.code == 0, ran.err
    assert citydip("resolve", "decisions", "--store", store, "--format", "csv").out == before
    assert citydip("resolve", "--store", store, "--format", "json").out == "[]\n"


def test_an_export_carries_decisions_too(citydip: Run, store: Path, tmp_path: Path) -> None:
    citydip("resolve", "same", *PAIR, "--who", "Sara", "--store", store)
    before = citydip("resolve", "decisions", "--store", store, "--format", "csv").out
    whole, new = tmp_path / "whole.nq", tmp_path / "new"
    assert citydip("export", "nquads", whole, "--store", store).code == 0
    ran = citydip("build", whole, "--no-shipped", "--store", new)
    assert ran.code == 0, ran.err
    assert citydip("resolve", "decisions", "--store", new, "--format", "csv").out == before


@pytest.mark.parametrize("who", ["", " "])
def test_nobody_decides_nothing(citydip: Run, store: Path, who: str) -> None:
    ran = citydip("resolve", "same", *PAIR, "--who", who, "--store", store)
    assert ran.code == 2
    assert "--who" in ran.err


def test_undo_of_what_was_not_decided(citydip: Run, store: Path) -> None:
    ran = citydip("resolve", "undo", *PAIR, "--store", store)
    assert ran.code == 2
    assert "nobody decided" in ran.err
