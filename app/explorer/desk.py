"""What every page is made with: the store, what is wanted of it, who knows names, and the foot of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from citydiplomacy.graph.limited import ROWS, SECONDS
from citydiplomacy.graph.store import lookup
from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select
from citydiplomacy.queries.library import catalogue, questions
from citydiplomacy.queries.wording.evidence import Label
from citydiplomacy.queries.wording.evidence import Named as NamedMark
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.sections import CityReport
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.visuals.document.appendix import Appendix

from ..data_package import PackedTable
from ..errors import UsageError
from ..face.asking import table_of
from ..naming import IdNames, holds_record
from ..output import Lang
from .address import PageWanted
from .listing import SHORT, Listing, Prepared, listing
from .page import Menu, PageLink

MOST_SOURCES = 200
"""Sources that the foot of a page names."""


@dataclass(frozen=True)
class Desk:
    """A store that is open, and what is wanted of it."""

    store: Store
    wanted: PageWanted
    limits: tuple[float, int] = (SECONDS, ROWS)
    """Seconds and rows of a free question."""

    @cached_property
    def lang(self) -> Lang:
        """The language of the page."""
        return Lang(self.wanted.lang)

    @cached_property
    def say(self) -> Speech:
        """The language to speak in."""
        return Speech(self.wanted.lang)

    @cached_property
    def named(self) -> IdNames:
        """Who knows names; kept with the store."""
        return once(self.store, _NAMED[self.lang])

    @cached_property
    def appendix(self) -> Appendix:
        """What numbers of the page rest on, and its sources."""
        return Appendix(self.store, self.wanted.lang)

    def mark(self, record_id: str) -> NamedMark:
        """The name of a record, which leads to its page."""
        return NamedMark(self.named.of(record_id), record_id, Label(record_id))

    def listing(
        self,
        part: PackedTable,
        *,
        alone: bool = False,
        whole: str = "",
        note: str = "",
        prepared: Prepared | None = None,
    ) -> Listing:
        """A table on the page; the sources that its first rows name go to the foot."""
        self.cite(part.table.rows[:SHORT])
        return listing(self.wanted, part, self.named, alone=alone, whole=whole, note=note, prepared=prepared)

    def contents(self, parts: Iterable[PackedTable]) -> Menu:
        """Ways to tables of the page, with the number of rows of each."""
        links = (PageLink(part.title, f"#t-{part.key}", self.say.number(len(part.table.rows))) for part in parts)
        return Menu(tuple(links), self.say("On this page", "در این صفحه"))

    def cite(self, rows: Iterable[Sequence[Any]]) -> None:
        """Have the foot of the page name the sources that stand in rows."""
        for row in rows:
            for cell in row:
                for each in cell if isinstance(cell, tuple) else (cell,):
                    if isinstance(each, str) and each.startswith("source/") and holds_record(self.store, each):
                        if len(self.appendix.references) >= MOST_SOURCES:
                            return
                        self.appendix.source(each)

    def find(self, text: str, *classes: str) -> str:
        """The id of what a part of an address means: an id without its folder, a name, an item elsewhere."""
        return lookup.find(self.store, text, *classes, lang=self.wanted.lang)

    def answer(self, question: str, values: Mapping[str, object]) -> tuple[PackedTable, questions.Answer]:
        """The answer to a saved question as a table."""
        asked = catalogue.question(question)
        given = {**values, **({"lang": self.wanted.lang} if "lang" in asked.by_name else {})}
        answer = questions.run(self.store, asked, given)
        table = table_of(answer, self.lang, self.store)
        return PackedTable(asked.name, asked.title[self.lang.value], table, table.types), answer

    def question_address(self, question: str, values: Mapping[str, object]) -> str:
        """Where a saved question is asked."""
        return self.wanted.to(
            "question", question, query=[(key, str(value)) for key, value in values.items()]
        ).address()

    def report(self, report: CityReport) -> tuple[list[PackedTable], list[Phrase]]:
        """The tables of a report, and its headlines, whose numbers the foot opens."""
        for headline in report.headlines:
            self.appendix.add(headline)
        return [PackedTable(each.key, each.title, each) for each in report.sections], list(report.headlines)

    def cities(self, parts: Sequence[str], most: int) -> list[str]:
        """The cities that the parts of an address name. Raises UsageError for none, too many, and one twice."""
        if not 1 <= len(parts) <= most:
            raise UsageError(f"1 to {most} cities are wanted, not {len(parts)}.")
        found = [self.find(part, "City") for part in parts]
        if len(set(found)) < len(found):
            raise UsageError("A city is named twice.", hint="Name different cities.")
        return found

    def know_all(self) -> None:
        """Read the names of all records at once, for a page that shows many."""
        once(self.store, _ALL[self.lang])


def _named(lang: Lang, store: Store) -> IdNames:
    return IdNames(store, lang)


def _all(lang: Lang, store: Store) -> bool:
    named = once(store, _NAMED[lang])
    names: dict[str, dict[str, str]] = {}
    for record, language, name in select(store, "SELECT ?s (LANG(?o) AS ?l) ?o WHERE { ?s skos:prefLabel ?o }"):
        names.setdefault(str(record), {})[str(language)] = str(name)
    named.know({each: name for each, told in names.items() if (name := told.get(lang) or told.get("en"))})
    return True


_NAMED = {lang: partial(_named, lang) for lang in Lang}
_ALL = {lang: partial(_all, lang) for lang in Lang}
