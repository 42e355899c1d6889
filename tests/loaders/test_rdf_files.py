"""RDF files as sources: what conforms to the ontology is read, and what does not is one clear error."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model.records import Agreement, City
from citydiplomacy.graph.model.sources import Place
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.rdf.context import context
from citydiplomacy.loaders.rdf_files import load_rdf

BASE = "https://w3id.org/citydiplomacy/"
PREFIXES = f"""@prefix cd: <{BASE}ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <{BASE}> .
"""
SOURCE = '<source/page> a cd:Source ; skos:prefLabel "Page"@en ; dcterms:type <evidence-kind/official> .\n'
GOOD = (
    PREFIXES
    + SOURCE
    + """<city/mashhad> a schema:City ; skos:prefLabel "Mashhad"@en, "مشهد"@fa ; wgs84:lat 36.3 .
<agreement/sister-city/lahore--mashhad> a cd:Agreement ; cd:kind <agreement-kind/sister-city> ;
    cd:party <city/lahore>, <city/mashhad> ; schema:startDate "2006"^^edtf:EDTF ; cd:locator "page 3" .
"""
)
MASHHAD = City(id="city/mashhad", labels=(Text("Mashhad", "en"), Text("مشهد", "fa")), latitude=Decimal("36.3"))
TIE = Agreement(
    id="agreement/sister-city/lahore--mashhad",
    kind="agreement-kind/sister-city",
    parties=("city/lahore", "city/mashhad"),
    start=parse_date("2006"),
    locators=("page 3",),
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_turtle_is_read_as_records(tmp_path: Path) -> None:
    (told,) = load_rdf(write(tmp_path, "page.ttl", GOOD))
    assert told.source.id == "source/page"
    assert list(told.records) == [TIE, MASHHAD]


def test_a_date_brings_its_first_and_last_day(tmp_path: Path) -> None:
    """A file needs to give no more than the EDTF; the days are worked out, and must be right if given."""
    (told,) = load_rdf(write(tmp_path, "page.ttl", GOOD))
    (tie,) = (record for record in told.records if isinstance(record, Agreement))
    assert tie.start
    assert (str(tie.start.earliest), str(tie.start.latest)) == ("2006-01-01", "2006-12-31")
    wrong = GOOD + '<agreement/sister-city/lahore--mashhad> cd:startDate_latest "2007-12-31"^^xsd:date .'
    with pytest.raises(InputError, match="reaches to another day"):
        load_rdf(write(tmp_path, "page.ttl", wrong))


def test_years_in_rdf_are_gregorian(tmp_path: Path) -> None:
    (told,) = load_rdf(write(tmp_path, "page.ttl", GOOD.replace('"2006"', '"1392"')))
    (tie,) = (record for record in told.records if isinstance(record, Agreement))
    assert tie.start
    assert (tie.start.edtf, str(tie.start.latest)) == ("1392", "1392-12-31")


def test_json_ld_with_its_context_in_it_is_read_as_the_same_records(tmp_path: Path) -> None:
    document = {
        **context(),
        "@graph": [
            {"id": "source/page", "type": "Source", "labels": {"en": "Page"}, "kind": "evidence-kind/official"},
            {"id": "city/mashhad", "type": "City", "labels": {"en": "Mashhad", "fa": "مشهد"}, "latitude": "36.3"},
            {
                "id": "agreement/sister-city/lahore--mashhad",
                "type": "Agreement",
                "kind": "agreement-kind/sister-city",
                "parties": ["city/lahore", "city/mashhad"],
                "start": "2006",
                "locators": ["page 3"],
            },
        ],
    }
    (told,) = load_rdf(write(tmp_path, "page.jsonld", json.dumps(document)))
    assert list(told.records) == [TIE, MASHHAD]


def test_a_context_is_never_fetched(tmp_path: Path) -> None:
    document = {"@context": "https://www.w3.org/ns/anything.jsonld", "@id": "source/page"}
    with pytest.raises(InputError, match="not fetched"):
        load_rdf(write(tmp_path, "page.jsonld", json.dumps(document)))


def test_persian_text_is_brought_into_good_form(tmp_path: Path) -> None:
    (told,) = load_rdf(write(tmp_path, "page.ttl", GOOD.replace('"مشهد"', '"مشـهدي‌ كهن"')))
    (city,) = (record for record in told.records if isinstance(record, City))
    assert Text("مشهدی کهن", "fa") in city.labels


def test_named_graphs_are_sources_and_the_default_graph_is_not_read(tmp_path: Path) -> None:
    graphs = "".join(
        f"GRAPH <source/{name}> {{ <source/{name}> a cd:Source ; dcterms:type <evidence-kind/blog> . "
        f'<city/{name}> a schema:City ; skos:prefLabel "{name}"@en . }}\n'
        for name in ("one", "two")
    )
    merged = '<city/merged> a schema:City ; skos:prefLabel "derived"@en .\n'
    one, two = load_rdf(write(tmp_path, "all.trig", PREFIXES + graphs + merged))
    assert (one.source.id, [record.id for record in one.records]) == ("source/one", ["city/one"])
    assert (two.source.id, [record.id for record in two.records]) == ("source/two", ["city/two"])


CITY = "<city/mashhad> a schema:City ; "
BAD = {
    "a syntax error": (CITY + "skos:prefLabel ;;; .", "line 11"),
    "no source": (None, "describes 0 sources"),
    "two sources": ("<source/other> a cd:Source ; dcterms:type <evidence-kind/blog> .", "describes 2 sources"),
    "a node without a name": ("[] a schema:City .", "a node without a name"),
    "not a record of ours": ('<https://example.org/x> a schema:City ; skos:prefLabel "X"@en .', "not a record of ours"),
    "an unknown folder": ("<town/x> a schema:City .", "not a record of ours"),
    "an unknown property": (CITY + "cd:mayor <city/x> .", "no such property"),
    "a property of another class": (CITY + "cd:score 3 .", "no such property"),
    "a class of other records": ("<city/mashhad> a org:Organization .", "of no such class"),
    "two values of one property": (CITY + "wgs84:lat 36.3, 36.4 .", "two values of latitude"),
    "two labels in one language": (CITY + 'skos:prefLabel "A"@en, "B"@en .', "two values in one language"),
    "a label without a language": (CITY + 'skos:prefLabel "Mashhad" .', "a text with its language"),
    "a number that is text": (CITY + 'wgs84:lat "36.3" .', "a literal of type"),
    "a text for a thing": (CITY + 'schema:containedInPlace "Iran" .', "an IRI"),
    "a thing of the wrong kind": (CITY + "schema:containedInPlace <city/tehran> .", "not what can stand here"),
    "a reliability beyond five": ("<source/page> cd:reliability 9 .", "from 1 to 5"),
    "half a person": (
        "<observation/x> a cd:Observation ; cd:area <city/a> ; cd:measure <measure/population> ; cd:value 5.5 .",
        "a whole number",
    ),
    "beyond the pole": (CITY + "wgs84:lat 97.0 .", "out of range"),
    "an unknown concept": (
        "<agreement/x> a cd:Agreement ; cd:kind <agreement-kind/brotherhood> ; cd:party <city/a>, <city/b> .",
        "unknown agreement kind",
    ),
    "a tie with one party": (
        "<agreement/x> a cd:Agreement ; cd:kind <agreement-kind/friendship> ; cd:party <city/a> .",
        "2 or more",
    ),
    "a kind that is missing": ("<agreement/x> a cd:Agreement ; cd:party <city/a>, <city/b> .", "is missing"),
    "no date": (
        "<agreement/x> a cd:Agreement ; cd:kind <agreement-kind/friendship> ; cd:party <city/a>, <city/b> ; "
        'schema:startDate "soon"^^edtf:EDTF .',
        "not a date",
    ),
    "a date in words": (
        "<agreement/x> a cd:Agreement ; cd:kind <agreement-kind/friendship> ; cd:party <city/a>, <city/b> ; "
        'schema:startDate "before 1979"^^edtf:EDTF .',
        "not EDTF",
    ),
    "a script for an address": (
        "<organization/x> a org:Organization ; schema:url <javascript:alert(1)> .",
        "not a full address",
    ),
    "a control character": (CITY + 'skos:prefLabel "Mash\\u0007had"@en .', "control character"),
    "an id that no table could hold": ('<city/%3Cb%3E> a schema:City ; skos:prefLabel "b"@en .', "not an id"),
    "a circle": (
        "<theme/a> a cd:Theme ; skos:broader <theme/b> . <theme/b> a cd:Theme ; skos:broader <theme/a> .",
        "part of itself",
    ),
}


@pytest.mark.parametrize("why", BAD)
def test_what_does_not_conform_is_refused(tmp_path: Path, why: str) -> None:
    text, words = BAD[why]
    path = write(tmp_path, "page.ttl", PREFIXES + (SOURCE + text if text else ""))
    with pytest.raises(InputError, match=words) as caught:
        load_rdf(path)
    assert str(path) in str(caught.value)


TIED = """<agreement/x> a cd:Agreement ; cd:kind <agreement-kind/friendship> ;
    cd:party <city/a>, <city/b> ;
    """
START = 'schema:startDate "2006"^^edtf:EDTF ;\n'
THEMES = """<theme/a> a cd:Theme ;
    skos:broader <theme/b> .
