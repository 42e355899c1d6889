"""Records as RDF and back, by the one declaration in schema.py.

A record is written as N-Quads text rather than as term objects: it is the fastest way into Oxigraph, and sorted lines
are the same bytes for the same records.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache, lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from citydiplomacy.errors import InputError
from citydiplomacy.ontology.terms import BASE, CD, EDTF, PREFIXES, RDF, XSD

from ..model.schema import Kind, Merge, Property, RecordClass, by_folder
from ..model.values import Date, Text

if TYPE_CHECKING:
    from ..model.schema import Record

_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_TYPE = f"<{RDF.type}>"
_CD = str(CD)

COMPANIONS = {"earliest": XSD.date, "latest": XSD.date, "original": XSD.string}
"""What stands beside a date, in our namespace, and its datatype."""


# --- writing ----------------------------------------------------------------------------------------------------------


def iri(text: str) -> str:
    """An IRI in angle brackets. Raises InputError if it holds a character that no IRI may hold."""
    if _FORBIDDEN.search(text):
        raise InputError("not an IRI", value=text, expected="no spaces, quotes, brackets or backslashes")
    return f"<{text}>"


@lru_cache(maxsize=1 << 16)
def node(record_id: str) -> str:
    """The IRI of a record or concept, in angle brackets."""
    return iri(BASE + record_id)


def companion(predicate: str, part: str) -> str:
    """The IRI of a date property's companion: its `earliest` or `latest` day, or its `original` wording."""
    return f"{_CD}{re.split('[#/]', predicate)[-1]}_{part}"


def predicate_objects(record: Record) -> tuple[list[str], list[str]]:
    """The record as `<predicate> object` fragments of N-Quads: what the merged view takes, what stays with the source.

    Types first, then properties in the order of declaration.
    """
    types, writers, source_writers = _writers(record.schema)
    merged = list(types)
    source_only: list[str] = []
    for fragments, several in ((merged, writers), (source_only, source_writers)):
        for name, write in several:
            value = getattr(record, name)
            if value is not None and value != ():
                write(value, fragments)
    return merged, source_only


def quads(record_id: str, fragments: Iterable[str], graph: str = "") -> str:
    """Lines of N-Quads for a subject; `graph` is an IRI in angle brackets, or empty for the default graph."""
    subject = node(record_id)
    end = f" {graph} .\n" if graph else " .\n"
    return "".join([f"{subject} {fragment}{end}" for fragment in fragments])


Writer = Callable[[Any, list[str]], None]
Writers = tuple[list[str], list[tuple[str, Writer]], list[tuple[str, Writer]]]


@cache
def _writers(schema: RecordClass) -> Writers:
    types = [f"{_TYPE} <{name}>" for name in schema.types]
    writers: tuple[list[tuple[str, Writer]], list[tuple[str, Writer]]] = ([], [])
    for prop in schema.properties:
        writers[prop.merge is Merge.SOURCE].append((prop.name, _writer(prop)))
    return types, *writers


def _writer(prop: Property) -> Writer:
    predicate = f"<{prop.predicate}> "
    one = _object(prop)
    if prop.kind is Kind.DATE:
        return _date_writer(prop)
    if prop.many or prop.kind is Kind.TEXT:
        return lambda values, out: out.extend([predicate + one(value) for value in values])
    return lambda value, out: out.append(predicate + one(value))


def _object(prop: Property) -> Callable[[Any], str]:
    match prop.kind:
        case Kind.TEXT:
            return lambda text: f"{encode_basestring(text.value)}@{text.lang}"
        case Kind.STRING:
            return encode_basestring
        case Kind.INTEGER:
            return lambda number: f'"{number}"^^<{XSD.integer}>'
        case Kind.DECIMAL:
            return lambda number: f'"{plain(number)}"^^<{XSD.decimal}>'
        case Kind.IRI:
            return iri
        case Kind.TERM:
            return lambda name: iri(_CD + name)
        case _:
            return node


