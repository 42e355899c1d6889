"""Lists of others as they are: the steps of a mapping that they need, and what becomes of rows that are wrong."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Agreement, City, Membership, Observation, Organization
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.loaders.report import LoadReport, Reason, Tally
from citydiplomacy.loaders.tables.folder import load_tables

SOURCE = '[source]\nid = "list"\nkind = "dataset"\ntitle_en = "A list"\n'
CITIES = (
    SOURCE
    + """
[[tables]]
file = "list.csv"
record = "cities"
na = ["NA"]
columns.id = { column = "Name", slug = true }
columns.label_und = "Name"
columns.country = { column = "Country", map = { US = ["States"], "" = ["Kosovo"] }, else = "{word}", country = true }
columns.latitude = "Lat"
columns.longitude = "Lon"
"""
)
TWINS = (
    SOURCE
    + """
[[tables]]
file = "list.csv"
record = "agreements"
mirrored = true
columns.parties = { columns = ["A", "B"], slug = true }
constants.kind = "sister-city"
"""
)
POPULATIONS = (
    SOURCE
    + """
[[tables]]
file = "list.csv"
record = "observations"
na = ["NA"]
thousands = ","
columns.area = { column = "Name", slug = true }
columns.value = "Population"
constants.measure = "population"
"""
)


def read(folder: Path, toml: str, cells: str, report: LoadReport | None = None) -> list[Record]:
    (folder / "list.toml").write_text(toml, encoding="utf-8")
    (folder / "list.csv").write_text(cells, encoding="utf-8")
    return load_tables(folder / "list.toml", report).sources[0].records


def reasons(report: LoadReport) -> list[tuple[str, str, int, str]]:
    return [(each.kind, each.reason, each.number, each.examples[0]) for each in report.reasons()]


def tally(report: LoadReport) -> Tally:
    (found,) = report.files.values()
    return found


def test_countries_by_any_name(tmp_path: Path) -> None:
    names = (
        "Germany|DE|de|States|United States of America|Iran, Islamic Republic of|ایران|The Bahamas|Kosovo|NA|"
        "DEU|irn|Deutschland|Allemagne|Германия|ألمانيا|德国|Áo|AO|Nga|NGA"
    )
    cells = "Name,Country,Lat,Lon\n" + "".join(f'c{n:02},"{name}",,\n' for n, name in enumerate(names.split("|")))
    found = [record.country for record in read(tmp_path, CITIES, cells) if isinstance(record, City)]
    wanted = ["de", "de", "de", "us", "us", "ir", "ir", "bs", None, None]
    wanted += ["de", "ir", "de", "de", "de", "de", "de", "at", "ao", "ru", "ng"]
    assert found == [name and f"country/{name}" for name in wanted]


def test_words_that_the_mapping_lacks_are_told_together(tmp_path: Path) -> None:
    cells = "Name,Country,Lat,Lon\na,Atlantis,,\nb,Iran,,\nc,Mux,,\nd,Atlantis,x,\n"
    for report in (LoadReport(), LoadReport(strict=True)):
        with pytest.raises(InputError, match=r"Country: 'Atlantis' \(2\), 'Mux' \(1\)") as caught:
            read(tmp_path, CITIES, cells.replace(",x,", ",,") if report.strict else cells, report)
        assert (caught.value.line, caught.value.column, caught.value.value) == (2, "Country", "Atlantis")


def test_columns_joined_and_the_first_that_says_anything(tmp_path: Path) -> None:
    toml = (
        SOURCE
        + """
