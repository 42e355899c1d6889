"""The command that writes files for other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citydiplomacy.graph.export.formats import (
    AT,
    AT_LEAST,
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

from ..errors import UsageError
from ..opening import open_store
from ..options import DEFAULT_STORE, AtLeastOption, AtOption, LangOption, StorePath
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
    at_least: AtLeastOption = "",
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
    lang: LangOption = Lang.EN,
) -> None:
    given = {AT: at, AT_LEAST: at_least, SOURCE: source, NETWORK: network or "", EVERY: "yes" if every else ""}
    check_options(form, {option for option, value in given.items() if value})
    with open_store(store, at, lang, at_least) as opened:
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
