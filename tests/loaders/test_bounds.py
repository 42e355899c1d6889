"""Loading knows bounds: what would hang or eat the memory is one clear error, which says the bound."""

from __future__ import annotations

import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.loaders import bounds, files
from citydiplomacy.loaders.formats.networks import read_network
from citydiplomacy.loaders.formats.workbooks import read_workbook
from citydiplomacy.loaders.rdf_files import load_rdf
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.study.reader import read_study
from citydiplomacy.loaders.tables import patterns
from citydiplomacy.loaders.tables.folder import load_tables

from .opendocument import opendocument

SOURCE = '[source]\nid = "s"\nkind = "dataset"\ntitle_en = "S"\n'


ID = "{ column = 'name', slug = true }"


def mapped(folder: Path, file: str, id_of: str = ID) -> Path:
    """A mapping of one file."""
    path = folder / "list.toml"
    path.write_text(f'{SOURCE}[[tables]]\nfile = "{file}"\nrecord = "cities"\ncolumns.id = {id_of}\n')
    return path


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


@pytest.mark.parametrize("make", [pipe, listening, lambda path: path.symlink_to("/dev/zero")])
@pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "list.gexf", "list.ttl", "list.txt", "list.json"])
def test_only_regular_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], name: str
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    make(tmp_path / name)
    with pytest.raises(InputError, match="not a regular file"):
        files.load(tmp_path / name)
    with pytest.raises(InputError, match="not a regular file"):
        load_tables(mapped(tmp_path, name))


def test_a_device_in_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="/dev/zero: not a regular file"):
        load_tables(mapped(tmp_path, "/dev/zero"))


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "list.csv").mkdir()
    with pytest.raises(InputError, match="a folder, not a file"):
        load_tables(mapped(tmp_path, "list.csv"))
    (tmp_path / "source.toml").mkdir()
    with pytest.raises(InputError, match=r"no source\.toml"):
        load_tables(tmp_path)


def test_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "real.csv").write_text("name\n")
    (tmp_path / "list.csv").symlink_to(tmp_path / "elsewhere" / "real.csv")
    assert load_tables(mapped(tmp_path, "list.csv")).sources[0].records == []


def test_a_file_larger_than_its_kind_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sparse file takes no room on the disk, and as much memory as it says."""
    kinds: list[tuple[str, int, Callable[[Path], object]]] = [
        ("list.toml", bounds.DESCRIPTION, files.load),
        ("list.txt", bounds.WHOLE, read_study),
        ("list.graphml", bounds.WHOLE, lambda path: read_network(path, "nodes")),
    ]
    for name, size, read in kinds:
        with (tmp_path / name).open("wb") as file:
            file.truncate(size + 1)
        with pytest.raises(InputError, match="more bytes than are read") as caught:
            read(tmp_path / name)
        assert caught.value.expected == f"at most {size:,} bytes"
    monkeypatch.setattr(bounds, "STREAM", 10)
    (tmp_path / "list.ttl").write_text("# " + "x" * 20)
    with pytest.raises(InputError, match="at most 10 bytes"):
        load_rdf(tmp_path / "list.ttl")
    (tmp_path / "list.csv").write_text("name\n" + "x" * 20)
    with pytest.raises(InputError, match="at most 10 bytes"):
        load_tables(mapped(tmp_path, "list.csv"))


def test_a_line_without_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "ROW", 1000)
    (tmp_path / "list.csv").write_text("name\nMashhad\n" + "x," * 600 + "\n")
    with pytest.raises(InputError, match="more letters in a line") as caught:
        load_tables(mapped(tmp_path, "list.csv"))
    assert caught.value.line == 3


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Make a workbook of rows."""
    openpyxl = pytest.importorskip("openpyxl")

    def make(*rows: list[Any], gap: int = 0) -> Path:
        made = openpyxl.Workbook()
        for row in (["name"], *rows):
            made.active.append(row)
        if gap:
            made.active.cell(row=gap, column=1, value="far away")
        made.save(tmp_path / "list.xlsx")
        return mapped(tmp_path, "list.xlsx")

    return make


