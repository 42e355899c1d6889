"""Lists as people have them: each is loaded by the mapping proposed for it, and holds what it says and no more."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Agreement, City, Membership, Mission, Organization, Source
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.loaders import files
from citydiplomacy.loaders.proposal.propose import propose
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.tables.folder import load_tables

Proposed = Callable[..., "Told"]


class Told:
    """What a list says by the mapping proposed for it."""

    def __init__(self, path: Path, *others: Path, edit: Callable[[str], str] = str) -> None:
        toml = path.with_suffix(".toml")
        self.toml = propose(path, *others)
        toml.write_text(edit(self.toml), encoding="utf-8")
        self.report = LoadReport()
        loaded = load_tables(toml, self.report).sources
        self.records: list[Record] = [record for each in loaded for record in each.records]
        self.sources: list[Source] = [each.source for each in loaded]
        for name, tally in self.report.files.items():
            assert tally.read == tally.made + tally.merged + tally.waiting + tally.refused + tally.left_out, name

    def ties(self) -> list[tuple[str | None, ...]]:
        """Agreements: the parties as the list names them, start, end, status."""
        names = {
            each.id: (each.label("und") or each.label("fa") or each.id)
            for each in self.records
            if isinstance(each, City)
        }
        ties = [
            (
                *sorted(names.get(party, party) for party in each.parties),
                each.start.edtf if each.start else None,
                each.end.edtf if each.end else None,
                each.status.partition("/")[2] if each.status else None,
            )
            for each in self.records
            if isinstance(each, Agreement)
        ]
        return sorted(ties, key=lambda tie: [each or "" for each in tie])

    def countries(self) -> dict[str | None, str | None]:
        """Countries of cities by name."""
        return {
            each.label("und") or each.label("fa"): each.country and each.country.partition("/")[2]
            for each in self.records
            if isinstance(each, City)
        }

    def unread(self) -> str:
        """What the proposal says that it does not read."""
        return self.toml.partition("# Not read")[2]


@pytest.fixture
def told(tmp_path: Path) -> Proposed:
    def read(text: str, name: str = "list.csv", edit: Callable[[str], str] = str) -> Told:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return Told(path, edit=edit)

    return read


HEADERS = [
    "City1,Country1,City2,Country2,Year",
    "City A,Country A,City B,Country B,Since",
    "from_city,from_country,to_city,to_country,start",
    "origin,origin country,destination,destination country,date",
    "First city,First country,Second city,Second country,Year",
    "city,country,partner,partner country,since",
    "City,Country,Sister City,sister_country,year",
    "ville_A,ville_A_pays,ville_B,ville_B_pays,année",
    "cityOne1,countryOne1,city2,country2,year".replace("One", ""),
    "originCity,originCountry,targetCity,targetCountry,startDate",
    "city1Label,country1Label,city2Label,country2Label,since",
    "City,Country,City,Country,Year",
    "Stadt,Land,Partnerstadt,Partnerland,Jahr",
    "Stadt,Land,Partnerstadt,Land der Partnerstadt,seit",
    "Ville,Pays,Ville jumelée,Pays de la ville jumelée,Depuis",
    "شهر اول,کشور اول,شهر دوم,کشور دوم,سال",
    "شهر,کشور,شهر خواهرخوانده,کشور خواهرخوانده,تاریخ",
    "مبدأ,کشور مبدأ,مقصد,کشور مقصد,آغاز",
]


@pytest.mark.parametrize("header", HEADERS)
def test_a_tie_of_two_sides(told: Proposed, header: str) -> None:
    """Valencia of Spain and Valencia of Venezuela stay two, whichever side they are on."""
    found = told(
        f"{header}\nBologna,Italy,Valencia,Spain,1976\nValencia,Venezuela,Siena,Italy,1988\nValencia,Spain,"
        f"Mainz,Germany,1978\n"
    )
    assert found.ties() == [
        ("Bologna", "Valencia", "1976", None, None),
        ("Mainz", "Valencia", "1978", None, None),
        ("Siena", "Valencia", "1988", None, None),
    ]
    cities = [each for each in found.records if isinstance(each, City)]
    assert sorted((each.label("und"), each.country) for each in cities) == [
        ("Bologna", "country/it"),
        ("Mainz", "country/de"),
        ("Siena", "country/it"),
        ("Valencia", "country/es"),
        ("Valencia", "country/ve"),
    ]
    assert found.unread() == ""


def test_a_citys_own_list(told: Proposed) -> None:
    text = "City,Country,Since\nGraz,Austria,2001\nPécs,Hungary,\n"
    with pytest.raises(InputError, match="the mapping leaves this open") as caught:
        told(text)
    assert "constants.parties" in str(caught.value.column)
    found = told(text, edit=lambda toml: toml.replace('constants.parties = ""', 'constants.parties = "city/dubrovnik"'))
    ties = [(each.parties, each.start and each.start.edtf) for each in found.records if isinstance(each, Agreement)]
    assert ties == [
        (("city/dubrovnik", "city/list-graz-austria"), "2001"),
        (("city/dubrovnik", "city/list-pecs-hungary"), None),
    ]


def test_the_members_of_one_network(told: Proposed) -> None:
    found = told(
        "Member city,Country,Member since\nGraz,Austria,2001\n",
        edit=lambda toml: toml.replace('constants.organization = ""', 'constants.organization = "a-network"'),
    )
    (member,) = (each for each in found.records if isinstance(each, Membership))
    assert (member.organization, member.start and member.start.edtf) == ("organization/a-network", "2001")


def test_end_and_status(told: Proposed) -> None:
    found = told(
        "city,country,partner,start,end,status\nGraz,Austria,Trondheim,1968-05-01,2010,ended\n"
        "Graz,Austria,Pula,1972,,in force\nGraz,Austria,Darmstadt,1968,2021-08,on hold\nGraz,Austria,Groni"
        "ngen,1965,,?x\n"
    )
    assert found.ties() == [
        ("Darmstadt", "Graz", "1968", "2021-08", "dormant"),
        ("Graz", "Groningen", "1965", None, None),
        ("Graz", "Pula", "1972", None, "active"),
        ("Graz", "Trondheim", "1968-05-01", "2010", "ended"),
    ]
    assert '"" = ["?x"]' in found.toml
    assert [(each.kind, each.examples) for each in found.report.reasons()] == [
        ("noted", ("line 5, column status: '?x'",))
    ]
    assert set(found.countries().values()) == {"at", None}


GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<graph mode="dynamic" defaultedgetype="undirected" timeformat="dateTime">
<nodes><node id="a" label="Graz" start="1990-01-01T00:00:00"/><node id="b" label="Pula"/>
<node id="c" label="Pécs"/></nodes>
<edges><edge id="0" source="a" target="b" start="1972-03-01T00:00:00.000" end="2016-05-01T00:00:00.000"/>
<edge id="1" source="a" target="c"><spells><spell start="1989-01-01T00:00:00" end="1999-01-01T00:00:00"/>
<spell start="2010-06-02T00:00:00"/></spells></edge></edges></graph></gexf>
"""


