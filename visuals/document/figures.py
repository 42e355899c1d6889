"""The figures of a dossier, each as wide as the text of a page if it is not too high for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from citydiplomacy.errors import UsageError

from ..charts import bars, needs
from ..drawing.foot import foot
from ..drawing.network_figure import draw_network
from ..maps.map_figure import draw_map, is_crowd
from ..svg.frame import WIDTH, Caption
from ..svg.svg import Svg
from .blocks import Block, Picture, Sheet
from .subject import Subject

FIRST_KINDS = ("sister-cities", "other-agreements", "countries", "networks")
"""What the first page draws of ties by kind."""
PAGE, TALLEST = 176.0, 245.0
"""Millimetres of a page of paper that text is wide, and that a figure may be high."""
UNIT = PAGE / WIDTH
"""Millimetres of a unit of a drawing that is as wide as the text."""
HEADED = 32.0
"""Millimetres that the heading of a part takes, with what is told under it."""
ROW = 5.4
"""Millimetres of a row of a table of one line."""
GAP = 6.0
"""Millimetres between two figures."""
ROWS = 200.0
"""Millimetres of a page for the rows of a figure, below and above its words."""
ON_A_MAP = ("Standing ties of {cities} on a map", "پیوندهای برقرار {cities} روی نقشه")
AS_A_NETWORK = ("Standing ties of {cities} as a network", "پیوندهای برقرار {cities} به شکل شبکه")


def needs_of(about: Subject, city: str) -> Iterator[Picture]:
    """The needs of a city on as many pages as they take."""
    title, key = _titled(about, *needs.TITLE, [city]), f"needs-figure-{about.key(city)}"
    try:
        drawn = needs.draw_needs_by_pages(about.store, [city], Caption(title), lang=about.lang, most=ROWS / UNIT)
    except UsageError:
        return
    for page, svg in enumerate(drawn, 1):
        yield Picture(key if page == 1 else f"{key}-{page}", svg, svg.title, share=_share(svg, TALLEST))


def first_bars(about: Subject, most: float) -> Iterator[Picture]:
    """Those of the first page."""
    return by_kind(about, "by-kind-first", most, FIRST_KINDS)


def height(blocks: Sequence[Block]) -> float:
    """Millimetres that figures and tables of short rows take on a page."""
    figures = sum(each.svg.height * UNIT * each.share + GAP for each in blocks if isinstance(each, Picture))
    rows = sum(len(each.table.rows) + 3 for each in blocks if isinstance(each, Sheet))  # with titles, and the note
    return figures + ROW * rows


def by_kind(about: Subject, key: str, most: float = TALLEST, kinds: Sequence[str] = ()) -> Iterator[Picture]:
    """Bars by kind of tie; some kinds alone, as far as any of them is known."""
    if bars.dimensions(about.store, about.cities, about.lang, kinds):
        draw = partial(bars.draw_bars, kinds=kinds)
        yield from figure(about, key, draw, bars.TITLE, most=most)


def figure(
    about: Subject,
    key: str,
    draw: Callable[..., Svg],
    words: tuple[str, str],
    cities: Sequence[str] = (),
    most: float = TALLEST,
) -> Iterator[Picture]:
    """A chart of all cities or some, if there is something to draw. most: millimetres that it may be high."""
    title = _titled(about, *words, cities)
    try:
        drawn = draw(about.store, cities or about.cities, Caption(title), lang=about.lang)
    except UsageError:
        return
    yield Picture(key, drawn, title, share=_share(drawn, most))


def first_map(about: Subject, most: float) -> Iterator[Picture]:
    """The map of the first page, if it has a tie to draw, as high as it leaves room; names that have none stand on the
    map of the ties, or in its tables."""
    if not about.places.ties:
        return
    elsewhere = (
        about.say("More names stand in the tables under Ties.", "نام‌های بیشتر در جدول‌های بخش پیوندهاست.")
        if is_crowd(about.places)
        else about.say("More names stand on the map under Ties.", "نام‌های بیشتر در نقشهٔ بخش پیوندهاست.")
    )
    drawn = drawn_map(about, "map", room=most / UNIT, names_elsewhere=str(elsewhere))
    yield replace(drawn, share=_share(drawn.svg, most))


def ties_map(about: Subject) -> Iterator[Picture]:
    """The map of the ties, if it has one to draw; of a crowd it would be that of the first page again, with the same
    names."""
    if about.places.ties and not is_crowd(about.places):
        yield drawn_map(about, "ties-map")


def drawn_map(about: Subject, key: str, **looks: Any) -> Picture:
    """The standing ties on a map. looks: what `draw_map` takes."""
    title = _titled(about, *ON_A_MAP)
    notes = foot(about.store, about.cities, about.say)
    drawn = draw_map(about.places, Caption(title, notes=notes), lang=about.lang, **looks)
    return Picture(key, drawn, title, share=_share(drawn, TALLEST))


def network(about: Subject) -> Iterator[Picture]:
    """The standing ties as a network, if there are any."""
    if not about.graph.size():
        return
    title, notes = _titled(about, *AS_A_NETWORK), foot(about.store, about.cities, about.say)
    drawn = draw_network(about.graph, title=title, lang=about.lang, notes=notes)
    yield Picture("network", drawn, title, share=_share(drawn, TALLEST))


def _share(drawn: Svg, most: float) -> float:
    """The share of the width of a page with which a figure is no higher than that."""
    return round(min(1.0, most / PAGE * drawn.width / drawn.height), 3)


def _titled(about: Subject, english: str, persian: str, cities: Sequence[str] = ()) -> str:
    names = [name for city, name in zip(about.cities, about.names, strict=True) if not cities or city in cities]
    return str(about.say(english, persian, cities=about.say.names(names)))
