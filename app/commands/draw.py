"""The command that draws: pages and figures of ties, as a network, on a map, as charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citydiplomacy.graph.language.plurals import counted

from ..errors import UsageError
from ..opening import open_store
from ..options import DEFAULT_STORE, AtLeastOption, AtOption, LangOption, StorePath, number_option
from ..output import Lang, say

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.visuals.svg.svg import Svg


class PictureKind(StrEnum):
    """What can be drawn."""

    NETWORK = "network"
    MAP = "map"
    WORLD = "world"
    BARS = "bars"
    NEEDS = "needs"
    MATRIX = "matrix"
    TIMELINE = "timeline"
    STANDING = "standing"


PAGES = (".html", ".htm")
FIGURES = (".svg", ".png", ".pdf")
CITIES = {
    PictureKind.BARS: 5,
    PictureKind.NEEDS: 1,
    PictureKind.MATRIX: 12,
    PictureKind.TIMELINE: 5,
    PictureKind.STANDING: 5,
}
"""The charts, and of how many cities each can be."""


@dataclass(frozen=True)
class PictureWanted:
    """What is asked for: of which actors (ids), in which language, written where."""

    picture: PictureKind
    store: Store
    focus: list[str]
    lang: str
    title: str
    out: Path
    depth: int
    standing: bool
    dpi: int

    def foot(self) -> list[str]:
        """The notes at the foot of a figure."""
        from citydiplomacy.queries.wording.speech import Speech
        from citydiplomacy.visuals.drawing.foot import foot

        return foot(self.store, self.focus, Speech(self.lang))

    def write(self, drawn: Svg) -> None:
        """Write a figure in the form of its suffix."""
        if self.out.suffix.lower() in PAGES:
            from citydiplomacy.visuals.pages.figure_page import write_figure_page

            write_figure_page(drawn, self.out)
            return
        from citydiplomacy.visuals.svg.printed import write_drawing

        write_drawing(drawn, self.out, dpi=self.dpi)


def draw(
    picture: Annotated[PictureKind, typer.Argument(help="What to draw.", show_default=False)],
    out: Annotated[
        Path,
        typer.Argument(help="Figure (.svg, .png, .pdf) or page (.html).", show_default=False),
    ],
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Cities or other actors in the middle; none: all cities.", show_default=False),
    ] = None,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    at_least: AtLeastOption = "",
    lang: LangOption = Lang.EN,
    depth: Annotated[int, number_option("Of a network: steps from the actors in the middle.", most=3)] = 1,
    standing: Annotated[
        bool, typer.Option("--standing", help="Leave out what is planned, ended or not known to stand.")
    ] = False,
    title: Annotated[str, typer.Option(help="Title of the picture.", show_default="made from the names")] = "",
    dpi: Annotated[int, number_option("Dots an inch of a .png.", least=36, most=1200)] = 300,
) -> None:
    """Draw the ties of some cities, or of all, as a network, on a map or as a chart: a page that works offline, or a
    figure.

    Of 1 to 5 cities: bars (ties by kind), timeline (when they began), standing (ranks among other cities); of up to 12
    matrix (who is in which body); of one needs (by votes, and what addresses them); of all cities world, a page.

    Example: citydip draw map mashhad.svg Mashhad
    """
    from citydiplomacy.graph import whole_files
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.standing import coverage
    from citydiplomacy.queries.wording.speech import Speech
    from citydiplomacy.visuals.drawing import titles

    taken = PAGES if picture is PictureKind.WORLD else (*FIGURES, *PAGES)
    if out.suffix.lower() not in taken:
        raise UsageError(
            f"{out}: {picture} is written as {', '.join(taken)}.",
            hint="The kind comes first, then the file, then the names: citydip draw map map.svg Mashhad",
        )
    if names and picture is PictureKind.WORLD:
        raise UsageError("The world is drawn of all cities.", hint="To draw some: citydip draw map FILE NAMES")
    kinds = ("City",) if picture in CITIES else ("City", "Organization", "Country", "Region", "Theme")
    if (most := CITIES.get(picture)) and not 1 <= len(names or []) <= most:
        given = len(names or [])
        raise UsageError(
            f"{picture} is drawn of one city, not of {given}."
            if most == 1
            else f"{picture} is drawn of 1 to {most} cities, not of {given}.",
            hint=f"Example: citydip draw {picture} {picture}.svg Mashhad",
        )
    whole_files.check(out)
    with open_store(store, at, lang, at_least) as opened:
        focus: list[str] = []
        for name in names or []:
            found = lookup.find(opened, name, *kinds, lang=lang)
            if found in focus:
                raise UsageError(f"{name} is given twice.", hint="Give it once.")
            focus.append(found)
        speech = Speech(lang.value)
        for caveat in (
            each for one in focus if one.startswith("city/") for each in coverage.of_city(speech, opened, one)
        ):
            say(caveat)
        words = _charts()[picture][1] if picture in CITIES else titles.of_ties(focus)
        made = titles.alone(opened, focus, speech, title) if title else titles.title(opened, focus, speech, words)
        told = DRAWN[picture](PictureWanted(picture, opened, focus, lang.value, made, out, depth, standing, dpi))
    say(f"{out}: {told}.")


def _network(wanted: PictureWanted) -> str:
    from citydiplomacy.visuals.drawing import scene

    graph = (
        scene.around(wanted.store, wanted.focus, wanted.lang, depth=wanted.depth, standing=wanted.standing)
        if wanted.focus
        else scene.cities(wanted.store, wanted.lang, standing=wanted.standing)
    )
    if wanted.out.suffix.lower() in PAGES:
        from citydiplomacy.visuals.pages.network_page import write_page

        write_page(graph, wanted.out, title=wanted.title, lang=wanted.lang)
    else:
        from citydiplomacy.visuals.drawing.network_figure import draw_network

        wanted.write(draw_network(graph, title=wanted.title, lang=wanted.lang, notes=wanted.foot()))
    return f"{counted(len(graph), 'node')}, {counted(graph.number_of_edges(), 'tie')}"


def _map(wanted: PictureWanted) -> str:
    from citydiplomacy.visuals.maps import map_figure
    from citydiplomacy.visuals.maps.scene import scene
    from citydiplomacy.visuals.svg.frame import Caption

    places = scene(wanted.store, wanted.focus, wanted.lang, standing=wanted.standing)
    wanted.write(map_figure.draw_map(places, Caption(wanted.title, notes=wanted.foot()), lang=wanted.lang))
    return f"{counted(len(places.places), 'place')}, {counted(len(places.ties), 'tie')}"


def _world(wanted: PictureWanted) -> str:
    from citydiplomacy.visuals.pages.world_page import write_world_page

    found = write_world_page(wanted.store, wanted.out, title=wanted.title, lang=wanted.lang, standing=wanted.standing)
    return f"{counted(found['cities'], 'city', 'cities')}, {counted(found['ties'], 'tie')}"


def _charts() -> dict[PictureKind, tuple[Callable[..., Svg], tuple[str, str]]]:
    """What draws each chart, and what it is called, in English and Persian."""
    from citydiplomacy.visuals.charts import bars, matrix, needs, standing, timeline

    return {
        PictureKind.BARS: (bars.draw_bars, bars.TITLE),
        PictureKind.NEEDS: (needs.draw_needs, needs.TITLE),
        PictureKind.MATRIX: (matrix.draw_matrix, matrix.TITLE),
        PictureKind.TIMELINE: (timeline.draw_timeline, timeline.TITLE),
        PictureKind.STANDING: (standing.draw_standing, standing.TITLE),
    }


def _chart(wanted: PictureWanted) -> str:
    from citydiplomacy.visuals.svg.frame import Caption

    draw_chart, _ = _charts()[wanted.picture]
    wanted.write(draw_chart(wanted.store, wanted.focus, Caption(wanted.title), lang=wanted.lang))
    return counted(len(wanted.focus), "city", "cities")


DRAWN: dict[PictureKind, Callable[[PictureWanted], str]] = {
    PictureKind.NETWORK: _network,
    PictureKind.MAP: _map,
    PictureKind.WORLD: _world,
    **dict.fromkeys(CITIES, _chart),
}
"""How each is drawn; what it tells is said at the end."""
