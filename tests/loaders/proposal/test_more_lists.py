"""Kinds of lists that were once refused or misread: matrices of cities, countries as headings, names with their
countries, tables in texts and documents, cells that say that there is none, and lists that are none of cities."""

from __future__ import annotations

from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import City, Membership
from citydiplomacy.loaders import files
from citydiplomacy.loaders.proposal.propose import propose

from .test_cases import Told
from .test_strangers import OWN, ties, told

ORGANIZATION = 'constants.organization = ""'


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (  # both halves say the same
            "City,Tartu,Salisbury,Turku\nTartu,,x,x\nSalisbury,x,,\nTurku,x,,x\n",
            [("Salisbury", "Tartu", None), ("Tartu", "Turku", None)],
        ),
        (  # one half, with years; the last city has no row and the first no column; nothing stands in the corner
            ";Porto;Cluj;Lviv\nRennes;1998;1999;\nPorto;;2005;\nCluj;;;2011\n",
            [
                ("Cluj", "Lviv", "2011"),
                ("Cluj", "Porto", "2005"),
                ("Cluj", "Rennes", "1999"),
                ("Porto", "Rennes", "1998"),
            ],
        ),
        (
            "city,Gdańsk,Bremen,Riga\nGdańsk,0,1,0\nBremen,1,0,1\nRiga,0,1,0\n",
            [("Bremen", "Gdańsk", None), ("Bremen", "Riga", None)],
        ),
        # of two groups, where the cities over the columns are known as cities
        (
            "Town,Bodø,Rovaniemi\nKiruna,yes,no\nUmeå,yes,yes\n",
            [("Bodø", "Kiruna", None), ("Bodø", "Umeå", None), ("Rovaniemi", "Umeå", None)],
        ),
        # marks beside years, and kinds of ties in words
        (
            "City,Lyon,Leeds\nMilan,1967,x\nGraz,,1990\n",
            [("Graz", "Leeds", "1990"), ("Leeds", "Milan", None), ("Lyon", "Milan", "1967")],
        ),
        (
            "شهر;مشهد;لاهور;کربلا\nمشهد;-;✓;✓\nلاهور;✓;-;\nکربلا;✓;;-\n",
            [("لاهور", "مشهد", None), ("مشهد", "کربلا", None)],
        ),
    ],
)
def test_a_matrix_of_cities(tmp_path: Path, text: str, right: list[tuple[str | None, ...]]) -> None:
    found = told(tmp_path, text)
    assert ties(found) == sorted(right, key=str)
    assert not [each for each in found.records if isinstance(each, Membership)]
    assert found.report.lost()[0] == 0


def test_a_city_of_a_matrix_without_ties_is_a_city(tmp_path: Path) -> None:
    found = told(tmp_path, "City,Lyon,Milan,Graz\nLyon,,x,\nMilan,x,,\nGraz,,,\n")
    assert ties(found) == [("Lyon", "Milan", None)]
    assert set(found.countries()) == {"Lyon", "Milan", "Graz"}


def test_a_matrix_of_cities_in_markdown_and_a_city_among_networks(tmp_path: Path) -> None:
    text = "| | Gdynia | Kiel | Aalborg |\n|---|---|---|---|\n"
    text += "| Gdynia | | ✓ | ✓ |\n| Kiel | ✓ | | |\n| Aalborg | ✓ | | |\n"
    assert ties(told(tmp_path, text, "list.md")) == [("Aalborg", "Gdynia", None), ("Gdynia", "Kiel", None)]
    found = told(tmp_path, "City,Country,Metropolis,UCLG,Lyon\nQuito,Ecuador,x,x,\nLima,Peru,x,,x\n")
    networks = {each.organization for each in found.records if isinstance(each, Membership)}
    assert networks == {"organization/metropolis", "organization/uclg"}
    assert "Lyon" in found.unread()


def test_kinds_of_ties_in_a_matrix(tmp_path: Path) -> None:
    found = told(tmp_path, "City;Ulm;Arad;Vidin\nUlm;–;twin town;friendship\nArad;twin town;–;\nVidin;friendship;;–\n")
    assert ties(found) == [("Arad", "Ulm", None), ("Ulm", "Vidin", None)]
    assert 'friendship = ["friendship"]' in found.toml


