"""The Python names of the terms are those of the standards, and of our Turtle."""

from __future__ import annotations

import pytest
from rdflib import namespace as rdflib_ns

from citydiplomacy.graph.rdf.context import used_terms
from citydiplomacy.ontology import terms

CLOSED = {
    "RDF": rdflib_ns.RDF,
    "RDFS": rdflib_ns.RDFS,
    "OWL": rdflib_ns.OWL,
    "XSD": rdflib_ns.XSD,
    "ORG": rdflib_ns.ORG,
    "SKOS": rdflib_ns.SKOS,
    "PROV": rdflib_ns.PROV,
    "QB": rdflib_ns.QB,
    "DCTERMS": rdflib_ns.DCTERMS,
    "SCHEMA": rdflib_ns.SDO,
}
OPEN = {
    # rdflib has no list of these two: the terms that their specifications have, of those that we use.
    terms.OA: {"Annotation", "hasBody"},
    terms.WGS84: {"lat", "long"},
}


@pytest.mark.parametrize("name", CLOSED)
def test_namespaces_are_those_of_rdflib(name: str) -> None:
    assert str(getattr(terms, name)) == str(CLOSED[name])


def test_every_standard_term_in_use_exists() -> None:
    for iri in used_terms():
        for namespace in CLOSED.values():
            if iri.startswith(str(namespace)):
                assert iri in namespace, iri
                break
        else:
            known = {f"{prefix}{name}" for prefix, names in OPEN.items() for name in names}
            assert iri.startswith(str(terms.CD)) or iri in known, iri


def test_a_namespace_makes_iris_and_hides_no_dunder() -> None:
    assert terms.CD.Agreement == "https://w3id.org/citydiplomacy/ontology#Agreement"
    assert terms.CD.title.endswith("#title")  # a method of str would hide it
    assert not hasattr(terms.CD, "__wrapped__")


def test_prefixes_are_the_namespaces() -> None:
    for name in CLOSED:
        assert terms.PREFIXES[name.lower()] == str(getattr(terms, name))
    assert terms.PREFIXES["id"] == terms.BASE
    assert str(terms.CD).startswith(terms.BASE)
