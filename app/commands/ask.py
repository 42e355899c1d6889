"""Commands that ask a store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..naming import shown_names
from ..opening import open_store
from ..options import DEFAULT_STORE, AtOption, FormatOption, LangOption, StorePath
from ..output import DATA_FORMATS, Format, Lang, named_columns, rows, say, shown_value
from ..words import property_name

if TYPE_CHECKING:
    from citydiplomacy.graph.model.schema import Record
    from citydiplomacy.graph.store.reader import Store

MATCHES = 5
"""Matches of a thing that are told."""
MARKS = {
    Lang.EN: {"stands": "stands", "said": "said", "differs": "differs"},
    Lang.FA: {"stands": "برقرار", "said": "گفته‌شده", "differs": "متفاوت"},
}
CityName = Annotated[str, typer.Argument(help="City: name in English or Persian, id, or Wikidata item.")]


def questions(
    names: Annotated[list[str] | None, typer.Argument(help="Tell all of these.", show_default="list all")] = None,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Lang.EN,
) -> None:
    """List the saved questions, or tell all about some.

    Example: citydip questions sister-cities
    """
    from citydiplomacy.queries.library import catalogue

    if not names:
        titles = {
            Lang.EN: ("Question", "Title", "Parameters", "Languages"),
            Lang.FA: ("پرسش", "عنوان", "پارامترها", "زبان‌ها"),
        }[lang]
        listed = [
            (
                asked.name,
                asked.title[lang.value],
                " ".join(p.name for p in asked.parameters if p.type != "lang"),
                " ".join(asked.languages),
            )
            for asked in catalogue.questions()
        ]
        rows(("question", "title", "parameters", "languages"), titles, listed, form, lang)
        return
    for asked in map(catalogue.question, names):
        say(f"{asked.name}: {asked.title[lang.value]}\n{asked.description[lang.value]}")
        parts = [("parameter", p.name, p.type, p.default, p.description[lang.value]) for p in asked.parameters]
        parts += [("column", c.name, c.type, None, c.title[lang.value]) for c in asked.columns]
        columns = ("part", "name", "type", "default", "meaning")
        rows(columns, [column.capitalize() for column in columns], parts, form, lang)


def show(
    name: Annotated[str, typer.Argument(help="Anything: a city, an organisation, a need, a tie; by name or id.")],
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    form: FormatOption = Format.TABLE,
    lang: LangOption = Lang.EN,
) -> None:
    """Show what is known of one thing, what each source says of it, and where they differ.

    Example: citydip show مشهد --lang fa
    """
    from citydiplomacy.graph.store import lookup

    with open_store(store, at, lang) as opened:
        found = lookup.find(opened, name)
        merged = opened.get(found)
        assert merged is not None
        claims = opened.claims(found)
        number = shown_value(len(claims), lang)
        told = {Lang.EN: f"told by {number} sources", Lang.FA: f"به گفتهٔ {number} منبع"}[lang]
        say(f"{_described(merged, lang)}: {told}")
        _tell_matches(opened, found, lang)
        marks = MARKS[Lang.EN if form in DATA_FORMATS else lang]
        listed = []
        for prop in merged.schema.properties:
            stands = getattr(merged, prop.name)
            said: dict[Any, list[str]] = {}
            for source, claim in claims.items():
                value = getattr(claim, prop.name)
                if value is not None and value != ():
                    said.setdefault(value, []).append(source.removeprefix("source/"))
            for value, sources in sorted(said.items(), key=lambda item: (item[0] != stands, -len(item[1]))):
                mark = "stands" if value == stands else "said" if prop.many or stands is None else "differs"
                name_shown = prop.name if form in DATA_FORMATS else property_name(prop.name, lang.value)
                listed.append((name_shown, shown_names(opened, value, lang), marks[mark], tuple(sources)))
    titles = {
        Lang.EN: ("Property", "Value", "In the merged view", "Sources"),
        Lang.FA: ("ویژگی", "مقدار", "در نمای یکپارچه", "منابع"),
    }[lang]
    rows(("property", "value", "merged", "sources"), titles, listed, form, lang)


def _tell_matches(store: Store, record_id: str, lang: Lang) -> None:
    """Say under which other ids a thing was read or may be found, who says so and why."""
    from citydiplomacy.graph.model.records import Match
    from citydiplomacy.ontology.schemes import schemes

    verdicts = schemes()["match-verdict"]
    matches = store.concerning(record_id)
    for match_id in matches[:MATCHES]:
        match = store.get(match_id)
        assert isinstance(match, Match)
        verdict = verdicts[match.verdict or ""].label(lang.value)
        reasons = {text.lang: text.value for text in match.reason}
        reason = reasons.get(lang.value) or reasons.get("und", "")
        sources = ", ".join(source.removeprefix("source/") for source in store.claims(match_id))
        say(f"  {match.one} – {match.other}: {verdict} ({sources}{f': {reason}' if reason else ''})")
    if len(matches) > MATCHES:
        rest = shown_value(len(matches) - MATCHES, lang)
        say({Lang.EN: f"  … {rest} more matches", Lang.FA: f"  … {rest} همسانی دیگر"}[lang])


def compare(
    one: CityName,
    other: CityName,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    form: FormatOption = Format.TABLE,
    lang: LangOption = Lang.EN,
) -> None:
    """Compare two cities: headlines, dimensions, what only one has, what each still needs, and who says so.

    Example: citydip compare Mashhad Tehran --lang fa
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.reports.comparison import compare as compared

    with open_store(store, at, lang) as opened:
        ids = [lookup.find(opened, name, "City") for name in (one, other)]
        print_report(compared(opened, ids[0], ids[1], lang.value), form, lang)


