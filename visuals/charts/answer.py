"""The answer to a saved question as its header says to draw it: on a map, as a network, or as bars."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library.parameters import REFERENCES
from citydiplomacy.queries.library.questions import Answer
from citydiplomacy.queries.wording.phrases import in_brief
from citydiplomacy.queries.wording.speech import Speech

from ..drawing import scene, titles
from ..drawing.foot import foot
from ..drawing.network_figure import draw_network
from ..maps.map_figure import draw_map
from ..maps.scene import scene as map_scene
from ..svg.frame import Caption, framed
from ..svg.svg import GREY, Svg
from .style import COLORS, after, height_of, name_lines

if TYPE_CHECKING:
    import networkx as nx

MOST = 50
"""Bars of a drawing; of more rows the first."""
LABELS, NUMBERS = 300.0, 90.0
"""Room for the names, and for the numbers behind the bars."""


def draw_answer(store: Store, answer: Answer, values: Mapping[str, object], title: str, lang: str) -> Svg | None:
    """The drawing of an answer; None where its question names none, or nothing in it can be drawn.

    values: those that the question was asked with. title: what is asked; it is said as of which day, where of one.
    """
    how, *columns = answer.question.drawing or ("",)
    middle = [
        str(values[each.name])
        for each in answer.question.parameters
        if REFERENCES.get(each.type) in (("city",), ("organization",)) and values.get(each.name)
    ]
    say, rows = Speech(lang), answer.records()
    title = titles.alone(store, middle, say, title)
    notes = foot(store, middle, say)
    if how == "bars":
        bars = [(in_brief(str(row[columns[0]] or "")), row[columns[1]]) for row in rows]
        counted = next(each.title[lang] for each in answer.columns if each.name == columns[1])
        return _bars(bars, Caption(title, counted, notes=notes), say) if any(number for _, number in bars) else None
    named = {str(row[column]) for row in rows for column in columns if row[column]}
    if not how or not named:
        return None
    graph = scene.around(store, middle, lang)
    if how == "network":
        return draw_network(_only(graph, {*middle, *named}), title=title, lang=lang, notes=notes)
    ties = {str(row[column]) for row in rows for column in _ties(answer)}
    shown = _only(graph, {*middle, *named}, ties or _touching(graph, middle))
    places = map_scene(store, [each for each in middle if each.startswith("city/")], lang, graph=shown)
    return draw_map(places, Caption(title, notes=notes), lang=lang) if places.places else None


def _ties(answer: Answer) -> Iterator[str]:
    """The columns whose cells are ids of ties."""
    folders = {schema.folder for schema in REGISTRY.values() if schema.is_tie}
    return (each.name for each in answer.columns if each.type == "id" and each.name in folders)


def _touching(graph: nx.MultiGraph[str], middle: Collection[str]) -> set[str]:
    return {tie for one, other, tie in graph.edges(keys=True) if one in middle or other in middle}


def _only(graph: nx.MultiGraph[str], nodes: Collection[str], ties: Collection[str] = ()) -> nx.MultiGraph[str]:
    """Some nodes of a graph with the ties among them: some, or all if none is named."""
    made = graph.copy()
    made.remove_nodes_from([node for node in graph if node not in nodes])
    made.remove_edges_from([edge for edge in [*made.edges(keys=True)] if ties and edge[2] not in ties])
    return made


def _bars(rows: Sequence[tuple[str, object]], caption: Caption, say: Speech) -> Svg:
    """A bar a row, from 0 on one scale; where no number is told, that it is unknown."""
    drawn = rows[:MOST]
    if len(rows) > MOST:
        more = say("The first {n} of {all} are drawn.", "{n} تای نخست از {all} کشیده شده است.", n=MOST, all=len(rows))
        caption = replace(caption, notes=[str(more), *caption.notes])
    heights = [height_of(name, width=LABELS - 20) for name, _ in drawn]
    svg, box = framed(caption, sum(heights) + 8, lang=say.lang)
    unit = (box.width - LABELS - NUMBERS) / max(_length(number) for _, number in drawn)
    start, y = svg.begin(box.x + LABELS), box.y
    for (name, number), high in zip(drawn, heights, strict=True):
        name_lines(svg, svg.begin(box.x), y + high / 2, name, width=LABELS - 20, anchor="begin")
        long = _length(number) * unit
        svg.add("rect", x=start - long if svg.rtl else start, y=y + high / 2 - 6, width=long, height=12, fill=COLORS[0])
        told = say.shown(number) if number is not None else say("unknown", "نامعلوم")
        end = after(svg, start - long if svg.rtl else start + long)
        svg.text(end, y + high / 2 + 4, told, size=11, fill=GREY if number is None else "black")
        y += high
    return svg


def _length(number: object) -> float:
    return float(str(number)) if number is not None else 0.0
