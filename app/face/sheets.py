"""Workbooks to fill in, which load as they are: titles and lists to choose from in a language, their mapping beside."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError, UsageError
from ..output import Lang

if TYPE_CHECKING:
    from citydiplomacy.graph.model.schema import Property
    from citydiplomacy.graph.store.reader import Store

ROWS = 1000
"""Rows under the titles that have lists to choose from."""
LISTS = "lists"
"""The hidden sheet with what there is to choose from."""
NAME, COUNTRY = r"^([^(]+?)\s*(?:\(|$)", r"(?:\(\s*([^()]+?)\s*\))?$"


class Kind(StrEnum):
    """Which ties a workbook is for."""

    MEMBERSHIP = "membership"
    AGREEMENT = "agreement"
    MISSION = "mission"


COLUMNS = {
    Kind.MEMBERSHIP: ("member", "organization", "role", "start", "end", "status", "notes"),
    Kind.AGREEMENT: ("one", "other", "kind", "start", "end", "status", "notes"),
    Kind.MISSION: ("sender", "host", "kind", "start", "end", "status", "notes"),
}
CITIES, BODIES, COUNTRIES = ("member", "one", "other", "host"), ("organization",), ("sender",)
SIDES = {"one": {"en": "city A", "fa": "شهر اول"}, "other": {"en": "city B", "fa": "شهر دوم"}}
EXAMPLES = {
    "city": {"en": "Mashhad (Iran): a name, and its country in brackets", "fa": "مشهد (ایران): نام، و کشورش در کمانک"},
    "date": {"en": "2014, 2014-02-27, 1392 SH", "fa": "۱۳۹۲، ۱۳۹۲/۱۲/۸، ۲۰۱۴"},
    "choice": {"en": "one of the list", "fa": "یکی از فهرست"},
    "text": {"en": "what else is told", "fa": "هرچه جز این گفته می‌شود"},
}


def write(store: Store, out: Path, kind: Kind, lang: Lang) -> None:
    """Write a workbook for ties of a kind, and its mapping beside it. Raises UsageError where one of them is there,
    CityDiplomacyError if the place cannot be written.
    """
    from citydiplomacy.graph import whole_files

    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"{out}: a workbook is written as .xlsx.")
    beside = out.with_suffix(".toml")
    for path in (out, beside):
        whole_files.check(path)
        if path.exists():
            raise UsageError(f"{path} is there already.", hint="Name another file, or take this one away first.")
    titles = [_title(kind, name, lang) for name in COLUMNS[kind]]
    choices = {name: list(_choices(store, kind, name, lang)) for name in COLUMNS[kind]}
    whole_files.write(out, _workbook(kind, titles, choices, lang))
    whole_files.write(beside, _mapping(out, kind, dict(zip(COLUMNS[kind], titles, strict=True)), lang))


def _property(kind: Kind, name: str) -> Property:
    from citydiplomacy.graph.model.schema import by_folder

    entry = by_folder(f"{kind}/")
    assert entry is not None
    return entry.by_name[name]


def _title(kind: Kind, name: str, lang: Lang) -> str:
    return SIDES[name][lang.value] if name in SIDES else _property(kind, name).label(lang.value)


def _concepts(kind: Kind, name: str, lang: Lang) -> dict[str, str]:
    """The words to choose from for a column of a scheme, with what each means."""
    from citydiplomacy.ontology.schemes import schemes

    (scheme,) = _property(kind, name).range
    found = {concept.labels[lang.value]: each.partition("/")[2] for each, concept in schemes()[scheme].items()}
    return dict(sorted(found.items()))


def _choices(store: Store, kind: Kind, name: str, lang: Lang) -> Iterator[str]:
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
        yield from _concepts(kind, name, lang)


def _workbook(kind: Kind, titles: Sequence[str], choices: dict[str, list[str]], lang: Lang) -> bytes:
    try:
        from openpyxl import Workbook
        from openpyxl.comments import Comment
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation
    except ImportError:
        raise MissingExtraError("openpyxl", "excel", "Writing a workbook") from None
    book = Workbook()
    main, lists = book.active, book.create_sheet(LISTS)
    assert main is not None
    main.title, lists.sheet_state = kind.value, "hidden"
    main.sheet_view.rightToLeft = lang is Lang.FA
    main.freeze_panes = "A2"
    for at, (name, title) in enumerate(zip(COLUMNS[kind], titles, strict=True), 1):
        letter = get_column_letter(at)
        head = main.cell(1, at, title)
        form = (
            "city"
            if name in CITIES
            else "date"
            if name in ("start", "end")
            else "text"
            if name == "notes"
            else "choice"
        )
        head.comment = Comment(EXAMPLES[form][lang.value], "citydip")
        head.font = Font(bold=True)
        main.column_dimensions[letter].width = 28
        for row, choice in enumerate(choices[name], 1):
            lists.cell(row, at, choice)
        if choices[name]:
            strict = name in ("role", "kind", "status")
            listed = f"={LISTS}!${letter}$1:${letter}${len(choices[name])}"
            rule = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=strict)
            rule.add(f"{letter}2:{letter}{ROWS}")
            main.add_data_validation(rule)
        if form == "date":
            for row in range(2, ROWS + 1):
                main.cell(row, at).number_format = "@"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _mapping(out: Path, kind: Kind, titles: dict[str, str], lang: Lang) -> str:
    """The mapping of the workbook: cities by name and country, words of the language by what they mean."""
    import tomli_w

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
            case "start" | "end":
                columns[name] = titles[name]
            case "organization":
                label = {f"label_{lang.value}": titles[name], "id": {"column": titles[name], **own}}
                tables.append({"record": "organizations", "columns": label})
                columns[name] = {"column": titles[name], **own}
            case "sender":
                columns[name] = {"column": titles[name], "country": True}
            case "member" | "host":
                columns[name] = {"column": titles[name], **own}
            case _:
                words: dict[str, list[str]] = {}
                for word, ours in _concepts(kind, name, lang).items():
                    words.setdefault(ours, []).append(word)
                columns[name] = {"column": titles[name], "map": words}
    if kind is Kind.MEMBERSHIP:
        columns["role"]["default"] = "member"
    tables.append({"record": kind.value + "s", "columns": columns, "constants": {"locators": "row {row}"}})
    about: dict[str, Any] = {"id": source, "kind": "official", f"title_{lang.value}": out.stem}
    if lang is Lang.FA:
        about["calendar"] = "solar-hijri"
    defaults = {"file": out.name, "sheet": kind.value}
    return tomli_w.dumps({"source": about, "defaults": defaults, "tables": tables})
