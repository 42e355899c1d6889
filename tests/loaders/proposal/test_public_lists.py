"""Lists of the kinds that cities and their associations publish, in many languages: what they say is held, no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citydiplomacy.graph.model.records import Agreement, City, Membership, Organization, Region
from citydiplomacy.loaders.proposal.propose import propose

from .test_cases import Told
from .test_strangers import ties, told


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("1972–present", "1972", None),
        ("since 1972", "1972", None),
        ("1972-", "1972", None),
        ("1972 to date", "1972", None),
        ("1972-2004", "1972", "2004"),
        ("seit 1972", "1972", None),
        ("12.03.1998 – 01.02.2004", "1998-03-12", "2004-02-01"),
        ("1985–92", "1985", "1992"),
        ("until 2010", None, "2010"),
        ("از ۱۳۷۱ تاکنون", "1992-03-21/1993-03-20", None),
        ("۱۳۸۰–۱۳۸۵", "2001-03-21/2002-03-20", "2006-03-21/2007-03-20"),
        ("۱۳۹۲ به بعد", "2013-03-21/2014-03-20", None),
        ("2004-06", "2004-06", None),
        ("پاییز ۱۳۶۸", "1989-09-23/1989-12-21", None),
        ("Herbst 1964", "1964-23", None),
        ("vers 1975", "1975~", None),
        ("1974年2月1日", "1974-02-01", None),
    ],
)
def test_how_long_a_tie_stood_in_one_cell(tmp_path: Path, cell: str, start: str | None, end: str | None) -> None:
    found = told(tmp_path, f"City,Twin,Since\nGraz,Pula,1972\nGraz,Pécs,{cell}\nGraz,Lyon,1972 - 1980\n")
    (tie,) = (tie for tie in found.ties() if "Pécs" in tie)
    assert tie[2:4] == (start, end)


def test_a_status_or_years_in_brackets_are_no_part_of_a_name(tmp_path: Path) -> None:
    rows = "Pula (former),Croatia\nSaint Petersburg (suspended since 2022),Russia\nHalle (Saale) (1975–2001),Germany\n"
    found = told(tmp_path, f"Sister city,Country\n{rows}Brno (1989),Czechia\n", city="graz")
    assert found.ties() == [
        ("Brno", "city/graz", "1989", None, None),
        ("Halle (Saale)", "city/graz", "1975", "2001", None),
        ("Pula", "city/graz", None, None, "ended"),
        ("Saint Petersburg", "city/graz", None, None, "dormant"),
    ]
    notes = {note.value for each in found.records if isinstance(each, Agreement) for note in each.notes}
    assert "suspended since 2022" in notes
    several = told(tmp_path, 'City,Sister cities\nGraz,"Pula (1972), Pécs (1989)"\nLinz,"Halle (1975), Tampere"\n')
    assert ("Linz", "Tampere", None) in ties(several)
    assert ("Graz", "Pula", "1972") in ties(several)
    inside = told(tmp_path, 'City,Twin\nGraz (Austria),Pula (Croatia)\nGraz (Austria),"Pécs, Hungary (former)"\n')
    assert inside.countries() == {"Graz": "at", "Pula": "hr", "Pécs": "hu"}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Miasto;Kraj;Miasto partnerskie;Kraj partnera;Rok podpisania\nKraków;Polska;Lwów;Ukraina;1995\n", "cp1250"),
        ("Gemeente;Land;Partnergemeente;Land;Jaar\nHengelo;Nederland;Emsdetten;Duitsland;1995\n", "utf-8"),
        ("Município;País;Cidade-irmã;País;Ano\nBraga;Portugal;Caxias;Brasil;1995\n", "utf-8"),
        ("Municipio,País,Municipio hermanado,País,Fecha de hermanamiento\nPau,Francia,Lugo,España,1995\n", "utf-8"),
        ("Comune;Nazione;Comune gemellato;Nazione;Anno gemellaggio\nSamone;Italia;Bled;Slovenia;1995\n", "utf-8"),
        ("Belediye;Ülke;Kardeş Şehir;Ülke;Karar Tarihi\nŞişli;Türkiye;Kuşadası;Türkiye;1995\n", "cp1254"),
        ("Город;Страна;Город-побратим;Страна;Дата подписания\nКазань;Россия;Стамбул;Турция;1995\n", "cp1251"),
        ("المدينة,الدولة,المدينة الشقيقة,دولة المدينة الشقيقة,السنة\nعمّان,الأردن,أنقرة,تركيا,1995\n", "utf-8"),
        ("城市,国家,友好城市,国家,结好时间\n上海,中国,横滨,日本,1995\n", "utf-8"),
        ("自治体名,国名,姉妹都市,国名,提携年月日\n札幌市,日本,ポートランド,アメリカ合衆国,1995\n", "utf-8"),
        ("شهر,کشور,شهر خواهرخوانده,کشور خواهرخوانده,تاریخ انعقاد\nشیراز,ایران,وایمار,آلمان,1995\n", "utf-8"),
        ("City / شهر,Country,Sister City / خواهرخوانده,Sister country,Year\nQom,Iran,Najaf,Iraq,1995\n", "utf-16"),
        ("U.S. Community,Country,Sister City,Sister Country,Year Established\nAlbany,USA,Verona,Italy,1995\n", "utf-8"),
    ],
)  # fmt: skip
def test_lists_of_two_sides_in_many_languages(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "list.csv").write_bytes(text.encode(encoding))
    found = Told(tmp_path / "list.csv")
    city, _, partner, *_ = text.splitlines()[1].replace(";", ",").split(",")
    (tie,) = found.ties()
    assert set(tie[:2]) == {city, partner}
    assert tie[2] == "1995"
    assert None not in found.countries().values()
    assert found.unread() == ""


def test_a_column_of_an_unknown_name_is_told_by_its_cities(tmp_path: Path) -> None:
    """No country goes to a city that is known to lie elsewhere, and no city is passed over for another's list."""
    rows = "Graz,Pula,Croatia,1972\nVienna,Brno,Czechia,1989\nLinz,Halle,Germany,1975\n"
    expected = [("Brno", "Vienna", "1989"), ("Graz", "Pula", "1972"), ("Halle", "Linz", "1975")]
    for header in ("Xyzzy,Sister City,Country,Year", "City,Qqq,Country,Year"):
        found = told(tmp_path, f"{header}\n{rows}")
        assert ties(found) == expected
        assert found.countries() == {
            **dict.fromkeys(("Graz", "Vienna", "Linz")),
            "Pula": "hr",
            "Brno": "cz",
            "Halle": "de",
        }
    visits = told(
        tmp_path,
        f"City,Visitor,Country,Year\n{rows.replace('Pula', 'X').replace('Brno', 'Y').replace('Halle', 'Z')}",
        city="own",
    )
    assert set(visits.countries().values()) == {None}
    assert 'column "Country"' in visits.unread()


