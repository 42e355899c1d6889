"""A pair of coordinates in one cell, however lists write it."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.text import persian_digits
from citydiplomacy.graph.model.records import City
from citydiplomacy.loaders.cells.cells import CellError
from citydiplomacy.loaders.cells.coordinates import coordinates
from citydiplomacy.loaders.proposal.propose import propose
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.tables.folder import load_tables


@pytest.mark.parametrize(
    "cell",
    [
        "36.3, 59.6",
        "36.3 59.6",
        "36.3,59.6",
        "(36.3; 59.6)",
        "36,3; 59,6",
        "36,3 59,6",
        "36,3, 59,6",
        "36.30 ,  59.600",
        "۳۶٫۳، ۵۹٫۶",
        "POINT(59.6 36.3)",
        "Point (59.6  36.3)",
        "36°18′N 59°36′E",
        "36° 18' 0\" N, 59° 36' 0\" E",
        "36°18′00″N 59°36′00″E",
        "59.6°E 36.3°N",
        "۳۶°۱۸′ شمالی ۵۹°۳۶′ شرقی",
        "36°18′N 59°36′E\ufeff / \ufeff36.300°N 59.600°E\ufeff / 36.300; 59.600",
    ],
)
def test_writings_of_one_place(cell: str) -> None:
    assert coordinates(cell) == (Decimal("36.3"), Decimal("59.6"))


@pytest.mark.parametrize(
    ("cell", "pair"),
    [
        ("-33.9, 151", ("-33.9", "151")),
        ("\u221233.9; \u221270.7", ("-33.9", "-70.7")),
        ("33°54′S 70°42′W", ("-33.9", "-70.7")),
        ("0 0", ("0", "0")),
        ("59.6, 136.3", ("59.6", "136.3")),
    ],
)
def test_sides(cell: str, pair: tuple[str, str]) -> None:
    assert coordinates(cell) == tuple(map(Decimal, pair))


@pytest.mark.parametrize(
    "cell",
    [
        *("", "36.3", "50,94", "1,073", "36.3, 59.6, 12", "36°18′N", "36°N 59°N", "36.3 north", "Berlin, 12"),
        *("<http://www.wikidata.org/entity/Q405> Point(59.6 36.3)", "POINT(a b)", "36°18′N x 59°36′E", "2004, May"),
    ],
)
def test_what_is_no_pair(cell: str) -> None:
    with pytest.raises(CellError, match="not a pair of coordinates"):
        coordinates(cell)


@given(st.decimals(-180, 180, places=4), st.decimals(-180, 180, places=4))
def test_any_pair_is_read_back(first: Decimal, second: Decimal) -> None:
    for cell in (f"{first}, {second}", f"POINT({second} {first})", persian_digits(f"{first}; {second}")):
        assert coordinates(cell) == (first, second)


@given(st.text(alphabet="0123456789.,;/°′″'\"NSEW ()-POINTشمالی"))
def test_no_cell_breaks_it(cell: str) -> None:
    with contextlib.suppress(CellError):
        coordinates(cell)


MAPPING = """[source]
id = "list"
kind = "dataset"
title_en = "A list"
[[tables]]
file = "list.csv"
record = "cities"
decimal = ","
thousands = "."
columns.id = { column = "Name", slug = true }
columns.latitude = { column = "Place", coordinates = true }
columns.longitude = { column = "Place", coordinates = true }
"""


def test_a_mapping_reads_pairs(tmp_path: Path) -> None:
    (tmp_path / "list.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "list.csv").write_text(
        'Name,Place\na,"36.300, 59.600"\nb,"136.3, 59.6"\nc,\nd,somewhere\n', encoding="utf-8"
    )
    report = LoadReport()
    cities = [each for each in load_tables(tmp_path / "list.toml", report).sources[0].records if isinstance(each, City)]
    assert [(each.latitude, each.longitude) for each in cities] == [
        (Decimal("36.3"), Decimal("59.6")),
        (None, None),
        (None, None),
        (None, None),
    ]
    told = {each.reason: each.examples[0] for each in report.reasons()}
    assert told["not a pair of coordinates"] == "line 5, column Place: 'somewhere'"
    assert "is out of range; swapped with the longitude?" in told


def test_a_pair_is_of_two_columns_of_ours_only(tmp_path: Path) -> None:
    (tmp_path / "list.toml").write_text(MAPPING.replace("slug = true", "coordinates = true"), encoding="utf-8")
    with pytest.raises(InputError, match="only a latitude or a longitude") as caught:
        load_tables(tmp_path / "list.toml")
    assert caught.value.line == 10


def test_whole_numbers_alone_are_not_recognised(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Stadt,Jahre,Fläche\nMashhad,2014 2016,351 000\n", encoding="utf-8")
    assert "coordinates" not in propose(path)


@pytest.mark.parametrize("header", ["Koordinaten", "مختصات", "Wo"])
@pytest.mark.parametrize("cells", [('"36.3, 59.6"', '"31.55, 74.34"'), ("POINT(59.6 36.3)", "POINT(74.34 31.55)")])
def test_a_pair_is_recognised(header: str, cells: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Stadt,{header}\nMashhad,{cells[0]}\nLahore,{cells[1]}\n", encoding="utf-8")
    proposed = propose(path)
    assert f'columns.latitude = {{ column = "{header}", coordinates = true }}  # ?' in proposed
    path.with_suffix(".toml").write_text(proposed, encoding="utf-8")
    found = load_tables(path.with_suffix(".toml")).sources[0].records
    assert {(each.latitude, each.longitude) for each in found if isinstance(each, City)} == {
        (Decimal("36.3"), Decimal("59.6")),
        (Decimal("31.55"), Decimal("74.34")),
    }
