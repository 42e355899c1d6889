"""Lists in lines and cells that hold more than a name: items after bullets, pairs of cities, years beside names; and
what a workbook hides."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Agreement
from citydiplomacy.loaders.proposal.propose import propose
from citydiplomacy.loaders.tables.row_reading import HIDDEN

from .test_cases import Told
from .test_strangers import OWN, ties, told


def workbook(path: Path, *rows: Sequence[object], hidden: int = 0) -> Path:
    """A workbook of one sheet. hidden: a row of it."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    if hidden:
        book.active.row_dimensions[hidden].hidden = True
    book.save(path)
    return path


def test_a_formula_without_its_result_is_no_empty_cell(tmp_path: Path) -> None:
    """Where a column that is read has one the load is refused, at its cell; in any other column it is told."""
    header, row = ["City", "Twin", "Since", "Age"], ["Graz", "Pula", 1972, "=2026-C2"]
    path = workbook(tmp_path / "list.xlsx", header, row)
    found = Told(path)
    assert ties(found) == [("Graz", "Pula", "1972")]
    assert 'column "Age": formulas without a saved result: 1' in found.unread()
    workbook(path, header, ["Graz", "Pula", "=1900+72", 1])
    with pytest.raises(InputError, match="a formula without a saved result") as caught:
        Told(path)
    assert (caught.value.line, caught.value.column) == (2, "Since")
    assert "save it" in (caught.value.hint or "")
    workbook(path, ["City", "Since"], ['="Graz"&""', 1972])
    with pytest.raises(InputError, match="a formula without a saved result") as caught:
        Told(path, edit=lambda toml: toml.replace(OWN, 'constants.parties = "city/pula"'))
    assert (caught.value.line, caught.value.column) in ((2, "City"), (2, "A2"))


def test_hidden_rows_and_sheets_are_read_and_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", ["City", "Twin"], ["Graz", "Pula"], ["Graz", "Lyon"], hidden=3)
    book = load_workbook(path)
    sheet = book.create_sheet("old")
    sheet.append(["City", "Twin"])
    sheet.append(["Linz", "Halle"])
    sheet.sheet_state = "hidden"
    book.save(path)
    found = Told(path)
    assert ties(found) == [("Graz", "Lyon", None), ("Graz", "Pula", None), ("Halle", "Linz", None)]
    assert 'sheet "Sheet", rows: 1: "Graz"' in found.toml
    assert '#   sheet "old"' in found.toml
    (noted, *_) = (each for each in found.report.reasons() if each.kind == "noted")
    assert (noted.reason, noted.examples[0]) == (HIDDEN, "line 3: 'Graz'")


BULLETS = {
    "brackets and commas": ("- Lahore (Pakistan), 1998\n- Karbala (Iraq), since 2011\n", ""),
    "numbers and dashes": ("1. Lahore – Pakistan – 1998\n2) Karbala – Iraq – 2011\n", ""),
    "a title": ("Twin towns of Mashhad\n\n• Lahore, Pakistan (1998)\n• Karbala, Iraq (2011)\n", ""),
    "a word before the year": ("- Lahore, Pakistan (est. 1998)\n- Karbala, Iraq (signed in 2011)\n", ""),
    "neither bullets nor numbers": ("Lahore, Pakistan, 1998\nKarbala, Iraq, 2011\n", ""),
    "the year first": ("* 1998: Lahore (Pakistan);\n* 2011: Karbala (Iraq).\n", ""),
    "a text in Markdown": (
        "# Sister cities\n\nOurs.\n\n- **Lahore** (Pakistan), 1998\n- Karbala (Iraq), 2011\n",
        ".md",
    ),
}


@pytest.mark.parametrize(("text", "form"), BULLETS.values(), ids=BULLETS.keys())
def test_the_items_of_a_text(tmp_path: Path, text: str, form: str) -> None:
    """One item a line after a bullet or a number, with its country and its year."""
    found = told(tmp_path, text, f"list{form or '.txt'}", city="mashhad")
    assert ties(found) == [("Karbala", "city/mashhad", "2011"), ("Lahore", "city/mashhad", "1998")]
    assert found.countries() == {"Lahore": "pk", "Karbala": "iq"}


