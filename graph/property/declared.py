"""Which labels, relationship types and properties the property graph can have, by the one declaration in schema.py.

A graph holds what its sources tell. Engines that want their tables declared, and pages that describe the model, need
what it could hold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from ..model.records import Source
from ..model.schema import REGISTRY, Kind, Merge, Property, RecordClass
from .projection import PropertyGraph, types_of
from .values import NAMES

LANGUAGES = ("en", "fa")
"""Languages that every text can be asked for in; others are there where a source uses them."""

Types = dict[str, type]
"""Properties and their types: str, int, float, bool, date, or list (of str)."""

_SUPPORT: Types = {"sources": list, "agreed_by": int, "disputed": list}
_TYPES: dict[Kind, type] = {Kind.INTEGER: int, Kind.DECIMAL: float}
_CONCEPT: Types = {"scheme": str, "label_en": str, "label_fa": str, "grade": int, "bonus": int, "stands": bool}
_CLAIM: Types = {"id": str, "about": str, "class": str, "says": list, "notes": list, "locators": list, "cited": list}


@dataclass
class Model:
    """Tables of a property graph."""

    nodes: dict[str, Types] = field(default_factory=dict)
    """Label -> its properties; `id` is the key."""
    relationships: dict[str, Types] = field(default_factory=dict)
    """Type -> its properties."""
    ends: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """Type -> labels that it goes from and to; none for a link that may tie anything."""

    def declare(self, type_: str, types: Mapping[str, type], ends: Iterable[tuple[str, str]]) -> None:
        """Add what a type can have to what it has already."""
        self.relationships.setdefault(type_, {}).update(types)
        self.ends.setdefault(type_, set()).update(ends)


def declared() -> Model:
    """What any graph can hold."""
    found = Model()
    for schema in REGISTRY.values():
        found.nodes[schema.name] = {"id": str, "iri": str, "label": str, **_types(schema), **_supported(schema)}
        found.declare("CLAIMS", {}, [("Claim", schema.name)])
        for prop in schema.properties:
            if prop.edge:
                found.declare(prop.edge, {}, product([schema.name], _targets(prop)))
        _declare_ties(found, schema)
    found.nodes["Concept"] = {"id": str, "iri": str, "label": str, **_CONCEPT, "rung": int, "reliability": int}
    found.nodes["Claim"] = dict(_CLAIM)
    found.declare("BROADER", {}, [("Concept", "Concept")])
    found.declare("STATED_BY", {}, [("Claim", "Source")])
    return found


def model(graph: PropertyGraph) -> Model:
    """The declared model and what a graph has beyond it: further languages, and the ends of its links."""
    found = declared()
    for node in graph.nodes:
        _widen(found.nodes[node.label], node.properties)
    for tie in graph.relationships:
        _widen(found.relationships[tie.type], tie.properties)
        found.ends[tie.type].add((tie.start[0], tie.end[0]))
    return found


def _widen(types: Types, properties: Mapping[str, object]) -> None:
    for name in properties.keys() - types.keys():
        types[name] = type(properties[name])


def _declare_ties(found: Model, schema: RecordClass) -> None:
    """The relationships that records of a class become."""
    if not schema.ends:
        return
    names = [schema.edge] if schema.edge else list(types_of(schema).values())
    start, *_, end = [_targets(schema.by_name[name]) for name in schema.ends] * 2
    ends = list(product(start, end))
    types: Types = {"id": str, "iri": str, **_types(schema), **_supported(schema)}
    if "role" in schema.by_name:
        types |= {"grade": int, "bonus": int}
    for name in names:
        found.declare(name, types, ends)


def _supported(schema: RecordClass) -> Types:
    """What the merged view adds to the records of a class."""
    told = _SUPPORT | ({"stands": bool} if schema.is_tie else {})
    return told | ({"voice": str} if schema.cls is Source else {})


def _targets(prop: Property) -> tuple[str, ...]:
    """Labels of the nodes that a reference can lead to."""
    if prop.kind is Kind.CONCEPT:
        return ("Concept",)
    return () if "*" in prop.range else prop.range


def _types(schema: RecordClass) -> Types:
    """Properties that are no references, with the types of their values."""
    found: Types = {}
    for prop in schema.properties:
        if prop.merge is Merge.SOURCE or prop.name in schema.ends or prop.kind is Kind.TERM:
            continue
        name = NAMES.get(prop.name, prop.name)
        if prop.kind is Kind.REFERENCE and prop.edge:
            continue
        if prop.kind is Kind.DATE:
            found |= {name: str, f"{name}_from": dt.date, f"{name}_to": dt.date}
        elif prop.kind is Kind.TEXT and not prop.many:
            found |= {f"{name}_{language}": str for language in LANGUAGES}
        else:
            found[name] = list if prop.many else _TYPES.get(prop.kind, str)
    return found