def plain(number: Decimal) -> str:
    """A decimal in its canonical lexical form: no exponent, no trailing zeros."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _date_writer(prop: Property) -> Writer:
    value_p, original_p = f"<{prop.predicate}> ", f"<{companion(prop.predicate, 'original')}> "
    earliest_p, latest_p = (f"<{companion(prop.predicate, part)}> " for part in ("earliest", "latest"))

    def write(date: Date, out: list[str]) -> None:
        out.append(f'{value_p}"{date.edtf}"^^<{EDTF}>')
        if date.earliest is not None:
            out.append(f'{earliest_p}"{date.earliest.isoformat()}"^^<{XSD.date}>')
        if date.latest is not None:
            out.append(f'{latest_p}"{date.latest.isoformat()}"^^<{XSD.date}>')
        if date.original:
            out.append(original_p + encode_basestring(date.original))

    return write


# --- reading ----------------------------------------------------------------------------------------------------------


def record_id(iri_text: str) -> str | None:
    """The id behind an IRI of ours, None for any other IRI."""
    return iri_text[len(BASE) :] if iri_text.startswith(BASE) else None


def compact(iri: str) -> str:
    """An IRI by its prefix, where it has one; ids of ours have none."""
    for prefix, start in PREFIXES.items():
        if prefix != "id" and iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def short(term: Any) -> str:
    """A term for people: an id of ours, a prefixed name, the text of a literal, or the IRI as it is."""
    value: str = getattr(term, "value", str(term))
    return (value if hasattr(term, "datatype") else compact(value)).removeprefix(BASE)


def read(identifier: str, pairs: Iterable[tuple[str, Any]]) -> Record | None:
    """A record from the (predicate IRI, object term) pairs of its subject; None if its id is of no record class.

    Predicates that the class does not declare are passed over. Many values come back sorted, so that a record is equal
    to itself after a round trip.
    """
    terms: Terms = {}
    for predicate, term in pairs:
        terms.setdefault(predicate, []).append(term)
    return read_terms(identifier, terms)


def text(term: Any) -> Text:
    """A literal as a text and its language."""
    return Text(term.value, (getattr(term, "language", None) or "und").lower())


def read_terms(identifier: str, terms: Terms) -> Record | None:
    """As `read`, from the object terms of each predicate."""
    schema = by_folder(identifier)
    if schema is None:
        return None
    values = {name: value(terms) for name, predicate, value in _readers(schema) if predicate in terms}
    return schema.record(identifier, values)


Terms = dict[str, list[Any]]
"""Predicate IRI -> object terms."""
Reader = Callable[[Terms], Any]


@cache
def _readers(schema: RecordClass) -> list[tuple[str, str, Reader]]:
    return [(prop.name, prop.predicate, _reader(prop)) for prop in schema.properties]


def _reader(prop: Property) -> Reader:
    predicate, one = prop.predicate, _value(prop)
    if prop.kind is Kind.DATE:
        return _date_reader(prop)
    if prop.many or prop.kind is Kind.TEXT:
        return lambda terms: tuple(sorted(map(one, terms[predicate])))
    return lambda terms: one(_first(terms[predicate]))


def _value(prop: Property) -> Callable[[Any], Any]:
    match prop.kind:
        case Kind.TEXT:
            return text
        case Kind.INTEGER:
            return lambda term: int(term.value)
        case Kind.DECIMAL:
            return lambda term: Decimal(term.value)
        case Kind.REFERENCE | Kind.CONCEPT:
            return lambda term: term.value.removeprefix(BASE)
        case Kind.TERM:
            return lambda term: term.value.removeprefix(_CD)
        case _:
            return lambda term: term.value


def _first(terms: list[Any]) -> Any:
    return terms[0] if len(terms) == 1 else min(terms, key=lambda term: term.value)


def _date_reader(prop: Property) -> Reader:
    parts = [companion(prop.predicate, part) for part in COMPANIONS]

    def read_date(terms: Terms) -> Date:
        earliest, latest, original = (_first(terms[part]).value if part in terms else "" for part in parts)
        return Date(
            _first(terms[prop.predicate]).value,
            dt.date.fromisoformat(earliest) if earliest else None,
            dt.date.fromisoformat(latest) if latest else None,
            original,
        )

    return read_date
