"""Commands that give advice."""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import UsageError
from ..naming import IdNames
from ..opening import open_store
from ..options import (
    DEFAULT_STORE,
    AtLeastOption,
    AtOption,
    ExcelOption,
    FormatOption,
    IdsOption,
    LangOption,
    OutputOption,
    StorePath,
    WithoutOption,
    number_option,
)
from ..output import Format, Lang, say
from ..report_output import Output, check, print_report
from .ask import CityName


def recommend(
    city: CityName,
    top: Annotated[int, number_option("How many networks, and how many cities, to show.")] = 10,
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            help="List networks too that are shut to the city, or that have members in one other continent alone.",
        ),
    ] = False,
    without: WithoutOption = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep what --not names with the store, for this city, when asked again.")
    ] = False,
    again: Annotated[
        list[str] | None, typer.Option("--again", help="A kept name that is to be told of again; can be given again.")
    ] = None,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    at_least: AtLeastOption = "",
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    folder: OutputOption = None,
    ids: IdsOption = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Show networks and cities that a city might turn to, what speaks for each and against, and who says so.

    Two cities, side by side: citydip compare CITY OTHER

    Example: citydip recommend Mashhad --top 5
    """
    from citydiplomacy.graph.store import exclusions, lookup
    from citydiplomacy.queries.recommendation.report import recommend as recommended

    check(folder, form)
    with open_store(store, at, lang, at_least) as opened:
        about = lookup.find(opened, city, "City", lang=lang)
        kept = exclusions.kept(store, about)
        gone = {one for one in kept if not opened.has(one)}  # what is kept outlives what is loaded
        out, back = (
            {one if one in gone else lookup.find(opened, one, "Organization", "City", lang=lang) for one in names or ()}
            for names in (without, again)
        )
        if keep and not out:
            raise UsageError("--keep keeps what --not names, and nothing is named.", hint="Add: --not NAME")
        if strange := back - kept:
            named = IdNames(opened, lang)
            raise UsageError(
                f"Not kept as ruled out for {named.of(about)}: {', '.join(sorted(map(named.of, strange)))}.",
                hint="A sentence of citydip recommend names what is ruled out.",
            )
        if keep or back:
            exclusions.change(store, about, out if keep else (), back)
        found = recommended(opened, about, lang.value, top, all_networks=every, without=out)
        print_report(found, form, lang, ids=ids, output=Output(folder, opened, "recommend", (about,)))
    if names := ", ".join(sorted(gone - back)):
        told = {
            Lang.EN: f"Kept as ruled out, and of nothing in these data: {names}. --again takes it out.",
            Lang.FA: f"از آنچه کنار گذاشته‌اید، این در این داده‌ها نیست: {names}. با --again برداشته می‌شود.",
        }
        say(told[lang])
    if found.elsewhere or found.shut:
        say({Lang.EN: "--all lists all networks.", Lang.FA: "با --all همهٔ شبکه‌ها فهرست می‌شوند."}[lang])
