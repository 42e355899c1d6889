"""When the ties of cities began: a mark for each, at its year or over the years it can be; and how many are dated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.language.calendars import solar
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.holding import UNDER_WAY
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.standing.coverage import named
from citydiplomacy.queries.wording.namesakes import speech
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.rows import Rows, ask
from citydiplomacy.queries.wording.speech import Speech

from ..drawing.foot import foot
from ..drawing.style import tie_colors
from ..drawing.words import local_digits
from ..svg.frame import INNER, Caption, KeyLine, framed
from ..svg.svg import GREY, INK, PALE, Svg, line
from .style import height_of, mark, marks, name_lines

TITLE = ("When the ties of {cities} began", "آغاز پیوندهای {cities}")
LABELS = 100.0
MARK = 11.0
"""Room for a mark, in units of the drawing."""
QUESTIONS = {"agreements": "agreement", "memberships": "membership", "missions": "mission"}


@dataclass(frozen=True)
class Beginning:
    """A tie with a date of beginning: the first and the last year that it can be, and its kind."""

    kind: str
    first: float
    last: float

    @property
    def middle(self) -> float:
        """Between the two."""
        return (self.first + self.last) / 2


@dataclass(frozen=True)
class Beginnings:
    """The beginnings of a city, and a sentence on how many of its ties have one."""

    city: str
    beginnings: tuple[Beginning, ...]
    told: Phrase


def beginnings(store: Store, city: str, lang: str) -> tuple[Beginnings, dict[str, str]]:
    """Those of a city's agreements, memberships and missions but what is only meant; and the names of their kinds."""
    say, name = speech(store, lang), named(store, city, lang)
    kinds: dict[str, str] = {}
    found: list[Beginning] = []
    parts = []
    for question, column in QUESTIONS.items():
        rows = ask(store, question, lang, city=city).first_of(column).without(status_name=only_meant(lang))
        dated = rows.without(start=None)
        for row in dated:
            kind = (row.get("kind") or "member-of").rpartition("/")[2] if question != "missions" else "represented-in"
            words = {"memberships": say("membership", "عضویت"), "missions": say("mission", "نمایندگی")}
            kinds[kind] = str(words.get(question) or row["kind_name"])
            when = from_edtf(row["start"])
            if when.earliest and when.latest:
                found.append(Beginning(kind, _year(when, lang, last=False), _year(when, lang, last=True)))
        if rows:
            parts.append(_share(say, question, dated, rows))
    told = say("{city}, with a known beginning: ", "{city}، با تاریخ آغاز معلوم: ", city=name)
    for place, part in enumerate(parts or [say("none is told", "هیچ‌یک گفته نشده")]):
        told = told + (say(", ", "، ") if place else "") + part
    return Beginnings(name.name, tuple(sorted(found, key=lambda each: (each.first, each.last, each.kind))), told), kinds


def only_meant(lang: str) -> tuple[str, ...]:
    """How the statuses are called of ties that are proposed, planned or negotiated, and have not begun."""
    return tuple(schemes()["status"][status].label(lang) for status in UNDER_WAY)


def _share(say: Speech, question: str, dated: Rows, rows: Rows) -> Phrase:
    wording = {
        "agreements": ("{dated} of {all} agreements made", "{dated} از {all} توافق بسته‌شده"),
        "memberships": ("{dated} of {all} memberships and roles", "{dated} از {all} عضویت و نقش"),
        "missions": ("{dated} of {all} missions", "{dated} از {all} نمایندگی"),
    }[question]
    return say(*wording, dated=dated.number(), all=rows.number())


def _year(when: Date, lang: str, *, last: bool) -> float:
    """The year of an end of a date, in the calendar of the language: its first day is .0."""
    day = when.latest if last else when.earliest
    assert day is not None
    if lang != "fa":
        return day.year + (day.timetuple().tm_yday - 1) / 366
    there = solar(day)
    return float(there.year + ((there.month - 1) * 30.5 + there.day - 1) / 366)