def test_a_workbook_that_unpacks_to_more_than_is_read(
    book: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(*([" " * 30_000] for _ in range(50)))
    packed = (path.parent / "list.xlsx").stat().st_size
    monkeypatch.setattr(bounds, "UNPACKED", 1_000_000)
    assert packed < bounds.UNPACKED
    with pytest.raises(InputError, match="more bytes, unpacked, than are read") as caught:
        load_tables(path)
    assert caught.value.expected == "at most 1,000,000 bytes, unpacked,"


def test_a_part_of_a_workbook_that_is_read_whole(book: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(["Mashhad"])
    monkeypatch.setattr(bounds, "PART", 100)
    with pytest.raises(InputError, match=r"unpacked, in .* than are read"):
        load_tables(path)


def test_a_sheet_that_is_packed_beyond_measure(book: Callable[..., Path]) -> None:
    """It ends before a row is read: the same row again and again is small in the file, and hours of reading."""
    path = book(["Mashhad"])
    file = path.parent / "list.xlsx"
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    row = b"<row><c><v>1</v></c></row>"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", row * (bounds.PART // len(row) + 1) + b"</sheetData>")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    with pytest.raises(InputError, match=r"bytes, unpacked, in xl/worksheets/sheet1\.xml than are read") as caught:
        load_tables(path)
    assert int(str(caught.value.value)) > bounds.PART
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    bounds.check_zip(file)


@pytest.mark.parametrize(
    ("bound", "most", "words"),
    [("ROWS", 40, "more rows"), ("CELLS", 20, "more cells"), ("CELL", 6, "letters in a cell")],
)
def test_a_sheet_with_too_much(
    book: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, bound: str, most: int, words: str
) -> None:
    path = book(*([f"Mashhad {number}"] for number in range(30)), gap=50)
    monkeypatch.setattr(bounds, bound, most)
    with pytest.raises(InputError, match=words) as caught:
        load_tables(path)
    assert f"at most {most}" in caught.value.expected
    assert "sheet Sheet" in str(caught.value.file)


CELL = (
    '<table:table-cell office:value-type="string" table:number-columns-repeated="{}">'
    "<text:p>x</text:p></table:table-cell>"
)
SHEETS = {
    "a row again and again": ('<table:table-row table:number-rows-repeated="6000">{}</table:table-row>', 16_000),
    "a cell far below and far out": (
        '<table:table-row><table:table-cell/></table:table-row><table:table-row table:number-rows-repeated="6000">'
        "<table:table-cell/></table:table-row><table:table-row>"
        '<table:table-cell table:number-columns-repeated="16000"/>{}</table:table-row>',
        1,
    ),
}
LOOKS = """<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:style-name="ce1"
 table:number-columns-repeated="16384"/></table:table-row>"""


@pytest.mark.parametrize("why", SHEETS)
def test_a_few_bytes_that_say_millions_of_cells(tmp_path: Path, why: str) -> None:
    """The library would hold them all: 96 million in a file of less than a thousand bytes, in 6 GB of memory."""
    pytest.importorskip("python_calamine")
    rows, repeated = SHEETS[why]
    file = opendocument(tmp_path / "list.ods", rows.format(CELL.format(repeated)))
    assert file.stat().st_size < 1000
    with pytest.raises(InputError, match="more cells than are read") as caught:
        read_workbook(file)
    assert int(str(caught.value.value)) > bounds.HELD


def test_cells_that_only_look_like_something_are_none(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    row = "<table:table-row>" + CELL.format(2) + "</table:table-row>"
    sheet = read_workbook(opendocument(tmp_path / "list.ods", row + LOOKS))["list"]
    assert list(sheet.rows()) == [(1, ["x", "x"])]


def test_elements_and_lists_in_one_another(tmp_path: Path) -> None:
    deep = bounds.DEPTH + 1
    (tmp_path / "net.graphml").write_text("<a>" * deep + "</a>" * deep)
    with pytest.raises(InputError, match="more levels than are read"):
        read_network(tmp_path / "net.graphml", "nodes")
    for opening, closing in ('{"a":', "}"), ("[", "]"), ('["]]]]]]",', '"["]'):
        (tmp_path / "x.jsonld").write_text(opening * deep + "1" + closing * deep)
        with pytest.raises(InputError, match="more levels than are read"):
            load_rdf(tmp_path / "x.jsonld")


def test_brackets_in_texts_are_no_levels(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonld"
    bounds.check_depth(b'["' + b'[{\\"' * 500 + b'"]', path)


@pytest.mark.parametrize("report", [None, LoadReport()], ids=["an error ends the load", "rows may be refused"])
def test_a_pattern_that_takes_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: LoadReport | None
) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.2)
    (tmp_path / "list.csv").write_text(f"name\nxxy\n{'x' * 5000}\n")
    with pytest.raises(InputError, match="takes more than") as caught:
        load_tables(mapped(tmp_path, "list.csv", "{ column = 'name', pattern = '(x+x+)+y' }"), report)
    assert (caught.value.line, caught.value.column) == (3, "name")


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "a{99999999999999999999}",
        "a{1000000000}",
        "(a{1000}){1000,}",
        "(" * 5000,
        "(?P<a>b)(?P<a",
        r"\p{Foo}",
        "(?R)",
        "(a(?1))",
        "(?P<a>x(?&a))",
    ],
)
def test_what_is_no_pattern(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "list.csv").write_text("name\nx\n")
    with pytest.raises(InputError, match="not a regular expression") as caught:
        load_tables(mapped(tmp_path, "list.csv", f"{{ column = 'name', pattern = '{pattern}' }}"))
    assert caught.value.line == 8


def test_patterns_know_the_letters_of_persian(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name\nمشهد (۱۳۹۲)\n", encoding="utf-8")
    path = mapped(tmp_path, "list.csv", "{ column = 'name', pattern = '^\\w+', slug = true }")
    (city,) = load_tables(path).sources[0].records
    assert city.id == "city/مشهد"
