"""How the fields of record classes are declared: what each holds, its name, and what its values must be."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from enum import Enum
from typing import Any

from citydiplomacy.graph.fields import Frozen, frozen
from citydiplomacy.ontology.labels import label
from citydiplomacy.ontology.terms import CD, XSD

from .values import Words


class Kind(Enum):
    """What a property holds, as its Python type and its RDF form."""

    TEXT = "text"  # tuple[Text, ...]   language-tagged literals, at most one a language unless `many`
    STRING = "string"  # str             xsd:string
    INTEGER = "integer"  # int           xsd:integer
    DECIMAL = "decimal"  # Decimal       xsd:decimal
    DATE = "date"  # Date                an EDTF literal, its first and last day, and the words of the source
    IRI = "iri"  # str                   an address or an identifier elsewhere
    REFERENCE = "reference"  # str       the id of another record
    CONCEPT = "concept"  # str           the id of a concept of one of the ontology's schemes
    TERM = "term"  # str                 the name of one of the ontology's properties


class Merge(Enum):
    """What stands in the merged view when several sources speak of one record (docs/model.md has the whole rule)."""

    BEST = "best"  # the best claim stands, and others that cannot be reconciled with it make the property disputed
    UNION = "union"  # all values
    LATEST = "latest"  # the last day of all claims
    SOURCE = "source"  # stays with its source: a page number means nothing without the book


@frozen
class Rule(Frozen):
    """What the values of a property must be, beyond their kind. Other properties are named as their fields."""

    least: int | None = None
    most: int | None = None
    """Of a number: its bounds, which it may reach."""
    pattern: str = ""
    """Of a string: the regular expression that the whole of it matches, and what that means."""
    form: Words = Words("", "")
    several: int = 1
    """How many different values there are at least, if there is any."""
    near: Decimal | None = None
    """Of a number that is measured: how far apart two claims may lie and be one."""
    at_most: str = ""
    """Another number that it does not exceed; of a date, another before the end of which it begins."""
    at_least: str = ""
    """The same from the other side. Where a rule is broken, the property that declares it is told as wrong."""
    other_than: str = ""
    """Another reference, which leads elsewhere."""
    whole_by: tuple[str, ...] = ()
    """Of a number: concepts that say what it counts. Where the first that is told counts one by one, it is whole."""
    along_with: str = ""
    """Another property, without which this one says nothing."""

    @property
    def words(self) -> Words:
        """The bounds or the form in words, digits in ASCII; empty if there are none."""
        if self.pattern:
            return self.form
        if self.least is None or self.most is None:
            return Words("", "") if self.least is None else Words(f"{self.least} or more", f"{self.least} یا بیشتر")
        fa = f"از {self.least} تا {self.most}".replace("-", "منفی ")
        return Words(f"from {self.least} to {self.most}", fa)


@frozen
class Property(Frozen):
    """One property of a record class."""

    name: str
    predicate: str
    kind: Kind
    many: bool
    required: bool
    range: tuple[str, ...]
    """REFERENCE: names of record classes. CONCEPT: the one scheme. TERM: the allowed names."""
    merge: Merge
    edge: str | None
    """Relationship type in the property graph, from this record's node to the one referred to."""
    description: str
    named: Words | None = None
    """Its name; None where that of its term in the ontology says it."""
    rule: Rule = Rule()
    hierarchy: str = ""
    """Of what leads upwards in a hierarchy, in which no record comes back to itself: the verb, for errors."""

    @property
    def takes_anything(self) -> bool:
        """Whether it refers to records and concepts of all kinds."""
        return "*" in self.range

    def label(self, lang: str) -> str:
        """Its name in a language."""
        return self.named.label(lang) if self.named else label(self.predicate, lang)


NOT_NEGATIVE = Rule(least=0)
"""What every whole number of ours is, unless its property says more."""


def _property(
    predicate: str,
    kind: Kind,
    description: str,
    *,
    many: bool = False,
    required: bool = False,
    range: tuple[str, ...] = (),
    merge: Merge | None = None,
    edge: str | None = None,
    named: Words | None = None,
    rule: Rule | None = None,
    hierarchy: str = "",
    common: bool = False,
) -> Any:
    if named is None and not predicate.startswith(str(CD)):
        raise TypeError(f"{predicate} is a term of a standard: say how the property is named")
    prop = Property(
        "",
        predicate,
        kind,
        many,
        required,
        range,
        merge or (Merge.UNION if many else Merge.BEST),
        edge,
        description,
        named,
        rule or (NOT_NEGATIVE if kind is Kind.INTEGER else Rule()),
        hierarchy,
    )
    metadata = {"property": prop, "common": common}
    if required:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=() if many or kind is Kind.TEXT else None, metadata=metadata)


def text(predicate: str, description: str, **options: Any) -> Any:
    """A text, one a language (or several with `many=True`)."""
    return _property(predicate, Kind.TEXT, description, **options)


def string(predicate: str, description: str, **options: Any) -> Any:
    """A string without a language: a code, a locator."""
    return _property(predicate, Kind.STRING, description, **options)


def integer(predicate: str, description: str, **options: Any) -> Any:
    """A whole number."""
    return _property(predicate, Kind.INTEGER, description, **options)


def decimal(predicate: str, description: str, **options: Any) -> Any:
    """An exact number."""
    return _property(predicate, Kind.DECIMAL, description, **options)


def when(predicate: str, description: str, **options: Any) -> Any:
    """A date of any precision."""
    return _property(predicate, Kind.DATE, description, **options)


def iri(predicate: str, description: str, **options: Any) -> Any:
    """An address or an identifier elsewhere."""
    return _property(predicate, Kind.IRI, description, **options)


def reference(predicate: str, description: str, *classes: str, **options: Any) -> Any:
    """Another record, of one of the named classes."""
    return _property(predicate, Kind.REFERENCE, description, range=classes, **options)


def concept(predicate: str, description: str, scheme: str, **options: Any) -> Any:
    """A concept of one of the ontology's schemes."""
    return _property(predicate, Kind.CONCEPT, description, range=(scheme,), **options)


def term(predicate: str, description: str, *names: str, **options: Any) -> Any:
    """The name of one of the ontology's properties."""
    return _property(predicate, Kind.TERM, description, range=names, **options)


DATATYPES: dict[Kind, str] = {Kind.STRING: XSD.string, Kind.INTEGER: XSD.integer, Kind.DECIMAL: XSD.decimal}
"""Datatypes of the plain literals."""
