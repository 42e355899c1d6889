"""A folder of tables becomes records: what a person writes, and what comes of it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.graph.model.records import Agreement, City, Link, Membership, Observation
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.values import Date, Text
from citydiplomacy.loaders.tables.folder import FolderContent, Place, load_tables

ROOT = Path(__file__).parents[3]

SOURCE = """
[source]
id = "a-study"
kind = "scholarly"
title_en = "A study"
title_fa = "يك پژوهش"
creators = ["M. Rahnama", "R. Asadi | O. Kharazmi"]
date = "1400 SH"
languages = ["fa"]
reliability = 5
retrieved = 2026
"""


def folder(path: Path, **tables: str) -> Path:
    """A folder with a source.toml and tables; a key is a file's name with `_` for the last dot."""
    (path / "source.toml").write_text(tables.pop("source", SOURCE), encoding="utf-8")
    for name, text in tables.items():
        (path / ".".join(name.rsplit("_", 1))).write_text(text, encoding="utf-8")
    return path


def records(loaded: FolderContent, source: int = 0) -> dict[str, Record]:
    return {record.id: record for record in loaded.sources[source].records}


def test_the_source_of_a_folder(tmp_path: Path) -> None:
    source = load_tables(folder(tmp_path)).sources[0].source
    assert source.id == "source/a-study"
    assert source.kind == "evidence-kind/scholarly"
    assert source.labels == (Text("A study", "en"), Text("یک پژوهش", "fa"))
    assert source.creators == ("M. Rahnama", "R. Asadi | O. Kharazmi")
    assert source.date == Date("2021-03-21/2022-03-20", dt.date(2021, 3, 21), dt.date(2022, 3, 20), "1400")
    assert source.retrieved is not None
    assert source.retrieved.edtf == "2026"
    assert source.reliability == 5
    assert source.collection is None


def test_a_city_with_everything(tmp_path: Path) -> None:
    text = """\
id,label_fa,label_en,country,region,latitude,longitude,exact_match,alias_en,locators
mashhad,مشهد,Mashhad,ir,razavi-khorasan,۳۶٫۲۶,59.6168,http://www.wikidata.org/entity/Q121157,Meshed | Tus,p. 3|p. 4
"""
    loaded = load_tables(folder(tmp_path, cities_csv=text))
    assert loaded.sources[0].records == [
        City(
            id="city/mashhad",
            labels=(Text("Mashhad", "en"), Text("مشهد", "fa")),
            aliases=(Text("Meshed", "en"), Text("Tus", "en")),
            locators=("p. 3", "p. 4"),
            country="country/ir",
            region="region/razavi-khorasan",
            latitude=Decimal("36.26"),
            longitude=Decimal("59.6168"),
            exact_match=("http://www.wikidata.org/entity/Q121157",),
        )
    ]


def test_ties_get_their_ids(tmp_path: Path) -> None:
    loaded = load_tables(
        folder(
            tmp_path,
            agreements_tsv="kind\tparties\tstatus\tstart\nsister-city\tmashhad|lahore\tactive\t2006\n",
            memberships_csv="member,organization,role\ncountry/ir,wto,observer\nmashhad,uclg,member\n",
            links_csv="subject,relation,object,reason_en\nbarrier/budget,hinders,need/econ-01,No money\n"
            "need/econ-01,dimension,dimension/economy,\n",
            observations_csv="area,measure,topic,value,period\nmashhad,population,,3001184,2016\n"
            "mashhad,needs,axis/economy,13,\n",
        )
    )
    found = records(loaded)
    assert set(found) == {
        "agreement/sister-city/lahore--mashhad",
        "link/dimension/need-econ-01--dimension-economy",
        "link/hinders/barrier-budget--need-econ-01",
        "membership/uclg/mashhad",
        "membership/wto/country-ir/observer",
        "observation/needs/mashhad/axis-economy/undated",
        "observation/population/mashhad/2016",
    }
    assert list(found) == sorted(found)
    tie, link = found["agreement/sister-city/lahore--mashhad"], found["link/hinders/barrier-budget--need-econ-01"]
    assert isinstance(tie, Agreement)
    assert tie.parties == ("city/lahore", "city/mashhad")
    assert tie.status == "status/active"
    assert isinstance(link, Link)
    assert link.reason == (Text("No money", "en"),)
    figure = found["observation/needs/mashhad/axis-economy/undated"]
    assert isinstance(figure, Observation)
    assert figure.topic == "axis/economy"
    assert figure.value == 13


def test_the_same_tie_in_two_rows_is_one_record(tmp_path: Path) -> None:
    text = """\
kind,parties,status,start,locators,note_en,label_en
sister-city,mashhad|lahore,active,,row 1,,Lahore
sister-city,lahore|mashhad,,2006,row 2|row 1,Seen twice,
sister-city,lahore|mashhad,active,2006,,Seen thrice,
"""
    loaded = load_tables(folder(tmp_path, agreements_csv=text))
    (tie,) = loaded.sources[0].records
    assert isinstance(tie, Agreement)
    assert tie.locators == ("row 1", "row 2")
    assert tie.notes == (Text("Seen thrice", "en"), Text("Seen twice", "en"))
    assert tie.start is not None
    assert tie.start.edtf == "2006"
    assert tie.status == "status/active"
    assert [(report.table, report.rows, report.merged) for report in loaded.report] == [("agreements", 3, 2)]


