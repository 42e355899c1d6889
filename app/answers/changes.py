"""What changed, in words and as a table: between two dates, or between two stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ..naming import IdNames, shown_names
from ..opening import HELD, held_title
from ..output import DATA_FORMATS, Format, Lang, shown_value

if TYPE_CHECKING:
    from citydiplomacy.graph.model.values import Date
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.reports.difference import Change, Changes
    from citydiplomacy.queries.wording.tables import TableColumn

WORDS = {
    "appeared": ("appeared", "پدید آمده"),
    "gone": ("gone", "از میان رفته"),
    "between": ("only in between", "تنها در این میان"),
    "dated": ("of a day in between", "از روزی در این میان"),
    "changed": ("changed", "دگرگون"),
    "perhaps dated": ("perhaps of a day in between", "شاید از روزی در این میان"),
    "unknown": ("may have changed", "شاید دگرگون"),
    "undated": ("known at neither date", "در هیچ‌یک از دو تاریخ دانسته نیست"),
    "same": ("the same", "همان"),
}
"""In the order in which they are told."""
STATEMENTS = {Lang.EN: "number of statements", Lang.FA: "شمار گزاره‌ها"}


def of_dates(store: Store, one: Date, other: Date, form: Format, lang: Lang) -> tuple[TableColumn[Change], ...]:
    """The columns for what changed between two dates."""
    from citydiplomacy.graph.model.validity import day_of
    from citydiplomacy.queries.wording.tables import TableColumn

    held = HELD[Lang.EN if form in DATA_FORMATS else lang]

    def held_at(name: str, date: Date, value: Callable[[Change], Any]) -> TableColumn[Change]:
        english, persian = (held_title(date, each) for each in (Lang.EN, Lang.FA))
        return TableColumn(name, english, persian, lambda change: held.get(value(change)))

    return (
        *_head(lambda _: store, form, lang),
        held_at("before", one, lambda change: change.before),
        held_at("after", other, lambda change: change.after),
        TableColumn("since", "Since", "از", lambda change: day_of(change.record)),
        TableColumn("until", "Until", "تا", lambda change: getattr(change.record, "end", None)),
        TableColumn("attested", "Told so as of", "دیده‌شده در", lambda change: getattr(change.record, "attested", None)),
        TableColumn("sources", "Sources", "منبع‌ها", _sources(lambda _: store, form, lang)),
    )


def of_stores(one: Store, other: Store, form: Format, lang: Lang) -> tuple[TableColumn[Change], ...]:
    """The columns for how two stores differ."""
    from citydiplomacy.queries.wording.tables import TableColumn

    data = form in DATA_FORMATS

    def value(store: Store, value: Any) -> Any:
        return value if data else shown_names(store, value, lang)

    def where(change: Change) -> Store:
        return one if change.how == "gone" else other

    def property_(change: Change) -> str | None:
        if data or not change.property:
            return change.property or None
        prop = change.record.schema.by_name.get(change.property)
        return prop.label(lang.value) if prop else STATEMENTS[lang]  # of a source whose words changed

    return (
        *_head(where, form, lang),
        TableColumn("property", "Property", "ویژگی", property_),
        TableColumn("before", "Before", "پیش", lambda change: value(one, change.before)),
        TableColumn("after", "After", "پس", lambda change: value(other, change.after)),
        TableColumn("sources", "Sources", "منبع‌ها", _sources(where, form, lang)),
    )


def ordered(changes: Changes) -> Iterator[Change]:
    """Changes by class, then by how, then by id."""
    from citydiplomacy.graph.model.schema import REGISTRY

    classes, hows = list(REGISTRY), list(WORDS)
    yield from sorted(
        changes.listed,
        key=lambda change: (classes.index(change.record.schema.name), hows.index(change.how), change.record.id),
    )


def _head(where: Callable[[Change], Store], form: Format, lang: Lang) -> Iterator[TableColumn[Change]]:
    """How, of which class, which record, and its name in the store where it is."""
    from citydiplomacy.queries.reports.difference import title
    from citydiplomacy.queries.wording.tables import TableColumn

    data = form in DATA_FORMATS

    def how(change: Change) -> str:
        return change.how.value if data else WORDS[change.how][lang is Lang.FA]

    def kind(change: Change) -> str:
        schema = change.record.schema
        return schema.name if data else schema.title(lang.value)

    yield TableColumn("change", "Change", "دگرگونی", how)
    yield TableColumn("class", "Of", "از گونهٔ", kind)
    yield TableColumn("record", "Id", "شناسه", lambda change: change.record.id)
    yield TableColumn("record_name", "What", "چه", lambda change: title(where(change), change.record, lang.value))


def _sources(where: Callable[[Change], Store], form: Format, lang: Lang) -> Callable[[Change], tuple[str, ...]]:
    """The sources of a change: by title for people, by their bare ids for programs."""

    def sources(change: Change) -> tuple[str, ...]:
        if form in DATA_FORMATS:
            return tuple(source.removeprefix("source/") for source in change.sources)
        return tuple(map(IdNames(where(change), lang).of, change.sources))

    return sources


def counted_of(changes: Changes, lang: Lang) -> Iterator[str]:
    """A sentence a class of which something changed, or may have: how many records in which way."""
    from citydiplomacy.graph.model.schema import REGISTRY

    changed = [name for name in REGISTRY if changes.counts.get(name, {}).keys() - {"same"}]
    comma = {Lang.EN: ", ", Lang.FA: "، "}[lang]
    for name in changed:
        counts = changes.counts[name]
        kinds = [(counts[key], words[lang is Lang.FA]) for key, words in WORDS.items() if counts[key]]
        told = [f"{shown_value(number, lang)} {words}" for number, words in kinds]
        yield f"{REGISTRY[name].title(lang.value)}: {comma.join(told)}."
    if not changed:
        yield {Lang.EN: "Nothing changed.", Lang.FA: "چیزی دگرگون نشده است."}[lang]
