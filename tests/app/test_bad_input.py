"""Bad input, end to end: one clear error on stderr, the documented exit code, and a store that is as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from citydiplomacy.graph.store import manifest

from ..conftest import copied
from .conftest import Ran, Run

SOURCE = '[source]\nid = "bad"\nkind = "blog"\ntitle_en = "Bad"\n'
BASE = "https://w3id.org/citydiplomacy/"
TURTLE = f"""@prefix cd: <{BASE}ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@base <{BASE}> .
<source/bad> a cd:Source ; skos:prefLabel "Bad"@en ; dcterms:type <evidence-kind/blog> .
"""

TABLES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "missing header": ("cities.csv", "mashhad,Mashhad\ntehran,Tehran\n", ("line 1", "no header")),
    "doubled header": ("cities.csv", "id,label_en,id\nx,X,x\n", ("line 1", "column id", "twice")),
    "ragged row": ("cities.csv", "id,label_en\nx,X\ny,Y,Z\n", ("line 3", "as many cells")),
    "unknown status": (
        "agreements.csv",
        "kind,parties,status\nsister-city,mashhad|paris,maybe\n",
        ("line 2", "column status", "'maybe'", "planned"),
    ),
    "unknown kind": (
        "agreements.csv",
        "kind,parties\nsister-village,mashhad|paris\n",
        ("line 2", "column kind", "'sister-village'", "sister-city"),
    ),
    "unknown role": (
        "memberships.csv",
        "member,organization,role\nmashhad,c40,boss\n",
        ("line 2", "column role", "'boss'", "board-member"),
    ),
    "a date that cannot be": (
        "agreements.csv",
        "kind,parties,start\nsister-city,mashhad|paris,1392/13/40\n",
        ("line 2", "column start", "'1392/13/40'", "date"),
    ),
    "a score above the panel's size": (
        "assessments.csv",
        "need,study,score,panel_size\necon-01,mashhad-panel,31,30\n",
        ("line 2", "column score", "'31'", "at most 30, which is its panel size"),
    ),
    "a tie with one party": (
        "agreements.csv",
        "kind,parties\nsister-city,mashhad\n",
        ("line 2", "column parties", "2 or more"),
    ),
    "a tie of a city with itself": (
        "agreements.csv",
        "kind,parties\nsister-city,mashhad|mashhad\n",
        ("line 2", "column parties", "twice"),
    ),
    "an id that nothing defines": (
        "agreements.csv",
        "kind,parties\nsister-city,mashhad|atlantis\n",
        ("agreements.csv, line 2, column parties", "city/atlantis", "nothing defines"),
    ),
    "two labels in one language": (
        "cities.csv",
        "id,label_en\nx,X\nx,Y\n",
        ("line 3", "column label_en", "'Y'", "line 2"),
    ),
    "a source that leads out": (
        "sources.csv",
        "id,kind\n../other,blog\n",
        ("line 2", "column id", "a part of it is .."),
    ),
    "a source that is the file of another": (
        "sources.csv",
        "id,kind\nbad/cities.csv,blog\n",
        ("line 2", "column id", "source/bad"),
    ),
    "letters that steer a terminal": ("cities.csv", "id,\x1b[2Jlabel\nx,X\n", ("line 1", "unknown column", r"\x1b[2J")),
    "a cell that steers a terminal": (
        "cities.csv",
        "id,label_en\n\x9b31mx,X\n",
        ("line 2", "U+009B", r"\x9b31m"),
    ),
    "a title of 3,058 letters": ("cities.csv", f"id,{'long ' * 611}end\nx,X\n", ("line 1", "unknown column", "…")),
    "a cyclic parent": (
        "organizations.csv",
        "id,label_en,parents\na,A,b\nb,B,a\n",
        ("column parents", "organization/a", "organization/b"),
    ),
}
RDF: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "a Turtle syntax error": ("bad.ttl", TURTLE + "<city/x> a schema:City ;;; .. \n", ("line 7",)),
    "N-Quads that are not": ("bad.nq", "<a> <b>\n", ("line 1",)),
    "a context from elsewhere": (
        "bad.jsonld",
        json.dumps({"@context": "https://127.0.0.1/context.jsonld", "@id": "x"}),
        ("context", "not fetched"),
    ),
    "an unknown property in RDF": (
        "bad.ttl",
        TURTLE + "<city/x> a schema:City ; cd:mayor <city/y> .\n",
        ("city/x", "no such property", "mayor"),
    ),
    "a tie with one party in RDF": (
        "bad.ttl",
        TURTLE + "<agreement/x> a cd:Agreement ; cd:kind <agreement-kind/sister-city> ; cd:party <city/mashhad> .\n",
        ("agreement/x", "2 or more"),
    ),
    "a score above the panel in RDF": (
        "bad.ttl",
        TURTLE
        + "@prefix qb: <http://purl.org/linked-data/cube#> . <assessment/x> a cd:Assessment ; cd:need <need/econ-01> ; "
        "qb:dataSet <study/mashhad-panel> ; cd:score 31 ; cd:panelSize 30 .\n",
        ("assessment/x", "at most 30", "'31'"),
    ),
    "a date in RDF that cannot be": (
        "bad.ttl",
        TURTLE + "@prefix edtf: <http://id.loc.gov/datatypes/edtf/> . <agreement/x> a cd:Agreement ; "
        "cd:kind <agreement-kind/sister-city> ; cd:party <city/mashhad>, <city/paris> ; "
        'schema:startDate "1392/13/40"^^edtf:EDTF .\n',
        ("agreement/x", "1392/13/40"),
    ),
    "an id in RDF that nothing defines": (
        "bad.ttl",
        TURTLE + "<agreement/x> a cd:Agreement ; cd:kind <agreement-kind/sister-city> ; "
        "cd:party <city/mashhad>,\n <city/atlantis> .\n",
        ("bad.ttl, line 8", "city/atlantis", "nothing defines"),
    ),
    "a cyclic parent in RDF": (
        "bad.ttl",
        TURTLE + "@prefix org: <http://www.w3.org/ns/org#> . <organization/a> a org:Organization ; "
        "org:subOrganizationOf <organization/b> . <organization/b> a org:Organization ; "
        "org:subOrganizationOf <organization/a> .\n",
        ("organization/a", "organization/b"),
    ),
    "no source in RDF": (
        "bad.ttl",
        "<https://example.org/a> <https://example.org/b> <https://example.org/c> .",
        ("0 sources",),
    ),
    "a broken workbook": ("bad.xlsx", "PK\x03\x04 this is no workbook", ("bad.xlsx", "workbook")),
    "an unknown kind of file": ("bad.pdf", "%PDF-1.7", ("bad.pdf", "not a kind of source")),
    "a text that is no study": ("bad.txt", "Nothing here.", ("bad.txt",)),
}


@pytest.fixture
def store(tmp_path: Path, shipped: Path) -> Path:
    """A copy of the shipped store, which the bad input shall not change."""
    return copied(shipped, tmp_path / "store")


def state(folder: Path) -> dict[str, bytes]:
    """The bytes of everything that a store consists of."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "writer.lock"}


