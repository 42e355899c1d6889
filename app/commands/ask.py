"""Commands that ask a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from citydiplomacy.graph.language.plurals import counted

from ..naming import IdNames
from ..opening import open_store
from ..options import (
    DEFAULT_STORE,
    AtLeastOption,
    AtOption,
    ExcelOption,
    FormatOption,
    IdsOption,
    LangOption,
    OutputOption,
    StorePath,
)
from ..output import DATA_FORMATS, Format, Lang, print_table, say, shown_value
from ..report_output import Output, check, print_report
from ..told import matches, tellers, values_told

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.library.question import Question
    from citydiplomacy.queries.wording.tables import TableColumn

MATCHES = 5
"""Matches of a thing that are told."""
PARTS_FA = {"parameter": "پارامتر", "column": "ستون"}
"""Of a question."""
CityName = Annotated[str, typer.Argument(help="City: name in English or Persian, id, or Wikidata item.")]


def questions(
    names: Annotated[list[str] | None, typer.Argument(help="Tell all of these.", show_default="list all")] = None,
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    lang: LangOption = Lang.EN,
) -> None:
    """List the saved questions, or tell all about some.

    Example: citydip questions sister-cities
    """
    from citydiplomacy.queries.library import catalogue
    from citydiplomacy.queries.wording.tables import Table

    if not names:
        print_table(Table.of(lang.value, _question_columns(lang), catalogue.questions()), form, lang)
        return
    for asked in map(catalogue.question, names):
        say(f"{asked.name}: {asked.title[lang.value]}\n{asked.description[lang.value]}")
        parts = [_Part("parameter", p.name, p.type, p.default, p.description[lang.value]) for p in asked.parameters]
        parts += [_Part("column", c.name, c.type, None, c.title[lang.value]) for c in asked.columns]
        print_table(Table.of(lang.value, _part_columns(form, lang), parts), form, lang)


class _Part(NamedTuple):
    """A parameter or column of a question."""

    part: str
    name: str
    type: str
    default: str | int | None
    meaning: str


def _part_columns(form: Format, lang: Lang) -> tuple[TableColumn[_Part], ...]:
    from citydiplomacy.queries.wording.tables import TableColumn

    persian = lang is Lang.FA and form not in DATA_FORMATS
    return (
        TableColumn("part", "Part", "بخش", lambda part: PARTS_FA[part.part] if persian else part.part),
        TableColumn("name", "Name", "نام", lambda part: part.name),
        TableColumn("type", "Type", "گونه", lambda part: part.type),
        TableColumn("default", "Default", "پیش‌فرض", lambda part: part.default),
        TableColumn("meaning", "Meaning", "معنا", lambda part: part.meaning),
    )


def _question_columns(lang: Lang) -> tuple[TableColumn[Question], ...]:
    from citydiplomacy.queries.wording.tables import TableColumn

    return (
        TableColumn("question", "Question", "پرسش", lambda asked: asked.name),
        TableColumn("title", "Title", "عنوان", lambda asked: asked.title[lang.value]),
        TableColumn(
            "parameters",
            "Parameters",
            "پارامترها",
            lambda asked: " ".join(each.name for each in asked.parameters if each.type != "lang"),
        ),
        TableColumn("languages", "Languages", "زبان‌ها", lambda asked: " ".join(asked.languages)),
    )


def show(
    name: Annotated[str, typer.Argument(help="Anything: a city, an organisation, a need, a tie; by name or id.")],
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Show what is known of one thing, what each source says of it, and where they differ.

    Example: citydip show مشهد --lang fa
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.standing import coverage
    from citydiplomacy.queries.wording.speech import Speech

    with open_store(store, at, lang) as opened:
        record_id = lookup.find(opened, name, lang=lang)
        merged = opened.get(record_id)
        assert merged is not None
        claims = opened.claims(record_id)
        say(f"{IdNames(opened, lang).of(record_id)} ({record_id}): {tellers(opened, record_id, claims, lang)}")
        for sentence in (
            coverage.of_city(Speech(lang.value), opened, record_id) if record_id.startswith("city/") else ()
        ):
            say(sentence)
        _tell_matches(opened, record_id, lang)
        print_table(values_told(opened, merged, claims, lang, data=form in DATA_FORMATS), form, lang)


def _tell_matches(opened: Store, record_id: str, lang: Lang) -> None:
    """Say under which other ids a thing was read or may be found, who says so and why."""
    told = matches(opened, record_id, lang)
    for line in told[:MATCHES]:
        say(f"  {line}")
    if (rest := len(told) - MATCHES) > 0:
        more = {
            Lang.EN: f"  … {counted(rest, 'more match', 'more matches')}",
            Lang.FA: f"  … {shown_value(rest, lang)} همسانی دیگر",
        }
        say(more[lang])


def compare(
    one: CityName,
    other: CityName,
    more: Annotated[
        list[str] | None, typer.Argument(help="Up to three more, each compared with the first.", show_default="none")
    ] = None,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    at_least: AtLeastOption = "",
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    folder: OutputOption = None,
    ids: IdsOption = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Compare two to five cities: headlines, dimensions, what only one has, what each still needs, and who says so.

    As one document with figures: citydip report CITY --against OTHER

    Example: citydip compare Mashhad Tehran --lang fa
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.reports.comparison import compare_all

    check(folder, form)
    with open_store(store, at, lang, at_least) as opened:
        cities = tuple(lookup.find(opened, name, "City", lang=lang) for name in (one, other, *(more or ())))
        found = compare_all(opened, cities, lang.value)
        print_report(found, form, lang, ids=ids, output=Output(folder, opened, "compare", cities))


def gaps(
    city: CityName,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    at_least: AtLeastOption = "",
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    folder: OutputOption = None,
    ids: IdsOption = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Show what a city needs and no tie of it addresses, who could address it, what hinders, and what is not known.

    Two cities, side by side: citydip compare CITY OTHER

    Example: citydip gaps Mashhad
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.reports.gaps import gaps as found

    check(folder, form)
    with open_store(store, at, lang, at_least) as opened:
        about = lookup.find(opened, city, "City", lang=lang)
        output = Output(folder, opened, "gaps", (about,))
        print_report(found(opened, about, lang.value), form, lang, ids=ids, output=output)