def test_what_heads_the_items_of_a_text(tmp_path: Path) -> None:
    """Cities whose partners follow, kinds of ties, countries."""
    found = told(tmp_path, "Graz\n - Pula (1972)\n - Pécs (1989, suspended)\n\nLinz\n - Halle (1975)\n", "list.txt")
    assert found.ties() == [
        ("Graz", "Pula", "1972", None, None),
        ("Graz", "Pécs", "1989", None, "dormant"),
        ("Halle", "Linz", "1975", None, None),
    ]
    kinds = "Sister cities:\n- Lyon, France\n- Milan, Italy\nFriendship cities:\n- Graz, Austria\n"
    found = told(tmp_path, kinds, "kinds.txt", city="own")
    assert sorted(each.kind for each in found.records if isinstance(each, Agreement)) == [
        "agreement-kind/friendship", "agreement-kind/sister-city", "agreement-kind/sister-city",
    ]  # fmt: skip
    found = told(tmp_path, "France\n- Lyon (1959)\n- Nantes (1965)\nItaly\n- Milan (1970)\n", "lands.txt", city="own")
    assert found.countries() == {"Lyon": "fr", "Nantes": "fr", "Milan": "it"}


def test_a_status_after_a_year(tmp_path: Path) -> None:
    text = (
        "# Ciudades hermanas\n\n- Lyon (Francia) — 1975, vigente\n- Milán (Italia) — 1980, suspendido\n- Cusco (Perú)\n"
    )
    found = told(tmp_path, text, "list.md", city="own")
    assert found.ties() == [
        ("Cusco", "city/own", None, None, None),
        ("Lyon", "city/own", "1975", None, "active"),
        ("Milán", "city/own", "1980", None, "dormant"),
    ]
    assert found.countries() == {"Lyon": "fr", "Milán": "it", "Cusco": "pe"}


def test_countries_after_some_names_only(tmp_path: Path) -> None:
    text = "Twin towns\n- Toledo, Spain (1950)\n- Graz\n- Linz\n- Wien\n- Valencia, Spain (1960)\n"
    assert told(tmp_path, text, "list.txt", city="own").countries() == {
        "Toledo": "es", "Valencia": "es", "Graz": None, "Linz": None, "Wien": None,
    }  # fmt: skip


def test_two_cities_in_one_cell_are_a_tie(tmp_path: Path) -> None:
    found = told(tmp_path, "Hermanamiento;Año\nValladolid - Morelia;1978\nSegovia - Tours;1979\n")
    assert ties(found) == [("Morelia", "Valladolid", "1978"), ("Segovia", "Tours", "1979")]


def test_two_cities_and_a_year_in_a_line(tmp_path: Path) -> None:
    found = told(tmp_path, "Lyon - Birmingham (1951)\nLille - Leeds (1968)\n", "list.txt")
    assert ties(found) == [("Birmingham", "Lyon", "1951"), ("Leeds", "Lille", "1968")]


def test_several_partners_with_brackets_that_hold_the_sign_between_them(tmp_path: Path) -> None:
    """No part of a bracket is a city."""
    rows = "Verona;Munich [1960], Albany [1992, suspended]\nPadua;Nancy [1964], Iași [1995]\n"
    found = told(tmp_path, f"City;Twin towns\n{rows}")
    assert found.ties() == [
        ("Albany", "Verona", "1992", None, "dormant"),
        ("Iași", "Padua", "1995", None, None),
        ("Munich", "Verona", "1960", None, None),
        ("Nancy", "Padua", "1964", None, None),
    ]


def test_an_own_list_without_a_header(tmp_path: Path) -> None:
    found = told(tmp_path, "Lyon,France,1959\nNantes,France,1965\n", city="own")
    assert ties(found) == [("Lyon", "city/own", "1959"), ("Nantes", "city/own", "1965")]
    assert found.countries() == {"Lyon": "fr", "Nantes": "fr"}


@pytest.mark.parametrize(("start", "end"), [
    ("date_from", "date_to"), ("Od", "Do"), ("startTime", "endTime"), ("С", "По"), ("Depuis", "Sortie"),
    ("Fra år", "Til"), ("签署年份", "终止时间"), ("Desde", "Hasta"), ("Dal", "Al"),
])  # fmt: skip
def test_what_beginnings_and_ends_are_called(tmp_path: Path, start: str, end: str) -> None:
    found = told(tmp_path, f"City;Partner;{start};{end}\nGraz;Pula;1972;2010\n")
    assert found.ties() == [("Graz", "Pula", "1972", "2010", None)]


