"""The command that draws: pages and figures of ties, as a network or on a map."""

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


class Picture(StrEnum):
    """What can be drawn."""

    NETWORK = "network"
    MAP = "map"
    WORLD = "world"


PAGES = (".html", ".htm")
FIGURES = (".svg", ".png", ".pdf")
TAKEN = {Picture.NETWORK: (*FIGURES, *PAGES), Picture.MAP: FIGURES, Picture.WORLD: PAGES}


@dataclass(frozen=True)
class Wanted:
    """What is asked for: of which actors (ids), in which language, written where."""

    store: Store
    focus: list[str]
    lang: str
    title: str
    out: Path
    depth: int
    standing: bool
    dpi: int

    def write(self, drawn: Svg) -> None:
        """Write a figure in the form of its suffix."""
        from citydiplomacy.visuals.svg.printed import write_drawing

        write_drawing(drawn, self.out, dpi=self.dpi)


def draw(
    picture: Annotated[Picture, typer.Argument(help="What to draw.", show_default=False)],
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
    """Draw the ties of some cities, or of all, as a network or on a map: a page that works offline, or a figure.

    Example: citydip draw map mashhad.svg Mashhad
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.standing import coverage
    from citydiplomacy.queries.wording import strengths
    from citydiplomacy.queries.wording.phrases import Phrase
    from citydiplomacy.queries.wording.speech import Speech

    if out.suffix.lower() not in TAKEN[picture]:
        raise UsageError(f"{out}: a {picture} is written as {', '.join(TAKEN[picture])}.")
    if names and picture is Picture.WORLD:
        raise UsageError("The world is drawn of all cities.", hint="To draw some: citydip draw map FILE NAMES")
    with open_store(store, at, lang, at_least) as opened:
        focus = [lookup.find(opened, name, "City", "Organization", "Country", "Region") for name in names or []]
        speech = Speech(lang.value)
        caveats = [told for one in focus if one.startswith("city/") for told in coverage.of_city(speech, opened, one)]
        for caveat in caveats:
            say(caveat)
        labels = [record.label(lang.value) for one in focus if (record := opened.get(one))]
        made = (
            title
            or {
                Lang.EN: f"The ties of {' and '.join(labels)}" if labels else "Ties between cities, all of these data",
                Lang.FA: f"پیوندهای {' و '.join(labels)}" if labels else "پیوندهای میان شهرها، همهٔ این داده‌ها",
            }[lang]
        )
        if caveats:  # a picture is shown without what was said beside it
            made += speech(", as far as they were collected", "، تا آن‌جا که گردآوری شده")
        (made,) = strengths.of_store(speech, opened, [Phrase(made)])
        told = DRAWN[picture](Wanted(opened, focus, lang.value, made, out, depth, standing, dpi))
    say(f"{out}: {told}.")


def _network(wanted: Wanted) -> str:
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

        wanted.write(draw_network(graph, title=wanted.title, lang=wanted.lang))
    return f"{counted(len(graph), 'node')}, {counted(graph.number_of_edges(), 'tie')}"


def _map(wanted: Wanted) -> str:
    from citydiplomacy.visuals.maps import map_figure
    from citydiplomacy.visuals.maps.scene import scene
    from citydiplomacy.visuals.svg.frame import Caption

    places = scene(wanted.store, wanted.focus, wanted.lang, standing=wanted.standing)
    wanted.write(map_figure.draw_map(places, Caption(wanted.title), lang=wanted.lang))
    return f"{counted(len(places.places), 'place')}, {counted(len(places.ties), 'tie')}"


def _world(wanted: Wanted) -> str:
    from citydiplomacy.visuals.pages.world_page import write_world_page

    found = write_world_page(wanted.store, wanted.out, title=wanted.title, lang=wanted.lang, standing=wanted.standing)
    return f"{counted(found['cities'], 'city', 'cities')}, {counted(found['ties'], 'tie')}"


DRAWN: dict[Picture, Callable[[Wanted], str]] = {
    Picture.NETWORK: _network,
    Picture.MAP: _map,
    Picture.WORLD: _world,
}
"""How each is drawn; what it tells is said at the end."""
