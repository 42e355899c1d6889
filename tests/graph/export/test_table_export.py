"""A store as folders of tables: what is written is read again, and nothing is lost."""

from __future__ import annotations

import csv
import dataclasses
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.graph.export.formats import FORMATS, Choice
from citydiplomacy.graph.export.rdf import write_nquads
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model.records import Agreement, City, Country, Observation, Source
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Record, by_folder
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Date, Text
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.whole_files import MARK
from citydiplomacy.loaders import files
from citydiplomacy.ontology.schemes import schemes

from ..rdf.test_shapes import full, value


def nquads(folder: Path) -> str:
    out = io.StringIO()
    with Store.open_folder(folder) as store:
        write_nquads(store, out)
    return out.getvalue()


def export(store: Path, folder: Path) -> None:
    with Store.open_folder(store) as opened:
        FORMATS["csv"].write(opened, folder, Choice())


def rebuilt(folder: Path, store: Path) -> Path:
    """A store from the folders of tables in a folder."""
    writer.build(store, files.read(path for path in sorted(folder.iterdir()) if path.is_dir()))
    return store


@pytest.fixture(scope="module")
def tables(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    export(shipped, folder)
    return folder


def test_the_shipped_data_come_back_quad_by_quad(shipped: Path, tables: Path, tmp_path: Path) -> None:
    assert nquads(rebuilt(tables, tmp_path / "store")) == nquads(shipped)


def test_the_same_store_is_written_as_the_same_bytes(shipped: Path, tables: Path, tmp_path: Path) -> None:
    export(shipped, tmp_path)
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tables, tmp_path)
    )
    assert first == second


def test_there_is_one_folder_a_collection_and_one_row_a_claim(shipped: Path, tables: Path) -> None:
    assert sorted(path.name for path in tables.iterdir()) == [
        MARK,
        "coding-2026",
        "countries",
        "iran-cities-facts",
        "mashhad-study",
        "network-members",
        "organization-scopes",
        "origins",
    ]
    with Store.open_folder(shipped) as store:
        claims = sum(entry.records for entry in store.manifest.sources.values())
    rows = 0
    for path in tables.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *cells = csv.reader(file)
        assert cells == sorted(cells, key=lambda row: (row[0], row[-1] if header[-1] == "source" else ""))
        rows += len(cells)
    assert rows == claims - 7, "the seven collections describe themselves in source.toml"


HOSTILE = 'a|b \\| "quoted", with comma\nsecond line\ttab; =1+1 <b>'
DATES = (
    "2014", "1453", "1390/1400", "1400~", "/1979-02-11", "/1400", "1394-10/..", "2013-03-21/2014-03-20", "198X",
    "13XX", "2004?", "2014-21", "1394 SH", "۱۸ دی ۱۳۹۴", "first half of 1394 SH", "before 1979",
)  # fmt: skip


def dated(text: str) -> Date:
    """A date as some source wrote it."""
    try:
        return parse_date(text)
    except ValueError:  # a year that could be of either calendar: it is EDTF, hence Gregorian
        return dataclasses.replace(
            parse_date(text.replace("/..", " AD/..") if "/.." in text else f"{text} AD"), original=""
        )


@pytest.mark.parametrize("text", DATES)
def test_any_date_comes_back(tmp_path: Path, text: str) -> None:
    cities = [City(id=f"city/{name}", labels=(Text(name, "en"),)) for name in "ab"]
    tie = Agreement(
        id="agreement/sister-city/a--b",
        kind="agreement-kind/sister-city",
        parties=("city/a", "city/b"),
        start=dated(text),
    )
    source = Source(id="source/s", kind="evidence-kind/blog", labels=(Text("S", "en"),), date=dated(text))
    writer.build(tmp_path / "store", [SourceRecords(source, [tie, *cities])])
    export(tmp_path / "store", tmp_path / "tables")
    rebuilt(tmp_path / "tables", tmp_path / "again")
    with Store.open_folder(tmp_path / "again") as store:
        assert store.get(tie.id, "source/s") == tie
        assert store.get("source/s", "source/s") == source


def test_bars_quotes_line_breaks_and_formulas_come_back(tmp_path: Path) -> None:
    hostile: list[Record] = [
        City(
            id="city/a",
            labels=(Text(HOSTILE, "en"), Text("ب", "fa"), Text("Γ", "el")),
            aliases=tuple(sorted((Text("x|y", "en"), Text("\\", "en"), Text("|", "fa"), Text("z", "und")))),
            notes=(Text(HOSTILE, "en"), Text("می\u200cخواهم", "fa")),
            locators=("page 1|2", "table \\3"),
        ),
        Observation(
            id="observation/area/a/undated",
            area="city/a",
            measure="measure/area",
            value=Decimal("0.1"),
            upper=Decimal("123456789012345678901234.5"),
        ),
    ]
    source = Source(
        id="source/s",
        kind="evidence-kind/blog",
        labels=(Text(HOSTILE, "en"),),
        creators=('A "B" C', "D|E"),
        collection=None,
    )
    writer.build(tmp_path / "store", [SourceRecords(source, hostile)])
    export(tmp_path / "store", tmp_path / "tables")
    rebuilt(tmp_path / "tables", tmp_path / "again")
    assert nquads(tmp_path / "again") == nquads(tmp_path / "store")


