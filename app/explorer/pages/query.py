"""Queries of one's own, in SPARQL or Cypher, with the model beside them and the saved questions to start from."""

from __future__ import annotations

import re
from typing import Any

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.limited.store import answer_of
from citydiplomacy.graph.model.schema import REGISTRY, Property
from citydiplomacy.graph.property.declared import declared
from citydiplomacy.graph.rdf.triples import compact
from citydiplomacy.ontology.terms import PREFIXES
from citydiplomacy.queries.library import catalogue, questions
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.tables import Table
from citydiplomacy.visuals.document.blocks import Note, Paragraph, Points

from ... import words
from ...data_package import PackedTable
from ...face.asking import table_of
from ...naming import ids_of
from ..desk import Desk
from ..page import Code, Field, Menu, OnPage, Page, PageForm, PageLink

EXAMPLES = {
    "sparql": """SELECT ?city ?name (COUNT(?agreement) AS ?agreements) WHERE {
  ?agreement a cd:Agreement ; cd:party ?city .
  ?city a schema:City ; skos:prefLabel ?name FILTER(LANG(?name) = "en")
} GROUP BY ?city ?name ORDER BY DESC(?agreements) LIMIT 20
""",
    "cypher": """MATCH (c:City)-[m:MEMBER_OF]->(o:Organization)
RETURN o.label AS body, count(DISTINCT c) AS cities ORDER BY cities DESC, body LIMIT 20
""",
}
_PLACE = re.compile(r"(?:line |at )(\d+)(?::(\d+))?")


def page(desk: Desk) -> Page:
    """The boxes; with a query in one, its answer."""
    say = desk.say
    language = "cypher" if desk.wanted.value("cypher") or desk.wanted.value("language") == "cypher" else "sparql"
    text = desk.wanted.value(language) or _start(desk, language)
    other = "sparql" if language == "cypher" else "cypher"
    names = {"sparql": say("SPARQL", "اسپارکل"), "cypher": say("Cypher", "سایفر")}
    here = desk.wanted.to("query")
    seconds, rows = desk.limits
    blocks: list[OnPage] = [
        Menu(
            (
                PageLink(names[other], here.but(language=other).address()),
                PageLink(say("The model", "مدل"), desk.wanted.to("model").address()),
            )
        ),
        PageForm(
            here.address().partition("?")[0],
            (
                Field(language, names[language], text, "area", _words(desk, language), required=True),
                Field(
                    "values",
                    say("Parameters, as city=Mashhad", "پارامترها، مانند city=مشهد"),
                    desk.wanted.value("values"),
                ),
            ),
            say("Ask", "بپرس"),
            needs_server=True,
            cancel=say("Cancel", "لغو"),
        ),
        Note(
            say(
                "It only reads. At most {rows} rows and {seconds} seconds; who starts the server lifts these with "
                "--limit and --seconds.",
                "تنها می‌خواند. دست بالا {rows} سطر و {seconds} ثانیه؛ کسی که سرور را راه می‌اندازد آن‌ها را با "
                "‎--limit و ‎--seconds بالا می‌برد.",
                rows=rows,
                seconds=say.number(seconds),
            )
        ),
    ]
    parts: list[PackedTable] = []
    status = 200
    if desk.wanted.value(language):
        try:
            part, cut = _answered(desk, language, text)
        except UsageError as error:
            told = error.told(words.persian if desk.wanted.lang == "fa" else str)
            blocks += [Points(tuple(map(Phrase, told.splitlines()))), Code(text, _line(told))]
            status = 400
        else:
            parts.append(part)
            if cut:
                blocks.append(Note(say("Only the first {rows} rows.", "تنها {rows} سطر نخست.", rows=rows)))
            blocks.append(desk.listing(part, alone=True))
    blocks.append(_starts(desk, language))
    return Page(
        desk.wanted,
        say("A query of your own", "پرسشی از خودتان"),
        blocks,
        parts=parts,
        asked={language: text},
        appendix=desk.appendix,
        status=status,
    )


