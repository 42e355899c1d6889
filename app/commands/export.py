"""Commands that write files: exports for other tools, and pictures."""

from __future__ import annotations

import io
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..opening import open_store
from ..options import DEFAULT_STORE, AtOption, LangOption, StorePath
from ..output import Lang, not_carried, say

if TYPE_CHECKING:
    import networkx as nx

    from citydiplomacy.graph.store.reader import Store


class ExportFormat(StrEnum):
    """What a store can be written as."""

    TURTLE = "turtle"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    CSV = "csv"
    GRAPHML = "graphml"
    GEXF = "gexf"
    NODE_LINK = "node-link"
    NEO4J = "neo4j"
    PARQUET = "parquet"


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
        Path, typer.Argument(help="File to write; for csv, neo4j and parquet, a folder.", show_default=False)
    ],
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    source: Annotated[
        str, typer.Option(help="Only what this source says (id), for turtle, nquads and jsonld.", show_default="all")
    ] = "",
    network: Annotated[
        Projection,
        typer.Option(
            help="For graphml, gexf and node-link: all actors, cities by agreements, cities and organisations, or "
            "cities by memberships: weighted after Newman, or those beyond chance."
        ),
    ] = Projection.ACTORS,
    every: Annotated[
        bool, typer.Option("--every", help="For networks: also ties that are planned, ended or not known to stand.")
    ] = False,
) -> None:
    """Write the store for another tool; the same store gives the same bytes.

    turtle and jsonld hold the merged view, nquads everything with its sources, csv all sources as tables that can be
    loaded again; graphml, gexf and node-link the network; neo4j the property graph as CSV for Neo4j's bulk importer;
    parquet the property graph as two tables for Spark, pandas and DuckDB.

    Example: citydip export gexf mashhad.gexf --network cities
    """
    from citydiplomacy.graph.export.whole_files import writing

    if at and (source or form in (ExportFormat.NQUADS, ExportFormat.CSV)):
        raise UsageError(
            "what sources say is written whole; --at shows the merged view at a date.",
            hint="For a date: turtle, jsonld, neo4j, parquet, or a network, without --source.",
        )
    with open_store(store, at) as opened:
        named = f"source/{source.removeprefix('source/')}" if source else None
        if named and named not in opened.manifest.sources:
            raise UsageError(f"no source {source!r}.", hint="See the ids with: citydip sources")
        if form is ExportFormat.CSV:
            from citydiplomacy.loaders.tables.export import write_tables

            written = write_tables(opened, out)
            say(f"{out}: {sum(written.values()):,} rows in {len(written)} tables.")
            return
        if form is ExportFormat.NEO4J:
            from citydiplomacy.graph.neo4j.import_files import write_neo4j_csv

            exported = write_neo4j_csv(opened, out)
            not_carried(exported.lost)
            say(f"{out}: {sum(exported.rows.values()):,} rows in {len(exported.rows)} files.")
            say(f"In that folder, with the server stopped and its database empty: {exported.command}")
            return
        if form is ExportFormat.PARQUET:
            from citydiplomacy.graph.export.parquet import NODES, TIES, write_parquet

            with writing(out / NODES) as nodes, writing(out / TIES) as ties:
                tables = write_parquet(opened, nodes, ties)
            not_carried(tables.lost)
            say(f"{out}: " + ", ".join(f"{number:,} rows in {name}" for name, number in tables.rows.items()) + ".")
            return
        if form in (ExportFormat.TURTLE, ExportFormat.NQUADS, ExportFormat.JSONLD):
            from citydiplomacy.graph.export import rdf

            with writing(out) as file:
                text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
                number = getattr(rdf, f"write_{form.value}")(opened, text, named)
                text.detach()
            say(f"{out}: {number:,} {'quads' if form is ExportFormat.NQUADS else 'things'}.")
            return
        from citydiplomacy.graph.export import network as network_export

        graph = _projection(opened, network, standing=not every)
        with writing(out) as file:
            network_export.WRITERS[form.value](graph, file)
        say(f"{out}: {len(graph):,} nodes, {graph.number_of_edges():,} ties.")


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
    depth: Annotated[int, typer.Option(min=1, max=3, help="Steps from the actors in the middle.")] = 1,
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
    say(f"{out}: {len(graph):,} nodes, {graph.number_of_edges():,} ties.")
