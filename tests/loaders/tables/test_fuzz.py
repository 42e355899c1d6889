"""Whatever stands in a TOML file, a mapping or a table: only errors for people come out."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from citydiplomacy.errors import CityDiplomacyError
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.tables.folder import load_tables

SOURCE = '[source]\nid = "s"\nkind = "dataset"\ntitle_en = "S"\n'
WORDS = [
    "",
    "a",
    "Mashhad",
    "مشهد",
    "36.3",
    "1392",
    "2014-02-30",
    "city/a",
    "sister-city",
    "..",
    "a|b",
    "\\",
    "#N/A",
    "x" * 300,
]
COLUMNS = ["id", "label_en", "label_fa", "alias_en", "note_en", "country", "latitude", "exact_match", "name", "kind",
           "parties", "start", "start_original", "value", "measure", "source", "locators"]  # fmt: skip
KEYS = ["file", "record", "columns", "constants", "where", "header", "delimiter", "encoding", "quote", "na", "decimal",
        "thousands", "mirrored", "sheet", "column", "split", "pattern", "map", "else", "country", "coordinates", "slug",
        "prefix", "join", "default", "source", "expected", "defaults", "tables", "id", "calendar"]  # fmt: skip
PATTERNS = [r"\d{4}", r"(\w+)", "(", "a{99999999999}", "(?P<n>a)?b", r"\p{L}+", "[[a]]"]


def load(folder: Path) -> None:
    """Load a folder both ways; errors for people are what may come."""
    for report in (None, LoadReport()):
        with contextlib.suppress(CityDiplomacyError):
            load_tables(folder, report)


def write(folder: Path, name: str, data: str | bytes) -> None:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))


texts = st.sampled_from(WORDS + COLUMNS + PATTERNS) | st.text(max_size=8)
scalars = texts | st.booleans() | st.integers() | st.floats() | st.dates() | st.datetimes() | st.times()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS + COLUMNS), inner, max_size=4),
    max_leaves=12,
)


def toml(value: Any) -> str:
    """A value as TOML."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            letters = value.encode("utf-8", "replace").decode()  # halves of pairs are no letters of TOML
            return '"' + "".join(f"\\U{ord(letter):08x}" for letter in letters) + '"'
        case dict():
            return "{" + ", ".join(f"{toml(key)} = {toml(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case int() | float():
            return repr(value)
    return str(value.isoformat())


mapping = st.fixed_dictionaries(
    {
        "file": st.sampled_from(["list.txt", "list.xlsx", "list.gexf", ".", "", "nowhere"]) | texts,
        "record": st.sampled_from(["cities", "agreements", "observations", "organizations", "sources"]) | texts,
    },
    optional={
        "columns": st.dictionaries(st.sampled_from(COLUMNS), values, max_size=4),
        "constants": st.dictionaries(st.sampled_from(COLUMNS), values, max_size=4),
        **dict.fromkeys(KEYS[4:14], values),
    },
)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(KEYS) | texts, values, max_size=5),
    st.lists(mapping, max_size=2),
    st.binary(max_size=40),
)
def test_any_description(top: dict[str, Any], tables: list[dict[str, Any]], data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        described = SOURCE + "".join(
            f"[[tables]]\n{''.join(f'{key} = {toml(value)}{chr(10)}' for key, value in table.items())}"
            for table in tables
        )
        rest = "".join(
            f"{toml(key)} = {toml(value)}\n" for key, value in top.items() if key not in ("source", "tables")
        )
        write(folder, "source.toml", rest + described)
        write(folder, "list.txt", b"name,id,kind\nMashhad,a,sister-city\n" + data)
        write(folder, "list.xlsx", data)
        write(folder, "list.gexf", data)
        load(folder)


@settings(deadline=None)
@given(st.text() | st.binary())
@example(SOURCE + "a = " + "[" * 5000)
def test_any_text_as_a_description(data: str | bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), "source.toml", data)
        load(Path(name))


table = st.lists(st.lists(texts | st.sampled_from(WORDS), max_size=5).map(",".join), max_size=5).map("\n".join)
headed = st.tuples(st.lists(st.sampled_from(COLUMNS), max_size=5).map(",".join), table).map("\n".join)


names = st.sampled_from(["cities.csv", "agreements.csv", "sources.csv", "observations.tsv", "memberships.csv"])


@settings(deadline=None)
@given(st.dictionaries(names, headed | table | st.binary(), max_size=3))
def test_any_tables(files: dict[str, str | bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), "source.toml", SOURCE)
        for file, data in files.items():
            write(Path(name), file, data)
        load(Path(name))
