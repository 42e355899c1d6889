"""From nodes and relationships of the property graph back to the words of records: the projection read backwards."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from citydiplomacy.errors import InputError

from ..language.dates import parse_date
from ..model import ids
from ..model.schema import REGISTRY, Kind, Property, Record, RecordClass
from ..model.values import Text
from ..property.projection import types_of
from ..property.values import NAMES
from ..rdf import triples
from .marks import DIGEST, MARK, Key
from .marks import name as quoted

DERIVED = frozenset({"id", "iri", "label", "sources", "agreed_by", "disputed", "stands", "voice", "grade", "bonus"})
"""Properties that the projection adds; nobody says them."""

_TIES_BETWEEN_OURS = f"""
UNWIND $rows AS row
MATCH (:{MARK} {{id: row.start}})-[r:%s]-%s(:{MARK} {{id: row.end}})
WHERE r.{DIGEST} IS NOT NULL AND coalesce(toStringOrNull(r.id), '') = row.id """
_LANGUAGE = re.compile(r"[a-z]{2,8}(_[a-z0-9]{1,8})*")


class Unreadable(ValueError):
    """A value that is none of its property's; the reason."""


class UnknownProperty(Unreadable):
    """A property that the record class does not have."""


@cache
def tie_types() -> dict[str, tuple[RecordClass, dict[str, str]]]:
    """Relationship types of ties: the record class, and the values that the type itself tells."""
    found: dict[str, tuple[RecordClass, dict[str, str]]] = {}
    for schema in REGISTRY.values():
        if schema.edge:
            found[schema.edge] = (schema, {})
        elif schema.ends and schema.kind:
            found |= {type_: (schema, {schema.kind.name: kind}) for kind, type_ in types_of(schema).items()}
    return found


@cache
def edge_types() -> frozenset[str]:
    """Relationship types of properties that refer."""
    return frozenset(prop.edge for schema in REGISTRY.values() for prop in schema.properties if prop.edge)


@cache
def between_equals() -> frozenset[str]:
    """Relationship types of ties whose ends are of one property: their direction tells nothing."""
    return frozenset(type_ for type_, (schema, _) in tie_types().items() if len(schema.ends) == 1)


def key_of(type_: str, start: str, end: str, tie_id: str) -> Key:
    """The key of a relationship on a server: one between equals is the same, whichever way somebody has drawn it."""
    one, other = sorted((start, end)) if type_ in between_equals() else (start, end)
    return Key(type_, one, other, tie_id)


def ties_between_ours(type_: str) -> str:
    """Cypher that finds the relationships `r` of ours, of one type, whose keys are the parameter `rows`."""
    return _TIES_BETWEEN_OURS % (quoted(type_), "" if type_ in between_equals() else ">")


def edge_property(type_: str, start: RecordClass, end: str) -> Property | None:
    """The property that a relationship from a node of a class to a node of another stands for."""
    for prop in start.properties:
        if prop.edge == type_ and (end in prop.range or prop.takes_anything or prop.kind is Kind.CONCEPT):
            return prop
    return None


def read(schema: RecordClass, name: str, value: Any, known: Record | None) -> tuple[str, Any]:
    """A property of a node or relationship as a field of its record. Raises UnknownProperty or Unreadable."""
    prop, lang = _property(schema, name)
    if prop is None:
        raise UnknownProperty(f"{name} of {schema.name}, which has no such property")
    if lang:
        return prop.name, (Text(_kind(value, str, "is not a text"), lang),)
    if not prop.many:
        return prop.name, _value(prop, value)
    several = value if isinstance(value, list) else [value]
    if prop.kind is Kind.TEXT:
        langs = {text.value: text.lang for text in (getattr(known, prop.name) if known else ())}
        return prop.name, tuple(Text(_kind(one, str, "is not a text"), langs.get(one, "und")) for one in several)
    return prop.name, tuple(_value(prop, one) for one in several)


def joined(prop: Property, one: Any, other: Any) -> Any:
    """Two values of a property in one record: the later replaces the earlier, or joins it if there can be many."""
    if prop.kind is Kind.TEXT and not prop.many:
        return tuple(sorted({text.lang: text for text in (*one, *other)}.values()))
    return tuple(sorted({*one, *other})) if prop.many else other