@pytest.fixture
def refused(citydip: Run, store: Path) -> Callable[..., None]:
    """Check that load and build refuse a path, with these words, and leave the store as it was."""
    before = state(store)

    def check(path: Path, *words: str) -> None:
        for write in (["load"], ["build", "--no-shipped"]):
            ran: Ran = citydip(*write, path, "--store", store)
            assert (ran.code, ran.out) == (2, ""), ran.err
            assert ran.err.startswith("citydip: ")
            assert "Traceback" not in ran.err
            assert ran.err.count("\n") <= 2, "one message, and one line with the way out"
            assert len(ran.err) < 2000
            assert ran.err.replace("\n", "").isprintable()
            for word in words:
                assert word in ran.err
            assert state(store) == before

    return check


@pytest.mark.parametrize("why", TABLES)
def test_tables_that_are_wrong(refused: Callable[..., None], tmp_path: Path, why: str) -> None:
    name, text, words = TABLES[why]
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "source.toml").write_text(SOURCE)
    (folder / name).write_text(text, encoding="utf-8")
    refused(folder, *words)


def test_a_table_in_another_encoding(refused: Callable[..., None], tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "source.toml").write_text(SOURCE)
    (folder / "cities.csv").write_bytes("id,label_fa\nmashhad,مشهد\n".encode("cp1256"))
    refused(folder, "cities.csv, line 2", "not UTF-8", "Save the file as UTF-8")


