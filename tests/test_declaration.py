"""The declaration says all of it: a new record class, and a new tie with a life, need no other line of code.

A copy of the package gets two classes more in graph/model/records.py, and their terms in the ontology. All else must
follow: tables, checks, answers, pictures, Cypher and exports, in both languages. So the commands of the copy are run.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from .conftest import ROOT

RECORDS = '''

@record_class("festival", "festivals", CD.Festival)
@fields
class Festival(Record):
    """A festival that a city holds."""

    holder: str = reference(CD.heldBy, "City that holds it.", "City", required=True, edge="HELD_BY")
    visitors: int | None = integer(CD.visitors, "Visitors a year.")


@record_class("patronage", "patronages", CD.Patronage, ends=("patron", "protected"), edge="PATRON_OF")
@fields
class Patronage(Tie):
    """A body watches over a city's heritage."""

    patron: str = reference(CD.patron, "Who watches.", "Organization", required=True)
    protected: str = reference(CD.protected, "Over whom.", "City", required=True)
'''
CLASSES = {"Festival": ("festival", "جشنواره"), "Patronage": ("patronage", "سرپرستی")}
PROPERTIES = {
    "heldBy": ("held by", "برگزارکننده", "ObjectProperty", "Festival", "schema:City"),
    "visitors": ("visitors", "بازدیدکنندگان", "DatatypeProperty", "Festival", "xsd:integer"),
    "patron": ("patron", "سرپرست", "ObjectProperty", "Patronage", "org:Organization"),
    "protected": ("protected", "زیر سرپرستی", "ObjectProperty", "Patronage", "schema:City"),
}
TABLES = {
    "source.toml": '[source]\nid = "news"\nkind = "press"\ntitle_en = "News"\ntitle_fa = "خبر"\n',
    "cities.csv": "id,label_en,label_fa\nshiraz,Shiraz,شیراز\nyazd,Yazd,یزد\n",
    "organizations.csv": "id,label_en,label_fa\nkeepers,Keepers,نگهبانان\n",
    "festivals.csv": "id,label_en,label_fa,holder,visitors\npoetry,Poetry Days,روزهای شعر,shiraz,9000\n",
    "patronages.csv": (
        "patron,protected,start,end,attested,status\n"
        "keepers,shiraz,2010,,2020,active\n"  # no ids: they follow from the ends
        "keepers,yazd,1990,1999,,ended\n"
    ),
}


def terms() -> str:
    """The terms of the two classes in Turtle, named and defined in both languages."""
    named = '    rdfs:label "{0}"@en , "{1}"@fa ; skos:definition "A {0}."@en , "{1}."@fa'
    lines = [f"\ncd:{name} a owl:Class ;\n{named.format(*words)} ." for name, words in CLASSES.items()]
    for name, (en, fa, kind, domain, range_) in PROPERTIES.items():
        place = f"rdfs:domain cd:{domain} ; rdfs:range {range_} ."
        lines.append(f"cd:{name} a owl:{kind} ;\n{named.format(en, fa)} ;\n    {place}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy: nothing but the declaration and the ontology differs."""
    folder = tmp_path_factory.mktemp("copy")
    layout = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-dir"]
    for name, source in sorted(layout.items()):
        ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
        if name.count(".") < 2:
            shutil.copytree(ROOT / source, folder.joinpath(*name.split(".")), ignore=ignore, dirs_exist_ok=True)
    for path, more in (("graph/model/records.py", RECORDS), ("ontology/citydiplomacy.ttl", terms())):
        with (folder / "citydiplomacy" / path).open("a", encoding="utf-8") as file:
            file.write(more)
    (folder / "news").mkdir()
    for name, text in TABLES.items():
        (folder / "news" / name).write_text(text, encoding="utf-8")
    citydip(folder, "build", "--no-shipped", "news")
    return folder


def citydip(package: Path, *arguments: str, code: int = 0) -> str:
    """Run a command of the copy. Returns its data, or what it says if it is to fail."""
    main = (
        "import citydiplomacy, sys; from pathlib import Path; from citydiplomacy.cli import main; "
        "assert Path(citydiplomacy.__file__).is_relative_to(Path.cwd()); main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", main, *arguments],
        cwd=package,
        env={**os.environ, "PYTHONPATH": str(package), "CITYDIPLOMACY_STORE": str(package / "store")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code, ran.stderr
    return ran.stderr if code else ran.stdout


def test_it_is_sound_and_its_rules_are_kept(package: Path) -> None:
    citydip(package, "validate", "--shacl")
    bad = shutil.copytree(package / "news", package / "bad")
    for table, row, words in (
        ("festivals.csv", "id,holder,visitors\npoetry,shiraz,-1\n", ("line 2", "visitors", "'-1'", "0 or more")),
        ("festivals.csv", "id,visitors\npoetry,1\n", ("line 2", "holder", "missing")),
        ("patronages.csv", "patron,protected,start,end\nkeepers,yazd,2000,1999\n", ("line 2", "end", "'1999'", "2000")),
    ):
        (bad / table).write_text(row, encoding="utf-8")
        told = citydip(package, "load", "bad", code=2)
        assert all(word in told for word in words), told
        (bad / table).write_text(TABLES[table], encoding="utf-8")


def test_it_is_shown_in_both_languages(package: Path) -> None:
    for lang, place in (("en", 0), ("fa", 1)):
        counted = citydip(package, "info", "--lang", lang).casefold()
        assert all(words[place] in counted for words in CLASSES.values())
    assert "visitors" in citydip(package, "show", "Poetry Days")
    shown = citydip(package, "show", "روزهای شعر", "--lang", "fa")
    assert "بازدیدکنندگان" in shown
    assert "۹٬۰۰۰" in shown
    tie = citydip(package, "show", "patronage/organization-keepers--shiraz", "--lang", "fa")
    assert all(word in tie for word in ("سرپرست", "نگهبانان", "زیر سرپرستی", "شیراز", "آغاز"))


def test_the_tie_has_a_life(package: Path) -> None:
    told = citydip(package, "diff", "1995", "2015", "--format", "csv")
    changes = {(row["change"], row["record"]) for row in csv.DictReader(told.splitlines())}
    assert ("gone", "patronage/organization-keepers--yazd") in changes
    assert ("appeared", "patronage/organization-keepers--shiraz") in changes
    asked = "MATCH (:Organization)-[t:PATRON_OF]->(c:City) RETURN c.label AS city, t.stands AS stands ORDER BY city"
    assert citydip(package, "query", "--cypher", asked, "--at", "1995", "--format", "csv") == "city,stands\nYazd,true\n"


def test_it_is_drawn(package: Path) -> None:
    for lang, word in (("en", "Patronage"), ("fa", "سرپرستی")):
        for form in ("svg", "html"):
            citydip(package, "draw", "network", f"{lang}.{form}", "Shiraz", "--lang", lang)
            assert word in (package / f"{lang}.{form}").read_text(encoding="utf-8")


def test_it_is_asked_in_cypher(package: Path) -> None:
    asked = "MATCH (f:Festival)-[:HELD_BY]->(c:City) RETURN f.label_fa AS name, f.visitors AS visitors, c.id AS city"
    told = citydip(package, "query", "--cypher", asked, "--format", "csv")
    assert told.splitlines() == ["name,visitors,city", "روزهای شعر,9000,city/shiraz"]
    asked = (
        "MATCH (o:Organization)-[t:PATRON_OF]->(c:City) RETURN c.label AS city, t.since AS since, t.stands AS stands"
    )
    told = citydip(package, "query", "--cypher", f"{asked} ORDER BY since", "--format", "csv")
    assert told.splitlines() == ["city,since,stands", "Yazd,1990,false", "Shiraz,2010,true"]


@pytest.mark.parametrize("form", ["turtle", "nquads", "graphml", "csv", "parquet", "neo4j"])
def test_it_is_exported(package: Path, form: str) -> None:
    out = package / f"export-{form}"
    citydip(package, "export", form, str(out), *(["--every"] if form == "graphml" else []))
    files = (
        [out]
        if out.is_file()
        else [path for path in out.rglob("*") if path.is_file() and not path.name.startswith(".")]
    )
    if form == "parquet":
        whole = " ".join(str(pq.read_table(path).to_pylist()) for path in files)
    else:
        whole = " ".join(path.read_text(encoding="utf-8") for path in files)
    # A network has ties alone; the tables of Parquet and Neo4j name relationships by their type.
    wanted = ["patronage/organization-keepers--shiraz", *([] if form == "graphml" else ["روزهای شعر"])]
    wanted += ["PATRON_OF"] if form in ("parquet", "neo4j") else []
    assert [word for word in wanted if word not in whole] == []


def test_exported_tables_are_read_again(package: Path) -> None:
    citydip(package, "export", "csv", str(package / "tables"))
    citydip(package, "build", "--no-shipped", str(package / "tables" / "news"), "--store", "again")
    for store in ("store", "again"):
        citydip(package, "export", "nquads", f"{store}.nq", "--store", store)
    assert (package / "again.nq").read_bytes() == (package / "store.nq").read_bytes()
