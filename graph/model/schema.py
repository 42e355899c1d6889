"""How record classes say, once and beside their fields, how they stand in RDF and in the property graph.

A record class is a frozen dataclass decorated with `record_class`; its fields are made by the functions below. Every
writer, reader, check and reference page reads the resulting `RecordClass` and its `Property` list, nothing else.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from citydiplomacy.ontology.terms import CD, SKOS, XSD

from .values import Text


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


@dataclass(frozen=True)
class Property:
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


@dataclass(frozen=True, eq=False)
class RecordClass:
    """A record class: its name, where its ids live, its RDF types and its place in the property graph."""

    cls: type[Record]
    name: str
    """`City`"""
    folder: str
    """The first part of its ids: `city` in `city/mashhad`."""
    table: str
    """File or sheet name in a folder of tables: `cities`."""
    types: tuple[str, ...]
    """RDF classes, the most telling one first."""
    ends: tuple[str, str] | None
    """For a tie that becomes a relationship of the property graph: the properties that hold its two ends."""
    edge: str | None
    """For a tie: its relationship type; None if it is taken from a property (`edge_from`)."""
    edge_from: str | None
    description: str

    @cached_property
    def own(self) -> tuple[Property, ...]:
        """The properties of this class alone, in the order of declaration."""
        return self._declared(common=False)

    @cached_property
    def common(self) -> tuple[Property, ...]:
        """The properties that every record has."""
        return self._declared(common=True)

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """All properties: its own, then the common ones."""
        return self.own + self.common

    def _declared(self, *, common: bool) -> tuple[Property, ...]:
        return tuple(
            dataclasses.replace(field.metadata["property"], name=field.name)
            for field in dataclasses.fields(self.cls)
            if "property" in field.metadata and field.metadata["common"] is common
        )

    @cached_property
    def by_name(self) -> dict[str, Property]:
        """Properties by field name."""
        return {prop.name: prop for prop in self.properties}


REGISTRY: dict[str, RecordClass] = {}
"""All record classes by name, in the order of declaration."""

R = TypeVar("R", bound="type[Record]")


def record_class(
    folder: str,
    table: str,
    *types: str,
    ends: tuple[str, str] | None = None,
    edge: str | None = None,
    edge_from: str | None = None,
) -> Callable[[R], R]:
    """Declare a dataclass as a record class; its docstring's first paragraph is its description."""

    def register(cls: R) -> R:
        description = " ".join((cls.__doc__ or "").split("\n\n")[0].split())
        entry = RecordClass(cls, cls.__name__, folder, table, types, ends, edge, edge_from, description)
        cls.schema = entry
        REGISTRY[cls.__name__] = entry
        return cls

    return register


def by_folder(record_id: str) -> RecordClass | None:
    """The class of a record, told from the first part of its id."""
    return _folders().get(record_id.partition("/")[0])


def by_table(table: str) -> RecordClass | None:
    """The class whose file or sheet has this name."""
    return next((entry for entry in REGISTRY.values() if entry.table == table), None)


def _folders() -> dict[str, RecordClass]:
    if len(_FOLDERS) != len(REGISTRY):
        _FOLDERS.update({entry.folder: entry for entry in REGISTRY.values()})
    return _FOLDERS


_FOLDERS: dict[str, RecordClass] = {}


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
    common: bool = False,
) -> Any:
    several = many or kind is Kind.TEXT
    prop = Property(
        "", predicate, kind, many, required, range, merge or (Merge.UNION if many else Merge.BEST), edge, description
    )
    metadata = {"property": prop, "common": common}
    if several:
        return dataclasses.field(default=(), metadata=metadata)
    return dataclasses.field(default=None, metadata=metadata)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    schema: ClassVar[RecordClass]

    id: str
    labels: tuple[Text, ...] = text(SKOS.prefLabel, "Name, one a language.", common=True)
    aliases: tuple[Text, ...] = text(SKOS.altLabel, "Other names and spellings.", many=True, common=True)
    notes: tuple[Text, ...] = text(
        SKOS.note, "Remarks of the source or of who read it.", many=True, common=True, merge=Merge.SOURCE
    )
    locators: tuple[str, ...] = string(
        CD.locator, "Where in the source it stands: page, table, row, item.", many=True, common=True, merge=Merge.SOURCE
    )
    cited: tuple[str, ...] = string(
        CD.cites, "Whom the source itself names as its source.", many=True, common=True, merge=Merge.SOURCE
    )
    disagreements: tuple[str, ...] = reference(
        CD.inDisagreement, "Marked disagreements that this claim is part of.", "Disagreement", many=True, common=True
    )

    def label(self, lang: str) -> str:
        """The name in a language, else in English, else in any, else the id."""
        names = {name.lang: name.value for name in self.labels}
        return names.get(lang) or names.get("en") or next(iter(names.values()), self.id)