def complete() -> list[Record]:
    """For each class a record with a value in every property, and plain records for all that they refer to."""
    told = {record.id: record for record in map(full, REGISTRY.values())}
    while missing := {name for record in told.values() for name in references(record)} - told.keys():
        for name in missing:
            entry = by_folder(name)
            assert entry, name
            required = {prop.name: value(entry, prop) for prop in entry.properties if prop.required}
            told[name] = entry.cls(id=name, **required)
    return list(told.values())


def references(record: Record) -> set[str]:
    """Ids of records that a record refers to; what it refers to may be a concept, too, as a world region."""
    found = set()
    for prop in record.schema.properties:
        said = getattr(record, prop.name)
        if prop.kind is Kind.REFERENCE and said:
            found |= set(said) if prop.many else {said}
    return {name for name in found if name.partition("/")[0] not in schemes()}


def test_every_property_of_every_class_comes_back(tmp_path: Path) -> None:
    records = {record.id: record for record in complete()}
    own = Source(id="source/own", kind="evidence-kind/dataset", labels=(Text("Own", "en"),))
    source = records.pop("source/example")
    others = [
        replace(records.pop(name), collection="source/own")  # type: ignore[call-arg]
        for name in [name for name in records if name.startswith("source/")]
    ]
    source = replace(source, collection="source/own")  # type: ignore[call-arg]
    writer.build(
        tmp_path / "store",
        [SourceRecords(own, list(records.values())), *(SourceRecords(each, []) for each in (source, *others))],  # type: ignore[arg-type]
    )
    export(tmp_path / "store", tmp_path / "tables")
    rebuilt(tmp_path / "tables", tmp_path / "again")
    with Store.open_folder(tmp_path / "again") as store:
        for name, record in records.items():
            assert store.get(name, "source/own") == record
        assert store.get(source.id, source.id) == source
    assert nquads(tmp_path / "again") == nquads(tmp_path / "store")


def own(name: str) -> SourceRecords:
    """A source that tells of one city."""
    source = Source(id=f"source/{name}", kind="evidence-kind/blog", labels=(Text(name, "en"),))
    return SourceRecords(source, [City(id="city/a", labels=(Text("A", "en"),))])


def test_a_tie_that_was_withdrawn_does_not_come_back(tmp_path: Path) -> None:
    cities = [City(id=f"city/{name}", labels=(Text(name, "en"),)) for name in "ab"]
    tie = Agreement(id="agreement/sister-city/a--b", kind="agreement-kind/sister-city", parties=("city/a", "city/b"))
    source = Source(id="source/s", kind="evidence-kind/blog", labels=(Text("S", "en"),))
    for number, records in enumerate(([tie, *cities], cities)):
        writer.build(tmp_path / f"store{number}", [SourceRecords(source, records)])
        export(tmp_path / f"store{number}", tmp_path / "tables")
    assert not (tmp_path / "tables" / "s" / "agreements.csv").exists()
    assert nquads(rebuilt(tmp_path / "tables", tmp_path / "again")) == nquads(tmp_path / "store1")


def apart(folder: Path) -> list[str]:
    """The cities that folders of tables tell, one read after the other."""
    told = files.read(path for path in sorted(folder.iterdir()) if path.is_dir())
    return sorted({record.id for each in told for record in each.records if isinstance(record, City)})


def test_what_one_store_told_apart_is_not_compared_again_unless_somebody_changed_it(tmp_path: Path) -> None:
    korea = Country(id="country/kr", labels=(Text("South Korea", "en"),), code="KR")
    name = (Text("Gwangju", "en"),)
    known = City(id="city/gwangju", labels=name, country=korea.id)
    other = City(id="city/other", labels=name, country=korea.id, exact_match=("http://www.wikidata.org/entity/Q42069",))
    sources = [
        SourceRecords(Source(id=f"source/{number}", kind="evidence-kind/blog", labels=(Text("S", "en"),)), records)
        for number, records in enumerate(([korea, known], [other]))
    ]
    writer.build(tmp_path / "store", sources)
    export(tmp_path / "store", tmp_path / "tables")
    assert apart(tmp_path / "tables") == ["city/gwangju", "city/other"]
    # What another store knows is compared with it.
    writer.build(
        tmp_path / "elsewhere", [replace(sources[0], source=replace(sources[0].source, id="source/elsewhere"))]
    )
    with Store.open_folder(tmp_path / "elsewhere") as store:
        told = list(files.read([tmp_path / "tables" / "1"], store))
    assert not any(record.id == "city/other" for each in told for record in each.records)
    table = tmp_path / "tables" / "1" / "cities.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("other", "another"), encoding="utf-8")
    assert apart(tmp_path / "tables") == ["city/gwangju"]


HOSTILE_IDS = ["foo", "./foo", "foo/cities.csv", "../out", "a//b", "..", ".hidden", "foo%2Fcities.csv", "un/2020", "یک"]


def test_the_id_of_a_source_names_a_folder_of_its_own_and_never_a_place_outside(tmp_path: Path) -> None:
    names = []
    for number, name in enumerate(HOSTILE_IDS):
        writer.build(tmp_path / "store", [own(name)])
        export(tmp_path / "store", tmp_path / f"tables{number}")
        (folder,) = [path for path in (tmp_path / f"tables{number}").iterdir() if path.is_dir()]
        assert not folder.name.startswith(".")
        assert sorted(path.name for path in folder.iterdir()) == ["cities.csv", "source.toml"]
        names.append(folder.name)
    assert len(set(names)) == len(HOSTILE_IDS)
    assert len(list(tmp_path.iterdir())) == 1 + len(HOSTILE_IDS)
