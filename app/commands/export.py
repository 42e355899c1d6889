"""The command that writes files for other tools."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citydiplomacy.graph.export.formats import (
    AT,
    AT_LEAST,
    DEPTH,
    EVERY,
    FORMATS,
    NAMES,
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
from ..face import complete
from ..opening import open_store
from ..options import DEFAULT_STORE, AtLeastOption, AtOption, LangOption, StorePath, number_option
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


MEASURED_IN = {Projection.ACTORS: "agreements", Projection.CITIES: "agreements"} | {
    each: each.value for each in (Projection.MEMBERSHIPS, Projection.NEWMAN, Projection.BACKBONE)
}
"""The network of `queries/standing/networks.py` whose measures the cities of a projection carry."""


def export(
    form: Annotated[ExportFormat, typer.Argument(help="Format.", show_default=False)],
    out: Annotated[
        Path,
        typer.Argument(help=f"File to write; for {folders()}, a folder of its own.", show_default=False),
    ],
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help=f"For {taking(DEPTH)}: only what is round these cities or other actors. For xlsx: the cities.",
            show_default="the whole",
        ),
    ] = None,
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
    depth: Annotated[int, number_option("With names: so many steps round them.", most=3)] = 1,
    lang: LangOption = Lang.EN,
) -> None:
    given = {AT: at, AT_LEAST: at_least, SOURCE: source, NETWORK: network, EVERY: every, DEPTH: depth > 1}
    check_options(form, {option for option, value in given.items() if value})
    if names and NAMES not in FORMATS[form].options:
        raise UsageError(f"{form} takes no names: it is written whole.", hint=f"These do: {taking(NAMES)}.")
    if form == "xlsx" and bool(names) == bool(source):
        raise UsageError(
            "a workbook is of one source, or of what is not known of cities.",
            hint="For example: citydip export xlsx x.xlsx Mashhad",
        )
    if depth > 1 and not names:
        raise UsageError("--depth goes with names.", hint="For example: citydip export gexf x.gexf Mashhad")
    FORMATS[form].check(out)
    with open_store(store, at, lang, at_least) as opened:
        named = f"source/{source.removeprefix('source/')}" if source else None
        if named and named not in opened.manifest.sources:
            raise UsageError(f"no source {source!r}.", hint="See the ids with: citydip sources")
        collection = opened.manifest.sources[named].collection if named else None
        if form == "xlsx" and collection != named and collection:
            say(f"{source} is loaded with {collection.partition('/')[2]}: all of that is written.")
        wanted = _Wanted(network or Projection.ACTORS, tuple(names or ()), depth, lang, standing=not every)
        asking = partial(complete.write, cities=names, lang=lang) if form == "xlsx" and names else None
        choice = Choice(named, wanted.graph, asking, lang.value)
        exported = FORMATS[form].write(opened, out, choice)
    not_carried(exported.lost)
    say(f"{out}: {exported.summary}.")
    if exported.next_step:
        say(exported.next_step)


export.__doc__ = f"""Write the store for another tool; the same store gives the same bytes.

\b
{lines()}

A folder is replaced whole, if no files of others are in it.

Example: citydip export gexf mashhad.gexf Mashhad --depth 1
"""


@dataclass(frozen=True)
class _Wanted:
    """Which network is wanted, round whom, and in which language its labels."""

    projection: Projection
    names: tuple[str, ...]
    depth: int
    lang: Lang
    standing: bool

    def graph(self, store: Store) -> nx.Graph[str]:
        """The network with all its attributes; what has to be said of it is told."""
        from citydiplomacy.graph.store import lookup
        from citydiplomacy.visuals.maps.tool_network import for_tools

        network = _projection(store, self.projection, standing=self.standing)
        focus = [lookup.find(store, name, lang=self.lang) for name in self.names]
        if absent := [name for name, node in zip(self.names, focus, strict=True) if node not in network]:
            raise UsageError(
                f"{', '.join(absent)}: not in this network, which has no tie of theirs.",
                hint="--network takes another network, --every also ties that do not stand.",
            )
        made = for_tools(
            store,
            network,
            self.lang.value,
            measured_in=MEASURED_IN[self.projection],
            focus=focus,
            depth=self.depth,
        )
        if made.unplaced:
            say(f"{counted(made.unplaced, 'node')} of no known place: below the map.")
        if made.estimated:
            say(f"Estimated, with bounds beside them, since the network is large: {', '.join(made.estimated)}.")
        return made.graph


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
