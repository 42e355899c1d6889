"""Paired bars: how many ties of each kind cities have, with what may stand beside what does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.city.profile import MEMBER_GRADES, OTHER_AGREEMENTS, profile
from citydiplomacy.queries.reports.dimensions import NAMES
from citydiplomacy.queries.standing.coverage import coverage, named
from citydiplomacy.queries.standing.tie_strength import STRONG
from citydiplomacy.queries.wording.evidence import Figure, Named
from citydiplomacy.queries.wording.rows import Rows, ask
from citydiplomacy.queries.wording.speech import Speech

from ..drawing.foot import foot
from ..svg.frame import Caption, KeyLine, framed
from ..svg.svg import GREY, PALE, Svg, line
from ..svg.text_width import wrapped
from .style import COLORS, LINE, after, hatched, height_of, name_lines, ticks

TITLE = ("Ties of {cities} by kind", "پیوندهای {cities} به تفکیک گونه")
LABELS, CITIES, NUMBERS = 190.0, 88.0, 125.0
"""Room for the names of dimensions, for those of cities, and for numbers behind the longest bar."""
BAR, GAP = 15.0, 10.0


@dataclass(frozen=True)
class Bar:
    """A city's number on a dimension; None is unknown. beyond: ties of which it is not known whether they stand. weak:
    how many of the number are told by weaker sources than officials, press or studies alone."""

    city: Named
    value: Figure | None
    beyond: Figure | None = None
    weak: int = 0


@dataclass(frozen=True)
class Dimension:
    """What is counted, and the number of each city."""

    label: str
    bars: tuple[Bar, ...]


def dimensions(store: Store, cities: Sequence[str], lang: str, kinds: Collection[str] = ()) -> list[Dimension]:
    """What a reader compares first, or some of it; what is known of no city is left out."""
    found: dict[str, list[Bar]] = {}
    for city in cities:
        for key, bar in _of_city(store, city, lang):
            found.setdefault(key, []).append(bar)
    say = Speech(lang)
    return [
        Dimension(str(say(*NAMES[key])), tuple(bars))
        for key, bars in found.items()
        if (not kinds or key in kinds) and any(bar.value is not None for bar in bars)
    ]


def _of_city(store: Store, city: str, lang: str) -> Iterator[tuple[str, Bar]]:
    about = profile(store, city, lang)
    perhaps = ask(store, "agreements", lang, city=city).first_of("agreement").where(stands=None)

    standing = about.strength.where(stands="yes")

    def bar(kind: str, value: Figure | None, ties: Rows, beyond: Figure | None = None, of: str = "tie") -> Bar:
        """None of what nobody set out to collect is unknown. ties: those counted, with the voices that tell them."""
        if value is None or (not value.value and not coverage(store, f"tie-kind/{kind}").knows(city)):
            return Bar(about.named, None, beyond if beyond and beyond.value else None)
        weak = int(value.value) - int(ties.where(reliability=STRONG).distinct(of).value)
        return Bar(about.named, value, beyond if beyond and beyond.value else None, max(weak, 0))

    sisters = about.sister_cities.number() if about.sisters_known else None
    unsure = about.sisters("unknown").distinct("partner")
    yield "sister-cities", bar("sister-city", sisters, about.sisters("yes"), unsure, of="partner")
    others = about.ties("agreement", OTHER_AGREEMENTS)
    told = standing.where(kind=OTHER_AGREEMENTS)
    yield "other-agreements", bar("agreement", others, told, perhaps.where(kind=OTHER_AGREEMENTS).number())
    if about.abroad:
        yield "countries", Bar(about.named, about.abroad.distinct("country"))
        yield "world-regions", Bar(about.named, ask(store, "world-regions-reached", lang, city=city).distinct("region"))
    else:
        yield from ((key, Bar(about.named, None)) for key in ("countries", "world-regions"))
    places = standing.where(tie=about.places.where(grade=MEMBER_GRADES).values("membership"))
    yield "networks", bar("membership", about.networks if about.roles else None, places, of="partner")
    yield "missions", bar("mission", about.ties("mission"), standing.where(record_kind="mission"))
    yield "flights", bar("route", about.destinations(), standing.where(record_kind="route"), of="partner")


def draw_bars(store: Store, cities: Sequence[str], caption: Caption, *, lang: str, kinds: Collection[str] = ()) -> Svg:
    """Bars of up to five cities, one below another for each dimension, from 0 on one scale.

    cities: ids. kinds: what is counted, keys of `dimensions.NAMES`; all if none is named. The caption's notes come
    before what the chart says of itself.
    """
    say, told = Speech(lang), dimensions(store, cities, lang, kinds)
    names = {city: named(store, city, lang).name for city in cities}
    bar_high = {city: max(BAR, LINE * len(wrapped(name, 11, CITIES - 12)) + 1) for city, name in names.items()}
    if len(cities) == 1:
        bar_high = dict.fromkeys(cities, BAR)  # its name is in the title and the key alone
    together = sum(bar_high.values())
    group = [max(together, height_of(each.label, width=LABELS - 20)) + GAP for each in told]
    beyond = any(bar.beyond for each in told for bar in each.bars)
    unknown = say(
        "“Unknown” is no zero: nobody set out to collect it, or no source tells of it.",
        "«نامعلوم» صفر نیست: کسی آن را گرد نیاورده، یا هیچ منبعی از آن نمی‌گوید.",
    )
    is_unknown = any(bar.value is None for each in told for bar in each.bars)
    notes = foot(store, cities, say, *caption.notes, *([unknown] if is_unknown else []))
    key = [KeyLine(names[city], _sign(COLORS[place])) for place, city in enumerate(cities)]
    if any(bar.weak for each in told for bar in each.bars):
        words = say("lighter: told by weaker sources alone", "کم‌رنگ: تنها به گفتهٔ منبع‌های سست‌تر")
        key.append(KeyLine(str(words), lambda svg, x, y: _rect(svg, x - 8, y - 5, 16, 10, GREY, weak=True)))
    if beyond:
        words = say("not known whether in force", "برقراری نامعلوم")
        key.append(KeyLine(str(words), lambda svg, x, y: hatched(svg, x - 8, y - 5, 16, 10, GREY)))
    svg, box = framed(replace(caption, key=key, notes=notes), sum(group) + 24, lang=lang)
    start = LABELS + (CITIES if len(cities) > 1 else 0)
    scale = ticks(max([1, *(_end(bar) for each in told for bar in each.bars)]))
    unit = (box.width - start - NUMBERS) / scale[-1]

    def x(value: float) -> float:
        return svg.begin(box.x + start + value * unit)

    bottom = box.y + sum(group)
    for value in scale:
        svg.add("path", d=line([(x(value), box.y), (x(value), bottom)]), stroke=PALE, stroke_width=0.8)
        svg.text(x(value), bottom + 16, say.number(value), size=11, anchor="middle", fill=GREY, role="scale")
    y = box.y
    for each, high in zip(told, group, strict=True):
        name_lines(svg, svg.begin(box.x), y + (high - GAP) / 2, each.label, width=LABELS - 20, anchor="begin")
        top = y + (high - GAP - together) / 2
        for place, (city, bar) in enumerate(zip(cities, each.bars, strict=True)):
            middle = top + bar_high[city] / 2
            if len(cities) > 1:
                name_lines(svg, svg.begin(box.x + start - 8), middle, names[city], width=CITIES - 12, size=11)
            _draw(svg, bar, x, middle, COLORS[place], say)
            top += bar_high[city]
        y += high
    return svg


def _end(bar: Bar) -> float:
    return float(bar.value.value if bar.value else 0) + float(bar.beyond.value if bar.beyond else 0)


def _draw(svg: Svg, bar: Bar, x: Callable[[float], float], middle: float, color: str, say: Speech) -> None:
    if bar.value is None:
        svg.text(after(svg, x(0)), middle + 4, say("unknown", "نامعلوم"), size=11, fill=GREY)
        return
    to, end = x(float(bar.value.value)), x(_end(bar))
    firm = x(float(bar.value.value) - bar.weak)
    _rect(svg, min(x(0), firm), middle - 6, abs(firm - x(0)), 12, color)
    _rect(svg, min(firm, to), middle - 6, abs(to - firm), 12, color, weak=True)
    text = say.number(bar.value)
    if bar.beyond:
        hatched(svg, min(to, end), middle - 6, abs(end - to), 12, color)
        text = say("{value}, perhaps {more} more", "{value}، شاید {more} تای دیگر", value=bar.value, more=bar.beyond)
    svg.text(after(svg, end), middle + 4, text, size=11)


def _rect(svg: Svg, x: float, y: float, width: float, height: float, color: str, *, weak: bool = False) -> None:
    """A part of a bar: full of its colour, or lighter within an edge of it."""
    if not width:
        return
    if weak:
        svg.add("rect", x=x, y=y, width=width, height=height, fill="white")
    look = {"fill": color, "fill_opacity": 0.35, "stroke": color, "stroke_width": 0.8} if weak else {"fill": color}
    svg.add("rect", x=x, y=y, width=width, height=height, **look)


def _sign(color: str) -> Callable[[Svg, float, float], None]:
    def sign(svg: Svg, x: float, y: float) -> None:
        _rect(svg, x - 8, y - 5, 16, 10, color)

    return sign
