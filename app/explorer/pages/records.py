"""Records in tables: those of a class, whole, or some of them; each row tells what the merged view says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache, partial
from typing import Any

from citydiplomacy.graph.language.text import alphabetical
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Property, RecordClass
from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import stream
from citydiplomacy.queries.wording.tables import Table

from ...data_package import Part
from ..desk import Desk

_TOLD = {
    Kind.CONCEPT: "id",
    Kind.REFERENCE: "id",
    Kind.DATE: "date",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.STRING: "text",
}
"""What of a record stands in a table of many, and as which type of column."""
_ASIDE = frozenset({"latitude", "longitude", "locators", "cited", "disagreements", "detail"})


def whole(desk: Desk, schema: RecordClass) -> Part:
    """All records of a class, by name."""
    desk.know_all()
    told = once(desk.store, _reader(schema.name))
    return _part(desk, schema, schema.folder, told)


def some(desk: Desk, schema: RecordClass, ids: Iterable[str], key: str) -> Part:
    """Some records of a class, by name."""
    records = (record for record in map(desk.store.get, ids) if record)
    told = {
        record.id: {prop.name: _plain(getattr(record, prop.name)) for prop in _columns(schema)} for record in records
    }
    return _part(desk, schema, key, told)


def _part(desk: Desk, schema: RecordClass, key: str, told: dict[str, dict[str, Any]]) -> Part:
    columns = _columns(schema)
    rows = [
        (record, _name(desk, schema, record, values), *(values.get(prop.name) for prop in columns))
        for record, values in told.items()
    ]
    rows.sort(key=lambda row: (alphabetical(str(row[1])), str(row[0])))
    lang = desk.wanted.lang
    own = schema.title(lang)
    table = Table(
        (schema.folder, f"{schema.folder}_name", *(prop.name for prop in columns)),
        (own, desk.say("Name", "نام"), *(_title(prop, lang) for prop in columns)),
        tuple(rows),
    )
    types = ("id", "text", *(_type(prop) for prop in columns))
    return Part(key, own, table, types)


def _columns(schema: RecordClass) -> list[Property]:
    return [
        prop
        for prop in schema.properties
        if prop.kind in _TOLD and prop.name not in _ASIDE and not (prop.kind is Kind.STRING and prop.many)
    ]


def _type(prop: Property) -> str:
    return f"{_TOLD[prop.kind]}s" if prop.many else _TOLD[prop.kind]


def _title(prop: Property, lang: str) -> str:
    name = prop.label(lang)
    return name[:1].upper() + name[1:]


def _name(desk: Desk, schema: RecordClass, record: str, values: dict[str, Any]) -> str:
    """What a record is called; of one without a name, what it ties."""
    if own := desk.named.own(record):
        return own
    ends: list[str] = []
    kind = ""
    for prop in schema.own:
        value = values.get(prop.name)
        if not prop.required or not value:
            continue
        if prop.kind is Kind.REFERENCE:
            ends += map(desk.named.of, value if prop.many else (value,))
        elif prop.kind is Kind.CONCEPT:
            kind = kind or f" ({desk.named.of(value)})"
    return " – ".join(ends) + kind if ends else desk.named.of(record)


def _plain(value: Any) -> Any:
    edtf = getattr(value, "edtf", None)
    return edtf if edtf is not None else value


@cache
def _reader(name: str) -> Callable[[Store], dict[str, dict[str, Any]]]:
    """What reads all records of a class; the same for one class, so that it reads a store once."""
    return partial(_read, REGISTRY[name])


def _read(schema: RecordClass, store: Store) -> dict[str, dict[str, Any]]:
    """All records of a class, a predicate at a time."""
    told: dict[str, dict[str, Any]] = {each: {} for each in store.ids(schema.cls)}
    for prop in _columns(schema):
        of: dict[Kind, Callable[[str], Any]] = {Kind.INTEGER: int, Kind.DECIMAL: Decimal}
        as_value = of.get(prop.kind, str)
        for record, value in stream(store, f"SELECT ?s ?o WHERE {{ ?s <{prop.predicate}> ?o }} ORDER BY ?o"):
            if record in told:
                read = as_value(str(value))
                told[str(record)][prop.name] = (*told[str(record)].get(prop.name, ()), read) if prop.many else read
    return told
