"""The first page: what is here, what is not, and the ways in; and the page of a search."""

from __future__ import annotations

from citydiplomacy.graph.model.schema import REGISTRY, by_folder
from citydiplomacy.graph.store.rows import select
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.understanding.search import QUESTION, REPORT
from citydiplomacy.queries.understanding.search import search as found
from citydiplomacy.queries.understanding.telling import title, told
from citydiplomacy.queries.understanding.understand import understand
from citydiplomacy.queries.understanding.vocabulary import REPORTS
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.tables import Table
from citydiplomacy.visuals.document.blocks import Heading, Paragraph, Points

from ...data_package import PackedTable
from ...face.asking import narrowed_table
from ..desk import Desk
from ..page import Menu, OnPage, Page, PageLink, Results
from ..words import FRAMES
from .record import OF_CITIES

FIRST = (
    "City",
    "Organization",
    "Country",
    "Agreement",
    "Membership",
    "Need",
    "Barrier",
    "Study",
    "Source",
    "Disagreement",
)
"""Classes of records in the order in which people look for them."""
MOST_FOUND, SUGGESTED = 50, 8
LONGEST = 300
"""Letters of what is looked for."""
_WAYS = {QUESTION: "question", REPORT: "report"}
_REPORTS = {"compare": "compare", "gaps": "gaps", "recommend": "advice", "influence": "influence"}
"""Where the reports stand that a search finds."""
FIRST_QUESTIONS = (
    "sister-cities",
    "memberships",
    "needs-unaddressed",
    "may-join",
    "sources-of-city",
    "networks-compared",
)


def page(desk: Desk) -> Page:
    """The first page."""
    say, store, lang = desk.say, desk.store, desk.wanted.lang
    counts, files = store.manifest.counts, desk.wanted.files
    if files:
        counts = {name: files.lists.get(schema.folder, 0) for name, schema in REGISTRY.items()}
    classes = [name for name in (*FIRST, *(each for each in REGISTRY if each not in FIRST)) if counts.get(name)]
    table = Table(
        ("class", "class_name", "records"),
        (say("Class", "رده"), say("Records", "رکوردها"), say("Number", "شمار")),
        tuple((REGISTRY[name].folder, REGISTRY[name].title(lang), counts[name]) for name in classes),
    )
    part = PackedTable("records", say("What is here", "آنچه این‌جا هست"), table)
    studied = [str(city) for (city,) in select(store, "SELECT DISTINCT ?c WHERE { ?n cd:needOf ?c } ORDER BY ?c")]
    blocks: list[OnPage] = [
        Paragraph(
            say(
                "Which cities are tied to which, in which networks they are, what they need and what holds them back: "
                "{n} sources say so, and each statement names its own. Write a name above, or choose below.",
                "کدام شهرها با هم پیوند دارند، در کدام شبکه‌ها هستند، چه نیازی دارند و چه چیزی مانعشان است: {n} منبع "
                "گفته‌اند و هر گزاره منبع خود را نام می‌برد. نامی در بالا بنویسید، یا از پایین برگزینید.",
                n=len(store.manifest.sources),
            )
        )
    ]
    if files and files.round:
        cities = say.names([desk.named.of(city) for city in files.round])
        blocks.append(
            Paragraph(
                say(
                    "These files hold what is round {cities}: {n} of {whole} records.",
                    "این پرونده‌ها آنچه را پیرامون {cities} است دارند: {n} رکورد از {whole}.",
                    cities=cities,
                    n=sum(counts.values()),
                    whole=sum(store.manifest.counts.values()),
                )
            )
        )
        studied = list(files.round)
    for city in studied[:5]:
        name, tail = desk.named.of(city), city.partition("/")[2]
        ways = (
            ("", "All that is known", "هر آنچه دانسته است"),
            ("gaps", "Which needs nobody addresses", "نیازهایی که هیچ‌کس به آن‌ها پاسخ نمی‌دهد"),
            ("advice", "Which networks and cities it may turn to", "شبکه‌ها و شهرهایی که می‌تواند به آن‌ها روی آورد"),
            ("dossier", "The dossier to take along", "پرونده‌ای برای بردن"),
        )
        links = tuple(
            PageLink(str(say(en, fa)), desk.wanted.to(*([path, tail] if path else [city])).address())
            for path, en, fa in ways
        )
        blocks.append(Menu(links, name))
    blocks.append(
        Menu(
            tuple(
                PageLink(
                    REGISTRY[name].title(lang),
                    desk.wanted.to(REGISTRY[name].folder).address(),
                    say.number(counts[name]),
                )
                for name in classes
            ),
            part.title,
        )
    )
    reports = (
        ("question", "All saved questions", "همهٔ پرسش‌های آماده"),
        ("compare", "Cities compared", "شهرها در کنار هم"),
        ("influence", "Cities by influence", "شهرها به نفوذ"),
        ("world", "The world, as map, network and table", "جهان، همچون نقشه، شبکه و جدول"),
        ("changes", "What has changed", "آنچه دگرگون شده است"),
        ("query", "A query of your own, in SPARQL or Cypher", "پرسشی از خودتان، به اسپارکل یا سایفر"),
        ("model", "The model: classes and properties", "مدل: رده‌ها و ویژگی‌ها"),
    )
    blocks.append(
        Menu(
            (
                *(PageLink(str(say(en, fa)), desk.wanted.to(path).address()) for path, en, fa in reports),
                *(
                    PageLink(catalogue.question(each).title[lang], desk.wanted.to("question", each).address())
                    for each in FIRST_QUESTIONS
                ),
            ),
            str(say("Questions and reports", "پرسش‌ها و گزارش‌ها")),
        )
    )
    blocks += [Heading(say("What is not here", "آنچه این‌جا نیست"), "not-here"), Points(_not_here(desk))]
    return Page(desk.wanted, FRAMES[lang].site, blocks, parts=[part], asked={"list": "classes"}, appendix=desk.appendix)