<theme/b> a cd:Theme ; skos:broader <theme/a> ."""
LINES = {
    "a number that is none": (CITY + '\n  wgs84:lat "abc"^^xsd:decimal .', 12, "a value of type"),
    "a number in digits of another script": (CITY + '\n  wgs84:lat "۳۶"^^xsd:decimal .', 12, "a value of type"),
    "a number of hundreds of digits": (CITY + f"\n  wgs84:lat {'9' * 300}.0 .", 12, "not too long"),
    "a whole number of hundreds of digits": (f"<source/page> cd:reliability {'9' * 300} .", 11, "not too long"),
    "two values": (CITY + "\n  wgs84:lat 3.5 .\n<city/mashhad> wgs84:lat 4.5 .", 12, "two values"),
    "a day that is none": (TIED + START + 'cd:startDate_earliest "2006-02-31"^^xsd:date .', 14, "a value of type"),
    "a day alone": (TIED + '\n cd:startDate_earliest "2006-01-01"^^xsd:date .', 14, "of start without it"),
    "a control letter": (TIED + START + 'cd:startDate_original "\\u0007" .', 13, r"U\+0007"),
    "a node without a name": (CITY + "wgs84:lat 3.5 .\n\n[] a schema:City .", 13, "without a name"),
    "an unknown property": (CITY + "wgs84:lat 3.5 ;\n cd:mayor <city/x> .", 12, "no such property"),
    "a class of other records": (
        CITY + "wgs84:lat 3.5 .\n<city/tus> a schema:City,\n org:Organization .",
        13,
        "of no such class",
    ),
    "not of ours": ("\n<https://example.org/x> a schema:City .", 12, "not a record of ours"),
    "an id that leads out": (f"\n<{BASE}city/../x> a schema:City .", 12, r"a part of it is \.\."),
    "an id with an empty part": (f"\n<{BASE}city//x> a schema:City .", 12, "a part of it is empty"),
    "an id that is not composed": ("\n<city/caf\u0065\u0301> a schema:City .", 12, "not an id"),
    "a second source": ("\n<source/b> a cd:Source .", 12, "describes 2 sources"),
    "a circle": (THEMES, 12, "part of itself"),
    "what no record may be": (CITY + "\n\n wgs84:lat 97.0 .", 13, "out of range"),
    "a concept that is none": (
        TIED.replace("cd:kind <agreement-kind/", "\ncd:kind <agreement-kind/x") + ".",
        12,
        "kind",
    ),
    "after more than is read at once": (CITY + f'skos:note "{"x" * 9000}"@en ;\n wgs84:lat "x" .', 12, "of type"),
}


@pytest.mark.parametrize("why", LINES)
def test_an_error_names_the_line(tmp_path: Path, why: str) -> None:
    text, line, words = LINES[why]
    with pytest.raises(InputError, match=words) as caught:
        load_rdf(write(tmp_path, "page.ttl", PREFIXES + SOURCE + text))
    assert caught.value.line == line


def test_an_error_names_the_line_in_other_formats(tmp_path: Path) -> None:
    city, lat = f"<{BASE}city/x>", "<http://www.w3.org/2003/01/geo/wgs84_pos#lat>"
    label = '<http://www.w3.org/2004/02/skos/core#prefLabel> "X"@en'
    source = f"<{BASE}source/s>"
    (tmp_path / "page.nq").write_text(f'{city} {label} {source} .\n{city} {lat} "x" {source} .\n')
    with pytest.raises(InputError) as caught:
        load_rdf(tmp_path / "page.nq")
    assert (caught.value.line, "describe itself" in caught.value.message) == (1, True)
    described = f"{source} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}ontology#Source>"
    (tmp_path / "page.nt").write_text(f'{described} .\n{city} {label} .\n{city} {lat} "x" .\n')
    with pytest.raises(InputError, match="a literal of type") as caught:
        load_rdf(tmp_path / "page.nt")
    assert caught.value.line == 3
    (tmp_path / "page.jsonld").write_text(
        f'{{"@graph": [\n{{"@id": "source/s", "@type": "{BASE}ontology#Source"}},\n'
        f'{{"@id": "city/x",\n"http://www.w3.org/2003/01/geo/wgs84_pos#lat": "x"}}]}}'
    )
    with pytest.raises(InputError, match="a literal of type") as caught:
        load_rdf(tmp_path / "page.jsonld")
    assert caught.value.line == 3


@pytest.mark.parametrize(("one", "other"), [("Foo", "foo"), ("foo", "foo/cities.csv")])
def test_named_graphs_that_would_meet_as_paths(tmp_path: Path, one: str, other: str) -> None:
    graphs = "".join(f"<source/{name}> {{ <source/{name}> a cd:Source . }}\n" for name in (one, other))
    with pytest.raises(InputError, match="as a path") as caught:
        load_rdf(write(tmp_path, "page.trig", PREFIXES + graphs))
    assert caught.value.line == 11


def test_where_a_reference_stands_can_be_told(tmp_path: Path) -> None:
    path = write(tmp_path, "page.ttl", PREFIXES + SOURCE + TIED + ".")
    (told,) = load_rdf(path)
    assert told.places("city/b") == Place(str(path), 12)


def test_a_graph_that_does_not_describe_its_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not describe itself"):
        load_rdf(write(tmp_path, "x.trig", PREFIXES + "GRAPH <source/x> { <city/a> a schema:City }"))
    with pytest.raises(InputError, match="no source"):
        load_rdf(write(tmp_path, "x.trig", PREFIXES + "GRAPH <https://example.org/g> { <city/a> a schema:City }"))