def test_spells_of_a_dynamic_network(told: Proposed) -> None:
    found = told(GEXF, "net.gexf")
    assert found.ties() == [
        ("Graz", "Pula", "1972-03-01", "2016-05-01", None),
        ("Graz", "Pécs", "2010-06-02", None, None),
    ]
    notes = [note.value for each in found.records if isinstance(each, Agreement) for note in each.notes]
    assert notes == ["1989-01-01/1999-01-01; 2010-06-02/"]


GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key attr.name="label" attr.type="string" for="node" id="label"/>
<key attr.name="x" attr.type="float" for="node" id="x"/>
<key attr.name="y" attr.type="float" for="node" id="y"/><key attr.name="size" attr.type="float" for="node" id="size"/>
<graph edgedefault="undirected"><node id="Q13298"><data key="label">Graz</data><data key="x">12.5</data>
<data key="y">-7.25</data>
<data key="size">10.0</data></node><node id="Q45779"><data key="label">Pécs</data><data key="x">1.5</data>
<data key="y">2.25</data></node><edge source="Q13298" target="Q45779"/></graph></graphml>
"""


def test_positions_of_a_picture_are_no_places(told: Proposed) -> None:
    found = told(GRAPHML, "net.graphml")
    cities = [each for each in found.records if isinstance(each, City)]
    assert [(each.id, each.latitude, each.longitude) for each in cities] == [
        ("city/q13298", None, None),
        ("city/q45779", None, None),
    ]
    assert 'column "x"' in found.unread()
    table = told("name,x,y,size\nGraz,12.5,-7.25,3\n")
    assert 'column "x"' in table.unread()
    places = told("name,X,Y,country\nGraz,15.44,47.07,Austria\n")
    assert [str(each.latitude) for each in places.records if isinstance(each, City)] == ["47.07"]


def test_an_item_of_the_country_is_no_twin(told: Proposed) -> None:
    found = told("name,qid,country,country_qid,network,year\nGraz,Q13298,Austria,Q40,Eurocities,1996\n")
    assert not [each for each in found.records if isinstance(each, Agreement)]
    assert [each.member for each in found.records if isinstance(each, Membership)] == ["city/q13298"]
    assert 'column "country_qid": "Q40"' in found.unread()


def test_missions(told: Proposed) -> None:
    """A header with one name too many; items of all that is named; the place is that of the mission."""
    wd = "http://www.wikidata.org/entity/"
    found = told(
        "operator;operatorQID;country;countryQID;city;cityQID;latitude;longitude;type;typeQID;creation;QID;\n"
        f"Hungary;{wd}Q28;Austria;{wd}Q40;Graz;{wd}Q13298;47.07;15.43;honorary consulate;{wd}Q1;1993-01-01T"
        f"00:00:00Z;{wd}Q9\n"
        f"Slovenia;{wd}Q215;Austria;{wd}Q40;Graz;{wd}Q13298;;;consulate general;{wd}Q2;;{wd}Q8\n"
        f"Italy;{wd}Q38;Austria;{wd}Q40;Vienna;{wd}Q1741;;;embassy;{wd}Q3;1955-05-02T00:00:00Z;{wd}Q7\n"
    )
    missions = [each for each in found.records if isinstance(each, Mission)]
    assert [(each.kind, each.sender, each.host, each.start and each.start.edtf) for each in missions] == [
        ("mission-kind/consulate", "country/hu", "city/q13298", "1993"),
        ("mission-kind/consulate", "country/si", "city/q13298", None),
        ("mission-kind/embassy", "country/it", "city/q1741", "1955-05-02"),
    ]
    graz = next(each for each in found.records if each.id == "city/q13298")
    assert isinstance(graz, City)
    assert (graz.latitude, graz.exact_match) == (None, (f"{wd}Q13298",))
    assert not [each for each in found.records if isinstance(each, Agreement)]


def test_kumu(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    elements, connections = book.active, book.create_sheet("Connections")
    elements.title = "Elements"
    for row in (
        ("Label", "Type", "Tags"),
        ("Graz", "City", "x"),
        ("Pécs", "City", None),
        ("Eurocities", "Network", None),
        ("A. Person", "Person", None),
    ):
        elements.append(row)
    for row in (
        ("From", "To", "Type", "Direction"),
        ("Graz", "Pécs|Eurocities", "Twin", "mutual"),
        ("Graz", "Eurocities", "Member", "directed"),
        ("A. Person", "Graz", "Mayor", "directed"),
    ):
        connections.append(row)
    book.create_sheet("Legend").append(("what the colours mean",))
    book.save(tmp_path / "kumu.xlsx")
    found = Told(tmp_path / "kumu.xlsx")
    assert [each.label("und") for each in found.records if isinstance(each, City)] == ["Graz", "Pécs"]
    assert [each.id for each in found.records if isinstance(each, Organization)] == ["organization/eurocities"]
    assert found.ties() == [("Graz", "Pécs", None, None, None)]
    assert [each.member for each in found.records if isinstance(each, Membership)] == ["city/kumu-graz"]
    assert re.search(r'sheet "Legend": "what the colours mean"', found.unread())
    assert '"Type" = "Person" (1)' in found.unread()
    assert '"Type" = "Mayor" (1)' in found.unread()
    single = tmp_path / "connections.csv"
    single.write_text("From,To,Type,Direction\nGraz,Pécs|Pula,Twin,mutual\n", encoding="utf-8")
    assert Told(single).ties() == [("Graz", "Pula", None, None, None), ("Graz", "Pécs", None, None, None)]


def test_nodes_and_relationships_in_one_table(told: Proposed) -> None:
    found = told(
        '"_id","_labels","name","country","_start","_end","_type","since"\n"0",":City","Graz","Austria",,,,\n'
        '"1",":City","Pécs","Hungary",,,,\n"2",":Network","Eurocities","",,,,\n"3",":Person","Someone","",,,,\n'
        ',,,,"0","1","TWINNED_WITH","1989"\n,,,,"0","2","MEMBER_OF","1996"\n,,,,"3","0","LIVES_IN",""\n'
    )
    assert found.ties() == [("Graz", "Pécs", "1989", None, None)]
    (member,) = (each for each in found.records if isinstance(each, Membership))
    assert (member.start and member.start.edtf, member.organization) == ("1996", "organization/list-2")
    assert '"_labels" = ":Person" (1)' in found.unread()
    assert found.report.lost() == (2, 7)


def test_dates_are_tried_before_they_are_cut(told: Proposed) -> None:
    dates = [
        "../1985",
        "Y-17000",
        "2004-06~",
        "[1667,1668]",
        "1985-04-XX",
        "about 1994",
        "12 March 1994",
        "03/04/1994",
        "1990",
    ]
    found = told("city,partner,start\n" + "".join(f'Graz,Town {n},"{date}"\n' for n, date in enumerate(dates)))
    starts = {names: start for *names_, start, _, _ in found.ties() for names in [names_[1]]}
    assert [starts[f"Town {n}"] for n in range(len(dates))] == [
        "../1985", None, "2004-06~", None, "1985-04-XX", "1994~", "1994-03-12", "1994", "1990",
    ]  # fmt: skip
    (unread,) = found.report.reasons()
    assert (unread.kind, unread.number) == ("unread", 2)
    whole = told(
        "city,country,partner,year\nGraz,Austria,Pula,1972-03-01\nGraz,Austria,Pécs,1989-05-09\nGraz,Austr"
        "ia,Lyon,c. 1990\n"
    )
    assert [tie[2] for tie in whole.ties()] == ["1990~", "1972-03-01", "1989-05-09"]
    phases = told("city,network,year\nGraz,Eurocities,1999 - Phase I\nPula,Eurocities,2001 - Phase II\n")
    assert [each.start.edtf for each in phases.records if isinstance(each, Membership) and each.start] == [
        "1999",
        "2001",
    ]


def test_solar_hijri(told: Proposed) -> None:
    found = told("شهر,خواهرخوانده,تاریخ\nشیراز,وایمار,۱۳۸۸/۰۵/۱۲\nشیراز,نیکوزیا,1378/10/05\n")
    assert {tie[2] for tie in found.ties()} == {"2009-08-03", "1999-12-26"}
    found = told("شهر,خواهرخوانده,سال\nشیراز,وایمار,1400\nشیراز,نیکوزیا,1401\n")
    assert 'calendar = "solar-hijri"' in found.toml
    assert {tie[2] for tie in found.ties()} == {"2021-03-21/2022-03-20", "2022-03-21/2023-03-20"}


def test_an_answer_of_the_query_service_with_other_names(tmp_path: Path, told: Proposed) -> None:
    wd = "http://www.wikidata.org/entity/"
    found = told(
        "city,cityLabel,partner,partnerLabel,countryLabel,since\n"
        f"{wd}Q13298,Graz,{wd}Q45779,Pécs,Hungary,1989-01-01T00:00:00Z\n{wd}Q13298,Graz,{wd}Q3793,Pula,Croa"
        f"tia,1972-03-01T00:00:00Z\n"
    )
    assert files.lacks_mapping(tmp_path / "list.csv")
    assert found.ties() == [("Graz", "Pula", "1972-03-01", None, None), ("Graz", "Pécs", "1989", None, None)]
    assert found.countries() == {
        "Graz": None,
        "Pécs": "hu",
        "Pula": "hr",
    }  # the country beside the partner is the partner's
    row = {"city": {"type": "uri", "value": f"{wd}Q13298"}, "partner": {"type": "uri", "value": f"{wd}Q45779"}}
    answer = {"head": {"vars": ["city", "partner"]}, "results": {"bindings": [row]}}
    found = told(json.dumps(answer), "answer.json")
    assert [each.parties for each in found.records if isinstance(each, Agreement)] == [("city/q13298", "city/q45779")]


def test_lines_above_a_header(tmp_path: Path, told: Proposed) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ("Members, spring 2024",),
        (),
        ("City", "Country", "Network", "Joined"),
        ("Graz", "Austria", "Eurocities", 1996),
    ):
        book.active.append(row)
    book.active.merge_cells("A1:D1")
    book.save(tmp_path / "list.xlsx")
    found = Told(tmp_path / "list.xlsx")
    assert [each.start.edtf for each in found.records if isinstance(each, Membership) and each.start] == ["1996"]
    found = told("\ufeffsep=;\ncity;country;partner;year\nGraz;Austria;Pécs;1989\n")
    assert found.ties() == [("Graz", "Pécs", "1989", None, None)]
    found = told(
        "City,,Twin,,\nName,Country,Name,Country,Year\nGraz,Austria,Pécs,Hungary,1989\nGraz,Austria,Pula,Croatia,1972\n"
    )
    assert found.countries() == {"Graz": "at", "Pécs": "hu", "Pula": "hr"}


def test_merged_and_empty_cells_below(tmp_path: Path, told: Proposed) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    rows = [["City", "Country", "Partner", "Year"], ["Graz", "Austria", "Pécs", 1989], [None, None, "Pula", 1972]]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("B2:B3")
    book.save(tmp_path / "list.xlsx")
    wanted = [("Graz", "Pula", "1972", None, None), ("Graz", "Pécs", "1989", None, None)]
    assert Told(tmp_path / "list.xlsx").ties() == wanted
    found = told("City,Country,Partner,Year\nGraz,Austria,Pécs,1989\n,,Pula,1972\n")
    assert found.ties() == wanted
    assert 'fill = ["City", "Country"]' in found.toml


def test_a_table_pasted_from_a_page(told: Proposed) -> None:
    found = told(
        "City,Twin town,Year,Notes\n"
        'Graz,"Pécs, Hungary",1989[1],\nGraz,"Pula (Croatia)",1972[2][3],\nGraz,"Timișoara, Romania",1982['
        "note 1],until 2010\n"
        'Graz,"Trondheim, Norway",,suspended\nGraz,"† Montclair, United States",1950 (former),\n'
    )
    assert found.ties() == [
        ("Graz", "Montclair", "1950", None, "ended"),
        ("Graz", "Pula", "1972", None, None),
        ("Graz", "Pécs", "1989", None, None),
        ("Graz", "Timișoara", "1982", "2010", None),
        ("Graz", "Trondheim", None, None, "dormant"),
    ]
    assert found.countries() == {
        "Graz": None,
        "Pécs": "hu",
        "Pula": "hr",
        "Timișoara": "ro",
        "Trondheim": "no",
        "Montclair": "us",
    }
    assert not list(found.report.reasons())


@pytest.mark.parametrize("word", ["Total", "Summe:", "جمع کل", "Total général", "Grand total"])
def test_a_sum_is_no_city(told: Proposed, word: str) -> None:
    found = told(
        f"city,country,partner,year\nGraz,Austria,Pécs,1989\n\nGraz,Austria,Pula,1972\n,,,\n{word},,2,\nSou"
        f"rce: a page,,,\n"
    )
    assert found.countries() == {"Graz": "at", "Pécs": None, "Pula": None}
    assert word in found.unread()
    assert f"city is {word}" in {each.reason for each in found.report.reasons()}
    assert found.report.lost() == (0, 2)


GML = (
    'graph [\n node [\n id 0\n label "Graz"\n ]\n node [\n id 1\n label "Pécs"\n ]\n edge [\n source 0\n'
    " target 1\n year 1989\n ]\n]\n"
)
PAJEK = '*Vertices 2\n1 "Graz" 0.1 0.2\n2 "Pecs" 0.3 0.4\n*Edges\n1 2 1\n'
LINKS = (
    '{"nodes": [{"id": 0, "name": "Graz"}, {"id": 1, "name": "Pécs"}], "links": ['
    '{"source": 0, "target": 1, "year": 1989}]}'
)


def test_other_forms_of_networks(told: Proposed) -> None:
    assert told(GML, "net.gml").ties() == [("Graz", "Pécs", "1989", None, None)]
    assert told(LINKS, "links.json").ties() == [("Graz", "Pécs", "1989", None, None)]
    pajek = told(PAJEK, "net.net")
    assert [each.parties for each in pajek.records if isinstance(each, Agreement)] == [
        ("city/net-graz", "city/net-pecs")
    ]


def test_lists_in_json(told: Proposed) -> None:
    found = told(
        '{"about": "x", "cities": ['
        '{"name": "Graz", "country": "AT", "twins": ["Pécs", "Pula"], "place": '
        '{"type": "Point", "coordinates": [15.44, 47.07]}}]}',
        "a.json",
    )
    assert found.ties() == [("Graz", "Pula", None, None, None), ("Graz", "Pécs", None, None, None)]
    assert {str(each.latitude) for each in found.records if isinstance(each, City)} == {"47.07", "None"}


BIBTEX = (
    "@article{doe2019,\n title = {{City} diplomacy},\n author = {Doe, A. and Roe, B.},\n date = "
    "{2019-05},\n url = {https://example.org/a},\n}\n"
)
ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","DOI","Url","Date"\n"AB1","newspaperArticl'
    'e","2019","Doe, A.; Roe, B.","City diplomacy","10.1/x","https://example.org/a","2019-05"\n'
)


@pytest.mark.parametrize(("text", "name", "kind"), [(BIBTEX, "b.bib", "scholarly"), (ZOTERO, "z.csv", "press")])
def test_a_bibliography_becomes_sources(told: Proposed, text: str, name: str, kind: str) -> None:
    pytest.importorskip("bibtexparser")
    _, source = told(text, name).sources
    assert (source.label("und"), source.creators, source.kind, source.address, source.date and source.date.edtf) == (
        "City diplomacy", ("Doe, A.", "Roe, B."), f"evidence-kind/{kind}", "https://example.org/a", "2019-05",
    )  # fmt: skip


def test_a_matrix_of_memberships(told: Proposed) -> None:
    found = told("City,Country,Eurocities,C40,Members\nGraz,Austria,x,,2\nPécs,Hungary,x,x,1\nOslo,Norway,,X,4\n")
    assert {(each.member, each.organization) for each in found.records if isinstance(each, Membership)} == {
        ("city/list-graz-austria", "organization/eurocities"),
        ("city/list-pecs-hungary", "organization/eurocities"),
        ("city/list-pecs-hungary", "organization/c40"),
        ("city/list-oslo-norway", "organization/c40"),
    }
    found = told("شهر,متروپلیس,شورا\nمشهد,بله,خیر\nتهران,بله,بله\n")
    assert len([each for each in found.records if isinstance(each, Membership)]) == 3


def test_bodies_are_no_cities(told: Proposed) -> None:
    found = told("name\tacronym\tcountry\tfounded\nAlliance of Culture Towns\tACT\tFR\t1997\n", "bodies.tsv")
    assert not [each for each in found.records if isinstance(each, City)]
    (body,) = (each for each in found.records if isinstance(each, Organization))
    assert (body.acronym, body.seat_country, body.founded and body.founded.edtf) == ("ACT", "country/fr", "1997")


def test_what_tells_of_whom(told: Proposed) -> None:
    """What stands once is the city's, but for a country after both, of whom its cells tell."""
    found = told("City,Partner cities,Population\nGraz,Pécs; Pula,300000\nLyon,Milan,500000\n")
    assert found.ties() == [
        ("Graz", "Pula", None, None, None),
        ("Graz", "Pécs", None, None, None),
        ("Lyon", "Milan", None, None, None),
    ]
    assert sorted(each.id for each in found.records if each.schema.name == "Observation") == [
        "observation/population/list-graz/undated",
        "observation/population/list-lyon/undated",
    ]
    found = told("City,Twin,Country\nGraz,Pécs,Hungary\nGraz,Pula,Croatia\n")
    assert found.countries() == {"Graz": None, "Pécs": "hu", "Pula": "hr"}
    found = told("City,Twin,Country\nGraz,Pécs,Austria\nGraz,Pula,Austria\nLyon,Milan,France\n")
    assert found.countries() == {"Graz": "at", "Lyon": "fr", "Pécs": None, "Pula": None, "Milan": None}


def test_numbers_of_a_list(told: Proposed) -> None:
    """A full column of numbers is an id; one with empty cells is none, nor is the number of a row of members."""
    assert [each.id for each in told("code,city,country\nA1,Graz,Austria\nA2,Pula,Croatia\n").records] == [
        "city/list-a1",
        "city/list-a2",
    ]
    assert [each.id for each in told("code,city,country\nA1,Graz,Austria\n,Pula,Croatia\n").records] == [
        "city/list-graz-austria",
        "city/list-pula-croatia",
    ]
    found = told("code,city,country,network\n1,Graz,Austria,Eurocities\n2,Graz,Austria,ICLEI\n")
    assert [each.id for each in found.records if isinstance(each, City)] == ["city/list-graz-austria"]


def test_names_that_were_garbled_are_told(told: Proposed) -> None:
    found = told("city,country,partner\nGraz,Austria,PÃ©cs\n")
    assert '"PÃ©cs" → "Pécs"' in found.unread()
