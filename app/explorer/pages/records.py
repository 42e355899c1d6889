"""Records in tables: those of a class, whole, or some of them; each row tells what the merged view says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache, partial
from typing import Any

from citydiplomacy.graph.language.text import alphabetical, capital
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Property, RecordClass
from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import stream
from citydiplomacy.queries.wording.tables import Table

from ...data_package import PackedTable
from ..address import PageWanted
from ..desk import Desk
from ..listing import Prepared

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


def whole(desk: Desk, schema: RecordClass) -> PackedTable:
    """All records of a class, by name; kept with the store."""
    return once(desk.store, _maker(schema.name, desk.wanted.lang))


def prepared(desk: Desk, schema: RecordClass) -> Prepared:
    """The same as people read it; kept with the store."""
    return once(desk.store, _preparer(schema.name, desk.wanted.lang))


def some(desk: Desk, schema: RecordClass, ids: Iterable[str], key: str) -> PackedTable:
    """Some records of a class, by name."""
    records = (record for record in map(desk.store.get, ids) if record)
    told = {
        record.id: {prop.name: _plain(getattr(record, prop.name)) for prop in _columns(schema)} for record in records
    }
    return _part(desk, schema, key, told, desk.named.own)


def _part(
    desk: Desk, schema: RecordClass, key: str, told: dict[str, dict[str, Any]], own: Callable[[str], str]
) -> PackedTable:
    """own: knows the names that records have."""
    columns = _columns(schema)
    rows = [
        (record, own(record) or _ends(desk, schema, record, values), *(values.get(prop.name) for prop in columns))
        for record, values in told.items()
    ]
    rows.sort(key=lambda row: (alphabetical(str(row[1])), str(row[0])))
    lang = desk.wanted.lang
    title = schema.title(lang)
    table = Table(
        (schema.folder, f"{schema.folder}_name", *(prop.name for prop in columns)),
        (title, desk.say("Name", "نام"), *(_title(prop, lang) for prop in columns)),
        tuple(rows),
    )
    types = ("id", "text", *(_type(prop) for prop in columns))
    return PackedTable(key, title, table, types)


def _columns(schema: RecordClass) -> list[Property]:
    return [
        prop
        for prop in schema.properties
        if prop.kind in _TOLD and prop.name not in _ASIDE and not (prop.kind is Kind.STRING and prop.many)
    ]


def _type(prop: Property) -> str:
    return f"{_TOLD[prop.kind]}s" if prop.many else _TOLD[prop.kind]


def _title(prop: Property, lang: str) -> str:
    return capital(prop.label(lang))


def _ends(desk: Desk, schema: RecordClass, record: str, values: dict[str, Any]) -> str:
    """What a record without a name is called: what it ties."""
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


@cache
def _maker(name: str, lang: str) -> Callable[[Store], PackedTable]:
    return partial(_make, REGISTRY[name], lang)


def _make(schema: RecordClass, lang: str, store: Store) -> PackedTable:
    desk = Desk(store, PageWanted(lang))
    desk.know_all()
    return _part(desk, schema, schema.folder, once(store, _reader(schema.name)), desk.named.read)


@cache
def _preparer(name: str, lang: str) -> Callable[[Store], Prepared]:
    return partial(_prepare, REGISTRY[name], lang)


def _prepare(schema: RecordClass, lang: str, store: Store) -> Prepared:
    desk = Desk(store, PageWanted(lang))
    return Prepared.of(whole(desk, schema), desk.named, lang)


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