@pytest.mark.parametrize(
    "text",
    [
        "Origin,Oslo,Bergen,Tromsø\nOslo,,125000,98000\nBergen,124000,,31000\n",  # passengers
        "City,Country,C40,ICLEI\nOslo,Norway,x,x\nBergen,Norway,,x\n",
        "City,2019,2020\nOslo,210,220\nBergen,110,120\n",
    ],
)
def test_what_is_no_matrix_of_ties(tmp_path: Path, text: str) -> None:
    assert ties(told(tmp_path, text)) == []


def test_a_column_a_year_is_no_network(tmp_path: Path) -> None:
    """Whose members they are is asked, and of each city the last year counts as when that was seen."""
    text = "Member,Country,2019,2020,2021\nGhent,Belgium,x,x,x\nLeuven,Belgium,,x,\nAalst,Belgium,x,,\n"
    with pytest.raises(InputError, match="the mapping leaves this open"):
        told(tmp_path, text)
    found = Told(tmp_path / "list.csv", edit=lambda toml: toml.replace(ORGANIZATION, 'constants.organization = "net"'))
    members = [each for each in found.records if isinstance(each, Membership)]
    seen = {each.member: each.attested and each.attested.edtf for each in members}
    assert seen == {
        "city/list-ghent-belgium": "2021",
        "city/list-leuven-belgium": "2020",
        "city/list-aalst-belgium": "2019",
    }


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        (
            "Sister city,Since\nFrance,\nLyon,1951\nLille,1973\nGermany,\nLeipzig,1973\n",
            {"Lyon": "fr", "Lille": "fr", "Leipzig": "de"},
        ),
        # below continents, of which some are no country
        (
            "Sister cities,Year\nAsia,\nJapan,\nNagoya,1959\nEurope,\nFrance,\nLyon,1964\n",
            {"Nagoya": "jp", "Lyon": "fr"},
        ),
        # a country that a city is called by heads its rows as the others
        ("Sister city,Since\nFrance,\nLyon,1951\nLuxembourg,\nEsch,1973\n", {"Lyon": "fr", "Esch": "lu"}),
        # but not if the cities below it lie elsewhere
        (
            "Sister city,Since\nFrance,\nLyon,1951\nLuxembourg,\nBonn,1973\n",
            {"Lyon": None, "Luxembourg": None, "Bonn": None},
        ),
        ("Sister city,Since\nUSA,\nErie,1951\nUK,\nLeeds,1973\n", {"Erie": "us", "Leeds": "gb"}),
        # in a column of their own
        (
            "Land,Partnerstadt,Seit\nFrance,,\n,Lyon,1950\n,Nancy,1955\nJapan,,\n,Oita,1978\n",
            {"Lyon": "fr", "Nancy": "fr", "Oita": "jp"},
        ),
        # in a column alone nobody can say what Luxembourg is; France is no city
        (
            "Sister city\nFrance\nLyon\nLuxembourg\nEsch\n",
            {"Lyon": None, "Luxembourg": None, "Esch": None, "France": None},
        ),
    ],
)
def test_countries_that_head_their_cities(tmp_path: Path, text: str, countries: dict[str, str | None]) -> None:
    assert told(tmp_path, text, city="own").countries() == countries


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("City – Country,Partner – Country\nGraz – Austria,Pécs – Hungary\n", {"Graz": "at", "Pécs": "hu"}),
        (
            "From,To\nLahore/Pakistan,Bursa/Turkey\nMultan/Pakistan,Rasht/Iran\n",
            {"Lahore": "pk", "Bursa": "tr", "Multan": "pk", "Rasht": "ir"},
        ),
        # a name of two languages is not its country's, nor is one cut where no country stands
        (
            "City,Twin\nBiel/Bienne/Switzerland,Graz/Austria\nHalle/Saale,Lyon/France\n",
            {"Biel/Bienne": "ch", "Graz": "at", "Halle/Saale": None, "Lyon": "fr"},
        ),
        (
            "Sister city\nLa Paz - Bolivia\nCusco - Perú\nStoke-on-Trent - UK\n",
            {"La Paz": "bo", "Cusco": "pe", "Stoke-on-Trent": "gb"},
        ),
        ("شهر (کشور),خواهرخوانده (کشور)\nتبریز (ایران),باکو (جمهوری آذربایجان)\n", {"تبریز": "ir", "باکو": "az"}),
        # codes of countries, as the cities that are known tell, and of states
        (
            "City,Twin\nGraz (AT),Lyon (FR)\nOslo (NO),Turku (FI)\n",
            {"Graz": "at", "Lyon": "fr", "Oslo": "no", "Turku": "fi"},
        ),
    ],
)
def test_names_with_their_countries(tmp_path: Path, text: str, right: dict[str, str | None]) -> None:
    assert told(tmp_path, text, city="own").countries() == right