def test_states_are_kept(tmp_path: Path) -> None:
    rows = "Portland,Oregon,USA,Sapporo,1959\nPortland,Maine,USA,Shinagawa,1984\n"
    found = told(tmp_path, f"City,State,Country,Sister City,Year\n{rows}")
    states = {each.id: (each.label("und"), each.country) for each in found.records if isinstance(each, Region)}
    cities = [each for each in found.records if isinstance(each, City) and each.region]
    assert sorted(states[each.region or ""] for each in cities) == [("Maine", "country/us"), ("Oregon", "country/us")]


def test_words_that_nothing_is_known_of_are_told(tmp_path: Path) -> None:
    rows = "Köln;Tunis;Freundschaft;on paper\nKöln;Peking;Kontakte;ruhend\n"
    found = told(tmp_path, f"Kommune;Partnerkommune;Art der Beziehung;Status\n{rows}")
    ((one, *_, status),) = found.ties()
    assert (one, status) == ("Köln", None)
    assert [(each.kind, each.reason, each.examples) for each in found.report.reasons()] == [
        ("left out", "Art der Beziehung is Kontakte", ("line 3",)),
        ("noted", "the mapping leaves the word unknown", ("line 2, column Status: 'on paper'",)),
    ]
    assert found.report.lost() == (1, 2)


