"""More lists as strangers have them: what is proposed holds what they say, asks what they leave open, no guess."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Agreement, City, Membership, Mission, Organization
from citydiplomacy.loaders.proposal.propose import propose

from ..opendocument import opendocument
from .test_cases import Told

OWN = 'constants.parties = ""'


def told(folder: Path, text: str, name: str = "list.csv", city: str = "") -> Told:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Told(path, edit=lambda toml: toml.replace(OWN, f'constants.parties = "city/{city}"') if city else toml)


def ties(found: Told) -> list[tuple[str | None, ...]]:
    """Parties and start."""
    return [tie[:3] for tie in found.ties()]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        # Whose country stands after both? The package knows where these cities lie.
        (
            "شهر,شهر خواهرخوانده,کشور,سال\nمشهد,لاهور,پاکستان,۱۳۸۵\nمشهد,کراچی,پاکستان,۱۳۹۱\nتهران,پکن,چین,۱۳۹۳\n",
            {"مشهد": None, "تهران": None, "لاهور": "pk", "کراچی": "pk", "پکن": "cn"},
        ),
        (
            "City,Twin,Country\nGraz,Pécs,Austria\nGraz,Pula,Austria\nLyon,Milan,France\n",
            {"Graz": "at", "Lyon": "fr", "Pécs": None, "Pula": None, "Milan": None},
        ),
        # Codes of states and of provinces are no countries, nor are those of languages.
        (
            "City,State,Sister City,Sister Country,Lang\nAtlanta,GA,Lyon,France,fr\nWilmington,DE,Fulda,Germany,de\n",
            {"Atlanta": None, "Wilmington": None, "Lyon": "fr", "Fulda": "de"},
        ),
        (
            'City,Sister city\n"Athens, GA","Iasi, Romania"\n"Gary, IN","Fuxin, China"\n',
            {"Athens, GA": None, "Gary, IN": None, "Iasi": "ro", "Fuxin": "cn"},
        ),
        (
            "City,State,Twin\nAtlanta,Georgia,Lyon\nColumbus,Georgia,Kiryu\n",
            dict.fromkeys(("Atlanta", "Columbus", "Lyon", "Kiryu")),
        ),
        # Names that another place has too are asked, each in the mapping.
        (
            "City,Country,Twin\nTbilisi,Georgia,Lyon\nBrazzaville,Congo,Lyon\nSeoul,Korea,Lyon\nBelfast,Ireland,Lyon\n",
            {"Tbilisi": "ge", "Brazzaville": None, "Seoul": None, "Belfast": None, "Lyon": None},
        ),
        (
            'City,Twin\n"Tbilisi, Georgia","Atlanta, Georgia"\n"Batumi, Georgia","Bari, Italy"\n',
            {"Tbilisi": "ge", "Batumi": "ge", "Atlanta": None, "Bari": "it"},
        ),
    ],
)  # fmt: skip
def test_no_country_is_guessed(tmp_path: Path, text: str, countries: dict[str, str | None]) -> None:
    found = told(tmp_path, text)
    assert found.countries() == countries
    if any(doubtful in text for doubtful in ("Congo", '"Tbilisi')):
        assert "which country is meant" in found.toml


@pytest.mark.parametrize("header", [
    "Partnerstadt;Land;Seit", "Sister city;Country;Since", "International partner;Country;Year of partnership[2]",
    "شهر خواهرخوانده;کشور;سال", "Ville jumelée;Pays;Depuis",
])  # fmt: skip
def test_a_list_of_partners_alone_is_a_citys_own(tmp_path: Path, header: str) -> None:
    found = told(tmp_path, f"{header}\nLyon;France;1959\nGranada[3];Spain;1984[1][b]\n", city="dresden")
    assert ties(found) == [("Granada", "city/dresden", "1984"), ("Lyon", "city/dresden", "1959")]
    assert found.countries() == {"Lyon": "fr", "Granada": "es"}


def test_partners_in_columns_of_their_own(tmp_path: Path) -> None:
    rows = "Graz,Austria,Pula,Pécs\nLinz,Austria,Halle,\nEnns,Austria,,\n"
    found = told(tmp_path, f"City,Country,Sister city 1,Sister city 2\n{rows}")
    assert ties(found) == [("Graz", "Pula", None), ("Graz", "Pécs", None), ("Halle", "Linz", None)]
    assert found.report.lost() == (0, 3)


@pytest.mark.parametrize(
    "header",
    [
        "Comune;Stato;Comune gemellato;Stato;Anno",
        "Ciudad;País;Ciudad hermana;País hermano;Año",
        "Şehir;Ülke;Kardeş şehir;Ülke;Yıl",
        "Город;Страна;Город-побратим;Страна;Год",
        "المدينة;الدولة;المدينة التوأم;الدولة;السنة",
        "",
    ],
)
def test_headers_of_more_languages_and_none(tmp_path: Path, header: str) -> None:
    rows = "Toledo;Spain;Toledo;United States;1931\nGraz;Austria;Pula;Croatia;1972\n"
    found = told(tmp_path, f"{header}\n{rows}".lstrip())
    assert ties(found) == [("Graz", "Pula", "1972"), ("Toledo", "Toledo", "1931")]


def test_the_rule_under_the_header_of_a_table_in_text(tmp_path: Path) -> None:
    found = told(tmp_path, "| City | Country | Twin |\n|------|:-----:|------|\n| Lyon | France | Milan |\n")
    assert ties(found) == [("Lyon", "Milan", None)]


def test_edges_alone(tmp_path: Path) -> None:
    """Of what a city is a member is no city; edges between numbers say nothing without their nodes."""
    rows = "Mashhad,Metropolis,Member of,\nMashhad,Lahore,Sister city,\nTehran,Metropolis,Member of,\n"
    found = told(tmp_path, f"From,To,Type,Label\n{rows}")
    assert ties(found) == [("Lahore", "Mashhad", None)]
    assert {each.label("und") for each in found.records if isinstance(each, City)} == {"Lahore", "Mashhad", "Tehran"}
    assert len([each for each in found.records if isinstance(each, Membership)]) == 2
    drawn = told(tmp_path, "Source,Target,Type,Id,Label,Weight\nMashhad,Lahore,Undirected,0,,1.0\n", "edges.csv")
    assert ties(drawn) == [("Lahore", "Mashhad", None)]
    (tmp_path / "numbers.csv").write_text("Source,Target,Type,Label\n1,2,Undirected,sister city\n", encoding="utf-8")
    with pytest.raises(InputError, match="another file"):
        propose(tmp_path / "numbers.csv")


def test_missions_by_the_words_of_their_kinds(tmp_path: Path) -> None:
    rows = "Iraq,Consulate General,Mashhad,2005,\nIndia,Consulate,Zahedan,1960,2015\n"
    found = told(tmp_path, f"Country,Type of representation,City,Opened,Closed\n{rows}")
    missions = sorted((each.sender, each.end and each.end.edtf) for each in found.records if isinstance(each, Mission))
    assert missions == [("country/in", "2015"), ("country/iq", None)]
    assert set(found.countries().values()) == {None}


def test_items_of_networks_have_their_labels(tmp_path: Path) -> None:
    q = "http://www.wikidata.org/entity/Q"
    found = told(tmp_path, f"item,itemLabel,verein,vereinLabel\n{q}13298,Graz,{q}1376037,Eurocities\n")
    (body,) = (each for each in found.records if isinstance(each, Organization))
    assert (body.id, body.label("und"), body.exact_match) == ("organization/q1376037", "Eurocities", (f"{q}1376037",))


def test_lists_in_lists_of_json(tmp_path: Path) -> None:
    nested = [{"city": "Graz", "country": "AT", "partners": [{"city": "Pula", "country": "HR", "year": 1972}]}]
    assert ties(told(tmp_path, json.dumps(nested), "a.json")) == [("Graz", "Pula", "1972")]
    place = {"type": "Point", "coordinates": [13.85, 44.87]}
    feature = {"type": "Feature", "properties": {"name": "Pula", "since": "1972"}, "geometry": place}
    found = told(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), "b.geojson", city="graz")
    assert [str(each.latitude) for each in found.records if isinstance(each, City)] == ["44.87"]
    (tie,) = (each for each in found.records if isinstance(each, Agreement))
    assert tie.start
    assert tie.start.edtf == "1972"


AUTHORS = [{"family": "Doe", "given": "Ann"}, {"literal": "UN-Habitat"}]
CSL = {"id": "doe2019", "type": "article-journal", "title": "City diplomacy", "author": AUTHORS}
RIS = "TY  - JOUR\nID  - doe2019\nAU  - Doe, Ann\nAU  - UN-Habitat\nTI  - City diplomacy\nDA  - 2019/05\nER  - \n"


@pytest.mark.parametrize(
    ("text", "name"), [(json.dumps([CSL | {"issued": {"date-parts": [[2019, 5]]}}]), "a.json"), (RIS, "a.ris")]
)
def test_more_forms_of_bibliographies(tmp_path: Path, text: str, name: str) -> None:
    _, source = told(tmp_path, text, name).sources
    assert (source.id, source.creators) == ("source/a-doe2019", ("Doe, Ann", "UN-Habitat"))
    assert (source.kind, source.date and source.date.edtf) == ("evidence-kind/scholarly", "2019-05")


def test_merged_cells_of_opendocument(tmp_path: Path) -> None:
    """Their value stands in all of them, also below rows and cells that the file tells once for several."""

    def cell(text: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'

    def row(*cells: str, times: int = 1) -> str:
        return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'

    down = 'table:number-rows-spanned="2"'
    rows = [
        row('<table:table-cell table:number-columns-repeated="3"/>', times=2),
        row(*map(cell, ("City", "Country", "Partner"))),
        row(cell("Tabriz", down), cell("Iran", down), cell("Baku")),
        row('<table:covered-table-cell table:number-columns-repeated="2"/>', cell("Vienna")),
    ]
    found = Told(opendocument(tmp_path / "list.ods", "".join(rows)))
    assert ties(found) == [("Baku", "Tabriz", None), ("Tabriz", "Vienna", None)]


def test_garbled_names_are_told_at_load_too(tmp_path: Path) -> None:
    found = told(tmp_path, "city,country,partner\nGraz,Austria,PÃ©cs\n")
    assert [each.examples for each in found.report.reasons()] == [("line 2: 'PÃ©cs'",)]


@pytest.mark.parametrize(
    ("dates", "starts"),
    [
        (("12/05/1972", "25/06/1989"), {"1972-05-12", "1989-06-25"}),
        (("5/12/1972", "11/30/1989"), {"1972-05-12", "1989-11-30"}),
        (("5/12/1972", "۱۱/۱۰/۱۹۸۹"), {"1972", "1989"}),  # nothing tells which comes first
        (("25/06/1972", "11/30/1989"), {"1972", "1989"}),
    ],
)
def test_days_and_months_in_figures(tmp_path: Path, dates: tuple[str, str], starts: set[str]) -> None:
    found = told(tmp_path, f"City,Country,Twin,Date\nGraz,Austria,Pula,{dates[0]}\nGraz,Austria,Pécs,{dates[1]}\n")
    assert {tie[2] for tie in ties(found)} == starts
    assert ("days or months first" in found.toml) == all(len(start or "") == 4 for start in starts)