@pytest.mark.parametrize("none", ["none", "keine", "aucune", "ninguna", "yok", "ندارد", "-", "n/a", "k. A.", "нет"])
def test_a_cell_that_says_none_is_no_city(tmp_path: Path, none: str) -> None:
    """The city has its row, and the report tells why it has no tie; nothing is lost."""
    found = told(tmp_path, f"City,Country,Twin,Year\nGera,Germany,Pskow,1975\nHof,Germany,{none},\n")
    assert ties(found) == [("Gera", "Pskow", "1975")]
    assert {each.label("und") for each in found.records if isinstance(each, City)} == {"Gera", "Hof", "Pskow"}
    assert [each.reason for each in found.report.reasons() if "agreements" in each.file] == [f"Twin is {none}"]
    assert found.report.lost() == (0, 2)


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        (["since 1958 (renewed 2010)", "since 1982"], [("1958", None), ("1982", None)]),
        (["1998-2005", "depuis 1964"], [("1998", "2005"), ("1964", None)]),
    ],
)
def test_spells_under_any_name(tmp_path: Path, cells: list[str], right: list[tuple[str, str | None]]) -> None:
    found = told(
        tmp_path,
        "".join(
            ["City,Twin,Partnership\n", *(f"Cork,{name},{cell}\n" for name, cell in zip("AB", cells, strict=True))]
        ),
    )
    assert [tie[2:4] for tie in found.ties()] == right


@pytest.mark.parametrize(
    ("note", "end"),
    [
        ("ended 2015", "2015"),
        ("dissolved in 2022", "2022"),
        ("terminated 31.12.2010", "2010-12-31"),
        ("beendet 2014", "2014"),
        ("ended in the war of 1939", None),
        ("visit in 2015", None),
        ("suspended since 2022", None),
    ],
)
def test_an_end_in_remarks(tmp_path: Path, note: str, end: str | None) -> None:
    found = told(tmp_path, f"City,Twin,Since,Remarks\nTallinn,Moscow,1905,{note}\nTallinn,Kotka,1955,\n")
    assert {next(name for name in tie[:2] if name != "Tallinn"): tie[3] for tie in found.ties()} == {
        "Moscow": end,
        "Kotka": None,
    }


def test_days_that_are_numbers(tmp_path: Path) -> None:
    found = told(tmp_path, "City,Twin,Date signed\nPerth,Kagoshima,26777\nPerth,Houston,30713\n")
    assert ties(found) == [("Houston", "Perth", "1984-02-01"), ("Kagoshima", "Perth", "1973-04-23")]
    assert 'dates = "serial" }  # ?' in found.toml


@pytest.mark.parametrize(
    "text", ["Lyon,Leeds\nLyon,Milan\nLeeds,Dortmund\n", "Lyon;Leeds;1956\nLyon;Milan;1967\nLeeds;Dortmund;1969\n"]
)
def test_pairs_without_a_header(tmp_path: Path, text: str) -> None:
    assert [tie[:2] for tie in told(tmp_path, text).ties()] == [
        ("Dortmund", "Leeds"),
        ("Leeds", "Lyon"),
        ("Lyon", "Milan"),
    ]


