"""The fields of a form for a class, made of its declaration, and what is written in them as cells of its table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from citydiplomacy.graph.language.text import capital
from citydiplomacy.graph.model.ids import derive
from citydiplomacy.graph.model.properties import Kind, Property
from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.model.schema import REGISTRY, RecordClass
from citydiplomacy.graph.model.table_cells import SINGULAR, join_values
from citydiplomacy.graph.store.lookup import find
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders.cells.cells import CellError
from citydiplomacy.loaders.tables.column_reading import read_cell
from citydiplomacy.loaders.tables.columns import column
from citydiplomacy.ontology.labels import relation_label
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.visuals.drawing.words import local_digits

from ...errors import InputError, UsageError
from ..page import Field
from .work import Work

LANGUAGES = {"en": ("English", "انگلیسی"), "fa": ("Persian", "فارسی"), "und": ("another", "دیگر")}
"""In which a text is told."""
NOTES = frozenset({"notes", "reason", "condition", "form"})
"""Properties that take more than a line."""
HINTS = {
    Kind.DATE: ("2014, 2014-02-27, 1392 SH", "۱۳۹۲، ۱۳۹۲/۱۲/۸، ۲۰۱۴"),
    Kind.REFERENCE: ("a name or an id", "نام یا شناسه"),
    Kind.IRI: ("https://…", "https://…"),
}
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What no page can hold."""
NEEDED = ("needed", "لازم")
SAID = ("kind", "creators", "date", "address")
"""What is asked of a source, beside its title."""


class FormField(NamedTuple):
    """A column of a table that a form asks for, and the property that it tells."""

    name: str
    prop: Property
    lang: str = ""


@cache
def has_own_id(entry: RecordClass) -> bool:
    """Whether records of a class have an id that does not follow from what they say."""
    some = {prop.name: ("x/y",) if prop.many else "x/y" for prop in entry.own if prop.required}
    return derive(entry.name, some) is None


def columns_of(entry: RecordClass, lang: str) -> Iterator[FormField]:
    """What is asked of a class, but for who says so: names, what is its own, and notes; first in a language."""
    langs = (lang, "en" if lang == "fa" else "fa")
    named = [entry.by_name[name] for name in ("labels", "aliases")] if has_own_id(entry) else []
    for prop in (*named, *entry.own, entry.by_name["notes"]):
        if prop.kind is Kind.TEXT:
            stem = SINGULAR.get(prop.name, prop.name)
            yield from (FormField(f"{stem}_{each}", prop, each) for each in langs)
        else:
            yield FormField(prop.name, prop)


def source_columns() -> Iterator[FormField]:
    """What is asked of a source, beside its title."""
    return (FormField(name, Source.schema.by_name[name]) for name in SAID)


def field(work: Work, asked: FormField, prefix: str = "") -> Iterator[Field]:
    """The field for a column, with what was written in it; of many values one field each, and one more."""
    prop, lang, name = asked.prop, work.lang.value, prefix + asked.name
    say = Speech(lang)
    title = capital(prop.label(lang))
    if asked.lang:
        title += f" ({say(*LANGUAGES[asked.lang])})"
    hints = [str(say(*NEEDED))] if prop.required else []
    hints += [str(say(*HINTS[prop.kind]))] if prop.kind in HINTS else []
    hints += [local_digits(words, lang)] if (words := prop.rule.words.label(lang)) else []
    hint = str(say(", ", "، ")).join(hints)
    given = [value for value in work.given.get(name, ()) if value.strip()] or [""]
    several = prop.many and prop.kind is not Kind.TEXT
    least = max(prop.rule.several, 2) if several else 1
    given = [*given, *[""] * max(least - len(given), 1 if several and given[-1] else 0)]
    kind = "select" if prop.kind in (Kind.CONCEPT, Kind.TERM) else "note" if prop.name in NOTES else "text"
    for number, value in enumerate(given if several else given[-1:], 1):
        yield Field(
            name,
            f"{title} {say.number(number)}" if several else title,
            _UNSEEN.sub("\ufffd", value),
            kind,
            tuple(_choices(prop, lang)) if kind == "select" else (),
            required=prop.required and number <= prop.rule.several,
            suggest=_suggested(prop),
            hint=hint,
            error=work.problems.get(name, "") if number == 1 else "",
        )


def cells_of(
    work: Work, store: Store, entry: RecordClass, columns: Sequence[FormField], prefix: str = ""
) -> dict[str, str]:
    """What was written in the fields for some columns, as cells of the table of a class; names of things as their ids.

    What cannot be read is told beside its field.
    """
    cells = {}
    for name, prop, _ in columns:
        values = [value for each in work.given.get(prefix + name, ()) if (value := each.strip())]
        try:
            if not values:
                if prop.required:
                    raise InputError("a value is missing", expected=prop.label(work.lang.value))
                continue
            if len(values) > 1 and not prop.many:
                raise InputError("takes one value", value=" | ".join(values))
            if prop.kind is Kind.REFERENCE:
                values = [_id(store, value, prop) for value in values]
            cell = join_values(values) if prop.many else values[-1]
            read_cell(column(entry, name), entry, cell)
            cells[name] = cell
        except (UsageError, InputError) as error:
            work.wrong(prefix + name, error)
        except CellError as error:
            told = InputError(str(error), value=values[-1], expected=error.expected, hint=error.hint)
            work.wrong(prefix + name, told)
    return cells


def _id(store: Store, text: str, prop: Property) -> str:
    """The id of what a person names. Raises UsageError for what is unknown, or can be several things."""
    if text in schemes().get(text.partition("/")[0], ()):  # of what takes anything
        return text
    return find(store, text, *(() if prop.takes_anything else prop.range))


def _choices(prop: Property, lang: str) -> Iterator[tuple[str, str]]:
    yield "", "–"
    if prop.kind is Kind.TERM:
        yield from ((name, relation_label(name, lang)) for name in prop.range)
    else:
        yield from ((each, concept.label(lang)) for each, concept in schemes()[prop.range[0]].items())


def _suggested(prop: Property) -> str:
    """Among which records names are suggested."""
    if prop.kind is not Kind.REFERENCE:
        return ""
    names = REGISTRY if prop.takes_anything else prop.range
    return ",".join(REGISTRY[name].folder for name in names)
