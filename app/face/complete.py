"""What is not known of cities as a workbook to complete: the ties and cities that lack something, a row each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

from ..output import Lang
from .sheets import NOTES, brought, in_words, words_of

if TYPE_CHECKING:
    from citydiplomacy.graph.export.sheets import SheetRows
    from citydiplomacy.graph.model.schema import Record, RecordClass
    from citydiplomacy.graph.store.reader import Store

ASKED = ("start", "end", "status")
"""What is asked of a tie that has no beginning or no status."""
WHAT = {"en": "what it is", "fa": "چیست"}
UNKNOWN = {"en": "unknown", "fa": "نادانسته‌ها"}
TITLE = {"en": "Completed: {}", "fa": "کامل‌شده: {}"}


def write(store: Store, out: IO[bytes], cities: Sequence[str], lang: Lang) -> int:
    """Write a workbook that asks what is not known of cities; filled in, it loads as it is. Returns its rows.

    Raises UsageError for a city that is none, MissingExtraError without openpyxl.
    """
    from citydiplomacy.graph.export import sheets
    from citydiplomacy.graph.model.schema import REGISTRY
    from citydiplomacy.graph.model.table_cells import ASIDE
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.city import profile, unknown
    from citydiplomacy.queries.wording.speech import Speech

    found = [lookup.find(store, name, "City") for name in cities]
    say = Speech(lang.value)
    told = [
        (each.city_name, each.sentence)
        for city in found
        for each in unknown.of_city(say, profile.profile(store, city, lang.value))
    ]
    lacking: dict[str, list[Record]] = {}
    for record in {each.id: each for city in found for each in _lacking(store, city)}.values():
        lacking.setdefault(record.schema.name, []).append(record)
    made: list[SheetRows] = []
    tables: list[dict[str, Any]] = []
    for entry in REGISTRY.values():
        if records := lacking.get(entry.name):
            titles = _titles(entry, lang)
            rows = [[_cell(store, each, name, lang) for name in titles] for each in records]
            named = entry.table if lang is Lang.EN else entry.title(lang.value)
            made.append(
                sheets.SheetRows(named, [_title(entry, name, text, lang) for name, text in titles.items()], rows)
            )
            tables.append(_table(named, entry, titles, lang))
    names = ", ".join(dict.fromkeys(name for name, _ in told)) or ", ".join(cities)
    own = f"completed-{'-'.join(city.partition('/')[2] for city in found)}"
    sentences = sheets.SheetRows(ASIDE + UNKNOWN[lang.value], (), told)
    about = {"id": own, "kind": "official", f"title_{lang.value}": TITLE[lang.value].format(names)}
    written = sheets.write([*made, sentences, brought(about, tables, lang)], out, lang.value, str(about["id"]))
    return sum(written[each.name] for each in made)


def _lacking(store: Store, city: str) -> Iterator[Record]:
    """The ties of a city that have no beginning or no status, and of it and its partners those without a country."""
    from citydiplomacy.graph.model.records import City
    from citydiplomacy.graph.model.schema import Tie

    ties = [each for each in map(store.get, store.referring(city)) if isinstance(each, Tie)]
    yield from (each for each in ties if each.start is None or each.status is None)
    for one in sorted({city, *(end for tie in ties for end in tie.schema.ends_of(tie))}):
        record = store.get(one)
        if isinstance(record, City) and not record.country:
            yield record


def _titles(entry: RecordClass, lang: Lang) -> dict[str, str]:
    """The columns of a sheet with their titles: what a row is about, what is asked, and last the ids that name it."""
    from citydiplomacy.graph.model.table_cells import column_titles

    titles = dict(column_titles(entry, lang.value))
    kind = [entry.kind.name] if entry.kind else []
    wanted = (*_asked(entry), "note", *kind, *(entry.ends if entry.is_tie else ()), "id")
    return {"": WHAT[lang.value]} | {name: titles[name] for name in wanted}


def _asked(entry: RecordClass) -> tuple[str, ...]:
    return ASKED if entry.is_tie else ("country",)


def _cell(store: Store, record: Record, name: str, lang: Lang) -> str:
    """What a cell holds before anything is filled in: nothing where something is asked."""
    from citydiplomacy.graph.export.tables import row

    if not name:
        return _said(store, record, lang)
    return "" if name == "note" or name in _asked(record.schema) else row(record).get(name, "")


def _said(store: Store, record: Record, lang: Lang) -> str:
    """What a row is about, with what is known of what is asked."""
    from citydiplomacy.queries.wording.speech import Speech

    entry, say = record.schema, Speech(lang.value)
    if not entry.is_tie:
        return record.label(lang.value)
    ends = [each.label(lang.value) for each in map(store.get, entry.ends_of(record)) if each]
    known = [
        in_words(value, lang) if isinstance(value, str) else say.date(value)
        for name in _asked(entry)
        if (value := getattr(record, name))
    ]
    kind = in_words(getattr(record, entry.kind.name), lang) if entry.kind else entry.label(lang.value)
    return f"{kind}: {' – '.join(ends)}" + (f" ({say('; ', '؛ ').join(known)})" if known else "")


def _title(entry: RecordClass, name: str, text: str, lang: Lang) -> Any:
    from citydiplomacy.graph.export.sheets import Title

    form = {"start": "date", "end": "date", "status": "choice", "country": "text"}.get(name, "")
    listed = words_of(entry, name, lang) if name == "status" else ()
    return Title(text, NOTES[form][lang.value] if form else "", listed, only=bool(listed), asked=name in _asked(entry))


def _table(sheet: str, entry: RecordClass, titles: dict[str, str], lang: Lang) -> dict[str, Any]:
    """How a sheet is read: of its rows those in which something that was asked is filled in."""
    asked = [titles[name] for name in _asked(entry)]
    columns: dict[str, Any] = {}
    for name, title in titles.items():
        prop = entry.by_name.get(name)
        if name == "country":
            columns[name] = {"column": title, "country": True}
        elif name == "note":
            columns[f"note_{lang.value}"] = title
        elif name:
            columns[name] = {"column": title, "split": "|"} if prop and prop.many else title
    return {"file": sheet, "record": entry.table, "asks": asked, "columns": columns}
