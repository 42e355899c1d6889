"""The triples under check, looked up by predicate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from .terms import CD, OWL, RDF, RDFS, SKOS

_PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property}


class CheckedGraph:
    """The triples under check, looked up by predicate."""

    def __init__(self, quads: Iterable[Any], used: Iterable[str] = ()) -> None:
        self.used = frozenset(used)
        self.triples = {(quad.subject, quad.predicate.value, quad.object) for quad in quads}
        self._by_predicate: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in self.triples:
            if isinstance(subject, ox.NamedNode):
                self._by_predicate[predicate][subject.value].append(value)

    def pairs(self, predicate: str) -> Iterator[tuple[str, Any]]:
        """Subject and value of each triple of a predicate."""
        return ((subject, value) for subject, values in self._by_predicate[predicate].items() for value in values)

    def values(self, subject: str, predicate: str) -> list[str]:
        """The values of a predicate of a subject, as strings."""
        return [value.value for value in self._by_predicate[predicate].get(subject, ())]

    def texts(self, subject: str, predicate: str) -> list[tuple[str, str]]:
        """(language, text) of the literals of a predicate of a subject; the language may be empty."""
        found = self._by_predicate[predicate].get(subject, ())
        return [(value.language or "", value.value) for value in found if isinstance(value, ox.Literal)]

    def of_type(self, *types: str) -> set[str]:
        """The subjects that have one of these types."""
        return {subject for subject, value in self.pairs(RDF.type) if value.value in types}

    @cached_property
    def classes(self) -> set[str]:
        """Classes of ours."""
        return {iri for iri in self.of_type(OWL.Class) if iri.startswith(str(CD))}

    @cached_property
    def declared(self) -> set[str]:
        """Classes and properties of ours."""
        return self.classes | {iri for iri in self.of_type(*_PROPERTIES) if iri.startswith(str(CD))}

    @cached_property
    def concepts(self) -> set[str]:
        """Concepts of the schemes."""
        return self.of_type(SKOS.Concept)

    @cached_property
    def schemes(self) -> set[str]:
        """Concept schemes."""
        return self.of_type(SKOS.ConceptScheme)

    def mentioned(self) -> Iterator[str]:
        """Every IRI that is used as a predicate, a value or a datatype, other than as a domain or range."""
        for _, predicate, value in self.triples:
            yield predicate
            if isinstance(value, ox.NamedNode) and predicate not in (RDFS.domain, RDFS.range):
                yield value.value
            elif isinstance(value, ox.Literal):
                yield value.datatype.value
