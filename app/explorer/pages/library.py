"""The saved questions: a list of them, and each as a form with its answer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.schema import REGISTRY, by_folder
from citydiplomacy.graph.store import lookup
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.library import catalogue, questions
from citydiplomacy.queries.library.parameters import CONCEPT, REFERENCES, Parameter
from citydiplomacy.queries.library.question import Question
from citydiplomacy.queries.standing import coverage
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.tables import Table
from citydiplomacy.visuals.charts.answer import draw_answer
from citydiplomacy.visuals.document.blocks import Paragraph, Picture, Points

from ...data_package import PackedTable
from ...naming import ids_of, is_id
from ..desk import Desk
from ..page import Field, Menu, OnPage, Page, PageForm, PageLink
from . import records
from .record import PANELS

MOST_CHOICES = 200
"""Records of a class that a form offers in a list; of more one writes the name."""
DRAWN = ("html", "svg")
"""Forms of a page for which its answer is drawn."""
_INPUTS = {"date": "date", "integer": "number"}


def library(desk: Desk) -> Page:
    """All questions of the library that are asked of the store."""
    say, lang = desk.say, desk.wanted.lang
    asked = catalogue.questions()
    table = Table(
        ("question", "title", "about", "description"),
        (say("Name", "نام"), say("Question", "پرسش"), say("Asked of", "پرسیده از"), say("What it tells", "چه می‌گوید")),
        tuple((each.name, each.title[lang], _about(desk, each), each.description[lang]) for each in asked),
    )
    title = say("Saved questions", "پرسش‌های آماده")
    links = tuple(
        PageLink(each.title[lang], desk.wanted.to("question", each.name).address(), each.description[lang])
        for each in sorted(asked, key=lambda each: each.title[lang])
    )
    return Page(
        desk.wanted,
        title,
        [Menu(links, say("Choose one", "یکی را برگزینید"))],
        parts=[PackedTable("questions", title, table)],
        asked={"list": "questions"},
        appendix=desk.appendix,
    )


def page(desk: Desk, name: str) -> Page:
    """One question: its form, and its answer once its values are given. Raises UsageError for wrong values."""
    asked, say, lang = catalogue.question(name), desk.say, desk.wanted.lang
    given = {each.name: desk.wanted.value(each.name) for each in asked.parameters if desk.wanted.value(each.name)}
    blocks: list[OnPage] = [Paragraph(Phrase(asked.description[lang])), _form(desk, asked, given)]
    missing = [each for each in asked.parameters if each.required and each.name not in given]
    told = {"question": name, "parameters": given}
    if missing:
        blocks += _on_pages(desk, asked)
        return Page(desk.wanted, asked.title[lang], blocks, asked=told, appendix=desk.appendix)
    values = ids_of(desk.store, asked, given, desk.lang)
    part, answer = desk.answer(name, values)
    caveats = coverage.notes(say, desk.store, answer, values)
    about = [str(values[each.name]) for each in asked.parameters if each.type in REFERENCES and values.get(each.name)]
    names = [desk.named.of(each) for each in about]
    title = f"{asked.title[lang]}: {say.names(names)}" if names else asked.title[lang]
    whole = questions.denominator(desk.store, asked, values)
    sentences = list(caveats)
    if whole:
        sentences.append(
            say(
                "{title}: {n} of {whole} ({share}).",
                "{title}: {n} از {whole} ({share}).",
                title=f"{asked.title[lang]} ({say.names(names)})" if names else title,
                n=len(answer.rows),
                whole=whole,
                share=say.percent(len(answer.rows), whole),
            )
        )
    if sentences:
        blocks.append(Points(tuple(sentences)))
    drawn = None
    if asked.drawing and desk.wanted.form in DRAWN:
        drawn = draw_answer(desk.store, answer, values, title, lang)
        blocks += [Picture("picture", drawn, title)] if drawn else []
    blocks.append(desk.listing(part, alone=True))
    blocks += [Menu(tuple(PageLink(desk.named.of(each), desk.wanted.record(each)) for each in about))] if about else []
    return Page(
        desk.wanted,
        title,
        blocks,
        parts=[part],
        asked={"question": name, "parameters": {key: str(value) for key, value in sorted(values.items())}},
        caveats=caveats,
        appendix=desk.appendix,
        things=tuple(about),
        picture=drawn.file() if drawn else "",
    )


def _on_pages(desk: Desk, asked: Question) -> Iterator[Menu]:
    """Among files, the pages of cities on which a question about a city is answered."""
    if desk.wanted.files and asked.name in PANELS["city"]:
        links = (PageLink(desk.named.of(city), desk.wanted.record(city)) for city in desk.wanted.files.reported)
        yield Menu(tuple(links), str(desk.say("Answered on the pages of", "پاسخ در صفحهٔ")))


def _about(desk: Desk, asked: Question) -> tuple[str, ...]:
    return tuple(each.description[desk.wanted.lang] for each in asked.parameters if each.type != "lang")


def _form(desk: Desk, asked: Question, given: dict[str, str]) -> PageForm:
    fields = tuple(_field(desk, each, given.get(each.name, "")) for each in asked.parameters if each.type != "lang")
    at = (("at", desk.wanted.value("at")),) if desk.wanted.value("at") else ()
    action = desk.wanted.to("question", asked.name).address().partition("?")[0]
    return PageForm(action, fields, desk.say("Ask", "بپرس"), hidden=at, needs_server=True)


def _field(desk: Desk, parameter: Parameter, value: str) -> Field:
    """A field of the parameter's type: a list where there are few values, suggestions where there are many."""
    lang = desk.wanted.lang
    label = parameter.description[lang]
    value = value or parameter.default or ""
    if parameter.type.startswith(CONCEPT):
        scheme = parameter.type.removeprefix(CONCEPT)
        choices = tuple((each.partition("/")[2], concept.label(lang)) for each, concept in schemes()[scheme].items())
        return Field(parameter.name, label, value.rpartition("/")[2], "select", choices, parameter.required)
    folders = REFERENCES.get(parameter.type, ())
    if len(folders) == 1:
        schema = next(each for each in REGISTRY.values() if each.folder == folders[0])
        if desk.store.manifest.counts.get(schema.name, 0) <= MOST_CHOICES:
            rows = records.whole(desk, schema).table.rows
            choices = (("", "–"), *((str(row[0]), str(row[1])) for row in rows))
            return Field(parameter.name, label, value, "select", choices, parameter.required)
    suggest = ",".join(folders) if folders else ""
    if suggest and is_id(value):
        value = _by_name(desk, value)
    return Field(parameter.name, label, value, _INPUTS.get(parameter.type, "text"), (), parameter.required, suggest)


def _by_name(desk: Desk, record_id: str) -> str:
    """The name of a record, if by that name one finds it and no other; else its id."""
    name = desk.named.of(record_id)
    with contextlib.suppress(UsageError):
        if lookup.find(desk.store, name, *([schema.name] if (schema := by_folder(record_id)) else [])) == record_id:
            return name
    return record_id
