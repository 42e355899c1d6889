"""What waits, as a person sees it: which pairs belong together, and what parts the two of each."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.answers import waiting
from citydiplomacy.answers.waiting import in_groups, where
from citydiplomacy.graph.globe import bearing, great_circle
from citydiplomacy.graph.model.records import City, Match
from citydiplomacy.graph.model.values import Text
from citydiplomacy.loaders.names.kind_words import CITY, KINDS, OTHER
from citydiplomacy.loaders.resolution.judging import Open
from citydiplomacy.queries.wording.speech import Speech

from ...conftest import copied
from ..conftest import Run

SOURCE = '[source]\nid = "members"\nkind = "dataset"\ntitle_en = "Members"\n'
CITIES = """id,label_und,country,latitude,longitude
m-1,Frankfurt Höchst,de,50.11,8.71
m-2,Frankfurt Niederrad,de,50.08,8.65
"""
PLACES = "member,organization,role\nm-1,wego,member\n"


def city(name: str, place: tuple[str, str] | None = None) -> City:
    north, east = map(Decimal, place) if place else (None, None)
    return City(id=f"city/{name}", labels=(Text(name, "en"),), latitude=north, longitude=east)


def pair(one: str, other: str) -> Open:
    return Open(one, other, Match(id=f"match/{one}--{other}", one=one, other=other, verdict="match-verdict/unsure"))


def test_pairs_that_share_a_city_stand_together_where_the_likeliest_stood() -> None:
    pairs = [pair("a", "b"), pair("x", "y"), pair("c", "d"), pair("b", "c")]
    assert [(group, each.one, each.other) for group, each in in_groups(pairs)] == [
        (1, "a", "b"),
        (1, "c", "d"),
        (1, "b", "c"),
        (2, "x", "y"),
    ]


@pytest.mark.parametrize(
    ("place", "english", "persian"),
    [
        (("0", "0"), "at the same point", "در همان نقطه"),
        (("0.1", "0"), "11 km to the north", "۱۱ کیلومتر به سوی شمال"),
        (("-0.05", "0.05"), "7.9 km to the south-east", "۷٫۹ کیلومتر به سوی جنوب شرقی"),
        (("0", "-1"), "111 km to the west", "۱۱۱ کیلومتر به سوی غرب"),
        (None, None, None),
    ],
)
def test_where_the_other_lies(place: tuple[str, str] | None, english: str | None, persian: str | None) -> None:
    here, there = city("here", ("0", "0")), city("there", place)
    assert where(Speech("en"), here, there) == english
    assert where(Speech("fa"), here, there) == persian


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(0, 359.9))
def test_a_course_leads_where_it_is_told(north: float, east: float, course: float) -> None:
    """One step along it is nearer than one to either side."""
    import math

    turn = math.radians(course)
    there = north + 0.5 * math.cos(turn), east + 0.5 * math.sin(turn) / math.cos(math.radians(north))
    found = bearing(north, east, *there)
    assert abs((found - course + 180) % 360 - 180) < 3
    assert great_circle(north, east, *there) == pytest.approx(55.6, rel=0.05)


def test_every_kind_of_place_has_persian() -> None:
    assert set(KINDS.values()) - {CITY, OTHER} <= set(waiting.KINDS)


@pytest.fixture
def store(citydip: Run, shipped: Path, tmp_path: Path) -> Path:
    place, folder = copied(shipped, tmp_path / "store"), tmp_path / "members"
    folder.mkdir()
    for name, text in {"source.toml": SOURCE, "cities.csv": CITIES, "memberships.csv": PLACES}.items():
        (folder / name).write_text(text, encoding="utf-8")
    ran = citydip("load", folder, "--store", place)
    assert ran.code == 0, ran.err
    return place


def test_the_list_tells_what_parts_them(citydip: Run, store: Path) -> None:
    rows = json.loads(citydip("resolve", "--store", store, "--limit", 0, "--format", "json").out)
    by_pair = {(row["one"], row["other"]): row for row in rows}
    near = by_pair["city/m-1", "city/frankfurt-am-main"]
    assert near["apart"].endswith(" km to the west")
    assert near["people"].startswith("unknown and ")
    assert "1 of 1: World Smart Sustainable" in near["partners"]
    assert "names somewhat alike" in near["reasons"]
    assert near["group"] == by_pair["city/m-2", "city/frankfurt-am-main"]["group"]
    persian = citydip("resolve", "--store", store, "--lang", "fa").out
    assert "کیلومتر به سوی غرب" in persian
    assert "۱ از ۱: " in persian


@pytest.mark.parametrize(
    ("lang", "verdict", "reason", "same"), [("en", "verdict", "reason", "same"), ("fa", "رأی", "دليل", "یکسان")]
)
def test_the_list_with_verdicts_is_a_batch(
    citydip: Run, store: Path, tmp_path: Path, lang: str, verdict: str, reason: str, same: str
) -> None:
    """As a person works: the list as a sheet, a column of verdicts filled here and there, and back."""
    listed = citydip("resolve", "--store", store, "--limit", 0, "--format", "json", "--lang", lang).out
    rows = json.loads(listed)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([*rows[0], verdict, reason])
    for row in rows:
        said = same if row["one"] == "city/m-1" else None
        sheet.append([*row.values(), said, "on the Main" if said else None])
    book.save(tmp_path / "list.xlsx")
    ran = citydip("resolve", "apply", tmp_path / "list.xlsx", "--who", "Sara", "--store", store)
    assert ran.code == 0, ran.err
    assert "city/m-1 is told as Frankfurt am Main (city/frankfurt-am-main) from now on" in ran.err
    assert f"that wait in all: {len(rows) - 1}." in ran.err
    decided = json.loads(citydip("resolve", "decisions", "--store", store, "--format", "json").out)
    assert [(row["one"], row["verdict"], row["reason"]) for row in decided] == [("city/m-1", "same", "on the Main")]


def test_a_wrong_batch_changes_nothing_and_names_the_place(citydip: Run, store: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["one", "other", "verdict"], ["city/m-1", "city/frankfurt-am-main", "maybe"]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    ran = citydip("resolve", "apply", tmp_path / "list.xlsx", "--store", store)
    assert ran.code == 2
    assert "list.xlsx, sheet Sheet, line 2" in ran.err
    assert "'maybe'" in ran.err
    assert citydip("resolve", "decisions", "--store", store, "--format", "json").out == "[]\n"


def test_what_follows_is_told(citydip: Run, store: Path) -> None:
    two = ("city/m-1", "city/frankfurt-am-main")
    waits = len(json.loads(citydip("resolve", "--store", store, "--limit", 0, "--format", "json").out))
    ran = citydip("resolve", "different", *two, "--store", store)
    assert "city/frankfurt-am-main and city/m-1 are told apart, whatever is loaded.\n" in ran.err
    assert f"Pairs that no longer wait: 1; that wait anew: 0; that wait in all: {waits - 1}.\n" in ran.err
    ran = citydip("resolve", "undo", *two, "--store", store, "--lang", "fa")
    assert "تازه در انتظار: ۱" in ran.err
    ran = citydip("resolve", "unsure", *two, "--store", store)
    assert "city/frankfurt-am-main and city/m-1 stay open, and come last in the list.\n" in ran.err
    ran = citydip("resolve", "same", *two, "--store", store, "--lang", "fa")
    assert "city/m-1 از این پس فرانکفورت" in ran.err
    ran = citydip("resolve", "undo", *two, "--store", store)
    assert "city/m-1 is told by itself again.\n" in ran.err
