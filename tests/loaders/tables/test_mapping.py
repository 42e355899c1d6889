"""A TOML file makes records of files that others wrote, with columns of their own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Agreement, City, Membership
from citydiplomacy.graph.model.values import Text
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.tables.folder import Place, load_tables

SOURCE = '[source]\nid = "others"\nkind = "dataset"\ntitle_en = "Of others"\n'

NETWORKS = (
    SOURCE
    + """
[[tables]]
file = "networks.csv"
record = "memberships"
delimiter = ";"
encoding = "cp1252"
na = ["NA", "n/a"]

[tables.columns]
member = { column = "City", slug = true, prefix = "city/" }
organization = { column = "Network", pattern = '\\((\\w+)\\)', slug = true }
role = { column = "Status", map = { member = ["Full Member", "?"], board-member = ["Board"] } }
start = "Year"
detail = { columns = ["Field", "Group"], split = " / " }
note_fr = "Remark"

[tables.constants]
status = "active"
locators = "line {row}"
"""
)

CELLS = """\
City;Network;Status;Year;Field;Group;Remark;Unused
Orléans;Sister towns (STN);Full Member;1999;air / water;1|2;né;x
Saint-Étienne;Sister towns (STN);Board;NA;n/a;;;
Orléans;Sister towns (STN);?;NA;water;;;
"""


def others(folder: Path, toml: str, **files: str) -> Path:
    (folder / "source.toml").write_text(toml, encoding="utf-8")
    for name, text in files.items():
        (folder / ".".join(name.rsplit("_", 1))).write_text(text, encoding="cp1252")
    return folder


def test_every_step_of_a_mapping(tmp_path: Path) -> None:
    loaded = load_tables(others(tmp_path, NETWORKS, networks_csv=CELLS))
    orleans, etienne = loaded.sources[0].records
    assert isinstance(orleans, Membership)
    assert isinstance(etienne, Membership)
    assert orleans.id == "membership/stn/orleans"
    assert orleans.start is not None
    assert orleans.start.edtf == "1999"
    assert orleans.status == "status/active"
    assert orleans.detail == ("1|2", "air", "water")
    assert orleans.notes == (Text("né", "fr"),)
    assert orleans.locators == ("line 2", "line 4")
    assert (etienne.id, etienne.role) == ("membership/stn/saint-etienne/board-member", "role/board-member")
    assert (etienne.start, etienne.detail) == (None, ())
    assert loaded.references["organization/stn"] == Place(str(tmp_path / "networks.csv"), 2, "Network")


def test_decimal_commas_quotes_and_a_header_of_ours(tmp_path: Path) -> None:
    toml = (
        SOURCE
        + """
[[tables]]
file = "places.tsv"
record = "City"
header = ["name", "lat", "lon"]
decimal = ","
quote = ""
columns.id = { column = "name", slug = true }
columns.label_und = "name"
columns.latitude = "lat"
columns.longitude = "lon"
"""
    )
    loaded = load_tables(others(tmp_path, toml, places_tsv='"Nice"\t43,7\t7,25\n'))
    assert loaded.sources[0].records == [
        City(id="city/nice", labels=(Text('"Nice"', "und"),), latitude=Decimal("43.7"), longitude=Decimal("7.25"))
    ]


def test_own_tables_beside_mapped_ones(tmp_path: Path) -> None:
    folder = others(tmp_path, NETWORKS, networks_csv=CELLS, cities_csv="id,label_fr\norleans,Orleans\n")
    assert [(report.table, report.rows) for report in load_tables(folder).report] == [("memberships", 3), ("cities", 1)]


BAD = {
    "a word that is not mapped": (CELLS.replace("Board", "Bored"), NETWORKS, "networks.csv", 3, "Status", "Bored"),
    "a cell off the pattern": (
        CELLS.replace("(STN)", "STN", 1),
        NETWORKS,
        "networks.csv",
        2,
        "Network",
        "Sister towns STN",
    ),
    "a value of ours": (CELLS.replace("1999", "19999"), NETWORKS, "networks.csv", 2, "Year", "19999"),
    "a column that is not there": (
        CELLS,
        NETWORKS.replace('"Year"', '"Yaer"'),
        "source.toml",
        17,
        "tables[1].columns.start",
        "Yaer",
    ),
    "a column that we do not have": (
        CELLS,
        NETWORKS.replace("start =", "begin ="),
        "source.toml",
        17,
        "tables[1].columns.begin",
        "begin",
    ),
    "an unknown step": (
        CELLS,
        NETWORKS.replace("split =", "splitt ="),
        "source.toml",
        18,
        "tables[1].columns.detail.splitt",
        "splitt",
    ),
    "an unknown key": (CELLS, NETWORKS.replace("na =", "nothing ="), "source.toml", 11, "tables[1].nothing", "nothing"),
    "an unknown record class": (
        CELLS,
        NETWORKS.replace('"memberships"', '"members"'),
        "source.toml",
        8,
        "tables[1].record",
        "members",
    ),
    "an unknown encoding": (
        CELLS,
        NETWORKS.replace("cp1252", "base64"),
        "source.toml",
        10,
        "tables[1].encoding",
        "base64",
    ),
    "a long delimiter": (CELLS, NETWORKS.replace('";"', '";;"'), "source.toml", 9, "tables[1].delimiter", ";;"),
    "a pattern that is none": (
        CELLS,
        NETWORKS.replace("(\\w+)", "(\\w+"),
        "source.toml",
        15,
        "tables[1].columns.organization.pattern",
        "\\((\\w+\\)",
    ),
    "a constant that is no concept": (
        CELLS,
        NETWORKS.replace('"active"', '"aktive"'),
        "source.toml",
        22,
        "tables[1].constants.status",
        "aktive",
    ),
    "a line number for a concept": (
        CELLS,
        NETWORKS.replace('"active"', '"{row}"'),
        "source.toml",
        22,
        "tables[1].constants.status",
        "{row}",
    ),
    "many values for one": (
        CELLS,
        NETWORKS.replace('start = "Year"', 'start = { column = "Year", split = "-" }'),
        "source.toml",
        17,
        "tables[1].columns.start",
        None,
    ),
    "two ways to tell one": (
        CELLS,
        NETWORKS + 'start = "1999"\n',
        "source.toml",
        24,
        "tables[1].constants.start",
        "1999",
    ),
    "no column at all": (
        CELLS,
        NETWORKS.replace('start = "Year"', "start = { slug = true }"),
        "source.toml",
        17,
        "tables[1].columns.start",
        None,
    ),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD.keys())
def test_bad_mappings(tmp_path: Path, case: tuple[str, str, str, int, str, str | None]) -> None:
    cells, toml, file, line, column, value = case
    with pytest.raises(InputError) as caught:
        load_tables(others(tmp_path, toml, networks_csv=cells))
    error = caught.value
    assert (Path(str(error.file)), error.line, error.column) == (tmp_path / file, line, column)
    assert error.value == value


def test_a_mapped_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read") as caught:
        load_tables(others(tmp_path, NETWORKS))
    assert caught.value.file == tmp_path / "networks.csv"


WIKIDATA = """
[source]
id = "wikidata-2016"
kind = "dataset"
title_en = "Wikidata, twinned administrative bodies (P190), September 2016"
date = "2016-09"
licence = "CC0-1.0"