def test_marks_that_are_raised(tmp_path: Path) -> None:
    """A city is one with and without the mark of a footnote, and the notes below are none."""
    text = (
        "City,Country,Twin,Country,Year\nTurku,Finland,Konya²,Turkey,1987¹\n"
        "Turku*,Finland,Konya,Turkey,1953**\n² twice,,,,\n"
    )
    found = told(tmp_path, text)
    assert {each.label("und") for each in found.records if isinstance(each, City)} == {"Turku", "Konya"}
    assert "² twice" in found.unread()


@pytest.mark.parametrize(
    "text",
    [
        "Need,Votes,Axis\nA protocol office,14,Institutions\n",
        "Name,Votes,Axis\nA protocol office,14,Institutions\nStaff,11,People\n",
        "عنوان,رأی,محور\nدفتر تشریفات,۱۴,نهادی\n",
        "Title,Type,Year,Status\nGuide to city diplomacy,book,2015,active\n",
        "Name,Email,Phone\nAnn Doe,a@b.org,123\n",
    ],
)
def test_what_is_no_list_of_cities(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="no column is recognised as a city") as caught:
        told(tmp_path, text)
    assert "data-dictionary" in (caught.value.hint or "")


def test_names_alone_that_are_known_as_cities(tmp_path: Path) -> None:
    assert ties(told(tmp_path, "Name,Since\nLyon,1959\nGranada,1984\n", city="own")) == [
        ("Granada", "city/own", "1984"),
        ("Lyon", "city/own", "1959"),
    ]


MARKDOWN = """# Twin towns

| City | Country | Since |
|:-----|---------|------:|
| Kanazawa | Japan | 1971 |
| [Wiesbaden](https://example.org/W) | **Germany** | 1969 |

## Members

City | Network
--- | ---
Aalborg | ICLEI
"""


def test_tables_in_markdown(tmp_path: Path) -> None:
    found = told(tmp_path, MARKDOWN, "list.md", city="ghent")
    assert ties(found) == [("Kanazawa", "city/ghent", "1971"), ("Wiesbaden", "city/ghent", "1969")]
    assert [each.organization for each in found.records if isinstance(each, Membership)] == ["organization/iclei"]
    assert found.countries()["Wiesbaden"] == "de"
    (tmp_path / "list.md").write_text("No table, but a | bar.\n")
    with pytest.raises(InputError, match="no table is in the text"):
        propose(tmp_path / "list.md")


def test_tables_in_a_document(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Villes jumelées de Brest")
    table = document.add_table(rows=4, cols=3)
    rows = [
        ["Pays", "Ville", "Année"],
        ["Allemagne", "Kiel", "1964"],
        ["", "Kassel", "1970"],
        ["Roumanie", "Iași", "1993"],
    ]
    for cells, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(cells, row.cells, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Allemagne"
    document.save(str(tmp_path / "list.docx"))
    assert files.lacks_mapping(tmp_path / "list.docx")
    found = Told(tmp_path / "list.docx", edit=lambda toml: toml.replace(OWN, 'constants.parties = "city/brest"'))
    assert [tie[:3] for tie in found.ties()] == [
        ("Iași", "city/brest", "1993"),
        ("Kassel", "city/brest", "1970"),
        ("Kiel", "city/brest", "1964"),
    ]
    assert found.countries() == {"Kiel": "de", "Kassel": "de", "Iași": "ro"}
    (tmp_path / "list.docx").write_bytes(b"no document")
    with pytest.raises(InputError, match="broken"):
        propose(tmp_path / "list.docx")


ALIGNED = """Twin towns of the region

Town           Partner          Country        Year
Kuressaare     Ekenäs           Finland        1988
Kuressaare     Kuurne                          1996
Haapsalu       Hanko            Finland        1991
"""


def test_a_text_whose_cells_stand_below_one_another(tmp_path: Path) -> None:
    """An empty cell is empty, and shifts none."""
    found = told(tmp_path, ALIGNED, "list.txt")
    assert ties(found) == [
        ("Ekenäs", "Kuressaare", "1988"),
        ("Haapsalu", "Hanko", "1991"),
        ("Kuressaare", "Kuurne", "1996"),
    ]
    assert found.countries()["Kuurne"] is None
    assert files.lacks_mapping(tmp_path / "list.txt")
