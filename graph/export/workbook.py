"""A source as a workbook: corrected by hand, it is loaded again in the place of what it said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import SKOS

from ..language.dates import parse_date
from ..model.records import Source
from ..model.schema import REGISTRY, Kind, Record, RecordClass
from ..model.table_cells import NAMES_SHEET, OWN_SHEET, column_titles, join_values
from ..model.values import Date
from ..rdf import triples
from ..store import scan
from ..store.reader import Store
from .sheets import SheetRows, Title, write
from .tables import Row, columns, row, rows

_NOTES = {
    Kind.DATE: {"en": "2014, 2014-02-27, 2004~, 1392 SH", "fa": "۱۳۹۲، ۱۳۹۲/۱۲/۸، 2014-02-27، ~2004"},
    Kind.CONCEPT: {"en": "one of the list", "fa": "یکی از فهرست"},
    Kind.REFERENCE: {"en": "an id; see the sheet of names", "fa": "شناسه؛ برگهٔ نام‌ها را ببینید"},
}
_SEVERAL = {"en": "several with | between them", "fa": "چند تا با | میان آنها"}


def write_workbook(store: Store, out: IO[bytes], source: str, lang: str) -> Mapping[str, int]:
    """Write what the collection of a source says as tables of ours: own names in English, titles and words in Persian.

    Returns the rows of each table. Raises MissingExtraError without openpyxl, UsageError for what no sheet can hold.
    """
    collection = store.manifest.sources[source].collection
    own = store.get(collection, collection)
    assert isinstance(own, Source)
    sources = sorted(name for name, entry in store.manifest.sources.items() if entry.collection == collection)
    told: dict[str, dict[str, list[Record]]] = {}
    for name in sources:
        for record in scan.told(store, name):
            told.setdefault(record.schema.name, {}).setdefault(name, []).append(record)
    named: set[str] = set()
    sheets = []
    for entry in REGISTRY.values():
        cells = []
        for record, extra in rows(told.get(entry.name, {}), collection):
            cells.append(_row(record, lang) | extra)
            named.update(_named(record))
        if cells:
            sheets.append(_sheet(entry, cells, lang))
    mine = SheetRows(OWN_SHEET[lang], (), list(_own(own, lang)))
    names = SheetRows(NAMES_SHEET[lang], (), _names(store, named, lang))
    written = write([mine, *sheets, names], out, lang, own.label(lang))
    return {each.name: written[each.name] for each in sheets}


def _sheet(entry: RecordClass, told: list[Row], lang: str) -> SheetRows:
    used = ["id", *columns(entry, {name for each in told for name in each}), "source"]
    used = [name for name in used if name == "id" or any(name in each for each in told)]
    titles = [_title(entry, name, lang) for name in used]
    return SheetRows(
        entry.table if lang == "en" else entry.title(lang), titles, [[r.get(c, "") for c in used] for r in told]
    )


def _title(entry: RecordClass, name: str, lang: str) -> Title:
    """The title of a column, with what may stand in it."""
    prop = entry.by_name.get(name)
    if prop is None:
        return Title(called(entry, name, lang))
    notes = [_NOTES[prop.kind][lang]] if prop.kind in _NOTES else []
    if prop.many:
        notes.append(_SEVERAL[lang])
    choices = sorted(_word(each, lang) for each in schemes()[prop.range[0]]) if prop.kind is Kind.CONCEPT else ()
    return Title(called(entry, name, lang), "; ".join(notes), choices, only=not prop.many)


def called(entry: RecordClass, name: str, lang: str) -> str:
    """What a column is called in the language: in English by its own name, which the docs tell of."""
    if lang == "en":
        return name
    titles = dict(column_titles(entry, lang))
    if name in titles:
        return titles[name]
    stem, _, of = name.rpartition("_")
    return f"{titles[stem]} ({of})"


def _row(record: Record, lang: str) -> Row:
    """The cells of a record: concepts as they are called, and a date once, as the source wrote it, if that tells it."""
    cells = row(record)
    for prop in record.schema.properties:
        value = getattr(record, prop.name)
        if prop.name in cells and prop.kind is Kind.CONCEPT:
            cells[prop.name] = join_values(_word(each, lang) for each in (value if prop.many else (value,)))
        elif isinstance(value, Date) and value.original and _told(value):
            cells[prop.name] = cells.pop(f"{prop.name}_original")
    return cells


def _told(date: Date) -> bool:
    try:
        return parse_date(date.original or "") == date
    except ValueError:
        return False


def _word(concept: str, lang: str) -> str:
    return concept.partition("/")[2] if lang == "en" else schemes()[concept.partition("/")[0]][concept].label(lang)


def _own(own: Source, lang: str) -> Iterator[tuple[str, str]]:
    """What is said of the source itself: a key and a value a row."""
    for name, cell in _row(own, lang).items():
        key = called(own.schema, name, lang)
        yield (key.replace("label_", "title_", 1) if lang == "en" else key), cell


def _named(record: Record) -> Iterator[str]:
    """The ids of other things that a record names."""
    for prop in record.schema.properties:
        if prop.kind is Kind.REFERENCE and (value := getattr(record, prop.name)):
            yield from value if prop.many else (value,)


def _names(store: Store, named: set[str], lang: str) -> Iterator[tuple[str, str]]:
    """What the things are called that tables name by their ids."""
    for each in sorted(named):
        scheme = each.partition("/")[0]
        if scheme in schemes() and each in schemes()[scheme]:
            yield each, schemes()[scheme][each].label(lang)
        elif label := _label(store, each, lang):
            yield each, label


def _label(store: Store, record_id: str, lang: str) -> str | None:
    """The name of a record, of which nothing else is read; None if there is no such record."""
    said = store.pairs(record_id, predicate=SKOS.prefLabel)
    record = triples.read(record_id, said) if said or store.has(record_id) else None
    return record.label(lang) if record else None
