"""Commands that write files: exports for other tools, and pictures."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citydiplomacy.graph.export.formats import (
    AT,
    EVERY,
    FORMATS,
    NETWORK,
    SOURCE,
    Choice,
    check_options,
    folders,
    lines,
    taking,
)
from citydiplomacy.graph.language.plurals import counted

from ..errors import UsageError
from ..opening import open_store
from ..options import DEFAULT_STORE, AtOption, LangOption, StorePath, number_option
from ..output import Lang, not_carried, say

if TYPE_CHECKING:
    import networkx as nx

    from citydiplomacy.graph.store.reader import Store


ExportFormat = StrEnum("ExportFormat", {name.upper().replace("-", "_"): name for name in FORMATS})  # type: ignore[misc]
"""What a store can be written as: the formats of graph/export/formats.py."""


class Projection(StrEnum):
    """Which network a network format shows."""

    ACTORS = "actors"
    CITIES = "cities"
    MEMBERSHIPS = "memberships"
    NEWMAN = "newman"
    BACKBONE = "backbone"


def export(
    form: Annotated[ExportFormat, typer.Argument(help="Format.", show_default=False)],
    out: Annotated[
        Path,
        typer.Argument(help=f"File to write; for {folders()}, a folder of its own.", show_default=False),
    ],
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    source: Annotated[
        str,
        typer.Option(help=f"Only what this source says (id), for {taking(SOURCE)}.", show_default="all"),
    ] = "",
    network: Annotated[
        Projection | None,
        typer.Option(
            help=f"For {taking(NETWORK)}: all actors, cities by agreements, cities and organisations, or "
            "cities by memberships: weighted after Newman, or those beyond chance.",
            show_default="actors",
        ),
    ] = None,
    every: Annotated[
        bool,
        typer.Option("--every", help=f"For {taking(EVERY)}: also ties that are planned, ended or not known to stand."),
    ] = False,
) -> None:
    given = {AT: at, SOURCE: source, NETWORK: network or "", EVERY: "yes" if every else ""}
    check_options(form, {option for option, value in given.items() if value})
    with open_store(store, at) as opened:
        named = f"source/{source.removeprefix('source/')}" if source else None
        if named and named not in opened.manifest.sources:
            raise UsageError(f"no source {source!r}.", hint="See the ids with: citydip sources")
        choice = Choice(named, lambda of: _projection(of, network or Projection.ACTORS, standing=not every))
        exported = FORMATS[form].write(opened, out, choice)
    not_carried(exported.lost)
    say(f"{out}: {exported.summary}.")
    if exported.next_step:
        say(exported.next_step)


export.__doc__ = f"""Write the store for another tool; the same store gives the same bytes.

\b
{lines()}

A folder is replaced whole, if no files of others are in it.

Example: citydip export gexf mashhad.gexf --network cities
"""


def _projection(store: Store, which: Projection, *, standing: bool) -> nx.Graph[str]:
    from citydiplomacy.graph import network

    match which:
        case Projection.CITIES:
            return network.city_ties(store, standing=standing)
        case Projection.MEMBERSHIPS:
            return network.two_mode(store, standing=standing)
        case Projection.ACTORS:
            return network.actors(store, standing=standing)
        case _:
            from citydiplomacy.queries.standing.networks import projected

            return projected(store, which.value, standing=standing)


def draw(
    out: Annotated[Path, typer.Argument(help="Page (.html) or figure (.svg, .png) to write.", show_default=False)],
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Cities or other actors in the middle; none: all cities.", show_default=False),
    ] = None,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    lang: LangOption = Lang.EN,
    depth: Annotated[int, number_option("Steps from the actors in the middle.", most=3)] = 1,
    standing: Annotated[
        bool, typer.Option("--standing", help="Leave out what is planned, ended or not known to stand.")
    ] = False,
    title: Annotated[str, typer.Option(help="Title of the picture.", show_default="made from the names")] = "",
) -> None:
    """Draw the network round some cities, or of all: a page that works offline, or a figure for print.

    Example: citydip draw mashhad.html Mashhad Tehran --lang fa
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.visuals.drawing import scene

    with open_store(store, at, lang) as opened:
        focus = [lookup.find(opened, name, "City", "Organization", "Country", "Region") for name in names or []]
        labels = [record.label(lang.value) for one in focus if (record := opened.get(one))]
        if focus:
            graph = scene.around(opened, focus, lang.value, depth=depth, standing=standing)
        else:
            graph = scene.cities(opened, lang.value, standing=standing)
    made = {
        Lang.EN: f"The ties of {' and '.join(labels)}" if labels else "The ties of all cities",
        Lang.FA: f"پیوندهای {' و '.join(labels)}" if labels else "پیوندهای همهٔ شهرها",
    }[lang]
    if out.suffix.lower() in {".html", ".htm"}:
        from citydiplomacy.visuals.pages.network_page import write_page

        write_page(graph, out, title=title or made, lang=lang.value)
    else:
        from citydiplomacy.visuals.drawing.network_figure import write_figure

        write_figure(graph, out, title=title or made, lang=lang.value)
    say(f"{out}: {counted(len(graph), 'node')}, {counted(graph.number_of_edges(), 'tie')}.")
