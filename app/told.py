"""What is told of a thing: each value of each property, how it stands in the merged view, and who says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from .naming import Named, shown_names
from .output import Lang

if TYPE_CHECKING:
    from citydiplomacy.graph.model.schema import Property, Record
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.wording.tables import Table, TableColumn

MARKS = {
    Lang.EN: {"stands": "stands", "said": "said", "differs": "differs"},
    Lang.FA: {"stands": "پذیرفته", "said": "گفته‌شده", "differs": "متفاوت"},
}


class Said(NamedTuple):
    """A value of a property, how it stands in the merged view, and who says it."""

    property: Property
    value: Any
    mark: str
    sources: tuple[str, ...]


def values_told(store: Store, merged: Record, claims: Mapping[str, Record], lang: Lang, *, data: bool) -> Table:
    """All that sources say of a record, a row a value, with who says it.

    data: for programs, where properties, marks and sources go by their own names.
    """
    from citydiplomacy.queries.wording.tables import Table

    return Table.of(lang.value, _columns(store, lang, data=data), _said(merged, claims))


def _said(merged: Record, claims: Mapping[str, Record]) -> Iterator[Said]:
    """What is said of each property: first the value that stands, then what most sources say."""
    from citydiplomacy.graph.model.properties import Kind

    for prop in merged.schema.properties:
        stands = getattr(merged, prop.name)
        tellers: dict[Any, list[str]] = {}
        for source, claim in claims.items():
            value = getattr(claim, prop.name)
            if value is not None and value != ():
                tellers.setdefault(value, []).append(source.removeprefix("source/"))
        for value, sources in sorted(tellers.items(), key=lambda item: (item[0] != stands, -len(item[1]))):
            # A name in one language stands beside those that others say in other languages.
            stood = value == stands or (prop.kind is Kind.TEXT and set(value) <= set(stands))
            mark = "stands" if stood else "said" if prop.many or stands is None else "differs"
            yield Said(prop, value, mark, tuple(sources))


def _columns(store: Store, lang: Lang, *, data: bool) -> tuple[TableColumn[Said], ...]:
    from citydiplomacy.queries.wording.tables import TableColumn

    marks, named = MARKS[Lang.EN if data else lang], Named(store, lang)
    return (
        TableColumn(
            "property",
            "Property",
            "ویژگی",
            lambda said: said.property.name if data else said.property.label(lang.value),
        ),
        TableColumn("value", "Value", "مقدار", lambda said: shown_names(store, said.value, lang)),
        TableColumn("merged", "In the merged view", "در نمای یکپارچه", lambda said: marks[said.mark]),
        TableColumn(
            "sources",
            "Sources",
            "منبع‌ها",
            lambda said: tuple(source if data else named.of(f"source/{source}") for source in said.sources),
        ),
    )
