"""A saved question, or one of the user's own with a header: asked, and its answer shown or passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from citydiplomacy.graph.language.plurals import counted

from ..engines import Asked, Server
from ..errors import VALUE, StoreError, cut
from ..naming import IdNames, ids_of
from ..output import DATA_FORMATS, Format, Lang, rows, say

if TYPE_CHECKING:
    from citydiplomacy.graph.rdf.endpoint import Endpoint
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.library.in_cypher import CypherEngine
    from citydiplomacy.queries.library.question import Question
    from citydiplomacy.queries.library.questions import Answer

    from ..face.tables import Table


MOST = 20
"""So many values that are not what they should be are told by name."""


def show_saved(
    opened: Asked,
    asked: Question,
    given: Mapping[str, str],
    form: Format,
    lang: Lang,
    *,
    own: bool,
    ids: bool,
    out: Path | None,
) -> None:
    """Ask a question with a header, shipped or the user's own: names become ids, labels come in the chosen language."""
    from citydiplomacy.queries.library import questions

    from ..face.asking import table_of

    answerer = opened.answerer
    if opened.server:
        opened.server.footing.check()
    values = ids_of(opened.names, asked, given, lang)
    if own and opened.store and answerer is opened.store:
        from citydiplomacy.queries.library import limited  # and with it what starts processes

        answer = limited.run(opened.store.folder, asked, values, opened.deadline)
    else:
        answer = questions.run(answerer, asked, values)
    if opened.server:
        _tell_of(opened.server, answerer, asked, values)
        _tell_misfits(opened.server, answerer, answer, values)
    table = table_of(answer, lang, opened.store)
    table = replace(table, title=_of_whom(table.title, opened, asked, values, lang))
    if out is not None:
        assert opened.store is not None, "the command takes a file of no other"
        _pass_on(opened.store, out, lang, table, answer, values)
        return
    if form not in DATA_FORMATS:
        say(f"{table.title}: {_number(answerer, answer, values, lang)}")
    print_answer(table, opened.store, form, lang, ids=ids)
    if opened.store:
        from citydiplomacy.queries.standing import coverage
        from citydiplomacy.queries.wording.speech import Speech

        for sentence in coverage.notes(Speech(lang.value), opened.store, answer, values):
            say(sentence)


def print_answer(table: Table, store: Store | None, form: Format, lang: Lang, *, ids: bool) -> None:
    """Print an answer: as it is for programs, for people with the names of what it tells by id."""
    shown = table if form in DATA_FORMATS else table.for_people(ids=ids, names=IdNames(store, lang) if store else None)
    rows(shown.names, shown.titles, shown.rows, form, lang)


def _of_whom(title: str, opened: Asked, asked: Question, values: Mapping[str, object], lang: Lang) -> str:
    """The title of an answer with what was asked about, so that it can stand alone: `Sister cities (Mashhad)`."""
    from citydiplomacy.ontology.schemes import schemes
    from citydiplomacy.queries.library.parameters import CONCEPT, REFERENCES

    told = [(each, values.get(each.name, each.default)) for each in asked.parameters]
    about = [str(value) for each, value in told if each.type in REFERENCES and value]
    concepts = [
        concept.label(lang.value)
        for each, value in told
        if each.type.startswith(CONCEPT) and value
        for concept in schemes()[each.type.removeprefix(CONCEPT)].values()
        if concept.id.rpartition("/")[2] == str(value).rpartition("/")[2]
    ]
    records = [opened.store.get(id_) if opened.store else None for id_ in about]
    names = [
        record.label(lang.value) if record else cut(" ".join(opened.names.name(id_).split()), VALUE)
        for record, id_ in zip(records, about, strict=True)
    ]
    names += concepts
    return f"{title} ({('، ' if lang is Lang.FA else ', ').join(names)})" if names else title


def _tell_of(
    server: Server, answerer: Store | Endpoint | CypherEngine, asked: Question, values: Mapping[str, object]
) -> None:
    """Tell on what the answer of a server stands, and how much of others is not in it."""
    from citydiplomacy.queries.library.in_cypher import CypherEngine

    server.check_again()
    server.tell()
    if not isinstance(answerer, CypherEngine) or not server.footing.others:
        return
    try:
        left_out, otherwise = answerer.left_out(asked, values)
    except StoreError:
        say("How many rows of others are left out could not be counted in time.")
        return
    if otherwise:
        say(
            f"Not asked over what others have put there, by which {counted(otherwise, 'row')} would be otherwise; "
            "to ask over that too: --with-others"
        )
    elif left_out:
        say(f"Left out: {counted(left_out, 'row')} of others. To ask over these too: --with-others")


