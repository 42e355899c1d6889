"""How rows lie in files of others: two sides, several values in a cell, empty cells, lines above and sums below."""

from __future__ import annotations

from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Agreement, City
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.loaders.report import Fates, LoadReport, Tally
from citydiplomacy.loaders.tables.folder import load_tables

SOURCE = '[source]\nid = "list"\nkind = "dataset"\ntitle_en = "A list"\n[defaults]\nfile = "list.csv"\n'
SIDES = (
    SOURCE
    + """
[[tables]]
record = "cities"
columns.id = { columns = ["City", "Country"], join = " ", slug = true }
columns.label_und = "City"
columns.country = { column = "Country", country = true }
[[tables]]
record = "cities"
columns.id = { columns = ["City (2)", "Country (2)"], join = " ", slug = true }
columns.label_und = "City (2)"
columns.country = { column = "Country (2)", country = true }
[[tables]]
record = "agreements"
columns.parties = [
  { columns = ["City", "Country"], join = " ", slug = true },
  { columns = ["City (2)", "Country (2)"], join = " ", slug = true },
]
columns.start = "Year"
constants.kind = "sister-city"
"""
)
TWINS = (
    SOURCE
    + """
KEYS
[[tables]]
record = "agreements"
columns.parties = { columns = ["City", "Twin"], slug = true }
columns.start = "Year"
constants.kind = "sister-city"
"""
)


def read(folder: Path, toml: str, cells: str, report: LoadReport | None = None) -> list[Record]:
    (folder / "list.toml").write_text(toml, encoding="utf-8")
    (folder / "list.csv").write_text(cells, encoding="utf-8")
    return load_tables(folder / "list.toml", report).sources[0].records


def ties(records: list[Record]) -> list[tuple[str, ...]]:
    return [(*each.parties, each.start.edtf if each.start else "") for each in records if isinstance(each, Agreement)]


def test_parties_of_several_columns(tmp_path: Path) -> None:
    """Valencia in Spain and in Venezuela are two, on both sides; a name that stands twice is told apart."""
    cells = (
        "City,Country,City,Country,Year,\n"
        "Valencia,Spain,Mainz,Germany,1978\n"
        "Bologna,Italy,Valencia,Spain,1976\n"
        "St. Petersburg,US,Valencia,Venezuela,1999\n"
    )
    report = LoadReport()
    found = read(tmp_path, SIDES, cells, report)
    assert ties(found) == [
        ("city/bologna-italy", "city/valencia-spain", "1976"),
        ("city/mainz-germany", "city/valencia-spain", "1978"),
        ("city/st-petersburg-us", "city/valencia-venezuela", "1999"),
    ]
    countries = {each.id: each.country for each in found if isinstance(each, City)}
    assert countries["city/valencia-venezuela"] == "country/ve"
    assert report.lost() == (0, 3)


def test_a_tie_without_a_name_names_the_column(tmp_path: Path) -> None:
    """What is made of several columns says nothing if the first is empty: a country is no city."""
    report = LoadReport()
    cells = "City,Country,City,Country,Year\nTabriz,Iran,Baku,Azerbaijan,1980\n,Iran,Vienna,Austria,\n"
    found = read(tmp_path, SIDES, cells, report)
    assert ties(found) == [("city/baku-azerbaijan", "city/tabriz-iran", "1980")]
    assert {each.id for each in found if isinstance(each, City)} >= {"city/vienna-austria"}
    assert [(each.kind, each.file, each.reason) for each in report.reasons()] == [
        ("refused", "list.csv (agreements)", "a tie needs two or more different parties"),
        ("left out", "list.csv (cities)", "City, Country tells nothing"),
    ]
    (refused,) = (each for each in report.reasons() if each.kind == "refused")
    assert (refused.examples, refused.expected) == (
        ("line 3, column City: ''",),
        "a name: perhaps the cell is merged with the one above",
    )
    with pytest.raises(InputError, match="City is empty there, and perhaps merged"):
        read(tmp_path, SIDES, cells, LoadReport(strict=True))


