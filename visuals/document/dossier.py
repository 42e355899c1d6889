"""The dossier of a city, alone or against another: what a mayor reads in a minute, and all that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.recommendation.report import recommend
from citydiplomacy.queries.reports.comparison import compare
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.rows import Rows, ask
from citydiplomacy.queries.wording.sections import CityReport
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table

from ..drawing import scene
from ..drawing.network_figure import draw_network
from ..maps.map_figure import draw_map
from ..maps.scene import scene as map_scene
from ..svg.frame import Caption
from ..svg.svg import Svg
from .answers import answer_table
from .appendix import Appendix
from .blocks import Block, Document, Heading, Note, Paragraph, Picture, Points, Sheet

MOST_CITIES = 2
FIRST_SENTENCES = 5


def dossier(store: Store, cities: Sequence[str], lang: str, *, date: Date, author: str = "citydiplomacy") -> Document:
    """The dossier of one city, or of one against another, by id.

    Raises UsageError for more, for a city against itself, and for one that the store does not have.
    """
    if len(set(cities)) < len(cities):
        raise UsageError(f"{cities[0]} is told against itself.", hint="Name two cities.")
    if not 1 <= len(cities) <= MOST_CITIES:
        raise UsageError(f"A dossier is of 1 to {MOST_CITIES} cities, not of {len(cities)}.")
    say, appendix = Speech(lang), Appendix(store, lang)
    names = [_name(store, city, lang) for city in cities]
    title = (
        say("City diplomacy of {a}", "دیپلماسی شهری {a}", a=names[0])
        if len(cities) == 1
        else say("{a} against {b}: city diplomacy", "{a} در برابر {b}: دیپلماسی شهری", a=names[0], b=names[1])
    )
    blocks = [*_blocks(_Parts(store, cities, names, lang))]
    for block in blocks:
        for text in _texts(block):
            if isinstance(text, Phrase):
                appendix.add(text)
    return Document(
        title=str(title),
        subtitle=str(
            say(
                "As told by the sources of revision {revision} of these data, on {date}",
                "به گفتهٔ منبع‌های بازنگری {revision} این داده‌ها، در {date}",
                revision=say.number(store.manifest.revision),
                date=say.date(date),
            )
        ),
        lang=lang,
        author=author,
        date=date,
        revision=store.manifest.revision,
        blocks=blocks,
        entries=appendix.entries,
        references=appendix.references,
        numbers=appendix.numbers,
    )


class _Parts:
    """What the parts of a dossier are made of: the reports, each made once."""

    def __init__(self, store: Store, cities: Sequence[str], names: Sequence[str], lang: str) -> None:
        self.store, self.cities, self.names, self.lang = store, cities, names, lang
        self.say = Speech(lang)
        self.against = compare(store, cities[0], cities[1], lang) if len(cities) == 2 else None
        self.next = [recommend(store, city, lang) for city in cities]
        self.gaps = [advice.gaps for advice in self.next]
        self.graph = scene.around(store, cities, lang, standing=True)

    def ask(self, question: str, **values: str) -> Rows:
        """The rows of a question, in the language."""
        return ask(self.store, question, self.lang, **values)


def _blocks(parts: _Parts) -> Iterator[Block]:
    say = parts.say
    yield Heading(say("In one minute", "در یک دقیقه"), "minute")
    first = parts.against or parts.gaps[0]
    yield Points(tuple(first.headlines[:FIRST_SENTENCES]))
    yield _map(parts)
    yield Heading(say("Ties", "پیوندها"), "ties")
    for city, name in zip(parts.cities, parts.names, strict=True):
        rows = parts.ask("sister-cities", city=city)
        title = say("Sister cities of {city}", "خواهرخوانده‌های {city}", city=name)
        table = answer_table(catalogue.question("sister-cities"), rows, parts.lang)
        yield Sheet(f"sisters-{city.rpartition('/')[2]}", str(title), table)
    yield Picture("network", _network(parts), str(_title(parts)))
    if parts.against:
        yield Heading(say("Side by side", "در کنار هم"), "against")
        yield Points(tuple(parts.against.headlines[FIRST_SENTENCES:]))
        yield from _sheets(parts.against, "dimensions", "networks", "roles", "partners")
    yield Heading(say("Needs and what holds back", "نیازها و آنچه بازمی‌دارد"), "needs")
    for name, report in zip(parts.names, parts.gaps, strict=True):
        yield Heading(name, f"needs-{report.city.id.rpartition('/')[2]}", 2)
        yield Points(tuple(report.headlines))
        yield from _sheets(report, "axes", "needs", "organizations", "barriers")
    yield Heading(say("Where to turn next", "گام بعدی"), "next")
    for name, advice in zip(parts.names, parts.next, strict=True):
        yield Heading(name, f"next-{advice.gaps.city.id.rpartition('/')[2]}", 2)
        yield Points(tuple(advice.headlines))
        yield from _sheets(advice, "networks", "cities", "told")
    if parts.against:
        yield Heading(say("Standing", "جایگاه"), "standing")
        yield from _sheets(parts.against, "standing")
        yield Heading(
            say("What sources dispute, and what is not known", "اختلاف منبع‌ها، و آنچه دانسته نیست"), "unknown"
        )
        yield from _sheets(parts.against, "disagreements", "evidence", "ties-known", "unknown")
    else:
        yield Heading(say("What is not known", "آنچه دانسته نیست"), "unknown")
        yield from _sheets(parts.gaps[0], "unknown")
    yield Heading(say("Method", "روش"), "method")
    yield Paragraph(
        say(
            "Each statement is kept with the source that tells it. Where sources disagree, the more reliable stands, "
            "and the disagreement is told. What no source tells is unknown, which is not the same as no.",
            "هر گزاره با منبعی که آن را می‌گوید نگه داشته می‌شود. هر جا منبع‌ها اختلاف دارند، سخن معتبرتر می‌ماند و اختلاف "
            "گفته می‌شود. آنچه هیچ منبعی نمی‌گوید نامعلوم است، و نامعلوم همان نه نیست.",
        )
    )
    yield Note(
        say(
            "A marked number rests on an entry of the appendix, with its question, its answer and its sources.",
            "هر عدد نشان‌دار بر مدخلی از پیوست استوار است که پرسش، پاسخ و منبع‌های آن را نام می‌برد.",
        )
    )


def _map(parts: _Parts) -> Picture:
    title = str(_title(parts))
    places = map_scene(parts.store, parts.cities, parts.lang, graph=parts.graph)
    note = parts.say("Outlines: Natural Earth, in the public domain.", "خط‌های نقشه: نچرال ارث، مالکیت عمومی.")
    return Picture("map", draw_map(places, Caption(title, notes=(note,)), lang=parts.lang), title)


def _network(parts: _Parts) -> Svg:
    return draw_network(parts.graph, title=str(_title(parts)), lang=parts.lang)


def _title(parts: _Parts) -> str:
    names = parts.say(" and ", " و ").join(parts.names)
    return parts.say("Standing ties of {cities}", "پیوندهای برقرار {cities}", cities=names)


def _sheets(report: CityReport, *keys: str) -> Iterator[Sheet]:
    """Those sections of a report that have rows."""
    for key in keys:
        section = report.section(key)
        if section.rows:
            table = Table(section.names, section.titles, section.rows).for_people()
            yield Sheet(key, section.title, table)


def _name(store: Store, city: str, lang: str) -> str:
    record = store.get(city)
    if not isinstance(record, City):
        raise UsageError(f"The store has no {city}.", hint="Ids look like city/mashhad.")
    return record.label(lang)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Note():
            yield block.text
        case Points():
            yield from block.items
