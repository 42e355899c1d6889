"""A map of ties: great circles between cities over land and borders, zoomed to what matters, every name told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from citydiplomacy.graph.language.text import capital
from citydiplomacy.queries.wording.speech import Speech

from ..drawing.style import LINES, dashes, stroke, tie_colors
from ..drawing.words import words
from ..svg import labels
from ..svg.curves import curve
from ..svg.frame import INNER, SMALL, Caption, KeyLine, framed
from ..svg.labels import Box
from ..svg.name_list import MOST_LISTED, NUMBERED, name_list, number_mark
from ..svg.svg import GREY, INK, Svg, line
from ..svg.text_width import text_width
from .geography import Array, Lines, from_middle, great_circles, middle_of
from .scene import MapPlace, MapScene, MapTie
from .view import MapView, background, land, view_of

HEIGHT, LOWEST = 400.0, 150.0
"""Units of a map between its words: as it is, and as it can still be read."""
CROWD_SCALE = 0.28
"""Of the marks of a crowd."""
MARKS = {"focus": 7.0, "partner": 4.0, "seat": 4.0}
"""Radius by kind of place; sizes tell nothing else."""
CROWD = 400
"""Places from which on marks and lines are small, and only those with most ties have names."""
NAMED = 60
"""Names on the map of a crowd."""


@dataclass(frozen=True)
class _Spot:
    """A point of the map and all that lies there: a city, and organisations that have their seat in it."""

    x: float
    y: float
    places: tuple[MapPlace, ...]

    @property
    def kind(self) -> str:
        """What it is here: the first of focus, partner, seat that something there is."""
        return min((place.kind for place in self.places), key=list(MARKS).index)

    @property
    def names(self) -> tuple[str, ...]:
        """How it may be called: by all that lies there, the city first, else by the city alone."""
        names = [place.name for place in sorted(self.places, key=lambda place: place.kind == "seat")]
        return (" · ".join(names),) if len(names) == 1 or self.kind == "seat" else (" · ".join(names), names[0])

    @property
    def size(self) -> float:
        """Of its letters."""
        return 13 if self.kind == "focus" else SMALL


OUTLINES = (
    "Outlines: Natural Earth, in the public domain; projection: Equal Earth.",
    "خط‌های نقشه: نچرال ارث، مالکیت عمومی؛ تصویر: Equal Earth.",
)


def draw_map(scene: MapScene, caption: Caption, *, lang: str, room: float = 0.0, names_elsewhere: str = "") -> Svg:
    """A map of a scene. The caption's key is the map's own; its notes come after whose outlines these are.

    names_elsewhere: where names stand that have no room here; else they are listed. room: units that such a map may be
    high with its words.
    """
    several = sum(place.kind == "focus" for place in scene.places) > 1
    colors = _colors(scene, several)
    key = _key(scene, colors, several, lang)
    height = HEIGHT
    if names_elsewhere and room:
        empty, _ = framed(
            replace(caption, key=key, notes=[Speech(lang)(*OUTLINES), *caption.notes, names_elsewhere]), 0, lang=lang
        )
        height = max(LOWEST, min(HEIGHT, room - empty.height))
    at = {place.id: place for place in scene.places}
    ways = great_circles([at[tie.one].point for tie in scene.ties], [at[tie.other].point for tie in scene.ties])
    middle = middle_of([place.east for place in scene.places])
    points = Lines.of([np.array([[place.east, place.north]]) for place in scene.places])
    view = view_of(points, ways, middle, Box(0, 0, INNER, height))
    spots = _spots(scene.places, view.points(from_middle(points, middle), points.points[:, 1]))
    crowd = is_crowd(scene)
    named = _foremost(spots, scene.ties) if crowd else spots
    placed = _names(named, spots, view.box, lang, scale=CROWD_SCALE if crowd else 1.0)
    bare_names = crowd or bool(names_elsewhere)
    unplaced = [] if bare_names else [spot for spot, at_ in placed if at_ is None or at_.text != spot.names[0]]
    together = _close_together(unplaced[:MOST_LISTED])
    numbers = {first: number for number, (first, *_) in enumerate(together, 1)}
    bare = sum(where is None for _, where in placed) + len(spots) - len(named) if crowd else 0
    bare += len(unplaced[MOST_LISTED:])
    notes = [
        Speech(lang)(*OUTLINES),
        *caption.notes,
        *name_list([Speech(lang)(", ", "، ").join(spot.names[0] for spot in some) for some in together], bare, lang),
        *([names_elsewhere] if names_elsewhere else _nowhere(scene.nowhere, lang, most=20 if crowd else MOST_LISTED)),
    ]
    svg, box = framed(replace(caption, key=key, notes=notes), height, lang=lang)
    with svg.group(transform=f"translate({box.x} {box.y})"):
        edge = background(svg, view)
        with svg.group(clip_path=edge):
            land(svg, view)
            _ties(svg, view, scene.ties, ways, lambda tie: colors[_group(tie, several)], thin=crowd)
        _marks(svg, spots, numbers, crowd=crowd)
        for spot, where in placed:
            if where:
                bold = spot.kind == "focus"
                if where.leads:
                    svg.add("path", d=line([(spot.x, spot.y), (where.x, where.y - 4)]), stroke=INK, stroke_width=0.8)
                size = SMALL if crowd else spot.size
                svg.text(where.x, where.y, where.text, size=size, anchor=where.anchor, bold=bold, halo=True)
    return svg


def is_crowd(scene: MapScene) -> bool:
    """Whether its places are so many that a map names the foremost alone."""
    return len({place.point for place in scene.places}) > CROWD


def _group(tie: MapTie, several: bool) -> str:
    """What a line's colour tells: from which city it comes, or of one city, the kind of tie."""
    return tie.one if several else tie.kind


