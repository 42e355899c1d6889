"""The parts of a dossier, in the order in which they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import ceil

from citydiplomacy.queries.wording.phrases import Phrase

from ..charts import matrix, standing, timeline
from . import disputes, figures, report_tables, tables
from .blocks import Block, Heading, Note, Paragraph, Points, Sheet
from .minute import minute
from .subject import Subject

PAIR = 2
"""Cities that the first page draws; more stand there in a table, a column a city."""
FIRST, LINE, LETTERS = 220.0, 5.4, 90
"""Millimetres that the first page has below its heading, and that a line of its sentences takes; letters of a line."""
TITLE = 12.0
"""Millimetres more that the title takes where it names so many."""


def blocks(about: Subject) -> Iterator[Block]:
    """All of them; the first is a page of its own."""
    first = minute(about)
    yield Heading(about.say("In one minute", "در یک دقیقه"), "minute")
    yield Points(tuple(first))
    room = FIRST - LINE * sum(ceil(len(each) / LETTERS) for each in first)
    bars: list[Block] = list(figures.first_bars(about, 0.6 * room)) if len(about.cities) <= PAIR else []
    if not bars:
        room -= TITLE
    above = bars or [_by_kind_table(about)]
    yield from above
    yield from figures.first_map(about, room - figures.height(above))
    yield from _ties(about)
    yield from _networks(about)
    told = _Told()
    yield from _beside(about, first, told)
    yield from _needs(about, told)
    yield from _next(about, told)
    yield from _standing(about)
    yield from _unknown(about)
    yield from _method(about)


def _ties(about: Subject) -> Iterator[Block]:
    say = about.say
    yield Heading(say("Ties", "پیوندها"), "ties")
    yield Paragraph(
        say(
            "Which cities {cities} are tied to, since when, how strongly that is told, and by whom.",
            "{cities} با کدام شهرها پیوند دارند، از چه زمانی، با چه قوتی گفته شده و چه کسی می‌گوید.",
            cities=say.names(about.named),
        )
        if len(about.cities) > 1
        else say(
            "Which cities {city} is tied to, since when, how strongly that is told, and by whom.",
            "{city} با کدام شهرها پیوند دارد، از چه زمانی، با چه قوتی گفته شده و چه کسی می‌گوید.",
            city=about.named[0],
        )
    )
    yield from figures.ties_map(about)
    yield from figures.network(about)
    for city in about.named:
        told: list[Block] = [*_present(tables.sister_cities(about, city)), *_present(tables.agreements(about, city))]
        yield from told or [
            Paragraph(
                say(
                    "No agreement of {city} is told. That is unknown, not none.",
                    "توافقی از {city} گفته نشده است. این نامعلوم است، نه هیچ.",
                    city=city,
                )
            )
        ]
    dated = [timeline.beginnings(about.store, city, about.lang)[0].told + "." for city in about.cities]
    yield Heading(say("When ties began", "آغاز پیوندها"), "beginnings", 2)
    yield Points(tuple(dated))
    yield from figures.figure(about, "timeline", timeline.draw_timeline, timeline.TITLE)


def _opened(about: Subject, key: str, title: tuple[str, str], text: tuple[str, str]) -> Iterator[Block]:
    """The beginning of a part: its heading, and what it tells, in English and Persian."""
    yield Heading(about.say(*title), key)
    yield Paragraph(about.say(*text))


def _networks(about: Subject) -> Iterator[Block]:
    say = about.say
    yield from _opened(
        about,
        "networks",
        ("Networks and roles", "شبکه‌ها و نقش‌ها"),
        (
            "In which networks and bodies a place is told, in which role, and when it was last told.",
            "در کدام شبکه‌ها و نهادها جایگاهی گفته شده، با چه نقشی، و آخرین بار چه زمانی گفته شده است.",
        ),
    )
    if len(about.cities) > 1:
        yield from figures.figure(about, "matrix", matrix.draw_matrix, matrix.TITLE)
    for city in about.named:
        yield tables.roles(about, city) or Paragraph(
            say(
                "No place of {city} in a network or body is told. That is unknown, not none.",
                "جایگاهی از {city} در شبکه یا نهادی گفته نشده است. این نامعلوم است، نه هیچ.",
                city=city,
            )
        )


class _Told:
    """The sentences of the parts so far, each of which is told in one of them."""

    def __init__(self) -> None:
        self._sentences: set[Phrase] = set()

    def points(self, sentences: Iterable[Phrase]) -> Iterator[Points]:
        """A list of those that are new, if there are any."""
        new = tuple(each for each in sentences if each not in self._sentences)
        self._sentences |= set(new)
        if new:
            yield Points(new)


def _beside(about: Subject, first: list[Phrase], told: _Told) -> Iterator[Block]:
    say = about.say
    yield Heading(
        say("In numbers", "در یک نگاه به عددها") if not about.comparisons else say("Side by side", "در کنار هم"),
        "against",
    )
    yield from figures.by_kind(about, "by-kind-figure")
    if len(about.cities) <= PAIR:
        yield _by_kind_table(about)
    times = Counter(each for report in about.comparisons for each in report.headlines if each not in first)
    yield from told.points(each for each in times if times[each] > 1)  # of the first city, whichever it is beside
    for report, name in zip(about.comparisons, about.names[1:], strict=True):
        key, level = f"against-{about.key(report.b.id)}", 2
        if len(about.comparisons) > 1:
            yield Heading(say("{a} and {b}", "{a} و {b}", a=about.names[0], b=name), key, level)
            level += 1
        for topic in report.topics:
            for points in told.points(each for each in topic.sentences if each not in first):
                yield Heading(topic.title, f"{key}-{topic.key}", level)
                yield points


def _needs(about: Subject, told: _Told) -> Iterator[Block]:
    yield from _opened(
        about,
        "needs",
        ("Needs and what holds back", "نیازها و آنچه بازمی‌دارد"),
        (
            "What a study found that a city needs, which needs no known standing tie addresses, and what hinders them.",
            "پژوهش چه نیازهایی برای شهر یافته، هیچ پیوند برقرار شناسایی‌شده‌ای به کدام نیازها پاسخ نمی‌دهد، و چه چیزی "
            "مانع آن‌هاست.",
        ),
    )
    for city, report in zip(about.named, about.gaps, strict=True):
        yield Heading(city.name, f"needs-{about.key(city.id)}", 2)
        yield from told.points(report.headlines)
        yield from figures.needs_of(about, city.id)
        yield from _present(report_tables.axes(about, city, report))
        yield from _present(report_tables.barriers(about, city, report))


def _next(about: Subject, told: _Told) -> Iterator[Block]:
    yield from _opened(
        about,
        "next",
        ("Where to turn next", "گام بعدی"),
        (
            "Networks that a city may join and cities that it might turn to, with what speaks for each and against it. "
            "The order is reckoned from these data and is no judgement; how often such lists came true is told too.",
            "شبکه‌هایی که شهر می‌تواند به آن‌ها بپیوندد و شهرهایی که می‌تواند به آن‌ها روی آورد، با آنچه به سود و "
            "به زیان هر یک است. ترتیب از همین داده‌ها حساب شده و داوری نیست؛ گفته می‌شود چنین فهرست‌هایی چند بار "
            "درست درآمده‌اند.",
        ),
    )
    for city, report in zip(about.named, about.advice, strict=True):
        yield Heading(city.name, f"next-{about.key(city.id)}", 2)
        yield from told.points(report.headlines)
        yield from _present(report_tables.next_networks(about, city, report))
        yield from _present(report_tables.next_cities(about, city, report))


def _standing(about: Subject) -> Iterator[Block]:
    say = about.say
    drawn = list(
        figures.figure(
            about, "standing-figure", standing.draw_standing, standing.TITLE, most=figures.TALLEST - figures.HEADED
        )
    )
    if drawn:
        told = standing.standing_table(about.store, about.cities, about.lang)
        yield Heading(say("Standing among others", "جایگاه میان دیگران"), "standing")
        yield Paragraph(
            say(
                "Where {city} stands by its ties among all cities of these data, those of its country, its world "
                "region and its size.",
                "{city} با پیوندهایش میان همهٔ شهرهای این داده‌ها، شهرهای کشورش، منطقهٔ جهانش و هم‌اندازه‌هایش کجا "
                "ایستاده است.",
                city=about.named[0],
            )
            if len(about.cities) == 1
            else say(
                "Where {cities} stand by their ties among all cities of these data, those of their country, their "
                "world region and their size.",
                "{cities} با پیوندهایشان میان همهٔ شهرهای این داده‌ها، شهرهای کشورشان، منطقهٔ جهانشان و هم‌اندازه‌هایشان "
                "کجا ایستاده‌اند.",
                cities=say.names(about.named),
            )
        )
        yield from (replace(picture, table=told) for picture in drawn)


def _unknown(about: Subject) -> Iterator[Block]:
    say = about.say
    yield from _opened(
        about,
        "unknown",
        ("What sources dispute, and what is not known", "اختلاف منبع‌ها، و آنچه دانسته نیست"),
        (
            "An answer here has three values: yes, no where it was checked, and unknown. These are the gaps.",
            "هر پاسخ در این‌جا سه مقدار دارد: آری، نه در جایی که بررسی شده، و نامعلوم. این‌ها جاهای خالی است.",
        ),
    )
    for city, report in zip(about.named, about.gaps, strict=True):
        yield from _present(disputes.marked(about, city))
        yield from _present(disputes.irreconcilable(about, city))
        yield from _present(tables.unknowns(about, city))
        section = report.section("unknown")
        place = section.names.index("topic_name")
        cells = (row[place] for row in section.rows)
        if gaps := tuple(Phrase(cell) for cell in cells if isinstance(cell, str)):
            yield Paragraph(
                say(
                    "What these data do not tell of {city}, as far as they can say what is missing:",
                    "آنچه این داده‌ها دربارهٔ {city} نمی‌گویند، تا آنجا که می‌توانند بگویند چه کم است:",
                    city=city,
                )
            )
            yield Points(gaps)  # a list of nothing is no list, and PDF/UA refuses it


def _method(about: Subject) -> Iterator[Block]:
    say = about.say
    yield Heading(say("Method", "روش"), "method")
    for text in (
        say(
            "Each statement is kept with the source that tells it, and where in it. Where sources disagree, the "
            "more reliable stands, and the disagreement is told. Sources that repeat one another count as one voice.",
            "هر گزاره با منبعی که آن را می‌گوید و جای آن در منبع نگه داشته می‌شود. هر جا منبع‌ها اختلاف دارند، سخن "
            "معتبرتر می‌ماند و اختلاف گفته می‌شود. منبع‌هایی که سخن یکدیگر را بازمی‌گویند یک صدا به شمار می‌آیند.",
        ),
        say(
            "What no source tells is unknown, which is not the same as no. A no is checked: by a whole list of "
            "members, or by a source that says that a tie has ended or is only planned.",
            "آنچه هیچ منبعی نمی‌گوید نامعلوم است، و نامعلوم همان نه نیست. «نه» بررسی‌شده است: با فهرست کامل اعضا، "
            "یا با منبعی که می‌گوید پیوند پایان یافته یا تنها در برنامه است.",
        ),
        say(
            "Of a city whose ties no source set out to collect, only those told of other cities are known; it is so "
            "told, and not compared as an equal. A tie stands if its status says so, or none is told, and its end "
            "is not over on the day asked.",
            "از شهری که هیچ منبعی در پی پیوندهایش نبوده، تنها آنچه دربارهٔ شهرهای دیگر گفته شده دانسته است؛ این "
            "گفته می‌شود و شهر همچون همتا مقایسه نمی‌شود. پیوند برقرار است اگر وضعیتش چنین بگوید یا وضعیتی گفته "
            "نشده باشد، و پایانش در روز پرسش نگذشته باشد.",
        ),
        say(
            "Which theme a need belongs to, what an organisation offers and what a barrier hinders is the analyst's "
            "coding: a judgement, named as a source of its own.",
            "این‌که نیاز به کدام موضوع بازمی‌گردد، سازمان چه عرضه می‌کند و مانع چه چیزی را بازمی‌دارد کدگذاری "
            "تحلیلگر است: داوری‌ای که همچون منبعی جدا نام برده می‌شود.",
        ),
    ):
        yield Paragraph(text)
    yield Note(
        say(
            "A marked number rests on an entry of the appendix, with its question, its answer and its sources.",
            "هر عدد نشان‌دار بر مدخلی از پیوست استوار است که پرسش، پاسخ و منبع‌های آن را نام می‌برد.",
        )
    )


def _by_kind_table(about: Subject) -> Block:
    nothing = about.say("No tie is told, of any kind.", "پیوندی از هیچ گونه گفته نشده است.")
    return tables.side_by_side(about) if about.by_kind else Paragraph(nothing)


def _present(sheet: Sheet | None) -> Iterable[Sheet]:
    return (sheet,) if sheet else ()
