"""RDF files as sources: what conforms to the ontology is read, and what does not is one clear error."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model.records import Agreement, City
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
    "two values of one property": (CITY + "wgs84:lat 36.3, 36.4 .", "two values of latitude"),
    "two labels in one language": (CITY + 'skos:prefLabel "A"@en, "B"@en .', "two values in one language"),
    "a label without a language": (CITY + 'skos:prefLabel "Mashhad" .', "a text with its language"),
    "a number that is text": (CITY + 'wgs84:lat "36.3" .', "a literal of type"),
    "a text for a thing": (CITY + 'schema:containedInPlace "Iran" .', "an IRI"),
    "a thing of the wrong kind": (CITY + "schema:containedInPlace <city/tehran> .", "not what can stand here"),
    "a reliability beyond five": ("<source/page> cd:reliability 9 .", "from 1 to 5"),
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


def test_a_graph_that_does_not_describe_its_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not describe itself"):
        load_rdf(write(tmp_path, "x.trig", PREFIXES + "GRAPH <source/x> { <city/a> a schema:City }"))
    with pytest.raises(InputError, match="no source"):
        load_rdf(write(tmp_path, "x.trig", PREFIXES + "GRAPH <https://example.org/g> { <city/a> a schema:City }"))
