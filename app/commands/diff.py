"""The command that tells what changed between two dates or two stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError
from ..naming import shown_names
from ..opening import HELD, date_of
from ..options import DEFAULT_STORE, FormatOption, LangOption, StorePath
from ..output import DATA_FORMATS, Format, Lang, named_columns, rows, say, shown_value
from ..words import class_name, property_name

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.reports.difference import Change, Difference

WORDS = {
    "appeared": ("appeared", "پدید آمده"),
    "gone": ("gone", "از میان رفته"),
    "between": ("only in between", "تنها در این میان"),
    "changed": ("changed", "دگرگون"),
    "unknown": ("may have changed", "شاید دگرگون"),
    "undated": ("known at neither date", "در هیچ‌یک از دو تاریخ دانسته نیست"),
    "same": ("the same", "همان"),
}
"""In the order in which they are told."""
TITLES = {
    "change": ("Change", "دگرگونی"),
    "class": ("Of", "از گونهٔ"),
    "record": ("Id", "شناسه"),
    "record_name": ("What", "چه"),
    "property": ("Property", "ویژگی"),
    "before": ("Before", "پیش"),
    "after": ("After", "پس"),
    "since": ("Since", "از"),
    "until": ("Until", "تا"),
    "attested": ("Seen standing", "دیده‌شده در"),
    "sources": ("Sources", "منبع‌ها"),
}


def diff(
    one: Annotated[str, typer.Argument(help="A date, or the folder of a store.")],
    other: Annotated[str, typer.Argument(help="Another date, or the folder of another store.")],
    city: Annotated[str, typer.Option(help="Only what concerns this city.", show_default="all")] = "",
    store: StorePath = DEFAULT_STORE,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Lang.EN,
) -> None:
    """Tell what changed: which ties began or ended between two dates, or how two stores differ, record by record.

    Example: citydip diff 2005 2015 --city Mashhad
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.reports import difference

    folders = [Path(name).is_dir() for name in (one, other)]
    if any(folders) and not all(folders):
        raise UsageError("one is a folder, the other is not.", hint="Give two dates, or the folders of two stores.")
    with ExitStack() as opened:
        if any(folders):
            a, b = (opened.enter_context(Store.open_folder(Path(name))) for name in (one, other))
            chosen = _city(city, lambda name: lookup.find(b, name, "City"), lambda name: lookup.find(a, name, "City"))
            found = difference.between_stores(a, b, chosen)
            names, listed = _of_stores(found, a, b, form, lang)
        else:
            asked = opened.enter_context(Store.open_folder(store))
            dates = [date_of(text, lang) for text in (one, other)]
            chosen = _city(city, lambda name: lookup.find(asked, name, "City"))
            found = difference.between_dates(asked, dates[0], dates[1], chosen)
            names, listed = _of_dates(found, asked, form, lang)
    for sentence in _counted(found, lang):
        say(sentence)
    kept = named_columns(names) if form not in DATA_FORMATS else range(len(names))
    titles = [TITLES[names[place]][lang is Lang.FA] for place in kept]
    rows([names[place] for place in kept], titles, [[row[place] for place in kept] for row in listed], form, lang)


def _city(name: str, *lookups: Callable[[str], str]) -> str | None:
    """The id of a city that one of two stores knows."""
    if not name:
        return None
    *others, last = lookups
    for look in others:
        try:
            return look(name)
        except UsageError:
            continue
    return last(name)


Listed = tuple[list[str], list[list[Any]]]
"""Names of columns, and rows."""


def _of_dates(found: Difference, store: Store, form: Format, lang: Lang) -> Listed:
    from citydiplomacy.graph.model.validity import day_of

    held = HELD[Lang.EN if form in DATA_FORMATS else lang]
    names = ["change", "class", "record", "record_name", "before", "after", "since", "until", "attested", "sources"]
    listed = [
        [
            *_head(change, store, form, lang),
            held[change.before],
            held[change.after],
            day_of(change.record),
            getattr(change.record, "end", None),
            getattr(change.record, "attested", None),
            _bare(change.sources),
        ]
        for change in _ordered(found)
    ]
    return names, listed


def _of_stores(found: Difference, one: Store, other: Store, form: Format, lang: Lang) -> Listed:
    names = ["change", "class", "record", "record_name", "property", "before", "after", "sources"]
    people = form not in DATA_FORMATS
    listed = []
    for change in _ordered(found):
        before, after, property_ = change.before, change.after, change.property or None
        if people:
            before, after = shown_names(one, before, lang), shown_names(other, after, lang)
            property_ = property_ and property_name(property_, lang.value)
        where = one if change.how == "gone" else other
        listed.append([*_head(change, where, form, lang), property_, before, after, _bare(change.sources)])
    return names, listed


def _ordered(found: Difference) -> Iterator[Change]:
    """Changes by class, then by how, then by id."""
    from citydiplomacy.graph.model.schema import REGISTRY

    classes, hows = list(REGISTRY), list(WORDS)
    yield from sorted(
        found.changes,
        key=lambda change: (classes.index(change.record.schema.name), hows.index(change.how), change.record.id),
    )


def _head(change: Change, store: Store, form: Format, lang: Lang) -> list[Any]:
    """How, of which class, which record, and its name."""
    from citydiplomacy.queries.reports.difference import title

    name = title(store, change.record, lang.value)
    if form in DATA_FORMATS:
        return [change.how.value, change.record.schema.name, change.record.id, name]
    how = WORDS[change.how][lang is Lang.FA]
    return [how, class_name(change.record.schema.name, lang.value), change.record.id, name]


def _bare(sources: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(source.removeprefix("source/") for source in sources)


def _counted(found: Difference, lang: Lang) -> Iterator[str]:
    """A sentence a class of which something changed, or may have: how many records in which way."""
    from citydiplomacy.graph.model.schema import REGISTRY

    changed = [name for name in REGISTRY if found.counts.get(name, {}).keys() - {"same"}]
    comma = {Lang.EN: ", ", Lang.FA: "، "}[lang]
    for name in changed:
        counts = found.counts[name]
        kinds = [(counts[key], words[lang is Lang.FA]) for key, words in WORDS.items() if counts[key]]
        told = [f"{shown_value(number, lang)} {words}" for number, words in kinds]
        yield f"{class_name(name, lang.value)}: {comma.join(told)}."
    if not changed:
        yield {Lang.EN: "Nothing changed.", Lang.FA: "چیزی دگرگون نشده است."}[lang]