def gaps(
    city: CityName,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    form: FormatOption = Format.TABLE,
    lang: LangOption = Lang.EN,
) -> None:
    """Show what a city needs and no tie of it addresses, who could address it, what hinders, and what is not known.

    Example: citydip gaps Mashhad
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.reports.gaps import gaps as found

    with open_store(store, at, lang) as opened:
        print_report(found(opened, lookup.find(opened, city, "City"), lang.value), form, lang)


def _described(record: Record, lang: Lang) -> str:
    """A record's name with its id; the id alone if it has no name."""
    label = record.label(lang.value)
    return label if label == record.id else f"{label} ({record.id})"


def print_report(report: Any, form: Format, lang: Lang) -> None:
    """Headlines and sections: tables under their titles, or one JSON object; csv and tsv as one long table."""
    import json

    from ..output import plain_value

    if form is Format.JSON:
        data = {
            "headlines": list(report.headlines),
            **{
                section.key: [
                    {name: plain_value(value) for (name, _), value in zip(section.columns, row, strict=True)}
                    for row in section.rows
                ]
                for section in report.sections
            },
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if form in (Format.CSV, Format.TSV):
        width = max((len(section.columns) for section in report.sections), default=0)
        long = [("headline", headline, *[None] * (width - 1)) for headline in report.headlines]
        for section in report.sections:
            long.append((f"{section.key}:columns", *_padded([name for name, _ in section.columns], width)))
            long += [(section.key, *_padded(row, width)) for row in section.rows]
        names = ["section", *[f"column{number}" for number in range(1, width + 1)]]
        rows(names, names, long, form, lang)
        return
    for headline in report.headlines:
        typer.echo(f"- {headline}")
    for section in report.sections:
        typer.echo(f"\n## {section.title}\n" if form is Format.MD else f"\n{section.title}\n{'-' * len(section.title)}")
        names = [name for name, _ in section.columns]
        kept = named_columns(names)
        titles = [section.columns[index][1] for index in kept]
        rows(
            [names[index] for index in kept],
            titles,
            [[row[index] for index in kept] for row in section.rows],
            form,
            lang,
        )


def _padded(row: Sequence[Any], width: int) -> list[Any]:
    return [*row, *[None] * (width - len(row))]
