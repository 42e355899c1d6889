"""Checks of the ontology, after the report of ROBOT: each has a name and a severity, and lists what breaks it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import chain
from typing import Any

import pyoxigraph as ox

from .checked_graph import CheckedGraph
from .terms import CD, DCTERMS, EDTF, OWL, RDFS, SKOS

LANGUAGES = ("en", "fa")
"""Every name and definition is wanted in these."""
_ARABIC = {"ي": "yeh", "ك": "kaf", "ـ": "tatweel"}


class Severity(IntEnum):
    """How bad a finding is."""

    ERROR = 0
    WARN = 1
    INFO = 2


@dataclass(frozen=True, order=True)
class Breach:
    """One thing that a check found, ordered by severity, check and subject."""

    severity: Severity
    check: str
    subject: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity.name:5}  {self.check:22}  {self.subject}  {self.message}"


Check = Callable[[CheckedGraph], Iterator[tuple[str, str]]]
CHECKS: dict[str, tuple[Severity, Check]] = {}
"""All checks by name, with the first line of each one's docstring as its description."""


def check_ontology(quads: Iterable[Any], used: Iterable[str] = ()) -> list[Breach]:
    """What is wrong with an ontology, the worst first.

    `quads`: what holds it, a pyoxigraph store or anything that yields its quads. `used`: IRIs that are used elsewhere,
    in records for example, and so want a declaration.
    """
    graph = CheckedGraph(quads, used)
    return sorted(
        Breach(severity, name, subject, message)
        for name, (severity, check) in CHECKS.items()
        for subject, message in check(graph)
    )


def _check(severity: Severity) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        CHECKS[check.__name__.strip("_").replace("_", "-")] = (severity, check)
        return check

    return register


# --- names and definitions --------------------------------------------------------------------------------------------


