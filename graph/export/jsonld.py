"""A store as JSON-LD: a record a line, its fields by the names that they have in Python, as the context says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

import pyoxigraph as ox

from citydiplomacy.ontology.terms import BASE, RDF, XSD

from ..model.schema import RecordClass, by_folder
from ..rdf.context import context
from ..rdf.triples import compact

Pairs = Iterable[tuple[str, Any]]

_CHANGED_BY_RESOLVING = re.compile(r"(^|/)\.{0,2}(/|$)|^[^/]*:")
"""What an address relative to the base may not hold if it shall come back as it was."""


class _Term(NamedTuple):
    """A name of the context: which values it holds, and as what they come."""

    name: str
    type: str = ""
    container: str = ""


def node(record_id: str, pairs: Pairs) -> str:
    """A record as a line of JSON, from the (predicate IRI, object term) pairs of its subject."""
    schema = by_folder(record_id)
    terms = _terms(schema)
    values: dict[str, Any] = {"id": _address(BASE + record_id)}
    for predicate, value in pairs:
        if predicate == RDF.type:
            own = schema is not None and value.value == schema.types[0]
            values.setdefault("type", []).append(schema.name if own and schema else _compact(value.value))
            continue
        for term in terms.get(_compact(predicate), ()):
            if _holds(term, value):
                _put(values, term, value)
                break
        else:
            values.setdefault(_compact(predicate), []).append(_expanded(value))
    lists = _lists(schema)
    single = {
        name: value[0] if isinstance(value, list) and len(value) == 1 and name not in lists else value
        for name, value in values.items()
    }
    return json.dumps(single, ensure_ascii=False, sort_keys=True)


@cache
def _lists(schema: RecordClass | None) -> frozenset[str]:
    """The names that always hold a list."""
    return frozenset(term.name for several in _terms(schema).values() for term in several if term.container == "@set")


_compact = cache(compact)
"""Of properties, classes and datatypes, which are few."""


@cache
def _terms(schema: RecordClass | None) -> dict[str, list[_Term]]:
    """The names that a record of a class may use, by the property that they stand for."""
    known = context()["@context"]
    scoped = known.get(schema.name, {}) if schema else {}
    own = scoped.get("@context", {}) if isinstance(scoped, dict) else {}
    terms: dict[str, list[_Term]] = {}
    for name, value in {**known, **own}.items():
        said = {"@id": value} if isinstance(value, str) else value
        if isinstance(said, dict) and "@context" not in said:
            term = _Term(name, said.get("@type", ""), said.get("@container", ""))
            terms.setdefault(said["@id"], []).append(term)
    return terms


def _holds(term: _Term, value: Any) -> bool:
    if isinstance(value, ox.NamedNode):
        return term.type in {"@id", "@vocab"}
    if value.language:
        return term.container == "@language"
    datatype = _compact(value.datatype.value)
    return term.container != "@language" and term.type == ("" if datatype == _compact(XSD.string) else datatype)


def _put(values: dict[str, Any], term: _Term, value: Any) -> None:
    if term.container == "@language":
        texts = values.setdefault(term.name, {})
        if value.language in texts:
            texts[value.language] = [*_listed(texts[value.language]), value.value]
        else:
            texts[value.language] = value.value
        return
    match term.type:
        case "@id":
            shown: str | int = _address(value.value)
        case "@vocab":
            shown = compact(value.value)
        case _:
            shown = _number(value) if term.type == _compact(XSD.integer) else value.value
    values.setdefault(term.name, []).append(shown)


def _listed(texts: str | list[str]) -> list[str]:
    return [texts] if isinstance(texts, str) else texts


def _expanded(value: Any) -> dict[str, str]:
    """A value that no name of the context holds."""
    if isinstance(value, ox.NamedNode):
        return {"id": _address(value.value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return {"@value": value.value, "type": _compact(value.datatype.value)}


def _number(value: ox.Literal) -> int | str:
    return int(value.value) if re.fullmatch(r"0|-?[1-9]\d{0,14}", value.value, re.ASCII) else value.value


def _address(iri: str) -> str:
    """An IRI as it stands in the file: relative to the base where that is safe."""
    relative = iri.removeprefix(BASE)
    return iri if relative == iri or _CHANGED_BY_RESOLVING.search(relative) else relative