def test_a_beginning_and_an_end_in_one_cell(tmp_path: Path) -> None:
    found = told(tmp_path, 'City,Partner,Duration\nGraz,Pula,"since 1998, ended 2010"\nGraz,Pécs,since 1989\n')
    assert found.ties() == [("Graz", "Pula", "1998", "2010", None), ("Graz", "Pécs", "1989", None, None)]


def test_the_kind_that_a_title_tells(tmp_path: Path) -> None:
    """One below another, and in Persian; a word for partners is no kind."""
    text = "تفاهم‌نامه‌های شهرداری,,\nشهر طرف مقابل,کشور,سال\nقازان,روسیه,۱۳۹۵\nنجف,عراق,۱۳۹۱\n"
    assert 'constants.kind = "memorandum"' in told(tmp_path, text, city="mashhad").toml
    text = "Cooperation agreements,,\nCity,Country,Year\nVienna,Austria,2003\nGhent,Belgium,2000\n"
    assert 'constants.kind = "cooperation"' in told(tmp_path, text, city="own").toml
    text = text.replace("Cooperation agreements", "Our partnerships")
    assert 'constants.kind = "sister-city"' in told(tmp_path, text, city="own").toml


def test_what_stands_above_and_beside_a_list_is_told(tmp_path: Path) -> None:
    text = "Members as of 1 March 2024,,\nCity,Country,Member since\nWien,Österreich,1990\n"
    assert 'lines above the header: 1: "Members as of 1 March 2024"' in propose(saved(tmp_path, "list.csv", text))
    lists = {"meta": {"updated": "2024-01-01"}, "cities": [{"city": "Graz", "partner": "Pula"}]}
    assert 'key "meta.updated": "2024-01-01"' in propose(saved(tmp_path, "list.json", json.dumps(lists)))


def saved(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(("header", "status", "right"), [
    ("城市A,国家A,城市B,国家B,签署年份,状态", "终止", "ended"),
    ("City A,Country A,City B,Country B,Year,وضعیت فعلی", "غیر فعال", "dormant"),
    ("Miasto A,Kraj A,Miasto B,Kraj B,Rok,Stan", "w mocy", "active"),
])  # fmt: skip
def test_sides_and_statuses_in_more_writings(tmp_path: Path, header: str, status: str, right: str) -> None:
    found = told(tmp_path, f"{header}\nGraz,Austria,Pula,Croatia,1972,{status}\n")
    assert found.ties() == [("Graz", "Pula", "1972", None, right)]
    assert found.countries() == {"Graz": "at", "Pula": "hr"}


def test_two_years_that_follow_one_another_are_no_end(tmp_path: Path) -> None:
    """`1956-57` is a year of an office, in which the tie began."""
    found = told(tmp_path, "City,Twin,Date\nExeter,Rennes,1956-57\nExeter,Bad Homburg,1965\n")
    assert found.ties() == [
        ("Bad Homburg", "Exeter", "1965", None, None),
        ("Exeter", "Rennes", "1956/1957", None, None),
    ]


def test_what_a_column_tells_in_brackets_of_its_cells(tmp_path: Path) -> None:
    rows = '1;Dijon;"Mayence (1957), Volgograd (1959)"\n2;Nancy;"Karlsruhe (1955), Padoue (1964)"\n'
    found = told(tmp_path, f"Rang;Ville;Villes jumelées (année)\n{rows}")
    assert ties(found) == [
        ("Dijon", "Mayence", "1957"),
        ("Dijon", "Volgograd", "1959"),
        ("Karlsruhe", "Nancy", "1955"),
        ("Nancy", "Padoue", "1964"),
    ]


def test_countries_in_the_language_of_the_list(tmp_path: Path) -> None:
    found = told(tmp_path, "Vinabær,Land,Ár\nÓðinsvé,Danmörk,1949\nNorrköping,Svíþjóð,1961\n", city="own")
    assert found.countries() == {"Óðinsvé": "dk", "Norrköping": "se"}