def test_rows_of_other_sources(tmp_path: Path) -> None:
    loaded = load_tables(
        folder(
            tmp_path,
            sources_csv="id,kind,label_en,address\nwikipedia-en,encyclopedia,Wikipedia,https://en.wikipedia.org/\n"
            "unused,blog,A blog,\n",
            cities_csv="id,label_en,source\nmashhad,Mashhad,\nmashhad,Meshed,wikipedia-en\n",
        )
    )
    assert [told.source.id for told in loaded.sources] == ["source/a-study", "source/unused", "source/wikipedia-en"]
    assert [told.source.collection for told in loaded.sources] == [None, "source/a-study", "source/a-study"]
    assert records(loaded, 0)["city/mashhad"].label("en") == "Mashhad"
    assert list(loaded.sources[1].records) == []
    assert records(loaded, 2)["city/mashhad"].label("en") == "Meshed"


def test_dates_and_their_wording(tmp_path: Path) -> None:
    text = """\
member,organization,role,start,start_original,end,attested
a,uclg,member,1392 SH,,,2014-02-27
b,uclg,member,2004~,about when the mayor came,,
c,uclg,member,,,/1979-02-11,
"""
    found = records(load_tables(folder(tmp_path, memberships_csv=text)))
    a, b, c = (found[f"membership/uclg/{name}"] for name in "abc")
    assert isinstance(a, Membership)
    assert isinstance(b, Membership)
    assert isinstance(c, Membership)
    assert a.start == Date("2013-03-21/2014-03-20", dt.date(2013, 3, 21), dt.date(2014, 3, 20), "1392")
    assert a.attested == Date("2014-02-27", dt.date(2014, 2, 27), dt.date(2014, 2, 27))
    assert b.start is not None
    assert (b.start.edtf, b.start.original) == ("2004~", "about when the mayor came")
    assert c.end is not None
    assert (c.end.earliest, c.end.latest) == (None, dt.date(1979, 2, 11))


def test_bare_years_in_the_calendar_of_the_source(tmp_path: Path) -> None:
    source = SOURCE + 'calendar = "solar-hijri"\n'
    loaded = load_tables(folder(tmp_path, source=source, organizations_csv="id,founded,kind\nx,۱۳۹۲,city-network\n"))
    (body,) = loaded.sources[0].records
    assert body.founded.edtf == "2013-03-21/2014-03-20"  # type: ignore[attr-defined]


def test_quoted_cells_byte_order_mark_and_empty_rows(tmp_path: Path) -> None:
    text = '\ufeffid,label_en,note\r\na,"A, ""the"" city","two\r\nlines"\r\n\r\n,,\r\nb,B,\r\n'
    found = records(load_tables(folder(tmp_path, cities_csv=text)))
    assert found["city/a"].labels == (Text('A, "the" city', "en"),)
    assert found["city/a"].notes == (Text("two\nlines", "en"),)
    assert set(found) == {"city/a", "city/b"}


def test_references_are_handed_on_with_their_place(tmp_path: Path) -> None:
    text = "id,label_en,kind,parents\na,A,fund,\nb,B,fund,a|nowhere\nb,,,elsewhere\n"
    loaded = load_tables(folder(tmp_path, organizations_csv=text))
    file = str(tmp_path / "organizations.csv")
    assert loaded.references == {
        "organization/a": Place(file, 3, "parents"),
        "organization/nowhere": Place(file, 3, "parents"),
        "organization/elsewhere": Place(file, 4, "parents"),
    }


def test_arabic_names_keep_their_letters(tmp_path: Path) -> None:
    found = records(load_tables(folder(tmp_path, cities_csv="id,label_ar,label_fa\nk,كركوك,كركوك\n")))
    assert found["city/k"].labels == (Text("كركوك", "ar"), Text("کرکوک", "fa"))


def test_notes_and_licences_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Not a table")
    (tmp_path / "LICENSE").write_text("CC0")
    assert load_tables(folder(tmp_path)).report == []


@pytest.mark.parametrize("name", ["countries", "cities", "study", "coding"])
def test_the_shipped_folders_load(name: str) -> None:
    data = ROOT / "loaders" / "data" / name
    assert load_tables(data).sources[0].records


def blocks(page: str) -> dict[str, str]:
    """The code blocks of a page: by the file named in the line before, else by language."""
    found = re.findall(r"(?:^`([\w.]+)`[^\n]*\n(?:[^\n]+\n)*\n)?^```(\w+)\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    return {name or language: text for name, language, text in found}


def test_the_examples_of_the_documentation(tmp_path: Path) -> None:
    page = blocks((ROOT / "docs" / "tables.md").read_text(encoding="utf-8"))
    lahore, twins = tmp_path / "lahore", tmp_path / "twins"
    lahore.mkdir()
    twins.mkdir()
    for name in ("source.toml", "cities.csv", "agreements.csv"):
        (lahore / name).write_text(page[name], encoding="utf-8")
    (twins / "source.toml").write_text(page["toml"], encoding="utf-8")
    (twins / "twins.tsv").write_text(page["tsv"], encoding="utf-8")
    assert list(records(load_tables(lahore))) == [
        "agreement/sister-city/istanbul--lahore",
        "agreement/sister-city/lahore--mashhad",
        "city/lahore",
    ]
    tie, _ = records(load_tables(twins)).values()
    assert isinstance(tie, Agreement)
    assert (tie.parties, tie.status) == (("city/q182059", "city/q200166"), "status/active")
    assert tie.locators == ("row 1", "row 3")