def draw_timeline(store: Store, cities: Sequence[str], caption: Caption, *, lang: str) -> Svg:
    """A row for each of up to five cities; marks that would lie over one another stand above one another.

    Raises UsageError where no tie of them has a date of beginning.
    """
    say = Speech(lang)
    told = [beginnings(store, city, lang) for city in cities]
    rows = [row for row, _ in told]
    kinds = {key: label for _, some in told for key, label in some.items()}
    every = [each for row in rows for each in row.beginnings]
    if not every:
        raise UsageError(
            f"No tie of {', '.join(row.city for row in rows)} has a known date of beginning.",
            hint="citydip query agreements tells what is known of them.",
        )
    low, high = min(each.first for each in every), max(each.last for each in every)
    start, end = int(low // 5 * 5), int(high) + 1
    unit = (INNER - LABELS - 20) / max(5, end - start)
    stacks = [_stacked(row.beginnings, unit) for row in rows]
    heights = [
        max(
            height_of(row.city, width=LABELS - 12, size=13, least=44),
            MARK * (1 + max((place for place, _ in stack), default=0)) + 26,
        )
        for row, stack in zip(rows, stacks, strict=True)
    ]
    colors = tie_colors(sorted(kinds))
    key = [KeyLine(kinds[kind], mark(colors[kind], sorted(kinds).index(kind))) for kind in sorted(kinds)]
    words = say("a line: some time within these years", "خط: زمانی در میان این سال‌ها")
    key.append(KeyLine(str(words), _line_sign))
    notes = foot(
        store,
        cities,
        say,
        *(str(row.told) + "." for row in rows),
        *caption.notes,
        say("What has no date is not drawn.", "آنچه تاریخ ندارد کشیده نشده است."),
    )
    svg, box = framed(replace(caption, key=key, notes=notes), sum(heights) + 26, lang=lang)
    svg.phrases.extend(row.told for row in rows)

    def x(year: float) -> float:
        return svg.begin(box.x + LABELS + (year - start) * unit)

    bottom = box.y + sum(heights)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (end - start) / step <= 16)
    for year in range(start, end + 1, step):
        svg.add("path", d=line([(x(year), box.y), (x(year), bottom)]), stroke=PALE, stroke_width=0.8)
        svg.text(x(year), bottom + 16, local_digits(str(year), lang), size=11, anchor="middle", fill=GREY, role="scale")
    top = box.y
    for row, stack, height in zip(rows, stacks, heights, strict=True):
        name_lines(svg, svg.begin(box.x), top + height / 2, row.city, width=LABELS - 12, size=13, anchor="begin")
        svg.add("path", d=line([(box.x, top + height), (box.x + box.width, top + height)]), stroke=PALE)
        levels = [(each, top + height - 10 - MARK * (place + 0.5)) for place, each in stack]
        for place, kind in enumerate(sorted(kinds)):
            some = [(each, y) for each, y in levels if each.kind == kind]
            spans = [[(x(each.first), y), (x(each.last), y)] for each, y in some]
            if long := "".join(line(span) for span in spans if abs(span[0][0] - span[1][0]) > MARK):
                svg.add("path", d=long, stroke=colors[kind], stroke_width=2)
            if some:
                marks(svg, [(x(each.middle), y) for each, y in some], colors[kind], place)
        top += height
    return svg


def _stacked(beginnings: Sequence[Beginning], unit: float) -> list[tuple[int, Beginning]]:
    """Each with the lowest level on which nothing lies where it lies."""
    ends: list[float] = []
    found = []
    for each in beginnings:
        half = MARK / unit / 2
        first, last = min(each.first, each.middle - half), max(each.last, each.middle + half)
        level = next((place for place, end in enumerate(ends) if end < first), len(ends))
        ends[level : level + 1] = [last]
        found.append((level, each))
    return found


def _line_sign(svg: Svg, x: float, y: float) -> None:
    svg.add("path", d=line([(x - 9, y), (x + 9, y)]), stroke=INK, stroke_width=2)