def _colors(scene: MapScene, several: bool) -> dict[str, str]:
    if several:  # whatever their ids, so that none is taken for a kind of tie
        focus = [place.id for place in scene.places if place.kind == "focus"]
        return dict(zip(focus, tie_colors(map(str, range(len(focus)))).values(), strict=True))
    return tie_colors(dict.fromkeys(tie.kind for tie in scene.ties))


def _ties(
    svg: Svg, view: MapView, ties: Sequence[MapTie], ways: Lines, color: Callable[[MapTie], str], *, thin: bool
) -> None:
    """Lines; of a crowd those that look alike are one path, so that thousands stay small."""
    paths: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for number, (tie, seen) in enumerate(zip(ties, view.lines(ways), strict=True)):
        paths[color(tie), tie.line, 0 if thin else number] += map(curve, seen)
    width, opacity = (0.25, 0.25) if thin else (1.4, 0.75)
    for (stroke_color, look, _), drawn in paths.items():
        svg.add(
            "path",
            d="".join(drawn),
            fill="none",
            stroke=stroke_color,
            stroke_width=width,
            stroke_opacity=opacity,
            **dashes(look),
        )


def _marks(svg: Svg, spots: Sequence[_Spot], numbers: Mapping[_Spot, int], *, crowd: bool) -> None:
    """Marks, those of the cities in the middle above all; of a crowd the round ones are drawn together."""
    alike = {spot for spot in spots if crowd and spot.kind == "partner"}
    scale = CROWD_SCALE if crowd else 1.0
    if alike:
        svg.dots([(spot.x, spot.y) for spot in alike], radius=MARKS["partner"] * scale, fill=INK, edge=scale)
    single = (spot for spot in spots if spot not in alike)
    for spot in sorted(single, key=lambda spot: (spot.kind == "focus", spot in numbers)):
        _mark(svg, spot.x, spot.y, spot.kind, numbers.get(spot), scale=scale)


def _mark(svg: Svg, x: float, y: float, kind: str, number: int | None, scale: float = 1.0) -> None:
    radius = max(MARKS[kind] * scale, NUMBERED if number else 0)
    if kind == "seat":
        svg.add(
            "rect",
            x=x - radius,
            y=y - radius,
            width=2 * radius,
            height=2 * radius,
            fill=GREY,
            stroke="white",
            stroke_width=1,
        )
    else:
        svg.add("circle", cx=x, cy=y, r=radius, fill=INK, stroke="white", stroke_width=scale)
    if number is not None:
        number_mark(svg, x, y, number, GREY if kind == "seat" else INK)