@pytest.mark.parametrize("why", RDF)
def test_files_that_are_wrong(refused: Callable[..., None], tmp_path: Path, why: str) -> None:
    name, text, words = RDF[why]
    (tmp_path / name).write_text(text, encoding="latin-1" if name.endswith("xlsx") else "utf-8")
    refused(tmp_path / name, *words)


def test_good_sources_before_the_bad_one_change_nothing_either(citydip: Run, store: Path, tmp_path: Path) -> None:
    before = state(store)
    for name, cities in (("good", "id,label_en\nx,X\n"), ("bad", "id,label_en\ny,Y,Z\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "source.toml").write_text(SOURCE.replace("bad", name))
        (tmp_path / name / "cities.csv").write_text(cities)
    assert citydip("load", tmp_path / "good", tmp_path / "bad", "--store", store).code == 2
    assert state(store) == before
    assert citydip("load", tmp_path / "good", "--store", store).code == 0
    assert state(store) != before, "without the bad one it is loaded"


def test_sources_of_two_loads_that_would_meet_as_paths(citydip: Run, store: Path, tmp_path: Path) -> None:
    for name, source in (("one", "good"), ("two", "Good")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "source.toml").write_text(SOURCE.replace("bad", source))
    assert citydip("load", tmp_path / "one", "--store", store).code == 0
    before = manifest.read(store)
    ran = citydip("load", tmp_path / "two", "--store", store)
    assert (ran.code, ran.out) == (2, "")
    assert "source/Good and source/good would be one path" in ran.err
    assert manifest.read(store) == before


def test_a_store_of_a_newer_format(citydip: Run, store: Path, tmp_path: Path) -> None:
    path = store / manifest.NAME
    data = json.loads(path.read_text())
    path.write_text(json.dumps({**data, "format": manifest.FORMAT + 1}))
    before = path.read_bytes()
    (tmp_path / "good.ttl").write_text(TURTLE)
    for command in (["info"], ["query", "needs", "city=Mashhad"], ["load", tmp_path / "good.ttl"], ["build"]):
        ran = citydip(*command, "--store", store)
        assert ran.code == 1
        assert f"format {manifest.FORMAT + 1}" in ran.err
        assert "Update citydiplomacy" in ran.err
        assert path.read_bytes() == before


QUERIES = {
    "an update": ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT writes"),
    "a deletion": ("DELETE WHERE { ?s ?p ?o }", "DELETE writes"),
    "everything dropped": ("DROP ALL", "DROP writes"),
    "SERVICE": ("SELECT * {\n SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }", "line 2: SERVICE"),
    "SERVICE by a variable": ("SELECT * { ?s a ?g SERVICE SILENT ?g { ?s ?p ?o } }", "SERVICE"),
    "LOAD": ("LOAD <http://127.0.0.1:9/x.ttl>", "LOAD writes"),
    "FROM": ("SELECT * FROM <http://127.0.0.1:9/x.ttl> { ?s ?p ?o }", "FROM <http://127.0.0.1:9/x.ttl>"),
    "FROM NAMED": ("SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }", "FROM <file:///etc/passwd>"),
    "no SPARQL": ("SELECT WHERE {", "not SPARQL"),
    "nothing": ("", "not SPARQL"),
}


@pytest.mark.parametrize("why", QUERIES)
def test_queries_that_write_or_reach_outside(citydip: Run, store: Path, why: str) -> None:
    text, words = QUERIES[why]
    before = state(store)
    ran = citydip("query", "-", "--store", store, stdin=text)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert state(store) == before


def test_a_store_of_a_newer_format_is_not_built_over_and_says_so_once(citydip: Run, store: Path) -> None:
    path = store / manifest.NAME
    before = path.read_text("utf-8").replace(f'"format": {manifest.FORMAT}', '"format": 99')
    path.write_text(before, "utf-8")
    ran = citydip("build", "--no-world", "--store", store)
    assert ran.code == 1
    assert ran.err.count("a store of format 99") == 1
    assert "not carried over" not in ran.err
    assert path.read_text("utf-8") == before