def test_a_tie_is_refused_with_its_city(tmp_path: Path) -> None:
    """Of a list whose ids are names alone: the second Toledo is refused, and its tie with it."""
    toml = SIDES.replace('columns = ["City", "Country"], join = " "', 'column = "City"')
    cells = "City,Country,City,Country,Year\nToledo,Spain,Nara,Japan,1972\nToledo,US,Delmenhorst,Germany,1993\n"
    report = LoadReport()
    found = read(tmp_path, toml, cells, report)
    assert ties(found) == [("city/nara-japan", "city/toledo", "1972")]
    assert [(each.file, each.reason) for each in report.reasons() if each.kind == "refused"] == [
        ("list.csv (agreements)", "the city or body of this row was refused"),
        ("list.csv (cities)", "another row tells it otherwise"),
    ]
    assert report.lost() == (1, 2)


def test_places_that_are_near_are_one(tmp_path: Path) -> None:
    toml = SOURCE + (
        '[[tables]]\nrecord = "cities"\ncolumns.id = { column = "Name", slug = true }\n'
        'columns.label_und = "Name"\ncolumns.latitude = "Lat"\n'
    )
    report = LoadReport()
    found = read(tmp_path, toml, "Name,Lat\nKöln,50.94\nKoln,50.95\nKöln,12\n", report)
    (koln,) = (each for each in found if isinstance(each, City))
    assert (str(koln.latitude), [name.value for name in koln.aliases]) == ("50.94", ["Koln"])
    assert next(iter(report.files.values())) == Tally(read=3, made=1, merged=1, refused=1)


def test_several_partners_in_a_cell(tmp_path: Path) -> None:
    toml = TWINS.replace("KEYS", 'each = { Twin = ";" }')
    report = LoadReport()
    assert ties(read(tmp_path, toml, "City,Twin,Year\nLyon,Birmingham; Milan ;,1951\n", report)) == [
        ("city/birmingham", "city/lyon", "1951"),
        ("city/lyon", "city/milan", "1951"),
    ]
    assert report.fates[f"{tmp_path / 'list.csv'}"] == Fates(taken={2}, unread=())


def test_empty_cells_below(tmp_path: Path) -> None:
    toml = TWINS.replace("KEYS", 'fill = ["City"]')
    cells = "City,Twin,Year\nTabriz,Istanbul,1972\n,Vienna,2009\n\n,Baku,\nShiraz,Nicosia,1999\n"
    assert ties(read(tmp_path, toml, cells)) == [
        ("city/baku", "city/tabriz", ""),
        ("city/istanbul", "city/tabriz", "1972"),
        ("city/nicosia", "city/shiraz", "1999"),
        ("city/tabriz", "city/vienna", "2009"),
    ]


def test_lines_above_and_sums_below(tmp_path: Path) -> None:
    toml = TWINS.replace("KEYS", 'skip = 2\nunless = { City = ["Total"] }')
    report = LoadReport()
    cells = "Twins of the county,,\n,,\nCity,Twin,Year\nLyon,Milan,1967\nTotal,,1\n"
    assert ties(read(tmp_path, toml, cells, report)) == [("city/lyon", "city/milan", "1967")]
    assert next(iter(report.files.values())) == Tally(read=2, made=1, left_out=1)
    assert [(each.reason, each.examples) for each in report.reasons()] == [("City is Total", ("line 5",))]
    assert report.lost() == (0, 1)


def test_merged_cells(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["City", "Twin", "Year"], ["Lyon", "Milan", 1967], [None, "Leipzig", 1981], ["Lille", "Köln", 1958]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "list.xlsx")
    (tmp_path / "list.toml").write_text(TWINS.replace("KEYS", "").replace(".csv", ".xlsx"), encoding="utf-8")
    assert ties(list(load_tables(tmp_path / "list.toml").sources[0].records)) == [
        ("city/koln", "city/lille", "1958"),
        ("city/leipzig", "city/lyon", "1981"),
        ("city/lyon", "city/milan", "1967"),
    ]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ('each = { Twin = "" }', "nothing to take cells apart at"),
        ('fill = ["Town"]', "unknown column"),
        ('unless = { Town = "Total" }', "unknown column"),
    ],
)
def test_mistakes(tmp_path: Path, key: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path, TWINS.replace("KEYS", key), "City,Twin,Year\nLyon,Milan,1967\n")
    assert caught.value.file == tmp_path / "list.toml"


