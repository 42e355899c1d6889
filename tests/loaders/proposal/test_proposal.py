"""A list without a mapping gets one proposed, which loads as it is."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.model.records import Agreement, City, Membership, Observation
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.loaders import files
from citydiplomacy.loaders.proposal.propose import propose
from citydiplomacy.loaders.proposal.written import delimiter_of
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.tables.folder import load_tables

MEMBERS = """\
Stadt;Land;Breite;Länge;Einwohner;Netzwerk;Rolle;seit
Köln;Germany;50,94;6,96;1.073.096;Eurocities;Vollmitglied;1990
Lille;Flandern;50,63;3,06;NA;Eurocities;Beobachter;1991
Torino;IT;45,07;7,69;848.885;Eurocities;;
"""
TWINS = """\
City,Country,Twin city,Year
Mashhad,Iran,Lahore,2006
Isfahan,Iran,Xi'an,ca. 1989
Isfahan,Iran,Isfahan,1989
"""
PERSIAN = """\
شهر\tکشور\tعرض جغرافیایی\tطول جغرافیایی\tجمعیت\tشبکه\tسال عضویت
مشهد\tایران\t۳۶٫۲۶\t۵۹٫۶\t۳٬۰۰۱٬۱۸۴\tمتروپلیس\t۱۳۹۲
لاهور\tپاکستان\t۳۱٫۵\t۷۴٫۳\t۱۱۱۲۶۲۸۵\tمتروپلیس\t۱۳۹۰
"""
FRENCH = "Ville|Pays|Habitants\nLyon|France|513 275\nGenève|Suisse|201 818\n"
ITEMS = "Q1\tQ64\nQ64\tQ90\n"


def proposed(path: Path, text: str, encoding: str = "utf-8") -> tuple[str, list[Record], LoadReport]:
    """The mapping proposed for a list, and what it makes of the list without an edit."""
    path.write_bytes(text.encode(encoding))
    toml = path.with_suffix(".toml")
    toml.write_text(propose(path), encoding="utf-8")
    report = LoadReport()
    return toml.read_text(encoding="utf-8"), load_tables(toml, report).sources[0].records, report


def test_members_in_german(tmp_path: Path) -> None:
    toml, found, _ = proposed(tmp_path / "list.csv", MEMBERS)
    koln, lille, torino = (each for each in found if isinstance(each, City))
    assert (koln.id, koln.country, koln.latitude) == ("city/list-koln-germany", "country/de", Decimal("50.94"))
    assert (lille.country, torino.country) == (None, "country/it")
    assert [(each.role, each.start and each.start.edtf) for each in found if isinstance(each, Membership)] == [
        ("role/member", "1990"),
        ("role/observer", "1991"),
        ("role/member", None),
    ]
    assert {each.value for each in found if isinstance(each, Observation)} == {Decimal(1_073_096), Decimal(848_885)}
    asked = [line for line in toml.splitlines() if "  # ? " in line]
    assert any('"" = ["Flandern"]' in line for line in asked)
    assert any(line.startswith("columns.role") for line in asked)


def test_twins(tmp_path: Path) -> None:
    toml, found, report = proposed(tmp_path / "list.csv", TWINS)
    assert [(each.parties, each.start and each.start.edtf) for each in found if isinstance(each, Agreement)] == [
        (("city/list-isfahan-iran", "city/list-xian"), "1989~"),
        (("city/list-lahore", "city/list-mashhad-iran"), "2006"),
    ]
    assert [each.reason for each in report.reasons()] == ["nothing tells the two parties apart"]
    assert 'constants.kind = "sister-city"\n' in toml  # the header says that they are twins


def test_a_persian_list(tmp_path: Path) -> None:
    _, found, report = proposed(tmp_path / "list.tsv", PERSIAN)
    cities = {each.label("fa"): each for each in found if isinstance(each, City)}
    assert cities["مشهد"].longitude == Decimal("59.6")
    assert cities["لاهور"].country == "country/pk"
    assert {each.start.edtf for each in found if isinstance(each, Membership) and each.start} == {
        "2013-03-21/2014-03-20",
        "2011-03-21/2012-03-19",
    }
    assert Decimal(3_001_184) in {each.value for each in found if isinstance(each, Observation)}
    assert not list(report.reasons())


def test_a_french_list(tmp_path: Path) -> None:
    toml, found, _ = proposed(tmp_path / "list.csv", FRENCH)
    assert {'delimiter = "|"', 'thousands = " "'} <= set(toml.splitlines())
    assert {each.value for each in found if isinstance(each, Observation)} == {Decimal(513_275), Decimal(201_818)}


def test_items_without_a_header(tmp_path: Path) -> None:
    _, found, _ = proposed(tmp_path / "list.tsv", ITEMS)
    assert [each.parties for each in found if isinstance(each, Agreement)] == [
        ("city/q1", "city/q64"),
        ("city/q64", "city/q90"),
    ]
    assert [each.exact_match for each in found if isinstance(each, City)][1] == ("http://www.wikidata.org/entity/Q64",)


def test_items_and_geonames_with_names(tmp_path: Path) -> None:
    _, found, _ = proposed(tmp_path / "list.csv", "Bezeichnung,QID,geoname id\nBerlin,Q64,2950159\n")
    _, other, _ = proposed(tmp_path / "other.csv", "town,geonames\nBerlin,2950159\n")
    berlin, same = found[0], other[0]
    assert isinstance(berlin, City)
    assert isinstance(same, City)
    assert (berlin.id, berlin.label("und")) == ("city/q64", "Berlin")
    assert same.exact_match == ("https://sws.geonames.org/2950159/",)


def test_an_encoding_is_found_out_and_asked(tmp_path: Path) -> None:
    cells = "شهر,كشور\nمشهد,ايران\nشيراز,ايران\nلاهور,پاكستان\nاستانبول,تركيه\n"
    toml, found, _ = proposed(tmp_path / "list.csv", cells, "cp1256")
    assert 'encoding = "cp1256"  # ? ' in toml
    assert "مشهد" in {each.label("fa") for each in found if isinstance(each, City)}


def test_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["City", "Country", "Population"], ["Lyon", "France", 513275], ["Köln", "DE", None]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert files.lacks_mapping(tmp_path / "list.xlsx")
    (tmp_path / "list.toml").touch()  # as a shell does before the proposal is written into it
    assert files.lacks_mapping(tmp_path / "list.xlsx")
    (tmp_path / "list.toml").write_text(propose(tmp_path / "list.xlsx"), encoding="utf-8")
    for path in ("list.toml", "list.xlsx"):
        found = files.load(tmp_path / path, report=LoadReport())[0].records
        assert [each.id for each in found if isinstance(each, City)] == ["city/list-koln-de", "city/list-lyon-france"]


def test_what_cannot_be_proposed(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Farbe,Anzahl\nrot,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column is recognised as a city"):
        propose(tmp_path / "list.csv")
    with pytest.raises(UsageError, match="without a mapping"):
        files.load(tmp_path / "list.csv")
    (tmp_path / "list.csv").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="no header"):
        propose(tmp_path / "list.csv")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_delimiters(sign: str) -> None:
    assert delimiter_of(f'a{sign}b\n"x, y; z"{sign}1.5\n"p|q"{sign}2.5\n') == sign


CELL = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5), CELL)
def test_a_proposal_is_always_toml(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]], name: str
) -> None:
    import csv

    path = tmp_path_factory.mktemp("proposal") / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("City", f"x{name}"), *((f"c{city}", more) for city, more in cells)])
    text = propose(path)
    assert tomllib.loads(text)["source"]["id"] == "list"
