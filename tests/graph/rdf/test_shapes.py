"""The files generated from the declaration: shapes that judge a graph, and a context that reads records from JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import SH, Graph

from citydiplomacy.graph.model.checks import problems
from citydiplomacy.graph.model.records import Agreement, Assessment, City, Membership, Observation, Route
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Property, Record, RecordClass
from citydiplomacy.graph.model.values import Date, Text
from citydiplomacy.graph.rdf import context, shapes
from citydiplomacy.graph.rdf.triples import predicate_objects, quads
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import BASE, CD, PREFIXES, RDF

WHEN = Date("2013-03-21/2014-03-20", dt.date(2013, 3, 21), dt.date(2014, 3, 20), "1392")
SPECIAL: dict[tuple[str, str], Any] = {
    # Values that the rules of shapes.py ask for.
    ("Country", "code"): "IR",
    ("Agreement", "parties"): ("city/lahore", "city/mashhad"),
    ("Assessment", "score"): 28,
    ("Assessment", "panel_size"): 30,
    ("Membership", "member"): "city/mashhad",
    ("Match", "other"): "city/other",
    ("Region", "comprises"): ("country/some", "world-region/africa"),
    ("Region", "may_comprise"): ("country/other",),
    ("Scope", "area"): "region/example",
    ("Observation", "value"): Decimal("20"),
    ("Observation", "upper"): Decimal("22"),
    ("Link", "subject"): "barrier/mind-01",
    ("Link", "object"): "need/econ-01",
    ("Route", "origin"): "city/mashhad",
    ("Route", "destination"): "city/najaf",
    ("Source", "reliability"): 5,
}


def value(entry: RecordClass, prop: Property) -> Any:
    """Some value that the property takes."""
    if (entry.name, prop.name) in SPECIAL:
        return SPECIAL[entry.name, prop.name]
    if prop.kind is Kind.TEXT:
        several = (Text("Mashad", "en"), Text("Mashhad", "en"), Text("مشهد", "fa"))
        return several if prop.many else several[1:]
    one: Any
    match prop.kind:
        case Kind.STRING:
            one = 'p. 7, "table 2"'
        case Kind.INTEGER:
            one = 3
        case Kind.DECIMAL:
            one = Decimal("36.297")
        case Kind.DATE:
            one = WHEN
        case Kind.IRI:
            one = "http://www.wikidata.org/entity/Q121157"
        case Kind.REFERENCE:
            one = f"{REGISTRY[prop.range[0]].folder if prop.range[0] != '*' else 'city'}/some"
        case Kind.CONCEPT:
            one = next(iter(schemes()[prop.range[0]]))
        case _:
            one = prop.range[0]
    return (one,) if prop.many else one


def full(entry: RecordClass) -> Record:
    """A record of a class with a value in every property."""
    return entry.cls(id=f"{entry.folder}/example", **{prop.name: value(entry, prop) for prop in entry.properties})


def nquads(*records: Record) -> str:
    return "".join(quads(record.id, fragment) for record in records for fragment in predicate_objects(record))


@cache
def shapes_graph() -> Graph:
    return Graph().parse(data=shapes.text(), format="turtle")


def violations(data: str) -> list[str]:
    """The messages that the shapes have for a graph, in both languages."""
    import pyshacl

    graph = Graph().parse(data=data, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes_graph(), inference="none", meta_shacl=False)
    assert isinstance(report, Graph)
    return sorted({str(message) for message in report.objects(None, SH.resultMessage)})


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [shapes, context])
def test_the_file_is_what_the_declaration_generates(module: Any) -> None:
    hint = f"run: python -m {module.__name__}"
    assert module.FILE.read_text(encoding="utf-8") == module.text(), hint


def test_each_class_has_a_shape_that_is_itself_well_formed() -> None:
    import pyshacl

    targets = {str(target) for target in shapes_graph().objects(None, SH.targetClass)}
    assert targets == {entry.types[0] for entry in REGISTRY.values()}
    conforms, _, report = pyshacl.validate(Graph(), shacl_graph=shapes_graph(), meta_shacl=True)
    assert conforms, report


# --- shapes -----------------------------------------------------------------------------------------------------------


def test_full_records_of_every_class_conform() -> None:
    assert violations(nquads(*(full(entry) for entry in REGISTRY.values()))) == []


def test_bare_records_of_every_class_conform() -> None:
    bare = [
        entry.cls(id=f"{entry.folder}/bare", **{p.name: value(entry, p) for p in entry.properties if p.required})
        for entry in REGISTRY.values()
    ]
    assert violations(nquads(*bare)) == []


CITY = City(id="city/mashhad", labels=(Text("Mashhad", "en"),))
TIE = Agreement(id="agreement/x", kind="agreement-kind/sister-city", parties=("city/lahore", "city/mashhad"))
SEAT = Membership(id="membership/x", member="city/mashhad", organization="organization/uclg", role="role/member")
SCORE = Assessment(id="assessment/x", need="need/econ-01", study="study/panel", score=28, panel_size=30)
FLIGHT = Route(id="route/x", origin="city/mashhad", destination="city/najaf")
LATE = Date("2015", dt.date(2015, 1, 1), dt.date(2015, 12, 31))


def change(record: Record, **values: Any) -> Record:
    kept = {prop.name: getattr(record, prop.name) for prop in record.schema.properties}
    return record.schema.cls(id=values.pop("id", record.id), **{**kept, **values})


BAD: dict[str, tuple[Record, str]] = {
    "two names in one language": (
        change(CITY, labels=(Text("Mashhad", "en"), Text("Meshed", "en"))),
        "Record.labels",
    ),
    "a latitude beyond the pole": (change(CITY, latitude=Decimal("91")), "City.latitude"),
    "a country in another folder": (change(CITY, country="city/tehran"), "City.country"),
    "an id in another folder": (change(CITY, id="town/mashhad"), "City: "),
    "an agreement with one party": (change(TIE, parties=("city/mashhad",)), "Agreement.parties"),
    "an agreement with nobody": (change(TIE, parties=()), "Agreement.parties"),
    "a party that cannot be one": (change(TIE, parties=("city/mashhad", "need/econ-01")), "Agreement.parties"),
    "an unknown status": (change(TIE, status="status/asleep"), "Agreement.status"),
    "a concept of another scheme": (change(TIE, kind="role/member"), "Agreement.kind"),
    "a start after the end": (change(TIE, start=LATE, end=WHEN), "Agreement: "),
    "a date whose last day comes first": (
        change(TIE, start=Date("2014", dt.date(2014, 12, 31), dt.date(2014, 1, 1))),
        "Agreement.start_earliest",
    ),
    "no role": (change(SEAT, role=None), "Membership.role"),
    "a member of itself": (
        change(SEAT, member="organization/uclg"),
        "Membership.member",
    ),
    "a score above the panel": (change(SCORE, score=31), "Assessment.score"),
    "a negative score": (change(SCORE, score=-1), "Assessment.score"),
    "no need": (change(SCORE, need=None), "Assessment.need"),
    "a flight to where it starts": (change(FLIGHT, destination="city/mashhad"), "Route.destination"),
    "an unknown relation": (
        change(full(REGISTRY["Link"]), relation="prevents"),
        "Link.relation",
    ),
    "a rank before the first": (change(SCORE, rank=0), "Assessment.rank"),
    "a list longer than what it lists": (change(full(REGISTRY["Roster"]), listed=4), "Roster.listed"),
    "a negative figure": (change(full(REGISTRY["Observation"]), value=Decimal("-5")), "Observation.value"),
    "a range turned round": (change(full(REGISTRY["Observation"]), upper=Decimal("19")), "Observation.value"),
    "a reliability of six": (change(full(REGISTRY["Source"]), reliability=6), "Source.reliability"),
    "a country code of three letters": (change(full(REGISTRY["Country"]), code="IRN"), "Country.code"),
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_record_is_rejected_in_both_languages(why: str) -> None:
    record, place = BAD[why]
    found = violations(nquads(record))
    assert len(found) == 2, found  # one complaint, in English and in Persian
    assert all(message.startswith(place) for message in found)


def test_the_records_that_are_broken_above_are_good_before() -> None:
    assert violations(nquads(CITY, TIE, SEAT, SCORE, FLIGHT)) == []


@pytest.mark.parametrize("unit", [None, *schemes()["unit"]])
@pytest.mark.parametrize("measure", schemes()["measure"])
def test_what_is_counted_is_whole_by_the_shapes_as_by_the_checks(measure: str, unit: str | None) -> None:
    for value, upper in (("5.5", None), ("5", "6.5"), ("1234.0", "1235")):
        figure = Observation(
            id="observation/x",
            area="city/mashhad",
            measure=measure,
            unit=unit,
            value=Decimal(value),
            upper=Decimal(upper) if upper else None,
        )
        told = {f"Observation.{found.property}" for found in problems(figure)}
        assert {message.partition(":")[0] for message in violations(nquads(figure))} == told
        counts = (schemes()["unit"][unit] if unit else schemes()["measure"][measure]).whole
        assert bool(told) == (bool(counts) and value != "1234.0")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (f'<{BASE}assessment/x> <{CD.score}> "29"^^<http://www.w3.org/2001/XMLSchema#integer> .', "Assessment.score"),
        (f'<{BASE}assessment/x> <{CD.rank}> "first" .', "Assessment.rank"),
        (f'<{BASE}assessment/x> <{CD.locator}> "table 1"@en .', "Record.locators"),
        (f'<{BASE}assessment/x> <{PREFIXES["skos"]}altLabel> "a name in no language" .', "Record.aliases"),
    ],
)
def test_what_no_record_can_say_is_rejected(line: str, place: str) -> None:
    found = violations(nquads(SCORE) + line)
    assert len(found) == 2, found
    assert all(message.startswith(place) for message in found)


# --- context ----------------------------------------------------------------------------------------------------------


def as_json(record: Record) -> dict[str, Any]:
    """A record as a JSON object of the context."""
    schema = record.schema
    node: dict[str, Any] = {"id": record.id, "type": [schema.name, *schema.types[1:]]}
    for prop in schema.properties:
        held = getattr(record, prop.name)
        match prop.kind:
            case Kind.TEXT:
                node[prop.name] = {lang: [t.value for t in held if t.lang == lang] for lang in {t.lang for t in held}}
            case Kind.DATE:
                node[prop.name] = held.edtf
                node[f"{prop.name}_earliest"], node[f"{prop.name}_latest"] = str(held.earliest), str(held.latest)
                node[f"{prop.name}_original"] = held.original
            case Kind.DECIMAL:
                node[prop.name] = str(held)
            case _:
                node[prop.name] = list(held) if prop.many else held
    return node


def triples(found: Iterable[Any]) -> list[str]:
    return sorted({f"{quad.subject} {quad.predicate} {quad.object}" for quad in found})


@pytest.mark.parametrize("name", REGISTRY)
@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
def test_a_record_in_json_is_the_record_in_rdf(name: str, engine: str) -> None:
    record = full(REGISTRY[name])
    document = json.dumps({**context.context(), "@graph": [as_json(record)]})
    if engine == "oxigraph":
        found = triples(ox.parse(document, ox.RdfFormat.JSON_LD))
    else:
        lines = Graph().parse(data=document, format="json-ld").serialize(format="nt")
        found = triples(ox.parse(lines, ox.RdfFormat.N_TRIPLES))
    assert found == triples(ox.parse(nquads(record), ox.RdfFormat.N_TRIPLES))


def test_the_context_names_what_the_merged_view_adds() -> None:
    node = {
        "id": "city/mashhad",
        "type": "City",
        "sources": ["source/mashhad-study"],
        "support": 2,
        "voice": "source/mashhad-study",
        "disputed": ["wgs84:lat"],
        "standing": True,
        "match_keys": ["mashhad"],
        "member_of": ["organization/uclg"],
        "twinned_with": ["city/lahore"],
        "faces": ["barrier/mind-01"],
    }
    document = json.dumps({**context.context(), "@graph": [node]})
    predicates = {quad.predicate.value for quad in ox.parse(document, ox.RdfFormat.JSON_LD)}
    derived = {predicate for predicate, _ in context.DERIVED.values()}
    assert predicates == {RDF.type, CD.faces, *derived}