[defaults]
file = "list.csv"
na = ["NA"]
[[tables]]
record = "memberships"
where = { Kind = ["City", "Town"] }
columns.member = { columns = ["City", "Country"], join = " ", slug = true, prefix = "list-" }
columns.organization = { columns = ["Code", "Network"], slug = true }
columns.role = { column = "Role", map = { founder = ["F", "Founder"] }, default = "member" }
columns.status = { column = "Role", map = { ended = ["former"] }, else = "active" }
columns.start = { column = "Year", pattern = '^[0-9]{4}' }
"""
    ).replace('"Founder"]', '"Founder"], member = ["former"]')
    cells = (
        "City,Country,Code,Network,Role,Year,Kind\n"
        "Valencia,ES,NA,Big Net,NA,1999 - Phase I,City\n"
        "Valencia,VE,bn,Big Net,F,,Town\n"
        "Paris,NA,,Big Net,former,,City\n"
        "Andalusia,ES,,Big Net,whatever,,Region\n"
        ",,,,,,\n"
    )
    report = LoadReport()
    found = read(tmp_path, toml, cells, report)
    assert [
        (each.member, each.organization, each.role, each.status, each.start and each.start.edtf)
        for each in found
        if isinstance(each, Membership)
    ] == [
        ("city/list-paris", "organization/big-net", "role/member", "status/ended", None),
        ("city/list-valencia-es", "organization/big-net", "role/member", None, "1999"),
        ("city/list-valencia-ve", "organization/bn", "role/founder", "status/active", None),
    ]
    assert tally(report) == Tally(read=4, made=3, left_out=1)
    assert reasons(report) == [("left out", "Kind is Region", 1, "line 5")]


def test_places_that_cannot_be(tmp_path: Path) -> None:
    """A city stands without a place that is none; half of it is not kept, since the other half may be wrong too."""
    cells = "Name,Country,Lat,Lon\na,,113.3,23.1\nb,,10,200\nc,,95,100\nd,,north,3\ne,,36.26,59.6\n"
    report = LoadReport()
    found = {
        each.id: (each.latitude, each.longitude)
        for each in read(tmp_path, CITIES, cells, report)
        if isinstance(each, City)
    }
    assert found == {
        "city/a": (None, None),
        "city/b": (None, None),
        "city/c": (None, None),
        "city/d": (None, Decimal(3)),
        "city/e": (Decimal("36.26"), Decimal("59.6")),
    }
    assert tally(report) == Tally(read=5, made=5)
    assert reasons(report) == [
        ("unread", "is out of range", 2, "line 3, column Lon: '200'"),
        ("unread", "is out of range; swapped with the longitude?", 1, "line 2, column Lat: '113.3'"),
        ("unread", "not a number", 1, "line 5, column Lat: 'north'"),
    ]
    with pytest.raises(InputError, match=r"line 5, column Lat: not a number"):
        read(tmp_path, CITIES, cells, LoadReport(strict=True))


def test_decimal_commas(tmp_path: Path) -> None:
    toml = CITIES.replace('na = ["NA"]', 'na = ["NA"]\ndecimal = ","\ndelimiter = ";"')
    (city,) = read(tmp_path, toml, "Name;Country;Lat;Lon\na;FR;43,7;-7,25\n")
    assert isinstance(city, City)
    assert (city.latitude, city.longitude) == (Decimal("43.7"), Decimal("-7.25"))


def test_rows_told_twice(tmp_path: Path) -> None:
    cells = "Name,Country,Lat,Lon\na,FR,1,2\na,FR,1,2\na,FR,,\na,FR,1,3\n"
    report = LoadReport()
    assert len(read(tmp_path, CITIES, cells, report)) == 1
    assert tally(report) == Tally(read=4, made=1, merged=2, refused=1)
    assert reasons(report) == [("refused", "another row tells it otherwise", 1, "line 5, column Lon: '3'")]


def test_a_refused_row_leaves_nothing_behind(tmp_path: Path) -> None:
    """The row says a second country, so the place that it says is not taken from it either."""
    (city,) = read(tmp_path, CITIES, "Name,Country,Lat,Lon\na,FR,,\na,DE,1,2\n", LoadReport())
    assert isinstance(city, City)
    assert (city.country, city.latitude) == ("country/fr", None)


def test_twins(tmp_path: Path) -> None:
    cells = "A,B\nLahore,Mashhad\nMashhad,Lahore\nLahore,Mashhad\nParis,Rome\nParis,Paris\nParis,\n"
    report = LoadReport()
    found = read(tmp_path, TWINS, cells, report)
    assert [each.parties for each in found if isinstance(each, Agreement)] == [
        ("city/lahore", "city/mashhad"),
        ("city/paris", "city/rome"),
    ]
    assert tally(report) == Tally(read=6, made=2, merged=2, refused=2)
    assert reasons(report) == [
        ("refused", "a tie needs two or more different parties", 1, "line 7, column B: ''"),
        ("refused", "has one value twice", 1, "line 6, column A: 'city/paris|city/paris'"),
        ("noted", "one-sided: no row tells the tie from the other side", 1, "line 5: city/paris | city/rome"),
    ]


def test_population_in_words(tmp_path: Path) -> None:
    cells = 'Name,Population\na,"3,001,184"\nb,about three million\nc,NA\nd,"3,00"\n'
    report = LoadReport()
    found = read(tmp_path, POPULATIONS, cells, report)
    assert [each.value for each in found if isinstance(each, Observation)] == [Decimal(3001184)]
    assert tally(report) == Tally(read=4, made=1, refused=2, left_out=1)
    assert next(report.reasons()) == Reason(
        "list.csv (observations)",
        "refused",
        "not a number",
        2,
        ("line 3, column Population: 'about three million'", "line 5, column Population: '3,00'"),
        "a number such as 3001184 or 36.26",
    )


def test_ragged_rows(tmp_path: Path) -> None:
    cells = "Name,Country,Lat,Lon\na,FR,1,2\nb,FR\nc,FR,1,2,3\n"
    report = LoadReport()
    assert [record.id for record in read(tmp_path, CITIES, cells, report)] == ["city/a"]
    assert tally(report) == Tally(read=3, made=1, refused=2)
    with pytest.raises(InputError, match="as many cells") as caught:
        read(tmp_path, CITIES, cells, LoadReport(strict=True))
    assert caught.value.line == 3


def test_an_encoding_that_is_not_declared(tmp_path: Path) -> None:
    (tmp_path / "list.toml").write_text(CITIES, encoding="utf-8")
    (tmp_path / "list.csv").write_bytes(CP1256.encode("cp1256"))
    with pytest.raises(InputError, match="not UTF-8") as caught:
        load_tables(tmp_path / "list.toml", LoadReport())
    assert 'encoding = "cp1256"' in caught.value.hint
    (tmp_path / "list.toml").write_text(CITIES.replace("na =", 'encoding = "cp1256"\nna ='), encoding="utf-8")
    assert "مشهد" in [each.label("und") for each in load_tables(tmp_path / "list.toml").sources[0].records]


CP1256 = """Name,Country,Lat,Lon
مشهد,ايران,36.26,59.6
اصفهان,ايران,32.65,51.67
شيراز,ايران,29.59,52.58
تبريز,ايران,38.08,46.29
"""

MISTAKES = {
    "a column that is not there": CITIES.replace('"Lat"', '"Latt"'),
    "a column of where": CITIES.replace("na =", 'where = { Kynd = "x" }\nna ='),
    "mirrored cities": CITIES.replace("na =", "mirrored = true\nna ="),
    "a default of many": CITIES.replace('label_und = "Name"', 'label_und = { column = "Name", default = "x" }'),
    "a default that is none of ours": CITIES.replace("country = true }", 'country = true, default = "a b" }'),
    "no columns": CITIES.replace('{ column = "Name", slug = true }', "{ columns = [], slug = true }"),
}


@pytest.mark.parametrize("toml", MISTAKES.values(), ids=MISTAKES.keys())
def test_mistakes_of_the_mapping_are_errors(tmp_path: Path, toml: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, toml, "Name,Country,Lat,Lon\na,FR,1,2\n", LoadReport())
    assert (caught.value.file, bool(caught.value.line)) == (tmp_path / "list.toml", True)


ERRONEOUS = [
    ["Name", "Country", "Lat", "Lon", "Seen"],
    ["Köln", "DE", 50.94, 6.96, "#REF!"],  # in a column that nobody asks for
    ["Lyon", "#N/A", "#DIV/0!", 4.84, None],
    ["#REF!", "DE", 1, 2, None],
    ["Lille", "FR", 50.63, 3.06, None],
]


def test_errors_of_formulas_in_a_list(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in ERRONEOUS:
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    (tmp_path / "list.toml").write_text(CITIES.replace("list.csv", "list.xlsx"), encoding="utf-8")
    report = LoadReport()
    found = load_tables(tmp_path / "list.toml", report).sources[0].records
    assert [(each.id, each.country, each.latitude) for each in found if isinstance(each, City)] == [
        ("city/koln", "country/de", Decimal("50.94")),
        ("city/lille", "country/fr", Decimal("50.63")),
        ("city/lyon", None, None),
    ]
    assert reasons(report) == [
        ("refused", "the cell holds an error", 1, "line 4, column Name: '#REF!'"),
        ("unread", "the cell holds an error", 2, "line 3, column Country: '#N/A'"),
    ]
    assert (tally(report).read, tally(report).made, tally(report).refused) == (4, 3, 1)
    with pytest.raises(InputError, match="holds an error"):
        load_tables(tmp_path / "list.toml", LoadReport(strict=True))
    (tmp_path / "list.toml").write_text(
        CITIES.replace("list.csv", "list.xlsx").replace('["NA"]', '["#N/A", "#DIV/0!", "#REF!"]'), encoding="utf-8"
    )
    load_tables(tmp_path / "list.toml", report := LoadReport())
    assert all("error" not in each.reason for each in report.reasons())  # `na` has them


def test_an_error_in_a_cell_of_several_columns(tmp_path: Path) -> None:
    joined = CITIES.replace('column = "Name", slug = true', 'columns = ["Name", "Country"], join = " ", slug = true')
    cells = "Name,Country,Lat,Lon\nKöln,DE,,\nLyon,#N/A,,\n"
    assert [each.id for each in read(tmp_path, joined, cells, LoadReport())] == ["city/koln-de"]


def test_a_sheet_of_a_workbook_that_a_toml_names(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Name", "Country", "Lat", "Lon"])
    book.active.append(["Köln", "Germany", 50.94, "6.96"])
    book.save(tmp_path / "list.xlsx")
    (tmp_path / "list.toml").write_text(CITIES.replace("list.csv", "list.xlsx"), encoding="utf-8")
    for path in ("list.toml", "list.xlsx"):
        (city,) = load_tables(tmp_path / path).sources[0].records
        assert isinstance(city, City)
        assert (city.id, city.country, city.latitude) == ("city/koln", "country/de", Decimal("50.94"))


BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


def world(shared: Path, folder: Path, name: str) -> Path:
    """A mapping of a benchmark, pointed at the world data. It must be of 30 lines at most."""
    text = (BENCHMARKS / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 30
    made = folder / name.replace("/", "-")
    made.write_text(text.replace("../../../shared", shared.as_posix()), encoding="utf-8")
    return made


def rows(shared: Path, name: str, delimiter: str) -> list[dict[str, str]]:
    with (shared / "world" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_members_of_59_networks(shared: Path, tmp_path: Path) -> None:
    """Against counts made here from the file itself."""
    listed = rows(shared, "etmun-memberships.csv", ";")
    cities = [row for row in listed if row["EntitySimplified"] in ("City", "Municipality")]
    report = LoadReport(strict=True)
    found = load_tables(world(shared, tmp_path, "etmun/memberships.toml"), report).sources[0].records
    assert [(each.read, each.made, each.left_out) for each in report.files.values()] == [(17_333, 16_707, 626)] * 2
    members = [each for each in found if isinstance(each, Membership)]
    assert Counter(each.role for each in members)["role/associate"] == sum(
        row["Statut"] in ("Associated Member", "Associated Partner", "Indirect Member", "Partners") for row in cities
    )
    assert sum(each.status == "status/ended" for each in members) == sum(
        row["Statut"] == "Former Member" for row in cities
    )
    assert sum(each.start is not None for each in members) == sum(row["Year_of_Joining"] != "NA" for row in cities)
    places = {each.id: each for each in found if isinstance(each, City)}
    aix = places["city/etmun-a2"]
    assert (aix.label("und"), aix.country, aix.latitude) == ("Aix en Provence", "country/fr", Decimal("43.529742"))

    shipped = {"organization/who-healthy-cities", "organization/digital-cities", "organization/eurocities"}
    networks = load_tables(world(shared, tmp_path, "etmun/organisations.toml"), LoadReport()).sources[0].records
    assert len(networks) == 59
    # Of EMTA the list has no cities, only authorities of transport.
    assert {each.organization for each in members} == {each.id for each in networks} - {"organization/emta"}
    assert shipped < {each.id for each in networks}
    assert [each.id for each in networks if each.labels] == ["organization/eixoatlantico"]  # the shipped have names
    assert all(isinstance(each, Organization) for each in networks)

    report = LoadReport(strict=True)
    figures = load_tables(world(shared, tmp_path, "etmun/populations.toml"), report).sources[0].records
    assert len(figures) == sum(row["Pop_collect"] not in ("NA", "0") for row in cities)
    assert {each.area for each in figures if isinstance(each, Observation)} < places.keys()


def test_twins_of_2016_and_2022(shared: Path, tmp_path: Path) -> None:
    listed = rows(shared, "wikidata-2016-2022-twinned.tsv", "\t")
    found = (
        load_tables(world(shared, tmp_path, "wikidata-2022/source.toml"), LoadReport(strict=True)).sources[0].records
    )
    ties = [each for each in found if isinstance(each, Agreement)]
    assert (len(ties), len(found) - len(ties)) == (19_027, 10_738)
    assert Counter(each.attested.edtf for each in ties if each.attested) == Counter(
        {"0": "2016-09", "1": "2022-01"}[row["in_2022"]] for row in listed
    )
    boston = next(each for each in found if each.id == "city/q100")
    assert isinstance(boston, City)
    assert boston.country == "country/us"


def test_ties_of_2016_without_their_mirror(shared: Path, tmp_path: Path) -> None:
    """1.8 % of 34,178 rows (counted independently)."""
    report = LoadReport(strict=True)
    load_tables(world(shared, tmp_path, "wikidata-2016/source.toml"), report)
    assert [(each.kind, each.number) for each in report.reasons()] == [("noted", 624)]
