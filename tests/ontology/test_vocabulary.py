"""The Turtle declares what the records are made of, no less and no more, and says the same of it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from citydiplomacy.graph.model.records import LINK_TERMS
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Property, RecordClass
from citydiplomacy.graph.rdf.context import DATATYPES, used_terms
from citydiplomacy.ontology.schemes import turtle_files
from citydiplomacy.ontology.terms import CD, OWL, RDF, RDFS, SKOS

QUADS = {file.name: list(ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE)) for file in turtle_files()}
OURS = {iri for iri in used_terms() if iri.startswith(str(CD))}
IN_SCHEMES = {
    quad.predicate.value for quad in QUADS["schemes.ttl"] if quad.predicate.value.startswith(str(CD))
}  # grade, bonus, stands, reliability
USES: dict[str, list[tuple[RecordClass, Property]]] = {}
for entry in REGISTRY.values():
    for prop in entry.properties:
        USES.setdefault(prop.predicate, []).append((entry, prop))


def declared(predicate: str, subject: str) -> set[str]:
    return {
        quad.object.value
        for quad in QUADS["citydiplomacy.ttl"]
        if quad.predicate.value == predicate and quad.subject.value == subject
    }


def test_declared_and_used_terms_are_the_same() -> None:
    types = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
    in_turtle = {quad.subject.value for quad in QUADS["citydiplomacy.ttl"] if quad.object.value in types}
    assert in_turtle == OURS | IN_SCHEMES


@pytest.mark.parametrize("iri", sorted(OURS & {iri for entry in REGISTRY.values() for iri in entry.types}))
def test_classes_are_classes(iri: str) -> None:
    assert declared(RDF.type, iri) == {OWL.Class}


def test_a_second_type_is_the_class_above() -> None:
    for entry in REGISTRY.values():
        if entry.types[0].startswith(str(CD)):
            assert set(entry.types[1:]) <= declared(RDFS.subClassOf, entry.types[0])


@pytest.mark.parametrize("iri", sorted(OURS & set(USES)))
def test_properties_say_what_the_declaration_says(iri: str) -> None:
    uses = USES[iri]
    kinds = {prop.kind for _, prop in uses}
    assert len(kinds) == 1
    kind = kinds.pop()
    refers = kind in (Kind.REFERENCE, Kind.CONCEPT)
    assert declared(RDF.type, iri) == {OWL.ObjectProperty if refers else OWL.DatatypeProperty}
    if iri in {f"{CD}{name}" for name in LINK_TERMS}:
        return  # a link may tie other things with it
    classes = {entry.types[0] for entry, _ in uses}
    several = len(classes) > 1 or iri in IN_SCHEMES
    assert declared(RDFS.domain, iri) == (set() if several else classes)
    ranges = {name for _, prop in uses for name in prop.range}
    match kind:
        case Kind.REFERENCE:
            expected = {REGISTRY[name].types[0] for name in ranges} if len(ranges) == 1 and "*" not in ranges else set()
        case Kind.CONCEPT:
            expected = {SKOS.Concept}
        case Kind.TEXT:
            expected = {RDF.langString}
        case _:
            expected = {DATATYPES[kind]}
    assert declared(RDFS.range, iri) == expected


def test_no_two_properties_of_a_class_share_a_term_and_no_two_classes_a_first_type() -> None:
    for entry in REGISTRY.values():
        predicates = [prop.predicate for prop in entry.properties]
        assert len(predicates) == len(set(predicates)), entry.name
    firsts = [entry.types[0] for entry in REGISTRY.values()]
    assert len(firsts) == len(set(firsts))
