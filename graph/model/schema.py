"""How record classes say, once and beside their fields, how they stand in RDF and in the property graph.

A record class is a frozen dataclass decorated with `record_class`; its fields are made by the functions of
properties.py. Every writer, reader, check and reference page reads the resulting `RecordClass` and its `Property` list,
nothing else.

The name of a class or property is that of its term in the ontology, in both languages. One of a standard, or one that
is used in a narrower sense, is named in the declaration.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, TypeVar

from citydiplomacy.graph.fields import Frozen, fields
from citydiplomacy.ontology.labels import label
from citydiplomacy.ontology.terms import CD, SCHEMA, SKOS

from .properties import DATATYPES, Kind, Merge, Property, Rule, concept, reference, string, text, when
from .values import Date, Text, Words, in_language

__all__ = [
    "DATATYPES",
    "REGISTRY",
    "Kind",
    "Merge",
    "Property",
    "Record",
    "RecordClass",
    "Tie",
    "by_folder",
    "by_table",
    "fields",
    "record_class",
]


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
    ends: tuple[str, ...]
    """Of what becomes a relationship of the property graph: the two properties that hold its ends, or the one that
    holds them all; a record with more than two ends becomes a node."""
    edge: str | None
    """Of such a class: its relationship type; None if each record's kind tells it."""
    day: str | None
    """Of records that hold at some dates and not at others: the property that says since when, or of what day."""
    named: Words | None
    """Its name; None where that of its first type in the ontology says it."""
    description: str

    def label(self, lang: str) -> str:
        """Its name in a language, as within a sentence."""
        return self.named.label(lang) if self.named else label(self.types[0], lang)

    def title(self, lang: str) -> str:
        """Its name as it stands alone."""
        name = self.label(lang)
        return name[0].upper() + name[1:]

    @cached_property
    def is_tie(self) -> bool:
        """Whether its records are ties with a life: they begin, stand and end."""
        return issubclass(self.cls, Tie)

    @cached_property
    def hierarchies(self) -> tuple[Property, ...]:
        """The properties along which no record may come back to itself."""
        return tuple(prop for prop in self.properties if prop.hierarchy)

    @cached_property
    def kind(self) -> Property | None:
        """The property that tells of what kind each record is: the first concept or relation that it must have."""
        return next((p for p in self.own if p.required and p.kind in (Kind.CONCEPT, Kind.TERM)), None)

    def ends_of(self, record: Record) -> tuple[str, ...]:
        """The ids that a record ties."""
        found: list[str] = []
        for name in self.ends:
            value = getattr(record, name)
            found += (value,) if isinstance(value, str) else value
        return tuple(found)

    def tied(self, one: str, other: str) -> dict[str, Any]:
        """The values that tie two ids, the inverse of `ends_of`."""
        if len(self.ends) == 1:
            return {self.ends[0]: tuple(sorted((one, other)))}
        return dict(zip(self.ends, (one, other), strict=True))

    def record(self, record_id: str, values: Mapping[str, Any]) -> Record:
        """A record of values that nobody has checked: what it must have and has not is None, for `problems` to tell."""
        missing = {prop.name: () if prop.many else None for prop in self.properties if prop.required}
        return self.cls(id=record_id, **{**missing, **values})

    @cached_property
    def values(self) -> Callable[[Record], tuple[Any, ...]]:
        """All values of a record, in the order of its fields."""
        return attrgetter(*(field.name for field in dataclasses.fields(self.cls)))

    @cached_property
    def orders(self) -> tuple[tuple[Property, Property], ...]:
        """Pairs of properties of which the first may not exceed the second, by their rules."""
        return tuple(
            (p, self.by_name[p.rule.at_most]) if p.rule.at_most else (self.by_name[p.rule.at_least], p)
            for p in self.properties
            if p.rule.at_most or p.rule.at_least
        )

    @cached_property
    def own(self) -> tuple[Property, ...]:
        """The properties of this class alone in the order of declaration, then those of a tie's life."""
        here = inspect.get_annotations(self.cls)
        return tuple(sorted(self._declared(common=False), key=lambda prop: prop.name not in here))

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
    ends: tuple[str, ...] = (),
    edge: str | None = None,
    day: str | None = None,
    named: Words | None = None,
) -> Callable[[R], R]:
    """Declare a dataclass as a record class; its docstring's first paragraph is its description."""
    if named is None and not types[0].startswith(str(CD)):
        raise TypeError(f"{types[0]} is a term of a standard: say how the class is named")

    def register(cls: R) -> R:
        description = " ".join((cls.__doc__ or "").split("\n\n")[0].split())
        since = "start" if issubclass(cls, Tie) else day
        entry = RecordClass(cls, cls.__name__, folder, table, types, ends, edge, since, named, description)
        if ends and not edge and entry.kind is None:
            raise TypeError(f"{cls.__name__} becomes a relationship: its edge or its kind tells the type")
        cls.schema = entry
        REGISTRY[cls.__name__] = entry
        return cls

    return register


def by_folder(record_id: str) -> RecordClass | None:
    """The class of a record, told from the first part of its id."""
    return _folders().get(record_id.partition("/")[0])


def class_title(folder: str, lang: str) -> str:
    """What a class is called, by the folder of its ids; the folder itself if it is none."""
    entry = by_folder(folder)
    return entry.title(lang) if entry else folder


def by_table(table: str) -> RecordClass | None:
    """The class whose file or sheet has this name."""
    return next((entry for entry in REGISTRY.values() if entry.table == table), None)


def _folders() -> dict[str, RecordClass]:
    if len(_FOLDERS) != len(REGISTRY):
        _FOLDERS.update({entry.folder: entry for entry in REGISTRY.values()})
    return _FOLDERS


_FOLDERS: dict[str, RecordClass] = {}


@fields
class Record(Frozen):
    """What every record has."""

    schema: ClassVar[RecordClass]

    id: str
    labels: tuple[Text, ...] = text(SKOS.prefLabel, "Name, one a language.", common=True, named=Words("name", "نام"))
    aliases: tuple[Text, ...] = text(
        SKOS.altLabel,
        "Other names and spellings.",
        many=True,
        common=True,
        named=Words("other names", "نام‌های دیگر"),
    )
    notes: tuple[Text, ...] = text(
        SKOS.note,
        "Remarks of the source or of who read it.",
        many=True,
        common=True,
        merge=Merge.SOURCE,
        named=Words("notes", "یادداشت"),
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
        return in_language(self.labels, lang) or self.id


@fields
class Tie(Record):
    """What every tie with a life has: it begins, stands and ends, and is seen standing."""

    start: Date | None = when(
        SCHEMA.startDate,
        "Since when: signed, joined, opened, in force.",
        named=Words("start", "آغاز"),
    )
    end: Date | None = when(SCHEMA.endDate, "Until when.", named=Words("end", "پایان"), rule=Rule(at_least="start"))
    attested: Date | None = when(
        CD.attested, "When the source saw it standing, which is not when it began.", merge=Merge.LATEST
    )
    status: str | None = concept(CD.status, "Whether it stands.", "status")
