"""How the values of records stand in the property graph: dates with their bounds, texts by language."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from citydiplomacy.ontology.terms import BASE

from ..model.schema import Kind, Merge, Property, Record
from ..model.values import Date
from ..rdf.triples import plain

Value = str | int | float | bool | dt.date | list[str]
Properties = dict[str, Value]
NAMES = {"start": "since", "end": "until", "labels": "label", "notes": "note"}
"""Properties that are called otherwise here: `end` is a reserved word of Cypher engines, `since` its idiom."""


def known_by(thing: str) -> Properties:
    """What a node or tie is known by: here, and everywhere."""
    return {"id": thing, "iri": BASE + thing}


def properties_of(record: Record, lost: Counter[str]) -> Properties:
    """The values of a record that are no references, by the names that Cypher knows them by."""
    ends = record.schema.ends
    properties: Properties = {}
    for prop in record.schema.properties:
        value = getattr(record, prop.name)
        if value is not None and value != () and prop.name not in ends:
            properties.update(_values(prop, value, lost))
    return properties


def _values(prop: Property, value: Any, lost: Counter[str]) -> Iterator[tuple[str, Value]]:
    name = NAMES.get(prop.name, prop.name)
    match prop.kind:
        case Kind.TEXT if prop.many:
            yield name, [text.value for text in value]
        case Kind.TEXT:
            yield from ((f"{name}_{text.lang.replace('-', '_')}", text.value) for text in value)
        case Kind.DATE:
            yield from _date(name, value)
        case Kind.DECIMAL:
            if Decimal(repr(float(value))) != value:
                lost["digits of a number beyond a double's"] += 1
            yield name, float(value)
        case Kind.CONCEPT if prop.many:
            yield name, [one.partition("/")[2] for one in value]
        case Kind.CONCEPT:
            words = [one.partition("/")[2] for one in (value if prop.many else (value,))]
            yield name, words if prop.many else words[0]
        case Kind.REFERENCE:
            if prop.edge is None:
                yield name, list(value) if prop.many else value
        case Kind.TERM:
            return
        case _:
            yield name, list(value) if prop.many else value


def _date(name: str, date: Date) -> Iterator[tuple[str, Value]]:
    """A date as EDTF, and its first and last day, which are days to every engine."""
    yield name, date.edtf
    if date.earliest:
        yield f"{name}_from", date.earliest
    if date.latest:
        yield f"{name}_to", date.latest


def claim_id(source: str, record: str) -> str:
    """The id of what a source says of a record."""
    return f"claim/{source.partition('/')[2]}/{record}"


def statement(name: str, words: object) -> str:
    """What is said of a property, as a claim lists it."""
    return f"{NAMES.get(name, name)}: {words}"


def says(record: Record) -> list[str]:
    """What a record says, each value as `property: value (language or wording)`."""
    told = []
    for prop in record.schema.properties:
        value = getattr(record, prop.name)
        if value is None or value == () or prop.merge is Merge.SOURCE:
            continue
        several = value if isinstance(value, tuple) and not hasattr(value, "lang") else (value,)
        told += [statement(prop.name, _in_words(one)) for one in several]
    return told


def _in_words(value: Any) -> str:
    match value:
        case Date():
            return f"{value.edtf} ({value.original})" if value.original else value.edtf
        case Decimal():
            return plain(value)
        case tuple():
            return f"{value[0]} ({value[1]})"
        case _:
            return str(value)
