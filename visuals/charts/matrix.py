"""Cities by the bodies they are in: member, checked no, or not known; like stands beside like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.language.text import alphabetical
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.standing.coverage import named
from citydiplomacy.queries.wording.phrases import in_brief
from citydiplomacy.queries.wording.rows import ask
from citydiplomacy.queries.wording.speech import Speech

from ..drawing.foot import foot
from ..svg.frame import MARGIN, WIDTH, Caption, KeyLine, framed
from ..svg.svg import GREY, PALE, Svg, line
from ..svg.text_width import wrapped
from .style import LINE, height_of, name_lines

TITLE = ("Networks and bodies of {cities}", "شبکه‌ها و نهادهای {cities}")
LABELS = 290.0
MANY, WIDER = 8, 960.0
"""Cities from which on a drawing is wider, for their names."""
MOST = 12
"""Cities in one matrix: more have no room for their names."""
MEMBER, LEADING, NO = "#0072B2", "#E69F00", "#6B7280"


@dataclass(frozen=True)
class Matrix:
    """Names of cities and bodies in the order of the picture, and for each pair what is known: (organisation, city) ->
    `leading`, `member`, `no`; what is missing is not known."""

    cities: tuple[str, ...]
    bodies: tuple[str, ...]
    cells: Mapping[tuple[str, str], str]
    names: Mapping[str, str]


def matrix(store: Store, cities: Sequence[str], lang: str) -> Matrix:
    """The bodies that any of the cities is known to be in. Raises UsageError where there is none.

    Order: reciprocal averaging (Hill 1973, Journal of Ecology 61, 237-249): the first axis of correspondence analysis
    puts cities that share bodies, and bodies that share cities, beside each other.
    """
    cells: dict[tuple[str, str], str] = {}
    names = {city: named(store, city, lang).name for city in cities}
    for city in cities:
        for row in ask(store, "memberships", lang, city=city).where(counts="yes"):
            names[row["organization"]] = in_brief(row["organization_name"])
            if (row["grade"] or 0) >= 1:
                leading = row["grade"] == 3 or cells.get((row["organization"], city)) == "leading"
                cells[row["organization"], city] = "leading" if leading else "member"
    for one, other in permutations(cities, 2):
        for row in ask(store, "networks-compared", lang, city=one, other=other):
            if row["city_member"] == "no" and row["organization"] in names:
                cells.setdefault((row["organization"], one), "no")
    bodies = sorted({body for body, _ in cells}, key=lambda body: alphabetical(names[body]))
    if not bodies:
        raise UsageError("No body is known that any of these cities is in.")
    rows, columns = _order(bodies, cities, cells)
    return Matrix(tuple(columns), tuple(rows), cells, names)


def _order(
    bodies: Sequence[str], cities: Sequence[str], cells: Mapping[tuple[str, str], str]
) -> tuple[list[str], list[str]]:
    table = np.array([[float(cells.get((body, city)) in ("member", "leading")) for city in cities] for body in bodies])
    rows, columns = np.maximum(table.sum(axis=1), 1), np.maximum(table.sum(axis=0), 1)
    scaled = table / np.sqrt(np.outer(rows, columns))
    if len(cities) < 3 or len(bodies) < 3:  # no axis beside the trivial one: by how many share it
        return sorted(bodies, key=lambda body: [cells.get((body, city)) in (None, "no") for city in cities]), list(
            cities
        )
    left, _, right = np.linalg.svd(scaled, full_matrices=False)
    down, across = left[:, 1] / np.sqrt(rows), right[1] / np.sqrt(columns)
    sign = 1 if across[0] <= across[-1] else -1
    by_row = sorted(range(len(bodies)), key=lambda place: (round(sign * down[place], 9), place))
    by_column = sorted(range(len(cities)), key=lambda place: (round(sign * across[place], 9), place))
    return [bodies[place] for place in by_row], [cities[place] for place in by_column]


def draw_matrix(store: Store, cities: Sequence[str], caption: Caption, *, lang: str) -> Svg:
    """A square for each member, a cross for a checked no, a point for what is not known."""
    say, told = Speech(lang), matrix(store, cities, lang)
    width = WIDER if len(told.cities) > MANY else WIDTH
    cell = min(80.0, (width - 2 * MARGIN - LABELS) / len(told.cities))
    head = max(LINE * len(wrapped(told.names[city], 11, cell - 4)) for city in told.cities) + 8
    high = [height_of(told.names[body], width=LABELS - 20, size=11.5, least=21) for body in told.bodies]
    notes = foot(
        store,
        cities,
        say,
        *caption.notes,
        say(
            "A no is checked, by a whole list of members or by a source that says so. A point is not known: no “no”.",
            "«نه» بررسی‌شده است: با فهرست کامل اعضا یا منبعی که آن را می‌گوید. نقطه یعنی نامعلوم، که همان «نه» نیست.",
        ),
        say("Leading roles are as last told.", "نقش‌های رهبری چنان است که آخرین بار گفته شده."),
    )
    words = {
        "member": say("member", "عضو"),
        "leading": say("member in a leading role", "عضو با نقش رهبری"),
        "no": say("checked no", "«نه»ی بررسی‌شده"),
        "": say("not known", "نامعلوم"),
    }
    key = [KeyLine(str(text), lambda svg, x, y, kind=kind: _cell(svg, x, y, kind)) for kind, text in words.items()]  # type: ignore[misc]
    svg, box = framed(replace(caption, key=key, notes=notes), head + sum(high), lang=lang, width=width)
    for place, city in enumerate(told.cities):
        x = svg.begin(box.x + LABELS + cell * (place + 0.5))
        name_lines(svg, x, box.y + head / 2, told.names[city], width=cell - 4, size=11, anchor="middle")
    y = box.y + head
    for body, row in zip(told.bodies, high, strict=True):
        svg.add("path", d=line([(box.x, y), (box.x + box.width, y)]), stroke=PALE, stroke_width=0.8)
        name_lines(svg, svg.begin(box.x), y + row / 2, told.names[body], width=LABELS - 20, size=11.5, anchor="begin")
        for place, city in enumerate(told.cities):
            x = svg.begin(box.x + LABELS + cell * (place + 0.5))
            _cell(svg, x, y + row / 2, told.cells.get((body, city), ""))
        y += row
    return svg


def _cell(svg: Svg, x: float, y: float, kind: str) -> None:
    if kind in ("member", "leading"):
        svg.add("rect", x=x - 7, y=y - 7, width=14, height=14, fill=MEMBER if kind == "member" else LEADING)
        if kind == "leading":
            svg.add("path", d=line([(x, y - 5), (x + 5, y + 4), (x - 5, y + 4)], closed=True), fill="black")
    elif kind == "no":
        for down in (-1, 1):
            path = line([(x - 5, y - 5 * down), (x + 5, y + 5 * down)])
            svg.add("path", d=path, stroke=NO, stroke_width=1.8)
    else:
        svg.add("circle", cx=x, cy=y, r=1.8, fill=GREY)