def _tell_misfits(
    server: Server, answerer: Store | Endpoint | CypherEngine, answer: Answer, values: Mapping[str, object]
) -> None:
    """Tell each value that is not what it should be: in the answer, and on what it is about; count the others that the
    question reads.
    """
    from citydiplomacy.graph.neo4j_questions.typed import AskedAbout
    from citydiplomacy.queries.library import in_cypher
    from citydiplomacy.queries.library.cells import as_it_is
    from citydiplomacy.queries.library.parameters import REFERENCES

    told: set[str] = set()
    for record, beside, column, type_, value in answer.misfits[:MOST]:
        shown = cut(str(value), VALUE)
        told.add(shown)
        if type_ == "date" and not record:
            say(f"Not a date, shown as it is: {column} of what has no id, beside {cut(beside, VALUE)}: {shown!r}")
        elif not record:
            say(f"Not of its type, shown as it is: {column} of what has no id, beside {cut(beside, VALUE)}: {shown!r}")
        elif type_ == "date":
            say(f"Not a date, shown as it is: {column} of {cut(record, VALUE)}: {shown!r}")
        else:
            say(f"Not of its type, shown as it is: {column} of {cut(record, VALUE)}: {shown!r}")
    if len(answer.misfits) > MOST:
        say(f"Not of their types, all in all: {counted(len(answer.misfits), 'value')}.")
    if server.footing.quiet or not isinstance(answerer, in_cypher.CypherEngine) or answerer.wrong is None:
        return
    given = {each.name: values.get(each.name, each.default) for each in answer.question.parameters}
    asked = {str(given[each.name]) for each in answer.question.parameters if each.type in REFERENCES}
    answered = {each for row in answer.rows for cell in row for each in (cell if isinstance(cell, tuple) else (cell,))}
    about = AskedAbout(asked, {each for each in answered if isinstance(each, str)}) if asked else None
    try:
        wrong, others = answerer.wrong(in_cypher.text(answer.question, answerer.engine), about)
    except StoreError:
        say("Whether what is on the server is of its types could not be looked through in time.")
        return
    for name, record, value in wrong[:MOST]:
        shown = cut(as_it_is(value), VALUE)
        if shown not in told:
            say(f"Not of its type on the server, and not reckoned with: {name} of {cut(record, VALUE)}: {shown!r}")
    if len(wrong) > MOST:
        say("More values on the server are not of their types.")
    if others:
        say(f"Of a wrong type on the server, on what this answer does not tell of: {counted(others, 'value')}.")


def _pass_on(store: Store, out: Path, lang: Lang, table: Table, answer: Answer, values: Mapping[str, object]) -> None:
    """Write an answer with all that a reader needs to use and cite it."""
    from citydiplomacy.queries.standing import coverage
    from citydiplomacy.queries.wording.speech import Speech

    from ..data_package import Package, PackedTable

    asked = answer.question
    share = f"{table.title}: {_number(store, answer, values, lang)}"
    notes = coverage.notes(Speech(lang.value), store, answer, values)
    question = {"question": asked.name, "parameters": {key: str(value) for key, value in sorted(values.items())}}
    part = PackedTable(asked.name, table.title, table, table.types)
    told = Package(store, lang, table.title, question, (part,), (share,), notes).write(out)
    say(f"{out}: {counted(len(table), 'row')}, {counted(told, 'source')}.")


def _number(answerer: Store | Endpoint | CypherEngine, answer: Answer, values: Mapping[str, object], lang: Lang) -> str:
    """How many rows there are, and of how many where the question has a denominator; of a question that asks for one
    number, that number. What is not told is unknown, and not 0."""
    from citydiplomacy.queries.library import questions as asking
    from citydiplomacy.queries.wording.speech import Speech

    asked, number = answer.question, len(answer.rows)
    whole, speech = asking.denominator(answerer, asked, values), Speech(lang.value)
    one = [column.type for column in asked.columns] == ["integer"] and number == 1
    if (one and answer.rows[0][0] is None) or (whole is None and not number and _may_be_unknown(asked)):
        return speech("nothing is told", "چیزی گفته نشده است")
    shown = speech.number(int(str(answer.rows[0][0])) if one else number)
    if not whole:
        return shown
    of, percent = speech.number(whole), speech.percent(number, whole)
    return speech(f"{shown} of {of} ({percent})", f"{shown} از {of} ({percent})")


def _may_be_unknown(asked: Question) -> bool:
    """Whether no row means that nothing is told: what is unknown if it is empty, or a part of what is not told."""
    return asked.unknown_if_empty or asked.denominator is not None