def model(desk: Desk) -> Page:
    """Classes and their properties, with their terms in RDF and their names in the property graph."""
    say, lang = desk.say, desk.wanted.lang
    blocks: list[OnPage] = [
        Paragraph(
            say(
                "What a query can ask for. In SPARQL these prefixes are known without being declared.",
                "آنچه می‌توان پرسید. در اسپارکل این پیشوندها بی اعلام شناخته‌اند.",
            )
        ),
        Code("\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())),
    ]
    parts = []
    for schema in REGISTRY.values():
        table = Table(
            ("property", "property_name", "term", "range", "edge"),
            (
                say("Property", "ویژگی"),
                say("Name", "نام"),
                say("Term", "اصطلاح"),
                say("Holds", "نگه می‌دارد"),
                say("Relationship in Cypher", "رابطه در سایفر"),
            ),
            tuple(
                (prop.name, prop.label(lang), compact(prop.predicate), _range(prop), prop.edge)
                for prop in schema.properties
            ),
        )
        types = " ".join(map(compact, schema.types))
        title = f"{schema.title(lang)}: {schema.name} ({types})"
        part = PackedTable(schema.name, title, table, ("text",) * 5)
        parts.append(part)
        blocks.append(desk.listing(part))
    return Page(
        desk.wanted, say("The model", "مدل"), blocks, parts=parts, asked={"list": "model"}, appendix=desk.appendix
    )


def _answered(desk: Desk, language: str, text: str) -> tuple[PackedTable, bool]:
    """The answer as a table, and whether it is cut. Raises UsageError for what is wrong in the query."""
    seconds, limit = desk.limits
    title = str(desk.say("Answer", "پاسخ"))
    given = _values(desk.wanted.value("values"))
    if text.lstrip().startswith(("#+", "//+")):
        asked = catalogue.parse(text, "-", "-", (language,))
        values = ids_of(desk.store, asked, given, desk.lang)
        if language == "cypher":
            with _graph(desk) as graph:
                answer = questions.run(CypherEngine.embedded(graph), asked, values)
        else:
            answer = questions.run(desk.store, asked, values)
        table = table_of(answer, desk.lang, desk.store)
        kept = Table(table.names, table.titles, table.rows[:limit])
        return PackedTable("answer", title, kept, table.types), len(table.rows) > limit
    if language == "cypher":
        with _graph(desk) as graph:
            found = graph.run(text, given, timeout=seconds, limit=limit)
        rows: Any = found.rows
    else:
        if given:
            raise UsageError("a query without a header takes no parameters.", hint="Declare them in lines of '#+ '.")
        found = answer_of(desk.store.query(text), limit)
        rows = found.rows
    return PackedTable(
        "answer", title, Table(tuple(found.columns), tuple(found.columns), tuple(map(tuple, rows)))
    ), found.truncated


def _graph(desk: Desk) -> Any:
    from citydiplomacy.graph.property.embedded import EmbeddedGraph

    return EmbeddedGraph.open(desk.store)


def _values(text: str) -> dict[str, str]:
    given = {}
    for part in text.split():
        name, equals, value = part.partition("=")
        if not equals:
            raise UsageError(f"{part!r} is not a parameter.", hint="Write name=value, for example city=Mashhad.")
        given[name] = value
    return given


def _start(desk: Desk, language: str) -> str:
    """What stands in the box at first: an example, or a saved question."""
    name = desk.wanted.value("from")
    if name:
        asked = catalogue.question(name)
        if language in asked.languages:
            return (catalogue.SHIPPED[language] / f"{name}{catalogue.SUFFIXES[language]}").read_text(encoding="utf-8")
    return EXAMPLES[language]


def _starts(desk: Desk, language: str) -> Menu:
    lang = desk.wanted.lang
    links = tuple(
        PageLink(
            each.title[lang], desk.wanted.to("query", query=(("language", language), ("from", each.name))).address()
        )
        for each in sorted(catalogue.questions(), key=lambda each: each.title[lang])
        if language in each.languages
    )
    return Menu(links, desk.say("Saved questions to start from", "پرسش‌های آماده برای آغاز"))


def _words(desk: Desk, language: str) -> tuple[tuple[str, str], ...]:
    """The words of the model that are offered in a box: classes and properties, by their names in the language; none
    among files, where nobody answers.
    """
    if desk.wanted.files:
        return ()
    lang, found = desk.wanted.lang, dict[str, str]()
    for schema in REGISTRY.values():
        classes = (schema.name,) if language == "cypher" else tuple(map(compact, schema.types))
        found.update(dict.fromkeys(classes, schema.title(lang)))
        for prop in schema.properties:
            named = (prop.edge or prop.name) if language == "cypher" else compact(prop.predicate)
            found.setdefault(named, prop.label(lang))
    if language == "cypher":
        graph = declared()
        for name, properties in (*graph.nodes.items(), *graph.relationships.items()):
            found.setdefault(name, "")
            for each in properties:
                found.setdefault(each, "")
    return tuple(sorted(found.items()))


def _line(told: str) -> int:
    """The line that an error names; 0 for none."""
    found = _PLACE.search(told)
    return int(found[1]) if found else 0


def _range(prop: Property) -> str:
    return ", ".join(prop.range) if prop.range else prop.kind.value
