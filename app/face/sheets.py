"""Workbooks to fill in, which load as they are: titles and lists to choose from in a language, and their mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..output import Lang

if TYPE_CHECKING:
    from citydiplomacy.graph.export.sheets import SheetRows, Title
    from citydiplomacy.graph.model.schema import RecordClass
    from citydiplomacy.graph.store.reader import Store

NAME, COUNTRY = r"^([^(]+?)\s*(?:\(|$)", r"(?:\(\s*([^()]+?)\s*\))?$"


class SheetKind(StrEnum):
    """Which ties a workbook is for."""

    MEMBERSHIP = "membership"
    AGREEMENT = "agreement"
    MISSION = "mission"


COLUMNS = {
    SheetKind.MEMBERSHIP: ("member", "organization", "role", "start", "end", "status", "notes"),
    SheetKind.AGREEMENT: ("one", "other", "kind", "start", "end", "status", "notes"),
    SheetKind.MISSION: ("sender", "host", "kind", "start", "end", "status", "notes"),
}
CITIES, BODIES, COUNTRIES = ("member", "one", "other", "host"), ("organization",), ("sender",)
SIDES = {"one": {"en": "city A", "fa": "شهر اول"}, "other": {"en": "city B", "fa": "شهر دوم"}}
NOTES = {
    "city": {"en": "Mashhad (Iran): a name, and its country in brackets", "fa": "مشهد (ایران): نام، و کشورش در کمانک"},
    "date": {"en": "2014, 2014-02-27, 1392 SH", "fa": "۱۳۹۲، ۱۳۹۲/۱۲/۸، ۲۰۱۴"},
    "choice": {"en": "one of the list", "fa": "یکی از فهرست"},
    "text": {"en": "what else is told", "fa": "هرچه جز این گفته می‌شود"},
}


def write(store: Store, out: Path, kind: SheetKind, lang: Lang) -> None:
    """Write a workbook for ties of a kind. Raises UsageError where there is a file already."""
    from citydiplomacy.graph import whole_files
    from citydiplomacy.graph.export import sheets

    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"{out}: a workbook is written as .xlsx.")
    whole_files.check(out)
    if out.exists():
        raise UsageError(f"{out} is there already.", hint="Name another file, or take this one away first.")
    entry = _entry(kind)
    titles = {name: _title(entry, name, lang) for name in COLUMNS[kind]}
    columns = [_column(store, entry, name, title, lang) for name, title in titles.items()]
    with whole_files.writing(out) as file:
        mapping = _mapping(out, kind, titles, lang)
        sheets.write([sheets.SheetRows(kind.value, columns), mapping], file, lang.value, out.stem)


def _entry(kind: SheetKind) -> RecordClass:
    from citydiplomacy.graph.model.schema import by_folder

    entry = by_folder(f"{kind}/")
    assert entry is not None
    return entry


def _title(entry: RecordClass, name: str, lang: Lang) -> str:
    return SIDES[name][lang.value] if name in SIDES else entry.by_name[name].label(lang.value)


def _column(store: Store, entry: RecordClass, name: str, title: str, lang: Lang) -> Title:
    from citydiplomacy.graph.export.sheets import Title

    form = {"start": "date", "end": "date", "notes": "text"}.get(name, "city" if name in CITIES else "choice")
    only = name in ("role", "kind", "status")
    return Title(title, NOTES[form][lang.value], list(_choices(store, entry, name, lang)), only)


def words_of(entry: RecordClass, name: str, lang: Lang) -> list[str]:
    """The words to choose from for a column of a scheme."""
    from citydiplomacy.ontology.schemes import schemes

    (scheme,) = entry.by_name[name].range
    return sorted(in_words(concept, lang) for concept in schemes()[scheme])


def in_words(concept: str, lang: Lang) -> str:
    """What a concept is called."""
    from citydiplomacy.ontology.schemes import schemes

    return schemes()[concept.partition("/")[0]][concept].label(lang.value)


def _choices(store: Store, entry: RecordClass, name: str, lang: Lang) -> Iterator[str]:
    from citydiplomacy.graph.model.records import City, Country, Organization

    def named(record: Any) -> str:
        return record.label(lang.value) or record.label("en") or record.label("und") or ""

    countries = {record.id: named(record) for record in store.records(Country)}
    if name in CITIES:
        cities = ((named(record), countries.get(record.country or "", "")) for record in store.records(City))
        yield from sorted({f"{city} ({country})" for city, country in cities if city and country})
    elif name in BODIES:
        yield from sorted({label for record in store.records(Organization) if (label := named(record))})
    elif name in COUNTRIES:
        yield from sorted(filter(None, set(countries.values())))
    elif name in ("role", "kind", "status"):
        yield from words_of(entry, name, lang)


def _mapping(out: Path, kind: SheetKind, titles: dict[str, str], lang: Lang) -> SheetRows:
    """The mapping of the workbook: cities by name and country."""
    from citydiplomacy.graph.model.ids import slug

    source = slug(out.stem) or kind.value
    own = {"slug": True, "prefix": f"{source}-"}
    tables: list[dict[str, Any]] = [
        {
            "record": "cities",
            "columns": {
                "id": {"column": titles[name], **own},
                f"label_{lang.value}": {"column": titles[name], "pattern": NAME},
                "country": {"column": titles[name], "pattern": COUNTRY, "country": True},
            },
        }
        for name in COLUMNS[kind]
        if name in CITIES
    ]
    columns: dict[str, Any] = {}
    for name in COLUMNS[kind]:
        match name:
            case "one":
                columns["parties"] = {"columns": [titles["one"], titles["other"]], **own}
            case "other":
                continue
            case "notes":
                columns[f"note_{lang.value}"] = titles[name]
            case "organization":
                label = {f"label_{lang.value}": titles[name], "id": {"column": titles[name], **own}}
                tables.append({"record": "organizations", "columns": label})
                columns[name] = {"column": titles[name], **own}
            case "sender":
                columns[name] = {"column": titles[name], "country": True}
            case "member" | "host":
                columns[name] = {"column": titles[name], **own}
            case _:
                columns[name] = {"column": titles[name]}
    if kind is SheetKind.MEMBERSHIP:
        columns["role"]["default"] = "member"
    tables.append({"record": kind.value + "s", "columns": columns, "constants": {"locators": "row {row}"}})
    about = {"id": source, "kind": "official", f"title_{lang.value}": out.stem}
    return brought(about, [{"file": kind.value, **each} for each in tables], lang)


def brought(source: Mapping[str, str], tables: Sequence[Mapping[str, Any]], lang: Lang) -> SheetRows:
    """The sheet with the mapping that a workbook brings."""
    import tomli_w

    from citydiplomacy.graph.export.sheets import SheetRows
    from citydiplomacy.graph.model.table_cells import MAPPING

    about = {**source, "calendar": "solar-hijri"} if lang is Lang.FA else source
    lines = tomli_w.dumps({"source": about, "tables": tables}).splitlines()
    return SheetRows(MAPPING, (), [[line] for line in lines if line], hidden=True)
