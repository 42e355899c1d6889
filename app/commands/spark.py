"""The command that measures a network on Apache Spark."""

from __future__ import annotations

from typing import Annotated

import typer

from citydiplomacy.graph.language.plurals import counted

from ..errors import UsageError
from ..options import LangOption
from ..output import Lang, say


def spark(
    folder: Annotated[
        str, typer.Argument(help="What `export parquet` wrote: a folder, or any address that Spark reads.")
    ],
    out: Annotated[str, typer.Argument(help="Parquet to write: a row a city, a column a measure.")],
    measure: Annotated[
        list[str] | None,
        typer.Option("--measure", "-m", help="degree, pagerank, component, triangles, community.", show_default="all"),
    ] = None,
    master: Annotated[str, typer.Option(help="Where Spark runs: spark://host:7077, yarn, ...")] = "local[*]",
    _: LangOption = Lang.EN,
) -> None:
    """Measure the network of cities on Apache Spark, for networks that one machine cannot hold.

    The values are those that influence gives from the store itself, which is faster as long as the network fits into
    memory. The memory of Spark on this machine is told by SPARK_DRIVER_MEMORY.

    Example: citydip spark world-parquet ranks.parquet -m pagerank
    """
    from citydiplomacy.queries.measures import spark as engine

    names = measure or list(engine.MEASURES)
    for name in names:
        if name not in engine.MEASURES:
            raise UsageError(f"unknown measure {name!r}.", hint=f"Measures: {', '.join(engine.MEASURES)}.")
    with engine.session(master) as session:
        cities = engine.measure(engine.city_ties(session, folder), names, out)
    say(f"{out}: {counted(cities, 'city', 'cities')}, {', '.join(names)}.")
