"""What an assistant can ask of a store. Each function opens the store anew, so that it sees what a load has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citydiplomacy.graph.limited import SECONDS
from citydiplomacy.queries.wording.speech import Speech

from ..naming import ids_of
from ..opening import date_of, opened
from ..output import Lang
from ..told import values_told
from . import told

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.understanding.search import Hit
    from citydiplomacy.queries.wording.sections import CityReport

HITS = 50
"""Hits of a search at most."""


@dataclass(frozen=True)
class Graph:
    """A store that assistants ask, within limits."""

    folder: Path
    seconds: float = SECONDS
    """That a free question may take."""
    most: int = 1000
    """Rows of a table that are told at most."""

    def search(self, text: str, lang: Lang, limit: int) -> dict[str, Any]:
        """Names that fit a text, best first."""
        from citydiplomacy.queries.understanding.search import search

        with self._open() as store:
            hits = search(store, text, lang.value, max(1, min(limit, HITS)))
            return {
                "asked": {"search": text},
                "hits": [_hit(store, hit) for hit in hits],
                "note": {Lang.EN: "`show` names the sources of each.", Lang.FA: "منبع‌های هر یک را show می‌گوید."}[lang],
                "not_known": [told.UNKNOWN[lang]],
                "revision": store.manifest.revision,
            }

    def questions(self, lang: Lang) -> dict[str, Any]:
        """The saved questions that can be asked here."""
        from citydiplomacy.queries.library import catalogue

        return {
            "questions": [
                {
                    "name": each.name,
                    "title": each.title[lang.value],
                    "meaning": each.description[lang.value],
                    "parameters": {
                        own.name: own.type if own.required else f"{own.type}, {own.default} if not given"
                        for own in each.parameters
                        if own.type != "lang"
                    },
                }
                for each in map(catalogue.question, catalogue.names("sparql"))
            ]
        }

    def show(self, name: str, lang: Lang, at: str) -> dict[str, Any]:
        """All that sources say of a thing, and where they differ."""
        from citydiplomacy.graph.store import lookup
        from citydiplomacy.queries.standing import coverage

        with self._open(at, lang) as store:
            record_id = lookup.find(store, name, lang=lang.value)
            record = store.get(record_id)
            assert record is not None
            claims = store.claims(record_id)
            values = values_told(store, record, claims, lang, data=True)
            unknown: list[object] = []
            if record_id.startswith("city/"):
                unknown += coverage.of_city(Speech(lang.value), store, record_id)
            missing = [prop.label(lang.value) for prop in record.schema.own if getattr(record, prop.name) in (None, ())]
            if missing:
                comma = {Lang.EN: ", ", Lang.FA: "، "}[lang]
                nobody = {Lang.EN: "No source tells: {}.", Lang.FA: "هیچ منبعی نمی‌گوید: {}."}[lang]
                unknown.append(nobody.format(comma.join(missing)))
            made = told.answer(
                store,
                lang,
                record.label(lang.value),
                {"show": record_id},
                [("claims", record.label(lang.value), values)],
                limit=self.most,
                most=self.most,
                unknown=unknown,
            )
            tellers = [store.get(source) for source in claims]
            return made | {"sources": _described(tellers, lang)}

    def saved(self, question: str, values: Mapping[str, object], lang: Lang, at: str, limit: int) -> dict[str, Any]:
        """The answer to a saved question; names are taken for ids."""
        from citydiplomacy.queries.library import catalogue, questions
        from citydiplomacy.queries.standing import coverage

        from ..face.asking import table_of

        asked = catalogue.question(question)
        with self._open(at, lang) as store:
            given = ids_of(store, asked, values, lang)
            answered = questions.run(store, asked, given)
            notes = coverage.notes(Speech(lang.value), store, answered, given)
            whole = questions.denominator(store, asked, given)
            return told.answer(
                store,
                lang,
                asked.title[lang.value],
                {"question": asked.name, "parameters": {name: str(value) for name, value in given.items()}},
                [(asked.name, asked.title[lang.value], table_of(answered, lang, store))],
                limit=self._rows(limit),
                most=self.most,
                unknown=notes,
                more={"meaning": asked.description[lang.value], **({"of": whole} if whole is not None else {})},
            )

    def plain(self, text: str, lang: Lang, limit: int) -> dict[str, Any]:
        """Plain words understood and answered; what was understood, and what not, comes first."""
        from citydiplomacy.queries.understanding.telling import title
        from citydiplomacy.queries.understanding.telling import told as understood
        from citydiplomacy.queries.understanding.understand import understand

        from ..face.answering import answer
        from ..face.tables import Table

        with self._open() as store:
            meant = understand(store, text)
            said = {"understood": understood(store, meant, lang.value), "not_understood": list(meant.left)}
            if not meant.answerable:
                near = [
                    *({"id": each, "name": store.name(each)} for each in meant.named),
                    *self.search(text, lang, 5)["hits"],
                ]
                return {"asked": {"text": text}, **said, "tables": [], "near": near, "not_known": [told.UNKNOWN[lang]]}
            if meant.asked == "show":
                at = meant.at.edtf if meant.at else ""
                shown = self.show(str(meant.values["record"]), lang, at)
                return shown | said | {"asked": {"text": text, "as": meant.line}}
            made, notes = answer(store, meant, lang)
            tables = {meant.asked: made} if isinstance(made, Table) else dict(made.tables)
            unknown = [tables.pop(key) for key in list(tables) if key.partition("-")[0] == "unknown"]  # one a pair
            return told.answer(
                store,
                lang,
                title(meant.asked, lang.value),
                {"text": text, "as": meant.line},
                [(key, table.title, table) for key, table in tables.items()],
                limit=self._rows(limit),
                most=self.most,
                headlines=() if isinstance(made, Table) else made.headlines,
                unknown=[*notes, *dict.fromkeys(row["topic_name"] for each in unknown for row in each.records())],
                more=said,
            )

    def compared(self, names: Iterable[str], lang: Lang, at: str, limit: int) -> dict[str, Any]:
        """Two to five cities side by side."""
        from citydiplomacy.graph.store import lookup
        from citydiplomacy.queries.reports.comparison import compare_all

        with self._open(at, lang) as store:
            cities = [lookup.find(store, name, "City", lang=lang.value) for name in names]
            return self._report(store, lang, {"compare": cities}, compare_all(store, cities, lang.value), limit)

    def gaps(self, city: str, lang: Lang, at: str, limit: int) -> dict[str, Any]:
        """What a city needs and nobody addresses."""
        from citydiplomacy.graph.store import lookup
        from citydiplomacy.queries.reports.gaps import gaps

        with self._open(at, lang) as store:
            about = lookup.find(store, city, "City", lang=lang.value)
            return self._report(store, lang, {"gaps": about}, gaps(store, about, lang.value), limit)

    def sparql(self, query: str, limit: int) -> dict[str, Any]:
        """Rows of a question in SPARQL, asked in a process that is ended at the limits."""
        from citydiplomacy.graph.limited.store import LimitedStore

        with self._open() as store, LimitedStore(self.folder) as limited:
            answered = limited.query(query, seconds=self.seconds, limit=self._rows(limit))
            return self._free(store, {"sparql": query}, answered.columns, answered.rows, answered.truncated)

    def cypher(self, query: str, parameters: Mapping[str, Any], limit: int) -> dict[str, Any]:
        """Rows of a question in Cypher, asked of the embedded engine."""
        from citydiplomacy.graph.property.embedded import EmbeddedGraph
        from citydiplomacy.graph.property.traps import cautions

        with self._open() as store, EmbeddedGraph.open(store) as graph:
            answered = graph.run(query, parameters, timeout=self.seconds, limit=self._rows(limit))
            made = self._free(store, {"cypher": query}, answered.columns, answered.rows, answered.truncated)
            return made | ({"careful": careful} if (careful := cautions(query)) else {})

    def _report(
        self, store: Store, lang: Lang, asked: dict[str, Any], report: CityReport, limit: int
    ) -> dict[str, Any]:
        """A report, its section on what is not known said as such."""
        from citydiplomacy.queries.understanding.search import TITLES

        unknown = [row["topic_name"] for each in report.sections if each.key == "unknown" for row in each.records()]
        return told.answer(
            store,
            lang,
            TITLES[next(iter(asked))][lang.value],
            asked,
            [(each.key, each.title, each) for each in report.sections if each.key != "unknown"],
            limit=self._rows(limit),
            most=self.most,
            headlines=report.headlines,
            unknown=unknown,
        )

    def _free(
        self, store: Store, asked: dict[str, Any], columns: tuple[str, ...], rows: Any, truncated: bool
    ) -> dict[str, Any]:
        from citydiplomacy.queries.wording.tables import Table

        table = Table(columns, columns, tuple(map(tuple, rows)))
        made = told.answer(
            store, Lang.EN, "A question of one's own", asked, [("rows", "Rows", table)], limit=len(rows), most=self.most
        )
        if truncated:
            made["tables"][0] |= {"cut": told.cut(len(rows), None, Lang.EN, self.most), "number": None}
        if rows and not made["sources"]:
            made["not_known"].insert(
                0, "No row names a tie, need or figure by its id, so the sources are not told here."
            )
        return made

    def _open(self, at: str = "", lang: Lang = Lang.EN) -> Store:
        return opened(self.folder, date_of(at, lang) if at else None)

    def _rows(self, limit: int) -> int:
        return max(1, min(limit, self.most))


def _hit(store: Store, hit: Hit) -> dict[str, Any]:
    """A hit, and how many sources tell of it."""
    told_by = len(store.claims(hit.id)) if "/" in hit.id else 0
    found = {
        "kind": hit.kind,
        "id": hit.id,
        "name": hit.name,
        "also": hit.matched,
        "in": hit.within,
        "told_by": told_by,
    }
    return {name: value for name, value in found.items() if value}


def _described(tellers: list[Any], lang: Lang) -> list[dict[str, Any]]:
    from ..data_package import described

    return [described(each, lang) for each in tellers if each is not None]