def _spots(places: Sequence[MapPlace], points: Array) -> list[_Spot]:
    """points: a row x, y of the drawing a place."""
    together: dict[tuple[float, float], tuple[list[float], list[MapPlace]]] = {}
    for place, point in zip(places, points.tolist(), strict=True):
        together.setdefault(place.point, (point, []))[1].append(place)
    return [_Spot(x, y, tuple(there)) for (x, y), there in together.values()]


def _close_together(spots: Sequence[_Spot]) -> list[list[_Spot]]:
    """Spots whose numbers would cover one another share one: each with those close to the first of them."""
    groups: list[list[_Spot]] = []
    for spot in spots:
        near = (group for group in groups if np.hypot(group[0].x - spot.x, group[0].y - spot.y) < 2 * NUMBERED)
        if (group := next(near, None)) is None:
            groups.append([spot])
        else:
            group.append(spot)
    return groups


def _foremost(spots: Sequence[_Spot], ties: Sequence[MapTie]) -> list[_Spot]:
    """The spots with most ties, and all in the middle."""
    number = Counter(end for tie in ties for end in (tie.one, tie.other))
    first = sorted(spots, key=lambda spot: (-max(number[place.id] for place in spot.places), spot.names))
    return [*(spot for spot in spots if spot.kind == "focus"), *(spot for spot in first if spot.kind != "focus")][
        :NAMED
    ]


def _names(
    named: Sequence[_Spot], spots: Sequence[_Spot], box: Box, lang: str, *, scale: float
) -> list[tuple[_Spot, labels.Placed | None]]:
    """Spots with the place of their names: the cities in the middle first, then short names, of which most fit.

    In a crowd, where marks are small, names may cover marks, and those that have most ties come first.
    """
    crowd = scale < 1
    order = (
        named
        if crowd
        else sorted(named, key=lambda spot: (spot.kind != "focus", text_width(spot.names[0], 11), spot.names))
    )
    marks = [(spot.x, spot.y, MARKS[spot.kind] * scale + 1) for spot in (named if crowd else spots)]
    names = [
        labels.MarkName(
            spot.x,
            spot.y,
            MARKS[spot.kind] * scale + 1,
            spot.names,
            SMALL if crowd else spot.size,
            spot.kind == "focus",
        )
        for spot in order
    ]
    return list(zip(order, labels.place(names, box, marks, rtl=lang == "fa"), strict=True))


def _nowhere(names: Sequence[str], lang: str, *, most: int) -> Iterator[str]:
    """The names of which no source tells a place."""
    say = Speech(lang)
    if names:
        number, them = say.number(len(names)), say.names(names, most=most)
        yield say(
            f"Not on the map, since no source here tells where they are: {number} ({them}).",
            f"بیرون از نقشه، چون منبعی جایشان را نمی‌گوید: {number} ({them}).",
        )


def _key(scene: MapScene, colors: dict[str, str], several: bool, lang: str) -> list[KeyLine]:
    say = Speech(lang)
    names = {place.id: place.name for place in scene.places}
    keys = []
    for group, color in colors.items():
        ties = [tie for tie in scene.ties if _group(tie, several) == group]
        label = names[group] if several else capital(ties[0].kind_label)
        number = say.number(len(ties))
        keys.append(KeyLine(say(f"{label}: {number} drawn", f"{label}: {number} خط"), partial(stroke, color=color)))
    looks = dict.fromkeys(tie.line for tie in scene.ties)
    keys += [
        KeyLine(words(lang)[look], partial(stroke, look=look)) for look in LINES if look in looks and len(looks) > 1
    ]
    kinds = {place.kind for place in scene.places}
    if "seat" in kinds:
        keys.append(
            KeyLine(say("seat of an organisation", "مقر سازمان"), lambda svg, x, y: _mark(svg, x, y, "seat", None))
        )
    return keys