def test_columns_that_nothing_reads_are_told_at_load_too(tmp_path: Path) -> None:
    found = told(tmp_path, "City,Mayor,Twin,Signed by\nGraz,A,Pula,B\n")
    assert [each.unread for each in found.report.fates.values()] == [("Mayor", "Signed by")]


GRAPH = [
    {"type": "node", "id": "0", "labels": ["City"], "properties": {"name": "Graz", "country": "Austria"}},
    {"type": "node", "id": "1", "labels": ["City"], "properties": {"name": "Pula"}},
    {"type": "relationship", "id": "0", "label": "TWINNED_WITH", "start": {"id": "0"}, "end": {"id": "1"}},
]
ELEMENTS = [
    {"_id": "e1", "attributes": {"label": "Graz", "element type": "City"}},
    {"_id": "e2", "attributes": {"label": "Pula", "element type": "City"}},
    {"_id": "e3", "attributes": {"label": "Eurocities", "element type": "Network"}},
]
CONNECTIONS = [
    {"_id": "c1", "from": "e1", "to": "e2", "attributes": {"connection type": "Twin city", "since": "1972"}},
    {"_id": "c2", "from": "e1", "to": "e3", "attributes": {"connection type": "Member of"}},
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lines.jsonl", '{"city": "Graz", "partner": "Pula", "since": 1972}\n\n{"city": "Graz"}\n'),
        ("apoc.json", "\n".join(map(json.dumps, GRAPH))),
        ("kumu.json", json.dumps({"elements": ELEMENTS, "connections": CONNECTIONS})),
        ("named.json", json.dumps({"Graz": {"twin": "Pula", "since": 1972}, "Linz": {"twin": None, "country": "AT"}})),
        ("graph.net", '*Vertices 2\n1 "Graz" 0.1 0.2\n2 "Pula" 0.3 0.4\n*Edges\n1 2 1\n'),
        (
            "graph.gexf",
            '<gexf xmlns="http://www.gexf.net/1.3" version="1.3"><graph><nodes><node id="0" label="Graz"/>'
            '<node id="1" label="Pula"/></nodes><edges><edge id="0" source="0" target="1"/></edges></graph></gexf>',
        ),
    ],
)
def test_files_of_other_programs(tmp_path: Path, name: str, text: str) -> None:
    found = told(tmp_path, text, name)
    assert [tie[:2] for tie in ties(found)] == [("Graz", "Pula")]
    bodies = [each.label("und") for each in found.records if isinstance(each, Organization)]
    members = [each for each in found.records if isinstance(each, Membership)]
    assert (bodies, len(members)) == ((["Eurocities"], 1) if name == "kumu.json" else ([], 0))
    assert "Eurocities" not in found.countries()


def test_nodes_and_edges_in_two_files(tmp_path: Path) -> None:
    """As Gephi and Kumu write them, in either order, whatever stands between the cells of each."""
    nodes = "Id,Label,timeset,country,type\n0,Graz,,Austria,city\n1,Pula,,Croatia,city\n2,Eurocities,,,network\n"
    edges = "Source;Target;Type;Id;Label;Weight\n0;1;Undirected;0;twin;1.0\n0;2;Undirected;1;member;1.0\n"
    (tmp_path / "nodes.csv").write_text(nodes, encoding="utf-8")
    (tmp_path / "edges.csv").write_text(edges, encoding="utf-8")
    for files in (("nodes", "edges"), ("edges", "nodes")):
        found = Told(*(tmp_path / f"{name}.csv" for name in files))
        assert ties(found) == [("Graz", "Pula", None)]
        assert found.countries() == {"Graz": "at", "Pula": "hr"}
        assert len([each for each in found.records if isinstance(each, Membership)]) == 1
        assert 'file "edges.csv", column "Weight": "1.0"' in found.unread()


def test_years_among_the_names_of_columns(tmp_path: Path) -> None:
    found = told(tmp_path, "City,Country,2015,2016\nGraz,Austria,12,13\n")
    assert found.countries() == {"Graz": "at"}
    assert 'column "2015": "12"' in found.unread()


def test_a_file_with_too_many_columns_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(",".join(["x"] * 100_000) + "\n", encoding="utf-8")
    with pytest.raises(Exception, match="more columns than are read"):
        propose(tmp_path / "list.csv")