def test_a_map_reads_one_way_only(tmp_path: Path) -> None:
    toml = TWINS.replace("KEYS", "").replace('"Year"', '{ column = "Year", map = { "1967" = "1968" } }')
    with pytest.raises(InputError, match="not a list of their words"):
        read(tmp_path, toml, "City,Twin,Year\nLyon,Milan,1967\n")


def test_a_constant_that_is_left_open(tmp_path: Path) -> None:
    toml = TWINS.replace("KEYS", "") + 'constants.status = ""\n'
    with pytest.raises(InputError, match="the mapping leaves this open") as caught:
        read(tmp_path, toml, "City,Twin,Year\nLyon,Milan,1967\n")
    assert caught.value.line == len(toml.splitlines())


MATRIX = (
    SOURCE
    + """
na = ["0"]
[[tables]]
record = "agreements"
across = { Partner = ["Lyon", "Milan", "Graz"] }
columns.parties = { columns = ["City", "Partner"], slug = true }
columns.start = { column = "Partner (cell)", pattern = '^(?:(?!x$).+)?' }
constants.kind = "sister-city"
"""
)


def test_a_matrix_is_read_across(tmp_path: Path) -> None:
    """A row for each cell that says anything; where a city meets itself nothing is said of two."""
    report = LoadReport()
    cells = "City,Lyon,Milan,Graz\nLyon,9999,1967,0\nMilan,,,x\nGraz,,,\n"
    assert ties(read(tmp_path, MATRIX, cells, report)) == [
        ("city/graz", "city/milan", ""),
        ("city/lyon", "city/milan", "1967"),
    ]
    assert [(each.kind, each.reason, each.number) for each in report.reasons()] == [
        ("left out", "no cell of the matrix says anything", 1)
    ]
    assert report.files["list.csv (agreements)"] == Tally(read=3, made=2, left_out=1)
    assert report.lost() == (0, 2)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("Partner =", "City ="), "the file has a column of this name"),
        (('"Graz"]', '"Gras"]'), "unknown column"),
    ],
)
def test_a_matrix_that_the_file_does_not_have(tmp_path: Path, change: tuple[str, str], problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        read(tmp_path, MATRIX.replace(*change), "City,Lyon,Milan,Graz\nLyon,,1967,\n")
    assert caught.value.line == 11


def test_what_heads_the_rows_below(tmp_path: Path) -> None:
    """Only alone in its row: Luxembourg is a city too."""
    toml = SOURCE + (
        '[[tables]]\nrecord = "cities"\nheads = { City = ["France", "Luxembourg"] }\n'
        'columns.id = { column = "City", slug = true }\ncolumns.label_und = "City"\n'
        'columns.country = { column = "City (head)", country = true }\n'
    )
    report = LoadReport()
    found = read(tmp_path, toml, "City,Year\nOslo,1\nFrance,\nLyon,2\nLuxembourg,\nLuxembourg,3\n", report)
    assert {each.id: each.country for each in found if isinstance(each, City)} == {
        "city/oslo": None,
        "city/lyon": "country/fr",
        "city/luxembourg": "country/lu",
    }
    assert report.files["list.csv (cities)"] == Tally(read=5, made=3, left_out=2)
    assert report.lost() == (0, 3)


def test_a_tie_whose_kind_is_not_said_is_lost(tmp_path: Path) -> None:
    report = LoadReport()
    """Though its cities are read."""
    toml = TWINS.replace("KEYS", "").replace('constants.kind = "sister-city"', 'columns.kind = "Kind"')
    toml += '[[tables]]\nrecord = "cities"\ncolumns.id = { column = "City", slug = true }\ncolumns.label_und = "City"\n'
    cells = "City,Twin,Year,Kind\nLyon,Milan,1967,sister-city\nLyon,Graz,1970,\n"
    assert ties(read(tmp_path, toml, cells, report)) == [("city/lyon", "city/milan", "1967")]
    assert [(each.reason, each.number) for each in report.reasons()] == [("Kind tells nothing", 1)]
    assert report.lost() == (1, 2)
