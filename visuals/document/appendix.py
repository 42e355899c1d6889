"""The appendix of a document: what its numbers rest on, entry by entry, and the sources in order of their use."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.language.text import alphabetical
from citydiplomacy.graph.model.records import ACTORS, Source
from citydiplomacy.graph.model.schema import by_folder
from citydiplomacy.graph.rdf import triples
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import BASE
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.library.question import Question
from citydiplomacy.queries.reports.difference import title
from citydiplomacy.queries.wording.evidence import AnswerRows, Evidence, MeasureValue, Number, Reckoned, SetByRule
from citydiplomacy.queries.wording.phrases import Mark, Phrase, in_brief
from citydiplomacy.queries.wording.rows import Row, asked_again
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table

from .answers import answer_table
from .blocks import Entry, Reference, Told
from .methods import measure_note, measure_title, rule_title


class Appendix:
    """Collects what the marks of a document rest on, in the language of the document, while it is put together."""

    def __init__(self, store: Store, lang: str) -> None:
        self._store, self._say = store, Speech(lang)
        self._entries: dict[str, Entry] = {}
        self._references: dict[str, Reference] = {}
        self._supported: dict[str, list[str]] = {}
        self._locators: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._disputed: dict[str, list[str]] = defaultdict(list)
        self._known_names: dict[str, str] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in the order in which they were first needed."""
        return tuple(self._entries.values())

    @property
    def references(self) -> tuple[Reference, ...]:
        """The sources that entries name, in the same order."""
        return tuple(self._references.values())

    def add(self, text: Phrase) -> None:
        """Make the entries for the numbers of a text."""
        for mark in text.marks:
            self.numbers(mark)

    def numbers(self, mark: Mark) -> tuple[int, ...]:
        """The entries that a number rests on; none for a name."""
        return () if isinstance(mark.value, str) else tuple(dict.fromkeys(self._numbers(mark.evidence)))

    def source(self, source_id: str) -> int:
        """The number of a source in the list."""
        if source_id not in self._references:
            self._references[source_id] = self._reference(source_id, len(self._references) + 1)
        return self._references[source_id].number

    def _numbers(self, evidence: Evidence) -> Iterable[int]:
        if isinstance(evidence, Reckoned):
            for part in evidence.of:
                yield from self._numbers(part)
            return
        key = _key(evidence)
        if key not in self._entries:
            self._entries[key] = self._entry(evidence, len(self._entries) + 1)
        yield self._entries[key].number

    def _entry(self, evidence: Evidence, number: int) -> Entry:
        lang = self._say.lang
        match evidence:
            case AnswerRows():
                return self._answer(evidence, number)
            case MeasureValue():
                called = ": ".join(filter(None, (measure_title(evidence, lang), self._names(evidence.of))))
                return Entry(
                    number, called, _key(evidence), self._counted(evidence), note=measure_note(evidence, self._say)
                )
            case SetByRule():
                return Entry(number, f"{rule_title(evidence, lang)}: {self._set(evidence.value)}", _key(evidence))
        raise TypeError(f"{type(evidence).__name__} is no evidence of a number")

    def _set(self, value: Number | str) -> str:
        """A number or a date that a rule sets."""
        return self._say.date(from_edtf(value)) if isinstance(value, str) else self._say.number(value)

    def _counted(self, evidence: MeasureValue) -> Table | None:
        """The names of what a measure counts."""
        if not evidence.counted:
            return None
        names = sorted((self._named(each) for each in evidence.counted), key=alphabetical)
        return Table(("counted",), (self._say("Counted", "شمرده‌شده"),), tuple((name,) for name in names))

    def _names(self, ids: Iterable[str]) -> str:
        return self._say(", ", "، ").join(self._named(each) for each in ids)

    def _answer(self, evidence: AnswerRows, number: int) -> Entry:
        question = catalogue.question(evidence.question)
        rows = asked_again(self._store, evidence, self._say.lang)
        self._look_up(_thing(question, row) for row in rows)
        sources = [self._sources_of(question, row) for row in rows]
        parameters = self._say(", ", "، ").join(self._named(value) for value in evidence.parameters.values())
        return Entry(
            number,
            f"{question.title[self._say.lang]}{': ' if parameters else ''}{parameters}",
            _key(evidence),
            self._table(question, rows, sources),
            tuple(
                told for row, several in zip(rows, sources, strict=True) for told in self._told(question, row, several)
            ),
        )

    def _table(self, question: Question, rows: Sequence[Row], sources: Sequence[Sequence[str]]) -> Table:
        """The rows for people, and to each the numbers of the sources that tell it.

        Rows that would read alike say what each is about; those that still do are one, with their number.
        """
        whole = answer_table(question, rows, self._say.lang)
        if any(sources):
            numbers = [tuple(f"[{self._say.number(self.source(one))}]" for one in several) for several in sources]
            cells = [(several or None,) for several in numbers]
            whole = whole.beside(Table(("sources",), (self._say("Sources", "منبع‌ها"),), tuple(cells)))
        if len(set(whole.rows)) < len(whole.rows):
            whole = self._about(question, rows).beside(whole)
        alike = Counter(whole.rows)
        if len(alike) == len(whole.rows):
            return whole
        numbers_of_rows = tuple((each,) for each in alike.values())
        number = Table(("alike",), (self._say("Rows alike", "سطرهای همسان"),), numbers_of_rows)
        return replace(whole, rows=tuple(alike)).beside(number)

    def _about(self, question: Question, rows: Sequence[Row]) -> Table:
        """What the ids of rows stand for that have no name beside them."""
        names = {column.name for column in question.columns}
        bare = [each for each in question.columns if each.type == "id" and f"{each.name}_name" not in names]
        return Table(
            tuple(column.name for column in bare),
            tuple(column.title[self._say.lang] for column in bare),
            tuple(tuple(self._called(question, row, column.name) for column in bare) for row in rows),
        )

    def _called(self, question: Question, row: Row, column: str) -> str:
        """The name of what an id of a row stands for: a record, a concept, or a property of what the row is about."""
        id_ = str(row[column] or "")
        named = by_folder(id_) or id_.partition("/")[0] in schemes()
        return self._name_of(id_) if named or not id_ else self._property(_thing(question, row), id_)

    def _sources_of(self, question: Question, row: Row) -> Sequence[str]:
        """The sources of a row: those that it names, else those of the thing that it is about."""
        if "sources" in row:
            return tuple(row["sources"] or ())
        if "source" in row:
            return (str(row["source"]),) if row["source"] else ()
        return self._supported.get(_thing(question, row), ())

    def _told(self, question: Question, row: Row, sources: Sequence[str]) -> Iterable[Told]:
        """Where in its sources the thing of a row stands, and what they dispute: only where there is such to say."""
        thing = _thing(question, row)
        disputed = tuple(self._disputed.get(thing, ()))
        places = [(source, tuple(self._locators.get((thing, source), ()))) for source in sources]
        name = self._name_of(thing) if disputed or any(locators for _, locators in places) else ""
        for source, locators in places:
            if locators or disputed:
                yield Told(name, self.source(source), locators, disputed)

    def _name_of(self, thing: str) -> str:
        """The name of what sources tell; of a tie or a figure without one, what it ties or measures and how."""
        record = self._store.get(thing)
        return self._named(thing) if record is None or record.labels else title(self._store, record, self._say.lang)

    def _named(self, value: str | AnswerRows) -> str:
        if isinstance(value, AnswerRows):
            return catalogue.question(value.question).title[self._say.lang]
        if value not in self._known_names:
            concept = schemes().get(value.partition("/")[0], {}).get(value)
            record = concept or self._store.get(value)
            self._known_names[value] = in_brief(record.label(self._say.lang)) if record else value
        return self._known_names[value]

    def _reference(self, source_id: str, number: int) -> Reference:
        source = self._store.get(source_id)
        assert isinstance(source, Source)
        kind = schemes()["evidence-kind"].get(source.kind or "")
        return Reference(
            number,
            source_id,
            source.label(self._say.lang),
            kind.label(self._say.lang) if kind else "",
            source.date,
            source.address or "",
            source.licence or "",
        )

    def _property(self, thing: str, predicate: str) -> str:
        schema = by_folder(thing)
        properties = schema.properties if schema else ()
        told = {predicate, BASE + predicate}  # rows tell terms of ours without their beginning, or each with a prefix
        named = next((one for one in properties if told & {one.predicate, triples.compact(one.predicate)}), None)
        return named.label(self._say.lang) if named else triples.compact(predicate)

    def _look_up(self, things: Iterable[str]) -> None:
        """Read who tells things, where in a source they stand, and on which properties sources disagree."""
        new = sorted({thing for thing in things if thing and thing not in self._supported})
        if not new:
            return
        self._supported |= {thing: [] for thing in new}
        among = f"VALUES ?t {{ {' '.join(map(triples.node, new))} }}"
        query = f"SELECT ?t ?s WHERE {{ {among} ?t prov:hadPrimarySource ?s }} ORDER BY ?t ?s"
        for thing, source in select(self._store, query):
            self._supported[str(thing)].append(str(source))
        query = f"SELECT ?t ?s ?l WHERE {{ {among} GRAPH ?s {{ ?t cd:locator ?l }} }} ORDER BY ?t ?s ?l"
        for thing, source, locator in select(self._store, query):
            self._locators[str(thing), str(source)].append(str(locator))
        query = f"SELECT ?t (STR(?p) AS ?property) WHERE {{ {among} ?t cd:disputed ?p }} ORDER BY ?t ?property"
        for thing, predicate in select(self._store, query):
            self._disputed[str(thing)].append(self._property(str(thing), str(predicate)))


def _thing(question: Question, row: Row) -> str:
    """The id of what a row is about, that in its first column of ids: nothing where that is an actor or a concept,
    whose sources tell who it is and not what the row says of it."""
    id_ = next((str(row[column.name]) for column in question.columns if column.type == "id" and row[column.name]), "")
    schema = by_folder(id_)
    return id_ if schema and schema.name not in ACTORS else ""


def _key(evidence: Any) -> str:
    """What an entry is about: all of an answer, whatever is taken of it."""
    told = evidence.as_json()
    if isinstance(evidence, AnswerRows):
        told = {name: told[name] for name in ("question", "parameters")}
    elif isinstance(evidence, MeasureValue):
        told = {name: value for name, value in told.items() if name in ("measure", "network", "of")}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
