"""The check list: silent on what is shipped, and each check fires on what it is for."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from citydiplomacy.graph.rdf.context import used_terms
from citydiplomacy.graph.rdf.shapes import FILE as SHAPES
from citydiplomacy.ontology.checks import CHECKS, Breach, Severity, check_ontology
from citydiplomacy.ontology.schemes import turtle_files
from citydiplomacy.ontology.terms import CD, PREFIXES

GOOD = """
<https://example.org/ontology> a owl:Ontology ;
    dcterms:title "T"@en , "ع"@fa ; dcterms:description "D"@en , "ش"@fa ;
    dcterms:license <https://example.org/licence> ; owl:versionInfo "1" .
cd:Thing a owl:Class ;
    rdfs:label "thing"@en , "چیز"@fa ; skos:definition "A thing."@en , "یک چیز."@fa .
cd:part a owl:ObjectProperty ;
    rdfs:label "part"@en , "بخش"@fa ; skos:definition "A part."@en , "یک بخش."@fa ;
    rdfs:domain cd:Thing ; rdfs:range schema:City .
<s> a skos:ConceptScheme ;
    skos:prefLabel "scheme"@en , "طرح"@fa ; skos:definition "A scheme."@en , "یک طرح."@fa .
<c> a skos:Concept ; skos:inScheme <s> ; skos:topConceptOf <s> ;
    skos:prefLabel "concept"@en , "مفهوم"@fa ; skos:definition "A concept."@en , "یک مفهوم."@fa .
"""
USED = {CD.Thing, CD.part}

BROKEN: dict[str, tuple[str, str]] = {
    # check: what to add to the good ontology, and the subject that it should name
    "missing-label": ('cd:Other a owl:Class ; rdfs:label "other"@en .', "Other"),
    "missing-definition": ('cd:Other a owl:Class ; skos:definition "Another."@en .', "Other"),
    "undefined-concept": ('<d> a skos:Concept ; skos:inScheme <s> ; skos:prefLabel "d"@en , "د"@fa .', "d"),
    "several-labels": ('<c> skos:prefLabel "a second name"@en .', "c"),
    "duplicate-label": ('<d> a skos:Concept ; skos:inScheme <s> ; skos:prefLabel "Concept"@en .', "d"),
    "untidy-text": ('<d> skos:prefLabel "كتاب"@fa .', "d"),
    "undeclared-term": ("<c> cd:weight 1 .", "weight"),
    "unused-term": ("cd:idle a owl:DatatypeProperty .", "idle"),
    "unknown-standard-term": ('<c> skos:preferredLabel "c" .', "preferredLabel"),
    "unknown-domain-or-range": ("cd:part rdfs:range cd:Nowhere .", "part"),
    "incomplete-header": ("<https://example.org/second> a owl:Ontology .", "second"),
    "no-scheme": ('<d> a skos:Concept ; skos:prefLabel "d"@en .', "d"),
    "broader-outside": ("<c> skos:broader <elsewhere> .", "c"),
    "broader-cycle": ("<c> skos:broader <d> . <d> a skos:Concept ; skos:inScheme <s> ; skos:broader <c> .", "c"),
    "unplaced-concept": ("<d> a skos:Concept ; skos:inScheme <s> .", "d"),
}


def findings(turtle: str, used: set[str] = USED) -> list[Breach]:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return check_ontology(ox.parse(prefixes + turtle, ox.RdfFormat.TURTLE, base_iri="https://example.org/"), used)


def test_what_is_shipped_has_no_error_and_no_warning() -> None:
    quads = [quad for file in turtle_files() for quad in ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE)]
    found = check_ontology(quads, used_terms())
    assert [str(finding) for finding in found if finding.severity < Severity.INFO] == []


def test_the_shapes_use_only_what_is_declared() -> None:
    files = [*turtle_files(), SHAPES]
    store = ox.Store()
    for file in files:
        store.bulk_load(file.read_bytes(), ox.RdfFormat.TURTLE)
    assert [finding for finding in check_ontology(store, used_terms()) if finding.severity is Severity.ERROR] == []


def test_a_good_ontology_passes() -> None:
    assert findings(GOOD) == []


def test_every_check_has_a_broken_example() -> None:
    assert set(BROKEN) == set(CHECKS)


@pytest.mark.parametrize("check", BROKEN)
def test_each_check_fires(check: str) -> None:
    addition, subject = BROKEN[check]
    fired = [finding for finding in findings(GOOD + addition) if finding.check == check]
    assert any(finding.subject.replace("#", "/").endswith(f"/{subject}") for finding in fired)
    assert {finding.severity for finding in fired} == {CHECKS[check][0]}


@pytest.mark.parametrize(
    ("good", "bad", "check"),
    [
        ('rdfs:label "thing"@en', 'rdfs:label "thing"', "missing-label"),
        ('skos:prefLabel "concept"@en', 'skos:prefLabel " "@en', "missing-label"),
        ('"A part."@en', '"A  part."@en', "untidy-text"),
        ("skos:inScheme <s>", "skos:inScheme <nowhere>", "no-scheme"),
        ("rdfs:range schema:City", "rdfs:range schema:Citty", "unknown-domain-or-range"),
        ("a owl:Ontology ;", "", "incomplete-header"),
        ("owl:versionInfo", "rdfs:comment", "incomplete-header"),
    ],
)
def test_other_ways_to_break_it(good: str, bad: str, check: str) -> None:
    assert good in GOOD
    assert check in {finding.check for finding in findings(GOOD.replace(good, bad))}


def test_a_term_that_records_use_wants_a_declaration() -> None:
    (found,) = findings(GOOD, USED | {CD.invented})
    assert (found.check, found.subject) == ("undeclared-term", CD.invented)
    assert str(found).startswith("ERROR")


def test_a_long_circle_of_wider_concepts_ends() -> None:
    ring = "".join(f"<r{i}> a skos:Concept ; skos:inScheme <s> ; skos:broader <r{(i + 1) % 9}> ." for i in range(9))
    inside = "<into> a skos:Concept ; skos:inScheme <s> ; skos:broader <r0> ."
    cyclic = {finding.subject for finding in findings(GOOD + ring + inside) if finding.check == "broader-cycle"}
    assert cyclic == {f"https://example.org/r{i}" for i in range(9)}


def test_findings_are_sorted_whatever_the_order_of_the_triples() -> None:
    broken = GOOD + " ".join(addition for addition, _ in BROKEN.values())
    found = findings(broken)
    assert found == sorted(found) == findings(broken)
    assert found[0].severity is Severity.ERROR