def _not_here(desk: Desk) -> tuple[Phrase, ...]:
    say = desk.say
    (row,) = select(
        desk.store,
        """SELECT (COUNT(?t) AS ?all) (COUNT(?d) AS ?dated) (COUNT(?s) AS ?status) WHERE {
             ?t a cd:Agreement . OPTIONAL { ?t schema:startDate ?d } OPTIONAL { ?t cd:status ?s } }""",
    )
    ties, dated, status = (int(str(each)) for each in row)
    return (
        say(
            "What no source tells. It is unknown, which is not the same as no.",
            "آنچه هیچ منبعی نمی‌گوید. آن نامعلوم است، و نامعلوم همان «نه» نیست.",
        ),
        say(
            "Of {ties} agreements {undated} have no date of beginning, and {silent} no status.",
            "از {ties} توافق، {undated} توافق تاریخ آغاز ندارد و {silent} توافق وضعیت ندارد.",
            ties=ties,
            undated=ties - dated,
            silent=ties - status,
        ),
        say(
            "Of most cities no source set out to collect the ties: only those told of other cities are known. Each "
            "page of a city says so where it is so.",
            "هیچ منبعی در پی پیوندهای بیشتر شهرها نبوده است: تنها آنچه دربارهٔ شهرهای دیگر گفته شده دانسته است. "
            "صفحهٔ هر شهر این را در جای خود می‌گوید.",
        ),
    )


def search(desk: Desk) -> Page:
    """What plain words ask, as far as they are understood, and what has a name like them."""
    say, text, lang = desk.say, desk.wanted.value("q")[:LONGEST], desk.wanted.lang
    if desk.wanted.files:
        return _in_files(desk)
    hits = found(desk.store, text, lang, MOST_FOUND)
    records = [hit for hit in hits if hit.kind not in _WAYS]
    table = Table(
        ("record", "record_name", "class", "within", "matched"),
        (
            say("Found", "یافته"),
            say("Name", "نام"),
            say("What it is", "چیست"),
            say("In", "در"),
            say("Found as", "یافته با نام"),
        ),
        tuple((hit.id, hit.name, _class(hit.id, lang), hit.within or None, hit.matched or None) for hit in records),
    )
    heading = str(say("Search", "جست‌وجو"))
    part = PackedTable("found", heading, table)
    answer, blocks = _understood(desk, text) if text else ([], [])
    if records:
        blocks.append(desk.listing(part, alone=not answer))
    ways = tuple(
        PageLink(hit.name, desk.wanted.to(_WAYS[hit.kind], hit.id).address()) for hit in hits if hit.kind == QUESTION
    )
    ways += tuple(PageLink(hit.name, desk.wanted.to(_REPORTS[hit.id]).address()) for hit in hits if hit.id in _REPORTS)
    if ways:
        blocks.append(Menu(ways, str(say("Questions and reports", "پرسش‌ها و گزارش‌ها"))))
    if text and not blocks:
        blocks.append(
            Paragraph(
                say(
                    "Nothing is called {text} here, nor anything like it.",
                    "این‌جا چیزی به نام {text} یا همانند آن نیست.",
                    text=say.quoted(text),
                )
            )
        )
    return Page(
        desk.wanted,
        f"{heading}: {text}" if text else heading,
        blocks,
        parts=[*answer, part],
        asked={"search": text},
        appendix=desk.appendix,
        things=tuple(hit.id for hit in records),
    )


