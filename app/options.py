"""The options that several commands share, and the bounds of all numbers that are given."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any

import typer

from citydiplomacy.graph.limited import MOST_ROWS, MOST_SECONDS

from . import output, words
from .output import Format, Lang

StorePath = Annotated[
    Path,
    typer.Option(
        "--store", "-s", envvar="CITYDIPLOMACY_STORE", help="Folder of the store.", show_default="citydiplomacy-store"
    ),
]
DEFAULT_STORE = Path("citydiplomacy-store")

AtOption = Annotated[
    str,
    typer.Option(
        "--at",
        help="As it was at a date or within a stretch of time: 2010, 2010-05, '1392 SH'.",
        show_default="now",
    ),
]

AtLeastOption = Annotated[
    str,
    typer.Option(
        "--at-least",
        help="Only ties told by so many voices, or by a source at least as reliable as a kind of evidence: 2, press.",
        show_default="all ties",
    ),
]


WithoutOption = Annotated[
    list[str] | None,
    typer.Option("--not", help="A network or city to leave out, by name; can be given again."),
]


def _form(form: Format) -> Format:
    """How rows are printed: what is for Excel is CSV."""
    if not output.is_for_excel():
        return form
    if form not in (Format.TABLE, Format.CSV):
        raise typer.BadParameter("--excel goes with --format csv.")
    return Format.CSV


def _excel(wanted: bool) -> bool:
    output.for_excel(wanted)
    return wanted


FormatOption = Annotated[Format, typer.Option("--format", "-f", callback=_form, help="How to print rows.")]
ExcelOption = Annotated[
    bool,
    typer.Option(
        "--excel",
        is_eager=True,  # before --format
        callback=_excel,
        help="CSV for Excel: it opens as UTF-8, and no cell is a formula.",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="A folder for a CSV file a section, in place of one long table; with --format csv, tsv or --excel. Or a "
        ".zip: tables, what their columns mean, sources with licences, how to cite.",
        show_default=False,
    ),
]


DataOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="Of a saved question, to a file: .csv, .json, .metadata.json (columns, sources with licences, how to "
        "cite), or all of them in a .zip.",
        show_default=False,
    ),
]


def _who(context: typer.Context, who: str) -> str:
    """Who decides; empty is the user, unless somebody wrote so."""
    if not who.strip() and (source := context.get_parameter_source("who")) and source.name == "COMMANDLINE":
        raise typer.BadParameter("there is no name.")
    return who


WhoOption = Annotated[
    str,
    typer.Option("--who", envvar="USER", callback=_who, help="Who decides.", show_default="the user's name"),
]

IdsOption = Annotated[bool, typer.Option("--ids", help="Show the ids too, after what people read.")]


def _chosen(_: Lang) -> Lang:
    """What was chosen when the command line was first looked at, wherever in it `--lang` stands."""
    return Lang(words.language())


LangOption = Annotated[
    Lang,
    typer.Option(
        "--lang",
        "-l",
        envvar=words.VARIABLE,
        callback=_chosen,
        help="Language of messages, labels, headlines, digits and dates.",
    ),
]


def number_option(help_: str, *names: str, least: float = 1, most: float = MOST_ROWS) -> Any:
    """An option that is a number from `least` to `most`; how many of something to show, if not said otherwise."""
    return typer.Option(*names, min=least, max=most, callback=_a_number, help=help_)


def _a_number(value: float | None) -> float | None:
    if value is not None and math.isnan(value):  # neither below nor above any bound
        raise typer.BadParameter("nan is no number.")
    return value


SecondsOption = Annotated[
    float,
    number_option(
        "Stop the question after so many seconds, checks and names included. Making the graph for Cypher, once a "
        "revision, does not count; a saved question to the store has no limit.",
        "--seconds",
        least=0.001,
        most=MOST_SECONDS,
    ),
]
LimitOption = Annotated[int, number_option("Show at most so many rows of a free question.", "--limit")]
