"""The command that draws: pages and figures of ties, as a network or on a map."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from citydiplomacy.graph.language.plurals import counted

from ..errors import UsageError
from ..opening import open_store
from ..options import DEFAULT_STORE, AtLeastOption, AtOption, LangOption, StorePath, number_option
from ..output import Lang, say


class Picture(StrEnum):
    """What can be drawn."""

    NETWORK = "network"
    MAP = "map"


PAGES = (".html", ".htm")
FIGURES = (".svg", ".png", ".pdf")


def draw(
    picture: Annotated[Picture, typer.Argument(help="What to draw.", show_default=False)],
    out: Annotated[
        Path,
        typer.Argument(help="Figure (.svg, .png, .pdf); of a network also a page (.html).", show_default=False),
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

    suffix = out.suffix.lower()
    taken = (*FIGURES, *PAGES) if picture is Picture.NETWORK else FIGURES
    if suffix not in taken:
        raise UsageError(f"{out}: a {picture} is written as {', '.join(taken)}.")
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
                Lang.EN: f"The ties of {' and '.join(labels)}" if labels else "The ties of all cities",
                Lang.FA: f"پیوندهای {' و '.join(labels)}" if labels else "پیوندهای همهٔ شهرها",
            }[lang]
        )
        if caveats:  # a picture is shown without what was said beside it
            made += speech(", as far as they were collected", "، تا آن‌جا که گردآوری شده")
        (made,) = strengths.of_store(speech, opened, [Phrase(made)])
        if picture is Picture.MAP:
            from citydiplomacy.visuals.maps import map_figure
            from citydiplomacy.visuals.maps import scene as map_scene
            from citydiplomacy.visuals.svg.frame import Caption

            places = map_scene.scene(opened, focus, lang.value, standing=standing)
            told = f"{counted(len(places.places), 'place')}, {counted(len(places.ties), 'tie')}"
            drawn = map_figure.draw_map(places, Caption(made), lang=lang.value)
        else:
            from citydiplomacy.visuals.drawing import network_figure, scene

            graph = (
                scene.around(opened, focus, lang.value, depth=depth, standing=standing)
                if focus
                else scene.cities(opened, lang.value, standing=standing)
            )
            told = f"{counted(len(graph), 'node')}, {counted(graph.number_of_edges(), 'tie')}"
            if suffix in PAGES:
                from citydiplomacy.visuals.pages.network_page import write_page

                write_page(graph, out, title=made, lang=lang.value)
                say(f"{out}: {told}.")
                return
            drawn = network_figure.draw_network(graph, title=made, lang=lang.value)
    from citydiplomacy.visuals.svg.printed import write_drawing

    write_drawing(drawn, out, dpi=dpi)
    say(f"{out}: {told}.")
