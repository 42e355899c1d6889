"""Where cities stand among others: the percentile of each on a measure, with rank and number, in four scopes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.reports.comparison import standing_measures, standing_positions
from citydiplomacy.queries.standing import standing
from citydiplomacy.queries.standing.coverage import named
from citydiplomacy.queries.standing.estimated import range_words, sentence
from citydiplomacy.queries.standing.networks import Measured
from citydiplomacy.queries.standing.peer_groups import SCOPES
from citydiplomacy.queries.standing.rankings import Position
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Cell, Table

from ..drawing.foot import foot
from ..svg.frame import INNER, SMALL, Caption, KeyLine, framed
from ..svg.svg import GREY, PALE, Svg, line
from ..svg.text_width import wrapped
from .style import COLORS, LINE, mark, name_lines

TITLE = ("{cities} among other cities", "{cities} میان شهرهای دیگر")
LABELS, RANKS = 160.0, 210.0
SEEN = 12.0
"""Units that a range of percentiles must have to be seen beside its mark."""
ROW, HEAD, SPACE = 19.0, 28.0, 7.0
SHOWN = {
    "degree": ("how many partner cities it has", "شمار شهرهای طرف پیوند"),
    "betweenness": (
        "how much the shortest ways between other cities lead through it",
        "کوتاه‌ترین راه‌های میان شهرهای دیگر چه اندازه از آن می‌گذرد",
    ),
    "pagerank": (
        "its partner cities, of which those with many partners count more",
        "شهرهای طرف پیوند، که هر یک با پیوندهای بیشتر بیشتر به شمار می‌آید",
    ),
}
"""The measures, each with what it tells, in English and Persian."""


def draw_standing(store: Store, cities: Sequence[str], caption: Caption, *, lang: str) -> Svg:
    """A line for each city in each scope, its mark at the percentile; what has no rank is told so.

    Raises UsageError where none of them has a rank.
    """
    say, measured, found = Speech(lang), standing_measures(store), standing_positions(store, cities)
    measures = [name for name in SHOWN if any(at.measure == name and any(at.ranks.values()) for at in found)]
    if not measures:
        raise UsageError(
            "These cities have no known rank: no tie of theirs is known, or no source set out to collect their ties."
        )
    at = {(each.measure, each.city): each for each in found}
    names = {city: named(store, city, lang).name for city in cities}
    notes = foot(
        store,
        cities,
        say,
        *caption.notes,
        say(
            "A percentile of 90 says that 90 % of the other cities of the group stand lower. Groups: all cities of "
            "these data with a known tie; those of the country; of the world region (UN M49); of the size class.",
            "صدک ۹۰ یعنی ۹۰ درصد شهرهای دیگر گروه پایین‌تر هستند. گروه‌ها: همهٔ شهرهای این داده‌ها که پیوندی شناسایی‌شده "
            "دارند؛ شهرهای همان کشور؛ همان منطقهٔ جهان (UN M49)؛ همان ردهٔ جمعیت.",
        ),
        say(
            "Ranks are by standing agreements between cities that are known here, not by what is done with them.",
            "رتبه‌ها از توافق‌های برقرار شناسایی‌شده میان شهرها در این‌جاست، نه از آنچه با آن‌ها می‌شود.",
        ),
        *_estimates(say, measured),
    )
    ranks = [rank for each in found if each.measure in measures for rank in each.ranks.values() if rank]
    key = [KeyLine(names[city], mark(COLORS[place], place)) for place, city in enumerate(cities)]
    if any(2 * rank.spread * (INNER - LABELS - RANKS) / 100 > SEEN for rank in ranks):
        shared = say("a line: shared with cities of the same value", "خط: مشترک با شهرهای دارای همان مقدار")
        key.append(KeyLine(str(shared), lambda svg, x, y: _range(svg, x - 10, x + 10, y, GREY)))
    told = {
        (measure, scope, city): _told(say, names[city], at.get((measure, city)), scope)
        for measure in measures
        for scope in SCOPES
        for city in cities
    }
    lines = {key: wrapped(text, SMALL, RANKS - 14) for key, text in told.items()}
    rows = {
        city: ROW + LINE * (max((len(lines[key]) for key in lines if key[2] == city), default=1) - 1) for city in cities
    }
    together = sum(rows.values())
    height = len(measures) * (HEAD + len(SCOPES) * (together + SPACE)) + 24
    svg, box = framed(replace(caption, key=key, notes=notes), height, lang=lang)
    unit = (box.width - LABELS - RANKS) / 100

    def x(percentile: float) -> float:
        return svg.begin(box.x + LABELS + percentile * unit)

    y = box.y
    for measure in measures:
        title = standing.title(measure, lang)
        svg.text(svg.begin(box.x), y + 20, title, size=13, bold=True, role="name")
        meant = say(*SHOWN[measure])
        svg.text(svg.begin(box.x + LABELS), y + 20, meant, size=SMALL, fill=GREY)
        y += HEAD
        for scope, words in SCOPES.items():
            label = words[lang == "fa"]
            middle = y + together / 2
            name_lines(svg, svg.begin(box.x + 12), middle, label, width=LABELS - 30, size=11.5, anchor="begin")
            top = y
            for place, city in enumerate(cities):
                row = top + rows[city] / 2
                svg.add("path", d=line([(x(0), row), (x(100), row)]), stroke=PALE, stroke_width=0.9)
                position = at.get((measure, city))
                rank = position.ranks[scope] if position else None
                if rank and rank.percentile is not None:
                    low, high = x(rank.percentile - rank.spread), x(rank.percentile + rank.spread)
                    if rank.worst > rank.rank:
                        low, high = x(rank.percentile), x(100 * (rank.size - rank.rank) / (rank.size - 1))
                    if abs(high - low) > SEEN:
                        _range(svg, low, high, row, COLORS[place])
                    mark(COLORS[place], place)(svg, x(rank.percentile), row)
                svg.phrases.append(told[measure, scope, city])
                for number, part in enumerate(each := lines[measure, scope, city]):
                    down = (number - (len(each) - 1) / 2) * LINE
                    svg.text(svg.begin(box.x + LABELS + 100 * unit + 12), row + 4 + down, part, size=SMALL)
                top += rows[city]
            y += together + SPACE
    for percentile in (0, 25, 50, 75, 100):
        svg.text(x(percentile), y + 16, say.number(percentile), size=11, anchor="middle", fill=GREY, role="scale")
    return svg


def _range(svg: Svg, low: float, high: float, y: float, color: str) -> None:
    """A line with an end on either side."""
    svg.add("path", d=line([(low, y), (high, y)]), stroke=color, stroke_width=2.2)
    for end in (low, high):
        svg.add("path", d=line([(end, y - 4), (end, y + 4)]), stroke=color, stroke_width=1.4)


def standing_table(store: Store, cities: Sequence[str], lang: str) -> Table:
    """The same as a table: rank, size of the group and percentile of each city by each measure in each scope."""
    say, found = Speech(lang), standing_positions(store, cities)
    at = {(each.measure, each.city): each for each in found}
    rows: list[tuple[Cell, ...]] = []
    for measure in (name for name in SHOWN if any(each.measure == name for each in found)):
        for scope, words in SCOPES.items():
            for city in cities:
                position = at.get((measure, city))
                rank = position.ranks[scope] if position else None
                numbers = (
                    (range_words(say, say.number(position.rank(scope)), rank), say.number(position.size(scope)))
                    if position and rank
                    else (None, None)
                )
                percentile = rank.percentile if rank else None
                group = words[lang == "fa"]
                rows.append((standing.title(measure, lang), group, named(store, city, lang).name, *numbers, percentile))
    titles = {
        "measure": ("Measure", "سنجه"),
        "group": ("Group", "گروه"),
        "city": ("City", "شهر"),
        "rank": ("Rank", "رتبه"),
        "size": ("Of", "از"),
        "percentile": ("Percentile", "صدک"),
    }
    return Table(tuple(titles), tuple(say(*words) for words in titles.values()), tuple(rows))


def _estimates(say: Speech, measured: Measured) -> Iterator[Phrase]:
    """What the line beside a mark says of an estimate; nothing where all is exact."""
    if measured.bounds:
        yield sentence(say, measured.bounds)
        yield say(
            "Of an estimate the mark stands at the least percentile, and a line leads to the highest.",
            "در برآورد، نشان در کمترین صدک است و خط به بیشترین می‌رسد.",
        )


def _told(say: Speech, name: str, position: Position | None, scope: str) -> Phrase:
    rank = position.ranks[scope] if position else None
    if position is None or rank is None:
        return say("{name}: no rank known", "{name}: رتبه دانسته نیست", name=name)
    return say(
        "{name}: {rank} of {size}",
        "{name}: {rank} از {size}",
        name=name,
        rank=range_words(say, say.number(position.rank(scope)), rank),
        size=position.size(scope),
    )
