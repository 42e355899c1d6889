"""What is told of a thing: each value of each property, how it stands in the merged view, and who says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from citydiplomacy.graph.language.plurals import counted

from .naming import IdNames, shown_names, shown_texts
from .output import Lang, shown_value

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
    """Their ids."""


def values_told(store: Store, merged: Record, claims: Mapping[str, Record], lang: Lang, *, data: bool) -> Table:
    """All that sources say of a record, a row a value, with who says it.

    data: for programs, where properties, marks and sources go by their own names.
    """
    from citydiplomacy.queries.wording.tables import Table

    return Table.of(lang.value, _columns(store, lang, data=data), said(merged, claims))


def said(merged: Record, claims: Mapping[str, Record]) -> Iterator[Said]:
    """What is said of each property: first the value that stands, then what most sources say."""
    from citydiplomacy.graph.model.properties import Kind

    for prop in merged.schema.properties:
        stands = getattr(merged, prop.name)
        tellers: dict[Any, list[str]] = {}
        for source, claim in claims.items():
            value = getattr(claim, prop.name)
            if value is not None and value != ():
                tellers.setdefault(value, []).append(source)
        for value, sources in sorted(tellers.items(), key=lambda item: (item[0] != stands, -len(item[1]))):
            # A name in one language stands beside those that others say in other languages.
            stood = value == stands or (prop.kind is Kind.TEXT and set(value) <= set(stands))
            mark = "stands" if stood else "said" if prop.many or stands is None else "differs"
            yield Said(prop, value, mark, tuple(sources))


def _columns(store: Store, lang: Lang, *, data: bool) -> tuple[TableColumn[Said], ...]:
    from citydiplomacy.queries.wording.tables import TableColumn

    marks, named = MARKS[Lang.EN if data else lang], IdNames(store, lang)
    return (
        TableColumn(
            "property",
            "Property",
            "ویژگی",
            lambda said: said.property.name if data else said.property.label(lang.value),
        ),
        TableColumn("value", "Value", "مقدار", lambda said: _value(store, said, lang, data=data)),
        TableColumn("merged", "In the merged view", "در نمای یکپارچه", lambda said: marks[said.mark]),
        TableColumn(
            "sources",
            "Sources",
            "منبع‌ها",
            lambda said: tuple(each.removeprefix("source/") if data else named.of(each) for each in said.sources),
        ),
    )


def _value(store: Store, said: Said, lang: Lang, *, data: bool) -> Any:
    """A value: for programs texts with the codes of their languages, for people those that they read."""
    from citydiplomacy.graph.model.properties import Kind
    from citydiplomacy.ontology.labels import relation_label

    if said.property.kind is Kind.TERM and not data:
        return relation_label(said.value, lang.value)
    if said.property.kind is not Kind.TEXT:
        return shown_names(store, said.value, lang)
    if data:
        return tuple(f"{each.value} ({each.lang})" for each in said.value)
    return shown_texts(said.property, said.value, lang)


def tellers(store: Store, record_id: str, claims: Mapping[str, Record], lang: Lang) -> str:
    """By how many sources a thing is told, and in how many voices where these are fewer."""
    from citydiplomacy.ontology.terms import CD

    number = shown_value(len(claims), lang)
    told = {Lang.EN: f"told by {counted(len(claims), 'source')}", Lang.FA: f"به گفتهٔ {number} منبع"}[lang]
    voices = next(int(term.value) for predicate, term in store.pairs(record_id) if predicate == CD.support)
    if voices < len(claims):
        number = shown_value(voices, lang)
        told += {Lang.EN: f" in {counted(voices, 'voice')}", Lang.FA: f" از {number} صدا"}[lang]
    return told


def matches(store: Store, record_id: str, lang: Lang) -> list[str]:
    """Under which other ids a thing was read or may be found, who says so and why."""
    from citydiplomacy.graph.model.records import Match
    from citydiplomacy.ontology.schemes import schemes

    verdicts, named = schemes()["match-verdict"], IdNames(store, lang)
    lines = []
    for match_id in store.concerning(record_id):
        match = store.get(match_id)
        assert isinstance(match, Match)
        verdict = verdicts[match.verdict].label(lang.value)
        reason = (
            shown_value(shown_texts(Match.schema.by_name["reason"], match.reason, lang), lang) if match.reason else ""
        )
        sources = shown_value(tuple(map(named.of, store.claims(match_id))), lang)
        lines.append(f"{match.one} – {match.other}: {verdict} ({sources}{f': {reason}' if reason else ''})")
    return lines