def _in_files(desk: Desk) -> Page:
    """The page of the search among files, where a script finds names."""
    say = desk.say
    results = Results(
        str(
            say(
                "The search takes a script. Without it, choose below.",
                "جست‌وجو به اسکریپت نیاز دارد. بی آن از پایین برگزینید.",
            )
        ),
        str(say("Nothing here is called so, nor anything like it.", "این‌جا چیزی به این نام یا همانند آن نیست.")),
    )
    classes = [schema for name in FIRST if desk.wanted.to((schema := REGISTRY[name]).folder).address()]
    links = tuple(PageLink(each.title(desk.wanted.lang), desk.wanted.to(each.folder).address()) for each in classes)
    title = str(say("Search", "جست‌وجو"))
    return Page(
        desk.wanted, title, [results, Menu(links, str(say("All there is", "همهٔ آنچه هست")))], appendix=desk.appendix
    )


def _understood(desk: Desk, text: str) -> tuple[list[PackedTable], list[OnPage]]:
    """What was understood of plain words: said, with the answer where it is a table, and the way to its page."""
    meant = understand(desk.store, text)
    if not meant.asked or (meant.asked == "show" and not meant.forms):
        return [], []
    blocks: list[OnPage] = [Points(tuple(map(Phrase, told(desk.store, meant, desk.wanted.lang))))]
    if not meant.answerable:
        return [], blocks
    values = {name: value for name, value in meant.values.items() if isinstance(value, str)}
    at = (("at", meant.at.edtf),) if meant.at else ()
    if meant.asked in REPORTS:
        several = [each for value in meant.values.values() if not isinstance(value, str) for each in value]
        names = [each.partition("/")[2] for each in (*values.values(), *several)]
        cities = [name for name in names if name]
        way = desk.wanted.to(_REPORTS[meant.asked], *cities, query=at) if meant.asked in _REPORTS else None
    else:
        way = desk.wanted.to("question", meant.asked, query=(*values.items(), *at))
    ways = [PageLink(title(meant.asked, desk.wanted.lang), way.address())] if way else []
    cities = [city.partition("/")[2] for city in meant.cities]
    ways += [PageLink(desk.say(*OF_CITIES[form]), desk.wanted.to(form, *cities).address()) for form in meant.forms]
    if ways:
        blocks.append(Menu(tuple(ways)))
    if meant.asked in REPORTS or meant.at:
        return [], blocks
    table, notes = narrowed_table(desk.store, meant, desk.lang)
    part = PackedTable("answer", table.title, table, table.types)
    blocks += [Points(tuple(map(Phrase, notes)))] if notes else []
    blocks.append(desk.listing(part))
    return [part], blocks


def suggested(desk: Desk) -> list[dict[str, str]]:
    """What is suggested while a name is written: name, what it is, and its address."""
    among = set(filter(None, desk.wanted.value("among").split(",")))
    hits = found(desk.store, desk.wanted.value("q")[:LONGEST], desk.wanted.lang, 100 if among else SUGGESTED)
    offered = []
    for hit in [hit for hit in hits if not among or hit.kind in among][:SUGGESTED]:
        if hit.kind == QUESTION:
            kind, address = desk.say("Question", "پرسش"), desk.wanted.to("question", hit.id).address()
        elif hit.kind == REPORT:
            kind, address = desk.say("Report", "گزارش"), desk.wanted.to(_REPORTS.get(hit.id, "")).address()
        else:
            kind, address = Phrase(_class(hit.id, desk.wanted.lang)), desk.wanted.record(hit.id)
        note = desk.say(", ", "، ").join(filter(None, (kind, hit.within, hit.matched)))
        offered.append({"id": hit.id, "name": hit.name, "note": str(note), "address": address})
    return offered


def _class(record_id: str, lang: str) -> str:
    schema = by_folder(record_id)
    return schema.title(lang) if schema else ""