[expected]
cities = 10055
agreements = 34182

[[tables]]
file = "{names}"
record = "cities"
header = ["item", "label"]
quote = ""
columns.id = {{ column = "item", slug = true }}
columns.label_und = "label"
columns.exact_match = {{ column = "item", prefix = "http://www.wikidata.org/entity/" }}

[[tables]]
file = "{ties}"
record = "agreements"
header = ["item", "other"]
columns.parties = {{ columns = ["item", "other"], slug = true }}
constants = {{ kind = "sister-city", status = "active", attested = "2016-09", locators = "row {{row}}" }}
"""


def test_the_network_of_2016(shared: Path, tmp_path: Path) -> None:
    """10,055 cities and 17,401 ties (counted independently), by a mapping of less than 30 lines."""
    names, ties = shared / "world" / "wikidata-2016-names.tsv", shared / "world" / "wikidata-2016-twinned.tsv"
    toml = tmp_path / "wikidata-2016.toml"
    toml.write_text(WIKIDATA.format(names=names, ties=ties).lstrip(), encoding="utf-8")
    assert len(toml.read_text(encoding="utf-8").splitlines()) <= 30
    loaded = load_tables(toml)
    found = loaded.sources[0].records
    cities = [record for record in found if isinstance(record, City)]
    agreements = [record for record in found if isinstance(record, Agreement)]
    assert (len(cities), len(agreements)) == (10_055, 17_401)
    assert set(loaded.references) == {city.id for city in cities}
    assert (
        City(
            id="city/q200166",
            labels=next(city.labels for city in cities if city.id == "city/q200166"),
            exact_match=("http://www.wikidata.org/entity/Q200166",),
        )
        in cities
    )
    tie = next(tie for tie in agreements if tie.id == "agreement/sister-city/q182059--q200166")
    assert tie.parties == ("city/q182059", "city/q200166")
    assert "row 1" in tie.locators
    assert len(tie.locators) == 2


def test_a_default_does_not_stand_for_a_cell_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,lat,lng\nA,,1\nB,north,2\nC,3,4\n", encoding="utf-8")
    (tmp_path / "list.toml").write_text(
        '[source]\nid = "s"\nkind = "dataset"\ntitle_en = "S"\n[[tables]]\nfile = "list.csv"\nrecord = "cities"\n'
        'columns.id = { column = "name", slug = true }\ncolumns.longitude = "lng"\n'
        'columns.latitude = { column = "lat", default = "36.3" }\n',
        encoding="utf-8",
    )
    report = LoadReport()
    found = load_tables(tmp_path / "list.toml", report).sources[0].records
    assert [str(each.latitude) for each in found if isinstance(each, City)] == ["36.3", "None", "3"]
    assert [(each.kind, each.reason, each.number) for each in report.reasons()] == [("unread", "not a number", 1)]