@_check(Severity.ERROR)
def _missing_label(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A term without rdfs:label, a concept or scheme without skos:prefLabel, in one of the languages."""
    yield from _missing(graph, graph.declared, RDFS.label)
    yield from _missing(graph, graph.concepts | graph.schemes, SKOS.prefLabel)


@_check(Severity.ERROR)
def _missing_definition(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A term or scheme without a definition in one of the languages."""
    yield from _missing(graph, graph.declared | graph.schemes, SKOS.definition)


@_check(Severity.INFO)
def _undefined_concept(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A concept whose name has to say it all."""
    yield from _missing(graph, graph.concepts, SKOS.definition)


def _missing(graph: CheckedGraph, subjects: set[str], predicate: str) -> Iterator[tuple[str, str]]:
    for subject in subjects:
        there = {lang for lang, text in graph.texts(subject, predicate) if text.strip()}
        for lang in LANGUAGES:
            if lang not in there:
                yield subject, f"no {_local(predicate)} in {lang}"


@_check(Severity.ERROR)
def _several_labels(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """Two names in one language on one term, concept or scheme."""
    for subject in graph.declared | graph.concepts | graph.schemes:
        for predicate in (RDFS.label, SKOS.prefLabel):
            langs = [lang for lang, _ in graph.texts(subject, predicate)]
            for lang in {lang for lang in langs if langs.count(lang) > 1}:
                yield subject, f"{langs.count(lang)} of {_local(predicate)} in {lang or 'no language'}"


@_check(Severity.ERROR)
def _duplicate_label(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """Two classes, two properties or two concepts of a scheme with one name."""
    groups: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for subject in graph.declared:
        kind = "class" if subject in graph.classes else "property"
        for lang, text in graph.texts(subject, RDFS.label):
            groups[kind, lang, text.casefold()].add(subject)
    for subject in graph.concepts:
        for scheme in graph.values(subject, SKOS.inScheme):
            for lang, text in graph.texts(subject, SKOS.prefLabel):
                groups[scheme, lang, text.casefold()].add(subject)
    for (_, lang, text), subjects in groups.items():
        for subject in subjects if len(subjects) > 1 else ():
            others = ", ".join(sorted(subjects - {subject}))
            yield subject, f"{text!r}@{lang} is also the name of {others}"


@_check(Severity.WARN)
def _untidy_text(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A name or definition with stray spaces, or a Persian one with letters of Arabic."""
    for predicate in (RDFS.label, SKOS.prefLabel, SKOS.definition):
        for subject, value in graph.pairs(predicate):
            if value.value != " ".join(value.value.split()):
                yield subject, f"stray spaces in {value}"
            for letter, name in _ARABIC.items():
                if value.language == "fa" and letter in value.value:
                    yield subject, f"Arabic {name} in {value}"


# --- declarations -----------------------------------------------------------------------------------------------------


@_check(Severity.ERROR)
def _undeclared_term(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A term of ours that is used, described or named elsewhere, but not declared as class or property."""
    described = {subject.value for subject, _, _ in graph.triples if isinstance(subject, ox.NamedNode)}
    for iri in {*graph.mentioned(), *described, *graph.used} - graph.declared:
        if iri.startswith(str(CD)):
            yield iri, "is used but not declared"


@_check(Severity.WARN)
def _unused_term(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A term of ours that is declared, but neither used here nor named elsewhere."""
    for iri in graph.declared - set(graph.mentioned()) - graph.used:
        yield iri, "is declared but never used"


@_check(Severity.ERROR)
def _unknown_standard_term(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A term that its standard does not have: a misspelling, as a rule."""
    for iri in {*graph.mentioned(), *graph.used}:
        if _standard_has(iri) is False:
            yield iri, "is not a term of its vocabulary"


@_check(Severity.ERROR)
def _unknown_domain_or_range(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A domain or range that is no declared class of ours and no class or datatype of a known standard."""
    for predicate in (RDFS.domain, RDFS.range):
        for subject, value in graph.pairs(predicate):
            if not (value.value in graph.classes or value.value == EDTF or _standard_has(value.value)):
                yield subject, f"{_local(predicate)} {value.value} does not exist"


@_check(Severity.WARN)
def _incomplete_header(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """An ontology without title or description in one of the languages, licence or version, or no ontology at all."""
    headers = graph.of_type(OWL.Ontology)
    if not headers:
        yield str(CD), "no owl:Ontology"
    yield from chain(_missing(graph, headers, DCTERMS.title), _missing(graph, headers, DCTERMS.description))
    for header in headers:
        for predicate in (DCTERMS.license, OWL.versionInfo):
            if not graph.values(header, predicate):
                yield header, f"no {_local(predicate)}"


# --- schemes ----------------------------------------------------------------------------------------------------------


@_check(Severity.ERROR)
def _no_scheme(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A concept in no scheme, or in one that is not declared."""
    for concept in graph.concepts:
        schemes = graph.values(concept, SKOS.inScheme)
        if not schemes:
            yield concept, "is in no scheme"
        for scheme in set(schemes) - graph.schemes:
            yield concept, f"is in {scheme}, which is not declared"


@_check(Severity.ERROR)
def _broader_outside(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A concept whose wider concept is in another scheme or none."""
    for concept in graph.concepts:
        own = set(graph.values(concept, SKOS.inScheme))
        for broader in graph.values(concept, SKOS.broader):
            if not own & set(graph.values(broader, SKOS.inScheme)):
                yield concept, f"its wider concept {broader} is not in its scheme"


@_check(Severity.ERROR)
def _broader_cycle(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A concept that is wider than itself."""
    import networkx as nx

    wider: nx.DiGraph[str] = nx.DiGraph(
        (concept, above) for concept in graph.concepts for above in graph.values(concept, SKOS.broader)
    )
    for part in nx.strongly_connected_components(wider):
        yield from (
            (concept, "is wider than itself") for concept in part if len(part) > 1 or wider.has_edge(concept, concept)
        )


@_check(Severity.WARN)
def _unplaced_concept(graph: CheckedGraph) -> Iterator[tuple[str, str]]:
    """A concept that is neither at the top of its scheme nor under another."""
    for concept in graph.concepts:
        if not graph.values(concept, SKOS.topConceptOf) and not graph.values(concept, SKOS.broader):
            yield concept, "is neither a top concept nor under another"


def _local(iri: str) -> str:
    return iri.replace("/", "#").rpartition("#")[2]


def _standard_has(iri: str) -> bool | None:
    """Whether a standard vocabulary has a term; None if it is in none of those that rdflib lists in full."""
    for prefix, namespace in _standards():
        if iri.startswith(prefix):
            return iri == prefix or iri in namespace
    return None


@lru_cache(maxsize=1)
def _standards() -> tuple[tuple[str, Any], ...]:
    from rdflib import namespace as ns

    closed = (ns.RDF, ns.RDFS, ns.OWL, ns.XSD, ns.SKOS, ns.ORG, ns.PROV, ns.QB, ns.DCTERMS, ns.SDO, ns.SH, ns.VANN)
    return tuple((str(namespace), namespace) for namespace in closed)
