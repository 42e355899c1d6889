"""The JSON-LD context, generated from the declaration: `python -m citydiplomacy.graph.rdf.context` writes it.

In JSON a record looks as it does in Python: fields by their names, ids without their prefix, texts by language. A field
name can mean another property in another class (`kind`, `date`), so each class brings the fields of its own with it.
Decimals are written as strings: JSON's numbers are not exact.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from citydiplomacy import ontology
from citydiplomacy.ontology.terms import BASE, CD, EDTF, ORG, PREFIXES, PROV, SKOS, XSD

from .. import whole_files
from ..model.records import LINK_TERMS
from ..model.schema import REGISTRY, Kind, Property
from .triples import compact, companion

FILE = Path(ontology.__file__ or "").with_name("context.jsonld")

DERIVED: dict[str, tuple[str, str | None]] = {
    "sources": (PROV.hadPrimarySource, "@id"),
    "support": (CD.support, XSD.integer),
    "voice": (CD.voice, "@id"),
    "disputed": (CD.disputed, "@id"),
    "standing": (CD.standing, XSD.boolean),
    "match_keys": (SKOS.hiddenLabel, None),
    "member_of": (ORG.memberOf, "@id"),
    "twinned_with": (CD.twinnedWith, "@id"),
}
"""What the merged view adds to a record, by name: the property, and its type in JSON-LD."""
DATATYPES = {Kind.STRING: XSD.string, Kind.INTEGER: XSD.integer, Kind.DECIMAL: XSD.decimal, Kind.DATE: EDTF}
COMPANIONS = {"earliest": XSD.date, "latest": XSD.date, "original": XSD.string}
"""What stands beside a date, in our namespace (see rdf.py), and its datatype."""


def used_terms() -> set[str]:
    """Every class and property that the graph is made of, ours and the standards'."""
    properties = [prop for entry in REGISTRY.values() for prop in entry.properties]
    return {
        *(rdf_class for entry in REGISTRY.values() for rdf_class in entry.types),
        *(prop.predicate for prop in properties),
        *(companion(prop.predicate, part) for prop in properties if prop.kind is Kind.DATE for part in COMPANIONS),
        *(f"{CD}{name}" for name in LINK_TERMS),
        *(predicate for predicate, _ in DERIVED.values()),
    }


def context() -> dict[str, Any]:
    """The context as a JSON object: prefixes, what all records have, then a scoped context for each class."""
    terms: dict[str, Any] = {"@version": 1.1, "@base": BASE, "id": "@id", "type": "@type"}
    terms |= {prefix: iri for prefix, iri in PREFIXES.items() if prefix != "id"}  # @base does the work of `id:`
    for prop in next(iter(REGISTRY.values())).common:
        terms |= _property(prop)
    terms |= {name: _term(predicate, kind) for name, (predicate, kind) in DERIVED.items()}
    terms |= {name: _term(f"{CD}{name}", "@id") for name in LINK_TERMS}
    for entry in REGISTRY.values():
        own: dict[str, Any] = {}
        for prop in entry.own:
            own |= _property(prop)
        terms[entry.name] = {"@id": compact(entry.types[0]), "@context": own} if own else compact(entry.types[0])
    return {"@context": terms}


def text() -> str:
    """The context as the text of the file."""
    return json.dumps(context(), ensure_ascii=False, indent=2) + "\n"


def _property(prop: Property) -> dict[str, Any]:
    match prop.kind:
        case Kind.TEXT:
            return {prop.name: _term(prop.predicate, container="@language")}
        case Kind.REFERENCE | Kind.CONCEPT | Kind.IRI:
            kind = "@id"
        case Kind.TERM:
            kind = "@vocab"
        case _:
            kind = DATATYPES[prop.kind]
    terms = {prop.name: _term(prop.predicate, kind, container="@set" if prop.many else None)}
    if prop.kind is Kind.DATE:
        for part, datatype in COMPANIONS.items():
            terms[f"{prop.name}_{part}"] = _term(companion(prop.predicate, part), datatype)
    return terms


def _term(predicate: str, kind: str | None = None, *, container: str | None = None) -> Any:
    term = {"@id": compact(predicate)}
    if kind and kind != XSD.string:  # the type of a JSON string already
        term["@type"] = compact(kind)
    if container:
        term["@container"] = container
    return term if len(term) > 1 else term["@id"]


if __name__ == "__main__":
    whole_files.write(FILE, text())