def _property(schema: RecordClass, name: str) -> tuple[Property | None, str]:
    """The property behind a name, and the language that the name tells."""
    for prop in schema.properties:
        called = NAMES.get(prop.name, prop.name)
        if prop.kind is Kind.TEXT and not prop.many:
            lang = name.removeprefix(f"{called}_")
            if lang != name and _LANGUAGE.fullmatch(lang):
                return prop, lang.replace("_", "-")
        elif name == called and prop.kind is not Kind.TERM and (prop.edge is None or prop.kind is Kind.CONCEPT):
            return prop, ""
    return None, ""


def property_of(schema: RecordClass, name: str) -> tuple[str, str]:
    """The field behind the name of a property, and the language that the name tells; "" for none."""
    prop, language = _property(schema, name)
    return (prop.name if prop else "", language)


def is_derived(schema: RecordClass, name: str) -> bool:
    """Whether a property is made by the projection: `since_from` is the first day of `since`."""
    date, _, part = name.rpartition("_")
    prop, _ = _property(schema, date) if part in ("from", "to") else (None, "")
    return name in DERIVED or (prop is not None and prop.kind is Kind.DATE)


def underived(schema: RecordClass, then: Mapping[str, Any], now: Collection[str]) -> dict[str, Any]:
    """Properties of the projection without those that only it makes, but what is there now."""
    return {name: value for name, value in then.items() if name in now or not is_derived(schema, name)}


def is_told(schema: RecordClass, name: str) -> bool:
    """Whether things of a class have a property: one that records tell, or one that the projection makes."""
    named = any(NAMES.get(prop.name, prop.name) == name for prop in schema.properties)
    return named or is_derived(schema, name) or _property(schema, name)[0] is not None


@cache
def schema_of(called: str) -> RecordClass | None:
    """The record class of a node label, or of the type of a tie; None for what is no record."""
    return REGISTRY.get(called) or (tie_types()[called][0] if called in tie_types() else None)


def _value(prop: Property, value: Any) -> Any:
    match prop.kind:
        case Kind.INTEGER:
            return _kind(value, int, "is not a whole number")
        case Kind.DECIMAL:
            return Decimal(repr(_kind(value, (int, float), "is not a number")))
        case Kind.DATE:
            if isinstance(value, dt.date):
                value = value.isoformat()
            elif isinstance(value, int) and not isinstance(value, bool):
                value = str(value)  # as people write a year
            written = value.iso_format() if hasattr(value, "iso_format") else _kind(value, str, "is not a date")
            try:
                return parse_date(written)
            except ValueError as error:
                raise Unreadable(f"{written!r} is no date: {error}") from None
        case Kind.CONCEPT:
            return f"{prop.range[0]}/{_kind(value, str, 'is not a concept').removeprefix(f'{prop.range[0]}/')}"
        case Kind.IRI:
            return _iri(_kind(value, str, "is not an address"))
        case Kind.REFERENCE:
            return identifier(_kind(value, str, "is not an id"))
        case _:
            return _kind(value, str, "is not a text")


def _kind(value: Any, kinds: type | tuple[type, ...], wrong: str) -> Any:
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise Unreadable(f"{value!r} {wrong}")
    return value


def _iri(value: str) -> str:
    try:
        triples.iri(value)
    except InputError as error:
        raise Unreadable(error.message) from None
    return value


def identifier(value: Any) -> str:
    """An id, if it can be one. Raises Unreadable."""
    text: str = _kind(value, str, "is not an id")
    if wrong := ids.fault(text):
        raise Unreadable(f"{text!r} is not an id: {wrong}")
    return text


def without_blanks(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties without empty texts, which tell nothing; of lists, without such in them."""
    found = {}
    for name, value in properties.items():
        several = value if isinstance(value, list) else [value]
        kept = [one for one in several if not isinstance(one, str) or one.strip()]
        if kept or not several:
            found[name] = kept if isinstance(value, list) else value
    return found


def changes(now: Mapping[str, Any], then: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """What is told by properties that was not told before; of lists, what was added. None for what is gone."""
    for name in sorted(now.keys() | then.keys()):
        new, old = now.get(name), then.get(name)
        if new == old:
            continue
        if isinstance(new, list) and isinstance(old, list):
            yield name, [one for one in new if one not in old] or None
        else:
            yield name, new
