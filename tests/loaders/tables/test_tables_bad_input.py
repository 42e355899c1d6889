"""Bad input is one clear error, with the exact place."""

from __future__ import annotations

from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.loaders.tables.folder import load_tables

SOURCE = '[source]\nid = "s"\nkind = "dataset"\ntitle_en = "S"\n'
MEMBERS = "member,organization,role,start,end\n"
TIES = "kind,parties,start,locators\n"

CASES = {
    "no header": ("cities.csv", "", 1, None, "no header", None),
    "data for a header": ("cities.csv", "mashhad,Mashhad\ntehran,Tehran\n", 1, None, "no header", "mashhad, Mashhad"),
    "doubled header": ("cities.csv", "id,label_en,id\n", 1, "id", "twice", None),
    "note in English twice": ("cities.csv", "id,note,note_en\n", 1, "note_en", "mean the same", None),
    "nameless column": ("cities.csv", "id,,label_en\n", 1, "2", "without a name", None),
    "unknown column": ("cities.csv", "id,label_en,lattitude\n", 1, "lattitude", "unknown column", "lattitude"),
    "label without a language": ("cities.csv", "id,label\n", 1, "label", "unknown column", "label"),
    "ragged row": ("cities.csv", "id,label_en\na,A\nb,B,C\n", 3, None, "as many cells", 3),
    "short row": ("cities.csv", "id,label_en\na\n", 2, None, "as many cells", 1),
    "unclosed quote": ("cities.csv", 'id,label_en\na,A\nb,"B\nc,C\n', 3, None, "well-formed", None),
    "text after a quote": ("cities.csv", 'id,label_en\na,"A"B\n', 2, None, "well-formed", None),
    "line after a cell of two lines": ("cities.csv", 'id,note\na,"1\n2"\nb c,\n', 4, "id", "not an id", "b c"),
    "unknown status": (
        "agreements.csv",
        "kind,parties,status\nsister-city,a|b,activ\n",
        2,
        "status",
        "unknown status",
        "activ",
    ),
    "unknown role": ("memberships.csv", f"{MEMBERS}a,uclg,boss,,\n", 2, "role", "unknown role", "boss"),
    "unknown relation": (
        "links.csv",
        "subject,relation,object\nneed/a,hindrs,need/b\n",
        2,
        "relation",
        "relation",
        "hindrs",
    ),
    "unknown concept of a link": (
        "links.csv",
        "subject,relation,object\nneed/a,dimension,dimension/econmy\n",
        2,
        "object",
        "unknown dimension",
        "dimension/econmy",
    ),
    "a date that cannot be": (
        "agreements.csv",
        f"{TIES}sister-city,a|b,1392/13/40,\n",
        2,
        "start",
        "not a date",
        "1392/13/40",
    ),
    "wording without a date": (
        "memberships.csv",
        "member,organization,role,start,start_original\na,uclg,member,,long ago\n",
        2,
        "start_original",
        "without a date",
        "long ago",
    ),
    "a number with separators": (
        "observations.csv",
        'area,measure,value\na,population,"3,001,184"\n',
        2,
        "value",
        "not a number",
        "3,001,184",
    ),
    "not a whole number": ("studies.csv", "id,minutes\na,3.5\n", 2, "minutes", "whole number", "3.5"),
    "latitude": ("cities.csv", "id,latitude\na,36\nb,90.5\n", 3, "latitude", "latitude", "90.5"),
    "longitude": ("cities.csv", "id,longitude\nb,-181\n", 2, "longitude", "longitude", "-181"),
    "score above the panel": (
        "assessments.csv",
        "need,study,score,panel_size\nn,p,31,30\n",
        2,
        "score",
        "at most 30",
        "31",
    ),
    "a negative number": ("studies.csv", "id,minutes\na,-5\n", 2, "minutes", "0 or more", "-5"),
    "a negative figure": ("observations.csv", "area,measure,value\na,population,-5\n", 2, "value", "0 or more", "-5"),
    "half a person": (
        "observations.csv",
        "area,measure,value\na,population,5.5\n",
        2,
        "value",
        "a whole number",
        "5.5",
    ),
    "a half of what a unit counts": (
        "observations.csv",
        "area,measure,unit,value,upper\na,area,count,5,6.5\n",
        2,
        "upper",
        "unit/count counts one by one",
        "6.5",
    ),
    "a reliability beyond five": (
        "sources.csv",
        "id,kind,reliability\nb,press,9\n",
        2,
        "reliability",
        "from 1 to 5",
        "9",
    ),
    "a code of three letters": ("countries.csv", "id,code\niran,IRN\n", 2, "code", "two capital letters", "IRN"),
    "an end before the start": (
        "agreements.csv",
        "kind,parties,start,end\nsister-city,a|b,2014,2013\n",
        2,
        "end",
        "at least 2014",
        "2013",
    ),
    "a rank of nought": (
        "assessments.csv",
        "need,study,score,panel_size,rank\nn,p,3,30,0\n",
        2,
        "rank",
        "1 or more",
        "0",
    ),
    "one party": ("agreements.csv", f"{TIES}sister-city,a,,\n", 2, "parties", "2 or more", "city/a"),
    "a tie with itself": ("agreements.csv", f"{TIES}sister-city,a|a,,\n", 2, "parties", "twice", "city/a|city/a"),
    "a body in itself": (
        "memberships.csv",
        f"{MEMBERS}organization/uclg,uclg,member,,\n",
        2,
        "member",
        "another than organization/uclg",
        "organization/uclg",
    ),
    "no organization": ("memberships.csv", f"{MEMBERS}a,,member,,\n", 2, "organization", "missing", None),
    "no axis": ("needs.csv", "id,city,axis\nn,mashhad,\n", 2, "axis", "missing", None),
    "no id": ("cities.csv", "id,label_en\n,A\n", 2, "id", "needs an id", None),
    "two labels in a language": (
        "cities.csv",
        "id,label_fa,label_en\na,الف,A\nb,,B\na,الف,AA\n",
        4,
        "label_en",
        "in line 2",
        "AA",
    ),
    "two values of one property": (
        "agreements.csv",
        f"{TIES}sister-city,a|b,2006,\nsister-city,b|a,2007,\n",
        3,
        "start",
        "in line 2",
        "2007",
    ),
    "a second value after a merge": (
        "agreements.csv",
        f"{TIES}sister-city,a|b,,\nsister-city,a|b,2006,\nsister-city,b|a,2007,\n",
        4,
        "start",
        "in line 3",
        "2007",
    ),
    "id of another folder": ("cities.csv", "id,label_en\ncountry/ir,Iran\n", 2, "id", "country/", "country/ir"),
    "reference to another folder": ("cities.csv", "id,country\na,city/b\n", 2, "country", "city/", "city/b"),
    "reference without a folder": (
        "links.csv",
        "subject,relation,object\na,hinders,need/b\n",
        2,
        "subject",
        "folder",
        "a",
    ),
    "mistyped folder": (
        "agreements.csv",
        f"{TIES}sister-city,ctiy/a|b,,\n",
        2,
        "parties",
        "unknown folder",
        "ctiy/a|b",
    ),
    "an id with a space": ("cities.csv", "id\nnew york\n", 2, "id", "not an id", "new york"),
    "an id that leads out": ("cities.csv", "id\na/../b\n", 2, "id", "a part of it is ..", "a/../b"),
    "a reference that leads out": ("cities.csv", "id,country\na,country/..\n", 2, "country", "is ..", "country/.."),
    "an id with an empty part": ("cities.csv", "id\na//b\n", 2, "id", "a part of it is empty", "a//b"),
    "a source here": ("sources.csv", "id,kind\nfoo,blog\n./foo,blog\n", 3, "id", "a part of it is .", "./foo"),
    "a source with a backslash": ("sources.csv", "id,kind\nfoo\\bar,blog\n", 2, "id", "U+005C", "foo\\bar"),
    "sources that differ in capitals": (
        "sources.csv",
        "id,kind\nfoo,blog\nFoo,blog\n",
        3,
        "id",
        "as a path it is that of source/foo",
        "source/Foo",
    ),
    "a source that is a file of another": (
        "sources.csv",
        "id,kind\ns/cities.csv,blog\n",
        2,
        "id",
        "as a path it is that of source/s",
        "source/s/cities.csv",
    ),
    "a number of hundreds of digits": (
        "observations.csv",
        f"area,measure,value\na,population,{'9' * 300}\n",
        2,
        "value",
        "not a number",
        "9" * 300,
    ),
    "a cell of 200,000 letters": ("cities.csv", f"id,label_en\na,{'x' * 200_000}\n", 2, None, "more letters", None),
    "100,000 columns": (
        "cities.csv",
        ",".join(f"c{number}" for number in range(100_000)) + "\n",
        1,
        None,
        "more columns",
        100_000,
    ),
    "not an address": ("cities.csv", "id,exact_match\na,Q121157\n", 2, "exact_match", "full address", "Q121157"),
    "a script for an address": (
        "organizations.csv",
        "id,homepage\na,javascript:alert(1)\n",
        2,
        "homepage",
        "full address",
        "javascript:alert(1)",
    ),
    "a control character": ("cities.csv", "id,label_en\na,A\x07\n", 2, "label_en", "U+0007", "A\x07"),
    "unknown source": ("cities.csv", "id,source\na,nobody\n", 2, "source", "unknown source", "source/nobody"),
    "the folder's own source again": ("sources.csv", "id,kind\ns,dataset\n", 2, "id", "described already", "source/s"),
    "a source of another collection": (
        "sources.csv",
        "id,kind,collection\nt,dataset,u\n",
        2,
        "collection",
        "with its folder",
        "source/u",
    ),
    "cyclic themes": (
        "themes.csv",
        "id,broader\na,b\nb,c\nc,a\n",
        2,
        "broader",
        "theme/a < theme/b < theme/c",
        "theme/b",
    ),
    "an origin that is a circle": (
        "sources.csv",
        "id,kind,label_en,origin\nt,press,T,u\nu,press,U,v\nv,press,V,t\n",
        2,
        "origin",
        "it repeats itself: source/t < source/u < source/v < source/t",
        "source/u",
    ),
    "a body that is part of itself": (
        "organizations.csv",
        "id,parents\na,a\n",
        2,
        "parents",
        "itself",
        "organization/a",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_bad_tables(tmp_path: Path, case: tuple[str, str, int, str | None, str, object]) -> None:
    name, text, line, column, words, value = case
    (tmp_path / "source.toml").write_text(SOURCE, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    with pytest.raises(InputError) as caught:
        load_tables(tmp_path)
    error = caught.value
    assert (Path(str(error.file)), error.line, error.column) == (tmp_path / name, line, column)
    assert words in error.message
    assert str(error.value) == str(value)


TOML = {
    "not TOML": ('[source]\nid = "s\n', 2, None, "not TOML"),
    "no source": ("[expected]\ncities = 1\n", None, None, "no description of the source"),
    "no id": ('[source]\nkind = "dataset"\n', 1, "id", "no id"),
    "no kind": ('[source]\nid = "s"\n', 2, "kind", "missing"),
    "unknown key": (SOURCE + 'licens = "CC0"\n', 5, "licens", "unknown column"),
    "unknown section": (SOURCE + "[expect]\ncities = 1\n", 5, "expect", "unknown key"),
    "unknown kind": ('[source]\nid = "s"\nkind = "rumour"\n', 3, "kind", "unknown evidence kind"),
    "unknown calendar": (SOURCE + 'calendar = "julian"\n', 5, "source.calendar", "unknown calendar"),
    "unknown table": (SOURCE + "[expected]\ncitys = 3\n", 6, "expected.citys", "unknown table"),
    "expected in words": (SOURCE + '[expected]\ncities = "3"\n', 6, "expected.cities", "not what this key holds"),
    "not as expected": (SOURCE + "\n[expected]\nneeds = 0\ncities = 3\n", 8, "cities", "as many rows"),
    "more than expected": (SOURCE + "[expected]\ncities = 0\n", 6, "cities", "as many rows"),
    "100,000 brackets": (SOURCE + f"x = {'[' * 100_000}\n", None, None, "nested too deep"),
    "a key of 50,000 dots": (SOURCE + f"{'a.' * 50_000}b = 1\n", None, None, "nested too deep"),
    "a number of 100,000 digits": (SOURCE + f"date = {'9' * 100_000}\n", None, None, "beyond 64 bits"),
    "a number of 100,000 digits of another base": (
        SOURCE + f"date = 0x{'f' * 100_000}\n",
        None,
        None,
        "beyond 64 bits",
    ),
    "an id that leads out": ('[source]\nid = "../s"\nkind = "dataset"\n', 2, "id", "a part of it is .."),
    "a label as a column and as a constant": (
        SOURCE + '[[tables]]\nfile = "x.txt"\nrecord = "cities"\ncolumns.label_en = "name"\nconstants.label_en = "X"\n',
        9,
        "tables[1].constants.label_en",
        "both a column and a constant",
    ),
    "a path that holds a NUL": (
        SOURCE + '[[tables]]\nfile = "a\\u0000b"\nrecord = "cities"\n',
        6,
        "tables[1].file",
        "not a path",
    ),
    "an encoding that is none": (
        SOURCE + '[[tables]]\nfile = "a"\nrecord = "cities"\nencoding = "undefined"\n',
        8,
        "tables[1].encoding",
        "unknown encoding",
    ),
    "of no other": (SOURCE + 'collection = "t"\n', 5, "collection", "part of no other"),
}


@pytest.mark.parametrize(("text", "line", "column", "words"), TOML.values(), ids=TOML.keys())
def test_bad_descriptions(tmp_path: Path, text: str, line: int | None, column: str | None, words: str) -> None:
    (tmp_path / "source.toml").write_text(text, encoding="utf-8")
    (tmp_path / "cities.csv").write_text("id\na\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_tables(tmp_path)
    error = caught.value
    assert (Path(str(error.file)), error.line, error.column) == (tmp_path / "source.toml", line, column)
    assert words in error.message


@pytest.mark.parametrize(
    ("data", "line", "byte", "hint"),
    [
        ("id,label_fr\na,Nîmes\n".encode("latin-1"), 2, 16, "It looks like cp1252 ('a,Nîmes'). Save the file as UTF-8"),
        (b"id,label_en\n" + b"a,A\n" * 30_000 + b"b,\xff\n", 30_002, 120_015, "Save the file as UTF-8"),
        ("id,label_en\na,A\n".encode("utf-16"), 1, 1, 'encoding = "utf-16"'),
    ],
)
def test_wrong_encoding(tmp_path: Path, data: bytes, line: int, byte: int, hint: str) -> None:
    (tmp_path / "source.toml").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "cities.csv").write_bytes(data)
    with pytest.raises(InputError, match=f"not UTF-8: byte {byte} ") as caught:
        load_tables(tmp_path)
    assert (caught.value.file, caught.value.line) == (tmp_path / "cities.csv", line)
    assert hint in caught.value.hint


def test_hints_name_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "source.toml").write_text(SOURCE, encoding="utf-8")
    for text, hint in [
        ("id,lattitude\n", "latitude"),
        ("id,label_english\n", "label_en"),
        ("id,contry\na,ir\n", "country"),
    ]:
        (tmp_path / "cities.csv").write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            load_tables(tmp_path)
        assert caught.value.hint == f"Did you mean {hint}?"
        assert "latitude" in caught.value.expected


@pytest.mark.parametrize("name", ["citys.csv", "cities.xls", "Cities.csv", "data.txt"])
def test_unknown_files(tmp_path: Path, name: str) -> None:
    (tmp_path / "source.toml").write_text(SOURCE, encoding="utf-8")
    (tmp_path / name).write_text("id\na\n", encoding="utf-8")
    with pytest.raises(InputError, match="unknown file") as caught:
        load_tables(tmp_path)
    assert caught.value.file == tmp_path / name
    assert "cities.csv" in caught.value.expected


def test_a_table_twice(tmp_path: Path) -> None:
    (tmp_path / "source.toml").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "cities.csv").write_text("id\na\n", encoding="utf-8")
    (tmp_path / "cities.tsv").write_text("id\na\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"cities\.csv is the same table"):
        load_tables(tmp_path)


def test_paths_that_are_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no source\.toml"):
        load_tables(tmp_path)
    with pytest.raises(InputError, match="does not exist"):
        load_tables(tmp_path / "nowhere")
    with pytest.raises(InputError, match="cannot be read"):
        load_tables(tmp_path / "nowhere.xlsx")
    (tmp_path / "cities.csv").write_text("id\n", encoding="utf-8")
    with pytest.raises(InputError, match="not a folder of tables"):
        load_tables(tmp_path / "cities.csv")
