"""Figures as Python users get them: drawn from the store, shown by a notebook, kept as a file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.visuals.svg.svg import Svg

FigureName: TypeAlias = Literal["network", "map"]


@dataclass(frozen=True, repr=False)
class Figure:
    """A figure with its title; text in it stays text, and names stand as their language reads."""

    title: str
    _drawn: Svg

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it as .svg, .png or .pdf. Raises UsageError for another suffix, MissingExtraError without Typst."""
        from citydiplomacy.visuals.svg.printed import write_drawing

        out = Path(path)
        if out.suffix.lower() not in (".svg", ".png", ".pdf"):
            raise UsageError(f"{out}: a figure is written as .svg, .png or .pdf.")
        write_drawing(self._drawn, out)

    def __repr__(self) -> str:
        return f"<Figure {self.title!r}>"

    def _repr_svg_(self) -> str:
        """The figure, for a notebook."""
        return self._drawn.markup()


def draw(store: Store, name: str, focus: Sequence[str], lang: str, *, standing: bool) -> Figure:
    """The ties of some actors (ids), as a network or on a map."""
    from citydiplomacy.queries.wording.speech import Speech
    from citydiplomacy.visuals.drawing import scene, titles
    from citydiplomacy.visuals.drawing.foot import foot
    from citydiplomacy.visuals.drawing.network_figure import draw_network
    from citydiplomacy.visuals.maps import map_figure
    from citydiplomacy.visuals.maps.scene import scene as map_scene
    from citydiplomacy.visuals.svg.frame import Caption

    say = Speech(lang)
    title, notes = titles.title(store, focus, say, titles.TIES), foot(store, focus, say)
    match name:
        case "network":
            graph = scene.around(store, focus, lang, standing=standing)
            return Figure(title, draw_network(graph, title=title, lang=lang, notes=notes))
        case "map":
            places = map_scene(store, focus, lang, standing=standing)
            return Figure(title, map_figure.draw_map(places, Caption(title, notes=notes), lang=lang))
    raise UsageError(f"unknown figure {name!r}", hint="Figures: network, map.")
